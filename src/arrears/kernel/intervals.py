"""Sets of half-open spans of instants, and the operations the gate is made of.

An instant is a whole number of microseconds since 1970-01-01T00:00Z, so that comparison is exact and fast;
``instant_of`` and ``moment_of`` translate at the edges. ``BEGINNING`` and ``FOREVER`` stand for no end at all.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

MICROSECOND = timedelta(microseconds=1)
SECOND = 1_000_000
MINUTE = 60 * SECOND
DAY = 86_400 * SECOND
BEGINNING = -(2**62)
FOREVER = 2**62
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)


def instant_of(moment: datetime) -> int:
    """Return ``moment`` as microseconds since the epoch. Raises ValueError where it has no time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment!r} has no time zone, so it is not an instant")
    return (moment - _EPOCH) // MICROSECOND


def moment_of(instant: int) -> datetime | None:
    """Return the aware UTC datetime of ``instant``; None for ``BEGINNING`` and ``FOREVER``."""
    if instant <= BEGINNING or instant >= FOREVER:
        return None
    return _EPOCH + timedelta(microseconds=instant)


class Span(NamedTuple):
    """The instants from ``start`` up to but not including ``until``."""

    start: int
    until: int


@dataclass(frozen=True, slots=True)
class Intervals:
    """A set of instants: spans in order, none empty, none touching another. Build with ``Intervals.of``."""

    spans: tuple[Span, ...] = ()

    @classmethod
    def of(cls, spans: Iterable[tuple[int, int]]) -> "Intervals":
        """Return the union of ``spans``; empty and backward ones hold no instant and vanish."""
        joined: list[Span] = []
        for start, until in sorted(spans):
            if start >= until:
                continue
            if joined and start <= joined[-1].until:
                if until > joined[-1].until:
                    joined[-1] = Span(joined[-1].start, until)
            else:
                joined.append(Span(start, until))
        return cls(tuple(joined))

    @classmethod
    def between(cls, start: int, until: int) -> "Intervals":
        """Return the single span from ``start`` to ``until``, empty where they are not in order."""
        return cls((Span(start, until),)) if start < until else NEVER

    def __bool__(self) -> bool:
        return bool(self.spans)

    def __iter__(self) -> Iterator[Span]:
        return iter(self.spans)

    def __contains__(self, instant: int) -> bool:
        return self.span_at(instant) is not None

    def __or__(self, other: "Intervals") -> "Intervals":
        if not self.spans or not other.spans:
            return self if self.spans else other
        return Intervals.of((*self.spans, *other.spans))

    def __and__(self, other: "Intervals") -> "Intervals":
        mine, theirs = self.spans, other.spans
        if not mine or not theirs:
            return NEVER
        if _is_around(theirs, mine):
            return self
        if _is_around(mine, theirs):
            return other
        common: list[Span] = []
        i = j = 0
        while i < len(mine) and j < len(theirs):
            start, until = max(mine[i].start, theirs[j].start), min(mine[i].until, theirs[j].until)
            if start < until:
                common.append(Span(start, until))
            if mine[i].until <= theirs[j].until:
                i += 1
            else:
                j += 1
        return Intervals(tuple(common))

    def __invert__(self) -> "Intervals":
        ends = [BEGINNING, *(end for span in self.spans for end in span), FOREVER]
        return Intervals(tuple(Span(a, b) for a, b in zip(ends[::2], ends[1::2], strict=True) if a < b))

    def __sub__(self, other: "Intervals") -> "Intervals":
        return self & ~other if self.spans and other.spans else self

    def span_at(self, instant: int) -> Span | None:
        """Return the span that holds ``instant``, or None."""
        place = bisect_right(self.spans, (instant, FOREVER + 1)) - 1
        if place >= 0 and self.spans[place].until > instant:
            return self.spans[place]
        return None

    def next_free(self, instant: int) -> int | None:
        """Return the first instant at or after ``instant`` outside this set; None where there is none."""
        span = self.span_at(instant)
        free = span.until if span else instant
        return None if free >= FOREVER else free

    def next_in(self, instant: int) -> int | None:
        """Return the first instant at or after ``instant`` inside this set; None where there is none."""
        return (~self).next_free(instant)


def _is_around(one: tuple[Span, ...], other: tuple[Span, ...]) -> bool:
    return len(one) == 1 and one[0].start <= other[0].start and other[-1].until <= one[0].until


NEVER = Intervals()
ALWAYS = Intervals((Span(BEGINNING, FOREVER),))


def union(parts: Iterable[Intervals]) -> Intervals:
    """Return every instant that is in at least one of ``parts``."""
    return Intervals.of(span for part in parts for span in part.spans)


def intersection(parts: Iterable[Intervals]) -> Intervals:
    """Return every instant that is in all of ``parts``; ``ALWAYS`` where there are none."""
    common = ALWAYS
    for part in parts:
        common &= part
    return common
