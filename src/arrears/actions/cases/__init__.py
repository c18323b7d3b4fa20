"""Case files: opening one, adding to it, answering, putting off, closing, reopening; the round of their clocks."""

from arrears.actions.cases.opening import open_case

__all__ = ["open_case"]
