"""The words of three languages for days, hours, parts of the day, and for suiting or not.

Patterns meet text in one form: narrow, without capitals and accents. In them ``T`` stands for a time of day that was
read already, ``D`` for days.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final

NOON: Final = 12 * 60
DAY: Final = 24 * 60
WEEKDAYS: Final = frozenset(range(5))
WEEKEND: Final = frozenset({5, 6})
_T: Final = r"<T(\d+)>"


@dataclass(frozen=True, slots=True, kw_only=True)
class Vocabulary:
    """One language. ``hour`` reads a time of day; its groups are ``h``, ``m``, ``half`` and ``part``.

    ``no`` and ``busy`` say that a time does not suit, ``fits`` that it does; ``at_work`` names the place. ``parts`` are
    minutes of the day.
    """

    clauses: str
    no: str
    busy: str
    fits: str
    at_work: str
    hour: str
    noon: str
    midnight: str
    spans: str
    after: str
    before: str
    through: str
    days: Mapping[str, frozenset[int]]
    parts: Mapping[str, tuple[int, int]]
    numbers: Mapping[str, int]
    late: str
    early: str
    media: Mapping[str, str]


def _each(names: str) -> dict[str, frozenset[int]]:
    """Return the seven days by their patterns, which are parted by spaces."""
    return {pattern: frozenset({place}) for place, pattern in enumerate(names.split())}


ENGLISH: Final = Vocabulary(
    clauses=r"[.;!?\n]|,|\bbut\b|\bthough\b",
    no=r"\bno(?:t|body)?\b|n't\b|\bdont\b|\bnever\b|\bstop\b|\bavoid\b|\bquit\b|\bwithout\b|\bexcept\b|\bcant\b"
    r"|\bcannot\b",
    busy=r"\bwork(?:s|ing)?\b|\bbusy\b|\basleep\b|\bsleep(?:ing)?\b|\bin (?:class|meetings|church|school)\b"
    r"|\bon shift\b|\bnight shift\b|\bunavailable\b|\bdriving\b|\bbad time\b|\binconvenient\b",
    fits=r"\bonly\b|\bjust\b|\bbest\b|\bprefer\b|\bbetter\b|\bfree\b|\bavailable\b|\breach me\b|\bcall me\b|\bring me\b"
    r"|\btext me\b|\bcall back\b|\bplease (?:call|ring|text|phone)\b|\bhome\b|\boff work\b|\bget off\b"
    r"|\btry (?:me|again)\b|\bok(?:ay)? to\b|\bfine\b|\bcan (?:call|ring|talk|speak)\b|\bcalls?\b.*\bafter\b",
    at_work=r"\bat (?:my )?(?:work(?:place)?|job|office)\b|\bmy (?:work|job|office) (?:number|phone|line)\b"
    r"|\bwork phone\b",
    hour=r"(?P<h>\d{1,2}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)(?:[:.](?P<m>\d{2}))?"
    r"\s*(?P<half>(?!))?(?P<part>a\.?m\b\.?|p\.?m\b\.?|o'?clock(?: (?:at|in the) (?:night|morning|evening|afternoon))?"
    r"|(?:at|in the) (?:night|morning|evening|afternoon))?",
    noon=r"\b(?:noon|midday)\b",
    midnight=r"\bmidnight\b",
    spans=rf"{_T}\s*(?:to|-|–|—|and|until|till|through|thru)\s*{_T}",
    after=rf"(?:after|from|past|later than|once it'?s)\s*{_T}|{_T}\s*(?:or later|onwards?|and later|and after)",
    before=rf"(?:before|until|till|by|earlier than|prior to|up to)\s*{_T}|{_T}\s*(?:or|and) earlier",
    through=r"<D(\d)>\s*(?:to|through|thru|-|–)\s*<D(\d)>",
    days=_each(
        r"mon(?:day)?s? tue(?:s(?:day)?)?s? wed(?:nesday)?s? thu(?:r(?:s(?:day)?)?)?s? fri(?:day)?s? sat(?:urday)?s? "
        r"sun(?:day)?s?"
    )
    | {r"week ?days?|work(?:ing)? days|during the week": WEEKDAYS, r"week ?ends?": WEEKEND},
    parts={
        r"mornings?": (0, NOON),
        r"afternoons?": (NOON, 18 * 60),
        r"evenings?": (18 * 60, DAY),
        r"(?:at )?nights?": (20 * 60, DAY),
        r"after (?:work|hours)": (18 * 60, DAY),
        r"lunch ?(?:time|break|hour)?": (NOON, 14 * 60),
        r"business hours|work(?:ing)? hours|office hours": (9 * 60, 17 * 60),
    },
    numbers={
        name: place
        for place, name in enumerate(
            ["one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve"], 1
        )
    },
    late=r"p\.?m|night|evening|afternoon",
    early=r"a\.?m|morning",
    media={"text": r"\btexts?\b|\bmessages?\b|\bsms\b", "telephone": r"\bcall(?:s|ing)?\b|\bphone\b|\bring\b",
           "email": r"\be-?mails?\b"},
)  # fmt: skip
SPANISH: Final = Vocabulary(
    clauses=r"[.;!?\n¡¿]|,|\bpero\b|\baunque\b",
    no=r"\bno\b|\bnunca\b|\bjamas\b|\bevit\w+|\bdej(?:e|en|a) de\b|\bsalvo\b|\bexcepto\b|\bmenos\b|\bni\b",
    busy=r"\btrabaj\w+|\bocupad\w+|\bduerm\w+|\bdormid\w+|\ben clase\b|\breunion\w*|\bde turno\b|\bno disponible\b"
    r"|\bmal momento\b|\bconduzco\b|\bmanejando\b",
    fits=r"\bsolo\b|\bsolamente\b|\bunicamente\b|\bllam\w*me\b|\bllamen?\b|\bme llam\w+|\bprefier\w+|\bmejor\b"
    r"|\bdisponible\b|\blibre\b|\bpueden? llamar\w*\b|\bllegan?do a casa\b|\ben casa\b|\bsalgo\b|\bescrib\w*me\b"
    r"|\bpor favor llam\w+|\bmarqu\w+me\b|\bpuedo hablar\b",
    at_work=r"\b(?:al|en (?:el|mi)|a mi) (?:trabajo|oficina|empleo)\b|\ben la oficina\b"
    r"|\b(?:telefono|numero) del trabajo\b",
    hour=r"(?:las?\s+)?(?P<h>\d{1,2}|una|dos|tres|cuatro|cinco|seis|siete|ocho|nueve|diez|once|doce)"
    r"(?:[:.h](?P<m>\d{2}))?(?P<half> y media)?\s*(?:horas?\b|hrs?\b|hs?\b)?\s*"
    r"(?P<part>a\.? ?m\b\.?|p\.? ?m\b\.?|de la (?:manana|tarde|noche))?",
    noon=r"\bmediodia\b",
    midnight=r"\bmedianoche\b",
    spans=rf"{_T}\s*(?:a|hasta|y|-|–)\s*{_T}",
    after=rf"(?:despues de|a partir de|desde|pasad[ao]s?|luego de)\s*{_T}|{_T}\s*en adelante",
    before=rf"(?:antes de|hasta|antes que)\s*{_T}",
    through=r"<D(\d)>\s*(?:a|hasta|-|–)\s*<D(\d)>",
    days=_each(r"lunes martes miercoles jueves viernes sabados? domingos?")
    | {r"dias? (?:de semana|laborables?|habil(?:es)?)|entre semana": WEEKDAYS,
       r"fin(?:es)? de semana": WEEKEND},
    parts={
        r"(?:por|en|de) las? mananas?": (0, NOON),
        r"(?:por|en|de) las? tardes?": (NOON, 20 * 60),
        r"(?:por|en|de) las? noches?": (20 * 60, DAY),
        r"(?:despues del|al salir del) trabajo": (18 * 60, DAY),
        r"(?:a la hora (?:de(?:l| la)?) (?:comer|comida|almuerzo))|a mediodia": (NOON, 16 * 60),
        r"horas? (?:de trabajo|de oficina|laborales?)|horario laboral": (9 * 60, 18 * 60),
    },
    numbers={
        name: place
        for place, name in enumerate(
            ["una", "dos", "tres", "cuatro", "cinco", "seis", "siete", "ocho", "nueve", "diez", "once", "doce"], 1
        )
    },
    late=r"p\.? ?m|tarde|noche",
    early=r"a\.? ?m|manana",
    media={"text": r"\bmensajes?\b|\bsms\b|\bescrib\w+", "telephone": r"\bllam\w+|\btelefono\b|\bmarqu\w+",
           "email": r"\bcorreos?\b|\be-?mails?\b"},
)  # fmt: skip
_HAN: Final = "一二三四五六七八九十两"
CHINESE: Final = Vocabulary(
    clauses=r"[。；！？\n;!?]|,|，|但是|不过|可是",
    no=r"不要|别|勿|不能|不可以|不方便|不许|不准|除了|不便|没法|莫",
    busy=r"上班|工作|忙|没空|没时间|睡|休息|开会|上课|夜班|在岗|开车|值班",
    fits=r"只能|只有|只在|仅|可以|方便|最好|请在|再打|再联系|有空|有时间|在家|下班|给我打|打给我|联系我",
    at_work=r"打到?(?:我)?(?:单位|公司|办公室)|(?:单位|公司|办公室)(?:电话|座机)|(?:往|给)(?:我)?(?:单位|公司|办公室)打",
    hour=rf"(?P<part>凌晨|早上|早晨|上午|中午|下午|傍晚|晚上|夜里|晚)?\s*(?P<h>\d{{1,2}}|[{_HAN}]{{1,3}})"
    rf"(?:[点时](?P<half>半)?(?:(?P<m>\d{{1,2}})分)?|:(?P<m2>\d{{2}}))",
    noon=r"正午",
    midnight=r"午夜|半夜十二点",
    spans=rf"{_T}\s*(?:到|至|-|–|~|—)\s*{_T}",
    after=rf"{_T}\s*(?:以后|之后|过后|后|起)|(?:从|过了){_T}(?!\s*(?:到|至|-))",
    before=rf"{_T}\s*(?:以前|之前|前)",
    through=r"<D(\d)>\s*(?:到|至|-|–|~)\s*<D(\d)>",
    days={rf"(?:周|星期|礼拜){name}": frozenset({place}) for place, name in enumerate("一二三四五六")}
    | {r"(?:周|星期|礼拜)[日天]": frozenset({6}), r"周末|双休日": WEEKEND, r"工作日|平日|平时": WEEKDAYS},
    parts={
        r"早上|上午|早晨": (0, NOON),
        r"中午|午休": (NOON, 14 * 60),
        r"下午": (NOON, 18 * 60),
        r"晚上|夜里|晚间": (18 * 60, DAY),
        r"下班(?:以后|之后|后)": (18 * 60, DAY),
        r"(?:上班|工作)(?:时间|期间|时段)": (9 * 60, 18 * 60),
    },
    numbers={"一": 1, "二": 2, "两": 2, "三": 3, "四": 4, "五": 5, "六": 6, "七": 7, "八": 8, "九": 9, "十": 10,
             "十一": 11, "十二": 12, "二十": 20, "二十一": 21, "二十二": 22},
    late=r"下午|傍晚|晚",
    early=r"凌晨|早|上午",
    media={"text": r"短信|信息|微信", "telephone": r"打|电话|致电", "email": r"邮件|邮箱"},
)  # fmt: skip
LANGUAGES: Final = {"en": ENGLISH, "es": SPANISH, "zh": CHINESE}
