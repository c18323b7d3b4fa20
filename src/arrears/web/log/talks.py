"""Transcripts as the page of a contact shows them: turn by turn, what was found marked, each rule with its law."""

import itertools
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arrears.domain.transcripts import Speaker
from arrears.kernel.texts import Text
from arrears.packs import checker
from arrears.store.doors.transcripts import Kept

WHO: Mapping[Speaker, "str | Promise"] = {
    Speaker.OURS: _("We"),
    Speaker.PERSON: _("The person spoken to"),
    Speaker.OTHER: _("Somebody else"),
}


@dataclass(frozen=True, slots=True)
class Spoken:
    """One turn: who, at which minute and second, and its words in pieces, those that were found with their rules."""

    who: "str | Promise"
    at: str
    pieces: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Flag:
    """One rule that spoke of a transcript: why, its law, and how often."""

    rule: str
    why: Text | None
    citation: str
    times: int


@dataclass(frozen=True, slots=True)
class Talk:
    """A transcript ready to be shown."""

    kept: Kept
    turns: tuple[Spoken, ...]
    flags: tuple[Flag, ...]


def talk_of(kept: Kept) -> Talk:
    """Return a transcript ready to be shown."""
    turns = tuple(
        Spoken(
            WHO[turn.speaker],
            "" if turn.at is None else f"{turn.at // 60}:{turn.at % 60:02d}",
            tuple(_pieces(turn.words, [one for one in kept.found if one.get("turn") == number])),
        )
        for number, turn in enumerate(kept.turns)
    )
    return Talk(kept, turns, tuple(_flags(kept.found)))


def _pieces(words: str, found: Sequence[Mapping[str, Any]]) -> Iterator[tuple[str, str]]:
    """Yield the words in pieces, "" with those about which no rule spoke."""
    edges = sorted({0, len(words), *(one["start"] for one in found), *(one["until"] for one in found)})
    for start, until in itertools.pairwise(edges):
        rules = [one["rule"] for one in found if one["start"] <= start and until <= one["until"]]
        yield words[start:until], ", ".join(dict.fromkeys(rules))


def _flags(found: Sequence[Mapping[str, Any]]) -> Iterator[Flag]:
    for name in dict.fromkeys(str(one["rule"]) for one in found):
        rule = checker.rule(name)
        said = [one for one in found if one["rule"] == name]
        yield Flag(name, rule.why if rule else None, str(said[0].get("citation", "")), len(said))
