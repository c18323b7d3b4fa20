"""From words to windows: clause by clause, times and days are read first, then whether they suit."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import time
from typing import Final

from arrears.domain.contacts import Medium, PointUse
from arrears.domain.holds import EVERY_DAY, WeeklyWindow
from arrears.engine.wishes.vocabulary import DAY, LANGUAGES, NOON, Vocabulary

Span = tuple[int, int]
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_SPANISH: Final = re.compile(r"\b(?:no me|me|las?|los|el|por|de|despues|antes|llam\w*|trabaj\w*|solo|fin|dias?)\b")
_ENGLISH: Final = re.compile(r"\b(?:the|me|i|i'?m|not?|call|after|before|on|at|work|only|please|my|don'?t)\b")
_MOST: Final = 2_000
"""How much of a text is read: who says more says something else."""
_AFTERNOON: Final = 7 * 60
"""An hour up to seven that nobody placed in the day is one of the afternoon where it ends a day or follows work."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """One wish: the ``windows`` that do not suit, or the kind of place; by ``media``, empty for any; in whose words.

    ``is_sure`` is false where something had to be guessed, such as which six o'clock. A person confirms either.
    """

    words: str
    windows: tuple[WeeklyWindow, ...] = ()
    places: frozenset[PointUse] = frozenset()
    media: frozenset[Medium] = frozenset()
    is_sure: bool = True


def hear(words: str, language: str = "") -> tuple[Heard, ...]:
    """Return what ``words`` say of times and places that do not suit; nothing where they say nothing of the kind."""
    said = words[:_MOST]
    known = LANGUAGES[language[:2] if language[:2] in LANGUAGES else language_of(said)]
    return tuple(heard for clause in _clauses(said, known) for heard in _of_clause(clause, known))


def language_of(words: str) -> str:
    """Return which of the three languages ``words`` are most likely in."""
    if _HAN.search(words):
        return "zh"
    plain = _plain(words)
    return "es" if len(_SPANISH.findall(plain)) > len(_ENGLISH.findall(plain)) else "en"


def _clauses(words: str, known: Vocabulary) -> Iterator[str]:
    """Yield the clauses; one that names a time and does not say whether it suits belongs to the one before it."""
    kept = ""
    for clause in re.split(known.clauses, words, flags=re.IGNORECASE):
        if not clause.strip():
            continue
        if kept and not _suits(_plain(clause), known):
            kept = f"{kept}, {clause.strip()}"
            continue
        if kept:
            yield kept
        kept = clause.strip()
    if kept:
        yield kept


def _suits(plain: str, known: Vocabulary) -> bool:
    return any(re.search(pattern, plain) for pattern in (known.no, known.busy, known.fits))


def _of_clause(clause: str, known: Vocabulary) -> Iterator[Heard]:
    plain = _plain(clause)
    is_no, is_busy = re.search(known.no, plain) is not None, re.search(known.busy, plain) is not None
    fits = re.search(known.fits, plain) is not None
    media = _media(plain, known)
    at_work = re.search(known.at_work, plain) is not None
    if at_work and is_no:
        yield Heard(words=clause, places=frozenset({PointUse.WORK}), media=media)
    is_barred = is_no or (is_busy and not fits)
    if not is_barred and not fits:
        return
    spans, days, is_sure = _times(plain, known, is_barred=is_barred, is_busy=is_busy)
    if not spans and (not days or (at_work and is_no)):
        return
    windows = _barred(spans, days) if is_barred else _all_but(spans, days)
    yield Heard(words=clause, windows=windows, media=media, is_sure=is_sure and not (is_barred and fits and is_busy))


def _media(plain: str, known: Vocabulary) -> frozenset[Medium]:
    """Return the media that a clause names; calls alone are every medium, for so people say contact."""
    named = {Medium(name) for name, pattern in known.media.items() if re.search(pattern, plain)}
    return frozenset(named - {Medium.TELEPHONE}) if named else frozenset()


def _times(plain: str, known: Vocabulary, *, is_barred: bool, is_busy: bool) -> tuple[list[Span], frozenset[int], bool]:
    """Return the spans of the day and the days that a clause names, and whether nothing was guessed."""
    days, rest = _days(plain, known)
    clock = _Clock(known, is_barred=is_barred, is_busy=is_busy)
    rest = clock.read(rest)
    spans = [*clock.spans(rest), *_parts(rest, known)]
    return spans, days, clock.is_sure


def _days(plain: str, known: Vocabulary) -> tuple[frozenset[int], str]:
    found: set[int] = set()
    rest = plain
    edge = "" if known is LANGUAGES["zh"] else r"\b"
    for pattern, days in known.days.items():
        mark = f"<D{min(days)}>" if len(days) == 1 else " "
        rest, count = re.subn(f"{edge}(?:{pattern}){edge}", mark, rest)
        if count and len(days) > 1:
            found |= days
    for first, last in re.findall(known.through, rest):
        found |= {day % 7 for day in range(int(first), int(last) + (1 if last >= first else 8))}
    found |= {int(day) for day in re.findall(r"<D(\d)>", rest)}
    return frozenset(found), re.sub(r"<D\d>", " ", rest)


def _parts(rest: str, known: Vocabulary) -> list[Span]:
    edge = "" if known is LANGUAGES["zh"] else r"\b"
    return [span for pattern, span in known.parts.items() if re.search(f"{edge}(?:{pattern}){edge}", rest)]


class _Clock:
    """Reads times of day out of one clause, and remembers whether it had to guess."""

    def __init__(self, known: Vocabulary, *, is_barred: bool, is_busy: bool) -> None:
        self._known, self._is_barred, self._is_busy = known, is_barred, is_busy
        self._placed: dict[int, bool] = {}
        self._minutes: list[int] = []
        self.is_sure = True

    def read(self, plain: str) -> str:
        """Return the clause with each time of day as ``<Tn>``."""
        marked = re.sub(self._known.noon, lambda _: self._mark(NOON, is_placed=True), plain)
        marked = re.sub(self._known.midnight, lambda _: self._mark(DAY, is_placed=True), marked)
        if self._known is LANGUAGES["zh"]:  # written without gaps: what stands beside an hour tells nothing
            return re.sub(self._known.hour, self._hour, marked)
        return re.sub(rf"(?<![\w$€£<]){self._known.hour}(?![\w>])", self._hour, marked)

    def spans(self, rest: str) -> list[Span]:
        """Return the spans between, after and before the times of a clause."""
        found = [part for a, b in re.findall(self._known.spans, rest) for part in self._between(int(a), int(b))]
        rest = re.sub(self._known.spans, " ", rest)
        found += [(self._at(int(n), is_end=False), DAY) for n in _numbers(self._known.after, rest)]
        rest = re.sub(self._known.after, " ", rest)
        found += [(0, self._at(int(n), is_end=True)) for n in _numbers(self._known.before, rest)]
        return [(start, end) for start, end in found if start < end]

    def _hour(self, found: "re.Match[str]") -> str:
        said, half = found["h"], found["half"]
        hour = int(said) if said.isdigit() else self._known.numbers.get(said)
        minutes = next((found[name] for name in ("m", "m2") if name in found.re.groupindex and found[name]), "0")
        if hour is None or hour > 24 or int(minutes) > 59:  # noqa: PLR2004 - a clock's own numbers
            return found[0]
        part = found["part"] or ""
        is_late = re.search(self._known.late, part) is not None
        is_early = re.search(self._known.early, part) is not None
        if is_late and hour < 12:  # noqa: PLR2004 - as above
            hour += 12
        if is_early and hour == 12:  # noqa: PLR2004 - as above
            hour = 0
        is_placed = is_late or is_early or hour > 12 or (":" in found[0] and len(said) == 2)  # noqa: PLR2004 - as above
        tail = " " if found[0].endswith(" ") else ""
        return self._mark(hour * 60 + int(minutes) + (30 if half else 0), is_placed=is_placed) + tail

    def _mark(self, minutes: int, *, is_placed: bool) -> str:
        self._minutes.append(minutes)
        self._placed[len(self._minutes) - 1] = is_placed
        return f"<T{len(self._minutes) - 1}>"

    def _between(self, first: int, last: int) -> list[Span]:
        """Return the span from one time to another; one over midnight is the end of a day and the start of the next."""
        start, end = self._minutes[first], self._minutes[last]
        if not self._placed[first] and self._placed[last] and start + NOON < end <= DAY and start < _AFTERNOON:
            start += NOON  # two to four in the afternoon: the second says it of both
        elif not self._placed[last] and end <= start and end + NOON <= DAY:
            end += NOON  # nine to five
            self.is_sure = self.is_sure and self._placed[first]
        elif not self._placed[first] and not self._placed[last] and end <= _AFTERNOON:
            start, end = start + NOON, end + NOON
            self.is_sure = False
        is_overnight = end < start and self._placed[first] and self._placed[last]
        return [(start, DAY), (0, end)] if is_overnight else [(start, end)]

    def _at(self, number: int, *, is_end: bool) -> int:
        """Return a time alone: one of the afternoon where nobody placed it and it ends work, or begins what suits."""
        minutes = self._minutes[number]
        if self._placed[number]:
            return minutes
        self.is_sure = False
        is_morning = is_end and self._is_barred and not self._is_busy
        return minutes + NOON if minutes <= _AFTERNOON and not is_morning else minutes


def _numbers(pattern: str, rest: str) -> list[str]:
    return [next(filter(None, groups)) for groups in (match.groups() for match in re.finditer(pattern, rest))]


def _barred(spans: list[Span], days: frozenset[int]) -> tuple[WeeklyWindow, ...]:
    return tuple(_window(days or EVERY_DAY, span) for span in spans or [(0, DAY)])


def _all_but(spans: list[Span], days: frozenset[int]) -> tuple[WeeklyWindow, ...]:
    """Return the times that are left when only ``spans`` of ``days`` suit."""
    named = days or EVERY_DAY
    left, at = [], 0
    for start, end in sorted(spans):
        if start > at:
            left.append((at, start))
        at = max(at, end)
    if spans and at < DAY:
        left.append((at, DAY))
    others = EVERY_DAY - named
    return tuple(_window(named, span) for span in left) + ((_window(others, (0, DAY)),) if others else ())


def _window(days: frozenset[int], span: Span) -> WeeklyWindow:
    start, end = span
    return WeeklyWindow(days, time(start // 60, start % 60), time(end // 60 % 24, end % 60))


def _plain(words: str) -> str:
    """Return words in one form: narrow, without capitals and, but for Chinese, without accents."""
    apart = unicodedata.normalize("NFKD", unicodedata.normalize("NFKC", words).casefold().replace("’", "'"))
    return "".join(each for each in apart if not unicodedata.combining(each))
