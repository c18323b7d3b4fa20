"""The guided track (P22–P27): the steps of the talk, in the debtor's language, with true figures or none at all.

Before the person is verified, steps that speak of the debt are locked: their words are not on the page.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Any, Final

from django.utils import translation
from django.utils.functional import Promise

from arrears.kernel.texts import Text
from arrears.packs.sources import sources, text_of
from arrears.web import spoken

FOLDER: Final = "scripts/consumer_instalment"
TONES: Final = ("service", "reminding", "firm", "grave")
_CODES: Final = {"en": "en", "es": "es", "zh": "zh-hans"}

#: What a track may speak of: given the language, the words of each place; a place that is missing is not said.
Figures = Mapping[str, Any]  # str, a lazy string, or a function of nothing that speaks the active language


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words to say, in the debtor's language; ``here`` is the same in the language of the page where that differs."""

    words: str
    here: str = ""


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the track as the page shows it; a locked one carries no words."""

    name: str
    title: Text
    says: tuple[Spoken, ...]
    hint: Text | None
    is_locked: bool
    must_pass: bool
    failed: Spoken | None
    practices: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Objection:
    """A standard answer (P28) and the step that follows from it."""

    name: str
    title: Text
    says: Spoken
    next_step: Text | None
    is_locked: bool


@dataclass(frozen=True, slots=True)
class Speech:
    """In which language the debtor is spoken to, in which tone, with which figures, and what is true of the debt."""

    language: str
    tone: str
    figures: Figures
    true: frozenset[str]
    is_verified: bool


def steps(speech: Speech) -> tuple[Step, ...]:
    """Return the steps of the track."""
    return tuple(_step(said, speech) for said in _file("track")["steps"])


def abusive(speech: Speech) -> Spoken:
    """Return the words with which an abusive call is ended (P24)."""
    words = _words(_file("track")["abusive"], speech)
    assert words is not None
    return words


def objections(speech: Speech) -> tuple[Objection, ...]:
    """Return the standard answers whose figures are known, in order; before verification they are titles only."""
    found = sorted(_objections(), key=lambda said: int(said.get("order", 99)))
    spoken_of = (_objection(said, speech) for said in found)
    return tuple(one for one in spoken_of if one.says.words or not speech.is_verified)


def techniques(tone: str) -> tuple[tuple[Text, Text], ...]:
    """Return title and words of the techniques that fit a tone (P27)."""
    found = [said for said in _file("techniques")["techniques"] if tone in said["tones"]]
    return tuple((text_of(said["title"]), text_of(said["words"])) for said in found)


def _step(said: Mapping[str, Any], speech: Speech) -> Step:
    is_locked = bool(said["after_verification"]) and not speech.is_verified
    return Step(
        name=said["name"],
        title=text_of(said["title"]),
        says=() if is_locked else tuple(_said(said, speech)),
        hint=None if is_locked or "hint" not in said else text_of(said["hint"]),
        is_locked=is_locked,
        must_pass=bool(said.get("must_pass")),
        failed=_words(said["failed"], speech) if "failed" in said else None,
        practices=tuple(said.get("practices", ())),
    )


def _said(said: Mapping[str, Any], speech: Speech) -> Iterator[Spoken]:
    """Give the words of the step's tone, its probes, and those of its lines that are true."""
    if "says" in said and (words := _in_tone(said["says"], speech)):
        yield words
    for probe in said.get("probes", ()):
        yield from _given(probe, speech)
    for line in said.get("lines", ()):
        if line["only_if"] in speech.true:
            yield from _given(line, speech)


def _given(said: Mapping[str, Any], speech: Speech) -> Iterator[Spoken]:
    if words := _words(said, speech):
        yield words


def _in_tone(by_tone: Mapping[str, Any], speech: Speech) -> Spoken | None:
    """Return the words of the tone, or of the nearest milder one whose figures are all known."""
    for tone in reversed(TONES[: TONES.index(speech.tone) + 1]):
        if tone in by_tone and (words := _words(by_tone[tone], speech)):
            return words
    return None


def _words(said: Mapping[str, Any], speech: Speech) -> Spoken | None:
    text = text_of(said)
    words = _filled(text, speech.language, speech.figures)
    here = spoken.language()
    if words is None:
        return None
    return Spoken(words, (_filled(text, here, speech.figures) or "") if here != speech.language else "")


def _filled(text: Text, language: str, figures: Figures) -> str | None:
    """Return the words with their places filled as that language writes them; None where a figure is not known."""
    with translation.override(_CODES[language]):
        said = {
            name: value() if callable(value) and not isinstance(value, Promise) else value
            for name, value in figures.items()
        }
        try:
            return text.said_in(language).format_map({name: value for name, value in said.items() if value is not None})
        except KeyError:
            return None


def _objection(said: Mapping[str, Any], speech: Speech) -> Objection:
    steps_after = _next_steps()
    words = _words(said["says"], speech) if speech.is_verified else None
    return Objection(
        name=str(said["id"]).rpartition("/")[2],
        title=text_of(said["title"]),
        says=words or Spoken(""),
        next_step=steps_after.get(said.get("next_step", "")),
        is_locked=words is None,
    )


@cache
def _file(name: str) -> Mapping[str, Any]:
    return _read(f"{FOLDER}/{name}.yaml")[0]


@cache
def _objections() -> Sequence[Mapping[str, Any]]:
    return _read(f"{FOLDER}/objections")


@cache
def _next_steps() -> Mapping[str, Text]:
    return {line["name"]: text_of(line) for line in _file("next_steps")["codes"]}


def _read(under: str) -> list[Mapping[str, Any]]:
    found, problems = sources(under)
    if problems:
        raise ValueError("\n".join(problem.said_in("en") for problem in problems))
    return [{**source.said, "id": source.id} for source in found]
