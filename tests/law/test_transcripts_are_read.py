"""Transcripts as text: who speaks, when, and where in which turn a span of our words stands."""

import pytest

from arrears.channels.transcripts import read_transcripts
from arrears.domain.transcripts import Speaker, Turn, as_kept, as_read, digest_of, joined, turns_of
from arrears.kernel.problems import Problem

OURS, PERSON = Speaker.OURS, Speaker.PERSON


@pytest.mark.parametrize(
    ("line", "turn"),
    [
        ("Agent: Good day", Turn(OURS, "Good day")),
        ("[00:12] Agent: Good day", Turn(OURS, "Good day", 12)),
        ("1:02:03 - Customer 2: Yes?", Turn(PERSON, "Yes?", 3723)),
        ("(75:09.50) cliente: ¿Sí?", Turn(PERSON, "¿Sí?", 4509)),
        ("坐席：您好", Turn(OURS, "您好")),
        ("Intérprete: sí", Turn(Speaker.OTHER, "sí")),
    ],
)
def test_a_line_says_when_and_who_in_three_languages(line, turn):
    assert turns_of(line) == (turn,)


def test_a_line_without_a_speaker_goes_on_with_the_turn_before_it():
    assert turns_of("Agent: Call me\nat noon: please.\n\nCustomer: Yes.") == (
        Turn(OURS, "Call me at noon: please."),
        Turn(PERSON, "Yes."),
    )


@pytest.mark.parametrize(
    ("text", "code"),
    [("Good day", "speaker_unknown"), ("", "transcript_empty"), ("Agent: " + "a" * 4001, "transcript_too_long")],
)
def test_what_is_no_transcript_says_why(text, code):
    found = turns_of(text)
    assert isinstance(found, Problem)
    assert found.code == code


def test_a_span_of_our_words_is_found_again_in_its_turn_though_it_goes_on_in_the_next():
    turns = (Turn(OURS, "You will"), Turn(PERSON, "What?"), Turn(OURS, "be arrested."))
    ours = joined(turns, OURS)
    assert ours.text == "You will\nbe arrested."
    assert ours.place(9, 20) == (2, 0, 11)
    assert ours.place(4, 20) == (0, 4, 8)


def test_the_digest_is_of_the_turns_and_of_nothing_else():
    turns = (Turn(OURS, "您好", 1),)
    assert digest_of(as_read(as_kept(turns))) == digest_of(turns)
    assert digest_of(turns) != digest_of((Turn(PERSON, "您好", 1),))


@pytest.mark.parametrize(
    ("file", "code"),
    [
        (b"\xff\xfe", "file_unreadable"),
        (b"speaker,words\nagent,Hello\n", "columns_missing"),
        (b"contact,speaker,words\n,agent,Hello\n", "contact_not_named"),
        (b"contact,speaker,words\n7,robot arm,Hello\n", "speaker_not_known"),
        (b"contact,speaker,words,at\n7,agent,Hello,noon\n", "second_unreadable"),
    ],
)
def test_a_file_that_cannot_be_read_says_where_and_why(file, code):
    (found,) = read_transcripts(file, "calls.csv")
    assert isinstance(found, Problem)
    assert found.code == code


def test_one_wrong_turn_keeps_its_whole_contact_out_and_no_other():
    file = b"contact,speaker,words\n7,agent,Hello\n8,agent,Hi\n7,nobody knows,Yes\n8,customer,Ho\n"
    wrong, right = read_transcripts(file, "calls.csv")
    assert isinstance(wrong, Problem)
    assert not isinstance(right, Problem)
    assert (right.contact, [turn.words for turn in right.turns], right.row) == (8, ["Hi", "Ho"], 2)
