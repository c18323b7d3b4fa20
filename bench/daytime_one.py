"""One person at a time: the dry verdict, the re-decision and get-next, each in a scope of its own."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from random import Random

from daytime_book import DAY, NOON, ORGANISATION, superuser

WARM = 100


@dataclass(frozen=True)
class Timing:
    """Milliseconds of each call: on the clock and of our thread; and what a call took of the server, on average."""

    wall: list[float]
    own: list[float]
    server: float


def people(count: int, seed: int) -> list[tuple[int, int]]:
    """Return persons on the list with their numbers, drawn."""
    with superuser() as admin:
        listed = admin.execute(
            "SELECT w.person_id, c.id FROM worklist w JOIN contact_point c ON c.person_id = w.person_id "
            "ORDER BY w.person_id, c.id"
        ).fetchall()
    return Random(seed).sample(listed, count)


def measure(asked: Callable[[int, int], object], drawn: list[tuple[int, int]]) -> Timing:
    """Call ``asked`` with each person and number, the first `WARM` unmeasured."""
    wall, own = [], []
    server = 0.0
    for turn, (person, point) in enumerate(drawn):
        with _desk(turn) as backend:
            if turn == WARM:
                server = _server_seconds(backend)
            began, began_own = time.perf_counter(), time.thread_time()
            asked(person, point)
            took = time.perf_counter() - began, time.thread_time() - began_own
        if turn >= WARM:
            wall.append(took[0] * 1000)
            own.append(took[1] * 1000)
    return Timing(wall, own, (_server_seconds(backend) - server) * 1000 / len(wall))


@contextmanager
def _desk(turn: int) -> Iterator[int]:
    """Open the scope of a collector as a request does, and commit; give the backend's process."""
    from django.db import connections

    from arrears.store.scope import scope

    with scope(ORGANISATION, turn % 400 + 1, today=DAY):
        yield connections["default"].connection.info.backend_pid


def _server_seconds(backend: int) -> float:
    """Return the processor time of a backend so far; Linux counts it in hundredths."""
    fields = Path(f"/proc/{backend}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / 100


def dry_verdict(person: int, point: int) -> None:
    from arrears.actions import contacts
    from arrears.actions.gatekeeping import Approach
    from arrears.engine.gate import Verdict

    assert isinstance(contacts.dry_verdict(Approach(person=person, contact_point=point), now=NOON), Verdict)


def redecision(person: int, _point: int) -> None:
    from arrears.actions.decisions import redecide_people

    assert redecide_people([person], now=NOON)


def get_next(_person: int, _point: int) -> None:
    from arrears.actions import work

    assert work.get_next(now=NOON)


MEASURED = {"dry verdict": dry_verdict, "re-decision": redecision, "get-next": get_next}
