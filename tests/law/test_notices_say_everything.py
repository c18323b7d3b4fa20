"""What a notice must say: every field by its name, sums that come out, one date; and an itemization from the ledger."""

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.domain.entries import Entry, EntryKind
from arrears.domain.notices import NoticeKind
from arrears.domain.terms import Terms
from arrears.engine.notices.contents import Shape, faults
from arrears.engine.notices.itemization import Itemization, ItemizationDate, itemization, usual_date
from arrears.kernel.problems import Problem
from arrears.packs.notices import all_contents, check_notices, contents_at

B1 = all_contents()["us.validation"]
WORDS = {Shape.WORDS: "said", Shape.MONEY: 0, Shape.DATE: date(2026, 7, 8), Shape.STATEMENT: True}
WHOLE: dict[str, Any] = {
    **{one.name: WORDS[one.shape] for one in B1.fields},
    "itemization_kind": "last_payment",
    "amount_then": 223_456,
    "interest": 7_500,
    "fees": 2_500,
    "payments": 5_000,
    "credits": 0,
    "amount_now": 228_456,
}


def test_the_files_are_sound() -> None:
    assert check_notices() == []


@pytest.mark.parametrize(
    ("total", "refused"),
    [
        pytest.param(228_456, [], id="T10.11 2,234.56 + 75.00 + 25.00 - 50.00 = 2,284.56"),
        pytest.param(228_455, ["amount_now"], id="T10.11 a cent less"),
        pytest.param(228_457, ["amount_now"], id="T10.11 a cent more"),
        pytest.param(238_456, ["amount_now"], id="T10.11 the payment added"),
        pytest.param(0, ["amount_now"], id="T10.11 nothing"),
    ],
)
def test_the_sample_of_model_form_b1_comes_out_and_no_other_total_does(total: int, refused: list[str]) -> None:
    found = faults(B1, {**WHOLE, "amount_now": total}, method="letter")
    assert (
        [each.where.field for each in found if each.code == "notice_sum_wrong"]
        == refused
        == [each.where.field for each in found]
    )


@pytest.mark.parametrize("line", ["interest", "fees", "payments", "credits"])
def test_each_line_of_the_itemization_is_said_and_may_be_nothing(line: str) -> None:
    assert [each.where.field for each in faults(B1, {**WHOLE, line: None}, method="letter")] == [line]
    bare = {**WHOLE, "interest": 0, "fees": 0, "payments": 0, "credits": 0, "amount_now": 223_456}
    assert faults(B1, bare, method="letter") == []


@pytest.mark.parametrize("one", [each for each in B1.fields if not each.methods], ids=lambda each: each.name)
def test_a_notice_without_a_field_is_refused_by_its_name(one: Any) -> None:
    left_out = {name: value for name, value in WHOLE.items() if name != one.name}
    blank = {**WHOLE, one.name: {Shape.WORDS: "  ", Shape.STATEMENT: False}.get(one.shape)}
    for said in (left_out, blank):
        found = faults(B1, said, method="letter")
        assert [(each.code, each.where.field) for each in found] == [("notice_field_missing", one.name)]


def test_what_goes_electronically_says_how_to_answer_electronically() -> None:
    silent = {**WHOLE, "electronic_dispute": ""}
    assert faults(B1, silent, method="letter") == []
    assert [each.where.field for each in faults(B1, silent, method="email")] == ["electronic_dispute"]


@pytest.mark.parametrize("name", ["dispute_by", "original_creditor_by", "assumed_valid_after"])
def test_the_three_dates_are_one(name: str) -> None:
    (found,) = faults(B1, {**WHOLE, name: date(2026, 7, 9)}, method="letter")
    assert found.code == "notice_dates_differ"


def test_the_itemization_date_is_one_of_five() -> None:
    for kind in ItemizationDate:
        assert faults(B1, {**WHOLE, "itemization_kind": kind.value}, method="letter") == []
    (found,) = faults(B1, {**WHOLE, "itemization_kind": "placement"}, method="letter")
    assert found.where.field == "itemization_kind"
    assert len(ItemizationDate) == 5


