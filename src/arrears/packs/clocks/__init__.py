"""Clocks of case files: what must be done by when, by kind of case, place and regulator, one file a period.

A clock's id is its path below this folder with dots (``uk.disp.1.6.2``). Each has a number, a unit, a citation and how
we know it; what was only remembered ships switched off and says so. The house's own clocks cite nothing. Tasks have no
number: the law, or the house, wants them done and names no day.
"""

from arrears.packs.clocks.answers import Answer, answers, answers_for
from arrears.packs.clocks.reading import Clock, check_clocks, clock, clocks, clocks_for

__all__ = ["Answer", "Clock", "answers", "answers_for", "check_clocks", "clock", "clocks", "clocks_for"]
