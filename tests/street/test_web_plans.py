"""The pages of plans: built from a budget, agreed, shown, edited, approved; and promises by the hour."""

import re
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

CONFTEST = Path(__file__).with_name("conftest.py")
BUDGET = {
    "line-wages": "1,900.00",
    "line-housing": "900.00",
    "line-food": "600.00",
    "line-emergency": "50.00",
    "consented": "1",
}


def street() -> Any:
    return next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(CONFTEST))


@pytest.fixture
def person(town: Any) -> int:
    return int(town.people.kept_debtor)


def signed_in(who: str, language: str = "en") -> Any:
    return street().signed_in(who, language)


def first(days: int = 7) -> str:
    when = street().shared("NOW") + street().A_DAY + timedelta(days=days)
    return str(when.date().isoformat())


def asked(town: Any, **said: str) -> dict[str, str]:
    return {"account": str(town.people.kept), "first": first(), "rhythm": "monthly", "do": "work_out", **said}


def plans_made() -> list[Any]:
    from arrears.store.tables.plan import Plan

    return list(Plan.objects.using("report").order_by("pk"))


def text(answer: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", answer.content.decode()))


def test_a_budget_proposes_plans_side_by_side_and_none_above_what_is_left(town: Any, person: int) -> None:
    answer = signed_in("alice").post(f"/plans/new/{person}/", asked(town, covers="all", **BUDGET))
    assert answer.status_code == 200, text(answer)[:2000]
    said = text(answer)
    assert "$350.00" in said
    assert "Over soonest" in said
    assert "With some room" in said
    assert answer.content.decode().count("<polyline") == 2
    assert "$300.29" in said, said[:3000]
    assert "$240.23" in said
    assert plans_made() == []


def test_where_nothing_is_left_no_plan_is_offered_and_nobody_is_told_to_borrow(town: Any, person: int) -> None:
    answer = signed_in("alice").post(f"/plans/new/{person}/", asked(town, **{**BUDGET, "line-housing": "1,500.00"}))
    said = text(answer)
    assert answer.status_code == 200
    assert "Nothing is affordable now" in said
    assert "Compare" not in said
    assert "debt advice" in said


def test_a_budget_is_not_taken_without_consent_and_an_instalment_not_above_the_surplus(town: Any, person: int) -> None:
    alice = signed_in("alice")
    bare = {name: said for name, said in BUDGET.items() if name != "consented"}
    assert alice.post(f"/plans/new/{person}/", asked(town, **bare)).status_code == 422
    high = alice.post(f"/plans/new/{person}/", asked(town, covers="all", each="400.00", **BUDGET))
    assert high.status_code == 422
    assert "higher than what the budget leaves" in text(high)


def agreed(town: Any, person: int, who: str = "alice", **said: str) -> Any:
    given = {
        "count": "3",
        "choice": "own",
        "do": "agree",
        "means": "transfer",
        "agreed_by": "letter",
        "reference": "L7",
    }
    return signed_in(who).post(f"/plans/new/{person}/", asked(town, **{**given, **said}))


def test_a_plan_agreed_by_letter_runs_and_shows_on_its_page_on_the_board_and_on_the_call_page(
    town: Any, person: int
) -> None:
    made = agreed(town, person)
    [row] = plans_made()
    assert made.status_code == 302, text(made)[:1500]
    assert (row.state, row.agreed_by, row.evidence) == ("on_time", "letter", {"reference": "L7"})
    alice = signed_in("alice")
    page = text(alice.get(f"/plans/{row.pk}/"))
    assert "on time" in page
    assert "By a letter or message they sent (L7)" in page
    assert "on time" in text(alice.get("/plans/"))
    assert "Plan : on time" in text(alice.get(f"/call/{person}/"))
    assert agreed(town, person).status_code == 422


def test_what_a_budget_expects_is_filled_in_again_until_its_day_is_over(town: Any, person: int) -> None:
    expects = {"rises_on": first(60), "rise": "100.00", "lump_on": first(90), "lump": "250.00"}
    assert agreed(town, person, **BUDGET, **expects).status_code == 302
    page = f"/plans/new/{person}/"
    again = signed_in("alice").get(page).content.decode()
    for name, value in {**expects, "line-wages": "1900.00"}.items():
        assert re.search(rf'name="{name}"[^>]* value="{value}"', again), name
    from arrears.store.tables.plan import Budget

    Budget.objects.using("night").update(lump_on=street().shared("NOW").date() - timedelta(days=1))
    later = signed_in("alice").get(page).content.decode()
    assert re.search(r'name="lump" [^>]* value=""', later)
    assert re.search(r'name="rise" [^>]* value="100.00"', later)


def test_no_yes_no_plan_and_a_proposal_binds_nobody(town: Any, person: int) -> None:
    assert agreed(town, person, reference="").status_code == 422
    assert agreed(town, person, agreed_by="call").status_code == 422
    assert plans_made() == []
    assert agreed(town, person, agreed_by="not_yet").status_code == 302
    [row] = plans_made()
    assert row.state == "proposed"
    done = signed_in("alice").post(f"/plans/{row.pk}/agree/", {"agreed_by": "portal", "reference": "session 9"})
    assert done.status_code == 302
    assert plans_made()[0].state == "on_time"


def test_a_long_plan_waits_for_who_leads(town: Any, person: int) -> None:
    assert agreed(town, person, count="12").status_code == 302
    [row] = plans_made()
    assert row.state == "awaiting_approval"
    assert signed_in("alice").post(f"/plans/{row.pk}/decide/", {"decision": "approve"}).status_code == 403
    assert "Waiting for approval" in text(signed_in("mona").get("/plans/"))
    assert signed_in("mona").post(f"/plans/{row.pk}/decide/", {"decision": "approve"}).status_code == 302
    assert plans_made()[0].state == "on_time"


def test_an_edit_needs_a_reason_and_the_version_one_has_seen(town: Any, person: int) -> None:
    agreed(town, person)
    [row] = plans_made()
    alice = signed_in("alice")
    rest = {"first": first(14), "rhythm": "weekly", "count": "4", "version": "1", "because": "hours were cut"}
    assert alice.post(f"/plans/{row.pk}/edit/", {**rest, "because": ""}).status_code == 422
    assert alice.post(f"/plans/{row.pk}/edit/", rest).status_code == 302
    assert plans_made()[0].version == 2
    late = alice.post(f"/plans/{row.pk}/edit/", rest)
    assert late.status_code == 422
    assert "Somebody else changed this plan meanwhile" in text(late)
    page = text(alice.get(f"/plans/{row.pk}/"))
    assert "hours were cut" in page


def test_the_new_schedule_is_shown_before_it_is_agreed_in_every_shape(town: Any, person: int) -> None:
    assert agreed(town, person, covers="all").status_code == 302
    [row] = plans_made()
    total = sum(each.amount_minor for each in instalments(row.pk, 1))
    page, alice = f"/plans/{row.pk}/edit/", signed_in("alice")
    step = {"first": first(14), "rhythm": "weekly", "version": "1", "because": "rises", "kind": "step", "count": "2"}
    shown = alice.post(page, {**step, "each": "10.00", "then": "2,000.00", "do": "preview"})
    said = text(shown)
    assert shown.status_code == 200
    assert "The new schedule, not written yet" in said
    assert f"${(total - 1_000) / 100:,.2f}" in said
    assert plans_made()[0].version == 1
    balloon = {**step, "kind": "balloon", "each": "10.00", "balloon_on": first(40), "do": "write"}
    assert alice.post(page, balloon).status_code == 302
    found = instalments(row.pk, 2)
    assert [each.amount_minor for each in found] == [1_000, 1_000, total - 2_000]
    assert found[-1].nominal_on.isoformat() == first(40)


def test_a_preview_says_what_is_wrong_and_keeps_what_was_typed(town: Any, person: int) -> None:
    agreed(town, person)
    [row] = plans_made()
    shown = signed_in("alice").post(
        f"/plans/{row.pk}/edit/", {"first": first(14), "each": "", "count": "", "because": "less", "do": "preview"}
    )
    assert shown.status_code == 422
    assert "how many instalments" in text(shown)
    assert ">less</textarea>" in shown.content.decode()


def instalments(plan: int, version: int) -> list[Any]:
    from arrears.store.tables.plan import PlanInstalment

    return list(PlanInstalment.objects.using("report").filter(plan_id=plan, version=version).order_by("number"))


def test_a_plan_ends_only_by_somebody_who_may_and_with_a_reason(town: Any, person: int) -> None:
    agreed(town, person)
    [row] = plans_made()
    assert signed_in("alice").post(f"/plans/{row.pk}/end/", {"because": "x"}).status_code == 403
    mona = signed_in("mona")
    assert mona.post(f"/plans/{row.pk}/end/", {"because": " "}).status_code == 422
    assert mona.post(f"/plans/{row.pk}/end/", {"because": "moved abroad"}).status_code == 302
    assert plans_made()[0].state == "ended"


def test_another_organisation_sees_none_of_it(town: Any, person: int) -> None:
    agreed(town, person)
    [row] = plans_made()
    charlie = signed_in("charlie")
    assert charlie.get(f"/plans/{row.pk}/").status_code == 404
    assert charlie.get(f"/plans/new/{person}/").status_code == 404
    assert charlie.post(f"/plans/{row.pk}/end/", {"because": "x"}).status_code in {403, 404, 422}
    assert plans_made()[0].state == "on_time"
    assert signed_in("adam").get("/plans/").status_code == 403


def test_promises_of_the_day_stand_by_the_hour_with_the_check_that_is_allowed(town: Any, person: int) -> None:
    from arrears.actions import promises
    from arrears.store.scope import scope

    now = street().shared("NOW") + street().A_DAY
    with scope(town.people.lender, town.people.alice, using="night"):
        for hour, may_call in ((15, True), (17, False)):
            promises.take(
                town.people.kept, amount_minor=4_000, due_on=now.date(), due_hour=hour, means="transfer",
                may_call=may_call, may_write=False, now=now, using="night",
            )  # fmt: skip
    said = text(signed_in("alice").get("/promises/"))
    assert said.index("15:00") < said.index("may be rung at that hour") < said.index("17:00")
    assert said.index("17:00") < said.index("look in the ledger only")
    assert "0 of 2 have come" in said


@pytest.mark.parametrize("language", ["es", "zh-hans"])
def test_the_pages_speak_the_language_of_whoever_reads(town: Any, person: int, language: str) -> None:
    from arrears.store.tables.plan import Plan
    from arrears.store.tables.staff import Staff

    agreed(town, person)
    [row] = plans_made()
    words = {"es": ("al corriente", "Compare"), "zh-hans": ("按时履行", "比较")}[language]
    Staff.objects.using("night").filter(username="alice").update(language=language[:2])
    alice = signed_in("alice")
    assert words[0] in text(alice.get(f"/plans/{row.pk}/"))
    said = {
        "es": {"line-wages": "1900,00", "line-housing": "900"},
        "zh-hans": {"line-wages": "1900", "line-housing": "900"},
    }
    asked_so = asked(town, consented="1", covers="all", **said[language])
    Plan.objects.using("night").filter(pk=row.pk).update(state="declined")
    assert words[1] in text(alice.post(f"/plans/new/{person}/", asked_so))
