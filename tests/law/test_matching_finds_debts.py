"""Lines of statements find their debts: by reference whole and damaged, by name, account and amount, and not by chance."""

import random
from typing import Any

import polars as pl
import pytest

from arrears.engine.matching.index import Index, build
from arrears.engine.matching.match import LINES, Matched, match
from arrears.engine.matching.pairs import is_short_form
from arrears.engine.matching.reasons import REASONS, said
from arrears.engine.matching.structured import insides, is_finnish

NUMBERS = ("19188263", "19191654", "19202588", "LN-000731", "20204455", "20204456")
NAMES = ("Ana María Torres", "Ben Ochoa", "Carla Ruiz", "Wang Xiaoming", "Dario Vega", "Elena Costa")
DUES = (28_109, 20_898, 38_913, 26_438, 15_000, 15_000)


def index(**more: Any) -> Index:
    debts = pl.DataFrame(
        {
            "debt": range(101, 107), "instalment": DUES, "due": [2 * due for due in DUES], "balance": [0] * 6,
            "promise": [0] * 6, "promise_day": [0] * 6, "last": [0] * 6,
        }
    )  # fmt: skip
    # Strangers enough that an odd amount or a name says something.
    crowd = pl.DataFrame({"debt": range(1000, 3000), "instalment": range(40_000, 42_000)})
    debts = pl.concat([debts, crowd], how="diagonal").fill_null(0)
    refs = {
        "debt": [*range(101, 107), *range(1000, 3000)],
        "text": [*NUMBERS, *(f"3{each:07}" for each in range(2000))],
    }
    names = {
        "debt": [*range(101, 107), *range(1000, 3000)],
        "name": [*NAMES, *(f"Debtor {each:x}" for each in range(2000))],
    }
    return build(debts, pl.DataFrame(refs), pl.DataFrame(names), **more)


def one(text: str, amount: int, name: str = "", payer: str = "", references: tuple[str, ...] = ()) -> dict[str, Any]:
    return {
        "amount": amount,
        "day": 20_000,
        "references": list(references),
        "text": text,
        "payer_name": name,
        "payer_account": payer,
    }


def found(*lines: dict[str, Any], known: Index | None = None) -> Matched:
    frame = pl.DataFrame([{"line": place, **line} for place, line in enumerate(lines)], schema_overrides=LINES)
    return match(known or index(), frame.select(*LINES))


def answer(line: dict[str, Any], known: Index | None = None) -> tuple[str, int | None]:
    row = found(line, known=known).answers.row(0)
    return row[1], row[2]


@pytest.mark.parametrize(
    ("text", "debt"),
    [
        ("loan 19188263 thank you", 101),
        ("loan 1918 8263 thank you", 101),
        ("19-188-263", 101),
        ("LN-000731", 104),
        ("ln 000731", 104),
        ("RF3719228977 RF0219188263", 101),
    ],
)
def test_a_whole_reference_is_found_however_it_is_written(text: str, debt: int) -> None:
    assert answer(one(text, DUES[debt - 101], NAMES[debt - 101])) == ("post", debt)


def test_a_damaged_reference_needs_another_witness() -> None:
    for text in ("19118263", "91188263", "191882", "1918826"):
        assert answer(one(text, 28_109, "Torres Ana María")) == ("post", 101), text
        assert answer(one(text, 7_777))[0] == "wait", text


def test_somebody_elses_reference_is_caught_by_name_and_amount() -> None:
    assert answer(one("19188263", 38_913, "Carla Ruiz"))[0] == "wait"
    assert answer(one("19188263", 28_109, "Somebody Else")) == ("post", 101)


def test_two_references_are_split_where_they_add_up_and_wait_where_not() -> None:
    split = found(one("19188263 19191654", 28_109 + 20_898))
    assert split.answers["decision"].to_list() == ["split"]
    assert sorted(split.parts.rows()) == [(0, 101, 28_109), (0, 102, 20_898)]
    assert answer(one("1918826319191654", 28_109 + 20_898))[0] == "split"
    assert answer(one("19188263 19191654", 28_109))[0] == "wait"


