"""A rule of sorting: phrases that show a category, and phrases that take it back."""

import bisect
from collections.abc import Sequence
from dataclasses import dataclass, field

from arrears.domain.replies import Category
from arrears.engine.sorting.phrases import Phrases
from arrears.engine.sorting.reading import BREAK, Reading
from arrears.kernel.texts import Language, Text


@dataclass(frozen=True, slots=True)
class Shown:
    """What a rule makes of a text: the places (tokens, ``[first, last]``) that show its category, and whether surely.

    ``is_taken_back``: nothing shows it, and something that looked like it was taken back, or the contrary was said.
    """

    places: tuple[tuple[int, int], ...] = ()
    is_sure: bool = False
    is_taken_back: bool = False


@dataclass(frozen=True, slots=True)
class SortingRule:
    """What one language says for one category.

    ``sure`` phrases are enough to act on, ``maybe`` phrases only to ask a human. ``not_as`` takes back what it overlaps
    (the company that went bankrupt) where no pause divides it ("do not call, I am bankrupt" is no "not bankrupt"),
    ``unless`` everything in its sentence. ``contrary`` takes nothing back, but says that somebody wants the opposite
    ("please call me"): what no phrase shows is then not asked of the model.
    """

    id: str
    language: Language
    category: Category
    title: Text
    sure: Phrases
    maybe: Phrases
    not_as: Phrases
    unless: Phrases
    contrary: Phrases = field(default_factory=Phrases)

    def found_in(self, reading: Reading, sentences: Sequence[int]) -> Shown:
        """Return what shows the category in ``reading``.

        ``sentences`` are the places in the joined words at which sentences end (:func:`ends_of_sentences`).
        """
        is_taken_back = False
        near, over = self.unless.places(reading.joined), self.not_as.places(reading.joined)
        over = [place for place in over if not _is_divided(place, reading.pauses)]
        for phrases, is_sure in ((self.sure, True), (self.maybe, False)):
            places = phrases.places(reading.joined)
            shown = [at for at in places if not _overlaps(at, over) and not _is_near(at, near, sentences)]
            if shown:
                return Shown(tuple(_tokens(place, reading) for place in shown), is_sure)
            is_taken_back = is_taken_back or bool(places)
        return Shown(is_taken_back=is_taken_back or bool(self.contrary.places(reading.joined)))


def ends_of_sentences(reading: Reading) -> list[int]:
    """Return the places in the joined words at which a sentence ends."""
    return [at for at in reading.starts if reading.joined[at] == BREAK]


def _is_divided(place: tuple[int, int], pauses: Sequence[int]) -> bool:
    """Return whether a pause stands within ``place``."""
    after = bisect.bisect_right(pauses, place[0])
    return after < len(pauses) and pauses[after] < place[1]


def _overlaps(place: tuple[int, int], others: list[tuple[int, int]]) -> bool:
    return any(start < place[1] and place[0] < until for start, until in others)


def _is_near(place: tuple[int, int], others: list[tuple[int, int]], sentences: Sequence[int]) -> bool:
    """Return whether one of ``others`` stands in the sentence of ``place``."""
    first, last = bisect.bisect(sentences, place[0]), bisect.bisect(sentences, place[1] - 2)
    return any(
        bisect.bisect(sentences, start) <= last and bisect.bisect(sentences, until - 2) >= first
        for start, until in others
    )


def _tokens(place: tuple[int, int], reading: Reading) -> tuple[int, int]:
    first = bisect.bisect_left(reading.starts, place[0])
    last = bisect.bisect_left(reading.starts, place[1]) - 1
    return first, max(first, last)
