"""Each way of changing the rules without a name, a reason, a second person or a look at the book: refused, nothing done.

First by the verbs, as pages and commands use them; then by SQL in the pages' role.
"""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError, connections, transaction
from tests.book.test_actions_rule_settings import QUIET, act, gate_of, proposed
from tests.raw_contacts import add, at_the_end
from tests.working_book import WorkingBook, at, hire, settle

MONDAY = date(2026, 3, 2)
#: An exception whose source nobody verified, to a rule of law that is on.
LIFTS_LAW = "us.regf.1006.6.b.1.reply"
#: Another, for what one person may not do alone: whether the first is on depends on the order of the tests.
LIFTS_TOO = "us.regf.1006.14.b.1.rvm"


@pytest.fixture(scope="module")
def working(shared_book: str) -> WorkingBook:
    made = settle()
    made.loan(unpaid_since=date(2026, 2, 15))
    return made


@pytest.fixture(scope="module")
def officer(working: WorkingBook) -> int:
    return hire(working.lender, ["compliance"])


def rows(working: WorkingBook) -> dict[str, int]:
    return {table: working.rows(table) for table in ("rule_setting", "rule_proposal", "rule_pack", "event")}


def codes(problems: Any) -> list[str]:
    return [problem.code for problem in problems] if isinstance(problems, list) else [problems and problems.code]


@contextmanager
def nothing_done(working: WorkingBook) -> Iterator[None]:
    before = gate_of(working), rows(working)
    yield
    assert (gate_of(working), rows(working)) == before


def tried(working: WorkingBook, number: int) -> None:
    from arrears.actions import rule_trials

    with working.hands_of(working.dora, MONDAY):
        while rule_trials.try_some(number, now=at(MONDAY)).tried_at is None:
            pass


def approved(working: WorkingBook, who: int | None, number: int) -> str | None:
    from arrears.actions import rule_proposals
    from arrears.store.scope import scope

    with scope(working.lender, who, today=MONDAY):
        problem = rule_proposals.approve(number, why="seen", now=at(MONDAY))
    return problem.code if problem else None


def test_one_person_switches_on_no_exception_to_a_rule_that_is_on(working):
    from arrears.actions.rule_settings import settle as settle_rule

    with nothing_done(working), working.hands_of(working.dora, MONDAY):
        assert codes(settle_rule(act("switch_on", LIFTS_TOO), reason="it suits us", now=at(MONDAY))) == ["loosens"]


def test_nobody_settles_anything_without_a_name(working):
    from arrears.actions.rule_settings import settle as settle_rule

    with nothing_done(working), working.nobody():
        said = settle_rule(act("switch_on", "uk.fg21-1"), reason="a job", now=at(MONDAY), using="night")
        assert codes(said) == ["no_name"]


def test_a_second_person_approves_whoever_signs_in_where_and_only_who_may(working, officer):
    number = proposed(working, [act("switch_on", LIFTS_LAW)])
    with nothing_done(working):
        assert approved(working, officer, number) == "not_tried"
    tried(working, number)
    with nothing_done(working):
        assert approved(working, working.dora, number) == "own_proposal"
        assert approved(working, working.dora, number) == "own_proposal"
        assert approved(working, working.alice, number) == "may_not_decide"
        assert approved(working, None, number) == "own_proposal"
        assert approved(working, officer, 10**9) == "no_proposal"
    assert approved(working, officer, number) is None
    assert gate_of(working)["switched_on"] == [LIFTS_LAW]
    with nothing_done(working):
        assert approved(working, officer, number) == "decided"


def test_an_exception_counts_only_where_all_whose_debt_it_is_switched_it_on():
    from arrears.actions.rule_books import settings_of

    lender: dict[str, Any] = {"gate": {"switched_on": [LIFTS_LAW, "uk.fg21-1"]}}
    agency: dict[str, Any] = {"gate": {}}
    assert settings_of([lender, agency], MONDAY, using="default").switched_on == {"uk.fg21-1"}
    assert settings_of([lender], MONDAY, using="default").switched_on == {LIFTS_LAW, "uk.fg21-1"}


