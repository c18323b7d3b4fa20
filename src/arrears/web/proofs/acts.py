"""What may be noted of a number or address: each act with its words, its fields, and the verb that keeps it."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arrears.actions import addresses
from arrears.domain.addresses import CheckResult, LineType
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.web.numbers import calendar_day

Said = Mapping[str, str]
Words = str | Promise

YES_NO: Final[tuple[tuple[str, Words], ...]] = (("yes", _("yes")), ("no", _("no")))
YES_NO_UNKNOWN: Final = (*YES_NO, ("", _("not known")))
LINES: Final[dict[str, Words]] = {
    LineType.WIRELESS.value: _("wireless"),
    LineType.RESIDENTIAL.value: _("residential"),
    LineType.BUSINESS.value: _("business"),
}
RESULTS: Final[dict[str, Words]] = {
    CheckResult.NOT_REASSIGNED.value: _("not reassigned"),
    CheckResult.REASSIGNED.value: _("reassigned"),
    CheckResult.NO_DATA.value: _("no data"),
}


@dataclass(frozen=True, slots=True)
class Field:
    """A field of a form: its name, its label, and what it takes: a day, words, or one of ``choices``."""

    name: str
    label: Words
    choices: tuple[tuple[str, Words], ...] = ()
    is_day: bool = False


@dataclass(frozen=True, slots=True)
class Act:
    """One thing to note. ``opens`` where it may open a channel: who only talks to debtors does not note that."""

    name: str
    title: Words
    kinds: frozenset[str]
    fields: tuple[Field, ...]
    run: Callable[[int, Said, date | None, datetime], Problem | None]
    opens: bool = True


ON: Final = Field("on", _("Day"), is_day=True)
MAIL, NUMBERS, BOTH = addresses.OF_MAIL, addresses.OF_NUMBERS, addresses.OF_BOTH


def _yes(said: Said, name: str) -> bool:
    return said.get(name) == "yes"


def _maybe(said: Said, name: str) -> bool | None:
    return {"yes": True, "no": False}.get(said.get(name, ""))


def _use(point: int, _said: Said, on: date | None, now: datetime) -> Problem | None:
    return NO_DAY if on is None else addresses.note_use(point, on=on, now=now)


def _opt_out(point: int, said: Said, on: date | None, now: datetime) -> Problem | None:
    if on is None:
        return NO_DAY
    return addresses.note_opt_out(point, on=on, words=said.get("words", "").strip()[:500], now=now)


def _check(point: int, said: Said, on: date | None, now: datetime) -> Problem | None:
    result = said.get("result", "")
    if on is None or result not in RESULTS:
        return NO_DAY
    return addresses.note_check(point, result=CheckResult(result), on=on, now=now)


def _line(point: int, said: Said, _on: date | None, now: datetime) -> Problem | None:
    if said.get("line", "") not in LINES:
        return NO_CHOICE
    given = _maybe(said, "given")
    return addresses.note_line(point, line=LineType(said["line"]), is_given_in_transaction=given, now=now)


def _creditor(point: int, said: Said, _on: date | None, now: datetime) -> Problem | None:
    from_consumer, used = _yes(said, "from_consumer"), _yes(said, "used")
    return addresses.note_creditors_use(point, is_from_consumer=from_consumer, was_used=used, now=now)


def _employer(point: int, said: Said, _on: date | None, now: datetime) -> Problem | None:
    is_employers, is_for_this = _yes(said, "employers"), _yes(said, "for_this_debt")
    return addresses.note_employers(point, is_employers=is_employers, is_for_this_debt=is_for_this, now=now)


def _prior(point: int, said: Said, _on: date | None, now: datetime) -> Problem | None:
    return addresses.note_prior_use(point, is_proven=_yes(said, "proven"), now=now)


def _disclosed(point: int, _said: Said, _on: date | None, now: datetime) -> Problem | None:
    return addresses.note_disclosure(point, now=now)


ACTS: Final = (
    Act("use", _("They used it with us about the debt"), BOTH, (ON,), _use),
    Act(
        "opt_out", _("They want no more messages here"), BOTH, (ON, Field("words", _("In their words"))), _opt_out,
        opens=False,
    ),
    Act("check", _("Checked among reassigned numbers"), NUMBERS,
        (ON, Field("result", _("Answer of the database"), tuple(RESULTS.items()))), _check),
    Act("line", _("Kind of line"), NUMBERS,
        (Field("line", _("Line"), tuple(LINES.items())),
         Field("given", _("Did they give the number in the transaction?"), YES_NO_UNKNOWN)), _line),
    Act("creditor", _("The creditor's use"), MAIL,
        (Field("from_consumer", _("Did the creditor get it from the consumer?"), YES_NO),
         Field("used", _("Did the creditor use it about the account?"), YES_NO)), _creditor),
    Act("employer", _("An employer's address?"), MAIL,
        (Field("employers", _("Does an employer provide it?"), YES_NO),
         Field("for_this_debt", _("Given for this debt all the same?"), YES_NO)), _employer),
    Act("prior", _("The collector before us used it"), MAIL,
        (Field("proven", _("Does the file prove it?"), YES_NO),), _prior),
    Act("disclosed", _("Somebody else learnt of the debt through it"), BOTH, (), _disclosed, opens=False),
)  # fmt: skip


def run(act: Act, point: int, said: Said, *, now: datetime) -> Problem | None:
    """Keep what a form says of a contact point; return what is wrong with it."""
    try:
        on = calendar_day(said.get("on", "")) if ON in act.fields else None
    except ValueError:
        on = None
    return act.run(point, said, on, now)


NO_DAY: Final = Problem(
    "day_unreadable",
    Text("A day, or an answer, is missing.", "Falta un día o una respuesta.", "缺少日期或答复。"),
    Text("Fill in each field of the form.", "Rellene cada campo del formulario.", "请填写表单的每一项。"),
    Where(field="on"),
)
NO_CHOICE: Final = Problem(
    "choice_missing",
    Text("None of the choices was made.", "No eligió ninguna opción.", "未作选择。"),
    Text("Choose one.", "Elija una.", "请选择一项。"),
)
