"""Which reasons a scored pair has, as codes; `reasons` has the words."""

import polars as pl

from arrears.engine.matching.weights import (
    AMOUNT_CODES,
    AMOUNT_NONE,
    NAME_ALIKE,
    NAME_MIDDLING,
    NAME_SAME,
    NAME_UNLIKE,
    PAYER_KNOWN,
    PAYER_NEW,
    PAYER_OTHER,
    REF_CODES,
    REF_NONE,
)


def reasons_of(pairs: pl.DataFrame) -> pl.Expr:
    """Return the column ``reasons``: for each pair its codes, with a value after ``=`` where there is one."""
    del pairs  # the columns are named; the frame only says what they are columns of
    reference = pl.when(pl.col("ref") != REF_NONE).then(pl.format("{}={}", _coded("ref", REF_CODES), pl.col("value")))
    name = (
        pl.when(pl.col("name_kind") == NAME_SAME).then(pl.lit("name_same"))
        .when(pl.col("name_kind").is_in([NAME_ALIKE, NAME_MIDDLING]))
        .then(pl.format("name_alike={}", pl.col("alike").round(2)))
        .when(pl.col("name_kind") == NAME_UNLIKE).then(pl.lit("name_other"))
    )  # fmt: skip
    payer = (
        pl.when(pl.col("payer_kind") == PAYER_KNOWN).then(pl.lit("payer_known"))
        .when(pl.col("payer_kind") == PAYER_OTHER).then(pl.lit("payer_other"))
        .when(pl.col("payer_kind") == PAYER_NEW).then(pl.lit("payer_new"))
    )  # fmt: skip
    amount = pl.when((pl.col("amount_kind") == AMOUNT_NONE) & (pl.col("ref") == REF_NONE)).then(pl.lit("amount_other"))
    coded = amount.otherwise(_coded("amount_kind", AMOUNT_CODES))
    return pl.concat_list(reference, coded, name, payer).list.drop_nulls().alias("reasons")


def _coded(column: str, codes: tuple[str, ...]) -> pl.Expr:
    return pl.col(column).replace_strict(list(range(len(codes))), list(codes), return_dtype=pl.String)
