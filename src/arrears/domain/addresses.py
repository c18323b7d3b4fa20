"""What is proven of a number or an address: who used it, who may use it now, and how fresh the proof is.

Proof is kept with the contact point, by name, as dates of the person's own calendar: laws on electronic contact count
days. A contact on record (the person wrote from it) proves the same as a date entered by hand.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Final


class LineType(StrEnum):
    """What a number rings: laws on machine voices tell a wireless line from one in a home or an office."""

    WIRELESS = "wireless"
    RESIDENTIAL = "residential"
    BUSINESS = "business"


class CheckResult(StrEnum):
    """What a database of reassigned numbers answered."""

    NOT_REASSIGNED = "not_reassigned"
    REASSIGNED = "reassigned"
    NO_DATA = "no_data"


@dataclass(frozen=True, slots=True, kw_only=True)
class Proven:
    """Proof about one contact point; None where nobody has said.

    ``used_on``: last day on which the person used it to communicate with ``used_with`` (an organisation; None: with the
    one that asks) about the debt. ``opted_out_on``: the day on which they opted out of it. ``checked_on`` with
    ``check_result``: the last look-up of the number among reassigned ones. ``machines_stopped_on``: the day on which
    consent to machine calls and texts was revoked. ``is_employers``: the domain or line belongs to the employer;
    ``is_for_this_debt``: the person gave it for this debt. ``prior_basis`` is how the collector before used it.
    """

    used_on: date | None = None
    used_with: int | str | None = None
    opted_out_on: date | None = None
    is_from_consumer: bool | None = None
    was_used_by_creditor: bool | None = None
    is_employers: bool | None = None
    is_for_this_debt: bool | None = None
    is_prior_claimed: bool = False
    is_prior_proven: bool = False
    checked_on: date | None = None
    check_result: CheckResult | None = None
    line: LineType | None = None
    is_given_in_transaction: bool | None = None
    machines_stopped_on: date | None = None

    def is_opted_out(self) -> bool:
        """Return whether the last word of the person was an opt-out; on one day, the opt-out is the last word."""
        return self.opted_out_on is not None and (self.used_on is None or self.opted_out_on >= self.used_on)


def proven(facts: Mapping[str, object]) -> Proven:
    """Return what the facts of a contact point prove; raises ``ValueError`` on a date or code that is none."""
    line, result = facts.get("line_type"), facts.get("reassigned_check_result")
    used_with = facts.get("used_with")
    return Proven(
        used_on=_day(facts.get("used_on")),
        used_with=used_with if isinstance(used_with, int | str) else None,
        opted_out_on=_day(facts.get("opted_out_on")),
        is_from_consumer=_truth(facts.get("obtained_by_creditor")),
        was_used_by_creditor=_truth(facts.get("used_by_creditor")),
        is_employers=_truth(facts.get("is_employers")),
        is_for_this_debt=_truth(facts.get("given_for_this_debt")),
        is_prior_claimed=facts.get("prior_collector_used") is True,
        is_prior_proven=facts.get("prior_collector_evidence") is True,
        checked_on=_day(facts.get("reassigned_checked_on")),
        check_result=None if result is None else CheckResult(str(result)),
        line=None if line is None else LineType(str(line)),
        is_given_in_transaction=_truth(facts.get("given_in_transaction")),
        machines_stopped_on=_day(facts.get("machines_stopped_on")),
    )


def _day(value: object) -> date | None:
    if value is None:
        return None
    if isinstance(value, datetime):
        return value.date()
    return value if isinstance(value, date) else date.fromisoformat(str(value)[:10])


def _truth(value: object) -> bool | None:
    return value if isinstance(value, bool) else None


# fmt: off
OPEN_DOMAINS: Final = frozenset({
    "gmail.com", "googlemail.com", "outlook.com", "hotmail.com", "live.com", "msn.com", "yahoo.com", "ymail.com",
    "icloud.com", "me.com", "mac.com", "aol.com", "proton.me", "protonmail.com", "gmx.com", "gmx.de", "web.de",
    "mail.com", "zoho.com", "fastmail.com", "comcast.net", "verizon.net", "att.net", "sbcglobal.net", "qq.com",
    "163.com", "126.com", "sina.com", "foxmail.com", "hotmail.es", "yahoo.es", "outlook.es",
})
# fmt: on
"""Mail domains that anybody can sign up to: an address there is no employer's. Others are not known to be either."""


def with_domain(email: str, facts: Mapping[str, object]) -> Mapping[str, object]:
    """Return the facts of an e-mail address with ``is_employers`` said where its domain is open to the public."""
    domain = email.rpartition("@")[2].strip().lower()
    if "is_employers" in facts or domain not in OPEN_DOMAINS:
        return facts
    return {**facts, "is_employers": False}


STOP_WORDS: Final = frozenset(
    {
        "stop", "stopall", "stop all", "quit", "end", "revoke", "opt out", "optout", "opt-out", "cancel", "unsubscribe",
        "alto", "parar", "baja", "cancelar", "detener", "no más mensajes",
        "停", "停止", "退订", "取消", "td", "t",
    }
)  # fmt: skip
"""Whole messages that mean stop by themselves: those of 47 CFR 64.1200(a)(10) and their like in Spanish and Chinese."""
_TRIM: Final = " \t\r\n.!,;:\"'“”‘’。！，；：…*"


def is_stop(words: str) -> bool:
    """Return whether the whole message is a stop word; a longer text is for people, or for sorting, to read."""
    return " ".join(words.casefold().strip(_TRIM).split()) in STOP_WORDS
