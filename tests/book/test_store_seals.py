"""Seals over history: a changed, dropped, added or cut-off past shows."""

from datetime import UTC, datetime, timedelta
from typing import Any

import psycopg
import pytest
from django.db import connections

NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)


def add_events(people: Any, count: int, organisation: int | None = None) -> None:
    with connections["night"].cursor() as cursor:
        for number in range(count):
            cursor.execute(
                "INSERT INTO event (organisation_id, by_organisation_id, kind, at, book_day, facts) "
                "VALUES (%s, %s, 'account_viewed', %s, 1, %s)",
                [organisation or people.lender, people.lender, NOW, f'{{"n": {number}}}'],
            )


def meddle(cluster: Any, statement: str) -> None:
    """Change history as only the server's superuser can: with the triggers switched off."""
    with psycopg.connect(cluster.dsn(database=connections["night"].settings_dict["NAME"]), autocommit=True) as admin:
        for table in ("event", "seal"):
            admin.execute(f"ALTER TABLE {table} DISABLE TRIGGER USER")
        admin.execute(statement)


@pytest.fixture
def sealed(people: Any) -> Any:
    """Two seals of the lender's: over three events, then over two."""
    from arrears.store import seals

    for count in (3, 2):
        add_events(people, count)
        assert seals.seal(people.lender, NOW) is not None
    return people


def test_an_untouched_past_holds(sealed: Any) -> None:
    from arrears.store import seals

    assert seals.verify(sealed.lender) == []


def test_nothing_new_makes_no_seal(sealed: Any) -> None:
    from arrears.store import seals

    assert seals.seal(sealed.lender, NOW) is None
    assert seals.seal(sealed.bank, NOW) is None


def test_a_seal_covers_what_was_added_since_the_last_and_only_ones_own(sealed: Any) -> None:
    from arrears.store import seals

    add_events(sealed, 4, organisation=sealed.bank)
    add_events(sealed, 1)
    third = seals.seal(sealed.lender, NOW + timedelta(minutes=5))
    assert third is not None
    assert (third.number, third.rows) == (3, 1)


@pytest.mark.parametrize(
    ("statement", "broken"),
    [
        ("UPDATE event SET kind = 'account_closed' WHERE id = 2", [(1, "changed")]),
        ("UPDATE event SET facts = '{\"n\": 9}' WHERE id = 5", [(2, "changed")]),
        ("UPDATE event SET at = at + interval '1 microsecond' WHERE id = 1", [(1, "changed")]),
        ("DELETE FROM event WHERE id = 3", [(1, "dropped")]),
        ("DELETE FROM event WHERE id >= 4", [(2, "dropped")]),
        ("UPDATE seal SET rows = 4 WHERE number = 1", [(1, "dropped")]),
        ("UPDATE seal SET chained = root WHERE number = 1", [(1, "unchained"), (2, "unchained")]),
        ("DELETE FROM seal WHERE number = 1", [(1, "missing"), (2, "added")]),
    ],
)
def test_a_meddled_past_shows_where(sealed: Any, cluster: Any, statement: str, broken: list[tuple[int, str]]) -> None:
    from arrears.store import seals

    meddle(cluster, statement)
    assert [(one.number, one.kind) for one in seals.verify(sealed.lender)] == broken


def test_a_row_slipped_into_the_past_shows(sealed: Any, cluster: Any) -> None:
    from arrears.store import seals

    meddle(cluster, "DELETE FROM event WHERE id = 2")
    meddle(
        cluster,
        "INSERT INTO event (id, organisation_id, by_organisation_id, kind, at, book_day) "
        f"VALUES (2, {sealed.lender}, {sealed.lender}, 'account_viewed', now(), 1)",
    )
    assert [(one.number, one.kind) for one in seals.verify(sealed.lender)] == [(1, "changed")]


def test_a_past_cut_off_at_the_end_shows_against_an_anchor_kept_elsewhere(sealed: Any, cluster: Any) -> None:
    from arrears.store import seals
    from arrears.store.tables.event import Seal

    last = Seal.objects.using("night").get(number=2)
    anchor = (2, bytes(last.chained))
    assert seals.verify(sealed.lender, anchor=anchor) == []
    meddle(cluster, "DELETE FROM seal WHERE number = 2; DELETE FROM event WHERE id >= 4")
    assert seals.verify(sealed.lender) == []
    assert [(one.number, one.kind) for one in seals.verify(sealed.lender, anchor=anchor)] == [(2, "missing")]


def test_a_past_sealed_anew_shows_against_an_anchor_kept_elsewhere(sealed: Any, cluster: Any) -> None:
    from arrears.store import seals
    from arrears.store.tables.event import Seal

    anchor = (2, bytes(Seal.objects.using("night").get(number=2).chained))
    meddle(cluster, "DELETE FROM seal; UPDATE event SET kind = 'account_closed' WHERE id = 2")
    seals.seal(sealed.lender, NOW)
    add_events(sealed, 1)
    seals.seal(sealed.lender, NOW)
    assert seals.verify(sealed.lender) == []
    assert [(one.number, one.kind) for one in seals.verify(sealed.lender, anchor=anchor)] == [(2, "unchained")]


def test_sealing_waits_for_no_long_writer(people: Any) -> None:
    from concurrent.futures import ThreadPoolExecutor

    from arrears.store import bookday, seals
    from arrears.store.scope import scope

    add_events(people, 1)

    def seal_now() -> Any:
        try:
            return seals.seal(people.lender, NOW)
        finally:
            connections.close_all()

    with ThreadPoolExecutor(1) as other:
        with scope(people.lender, None, using="night"):
            bookday.stamp(people.lender, using="night")
            assert other.submit(seal_now).result() is None
        assert other.submit(seal_now).result().rows == 1


def test_the_root_is_that_of_the_trees_of_certificate_transparency() -> None:
    """Three leaves: the third stands alone beside the node of the first two (RFC 6962, section 2.1)."""
    from hashlib import sha256

    from arrears.store.seals import merkle_root

    a, b, c = (sha256(letter).digest() for letter in (b"a", b"b", b"c"))
    left = sha256(b"\x01" + a + b).digest()
    assert merkle_root([a]) == a
    assert merkle_root([a, b]) == left
    assert merkle_root([a, b, c]) == sha256(b"\x01" + left + c).digest()


def test_the_digest_tells_a_missing_value_from_any_other(people: Any) -> None:
    """Two rows whose words, run together, would read the same have different digests under the same salt."""
    with connections["night"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO entry (organisation_id, account_id, kind, value_date, book_day, amount_minor, source_kind, "
            "source_ref, salt) VALUES (%(o)s, %(a)s, 80, '2026-03-02', 1, 1, 'ab', 'c', %(s)s), "
            "(%(o)s, %(a)s, 80, '2026-03-02', 1, 1, 'a', 'bc', %(s)s) RETURNING digest",
            {"o": people.lender, "a": people.kept, "s": "00000000-0000-0000-0000-000000000001"},
        )
        digests = {bytes(row[0]) for row in cursor.fetchall()}
    assert len(digests) == 2
    assert {len(digest) for digest in digests} == {32}
