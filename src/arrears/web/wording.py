"""Words for the codes that pages show: one table a kind of code, in the language of the page.

What the rules bring along (dispositions, lists of a strategy, kinds of entry) carries its own words in three languages.
"""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from arrears.engine.allocate.waves import DEFAULT_WAVES
from arrears.kernel.texts import Text
from arrears.packs.dispositions import dispositions

Words = dict[str, str | Promise]

USES: Final[Words] = {"mobile": _("mobile"), "home": _("home"), "work": _("work"), "other": _("other number")}
POINTS: Final[Words] = {"phone": _("Telephone"), "email": _("E-mail"), "address": _("Address")}
CHANNELS: Final[Words] = {
    "call": _("Call"),
    "ai_voice": _("Call by a machine's voice"),
    "recorded_call": _("Recorded call"),
    "voicemail_drop": _("Voice message"),
    "text": _("Text message"),
    "chat": _("Chat"),
    "email": _("E-mail"),
    "letter": _("Letter"),
    "fax": _("Fax"),
    "visit": _("Visit"),
    "social_private": _("Private message on a network"),
    "social_public": _("Public post on a network"),
}
ORIGINS: Final[Words] = {
    "outbound": _("made here"),
    "inbound": _("received"),
    "historic": _("from an earlier book"),
    "agency_reported": _("told by the agency"),
}
HOLDS: Final[Words] = {
    "bankruptcy": _("Bankruptcy"),
    "cease": _("Asked that contact stop"),
    "attorney": _("Represented by an attorney"),
    "dispute": _("Dispute"),
    "moratorium": _("Moratorium"),
    "deceased": _("Deceased"),
    "identity_theft": _("Identity theft"),
    "wrong_person": _("Wrong person"),
    "care": _("Care first"),
    "incapacity": _("Incapacity"),
    "payment_trace": _("Looking for a payment"),
    "money_in_flight": _("Money on its way"),
    "papers_missing": _("Papers missing"),
    "complaint": _("Complaint"),
    "creditor_request": _("Asked for the original creditor"),
    "adviser": _("A debt adviser is at work"),
    "proposal_pending": _("A proposal waits for an answer"),
    "refused_as_barred": _("Refused as statute-barred"),
    "restriction": _("Processing restricted"),
}
PROMISES: Final[Words] = {
    "asked": _("waits for approval"),
    "open": _("still open"),
    "provisional": _("kept, may still be returned"),
    "kept": _("kept"),
    "part_kept": _("kept in part"),
    "broken": _("broken"),
    "withdrawn": _("withdrawn"),
}
PROMISE_KINDS: Final[Words] = {
    "promise": _("Promise"),
    "arrangement": _("Arrangement"),
    "pay_day_call": _("Call on pay-day"),
}
MEANS: Final[Words] = {
    "transfer": _("Bank transfer"),
    "debit": _("Direct debit"),
    "card": _("Card"),
    "wallet": _("Phone wallet"),
    "counter": _("At a bank counter"),
    "cheque": _("Cheque"),
}
CONFIDENCE: Final[Words] = {"sure": _("sounds sure"), "weak": _("hesitates")}
ROLES: Final[Words] = {
    "debtor": _("debtor"),
    "co_obligor": _("co-debtor"),
    "guarantor": _("guarantor"),
    "spouse": _("spouse"),
    "parent_of_minor": _("parent of a minor"),
    "guardian": _("guardian"),
    "executor": _("executor"),
    "successor": _("successor"),
    "attorney": _("attorney"),
    "trustee": _("trustee"),
    "employer": _("employer"),
    "household": _("household member"),
    "reference": _("reference"),
    "neighbour": _("neighbour"),
    "unknown": _("unknown"),
}
BASES: Final[Words] = {
    "liable": _("liable: may be told"),
    "consumer_in_law": _("may be told by law"),
    "consent": _("may be told by consent"),
    "none": _("must not be told of the debt"),
}
OUTCOMES: Final[Words] = {
    "started": _("under way"),
    "unknown": _("outcome not known"),
    "conversation": _("spoken to"),
    "right_party": _("reached"),
    "unverified": _("not verified"),
    "third_party": _("somebody else"),
    "dropped": _("line dropped"),
    "no_answer": _("no answer"),
    "voicemail": _("voicemail"),
    "limited_message": _("limited message left"),
    "rejected": _("call rejected"),
    "busy": _("busy"),
    "not_in_service": _("not in service"),
    "sent": _("sent"),
    "delivered": _("delivered"),
    "read": _("read"),
    "bounced": _("came back"),
    "met": _("met"),
    "not_met": _("not met"),
}
STATUSES: Final[Words] = {
    "open": _("open"),
    "paid": _("paid"),
    "settled": _("settled"),
    "written_off": _("written off"),
    "sold": _("sold"),
    "closed": _("closed"),
}
PERMITS: Final[Words] = {
    "issued": _("issued"),
    "used": _("used"),
    "given_back": _("given back"),
    "expired": _("expired, counts as used"),
}
VERDICTS: Final[Words] = {
    "allow": _("allowed"),
    "allow_with_notice": _("allowed, with a notice"),
    "ask_human": _("a named person must decide"),
    "refuse": _("refused"),
}
#: What a permit says: it stands only where the named person decided.
LEAVES: Final[Words] = {**VERDICTS, "ask_human": _("allowed by a named person")}
STANDINGS: Final[Words] = {
    "binds": _("law that binds here"),
    "by_choice": _("law applied by choice"),
    "contract": _("contract with the client"),
    "local": _("rule of one's own"),
    "house": _("rule of the house"),
    "core": _("never switched off"),
}
INCIDENTS: Final[Words] = {
    "unpermitted_contact": _("Contact without a permit"),
    "permit_reused": _("Permit used twice"),
    "sent_after_stop": _("Sent after a stop"),
    "wrong_person_told": _("Wrong person was told"),
    "bound_to_other": _("Permit used for something else"),
    "late_outcome": _("Outcome told late"),
    "flagged_words": _("Words that were flagged"),
    "clock_missed": _("Day of a case missed"),
}
LANGUAGES: Final[Words] = {"en": _("English"), "es": _("Spanish"), "zh": _("Chinese")}
ROLES_OF_STAFF: Final[Words] = {
    "collector": _("collector"),
    "senior": _("senior collector"),
    "supervisor": _("supervisor"),
    "manager": _("manager"),
    "compliance": _("compliance"),
    "field": _("field collector"),
    "legal": _("legal"),
    "finance": _("finance"),
    "agency": _("agency"),
    "auditor": _("auditor"),
    "administrator": _("administrator"),
}

