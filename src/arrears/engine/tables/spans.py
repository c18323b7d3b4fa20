"""Sets of whole numbers as sorted, disjoint, half-open spans: what a cell of a table lets through."""

from collections.abc import Iterable

from arrears.facts.fact import NULL, Fact

Spans = tuple[tuple[int, int], ...]

NULL_SPAN: Spans = ((NULL, NULL + 1),)


def joined(spans: Iterable[tuple[int, int]]) -> Spans:
    """Return the union of ``spans``: sorted, touching ones melted, empty ones dropped."""
    melted: list[tuple[int, int]] = []
    for start, stop in sorted(span for span in spans if span[0] < span[1]):
        if melted and start <= melted[-1][1]:
            melted[-1] = (melted[-1][0], max(stop, melted[-1][1]))
        else:
            melted.append((start, stop))
    return tuple(melted)


def known(fact: Fact) -> Spans:
    """Return all known values of ``fact``."""
    low, high = fact.range
    return ((low, high + 1),)


def everything(fact: Fact) -> Spans:
    """Return all values of ``fact``, null among them where it may be unknown."""
    return joined((*known(fact), *(NULL_SPAN if fact.may_be_null else ())))


def without(spans: Spans, taken: Spans) -> Spans:
    """Return the values of ``spans`` that are not in ``taken``."""
    left: list[tuple[int, int]] = []
    for start, stop in spans:
        at = start
        for first, last in taken:
            if last <= at or first >= stop:
                continue
            left.append((at, first))
            at = max(at, last)
        left.append((at, stop))
    return joined(left)


def holds(spans: Spans, value: int) -> bool:
    """Whether ``value`` lies in ``spans``."""
    return any(start <= value < stop for start, stop in spans)
