"""Everything that belongs into an examiner's pack, read in one go for the contacts that were sought."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from arrears.engine.gate import RuleBook
from arrears.engine.gate.rules import Rule
from arrears.packs import compliance
from arrears.store import proofs
from arrears.store.doors import case_papers, examined
from arrears.store.doors.case_papers import NotAsFiled, Paper
from arrears.store.doors.contact_log import Logged, Sought
from arrears.store.proofs import Link, Proof

MOST_BYTES: Final = 200_000_000
"""How much of the papers of cases a pack holds as files: what is put together in memory has an end."""
Rows = Sequence[Mapping[str, Any]]  # JSON


@dataclass(frozen=True, slots=True)
class Filed:
    """A paper of a case: ``content`` where it is given, how it is not what was filed, or None where it is not given.

    Not given is what was erased, what whoever asks may not open, and what a pack has no room for.
    """

    paper: Paper
    content: bytes | NotAsFiled | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The contacts, newest first; beside them by name what `examined.RELATED` holds about the same people.

    ``fields`` are what each contact's digest is made of, by contact; ``spoke`` how often each rule spoke. ``filed`` are
    all papers of cases, the oldest first, each with what is in it where that is given.
    """

    organisation: int
    house: str
    book: RuleBook
    sought: Sought
    contacts: tuple[Logged, ...]
    fields: Mapping[int, Mapping[str, Any]]
    related: Mapping[str, Rows]
    rule_acts: Rows
    spoke: Mapping[str, int]
    filed: tuple[Filed, ...]
    chain: tuple[Link, ...]
    proofs: tuple[Proof, ...]

    @property
    def papers(self) -> dict[str, bytes]:
        """The papers that are given, by the name of their file."""
        return {one.paper.file_name: one.content for one in self.filed if isinstance(one.content, bytes)}

    @property
    def not_as_filed(self) -> tuple[Filed, ...]:
        """The papers that are not what was filed; none of them is given."""
        return tuple(one for one in self.filed if isinstance(one.content, NotAsFiled))

    def rules(self) -> dict[str, Rule | None]:
        """Return the rules that spoke, most often first, as they stand now; None for one that is there no more."""
        known = self.book.by_id
        return {name: known.get(name) for name, _ in sorted(self.spoke.items(), key=lambda pair: (-pair[1], pair[0]))}


def gather(
    sought: Sought,
    contacts: Sequence[Logged],
    *,
    organisation: int,
    house: str,
    book: RuleBook | None = None,
    using: str = "default",
) -> Gathered:
    """Read everything about ``contacts`` and their people in the period, as the open scope sees it.

    ``book`` holds the rules by which those that spoke are named; without it, those that ship.
    """
    people = sorted({line.person for line in contacts} | ({sought.person} if sought.person else set()))
    span = {"since": sought.since, "until": sought.until}
    ids = [line.id for line in contacts]
    chain = proofs.chain(organisation, using=using)
    return Gathered(
        organisation=organisation,
        house=house,
        book=book or compliance.rule_book(),
        sought=sought,
        contacts=tuple(contacts),
        fields={int(row["id"]): row for row in examined.attempts(ids, using=using)},
        related={name: examined.related(name, people, **span, using=using) for name in examined.RELATED},
        rule_acts=examined.rule_acts(organisation, **span, using=using),
        spoke=Counter(str(spoken["rule"]) for line in contacts for spoken in line.reasons),
        filed=_opened(case_papers.of_people(people, **span, using=using), using),
        chain=chain,
        proofs=proofs.proofs_of(organisation, ids, chain, using=using),
    )


def _opened(papers: Sequence[Paper], using: str) -> tuple[Filed, ...]:
    """Return the papers, those opened that whoever asks may open, the oldest first, as many as a pack holds."""
    found: list[Filed] = []
    left = MOST_BYTES
    for paper in papers:
        content = case_papers.content(paper, using=using) if paper.size <= left else None
        found.append(Filed(paper, content))
        left -= paper.size if isinstance(content, bytes) else 0
    return tuple(found)