def test_no_proposal_holds_from_a_day_that_is_over(working):
    from arrears.actions import rule_proposals

    with nothing_done(working), working.hands_of(working.dora, MONDAY):
        said = rule_proposals.propose(
            [act("set_limit", "house.week", limit="limit", value=12)],
            reason="x", from_on=MONDAY - timedelta(days=1), now=at(MONDAY),
        )  # fmt: skip
        assert codes(said) == ["in_the_past"]


@pytest.mark.parametrize(
    ("files", "code"),
    [
        ({"compliance/local/../core/x.yaml": QUIET}, "path"),
        ({"compliance/core/night.yaml": QUIET, "compliance/local/x.yaml": QUIET}, "own_place"),
        ({"compliance/local/x.yaml": QUIET + "place: XX\n"}, "no_place"),
        ({"compliance/local/x.yaml": "a: &a-1 [x]\nb: [*a-1]\n" + QUIET}, "yaml_unreadable"),
        ({"compliance/local/x.y.yaml": QUIET, "compliance/local/x/y.yaml": QUIET}, "rule_twice"),
        (
            {"compliance/local/x.yaml": QUIET.replace("BLOCK", "EXCEPTION") + "of: [core.cease]\n"},
            "own_lifts_law",
        ),
        ({"compliance/pack.yaml": "version: 1\n", "compliance/house/day.yaml": QUIET}, "core_differs"),
    ],
)
def test_a_folder_that_is_not_what_it_seems_is_not_even_proposed(working, files, code):
    with nothing_done(working):
        assert code in codes(proposed(working, [], files))


def whole(**changed: str | None) -> dict[str, str]:
    """The pack that ships, with files in place of its own; None leaves one out."""
    from arrears.packs.compliance import shipped_files

    files: dict[str, str | None] = {**shipped_files(), **{f"compliance/{k}.yaml": v for k, v in changed.items()}}
    return {name: text for name, text in files.items() if text is not None}


def without(name: str) -> dict[str, str]:
    """The pack that ships, without one rule and without every exception to it."""
    from arrears.packs.compliance import shipped

    rule = name.replace("/", ".")
    lifting = [each.id for each in shipped().rules if rule in each.of]
    return whole(**{name: None}, **{each.replace(".", "/"): None for each in lifting})


def placed(working: WorkingBook, kind: str, ref: str) -> Any:
    from arrears.store.tables.promise import Hold

    loan = working.loan(unpaid_since=date(2026, 2, 15))
    row = Hold(
        organisation_id=working.lender, by_organisation_id=working.lender, person_id=loan.person, kind=kind,
        from_at=at(MONDAY, "09:00"), source_kind="test", source_ref=ref,
    )  # fmt: skip
    row.save(using="night")
    return row


def test_a_pack_by_which_holds_that_stand_would_stop_nothing_is_not_proposed(working):
    files = without("house/adviser")
    assert isinstance(proposed(working, [], files), int)
    hold = placed(working, "adviser", "1")
    with nothing_done(working):
        (problem,) = proposed(working, [], files)
        assert (problem.code, "1 holds of the kind “adviser”" in problem.said_in("en")) == ("hold_unkept", True)
    hold.until_at = at(MONDAY, "10:00")
    hold.save(using="night")
    assert isinstance(proposed(working, [], files), int)


def test_a_pack_is_not_approved_once_a_hold_stands_that_it_would_not_keep(working, officer):
    number = proposed(working, [], without("house/adviser"))
    tried(working, number)
    hold = placed(working, "adviser", "2")
    with nothing_done(working):
        assert approved(working, officer, number) == "hold_unkept"
    hold.until_at = at(MONDAY, "10:00")
    hold.save(using="night")


def test_a_pack_in_which_a_limit_in_force_has_no_place_is_not_proposed(working):
    from arrears.actions.rule_settings import settle as settle_rule
    from arrears.packs.compliance import shipped_files

    with working.hands_of(working.dora, MONDAY):
        assert settle_rule(act("set_limit", "house.week", limit="limit", value=4), reason="x", now=at(MONDAY)) is None
    week = shipped_files()["compliance/house/week.yaml"]
    gone = (
        week.replace("loosest: 14", "loosest: 10")
        .replace("value: 10,", "value: 3,")
        .replace("loosest: 10", "loosest: 3")
    )
    assert gone != week
    with nothing_done(working):
        assert "limit_gone" in codes(proposed(working, [], whole(**{"house/week": gone})))


