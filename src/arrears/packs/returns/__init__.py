"""What the return reasons of banks mean for who collects: in words, and what may follow."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from types import MappingProxyType

from arrears.kernel.texts import Text
from arrears.packs.sources import sources, text_of


class ReasonKind(StrEnum):
    """Why a payment did not stay."""

    FUNDS = "funds"
    ACCOUNT = "account"
    MANDATE = "mandate"
    REFUSED = "refused"
    """The debtor objects: a sign of a dispute, and of a debit that was not authorised."""
    DECEASED = "deceased"
    BANK = "bank"
    UNSAID = "unsaid"
    CHANGE = "change"
    """No money moved: account data are to be corrected."""


class Retry(StrEnum):
    """Whether the same order may be presented again."""

    LATER = "later"
    CORRECTED = "corrected"
    NEVER = "never"
    """Not without a new authorisation of the debtor, or on another account."""


@dataclass(frozen=True, slots=True)
class Reason:
    """A return reason: its code, words, kind, what may follow, and where it is from."""

    code: str
    words: Text
    kind: ReasonKind
    retry: Retry
    cited: str

    @property
    def is_hard(self) -> bool:
        """Whether waiting does not help: presenting the same order again would fail again or break the rules."""
        return self.retry is not Retry.LATER

    @property
    def is_unauthorised(self) -> bool:
        """Whether the debtor objects, or gave no mandate: to be looked at as a dispute."""
        return self.kind in {ReasonKind.REFUSED, ReasonKind.MANDATE}


@cache
def reasons() -> Mapping[str, Reason]:
    """Return every known reason by code; raises ValueError where a code stands twice or a file is wrong."""
    found: dict[str, Reason] = {}
    for reason in _read():
        if reason.code in found:
            raise ValueError(f"return reason {reason.code} stands twice")
        found[reason.code] = reason
    return MappingProxyType(found)


_UNKNOWN = Text(
    "The bank gives the reason {code}, which is not known here.",
    "El banco indica el motivo {code}, desconocido aquí.",
    "银行给出的原因代码为 {code}，此处未收录。",
)
_NONE = Text("The bank gives no reason.", "El banco no indica motivo.", "银行未给出原因。")


def reason_of(code: str) -> Reason:
    """Return what a code means; an unknown or missing one is unsaid, and not to be presented again unseen."""
    known = reasons().get(code.strip().upper())
    words = _UNKNOWN.filled(code=code) if code.strip() else _NONE
    return known or Reason(code, words, ReasonKind.UNSAID, Retry.CORRECTED, "")


def _read() -> Iterator[Reason]:
    files, problems = sources("returns")
    if problems:
        raise ValueError("\n".join(problem.said_in("en") for problem in problems))
    for file in files:
        for line in file.said["codes"]:
            yield Reason(
                code=str(line["code"]),
                words=text_of(line),
                kind=ReasonKind(line["kind"]),
                retry=Retry(line["retry"]),
                cited=str(file.said["cited"]),
            )
