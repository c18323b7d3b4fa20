"""Words for facts that the gate misses, by the names that rules and papers have."""

from django import template

from arrears.facts.asked import asked_facts
from arrears.web import spoken

register = template.Library()


@register.filter
def paper_words(paper: str) -> str:
    """Return what a paper of a debt is called in the language of the page."""
    asked = asked_facts().get(f"debt.{paper}")
    return asked.words.said_in(spoken.language()) if asked else paper
