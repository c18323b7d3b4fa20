"""Supply a missing fact for many, or note that its supplier was asked: acts of a named person, with a reason."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import Any, Final

from arrears.actions import history, people, readiness
from arrears.actions.history import Happened
from arrears.actions.missing.looking import look
from arrears.actions.mistakes import filled
from arrears.domain.contacts import Source
from arrears.facts.asked import Asked, Bearer, Shape, asked_facts
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.store.doors import facts_kept
from arrears.store.doors import missing_facts as rows
from arrears.store.doors.missing_facts import Line
from arrears.store.scope import current

SUPPLIERS_OF: Final = frozenset({"supervisor", "manager", "compliance", "legal"})
"""Who may say what is so for many debts at once."""
_KEPT_WITH: Final = {
    "address.source": ("column", "source"),
    "person.authorised_media": ("list", "authorised_media"),
}
_MOST_DIGITS: Final = 18
_YES: Final = frozenset({"yes", "y", "true", "1", "sí", "si", "是"})
_NO: Final = frozenset({"no", "n", "false", "0", "否"})
_SET_HERE: Final = frozenset({Bearer.ACCOUNT, Bearer.PERSON, Bearer.CONTACT_POINT})
_ELSEWHERE: Final = frozenset(
    {"debt.status", "debt.consumer_purpose", "person.places", "person.timezones", "party.role",
     "party.disclosure_basis", "plan.is_kept"}
)  # fmt: skip
"""Facts that have a place of their own in the book: they come with a file, or on the page of the case."""


def may_be_set(fact: str) -> bool:
    """Return whether a fact can be set from the queue; all others are supplied where they are kept."""
    asked = asked_facts().get(fact)
    return asked is not None and asked.bearer in _SET_HERE and fact not in _ELSEWHERE


def supply(
    fact: str, value: str, ids: Sequence[int], because: str, *, now: datetime, using: str = "default"
) -> int | Problem:
    """Say ``value`` of a fact for the chosen lines of the queue; return how many it was said for.

    ``value`` is as typed: yes or no, a date, a code, words. History keeps who said it and why, for each. The papers of
    the debts are looked at again, and the queue for these persons, so that what is answered is gone from it.
    """
    asked = asked_facts().get(fact)
    problem = _refusal(asked, fact, because, using)
    if problem is not None or asked is None:
        return problem or filled("fact_unknown", _SAID["fact_unknown"], "fact", said=fact)
    read = read_value(asked, value)
    if isinstance(read, Problem):
        return read
    chosen = [line for line in rows.lines(fact, ids=ids, most=len(ids), using=using) if line.bearer_id is not None]
    if not chosen:
        return filled("nothing_chosen", _SAID["nothing_chosen"], "ids")
    _keep(asked, read, chosen, using)
    _tell(asked, read, chosen, because, now, using)
    again({line.account for line in chosen}, {line.person for line in chosen}, now=now, using=using)
    return len({line.bearer_id for line in chosen})


def _refusal(asked: Asked | None, fact: str, because: str, using: str) -> Problem | None:
    if current(using).user is not None and SUPPLIERS_OF.isdisjoint(people.own_roles(using=using)):
        return filled("fact_not_yours", _SAID["fact_not_yours"])
    if asked is None or not may_be_set(fact):
        return filled("fact_elsewhere", _SAID["fact_elsewhere"], "fact", said=asked.words if asked else fact)
    if not because.strip():
        return filled("fact_reason", _SAID["fact_reason"], "because")
    return None


def read_value(asked: Asked, value: str) -> Any | Problem:  # Any: JSON's own kinds
    """Return what was typed as the fact's own kind of value, or the problem that it is none."""
    said = value.strip()
    wrong = filled("fact_value", _SAID["fact_value"], "value", said=said, words=asked.words)
    if not said:
        return wrong
    if asked.shape is Shape.YES_NO:
        return True if said.lower() in _YES else False if said.lower() in _NO else wrong
    if asked.shape is Shape.WHOLE:
        return int(said) if said.isdecimal() and len(said) <= _MOST_DIGITS else wrong
    if asked.shape is Shape.DATE:
        return _date(said) or wrong
    if asked.name == "address.source" and said not in {source.value for source in Source}:
        return wrong
    return wrong if asked.codes and said not in asked.codes else said


def _date(said: str) -> str | None:
    try:
        return date.fromisoformat(said).isoformat()
    except ValueError:
        return None


