"""A sentence in the three languages of the house."""

from typing import Literal, NamedTuple, get_args

Language = Literal["en", "es", "zh"]
LANGUAGES: tuple[Language, ...] = get_args(Language)


class Text(NamedTuple):
    """The same words in English, Spanish and Chinese, side by side so that one review sees all three."""

    en: str
    es: str
    zh: str

    def said_in(self, language: str) -> str:
        """Return the words in ``language`` (``en``, ``es``, ``zh``, or a tag such as ``zh-hans``); else English."""
        match language[:2].lower():
            case "es":
                return self.es
            case "zh":
                return self.zh
            case _:
                return self.en

    def filled(self, **values: object) -> "Text":
        """Return the text with ``{name}`` places filled in each language."""
        return Text(*(words.format(**values) for words in self))
