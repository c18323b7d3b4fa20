"""Every fact that a decision table may ask for."""

from arrears.facts import Fact, registry
from arrears.jobs.reference import cell

NAME = "facts.md"


def page() -> str:
    """Return one table row for each fact: given ones first, then what tables answer."""
    head = "# Facts\n\nColumns of whole numbers; a decision table tests them by these names.\n"
    given = [fact for fact in registry().values() if fact.source != "decision"]
    answered = [fact for fact in registry().values() if fact.source == "decision"]
    return head + _section("Known of an account", given) + _section("Answered by tables", answered)


def _section(title: str, facts: list[Fact]) -> str:
    rows = "\n".join(
        f"| `{fact.name}` | {fact.kind} | {fact.unit or '–'} | {cell(fact.words.en)} | "
        f"{cell(fact.null_means.en) if fact.null_means else '–'} | {cell(fact.source)} |"
        for fact in facts
    )
    return (
        f"\n## {title}\n\n| fact | kind | unit | what it is | null means | where it comes from |\n"
        + "| --- " * 6
        + f"|\n{rows}\n"
    )
