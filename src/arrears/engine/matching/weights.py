"""The numbers of the model: how often what is seen, where a debt is the right one, and where it is not.

A line's evidence is weighed as odds (Fellegi and Sunter's way of linking records): each piece is as good as the ratio
of how often it is seen with the payer's own debt and with any other. Where a figure can be learnt from the file itself
it is (`learning`); the numbers here are where learning starts. All are house assumptions, tuned on one seed and one
mix of damage, and reported on others in bench/results/matching.md.
"""

from dataclasses import dataclass, replace
from typing import Final

THRESHOLD_PPM: Final = 995_000
"""Where nothing else is said, a line is posted when at most 1 in 200 like it may be wrong: that much dearer a wrong
post is held to be than a decision by hand. Most lines posted are far surer, and the whole is better than 1 in 1,000."""


@dataclass(frozen=True, slots=True)
class Shares:
    """What is learnt: of lines with a reference, how many bear somebody else's; and with the right debt, what agrees.

    ``agrees``: the amount is an instalment, what is due, promised, the balance, or paid before; ``multiple``: several
    instalments. ``same``, ``alike``, ``unlike``: the payer's name. ``known``: the payer's account, where one is known.
    """

    misled: float = 0.0008
    agrees: float = 0.72
    multiple: float = 0.04
    same: float = 0.80
    alike: float = 0.10
    unlike: float = 0.06
    known: float = 0.90

    @property
    def neither(self) -> float:
        return max(0.01, 1.0 - self.agrees - self.multiple)

    @property
    def middling(self) -> float:
        return max(0.01, 1.0 - self.same - self.alike - self.unlike)

    def with_(self, **changed: float) -> "Shares":
        """Return shares with some of them changed."""
        return replace(self, **changed)


REF_NONE, REF_EXACT, REF_BROKEN, REF_CORE, REF_STRUCTURED, REF_GLUED, REF_SWAPPED, REF_ONE_OFF, REF_CUT = range(9)
REF_CODES: Final = (
    "", "reference_exact", "reference_broken", "reference_core", "reference_structured", "reference_glued",
    "reference_swapped", "reference_one_off", "reference_truncated",
)  # fmt: skip
IS_WHOLE: Final = (False, True, True, True, True, True, False, False, False)
"""Whether a kind of reference is a whole one, which can be somebody else's but hardly chance."""

SEEN_WHOLE: Final = (0.0, 0.90, 0.90, 0.80, 0.90, 0.70, 0.0, 0.0, 0.0)
DAMAGED_ODDS: Final = (0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 6.0, 3.0, 4.0)
"""Odds of the right debt for a damaged reference that points to one debt alone; shared where it points to several."""

NAME_UNKNOWN, NAME_UNLIKE, NAME_MIDDLING, NAME_ALIKE, NAME_SAME = range(5)
ALIKE: Final = 0.86
SAME: Final = 0.97
UNLIKE: Final = 0.60

(AMOUNT_NONE, AMOUNT_MULTIPLE, AMOUNT_BALANCE, AMOUNT_BEFORE, AMOUNT_DUE, AMOUNT_INSTALMENT, AMOUNT_PROMISE,
 AMOUNT_ON_TIME) = range(8)  # fmt: skip
AMOUNT_CODES: Final = (
    "amount_other", "amount_instalments", "amount_balance", "amount_before", "amount_due", "amount_instalment",
    "amount_promise", "amount_promise_on_time",
)  # fmt: skip
MULTIPLES: Final = (2, 3, 4, 5, 6)

PAYER_UNKNOWN, PAYER_NEW, PAYER_OTHER, PAYER_KNOWN = range(4)

ROUND_STEPS: Final = ((10_000, 1e-2), (5_000, 4e-3), (1_000, 1e-3), (500, 5e-4), (100, 1e-4))
"""How often somebody pays just a given round amount (multiples of minor units), apart from any debt's figures."""
ODD_AMOUNT: Final = 2e-6

STRANGERS: Final = 0.02
"""How many lines without a reference of ours are nobody's whom we know; they bear the names that people bear."""
FOREIGN_NAME: Final = 1e-5
FOREIGN_PAYER: Final = 1e-6
PROMISE_DAYS: Final = 5
