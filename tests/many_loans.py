"""Many people with a loan and an e-mail address each, alike but for their names: copied by the server from one of them.

What a verb would have written of one is written by the desk of the tests; the copies take its rows over, get entries
and addresses of their own, and their positions and books are made as an import makes them.
"""

from typing import Any

#: So many positions at a time are made without starting the compiled ledger.
AT_A_TIME = 500


def loans_like(first: Any, many: int, desk: Any) -> list[Any]:
    """Return ``first`` and so many loans more that each has one of."""
    from tests.working_book import Loan

    from arrears.store.tables.account import Account, AccountParty, Entry
    from arrears.store.tables.person import ContactPoint, Person

    with desk.book.nobody():
        people = _copies(Person, first.person, many, number="t.number || '-' || n", full_name="t.full_name || ' ' || n")
        accounts = _copies(Account, first.account, many, number="t.number || '-' || n", person_id=_each(people))
        _copy_rows(AccountParty, "account_id", first.account, many, person_id=_each(people), account_id=_each(accounts))
        mail = f"'p' || {_each(people)} || '@debtor.example'"
        _copy_rows(
            ContactPoint, "person_id", first.person, many, person_id=_each(people),
            value=f"CASE t.kind WHEN 'email' THEN {mail} ELSE t.value END",
            normalised=f"CASE t.kind WHEN 'email' THEN {mail} ELSE t.normalised END",
        )  # fmt: skip
        _copy_rows(
            Entry, "account_id", first.account, many, account_id=_each(accounts), source_ref="t.source_ref || '-' || n"
        )
    _stand(accounts, desk)
    phones = _phones(people)
    return [first, *(Loan(*each) for each in zip(accounts, people, phones, strict=True))]


def _each(ids: list[int]) -> str:
    return f"('{{{','.join(map(str, ids))}}}'::bigint[])[n]"


def _copies(table: Any, row: int, many: int, **fresh: str) -> list[int]:
    return sorted(_copy_rows(table, "id", row, many, **fresh))


def _copy_rows(table: Any, by: str, of: int, many: int, /, **fresh: str) -> list[int]:
    """Copy the rows whose column ``by`` is ``of`` so many times, some columns made anew; return the new ids."""
    from django.db import connections
    from django.db.models import GeneratedField

    made_of = table._meta
    fields = [field for field in made_of.concrete_fields if not isinstance(field, GeneratedField)]
    own = [field.column for field in fields if field.column not in {"id", "salt"}]
    name, taken = made_of.db_table, ", ".join(fresh.get(column, f"t.{column}") for column in own)
    with connections["night"].cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {name} ({', '.join(own)}) SELECT {taken} FROM generate_series(1, {many}) n, {name} t "
            f"WHERE t.{by} = {of} RETURNING id"
        )
        return [row[0] for row in cursor.fetchall()]


def _stand(accounts: list[int], desk: Any) -> None:
    """Make the positions of accounts, and tell the planner how large everything has become."""
    from datetime import timedelta

    from django.db import connections
    from tests.message_desk import UNPAID_SINCE
    from tests.working_book import at

    from arrears.actions import positions

    for start in range(0, len(accounts), AT_A_TIME):
        with desk.book.nobody():
            positions.refresh(
                accounts[start : start + AT_A_TIME], now=at(UNPAID_SINCE + timedelta(days=1)), using="night"
            )
    with connections["night"].cursor() as cursor:
        cursor.execute("SELECT refresh_statistics()")


def _phones(people: list[int]) -> list[int]:
    from arrears.store.tables.person import ContactPoint

    rows = ContactPoint.objects.using("night").filter(person_id__in=people, kind="phone")
    found = dict(rows.values_list("person_id", "pk"))
    return [found[person] for person in people]