# --- By SQL, in the pages' role ---


@contextmanager
def sql(working: WorkingBook, staff: int | None = None) -> Iterator[Any]:
    from arrears.store.scope import scope

    with scope(working.lender, staff, today=MONDAY), connections["default"].cursor() as cursor:
        yield cursor
        transaction.set_rollback(True)


def proposal(working: WorkingBook, **other: Any) -> dict[str, Any]:
    return {
        "organisation_id": working.lender, "made_by_id": working.dora, "made_at": at(MONDAY), "book_day": 1,
        "from_on": MONDAY, "reason": "x", "changes": "[]", **other,
    }  # fmt: skip


def setting(working: WorkingBook, **other: Any) -> dict[str, Any]:
    return {
        "organisation_id": working.lender, "staff_id": working.dora, "at": at(MONDAY), "book_day": 1,
        "act": "switch_on", "rule": "uk.fg21-1", "from_on": MONDAY, "reason": "x", **other,
    }  # fmt: skip


@pytest.mark.parametrize("how", ["by_who_made_it", "by_nobody", "untried"])
def test_sql_approves_no_proposal_that_a_second_person_did_not_see_to_its_end(working, officer, how):
    decided = {"by_who_made_it": working.dora, "by_nobody": None, "untried": officer}[how]
    with sql(working) as cursor:
        number = add(cursor, "rule_proposal", proposal(working))
        if how != "untried":
            cursor.execute("UPDATE rule_proposal SET tried_at = %s WHERE id = %s", [at(MONDAY), number])
        with pytest.raises(DatabaseError, match="not seen to its end by a second person"):
            cursor.execute(
                "UPDATE rule_proposal SET state = 'approved', decided_by_id = %s, decided_at = %s WHERE id = %s",
                [decided, at(MONDAY), number],
            )


def test_sql_begins_no_proposal_as_decided_and_alters_none_that_is(working, officer):
    with sql(working) as cursor, pytest.raises(DatabaseError, match="begins undecided"):
        add(cursor, "rule_proposal", proposal(working, state="approved", decided_at=at(MONDAY)))
    with sql(working) as cursor:
        number = add(cursor, "rule_proposal", proposal(working))
        cursor.execute(
            "UPDATE rule_proposal SET state = 'dropped', decided_by_id = %s, decided_at = %s WHERE id = %s",
            [officer, at(MONDAY), number],
        )
        with pytest.raises(DatabaseError, match="what was decided stands"):
            cursor.execute("UPDATE rule_proposal SET state = 'waiting', decided_at = NULL WHERE id = %s", [number])


@pytest.mark.parametrize(
    ("other", "why"),
    [
        ({"staff_id": None}, "nobody is named"),
        ({"from_on": MONDAY - timedelta(days=1)}, "does not hold from"),
        ({"act": "take_pack", "rule": "own"}, "no approved proposal"),
    ],
)
def test_sql_keeps_no_act_without_name_day_and_proposal(working, other, why):
    with sql(working) as cursor:
        add(cursor, "rule_setting", setting(working))
        at_the_end(cursor)
        with pytest.raises(DatabaseError, match=why):
            add(cursor, "rule_setting", setting(working, **other))


def test_sql_changes_what_the_gate_works_by_only_together_with_an_act(working):
    gate = json.dumps({"limits": {"house.day": {"limit": 6}}})
    change = "UPDATE organisation SET settings = jsonb_set(settings, '{gate}', %s) WHERE id = %s"
    with sql(working) as cursor:
        cursor.execute(change, [gate, working.lender])
        with pytest.raises(DatabaseError, match="change by acts that are kept"):
            at_the_end(cursor)
    with sql(working) as cursor:
        cursor.execute(change, [gate, working.lender])
        with transaction.atomic():  # also from within a savepoint
            add(cursor, "rule_setting", setting(working))
        at_the_end(cursor)
    with sql(working) as cursor:
        cursor.execute(
            "UPDATE organisation SET settings = settings || '{\"greeting\": 1}' WHERE id = %s", [working.lender]
        )
        at_the_end(cursor)


