"""Under which rules organisations work on a day: the rule book, and the settings, of all of them together.

What ships is read once a process. A pack that an organisation took instead, or rules that it added, are named by their
content in its settings; each content is read from the book once a process and kept. So a verdict pays a look-up.
"""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any, Final

from arrears.domain.rule_settings import PackKind, gate_on
from arrears.engine.gate import RuleBook
from arrears.packs import compliance
from arrears.packs.compliance import PackBrokenError
from arrears.packs.compliance.files import FOLDER, Files, ReadPack, book_of, read_files, read_own
from arrears.store.doors import rule_settings as rows

Said = Mapping[str, Any]
"""An organisation's settings (JSON)."""

_PLAIN: Final = ("", "")
_BOOKS: Final[dict[tuple[str, frozenset[tuple[str, str]]], RuleBook]] = {}


def book_for(organisations: Sequence[Said], on: date, *, using: str) -> RuleBook:
    """Return the rules under which these organisations work together on a day: the strictest of each.

    Raises `PackBrokenError` where a pack that one of them took cannot be read: then nobody is contacted.
    """
    taken = frozenset(_taken(one, on) for one in organisations)
    if taken <= {_PLAIN}:
        return compliance.rule_book()
    key = (compliance.rule_book().version, taken)
    if key not in _BOOKS:
        _BOOKS[key] = RuleBook.joined(_read(*one, using) for one in sorted(taken))
    return _BOOKS[key]


def book_with(whole: Files | None, own: Files | None) -> RuleBook:
    """Return the book of a pack (None: the one that ships) with added rules, and those of this process's folder.

    Raises `PackBrokenError` with all that is wrong.
    """
    base = compliance.shipped() if whole is None else _with_core(whole)
    folder = compliance.own_folder()
    book, problems = book_of(base, *([folder] if folder else []), *([read_own(own)] if own else []))
    if problems:
        raise PackBrokenError("; ".join(problem.said_in("en") for problem in problems))
    return book


def _taken(one: Said, on: date) -> tuple[str, str]:
    packs = gate_on(one.get("gate", {}), on).get("packs")
    return (packs.get(PackKind.WHOLE.value, ""), packs.get(PackKind.OWN.value, "")) if packs else _PLAIN


def _read(whole: str, own: str, using: str) -> RuleBook:
    return book_with(_files(whole, using), _files(own, using))


def _files(content_hash: str, using: str) -> Files | None:
    if not content_hash:
        return None
    files = rows.pack_files(content_hash, using=using)
    if files is None:
        raise PackBrokenError(f"the book keeps no pack {content_hash}")
    return files


def _with_core(files: Files) -> ReadPack:
    """Return a kept pack with the core of this program in place of the one it was kept with."""
    core = f"{FOLDER}/core/"
    ours = {name: text for name, text in compliance.shipped_files().items() if name.startswith(core)}
    theirs = {name: text for name, text in files.items() if not name.startswith(core)}
    return read_files({**theirs, **ours})
