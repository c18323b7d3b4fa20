"""What an examiner is shown beside contacts: words as sent, notices, holds, case files, wishes, incidents.

Rows are given whole, as the database holds them, so that nothing is left out by somebody's choice of columns. Only what
is sealed or meant for named people (needs of care) is not among them.
"""

import json
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, Final

from django.db import connections

Row = Mapping[str, Any]  # JSON

_OF_PEOPLE: Final = "t.person_id = ANY(%(people)s)"
_OF_THEIR_DEBTS: Final = """(t.person_id = ANY(%(people)s)
    OR t.account_id IN (SELECT account_id FROM account_party w WHERE w.person_id = ANY(%(people)s)))"""
#: By name: the table, which of its rows belong to people, and when a row lies in the period.
RELATED: Final[Mapping[str, tuple[str, str, str]]] = {
    "messages": ("message", _OF_PEOPLE, "t.made_at < %(until)s AND coalesce(t.ended_at, t.made_at) >= %(since)s"),
    "notices": ("notice", _OF_PEOPLE, "t.made_at < %(until)s AND t.made_at >= %(since)s"),
    "received": ("received", _OF_PEOPLE, "t.received_at < %(until)s AND t.received_at >= %(since)s"),
    "transcripts": (
        "transcript",
        _OF_PEOPLE,
        "t.attempt_id IN (SELECT a.id FROM attempt a WHERE a.started_at < %(until)s AND a.started_at >= %(since)s)",
    ),
    "holds": (
        "hold",
        _OF_THEIR_DEBTS,
        "t.from_at < %(until)s AND (t.until_at IS NULL OR t.until_at >= %(since)s)",
    ),
    "case_files": (
        "case_file",
        _OF_PEOPLE,
        "t.opened_at < %(until)s AND (t.closed_at IS NULL OR t.closed_at >= %(since)s)",
    ),
    "case_steps": ("case_step", _OF_PEOPLE, "t.at < %(until)s AND t.at >= %(since)s"),
    "case_papers": ("case_paper", _OF_PEOPLE, "t.added_at < %(until)s AND t.added_at >= %(since)s"),
    "delivery_reports": ("delivery_report", _OF_PEOPLE, "t.at < %(until)s AND t.at >= %(since)s"),
    "preferences": (
        "preference",
        _OF_PEOPLE,
        "t.from_at < %(until)s AND (t.until_at IS NULL OR t.until_at >= %(since)s)",
    ),
    "consents": ("consent", _OF_PEOPLE, "t.at < %(until)s AND (t.revoked_at IS NULL OR t.revoked_at >= %(since)s)"),
    "incidents": ("incident", _OF_PEOPLE, "t.opened_at < %(until)s AND t.opened_at >= %(since)s"),
    "verifications": ("verification", _OF_PEOPLE, "t.at < %(until)s AND t.at >= %(since)s"),
}
_OF_ATTEMPTS: Final = """
    SELECT to_jsonb(t) || jsonb_build_object(
        'started_us', (extract(epoch FROM t.started_at) * 1000000)::bigint, 'digest', encode(t.digest, 'hex'))
    FROM attempt t WHERE t.id = ANY(%s) ORDER BY t.id"""
_RULE_ACTS: Final = """
    SELECT to_jsonb(t) FROM rule_setting t WHERE t.organisation_id = %s AND t.at >= %s AND t.at < %s ORDER BY t.id"""
_AT_ONCE: Final = 5_000


def related(name: str, people: Sequence[int], *, since: datetime, until: datetime, using: str = "default") -> list[Row]:
    """Return the rows of ``name`` (see `RELATED`) about ``people`` that touch the period, in the order of their ids."""
    table, whose, when = RELATED[name]
    statement = f"SELECT to_jsonb(t) FROM {table} t WHERE {whose} AND {when} ORDER BY t.id"
    with connections[using].cursor() as cursor:
        cursor.execute(statement, {"people": list(people), "since": since, "until": until})
        return [_plain(row) for (row,) in cursor.fetchall()]


def attempts(ids: Sequence[int], *, using: str = "default") -> list[Row]:
    """Return contacts with everything their digests are made of."""
    found: list[Row] = []
    with connections[using].cursor() as cursor:
        for start in range(0, len(ids), _AT_ONCE):
            cursor.execute(_OF_ATTEMPTS, [list(ids[start : start + _AT_ONCE])])
            found.extend(_plain(row) for (row,) in cursor.fetchall())
    return found


def rule_acts(organisation: int, *, since: datetime, until: datetime, using: str = "default") -> list[Row]:
    """Return who switched which rule, when and why, of an organisation in a period."""
    with connections[using].cursor() as cursor:
        cursor.execute(_RULE_ACTS, [organisation, since, until])
        return [_plain(row) for (row,) in cursor.fetchall()]


def _plain(row: Any) -> Row:  # Any: Django hands JSON over as text, or read already
    found: Row = json.loads(row) if isinstance(row, str) else row
    return found
