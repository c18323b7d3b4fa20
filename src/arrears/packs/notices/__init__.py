"""Required contents of notices, one file a kind and place: read, checked, chosen for a person's places."""

from collections.abc import Iterable, Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Final  # Any: a YAML document is of any shape until its reader has looked

from arrears.domain.laws import Law
from arrears.domain.notices import NoticeKind
from arrears.engine.notices.contents import Contents, Field, Shape, Span, Sum
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.kernel.unions import is_member
from arrears.packs.law import is_on, read_law, wrong
from arrears.packs.sources import ROOT, Source, sources, text_of

__all__ = ["all_contents", "check_notices", "contents_at", "contents_of", "read_notices"]

UNDER: Final = "notices"


@cache
def all_contents() -> Mapping[str, Contents]:
    """Return every kind of notice by id ("us.validation"); raises ValueError where a file of ours is not sound."""
    found, problems = read_notices()
    if problems:
        raise ValueError("\n".join(problem.said_in("en") for problem in problems))
    return {one.id: one for one in found}


def contents_of(contents_id: str) -> Contents | None:
    """Return the contents of an id; None where there are none."""
    return all_contents().get(contents_id)


def contents_at(kind: NoticeKind, places: Iterable[str]) -> Contents | None:
    """Return what a notice of ``kind`` must say at the first of ``places`` ("US-NY") that asks for one."""
    of_kind = [one for one in all_contents().values() if one.kind is kind]
    return next((one for place in places for one in of_kind if _holds(one.place, place)), None)


def _holds(law: str, place: str) -> bool:
    return place == law or place.startswith(f"{law}-") or is_member(place, law)


def is_in_force(contents: Contents) -> bool:
    """Return whether its law ships switched on: verified, and no mere draft."""
    return is_on(contents.law)


def check_notices(root: Path = ROOT) -> list[Problem]:
    """Return what is wrong with the files below ``root / notices``."""
    return read_notices(root)[1]


def read_notices(root: Path = ROOT) -> tuple[tuple[Contents, ...], list[Problem]]:
    """Return the contents below ``root / notices`` that can be used, and what is wrong with the others."""
    found, form = sources(UNDER, root)
    problems = list(form)
    made = []
    for source in found:
        read = _read(source)
        if isinstance(read, Contents):
            made.append(read)
        else:
            problems += read
    return tuple(made), problems


def _read(source: Source) -> Contents | list[Problem]:
    law = read_law(source.said, source.file)
    if isinstance(law, Problem):
        return [law]
    try:
        contents = _contents(source, law)
    except (KeyError, ValueError, TypeError, AttributeError) as mistake:
        return [wrong(source.file, "fields", _NO_FIELDS.filled(what=mistake))]
    problems = [wrong(source.file, name, _NO_SUCH.filled(name=name)) for name in _strangers(contents)]
    return problems or contents


def _contents(source: Source, law: Law | None) -> Contents:
    said = source.said
    return Contents(
        id=source.id.removeprefix(f"{UNDER}/").replace("/", "."),
        kind=NoticeKind(said["kind"]),
        place=str(said["place"]),
        title=text_of(said["title"]),
        words=text_of(said["words"]),
        law=law,
        fields=tuple(_field(name, one) for name, one in said["fields"].items()),
        letter=str(said.get("letter", "notice")),
        sums=tuple(
            Sum(one["start"], tuple(one.get("plus", ())), tuple(one.get("minus", ())), one["result"])
            for one in said.get("sums", ())
        ),
        equal=tuple(map(tuple, said.get("equal", ()))),
        spans=tuple(Span(one["from"], one["to"], _days(one["at_least"])) for one in said.get("spans", ())),
        opening=text_of(said["opening"]) if "opening" in said else None,
        methods=frozenset(said.get("methods", ())),
    )


def _days(said: Mapping[str, Any]) -> int:
    """Return a number of law in calendar days; raises ValueError where it carries another unit."""
    if said["unit"] != "calendar_days" or not isinstance(said["value"], int):
        raise ValueError(said)
    return int(said["value"])


def _field(name: str, said: Mapping[str, Any]) -> Field:
    return Field(
        name=name,
        title=text_of(said["title"]),
        shape=Shape(said.get("shape", "words")),
        cites=str(said.get("cites", "")),
        methods=frozenset(said.get("methods", ())),
        choices=frozenset(said.get("choices", ())),
        least=said.get("least"),
    )


def _strangers(contents: Contents) -> Iterator[str]:
    """Yield the names in sums and dates that are no field, no money, or no day."""
    for each in contents.sums:
        for name in (each.start, *each.plus, *each.minus, each.result):
            if name not in contents.by_name or contents.by_name[name].shape is not Shape.MONEY:
                yield name
    for name in (name for each in contents.spans for name in (each.start, each.end)):
        if name not in contents.by_name or contents.by_name[name].shape is not Shape.DATE:
            yield name
    for name in (name for names in contents.equal for name in names):
        if name not in contents.by_name:
            yield name


_NO_FIELDS = Text(
    "The contents of a notice do not read: {what}.",
    "El contenido de un aviso no se entiende: {what}.",
    "通知内容无法读取：{what}。",
)
_NO_SUCH = Text(
    "“{name}” is no field of this notice that fits here.",
    "«{name}» no es un campo de este aviso que encaje aquí.",
    "“{name}”不是此处适用的通知字段。",
)
