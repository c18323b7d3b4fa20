"""The computation of one account for whoever shows it: a page, a letter, an answer to a program. It writes nothing."""

from dataclasses import dataclass
from datetime import date

from arrears.actions.mistakes import filled
from arrears.domain.terms import Terms
from arrears.engine.computation import Computation, computation
from arrears.engine.computation.phrases import CapSaid
from arrears.engine.ledger.columns import EVERYTHING
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.letters import Heading, make, statement_words
from arrears.packs.caps import CapRule, DebtOf
from arrears.packs.rates import rate_tables
from arrears.packs.terms import TermsInForce, terms_in_force
from arrears.store.doors import book_days
from arrears.store.doors.cases import Debt, Line, debt_of, entries_of, owner_of

__all__ = ["Computed", "computed", "known_on_date", "rules_of", "statement"]


@dataclass(frozen=True, slots=True)
class Computed:
    """An account's entries and how its balance of a day came about, or why that is not told.

    ``lines`` are all entries known on ``known_on``, whatever their value date; ``known_on`` is a book day, or
    `EVERYTHING` for all that is known now.
    """

    debt: Debt
    owner: int
    owner_name: str
    as_of: date
    known_on: int
    terms: TermsInForce
    lines: tuple[Line, ...]
    made: Computation | Problem

    @property
    def caps_that_bound(self) -> tuple[CapRule, ...]:
        """The rules that hold the late charge down: those whose rate or sum is below what the contract asks."""
        charge = self.terms.terms.late_charge
        rates = [charge.rate_ppm, *(one.rate_ppm for one in charge.rates)]
        return tuple(rule for rule in self.terms.caps if rule.rate_ppm is not None and max(rates) > rule.rate_ppm)


def computed(account: int, as_of: date, known_on: int = EVERYTHING, *, today: date) -> Computed | None:
    """Return the computation of an account on a day; None where there is no such account that the scope may see."""
    debt = debt_of(account, today)
    if debt is None:
        return None
    owner, owner_name = owner_of(account)
    found = _terms(debt)
    lines = tuple(line for line in entries_of(account) if line.fact.book_day <= known_on)
    made = computation(
        found.terms,
        [line.fact for line in lines],
        as_of,
        known_on,
        currency=debt.currency,
        caps=[CapSaid(rule.id, rule.title, rule.cites) for rule in found.caps],
    )
    return Computed(debt, owner, owner_name, as_of, known_on, found, lines, made)


def _terms(debt: Debt) -> TermsInForce:
    found = terms_in_force(debt.terms, DebtOf(debt.country, debt.debt_kind, debt.consumer, debt.currency))
    return found if isinstance(found, TermsInForce) else TermsInForce(Terms(), (), tuple(found))


def known_on_date(owner: int, on: date) -> int | Problem:
    """Return the book day by which something was known at the end of a date; a Problem before the book began."""
    found = book_days.book_day_on(owner, on)
    if found is None:
        return filled("book_began_later", _BEGAN_LATER, "known_on", day=on.isoformat())
    return found.day


def rules_of(found: Computed) -> tuple[Text, ...]:
    """Return the law behind the charges of a computation: the rate table's, and the caps that bound it."""
    table = rate_tables().get(found.terms.terms.late_charge.rate_table)
    said = [_said(table.title, table.law.citation)] if table and table.law else []
    charges = found.terms.terms.late_charge
    if charges.rate or charges.fixed:
        said += [_cap_said(rule) for rule in found.caps_that_bound]
    return tuple(said) + tuple(problem.reason for problem in found.terms.problems)


def _said(title: Text, cites: str) -> Text:
    return Text(f"{title.en}: {cites}.", f"{title.es}: {cites}.", f"{title.zh}：{cites}。")


def _cap_said(rule: CapRule) -> Text:
    return rule.words if rule.law is None else _said(rule.title, rule.law.citation)


def statement(account: int, as_of: date, language: str, *, today: date) -> bytes | Problem:
    """Return the statement of computation of an account as a PDF, by all that is known now; nothing is sent or kept."""
    found = computed(account, as_of, today=today)
    if found is None:
        return filled("account_unknown", _UNKNOWN, "account")
    if isinstance(found.made, Problem):
        return found.made
    heading = Heading(
        creditor=found.owner_name,
        debtor=found.debt.person_name,
        number=found.debt.number,
        product=found.debt.product,
        printed_on=today,
        rules=rules_of(found),
    )
    return make("statement", statement_words(found.made, heading, language), language)


_BEGAN_LATER = (
    Text(
        "The book began after {day}: nothing was known then.",
        "El libro empezó después del {day}: entonces no se sabía nada.",
        "账簿始于 {day} 之后：当时尚无任何记录。",
    ),
    Text("Choose a later day.", "Elija un día posterior.", "请选择之后的日期。"),
)
_UNKNOWN = (
    Text("There is no such debt here.", "Aquí no figura esa deuda.", "此处没有这笔债务。"),
    Text("Look the debt up again.", "Vuelva a buscar la deuda.", "请重新查找该债务。"),
)
