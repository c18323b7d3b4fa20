"""What was told of money, and what of it has to be set right: a charge, a letter, a line to a credit bureau (P66).

Whoever hands a computation to a debtor marks it as told. Entries that come in later with earlier value dates,
reversals, and corrected terms can make it wrong; then it stands on the list of repairs, with both figures and with what
changed, until a named human has set it right and says how.
"""

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from arrears.actions import history, positions
from arrears.actions.mistakes import filled
from arrears.domain.entries import Entry
from arrears.domain.tellings import KINDS, REMEDIES
from arrears.domain.terms import Terms
from arrears.engine.ledger.state import State, state
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.store import bookday
from arrears.store.doors import positions as rows
from arrears.store.doors import promises as entries
from arrears.store.doors import told as kept
from arrears.store.doors.positions import Basis
from arrears.store.doors.told import Said, Saying, told_of
from arrears.store.scope import current

__all__ = [
    "KINDS",
    "REMEDIES",
    "REMEDY_WORDS",
    "Repair",
    "Said",
    "amounts_of",
    "mark_repaired",
    "repairs",
    "tell",
    "told_of",
]

MOST: Final = 500
"""How many repairs are listed at a time."""

REMEDY_WORDS: Final[Mapping[str, Text]] = {
    "corrected_letter": Text("A corrected letter was handed over", "Se entregó una carta corregida", "已交付更正函"),
    "charge_taken_back": Text("The charge was taken back", "Se anuló el cargo", "已撤销该费用"),
    "refunded": Text("The difference was paid back", "Se devolvió la diferencia", "已退还差额"),
    "bureau_corrected": Text("The bureau's line was corrected", "Se corrigió el dato en el registro", "已更正征信记录"),
    "told_by_voice": Text("The person was told on a call", "Se informó de palabra a la persona", "已当面或电话告知"),
    "nothing_due": Text("Nothing is due for it", "No procede nada", "无需处理"),
}


@dataclass(frozen=True, slots=True)
class Repair:
    """Something told that is wrong now: the amounts that differ, as told and as they are, and the entries behind it.

    ``because`` are the entries that came to be known after it was told and touch its day, with those they take out;
    empty where the terms were corrected.
    """

    said: Said
    told: Mapping[str, int]
    right: Mapping[str, int]
    because: tuple[Entry, ...]
    terms_changed: bool


def amounts_of(found: State) -> dict[str, int]:
    """Return the amounts of a state that can be told, in minor units, by name; and the days past due."""
    return {
        "contractual": found.contractual,
        "principal": found.principal,
        "interest": found.interest,
        "fees": found.fees,
        "charges": found.charges,
        "credit": found.credit,
        "arrears": found.arrears,
        "days_past_due": found.days_past_due,
    }


def tell(
    account: int,
    kind: str,
    as_of: date,
    *,
    now: datetime,
    template: str = "",
    language: str = "",
    document: bytes = b"",
    using: str = "default",
) -> int | Problem:
    """Keep that the amounts of ``account`` on ``as_of`` were told, by all that is known now; return the telling's id.

    ``kind`` is one of `KINDS`; ``document`` the page as it was handed over, of which the digest is kept. Telling twice
    is two tellings.
    """
    if kind not in KINDS:
        return filled("kind_unknown", _SAID["kind_unknown"], "kind")
    basis = _held(account, using)
    if basis is None:
        return filled("account_unknown", _SAID["account_unknown"], "account")
    day = bookday.stamp(basis.owner, using=using).day
    terms = positions.terms_of(basis)
    found = state(terms, entries.facts_of([account], using=using)[account], as_of)
    saying = Saying(
        owner=basis.owner,
        account=account,
        kind=kind,
        template=template,
        language=language,
        as_of=as_of,
        known_on=day,
        amounts=amounts_of(found),
        terms_mark=mark_of(terms),
        document_hash=hashlib.sha256(document).digest() if document else b"",
    )
    made = kept.add(saying, at=now, using=using)
    history.append(
        "amounts_told",
        owner=basis.owner,
        account=account,
        person=basis.person,
        now=now,
        using=using,
        told=made,
        told_kind=kind,
        as_of=as_of.isoformat(),
        amount_minor=found.contractual,
    )
    return made


