"""One meaning, three readings: masks for one account, masks for columns, and rows read one by one."""

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.engine.tables import (
    Never,
    Table,
    compiled,
    explain,
    many,
    one,
    prove,
    read_table,
    rows_holding,
)
from arrears.facts.fact import NULL, Code, Fact
from arrears.kernel.texts import Text

WORDS = Text("w", "w", "w")
DAYS = Fact("days", "days", "days", "test", WORDS, low=0, high=400)
MONEY = Fact("money", "money", "minor", "test", WORDS, low=-(10**12), high=10**12)
SEEN = Fact("seen", "count", "times", "test", WORDS, WORDS, absent=NULL, low=0, high=50)
LATE = Fact("late", "flag", "", "test", WORDS)
WHY = Fact("why", "code", "", "test", WORDS, WORDS, absent=NULL).with_codes(
    tuple(Code(number, f"c{number}", WORDS) for number in range(1, 6))
)
STEP = Fact("step", "code", "", "test", WORDS).with_codes(
    tuple(Code(number, f"s{number}", WORDS) for number in range(8))
)
MARKS = Fact("marks", "set", "", "test", WORDS).with_codes(
    tuple(Code(number, f"m{number}", WORDS) for number in range(10))
)
NEXT = Fact("next", "count", "", "test", WORDS)
INPUTS = (DAYS, MONEY, SEEN, LATE, WHY)
FACTS = {fact.name: fact for fact in (*INPUTS, STEP, MARKS, NEXT)}


def number_tests(low: int, high: int) -> st.SearchStrategy[str]:
    number = st.integers(low, high)
    ends = st.tuples(number, number).filter(lambda pair: abs(pair[0] - pair[1]) > 2).map(sorted)
    return st.one_of(
        number.map(str),
        st.tuples(st.sampled_from(["<", "<=", ">", ">="]), number).map(lambda t: f"{t[0]} {t[1]}"),
        st.tuples(ends, st.sampled_from(["[{}..{}]", "({}..{})", "]{}..{}[", "[{}..{})"])).map(
            lambda t: t[1].format(*t[0])
        ),
    )


def cells(fact: Fact) -> st.SearchStrategy[str]:
    if fact.kind == "flag":
        single = st.sampled_from(["true", "false"])
    elif fact.kind == "code":
        single = st.sampled_from([code.name for code in fact.codes])
    elif fact is MONEY:
        single = number_tests(-200_000, 200_000)
    else:
        single = number_tests(*fact.range)
    if fact.may_be_null:
        single = st.one_of(single, st.just("null"))
    lists = st.lists(single, min_size=1, max_size=3).map(", ".join)
    return st.one_of(st.just("-"), st.just("-"), lists, lists.map(lambda text: f"not({text})"))


def near(fact: Fact) -> st.SearchStrategy[int]:
    if fact is MONEY:
        return st.integers(-200_001, 200_001)
    known = st.integers(*fact.range)
    return st.one_of(known, st.just(NULL)) if fact.may_be_null else known


ACCOUNTS = st.fixed_dictionaries({fact.name: near(fact) for fact in INPUTS})


@st.composite
def tables(draw: st.DrawFn, hit: str, output: Fact, rows: tuple[int, int] = (1, 9)) -> Table:
    names = draw(st.permutations(INPUTS))[: draw(st.integers(1, len(INPUTS)))]
    answer = st.sampled_from([code.name for code in output.codes]) if output.codes else st.integers(0, 9).map(str)
    lines = [f"| {hit} | " + " | ".join(fact.name for fact in names) + f" | => {output.name} |"]
    for number in range(draw(st.integers(*rows))):
        asked = " | ".join(draw(cells(fact)) for fact in names)
        lines.append(f"| r{number} | {asked} | {draw(answer)} |")
    table, problems = read_table(f"t/{output.name}", "\n".join(lines), FACTS)
    assert table, [found.said_in("en") for found in problems]
    return table


