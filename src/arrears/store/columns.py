"""The pieces that tables are built of: salted digests, closed lists of words, rows that share an owner."""

from collections.abc import Iterable
from typing import ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Func, Q
from django.db.models.expressions import RawSQL

from arrears.store.rights import Rights


class Table(models.Model):
    """A table of the book. ``rights`` says who sees and writes it; ``same_owner`` which keys must share its owner.

    A name in ``same_owner`` is a foreign key whose target has an organisation: the database holds a key over both
    columns, so that a row can never belong to another organisation than its account or person does. What ``is_stamped``
    carries a book day, and the database takes it only while that day is open. ``guards`` are statements, safe to run
    again, that make whatever else the database checks of the rows.
    """

    rights: ClassVar[Rights]
    same_owner: ClassVar[tuple[str, ...]] = ()
    owner_column: ClassVar[str] = "organisation_id"
    is_stamped: ClassVar[bool] = False
    guards: ClassVar[tuple[str, ...]] = ()

    class Meta:
        abstract = True

    def __str__(self) -> str:
        return f"{self._meta.db_table} {self.pk}"


def one_of(column: str, words: Iterable[str]) -> models.CheckConstraint:
    """Return the constraint that ``column`` holds one of ``words``."""
    known = Q((f"{column}__in", [str(word) for word in words]))  # plain words: a migration keeps them as they are
    return models.CheckConstraint(condition=known, name=f"%(class)s_{column}_is_known")


def either(first: Q, second: Q) -> Q:
    """Return the condition that both hold or neither does."""
    return (first & second) | (~first & ~second)


def list_of_words() -> "ArrayField[list[str], list[str]]":
    """Return a column that holds a list of words, empty unless said."""
    return ArrayField(models.TextField(), default=list, db_default=RawSQL("'{}'::text[]", ()))


def salt() -> "models.UUIDField[str, str]":
    """Return the column with 16 random bytes, drawn by the database as the row is written."""
    return models.UUIDField(db_default=RawSQL("gen_random_uuid()", ()), editable=False)


def digest(*parts: str) -> "models.GeneratedField":
    """Return the column of SHA-256 over the salt and ``parts``; nobody can write it, the database computes it."""
    inside = " || ".join(("uuid_send(salt)", *parts))
    computed = Func(template=f"sha256({inside})", output_field=models.BinaryField())
    return models.GeneratedField(expression=computed, output_field=models.BinaryField(), db_persist=True)


def whole(column: str) -> str:
    """Return a whole number's part in a digest."""
    return _marked(f"int8send({column}::bigint)")


def day(column: str) -> str:
    """Return a date's part in a digest."""
    return _marked(f"date_send({column})")


def instant(column: str) -> str:
    """Return an instant's part in a digest."""
    return _marked(f"timestamptz_send({column})")


def facts(column: str) -> str:
    """Return a JSON document's part in a digest."""
    return _marked(f"int4send(octet_length(jsonb_send({column}))) || jsonb_send({column})")


def words(column: str) -> str:
    r"""Return a text's part in a digest: its length, then its bytes.

    PostgreSQL calls ``convert_to`` and ``textsend`` only "stable", and a generated column wants "immutable"; decoding
    the text as itself, with each backslash doubled, gives the same bytes and is immutable.
    """
    return _marked(f"int4send(octet_length({column})) || decode(replace({column}, '\\', '\\\\'), 'escape')")


def _marked(sent: str) -> str:
    return f"coalesce('\\x01'::bytea || {sent}, '\\x00'::bytea)"
