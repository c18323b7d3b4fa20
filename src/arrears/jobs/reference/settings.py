"""Every environment variable that Arrears reads."""

from dataclasses import MISSING, fields

from arrears.config.environment import PREFIX, Environment

NAME = "settings.md"
#: Defaults that depend on the machine are told, not computed.
TOLD = {"home": ".arrears in the checkout, else the user's data folder /arrears"}


def page() -> str:
    """Return one table row for each field of :class:`Environment`."""
    rows = [
        f"| `{PREFIX}{field.name.upper()}` | {_default(field)} | {field.metadata['words']} |"
        for field in fields(Environment)
    ]
    head = "# Settings\n\nAll come from the environment; a wrong one is refused at start, by its name.\n\n"
    return head + "| variable | default | what it decides |\n| --- | --- | --- |\n" + "\n".join(rows)


def _default(field: object) -> str:
    name = getattr(field, "name", "")
    value = getattr(field, "default", MISSING)
    if name in TOLD:
        return TOLD[name]
    if value is True or value is False:
        return f"`{int(value)}`"
    shown = ",".join(value) if isinstance(value, tuple) else "" if value is None else str(value)
    return f"`{shown}`" if shown else "–"
