"""Rules of one's own and rules for sectors and clients: they add bars, and never take one away from law or core."""

from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.engine.gate import Answer, RuleBook, Settings, ask
from arrears.engine.gate.columns import Columns, empty_rows
from arrears.engine.gate.masks import mask
from arrears.engine.gate.reading import read_rule
from arrears.engine.gate.rules import Rule, Severity
from arrears.kernel.epoch import epoch_day
from arrears.packs import check
from arrears.packs.compliance import PackBrokenError, rule_book, shipped, shipped_files, use_folder
from arrears.packs.compliance.cases import read_case
from arrears.packs.compliance.files import book_of, core_problems, read_own

WORDS = {"en": "x", "es": "x", "zh": "x"}
CASES = [case for rule in rule_book().rules for raw in rule.cases for case in read_case(raw)]


def body(**parts: object) -> dict[str, object]:
    return {"title": {**WORDS}, "words": {**WORDS}, "severity": "BLOCK", "kind": "whenever", **parts}


def own(**files: object) -> dict[str, str]:
    return {f"compliance/{name}.yaml": yaml.safe_dump(said, allow_unicode=True) for name, said in files.items()}


def with_own(files: dict[str, str]) -> RuleBook:
    book, problems = book_of(shipped(), read_own(files))
    assert problems == []
    return book


def case(**ask: Any) -> Any:
    raw = {"name": "n", "place": "DE", "rules": ["local", "client"], "expect": "allow", **ask}
    return next(iter(read_case({"ask": {"at": "2026-06-04 10:00"}, **raw})))


def said(book: RuleBook, **parts: object) -> tuple[Answer, list[tuple[str, str]], tuple[str, ...]]:
    asked = case(**parts)
    verdict = ask(book, asked.proposal, asked.known, asked.settings)
    return verdict.answer, [(s.rule.id, s.standing.value) for s in verdict.refusing], verdict.missing


def test_a_rule_for_a_sector_looks_at_debts_of_that_kind_and_misses_a_kind_that_nobody_said():
    book = with_own({"compliance/local/telecom.yaml": yaml.safe_dump(body(sectors=["telecom"]))})
    telecom = said(book, debts={"A": {"kind": "telecom"}})
    assert telecom == (Answer.REFUSE, [("local.telecom", "local")], ())
    assert said(book, debts={"A": {"kind": "credit_card"}}) == (Answer.ALLOW, [], ())
    assert said(book)[2] == ("debt.kind",)


def test_a_rule_of_a_contract_holds_for_that_client_alone():
    book = with_own({"compliance/client/7/quiet.yaml": yaml.safe_dump(body())})
    assert book.by_id["client.7.quiet"].client == 7
    assert said(book, debts={"A": {"creditor": 7}}) == (Answer.REFUSE, [("client.7.quiet", "contract")], ())
    assert said(book, debts={"A": {"creditor": 8}}) == (Answer.ALLOW, [], ())


def test_of_several_debts_one_is_enough():
    book = with_own({"compliance/client/7/quiet.yaml": yaml.safe_dump(body())})
    asked = said(
        book,
        debts={"A": {"creditor": 8}, "B": {"creditor": 7}},
        ask={"at": "2026-06-04 10:00", "debts": ["A", "B"]},
    )
    assert asked[0] is Answer.REFUSE


def test_the_mask_knows_kinds_of_debt_and_clients():
    over = {"kind": "debt_status", "parameters": {"statuses": ["open"]}}
    book = with_own(
        {
            "compliance/local/telecom.yaml": yaml.safe_dump(body(**over, sectors=["telecom"])),
            "compliance/client/7/over.yaml": yaml.safe_dump(body(**over)),
        }
    )
    rows = empty_rows(3)
    rows["debt_kind"], rows["place"], rows["zones"] = (-1, 0, 1), 0, 0
    rows["collector_kind"] = rows["consumer_purpose"] = rows["in_default_when_obtained"] = 1
    only = Settings(only=frozenset({"local", "client"}))
    columns = Columns(rows, (("DE",),), (("Europe/Berlin",),), kinds=("telecom", "credit_card"), creditor=8)
    assert refusing(book, columns, only) == ["local.telecom", "local.telecom", ""]
    assert refusing(book, replace(columns, creditor=7), only) == ["client.7.over"] * 3


