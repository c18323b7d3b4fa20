"""Whom a collector may be served: found by reasons, and the same as reading the whole list line by line."""

import sys
from datetime import date, datetime, timedelta
from pathlib import Path
from random import Random
from typing import Any

import numpy as np
import pytest

ROOT_CONFTEST = Path(__file__).resolve().parents[1] / "conftest.py"
EVERYBODY = 1_000

#: The question as one says it, answered for every line of the list: what it costs does not matter here.
EVERY_LINE = """
WITH lists AS (
    SELECT p.run_id, p.on_day, p.published_at,
           row_number() OVER (PARTITION BY p.organisation_id ORDER BY p.on_day DESC, p.run_id DESC) AS turn
    FROM published_run p WHERE p.on_day <= %(day)s AND p.on_day > %(day)s - 4
), standing AS (
    SELECT w.*,
        coalesce((SELECT coalesce(g.staff_id, 0) FROM assignment g WHERE g.person_id = w.person_id
                  AND g.from_at <= %(now)s AND g.from_at > lists.published_at
                  AND (g.until_at IS NULL OR g.until_at > %(now)s) ORDER BY g.from_at DESC, g.id DESC LIMIT 1),
                 w.staff_id) AS staff,
        (SELECT a FROM attempt a WHERE a.person_id = w.person_id AND a.started_at BETWEEN %(since)s AND %(now)s
         AND a.direction = 'to_person' AND a.by_organisation_id = w.organisation_id
         ORDER BY a.started_at DESC, a.id DESC LIMIT 1) AS tried,
        (SELECT (c.evidence ->> 'call_back_at')::timestamptz FROM consent c WHERE c.person_id = w.person_id
         AND c.source_kind = 'call_back' AND c.at >= %(since)s ORDER BY c.at DESC, c.id DESC LIMIT 1) AS agreed,
        EXISTS (SELECT 1 FROM skip s WHERE s.person_id = w.person_id AND s.on_date = %(today)s
                AND s.staff_id <> %(staff)s AND s.reason = 'needs_language') AS passed_on
    FROM lists JOIN worklist w ON w.run_id = lists.run_id AND w.on_day = lists.on_day
    WHERE lists.turn = 1 AND w.organisation_id = %(organisation)s
)
SELECT person_id FROM standing
WHERE (staff IN (%(staff)s, 0) OR passed_on)
  AND NOT EXISTS (SELECT 1 FROM work_hold h WHERE h.person_id = standing.person_id AND h.until_at > %(now)s
                  AND h.staff_id <> %(staff)s)
  AND NOT EXISTS (SELECT 1 FROM skip s WHERE s.person_id = standing.person_id AND s.on_date = %(today)s
                  AND s.staff_id = %(staff)s AND s.reason = 'needs_language')
  AND NOT EXISTS (SELECT 1 FROM skip s WHERE s.person_id = standing.person_id AND s.returns_at > %(now)s
                  AND NOT (s.reason = 'needs_language' AND s.staff_id <> %(staff)s))
  AND ((tried).id IS NULL OR agreed <= %(now)s
       OR ((tried).disposition = 'busy' AND (tried).outcome_at <= %(back_since)s))
ORDER BY (agreed IS NULL OR (tried).id IS NULL), staff = 0, rank, person_id"""


def shared(name: str) -> Any:
    """Return something of the conftest of all tests, which importlib mode does not let us import by name."""
    found = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(ROOT_CONFTEST))
    return getattr(found, name)


TODAY: date = date(2026, 3, 2)
HOUR = timedelta(hours=1)


def publish(people: Any, on: date, lines: list[tuple[int, int, int, int, int]]) -> None:
    """Publish a list at the start of the day; lines are (person, account, staff, rank, team)."""
    from arrears.kernel.epoch import epoch_day
    from arrears.store import copying, layouts
    from arrears.store.scope import scope
    from arrears.store.tables import work

    now: datetime = shared("NOW")
    own = {"organisation_id": people.lender}
    version = work.PackVersion.objects.using("night").create(
        **own, version="1", content_hash=on.isoformat().encode(), since=now
    )
    run = work.Run.objects.using("night").create(
        **own, kind="night", on_date=on, book_day=on.day, pack_version=version, started_at=now
    )
    rows = np.zeros(len(lines), layouts.WORKLIST)
    rows["organisation_id"] = rows["owner_id"] = people.lender
    rows["run_id"], rows["on_day"] = run.pk, epoch_day(on)
    for name, column in zip(
        ("person_id", "account_id", "staff_id", "rank", "owner_team"), zip(*lines, strict=True), strict=True
    ):
        rows[name] = column
    with scope(people.lender, None, using="night"):
        copying.write("worklist", rows)
    work.PublishedRun.objects.using("night").create(**own, run=run, on_day=epoch_day(on), published_at=now - 6 * HOUR)


