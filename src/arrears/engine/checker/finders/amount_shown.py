"""Any amount of money at all: who may not be told of a debt is not told a figure either."""

from collections.abc import Iterator

from arrears.engine.checker.amounts import amounts_in
from arrears.engine.checker.folding import Folded


def find(folded: Folded, _setting: object, _rule: object, _language: str | None) -> Iterator[tuple[int, int]]:
    """Yield every amount with a currency."""
    for said in amounts_in(folded.text):
        yield said.start, said.until
