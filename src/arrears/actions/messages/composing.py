"""A template made into words: its places filled from the book as of a day, in the person's language.

Each amount is a figure of the ledger, of a promise or of a plan, and is kept with the message beside the words. A place
that nobody can fill is a Problem: words with a hole in them are never sent.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, Final

from arrears.actions.gatekeeping import collector_kind
from arrears.actions.ledger_states import states_at
from arrears.actions.mistakes import filled
from arrears.domain.contacts import Channel
from arrears.domain.messages import Figure, Wording
from arrears.domain.plans import ACTIVE
from arrears.engine.computation import said_amount, said_day
from arrears.engine.ledger.state import State
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.kernel.texts import LANGUAGES, Text
from arrears.packs.messages import Template, templates
from arrears.store.doors import message_values as values
from arrears.store.doors import plans, promises
from arrears.store.doors.contact_records import Owed, Record

_SHOWN: Final = 4
"""How much of an account number stands on a message that others may see over a shoulder."""


@dataclass
class Filling:
    """What the places of one message are filled from. ``figures`` grow as amounts are said."""

    record: Record
    owed: tuple[Owed, ...]
    channel: Channel
    language: str
    as_of: date
    given: Mapping[str, str]
    using: str
    figures: list[Figure] = field(default_factory=list)
    _names: values.Names | None = None
    _states: dict[int, State] | None = None

    @property
    def accounts(self) -> list[int]:
        return [debt.id for debt in self.owed]

    @property
    def currency(self) -> str | None:
        """The currency of all debts; None where they have several, so that no sum can be said."""
        (first, *others) = {debt.currency for debt in self.owed}
        return None if others else first

    def names(self) -> values.Names:
        if self._names is None:
            record = self.record
            self._names = values.names(record.person.id, record.owner.id, record.house.id, using=self.using)
        return self._names

    def states(self) -> dict[int, State]:
        """The state of each debt at the end of the day, by all that is known now."""
        if self._states is None:
            self._states = states_at(dict.fromkeys(self.accounts, self.as_of), using=self.using)
        return self._states

    def said(self, name: str, minor: int, currency: str, source: str, account: int | None = None) -> str:
        """Keep an amount as a figure, and return it as the language writes it."""
        self.figures.append(
            Figure(name=name, minor=minor, currency=currency, as_of=self.as_of, source=source, account=account)
        )
        return said_amount(minor, self.language, currency)


def template_of(name: str, channel: Channel) -> Template | Problem:
    """Return a template by name; a Problem where there is none, or none for this channel."""
    found = templates().get(name)
    if found is None:
        return filled("template_unknown", _SAID["template_unknown"], "template", said=name)
    if channel not in found.channels:
        return filled("template_of_other_channel", _SAID["template_of_other_channel"], "channel", said=channel.value)
    return found


def language_of(person: str, house: str) -> str:
    """Return the language to write in: the person's where it is one of ours, else the house's, else English."""
    return next((tag[:2] for tag in (person.lower(), house.lower()) if tag[:2] in LANGUAGES), "en")


def compose(
    template: Template,
    record: Record,
    accounts: tuple[int, ...],
    *,
    channel: Channel,
    given: Mapping[str, Any],
    names: values.Names | None = None,
    now: datetime,
    using: str = "default",
) -> Wording | Problem:
    """Return the words of ``template`` about ``accounts`` of a person, as the book stands on the day of ``now``.

    The day is the owner's. ``given`` fills the places that the template leaves to whoever queues it; ``names`` spares
    looking them up.
    """
    owed = tuple(debt for debt in record.owed if debt.id in accounts)
    filling = Filling(
        record=record,
        owed=owed,
        channel=channel,
        language=language_of(record.person.language, record.house.language),
        as_of=local_day(now, record.owner.timezone),
        given={name: str(value) for name, value in given.items()},
        using=using,
        _names=names,
    )
    kind = collector_kind(record.house.kind, record.house.settings)
    said: dict[str, str] = {}
    for name in sorted(template.places(channel, kind)):
        value = filling.given.get(name) if name in template.given else _FILLED[name](filling)
        if not value:
            return filled("place_empty", _SAID["place_empty"], name, said=name)
        said[name] = value
    lines = (template.words, *(part.words for part in template.parts_for(channel, kind)))
    apart = " " if channel is Channel.TEXT else "\n\n"
    words = apart.join(line.said_in(filling.language).strip() for line in lines)
    return Wording(
        template=template.name,
        language=filling.language,
        subject=template.subject.said_in(filling.language).format(**said),
        words=words.format(**said),
        blocks=template.blocks_for(channel, kind),
        mentions=template.mentions,
        reveals_debt=template.reveals_debt,
        figures=tuple(filling.figures),
    )


def _number(filling: Filling) -> str:
    numbers = [debt.number for debt in filling.owed]
    if filling.channel is not Channel.LETTER:
        numbers = [f"…{number[-_SHOWN:]}" if len(number) > _SHOWN else number for number in numbers]
    return ", ".join(numbers)


def _contact(filling: Filling) -> str:
    settings = filling.record.house.settings
    own: list[str] = list(settings.get("from_numbers", ()))
    said: str = settings.get("messages", {}).get("contact", "")
    return said or next(iter(own), "")


def _sum(name: str, part: str) -> Callable[[Filling], str]:
    def filled_in(filling: Filling) -> str:
        if filling.currency is None:
            return ""
        minor = sum(getattr(found, part) for found in filling.states().values())
        account = filling.accounts[0] if len(filling.accounts) == 1 else None
        return filling.said(name, minor, filling.currency, f"ledger:{part}", account)

    return filled_in


def _days_past_due(filling: Filling) -> str:
    return str(max((found.days_past_due for found in filling.states().values()), default=0))


def _promise(filling: Filling) -> Any:  # the row of a promise
    coming = [one for one in promises.open_on(filling.accounts, using=filling.using) if one.due_on >= filling.as_of]
    return next((one for one in coming if one.state == "open"), None)


def _promised(filling: Filling) -> str:
    found = _promise(filling)
    if found is None:
        return ""
    currency = next(debt.currency for debt in filling.owed if debt.id == found.account)
    return filling.said("promised", found.amount_minor, currency, f"promise:{found.id}", found.account)


def _promised_on(filling: Filling) -> str:
    found = _promise(filling)
    return "" if found is None else said_day(found.due_on, filling.language)


def _plan(filling: Filling) -> plans.Standing | None:
    found = plans.of_accounts(filling.accounts, ACTIVE, using=filling.using)
    return found[-1] if found else None


def _instalment(filling: Filling) -> str:
    plan = _plan(filling)
    if plan is None or plan.next_due_on is None:
        return ""
    return filling.said("instalment", plan.next_due_minor, plan.currency, f"plan:{plan.id}")


def _instalment_on(filling: Filling) -> str:
    plan = _plan(filling)
    return said_day(plan.next_due_on, filling.language) if plan and plan.next_due_on else ""


def _plan_count(filling: Filling) -> str:
    plan = _plan(filling)
    return str(len(plan.shape.instalments)) if plan else ""


def _plan_total(filling: Filling) -> str:
    plan = _plan(filling)
    if plan is None:
        return ""
    total = sum(one.amount for one in plan.shape.instalments)
    return filling.said("plan_total", total, plan.currency, f"plan:{plan.id}")


_FILLED: Final[Mapping[str, Callable[[Filling], str]]] = {
    "name": lambda filling: filling.names().person,
    "collector": lambda filling: filling.names().collector,
    "creditor": lambda filling: filling.names().creditor,
    "number": _number,
    "contact": _contact,
    "write_to": lambda filling: str(filling.record.house.settings.get("messages", {}).get("write_to", "")),
    "as_of": lambda filling: said_day(filling.as_of, filling.language),
    "balance": _sum("balance", "contractual"),
    "arrears": _sum("arrears", "arrears"),
    "days_past_due": _days_past_due,
    "promised": _promised,
    "promised_on": _promised_on,
    "instalment": _instalment,
    "instalment_on": _instalment_on,
    "plan_count": _plan_count,
    "plan_total": _plan_total,
}

_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "template_unknown": (
        Text("There is no template called “{said}”.", "No existe la plantilla «{said}».", "没有名为“{said}”的模板。"),
        Text("Choose one of the list.", "Elija una de la lista.", "请从列表中选择。"),
    ),
    "template_of_other_channel": (
        Text(
            "This template is not meant for that channel ({said}).",
            "Esta plantilla no es para ese canal ({said}).",
            "该模板不适用于此渠道（{said}）。",
        ),
        Text("Choose another template.", "Elija otra plantilla.", "请选择其他模板。"),
    ),
    "place_empty": (
        Text(
            "Nothing is known to put into the words for “{said}”.",
            "Falta el dato «{said}» para el texto.",
            "文字中的“{said}”没有可填内容。",
        ),
        Text(
            "Add the fact, or choose a template without it.",
            "Añada el dato o elija una plantilla sin él.",
            "请补充该内容，或选择不含此项的模板。",
        ),
    ),
}
