"""Whether means carry a schedule that somebody set by hand: never more than what is left at the time (P36, R16)."""

from bisect import bisect_right
from collections.abc import Sequence
from itertools import islice

from arrears.domain.plans import Instalment, Outline
from arrears.engine.budget.budget import each_time
from arrears.engine.plans.proposals import Means
from arrears.engine.plans.schedule import MOST_INSTALMENTS, nominal_days


def too_high(outline: Outline, instalments: Sequence[Instalment], means: Means) -> Instalment | None:
    """Return the first instalment that asks for more than ``means`` leave by then; None where they carry all of them.

    What is left counts anew with each turn of the outline's rhythm, more from the turn on in which an income that
    rises has risen, and nothing is taken to be saved from one turn for the next. A sum that is expected counts once,
    from its day on.
    """
    days = list(islice(nominal_days(outline.rhythm, outline.first, outline.month_day), MOST_INSTALMENTS))
    lump, turn, left = max(0, means.lump) if means.lump_on else 0, -1, 0
    for each in instalments:
        now = bisect_right(days, each.nominal) - 1
        if now != turn:
            risen = means.rise if means.rises_on is not None and means.rises_on <= days[now] else 0
            turn, left = now, each_time(max(0, means.monthly + risen), outline.rhythm)
        left -= each.amount
        if left < 0 and means.lump_on is not None and means.lump_on <= each.nominal:
            drawn = min(lump, -left)
            lump, left = lump - drawn, left + drawn
        if left < 0:
            return each
    return None
