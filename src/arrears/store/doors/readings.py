"""What is read of accounts to decide about them: the position, and beside it what is known of case, person and place.

Rows come by stride, all accounts of a range of persons at once, because a decision is folded by person. What thousands
of accounts share (place of law, time zones, purpose of the debt) travels as one key, looked up once for each.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt
from django.db import connections

from arrears.domain.contacts import Medium
from arrears.domain.position import POSITION
from arrears.kernel.epoch import NO_DATE, epoch_day
from arrears.packs.places import every_zone
from arrears.store import answers, copying
from arrears.store.doors.contact_records import place_of

Rows = npt.NDArray[np.void]
Ints = npt.NDArray[np.int64]


#: Columns of the position that no decision asks for.
_LEFT_OUT: Final = frozenset(
    {
        "book_minor", "charged_off_minor", "billed_minor", "paid_minor", "last_payment_minor", "next_due_minor",
        "promise_minor", "instalments_due", "instalments_paid", "instalments_late",
    }
)  # fmt: skip

#: One account: the position's columns, then what is beside it. ``working`` is the organisation that works the account
#: now; ``shared`` the key of a `Shared`; ``account_status`` and the words are places in `Words`, from 1, 0 for none;
#: ``hold_until_day`` is the first day without the hold that ends last, ``NO_DATE`` where one has no end; ``stops`` has
#: a bit for each `Medium` the person asked us not to use; ``in_default_when_obtained`` is 1, 0, or -1 where unknown.
READING: Final = np.dtype(
    [
        *((name, POSITION[name]) for name in POSITION.names or () if name not in _LEFT_OUT),
        ("person", "<i8"),
        ("working", "<i8"),
        ("shared", "<i8"),
        ("hold_until_day", "<i4"),
        ("account_status", "<i2"),
        ("currency", "<i2"),
        ("reason_late", "<i2"),
        ("ability", "<i2"),
        ("willingness", "<i2"),
        ("class_set", "<i2"),
        ("has_other_lenders", "<i2"),
        ("reachable_phones", "<i2"),
        ("stops", "<i2"),
        ("in_default_when_obtained", "<i2"),
        ("language", "<i2"),
    ]
)


@dataclass(frozen=True, slots=True)
class Words:
    """The lists in which words of the book are looked up; their places go into the rows."""

    statuses: Sequence[str]
    currencies: Sequence[str]
    reasons: Sequence[str]
    abilities: Sequence[str]
    willingness: Sequence[str]
    classes: Sequence[str]
    languages: Sequence[str]


@dataclass(frozen=True, slots=True)
class Shared:
    """What accounts with the same key have in common: candidate places of law and time zones, purpose and kind."""

    places: tuple[str, ...]
    zones: tuple[str, ...]
    consumer_purpose: bool | None
    debt_kind: str = ""


_WAYS: Final = """
    SELECT person_id, least(count(*) FILTER (WHERE kind = 'phone'), 30000)::smallint AS phones,
           sum(hashtextextended(concat_ws('|', timezones, country, region), 0) >> 8)::bigint AS zones
    FROM contact_point WHERE is_valid AND {people} GROUP BY person_id"""

_STOPS: Final = """
    SELECT person_id, bit_or(1 << (array_position(%s::text[], medium) - 1))::smallint AS media
    FROM preference, unnest(CASE WHEN cardinality(media) = 0 THEN %s::text[] ELSE media END) medium
    WHERE kind = 'stop_medium' AND contact_point_id IS NULL AND from_at <= %s AND (until_at IS NULL OR until_at > %s)
    GROUP BY person_id"""

_QUERY: Final = """
    SELECT {position}, a.person_id, coalesce(h.organisation_id, a.organisation_id),
        hashtextextended(concat_ws('|', a.country, a.region, p.country, p.region, a.product_id, w.zones), 0),
        CASE WHEN pos.holds = 0 THEN {none} ELSE coalesce((
            SELECT CASE WHEN bool_or(d.until_at IS NULL) THEN {none}
                   ELSE max((d.until_at AT TIME ZONE %s)::date - date '1970-01-01') END
            FROM hold d WHERE d.person_id = a.person_id AND (d.account_id IS NULL OR d.account_id = a.id)
                AND d.from_at <= %s AND (d.until_at IS NULL OR d.until_at > %s)), {none}) END,
        coalesce(array_position(%s::text[], a.status), 0)::smallint,
        coalesce(array_position(%s::text[], a.currency::text), 0)::smallint,
        coalesce(array_position(%s::text[], a.facts ->> 'reason_late'), 0)::smallint,
        coalesce(array_position(%s::text[], a.facts ->> 'ability'), 0)::smallint,
        coalesce(array_position(%s::text[], a.facts ->> 'willingness'), 0)::smallint,
        coalesce(array_position(%s::text[], a.facts ->> 'class_set'), 0)::smallint,
        coalesce((p.facts -> 'has_other_lenders')::boolean, false)::int::smallint,
        coalesce(w.phones, 0::smallint), coalesce(s.media, 0::smallint),
        (CASE WHEN h.from_on IS NULL OR a.default_on IS NULL
              THEN coalesce((a.facts -> 'in_default_when_obtained')::boolean::int, -1)
              ELSE (a.default_on <= h.from_on)::int END)::smallint,
        coalesce(array_position(%s::text[], split_part(p.language, '-', 1)), 0)::smallint
    FROM account_position pos
    JOIN account a ON a.id = pos.account
    JOIN person p ON p.id = a.person_id
    LEFT JOIN ({ways}) w ON w.person_id = a.person_id
    LEFT JOIN ({stops}) s ON s.person_id = a.person_id
    LEFT JOIN access h ON h.account_id = a.id AND h.scope = 'holder' AND h.from_on <= %s
        AND (h.until_on IS NULL OR h.until_on > %s)
    WHERE a.organisation_id = %s AND {accounts} AND {debtors}"""


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads accounts of one organisation as they stand for the day ``on``.

    ``now`` tells which holds are on, ``zone`` (the owner's time zone) on which day they end.
    """

    organisation: int
    zone: str
    on: date
    now: object
    words: Words
    using: str = "night"

    def of_range(self, first: int, until: int) -> Rows:
        """Return the accounts of persons with ids in ``[first, until)``, in no order."""
        return self._read("person_id >= %s AND person_id < %s", [first, until])

    def of_people(self, people: Sequence[int] | Ints) -> Rows:
        """Return the accounts of ``people``, in no order. For a few the statement is kept, as pages ask it often."""
        which: list[object] = [[int(person) for person in people]]
        if len(people) > answers.FEW:
            return self._read("person_id = ANY(%s)", which)
        return answers.prepared_rows(*self._asked("person_id = ANY(%s)", which), READING, using=self.using)

    def _read(self, people: str, which: list[object]) -> Rows:
        return copying.read(*self._asked(people, which), READING, using=self.using)

    def _asked(self, people: str, which: list[object]) -> tuple[str, list[object]]:
        """Return the statement and its values."""
        words = self.words
        lists = (words.statuses, words.currencies, words.reasons, words.abilities, words.willingness, words.classes)
        values = [
            self.zone, self.now, self.now, *(_array(tuple(each)) for each in (*lists, words.languages)), *which,
            _MEDIA, _MEDIA, self.now, self.now, self.on, self.on,
            self.organisation, *which, *which,
        ]  # fmt: skip
        return _statement(people), values


