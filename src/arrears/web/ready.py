"""What a site makes ready before it answers: rules, strategy, scripts, addresses, templates, each read once a process.

Without it the first collector of the morning would wait for all of it, and so would everybody behind them.
"""

from django.template.loader import get_template
from django.urls import get_resolver


def make_ready() -> None:
    """Read and compile what every page needs; asks the database nothing."""
    from arrears.packs.compliance import rule_book
    from arrears.packs.dispositions import dispositions, skip_reasons, verification_items
    from arrears.packs.loading import load

    load()
    rule_book()
    dispositions()
    skip_reasons()
    verification_items()
    _ = get_resolver().url_patterns
    for name in ("today.html", "call.html", "account.html", "search.html", "book.html"):
        get_template(name)
