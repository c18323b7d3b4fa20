"""What the book knows of the papers of debts, many at once; and the names of the missing ones, kept with each."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.db import connections

from arrears.domain.entries import CASH_KINDS, EntryKind
from arrears.store import answers
from arrears.store.standing import STANDS


@dataclass(frozen=True, slots=True, kw_only=True)
class Papers:
    """A debt with what its papers rest on."""

    account: int
    person: int
    debt_kind: str
    facts: Mapping[str, Any]  # JSON
    opened_on: date
    begins_on: date | None
    paid: bool
    is_identified: bool

    @property
    def missing(self) -> tuple[str, ...]:
        """The papers that are kept as missing now."""
        return tuple(self.facts.get("papers_missing", ()))


_COLUMNS: Final = ("account", "person", "debt_kind", "facts", "opened_on", "begins_on", "paid", "is_identified")
_OPENINGS: Final = int(EntryKind.OPENING)
_CASH: Final = ", ".join(str(int(kind)) for kind in sorted(CASH_KINDS))
# Nothing is added to the kind but the index of payments by day kept out: right after a great import there are no
# statistics yet, and the planner reads all payments of the book through it for each debt (measured: 5.5 ms a debt).
_PAPERS: Final = f"""
    SELECT a.id, a.person_id, p.debt_kind, a.facts, a.opened_on,
           (SELECT min(e.value_date) FROM entry e WHERE e.account_id = a.id AND e.kind = {_OPENINGS} AND {STANDS}),
           EXISTS (SELECT 1 FROM entry e WHERE e.account_id = a.id AND (e.kind + 0) IN ({_CASH}) AND {STANDS}),
           d.national_id_index IS NOT NULL OR d.birth_date_sealed IS NOT NULL
    FROM account a JOIN product p ON p.id = a.product_id JOIN person d ON d.id = a.person_id
    WHERE a.organisation_id = %s AND a.id > %s AND (%s::bigint[] IS NULL OR a.id = ANY(%s::bigint[]))
      AND a.status IN ('open', 'written_off')
    ORDER BY a.id LIMIT %s"""


def papers(
    organisation: int, accounts: Sequence[int] | None, *, after: int = 0, most: int = 5_000, using: str = "default"
) -> list[Papers]:
    """Return the next ``most`` debts of an organisation after account ``after``, or of ``accounts`` alone."""
    chosen = None if accounts is None else list(accounts)
    many = most if chosen is None else len(chosen)
    rows = answers.asked(_PAPERS, [organisation, after, chosen, chosen, most], many, using=using)
    return [Papers(**dict(zip(_COLUMNS, row, strict=True))) for row in rows]


def keep_missing(missing: Mapping[int, Sequence[str]], *, using: str = "default") -> None:
    """Write by account the names of the papers that are missing; nothing is kept where none is."""
    with connections[using].cursor() as cursor:
        cursor.executemany(
            "UPDATE account SET facts = CASE WHEN %s = '{}'::text[] THEN facts - 'papers_missing' "
            "ELSE facts || jsonb_build_object('papers_missing', to_jsonb(%s::text[])) END WHERE id = %s",
            list(_said(missing)),
        )


def _said(missing: Mapping[int, Sequence[str]]) -> Iterator[tuple[list[str], list[str], int]]:
    for account, names in missing.items():
        yield list(names), list(names), account
