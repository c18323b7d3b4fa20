"""A message as a page: whom it goes to, the day, its subject and its paragraphs as they were written."""

from datetime import date
from typing import Any, Final

from arrears.engine.computation import said_day
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.letters.making import make

_PAGE: Final = Text("Page", "Página", "页")


def message_page(
    *, sender: str, name: str, address: str, subject: str, words: str, language: str, on: date
) -> bytes | Problem:
    """Return a letter of these words as a PDF; a Problem where no font here has the characters that it needs."""
    said: dict[str, Any] = {
        "title": subject,
        "creditor": sender,
        "address": [name, *(line.strip() for line in address.replace("\n", ",").split(",") if line.strip())],
        "day": said_day(on, language),
        "paragraphs": [" ".join(part.split()) for part in words.split("\n\n") if part.strip()],
        "page": _PAGE.said_in(language),
    }
    return make("message", said, language)
