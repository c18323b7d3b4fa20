"""The shape of a decision about one account, and of what is decided about a person."""

from typing import Final

import numpy as np

#: One account, decided. Money in minor units, days as epoch days (``NO_DATE`` for none), codes by the numbers of
#: the strategy's lists, ``channels`` and ``reasons`` as bits ``1 << code``.
DECISION: Final = np.dtype(
    [
        ("account", "i8"),
        ("person", "i8"),
        ("arrears_minor", "i8"),
        ("expected_minor", "i8"),  # what one conversation is expected to add, from the tables' shares
        ("value_per_minute", "i8"),  # that, by a minute of effort
        ("reasons", "i8"),
        ("days_past_due", "i4"),
        ("next_on", "i4"),
        ("band", "i2"),
        ("bucket", "i2"),
        ("stage", "i2"),
        ("debtor_class", "i2"),
        ("treatment", "i2"),
        ("treatment_row", "i2"),  # the row of the treatment table that answered; -1 where none did
        ("tone", "i2"),
        ("channels", "i2"),
        ("first_channel", "i2"),
        ("touches_per_day", "i2"),
        ("next_action", "i2"),
        ("owner_team", "i2"),
        ("tier", "i2"),
        ("reason", "i2"),  # the first of the reasons
        ("promise_days", "i2"),
        ("effort_minutes", "i2"),
        ("is_habitual_late", "i1"),
        ("is_contact", "i1"),
        ("is_minimum", "i1"),
    ]
)

#: One person, decided from their accounts. ``account`` is the lead debt, whose treatment, tone, channels and next
#: action these are; ``stage`` is the severest of all accounts; ``accounts`` counts the open ones.
PERSON: Final = np.dtype(
    [
        ("person", "i8"),
        ("account", "i8"),
        ("arrears_minor", "i8"),
        ("value_per_minute", "i8"),
        ("reasons", "i8"),
        ("days_past_due", "i4"),
        ("next_on", "i4"),
        ("accounts", "i4"),
        ("band", "i2"),
        ("stage", "i2"),
        ("debtor_class", "i2"),
        ("treatment", "i2"),
        ("tone", "i2"),
        ("channels", "i2"),
        ("first_channel", "i2"),
        ("touches_per_day", "i2"),
        ("next_action", "i2"),
        ("owner_team", "i2"),
        ("tier", "i2"),
        ("reason", "i2"),
        ("promise_days", "i2"),
        ("effort_minutes", "i2"),
        ("is_contact", "i1"),
        ("is_minimum", "i1"),
    ]
)
