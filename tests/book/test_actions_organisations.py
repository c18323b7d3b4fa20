"""The numbers that an organisation calls from: said once, on record, and asked for by the gate."""

from datetime import UTC, datetime
from typing import Any

NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)


def change(people: Any, add: tuple[str, ...] = (), drop: tuple[str, ...] = ()) -> tuple[list[str], tuple[str, ...]]:
    from arrears.actions import organisations
    from arrears.store.scope import scope

    with scope(people.lender, None, using="night"):
        problems = organisations.change_numbers(add, drop, now=NOW)
        return [problem.code for problem in problems], organisations.calling_numbers()


def events() -> list[dict[str, Any]]:
    from arrears.store.tables.event import Event

    return list(
        Event.objects.using("night")
        .filter(kind="calling_numbers_changed")
        .order_by("pk")
        .values_list("facts", flat=True)
    )


def test_numbers_are_kept_as_they_are_dialled_and_their_changes_are_on_record(people: Any) -> None:
    there = change(people)[1]
    assert change(people, add=("+1 (212) 555-0150", "+12125550151")) == ([], (*there, "+12125550150", "+12125550151"))
    assert change(people, drop=("+1 212 555 0151",)) == ([], (*there, "+12125550150"))
    assert [facts["after"] for facts in events()] == [
        [*there, "+12125550150", "+12125550151"],
        [*there, "+12125550150"],
    ]


def test_a_number_that_is_there_is_not_added_twice(people: Any) -> None:
    change(people, add=("+12125550150",))
    there = change(people)[1]
    assert change(people, add=("+1 212 555 0150",)) == ([], there)
    assert len(events()) == 1


def test_one_mistake_among_several_changes_nothing(people: Any) -> None:
    there = change(people)[1]
    assert change(people, add=("+12125550150", "ring me"), drop=("+12125550177",)) == (
        ["not_a_phone", "not_ours"],
        there,
    )
    assert events() == []


def test_an_organisation_that_is_there_keeps_what_it_said(people: Any) -> None:
    from arrears.store.doors import founding
    from arrears.store.tables.organisation import Organisation

    _, there = change(people, add=("+12125550150",))
    lender = Organisation.objects.using("night").get(pk=people.lender)
    place = {"country": "US", "timezone": "America/New_York", "language": "en"}
    assert founding.add_organisation(lender.name, lender.kind, **place, settings={}, using="night") == people.lender
    assert change(people) == ([], there)
