"""By day the same tables decide: after an event at once, and on the same state exactly as the night did."""

from datetime import UTC, date, datetime, timedelta

TODAY = date(2026, 3, 2)
NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)


def test_on_the_same_state_day_and_night_agree_in_every_field(people, night_book):
    from arrears.actions import decisions
    from arrears.store.scope import scope

    night_book.owe(people.lender, people.kept, instalments=(3, 33))
    night_book.can_be_called(people.lender, people.kept_debtor)
    night_book.run(people.lender, TODAY + timedelta(days=1))
    stood = night_book.rows("Decision").filter(account_id=people.kept).values().get()
    day = TODAY + timedelta(days=1)
    with scope(people.lender, people.alice, today=day):
        [said] = decisions.redecide_people([people.kept_debtor], as_of=day, now=NOW + timedelta(days=1))
    assert night_book.rows("Decision").filter(account_id=people.kept).count() == 1  # nothing new to say
    assert {name: getattr(said, name) for name in ("next_action", "next_on", "tier", "tone", "treatment")} == {
        name: stood[name] for name in ("next_action", "next_on", "tier", "tone", "treatment")
    }
    assert said.is_listed


def test_a_payment_changes_the_decision_at_once_and_the_newer_one_is_of_the_day(people, night_book):
    from arrears.actions import decisions
    from arrears.store.scope import scope

    night_book.owe(people.lender, people.kept, instalments=(3,))
    night_book.can_be_called(people.lender, people.kept_debtor)
    day = TODAY + timedelta(days=1)
    night_book.run(people.lender, day)
    night_book.pay(people.lender, people.kept, 10_000, on=day)
    with scope(people.lender, people.alice, today=day):
        [said] = decisions.redecide_people([people.kept_debtor], as_of=day, now=NOW + timedelta(days=1, hours=1))
    older, newer = night_book.rows("Decision").filter(account_id=people.kept).order_by("decided_at")
    assert (older.run_id > 0, newer.run_id) == (True, 0)
    assert (older.days_past_due, newer.days_past_due) == (4, 0)
    assert (older.arrears_minor, newer.arrears_minor) == (10_000, 0)
    assert not said.is_listed


def test_a_whole_book_is_decided_alike_by_night_and_person_by_person(people, night_book):
    """Same tables, same fold, same gate: what stands on the list is what deciding about each person says."""
    from arrears.actions import decisions
    from arrears.store.scope import scope

    night_book.fill(people)
    day = TODAY + timedelta(days=1)
    night_book.run(people.lender, day)
    stood = list(night_book.rows("Decision").order_by("account_id").values())
    listed = {row["person_id"]: row for row in night_book.rows("Worklist").values()}
    said = {}
    for person in sorted({row["person_id"] for row in stood}):
        with scope(people.lender, people.alice, today=day):
            [said[person]] = decisions.redecide_people([person], as_of=day, now=NOW + timedelta(days=1))
    assert list(night_book.rows("Decision").order_by("account_id").values()) == stood
    assert {person for person, one in said.items() if one.is_listed} == set(listed)
    same = ("next_action", "tier", "treatment", "tone", "channels", "owner_team", "reason", "arrears_minor")
    for person, row in listed.items():
        assert {name: getattr(said[person], name) for name in same} == {name: row[name] for name in same}
        assert (said[person].account, said[person].working) == (row["account_id"], row["organisation_id"])


def test_deciding_again_twice_writes_once(people, night_book):
    from arrears.actions import decisions
    from arrears.store.scope import scope

    night_book.owe(people.lender, people.kept, instalments=(3,))
    for minute in (0, 1):
        with scope(people.lender, people.alice, today=TODAY):
            decisions.redecide_people([people.kept_debtor], as_of=TODAY, now=NOW + timedelta(minutes=minute))
    assert night_book.rows("Decision").filter(account_id=people.kept).count() == 1


def test_nobody_decides_about_another_organisations_people(people, night_book):
    from arrears.actions import decisions
    from arrears.store.scope import scope

    night_book.owe(people.lender, people.kept, instalments=(3,))
    with scope(people.hostile, people.charlie, today=TODAY):
        assert decisions.redecide_people([people.kept_debtor], as_of=TODAY, now=NOW) == ()
    assert not night_book.rows("Decision").exists()
