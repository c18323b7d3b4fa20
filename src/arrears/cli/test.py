"""``arrears test``: everything that must hold, in a checkout."""

import os
import subprocess
import sys
import time

import click

from arrears.config.environment import source_root

#: What a commit must pass before any test runs, cheapest first.
CHECKS = (
    ("ruff", "check", "."),
    ("ruff", "format", "--check", "."),
    ("import-linter", "lint"),
    ("mypy",),
)
#: A file's tests stay together, so that what they share is built once; files go out in the order of the collection.
ALL_TESTS = ("-n", "2", "--dist", "loadfile", "--no-loadscope-reorder")
PROGRAMS = {"import-linter": ["lint-imports"]}


@click.command(context_settings={"ignore_unknown_options": True})
@click.option("--quick", is_flag=True, help="Tests only: leave out style, import contracts and types.")
@click.argument("pytest_arguments", nargs=-1, type=click.UNPROCESSED)
def command(*, quick: bool, pytest_arguments: tuple[str, ...]) -> None:
    """Run the checks and the tests. Further ARGUMENTS go to pytest, as in: arrears test tests/law -k promise."""
    root = source_root()
    if root is None:
        raise click.ClickException("The tests live in the project's checkout: run ./arrears test there.")
    os.chdir(root)
    failed = [] if quick or pytest_arguments else [" ".join(check) for check in CHECKS if not passes(check)]
    ran = subprocess.run([sys.executable, "-m", "pytest", *(pytest_arguments or ALL_TESTS)], check=False)
    if failed:
        click.secho(f"did not pass: {'; '.join(failed)}", fg="red", err=True)
    raise SystemExit(ran.returncode or bool(failed))


def passes(check: tuple[str, ...]) -> bool:
    """Run one check and say how it went; its own words are shown when it fails."""
    began = time.monotonic()
    here = os.path.dirname(sys.executable)  # noqa: PTH120 - resolving the link would leave the environment
    program = PROGRAMS.get(check[0], list(check))
    done = subprocess.run([os.path.join(here, program[0]), *program[1:]], capture_output=True, text=True, check=False)  # noqa: PTH118
    took = f"{time.monotonic() - began:.0f} s"
    if done.returncode:
        click.echo(f"{done.stdout}{done.stderr}")
    click.echo(f"{' '.join(check)}: {'passed' if done.returncode == 0 else 'FAILED'} ({took})")
    return done.returncode == 0