def test_the_european_notice_has_nine_things_and_a_split_that_adds_up() -> None:
    transfer = all_contents()["eu.transfer"]
    letters = {one.cites.removeprefix("art 10(2)") for one in transfer.fields}
    assert letters == {f"({letter})" for letter in "abcdefghi"}
    whole: dict[str, Any] = {one.name: WORDS[one.shape] for one in transfer.fields}
    split = {**whole, "capital": 100_000, "interest": 2_000, "fees": 300, "other_charges": 40, "amount_now": 102_340}
    assert faults(transfer, split, method="letter") == []
    assert [each.code for each in faults(transfer, {**split, "fees": 301}, method="letter")] == ["notice_sum_wrong"]


@pytest.mark.parametrize(
    ("kind", "places", "found"),
    [
        (NoticeKind.VALIDATION, ("US-NY",), "us.validation"),
        (NoticeKind.VALIDATION, ("GB",), None),
        (NoticeKind.TRANSFER, ("ES-MD",), "eu.transfer"),
        (NoticeKind.TRANSFER, ("US-NY", "DE"), "eu.transfer"),
        (NoticeKind.LISTING, ("KE",), "ke.listing"),
        (NoticeKind.LISTING, ("ES",), "es.listing"),
        (NoticeKind.DEFAULT, ("GB",), "uk.default"),
        (NoticeKind.ARREARS, ("GB-SCT",), "uk.arrears"),
        (NoticeKind.ARREARS, ("CN-GD",), "cn.collection_letter"),
        (NoticeKind.ARREARS, ("US-NY",), None),
    ],
)
def test_contents_are_those_of_the_persons_place(kind: NoticeKind, places: tuple[str, ...], found: str | None) -> None:
    chosen = contents_at(kind, places)
    assert (chosen.id if chosen else None) == found


def said(contents_id: str, **more: object) -> dict[str, Any]:
    """Return a notice of that kind with something in every field, and ``more`` as given."""
    contents = all_contents()[contents_id]
    words: dict[Shape, Any] = dict(WORDS)
    return {one.name: max(words[one.shape], one.least or 0) if one.shape is Shape.MONEY else words[one.shape]
            for one in contents.fields} | more  # fmt: skip


@pytest.mark.parametrize("contents_id", ["uk.arrears", "uk.default"])
@pytest.mark.parametrize(
    ("total", "codes"), [(31_250, []), (31_249, ["notice_sum_wrong"]), (31_251, ["notice_sum_wrong"])]
)
def test_what_is_needed_to_be_up_to_date_is_the_sum_of_its_lines(
    contents_id: str, total: int, codes: list[str]
) -> None:
    sums = {"arrears": 30_000, "default_sums": 1_200, "late_charges": 50, "to_put_right": total, "amount_now": 90_000}
    days = {"served_on": date(2026, 6, 1), "remedy_by": date(2026, 6, 15)}
    given = {name: value for name, value in (sums | days).items() if name in all_contents()[contents_id].by_name}
    found = faults(all_contents()[contents_id], said(contents_id, **given), method="letter")
    assert [each.code for each in found] == codes


@pytest.mark.parametrize(
    ("contents_id", "start", "end", "days"),
    [("uk.default", "served_on", "remedy_by", 14), ("ke.listing", "goes_by", "listed_from", 30)],
)
def test_a_day_that_a_notice_gives_is_not_a_day_too_near(contents_id: str, start: str, end: str, days: int) -> None:
    contents, first = all_contents()[contents_id], date(2026, 6, 1)
    money = {"arrears": 1, "to_put_right": 1} if contents_id == "uk.default" else {}
    in_time = said(contents_id, **money, **{start: first, end: first + timedelta(days=days)})
    too_near = {**in_time, end: first + timedelta(days=days - 1)}
    assert faults(contents, in_time, method="letter") == []
    (found,) = faults(contents, too_near, method="letter")
    assert (found.code, found.where.field) == ("notice_day_too_near", end)


@pytest.mark.parametrize("contents_id", [one for one in all_contents() if not one.startswith("us.")])
def test_every_field_that_is_left_out_is_named(contents_id: str) -> None:
    contents = all_contents()[contents_id]
    for one in contents.fields:
        given = said(contents_id)
        del given[one.name]
        assert [each.where.field for each in faults(contents, given, method="letter")] == [one.name]