TABLES: Final[dict[str, Words]] = {
    "use": USES,
    "point": POINTS,
    "channel": CHANNELS,
    "origin": ORIGINS,
    "hold": HOLDS,
    "promise": PROMISES,
    "promise_kind": PROMISE_KINDS,
    "means": {**MEANS, "unknown": _("unknown")},
    "confidence": CONFIDENCE,
    "role": ROLES,
    "basis": BASES,
    "outcome": OUTCOMES,
    "status": STATUSES,
    "permit": PERMITS,
    "verdict": VERDICTS,
    "leave": LEAVES,
    "standing": STANDINGS,
    "incident": INCIDENTS,
    "language": LANGUAGES,
    "staff_role": ROLES_OF_STAFF,
}
#: How loudly a promise's state speaks.
PROMISE_SIGNALS: Final = {
    "kept": "good",
    "provisional": "good",
    "open": "wait",
    "asked": "wait",
    "part_kept": "late",
    "broken": "late",
}


def named(code: str, table: str) -> str:
    """Return the words of a code; one that has none is shown as it is, without underscores."""
    return str(TABLES[table].get(code[:2] if table == "language" else code, code.replace("_", " ")))


def ending(code: str) -> Text:
    """Return the words of how a contact ended, by its disposition."""
    found = dispositions().get(code)
    bare = code.replace("_", " ")
    return found.words if found else Text(bare, bare, bare)


def wave(number: int) -> Text:
    """Return the words of a round of the day (P13)."""
    found = next((one for one in DEFAULT_WAVES if one.number == number), None)
    return found.words if found else _NO_WAVE


def wave_hours(number: int) -> str:
    """Return from when until when a round goes, on the debtor's own clock."""
    found = next((one for one in DEFAULT_WAVES if one.number == number), None)
    return f"{_wall(found.starts)}–{_wall(found.ends)}" if found else ""


def _wall(minutes: int) -> str:
    return f"{minutes // 60}:{minutes % 60:02d}"


_NO_WAVE: Final = Text("Outside the rounds", "Fuera de las rondas", "不在轮次内")
