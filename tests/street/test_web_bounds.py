"""Nonsense instead of numbers, days and files is answered on every page; nothing breaks, and nothing is read whole."""

import re
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

STREET = Path(__file__).with_name("conftest.py")
WEB = Path(__file__).parents[2] / "src" / "arrears" / "web"
NEVER = {"sign-out", "backup", "demo-stop"}
LONG, HUGE = "9" * 5000, "9" * 19


def signed_in(username: str) -> Any:
    found = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(STREET))
    return found.signed_in(username)


def asked_names() -> list[str]:
    """Every name by which some page asks for what was typed."""
    source = "\n".join(page.read_text(encoding="utf-8") for page in WEB.rglob("*.py"))
    return sorted(
        {found[1] or found[2] for found in re.finditer(r'get(?:list)?\("(\w+)"|(?:post|said)\["(\w+)"\]', source)}
    )


def addresses(**values: Any) -> Iterator[tuple[str, str]]:
    """Every address of a page with a number in its places; ``values`` by name, else ``number``."""
    from django.urls import reverse
    from django.urls.converters import IntConverter

    from arrears.web.urls import pages

    for one in (address for page in pages() for address in page.urls):
        if one.name not in NEVER:
            places = {
                name: values.get(name, values["number"]) if isinstance(converter, IntConverter) else "word"
                for name, converter in one.pattern.converters.items()
            }
            yield one.name, reverse(one.name, kwargs=places)


@pytest.fixture(scope="module")
def people(standing_town: Any) -> dict[str, Any]:
    settled = standing_town.people
    return {"person": settled.kept_debtor, "account": settled.kept, "number": 1}


@pytest.mark.parametrize("who", ["mona", "fred"])
def test_no_page_breaks_on_numbers_that_are_none(people: dict[str, Any], who: str) -> None:
    browser = signed_in(who)
    browser.raise_request_exception = False
    names = asked_names()
    assert {"person", "line", "account", "from_days", "value", "clock"} <= set(names)
    broken = []
    for name, address in addresses(**people):
        answers = [browser.get(address, dict.fromkeys(names, said)).status_code for said in ("9" * 500, "9999-12-31")]
        answers += [browser.post(address, dict.fromkeys(names, said)).status_code for said in (LONG, HUGE)]
        broken += [f"{name}: {answers}"] if max(answers) >= 500 else []
    assert broken == []


def test_a_number_in_an_address_that_no_row_can_have_leads_nowhere(people: dict[str, Any]) -> None:
    browser = signed_in("mona")
    browser.raise_request_exception = False
    beyond = {"person": 2**63, "account": 2**63, "number": 2**63}
    numbered = [one for one in addresses(**beyond) if str(2**63) in one[1]]
    assert len(numbered) > 30
    assert [name for name, address in numbered if browser.get(address).status_code not in {403, 404, 405}] == []


def test_a_request_beyond_bounds_is_not_read(people: dict[str, Any]) -> None:
    browser = signed_in("mona")
    answer = browser.post("/missing/answers/", {"because": "x"}, headers={"Content-Length": LONG})
    assert answer.status_code == 413
    assert "too much" in answer.content.decode()


def test_files_of_answers_that_are_none_are_said_so(people: dict[str, Any], monkeypatch: pytest.MonkeyPatch) -> None:
    from django.core.files.uploadedfile import SimpleUploadedFile

    from arrears.web.missing import views

    mona = signed_in("mona")

    def sent(content: bytes) -> str:
        file = SimpleUploadedFile("answers.csv", content, "text/csv")
        return str(mona.post("/missing/answers/", {"answers": file, "because": "x"}, follow=True).content.decode())

    assert "with the columns line, fact and answer" in sent(b"\xff\xfe\x00")
    assert "a quotation mark opens" in sent(b'line,fact,answer\n1,"' + b"x" * 200_000 + b'",yes\n')
    monkeypatch.setattr(views, "MOST_OF_ANSWERS", 1_000_000)
    assert "larger than 1 MB" in sent(b"x" * 1_000_001)
    assert "Choose a file first." in mona.post("/missing/answers/", {"because": "x"}, follow=True).content.decode()