def columns_of(accounts: list[dict[str, int]]) -> dict[str, np.ndarray]:
    return {fact.name: np.array([account[fact.name] for account in accounts], np.int64) for fact in INPUTS}


def plainly(table: Table, account: dict[str, int]) -> int:
    """Read the rows one by one, as a person would."""
    holding = rows_holding(table, account)
    if table.hit == "collect":
        union = 0
        for row in holding:
            union |= table.rows[row].answers[0]
        return union
    if not holding:
        return table.outputs[0].absent
    if table.hit == "severest":
        return max(table.rows[row].answers[0] for row in holding)
    return table.rows[holding[0]].answers[0]


@settings(deadline=None, max_examples=25)
@given(
    tables("first", NEXT),
    tables("severest", STEP),
    tables("collect", MARKS),
    st.lists(ACCOUNTS, min_size=1, max_size=8),
)
def test_one_many_and_the_plain_reading_agree(
    first: Table, severest: Table, collect: Table, accounts: list[dict[str, int]]
) -> None:
    program = compiled([first, severest, collect])
    answers = many(program, columns_of(accounts), len(accounts))
    for at, account in enumerate(accounts):
        expected = {table.outputs[0].name: plainly(table, account) for table in (first, severest, collect)}
        assert one(program, account).values == expected
        assert {name: int(column[at]) for name, column in answers.items()} == expected


@settings(deadline=None, max_examples=4)
@given(tables("first", NEXT, rows=(65, 70)), st.lists(ACCOUNTS, min_size=6, max_size=6))
def test_tables_of_more_than_a_machine_word_agree(table: Table, accounts: list[dict[str, int]]) -> None:
    program = compiled([table])
    column = many(program, columns_of(accounts), len(accounts))["next"]
    assert [plainly(table, account) for account in accounts] == column.tolist()
    assert [one(program, account).values["next"] for account in accounts] == column.tolist()


def test_the_hundred_and_thirtieth_row_answers_in_both_evaluators() -> None:
    lines = ["| unique | days | => next |", *(f"| r{day} | {day} | {day * 2} |" for day in range(131))]
    table, _ = read_table("t/wide", "\n".join(lines), FACTS)
    assert table
    program = compiled([table])
    assert many(program, {"days": np.arange(131)}, 131)["next"].tolist() == [day * 2 for day in range(131)]
    assert one(program, {"days": 130}).rows == {"t/wide": 130}
    assert one(program, {"days": 131}).rows == {"t/wide": None}


def test_columns_longer_than_a_block_are_answered_to_the_last_row() -> None:
    table, _ = read_table("t", "| unique | days | => next |\n| a | < 3 | 1 |\n| b | >= 3 | 2 |", FACTS)
    assert table
    days = np.arange(40_000) % 7
    assert many(compiled([table]), {"days": days}, 40_000)["next"].tolist() == [1 if d < 3 else 2 for d in days]


def test_a_table_may_ask_for_what_another_answers() -> None:
    first, _ = read_table("a", "| unique | step | => next |\n| x | s3 | 7 |\n| y | not(s3) | 1 |", FACTS)
    second, _ = read_table("b", "| unique | days | => step |\n| x | <= 5 | s2 |\n| y | > 5 | s3 |", FACTS)
    assert first
    assert second
    program = compiled([first, second])
    assert [table.id for table in program.tables] == ["b", "a"]
    assert [fact.name for fact in program.given] == ["days"]
    assert one(program, {"days": 6}).values == {"step": 3, "next": 7}
    assert many(program, {"days": np.array([5, 6])}, 2)["next"].tolist() == [1, 7]


def test_values_beyond_the_range_fall_into_the_outermost_bin_and_below_a_nullable_range_into_null() -> None:
    text = "| unique | seen | days | => next |\n| a | null | - | 1 |\n| b | < 5 | < 9 | 2 |\n| c | >= 5 | < 9 | 3 |"
    table, _ = read_table("t", text, FACTS)
    assert table
    program = compiled([table])
    seen, days = np.array([-7, 51, NULL, 0, 2**40]), np.array([0, -9, 3, 4, -(2**40)])
    expected = [1, 3, 1, 2, 3]
    assert many(program, {"seen": seen, "days": days}, 5)["next"].tolist() == expected
    both = zip(seen.tolist(), days.tolist(), strict=True)
    assert [one(program, {"seen": s, "days": d}).values["next"] for s, d in both] == expected


