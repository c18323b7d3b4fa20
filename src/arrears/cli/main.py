"""The program ``arrears``: its commands are the files beside this one, found, not listed."""

import importlib
import pkgutil
import sys

import click

import arrears.cli
from arrears import __version__


class FoundCommands(click.Group):
    """A group whose commands are the modules of this folder that define ``command``; loaded when called for."""

    def list_commands(self, ctx: click.Context) -> list[str]:  # noqa: ARG002 - click's signature
        """Return the names of the commands: the names of the files."""
        found = (module.name for module in pkgutil.iter_modules(arrears.cli.__path__))
        return sorted(name for name in found if name != "main")

    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        """Return one command, imported only now so that each starts fast."""
        if cmd_name not in self.list_commands(ctx):
            return None
        command = importlib.import_module(f"arrears.cli.{cmd_name}").command
        assert isinstance(command, click.Command)
        return command


@click.group(cls=FoundCommands, context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(__version__, prog_name="arrears")
def command() -> None:
    r"""Debt collections, from the missed instalment to "settled, and still a customer".

    \b
    First time here:
      arrears demo     a seeded portfolio, a night's work and the site, in one command
      arrears test     every test of the project (from a checkout)

    Your own book: migrate, user, import, night, serve. Each says more with --help.
    """


def main() -> None:
    """Run one command."""
    command(prog_name="arrears", args=sys.argv[1:])
