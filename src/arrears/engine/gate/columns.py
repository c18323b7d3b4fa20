"""The columns of many positions, as the night hands them to the gate: one row an account, days as epoch days.

They hold what the gate needs to say for a whole book "not today, because of this rule, and not before that day". What
they do not hold (which address, which words, agreed hours) is asked again at the moment of contact.
"""

from dataclasses import dataclass, replace
from enum import Enum
from functools import cache
from typing import Final

import numpy as np
from numpy.typing import NDArray

from arrears.domain.contacts import Channel, Medium, Purpose, Role
from arrears.domain.holds import HoldKind
from arrears.domain.position import SLOT_DAYS
from arrears.kernel.epoch import NO_DATE

Days = NDArray[np.int32]
SLOTS: Final = SLOT_DAYS
"""Days of contact counts held in a row; slot k is the day ``anchor - k``."""

ROW: Final = np.dtype(
    [
        ("place", "i2"),
        ("debt_kind", "i2"),
        ("zones", "i2"),
        ("collector_kind", "i1"),
        ("consumer_purpose", "i1"),
        ("in_default_when_obtained", "i1"),
        ("role", "i1"),
        ("basis", "i1"),
        ("status", "i1"),
        ("plan", "i1"),
        ("stops", "u1"),
        ("holds", "u4"),
        ("hold_until", "i4"),
        ("anchor", "i4"),
        ("calls", "u1", (SLOTS,)),
        ("reached", "u1", (SLOTS,)),
        ("contacts", "u1", (SLOTS,)),
        ("last_conversation", "i4"),
        ("call_consent", "i4"),
    ]
)
"""``place``, ``zones`` and ``debt_kind`` are positions in the tuples of `Columns` (-1: not known). Kinds,
roles, bases and statuses are positions in their enumerations (-1: not known); ``consumer_purpose``,
``in_default_when_obtained``: 1, 0, -1. ``plan``: 1 a signed plan that is kept. ``stops``, ``holds``: a bit for each
medium, each kind of hold now on. ``hold_until``: first day without them, ``NO_DATE`` where nobody knows. ``calls``:
this collector's calls to the person about this debt that count; ``reached``: those in which the person was reached;
``contacts``: all contacts with the person. ``last_conversation``, ``call_consent`` (given directly, without hours of
its own, no conversation since): days, ``NO_DATE`` for none."""

HOLD_BIT: Final = {kind: 1 << place for place, kind in enumerate(HoldKind)}
STOP_BIT: Final = {medium: 1 << place for place, medium in enumerate(Medium)}


@dataclass(frozen=True, slots=True)
class Columns:
    """Rows of `ROW` with what their small numbers stand for, and the contact the night has in mind.

    ``creditor`` is whose debts they all are; None where nobody said.
    """

    rows: NDArray[np.void]
    places: tuple[tuple[str, ...], ...]
    zones: tuple[tuple[str, ...], ...]
    channel: Channel = Channel.CALL
    purpose: Purpose = Purpose.COLLECT
    kinds: tuple[str, ...] = ()
    creditor: int | None = None

    def part(self, which: NDArray[np.intp]) -> "Columns":
        """Return the same for some rows only."""
        return replace(self, rows=self.rows[which])


@cache
def code_of(member: Enum | None) -> int:
    """Return the position of an enumeration's member; -1 for None."""
    return -1 if member is None else list(type(member)).index(member)


def empty_rows(count: int) -> NDArray[np.void]:
    """Return ``count`` rows of a debtor with nothing known and nothing against contact: the base tests build on."""
    rows = np.zeros(count, ROW)
    for name in ("last_conversation", "call_consent", "hold_until"):
        rows[name] = NO_DATE
    rows["place"] = rows["zones"] = rows["debt_kind"] = -1
    rows["role"] = code_of(Role.DEBTOR)
    return rows


def count_in_window(rows: NDArray[np.void], name: str, days: Days, window: int) -> NDArray[np.int64]:
    """Return how many contacts of ``name`` fall in the ``window`` days that end on ``days``, by row."""
    behind = days - rows["anchor"]
    counts: NDArray[np.int64] = np.zeros(len(rows), np.int64)
    for slot in range(SLOTS):
        age = behind + slot
        counts += np.where((age >= 0) & (age < window), rows[name][:, slot], 0)
    return counts


def from_positions(positions: NDArray[np.void], **others: NDArray[np.int_] | int) -> NDArray[np.void]:
    """Return rows of `ROW` for rows of `POSITION`: counts, holds and days from there, all other columns by name.

    A position knows the latest right-party contact, not the latest conversation; the wait is counted from it, which is
    never too short. It has no end of its holds: none is assumed, unless ``hold_until`` is given.
    """
    rows = empty_rows(len(positions))
    rows["anchor"] = np.where(positions["slots_day"] == NO_DATE, 0, positions["slots_day"])
    for name, column in (("calls", "calls_slots"), ("contacts", "contacts_slots")):
        for slot in range(SLOTS):
            rows[name][:, slot] = (positions[column] >> (8 * slot)) & 0xFF
    rows["holds"] = positions["holds"]
    rows["last_conversation"] = positions["last_rpc_day"]
    for name, values in others.items():
        rows[name] = values
    return rows
