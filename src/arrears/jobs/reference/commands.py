"""Every command of the program, as its own help tells it."""

import click

NAME = "commands.md"


def page() -> str:
    """Return the help of each command, one heading each; a command's own commands follow it."""
    program = click.get_current_context().find_root().command
    assert isinstance(program, click.Group)
    return "# Commands\n\n" + "\n".join(_sections(program, click.Context(program, info_name="arrears"), 2))


def _sections(group: click.Group, context: click.Context, level: int) -> list[str]:
    sections: list[str] = []
    for name in group.list_commands(context):
        command = group.get_command(context, name)
        assert command is not None
        inner = click.Context(command, info_name=name, parent=context, max_content_width=100, terminal_width=100)
        words = command.get_help(inner).replace("Usage: arrears ", "arrears ", 1)
        sections.append(f"{'#' * level} {inner.command_path}\n\n```text\n{words}\n```\n")
        if isinstance(command, click.Group):
            sections += _sections(command, inner, level + 1)
    return sections
