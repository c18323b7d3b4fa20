"""Sorting of inbound text: how texts are read, what phrases may say, what replies come to."""

import csv
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as some

from arrears.domain.replies import Category
from arrears.engine.sorting import DOUBTFUL_PPM, SURE_PPM, Model, PhraseError, Phrases, Sorted, trained
from arrears.engine.sorting.reading import read, slips
from arrears.packs import sorting
from arrears.packs.sorting import learned

LABELS = Path(__file__).parent / "sorting_labels"


def found_in(text: str) -> set[str]:
    return {found.category.value for found in sorting.sort(text).found}


def detail(text: str, category: Category) -> dict[str, str]:
    found = sorting.sort(text).one(category)
    assert found is not None, text
    return dict(found.details)


def test_the_shipped_rules_read_and_meet_their_own_cases():
    assert sorting.check_sorting() == []


def test_every_category_has_its_rules_in_three_languages():
    held = {(rule.language, rule.category) for rule in sorting.load().rules}
    assert held == {(language, one) for language in ("en", "es", "zh") for one in Category if one is not Category.OTHER}


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("I filed chapter 7 last week", "bankruptcy"),
        ("i filed bankrupcy", "bankruptcy"),
        ("TALK TO MY LAWYER", "attorney"),
        ("my attorny handles this", "attorney"),
        ("no es mi deuda", "dispute"),
        ("No me llamen mas", "cease"),
        ("别再打电话了", "cease"),
        ("別再打電話了", "cease"),
        ("STOP", "stop_channel"),
        ("stoppp calling me", "cease"),
        ("you have the wrong number", "wrong_person"),
        ("身份證被盜用", "identity_theft"),
        ("ya pagué", "already_paid"),
        ("明天還", "promise"),
        ("perdi mi trabajo", "hardship"),
        ("I want to kill myself", "vulnerable"),
        ("quiero poner una queja", "complaint"),
    ],
)
def test_a_typical_reply_is_sorted_whatever_its_spelling(text, category):
    assert category in found_in(text)


@pytest.mark.parametrize(
    ("text", "category"),
    [
        ("the shop went bankrupt", "bankruptcy"),
        ("I might have to file bankruptcy", "bankruptcy"),
        ("I told the attorney general", "attorney"),
        ("she has power of attorney", "attorney"),
        ("cease all collection activity until you validate this debt", "cease"),
        ("please stop the automatic payment", "cease"),
        ("don't call me at work", "cease"),
        ("打错了", "cease"),
        ("no quiero declararme en bancarrota", "bankruptcy"),
    ],
)
def test_what_only_looks_like_it_is_left_alone(text, category):
    assert category not in found_in(text)


def test_several_categories_hold_at_once():
    said = found_in("This is not my debt, I filed chapter 13 and my lawyer told you to stop calling me")
    assert {"dispute", "bankruptcy", "attorney", "cease"} <= said


def test_the_words_that_show_it_stand_where_they_were_written():
    text = "Hello. Please STOP  calling me, thanks"
    found = sorting.sort(text).one(Category.CEASE)
    assert found is not None
    assert [text[one.start : one.until] for one in found.words] == [one.words for one in found.words]
    assert found.words[0].words == "STOP  calling"


def test_bare_stop_is_sure_for_its_channel_and_a_doubt_for_all_contact():
    said = sorting.sort("Stop")
    channel, cease = said.one(Category.STOP_CHANNEL), said.one(Category.CEASE)
    assert channel is not None
    assert cease is not None
    assert (channel.is_sure, cease.is_sure, said.is_sure) == (True, False, False)


def test_nothing_found_is_other_and_never_sure():
    said = sorting.sort("see you")
    assert [found.category for found in said.found] == [Category.OTHER]
    assert not said.is_sure


