"""Long work says its steps where no terminal shows a bar: a newcomer's log, a scheduler's mail."""

import io

import pytest
from rich.console import Console

from arrears.jobs.steps import counting, in_lines, saying


def test_in_a_file_each_step_is_a_line_as_it_begins_and_what_was_asked_for_stays_apart(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = io.StringIO()
    with saying(Console(file=out), "building") as say:
        say("a year of Northfield")
        seen = capsys.readouterr().err
        say("a year of Northfield")
        say("the night")
    assert seen == "building …\na year of Northfield …\n"
    assert capsys.readouterr().err == "the night …\n"
    assert out.getvalue() == ""


def test_on_a_terminal_the_steps_share_one_line_and_nothing_goes_to_standard_error(
    capsys: pytest.CaptureFixture[str],
) -> None:
    out = io.StringIO()
    with saying(Console(file=out, force_terminal=True), "building") as say:
        say("the night")
    assert "the night …" in out.getvalue()
    assert capsys.readouterr().err == ""


def test_rows_are_counted_once_for_each_tenth_of_a_file() -> None:
    lines = io.StringIO()
    count = counting(in_lines(lines))
    for done in range(0, 2001, 50):
        count("payments.csv", done, 2000)
    count("empty.csv", 0, 0)
    said = lines.getvalue().splitlines()
    assert said[:2] == ["payments.csv: 0 / 2,000 …", "payments.csv: 200 / 2,000 …"]
    assert said[-2:] == ["payments.csv: 2,000 / 2,000 …", "empty.csv: 0 / 0 …"]
    assert len(said) == 12
