"""What may be told of money, and how it is set right: the closed lists that book and verbs share."""

from typing import Final

KINDS: Final = ("charge", "letter", "bureau_line")
"""A charge notice, a letter with a computation, a line to a credit bureau."""

REMEDIES: Final = (
    "corrected_letter",
    "charge_taken_back",
    "refunded",
    "bureau_corrected",
    "told_by_voice",
    "nothing_due",
)
"""How something told wrongly was set right."""