def _keep(asked: Asked, value: Any, chosen: Sequence[Line], using: str) -> None:  # Any: as above
    ids = sorted({line.bearer_id for line in chosen if line.bearer_id is not None})
    how, name = _KEPT_WITH.get(asked.name, ("facts", asked.key or asked.name.rpartition(".")[2]))
    if how == "column":
        facts_kept.keep_column(asked.bearer, name, ids, str(value), using=using)
    else:
        said = [each.strip() for each in str(value).split(",")] if how == "list" else value
        facts_kept.keep(asked.bearer, ids, {name: said}, using=using)


def _tell(
    asked: Asked, value: Any, chosen: Sequence[Line], because: str, now: datetime, using: str
) -> None:  # Any: as above
    own, user = current(using).organisation, current(using).user
    told = {line.bearer_id: line for line in chosen}.values()
    said = value if asked.shape in {Shape.YES_NO, Shape.WHOLE, Shape.DATE, Shape.CODE} else "said"
    happened = [
        Happened(
            kind="fact_supplied",
            owner=own,
            account=line.account,
            person=line.person,
            staff=user,
            facts={"fact": asked.name, "value": said, "contact_point": line.contact_point, "reason": because.strip()},
        )
        for line in told
    ]
    history.append_all(happened, now=now, using=using)


def again(accounts: set[int], persons: set[int], *, now: datetime, using: str = "default") -> None:
    """Look again at the papers of debts and at what the gate misses of persons, after something was supplied."""
    readiness.refresh(accounts, now=now, using=using)
    look(sorted(persons), now=now, using=using)


def ask_supplier(ids: Sequence[int], *, now: datetime, using: str = "default") -> int | Problem:
    """Note that the suppliers of the chosen facts were asked now; return of how many."""
    if current(using).user is not None and SUPPLIERS_OF.isdisjoint(people.own_roles(using=using)):
        return filled("fact_not_yours", _SAID["fact_not_yours"])
    count = rows.mark_asked(ids, at=now, using=using)
    if not count:
        return filled("nothing_chosen", _SAID["nothing_chosen"], "ids")
    history.append("facts_asked_for", owner=current(using).organisation, now=now, using=using, lines=count)
    return count


_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "fact_not_yours": (
        Text(
            "Your role does not say facts for many debts at once.",
            "Su función no fija datos para muchas deudas a la vez.",
            "您的角色不能批量录入事实。",
        ),
        Text("Ask a supervisor or compliance.", "Pídaselo a un supervisor o a cumplimiento.", "请联系主管或合规人员。"),
    ),
    "fact_unknown": (
        Text("No rule asks for “{said}”.", "Ninguna regla pide «{said}».", "没有规则需要“{said}”。"),
        Text("Choose a fact of the queue.", "Elija un dato de la cola.", "请从队列中选择。"),
    ),
    "fact_elsewhere": (
        Text(
            "This is not set from the queue: {said}.",
            "Esto no se fija desde la cola: {said}.",
            "该事实不在此处录入：{said}。",
        ),
        Text(
            "Bring it in with a file of debts or people, or enter it on the page of the case.",
            "Incorpórelo con un archivo de deudas o personas, o introdúzcalo en la página del caso.",
            "请随债务或人员文件导入，或在案件页面录入。",
        ),
    ),
    "fact_reason": (
        Text("Say why it is so.", "Indique por qué es así.", "请说明依据。"),
        Text(
            "For example: letter of the creditor of 3 March.",
            "Por ejemplo: carta del acreedor del 3 de marzo.",
            "例如：债权人 3 月 3 日来函。",
        ),
    ),
    "fact_value": (
        Text(
            "“{said}” does not answer this: {words}.",
            "«{said}» no responde a esto: {words}.",
            "“{said}”不能作为该项的答案：{words}。",
        ),
        Text(
            "Write yes or no, a day as 2026-03-31, a code or words, as the fact asks.",
            "Escriba sí o no, un día como 2026-03-31, un código o palabras, según el dato.",
            "按要求填写：是/否、日期（如 2026-03-31）、代码或文字。",
        ),
    ),
    "nothing_chosen": (
        Text("No line is chosen that waits for this.", "No eligió ninguna línea pendiente.", "未选择任何待处理的行。"),
        Text("Choose lines of the list.", "Elija líneas de la lista.", "请在列表中选择。"),
    ),
}
