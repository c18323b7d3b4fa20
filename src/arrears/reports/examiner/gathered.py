"""Everything that belongs into an examiner's pack, read in one go for the contacts that were sought."""

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from arrears.engine.gate.rules import Rule
from arrears.packs import compliance
from arrears.store import proofs
from arrears.store.doors import examined
from arrears.store.doors.contact_log import Logged, Sought
from arrears.store.proofs import Link, Proof

Rows = Sequence[Mapping[str, Any]]  # JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """The contacts, newest first; beside them by name what `examined.RELATED` holds about the same people.

    ``fields`` are what each contact's digest is made of, by contact; ``spoke`` how often each rule spoke.
    """

    organisation: int
    house: str
    sought: Sought
    contacts: tuple[Logged, ...]
    fields: Mapping[int, Mapping[str, Any]]
    related: Mapping[str, Rows]
    rule_acts: Rows
    spoke: Mapping[str, int]
    chain: tuple[Link, ...]
    proofs: tuple[Proof, ...]

    def rules(self) -> dict[str, Rule | None]:
        """Return the rules that spoke, most often first, as they stand now; None for one that is there no more."""
        known = compliance.rule_book().by_id
        return {name: known.get(name) for name, _ in sorted(self.spoke.items(), key=lambda pair: (-pair[1], pair[0]))}


def gather(
    sought: Sought, contacts: Sequence[Logged], *, organisation: int, house: str, using: str = "default"
) -> Gathered:
    """Read everything about ``contacts`` and their people in the period, as the open scope sees it."""
    people = sorted({line.person for line in contacts} | ({sought.person} if sought.person else set()))
    span = {"since": sought.since, "until": sought.until}
    ids = [line.id for line in contacts]
    chain = proofs.chain(organisation, using=using)
    return Gathered(
        organisation=organisation,
        house=house,
        sought=sought,
        contacts=tuple(contacts),
        fields={int(row["id"]): row for row in examined.attempts(ids, using=using)},
        related={name: examined.related(name, people, **span, using=using) for name in examined.RELATED},
        rule_acts=examined.rule_acts(organisation, **span, using=using),
        spoke=Counter(str(spoken["rule"]) for line in contacts for spoken in line.reasons),
        chain=chain,
        proofs=proofs.proofs_of(organisation, ids, chain, using=using),
    )
