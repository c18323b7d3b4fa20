"""The row of one account, made from its entries and from what the verbs know of it."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from arrears.domain.entries import Entry
from arrears.domain.position import DEALINGS_COLUMNS, Position
from arrears.domain.terms import Terms
from arrears.engine.ledger import registers as r
from arrears.engine.ledger.columns import EVERYTHING, columns_of, room_for, terms_table
from arrears.engine.ledger.loop import run_account
from arrears.kernel.epoch import epoch_day


def position(
    account: int, terms: Terms, entries: Sequence[Entry], as_of: date, dealings: Position | None = None
) -> Position:
    """Return the row of ``account`` as it stands on ``as_of``, by everything that is known.

    ``dealings`` is a row whose promise, hold and contact columns are taken over (its other columns are not
    read); without it these columns are empty. The same entries give the same row on every day before
    ``look_again_on``.
    """
    columns, ordered = columns_of(entries)
    out = [0] * len(r.ANSWERS)
    room = [0] * room_for(len(ordered), [terms], recording=False)
    run_account(terms_table([terms]), 0, columns, 0, len(ordered), epoch_day(as_of), EVERYTHING, room, out, 0)
    row = Position(account=account, **dict(zip(r.ANSWERS, out, strict=True)))
    return row if dealings is None else with_dealings(row, dealings)


def with_dealings(row: Position, dealings: Position) -> Position:
    """Return ``row`` with the promise, hold and contact columns of ``dealings``, looked at again when they say so."""
    taken = {name: getattr(dealings, name) for name in DEALINGS_COLUMNS}
    return replace(row, **taken, look_again_on=min(row.look_again_on, dealings.dealings_look_on))
