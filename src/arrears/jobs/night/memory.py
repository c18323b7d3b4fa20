"""How much memory the process has needed so far."""

import resource
import sys


def peak_bytes() -> int:
    """Return the largest resident size of this process until now, in bytes."""
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    return peak if sys.platform == "darwin" else peak * 1024
