"""A letter that came by post is typed in: kept once, sorted, obeyed, and shown with what it was sorted into."""

import sys
from pathlib import Path
from typing import Any

import pytest

STREET = Path(__file__).with_name("conftest.py")


def signed_in(username: str, language: str = "en") -> Any:
    found = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(STREET))
    return found.signed_in(username, language)


def typed(now: Any, **said: Any) -> dict[str, Any]:
    base = {"channel": "letter", "words": "Please leave me alone.", "on": now.date().isoformat(), "hour": "08:30"}
    return {**base, "once": "a1", **said}


def test_a_typed_letter_stops_contact_at_once_and_shows_why(standing_town: Any, now: Any) -> None:
    from arrears.store.tables.received import Received

    person = standing_town.people.kept_debtor
    mona = signed_in("mona")
    assert f"person={person}" in mona.get("/inbox/new/", {"q": "Álvarez"}).content.decode()
    assert "María Álvarez" in mona.get("/inbox/new/", {"person": person}).content.decode()
    shown = mona.post("/inbox/new/", typed(now, person=person), follow=True).content.decode()
    assert "1 thing was stopped at once." in shown
    assert "<mark>leave me alone</mark>" in shown
    assert "All contact stopped" in shown
    again = mona.post("/inbox/new/", typed(now, person=person), follow=True).content.decode()
    assert "This was typed in already." in again
    assert Received.objects.using("report").filter(source_kind="typed", source_ref__endswith=":a1").count() == 1


def test_words_of_nobody_known_stop_nothing_and_say_so(standing_town: Any, now: Any) -> None:
    shown = signed_in("mona").post("/inbox/new/", typed(now, once="b1"), follow=True).content.decode()
    assert "nothing is stopped before a human says" in shown
    assert "Who wrote this?" in shown


@pytest.mark.parametrize(
    "wrong", [{"on": "soon"}, {"on": "0001-01-01"}, {"hour": "25:00"}, {"words": " "}, {"channel": "owl"}]
)
def test_what_cannot_be_kept_comes_back_with_its_words(standing_town: Any, now: Any, wrong: dict[str, str]) -> None:
    answer = signed_in("mona").post("/inbox/new/", typed(now, once="c1", address="Elm Street 12", **wrong))
    assert answer.status_code == 422
    assert "Elm Street 12" in answer.content.decode()


def test_a_collector_types_in_and_is_led_back_to_the_person(standing_town: Any, now: Any) -> None:
    person = standing_town.people.placed_debtor
    answer = signed_in("alice").post("/inbox/new/", typed(now, once="d1", words="I paid this yesterday", person=person))
    assert answer.headers["Location"] == f"/call/{person}/"
    assert signed_in("ann").get("/inbox/new/").status_code == 403
