"""How a figure comes about, in lines that add up to it and words that a debtor understands (P25, P28, P66).

`computation` takes the ledger's own answers apart, entry by entry and period by period; it does no arithmetic of its
own but adding up, and refuses to answer where its lines would not come to the ledger's figure. `said` puts a line
into one of the three languages.
"""

from arrears.engine.computation.lines import Computation, Kind, Line, Money, Percent, Section
from arrears.engine.computation.making import computation
from arrears.engine.computation.wording import said, said_amount, said_day

__all__ = [
    "Computation",
    "Kind",
    "Line",
    "Money",
    "Percent",
    "Section",
    "computation",
    "said",
    "said_amount",
    "said_day",
]
