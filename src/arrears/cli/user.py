"""``arrears user``: who may sign in."""

import sys

import click

from arrears.config import clock
from arrears.config.start import book_open
from arrears.kernel.problems import Problem

KINDS = ("creditor", "agency", "law_firm", "house")


@click.group()
def command() -> None:
    """Add, list and dismiss those who sign in."""


@command.command()
@click.argument("username")
@click.option("-o", "--organisation", required=True, help="Name of the organisation they work for.")
@click.option("-r", "--role", "roles", multiple=True, required=True, help="A role; may be given several times.")
@click.option("--full-name", default="", help="Name as others see it; the user name if left out.")
@click.option("--language", default="en", show_default=True, help="en, es or zh.")
@click.option("--team", default="", help="Team, as strategies name it.")
@click.option(
    "--skill", "skills", multiple=True, help="A skill, such as a language spoken; may be given several times."
)
@click.option("--minutes", default=0, show_default=True, help="Minutes a day for calls; 0 for those who get no list.")
@click.option("--password-stdin", is_flag=True, help="Read the password from standard input instead of asking.")
@click.option("--new-organisation", type=click.Choice(KINDS), help="Make the organisation, of this kind.")
@click.option("--country", default="US", show_default=True, help="With --new-organisation: its country (ISO 3166).")
@click.option(
    "--timezone", default="America/New_York", show_default=True, help="With --new-organisation: its time zone."
)
def add(username: str, organisation: str, password_stdin: bool, **said: object) -> None:  # noqa: FBT001 - click's call
    """Add USERNAME to an organisation."""
    with book_open():
        password = sys.stdin.readline().rstrip("\n") if password_stdin else _asked()
        hired = _hire(username, organisation, password, said)
    if isinstance(hired, list):
        raise click.ClickException("\n".join(problem.said_in(str(said["language"])) for problem in hired))
    click.echo(f"{username} may sign in.")


def _asked() -> str:
    return str(click.prompt("Password", hide_input=True, confirmation_prompt=True))


def _hire(username: str, organisation: str, password: str, said: dict[str, object]) -> int | list[Problem]:
    from arrears.actions.staffing import Applicant, hire, open_book
    from arrears.store.scope import scope

    now = clock.now()
    made = _organisation(organisation, said)
    one = Applicant(
        username=username,
        full_name=str(said["full_name"] or username),
        roles=tuple(said["roles"]),  # type: ignore[arg-type]  # click gives a tuple of words
        password=password,
        team=str(said["team"]),
        language=str(said["language"]),
        skills=tuple(said["skills"]),  # type: ignore[arg-type]  # as above
        capacity_minutes=int(str(said["minutes"])),
    )
    with scope(made, None, using="night"):
        if said["new_organisation"]:
            open_book(clock.today_in(str(said["timezone"])), now=now)
        return hire(one, now=now)


def _organisation(name: str, said: dict[str, object]) -> int:
    """Return the organisation called ``name``, made if asked for."""
    from arrears.store.doors import founding, organisations_at_night

    if kind := said.get("new_organisation"):
        place = {"country": str(said["country"]), "timezone": str(said["timezone"]), "language": str(said["language"])}
        return founding.add_organisation(name, str(kind), **place, settings={}, using="night")
    found = organisations_at_night.named(name)
    if found is None:
        makes = "; --new-organisation KIND makes it" if "new_organisation" in said else ""
        raise click.ClickException(f"There is no organisation called {name!r}{makes}.")
    return found.id


def _only() -> int:
    """Return the one organisation there is."""
    from arrears.store.doors.organisations_at_night import every

    found = every()
    if len(found) != 1:
        names = "; ".join(one.name for one in found) or "none yet"
        raise click.ClickException(f"Say --organisation with one of: {names}.")
    return found[0].id


@command.command(name="list")
@click.option("-o", "--organisation", default="", help="Name of the organisation; the only one if left out.")
def listed(organisation: str) -> None:
    """List who works for an organisation."""
    with book_open():
        from arrears.store.doors import people_at_work
        from arrears.store.scope import scope

        with scope(_organisation(organisation, {}) if organisation else _only(), None, using="night"):
            for one in people_at_work.members("night"):
                state = "" if one.is_active else "  (dismissed)"
                click.echo(f"{one.username:20} {one.full_name:28} {', '.join(one.roles)}{state}")


@command.command()
@click.argument("username")
@click.option("-o", "--organisation", required=True, help="Name of the organisation.")
def dismiss(username: str, organisation: str) -> None:
    """Let USERNAME sign in no more; what they did stays on record."""
    with book_open():
        from arrears.actions import staffing
        from arrears.store.scope import scope

        with scope(_organisation(organisation, {}), None, using="night"):
            problem = staffing.dismiss(username, now=clock.now())
    if problem is not None:
        raise click.ClickException(problem.said_in("en"))
    click.echo(f"{username} may sign in no more.")
