"""The round of links and debits goes by itself while the site is served, and stops with it."""

import threading
from datetime import datetime
from typing import Any


def test_the_round_goes_every_so_often_and_ends_with_the_block(town: Any, now: datetime) -> None:
    from arrears.jobs.taking_rounds import going_round

    asked = threading.Event()

    def clock() -> datetime:
        asked.set()
        return now

    with going_round(clock, 0.02):
        assert asked.wait(30)
    assert not [thread for thread in threading.enumerate() if thread.name == "taking-rounds"]


def test_without_a_provider_the_round_asks_nobody_and_fails_at_nothing(town: Any, now: datetime) -> None:
    from arrears.jobs.taking_rounds import go_all

    assert go_all(now) == 0