def refusing(book: RuleBook, columns: Columns, only: Settings) -> list[str]:
    masked = mask(book, columns, epoch_day(case().proposal.at.date()), only)
    return [masked.rules[number].id if number >= 0 else "" for number in masked.rule]


def test_two_books_heard_together_bar_whatever_one_of_them_bars():
    quiet = with_own({"compliance/local/quiet.yaml": yaml.safe_dump(body())})
    joined = RuleBook.joined([rule_book(), quiet])
    assert said(joined)[0] is Answer.REFUSE
    assert said(RuleBook.joined([quiet, rule_book()]))[0] is Answer.REFUSE
    assert RuleBook.joined([quiet, quiet]) is quiet
    assert joined.version == f"{rule_book().version} & {quiet.version}"
    asked = case()
    spoken = [s.rule.id for s in ask(joined, asked.proposal, asked.known, Settings()).spoken]
    assert len(spoken) == len(set(spoken))


KINDS_OF_REACH = st.fixed_dictionaries(
    {}, optional={"purposes": st.just(["collect"]), "channels": st.sampled_from([["call"], ["text"], ["letter"]])}
)
OVERLAYS = st.lists(
    st.tuples(
        st.sampled_from(["local/a", "local/b", "client/7/a", "client/9/b"]),
        st.fixed_dictionaries(
            {"severity": st.sampled_from(["BLOCK", "WARN", "NOTICE", "RECORD"]), "reach": KINDS_OF_REACH},
            optional={"sectors": st.lists(st.sampled_from(["telecom", "loan"]), min_size=1)},
        ),
        st.sampled_from(
            [
                ("whenever", {}),
                ("debt_status", {"statuses": ["open"]}),
                ("hours", {"open": {"value": [{"from": "12:00", "until": "13:00"}], "unit": "local_time"}}),
            ]
        ),
    ),
    max_size=4,
)


def made(drawn: list[tuple[str, dict[str, object], tuple[str, dict[str, object]]]]) -> list[Rule]:
    found = {}
    for name, parts, (kind, parameters) in drawn:
        rule = read_rule(name.replace("/", "."), body(**parts, kind=kind, parameters=parameters), name)
        if isinstance(rule, Rule):
            found[rule.id] = rule
    return list(found.values())


@settings(deadline=None, max_examples=300)
@given(OVERLAYS, st.integers(0, len(CASES) - 1))
def test_adding_rules_of_ones_own_never_loosens(drawn, number):
    asked = CASES[number]
    named = None if asked.settings.only is None else asked.settings.only | {"local", "client"}
    under = replace(asked.settings, only=named)
    book = RuleBook.of((*rule_book().rules, *made(drawn)), "more")
    less = ask(rule_book(), asked.proposal, asked.known, asked.settings)
    more = ask(book, asked.proposal, asked.known, under)
    assert more.answer >= less.answer
    assert {s.rule.id for s in less.refusing} <= {s.rule.id for s in more.refusing}
    for window in more.windows:
        assert any(less_.start <= window.start and window.until <= less_.until for less_ in _merged(less.windows))


def _merged(windows):
    out: list[Any] = []
    for window in windows:
        if out and out[-1].until == window.start:
            out[-1] = replace(out[-1], until=window.until)
        else:
            out.append(window)
    return out


def write(root: Path, files: dict[str, str]) -> Path:
    for name, text in files.items():
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return root


