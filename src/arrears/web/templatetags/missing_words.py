"""Words for facts that the gate misses, by the names that rules and papers have."""

from django import template

from arrears.actions.rule_books import rule_called
from arrears.config import clock
from arrears.facts.asked import Bearer, asked_facts
from arrears.web import spoken

register = template.Library()


@register.filter
def paper_words(paper: str) -> str:
    """Return what a paper of a debt is called in the language of the page."""
    asked = asked_facts().get(f"debt.{paper}")
    return asked.words.said_in(spoken.language()) if asked else paper


@register.filter
def rule_title(rule: str) -> str:
    """Return the title of a rule in the language of the page; one that is not in the library is named as it is."""
    found = rule_called(rule, clock.now().date())
    return found.title.said_in(spoken.language()) if found else rule


@register.filter
def is_of_address(fact: str | None) -> bool:
    """Return whether a fact is said of a number or address, and so on the page of its proofs."""
    asked = asked_facts().get(fact or "")
    return asked is not None and asked.bearer is Bearer.CONTACT_POINT
