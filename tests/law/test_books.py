"""The books in law: every debt's purposes add up to nothing, whatever happened to it, and journals balance."""

from datetime import timedelta

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.law.test_ledger_properties import FIRST_DAY, accounts_made, days, terms_made

from arrears.engine.books.chart import Chart, GlAccount, Kind, faults
from arrears.engine.books.flows import derived
from arrears.engine.books.journals import Line, UnbalancedError, balanced, differs, journal
from arrears.engine.books.purposes import DERIVED, OF_DEBTS, PURPOSES, SUB_LEDGER
from arrears.engine.ledger.sums import SUMS_ROW, sums_of
from arrears.kernel.texts import Text
from arrears.packs.charts import chart


def row_of(sums: dict[str, int]) -> np.ndarray:
    return np.array([tuple(sums[name] for name in SUMS_ROW.names or ())], SUMS_ROW)


def total(rows: np.ndarray) -> int:
    return sum(int(rows[name].sum()) for name in OF_DEBTS)


@settings(deadline=None, max_examples=150)
@given(terms_made, accounts_made(), days)
def test_the_purposes_of_a_debt_add_up_to_nothing_and_show_its_balances(terms, entries, as_of):
    sums = sums_of(terms, entries, as_of)
    found = derived(row_of(sums))
    assert total(found) == 0
    for part in ("principal", "interest", "accrued", "fees", "costs", "charges"):
        assert int(found[part][0]) == sums[f"balance_{part}"]
    assert int(found["debtor_credit"][0]) == -sums["balance_credit"]
    carried = sum(int(found[name][0]) for name in SUB_LEDGER if name not in {"charges", "accrued"})
    owed = carried - int(found["written_off"][0])
    assert carried == (sums["balance_book"] if owed >= 0 else owed)


@settings(deadline=None, max_examples=60)
@given(terms_made, accounts_made(), st.lists(days, min_size=1, max_size=4))
def test_posting_step_by_step_ends_where_posting_once_does(terms, entries, looked_at):
    """Entries become known in any order: what is posted last is what is derived last, and each step balances."""
    end = FIRST_DAY + timedelta(days=200)
    posted = np.zeros(1, DERIVED)
    for n, day in enumerate([*looked_at, end]):
        known = entries if day == end else [entry for entry in entries if entry.id % (len(looked_at) + 1) <= n]
        fresh = derived(row_of(sums_of(terms, known, day)))
        lines = journal(fresh, posted, ["USD"])
        assert sum(line.amount for line in lines) == 0
        posted = fresh
    assert posted.tobytes() == derived(row_of(sums_of(terms, entries, end))).tobytes()


def test_currencies_are_never_added_together():
    fresh, nothing = np.zeros(2, DERIVED), np.zeros(2, DERIVED)
    fresh["received"], fresh["opened"] = [100, 900], [-100, -900]
    assert journal(fresh, nothing, ["EUR", "USD"]) == (
        Line("received", "EUR", 100), Line("opened", "EUR", -100), Line("received", "USD", 900), Line("opened", "USD", -900),
    )  # fmt: skip
    with pytest.raises(UnbalancedError):
        balanced([Line("received", "EUR", 100), Line("opened", "USD", -100)])
    assert differs(fresh, nothing).tolist() == [True, True]
    assert journal(fresh, fresh, ["EUR", "USD"]) == ()


def test_a_sale_takes_the_rest_out_and_its_price_is_due_from_the_buyer():
    sums = dict.fromkeys(SUMS_ROW.names or (), 0)
    sums |= {"opened_principal": 1_000, "balance_principal": 1_000, "charged_off": 600, "sold": 400, "sale_price": 150}
    found = derived(row_of(sums))
    said = {name: int(found[name][0]) for name in OF_DEBTS if found[name][0]}
    assert said == {
        "principal": 1_000, "opened": -1_000, "written_off": -1_000, "charge_off": 600, "sold": 250, "sale_price": 150,
    }  # fmt: skip


def test_the_shipped_chart_gives_every_purpose_one_account_in_three_languages():
    shipped = chart()
    assert faults(shipped) == []
    assert [shipped.of(purpose).kind for purpose in ("principal", "client_money", "opened")] == [
        Kind.ASSET, Kind.LIABILITY, Kind.EQUITY,
    ]  # fmt: skip
    assert all(all(account.names) and len(set(account.names)) == 3 for account in shipped.accounts)


def test_a_chart_with_gaps_is_told_what_is_wrong():
    one = GlAccount("1", Kind.ASSET, Text("a", "b", "c"), ("received", "received", "tips"))
    wrong = faults(Chart((one, one)))
    assert "code 1 stands twice" in wrong
    assert "purpose tips is not known" in wrong
    assert "purpose received has 4 accounts" in wrong
    assert f"purpose {PURPOSES[0]} has no account" in wrong
