"""Build the demonstration's book: the made-up files go through the real import, then the real night runs."""

import tempfile
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

import polars as pl

from arrears.actions import bank as statements
from arrears.actions import placements
from arrears.actions.imports import desk, run
from arrears.jobs.demo import bank, portfolio, scenes, staff, understandings
from arrears.jobs.demo.loans import LENDERS, NORTHFIELD, QINGHE, Lender
from arrears.jobs.demo.stage import stage_of
from arrears.jobs.night.night import Watcher
from arrears.jobs.night.nights import run_nights
from arrears.jobs.steps import Say, counting
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.store.doors import founding, organisations_at_night
from arrears.store.doors.intake import Owner
from arrears.store.scope import scope

AGENCY: Final = "Ridgeline Recovery (fictitious)"
#: The agency works what is furthest behind: this many debts in each thousand, from the third month on.
PLACED_PER_THOUSAND: Final = 12
PLACED_FROM_DAYS: Final = 61
#: Product terms of the loans: a late charge by the day on overdue principal, capped, within a few days' grace.
TERMS: Final[dict[str, dict[str, Any]]] = {
    "NORTHFIELD": {"tolerance_minor": 100, "late_charge": {"rate_ppm": 60_000, "grace_days": 5, "cap_minor": 25_000}},
    "QINGHE": {"tolerance_minor": 100, "late_charge": {"rate_ppm": 120_000, "grace_days": 3, "cap_minor": 100_000}},
}
#: A creditor collecting in its own name is not bound by Regulation F; this one keeps it by choice.
SETTINGS: Final[dict[str, dict[str, Any]]] = {
    "northfield": {
        "from_numbers": ["+12125550150", "+12125550151"],
        "gate": {"by_choice": ["us/regf"]},
        "takings": {"account": "own"},
        "notices": {
            "address": "PO Box 4410, Albany, NY 12204",
            "phone": "(212) 555-0150",
            "hours": "Mon-Fri 8-18",
            "website": "northfield.example",
            "payment_options": "By transfer, by card on northfield.example, or by cheque.",
        },
    },
    "qinghe": {"from_numbers": ["+8612000000150"], "takings": {"account": "own"}},
}
#: The number of the statement that is taken in while the demonstration is built; the next is for whoever looks around.
THIS_MORNING: Final = 1
Frames = dict[str, pl.DataFrame]


@dataclass(frozen=True, slots=True)
class Ordered:
    """What the demonstration is to be: how many debts in all, from which seed, seen at which instant.

    ``folder`` is where statements are left for whoever wants to bring one in by hand.
    """

    debts: int
    seed: int
    now: datetime
    folder: Path


def build(ordered: Ordered, say: Say) -> None:
    """Fill an empty, migrated database with two creditors, an agency, their people and a year of history."""
    brought = {lender: _bring(lender, ordered, say) for lender in LENDERS}
    owners = {lender: owner for lender, (owner, _) in brought.items()}
    for lender, hired in ((NORTHFIELD, staff.NORTHFIELD), (QINGHE, staff.QINGHE)):
        _hire(owners[lender].id, hired)
    _place(owners[NORTHFIELD], _agency(), ordered)
    for owner in owners.values():
        _night(owner, ordered.now, say)
    for lender, (owner, frames) in brought.items():
        say(f"the bank statement of {lender.name}")
        _bank(lender, owner, frames, ordered)
    for lender, by in ((NORTHFIELD, "senior"), (QINGHE, "zongbu")):
        say(f"plans and offers of {lender.name}")
        owner = owners[lender]
        understandings.make(owner, ordered.now, local_day(ordered.now, owner.timezone), by=by)
    for lender, by in ((NORTHFIELD, "manager"), (QINGHE, "jingli")):
        say(f"letters, replies and cases of {lender.name}")
        scenes.play(stage_of(lender, owners[lender], by=by, now=ordered.now, folder=ordered.folder))


