"""A night's figures as a table for the terminal."""

from collections.abc import Mapping

from rich.table import Table

from arrears.jobs.night.night import NightReport, StepReport

_MIB = 1 << 20


def shown(report: NightReport, name: str, language: str = "en") -> Table:
    """Return the table: a row a step, its figures, seconds and the peak of memory until then."""
    table = Table(title=f"{name}: {report.on.isoformat()}", caption=_caption(report), title_justify="left")
    table.add_column("")
    table.add_column("figures")
    table.add_column("s", justify="right")
    table.add_column("MiB", justify="right")
    for step in report.steps:
        seconds = "·" if step.was_done else f"{step.seconds:.2f}"
        table.add_row(step.step.words.said_in(language), _said(step), seconds, f"{step.peak / _MIB:,.0f}")
    return table


def _caption(report: NightReport) -> str:
    return f"run {report.run.id} · {report.seconds:.1f} s · {max(each.peak for each in report.steps) / _MIB:,.0f} MiB"


def _said(step: StepReport) -> str:
    return "\n".join(line for name, value in step.figures.items() for line in _lines(name, value))


def _lines(name: str, value: object) -> list[str]:
    """Return one figure as lines: a number beside its name; a list of numbers indented under it."""
    if isinstance(value, Mapping):
        return [name, *(f"  {inner}: {_number(each)}" for inner, each in value.items())] if value else []
    if name in {"ms", "peak_bytes"}:
        return []
    return [f"{name}: {_number(value)}"]


def _number(value: object) -> str:
    return f"{value:,}" if isinstance(value, int) else str(value)
