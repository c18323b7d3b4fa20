"""Statements asked again and again are planned once a connection; what comes back is what was asked for."""

from datetime import UTC, date, datetime

import numpy as np
import pytest
from django.db import connections

TODAY = date(2026, 3, 2)


#: What opens every scope; it is kept too, and was there before anything was asked.
OF_THE_SCOPE = "SELECT set_config("


def statements_kept() -> list[str]:
    with connections["default"].cursor() as cursor:
        cursor.execute("SELECT statement FROM pg_prepared_statements ORDER BY prepare_time")
        return [row[0] for row in cursor.fetchall() if not row[0].startswith(OF_THE_SCOPE)]


@pytest.fixture
def scoped(people):
    from arrears.store.scope import scope

    connections["default"].close()
    with scope(people.lender, people.alice, today=TODAY):
        yield people


def test_a_statement_is_planned_once_and_serves_every_value(scoped):
    from arrears.store import answers

    asked = "SELECT %(n)s::bigint + 1"
    assert [answers.prepared(asked, {"n": n}) for n in (1, 2)] == [[(2,)], [(3,)]]
    assert statements_kept() == ["SELECT $1::bigint + 1"]


def test_a_statement_that_nobody_asked_to_keep_is_not_kept(scoped):
    from arrears.store import answers
    from arrears.store.tables.account import Account

    answers.prepared("SELECT 1", {})
    for _ in range(12):
        Account.objects.filter(person_id=scoped.kept_debtor).count()
    assert statements_kept() == ["SELECT 1"]


def test_a_plan_made_for_one_organisation_shows_another_only_its_own(people):
    from arrears.store import answers
    from arrears.store.scope import scope

    seen = {}
    for organisation, user in ((people.lender, people.alice), (people.agency, people.bob)):
        with scope(organisation, user, today=TODAY):
            seen[organisation] = {row[0] for row in answers.prepared("SELECT id FROM account", {})}
    assert people.kept in seen[people.lender]
    assert seen[people.agency] == {people.placed}


def test_rows_come_as_the_dtype_says(scoped):
    from arrears.store import answers

    dtype = np.dtype([("n", "i8"), ("day", "i4"), ("at", "M8[us]")])
    at = datetime(2026, 3, 2, 16, 0, 0, 1, tzinfo=UTC)
    rows = answers.prepared_rows("SELECT %s::bigint, %s::int, %s::timestamptz", [7, 20514, at], dtype)
    assert rows.tolist() == [(7, 20514, at.replace(tzinfo=None))]
    assert answers.prepared_rows("SELECT 1::bigint, 2::int, now() WHERE false", [], dtype).tolist() == []


def test_a_null_is_refused_where_the_dtype_has_none(scoped):
    from arrears.store import answers

    with pytest.raises(TypeError):
        answers.prepared_rows("SELECT NULL::bigint", [], np.dtype([("n", "i8")]))
