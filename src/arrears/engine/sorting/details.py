"""What was said beside a category: which chapter, whose attorney, by which way, how much and when; as it was said."""

import re
from collections.abc import Callable, Mapping
from typing import Final

from arrears.domain.replies import Category
from arrears.engine.sorting.reading import Reading

_CHAPTER: Final = re.compile(r"(?:chapter|chapt|ch|capitulo) ?(7|11|12|13|seven|eleven|twelve|thirteen|vii|xi|xiii) ")
_CHAPTERS: Final = {
    "seven": "7",
    "vii": "7",
    "eleven": "11",
    "xi": "11",
    "twelve": "12",
    "thirteen": "13",
    "xiii": "13",
}
_CASE: Final = re.compile(r"\b(?:\d{1,2}[:\-])?\d{2}-(?:bk-)?\d{4,6}(?:-[A-Za-z]{2,4})?\b", re.IGNORECASE)
_NAME: Final = r"((?:[A-Z][\w'’.-]+ ?(?:& |and |y )?){1,4}(?:LLP|LLC|PLLC|P\.?C\.?)?)"
_LAWYER: Final = re.compile(
    r"(?i:attorney|lawyer|counsel|solicitor|abogad[oa]|office|firm)(?i:,|:| is| es| named| called| se llama| of| at)* "
    + _NAME
)
_LAWYER_BEFORE: Final = re.compile(_NAME + r"(?i: ?,? (?:is|represents|es) (?:representing|my|me|mi))")
_LAWYER_ZH: Final = re.compile(r"律[师師]姓([\u4e00-\u9fff])")
_PHONE: Final = re.compile(r"(?<![\d-])\+?\(?\d[\d ().-]{5,15}\d(?![\d-])")
_FEWEST_DIGITS: Final = 9
_AMOUNT: Final = re.compile(
    r"(?P<sign>US\$|\$|€|£|¥|￥)\s?(?P<after>\d[\d,]*(?:\.\d\d)?)"
    r"|(?P<before>\d[\d,]*(?:\.\d\d)?)\s?(?P<unit>dollars?|bucks|usd|d[oó]lares|euros?|pesos|元|块|塊|块钱)"
    r"|(?:pay|pago|send|还|還|deposito)\s?(?P<bare>\d[\d,]*(?:\.\d\d)?)(?!\s?(?:st|nd|rd|th|号|號|日|%|/))(?:\s?(?P<said>dollars?|d[oó]lares|euros?|pesos|元|块|塊))?",
    re.IGNORECASE,
)
_SIGNS: Final = {"$": "", "us$": "USD", "€": "EUR", "£": "GBP", "¥": "CNY", "￥": "CNY"}
_UNITS: Final = {"usd": "USD", "euro": "EUR", "euros": "EUR", "元": "CNY", "块": "CNY", "塊": "CNY", "块钱": "CNY"}
_DAYS: Final = (
    "monday|tuesday|wednesday|thursday|friday|saturday|sunday|lunes|martes|miércoles|miercoles|jueves|viernes|sábado"
    "|sabado|domingo"
)
_WHEN: Final = re.compile(
    rf"\b(?:(?:on|by|next|this|el|este|pr[oó]ximo) )*(?:{_DAYS})\b"
    r"|\b(?:today|tonight|tomorrow|hoy|ma[nñ]ana|right now|next (?:week|month)|end of (?:the |this )?(?:month|week)"
    r"|fin de mes|la pr[oó]xima semana|el pr[oó]ximo mes)\b"
    r"|\b(?:on |by |el )?(?:the )?\d{1,2}(?:st|nd|rd|th)\b|\b\d{1,2}/\d{1,2}(?:/\d{2,4})?\b|\bel (?:d[ií]a )?\d{1,2}\b"
    r"|(?:今天|今晚|明天|后天|後天|(?:下?周|下?週|下?星期|下?礼拜)[一二三四五六日天]|下周|下週|下?个?個?月底|月底|下个?月|下個月|发工资|發工資)"
    r"(?:\d{1,2}[号號日])?|\d{1,2}[号號日]",
    re.IGNORECASE,
)
_MEDIA: Final = (
    (
        "work",
        re.compile(
            r" (?:at|to|my) (?:my )?(?:work|job|workplace|employer|office|place of (?:employment|business)) "
            r"| (?:trabajo|empleo) |(?:单 位|公 司|上 班)"
        ),
    ),
    ("text", re.compile(r" (?:text|texts|texting|sms|txt|mensaje|mensajes|texto) |短 信|简 讯")),
    (
        "email",
        re.compile(r" (?:email|emails|emailing|mails|correo electronico|correos|correos electronicos) |邮 件"),
    ),
    (
        "phone",
        re.compile(r" (?:call|calls|calling|phone|telephone|cell|llame|llamen|llamar|llamadas|telefono) |电 话|打 来"),
    ),
    ("letter", re.compile(r" (?:letter|letters|cartas|carta) |信 件")),
)
_ONLY_WRITTEN: Final = re.compile(
    r" (?:in writing|by mail|via mail|mail only|by letter|por escrito|por correo|written form) |写 信|书 面"
)


def details_of(category: Category, text: str, reading: Reading) -> Mapping[str, str]:
    """Return what ``text`` says beside ``category``; only what is there."""
    reader = _READERS.get(category)
    return {} if reader is None else {name: said for name, said in reader(text, reading).items() if said}


def _bankruptcy(text: str, reading: Reading) -> dict[str, str]:
    chapter = _CHAPTER.search(reading.joined)
    case = _CASE.search(text)
    said = "" if chapter is None else chapter.group(1)
    if "第 七 章" in reading.joined:
        said = "7"
    return {"chapter": _CHAPTERS.get(said, said), "case": "" if case is None else case.group()}


def _attorney(text: str, _: Reading) -> dict[str, str]:
    named = _LAWYER.search(text) or _LAWYER_BEFORE.search(text)
    chinese = _LAWYER_ZH.search(text)
    numbers = (found.group().strip() for found in _PHONE.finditer(text))
    telephone = next((one for one in numbers if sum(map(str.isdigit, one)) >= _FEWEST_DIGITS), "")
    name = named.group(1).strip(" ,.") if named else ""
    if chinese is not None and not name:
        name = chinese.group(1)
    return {"name": name, "telephone": telephone}


def _stop(_: str, reading: Reading) -> dict[str, str]:
    joined = f" {reading.joined}"
    if _ONLY_WRITTEN.search(joined):
        return {"medium": "phone"}
    return {"medium": next((name for name, pattern in _MEDIA if pattern.search(joined)), "")}


def _promise(text: str, _: Reading) -> dict[str, str]:
    amount, when = _AMOUNT.search(text), _WHEN.search(text)
    said = {"when": "" if when is None else when.group().strip()}
    if amount is not None:
        said["amount"] = (amount["after"] or amount["before"] or amount["bare"]).replace(",", "")
        sign, unit = (amount["sign"] or "").lower(), (amount["unit"] or amount["said"] or "").lower()
        said["currency"] = _SIGNS.get(sign, "") or _UNITS.get(unit, "")
    return said


_READERS: Final[Mapping[Category, Callable[[str, Reading], dict[str, str]]]] = {
    Category.BANKRUPTCY: _bankruptcy,
    Category.ATTORNEY: _attorney,
    Category.STOP_CHANNEL: _stop,
    Category.PROMISE: _promise,
}
