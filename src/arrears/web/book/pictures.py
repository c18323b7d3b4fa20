"""The charts of the manager's page, drawn on the server as SVG in the page's language, for light and dark grounds."""

from collections.abc import Callable
from decimal import Decimal
from threading import Lock
from typing import Any, Final

import altair as alt
import vl_convert
from django.utils.translation import gettext

from arrears.kernel.money import currency, is_currency
from arrears.reports.came_back import TARGETS_PERCENT, Back
from arrears.reports.manager_page import ManagerPage
from arrears.web import spoken

#: The converter starts an engine of its own at the first picture; two threads must not start it at once.
_ONE_AT_A_TIME: Final = Lock()
WIDTH: Final = 640
HEIGHT: Final = 240
INKS: Final = {
    "light": {
        "ink": "#1b211f",
        "soft": "#56605c",
        "line": "#d8dcd8",
        "main": "#0b6b62",
        "pale": "#c3cac6",
        "late": "#b5472f",
    },
    "dark": {
        "ink": "#e7ebe8",
        "soft": "#a3aea8",
        "line": "#303935",
        "main": "#5cc5b4",
        "pale": "#4a5550",
        "late": "#ff9c86",
    },
}
_FONT: Final = "system-ui, 'Noto Sans CJK SC', 'PingFang SC', 'Microsoft YaHei', sans-serif"


Rows = list[dict[str, Any]]  # Any: what a chart draws
Drawing = alt.Chart | alt.LayerChart | alt.FacetChart


def svg(name: str, page: ManagerPage, theme: str) -> str:
    """Return one picture as SVG; raises KeyError for a picture or theme that does not exist."""
    return styled(PICTURES[name](page, INKS[theme]), theme)


def styled(drawing: Drawing, theme: str, height: int = HEIGHT) -> str:
    """Return a chart as SVG in the house's look, on a light or dark ground."""
    inks = INKS[theme]
    chart = drawing.properties(width="container", height=height, background="transparent")
    dressed = chart.configure(font=_FONT, locale=_locale()).configure_view(stroke=None).configure_axis(
        labelColor=inks["soft"], titleColor=inks["soft"], domainColor=inks["line"], gridColor=inks["line"],
        tickColor=inks["line"], labelFontSize=12, titleFontSize=12, titleFontWeight="normal", labelLimit=280,
    ).configure_legend(
        labelColor=inks["ink"], labelFontSize=12, orient="top", title=None, columnPadding=28
    )  # fmt: skip
    specification = {
        **dressed.to_dict(),
        "width": WIDTH,
        "autosize": {"type": "fit", "contains": "padding"},
        "padding": 14,
    }
    with _ONE_AT_A_TIME:
        return str(vl_convert.vegalite_to_svg(specification))


def over(rows: Rows) -> alt.Chart:
    """Return a chart over rows."""
    return alt.Chart(alt.Data(values=rows))  # type: ignore[no-untyped-call]  # Altair's data classes carry no types


def _locale() -> Any:  # Any: Vega's own JSON
    grouping = {"en": (",", "."), "es": (".", ","), "zh": (",", ".")}[spoken.language()]
    return {"number": {"thousands": grouping[0], "decimal": grouping[1], "grouping": [3], "currency": ["", ""]}}


def major(minor: int, code: str) -> float:
    """Return an amount in major units for drawing only: nothing is computed from it."""
    return float(Decimal(minor).scaleb(-(currency(code).exponent if is_currency(code) else 2)))


def _bands(page: ManagerPage, inks: dict[str, str]) -> Drawing:
    rows = [
        {"band": band.words.said_in(spoken.language()), "amount": major(band.past_due_minor, page.currency)}
        for band in page.bands[1:]
    ]
    drawn: alt.Chart = over(rows).mark_bar(color=inks["main"], cornerRadiusEnd=3).encode(
        y=alt.Y("band:N", sort=None, title=None),
        x=alt.X("amount:Q", title=page.currency, axis=alt.Axis(format="~s", tickCount=5)),
    )  # fmt: skip
    return drawn


def _cash(page: ManagerPage, inks: dict[str, str]) -> Drawing:
    rows = [{"day": each.day.isoformat(), "amount": major(each.amount_minor, page.currency)} for each in page.cash]
    drawn: alt.Chart = over(rows).mark_bar(color=inks["main"], cornerRadiusEnd=2).encode(
        x=_day_axis(), y=alt.Y("amount:Q", title=page.currency, axis=alt.Axis(format="~s", tickCount=5))
    )  # fmt: skip
    return drawn


def _day_axis() -> alt.X:
    """Return the axis of days, labelled as the language writes day and month."""
    words = "format(date(datum.value), 'd') + '/' + (month(datum.value) + 1)"
    if spoken.language() == "en":
        words = "timeFormat(datum.value, '%d %b')"
    if spoken.language() == "zh":
        words = "(month(datum.value) + 1) + '月' + date(datum.value) + '日'"
    return alt.X("day:T", timeUnit="yearmonthdate", title=None, axis=alt.Axis(labelExpr=words, tickCount=6, grid=False))


def _promises(page: ManagerPage, inks: dict[str, str]) -> Drawing:
    words = {"kept": gettext("kept"), "broken": gettext("not kept"), "waiting": gettext("not yet judged")}
    rows = [
        {"day": each.day.isoformat(), "what": words[what], "count": getattr(each, what), "turn": turn}
        for each in page.promises
        for turn, what in enumerate(words)
    ]
    colours = alt.Scale(domain=list(words.values()), range=[inks["main"], inks["late"], inks["pale"]])
    drawn: alt.Chart = over(rows).mark_bar().encode(
        x=_day_axis(),
        y=alt.Y("sum(count):Q", title=gettext("promises"), axis=alt.Axis(tickMinStep=1, tickCount=5)),
        color=alt.Color("what:N", scale=colours),
        order="turn:Q",
    )  # fmt: skip
    return drawn


def _back(page: ManagerPage, inks: dict[str, str]) -> Drawing:
    rows = [row for cohort in page.cohorts for back in (cohort.soon, cohort.later) for row in _share(cohort, back)]
    names = [_within(days) for days in TARGETS_PERCENT]
    colours = alt.Scale(domain=names, range=[inks["pale"] if inks["ink"] == "#e7ebe8" else inks["soft"], inks["main"]])
    data = over(rows)
    share = alt.Y("percent:Q", title="%", scale=alt.Scale(domain=[0, 100]), axis=alt.Axis(tickCount=5))
    line = data.mark_line(point=True).encode(x=_day_axis(), y=share, color=alt.Color("within:N", scale=colours))
    goals = [{"within": _within(days), "percent": percent} for days, percent in TARGETS_PERCENT.items()]
    goal = over(goals).mark_rule(strokeDash=[4, 4]).encode(
        y="percent:Q", color=alt.Color("within:N", scale=colours)
    )  # fmt: skip
    return alt.layer(line, goal)


def _within(days: int) -> str:
    return gettext("back within %(days)s days") % {"days": days}


def _share(cohort: Any, back: Back) -> Rows:
    if not back.is_finished:
        return []
    percent = round(100 * back.accounts / cohort.accounts, 1)
    return [{"day": cohort.first_day.isoformat(), "within": _within(back.days), "percent": percent}]


Drawn = Callable[[ManagerPage, dict[str, str]], Drawing]
PICTURES: Final[dict[str, Drawn]] = {"bands": _bands, "cash": _cash, "promises": _promises, "back": _back}
