"""Calls that a person had asked for: no count of a law that excepts them has them, as the gate leaves them out too.

The same four conditions as at the gate: given to the organisation that called, for this debt, within the days of the
rule and in the hours agreed by every clock that may be the person's, and no conversation since.
"""

import json
from collections.abc import Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connections

from arrears.domain.contacts import EFFECTS, MEDIUM_OF, Medium, Outcome
from arrears.domain.holds import ConsentKind
from arrears.engine.gate.kinds.call_consent import CallConsent
from arrears.engine.gate.local import days, hours, local_day
from arrears.kernel.intervals import instant_of
from arrears.packs import compliance
from arrears.packs.places import every_zone
from arrears.store import answers
from arrears.store.doors.kept_windows import windows_of

_GIVEN: Final = """
    SELECT EXISTS (SELECT 1 FROM attempt_account spoken JOIN attempt a ON a.id = spoken.attempt_id
                   JOIN consent c ON c.person_id = a.person_id AND c.kind = %s
                   WHERE spoken.account_id = ANY(%s::bigint[]))"""

_CALLS: Final = """
    SELECT spoken.account_id, a.id, a.started_at, c.at, c.windows, p.country, p.region,
           (SELECT array_agg(DISTINCT zone) FROM contact_point point, unnest(point.timezones) zone
            WHERE point.person_id = p.id AND point.is_valid)
    FROM attempt_account spoken
    JOIN attempt a ON a.id = spoken.attempt_id AND a.channel = ANY(%(calls)s)
    JOIN consent c ON c.person_id = a.person_id AND c.by_organisation_id = a.by_organisation_id AND c.kind = %(kind)s
     AND c.at <= a.started_at AND (c.until_at IS NULL OR c.until_at > a.started_at)
     AND (c.revoked_at IS NULL OR c.revoked_at > a.started_at)
     AND (c.media = '{}' OR %(medium)s = ANY(c.media)) AND (c.accounts = '{}' OR spoken.account_id = ANY(c.accounts))
    JOIN person p ON p.id = a.person_id
    WHERE spoken.account_id = ANY(%(accounts)s) AND a.started_at <= %(now)s
      AND NOT EXISTS (
        SELECT 1 FROM attempt since
        WHERE since.person_id = a.person_id AND since.by_organisation_id = a.by_organisation_id
          AND since.channel = ANY(%(calls)s) AND since.outcome = ANY(%(talked)s)
          AND since.started_at > c.at AND since.started_at < a.started_at
          AND CASE WHEN since.discussed IS NULL OR since.discussed = '{}'
                   THEN EXISTS (SELECT 1 FROM attempt_account about WHERE about.attempt_id = since.id
                                AND about.account_id = spoken.account_id)
                   ELSE spoken.account_id = ANY(since.discussed) END)"""


def calls_asked_for(accounts: Sequence[int], *, now: datetime, using: str = "default") -> set[tuple[int, int]]:
    """Return (account, attempt) of the calls up to ``now`` about ``accounts`` that their person had asked for."""
    ((is_any,),) = answers.asked(_GIVEN, [ConsentKind.CALL_MORE.value, list(accounts)], len(accounts), using=using)
    if not is_any:
        return set()
    with connections[using].cursor() as cursor:
        cursor.execute(_CALLS, _asked(accounts, now))
        return {(row[0], row[1]) for row in cursor.fetchall() if _is_agreed(*row[2:])}


def _asked(accounts: Sequence[int], now: datetime) -> dict[str, Any]:
    return {
        "accounts": list(accounts),
        "now": now,
        "kind": ConsentKind.CALL_MORE.value,
        "medium": Medium.TELEPHONE.value,
        "calls": [channel.value for channel, medium in MEDIUM_OF.items() if medium is Medium.TELEPHONE],
        "talked": [outcome.value for outcome in Outcome if EFFECTS[outcome].is_conversation],
    }


def _is_agreed(
    called_at: datetime,
    given_at: datetime,
    windows: str,
    country: str,
    region: str,
    of_points: Sequence[str] | None,
) -> bool:
    """Return whether a call falls on the days of the consent, and in its hours, by every clock of the person."""
    agreed, zones = windows_of(json.loads(windows)), every_zone(country, region, of_points or ())
    for zone in zones:
        first = local_day(zone, instant_of(given_at))
        last = first + _lasts() - 1
        free = hours(zone, agreed, first, last) if agreed else days(zone, first, last)
        if instant_of(called_at) not in free:
            return False
    return bool(zones)


def _lasts() -> int:
    """Return for how many days such a consent holds: the longest of the rules that know one."""
    found = (rule.evaluator for rule in compliance.rule_book().rules)
    return max((each.days for each in found if isinstance(each, CallConsent)), default=0)
