"""Words made to keep the checker busy: each text here took minutes with one search that begins anew at every letter."""

import pytest

from arrears.engine.checker.report import Kind, Setting
from arrears.engine.checker.voicemail import limited
from arrears.packs import checker

_SIZE = 100_000
_HOSTILE = (
    "a ", "a.", "a", "ab.", "a*", "*", "1", "1.", "$1,", "1a", "!", "a!", "'", "-", "\n", "逮", "逮-", "mil ", "twenty ",
    "{", "<style", "я", "a@", "p*", "万",
)  # fmt: skip


@pytest.mark.parametrize("piece", _HOSTILE)
def test_long_words_of_one_piece_say_nothing(piece):
    report = checker.check((piece * _SIZE)[:_SIZE], setting=Setting(kind=Kind.TRANSCRIPT))
    assert report.findings == ()


def test_a_voicemail_that_never_ends_is_not_of_limited_content():
    words = "Please call me. " * 6_000
    assert limited(words).more == ((0, len(words)),)


def test_a_transcript_in_which_nobody_is_named_is_read_as_ours():
    report = checker.check("You will be arrested tomorrow.", setting=Setting(kind=Kind.TRANSCRIPT))
    assert "core.arrest" in {found.rule for found in report.findings}


def test_a_known_word_at_the_end_of_a_long_text_is_still_found():
    report = checker.check("a " * 40_000 + ". You will be arrested, and the p*lice will come.")
    assert any(found.rule == "core.arrest" for found in report.findings)
