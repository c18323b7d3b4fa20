"""``arrears packs``: the rule packs, checked."""

from pathlib import Path

import click


@click.group()
def command() -> None:
    """Look after the rule packs."""


@command.command()
@click.argument("path", required=False, type=click.Path(exists=True, file_okay=False, path_type=Path))
@click.option("--language", type=click.Choice(["en", "es", "zh"]), default="en", show_default=True)
def check(path: Path | None, language: str) -> None:
    """Read every pack below PATH (the shipped ones by default): form, words, proofs, cases.

    Ends with status 1 where anything is wrong, each mistake with its file, row and remedy.
    """
    from arrears import packs

    problems = packs.check(path or packs.ROOT)
    for found in problems:
        click.echo(found.said_in(language), err=True)
    if problems:
        raise SystemExit(1)
    root = path or packs.ROOT
    rules = [rule for folder in packs.strategies(root) for rule in packs.read_pack(folder, root).rules]
    click.echo(f"{len(rules)} tables proved, {sum(len(rule.cases) for rule in rules)} cases met, nothing is missing.")
