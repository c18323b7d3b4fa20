"""What people say of times and places that do not suit, in three languages, and the windows that it comes to."""

from datetime import UTC, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.domain.contacts import Channel, Medium, PointUse, Purpose, Role, Source
from arrears.domain.holds import Preference, PreferenceKind
from arrears.engine.gate.asking import Address, Case, Collector, CollectorKind, Known, Proposal
from arrears.engine.gate.kinds.unsuited import Unsuited
from arrears.engine.wishes import hear

ALL = "0123456"
WEEK, ENDS = "01234", "56"

NOON = datetime(2026, 6, 1, 12, tzinfo=UTC)


def said(windows) -> set[str]:
    return {
        f"{''.join(map(str, sorted(w.days)))} {w.start:%H:%M}-{'24:00' if w.until.hour == w.until.minute == 0 else w.until.strftime('%H:%M')}"
        for w in windows
    }


CASES = [
    ("Don't call me before 10am", {f"{ALL} 00:00-10:00"}),
    ("never call after 8 pm", {f"{ALL} 20:00-24:00"}),
    ("I'm busy 9 to 5", {f"{ALL} 09:00-17:00"}),
    ("I work from 9 to 5 on weekdays", {f"{WEEK} 09:00-17:00"}),
    ("not on weekends", {f"{ENDS} 00:00-24:00"}),
    ("Please do not call on Sundays.", {"6 00:00-24:00"}),
    ("only call me after 6pm", {f"{ALL} 00:00-18:00"}),
    ("You can reach me between 2 and 4 pm", {f"{ALL} 00:00-14:00", f"{ALL} 16:00-24:00"}),
    ("call me on Saturday mornings only", {"5 12:00-24:00", "012346 00:00-24:00"}),
    ("I sleep until noon, I work nights", {f"{ALL} 00:00-12:00", f"{ALL} 20:00-24:00"}),
    ("no calls Monday through Wednesday", {"012 00:00-24:00"}),
    ("PLEASE DONT CALL IN THE MORNING", {f"{ALL} 00:00-12:00"}),
    ("I'm available after 18:30", {f"{ALL} 00:00-18:30"}),
    ("No me llamen antes de las 10 de la mañana", {f"{ALL} 00:00-10:00"}),
    ("Trabajo de 9 a 18 de lunes a viernes", {f"{WEEK} 09:00-18:00"}),
    ("no me llamen los domingos", {"6 00:00-24:00"}),
    ("Llámeme solo después de las 7 de la tarde", {f"{ALL} 00:00-19:00"}),
    ("nunca los fines de semana", {f"{ENDS} 00:00-24:00"}),
    ("I'm on shift from 10pm until 6am", {f"{ALL} 22:00-24:00", f"{ALL} 00:00-06:00"}),
    ("llamen después del trabajo", {f"{ALL} 00:00-18:00"}),
    ("请在下班以后联系", {f"{ALL} 00:00-18:00"}),
    ("Por favor no llame por la noche", {f"{ALL} 20:00-24:00"}),
    ("solo por las mañanas", {f"{ALL} 12:00-24:00"}),
    ("no me llamen a partir de las 21:00", {f"{ALL} 21:00-24:00"}),
    ("Prefiero que me llamen entre las 4 y las 6 de la tarde", {f"{ALL} 00:00-16:00", f"{ALL} 18:00-24:00"}),
    ("周末不要打电话", {f"{ENDS} 00:00-24:00"}),
    ("上午不方便，我在上班", {f"{ALL} 00:00-12:00"}),
    ("晚上七点以后再打给我", {f"{ALL} 00:00-19:00"}),
    ("请不要在早上9点之前打", {f"{ALL} 00:00-09:00"}),
    ("我周一到周五9点到18点上班", {f"{WEEK} 09:00-18:00"}),
    ("只能下午三点半到五点联系我", {f"{ALL} 00:00-15:30", f"{ALL} 17:00-24:00"}),
    ("星期天别打", {"6 00:00-24:00"}),
    ("晚上10点以后不要打电话", {f"{ALL} 22:00-24:00"}),
]


@pytest.mark.parametrize(("words", "windows"), CASES, ids=[words for words, _ in CASES])
def test_what_was_said_becomes_the_times_that_do_not_suit(words, windows):
    assert set().union(*(said(one.windows) for one in hear(words))) == windows


@pytest.mark.parametrize(
    "words",
    ["don't call me at work", "Do not call my work number.", "no me llame al trabajo", "别打到我单位", "不要往公司打"],
)
def test_a_place_that_does_not_suit_is_a_wish_of_its_own(words):
    [wish] = hear(words)
    assert wish.places == {PointUse.WORK}
    assert wish.windows == ()


@pytest.mark.parametrize(
    "words",
    [
        "I will pay 500 on Friday",
        "I paid on Monday",
        "Thank you, that is fine.",
        "I owe you $9 to $5",
        "Ya pagué el lunes",
        "我星期五付款",
        "the amount is wrong",
        "",
    ],
)
def test_words_that_say_nothing_of_the_kind_are_no_wish(words):
    assert hear(words) == ()


@pytest.mark.parametrize(
    ("words", "is_sure"),
    [("call me after 6", False), ("call me after 6 pm", True), ("call me after 18:00", True), ("busy 9 to 5", False)],
)
def test_an_hour_that_nobody_placed_in_the_day_is_a_guess(words, is_sure):
    [wish] = hear(words)
    assert wish.is_sure is is_sure


def test_a_wish_about_texts_is_not_one_about_calls():
    [wish] = hear("don't text me after 9pm")
    assert wish.media == {Medium.TEXT}


def test_each_wish_keeps_the_words_it_was_read_from():
    first, second = hear("Don't call me at work. Only after 6pm please call me at home")
    assert "work" in first.words
    assert "6pm" in second.words


@given(st.text(max_size=400))
@settings(deadline=None, max_examples=200)
def test_no_text_breaks_the_reading(words):
    for language in ("", "en", "es", "zh"):
        for wish in hear(words, language):
            assert wish.windows or wish.places


@pytest.mark.parametrize(
    ("words", "quoted"),
    [("Not at work. ", "Not at work"), ("别打到单位。", "别打到单位"), ("Not at work!", "Not at work!")],
)
def test_what_was_said_is_quoted_without_the_stop_that_ends_the_sentence_about_it(words, quoted):
    asked = Proposal(
        at=NOON, collector=Collector(organisation="X", kind=CollectorKind.AGENCY), person="P", role=Role.DEBTOR,
        basis=None, debts=(), channel=Channel.CALL, purpose=Purpose.COLLECT, address=Address(id="desk", use=PointUse.WORK, source=Source.CONTRACT),
    )  # fmt: skip
    wish = Preference(kind=PreferenceKind.PLACE, person="P", since=NOON, words=words, places=frozenset({PointUse.WORK}))
    rule = Unsuited(frozenset({PreferenceKind.PLACE}))
    (found,) = rule.bars(Case.of(asked, Known(preferences=(wish,), zones=("UTC",))))
    assert found.facts == {"said": quoted}
