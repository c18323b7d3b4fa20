"""Parts of words that are no phrases: names, numbers and addresses to reach, and the places of a template for them."""

import re
from collections.abc import Iterator
from typing import Final

from arrears.domain.wording import Block
from arrears.engine.checker.report import Setting

_PLACES: Final = {
    Block.COLLECTOR_NAMED: re.compile(r"\{(?:organisation|collector|agency|sender|house|company)(?:_name)?\}"),
    Block.CREDITOR_NAMED: re.compile(r"\{(?:current_)?creditor(?:_name)?\}"),
    Block.DEBT_IDENTIFIED: re.compile(r"\{(?:account|reference|debt|contract|number)(?:_number|_reference)?\}"),
    Block.CONTACT_POINT: re.compile(
        r"\{(?:own_|our_)?(?:phone|telephone|email|contact|reply_to|website|link|address)\w*\}"
    ),
    Block.SUPPLIER_IDENTITY: re.compile(r"\{supplier\w*\}"),
    Block.CALLER_NAMED: re.compile(r"\{(?:caller|agent|collector_person|staff)(?:_name)?\}"),
}
_CALLER: Final = re.compile(
    r"(?:[Mm]y name is|I(?: am|['’]m)|[Tt]his is|[Mm]e llamo|[Mm]i nombre es|[Ll]e habla|[Ss]oy) "
    r"(?P<who>[A-ZÁÉÍÓÚÑ{][\w'’-]*\}?(?: [A-ZÁÉÍÓÚÑ][\w'’.-]*){0,3})"
    r"|(?:我叫|我的名字是|我姓) ?(?P<whom>[^\W\d_]+|\{\w+\})"
)
"""A natural person who gives their own name; a firm that gives its name does not (12 CFR 1006.14(g))."""
_REACH: Final = re.compile(r"\+?\d[\d ().-]{6,}\d|[\w.+-]{1,64}@[\w-]+\.\w+|https?://\S+|www\.\S+")
_TAX_NUMBER: Final = re.compile(r"\d{2}\.?\d{3}\.?\d{3}/?\d{4}-?\d{2}|\d{3}\.?\d{3}\.?\d{3}-\d{2}")


def carried(words: str, setting: Setting) -> Iterator[Block]:
    """Yield the parts that names, numbers, addresses and places of a template make."""
    for block, place in _PLACES.items():
        if place.search(words):
            yield block
    plain = words.casefold()
    if any(name.casefold() in plain for name in setting.names if name):
        yield Block.COLLECTOR_NAMED
    if any(name.casefold() in plain for name in setting.creditors if name):
        yield Block.CREDITOR_NAMED
    firms = [name.casefold() for name in (*setting.names, *setting.creditors) if name]
    if any(_is_person(found.group("who") or found.group("whom"), firms) for found in _CALLER.finditer(words)):
        yield Block.CALLER_NAMED
    if _REACH.search(words):
        yield Block.CONTACT_POINT
    if _TAX_NUMBER.search(words):
        yield Block.SUPPLIER_IDENTITY


def _is_person(who: str, firms: list[str]) -> bool:
    """Return whether a name is that of no firm we know of, and no place of a template for one."""
    name = who.casefold()
    return not any(firm.startswith(name) or name.startswith(firm) for firm in firms) and not any(
        place.search(who) for block, place in _PLACES.items() if block is not Block.CALLER_NAMED
    )
