"""Entries other than payments: posted once, checked, capped, and everything follows from them at once."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.working_book import WorkingBook, at, settle

from arrears.domain.entries import EntryKind
from arrears.kernel.problems import Problem

pytestmark = pytest.mark.usefixtures("book")
MON = date(2026, 3, 2)


@pytest.fixture
def working() -> WorkingBook:
    return settle()


@pytest.fixture
def loan(working: WorkingBook) -> Any:
    return working.loan(unpaid_since=date(2026, 2, 25))


def post(working: WorkingBook, account: int, kind: EntryKind, **said: Any) -> Any:
    from arrears.actions import entries

    told = {"value_date": MON, "reason": "as agreed", "source_kind": "by_hand", "source_ref": "1", "now": at(MON)}
    with working.hands_of(working.dora, MON):
        return entries.post_entry(account, kind, **{**told, **said})


def code(found: Any) -> str:
    assert isinstance(found, Problem), found
    return found.code


def limit_charges(**terms: Any) -> None:
    from arrears.store.tables.account import Product

    Product.objects.using("night").update(terms={"late_charge": terms})


def test_a_fee_is_posted_once_and_shows_at_once(working: WorkingBook, loan: Any) -> None:
    first = post(working, loan.account, EntryKind.FEE, amount_minor=1_500)
    again = post(working, loan.account, EntryKind.FEE, amount_minor=1_500)
    assert first == again
    assert working.position(loan.account).fees_minor == 1_500
    assert working.events(account_id=loan.account).count("fee_charged") == 1
    assert code(post(working, loan.account, EntryKind.FEE, amount_minor=1_600)) == "source_taken"


def test_a_reason_in_words_can_be_erased_and_a_code_stays_with_the_entry(working: WorkingBook, loan: Any) -> None:
    from arrears.store.tables.account import Entry, Note

    worded = post(working, loan.account, EntryKind.FEE, amount_minor=100, reason="Ana's cheque bounced")
    coded = post(working, loan.account, EntryKind.FEE, amount_minor=100, reason="R01", source_ref="2")
    kept: dict[int, Any] = dict(
        Entry.objects.using("report").filter(pk__in=[worded, coded]).values_list("pk", "instruction")
    )
    assert kept[coded] == {"reason": "R01"}
    assert kept[worded]
    assert Note.objects.using("report").get(pk=kept[worded]["note"]).words == "Ana's cheque bounced"


@pytest.mark.parametrize(
    ("kind", "said", "expected"),
    [
        (EntryKind.PAYMENT, {"amount_minor": 100}, "payments_elsewhere"),
        (EntryKind.PAYMENT_SEEN, {"amount_minor": 100}, "payments_elsewhere"),
        (EntryKind.WAIVER, {"amount_minor": 100}, "only_by_concession"),
        (EntryKind.SETTLEMENT, {"amount_minor": 100}, "only_by_concession"),
        (EntryKind.FEE, {"amount_minor": -100}, "amount_below_zero"),
        (EntryKind.FEE, {"amount_minor": 100, "principal_minor": 200}, "principal_not_a_part"),
        (EntryKind.FEE, {"amount_minor": 100, "value_date": MON + timedelta(days=1)}, "value_date_ahead"),
        (EntryKind.ACCELERATION, {"amount_minor": 100}, "amount_not_expected"),
        (EntryKind.DEFERRAL, {}, "deferral_without_end"),
        (EntryKind.REVERSAL, {"amount_minor": 100}, "no_such_entry"),
    ],
)
def test_what_this_door_does_not_take(
    working: WorkingBook, loan: Any, kind: EntryKind, said: dict[str, Any], expected: str
) -> None:
    before = working.rows("entry")
    assert code(post(working, loan.account, kind, **said)) == expected
    assert working.rows("entry") == before


def test_a_debt_that_is_not_there_takes_no_entry(working: WorkingBook) -> None:
    assert code(post(working, 999_999, EntryKind.FEE, amount_minor=1)) == "account_unknown"


def test_the_cap_of_the_contract_refuses_a_fee_by_hand_and_counts_what_was_charged(
    working: WorkingBook, loan: Any
) -> None:
    limit_charges(cap_minor=2_000)
    first = post(working, loan.account, EntryKind.FEE, amount_minor=1_500)
    assert code(post(working, loan.account, EntryKind.FEE, amount_minor=501, source_ref="2")) == "above_contract_cap"
    assert isinstance(post(working, loan.account, EntryKind.FEE, amount_minor=500, source_ref="3"), int)
    assert isinstance(post(working, loan.account, EntryKind.COST, amount_minor=900, source_ref="4"), int)
    assert isinstance(take_back(working, first), int)
    assert isinstance(post(working, loan.account, EntryKind.FEE, amount_minor=1_500, source_ref="5"), int)


def take_back(working: WorkingBook, entry: int) -> Any:
    from arrears.actions import entries

    with working.hands_of(working.dora, MON):
        return entries.reverse_entry(entry, value_date=MON, reason="error", now=at(MON))


def test_an_entry_is_taken_back_once(working: WorkingBook, loan: Any) -> None:
    fee = post(working, loan.account, EntryKind.FEE, amount_minor=1_500)
    assert take_back(working, fee) == take_back(working, fee)
    assert working.position(loan.account).fees_minor == 0
    assert working.events(account_id=loan.account).count("entry_reversed") == 1


def test_a_direct_payment_that_is_taken_back_goes_the_way_of_returned_payments(working: WorkingBook, loan: Any) -> None:
    paid = post(working, loan.account, EntryKind.PAYMENT_DIRECT, amount_minor=10_000)
    assert working.position(loan.account).due_unpaid_minor == 0
    assert isinstance(take_back(working, paid), int)
    assert working.position(loan.account).due_unpaid_minor == 10_000
    assert working.events(account_id=loan.account).count("payment_returned") == 1