def test_what_was_said_beside_it_is_kept():
    assert detail("I filed chapter seven, case no. 24-10233", Category.BANKRUPTCY) == {
        "chapter": "7",
        "case": "24-10233",
    }
    assert detail("My attorney is David Kim, 310-555-0142", Category.ATTORNEY) == {
        "name": "David Kim",
        "telephone": "310-555-0142",
    }
    assert detail("stop texting me", Category.STOP_CHANNEL) == {"medium": "text"}
    assert detail("only by mail please", Category.STOP_CHANNEL) == {"medium": "phone"}
    assert detail("I will pay $50.25 on friday", Category.PROMISE) == {"amount": "50.25", "when": "on friday"}
    assert detail("周五还500元", Category.PROMISE) == {"amount": "500", "currency": "CNY", "when": "周五"}


def test_language_is_told_by_its_small_words():
    assert [sorting.sort(text).language for text in ("I owe nothing", "no es mi deuda", "我不欠钱")] == [
        "en",
        "es",
        "zh",
    ]


def test_a_slip_is_forgiven_but_a_true_word_is_not_bent():
    forgiven = slips(["contact", "bankruptcy"], never=["contract"])
    assert forgiven["contcat"] == "contact"
    assert forgiven["bankrupcty"] == "bankruptcy"
    assert "contract" not in forgiven
    assert "contact" not in forgiven


@given(some.text(max_size=200))
@settings(deadline=None)
def test_any_text_is_sorted_and_every_passage_lies_inside_it(text):
    said = sorting.sort(text)
    assert said.found
    for found in said.found:
        assert all(0 <= one.start < one.until <= len(text) for one in found.words)


@given(some.text(max_size=80))
@settings(deadline=None)
def test_each_word_as_read_knows_its_place(text):
    reading = read(text)
    assert len(reading.starts) == len(reading.places) == len(reading.tokens())
    assert all(start < until for start, until in reading.places)


def places(phrase: str, text: str) -> int:
    return len(Phrases.of([phrase], {}).places(read(text).joined))


def test_phrases_look_over_few_words_and_never_over_a_sentence_end():
    assert places("stop .. calling", "stop all of it calling") == 1
    assert places("stop .. calling", "stop all of it for calling") == 0
    assert places("stop .. calling", "stop. calling") == 0
    assert places("^ stop $", "STOP!") == 1
    assert places("^ stop $", "stop by") == 0
    assert places("harass*", "harassing") == 1
    assert places("stop [this] (now|today)", "stop now") == 1


@pytest.mark.parametrize("phrase", ["(open", "closed)", "Capital", "<nowhere>", "a&b"])
def test_a_phrase_that_is_none_is_refused(phrase):
    with pytest.raises(PhraseError):
        Phrases.of([phrase], {})


CEASE = ["stop calling", "do not call", "leave me alone", "no calls", "quit it", "end this", "cease now", "not again"]
KIND = ["thank you", "see you", "good day", "hello there", "my address", "a letter", "what time", "fine with me"]


def model() -> Model:
    said = [frozenset({Category.CEASE})] * len(CEASE) + [frozenset()] * len(KIND)
    return trained([*CEASE, *KIND], said)


def test_a_trained_model_learns_and_comes_back_from_its_bytes():
    learned = model()
    assert (
        learned.chances("please stop calling")[Category.CEASE] > 500_000 > learned.chances("thank you")[Category.CEASE]
    )
    again = Model.from_bytes(learned.to_bytes())
    assert again.chances("leave us alone") == learned.chances("leave us alone")
    assert (again.weights == model().weights).all()


def test_the_shipped_model_hears_what_no_phrase_finds_and_only_as_a_doubt():
    text = "It would be a mercy if the phone went silent from your side"
    assert sorting.by_rules(text).one(Category.CEASE) is None
    found = sorting.sort(text).one(Category.CEASE)
    assert found is not None
    assert not found.is_sure


@pytest.mark.parametrize(
    "text", ["I never filed bankruptcy", "I have power of attorney for her", "I never hired a lawyer"]
)
def test_the_model_is_not_heard_where_a_phrase_was_taken_back(text):
    assert not found_in(text) & {"bankruptcy", "attorney"}


def test_a_pause_keeps_a_denial_from_taking_back_what_follows():
    assert {"cease", "bankruptcy"} <= found_in("Do not call me, I am in bankruptcy")
    assert {"cease", "attorney"} <= found_in("Don't contact me - I have a lawyer")


