"""An answer to a warning holds while the warning says the same, and for that warning alone."""

from typing import Any

from arrears.domain.warnings import Approval, approval, waits_for_a_human, with_answers, without_fallen

FOUR = {"rule": "us.regf.14a.sms", "answer": "ask_human", "reason": {"en": "4 messages"}}
FIVE = {**FOUR, "reason": {"en": "5 messages"}}
CEASE = {"rule": "core.cease_said", "answer": "ask_human", "reason": {"en": "said so"}}
NIGHT = {"rule": "core.night", "answer": "refuse", "reason": {"en": "too late"}}


def answered(
    warning: dict[str, Any], by: int = 7, because: str = "asked for", at: str = "2026-03-01"
) -> dict[str, Any]:
    return {**warning, "answered": {"by": by, "because": because, "at": at}}


def test_a_message_waits_for_a_human_where_nothing_but_warnings_is_left_open() -> None:
    assert waits_for_a_human([FOUR, CEASE])
    assert waits_for_a_human([answered(FOUR), CEASE])
    assert not waits_for_a_human([FOUR, NIGHT])
    assert not waits_for_a_human([answered(FOUR)])
    assert not waits_for_a_human([])


def test_all_warnings_answered_is_an_approval_by_the_last_with_every_reason() -> None:
    said = [answered(CEASE, by=8, because="wrote", at="2026-03-02"), answered(FOUR)]
    assert approval([FOUR, CEASE], said) == Approval(8, "asked for; wrote")


def test_a_further_warning_or_one_that_says_something_else_is_no_approval() -> None:
    assert approval([FOUR, CEASE], [answered(FOUR)]) is None
    assert approval([FIVE], [answered(FOUR)]) is None
    assert approval([FOUR], [FOUR]) is None
    assert approval([], [answered(FOUR)]) is None


def test_an_answer_stays_with_its_warning_and_behind_a_refusal() -> None:
    assert with_answers([FOUR, CEASE], [answered(FOUR)], keeps_others=False) == [answered(FOUR), CEASE]
    assert with_answers([FIVE], [answered(FOUR)], keeps_others=False) == [FIVE]
    assert with_answers([NIGHT], [answered(FOUR), CEASE], keeps_others=True) == [NIGHT, answered(FOUR)]


def test_a_record_whose_answer_has_fallen_is_as_nobody_had_answered_it() -> None:
    said = [answered(FOUR, by=7), answered(CEASE, by=8), NIGHT]
    assert without_fallen(said, lambda one: one["by"] == 8) == [FOUR, answered(CEASE, by=8), NIGHT]
