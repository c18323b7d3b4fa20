"""``arrears sorting``: try the sorting of inbound text, and train the small model that stands beside its rules."""

import csv
import sys
from pathlib import Path

import click


@click.group()
def command() -> None:
    """Sort inbound text by rules, with a model of your own beside them."""


@command.command()
@click.argument("text", nargs=-1, required=True)
@click.option("--language", default="en", show_default=True, help="en, es or zh, for the names of what is found.")
def say(text: tuple[str, ...], language: str) -> None:
    """Say what TEXT comes to: each category, how certain, and the words that show it."""
    from arrears.config import sorting_model
    from arrears.domain.received import OTHER_WORDS
    from arrears.packs import sorting

    titles = {rule.category: rule.title for rule in sorting.load().rules}
    for found in sorting.sort(" ".join(text), model=sorting_model.model()).found:
        shown = "; ".join(f'"{one.words}"' for one in found.words)
        beside = ", ".join(f"{name} {said}" for name, said in found.details.items())
        title = titles.get(found.category, OTHER_WORDS).said_in(language)
        told = (f"{title}: {found.certainty_ppm // 10_000} %", shown, f"({beside})" if beside else "")
        click.echo("  ".join(part for part in told if part))


@command.command()
@click.option(
    "--data",
    required=True,
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help="CSV with the columns text and labels (categories, separated by blanks).",
)
def train(data: Path) -> None:
    """Train the model on labelled texts of your own beside those that ship, and keep it in the home folder.

    A new one takes the place of the old; while there is none, the model learned from the shipped texts alone is heard.
    It never acts alone: it lifts what a rule doubts, and shows a human what no rule has found.
    """
    from arrears.config import sorting_model
    from arrears.engine.sorting.model import read_labels
    from arrears.packs.sorting import learned

    rows = _labelled(data)
    if not rows or not {"text", "labels"} <= rows[0].keys():
        sys.exit(f"{data.name}: the columns text and labels are missing.")
    try:
        model = learned.trained_with(tuple((row["text"] or "", read_labels(row)) for row in rows))
    except ValueError as error:
        sys.exit(f"{data.name}: {error}")
    path = sorting_model.path()
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(model.to_bytes())
    click.echo(f"Learned {len(model.categories)} categories from {model.learned_from} texts: {path}")


def _labelled(data: Path) -> list[dict[str, str]]:
    """Read texts with their labels; the limit of a field is the module's own, so it is put back for other readers."""
    before = csv.field_size_limit(10**7)
    try:
        with data.open(encoding="utf-8-sig", newline="") as file:
            return list(csv.DictReader(file))
    finally:
        csv.field_size_limit(before)
