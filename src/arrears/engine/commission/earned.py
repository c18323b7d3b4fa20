"""What commission the payments of a placement earn: derived whole each time, so that a reversal claws back by itself.

Payments are taken in the order of their value dates. The commission of one is what all so far earn, less what all
before it earned; so the lines always add up to the commission of the sum, and rounding leaves nothing behind.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from arrears.engine.commission.terms import PPM, CommissionTerms, MoneyKind, TierBy
from arrears.kernel.rounding import rounded


@dataclass(frozen=True, slots=True)
class Placed:
    """An account within a placement, from a day until it was recalled (None: it still is)."""

    account: int
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, slots=True)
class Paid:
    """Money on an account: the entry, its value date and kind, minor units, days since default (0: not known)."""

    entry: int
    account: int
    value_date: date
    kind: MoneyKind
    amount: int
    age_days: int = 0


@dataclass(frozen=True, slots=True)
class Slice:
    """A part of a payment and the rate on it, in millionths."""

    amount: int
    rate_ppm: int


@dataclass(frozen=True, slots=True)
class CommissionLine:
    """A payment and what it earned; ``bounded`` by how much minimum or maximum changed that.

    ``cumulated`` is all paid so far, this payment included.
    """

    paid: Paid
    slices: tuple[Slice, ...]
    cumulated: int
    amount: int
    bounded: int


@dataclass(frozen=True, slots=True)
class Earned:
    """The commission of a placement: its lines in order, what they are on, what they add up to."""

    lines: tuple[CommissionLine, ...]
    base: int
    amount: int


def counted(terms: CommissionTerms, paid: Iterable[Paid], placed: Iterable[Placed]) -> list[Paid]:
    """Return the payments that earn commission, in order: of a kind that pays, while placed or in the tail after.

    An account recalled and placed again has several spells; a payment counts once.
    """
    spells: dict[int, list[Placed]] = {}
    for each in placed:
        spells.setdefault(each.account, []).append(each)
    tail = timedelta(days=terms.tail_days)
    found = [
        each
        for each in paid
        if each.kind in terms.on
        and any(
            spell.from_on <= each.value_date and (spell.until_on is None or each.value_date < spell.until_on + tail)
            for spell in spells.get(each.account, ())
        )
    ]
    return sorted(found, key=lambda each: (each.value_date, each.entry))


def earned(terms: CommissionTerms, payments: Sequence[Paid]) -> Earned:
    """Return what ``payments``, in order, earn under ``terms``."""
    lines = []
    base = exact = bounded = plain = 0
    for each in payments:
        slices = sliced(terms, base, each)
        base += each.amount
        exact += sum(part.amount * part.rate_ppm for part in slices)
        whole = rounded(exact, PPM, terms.rounding)
        total = within_bounds(terms, whole, base)
        lines.append(CommissionLine(each, slices, base, total - bounded, (total - bounded) - (whole - plain)))
        bounded, plain = total, whole
    return Earned(tuple(lines), base, bounded)


def within_bounds(terms: CommissionTerms, amount: int, base: int) -> int:
    """Return a commission held between minimum and maximum; nothing is due where nothing was paid."""
    if base <= 0:
        return 0
    least = max(amount, terms.minimum)
    return min(least, terms.maximum) if terms.maximum else least


def sliced(terms: CommissionTerms, before: int, paid: Paid) -> tuple[Slice, ...]:
    """Return a payment's parts by tier; ``before`` is what was paid before it."""
    if terms.by is TierBy.AGE:
        rate = next(tier.rate_ppm for tier in reversed(terms.tiers) if tier.start <= max(0, paid.age_days))
        return (Slice(paid.amount, rate),)
    ends = [tier.start for tier in terms.tiers[1:]] + [before + paid.amount]
    found = []
    for tier, end in zip(terms.tiers, ends, strict=True):
        part = min(end, before + paid.amount) - max(tier.start, before)
        if part > 0:
            found.append(Slice(part, tier.rate_ppm))
    return tuple(found)
