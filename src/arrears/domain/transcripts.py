"""Transcripts of talks: who said what and when, read from plain text, in a form of which a digest can be taken."""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text

MOST_TURNS: Final = 2_000
LONGEST: Final = 4_000
"""Characters of one turn: some five minutes without a pause. A house assumption, as is the number of turns."""


class Speaker(StrEnum):
    """Who speaks: one of us (a bot of ours too), who the debt is about, or somebody else on the line."""

    OURS = "ours"
    PERSON = "person"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Turn:
    """What somebody said without a break; ``at`` counts whole seconds from the beginning, None where nobody noted."""

    speaker: Speaker
    words: str
    at: int | None = None


_NAMES: Final[Mapping[Speaker, str]] = {
    Speaker.OURS: "ours agent collector rep representative advisor operator bot assistant agente gestor gestora asesor "
    "asesora cobrador asistente 坐席 客服 催收员 专员 我方 话务员 机器人",
    Speaker.PERSON: "person customer debtor consumer client borrower caller cardholder cliente deudor deudora titular "
    "consumidor consumidora 客户 债务人 借款人 对方 用户 持卡人 本人",
    Speaker.OTHER: "other third unknown interpreter otro otra tercero desconocido intérprete 其他 第三人 未知 翻译",
}
SPEAKERS: Final[Mapping[str, Speaker]] = {name: who for who, names in _NAMES.items() for name in names.split()}
"""Names that speakers are given in transcripts, in three languages, in small letters."""
_LINE: Final = re.compile(
    r"^\s*(?:[\[(]?(?:(?P<h>\d{1,2}):)?(?P<m>\d{1,3}):(?P<s>[0-5]\d)(?:[.,]\d+)?[\])]?\s*[-–—]?\s*)?"
    r"(?P<who>[^\W\d_]{1,20})\s*\d{0,2}\s*[:：]\s*(?P<words>.*)$"
)


def speaker_called(said: str) -> Speaker | None:
    """Return who a name of a speaker stands for, None where it is none that is known."""
    return SPEAKERS.get(said.strip().casefold().rstrip("0123456789 "))


def turns_of(text: str) -> tuple[Turn, ...] | Problem:
    """Read lines like ``[00:12] Agent: Good morning``; a line without a speaker goes on with the turn before it."""
    turns: list[Turn] = []
    for number, line in enumerate(text.splitlines(), 1):
        found = _LINE.match(line)
        who = speaker_called(found["who"]) if found else None
        if found is not None and who is not None:
            turns.append(Turn(who, found["words"].strip(), _seconds(found)))
        elif line.strip() and turns:
            turns[-1] = Turn(turns[-1].speaker, f"{turns[-1].words} {line.strip()}".strip(), turns[-1].at)
        elif line.strip():
            return transcript_problem("speaker_unknown", line=number, said=line.strip()[:40])
    return checked(turns)


def checked(turns: Sequence[Turn]) -> tuple[Turn, ...] | Problem:
    """Return the turns in which something was said; a problem where there is none, too many, or one far too long."""
    said = tuple(turn for turn in turns if turn.words.strip())
    if not said:
        return transcript_problem("transcript_empty")
    if len(said) > MOST_TURNS or any(len(turn.words) > LONGEST for turn in said):
        return transcript_problem("transcript_too_long", most=MOST_TURNS, longest=LONGEST)
    return said


def as_kept(turns: Sequence[Turn]) -> list[dict[str, Any]]:
    """Return the turns in JSON's own kinds."""
    return [{"speaker": turn.speaker.value, "at": turn.at, "words": turn.words} for turn in turns]


def as_read(kept: Sequence[Mapping[str, Any]]) -> tuple[Turn, ...]:
    """Return the turns that `as_kept` gave."""
    return tuple(Turn(Speaker(one["speaker"]), str(one["words"]), one["at"]) for one in kept)


def digest_of(turns: Sequence[Turn]) -> str:
    """Return SHA-256 over the turns as JSON with keys in order and no blanks, in hex."""
    plain = json.dumps(as_kept(turns), ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(plain.encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class Joined:
    """The turns of some speakers as one text, a turn a line; ``starts`` is where each begins, with its number."""

    text: str
    starts: tuple[tuple[int, int], ...]

    def place(self, start: int, until: int) -> tuple[int, int, int]:
        """Return the turn in which a span of the text begins, and the span within that turn's words."""
        begin, turn = max(one for one in self.starts if one[0] <= start)
        ends = [later for later, _ in self.starts if later > start]
        end = min(until, ends[0] - 1) if ends else until
        return turn, start - begin, end - begin


def joined(turns: Sequence[Turn], speaker: Speaker) -> Joined:
    """Return what one speaker said, so that words which go on in the next turn are read too."""
    starts, pieces, place = [], [], 0
    for number, turn in _of(turns, speaker):
        words = re.sub(r"\s", " ", turn.words)
        starts.append((place, number))
        pieces.append(words)
        place += len(words) + 1
    return Joined("\n".join(pieces), tuple(starts))


def _of(turns: Sequence[Turn], speaker: Speaker) -> Iterator[tuple[int, Turn]]:
    return ((number, turn) for number, turn in enumerate(turns) if turn.speaker is speaker)


def _seconds(found: re.Match[str]) -> int | None:
    if found["m"] is None:
        return None
    return 3600 * int(found["h"] or 0) + 60 * int(found["m"]) + int(found["s"])


_SAID: Final = {
    "speaker_unknown": (
        Text(
            "Line {line} does not say who speaks: “{said}”.",
            "La línea {line} no dice quién habla: «{said}».",
            "第 {line} 行未注明发言人：“{said}”。",
        ),
        Text(
            "Begin each turn with who speaks, such as “Agent:” or “Customer:”.",
            "Empiece cada turno con quien habla, como «Agente:» o «Cliente:».",
            "请在每段发言前注明发言人，如“坐席：”“客户：”。",
        ),
    ),
    "transcript_empty": (
        Text("Nobody says anything in it.", "Nadie dice nada en ella.", "其中没有任何发言。"),
        Text("Give the turns of the talk.", "Indique los turnos de la conversación.", "请填写通话内容。"),
    ),
    "transcript_too_long": (
        Text(
            "It has more than {most} turns, or one of more than {longest} characters.",
            "Tiene más de {most} turnos, o uno de más de {longest} caracteres.",
            "发言超过 {most} 段，或单段超过 {longest} 个字符。",
        ),
        Text("Divide it.", "Divídala.", "请拆分。"),
    ),
}


def transcript_problem(code: str, **values: object) -> Problem:
    """Return what is wrong with a transcript that was given."""
    what, remedy = _SAID[code]
    line = values.get("line")
    return Problem(
        code,
        what.filled(**values),
        remedy.filled(**values),
        Where("", line if isinstance(line, int) else None, "turns"),
    )
