"""A voice message that is more, or less, than one of limited content."""

from bisect import bisect_left
from collections.abc import Iterator

from arrears.engine.checker.folding import Folded
from arrears.engine.checker.report import Setting
from arrears.engine.checker.voicemail import limited


def find(folded: Folded, _setting: Setting, _rule: object, _language: str | None) -> Iterator[tuple[int, int]]:
    """Yield what a limited-content message may not have; the whole where it lacks what it must have."""
    read = limited(folded.given)
    for start, until in read.more:
        first, last = bisect_left(folded.at, start), bisect_left(folded.at, until)
        if first < last:
            yield first, last
    if read.lacking:
        yield 0, 0