def test_what_a_notice_says_first_is_said_to_the_person_and_not_to_who_sends_it() -> None:
    spoken = [one for one in all_contents().values() if one.letter == "notice" and not one.id.startswith("us.")]
    assert len(spoken) >= 8
    assert all(one.opening is not None and one.opening != one.words for one in spoken)


# --- The itemization, from the ledger ---


def entry(number: int, kind: EntryKind, on: date, amount: int, **more: int) -> Entry:
    return Entry(id=number, kind=kind, value_date=on, book_day=1, amount=amount, **more)


DEBT = (
    entry(1, EntryKind.OPENING, date(2026, 1, 5), 223_456, principal=223_456),
    entry(2, EntryKind.ACCELERATION, date(2026, 1, 6), 0),
    entry(3, EntryKind.FEE, date(2026, 2, 1), 2_500),
    entry(4, EntryKind.ADJUSTMENT, date(2026, 2, 2), 7_500),
    entry(5, EntryKind.PAYMENT, date(2026, 3, 1), 5_000),
    entry(6, EntryKind.WAIVER, date(2026, 3, 2), 1_000),
)


def test_the_lines_since_a_date_come_from_the_entries_since() -> None:
    assert itemization(Terms(), DEBT, date(2026, 1, 31), date(2026, 5, 1), currency="USD") == Itemization(
        since=date(2026, 1, 31), until=date(2026, 5, 1), then=223_456, interest=0, fees=10_000, payments=5_000,
        credits=1_000, now=227_456,
    )  # fmt: skip


def test_what_came_on_the_itemization_date_is_in_the_first_amount() -> None:
    found = itemization(Terms(), DEBT, date(2026, 3, 1), date(2026, 5, 1), currency="USD")
    assert isinstance(found, Itemization)
    assert (found.then, found.fees, found.payments, found.credits, found.now) == (228_456, 0, 0, 1_000, 227_456)


def test_a_payment_that_was_taken_back_is_no_line() -> None:
    back = entry(7, EntryKind.REVERSAL, date(2026, 3, 9), 5_000, reverses=5)
    found = itemization(Terms(), (*DEBT, back), date(2026, 1, 31), date(2026, 5, 1), currency="USD")
    assert isinstance(found, Itemization)
    assert (found.payments, found.now) == (0, 232_456)


@pytest.mark.parametrize("since", [date(2026, 1, 4), date(2026, 5, 2)])
def test_there_is_none_from_before_the_book_or_after_its_end(since: date) -> None:
    found = itemization(Terms(), DEBT, since, date(2026, 5, 1), currency="USD")
    assert isinstance(found, Problem)
    assert found.where.field == "itemization_date"


def test_the_usual_date_is_the_charge_off_then_the_last_payment_then_the_transaction() -> None:
    off = entry(8, EntryKind.CHARGE_OFF, date(2026, 4, 1), 10_000)
    assert usual_date((*DEBT, off), date(2026, 1, 1)) == (ItemizationDate.CHARGE_OFF, date(2026, 4, 1))
    assert usual_date(DEBT, date(2026, 1, 1)) == (ItemizationDate.LAST_PAYMENT, date(2026, 3, 1))
    assert usual_date(DEBT[:4], date(2026, 1, 1)) == (ItemizationDate.TRANSACTION, date(2026, 1, 5))


@settings(deadline=None, max_examples=60)
@given(st.data())
def test_whatever_happened_since_any_day_the_lines_come_to_what_is_owed(data: st.DataObject) -> None:
    kinds = [EntryKind.FEE, EntryKind.PAYMENT, EntryKind.WAIVER, EntryKind.ADJUSTMENT, EntryKind.COST]
    later = [
        entry(10 + n, data.draw(st.sampled_from(kinds)), date(2026, 2, data.draw(st.integers(1, 28))), amount)
        for n, amount in enumerate(data.draw(st.lists(st.integers(1, 300_000), max_size=8)))
    ]
    since = date(2026, 2, data.draw(st.integers(1, 28)))
    found = itemization(Terms(), (*DEBT[:2], *later), since, date(2026, 4, 1), currency="USD")
    assert isinstance(found, Itemization)
    assert found.adds_up
    assert min(found.interest, found.fees, found.payments, found.credits) >= 0
