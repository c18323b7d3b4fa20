"""Who may see, add and change the rows of a table, declared beside its model and made into SQL by ``furnish``.

Three kinds of row: an organisation's own, an account's, a person's. The owner of an account or person always sees
its rows. Everybody else goes by the narrow table ``access``: a holder while placed, afterwards only what it did itself.
"""

from dataclasses import dataclass, field
from typing import Literal

#: Who asks, and on which date, as set for the length of one transaction by ``scope``.
SCOPE = "(SELECT public.scope_organisation())"
SCOPE_USER = "(SELECT public.scope_user())"

Writer = Literal["owner", "holder", "nobody"]
Change = Literal["*"] | tuple[str, ...]


def account_reached(column: str, view: str = "reached") -> str:
    """Return the condition that the caller may reach the account in ``column``."""
    return f"EXISTS (SELECT 1 FROM public.{view} seen WHERE seen.account_id = {column})"


def person_reached(column: str) -> str:
    """Return the condition that the caller may reach an account to which the person in ``column`` is a party."""
    return f"EXISTS (SELECT 1 FROM public.reached_person seen WHERE seen.person_id = {column})"


def person_seen(column: str) -> str:
    """Return the condition that the caller sees the person in ``column``, by that table's own policy."""
    return f"EXISTS (SELECT 1 FROM public.person WHERE person.id = {column})"


def owner_reached(column: str, view: str = "reached") -> str:
    """Return the condition that the caller now holds some account of the organisation in ``column``."""
    return f"EXISTS (SELECT 1 FROM public.{view} seen WHERE seen.owner_id = {column})"


def made_here(table: str, maker: str) -> str:
    """Return the condition that the caller made the row, for an owner with whom it has, or had, something to do."""
    return f"({table}.{maker} = {SCOPE} AND {owner_reached(f'{table}.organisation_id', 'reached_ever')})"


@dataclass(frozen=True, slots=True)
class Rights:
    """What the web role may do with a table; night writes everything it is granted, report reads everything.

    ``changes`` names the columns that may be updated ("*" for all); ``append_only`` lets the database refuse every
    update and delete to everybody; ``fixed_but`` lets it refuse a change of any column but these.
    """

    changes: Change = ()
    deletes: bool = False
    append_only: bool = False
    fixed_but: tuple[str, ...] = ()

    def sees(self, table: str) -> str:
        """Return the SQL condition under which the web role sees a row of ``table``."""
        raise NotImplementedError

    def adds(self, table: str) -> str | None:
        """Return the SQL condition that a row added by the web role must meet; None where it may add none."""
        raise NotImplementedError

    def alters(self, table: str) -> str | None:
        """Return the SQL condition for rows that the web role may change or take away, before and after."""
        return self.adds(table)


@dataclass(frozen=True, slots=True)
class OwnedByOrganisation(Rights):
    """Rows of one organisation that nobody else sees."""

    column: str = "organisation_id"
    web_writes: bool = True

    def sees(self, table: str) -> str:
        return f"{table}.{self.column} = {SCOPE}"

    def adds(self, table: str) -> str | None:
        return self.sees(table) if self.web_writes else None


@dataclass(frozen=True, slots=True)
class AccountScoped(Rights):
    """Rows of an account: its owner, its holder while placed; after recall the maker of the row where there is one."""

    column: str = "account_id"
    writer: Writer = "holder"
    maker: str = ""

    def sees(self, table: str) -> str:
        reached = account_reached(f"{table}.{self.column}")
        return f"{table}.organisation_id = {SCOPE} OR {reached}{self._made_here(table)}"

    def _made_here(self, table: str) -> str:
        if not self.maker:
            return ""
        return f" OR ({table}.{self.maker} = {SCOPE} AND {account_reached(f'{table}.{self.column}', 'reached_ever')})"

    def adds(self, table: str) -> str | None:
        return _as_oneself(table, self.maker, self.alters(table))

    def alters(self, table: str) -> str | None:
        return _written(table, self.writer, account_reached(f"{table}.{self.column}"))


@dataclass(frozen=True, slots=True)
class PersonScoped(Rights):
    """Rows of a person: the owner, and whoever holds one of the person's accounts; makers keep what they did."""

    column: str = "person_id"
    writer: Writer = "holder"
    maker: str = ""

    def sees(self, table: str) -> str:
        reached = person_reached(f"{table}.{self.column}")
        made = f" OR {made_here(table, self.maker)}" if self.maker else ""
        return f"{table}.organisation_id = {SCOPE} OR {reached}{made}"

    def adds(self, table: str) -> str | None:
        return _as_oneself(table, self.maker, self.alters(table))

    def alters(self, table: str) -> str | None:
        return _written(table, self.writer, person_reached(f"{table}.{self.column}"))


@dataclass(frozen=True, slots=True)
class EitherScoped(Rights):
    """Rows of a person, an account, or both; who reaches either sees them."""

    maker: str = "by_organisation_id"

    def sees(self, table: str) -> str:
        return f"{table}.organisation_id = {SCOPE} OR {self._reached(table)} OR {made_here(table, self.maker)}"

    def adds(self, table: str) -> str | None:
        return _as_oneself(table, self.maker, self.alters(table))

    def alters(self, table: str) -> str | None:
        return _written(table, "holder", self._reached(table))

    def _reached(self, table: str) -> str:
        return f"{account_reached(f'{table}.account_id')} OR {person_reached(f'{table}.person_id')}"


def _written(table: str, writer: Writer, reached: str) -> str | None:
    """Return the condition for writing into what one owns or, for a holder, reaches now."""
    if writer == "nobody":
        return None
    own = f"{table}.organisation_id = {SCOPE}"
    return own if writer == "owner" else f"{own} OR {reached}"


def _as_oneself(table: str, maker: str, where: str | None) -> str | None:
    """Return ``where`` narrowed to rows that say the writer made them."""
    return f"{table}.{maker} = {SCOPE} AND ({where})" if maker and where else where


@dataclass(frozen=True, slots=True)
class ReadByHolders(Rights):
    """Rows of an organisation that those who hold its accounts must read to do their work: terms, days, codes."""

    web_writes: bool = True

    def sees(self, table: str) -> str:
        own = f"{table}.organisation_id"
        return f"{own} = {SCOPE} OR {owner_reached(own)}"

    def adds(self, table: str) -> str | None:
        return f"{table}.organisation_id = {SCOPE}" if self.web_writes else None


@dataclass(frozen=True, slots=True)
class Special(Rights):
    """Conditions written out, for the few tables that the others lean on; ``{t}`` is the table."""

    seen: str = "false"
    written: str | None = field(default=None)

    def sees(self, table: str) -> str:
        return self.seen.replace("{t}", table)

    def adds(self, table: str) -> str | None:
        return None if self.written is None else self.written.replace("{t}", table)