def every_account(table: Table) -> list[dict[str, int]]:
    """All combinations of all values: the facts used here are small."""
    accounts: list[dict[str, int]] = [{}]
    for fact in table.inputs:
        low, high = fact.range
        values = [*range(low, high + 1), *([NULL] if fact.may_be_null else [])]
        accounts = [{**account, fact.name: value} for account in accounts for value in values]
    return accounts


SMALL = {
    "a": Fact("a", "count", "", "test", WORDS, low=0, high=9),
    "b": Fact("b", "count", "", "test", WORDS, WORDS, absent=NULL, low=0, high=5),
    "late": LATE,
    "step": STEP,
    "next": NEXT,
}


@st.composite
def small_tables(draw: st.DrawFn) -> Table:
    names = ["a", "b", "late"]
    hit = draw(st.sampled_from(["unique", "first", "severest"]))
    lines = [f"| {hit} | a | b | late | => step |"]
    for number in range(draw(st.integers(1, 6))):
        asked = " | ".join(draw(cells(SMALL[name])) for name in names)
        lines.append(f"| r{number} | {asked} | {draw(st.sampled_from(['s1', 's2', 's3']))} |")
    table, problems = read_table("small", "\n".join(lines), SMALL)
    assert table, problems
    tests = {"a": ((0, draw(st.integers(0, 9))),), "late": ((1, 2),)}
    nevers = (Never(tests, WORDS),) if draw(st.booleans()) else ()
    return Table(table.id, table.hit, table.inputs, table.outputs, table.rows, nevers)


def is_possible(table: Table, account: dict[str, int]) -> bool:
    def within(never: Never) -> bool:
        return all(any(a <= account[name] < z for a, z in spans) for name, spans in never.tests.items())

    return not any(within(never) for never in table.nevers)


@settings(deadline=None, max_examples=40)
@given(small_tables())
def test_the_proof_agrees_with_asking_every_account(table: Table) -> None:
    proof = prove(table)
    possible = [account for account in every_account(table) if is_possible(table, account)]
    read = [(account, rows_holding(table, account)) for account in possible]
    assert proof.is_finished
    assert (proof.gap is not None) == any(not rows for _, rows in read)
    if proof.gap is not None:
        assert is_possible(table, proof.gap)
        assert rows_holding(table, proof.gap) == ()
    if table.hit == "unique":
        assert bool(proof.overlaps) == any(len(rows) > 1 for _, rows in read)
        for pair, account in proof.overlaps.items():
            assert set(pair) <= set(rows_holding(table, account))
        answering = {row for _, rows in read for row in rows}
    else:
        assert not proof.overlaps
        place = {row: at for at, row in enumerate(table.order)}
        answering = {min(rows, key=place.__getitem__) for _, rows in read if rows}
    assert set(proof.unreachable) == set(range(len(table.rows))) - answering
    for row, account in proof.unreachable.items():
        assert not account or row in rows_holding(table, account)


def test_an_explanation_names_the_row_and_what_cleared_the_others() -> None:
    text = "| first | days | late | => step |\n| soon | [1..5] | - | s1 |\n| bad | > 5 | true | s2 |\n| rest | - | - | s3 |"
    table, _ = read_table("t", text, FACTS)
    assert table
    explained = explain(table, {"days": 6, "late": 0})
    assert explained.answered_by == ("rest",)
    assert explained.asked == {"days": "6", "late": "false"}
    assert explained.answers == {"step": "s3"}
    assert [(row.name, [(c.fact, c.test, c.value) for c in row.cleared]) for row in explained.rows] == [
        ("soon", [("days", "[1..5]", "6")]),
        ("bad", [("late", "true", "false")]),
        ("rest", []),
    ]
