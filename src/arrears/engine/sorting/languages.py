"""Which language a text is in, and which rules may therefore read it."""

from typing import Final

from arrears.engine.sorting.reading import Reading
from arrears.kernel.texts import Language

_SPANISH_WORDS: Final = (
    "el la los las de que mi es una por para con ya yo pago deuda favor llamen llame abogado dinero esa ese esta "
    "este pero cuando muy tengo puedo quiero soy estoy gracias hola quien numero equivocado aqui un se su le les lo al "
    "del nada ni como mas si"
)
_ENGLISH_WORDS: Final = (
    "the i you my is it to of and not this that a was have dont your pay debt please stop call am im been with for "
    "are do on they who what we our in at be will can it have he she its ive dont cant ill"
)
_TELLING: Final = 2
_SPANISH: Final = frozenset(_SPANISH_WORDS.split())
_ENGLISH: Final = frozenset(_ENGLISH_WORDS.split())


def spoken(text: str, reading: Reading) -> Language:
    """Return the language of ``text``: Chinese by its characters, Spanish and English by their small words."""
    chinese, spanish, english = _signs(text, reading)
    if chinese * 2 >= max(1, len(reading.starts)):
        return "zh"
    return "es" if spanish > english else "en"


def may_be(text: str, reading: Reading) -> frozenset[Language]:
    """Return the languages of which ``text`` shows some sign; both of those in Latin letters where it shows little."""
    chinese, spanish, english = _signs(text, reading)
    both = spanish + english < _TELLING and not chinese
    signs: list[tuple[Language, int]] = [("zh", chinese), ("es", spanish + both), ("en", english + both)]
    return frozenset(language for language, count in signs if count)


def _signs(text: str, reading: Reading) -> tuple[int, int, int]:
    """Return how much in ``text`` is Chinese, Spanish, English."""
    tokens = reading.tokens()
    chinese = sum("\u3400" <= token[0] <= "\u9fff" for token in tokens)
    only = _SPANISH - _ENGLISH
    spanish = sum(token in only for token in tokens) + 2 * sum(letter in "ñ¿¡áéíóú" for letter in text.lower())
    return chinese, spanish, sum(token in _ENGLISH - _SPANISH for token in tokens)
