"""``arrears user`` from the command line."""

from typing import Any

from click.testing import CliRunner


def run(*words: str, password: str = "correct horse battery staple\n") -> Any:
    from arrears.cli.user import command

    return CliRunner().invoke(command, words, input=password)


def test_somebody_added_can_be_listed_and_dismissed(people: Any) -> None:
    from arrears.store.tables.event import Event
    from arrears.store.tables.staff import Staff

    added = run("add", "erin", "-o", "Meadow Loans", "-r", "collector", "--language", "es", "--password-stdin")
    assert added.exit_code == 0, added.output
    erin = Staff.objects.using("night").get(username="erin")
    assert (erin.organisation_id, erin.roles, erin.language) == (people.lender, ["collector"], "es")
    assert erin.check_password("correct horse battery staple")
    assert "erin" in run("list", "-o", "Meadow Loans").output
    assert run("dismiss", "erin", "-o", "Meadow Loans").exit_code == 0
    assert not Staff.objects.using("night").get(username="erin").is_active
    kinds = set(Event.objects.using("night").values_list("kind", flat=True))
    assert {"staff_added", "staff_dismissed"} <= kinds


def test_a_taken_name_an_unknown_role_and_a_weak_password_are_all_said_and_nobody_is_added(people: Any) -> None:
    from arrears.store.tables.staff import Staff

    before = Staff.objects.using("night").count()
    refused = run("add", "alice", "-o", "Meadow Loans", "-r", "king", "--password-stdin", password="short\n")
    assert refused.exit_code == 1
    for words in ("alice", "king", "password"):
        assert words in refused.output
    assert Staff.objects.using("night").count() == before


def test_an_organisation_is_made_only_when_asked_for(people: Any) -> None:
    from arrears.store.tables.organisation import BookDay, Organisation

    words = ("add", "gus", "-o", "Quay Agency", "-r", "agency", "--password-stdin")
    assert "no organisation" in run(*words).output
    made = run(*words, "--new-organisation", "agency", "--timezone", "Europe/Madrid", "--country", "ES")
    assert made.exit_code == 0, made.output
    quay = Organisation.objects.using("night").get(name="Quay Agency")
    assert (quay.kind, quay.timezone) == ("agency", "Europe/Madrid")
    assert BookDay.objects.using("night").filter(organisation=quay, closed_at=None).count() == 1


def test_who_is_listed_of_where_is_asked_only_where_there_are_several(people: Any) -> None:
    unknown = run("list", "-o", "Nowhere")
    assert (unknown.exit_code, "--new-organisation" in unknown.output) == (1, False)
    several = run("list")
    assert (several.exit_code, "Meadow Loans" in several.output) == (1, True)