@cache
def _statement(people: str) -> str:
    return _QUERY.format(
        position=", ".join(f"pos.{name}" for name in READING.names or () if name in (POSITION.names or ())),
        none=NO_DATE,
        ways=_WAYS.format(people=people),
        stops=_STOPS,
        accounts=f"a.{people.replace(' person_id', ' a.person_id')}",
        debtors=f"{people.replace('person_id', 'p.id')}",
    )


@cache
def _array(words: tuple[str, ...]) -> str:
    """Return codes as the text of an array, made once: lists are dear to hand over one word at a time."""
    return f"{{{','.join(words)}}}"


_MEDIA: Final = _array(tuple(medium.value for medium in Medium))


def ranges_of_people(organisation: int, people: int, *, using: str = "night") -> Iterator[tuple[int, int]]:
    """Yield ranges ``[first, until)`` of person ids that hold about so many persons with accounts each, ascending."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT person_id FROM (SELECT person_id, row_number() OVER (ORDER BY person_id) AS n "
            "FROM (SELECT DISTINCT person_id FROM account WHERE organisation_id = %s) who) numbered "
            "WHERE (n - 1) %% %s = 0 ORDER BY person_id",
            [organisation, people],
        )
        starts = [int(row[0]) for row in cursor.fetchall()]
    yield from pairwise((*starts, 2**63 - 1))


def people_to_read(organisation: int, on: date, *, since_book_day: int, using: str = "night") -> Ints:
    """Return the persons with an account touched on ``since_book_day`` or later, or to be looked at by ``on``."""
    found = copying.read(
        """SELECT DISTINCT a.person_id FROM account a WHERE a.id IN (
               SELECT account_id FROM touched WHERE organisation_id = %s AND book_day >= %s
               UNION ALL
               SELECT account FROM account_position
               WHERE organisation_id = %s AND least(look_again_on, dealings_look_on) <= %s)""",
        [organisation, since_book_day, organisation, epoch_day(on)],
        np.dtype([("person", "<i8")]),
        using=using,
    )
    return np.sort(found["person"])


_SHARED: Final = """
    SELECT a.id, a.country, a.region, p.country, p.region, product.consumer_purpose, product.debt_kind,
        ARRAY(SELECT DISTINCT zone FROM contact_point w, unnest(w.timezones) zone
              WHERE w.person_id = a.person_id AND w.is_valid ORDER BY zone),
        ARRAY(SELECT DISTINCT concat_ws('|', w.country, w.region) FROM contact_point w
              WHERE w.person_id = a.person_id AND w.is_valid AND w.country <> '' ORDER BY 1)
    FROM account a JOIN person p ON p.id = a.person_id JOIN product ON product.id = a.product_id
    WHERE a.id = ANY(%s)"""


def shared_of(accounts: Sequence[int], *, using: str = "night") -> list[Shared]:
    """Return what stands behind the keys of ``accounts``, one for each, in their order."""
    rows = answers.prepared(_SHARED, [[int(account) for account in accounts]], using=using)
    found = {row[0]: _shared(*row[1:]) for row in rows}
    return [found[int(account)] for account in accounts]


def _shared(
    country: str,
    region: str,
    own: str,
    own_region: str,
    purpose: bool | None,  # noqa: FBT001 - a row of the query
    kind: str,
    zones: list[str],
    points: list[str],
) -> Shared:
    others = (place_of(*point.split("|")) for point in points)
    places = dict.fromkeys(place for place in (place_of(own, own_region), *others, place_of(country, region)) if place)
    return Shared(tuple(places), every_zone(own or country, own_region or region, zones), purpose, kind)


def owners_of(people: Sequence[int], *, using: str = "night") -> dict[int, list[int]]:
    """Return the persons with accounts by the organisation that owns those, each list ascending."""
    found = answers.prepared(
        "SELECT organisation_id, array_agg(DISTINCT person_id ORDER BY person_id) FROM account "
        "WHERE person_id = ANY(%s) GROUP BY organisation_id",
        [list(people)],
        using=using,
    )
    return {int(owner): list(own) for owner, own in found}