def _bring(lender: Lender, ordered: Ordered, say: Say) -> tuple[Owner, Frames]:
    """Bring a lender's files in as known at the end of yesterday, so that the first night makes today's list."""
    yesterday = ordered.now - timedelta(days=1)
    owner = desk.new_owner(lender.name, desk.Place(lender.country, lender.zone, lender.language), now=yesterday)
    assert isinstance(owner, Owner), owner
    founding.keep_settings(owner.id, SETTINGS[lender.code], using="night")
    day = local_day(yesterday, lender.zone)
    say(f"a year of {lender.name}")
    frames = portfolio.files(lender, ordered.debts // len(LENDERS), day, ordered.seed)
    with tempfile.TemporaryDirectory() as folder:
        paths = _write(Path(folder), frames)
        at = desk.desk(owner, run.Defaults(currency=lender.currency), mapping_at=None, home=None)
        planned, problems = desk.plan_files(at, paths)
        assert not problems, [problem.said_in("en") for problem in problems]
        results = run.bring(
            planned, owner, now=yesterday, terms=TERMS[lender.code.upper()],
            progress=counting(lambda words: say(f"{lender.name}: {words}")),
        )  # fmt: skip
    assert not any(result.refused for result in results), [result.faults.head(3) for result in results]
    return owner, frames


def _write(folder: Path, frames: Frames) -> list[Path]:
    paths = []
    for kind, frame in frames.items():
        paths.append(folder / f"{kind}.csv")
        frame.write_csv(paths[-1])
    return paths


def _bank(lender: Lender, owner: Owner, frames: Frames, ordered: Ordered) -> None:
    """Take in this morning's statement: most of it posts by itself, some lines wait for a hand."""
    day = local_day(ordered.now, owner.timezone)
    data = bank.statement(lender, frames, day, ordered.seed, THIS_MORNING)
    taken = statements.take_in(data, f"{lender.code}-{day}.xml", owner, now=ordered.now)
    assert not isinstance(taken, Problem), taken.said_in("en")
    to_try = statement_at(ordered.folder, lender)
    to_try.parent.mkdir(parents=True, exist_ok=True)
    to_try.write_bytes(bank.statement(lender, frames, day, ordered.seed, THIS_MORNING + 1))


def statement_at(folder: Path, lender: Lender) -> Path:
    """Return where the statement lies that somebody may bring in by hand."""
    return folder / f"{lender.code}-statement.xml"


def _hire(organisation: int, people: tuple[staff.Hired, ...]) -> None:
    with scope(organisation, None, using="night"):
        for one in people:
            founding.add_staff(
                one.username, one.full_name, one.roles, password=staff.PASSWORD, team=one.team, language=one.language,
                skills=one.skills, capacity_minutes=one.minutes, is_shared=True, using="night",
            )  # fmt: skip


def _agency() -> int:
    agency = founding.add_organisation(
        AGENCY, "agency", country="US", timezone="America/Chicago", language="en",
        settings={"from_numbers": ["+13125550160"]}, using="night",
    )  # fmt: skip
    _hire(agency, staff.AGENCY)
    return agency


def _place(owner: Owner, agency: int, ordered: Ordered) -> None:
    on = local_day(ordered.now, owner.timezone)
    with scope(owner.id, None, using="night"):
        most = max(1, ordered.debts * PLACED_PER_THOUSAND // 1000)
        accounts = founding.furthest_behind(PLACED_FROM_DAYS, on, most, using="night")
        since = on - timedelta(days=1)
        placements.place(accounts, agency, on, in_default_on=since, now=ordered.now, using="night")


def _night(owner: Owner, now: datetime, say: Say) -> None:
    found = organisations_at_night.organisations([owner.id])[0]
    today = local_day(now, owner.timezone)
    for _ in run_nights(found, today, clock=lambda: now, watch=_watching(found.name, say)):
        pass


def _watching(name: str, say: Say) -> Watcher:
    """Return what says each step of a night as it begins."""
    return lambda step, moment: say(f"the night of {name}: {step.words.en}") if moment == "begun" else None


def catch_up(now: datetime, say: Say) -> int:
    """Run the nights missed since the demonstration was last opened; return how many ran."""
    ran = 0
    for found in organisations_at_night.with_a_book():
        today, watch = local_day(now, found.timezone), _watching(found.name, say)
        for report in run_nights(found, today, clock=lambda: now, catch_up=True, watch=watch):
            say(f"{found.name}: {report.on} is ready")
            ran += 1
    return ran
