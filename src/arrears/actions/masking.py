"""The gate over a whole book at night: by account the rule that refuses contact today, and the hours that are open.

The same rules as at the moment of contact, asked of columns. What columns do not hold (which number, which words,
hours somebody agreed to) the gate asks when it comes to it: a mask only spares people cases they may not call.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cache
from typing import Final, TypeVar

import numpy as np
import numpy.typing as npt

from arrears.actions.debt_status import FLAGS, debt_status
from arrears.domain.contacts import DisclosureBasis
from arrears.domain.position import PlanCode
from arrears.engine.allocate.openings import opening_of
from arrears.engine.gate import CollectorKind, RuleBook, Settings
from arrears.engine.gate.columns import SLOTS, Columns, code_of, empty_rows
from arrears.engine.gate.masks import mask
from arrears.kernel.epoch import epoch_day
from arrears.store.doors import readings
from arrears.store.doors.readings import Shared

_Known = TypeVar("_Known")
Rows = npt.NDArray[np.void]
Ints = npt.NDArray[np.int64]

#: More than there are sets of time zones: place and zones in one number.
_MANY: Final = 1 << 20


@dataclass(frozen=True, slots=True)
class Masked:
    """By account: the rule that refuses today, the first day on which none does, the minutes of today that are open.

    A rule is its place in `Mask.rules_of`, from 1; 0 for none.
    """

    refusals: Ints
    free_day: Ints
    opens: npt.NDArray[np.int32]
    closes: npt.NDArray[np.int32]


@dataclass
class Mask:
    """The gate's rules over columns, for the day ``on``.

    ``collectors`` is the kind of each organisation that works accounts, ``settings`` under which rules each works,
    ``statuses`` the words behind the rows' ``account_status``. The first of ``places`` and ``zones`` stands for none.
    ``books`` are the rule books of those that work by another than ``book``, which holds the rules of all;
    ``creditor`` is the organisation whose debts they are.
    """

    book: RuleBook
    on: date
    collectors: Mapping[int, CollectorKind | None]
    settings: Mapping[int, Settings]
    statuses: tuple[str, ...]
    using: str = "night"
    books: Mapping[int, RuleBook] = field(default_factory=dict)
    creditor: int | None = None
    kinds: list[str] = field(default_factory=list)
    places: list[tuple[str, ...]] = field(default_factory=lambda: [()])
    zones: list[tuple[str, ...]] = field(default_factory=lambda: [()])
    _shared: dict[int, tuple[int, int, int, int]] = field(default_factory=dict)

    @staticmethod
    def rules_of(book: RuleBook) -> tuple[str, ...]:
        """Return the ids of all rules, in the order of their numbers."""
        return tuple(rule.id for rule in book.rules)

    def of(self, rows: Rows, _decisions: Rows) -> Masked:
        """Return what the gate says of each account; ``rows`` are those that were read."""
        shared = self._shared_of(rows)
        out = Masked(
            np.zeros(len(rows), np.int64),
            np.full(len(rows), epoch_day(self.on), np.int64),
            np.zeros(len(rows), np.int32),
            np.zeros(len(rows), np.int32),
        )
        for working in np.unique(rows["working"]):
            own = np.flatnonzero(rows["working"] == working)
            self._judge(int(working), rows[own], shared[own], own, out)
        return out

    def place_of(self, rows: Rows) -> Ints:
        """Return by account the candidate places of law, as a place in ``places``."""
        places: Ints = self._shared_of(rows)[:, 0]
        return places

    def _judge(self, working: int, rows: Rows, shared: Ints, own: npt.NDArray[np.intp], out: Masked) -> None:
        columns = self._columns(working, rows, shared)
        settings = self.settings[working]
        said = mask(self._book(working), columns, epoch_day(self.on), settings)
        out.refusals[own], out.free_day[own] = self._numbers(working)[said.rule.astype(np.int64) + 1], said.free
        kinds, which = np.unique(shared[:, 0] * _MANY + shared[:, 1], return_inverse=True)
        hours = np.array([self._opening(working, *divmod(int(kind), _MANY)) for kind in kinds], np.int32)
        out.opens[own], out.closes[own] = hours[which.reshape(-1)].T

    def _book(self, working: int) -> RuleBook:
        return self.books.get(working, self.book)

    def _numbers(self, working: int) -> Ints:
        """Return by the number of a rule in an organisation's own book, from 1, its number in the book of all."""
        places = _places_of(self.book)
        return np.array([0, *(places[rule.id] + 1 for rule in self._book(working).rules)], np.int64)

    def _opening(self, working: int, place: int, zones: int) -> tuple[int, int]:
        return opening_of(
            self._book(working),
            self.on,
            places=self.places[place],
            zones=self.zones[zones],
            collector=self.collectors[working],
            settings=self.settings[working],
        )

    def _columns(self, working: int, rows: Rows, shared: Ints) -> Columns:
        out = empty_rows(len(rows))
        out["place"] = np.where(shared[:, 0] == 0, -1, shared[:, 0])
        out["zones"] = np.where(shared[:, 1] == 0, -1, shared[:, 1])
        out["consumer_purpose"], out["debt_kind"] = shared[:, 2], shared[:, 3]
        out["collector_kind"] = code_of(self.collectors[working])
        out["basis"] = code_of(DisclosureBasis.LIABLE)
        out["status"] = self._status(rows)
        out["in_default_when_obtained"], out["stops"] = rows["in_default_when_obtained"], rows["stops"]
        out["plan"] = np.isin(rows["plan_state"], (PlanCode.ON_TIME, PlanCode.BEHIND))
        out["holds"], out["hold_until"] = rows["holds"], rows["hold_until_day"]
        out["anchor"], out["last_conversation"] = rows["slots_day"], rows["last_rpc_day"]
        for slot in range(SLOTS):
            out["calls"][:, slot] = rows["calls_slots"] >> 8 * slot & 0xFF
            out["contacts"][:, slot] = rows["contacts_slots"] >> 8 * slot & 0xFF
            out["reached"][:, slot] = rows["slots_day"] - np.int64(slot) == rows["last_rpc_day"]
        return Columns(out, tuple(self.places), tuple(self.zones), kinds=tuple(self.kinds), creditor=self.creditor)

    def _status(self, rows: Rows) -> npt.NDArray[np.int8]:
        status: npt.NDArray[np.int8] = _statuses(("open", *self.statuses))[rows["account_status"], rows["flags"]]
        return status

    def _shared_of(self, rows: Rows) -> Ints:
        """Return place, zones, purpose and kind of each row, as places in our lists; new keys are looked up."""
        keys, first, which = np.unique(rows["shared"], return_index=True, return_inverse=True)
        unknown = [at for at, key in enumerate(keys.tolist()) if key not in self._shared]
        accounts = rows["account"][first[unknown]].tolist()
        for at, found in zip(unknown, readings.shared_of(accounts, using=self.using), strict=True):
            self._shared[int(keys[at])] = self._placed(found)
        return np.array([self._shared[key] for key in keys.tolist()], np.int64).reshape(-1, 4)[which.reshape(-1)]

    def _placed(self, found: Shared) -> tuple[int, int, int, int]:
        purpose = -1 if found.consumer_purpose is None else int(found.consumer_purpose)
        kind = _index(self.kinds, found.debt_kind) if found.debt_kind else -1
        return _index(self.places, found.places), _index(self.zones, found.zones), purpose, kind


@cache
def _statuses(words: tuple[str, ...]) -> npt.NDArray[np.int8]:
    """Return the code of how a debt stands, by the place of its word and the flags of its position."""
    return np.array([[code_of(debt_status(word, flags)) for flags in range(FLAGS)] for word in words], np.int8)


def _places_of(book: RuleBook) -> dict[str, int]:
    return {rule.id: place for place, rule in enumerate(book.rules)}


def _index(known: list[_Known], wanted: _Known) -> int:
    if wanted not in known:
        known.append(wanted)
    return known.index(wanted)
