"""Debts: accounts with their debtor, product, opening entry, and what was overdue when they came."""

from typing import Final

import polars as pl

from arrears.actions.imports import people
from arrears.actions.imports.entering import Posting, enter
from arrears.actions.imports.intake import Brought, Intake, checked, faults_where, once, together, without
from arrears.domain.entries import EntryKind
from arrears.store import copying
from arrears.store.doors import intake as door

DEFAULT_PRODUCT: Final = "loan"
_BUSINESS: Final = ("invoice",)


def bring(intake: Intake, rows: pl.DataFrame) -> Brought:
    """Add the debts that are new, with persons not yet known; a known debt that differs is a fault, never a change."""
    rows, twice = once(rows, "account_number")
    rows, faults = checked(
        rows.with_columns(pl.coalesce("person_number", "account_number").alias("person_number")),
        (pl.col("original_amount") < 0, "original_amount", "below_zero"),
        (pl.col("balance_amount") < 0, "balance_amount", "below_zero"),
        (pl.col("overdue_amount") < 0, "overdue_amount", "below_zero"),
        (pl.col("interest_amount") < 0, "interest_amount", "below_zero"),
        (pl.col("days_past_due") < 0, "days_past_due", "not_a_number"),
        (_is_overdue_without_day(), "overdue_amount", "no_due_date"),
    )
    joined = rows.join(intake.accounts(rows["account_number"]), on="account_number", how="left", maintain_order="left")
    known = joined.filter(pl.col("account_id").is_not_null())
    differ = faults_where(known, _differs(), "account_number", "differs")
    fresh = joined.filter(pl.col("account_id").is_null()).drop("account_id", "person_id")
    if fresh.height:
        _open(intake, fresh)
        intake.forget()
    people.add_points(intake, without(known, differ))
    return Brought(fresh.height, known.height - differ.height, together((twice, faults, differ)))


def _is_overdue_without_day() -> pl.Expr:
    no_day = (
        pl.col("oldest_due_on").is_null() & (pl.col("days_past_due").fill_null(0) == 0) & pl.col("due_on").is_null()
    )
    return (pl.col("overdue_amount").fill_null(0) > 0) & no_day


def _differs() -> pl.Expr:
    return (
        (pl.col("currency") != pl.col("account_currency"))
        | (pl.col("original_amount") != pl.col("account_original_minor"))
        | (pl.col("opened_on") != pl.col("account_opened_on"))
    )


def _open(intake: Intake, rows: pl.DataFrame) -> None:
    rows = _with_debtors(intake, rows)
    rows = _with_products(intake, rows)
    rows = rows.with_columns(pl.Series("account_id", copying.reserve_ids("account", rows.height, using=intake.using)))
    door.add("account", _accounts(intake, rows), using=intake.using)
    door.add("account_party", _debtors(intake, rows), using=intake.using)
    intake.meet(rows["person_id"])
    _enter_openings(intake, rows)


