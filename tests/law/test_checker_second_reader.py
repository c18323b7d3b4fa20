"""Words that no rule names, but that are like words that break one, are flagged by what is learned from examples."""

from dataclasses import replace

import pytest

from arrears.engine.checker import Decided, Kind, Setting
from arrears.engine.checker.likeness import BLOCKS, FLAGS, learned
from arrears.engine.checker.report import Category
from arrears.packs import checker
from arrears.packs.checker import learned as teaching
from arrears.packs.checker.others import words_of_packs

EXAMPLES = (
    *(("en", Category.ARREST, f"{who} will drag you to the dungeon {when}") for who in "ABCD" for when in "WXYZ"),
    *(("en", Category.INSULT, f"you smell like a {what} swamp {when}") for what in "EFGH" for when in "WXYZ"),
    *(("en", None, f"please pay {what} by card or call us {when}") for what in "IJKLMN" for when in "WXYZ"),
)
TAUGHT = learned(EXAMPLES)


@pytest.mark.parametrize(
    ("words", "category"),
    [
        ("they will drag you to a dungeon soon", Category.ARREST),
        ("really you smell like a swamp today", Category.INSULT),
        ("please pay today by card or call us", None),
        ("nobody has ever heard any of this", None),
        ("dungeon", None),
    ],
)
def test_words_are_like_the_examples_whose_words_they_share(words: str, category: Category | None):
    alike = TAUGHT.most_alike(words, "en")
    assert (alike and alike.category) == category


def test_the_two_sentences_most_alike_are_named_and_not_the_whole_text():
    kind = "please pay by card or call us. "
    text = f"{kind}{kind}they will drag you to the dungeon. we will drag you to the dungeon. {kind}"
    alike = TAUGHT.most_alike(text, "en")
    assert alike is not None
    assert "drag you" in text[alike.start : alike.until]
    assert alike.until - alike.start < len(text) - 2 * len(kind)


def test_a_point_within_a_figure_ends_no_sentence():
    text = "they will drag you to the dungeon. they will drag you for 1.250 to the dungeon"
    alike = TAUGHT.most_alike(text, "en")
    assert alike is not None
    assert text[alike.start : alike.until] == text


def test_a_language_that_nobody_taught_is_like_nothing():
    assert TAUGHT.most_alike("they will drag you to the dungeon", "es") is None
    assert TAUGHT.most_alike("they will drag you to the dungeon", None) is None


def test_the_same_examples_teach_the_same():
    assert learned(EXAMPLES) == TAUGHT


def test_more_is_asked_to_stop_words_than_to_flag_them():
    assert set(FLAGS) == set(BLOCKS) == {"en", "es", "zh"}
    assert all(BLOCKS[language] > FLAGS[language] for language in FLAGS)


WORDS = "They will drag you to the dungeon."
BARE = replace(checker.read_checker()[0], likeness=TAUGHT, speaking=teaching.SPEAKING)


def _found(setting: Setting) -> list[tuple[str, str]]:
    return [(one.rule, one.words) for one in BARE.check(WORDS, language="en", setting=setting).findings]


def test_what_is_alike_is_found_in_the_name_of_the_rule_of_its_category():
    assert _found(Setting()) == [("core.arrest", WORDS)]


@pytest.mark.parametrize("kind", [Kind.NOTE, Kind.TRANSCRIPT, Kind.TEMPLATE, Kind.LETTER, Kind.COMPLAINT])
def test_only_messages_are_read_for_likeness(kind: Kind):
    assert _found(Setting(kind=kind)) == []


def test_nothing_is_alike_where_a_step_is_decided():
    assert _found(Setting(decided=frozenset({Decided.SUIT}))) == []


def test_where_a_rule_speaks_the_second_reader_is_not_asked():
    found = BARE.check(f"You idiot. {WORDS}", language="en").findings
    assert {one.rule for one in found} == {"core.insult"}


def test_every_category_it_can_name_has_a_rule_that_ships():
    known = {rule.id: rule for rule in BARE.rules}
    assert [name for category, name in teaching.SPEAKING.items() if known[name].category is not category] == []


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_the_words_that_ship_are_like_no_breach(language: str):
    said = [words for _, tongue, words, _ in words_of_packs() if tongue == language]
    made = checker.checker().likeness
    assert made is not None
    assert len(said) > 50
    assert [words for words in said if made.most_alike(words.lower(), language)] == []


@pytest.mark.parametrize("words", ["Nobody will be arrested.", "We will not call your employer about this account."])
def test_what_a_rule_saw_denied_is_like_no_breach(words: str):
    assert checker.check(words, language="en").findings == ()
