"""The chart of a trial balance: each account's balance, debits to the right, credits to the left."""

import altair as alt
from django.utils.translation import gettext

from arrears.reports.trial_balance import TrialBalance, name_in
from arrears.web import spoken
from arrears.web.book.pictures import INKS, major, over, styled

ROW = 26
LONGEST = 28


def svg(trial: TrialBalance, theme: str) -> str:
    """Return the chart as SVG; its figures stand in the table beside it."""
    inks = INKS[theme]
    sides = {True: gettext("debit"), False: gettext("credit")}
    rows = [
        {
            "account": shortened(f"{row.code} {name_in(row.names, spoken.language())}"),
            "amount": major(row.balance, trial.currency),
            "side": sides[row.balance > 0],
        }
        for row in trial.rows
        if row.balance
    ]
    colours = alt.Scale(domain=list(sides.values()), range=[inks["main"], inks["late"]])
    chart: alt.Chart = over(rows).mark_bar(cornerRadiusEnd=2).encode(
        y=alt.Y("account:N", sort=None, title=None),
        x=alt.X("amount:Q", title=trial.currency, axis=alt.Axis(format="~s", tickCount=5)),
        color=alt.Color("side:N", scale=colours),
    )  # fmt: skip
    return styled(chart, theme, height(trial))


def shortened(label: str) -> str:
    """Return a label that its axis has room for; the table says the whole."""
    return label if len(label) <= LONGEST else f"{label[: LONGEST - 1]}…"


def height(trial: TrialBalance) -> int:
    """Return the height of the chart's plot."""
    return max(80, ROW * sum(1 for row in trial.rows if row.balance))