def test_short_references_of_two_debts_are_two_references() -> None:
    debts = pl.DataFrame(
        {
            "debt": [1, 2], "instalment": [10_000, 10_000], "due": [10_000, 16_000], "balance": [0, 0],
            "promise": [0, 0], "promise_day": [0, 0], "last": [0, 0],
        }
    )  # fmt: skip
    small = build(
        debts,
        pl.DataFrame({"debt": [1, 2], "text": ["L-1", "L-2"]}),
        pl.DataFrame({"debt": [1, 2], "name": ["Ana Torres", "Ben Ochoa"]}),
    )
    assert answer(one("L-1 L-2", 16_000, "Ben Ochoa"), small)[0] == "wait"
    assert answer(one("L-2", 16_000, "Ben Ochoa"), small) == ("post", 2)


def test_a_name_alone_posts_nothing_and_a_name_with_the_amount_does() -> None:
    assert answer(one("thanks", 5_000, "Ben Ochoa"))[0] == "wait"
    assert answer(one("thanks", 20_898, "OCHOA, BEN")) == ("post", 102)
    assert answer(one("thanks", 15_000))[0] == "wait"


def test_the_account_that_paid_before_is_known_from_the_book_and_from_the_same_file() -> None:
    payers = pl.DataFrame({"debt": [103], "payer": ["DE77"]})
    assert answer(one("", 38_913, "", "DE77"), index(payers=payers)) == ("post", 103)
    both = found(one("19202588", 38_913, "Carla Ruiz", "DE78"), one("", 38_913, "C. Ruiz-Smith", "DE78"))
    assert both.answers["debt"].to_list() == [103, 103]


def test_lines_that_only_together_are_the_instalment_are_believed() -> None:
    both = found(one("19188263", 20_000), one("19188263", 8_109))
    assert both.answers["decision"].to_list() == ["post", "post"]


def test_every_answer_has_reasons_in_three_languages() -> None:
    matched = found(one("19188263", 28_109, "Ana María Torres"), one("rent", 1_234, "Nobody"), one("1918 8263", 1_234))
    for reasons in matched.answers["reasons"].to_list():
        assert reasons
        for code, _, value in (each.partition("=") for each in reasons):
            assert all(said(code, value)), code
    assert {len(set(text)) for text in REASONS.values()} <= {3}


def test_structured_references_are_opened_only_where_their_check_digit_is_right() -> None:
    assert [inside.core for inside in insides("RF18539007547034")] == ["539007547034"]
    assert insides("RF19539007547034") == ()
    assert ("ogm", "909337554") in [(each.scheme, each.core) for each in insides("090933755493")]
    assert is_finnish("1232")
    assert not is_finnish("1233")
    assert ("qr", "21000000000313947143000901") in [tuple(each) for each in insides("210000000003139471430009017")]


def test_short_forms_of_a_name_are_one_persons_and_family_alone_is_not() -> None:
    assert is_short_form("ANA TORRES", "ANA MARIA TORRES")
    assert is_short_form("A TORRES", "ANA MARIA TORRES")
    assert not is_short_form("BEN TORRES", "ANA MARIA TORRES")
    assert not is_short_form("TORRES", "ANA MARIA TORRES")


@pytest.mark.parametrize("seed", [1, 2])
def test_of_many_damaged_lines_nearly_all_posts_are_right(seed: int) -> None:
    chance = random.Random(seed)
    known = index()
    lines, truth = [], []
    for _ in range(4_000):
        row = chance.randrange(2_000)
        ref, amount, name = f"3{row:07}", 40_000 + row, f"Debtor {row:x}"
        damage = chance.random()
        if damage < 0.03:
            ref = f"3{chance.randrange(2000):07}"
        elif damage < 0.06:
            ref = ""
        elif damage < 0.10:
            ref = ref[:-1] + chance.choice("0123456789")
        lines.append(one(ref, amount, name))
        truth.append(1000 + row)
    answers = found(*lines, known=known).answers
    posted = answers.filter(pl.col("decision") == "post")
    wrong = sum(truth[line] != debt for line, debt in posted.select("line", "debt").iter_rows())
    assert posted.height > 0.9 * len(lines)
    assert wrong == 0


def test_nothing_comes_of_nothing() -> None:
    empty = build(
        pl.DataFrame(
            schema=dict.fromkeys(("debt", "instalment", "due", "balance", "promise", "promise_day", "last"), pl.Int64)
        ),
        pl.DataFrame(schema={"debt": pl.Int64, "text": pl.String}),
    )
    assert answer(one("19188263", 100, "Ana"), empty)[0] == "wait"
