"""A voice message that is more, or less, than one of limited content."""

from collections.abc import Iterator

from arrears.engine.checker.folding import Folded
from arrears.engine.checker.report import Setting
from arrears.engine.checker.voicemail import limited


def find(folded: Folded, _setting: Setting, _rule: object, _language: str | None) -> Iterator[tuple[int, int]]:
    """Yield what a limited-content message may not have; the whole where it lacks what it must have."""
    read = limited(folded.given)
    for start, until in read.more:
        inside = [place for place, at in enumerate(folded.at) if start <= at < until]
        if inside:
            yield inside[0], inside[-1] + 1
    if read.lacking:
        yield 0, 0
