"""The one door for bank files: what a file is, is told from its content, never from its name."""

from collections.abc import Callable
from typing import Final

from arrears.channels.bank.bai2 import looks_like_bai2, read_bai2
from arrears.channels.bank.camt import read_camt
from arrears.channels.bank.faults import Unreadable, refuse
from arrears.channels.bank.mt940 import looks_like_mt940, read_mt940
from arrears.channels.bank.nacha import looks_like_nacha, read_nacha
from arrears.channels.bank.ofx import looks_like_ofx, read_ofx
from arrears.channels.bank.pain import read_pain
from arrears.channels.bank.sums import must_all_balance
from arrears.channels.bank.table import looks_like_a_table, read_table, table_of
from arrears.channels.bank.table_mapping import TableMapping
from arrears.channels.bank.values import decoded
from arrears.domain.statements import Statement
from arrears.kernel.problems import Problem, Where

MOST_BYTES: Final = 512 * 1024 * 1024
"""The largest file that is read at once."""
_HEAD: Final = 65_536
_SAID: Final = 40

_ByText = Callable[..., tuple[Statement, ...]]
_TEXTS: Final[tuple[tuple[Callable[[str], bool], _ByText], ...]] = (
    (looks_like_ofx, read_ofx),
    (looks_like_nacha, read_nacha),
    (looks_like_bai2, read_bai2),
    (looks_like_mt940, read_mt940),
)


def read(
    data: bytes, name: str, *, sums_checked: bool = True, mapping: TableMapping | None = None
) -> tuple[Statement, ...] | Problem:
    """Return what a bank file says, or the one problem that keeps all of it out. Never raises, never returns half.

    ``data`` is the file's bytes, ``name`` what it is called in messages. ``mapping`` tells how a CSV file is written
    where its headers and values leave that open; other formats pay no heed to it. With ``sums_checked=False``, which a
    named person must answer for, balances and control totals that contradict the lines are let pass; nothing else is.
    """
    try:
        statements = _read(data, name, mapping or TableMapping(), sums_checked=sums_checked)
        if sums_checked:
            must_all_balance(statements, name)
    except Unreadable as refused:
        return refused.problem
    return statements


def _read(data: bytes, name: str, mapping: TableMapping, *, sums_checked: bool) -> tuple[Statement, ...]:
    if not data.strip(b"\x00 \t\r\n"):
        refuse("bank_file_empty", Where(name))
    if len(data) > MOST_BYTES:
        refuse("bank_file_too_large", Where(name), size=len(data), most=MOST_BYTES)
    head = data[:_HEAD].replace(b"\x00", b"")
    if _is_xml(head) and b"<OFX" not in head:
        return read_pain(data, name) if b"pain.002" in head else read_camt(data, name)
    text = decoded(data, Where(name))
    reader = next((reader for looks_like, reader in _TEXTS if looks_like(text[:_HEAD])), None)
    if reader is not None:
        return reader(text, name, sums_checked=sums_checked)
    if table_of(text[:_HEAD], mapping) is None and not looks_like_a_table(text[:_HEAD]):
        refuse("bank_format_unknown", Where(name), said=text.strip()[:_SAID])
    return read_table(text, name, mapping)


def _is_xml(head: bytes) -> bool:
    return head.lstrip(b"\xef\xbb\xbf\xff\xfe \t\r\n").startswith(b"<")
