"""Which facts nobody has given that some rule needs: by name, with the rules that ask."""

from arrears.engine.gate.asking import PLAIN, Case, Known, Proposal, Settings
from arrears.engine.gate.book import RuleBook
from arrears.engine.gate.judging import hear


def lacks(book: RuleBook, proposal: Proposal, known: Known, settings: Settings = PLAIN) -> dict[str, tuple[str, ...]]:
    """Return each fact that is missing to answer for ``proposal``, with the ids of the rules that miss it.

    The same as the missing facts of the verdict, without the work of windows and next instants.
    """
    case = Case.of(proposal, known)
    found: dict[str, list[str]] = {}
    for heard in hear(book, case, settings):
        for finding in heard.stands:
            if finding.missing and case.around in finding.when and heard.rule.id not in found.get(finding.missing, ()):
                found.setdefault(finding.missing, []).append(heard.rule.id)
    return {fact: tuple(rules) for fact, rules in found.items()}