def test_the_same_examples_teach_the_same_model():
    texts, labels = zip(*learned.examples()[:400], strict=True)
    assert (trained(texts, labels).weights == trained(texts, labels).weights).all()


@pytest.mark.parametrize(
    "text",
    [
        "Please call me tomorrow",
        "I look forward to hearing from you",
        "Please don't delete my number",
        "my new number, call back later",
        "let me be honest, I forgot",
        "I asked the bank to stop the payment",
        "por favor llámenme en la tarde",
        "no borren mi número",
        "déjenme un mensaje",
        "麻烦你们给我打个电话",
        "别忘了联系我",
        "不要删我的号码",
    ],
)
def test_who_asks_for_contact_is_not_taken_to_refuse_it(text):
    assert "cease" not in found_in(text)


@pytest.mark.parametrize(
    "text",
    [
        "my brother in law is bankrupt",
        "I am not bankrupt",
        "mi compadre está en quiebra",
        "我同事破产了",
        "this will bankrupt me",
    ],
)
def test_the_bankruptcy_of_another_or_of_nobody_is_none(text):
    assert "bankruptcy" not in found_in(text)


def test_what_asks_for_the_opposite_silences_the_model_and_no_phrase():
    rule = next(one for one in sorting.load().rules if one.id == "sorting/en/cease")
    reading = read("please call me")
    assert rule.found_in(reading, []).is_taken_back
    assert "cease" in found_in("please call me a cab and never contact me again")


def test_the_model_reads_misspelt_words_as_the_phrases_do():
    shipped = learned.model()
    assert shipped.chances("plz leve me", {"plz": "please", "leve": "leave"}) == shipped.chances("please leave me")
    assert shipped.chances("plz leve me") != shipped.chances("please leave me")


def test_no_text_kept_apart_is_among_the_examples_that_ship():
    taught = {text.strip().lower() for text, _ in learned.examples()}
    for name in ("own_held_out", "own_later_held_out", "own_last_held_out"):
        with (LABELS / f"{name}.csv").open(encoding="utf-8", newline="") as file:
            assert not [row["id"] for row in csv.DictReader(file) if row["text"].strip().lower() in taught]


def test_bytes_that_are_no_model_are_refused():
    with pytest.raises(ValueError, match="not a model"):
        Model.from_bytes(b"something else")


def test_the_model_alone_makes_a_doubt_and_never_a_certainty():
    text = "not again, end this"
    assert sorting.by_rules(text).one(Category.CEASE) is None
    found = sorting.sort(text, model=model()).one(Category.CEASE)
    assert found is not None
    assert DOUBTFUL_PPM <= found.certainty_ppm < SURE_PPM
    assert found.words == ()


def test_too_few_examples_teach_nothing():
    with pytest.raises(ValueError, match="no category"):
        trained(["a", "b"], [frozenset({Category.CEASE}), frozenset()])


def test_a_rule_in_doubt_is_lifted_where_the_model_agrees():
    said: Sorted = sorting.sort("end this now, tired of the calls", model=model())
    found = said.one(Category.CEASE)
    assert found is not None
    assert found.certainty_ppm == SURE_PPM


def test_a_spanish_text_that_says_no_is_not_read_as_english_only():
    said = sorting.sort("No debo nada. No me vuelvan a llamar ni a escribir.")
    assert said.has(Category.DISPUTE)
    assert said.has(Category.CEASE)


def test_an_english_text_of_no_and_me_is_not_read_as_spanish_only():
    assert sorting.sort("LEAVE ME ALONE. NO MORE CALLS NO MORE LETTERS.").has(Category.CEASE)


def test_the_point_of_an_abbreviation_ends_no_sentence():
    assert sorting.sort("Filed ch. 13 in Oct.").has(Category.BANKRUPTCY)


def test_a_common_short_spelling_is_read_as_the_word():
    assert sorting.sort("this was already payed in full by debit card").has(Category.ALREADY_PAID)
