"""Whole messages that mean stop by themselves (47 CFR 64.1200(a)(10)): each is sorted as a stop, of no other medium."""

import pytest

from arrears.domain.addresses import STOP_WORDS, is_stop
from arrears.domain.replies import Category
from arrears.packs import sorting


@pytest.mark.parametrize("word", sorted(STOP_WORDS))
def test_a_stop_word_stops_the_medium_it_came_by(word):
    """A word that is sorted as nothing would never be honoured; one read as an e-mail's would leave the texts going."""
    for said in (word, word.upper(), f" {word}. "):
        found = sorting.sort(said).one(Category.STOP_CHANNEL)

        assert is_stop(said)
        assert found is not None, said
        assert found.details.get("medium", "text") == "text"


def test_words_that_name_another_medium_stop_that_one():
    found = sorting.sort("please unsubscribe me from your emails").one(Category.STOP_CHANNEL)

    assert found is not None
    assert found.details["medium"] == "email"
