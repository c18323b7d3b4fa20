"""What the gate warns about waits for a named human, goes under the answer it got, and is asked again if it changes."""

from datetime import timedelta
from typing import Any

import pytest
from tests.message_desk import TUESDAY, Desk, Recorded, open_desk
from tests.working_book import hire

WARNS = "core.cease_said"


@pytest.fixture
def desk(shared_book: str) -> Desk:
    return open_desk()


def said_again(desk: Desk, loan: Any) -> None:
    """The debtor says on the telephone that contact should cease; what was said before stands no more."""
    from arrears.actions import holds
    from arrears.store.tables.promise import Hold

    before = Hold.objects.using("report").filter(person_id=loan.person, until_at=None).values_list("pk", flat=True)
    with desk.book.hands_of(desk.book.dora, desk.now.date()):
        for one in before:
            holds.release(one, "said again", now=desk.now)
        facts = {"written": False, "medium": "telephone"}
        holds.place("cease", person=loan.person, account=None, now=desk.now, facts=facts)


def warned(desk: Desk, **how: Any) -> tuple[Any, int]:
    """A loan whose debtor said on the telephone that contact should cease, and a message that has been refused."""
    loan = desk.loan()
    said_again(desk, loan)
    message = desk.queue(loan, **how)
    turn = desk.send(Recorded())
    assert (turn.message, turn.state) == (message, "refused")
    return loan, message


def waiting(desk: Desk) -> dict[int, Any]:
    from arrears.store.doors import message_warnings as rows

    with desk.book.hands_of(desk.book.dora, TUESDAY):
        return {one.id: one for group in rows.groups() for one in rows.all_of(group)}


def answer(
    desk: Desk, *messages: int, because: str = "she asked for it in writing", verb: str = "let_go", by: int = 0
) -> Any:
    from arrears.actions.messages import answering

    seen = [(one.id, one.likeness) for one in waiting(desk).values() if one.id in messages]
    with desk.book.hands_of(by or desk.book.dora, desk.now.date()):
        return getattr(answering, verb)(seen, because, now=desk.now)


def test_a_warned_message_goes_under_the_name_and_reason_of_who_answered(desk: Desk) -> None:
    _, message = warned(desk)
    assert [one["rule"] for one in waiting(desk)[message].warnings] == [WARNS]
    assert answer(desk, message).count == 1
    assert message not in waiting(desk)
    carrier = Recorded()
    assert desk.send(carrier).state == "sent"
    permit = desk.permit(desk.message(message).permit)
    assert (permit.verdict, permit.approved_by_id, permit.approved_because) == (
        "ask_human", desk.book.dora, "she asked for it in writing",
    )  # fmt: skip
    assert permit.staff_id is None
    assert len(carrier.sent) == 1
    assert "message_warning_answered" in desk.book.events(person=desk.message(message).person)


def test_nothing_goes_while_nobody_answers_and_without_a_reason_nobody_has(desk: Desk) -> None:
    _, message = warned(desk)
    assert answer(desk, message, because="  ").code == "reason_missing"
    desk.later(hours=2)
    assert desk.send(Recorded()) is None
    desk.later(days=1)
    assert desk.send(Recorded()).state == "refused"
    assert message in waiting(desk)


def test_a_collector_may_not_answer(desk: Desk) -> None:
    from arrears.actions.messages import answering

    _, message = warned(desk)
    collector = hire(desk.book.lender, ["collector"])
    seen = [(message, waiting(desk)[message].likeness)]
    with desk.book.hands_of(collector, TUESDAY):
        refused: Any = answering.let_go(seen, "I say so", now=desk.now)
    assert refused.code == "may_not_decide"
    assert message in waiting(desk)


def test_a_changed_warning_asks_again(desk: Desk) -> None:
    loan, message = warned(desk)
    desk.later(days=1)
    answer(desk, message)
    said_again(desk, loan)
    carrier = Recorded()
    assert desk.send(carrier).state == "refused"
    assert carrier.sent == []
    assert message in waiting(desk)
    answer(desk, message, because="asked for it again")
    assert desk.send(carrier).state == "sent"
    assert desk.permit(desk.message(message).permit).approved_because == "asked for it again"


