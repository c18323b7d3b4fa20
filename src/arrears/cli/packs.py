"""``arrears packs``: the rule packs, checked, compared, held against the law we know, and tried on the present book."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from arrears.config import clock
from arrears.config.environment import current
from arrears.config.start import book_open

if TYPE_CHECKING:
    from arrears.engine.gate.rules import Rule
    from arrears.packs.compliance.files import ReadPack
    from arrears.store.doors.rule_settings import Proposal

_FOLDER = click.Path(exists=True, file_okay=False, path_type=Path)
_LANGUAGE = click.option("--language", type=click.Choice(["en", "es", "zh"]), default="en", show_default=True)


@click.group()
def command() -> None:
    """Look after the rule packs."""


@command.command()
@click.argument("path", required=False, type=_FOLDER)
@_LANGUAGE
def check(path: Path | None, language: str) -> None:
    """Read every pack below PATH (the shipped ones by default): form, words, proofs, cases.

    Without PATH the folder in ARREARS_PACKS is read as well. Ends with status 1 where anything is wrong, each mistake
    with its file, row and remedy.
    """
    from arrears import packs

    own = None if path else current().packs
    problems = [*packs.check(path or packs.ROOT), *(packs.check(own) if own else [])]
    for found in problems:
        click.echo(found.said_in(language), err=True)
    if problems:
        raise SystemExit(1)
    root = path or packs.ROOT
    rules = [rule for folder in packs.strategies(root) for rule in packs.read_pack(folder, root).rules]
    click.echo(f"{len(rules)} tables proved, {sum(len(rule.cases) for rule in rules)} cases met, nothing is missing.")
    book = _book(root)
    if book:
        click.echo(f"{len(book)} rules of contact, {sum(len(rule.cases) for rule in book)} cases answered as they say.")


def _book(root: Path) -> "tuple[Rule, ...]":
    """Return the rules of contact that lie below a root of packs, without those that ship where it adds to them."""
    from arrears.packs.compliance import FOLDER, read_rules
    from arrears.packs.compliance.files import files_below, is_own

    if not (root / FOLDER).is_dir():
        return ()
    rules = read_rules(root)[0].rules
    return tuple(rule for rule in rules if rule.is_own) if is_own(files_below(root)) else rules


@command.command()
@click.argument("old")
@click.argument("new", default="shipped")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def diff(old: str, new: str, as_json: bool) -> None:  # noqa: FBT001 - click hands flags over so
    """Say what differs between two versions of the compliance rules, number by number.

    OLD and NEW are each a folder of packs, ``shipped``, or ``kept:`` and the beginning of the hash of a version that
    the book keeps.
    """
    from arrears.packs.compliance.differences import Change, differences

    found = differences(_version(old), _version(new))
    if as_json:
        records = [
            {
                "rule": each.rule,
                "change": each.change.value,
                "place": each.place,
                "citation": each.citation,
                "parts": [{"name": p.name, "before": p.before, "after": p.after} for p in each.parts],
            }
            for each in found
        ]
        click.echo(json.dumps(records, ensure_ascii=False, indent=1))
        return
    for each in found:
        click.echo(f"{each.change.value:8} {each.rule}  {each.citation}".rstrip())
        for part in each.parts:
            click.echo(f"         {part.name}: {part.before or '(nothing)'} -> {part.after or '(nothing)'}")
    counts = ", ".join(f"{sum(each.change is change for each in found)} {change.value}" for change in Change)
    click.echo(f"{counts}." if found else "Nothing differs.")


def _version(said: str) -> "ReadPack":
    from arrears.packs import compliance
    from arrears.packs.compliance.files import files_below, is_own, read_files, read_own

    if said == "shipped":
        return compliance.shipped()
    if said.startswith("kept:"):
        with book_open():
            from arrears.store.doors.rule_settings import pack_files

            kept = pack_files(said.removeprefix("kept:"), using="report")
        if kept is None:
            raise click.ClickException(f"The book keeps no version {said!r}.")
        files = kept
    elif Path(said).is_dir():
        files = files_below(Path(said))
    else:
        raise click.ClickException(f"{said!r} is no folder; give one, or shipped, or kept:HASH.")
    return read_own(files) if is_own(files) else read_files(files)


@command.command()
@click.option("--place", default="", help="Only rows of this place and its regions: US, US-MA.")
@click.option("--json", "as_json", is_flag=True, help="As JSON.")
def coverage(place: str, as_json: bool) -> None:  # noqa: FBT001 - as above
    """Say which law of which place is built, which is unverified and off, and which is missing."""
    from arrears.packs.compliance import shipped
    from arrears.packs.compliance.coverage import Built
    from arrears.packs.compliance.coverage import coverage as rows_of

    rows = [row for row in rows_of(shipped().rules) if f"{row.place}-".startswith(f"{place}-" if place else "")]
    if as_json:
        click.echo(json.dumps([row.as_record() for row in rows], indent=1))
        return
    width = max((len(row.id) for row in rows), default=0)
    for row in rows:
        counted = f"{len(row.rules)} rules, {row.cases} cases" if row.rules else row.elsewhere
        where = "; ".join(part for part in (row.title, counted, row.lacks and f"lacks {row.lacks}") if part)
        click.echo(
            f"{row.place or 'any':10} {row.id:{width}}  {row.source.value:5}  {row.built.value:16}  {where}".rstrip()
        )
    counts = (f"{sum(row.built is how for row in rows)} {how.value}" for how in Built)
    in_part = sum(bool(row.lacks) for row in rows)
    click.echo(f"{len(rows)} rows of law: {'; '.join(counts)}. In part: {in_part}.")


@command.command(name="try")
@click.argument("organisation")
@click.argument("folder", required=False, type=_FOLDER)
@click.option("--by", required=True, help="User name of whoever proposes it.")
@click.option("--reason", required=True, help="Why; it is kept with the proposal.")
@click.option("--from", "from_on", type=click.DateTime(["%Y-%m-%d"]), help="From which day on; today by default.")
@click.option("--switch-on", multiple=True, metavar="RULE", help="An unverified rule to switch on; may be repeated.")
@click.option("--limit", multiple=True, metavar="RULE=NUMBER", help="A limit of the house to set; may be repeated.")
@_LANGUAGE
def try_rules(
    organisation: str, folder: Path | None, by: str, reason: str, from_on: Any, language: str, **changes: Any
) -> None:
    """Propose the rules in FOLDER, or a change to settings, to ORGANISATION, and say what it would do to its book.

    Nothing changes by it: a second person approves the proposal, or drops it, on the page of proposals.
    """
    with book_open():
        from arrears.actions import rule_proposals, rule_trials
        from arrears.kernel.hours import local_day
        from arrears.packs.compliance.files import files_below
        from arrears.store.doors import organisations_at_night, people_at_work
        from arrears.store.scope import scope

        found = organisations_at_night.named(organisation)
        if found is None:
            raise click.ClickException(f"There is no organisation called {organisation!r}.")
        now = clock.now()
        on = from_on.date() if from_on else local_day(now, found.timezone)
        with scope(found.id, None, using="night"):
            staff = next((one.id for one in people_at_work.members("night") if one.username == by), None)
        if staff is None:
            raise click.ClickException(f"Nobody at {found.name} has the user name {by!r}.")
        with scope(found.id, staff, using="night"):
            files = files_below(folder) if folder else None
            number = rule_proposals.propose(
                _acts(on, **changes), files, reason=reason, from_on=on, now=now, using="night"
            )
        if isinstance(number, list):
            raise click.ClickException("\n".join(problem.said_in(language) for problem in number))
        tried = None
        while tried is None or tried.tried_at is None:
            with scope(found.id, staff, using="night"):
                tried = rule_trials.try_some(number, now=clock.now(), using="night")
            click.echo(f"{tried.tried['seen']} of {tried.tried['accounts']} accounts", err=True)
        _say(tried, rule_trials.by_rule(tried.tried))


def _acts(on: Any, switch_on: tuple[str, ...], limit: tuple[str, ...]) -> list[Any]:
    from arrears.domain.rule_settings import RuleAct, Settled

    acts = [Settled(act=RuleAct.SWITCH_ON, rule=rule, from_on=on) for rule in switch_on]
    for said in limit:
        rule, _, value = said.partition("=")
        if not value.isdecimal():
            raise click.ClickException(f"{said!r}: write it as house.week=8.")
        acts.append(Settled(act=RuleAct.SET_LIMIT, rule=rule, from_on=on, limit="limit", value=int(value)))
    return acts


def _say(found: "Proposal", lines: list[tuple[str, str, int, int]]) -> None:
    tried = found.tried
    click.echo(f"Proposal {found.id}, tried for {found.tried_on} on {tried['seen']} accounts.")
    for name, words in (("refused", "newly refused"), ("allowed", "no longer refused")):
        sums = ", ".join(f"{minor} {currency} in minor units" for currency, minor in tried[name]["minor"].items())
        click.echo(f"  {words}: {tried[name]['accounts']} accounts" + (f" ({sums})" if sums else ""))
    click.echo(f"  refused by another rule than before: {tried['otherwise']}")
    asked = f"{tried['asked_refused']} newly refused, {tried['asked_allowed']} no longer"
    click.echo(f"  asked in full about {tried['asked']} people: {asked}")
    for rule, place, refused, allowed in lines:
        click.echo(f"  {rule:40} {place:8} +{refused} -{allowed}")
