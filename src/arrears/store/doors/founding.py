"""Organisations and the people who work there, as they are first written down."""

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from django.contrib.auth.hashers import make_password
from django.db import connections

from arrears.store.scope import current
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.staff import Staff


def add_organisation(
    name: str, kind: str, *, country: str, timezone: str, language: str, settings: Mapping[str, Any], using: str
) -> int:
    """Add an organisation and return its id; a name that is taken gives the one there is, as it is."""
    if there := Organisation.objects.using(using).filter(name=name, kind=kind).first():
        return int(there.pk)
    row = Organisation(name=name, kind=kind, country=country, timezone=timezone, language=language)
    row.settings = dict(settings)
    row.save(using=using)
    return int(row.pk)


def keep_settings(organisation: int, settings: Mapping[str, Any], *, using: str) -> None:
    """Write an organisation's settings (JSON) in place of what they were."""
    Organisation.objects.using(using).filter(pk=organisation).update(settings=dict(settings))


def add_staff(
    username: str,
    full_name: str,
    roles: Sequence[str],
    *,
    password: str,
    team: str,
    language: str,
    skills: Sequence[str],
    capacity_minutes: int,
    is_shared: bool = False,
    using: str,
) -> int:
    """Add a member of staff to the organisation in scope and return the id; the user name must be free.

    ``is_shared`` says that many are given this password, as in a demonstration: it is hashed once for all of them.
    """
    row = Staff(username=username, full_name=full_name, roles=list(roles), team=team, language=language)
    row.organisation_id = current(using).organisation
    row.skills, row.capacity_minutes = list(skills), capacity_minutes
    row.password = _hashed(password) if is_shared else make_password(password)
    row.save(using=using, force_insert=True)
    return int(row.pk)


@cache
def _hashed(password: str) -> str:
    return make_password(password)


def give_access(accounts: Sequence[int], holder: int, from_on: date, *, in_default_on: date | None, using: str) -> int:
    """Let ``holder`` work accounts of the organisation in scope from a date on; return how many are newly given.

    ``in_default_on`` is the day since when the owner holds them to be in default, for those of which nothing is said.
    The holder finds their people by name and number as the owner does.
    """
    owner = current(using).organisation
    with connections[using].cursor() as cursor:
        cursor.execute(
            "UPDATE account SET default_on = %s WHERE id = ANY(%s) AND organisation_id = %s AND default_on IS NULL",
            [in_default_on, list(accounts), owner],
        )
        cursor.execute(
            "INSERT INTO access (organisation_id, account_id, owner_id, from_on, scope) "
            "SELECT %s, a.id, a.organisation_id, %s, 'holder' FROM account a "
            "WHERE a.id = ANY(%s) AND a.organisation_id = %s ON CONFLICT DO NOTHING",
            [holder, from_on, list(accounts), owner],
        )
        given = int(cursor.rowcount)
        cursor.execute(
            "INSERT INTO search_gram (organisation_id, gram, person_id) "
            "SELECT DISTINCT %s::bigint, g.gram, g.person_id "
            "FROM account_party p JOIN search_gram g ON g.person_id = p.person_id AND g.organisation_id = %s "
            "WHERE p.account_id = ANY(%s) AND p.organisation_id = %s ON CONFLICT DO NOTHING",
            [holder, owner, list(accounts), owner],
        )
    return given


def end_access(accounts: Sequence[int], holder: int, until_on: date, *, using: str) -> int:
    """End ``holder``'s work on accounts of the organisation in scope; it keeps sight of what it did itself."""
    owner = current(using).organisation
    with connections[using].cursor() as cursor:
        cursor.execute(
            "WITH ended AS (UPDATE access SET until_on = %s WHERE account_id = ANY(%s) AND organisation_id = %s "
            "AND owner_id = %s AND scope = 'holder' AND until_on IS NULL RETURNING account_id, owner_id) "
            "INSERT INTO access (organisation_id, account_id, owner_id, from_on, scope) "
            "SELECT %s, account_id, owner_id, %s, 'after_recall' FROM ended",
            [until_on, list(accounts), holder, owner, holder, until_on],
        )
        ended = int(cursor.rowcount)
        cursor.execute(
            "DELETE FROM search_gram g USING account_party p WHERE p.account_id = ANY(%s) "
            "AND g.person_id = p.person_id AND g.organisation_id = %s "
            "AND NOT EXISTS (SELECT 1 FROM account_party q JOIN access held "
            "ON held.account_id = q.account_id AND held.organisation_id = %s AND held.scope = 'holder' "
            "AND held.until_on IS NULL WHERE q.person_id = g.person_id)",
            [list(accounts), holder, holder],
        )
    return ended


def furthest_behind(least_days: int, as_of: date, most: int, *, using: str) -> list[int]:
    """Return ids of open accounts of the organisation in scope at least so many days past due, oldest first."""
    with connections[using].cursor() as cursor:
        cursor.execute(
            "SELECT p.account FROM account_position p JOIN account a ON a.id = p.account "
            "WHERE a.organisation_id = %s AND p.oldest_unpaid_day <= %s "
            "ORDER BY p.oldest_unpaid_day, p.account LIMIT %s",
            [current(using).organisation, (as_of - date(1970, 1, 1)).days - least_days, most],
        )
        return [int(row[0]) for row in cursor.fetchall()]
