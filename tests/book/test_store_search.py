"""Search: by equality on pieces, within what the searcher sees, in three writings."""

from typing import Any

import pytest
from django.db import connections, transaction

NAMES = {
    "placed": ("María del Carmen Ñáñez", "C-1001"),
    "kept": ("王小明", "C-2002"),
    "other": ("Maria Carmichael", "C-3003"),
}


@pytest.fixture(scope="module")
def named(settled_people: Any) -> Any:
    people = settled_people
    from arrears.store import search
    from arrears.store.scope import scope
    from arrears.store.tables.person import ContactPoint, Person

    for which, (name, number) in NAMES.items():
        person = getattr(people, f"{which}_debtor")
        Person.objects.using("night").filter(pk=person).update(full_name=name, number=number)
    owner = {"organisation_id": people.lender, "person_id": people.placed_debtor, "source": "contract"}
    phone = {"kind": "phone", "use": "mobile", "value": "(212) 555-0147", "normalised": "+12125550147"}
    email = {"kind": "email", "use": "other", "value": "M.Nanez@example.com", "normalised": "m.nanez@example.com"}
    for point in (phone, email):
        ContactPoint(**owner, **point).save(using="night")
    for organisation, persons in (
        (people.lender, [people.placed_debtor, people.kept_debtor]),
        (people.bank, [people.other_debtor]),
    ):
        with scope(organisation, None):
            assert search.index(persons) > 0
    return people


def found(organisation: int, words: str) -> list[int]:
    from arrears.store import search
    from arrears.store.scope import scope

    with scope(organisation, None):
        return [one.person for one in search.find(words)]


@pytest.mark.parametrize(
    "words",
    ["maría", "MARIA", "carmen", "arme", "ñáñez maría", "nanez", "m", "ma", "C-1001", "c1001", "212-555-0147",
     "+1 212 555 0147", "5550147", "0147", "m.nanez@example.com", "L-1"],
)  # fmt: skip
def test_the_lender_finds_its_debtor(named: Any, words: str) -> None:
    assert named.placed_debtor in found(named.lender, words)


@pytest.mark.parametrize("words", ["王小明", "王小", "小明", "王", "明"])
def test_chinese_names_are_found_by_one_character_or_two(named: Any, words: str) -> None:
    assert found(named.lender, words) == [named.kept_debtor]


@pytest.mark.parametrize("words", ["", "  ", "carmichael", "王明", "C-3003", "9999", "maria 王", "%", "_"])
def test_nobody_else_is_found(named: Any, words: str) -> None:
    assert found(named.lender, words) == []


def test_a_stranger_finds_nobody(named: Any) -> None:
    assert found(named.hostile, "maria") == []


def test_one_cannot_make_a_person_findable_that_one_does_not_see(named: Any) -> None:
    from arrears.store import search
    from arrears.store.scope import scope

    with scope(named.hostile, None):
        assert search.index([named.placed_debtor]) == 0


def test_indexing_again_forgets_the_old_name(named: Any) -> None:
    from arrears.store import search
    from arrears.store.scope import scope
    from arrears.store.tables.person import Person

    with scope(named.lender, None):
        Person.objects.filter(pk=named.placed_debtor).update(full_name="Ana Ruiz")
        search.index([named.placed_debtor])
        assert found(named.lender, "carmen") == []
        assert found(named.lender, "ruiz") == [named.placed_debtor]
        transaction.set_rollback(True)


def test_the_search_uses_the_index_under_row_level_security(named: Any) -> None:
    from arrears.store.scope import scope

    with connections["night"].cursor() as cursor:
        cursor.execute(
            "INSERT INTO search_gram (organisation_id, gram, person_id) SELECT %s, '~' || n, %s FROM generate_series(1, 20000) n",
            [named.lender, named.placed_debtor],
        )
    with connections["owner"].cursor() as cursor:
        cursor.execute("ANALYZE search_gram")
    with scope(named.lender, None), connections["default"].cursor() as cursor:
        cursor.execute(
            "EXPLAIN (COSTS OFF) SELECT person_id FROM search_gram WHERE organisation_id = %s AND gram = ANY(%s)",
            [named.lender, ["mar", "ari"]],
        )
        plan = "\n".join(row[0] for row in cursor.fetchall())
    condition = next(line for line in plan.splitlines() if "Index Cond" in line)
    assert "organisation_id =" in condition
    assert "gram = ANY" in condition
