"""The grammar of cells and tables, at its boundaries, and what is said where it is not met."""

import pytest

from arrears.engine.tables import (
    Table,
    compiled,
    ordered,
    proof_problems,
    read_constant,
    read_nevers,
    read_table,
    read_test,
)
from arrears.facts.fact import NULL, Code, Fact
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text

WORDS = Text("w", "w", "w")
HERE = Where("rule.yaml", 2, "days")
DAYS = Fact("days", "days", "days", "test", WORDS, WORDS, absent=NULL, low=0, high=400)
DUE = Fact("due", "date", "day", "test", WORDS)
LATE = Fact("late", "flag", "", "test", WORDS)
CODES = (Code(1, "one", WORDS), Code(2, "two", WORDS), Code(3, "three", WORDS))
KIND = Fact("kind", "code", "", "test", WORDS).with_codes(CODES)
SET = Fact("marks", "set", "", "test", WORDS).with_codes(CODES)
FACTS = {fact.name: fact for fact in (DAYS, DUE, LATE, KIND, SET)}


@pytest.mark.parametrize(
    ("cell", "spans"),
    [
        ("5", ((5, 6),)),
        ("< 5", ((0, 5),)),
        ("<=5", ((0, 6),)),
        ("> 5", ((6, 401),)),
        (">= 5", ((5, 401),)),
        ("[1..5]", ((1, 6),)),
        ("(1..5)", ((2, 5),)),
        ("]1..5[", ((2, 5),)),
        ("[1..5)", ((1, 5),)),
        ("1, 3, 2", ((1, 4),)),
        ("null", ((NULL, NULL + 1),)),
        ("null, < 2", ((NULL, NULL + 1), (0, 2))),
        ("not(5)", ((0, 5), (6, 401))),
        ("not([1..5], > 300)", ((0, 1), (6, 301))),
        ("not(null)", ((0, 401),)),
        ("-", ((NULL, NULL + 1), (0, 401))),
    ],
)
def test_a_cell_lets_exactly_its_values_through(cell: str, spans: object) -> None:
    assert read_test(cell, DAYS, HERE) == spans


def test_dates_flags_and_codes_are_written_by_name() -> None:
    assert read_test("1970-01-02", DUE, HERE) == ((1, 2),)
    assert read_test('date("1970-01-02")', DUE, HERE) == ((1, 2),)
    assert read_test("[1970-01-01..1970-01-31]", DUE, HERE) == ((0, 31),)
    assert read_test("true", LATE, HERE) == ((1, 2),)
    assert read_test('"two", three', KIND, HERE) == ((2, 4),)
    assert read_constant("one + three", SET, HERE) == 0b1010
    assert read_constant("none", SET, HERE) == 0


@pytest.mark.parametrize(
    ("cell", "fact", "code"),
    [
        ("five", DAYS, "cell_unreadable"),
        ("", DAYS, "cell_unreadable"),
        ("1.5", DAYS, "cell_unreadable"),
        ("> other_fact", DAYS, "cell_unreadable"),
        ("401", DAYS, "value_out_of_range"),
        ("[5..1]", DAYS, "interval_empty"),
        ("(4..5)", DAYS, "interval_empty"),
        ("null", LATE, "null_impossible"),
        ("> true", LATE, "cell_unreadable"),
        ("four", KIND, "value_unknown"),
        ("2026-02-30", DUE, "cell_unreadable"),
        ("one", SET, "set_as_condition"),
    ],
)
def test_a_cell_that_does_not_read_says_where_and_what_to_do(cell: str, fact: Fact, code: str) -> None:
    found = read_test(cell, fact, HERE)
    assert isinstance(found, Problem)
    assert found.code == code
    assert found.where == HERE
    for tongue in ("en", "es", "zh"):
        assert "{" not in found.said_in(tongue)


def codes_of(text: str) -> list[str]:
    table, problems = read_table("t", text, FACTS)
    assert (table is None) == bool(problems)
    return [found.code for found in problems]


@pytest.mark.parametrize(
    ("text", "codes"),
    [
        ("", ["heading_wrong"]),
        ("| any | days | => kind |\n| a | - | one |", ["heading_wrong"]),
        ("| unique | days |\n| a | - |", ["heading_wrong"]),
        ("| unique | => kind | days |\n| a | one | - |", ["heading_wrong"]),
        ("| unique | days | days | => kind |\n| a | - | - | one |", ["heading_wrong"]),
        ("| unique | days | => kind |", ["table_empty"]),
        ("| unique | dayz | => kynd |\n| a | - | one |", ["fact_unknown", "fact_unknown"]),
        ("| unique | days | => kind |\n| a | - |", ["row_width"]),
        ("| unique | days | => kind |\n| a | 1 | one |\n| a | 2 | one |", ["row_name_twice"]),
        ("| unique | days | => kind |\n| a | x | four |", ["cell_unreadable", "value_unknown"]),
        ("| collect | days | => kind |\n| a | 1 | one |", ["answer_kind"]),
        ("| severest | kind | => days |\n| a | one | 1 |", ["answer_kind"]),
    ],
)
def test_a_table_that_does_not_read_says_everything_that_is_wrong(text: str, codes: list[str]) -> None:
    assert codes_of(text) == codes


