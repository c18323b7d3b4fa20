"""What all tests share: where the real data is, and what a missing part means."""

import os
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
#: Set by .ci/run: there a missing part fails; on a bare machine it is skipped with its reason.
NOTHING_MAY_BE_MISSING = os.environ.get("ARREARS_NOTHING_MISSING") == "1"


def missing(what: str) -> None:
    """Skip the test because ``what`` is not here, or fail where everything must be."""
    if NOTHING_MAY_BE_MISSING:
        pytest.fail(f"missing here: {what}")
    pytest.skip(f"missing here: {what}")


@pytest.fixture(scope="session")
def real_data() -> Path:
    """The folder of real data sets (ARREARS_DATA), read in place and never copied."""
    folder = Path(os.environ.get("ARREARS_DATA") or ROOT / "../shared/data").resolve()
    if not folder.is_dir():
        missing(f"the real data sets, looked for in {folder} (set ARREARS_DATA)")
    return folder
