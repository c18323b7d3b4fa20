"""Which of the three languages words are in, by the little words that each uses all the time."""

import re
from typing import Final

_HAN: Final = re.compile("[㐀-鿿]")
_WORD: Final = re.compile(r"[^\W\d_]+(?:'[a-z]+)?")
_PLACE: Final = re.compile(r"\{\w+\}|[^\s@]{1,64}@\S+|https?://\S+|www\.\S+")
_ENGLISH = """
the and you your we our is are to of for this that will have with on at by be or if from can please not it us as
an pay call account balance due today i me my he she they was has had do does did what when how would could
hello dear thank thanks payment debt owe says said told customer him her kindly settle overdue invoice letter reply
received starts tomorrow reminder attached monday morning good message reference amount online soon answer
"""
_SPANISH = """
el la los las de del que y en su sus por para con se lo le les un una es no si al esta este usted nosotros pago
pagar cuenta deuda llame hoy favor gracias nos te tu mi me ya como pero cuando donde hola estimado estimada
cliente saldo pague vamos hay sin mas o ha he fue ser son dijo dice llamar buenas buenos tardes dias recibimos carta
cuota vence manana atentos respuesta quedamos adjuntamos detalle favor comunicarse podemos ofrecerle plan pagos banco
"""
_LITTLE: Final = {"en": frozenset(_ENGLISH.split()), "es": frozenset(_SPANISH.split())}
_MARKS: Final = re.compile("[¿¡]|(?<![^\\W\\d_])[a-zñáéíóúü]*[ñáéíóúü]")
"""Marks of Spanish; a name with a capital and an accent tells nothing of the language around it."""
_SURE: Final = 2
_HAN_WEIGHT: Final = 3
_SHARE: Final = 5


def _weights(words: str) -> dict[str, int]:
    text = _PLACE.sub(" ", words)
    found = [word.lower() for word in _WORD.findall(text)]
    marks = str.maketrans("áéíóúüñ", "aeiouun")
    weights = {name: sum(word.translate(marks) in little for word in found) for name, little in _LITTLE.items()}
    weights["es"] += 2 * len(_MARKS.findall(text))
    weights["zh"] = len(_HAN.findall(text)) // 2 * _HAN_WEIGHT
    return weights


def languages_of(words: str) -> tuple[str | None, tuple[str, ...]]:
    """Return the language of ``words`` (None: too few or too mixed to tell), and every one that has a part in them.

    Rules of each language that has a part are tried, for words come mixed.
    """
    weights = _weights(words)
    (first, most), (_, next_most) = sorted(weights.items(), key=lambda item: -item[1])[:2]
    latin = {name: weights[name] for name in ("en", "es")}
    whole = sum(latin.values())
    some = [name for name, weight in latin.items() if whole == 0 or _SHARE * weight >= whole]
    sure = first if most >= _SURE and most >= 2 * next_most else None
    return sure, (*some, *(["zh"] if _HAN.search(words) else []))


def language_of(words: str) -> str | None:
    """Return ``en``, ``es`` or ``zh``; None where the words are too few or too mixed to tell."""
    return languages_of(words)[0]
