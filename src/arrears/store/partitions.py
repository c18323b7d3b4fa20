"""Tables in monthly parts by epoch day, made ahead; parts are never detached while people read."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from django.db import connections, models
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations import CreateModel
from django.db.migrations.state import ProjectState

from arrears.kernel.epoch import epoch_day

#: How far beyond a day its parts are made: a missed night, or several, must find theirs.
DAYS_AHEAD = 92


class CreatePartitioned(CreateModel):
    """Create a model's table partitioned by range of ``key``, without any parts yet."""

    def __init__(
        self,
        name: str,
        fields: "Sequence[tuple[str, models.Field[Any, Any]]]",  # Any: Django's own parameters
        options: dict[str, Any] | None = None,
        bases: Sequence[type | str] | None = None,
        managers: "Sequence[tuple[str, models.Manager[Any]]] | None" = None,
        key: str = "on_day",
    ) -> None:
        self.key = key
        super().__init__(name, list(fields), options, bases, managers)

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 - Django's signature
        to_state: ProjectState,
    ) -> None:
        """Run CREATE TABLE … PARTITION BY RANGE."""
        model = to_state.apps.get_model(app_label, self.name)
        statement, parameters = schema_editor.table_sql(model)
        schema_editor.execute(f"{statement} PARTITION BY RANGE ({self.key})", parameters or None)
        for index in model._meta.indexes:  # noqa: SLF001 - Django's documented way to a table
            schema_editor.add_index(model, index)


def make_ahead(first: date, last: date | None = None, *, using: str = "night", ahead: int = DAYS_AHEAD) -> int:
    """Make the parts for ``first`` to ``last`` and ``ahead`` days more; return how many were missing."""
    until = epoch_day(last or first) + ahead
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT public.make_partitions(%s, %s)", [epoch_day(first), until])
        return int(cursor.fetchone()[0])