@pytest.mark.parametrize("change", [{"roles": ["collector"]}, {"is_active": False}])
def test_an_answer_falls_with_the_leave_of_whoever_gave_it_and_another_human_is_asked(
    desk: Desk, change: dict[str, Any]
) -> None:
    from arrears.store.tables.staff import Staff

    lead = hire(desk.book.lender, ["supervisor"])
    _, message = warned(desk)
    answer(desk, message, by=lead)
    Staff.objects.using("night").filter(pk=lead).update(**change)
    carrier = Recorded()
    assert desk.send(carrier).state == "refused"
    assert message in waiting(desk)
    answer(desk, message, because="asked again")
    assert desk.send(carrier).state == "sent"
    assert desk.permit(desk.message(message).permit).approved_by_id == desk.book.dora


def test_an_answer_falls_with_the_words_that_were_read(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    from dataclasses import replace

    from arrears.actions.messages import answering, composing
    from arrears.packs.messages import templates

    _, message = warned(desk)
    answer(desk, message)
    before = templates()["arrears_reminder"]
    other = replace(before, words=before.words._replace(en=f"{before.words.en} We wrote this today."))
    for module in (answering, composing):
        monkeypatch.setattr(module, "templates", lambda: {"arrears_reminder": other})
    carrier = Recorded()
    assert desk.send(carrier).state == "refused"
    assert message in waiting(desk)
    answer(desk, message, because="read the new words")
    assert desk.send(carrier).state == "sent"


def test_an_answer_survives_a_refusal_that_passes(desk: Desk) -> None:
    from arrears.actions import holds

    loan, message = warned(desk)
    answer(desk, message)
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        holds.place("moratorium", person=loan.person, account=None, until=desk.now + timedelta(hours=1), now=desk.now)
    carrier = Recorded()
    assert desk.send(carrier).state == "refused"
    assert message not in waiting(desk)
    desk.later(hours=1)
    assert desk.send(carrier).state == "sent"


def test_who_answers_what_has_changed_meanwhile_answers_nothing(desk: Desk) -> None:
    from arrears.actions.messages import answering

    _, message = warned(desk)
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        refused: Any = answering.let_go([(message, "0" * 16)], "fine", now=desk.now)
    assert refused.code == "warnings_changed"
    assert message in waiting(desk)


def test_a_declined_message_never_goes_and_keeps_who_declined_it(desk: Desk) -> None:
    from arrears.store.doors import message_warnings as rows

    _, message = warned(desk)
    assert answer(desk, message, because="leave her in peace", verb="decline").count == 1
    desk.later(days=2)
    assert desk.send(Recorded()) is None
    assert desk.message(message).state == "stopped"
    with desk.book.nobody():
        (said,) = rows.answers_of(message, using="night")
    assert (said["answered"]["because"], said["answered"]["lets_go"]) == ("leave her in peace", False)


def test_all_of_a_group_are_answered_only_as_they_were_seen(desk: Desk) -> None:
    from arrears.actions.messages import answering
    from arrears.store.doors import message_warnings as rows

    first, second = warned(desk)[1], warned(desk)[1]
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        group = next(one for one in rows.groups() if first in {item.id for item in rows.all_of(one)})
        assert second in {item.id for item in rows.all_of(group)}
        as_seen = answering.fingerprint(rows.all_of(group))
    third = warned(desk)[1]
    with desk.book.hands_of(desk.book.dora, TUESDAY):
        refused: Any = answering.all_seen(group.key, as_seen)
        seen: Any = answering.all_seen(group.key, answering.fingerprint(rows.all_of(group)))
        assert {first, second, third} <= {one for one, _ in seen}
        answered: Any = answering.let_go(seen, "each wrote to us", now=desk.now)
    assert (refused.code, answered.changed) == ("warnings_changed", 0)
    assert not waiting(desk).keys() & {first, second, third}
