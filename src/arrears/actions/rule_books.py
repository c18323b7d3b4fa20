"""Under which rules organisations work on a day: the rule book, and the settings, of all of them together.

What ships is read once a process. A pack that an organisation took instead, or rules that it added, are named by their
content in its settings; each content is read from the book once a process and kept. So a verdict pays a look-up.
"""

import sys
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any, Final

from arrears.domain.rule_settings import PackKind, gate_on
from arrears.engine.gate import RuleBook, Settings
from arrears.engine.gate.rules import Rule, Severity
from arrears.packs import compliance
from arrears.packs.compliance import PackBrokenError
from arrears.packs.compliance.files import FOLDER, Files, ReadPack, book_of, read_files, read_own
from arrears.store.doors import rule_settings as rows
from arrears.store.doors.contact_records import house_of
from arrears.store.scope import current

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


def book_at_work(on: date, *, using: str = "default") -> RuleBook:
    """Return the rules under which the organisation of the open scope works on a day."""
    return book_for([house_of(current(using).organisation, using=using).settings], on, using=using)


def rule_called(rule: str, on: date, *, using: str = "default") -> Rule | None:
    """Return a rule by its id for a page that names it: as it ships, or of the rules in force here; None for neither.

    What does not ship is looked for in the book alone where it is needed.
    """
    shipped = compliance.rule_book().by_id.get(rule)
    return shipped if shipped is not None else book_at_work(on, using=using).by_id.get(rule)


def settings_of(organisations: Sequence[Said], on: date, *, using: str) -> Settings:
    """Return the settings of the house at work and of the owner of the debt together on a day: the stricter of both.

    Who says nothing of a limit keeps the one in the file of their own rules, whatever pack they took.
    Raises `PackBrokenError` as `book_for` does.
    """
    said = [gate_on(one.get("gate", {}), on) for one in organisations]
    books = [book_for([one], on, using=using) for one in organisations]
    return Settings(
        switched_on=frozenset(_switched_on(said, books)),
        by_choice=frozenset(rule for one in said for rule in one.get("by_choice", ())),
        limits=_limits(said, books),
    )


def _switched_on(said: Sequence[Said], books: Sequence[RuleBook]) -> Iterable[str]:
    """Yield what any of them switched on; an exception lets more go, so that all of them have to want it."""
    for rule in {rule for one in said for rule in one.get("switched_on", ())}:
        found = (book.by_id.get(rule) for book in books)
        lets_go = any(one is not None and one.severity is Severity.EXCEPTION for one in found)
        if not lets_go or all(rule in one.get("switched_on", ()) for one in said):
            yield rule


def _limits(said: Sequence[Said], books: Sequence[RuleBook]) -> dict[tuple[str, str], int]:
    """Return house limits from ``{"limits": {"house.day": {"limit": 2}}}``; the lowest number wins."""
    named = {(rule, name) for one in said for rule, limits in one.get("limits", {}).items() for name in limits}
    return {
        (rule, name): min(_limit(one, book, rule, name, books) for one, book in zip(said, books, strict=True))
        for rule, name in named
    }


def _limit(one: Said, own: RuleBook, rule: str, name: str, books: Sequence[RuleBook]) -> int:
    """Return the limit of one organisation: what it said, else as its own rules give it.

    A rule that only the rules of another know binds both as that one's file has it: silence loosens nothing.
    """
    found: int | None = one.get("limits", {}).get(rule, {}).get(name)
    if found is not None:
        return found
    numbers = [_in_file(own, rule, name)]
    if numbers == [None]:
        numbers = [_in_file(book, rule, name) for book in books]
    return min((number for number in numbers if number is not None), default=sys.maxsize)


def _in_file(book: RuleBook, rule: str, name: str) -> int | None:
    """Return a limit as the file of a rule gives it; None where the book has no such rule, or it no such number."""
    known = book.by_id.get(rule)
    number = known.parameters.get(name) if known else None
    return int(number["value"]) if isinstance(number, Mapping) else None


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
