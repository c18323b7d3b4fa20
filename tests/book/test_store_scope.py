"""A scope is one transaction: it begins with whose it is and leaves nothing behind."""

import contextlib
from datetime import date
from typing import Any

import pytest
from django.db import connections


def settings_now() -> tuple[str, ...]:
    with connections["default"].cursor() as cursor:
        cursor.execute(
            "SELECT coalesce(current_setting('arrears.organisation', true), ''), "
            "coalesce(current_setting('arrears.user', true), ''), coalesce(current_setting('arrears.today', true), '')"
        )
        return tuple(cursor.fetchone())


def test_a_scope_says_whose_it_is_and_for_which_day(people: Any) -> None:
    from arrears.store.scope import scope

    with scope(people.lender, people.alice, today=date(2026, 3, 2)):
        assert settings_now() == (str(people.lender), str(people.alice), "2026-03-02")


def test_nothing_is_left_on_the_connection_afterwards(people: Any) -> None:
    from arrears.store.scope import ScopeError, current, scope

    with scope(people.lender, people.alice):
        pass
    assert settings_now() == ("", "", "")
    with pytest.raises(ScopeError, match="needs a scope"):
        current()


def test_nothing_is_left_after_an_exception_and_nothing_was_written(people: Any) -> None:
    from arrears.store.scope import scope
    from arrears.store.tables.organisation import Organisation

    def rename_and_fail() -> None:
        with scope(people.lender, people.alice):
            Organisation.objects.filter(pk=people.lender).update(name="Other")
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        rename_and_fail()
    assert settings_now() == ("", "", "")
    assert Organisation.objects.using("night").get(pk=people.lender).name == "Meadow Loans"


def test_the_same_scope_may_open_inside_itself(people: Any) -> None:
    from arrears.store.scope import current, scope

    with scope(people.lender, people.alice) as outer:
        with scope(people.lender, people.alice) as inner:
            assert inner == outer == current()
        assert current() == outer
        assert settings_now()[0] == str(people.lender)


def test_another_organisations_scope_may_not(people: Any) -> None:
    from arrears.store.scope import ScopeError, scope

    stack = contextlib.ExitStack()
    with scope(people.lender, people.alice), pytest.raises(ScopeError, match="other's eyes"):
        stack.enter_context(scope(people.bank, None))


def test_scopes_of_two_connections_do_not_meet(people: Any) -> None:
    from arrears.store.scope import current, scope

    with scope(people.lender, people.alice), scope(people.bank, None, using="night"):
        assert current().organisation == people.lender
        assert current("night").organisation == people.bank


def visible_staff() -> list[str]:
    from arrears.store.tables.staff import Staff

    return sorted(Staff.objects.values_list("username", flat=True))


def test_signing_in_sees_the_one_row_whose_name_was_typed(people: Any) -> None:
    from arrears.store.scope import signing_in

    with signing_in("bob"):
        assert visible_staff() == ["bob"]
    with signing_in("nobody"):
        assert visible_staff() == []
    assert visible_staff() == []


def test_a_session_sees_its_own_user_and_learns_the_organisation(people: Any) -> None:
    from arrears.store.scope import session_of
    from arrears.store.tables.staff import Staff

    with session_of(people.bob):
        assert visible_staff() == ["bob"]
        assert Staff.objects.get(pk=people.bob).organisation_id == people.agency


def test_colleagues_see_each_other_and_no_other_house(people: Any) -> None:
    from arrears.store.scope import scope

    with scope(people.lender, people.alice):
        assert visible_staff() == ["alice", "dora"]
