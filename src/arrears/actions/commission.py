"""Commission of placements: derived from payments by the terms, less what is posted, on both sides (P63).

Nothing is charged back by hand. A payment that is reversed, or comes late into the right period, changes what all
payments earn; the difference is posted by creditor and holder alike, each into its own books.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from arrears.actions import books, history, placements
from arrears.actions.mistakes import filled
from arrears.engine.books.journals import Line
from arrears.engine.commission.earned import CommissionLine, Earned, counted, earned
from arrears.engine.commission.terms import CommissionTerms, read_commission
from arrears.kernel.money import currency, is_currency, plain
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.store import bookday
from arrears.store.doors import placements as door
from arrears.store.doors.placements import PlacementRow
from arrears.store.scope import current, scope

CREDITOR: Final = "creditor"
HOLDER: Final = "holder"
_PURPOSES: Final = {
    CREDITOR: ("commission_expense", "commission_payable"),
    HOLDER: ("commission_receivable", "commission_income"),
}


def open_placement(
    holder: int,
    accounts: Sequence[int],
    *,
    name: str,
    currency_code: str,
    terms: Mapping[str, Any],  # Any: JSON
    from_on: date,
    in_default_on: date | None,
    now: datetime,
    using: str = "default",
) -> int | tuple[Problem, ...]:
    """Place accounts of the organisation in scope with ``holder`` on terms of commission; return the placement.

    Terms are checked whole first. An account that is in another placement, in another currency, or that a rule does not
    let be placed, stays where it is.
    """
    read = read_commission(terms)
    if not isinstance(read, CommissionTerms):
        return read
    if not is_currency(currency_code):
        return (filled("no_such_currency", _NO_CURRENCY, "currency"),)
    opened = current(using)
    made = door.add_placement(
        opened.organisation,
        holder,
        name,
        currency_code,
        terms,
        from_on,
        now=now,
        staff=opened.user,
        using=using,
    )
    if made is None:
        return (filled("name_taken", _NAME_TAKEN, "name", name=name),)
    placed = placements.placeable(accounts, holder, now=now, using=using)
    placements.place(placed, holder, from_on, in_default_on=in_default_on, now=now, using=using)
    door.add_accounts(made, placed, from_on, using=using)
    history.append("placement_opened", owner=opened.organisation, now=now, using=using, placement=made, holder=holder)
    return made


def recall(
    placement: int, accounts: Sequence[int], until_on: date, *, now: datetime, using: str = "default"
) -> int | Problem:
    """Take accounts back from a placement; payments within the tail of its terms still earn. Return how many came."""
    row = door.placement(placement, using=using)
    if row is None or row.owner != current(using).organisation:
        return filled("no_such_placement", _NO_PLACEMENT, "placement")
    placements.recall(accounts, row.holder, until_on, now=now, using=using)
    return door.end_accounts(placement, accounts, until_on, using=using)


def terms_of(row: PlacementRow) -> CommissionTerms:
    """Return a placement's terms; raises where the book holds terms that it should never have taken in."""
    read = read_commission(row.terms)
    if isinstance(read, CommissionTerms):
        return read
    raise ValueError(f"the terms of placement {row.id}: {read[0].said_in('en')}")


def derive(row: PlacementRow, *, using: str = "default") -> Earned:
    """Return what a placement earns by all that is known now."""
    terms = terms_of(row)
    return earned(terms, counted(terms, door.paid(row.id, using=using), door.placed(row.id, using=using)))


@dataclass(frozen=True, slots=True)
class Booked:
    """What posting a placement's commission moved on each side, and what it earns in all."""

    placement: int
    earned: int
    creditor: int
    holder: int


def post(placement: int, on: date, *, now: datetime, using: str = "night") -> Booked | Problem:
    """Post what a placement earns less what is posted, in the books of both; done twice, nothing is posted twice.

    Opens a scope for each side itself, in a role that may work for both; call it outside any scope.
    """
    row = door.placement(placement, using=using)
    if row is None:
        return filled("no_such_placement", _NO_PLACEMENT, "placement")
    moved = {}
    found = Earned((), 0, 0)
    for side, organisation in ((CREDITOR, row.owner), (HOLDER, row.holder)):
        with scope(organisation, None, today=on, using=using):
            door.hold_placement(row.id, using=using)
            found = derive(row, using=using)
            _have_a_day(organisation, on, now, using)
            moved[side] = _post_side(row, side, found, on, now, using)
    return Booked(row.id, found.amount, moved[CREDITOR], moved[HOLDER])


