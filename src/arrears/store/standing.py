"""Which entries count, asked of the database: the one meaning of `arrears.domain.entries.taken_out` in SQL.

The test for any other entry is asked first and by the index of reversals alone, because few entries are ever taken
out; only a reversal is followed along its chain.
"""

from typing import Final

from django.db.models import BooleanField, Func

from arrears.domain.entries import EntryKind

_SPEAKS: Final = f"(r.kind <> {int(EntryKind.REVERSAL)} OR public.entry_stands(r.id))"

#: That the entry ``e`` counts.
STANDS: Final = f"NOT EXISTS (SELECT 1 FROM entry r WHERE r.reverses_id = e.id AND {_SPEAKS})"

#: The entry that takes ``e`` out; null where it counts.
TAKEN_OUT_BY: Final = f"(SELECT r.id FROM entry r WHERE r.reverses_id = e.id AND {_SPEAKS})"

#: What to reverse so that ``e``, which counts, counts no more: itself, or the reversal that gave it back.
TO_REVERSE: Final = "coalesce((SELECT public.entry_chain_end(r.id) FROM entry r WHERE r.reverses_id = e.id), e.id)"


class Stands(Func):
    """That an entry counts, for a filter over few entries: ``rows.filter(Stands("pk"))``."""

    function = "public.entry_stands"
    output_field = BooleanField()
