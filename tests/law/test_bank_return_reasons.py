"""What banks give as reasons of return, and what follows for who collects."""

import pytest

from arrears.kernel.texts import LANGUAGES
from arrears.packs.returns import ReasonKind, Retry, reason_of, reasons


def test_every_reason_is_told_in_three_languages_with_its_source():
    assert len(reasons()) > 80
    for reason in reasons().values():
        assert all(reason.words.said_in(language) for language in LANGUAGES)
        assert reason.cited


@pytest.mark.parametrize(
    ("code", "kind", "retry"),
    [
        ("AM04", ReasonKind.FUNDS, Retry.LATER),
        ("R01", ReasonKind.FUNDS, Retry.LATER),
        ("AC04", ReasonKind.ACCOUNT, Retry.NEVER),
        ("R03", ReasonKind.ACCOUNT, Retry.CORRECTED),
        ("MD01", ReasonKind.MANDATE, Retry.NEVER),
        ("MD06", ReasonKind.REFUSED, Retry.NEVER),
        ("R10", ReasonKind.REFUSED, Retry.NEVER),
        ("R15", ReasonKind.DECEASED, Retry.NEVER),
        ("MS03", ReasonKind.UNSAID, Retry.LATER),
        ("C01", ReasonKind.CHANGE, Retry.CORRECTED),
    ],
)
def test_the_reasons_that_matter_say_what_may_follow(code, kind, retry):
    assert (reason_of(code).kind, reason_of(code).retry) == (kind, retry)


def test_a_reason_that_is_a_matter_of_authority_is_marked_as_one():
    assert reason_of("MD01").is_unauthorised
    assert reason_of("r10").is_unauthorised
    assert not reason_of("AM04").is_unauthorised


def test_an_unknown_reason_is_shown_as_it_came_and_never_tried_again_unseen():
    strange = reason_of("ZZ99")
    assert "ZZ99" in strange.words.en
    assert strange.kind is ReasonKind.UNSAID
    assert strange.is_hard
    assert reason_of("").words.en == "The bank gives no reason."