def _have_a_day(organisation: int, on: date, now: datetime, using: str) -> None:
    """Open the first book day of a holder that has no book of its own yet."""
    if bookday.opened(organisation, using=using) is None:
        bookday.open_first(organisation, on - timedelta(days=1), now=now, using=using)


def _post_side(row: PlacementRow, side: str, found: Earned, on: date, now: datetime, using: str) -> int:
    before = door.posted(row.id, side, using=using)
    fresh = lines_of(found, door.numbers_of([line.paid.account for line in found.lines], using=using))
    known = statement_lines(before)
    changed = {entry: line for entry, line in fresh.items() if known.get(entry) != line}
    changed |= {entry: {**line, "commission": 0, "is_taken_back": True} for entry, line in known.items()
                if entry not in fresh and not line.get("is_taken_back")}  # fmt: skip
    amount = found.amount - sum(each.amount for each in before)
    if not changed and not amount:
        return 0
    debit, credit = _PURPOSES[side]
    journal = 0
    if amount:
        lines = [Line(debit, row.currency, amount), Line(credit, row.currency, -amount)]
        journal = books.post_lines(
            row.owner if side == CREDITOR else row.holder, "commission", lines, why=row.name, now=now, using=using
        )
    door.add_posted(row, side, on, amount, found.amount, changed, journal, now=now, using=using)
    return amount


def lines_of(found: Earned, numbers: Mapping[int, str]) -> dict[str, dict[str, Any]]:
    """Return lines as they are kept, by entry: JSON's own kinds, minor units, dates as text."""
    return {
        str(line.paid.entry): {
            "account": numbers.get(line.paid.account, ""),
            "on": line.paid.value_date.isoformat(),
            "kind": line.paid.kind.value,
            "amount": line.paid.amount,
            "cumulated": line.cumulated,
            "slices": [[part.amount, part.rate_ppm] for part in line.slices],
            "commission": line.amount,
            "bounded": line.bounded,
        }
        for line in found.lines
    }


def statement_lines(posted: Sequence[door.PostedCommission]) -> dict[str, dict[str, Any]]:
    """Return the statement as it stands after all postings: of each payment its latest line, in order of date."""
    lines: dict[str, dict[str, Any]] = {}
    for each in posted:
        lines |= each.lines
    return dict(sorted(lines.items(), key=lambda item: (item[1]["on"], int(item[0]))))


def explained(line: CommissionLine | Mapping[str, Any], code: str) -> Text:
    """Return in words how the commission of one payment comes about: each part, its rate, what a bound changed."""
    if isinstance(line, CommissionLine):
        slices, bounded = [(part.amount, part.rate_ppm) for part in line.slices], line.bounded
    else:
        slices, bounded = [(part[0], part[1]) for part in line["slices"]], int(line["bounded"])
    of = currency(code)
    parts = " + ".join(f"{plain(amount, of)} × {_percent(rate)}" for amount, rate in slices)
    if not bounded:
        return Text(parts, parts, parts)
    less, words = plain(abs(bounded), of), _RAISED if bounded > 0 else _LOWERED
    return Text(*(f"{parts}; {said.format(amount=less)}" for said in words))


def _percent(rate_ppm: int) -> str:
    whole, rest = divmod(rate_ppm, 10_000)
    return f"{whole}.{rest:04}".rstrip("0").rstrip(".") + " %"


def post_all(owner: int, on: date, *, now: datetime, using: str = "night") -> list[Booked]:
    """Post the commission of every placement that a creditor made."""
    done = (post(row.id, on, now=now, using=using) for row in door.placements_made(owner, using=using))
    return [each for each in done if isinstance(each, Booked)]


_RAISED: Final = Text("raised by {amount} to the minimum", "más {amount} hasta el mínimo", "补足至最低额 {amount}")
_LOWERED: Final = Text("lowered by {amount} by the bounds", "menos {amount} por los límites", "因限额减少 {amount}")
_NO_CURRENCY: Final = (
    Text("There is no such currency.", "No existe esa moneda.", "没有该货币。"),
    Text("Give its ISO code, such as USD.", "Indique su código ISO, p. ej. USD.", "请填写 ISO 货币代码，如 USD。"),
)
_NAME_TAKEN: Final = (
    Text(
        "There is a placement called “{name}”.",
        "Ya hay una cesión en gestión llamada «{name}».",
        "已有名为“{name}”的委案。",
    ),
    Text("Choose another name.", "Elija otro nombre.", "请换一个名称。"),
)
_NO_PLACEMENT: Final = (
    Text("There is no such placement.", "No existe esa cesión en gestión.", "没有该委案。"),
    Text("Choose one from the list.", "Elija una de la lista.", "请从列表中选择。"),
)
