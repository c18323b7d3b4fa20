"""One account: its ledger, and how its balance came about, as of any day and as known on any day."""

from datetime import date
from typing import Final

from django.http import HttpRequest
from ninja import Router, Schema, Status

from arrears.actions import told
from arrears.actions.computations import Computed, computed, known_on_date, rules_of
from arrears.api.answers import Refused, Words, Wrong, not_found, words
from arrears.api.reach import SEES_DEBTORS, TELLS_DEBTORS, must_be
from arrears.config import clock
from arrears.domain.entries import EFFECTS
from arrears.engine.computation import Computation, Line, Section, said
from arrears.engine.ledger.columns import EVERYTHING
from arrears.kernel.problems import Problem
from arrears.kernel.texts import LANGUAGES, Text
from arrears.store.doors import cases

PLACE: Final = "/accounts"
router = Router(tags=["accounts"])
WRONG = {404: Wrong, 403: Wrong, 422: Wrong}


class LineOut(Schema):
    """One line: its words, the exact amount it adds (``numerator / denominator`` minor units), its plain values."""

    kind: str
    day: date | None
    entry: int
    words: Words
    amount_numerator: int
    amount_denominator: int
    values: dict[str, int | date | str]
    parts: list["LineOut"]


class SectionOut(Schema):
    """Lines and the whole minor units they come to."""

    lines: list[LineOut]
    total_minor: int


class ComputationOut(Schema):
    """How what is owed came about. ``known_on`` is a book day, null where all that is known now counts."""

    account: int
    number: str
    currency: str
    as_of: date
    known_on: int | None
    owed_minor: int
    days_past_due: int
    balance: SectionOut
    charges: SectionOut
    accrued: SectionOut
    owed: SectionOut
    notes: list[LineOut]
    rules: list[Words]


class EntryOut(Schema):
    """One entry of the ledger."""

    id: int
    kind: str
    words: Words
    value_date: date
    book_day: int
    amount_minor: int
    principal_minor: int
    detail: int
    reverses: int | None
    source_kind: str
    source_ref: str


class LedgerOut(Schema):
    """An account's entries known on a book day, by value date, and the balances of a day."""

    account: int
    number: str
    currency: str
    as_of: date
    known_on: int | None
    contractual_minor: int
    book_minor: int
    arrears_minor: int
    days_past_due: int
    entries: list[EntryOut]


class TellingIn(Schema):
    """Amounts that were handed over: as a letter or a charge notice, of which day, in which language."""

    kind: str
    as_of: date
    language: str = ""


class TellingOut(Schema):
    """What was kept."""

    id: int


def _answered(request: HttpRequest, account: int, as_of: date | None, known_on: date | None) -> Computed:
    must_be(request, SEES_DEBTORS)
    today = _today(request)
    if cases.debt_of(account, today) is None:
        raise not_found()
    day: int | Problem = EVERYTHING if known_on is None else known_on_date(cases.owner_of(account)[0], known_on)
    if isinstance(day, Problem):
        raise Refused(day)
    found = computed(account, as_of or today, day, today=today)
    assert found is not None
    return found


def _today(request: HttpRequest) -> date:
    return clock.today_in(str(request.session.get("zone", "UTC")))


@router.get("/{int:account}/computation", response={200: ComputationOut, **WRONG})
def computation_of(
    request: HttpRequest, account: int, as_of: date | None = None, known_on: date | None = None
) -> ComputationOut:
    """Answer how the balance of the end of ``as_of`` came about, by what was known at the end of ``known_on``."""
    found = _answered(request, account, as_of, known_on)
    made = found.made
    if isinstance(made, Problem):
        raise Refused(made)
    return ComputationOut(
        account=account,
        number=found.debt.number,
        currency=made.currency,
        as_of=found.as_of,
        known_on=None if found.known_on == EVERYTHING else found.known_on,
        owed_minor=made.balance.total,
        days_past_due=made.state.days_past_due,
        balance=_section(made.balance, made),
        charges=_section(made.charges, made),
        accrued=_section(made.accrued, made),
        owed=_section(made.owed, made),
        notes=[_line(line, made) for line in made.notes],
        rules=[words(rule) for rule in rules_of(found)],
    )


def _section(section: Section, made: Computation) -> SectionOut:
    return SectionOut(lines=[_line(line, made) for line in section.lines], total_minor=section.total)


def _line(line: Line, made: Computation) -> LineOut:
    spoken = Text(*(said(line, language, made.currency) for language in LANGUAGES))
    return LineOut(
        kind=line.kind.value,
        day=line.day,
        entry=line.entry,
        words=words(spoken),
        amount_numerator=line.amount.numerator,
        amount_denominator=line.amount.denominator,
        values={name: what.en if isinstance(what, Text) else what for name, (_, what) in line.values.items()},
        parts=[_line(part, made) for part in line.parts],
    )


@router.get("/{int:account}/ledger", response={200: LedgerOut, **WRONG})
def ledger_of(request: HttpRequest, account: int, as_of: date | None = None, known_on: date | None = None) -> LedgerOut:
    """Answer the entries known at the end of ``known_on`` and the balances of the end of ``as_of``."""
    found = _answered(request, account, as_of, known_on)
    made = found.made
    if isinstance(made, Problem):
        raise Refused(made)
    return LedgerOut(
        account=account,
        number=found.debt.number,
        currency=made.currency,
        as_of=found.as_of,
        known_on=None if found.known_on == EVERYTHING else found.known_on,
        contractual_minor=made.state.contractual,
        book_minor=made.state.book,
        arrears_minor=made.state.arrears,
        days_past_due=made.state.days_past_due,
        entries=[_entry(line) for line in found.lines],
    )


def _entry(line: cases.Line) -> EntryOut:
    fact = line.fact
    return EntryOut(
        id=fact.id,
        kind=fact.kind.name.lower(),
        words=words(EFFECTS[fact.kind].words),
        value_date=fact.value_date,
        book_day=fact.book_day,
        amount_minor=fact.amount,
        principal_minor=fact.principal,
        detail=fact.detail,
        reverses=fact.reverses or None,
        source_kind=line.source_kind,
        source_ref=line.source_ref,
    )


@router.post("/{int:account}/told", response={201: TellingOut, **WRONG})
def tell(request: HttpRequest, account: int, telling: TellingIn) -> Status[TellingOut]:
    """Keep that the amounts of a day were told, by all that is known now, so that a later change lists them."""
    must_be(request, TELLS_DEBTORS)
    if cases.debt_of(account, _today(request)) is None:
        raise not_found()
    made = told.tell(account, telling.kind, telling.as_of, now=clock.now(), language=telling.language)
    if isinstance(made, Problem):
        raise Refused(made)
    return Status(201, TellingOut(id=made))
