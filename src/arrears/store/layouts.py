"""The rows that the night writes by the million: decisions and the worklist, as NumPy dtypes.

Days are epoch days, ``NO_DATE`` for none; codes are read back through the pack version that the row names.
"""

from typing import Final

import numpy as np

from arrears.domain.position import POSITION

#: The row of an account's position as the table holds it: the ledger's columns, then whose it is.
POSITION_ROW: Final = np.dtype([*((name, POSITION[name]) for name in POSITION.names or ()), ("organisation_id", "<i8")])

#: A decision about one account: by the night (``run_id`` > 0), or by day after an event (``run_id`` 0). ``next_on`` is
#: the date of the next action (P20), ``look_again_on`` the day on which time alone may change the decision;
#: ``refusals`` the rule that refused contact on the day: its place, from 1, among the rules the pack version names.
DECISION: Final = np.dtype(
    [
        ("account_id", "i8"),
        ("organisation_id", "i8"),
        ("person_id", "i8"),
        ("run_id", "i8"),
        ("decided_at", "M8[us]"),
        ("arrears_minor", "i8"),
        ("owed_minor", "i8"),
        ("value_per_minute", "i8"),
        ("refusals", "i8"),
        ("on_day", "i4"),
        ("book_day", "i4"),
        ("days_past_due", "i4"),
        ("next_on", "i4"),
        ("look_again_on", "i4"),
        ("pack_version_id", "i4"),
        ("chance_ppm", "i4"),
        ("band", "i2"),
        ("stage", "i2"),
        ("conduct", "i2"),
        ("treatment", "i2"),
        ("treatment_row", "i2"),
        ("tone", "i2"),
        ("channels", "i2"),
        ("next_action", "i2"),
        ("cadence", "i2"),
        ("owner_team", "i2"),
        ("tier", "i2"),
        ("reason", "i2"),
        ("arm", "i2"),
    ]
)

#: One person on one organisation's list of one day, in order of rank.
WORKLIST: Final = np.dtype(
    [
        ("organisation_id", "i8"),
        ("owner_id", "i8"),
        ("person_id", "i8"),
        ("account_id", "i8"),
        ("run_id", "i8"),
        ("staff_id", "i8"),
        ("arrears_minor", "i8"),
        ("value_per_minute", "i8"),
        ("on_day", "i4"),
        ("rank", "i4"),
        ("days_past_due", "i4"),
        ("pack_version_id", "i4"),
        ("wave", "i2"),
        ("tier", "i2"),
        ("next_action", "i2"),
        ("treatment", "i2"),
        ("tone", "i2"),
        ("channels", "i2"),
        ("band", "i2"),
        ("stage", "i2"),
        ("owner_team", "i2"),
        ("reason", "i2"),
        ("minutes", "i2"),
        ("accounts", "i2"),
        ("from_minute", "i2"),
        ("until_minute", "i2"),
    ]
)
