"""How contacts end: every code fixes what follows, and there is no way to say nothing."""

import pytest
import yaml

from arrears.domain.contacts import EFFECTS
from arrears.kernel.texts import LANGUAGES
from arrears.packs import dispositions as packs
from arrears.packs.dispositions import Level, Need, NextDate, dispositions, skip_reasons, verification_items
from arrears.packs.loading import load
from arrears.packs.sources import ROOT


@pytest.mark.parametrize("ending", dispositions().values(), ids=str)
def test_every_ending_fixes_what_it_was_and_what_follows(ending):
    assert all(ending.words.said_in(language).strip() for language in LANGUAGES)
    assert load().facts["next_action"].number_of(ending.next_step) is not None
    assert EFFECTS[ending.outcome].is_reached == (ending.level in {Level.RIGHT_PARTY, Level.PROMISE})
    assert (Need.VERIFICATION in ending.needs) == EFFECTS[ending.outcome].is_reached
    assert ending.date is NextDate.AFTER_DAYS or ending.after_days == 0


@pytest.mark.parametrize(
    "ending", [one for one in dispositions().values() if one.reason_late], ids=lambda one: one.code
)
def test_a_reason_that_an_ending_implies_is_one_of_the_list(ending):
    assert load().facts["reason_late"].number_of(ending.reason_late) is not None


def test_there_is_no_other_and_an_abusive_call_may_be_ended():
    assert not any(code == "other" or code.startswith("misc") for code in dispositions())
    abusive = [one for one in dispositions().values() if one.code.startswith("abusive")]
    assert {one.offers_break and one.tells_supervisor for one in abusive} == {True}


def test_only_what_never_rang_gives_the_permit_back():
    assert {one.code for one in dispositions().values() if one.gives_permit_back} == {"busy", "not_in_service"}


def test_every_skip_comes_back_and_has_its_words():
    for reason in skip_reasons().values():
        assert 0 <= reason.in_minutes <= 24 * 60
        assert all(reason.words.said_in(language).strip() for language in LANGUAGES)


def test_there_are_enough_items_to_ask_for_two():
    assert len(verification_items()) >= 4


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"after_days": 1, "date": "promised"}, "either after_days or whose date"),
        ({"date": "after_days"}, "either after_days or whose date"),
        ({"after_days": 1, "counter": "given_back"}, "says given_back"),
    ],
)
def test_an_ending_that_leaves_something_open_is_refused(change, message):
    line = {
        "code": 1, "name": "trial", "en": "Trial", "es": "Prueba", "zh": "试用", "outcome": "no_answer",
        "counts_as": "attempt", "address": "keep", "counter": "spent", "next": "call",
    }  # fmt: skip
    with pytest.raises(ValueError, match=message):
        packs._disposition({**line, **change})


def test_no_code_is_given_twice():
    for name in ("dispositions", "skips", "verification"):
        codes = yaml.safe_load((ROOT / "outcomes" / f"{name}.yaml").read_text(encoding="utf-8"))["codes"]
        assert len({code["name"] for code in codes}) == len({code["code"] for code in codes}) == len(codes)