GOOD = """title: {en: Quiet, es: Silencio, zh: 安静}
words: {en: The contract keeps us quiet., es: El contrato pide silencio., zh: 合同要求不联系。}
severity: BLOCK
kind: whenever
cases:
  - name: nobody of the client is contacted
    place: DE
    rules: [client.7]
    debts: {A: {creditor: 7}}
    ask: {at: "2026-06-04 10:00"}
    expect: refuse
    by: [client.7.quiet]
    standing: contract
  - name: others are
    place: DE
    rules: [client.7]
    debts: {A: {creditor: 8}}
    ask: {at: "2026-06-04 10:00"}
    expect: allow
"""


def test_a_folder_of_ones_own_is_checked_with_its_cases(tmp_path):
    assert check(write(tmp_path, {"compliance/client/7/quiet.yaml": GOOD})) == []
    write(tmp_path, {"compliance/client/7/quiet.yaml": GOOD.replace("expect: allow", "expect: refuse")})
    assert "others are" in check(tmp_path)[0].said_in("en")


@pytest.mark.parametrize(
    ("file", "text", "where"),
    [
        ("compliance/us/x.yaml", GOOD, "compliance/us/x.yaml: A rule of one's own does not lie here."),
        ("compliance/core/x.yaml", GOOD, "compliance/core/x.yaml: A rule of one's own does not lie here."),
        (
            "compliance/local/x.yaml",
            GOOD.replace("severity: BLOCK", "severity: EXCEPTION\nof: [house.day, us.regf.1006.6.c.1]"),
            "compliance/local/x.yaml, row 4, of: An exception of one's own would lift us.regf.1006.6.c.1",
        ),
        (
            "compliance/local/x.yaml",
            GOOD.replace("kind: whenever", "kind: whatever"),
            "compliance/local/x.yaml, row 4, kind: ",
        ),
        ("compliance/client/8/x.yaml", f"{GOOD}client: 7\n", "compliance/client/8/x.yaml, row 20, client: "),
        ("compliance/local/x.yaml", f"{GOOD}client: me\n", "compliance/local/x.yaml, row 20, client: "),
        ("compliance/local/x.yaml", f"{GOOD}sectors: telecom\n", "compliance/local/x.yaml, row 20, sectors: "),
    ],
)
def test_each_mistake_says_its_file_line_field_and_remedy(tmp_path, file, text, where):
    files = {
        "compliance/local/good.yaml": GOOD.replace("cases:", "unread:").split("unread:", maxsplit=1)[0],
        file: text,
    }
    said_of = [problem.said_in("en") for problem in check(write(tmp_path, files))]
    assert [one for one in said_of if one.startswith(where)], said_of


def test_a_folder_in_use_is_part_of_the_book_and_of_its_version(tmp_path):
    plain = rule_book().version
    try:
        use_folder(write(tmp_path, {"compliance/client/7/quiet.yaml": GOOD}))
        assert "client.7.quiet" in rule_book().by_id
        assert rule_book().version.startswith(f"{plain}+")
        write(tmp_path, {"compliance/client/7/quiet.yaml": GOOD.replace("whenever", "never")})
        use_folder(tmp_path)
        with pytest.raises(PackBrokenError, match="kind"):
            rule_book()
        use_folder(tmp_path / "gone")
        with pytest.raises(PackBrokenError, match="no such folder"):
            rule_book()
    finally:
        use_folder(None)
    assert rule_book().version == plain


def test_a_whole_pack_keeps_the_core_as_it_ships():
    files = dict(shipped_files())
    assert core_problems(files, shipped_files()) == []
    changed = {**files, "compliance/core/night.yaml": "title: {}"}
    del changed["compliance/core/shame.yaml"]
    assert [problem.where.file for problem in core_problems(changed, shipped_files())] == [
        "compliance/core/night.yaml",
        "compliance/core/shame.yaml",
    ]


def test_the_core_is_never_narrowed():
    found = read_rule("core.x", body(sectors=["telecom"]), "f")
    assert isinstance(found, list)
    assert found[0].where.field == "sectors"
    assert all(rule.severity is not Severity.SCOPE or not rule.is_core for rule in shipped().rules)
