"""A folder of rules as somebody hostile would hand it in: every file ends in words about it, and none is worked by."""

import pytest

from arrears.kernel.problems import Problem
from arrears.packs.compliance import shipped
from arrears.packs.compliance.files import book_of, read_files, read_own

HEAD = """title: {en: Quiet, es: Silencio, zh: 安静}
words: {en: a, es: b, zh: c}
severity: BLOCK
"""
PLAIN = f"{HEAD}kind: whenever\n"
HOLD = f"{HEAD}kind: hold\nparameters: {{holds: [cease]}}\n"
LIFTING = HEAD.replace("BLOCK", "EXCEPTION") + "kind: whenever\n"
COUNT = f"{HEAD}kind: count\nparameters: {{limit: {{value: %s, unit: contacts}}, per: [person], of: [call], counted: connected, window: {{value: %s, unit: calendar_days}}}}\n"


def wrong_with(files: dict[str, str]) -> list[Problem]:
    book, problems = book_of(shipped(), read_own(files))
    assert not [rule.id for rule in book.rules if rule.is_own]
    return problems


def said_of(text: str) -> str:
    (problem, *_) = wrong_with({"compliance/local/x.yaml": text})
    assert problem.where.file in {"compliance/local/x.yaml", "local.x"}
    return problem.said_in("en")


def bomb(anchor: str, layers: int = 9) -> str:
    """A few lines that stand for nine to the tenth parts."""
    lines = [f"a: &{anchor}0 [x,x,x,x,x,x,x,x,x]"]
    lines += (f"b{n}: &{anchor}{n} [{','.join([f'*{anchor}{n - 1}'] * 9)}]" for n in range(1, layers))
    return "\n".join(lines) + "\n" + PLAIN


@pytest.mark.parametrize("anchor", ["a", "a-", "a_b-"])
def test_a_part_that_stands_for_another_is_refused_before_anything_is_built(anchor):
    assert "line 2: a part stands for another part" in said_of(bomb(anchor))


def test_a_merge_of_another_part_is_refused_too():
    assert "a part stands for another part" in said_of(f"base: &b {{kind: whenever}}\n<<: *b\n{HEAD}")


def test_a_star_in_words_is_no_part_that_stands_for_another():
    book, problems = book_of(shipped(), read_own({"compliance/local/x.yaml": PLAIN.replace("en: a", 'en: "*a, *b"')}))
    assert problems == []
    assert book.by_id["local.x"].words.en == "*a, *b"


@pytest.mark.parametrize(
    ("opened", "closed"), [("[", "]"), ("{a: ", "}"), ("- ", ""), ("? ", "")], ids=["list", "mapping", "dash", "key"]
)
@pytest.mark.parametrize("depth", [41, 900, 50_000])
def test_parts_within_parts_without_end_are_refused(opened, closed, depth):
    assert "within each other" in said_of(f"{PLAIN}cases:\n  {opened * depth}x{closed * depth}\n")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        (PLAIN + "severity: RECORD\n", "'severity' stands twice"),
        (f"{HEAD}kind: [a]\n", "here stands a word"),
        (f"{HEAD}kind: {{a: b}}\n", "here stands a word"),
        (f"{HEAD}kind: !!python/object/apply:os.system ['true']\n", "no valid YAML"),
        (f"{PLAIN}law: {{citation: x, effective_from: 2026-99-99, status: in_force, source: S1}}\n", "no valid YAML"),
        (f"{PLAIN}reach: [a]\n", "here stands a mapping"),
        (f"{PLAIN}reach: {{channels: 3}}\n", "here stands a list of words"),
        (f"{PLAIN}practices: 3\nid: compliance/local/x\n", "here stands a list of words"),
        (f"{PLAIN}cases: 3\n", "here stands a list of cases"),
        (f"{PLAIN}cases: [3]\n", "here stands a list of cases"),
        (f"{PLAIN}parameters: [1]\n", "here stands a mapping"),
        (f"{PLAIN}scope: 3\n", "here stands a word"),
        (f"{PLAIN}1: 2\n", "has no such part"),
        (f"{PLAIN}~: 2\n", "has no such part"),
        (f"{PLAIN}priority: 9\n", "has no such part"),
        (f"{PLAIN}place: 3\n", "here stands a word"),
        (f"{PLAIN}place: XX\n", "no place that is known"),
        (f"{PLAIN}place: us\n", "no place that is known"),
        (f"{PLAIN}place: US-NY-\n", "no place that is known"),
        (PLAIN.replace("en: a", 'en: "{"'), "Single '{'"),
        (PLAIN.replace("en: a", 'en: "{0}"'), "has no fact 0"),
        (HOLD.replace("en: a", 'en: "{since.__class__}"'), "has no fact since.__class__"),
        (HOLD.replace("en: a", 'en: "{since:>999999999}"'), "holds its name alone"),
        (HOLD.replace("en: a", 'en: "{since!r}"'), "holds its name alone"),
        (f"{LIFTING}of: us.regf\n", "here stands a list of words"),
        (f"{LIFTING}of: ['']\n", "which is law or core"),
        (f"{LIFTING}of: [core.cease]\n", "core.cease, which is law or core"),
        (f"{LIFTING}of: [local.x, core]\n", "core, which is law or core"),
        (f"{LIFTING}of: [house.]\n", "there is no rule house."),
        (f"{PLAIN}of: [us.regf.1006.6.c.1]\n", "an exception names the rules it speaks to"),
        (COUNT % ("9" * 5_000, "7"), "no valid YAML"),
        (COUNT % (".inf", "7"), "no whole number"),
        (COUNT % ("-1", "7"), "no whole number"),
        (COUNT % ("true", "7"), "no whole number"),
        (COUNT % ("9" * 30, "7"), "no whole number from 1 to 1000000"),
        (COUNT % ("3", "1000001"), "no whole number from 1 to 1000000"),
        (COUNT % ("3", "401"), "no more than 400 days are remembered"),
    ],
)
def test_each_mistake_is_a_problem_with_words(text, words):
    assert words in said_of(text)


@pytest.mark.parametrize(
    "path",
    [
        "compliance/local/../../core/x.yaml", "compliance/../core/x.yaml", "compliance/client/7/../../us/x.yaml",
        "/compliance/local/x.yaml", "compliance/local//x.yaml", "compliance/local/.yaml", "compliance/local/a b.yaml",
        "compliance/local/x.yml", "compliance/client/٣/x.yaml", "compliance/local/ⅹ.yaml", "compliance\\local\\x.yaml",
        "compliance/local/x.yaml/../y.yaml", "compliance/local/..yaml", "compliance/local/x..yaml", "x.yaml", "",
    ],
)  # fmt: skip
def test_a_path_means_one_place_or_is_refused(path):
    for read in (read_own, read_files):
        found = read({path: PLAIN})
        assert found.rules == ()
        assert [problem.code for problem in found.problems] == ["path"]


def test_a_rule_that_stands_in_two_files_is_refused():
    files = {"compliance/local/x.y.yaml": PLAIN, "compliance/local/x/y.yaml": PLAIN.replace("BLOCK", "RECORD")}
    found = read_own(files)
    assert [rule.severity.value for rule in found.rules] == ["BLOCK"]
    assert [(problem.code, problem.where.file) for problem in found.problems] == [
        ("rule_twice", "compliance/local/x/y.yaml")
    ]