def happen(people: Any, person: int, dice: Random) -> None:
    """Let things happen to a person this day, or nothing: hand-over, try, call-back, pass-over, hold."""
    from arrears.store.tables import contact, work
    from arrears.store.tables.person import Consent

    now: datetime = shared("NOW")
    made = {"organisation_id": people.lender, "by_organisation_id": people.lender, "person_id": person}

    def at() -> datetime:
        return now + dice.choice((-7, -5, -2, -1, 0, 1)) * HOUR

    def staff() -> int:
        return int(dice.choice((people.alice, people.dora)))

    while dice.random() < 0.75:  # most have something, some several things
        match dice.randrange(5):
            case 0:
                until = dice.choice((None, now - HOUR, now + HOUR))
                to = dice.choice((None, staff()))
                work.Assignment.objects.using("night").create(**made, staff_id=to, from_at=at(), until_at=until)
            case 1:
                started = min(at(), now - timedelta(seconds=1))
                contact.Attempt.objects.using("night").create(
                    **made, origin="historic", direction="to_person", role="debtor", channel="call",
                    started_at=started, book_day=1, outcome="busy", outcome_at=started, source_kind="test",
                    source_ref=str(dice.random()), disposition=dice.choice(("busy", "no_answer")),
                )  # fmt: skip
            case 2:
                Consent.objects.using("night").create(
                    **made, kind="call_more", at=min(at(), now), source_kind="call_back", source_ref=str(dice.random()),
                    evidence={"call_back_at": at().isoformat()},
                )  # fmt: skip
            case 3:
                work.Skip.objects.using("night").create(
                    **made, staff_id=staff(), on_date=TODAY - timedelta(days=dice.randrange(2)), at=now,
                    reason=dice.choice(("needs_language", "line_fault")), returns_at=at(),
                )  # fmt: skip
            case _ if not work.WorkHold.objects.using("night").filter(person_id=person).exists():
                work.WorkHold.objects.using("night").create(
                    **made, staff_id=staff(), held_at=now - 8 * HOUR, until_at=at()
                )


@pytest.fixture(scope="module")
def busy_day(shared_book: str) -> Any:
    """A hundred people on today's list, half of them in the pool, after a lively morning; and yesterday's list."""
    people, dice = shared("settle_people")(), Random(20_260_302)
    lines = []
    for n in range(120):
        account, person = shared("open_account")(people.lender, f"S-{n}")
        staff = dice.choice((0, 0, people.alice, people.dora))
        lines.append((person, account, staff, dice.randrange(40), dice.randrange(1, 3)))
    publish(people, TODAY - timedelta(days=1), lines[60:])
    publish(people, TODAY, lines[:100])
    for person, *_ in lines:
        happen(people, person, dice)
    return people


def values(people: Any, staff: int) -> dict[str, Any]:
    from arrears.kernel.epoch import epoch_day

    now: datetime = shared("NOW")
    return {
        "organisation": people.lender, "staff": staff, "day": epoch_day(TODAY), "today": TODAY, "now": now,
        "since": now - 6 * HOUR, "back_since": now - HOUR / 2,
    }  # fmt: skip


def served(people: Any, staff: int, *, most: int = EVERYBODY, skip: int = 0, team: int = 0) -> list[Any]:
    from arrears.store.doors import serving
    from arrears.store.scope import scope

    asked = {name: value for name, value in values(people, staff).items() if name not in {"organisation", "staff"}}
    with scope(people.lender, staff, today=TODAY):
        return serving.servable(
            staff, **asked, rules=serving.Rules(("needs_language",), ("busy",)), most=most, skip=skip, team=team
        )


def by_every_line(people: Any, staff: int) -> list[int]:
    from django.db import connections

    from arrears.store.scope import scope

    with scope(people.lender, staff, today=TODAY), connections["default"].cursor() as cursor:
        cursor.execute(EVERY_LINE, values(people, staff))
        return [row[0] for row in cursor.fetchall()]


@pytest.mark.parametrize("who", ["alice", "dora"])
def test_those_found_by_reasons_are_those_found_line_by_line_in_the_same_order(busy_day, who):
    staff = getattr(busy_day, who)
    everybody = by_every_line(busy_day, staff)
    found = served(busy_day, staff)

    assert [one.person for one in found] == everybody
    kinds = {(one.is_asked_for, one.is_back, one.staff == 0) for one in found}
    assert {(True, True, False), (False, False, False), (False, False, True), (False, True, True)} <= kinds


@pytest.mark.parametrize("most", [1, 7, 20])
def test_pages_follow_each_other_without_a_gap_or_a_repeat(busy_day, most):
    everybody = [one.person for one in served(busy_day, busy_day.alice)]
    paged: list[int] = []
    while page := served(busy_day, busy_day.alice, most=most, skip=len(paged)):
        paged += [one.person for one in page]
    assert paged == everybody


def test_of_the_pool_only_the_team_is_read_and_of_one_s_own_everybody(busy_day):
    from arrears.store.tables.work import Worklist

    everybody = served(busy_day, busy_day.alice)
    team_of = dict(Worklist.objects.using("night").filter(on_day=20514).values_list("person_id", "owner_team"))
    ours = [one.person for one in served(busy_day, busy_day.alice, team=2)]

    others = {one.person for one in everybody if one.person not in ours}
    assert {team_of[person] for person in others} == {1}
    assert all(one.staff == 0 and not one.is_asked_for for one in everybody if one.person in others)
    assert ours == [one.person for one in everybody if one.person not in others]