def _held(account: int, using: str) -> Basis | None:
    """Return the basis of an account, keeping other writers of it out: what is told is what is kept as known."""
    ids = positions.ids([account])
    rows.hold_rows(ids, using=using)
    return next(iter(rows.bases_of(ids, using=using)), None)


def mark_of(terms: Terms) -> bytes:
    """Return a digest by which two readings of the same terms are told apart."""
    return hashlib.sha256(repr(terms).encode()).digest()


def repairs(owner: int, *, most: int = MOST, using: str = "default") -> tuple[Repair, ...]:
    """Return what an owner's debtors were told and is wrong by what is known now, the oldest first."""
    stale = _stale_marks(owner, using)
    said = kept.overtaken(owner, stale, most=most, using=using)
    bases = _bases([one.account for one in said], using)
    facts = entries.facts_of(sorted(bases), using=using)
    found = (_repair(one, bases[one.account], facts[one.account]) for one in said if one.account in bases)
    return tuple(one for one in found if one is not None)


def _stale_marks(owner: int, using: str) -> list[bytes]:
    marks = kept.marks_in_use(owner, using=using)
    bases = _bases([account for account, _ in marks], using)
    return [mark for account, mark in marks if account in bases and mark_of(positions.terms_of(bases[account])) != mark]


def _bases(accounts: list[int], using: str) -> dict[int, Basis]:
    return {basis.account: basis for basis in rows.bases_of(positions.ids(accounts), using=using)}


def _repair(said: Said, basis: Basis, facts: list[Entry]) -> Repair | None:
    terms = positions.terms_of(basis)
    right = amounts_of(state(terms, facts, said.as_of))
    differing = [name for name, amount in said.amounts.items() if right.get(name) != amount]
    if not differing:
        return None
    later = [entry for entry in facts if entry.id > said.last_entry and entry.value_date <= said.as_of]
    later += [entry for entry in facts if entry.id > said.last_entry and entry.reverses and entry not in later]
    return Repair(
        said,
        {name: said.amounts[name] for name in differing},
        {name: right[name] for name in differing},
        tuple(sorted(later, key=lambda entry: entry.id)),
        terms_changed=mark_of(terms) != said.terms_mark,
    )


def mark_repaired(told: int, remedy: str, *, now: datetime, using: str = "default") -> Problem | None:
    """Keep that the user of the scope, a named human, set right what was told, and how (one of `REMEDIES`)."""
    said = kept.told(told, using=using)
    if said is None:
        return filled("not_told", _SAID["not_told"])
    if remedy not in REMEDIES:
        return filled("remedy_unknown", _SAID["remedy_unknown"], "remedy")
    staff = current(using).user
    if staff is None:
        return filled("named_human", _SAID["named_human"])
    basis = _bases([said.account], using)[said.account]
    right = amounts_of(
        state(positions.terms_of(basis), entries.facts_of([said.account], using=using)[said.account], said.as_of)
    )
    if not kept.add_repair(said, remedy, right, staff=staff, at=now, using=using):
        return filled("not_told", _SAID["not_told"])
    history.append(
        "telling_repaired",
        owner=said.owner,
        account=said.account,
        person=said.person,
        now=now,
        using=using,
        told=said.id,
        remedy=remedy,
    )
    return None


_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "kind_unknown": (
        Text("There is no such way to tell an amount.", "No existe esa forma de comunicar.", "没有这种告知方式。"),
        Text("Choose one of the list.", "Elija una de la lista.", "请从列表中选择。"),
    ),
    "account_unknown": (
        Text("There is no such debt here.", "Aquí no figura esa deuda.", "此处没有这笔债务。"),
        Text("Look the debt up again.", "Vuelva a buscar la deuda.", "请重新查找该债务。"),
    ),
    "not_told": (
        Text("This does not wait for a repair any more.", "Esto ya no espera corrección.", "该项已无需更正。"),
        Text("Look at the list again.", "Vuelva a mirar la lista.", "请刷新列表。"),
    ),
    "remedy_unknown": (
        Text("It is not said how this was set right.", "Falta decir cómo se corrigió.", "未说明如何更正。"),
        Text("Choose one of the list.", "Elija una de la lista.", "请从列表中选择。"),
    ),
    "named_human": (
        Text(
            "A person by name says that this is set right.", "Lo confirma una persona con nombre.", "须由具名人员确认。"
        ),
        Text("Sign in and mark it.", "Inicie sesión y márquelo.", "请登录后标记。"),
    ),
}
