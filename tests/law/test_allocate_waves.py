"""A person is in the first round of the day that wants them and that overlaps the hours open to them."""

import numpy as np
import pytest

from arrears.engine.allocate import NO_WAVE, Wave, waves_of
from arrears.kernel.texts import Text

FIRST = Wave(1, Text("First round", "Primera ronda", "第一轮"), 480, 600)
SECOND = Wave(2, Text("Second round", "Segunda ronda", "第二轮"), 870, 960)
PROMISES = Wave(3, Text("Promised today", "Prometido para hoy", "今日承诺"), 840, 960, promises_only=True)
DAY = (FIRST, SECOND, PROMISES)


def wave_of(opens, closes, *, promised=False):
    found = waves_of(DAY, np.array([opens]), np.array([closes]), np.array([promised]))
    return found.wave[0], found.starts[0], found.ends[0]


@pytest.mark.parametrize(
    ("opens", "closes", "promised", "wave"),
    [
        (480, 1260, False, (1, 480, 600)),
        (599, 1260, False, (1, 599, 600)),
        (600, 1260, False, (2, 870, 960)),
        (900, 910, False, (2, 900, 910)),
        (960, 1260, False, (NO_WAVE, 960, 1260)),
        (610, 870, False, (NO_WAVE, 610, 870)),
        (480, 1260, True, (3, 840, 960)),
        (480, 840, True, (1, 480, 600)),
        (480, 841, True, (3, 840, 841)),
        (0, 0, False, (NO_WAVE, 0, 0)),
    ],
)
def test_the_round_follows_from_the_hours_that_are_open(opens, closes, promised, wave):
    assert wave_of(opens, closes, promised=promised) == wave


def test_a_wave_that_ends_before_it_begins_is_refused():
    with pytest.raises(ValueError, match="begins before it ends"):
        Wave(1, FIRST.words, 600, 600)
