"""What somebody needs of us because life is hard on them: the need, kept apart from the reason for it.

The four drivers are those of the FCA's guidance on vulnerable customers (FG21/1). What is written down for everybody is
what to do; never an illness, never a word of the story.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import time
from enum import StrEnum
from typing import Final

from arrears.domain.contacts import Medium
from arrears.domain.holds import EVERY_DAY, HoldKind, WeeklyWindow
from arrears.kernel.texts import Text


class Driver(StrEnum):
    """What makes somebody vulnerable to harm."""

    HEALTH = "health"
    LIFE_EVENT = "life_event"
    RESILIENCE = "resilience"
    CAPABILITY = "capability"


DRIVERS: Final[Mapping[Driver, Text]] = {
    Driver.HEALTH: Text("Health", "Salud", "健康状况"),
    Driver.LIFE_EVENT: Text("A life event", "Un suceso vital", "生活变故"),
    Driver.RESILIENCE: Text("Little to fall back on", "Poco margen económico", "抗风险能力弱"),
    Driver.CAPABILITY: Text(
        "Hard to handle money, words or devices",
        "Dificultad con el dinero, los textos o los medios",
        "理解或操作能力有限",
    ),
}


SEES_CARE: Final = ("compliance", "legal", "supervisor")
"""Who sees why somebody needs care. Everybody else sees only what to do."""


class NeedKind(StrEnum):
    """What is to be done, or left alone."""

    SPEAK_SLOWLY = "speak_slowly"
    PLAIN_WORDS = "plain_words"
    LARGE_PRINT = "large_print"
    INTERPRETER = "interpreter"
    HELPER = "helper"
    NOT_BEFORE = "not_before"
    NOT_AFTER = "not_after"
    NO_CALLS = "no_calls"
    NO_TEXTS = "no_texts"
    NO_VISITS = "no_visits"
    MORE_TIME = "more_time"
    PAUSE = "pause"
    CANNOT_DECIDE = "cannot_decide"


class ValueKind(StrEnum):
    """What a need still has to be told: nothing, an hour of the day, a number of days, a language."""

    NONE = "none"
    HOUR = "hour"
    DAYS = "days"
    LANGUAGE = "language"


@dataclass(frozen=True, slots=True)
class Effect:
    """A need in words that anybody may read, what it is told, and what the gate makes of it.

    ``stops`` are media no longer used; ``hold`` is placed on the person, for so many days where it is told days.
    """

    words: Text
    value: ValueKind = ValueKind.NONE
    stops: frozenset[Medium] = frozenset()
    hold: HoldKind | None = None


EFFECTS: Final[Mapping[NeedKind, Effect]] = {
    NeedKind.SPEAK_SLOWLY: Effect(
        Text("Speak slowly and pause.", "Hable despacio y haga pausas.", "放慢语速，适当停顿。")
    ),
    NeedKind.PLAIN_WORDS: Effect(
        Text(
            "Use plain words; ask whether it was understood.",
            "Use palabras sencillas; compruebe que se entendió.",
            "用词浅显，并确认对方已理解。",
        )
    ),
    NeedKind.LARGE_PRINT: Effect(Text("Write in large print.", "Escriba en letra grande.", "书面材料请用大字。")),
    NeedKind.INTERPRETER: Effect(
        Text("Speak through an interpreter: {value}.", "Hable con intérprete: {value}.", "请通过口译沟通：{value}。"),
        ValueKind.LANGUAGE,
    ),
    NeedKind.HELPER: Effect(
        Text(
            "Let their helper take part when they ask for it.",
            "Deje participar a quien le ayuda cuando lo pida.",
            "对方要求时，请让其协助人参与。",
        )
    ),
    NeedKind.NOT_BEFORE: Effect(
        Text("No contact before {value}.", "Sin contacto antes de las {value}.", "{value} 之前请勿联系。"),
        ValueKind.HOUR,
    ),
    NeedKind.NOT_AFTER: Effect(
        Text("No contact after {value}.", "Sin contacto después de las {value}.", "{value} 之后请勿联系。"),
        ValueKind.HOUR,
    ),
    NeedKind.NO_CALLS: Effect(
        Text("Do not call; write.", "No llame; escriba.", "请勿致电，改用书面方式。"),
        stops=frozenset({Medium.TELEPHONE}),
    ),
    NeedKind.NO_TEXTS: Effect(
        Text("Do not text.", "No envíe SMS.", "请勿发短信。"), stops=frozenset({Medium.TEXT, Medium.CHAT})
    ),
    NeedKind.NO_VISITS: Effect(Text("Do not visit.", "No visite.", "请勿上门。"), stops=frozenset({Medium.VISIT})),
    NeedKind.MORE_TIME: Effect(
        Text(
            "Give more time: {value} days without collection.",
            "Dé más tiempo: {value} días sin cobro.",
            "给予更多时间：{value} 天内不催收。",
        ),
        ValueKind.DAYS,
        hold=HoldKind.CARE,
    ),
    NeedKind.PAUSE: Effect(
        Text("Collection waits.", "El cobro espera.", "暂停催收。"), hold=HoldKind.CARE
    ),
    NeedKind.CANNOT_DECIDE: Effect(
        Text(
            "Cannot decide on money now: nothing is agreed or asked.",
            "No puede decidir ahora sobre dinero: no se acuerda ni se pide nada.",
            "目前无法就款项作出决定：不得要求或约定任何事项。",
        ),
        hold=HoldKind.INCAPACITY,
    ),
}  # fmt: skip

LONGEST_DAYS: Final = 365
"""The most days of more time that one need may give; longer is a pause, which somebody ends."""


@dataclass(frozen=True, slots=True)
class Need:
    """One need: what to do, with its hour (``12:00``), days or language where it has one."""

    kind: NeedKind
    value: str = ""

    def is_sound(self) -> bool:
        """Return whether its value is what its kind is told."""
        match EFFECTS[self.kind].value:
            case ValueKind.NONE:
                return not self.value
            case ValueKind.HOUR:
                return _hour(self.value) not in {None, time(0)}
            case ValueKind.DAYS:
                return self.value.isdecimal() and 0 < int(self.value) <= LONGEST_DAYS
            case ValueKind.LANGUAGE:
                return self.value.isalpha() and len(self.value) <= 40  # noqa: PLR2004 - longest name of a language

    def words(self) -> Text:
        """Return what to do."""
        return EFFECTS[self.kind].words.filled(value=self.value)

    def windows(self) -> tuple[WeeklyWindow, ...]:
        """Return the hours in which contact does not suit."""
        hour = _hour(self.value)
        if self.kind is NeedKind.NOT_BEFORE and hour is not None:
            return (WeeklyWindow(EVERY_DAY, time(0), hour),)
        if self.kind is NeedKind.NOT_AFTER and hour is not None:
            return (WeeklyWindow(EVERY_DAY, hour, time(0)),)
        return ()


def _hour(said: str) -> time | None:
    try:
        return time.fromisoformat(said) if len(said) == len("12:00") else None
    except ValueError:
        return None