def test_rulers_and_remarks_are_left_out_of_the_meaning() -> None:
    text = "| unique | days | => kind | // why |\n|---|---|---|---|\n| a | - | one | because |"
    table, problems = read_table("t", text, FACTS)
    assert not problems
    assert table
    assert (table.rows[0].answers, table.rows[0].note) == ((1,), "because")


def read(text: str, table_id: str = "t", *, never: dict[str, str] | None = None) -> Table:
    constraint = {"never": never, "because": dict.fromkeys(("en", "es", "zh"), "so")}
    nevers, wrong = read_nevers([constraint] if never else [], FACTS, "t.yaml")
    table, problems = read_table(table_id, text, FACTS, nevers)
    assert not wrong
    assert table, problems
    return table


def test_a_gap_is_shown_by_an_account_and_closed_by_a_constraint() -> None:
    text = "| unique | late | kind | => days |\n| a | true | - | 1 |\n| b | false | one, two | 2 |"
    found = proof_problems(read(text), "t.yaml")
    assert [problem.code for problem in found] == ["gap"]
    assert found[0].said_in("en").startswith("t.yaml: No row answers: late = false, kind = three.")
    assert proof_problems(read(text, never={"late": "false", "kind": "three"})) == []


def test_an_overlap_names_both_rows_and_an_account_and_first_allows_it() -> None:
    text = "| unique | late | kind | => days |\n| a | true | - | 1 |\n| b | - | one | 2 |\n| c | false | not(one) | 3 |"
    found = proof_problems(read(text))
    assert [problem.code for problem in found] == ["overlap"]
    assert "Rows a, b both answer: late = true, kind = one." in found[0].reason.en
    assert proof_problems(read(text.replace("unique", "first"))) == []


def test_a_row_behind_a_wider_one_is_unreachable() -> None:
    text = "| first | late | => days |\n| a | - | 1 |\n| b | true | 2 |"
    found = proof_problems(read(text))
    assert [(problem.code, problem.where.row) for problem in found] == [("unreachable", 2)]
    assert "late = true" in found[0].reason.zh


def test_a_row_that_no_possible_account_meets_is_unreachable_in_collect_too() -> None:
    text = "| collect | late | kind | => marks |\n| a | true | one | one |\n| b | - | two | two |"
    found = proof_problems(read(text, never={"late": "true", "kind": "one"}))
    assert [problem.code for problem in found] == ["unreachable"]


def test_a_table_too_wide_to_prove_says_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("arrears.engine.tables.proof.NODE_LIMIT", 2)
    text = "| unique | late | kind | => days |\n| a | true | one | 1 |\n| b | false | two | 2 |"
    assert [problem.code for problem in proof_problems(read(text))] == ["too_wide_to_prove"]


def test_two_tables_may_not_answer_the_same_fact_nor_wait_for_each_other() -> None:
    first = read("| unique | late | => kind |\n| a | - | one |", "x")
    second = read("| unique | days | => kind |\n| a | - | one |", "y")
    circle = read("| unique | kind | => late |\n| a | - | true |", "z")
    assert [found.code for found in ordered([first, second])[1]] == ["answered_twice"]
    assert [found.code for found in ordered([first, circle])[1]] == ["tables_in_a_circle"]
    with pytest.raises(ValueError, match="wait for each other"):
        compiled([first, circle])


@pytest.mark.parametrize("item", [{}, {"never": {"late": "true"}}, {"never": {}, "because": {"en": "x"}}])
def test_a_constraint_that_does_not_read_says_so(item: dict[str, object]) -> None:
    nevers, problems = read_nevers([item], FACTS, "t.yaml")
    assert nevers == ()
    assert [found.code for found in problems] == ["constraint_unreadable"]


def test_a_constraint_over_a_fact_that_does_not_exist_says_so() -> None:
    item = {"never": {"lates": "true"}, "because": {"en": "x", "es": "x", "zh": "x"}}
    assert [found.code for found in read_nevers([item], FACTS, "t")[1]] == ["fact_unknown"]
