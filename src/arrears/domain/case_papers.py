"""Papers of a case file: what kinds of file are kept, how large, and who may open them.

What a file is called or claims to be is not believed: its first bytes say what it is (RFC 8118 for PDF, the
specifications of PNG, JPEG and TIFF), and a text is one only where every character of it is.
"""

import unicodedata
from typing import Final

MOST_BYTES: Final = 10_000_000
"""How large a paper may be: a house assumption, above any letter that was scanned with care."""
SUFFIXES: Final = {
    "application/pdf": ".pdf",
    "image/png": ".png",
    "image/jpeg": ".jpg",
    "image/tiff": ".tif",
    "text/plain": ".txt",
}
"""Kinds of file that are kept, with the ending that each is given back with."""
READS_PAPERS: Final = ("senior", "supervisor", "manager", "compliance", "legal", "auditor")
"""Who opens the papers of a case. Whoever works with the person may add one and sees that it is there."""

_MARKS: Final = (
    (b"%PDF-", "application/pdf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
)
_SPACES: Final = frozenset("\t\n\r\f")


def media_type_of(content: bytes) -> str | None:
    """Return what a file is by its own bytes; None where it is nothing that is kept."""
    for mark, kind in _MARKS:
        if content.startswith(mark):
            return kind
    return "text/plain" if _is_text(content) else None


def _is_text(content: bytes) -> bool:
    try:
        words = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        return False
    return bool(words.strip()) and all(
        each in _SPACES or unicodedata.category(each) not in {"Cc", "Cn"} for each in words
    )
