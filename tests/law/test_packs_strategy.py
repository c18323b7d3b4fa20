"""The default strategy: what it must hold whatever its numbers are."""

import pytest

from arrears import packs
from arrears.engine.decide import Strategy
from arrears.engine.tables import one
from arrears.facts import NULL


@pytest.fixture(scope="module")
def strategy() -> Strategy:
    return packs.load()


def asked_by(strategy: Strategy, *outputs: str) -> set[str]:
    """All facts that bear on ``outputs``, through whatever tables stand between."""
    makers = {fact.name: table for table in strategy.tables.values() for fact in table.outputs}
    found: set[str] = set()
    todo = list(outputs)
    while todo:
        table = makers.get(todo.pop())
        if table is None:
            continue
        new = {fact.name for fact in table.inputs} - found
        found |= new
        todo += new
    return found


def answers(strategy: Strategy, **facts: int) -> dict[str, int]:
    return one(strategy.program, facts).values


def said(strategy: Strategy, fact: str, **facts: int) -> str:
    return strategy.name(fact, answers(strategy, **facts)[fact])


def test_shipped_packs_have_no_problem() -> None:
    assert [found.said_in("en") for found in packs.check()] == []


def test_days_past_due_do_not_bear_on_tone(strategy: Strategy) -> None:
    """P24: the tone never rises with days alone."""
    assert not asked_by(strategy, "tone") & {"days_past_due", "band", "stage", "manner", "days_since_broken"}


def test_the_habit_bears_on_tone_and_cadence_only(strategy: Strategy) -> None:
    """P05: never a hand-over, who may be contacted, the stage or the promise's horizon."""
    outputs = {fact.name for fact in strategy.program.answered}
    with_habit = {name for name in outputs if "is_habitual_late" in asked_by(strategy, name)}
    assert with_habit == {"manner", "tone", "touches_per_day", "gap_days", "reasons"}


def test_care_reasons_and_health_never_order_or_price_a_person(strategy: Strategy) -> None:
    """P10, R12: ill, bereaved or away bear on how often somebody is tried, and on nothing else."""
    reason = strategy.facts["reason_late"]
    care = [code.number for code in reason.codes if strategy.details["reason_late"][code.name].get("care")]
    assert len(care) == 3
    for number in care:
        told, untold = (answers(strategy, days_past_due=20, reason_late=each) for each in (number, 0))
        differing = {name for name in told if told[name] != untold[name]}
        assert differing <= {"gap_days", "touches_per_day"}


def test_no_fact_is_a_protected_trait(strategy: Strategy) -> None:
    """R12: nothing that a table may ask is age, sex, origin, job, family or health."""
    for name in strategy.facts:
        assert not set(name.split("_")) & {"age", "sex", "gender", "origin", "race", "religion", "job", "married"}


def test_who_may_be_reached_never_widens_beyond_the_debtor(strategy: Strategy) -> None:
    """P43, R02: every channel of the strategy is one to the debtor."""
    names = {code.name for code in strategy.facts["channels"].codes}
    assert names == {"none", "text", "email", "call_mobile", "call_work", "call_home", "letter", "visit"}


@pytest.mark.parametrize(
    ("days", "team"), [(30, "branch"), (31, "head_office"), (120, "head_office"), (121, "recovery")]
)
@pytest.mark.parametrize("late", [0, 12])
def test_the_branch_hands_over_past_thirty_days(strategy: Strategy, days: int, team: str, late: int) -> None:
    """P02 and P05: on the thirty-first day, however habitual the delay."""
    assert said(strategy, "owner_team", days_past_due=days, late_of_last_12=late, team_now=1) == team


def test_head_office_keeps_what_it_took_until_nothing_is_past_due(strategy: Strategy) -> None:
    assert said(strategy, "owner_team", days_past_due=3, team_now=2) == "head_office"
    assert said(strategy, "owner_team", days_past_due=0, team_now=2) == "branch"


def test_tiers_follow_the_work_order(strategy: Strategy) -> None:
    """P09: first-instalment defaults, promises due today, part-payers, large balances, unreachable."""
    assert [code.name for code in strategy.facts["tier"].codes][1:6] == [
        "first_instalment",
        "promise_today",
        "part_paid",
        "large_balance",
        "unreachable",
    ]


def test_a_first_time_late_payer_is_written_to_before_being_called(strategy: Strategy) -> None:
    """P40."""
    assert said(strategy, "first_channel", days_past_due=2) == "text"
    assert said(strategy, "treatment", days_past_due=2, days_since_contact=1) == "service_call"


def test_in_the_first_ten_days_only_the_debtors_own_mobile_and_work_number_ring(strategy: Strategy) -> None:
    """P02."""
    for days in range(1, 11):
        mask = answers(strategy, days_past_due=days, days_since_contact=3)["channels"]
        calls = {name for name in strategy.members("channels", mask) if name.startswith("call")}
        assert calls == {"call_mobile", "call_work"}


def test_who_waits_for_pay_day_is_followed_up_twice_a_day(strategy: Strategy) -> None:
    """P14."""
    payday = strategy.number("reason_late", "short_until_payday")
    assert answers(strategy, days_past_due=3, reason_late=payday)["touches_per_day"] == 2


def test_the_willing_who_cannot_pay_stay_at_service_tone(strategy: Strategy) -> None:
    """P24: even after broken promises and for the habitually late."""
    grave = {"broken_promises_90d": 3, "has_talked_since_late": 1, "late_of_last_12": 12, "last_promise": 2}
    assert said(strategy, "tone", class_set=2, **grave) == "service"
    assert said(strategy, "tone", class_set=3, **grave) == "grave"


def test_a_kept_promise_lowers_the_tone(strategy: Strategy) -> None:
    """P24."""
    before = {"class_set": 3, "broken_promises_90d": 3}
    assert said(strategy, "tone", **before, last_promise=2) == "grave"
    assert said(strategy, "tone", **before, last_promise=1) == "firm"


def test_an_account_of_which_nothing_is_known_is_kept_in_view(strategy: Strategy) -> None:
    """P20."""
    found = answers(strategy)
    assert strategy.name("next_action", found["next_action"]) == "review"
    assert found["is_minimum"] == 1


def test_every_code_of_the_tables_has_words_in_three_languages(strategy: Strategy) -> None:
    used = [*strategy.program.given, *strategy.program.answered]
    for fact in used:
        assert all(fact.words), fact.name
        if fact.kind in {"code", "set"}:
            assert fact.codes, fact.name
        for code in fact.codes:
            assert all(code.words), (fact.name, code.name)


def test_every_unknown_fact_says_what_null_means(strategy: Strategy) -> None:
    for fact in strategy.facts.values():
        assert fact.may_be_null or fact.absent != NULL, fact.name


def test_the_version_changes_with_any_byte(strategy: Strategy, tmp_path_factory: pytest.TempPathFactory) -> None:
    root = tmp_path_factory.mktemp("packs")
    folder = root / "strategy" / "consumer_instalment"
    for path in (packs.ROOT / "strategy" / "consumer_instalment").rglob("*.yaml"):
        copy = folder / path.relative_to(packs.ROOT / "strategy" / "consumer_instalment")
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes(path.read_bytes())
    assert packs.load(root=root).content_hash == strategy.content_hash
    (folder / "strategy.yaml").write_bytes((folder / "strategy.yaml").read_bytes() + b"\n")
    assert packs.content_hash("strategy/consumer_instalment", root) != strategy.content_hash
