"""What the numbers of rules are called: the keys of rule files, in words of the page."""

from django.utils.translation import gettext_lazy as _

from arrears.engine.gate.words import NAMES
from arrears.facts.asked import asked_facts
from arrears.web import spoken
from arrears.web.wording import Words

PARAMETERS: Words = {
    "limit": _("limit"),
    "window": _("in"),
    "per": _("counted for"),
    "of": _("what is counted"),
    "counted": _("which of them"),
    "must": _("must be so"),
    "when": _("where"),
    "holds": _("kinds of hold"),
    "open": _("open hours"),
    "allowed": _("allowed"),
    "banned": _("not allowed"),
    "needed": _("needed"),
    "notice": _("notice"),
    "within": _("within"),
    "missing": _("where not known"),
    "unless_agreed": _("not where agreed otherwise"),
    "consents": _("consents"),
    "mentions": _("words that speak of"),
    "places": _("places"),
    "binds": _("binds"),
    "any_of": _("one of"),
    "days": _("days"),
    "slots": _("takes up"),
    "when_named": _("only where hours were named"),
    "known": _("must be known"),
    "when_missing": _("where the fact is missing"),
    "answers": _("answers that end it"),
    "refuses": _("refuses"),
    "said": _("how it was said"),
    "statuses": _("states of the debt"),
    "since": _("counted from"),
    "again": _("again after"),
    "what": _("about"),
    "procedure": _("proceeding"),
    "uses": _("kinds of number or address"),
    "wait": _("waiting period"),
    "inbound": _("contacts from the person count"),
    "once": _("each once"),
    "unless": _("unless"),
    "at_least": _("at least"),
    "at_most": _("at most"),
    "which": _("which"),
    "failures": _("failures"),
    "clock": _("by the clock of"),
    "times": _("times"),
    "rates": _("rates"),
    "fields": _("facts of the entry"),
    "opt_out": _("days to object"),
    "honour": _("days to comply"),
    "more": _("further days"),
    "longer_if": _("longer if"),
    "not_before": _("not before"),
    "ahead": _("days ahead"),
    "least": _("at least"),
    "most": _("at most"),
    "apart": _("days apart"),
    "joint": _("owed jointly too"),
    "direct": _("sent to us directly"),
    "excusable": _("may be excused"),
    "in_writing_in_time": _("in writing and in time"),
    "one_will_do": _("one is enough"),
    "is": _("is"),
    "not": _("is not"),
    "one_of": _("one of"),
    "none_of": _("none of"),
    "from": _("from"),
    "until": _("until"),
    "within_years": _("within"),
    "after_years": _("after"),
    "within_days": _("within"),
    "after_days": _("after"),
    "ppm": _("parts per million"),
    "closing": _("the closing minute counts"),
    "debt.consumer_purpose": _("debt of a consumer"),
    "collector.kind": _("kind of collector"),
    "collector.uses_other_name": _("collects under another name"),
    "debt.is_transferred": _("debt that was transferred"),
    "debt.in_default_when_obtained": _("in default when obtained"),
}
"""Words for the keys that stand in rule files; one that has none is shown as it is written there."""


def parameter_name(name: str) -> str:
    """Return what a parameter of a rule is called; one that names a fact, by the words of the fact."""
    known = PARAMETERS.get(name)
    asked = None if known else asked_facts().get(name)
    return str(known) if known else asked.words.said_in(spoken.language()) if asked else name.replace("_", " ")


def code_name(code: str) -> str:
    """Return the words that the gate itself has for a code; the code, in plain letters, where it has none."""
    found = next((words for (_kind, known), words in NAMES.items() if str(known) == code), None)
    if found is None and (asked := asked_facts().get(code)) is not None:
        found = asked.words
    return found.said_in(spoken.language()) if found else code.replace("_", " ")
