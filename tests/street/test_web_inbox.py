"""The inbox: the oldest protective text first, its words marked, and a decision by one form each."""

import sys
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

STREET = Path(__file__).with_name("conftest.py")


def signed_in(username: str) -> Any:
    found = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(STREET))
    return found.signed_in(username)


@pytest.fixture
def write(standing_town: Any, now: Any) -> Any:
    """Let somebody write to us, an hour before now; return the text's number."""
    from arrears.actions import received
    from arrears.store.scope import scope

    people = standing_town.people

    def written(words: str, person: int | None = None, channel: str = "email") -> int:
        with scope(people.lender, people.alice, today=now.date()):
            kept: Any = received.receive(
                received.Inbound(
                    channel=channel, words=words, at=now - timedelta(hours=1), source=("test", uuid4().hex),
                    person=person, address="someone@example.org",
                ),
                now=now,
            )  # fmt: skip
        return int(kept.id)

    return written


def test_the_words_that_show_a_category_are_marked(standing_town: Any, write: Any) -> None:
    number = write("Hello <b>, leave me alone & go", standing_town.people.kept_debtor)
    page = signed_in("mona").get(f"/inbox/{number}/").content.decode()
    assert "Hello &lt;b&gt;, <mark>leave me alone</mark> &amp; go" in page
    assert "All contact stopped" in page
    assert "95 %" in page


def test_one_key_confirms_and_leads_on(standing_town: Any, write: Any) -> None:
    first = write("leave me alone", standing_town.people.kept_debtor)
    mona = signed_in("mona")
    said = {"verb": "decide", "category": "cease", "ruling": "confirm"}
    assert mona.post(f"/inbox/{first}/", said).status_code == 302
    page = mona.get(f"/inbox/{first}/").content.decode()
    assert "confirmed" in page
    assert mona.post(f"/inbox/{first}/", said).status_code == 422


def test_one_key_undoes_what_sorting_did(standing_town: Any, write: Any) -> None:
    from arrears.store.tables.promise import Hold

    number = write("leave me alone", standing_town.people.kept_debtor)
    said = {"verb": "decide", "category": "cease", "ruling": "undo"}
    assert signed_in("mona").post(f"/inbox/{number}/", said).status_code == 302
    hold = Hold.objects.using("night").get(source_kind="received", source_ref__startswith=f"{number}:")
    assert hold.until_at is not None


def test_the_writer_is_searched_and_named(standing_town: Any, write: Any) -> None:
    from arrears.store.tables.person import Person
    from arrears.store.tables.received import Received

    number = write("I filed chapter 7")
    person = Person.objects.using("night").get(pk=standing_town.people.kept_debtor)
    mona = signed_in("mona")
    assert "writer unknown" in mona.get("/inbox/").content.decode()
    assert person.full_name in mona.get(f"/inbox/{number}/", {"q": person.number}).content.decode()
    assert mona.post(f"/inbox/{number}/", {"verb": "name", "person": str(person.pk)}).status_code == 302
    assert Received.objects.using("night").get(pk=number).found[0]["effect"]["kind"] == "case"


def test_a_missed_category_is_added_and_the_text_put_away(standing_town: Any, write: Any) -> None:
    number = write("see attached", standing_town.people.kept_debtor)
    mona = signed_in("mona")
    assert mona.post(f"/inbox/{number}/", {"verb": "add", "category": "dispute"}).status_code == 302
    other = write("see attached again", standing_town.people.kept_debtor)
    assert mona.post(f"/inbox/{other}/", {"verb": "finish"}).status_code == 302
    assert "Dispute opened" in mona.get(f"/inbox/{number}/").content.decode()


def test_a_form_that_names_no_verb_changes_nothing(standing_town: Any, write: Any) -> None:
    number = write("leave me alone", standing_town.people.kept_debtor)
    assert signed_in("mona").post(f"/inbox/{number}/", {"verb": "fly"}).status_code == 422


def test_collectors_and_strangers_stay_outside(standing_town: Any, write: Any) -> None:
    number = write("leave me alone", standing_town.people.kept_debtor)
    assert signed_in("alice").get("/inbox/").status_code == 403
    assert signed_in("charlie").get(f"/inbox/{number}/").status_code in {403, 404}
    assert signed_in("mona").get("/inbox/999999/").status_code == 404


def test_a_letter_that_came_back_is_noted_by_its_reference_and_a_wrong_one_is_told(standing_town: Any) -> None:
    mona = signed_in("mona")
    assert "Nothing came back yet." in mona.get("/inbox/came-back/").content.decode()
    said = {"reference": "arrears-1-1-0123456789", "returned_on": "2026-03-02", "reason": "moved"}
    wrong = mona.post("/inbox/came-back/", said)
    assert wrong.status_code == 422
    assert "is about no message that went out from here" in wrong.content.decode()
    assert mona.post("/inbox/came-back/", {**said, "returned_on": "soon"}).status_code == 422
    assert signed_in("alice").get("/inbox/came-back/").status_code == 403
