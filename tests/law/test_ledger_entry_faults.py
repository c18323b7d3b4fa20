"""Entries that the ledger does not take."""

from datetime import date

import pytest

from arrears.domain.entries import Entry, EntryKind
from arrears.domain.entry_faults import faults_of
from arrears.kernel.epoch import epoch_day
from arrears.kernel.money import MOST_MINOR
from arrears.kernel.problems import Where

DAY = date(2026, 5, 1)
K = EntryKind


@pytest.mark.parametrize(
    ("entry", "code"),
    [
        (Entry(1, K.OPENING, DAY, 1, MOST_MINOR + 1), "amount_too_large"),
        (Entry(1, K.PAYMENT, DAY, 1, -1), "amount_below_zero"),
        (Entry(1, K.RE_AGE, DAY, 1, 5), "amount_not_expected"),
        (Entry(1, K.INSTALMENT_DUE, DAY, 1, 10, 11), "principal_not_a_part"),
        (Entry(1, K.ADJUSTMENT, DAY, 1, -10, 5), "principal_not_a_part"),
        (Entry(1, K.PAYMENT, DAY, 1, 10, 5), "principal_of_payment"),
        (Entry(1, K.REVERSAL, DAY, 1, 10), "nothing_reversed"),
        (Entry(1, K.PAYMENT, DAY, 1, 10, reverses=1), "reverses_itself"),
        (Entry(1, K.PAYMENT, DAY, 1, 10, detail=5), "unknown_waterfall"),
        (Entry(1, K.DEFERRAL, DAY, 1, 0, detail=epoch_day(DAY)), "deferral_without_end"),
        (Entry(1, K.CHARGE_FREEZE, DAY, 1, 0, detail=epoch_day(DAY) - 1), "freeze_ends_before_it_begins"),
        (Entry(1, K.CHARGE_FREEZE, DAY, 1, 7, detail=epoch_day(DAY)), "amount_not_expected"),
    ],
)
def test_a_fault_of_an_entry_is_named_with_its_place(entry: Entry, code: str) -> None:
    found = faults_of(entry, Where("entries.csv", 4))
    assert [(each.code, str(each.where)) for each in found] == [(code, "entries.csv, row 4")]


@pytest.mark.parametrize(
    "entry",
    [
        Entry(1, K.OPENING, DAY, 1, MOST_MINOR, MOST_MINOR),
        Entry(1, K.PAYMENT, DAY, 1, 0),
        Entry(1, K.INSTALMENT_DUE, DAY, 1, 10, 10),
        Entry(1, K.ADJUSTMENT, DAY, 1, -10, -10),
        Entry(2, K.REVERSAL, DAY, 1, 10, reverses=1),
        Entry(1, K.PAYMENT, DAY, 1, 10, detail=4),
        Entry(1, K.DEFERRAL, DAY, 1, 0, detail=epoch_day(DAY) + 1),
        Entry(1, K.CHARGE_FREEZE, DAY, 1, 0, detail=epoch_day(DAY)),
        Entry(1, K.PAYMENT, DAY, 1, 10, detail=0o52143),
    ],
)
def test_an_entry_without_fault_is_taken(entry: Entry) -> None:
    assert faults_of(entry) == []
