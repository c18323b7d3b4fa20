"""The try-out page of the checker: words are read and shown with what was found, and nothing of them stays."""

import sys
from pathlib import Path
from typing import Any

CONFTEST = Path(__file__).with_name("conftest.py")


def client_of(name: str) -> Any:
    street = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(CONFTEST))
    return street.signed_in(name)


def test_words_that_break_a_rule_are_shown_with_rule_and_citation(town: Any) -> None:
    shown = client_of("alice").post("/checker/", {"words": "Pay or you will be arrested.", "place": "US"})
    page = shown.content.decode()
    assert shown.status_code == 200
    assert '<mark title="core.arrest, us.fdcpa.1692e.4">Pay or you will be arrested</mark>' in page
    assert "15 USC 1692e(4)" in page


def test_lawful_words_are_shown_as_clean_with_the_parts_they_carry(town: Any) -> None:
    page = client_of("alice").post("/checker/", {"words": "Please call us. Reply STOP to opt out."}).content.decode()
    assert "<mark" not in page
    assert "a way to opt out" in page


def test_words_are_escaped_and_unknown_choices_are_left_aside(town: Any) -> None:
    sent = {"words": "<script>you will be arrested</script>", "kind": "poem", "role": "king", "place": "XX"}
    page = client_of("alice").post("/checker/", sent).content.decode()
    assert "<script>you" not in page
    assert "&lt;script&gt;" in page


def test_the_page_asks_for_words_first_and_never_by_its_address(town: Any) -> None:
    page = client_of("alice").get("/checker/?words=arrest").content.decode()
    assert ' data-key="w"></textarea>' in page
    assert "What the text breaks" not in page