def _with_debtors(intake: Intake, rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with ``person_id``: known persons are linked, the others added with what their row says."""
    there = intake.persons(rows["person_number"])
    fresh = rows.join(there, on="person_number", how="anti", maintain_order="left")
    if fresh.height:
        first = fresh.unique("person_number", keep="first", maintain_order=True)
        added = people.add_persons(intake, first)
        there = pl.concat([there, added], how="diagonal")
        people.add_points(intake, fresh.join(added, on="person_number", how="left", maintain_order="left"))
    return rows.join(there, on="person_number", how="left", maintain_order="left")


def _with_products(intake: Intake, rows: pl.DataFrame) -> pl.DataFrame:
    """Return rows with ``product_id``; a product is added the first time a debt names it, one for each currency."""
    rows = rows.with_columns(pl.coalesce("product", "debt_kind", pl.lit(DEFAULT_PRODUCT)).alias("product"))
    there = door.products(using=intake.using)
    found: dict[tuple[str, str], int] = {}
    for said in rows.unique(["product", "currency"], maintain_order=True).iter_rows(named=True):
        code, currency = said["product"], said["currency"]
        if code in there and there[code].currency != currency:
            code = f"{code}-{currency}"
        if code not in there:
            kind = said["debt_kind"] or "instalment_loan"
            there[code] = door.add_product(
                code,
                name=said["product"],
                debt_kind=kind,
                consumer_purpose=kind not in _BUSINESS and said["person_kind"] != "legal",
                currency=currency,
                terms=intake.product_terms,
                using=intake.using,
            )
        found[said["product"], currency] = there[code].id
    ids = [found[pair] for pair in rows.select("product", "currency").iter_rows()]
    return rows.with_columns(pl.Series("product_id", ids, dtype=pl.Int64))


def _accounts(intake: Intake, rows: pl.DataFrame) -> pl.DataFrame:
    own_country = "country" if intake.is_country_said else "person_country"
    return rows.select(
        pl.col("account_id").alias("id"),
        pl.lit(intake.owner.id).alias("organisation_id"),
        pl.col("account_number").alias("number"),
        "product_id",
        "person_id",
        "currency",
        "opened_on",
        pl.col("original_amount").alias("original_minor"),
        "default_on",
        pl.coalesce(own_country, "country", "person_country", pl.lit(intake.owner.country)).alias("country"),
        pl.coalesce("region", "person_region", pl.lit("")).alias("region"),
        _facts().alias("facts"),
    )


def _facts() -> pl.Expr:
    """Return what the contract says beside money, as JSON; what is not known is left out."""
    parts = [
        pl.when(pl.col(name).is_not_null()).then(pl.format(f'"{fact}": {{}}', pl.col(name)))
        for name, fact in (
            ("contract_rate", "contract_rate_ppm"),
            ("instalment_amount", "instalment_minor"),
            ("term_months", "term_months"),
        )
    ]
    opened = pl.when(_is_snapshot()).then(pl.format('"balance_on": "{}"', _opening_day()))
    return pl.lit("{") + pl.concat_str([*parts, opened], separator=", ", ignore_nulls=True) + pl.lit("}")


def _debtors(intake: Intake, rows: pl.DataFrame) -> pl.DataFrame:
    return rows.select(
        pl.lit(intake.owner.id).alias("organisation_id"),
        "account_id",
        "person_id",
        pl.lit("debtor").alias("role"),
        pl.lit("liable").alias("disclosure_basis"),
        pl.col("opened_on").alias("from_on"),
    )


def _is_snapshot() -> pl.Expr:
    return pl.col("balance_amount").is_not_null()


def _first_overdue() -> pl.Expr:
    """The due date of the oldest unpaid part: as said, else counted back from the balance's date."""
    counted = pl.col("balance_on") - pl.duration(days=pl.col("days_past_due"))
    return pl.coalesce("oldest_due_on", pl.when(pl.col("days_past_due") > 0).then(counted).cast(pl.Date), "due_on")


def _opening_day() -> pl.Expr:
    """A whole life starts when the debt was opened; a balance on its date, or when its oldest part fell due."""
    snapshot = pl.min_horizontal(pl.col("balance_on"), _first_overdue())
    return pl.when(_is_snapshot()).then(snapshot).otherwise(pl.min_horizontal("opened_on", "due_on"))


def _enter_openings(intake: Intake, rows: pl.DataFrame) -> None:
    """Enter what each debt starts with, and what of it is due: all on a single due date, or what is overdue."""
    principal = pl.coalesce("balance_amount", "original_amount")
    opening = rows.select(
        "account_id",
        pl.lit(int(EntryKind.OPENING), pl.Int16).alias("kind"),
        _opening_day().alias("value_date"),
        (principal + pl.col("interest_amount").fill_null(0)).alias("amount_minor"),
        principal.alias("principal_minor"),
        pl.col("account_number").alias("source_ref"),
    )
    whole = pl.when(pl.col("due_on").is_not_null()).then(principal)
    due = pl.when(_is_snapshot()).then(pl.coalesce("overdue_amount", whole)).otherwise(whole)
    overdue = (
        rows.with_columns(due.alias("_due"), principal.alias("_principal"))
        .filter(pl.col("_due") > 0)
        .select(
            "account_id",
            pl.lit(int(EntryKind.INSTALMENT_DUE), pl.Int16).alias("kind"),
            pl.coalesce(_first_overdue(), "due_on").alias("value_date"),
            pl.col("_due").alias("amount_minor"),
            pl.min_horizontal("_due", "_principal").alias("principal_minor"),
            (pl.col("account_number") + "/due").alias("source_ref"),
        )
    )
    enter(intake, Posting("debt", pl.concat([opening, overdue])))
