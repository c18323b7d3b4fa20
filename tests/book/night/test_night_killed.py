"""A night that is killed, at whatever step, goes on and ends as if nobody had disturbed it."""

import os
import signal
import sys
import warnings
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
TOMORROW = TODAY + timedelta(days=1)
STEPS = (
    "close_day", "make_ready", "expire_permits", "judge_concessions", "judge_cases", "judge_promises",
    "renew_positions", "post_books", "post_commission", "prove", "prove_books", "look_for_missing", "decide", "allocate", "publish", "raise_alarms",
)  # fmt: skip
ROOT_CONFTEST = str(Path(__file__).resolve().parents[2] / "conftest.py")


def shared(name: str) -> Any:
    """Something of the conftest of all tests, which importlib mode does not let us import by name."""
    return getattr(next(m for m in list(sys.modules.values()) if getattr(m, "__file__", "") == ROOT_CONFTEST), name)


def outcome(organisation: int) -> dict[str, list[dict[str, Any]]]:
    """Everything a night leaves behind, without the numbers that a sequence gave."""
    from arrears.store.tables import event, promise, work

    tables = {
        "decision": work.Decision.objects.order_by("account_id", "decided_at"),
        "worklist": work.Worklist.objects.order_by("person_id"),
        "position": work.AccountPosition.objects.order_by("account_id"),
        "published": work.PublishedRun.objects.filter(organisation_id=organisation),
        "promise": promise.Promise.objects.order_by("pk"),
        "event": event.Event.objects.filter(organisation_id=organisation).order_by("pk"),
        "step": work.RunStep.objects.filter(organisation_id=organisation).order_by("number"),
    }
    left_out = {"id", "run_id", "pack_version_id", "salt", "digest", "figures", "facts"}
    return {
        name: [
            {column: value for column, value in row.items() if column not in left_out}
            for row in rows.using("night").values()
        ]
        for name, rows in tables.items()
    }


def killed(organisation: int, step: str, moment: str, night_book: Any) -> None:
    """Run the night in a process of its own that is killed, without a chance to tidy up, at a moment of a step."""
    from django.db import connections

    connections.close_all()
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", DeprecationWarning)
        child = os.fork()
    if child == 0:

        def kill(running: Any, at: str) -> None:
            if (running.name, at) == (step, moment):
                os.kill(os.getpid(), signal.SIGKILL)

        try:
            night_book.run(organisation, TOMORROW, full=True, proof="sample", watch=kill)
        finally:
            os._exit(1)  # reached only where nobody killed us
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status), f"the night never came to {moment} of {step}"
    assert os.WTERMSIG(status) == signal.SIGKILL


@pytest.fixture(scope="module")
def undisturbed(cluster: Any) -> dict[str, list[dict[str, Any]]]:
    from tests.book.night.conftest import NightBook

    with shared("copy_of_the_book")(cluster):
        people = shared("settle_people")()
        NightBook().fill(people)
        NightBook().run(people.lender, TOMORROW, full=True, proof="sample")
        return outcome(people.lender)


def test_the_steps_are_those_that_are_killed_here():
    from arrears.jobs.night.step import steps

    assert tuple(step.name for step in steps()) == STEPS


def test_an_undisturbed_night_leaves_something_to_compare(undisturbed):
    assert len(undisturbed["decision"]) == 8
    assert len(undisturbed["worklist"]) == 8
    assert [row["state"] for row in undisturbed["promise"]] == ["broken"]
    assert [row["state"] for row in undisturbed["step"]] == ["done"] * len(STEPS)


@pytest.mark.parametrize("step", STEPS)
def test_killed_in_a_step_and_started_again_it_ends_the_same(step, people, night_book, undisturbed):
    night_book.fill(people)
    for moment in ("begun", "worked", "done"):
        killed(people.lender, step, moment, night_book)
    night_book.run(people.lender, TOMORROW, full=True, proof="sample")
    assert outcome(people.lender) == undisturbed


def test_killed_in_every_step_one_after_the_other_it_ends_the_same(people, night_book, undisturbed):
    night_book.fill(people)
    for step in STEPS:
        killed(people.lender, step, "worked", night_book)
    night_book.run(people.lender, TOMORROW, full=True, proof="sample")
    assert outcome(people.lender) == undisturbed


def test_a_step_that_fails_is_noted_as_failed_and_the_next_try_goes_on_from_it(people, night_book):
    from arrears.store.tables.work import Run, RunStep

    class BrokenDiskError(Exception):
        pass

    def fail(step: Any, moment: str) -> None:
        if (step.name, moment) == ("allocate", "worked"):
            raise BrokenDiskError

    night_book.fill(people)
    with pytest.raises(BrokenDiskError):
        night_book.run(people.lender, TOMORROW, watch=fail)
    states = dict(RunStep.objects.using("night").values_list("name", "state"))
    assert (states["decide"], states["allocate"]) == ("done", "failed")
    assert Run.objects.using("night").get().state == "failed"
    [report] = night_book.run(people.lender, TOMORROW)
    assert [step.step.name for step in report.steps if not step.was_done] == ["allocate", "publish", "raise_alarms"]
    assert Run.objects.using("night").get().state == "done"


def test_who_works_while_the_night_runs_is_not_waited_for_and_wins(people, night_book):
    """A payment between reading and publishing: the list still names the debtor, the newer decision does not."""
    from arrears.actions import decisions
    from arrears.store.scope import scope

    account, person = shared("open_account")(people.lender, "W-1")
    night_book.can_be_called(people.lender, person)
    night_book.owe(people.lender, account, instalments=(5,))

    def pay(step: Any, moment: str) -> None:
        if (step.name, moment) == ("decide", "done"):
            night_book.pay(people.lender, account, 10_000, on=TOMORROW)
            with scope(people.lender, None, today=TOMORROW, using="night"):
                decisions.redecide_people([person], now=NOW + timedelta(days=1, hours=1), using="night")

    night_book.run(people.lender, TOMORROW, watch=pay)
    by_night, by_day = night_book.rows("Decision").filter(account_id=account).order_by("decided_at")
    assert (by_night.run_id > 0, by_night.arrears_minor) == (True, 10_000)
    assert (by_day.run_id, by_day.arrears_minor) == (0, 0)
