"""The narrow row that says what of a debt's flows is posted to the books."""

from typing import Final

import numpy as np

from arrears.engine.books.purposes import OF_DEBTS

PURPOSE_COLUMNS: Final = tuple(f"{name}_minor" for name in OF_DEBTS)

#: ``journal_id`` is the journal that posted the debt last, ``through_entry`` the newest entry it knew, ``as_of`` the
#: epoch day as of which charges were counted.
POSTED: Final = np.dtype(
    [
        ("account", "<i8"),
        ("organisation_id", "<i8"),
        ("journal_id", "<i8"),
        ("through_entry", "<i8"),
        *((name, "<i8") for name in PURPOSE_COLUMNS),
        ("as_of", "<i4"),
    ]
)
