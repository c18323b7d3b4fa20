"""Parts that a machine may lack: a test says so and is skipped, and where nothing may be missing it fails."""

import os
from typing import NoReturn

import pytest

#: Set by .ci/run: there a missing part fails; on a bare machine it is skipped with its reason.
NOTHING_MAY_BE_MISSING = os.environ.get("ARREARS_NOTHING_MISSING") == "1"


def missing(what: str) -> NoReturn:
    """Skip the test because ``what`` is not here, or fail where everything must be."""
    if NOTHING_MAY_BE_MISSING:
        pytest.fail(f"missing here: {what}")
    pytest.skip(f"missing here: {what}")
