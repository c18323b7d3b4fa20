"""Words and references in the one form in which they are compared: capitals, no accents, no marks between."""

import polars as pl

_TITLES = r"\b(MR|MRS|MS|MISS|DR|DRA|SR|SRA|SRTA|DON|DONA|HERR|FRAU|MME|AND|UND)\b"


def plain(said: pl.Expr) -> pl.Expr:
    """Return text in capitals without accents; null becomes empty."""
    return said.fill_null("").str.normalize("NFKD").str.replace_all(r"\p{M}", "").str.to_uppercase()


def bare(said: pl.Expr) -> pl.Expr:
    """Return only the Latin letters and digits of a reference or account, in capitals."""
    return plain(said).str.replace_all(r"[^0-9A-Z]+", "")


def core(key: pl.Expr) -> pl.Expr:
    """Return what is left of a bare reference without the letters around it and without leading zeros."""
    return key.str.extract(r"^[A-Z]*0*([0-9]+)[A-Z]*$", 1).fill_null("")


def name_key(said: pl.Expr) -> pl.Expr:
    """Return a name's words in alphabetical order: whichever way round a bank writes it, the key is the same.

    Digits are left out: a number in a name is a reference, not a name.
    """
    words = plain(said).str.replace_all(_TITLES, " ").str.extract_all(r"\p{L}+")
    return words.list.sort().list.join(" ")
