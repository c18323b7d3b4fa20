"""Every word of the pages is said in Spanish and Chinese."""

import re
from functools import cache
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest
from babel.messages.extract import extract_javascript, extract_python
from babel.messages.pofile import read_po

ROOT = Path(__file__).resolve().parents[2]
WEB = ROOT / "src" / "arrears" / "web"
KEYWORDS: dict[str, Any] = dict.fromkeys(("gettext", "gettext_lazy", "ngettext", "_"))
LANGUAGES = ["es", "zh_Hans"]
Message = str | tuple[str, ...]


@cache
def messages() -> frozenset[Message]:
    """Every message of the templates and of the code; one with a plural is a pair."""
    found = {message for path in WEB.rglob("*.html") for message in of_template(path.read_text())}
    for path in WEB.rglob("*.py"):
        with path.open("rb") as code:
            found |= {whole(message) for _, _, message, _ in extract_python(code, KEYWORDS, [], {})}
    return frozenset(found)


def of_template(words: str) -> list[Message]:
    from django.utils.translation.template import templatize

    code = BytesIO(re.sub(r"\bu(?=['\"])", "", templatize(words)).encode())
    return [whole(message) for _, _, message, _ in extract_javascript(code, KEYWORDS, [], {})]


def whole(message: Any) -> Message:
    return tuple(part for part in message if part) if isinstance(message, tuple) else message


@cache
def catalogue(language: str) -> list[Any]:
    """What the shared catalogue says, and what the page folders say for themselves."""
    found = []
    for path in sorted(WEB.rglob(f"locale/{language}/LC_MESSAGES/django.po")):
        with path.open("rb") as text:
            found += list(read_po(text))
    return found


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_says_every_message_of_the_pages(cluster: Any, language: str) -> None:
    said = {entry.id: entry for entry in catalogue(language) if entry.id}
    missing = sorted(str(message) for message in messages() if message not in said or not filled(said[message]))
    assert not missing


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_catalogue_keeps_no_message_that_no_page_says(cluster: Any, language: str) -> None:
    assert not sorted(str(entry.id) for entry in catalogue(language) if entry.id and entry.id not in messages())


@pytest.mark.parametrize("language", LANGUAGES)
def test_no_message_is_said_in_two_ways(language: str) -> None:
    said: dict[Any, set[Any]] = {}
    for entry in catalogue(language):
        said.setdefault(entry.id, set()).add(entry.string)
    assert not sorted(str(message) for message, ways in said.items() if message and len(ways) > 1)


@pytest.mark.parametrize("language", LANGUAGES)
def test_every_translation_has_the_places_of_its_message(language: str) -> None:
    places = re.compile(r"%\(\w+\)s")
    wrong = []
    for entry in (found for found in catalogue(language) if found.id):
        original = entry.id[-1] if isinstance(entry.id, tuple) else entry.id
        said = entry.string if isinstance(entry.string, tuple) else (entry.string,)
        wrong += [words for words in said if set(places.findall(words)) != set(places.findall(original))]
    assert not wrong


def filled(entry: Any) -> bool:
    return all(entry.string) if isinstance(entry.string, tuple) else bool(entry.string)
