"""What contract and law let one charge: a cap bounds the computed charge and refuses the one by hand (R11)."""

from typing import Final

from arrears.actions.mistakes import filled
from arrears.actions.positions import debt_of, terms_of
from arrears.domain.entries import Entry, EntryKind, taken_out
from arrears.domain.terms import PPM, Terms
from arrears.engine.computation import said_amount
from arrears.engine.ledger.state import state
from arrears.kernel.problems import Problem
from arrears.kernel.texts import LANGUAGES, Text
from arrears.packs import caps
from arrears.store.doors import promises as entries
from arrears.store.doors.positions import Basis

_CHARGING: Final = frozenset({EntryKind.FEE, EntryKind.COST, EntryKind.ADJUSTMENT})
_BRINGING_INTEREST: Final = frozenset({EntryKind.OPENING, EntryKind.INSTALMENT_DUE})


def refusal_of(fact: Entry, basis: Basis, *, using: str = "default") -> Problem | None:
    """Return why an entry that charges something may not be posted; None where it may, or where it charges nothing.

    The contract's cap of charges bounds late charges and fees together. Costs laid out for somebody else's work are
    bounded by law alone.
    """
    if fact.kind not in _CHARGING or fact.amount - fact.principal <= 0:
        return None
    known = entries.facts_of([basis.account], using=using)[basis.account]
    terms = terms_of(basis)
    return _above_contract(fact, known, terms, basis.currency) or _against_law(fact, basis, known, terms)


def _against_law(fact: Entry, basis: Basis, known: list[Entry], terms: Terms) -> Problem | None:
    """Return which cap of law refuses the charge, if one does."""
    charge = caps.Charge(fact.kind, fact.amount - fact.principal)
    live = _live(known)
    by_hand = sum(entry.amount for entry in live if entry.kind is EntryKind.FEE)
    interest = sum(entry.amount - entry.principal for entry in live if entry.kind in _BRINGING_INTEREST)
    late = int(state(terms, known, fact.value_date).charge_exact) if known else 0
    opened = sum(entry.principal for entry in live if entry.kind is EntryKind.OPENING)
    standing = caps.Standing(opened, by_hand + interest + late)
    return caps.refusal_of(charge, debt_of(basis), standing, fact.value_date)


def _live(known: list[Entry]) -> list[Entry]:
    gone = taken_out(known)
    return [entry for entry in known if entry.id not in gone]


def _above_contract(fact: Entry, known: list[Entry], terms: Terms, code: str) -> Problem | None:
    if fact.kind is EntryKind.COST or not (terms.late_charge.cap_minor or terms.late_charge.cap_ppm):
        return None
    live = _live(known)
    fees = sum(entry.amount for entry in live if entry.kind is EntryKind.FEE)
    late = int(state(terms, known, fact.value_date).charge_exact) if known else 0
    allowed = _cap(terms, sum(entry.principal for entry in live if entry.kind is EntryKind.OPENING))
    if late + fees + fact.amount - fact.principal <= allowed:
        return None
    return filled("above_contract_cap", _ABOVE_CONTRACT, "amount_minor", left=_money(allowed - late - fees, code))


def _money(minor: int, code: str) -> Text:
    """Return an amount, nothing where it is below zero, as people write it in each language."""
    return Text(*(said_amount(max(0, minor), language, code) for language in LANGUAGES))


def _cap(terms: Terms, opened: int) -> int:
    charge = terms.late_charge
    caps = [charge.cap_minor] if charge.cap_minor else []
    caps += [opened * charge.cap_ppm // PPM] if charge.cap_ppm else []
    return min(caps)


_ABOVE_CONTRACT: Final = (
    Text(
        "That is more than the contract lets one charge; {left} is left under its cap.",
        "Es más de lo que el contrato permite cobrar; quedan {left} bajo su tope.",
        "超过合同允许收取的金额；上限内尚余 {left}。",
    ),
    Text("Charge less, or nothing.", "Cobre menos, o nada.", "请少收或不收。"),
)
