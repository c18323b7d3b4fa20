"""What one import carries from file to file: whose book, which day, which accounts it touched, whom it knows."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime

import polars as pl

from arrears.engine.intake.files import FAULT_COLUMNS, ROW, no_faults
from arrears.store.bookday import OpenDay
from arrears.store.doors import intake as door
from arrears.store.doors.intake import Owner


@dataclass(frozen=True, slots=True)
class Brought:
    """What came of one part of a file: rows new and known, and the faults found while posting.

    ``waiting`` of the new ones are lines of a payment feed that found no debt.
    """

    new: int
    known: int
    faults: pl.DataFrame = field(default_factory=no_faults)
    waiting: int = 0


@dataclass(slots=True)
class Intake:
    """One import under way, inside the owner's scope on the night's connection."""

    owner: Owner
    day: OpenDay
    now: datetime
    staff: int | None = None
    using: str = "night"
    is_country_said: bool = False
    batch: int = 0
    source: str = "creditor_file"
    product_terms: dict[str, object] = field(default_factory=dict)
    touched: list[pl.Series] = field(default_factory=list)
    paid: list[pl.Series] = field(default_factory=list)
    promised: list[int] = field(default_factory=list)
    met: list[pl.Series] = field(default_factory=list)
    knows_some: set[str] = field(default_factory=set)
    _accounts: pl.DataFrame | None = None
    _persons: pl.DataFrame | None = None

    def touch(self, accounts: pl.Series, *, by_payment: bool = False) -> None:
        """Remember accounts that something happened to."""
        self.touched.append(accounts.drop_nulls().unique())
        if by_payment:
            self.paid.append(self.touched[-1])

    def meet(self, persons: pl.Series) -> None:
        """Remember persons of whom something new is known, to make them findable by it."""
        self.met.append(persons.drop_nulls().unique())

    def forget(self) -> None:
        """Drop what was looked up: rows were added since."""
        self._accounts = self._persons = None

    def accounts(self, numbers: pl.Series) -> pl.DataFrame:
        """Return the accounts with these numbers; a long list reads the whole book once."""
        if self._accounts is None and numbers.n_unique() > door.FEW:
            self._accounts = door.accounts(using=self.using)
        if self._accounts is not None:
            return self._accounts
        return door.accounts(numbers.unique().drop_nulls().to_list(), using=self.using)

    def persons(self, numbers: pl.Series) -> pl.DataFrame:
        """Return the persons with these numbers; a long list reads the whole book once."""
        if self._persons is None and numbers.n_unique() > door.FEW:
            self._persons = door.persons(using=self.using)
        if self._persons is not None:
            return self._persons
        return door.persons(numbers.unique().drop_nulls().to_list(), using=self.using)

    def with_accounts(self, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return the rows whose ``account_number`` is known, with the account's columns, and the faults of the rest."""
        joined = rows.join(
            self.accounts(rows["account_number"]), on="account_number", how="left", maintain_order="left"
        )
        faults = faults_where(joined, pl.col("account_id").is_null(), "account_number", "no_such_account")
        return joined.filter(pl.col("account_id").is_not_null()), faults

    def with_persons(self, rows: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return the rows whose ``person_number`` is known, with the person's columns, and the faults of the rest."""
        joined = rows.join(self.persons(rows["person_number"]), on="person_number", how="left", maintain_order="left")
        faults = faults_where(joined, pl.col("person_id").is_null(), "person_number", "no_such_person")
        return joined.filter(pl.col("person_id").is_not_null()), faults


def faults_where(rows: pl.DataFrame, wrong: pl.Expr, field_name: str, code: str) -> pl.DataFrame:
    """Return the fault ``code`` of ``field_name`` for each row where ``wrong`` holds."""
    value = pl.col(field_name).cast(pl.String) if field_name in rows.columns else pl.lit(None, pl.String)
    found = rows.filter(wrong.fill_null(value=False))
    return found.select(
        pl.col(ROW).cast(pl.UInt32), pl.lit(field_name).alias("field"), value.alias("value"), pl.lit(code).alias("code")
    )


def together(faults: Iterable[pl.DataFrame]) -> pl.DataFrame:
    """Return all faults as one frame."""
    found = [each.select(*FAULT_COLUMNS) for each in faults if each.height]
    return pl.concat(found) if found else no_faults()


def without(rows: pl.DataFrame, faults: pl.DataFrame) -> pl.DataFrame:
    """Return the rows that have no fault."""
    if not faults.height:
        return rows
    return rows.join(faults.select(ROW).unique(), on=ROW, how="anti", maintain_order="left")


def checked(rows: pl.DataFrame, *checks: tuple[pl.Expr, str, str]) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the rows that pass and the faults of the others; a check is what is wrong, its field, its code."""
    faults = together(faults_where(rows, *check) for check in checks)
    return without(rows, faults), faults


def once(rows: pl.DataFrame, key: str) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the first row of each ``key`` and, as faults, those that say the same again."""
    return checked(rows, (~pl.col(key).is_first_distinct(), key, "said_twice"))
