"""Limited-content messages (12 CFR 1006.2(j)): what a voicemail must have, may have, and may not have.

Needed: a business name that does not tell of collection, a request to reply, a natural person to ask for, a telephone
number. Allowed beside it: a greeting or farewell, day and hour, hours to reply in, that any representative can help.
"""

import re
from dataclasses import dataclass
from enum import StrEnum
from typing import Final


class Part(StrEnum):
    """What a limited-content message must have."""

    BUSINESS_NAME = "business_name"
    REQUEST = "request"
    PERSON = "person"
    NUMBER = "number"


@dataclass(frozen=True, slots=True)
class Limited:
    """What was read: parts that are lacking, and spans of the words that are too much."""

    lacking: frozenset[Part]
    more: tuple[tuple[int, int], ...]

    @property
    def is_limited(self) -> bool:
        """Return whether it is a limited-content message: an attempt, and no communication about a debt."""
        return not self.lacking and not self.more


_NAME: Final = r"(?:(?:Mr|Mrs|Ms|Sr|Sra|Srta)\.? )?[A-ZÁÉÍÓÚÑ][\w'’-]+(?: [A-ZÁÉÍÓÚÑ][\w'’.-]*){0,2}"
_NEXT: Final = (
    r"(?!(?:Please|Call|Give|Any|It|You|We|Contact|Return|Thank|Thanks|Por|Llame|Llámeme|Mi|My|Our|I|"
    r"This|Today|If|At|On)\b)"
)
_FIRM: Final = (
    rf"(?P<firm>(?:[Tt]he )?[A-ZÁÉÍÓÚÑ0-9][\w&'’-]*(?:,? (?:(?:&|and|y|of|de) )?{_NEXT}[A-ZÁÉÍÓÚÑ0-9][\w&'’-]*)*)"
)
_DIGIT: Final = (
    r"(?:zero|oh|one|two|three|four|five|six|seven|eight|nine|hundred|cero|uno|dos|tres|cuatro|"
    r"cinco|seis|siete|ocho|nueve)"
)
_NUMBER: Final = (
    r"(?:\+?\d[\d ().-]{5,}\d(?: ?(?:x|ext\.?|extension|extensión) ?\d+)?|"
    rf"{_DIGIT}(?:[ ,-]+{_DIGIT}){{6,}}|\{{\w*(?:phone|number|telefono|teléfono)\w*\}})"
)
_WEEKDAY: Final = (
    r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)days?|lunes|martes|miércoles|jueves|viernes|sábado|"
    r"domingo|weekdays?|weekends?"
)
_MONTH: Final = (
    r"(?:January|February|March|April|May|June|July|August|September|October|November|December|enero|febrero|"
    r"marzo|abril|mayo|junio|"
    r"julio|agosto|septiembre|octubre|noviembre|diciembre)"
)
_HOUR: Final = r"(?:\d{1,2}(?::\d\d)? ?(?:[ap]\.?\s?m\.?|o'clock)?|noon|midday|mediodía)"
_PIECES: Final = (
    (Part.NUMBER, re.compile(_NUMBER, re.IGNORECASE)),
    (
        None,
        re.compile(rf"(?:this (?:message|is a message) (?:is )?for|este mensaje es para) {_NAME}"),
    ),
    (
        Part.BUSINESS_NAME,
        re.compile(
            rf"(?P<who>(?:[Tt]his is|[Mm]y name is|[Ii]t's|I am|I'm|[Hh]ere is|[Ll]e habla|[Hh]abla|[Ss]oy|"
            rf"[Mm]i nombre es|[Ll]e saluda) {_NAME}),? "
            rf"(?:(?:and )?(?:I am |I'm |y )?(?:calling|llam[oa]\w*|le llamo))? ?(?:on behalf of|from|with|at|"
            rf"for|of|de parte de|desde|de|en|por) {_FIRM}"
        ),
    ),
    (
        Part.BUSINESS_NAME,
        re.compile(
            rf"(?:(?:I am|I'm|we are|we're)? ?(?:calling|llamo|llamamos)) (?:on behalf of|from|with|de parte de|"
            rf"desde|de) {_FIRM}",
            re.IGNORECASE,
        ),
    ),
    (
        Part.PERSON,
        re.compile(rf"(?:[Tt]his is|[Mm]y name is|[Ll]e habla|[Hh]abla|[Ss]oy|[Mm]i nombre es) (?P<person>{_NAME})"),
    ),
    (
        Part.REQUEST,
        re.compile(
            rf"(?:(?:can|could|would|if) you |please |kindly |I would like you to |por favor,? )*(?:(?:call|"
            rf"ring|phone|contact|reach|text|reply to|"
            rf"give|return|get back to)(?: (?:me|us|a|our|my|the|call|back|or|to|{_NAME})(?![\w]))*|(?:llám|"
            rf"comuní|contáct|devuélv|llam|comuni)\w+(?: (?:a|con|de|la|me|nos|mi|"
            rf"nuestra|llamada|vuelta|o|conmigo|nosotros|{_NAME})(?![\w]))*)(?: (?:ask(?:ing)? for|"
            rf"pregunt\w+ por) {_NAME})?",
            re.IGNORECASE,
        ),
    ),
    (Part.PERSON, re.compile(rf"(?:ask(?:ing)? for|speak (?:with|to)|pregunte por|hablar con) (?P<person>{_NAME})")),
    (
        None,
        re.compile(
            r"\b(?:hello|hi|hey|good (?:morning|afternoon|evening|day)|hola|buen(?:os|as) (?:días|tardes|"
            r"noches)|dear|thank you|thanks|gracias|goodbye|"
            r"good-bye|bye|adiós|hasta luego|have a (?:nice|good|great) (?:day|evening))\b(?: [A-ZÁÉÍÓÚÑ][\w'’-]+)*",
            re.IGNORECASE,
        ),
    ),
    (
        None,
        re.compile(
            rf"(?:\b(?:it is|it's|today is|es|son|hoy es|called|calling) )?(?:\b(?:on|el|the|la|las|at|a las|"
            rf"between|from|after|before|until|till|to|and|entre|"
            rf"desde|hasta|antes de|después de|y|or|any ?time|de|en|by|this|tomorrow|today|mañana|hoy|morning|"
            rf"afternoon|evening|tarde|noche|eastern|"
            rf"central|pacific|mountain|time|hora|{_WEEKDAY}|{_MONTH}|{_HOUR}|\d{{1,2}}(?:st|nd|rd|th)?,?|"
            rf"\d{{4}})(?!\w)[ ,.]*)+",
            re.IGNORECASE,
        ),
    ),
    (
        None,
        re.compile(
            r"any (?:of our )?(?:representatives?|agents?|associates?|one of us|team members?)(?: here)? (?:can|"
            r"will(?: be able to)?|is able to) "
            r"(?:help|assist|answer|speak with|take)(?: (?:you|your (?:call|questions?)|to you))*|"
            r"cualquier (?:representante|agente|asesor) "
            r"(?:puede|podrá|le puede) (?:ayudar\w*|atender\w*|responder\w*)",
            re.IGNORECASE,
        ),
    ),
)
_GLUE: Final = re.compile(
    r"\b(?:again|my|our|the|is|number|name|at|on|to|and|or|me|us|you|please|por|favor|al|el|la|mi|es|número|"
    r"número es|nuestro|a|o|y|toll|free|"
    r"telephone|phone|teléfono|when|you can|as soon as|convenient|conveniencia|su|para|con|i|we|am|are)\b",
    re.IGNORECASE,
)
_TELLS: Final = re.compile(
    r"collect|debt|recover|receivable|credit|charge.?off|arrears|past.?due|cobr|recuper|deuda|cartera|legal|law",
    re.IGNORECASE,
)
_LONGEST: Final = 2_000
"""Characters, some two minutes of speech: nothing that long is of limited content."""
_WORDS: Final = re.compile(r"[^\W_]+(?:[ '’-]+[^\W_]+)*")


def limited(words: str) -> Limited:
    """Return what ``words`` lack, and what they have too much, for a message of limited content."""
    if len(words) > _LONGEST:
        return Limited(frozenset(), ((0, len(words)),))
    rest = words.replace("\n", " ")
    had: set[Part] = set()
    more: list[tuple[int, int]] = []
    for part, expression in _PIECES:
        for found in expression.finditer(rest):
            if not found.group().strip(" ,."):
                continue
            had |= {part} if part else set()
            firm = found.groupdict().get("firm")
            if part is Part.BUSINESS_NAME and found.groupdict().get("who"):
                had.add(Part.PERSON)
            if firm and _TELLS.search(firm):
                had.discard(Part.BUSINESS_NAME)
                more.append(found.span("firm"))
            rest = rest[: found.start()] + "\x00" * len(found.group()) + rest[found.end() :]
    rest = _GLUE.sub(lambda found: " " * len(found.group()), rest)
    more += [found.span() for found in _WORDS.finditer(rest)]
    return Limited(frozenset(Part) - had, tuple(sorted(more)))
