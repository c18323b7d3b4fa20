"""The bank's pages: a statement comes in before one's eyes, lines are decided about by one button, and it is undone."""

from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from tests.camt import camt, line

PASSWORD = "correct horse battery staple"
LINES = (
    line("100.00", "loan L-2", "María Álvarez"),
    line("33.00", "thanks", "Wang Xiaoming", payer="DE02120300000000209999"),
    line("7.00", "interest", "The bank itself"),
)


@pytest.fixture
def fred(town: Any) -> Client:
    client = Client(SERVER_NAME="localhost")
    client.post("/sign-in/", {"username": "fred", "password": PASSWORD})
    return client


def sent(client: Client, data: bytes) -> str:
    answer: Any = client.post("/bank/import/", {"files": SimpleUploadedFile("march.xml", data)})
    return str(b"".join(answer.streaming_content).decode())


def states() -> list[str]:
    from arrears.store.tables.statement import StatementLine

    return list(StatementLine.objects.using("night").order_by("place").values_list("state", flat=True))


def first_waiting() -> int:
    from arrears.store.tables.statement import StatementLine

    return int(StatementLine.objects.using("night").filter(state="suspense").order_by("place")[0].pk)


def test_a_statement_comes_in_and_says_what_came_of_it(fred: Client) -> None:
    page = sent(fred, camt(*LINES))
    assert "Reading the file" in page
    assert page.rstrip().endswith("</html>")
    assert states() == ["posted", "suspense", "suspense"]
    assert "came in before" in sent(fred, camt(*LINES))
    assert "Nothing of this file came in" in sent(fred, camt(*LINES)[:-30])
    assert "agrees" in fred.get("/bank/statements/").content.decode()


def test_a_line_goes_to_a_debt_by_one_button_and_comes_back(fred: Client, town: Any) -> None:
    sent(fred, camt(*LINES))
    waits = first_waiting()
    page = fred.get(f"/bank/?line={waits}").content.decode()
    assert f'name="account" value="{town.people.placed}" data-key="1"' in page
    assert "payer&#x27;s name is the same" in page or "name alike" in page
    fred.post(f"/bank/{waits}/", {"account": town.people.placed, "payer": "spouse"})
    assert states() == ["posted", "posted", "suspense"]
    answer = fred.post(f"/bank/{waits}/", {"account": town.people.kept})
    assert answer.status_code == 422
    fred.post(f"/bank/{waits}/", {"undo": "", "note": "wrong debt"})
    assert states() == ["posted", "suspense", "suspense"]


def test_lines_are_split_parked_and_put_aside(fred: Client) -> None:
    sent(fred, camt(*LINES))
    waits = first_waiting()
    assert fred.post(f"/bank/{waits}/", {"parts": "L-1 20.00; L-9 13.00"}).status_code == 422
    fred.post(f"/bank/{waits}/", {"parts": "L-1 20.00; L-2 13.00"})
    other = first_waiting()
    assert fred.post(f"/bank/{other}/", {"park": "", "note": ""}).status_code == 422
    fred.post(f"/bank/{other}/", {"park": "", "note": "ask the bank"})
    assert states() == ["posted", "posted", "parked"]
    assert "$7.00" in fred.get("/bank/suspense/").content.decode()
    fred.post(f"/bank/{other}/", {"not-ours": "", "note": "interest"})
    assert states() == ["posted", "posted", "not_ours"]
    assert "Nothing is in suspense" in fred.get("/bank/suspense/").content.decode()


def test_who_may_not_decide_cannot_and_another_organisation_sees_nothing(fred: Client, town: Any) -> None:
    sent(fred, camt(*LINES))
    waits = first_waiting()
    ann, charlie = Client(SERVER_NAME="localhost"), Client(SERVER_NAME="localhost")
    ann.post("/sign-in/", {"username": "ann", "password": PASSWORD})
    charlie.post("/sign-in/", {"username": "charlie", "password": PASSWORD})
    assert ann.get("/bank/").status_code == 200
    assert ann.post(f"/bank/{waits}/", {"account": town.people.placed}).status_code == 403
    assert ann.post("/bank/import/").status_code == 403
    assert "Wang" not in charlie.get("/bank/").content.decode()


@pytest.mark.parametrize(
    ("language", "words"), [("es", "Líneas del banco pendientes"), ("zh-hans", "待处理的银行流水")]
)
def test_the_pages_speak_three_languages(fred: Client, language: str, words: str) -> None:
    from arrears.store.tables.staff import Staff

    sent(fred, camt(*LINES))
    Staff.objects.using("night").filter(username="fred").update(language=language)
    other = Client(SERVER_NAME="localhost", headers={"accept-language": language})
    other.post("/sign-in/", {"username": "fred", "password": PASSWORD})
    assert words in other.get("/bank/").content.decode()
