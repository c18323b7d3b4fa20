"""A template and its words made into the bytes of a PDF; the same words give the same bytes."""

import json
from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final

import typst

from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text

TEMPLATES: Final = Path(__file__).with_name("templates")
CHINESE: Final = (
    "Noto Sans CJK SC",
    "Noto Serif CJK SC",
    "Source Han Sans SC",
    "Source Han Serif SC",
    "PingFang SC",
    "Microsoft YaHei",
    "WenQuanYi Zen Hei",
)
"""Families that hold the Chinese characters, the first found is used; typst brings its own for Latin letters."""
LATIN: Final = "Libertinus Serif"

_FIRST_HAN, _LAST_HAN = "\u2e80", "\u9fff"
_FRAME: Final = "frame"


def templates() -> tuple[str, ...]:
    """Return the names of the letters that can be made."""
    return tuple(sorted(path.stem for path in TEMPLATES.glob("*.typ") if path.stem != _FRAME))


def make(template: str, words: Mapping[str, Any], language: str) -> bytes | Problem:  # Any: JSON of the template's own
    """Return the letter ``template`` filled with ``words`` as a PDF in ``language`` (``en``, ``es``, ``zh``).

    A Problem where there is no such template, or where no font here has the characters that it needs: a letter with
    empty boxes for a name is worse than none.
    """
    if template not in templates():
        known = ", ".join(templates())
        return Problem("no_such_letter", _NO_LETTER.filled(name=template), _CHOOSE.filled(known=known))
    if families_missing_for(words, language, families()):
        return Problem("glyphs_missing", _NO_GLYPHS, _INSTALL)
    chinese = next((name for name in CHINESE if name in families()), "")
    inputs = {
        "words": json.dumps(words, ensure_ascii=False, sort_keys=True),
        "language": language[:2],
        "fonts": json.dumps([LATIN, *([chinese] if chinese else [])]),
    }
    made = typst.compile(TEMPLATES / f"{template}.typ", root=TEMPLATES, sys_inputs=inputs)
    assert isinstance(made, bytes)
    return made


@cache
def families() -> frozenset[str]:
    """Return the font families of this machine, read once."""
    return frozenset(typst.Fonts().families())


def families_missing_for(words: Mapping[str, Any], language: str, known: frozenset[str]) -> bool:
    """Return whether Chinese characters are needed for ``words`` or ``language`` and no family of ``known`` has any."""
    needs = language.startswith("zh") or any(_FIRST_HAN <= char <= _LAST_HAN for char in _characters(words))
    return needs and not known.intersection(CHINESE)


def _characters(said: object) -> Iterator[str]:
    if isinstance(said, str):
        yield from said
    elif isinstance(said, Mapping):
        for each in said.values():
            yield from _characters(each)
    elif isinstance(said, list | tuple):
        for each in said:
            yield from _characters(each)


_NO_LETTER = Text(
    "There is no letter called “{name}”.", "No hay ninguna carta llamada «{name}».", "没有名为“{name}”的函件。"
)
_CHOOSE = Text("Letters that can be made: {known}.", "Cartas disponibles: {known}.", "可制作的函件：{known}。")
_NO_GLYPHS = Text(
    "No font on this machine has Chinese characters, so this letter would show empty boxes.",
    "Ninguna fuente de este equipo tiene caracteres chinos: la carta mostraría cuadros vacíos.",
    "本机没有中文字体，函件中的汉字将显示为空框。",
)
_INSTALL = Text(
    "Install a Chinese font (on Debian and Ubuntu the package fonts-noto-cjk) and start Arrears again.",
    "Instale una fuente china (en Debian y Ubuntu, el paquete fonts-noto-cjk) y reinicie Arrears.",
    "请安装中文字体（Debian 和 Ubuntu 上为 fonts-noto-cjk 软件包）并重新启动 Arrears。",
)
