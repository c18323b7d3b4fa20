"""Words in another language than the one they should be in."""

from collections.abc import Iterator

from arrears.engine.checker.folding import Folded
from arrears.engine.checker.languages import language_of
from arrears.engine.checker.report import Setting


def find(folded: Folded, setting: Setting, _rule: object, _language: str | None) -> Iterator[tuple[int, int]]:
    """Yield the whole where its language is plain and is not the expected one."""
    wanted = (setting.expected_language or "")[:2]
    found = language_of(folded.given) if wanted else None
    if found is not None and found != wanted:
        yield 0, len(folded.text)
