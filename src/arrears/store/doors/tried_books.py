"""The books on which proposed rules are tried: whose accounts an organisation works, and where a block of them ends."""

from django.db import connections

from arrears.store.tables.person import Person


def books_worked(organisation: int, *, using: str = "default") -> tuple[list[int], int]:
    """Return the owners of accounts that an organisation owns or now holds, and how many accounts those are."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT owner, sum(n)::bigint FROM ("
            "  SELECT a.organisation_id AS owner, count(*) AS n FROM account a WHERE a.organisation_id = %s GROUP BY 1"
            "  UNION ALL SELECT h.owner_id, count(*) FROM access h WHERE h.organisation_id = %s AND h.scope = 'holder'"
            "  AND h.until_on IS NULL AND h.owner_id <> %s GROUP BY 1) each GROUP BY owner ORDER BY owner",
            [organisation, organisation, organisation],
        )
        found = [(int(owner), int(count)) for owner, count in cursor.fetchall()]
    return [owner for owner, _ in found], sum(count for _, count in found)


def block_end(owner: int, first: int, people: int, *, using: str = "default") -> int:
    """Return the person after the next ``people`` of an owner's from ``first`` on; 0 where no more are left."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT DISTINCT person_id FROM account WHERE organisation_id = %s AND person_id >= %s "
            "ORDER BY person_id OFFSET %s LIMIT 1",
            [owner, first, people],
        )
        found = cursor.fetchone()
    return int(found[0]) if found else 0


def name_of(person: int, *, using: str = "default") -> str:
    """Return a person's name; empty for one out of sight."""
    rows = Person.objects.using(using).filter(pk=person)
    return rows.values_list("full_name", flat=True).first() or ""