#: A limit of the house and an exception to a rule of law that are in a pack alone, and a limit that it has tighter.
ONLY_THERE = "house.visits"
LIFTS_THERE = "us.regf.1006.6.b.1.reply_more"


@pytest.fixture(scope="module")
def taken(working: WorkingBook) -> dict[str, Any]:
    """Keep a pack that stands in place of the one that ships; return what whoever took it has in its settings."""
    from arrears.domain.rule_settings import PackKind
    from arrears.packs import compliance
    from arrears.store.doors import rule_settings as kept

    files = dict(compliance.shipped_files())
    day, reply = files["compliance/house/day.yaml"], files["compliance/us/regf/1006.6.b.1.reply.yaml"]
    files["compliance/house/day.yaml"] = _with_limit(day, 2)
    files["compliance/house/visits.yaml"] = day.replace("house/day", "house/visits")
    more = "compliance/us/regf/1006.6.b.1.reply_more"
    files[f"{more}.yaml"] = reply.replace("compliance/us/regf/1006.6.b.1.reply", more)
    name = "ab" * 32
    with working.nobody():
        kept.keep_pack(
            working.lender, PackKind.WHOLE, version="t", content_hash=name, files=files, now=at(MONDAY), using="night"
        )
    return {"packs": {"whole": name}}


def _with_limit(text: str, limit: int) -> str:
    assert "limit: {value: 3" in text
    return text.replace("limit: {value: 3", f"limit: {{value: {limit}")


def joint(working: WorkingBook, *gates: dict[str, Any]) -> Any:
    from arrears.actions.rule_books import settings_of

    with working.hands_of(working.dora, MONDAY):
        return settings_of([{"gate": gate} for gate in gates], MONDAY, using="default")


@pytest.mark.parametrize(
    ("rule", "theirs", "limit"),
    [
        (ONLY_THERE, {}, 3),  # silent, and by the same pack: its file holds for them
        (ONLY_THERE, {"limits": {ONLY_THERE: {"limit": 4}}}, 4),
        ("house.day", {}, 2),  # the pack they took has two, where three ship
    ],
)
def test_silence_keeps_the_limit_of_the_pack_that_somebody_took(working, taken, rule, theirs, limit):
    loosened = {**taken, "limits": {rule: {"limit": 5}}}
    assert joint(working, loosened, {**taken, **theirs}).limits[rule, "limit"] == limit


def test_a_limit_of_a_rule_that_only_the_others_pack_has_is_not_loosened_by_silence(working, taken):
    loosened = {**taken, "limits": {ONLY_THERE: {"limit": 5}}}
    assert joint(working, loosened, {}).limits[ONLY_THERE, "limit"] == 3
    assert joint(working, loosened).limits[ONLY_THERE, "limit"] == 5


def test_of_a_rule_that_ships_each_keeps_the_number_of_its_own_rules(working, taken):
    assert joint(working, {"limits": {"house.day": {"limit": 5}}}, taken).limits["house.day", "limit"] == 2
    assert joint(working, {**taken, "limits": {"house.day": {"limit": 5}}}, {}).limits["house.day", "limit"] == 3


def test_an_exception_that_only_a_pack_has_counts_where_all_switched_it_on(working, taken):
    on = {**taken, "switched_on": [LIFTS_THERE]}
    assert joint(working, on, taken).switched_on == set()
    assert joint(working, on, {}).switched_on == set()
    assert joint(working, on, on).switched_on == {LIFTS_THERE}


def test_a_page_names_a_rule_of_a_pack_that_was_taken_by_its_title(working, taken):
    from arrears.actions.rule_books import rule_called
    from arrears.store.tables.organisation import Organisation

    house = Organisation.objects.using("night").filter(pk=working.lender)
    before = house.get().settings
    with working.hands_of(working.dora, MONDAY):
        assert rule_called(ONLY_THERE, MONDAY) is None
    house.update(settings={**before, "gate": {**before.get("gate", {}), **taken}})
    try:
        with working.hands_of(working.dora, MONDAY):
            found = rule_called(ONLY_THERE, MONDAY)
        assert found is not None
        assert found.title.es == "El límite de la casa por día"
    finally:
        house.update(settings=before)
