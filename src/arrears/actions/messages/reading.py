"""What is asked of words before they go: the parts they carry, what they speak of, what the checker finds in them."""

from dataclasses import dataclass

from arrears.domain.messages import Wording
from arrears.domain.wording import Block, Topic


@dataclass(frozen=True, slots=True)
class Reading:
    """What was read: parts and topics, whether a debt is revealed, and the rules broken (None: nobody has read)."""

    blocks: frozenset[Block]
    mentions: frozenset[Topic]
    reveals_debt: bool
    findings: tuple[str, ...] | None = None


def read(wording: Wording) -> Reading:
    """Return what ``wording`` carries and speaks of, by what its template or maker declares."""
    return Reading(wording.blocks, wording.mentions, wording.reveals_debt)
