"""Words for the codes of takings, in the language of the page."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

CHOICES: Final[Words] = {
    "all_due": _("All that is past due"),
    "promised": _("What was promised"),
    "part": _("A part"),
}
LINKS: Final[Words] = {
    "making": _("being made"),
    "open": _("waits to be paid"),
    "seen": _("on its way"),
    "paid": _("paid"),
    "returned": _("returned by the bank"),
    "failed": _("failed"),
    "expired": _("over, not paid"),
    "cancelled": _("withdrawn"),
}
MANDATES: Final[Words] = {
    "asked": _("waits for the debtor"),
    "active": _("in force"),
    "revoked": _("taken back by the debtor"),
    "expired": _("past its last day"),
    "stopped": _("stopped"),
}
DEBITS: Final[Words] = {
    "asked": _("waits for its day"),
    "presenting": _("is being presented"),
    "presented": _("on its way"),
    "cleared": _("paid"),
    "returned": _("returned by the bank"),
    "failed": _("failed"),
    "cancelled": _("withdrawn"),
}
FORMS: Final[Words] = {
    "hosted_page": _("On the provider’s page"),
    "signed": _("Signed on paper"),
    "oral_recorded": _("Said on the telephone, recorded"),
    "oral_noticed": _("Said on the telephone, copy sent first"),
}
TRACES: Final[Words] = {
    "running": _("being looked for"),
    "to_human": _("past its day: decide"),
    "found": _("found"),
    "not_found": _("not found"),
    "withdrawn": _("withdrawn"),
}
TREATS: Final[Words] = {
    "retry": _("May be presented again, within the limits."),
    "hard": _("The authorisation has ended. Ask for another way to pay."),
    "unauthorised": _("The authorisation has ended. Do not debit again; tell compliance."),
    "human": _("Look it up at the provider, then decide."),
}
WORKED: Final[Words] = {
    "other_means": _("Pays another way"),
    "called": _("Spoken to"),
    "left": _("Left to the usual work"),
}
RULES: Final[Words] = {
    "oldest_first": _("oldest debt first"),
    "priority": _("by kind of debt"),
    "pro_rata": _("in proportion"),
}
GROUPS: Final[Words] = {
    "promised": _("Promised for today"),
    "first_time": _("In arrears for the first time"),
}
_KINDS: Final[dict[str, Words]] = {
    "choice": CHOICES,
    "link": LINKS,
    "mandate": MANDATES,
    "debit": DEBITS,
    "form": FORMS,
    "trace": TRACES,
    "treat": TREATS,
    "rule": RULES,
    "group": GROUPS,
}


def named(code: str, kind: str) -> str:
    """Return the words of a code; the code itself where there are none."""
    return str(_KINDS[kind].get(code, code))
