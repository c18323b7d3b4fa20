"""Structured creditor references: which schemes there are, and what a creditor hid inside.

ISO 11649 (``RF``), the Belgian structured communication (OGM/VCS, modulo 97), the Finnish viitenumero (weights 7, 3,
1), the Norwegian KID (modulo 10 or 11) and the Swiss QR reference (modulo 10, recursive). A reference whose check
digit is right is passed on as the customer number or account number that it carries.
"""

from typing import Final, NamedTuple

from stdnum import iso11649, luhn
from stdnum.be import ogm_vcs
from stdnum.ch import esr

_RF: Final = "RF"
_QR_DIGITS: Final = 27
_OGM_DIGITS: Final = 12
_FINNISH: Final = range(4, 21)
_KID: Final = range(4, 26)
_WEIGHTS: Final = (7, 3, 1)
_ELEVEN: Final = 11


class Inside(NamedTuple):
    """A number found inside a structured reference, and the scheme whose check digit was right."""

    scheme: str
    core: str


def insides(bare: str) -> tuple[Inside, ...]:
    """Return what a bare reference may carry; a check digit that is wrong gives nothing for its scheme."""
    if bare.startswith(_RF):
        return (Inside("iso11649", _stripped(bare[4:])),) if iso11649.is_valid(bare) else ()
    if not bare.isdigit():
        return ()
    return tuple(Inside(scheme, _stripped(core)) for scheme, core in _national(bare) if core.strip("0"))


def _national(digits: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    if len(digits) == _QR_DIGITS and esr.is_valid(digits):
        found.append(("qr", digits[:-1]))
    if len(digits) == _OGM_DIGITS and ogm_vcs.is_valid(digits):
        found.append(("ogm", digits[:-2]))
    if len(digits) in _FINNISH and is_finnish(digits):
        found.append(("viite", digits[:-1]))
    if len(digits) in _KID and (luhn.is_valid(digits) or is_eleven(digits)):
        found.append(("kid", digits[:-1]))
    return found


def is_finnish(digits: str) -> bool:
    """Return whether the last digit is the check digit of a Finnish reference (weights 7, 3, 1 from the right)."""
    total = sum(int(digit) * _WEIGHTS[place % 3] for place, digit in enumerate(reversed(digits[:-1])))
    return (10 - total % 10) % 10 == int(digits[-1])


def is_eleven(digits: str) -> bool:
    """Return whether the last digit is right by modulo 11, weights 2 to 7 from the right, as a KID may have it."""
    total = sum(int(digit) * (2 + place % 6) for place, digit in enumerate(reversed(digits[:-1])))
    return (_ELEVEN - total % _ELEVEN) % _ELEVEN == int(digits[-1])


def _stripped(core: str) -> str:
    return core.lstrip("0")
