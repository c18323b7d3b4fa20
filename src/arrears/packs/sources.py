"""Pack files: found by folder, named by path, read as plain YAML, checked for their three languages."""

import hashlib
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from typing import Any, Final  # a YAML document is of any shape until its reader has looked

import yaml

from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import LANGUAGES, Text
from arrears.packs.problems import problem

ROOT = Path(__file__).parent
_LOADER: Any = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
_DEEPEST: Final = 40
_LONGEST_SAID: Final = 300
_LED: Final = re.compile(r"^[ \-?]+", re.MULTILINE)


class _Loader(_LOADER):  # type: ignore[misc]  # chosen at run time
    """A safe loader for which a name that stands twice in one mapping is a mistake, and not the last one right."""

    def construct_mapping(self, node: Any, deep: bool = False) -> Any:  # noqa: FBT001, FBT002 - as yaml calls it
        names = [key.value for key, _ in node.value if isinstance(key, yaml.ScalarNode)]
        twice = next((name for name in names if names.count(name) > 1), None) if len(set(names)) < len(names) else None
        if twice is not None:
            raise yaml.constructor.ConstructorError(None, None, f"{twice!r} stands twice", node.start_mark)
        return super().construct_mapping(node, deep)


@dataclass(frozen=True, slots=True)
class Source:
    """One file of a pack: its id (the path without its ending), and what stands in it."""

    id: str
    file: str
    said: Mapping[str, Any]


def sources(under: str = "", root: Path = ROOT) -> tuple[tuple[Source, ...], tuple[Problem, ...]]:
    """Return the pack files below ``root / under`` in the order of their ids, and what is wrong with their form."""
    found: list[Source] = []
    problems: list[Problem] = []
    for path in _files(root / under):
        source = _read(path, root)
        if isinstance(source, Problem):
            problems.append(source)
            continue
        found.append(source)
        problems += form_problems(source)
    return tuple(found), tuple(problems)


def content_hash(under: str, root: Path = ROOT) -> str:
    """Return the version of a pack: SHA-256 over the paths and bytes of its files, in hex."""
    return hash_of({path.relative_to(root).as_posix(): path.read_bytes() for path in _files(root / under)})


def hash_of(files: Mapping[str, bytes]) -> str:
    """Return SHA-256 over the paths and bytes of files, in the order of their paths as folders, in hex."""
    digest = hashlib.sha256()
    for name, content in sorted(files.items(), key=lambda file: PurePosixPath(file[0])):
        path = name.encode()
        digest.update(b"%d %s %d " % (len(path), path, len(content)) + content)
    return digest.hexdigest()


def text_of(said: Mapping[str, Any]) -> Text:
    """Return the words ``en``, ``es`` and ``zh`` of ``said``."""
    return Text(*(str(said.get(language, "")).strip() for language in LANGUAGES))


def _files(place: Path) -> list[Path]:
    return [place] if place.is_file() else sorted(place.rglob("*.yaml"))


def _read(path: Path, root: Path) -> Source | Problem:
    name = path.relative_to(root).as_posix() if path.is_relative_to(root) else path.name
    return read_source(name, path.read_text(encoding="utf-8"), is_ours=path.is_relative_to(ROOT))


def read_source(name: str, text: str, *, is_ours: bool = False) -> Source | Problem:
    """Return what stands in ``text``, the file ``name`` below a root of packs; a problem where it is no mapping.

    A file that ships with the product (``is_ours``) may let a part stand for another; what is handed in may not.
    """
    try:
        too_much = "" if is_ours else _too_much(text)
        said = None if too_much else yaml.load(text, _Loader)  # noqa: S506 - the loader is a safe one
    except (yaml.YAMLError, ValueError, OverflowError) as error:  # a day or a number that is none is no YAMLError
        return problem("yaml_unreadable", Where(name), said=" ".join(str(error).split())[:_LONGEST_SAID])
    if too_much:
        return problem("yaml_unreadable", Where(name), said=too_much)
    if not isinstance(said, dict):
        return problem("yaml_unreadable", Where(name), said=type(said).__name__)
    return Source(name.removesuffix(".yaml"), name, said)


def _too_much(text: str) -> str:
    """Return what makes a file stand for more than is written in it, or nest deeper than a reader follows.

    A few lines of parts that stand for others (``*``) fill any memory, and deep nesting ends the process: both are
    looked for in the stream of events, before anything is built. Most files can be seen at a glance to have neither.
    """
    openings = text.count("[") + text.count("{")
    if "*" not in text and openings + max((len(led[0]) for led in _LED.finditer(text)), default=0) <= _DEEPEST:
        return ""
    depth = 0
    for event in yaml.parse(text, _LOADER):
        if isinstance(event, yaml.AliasEvent):
            return f"{_line_of(event)}: a part stands for another part (*)"
        depth += isinstance(event, yaml.CollectionStartEvent) - isinstance(event, yaml.CollectionEndEvent)
        if depth > _DEEPEST:
            return f"{_line_of(event)}: more than {_DEEPEST} parts within each other"
    return ""


def _line_of(event: yaml.Event) -> str:
    return f"line {event.start_mark.line + 1}" if event.start_mark else "somewhere"


def form_problems(source: Source) -> list[Problem]:
    """Return what is wrong with the form of a file: an id that is not its path, words that a language lacks."""
    problems = []
    where = Where(source.file)
    must_have_id = not source.said.keys().isdisjoint(("table", "codes", "practices"))
    if source.said.get("id", None if must_have_id else source.id) != source.id:
        problems.append(problem("id_is_not_path", where, said=source.said.get("id"), wanted=source.id))
    for place, said in _worded(source.said, ""):
        missing = [language for language in LANGUAGES if not str(said.get(language) or "").strip()]
        if missing:
            problems.append(problem("words_missing", Where(source.file, None, place), said=", ".join(missing)))
    return problems


def _worded(said: object, place: str) -> Iterator[tuple[str, Mapping[str, Any]]]:
    """Yield every mapping that holds words in at least one of the languages, with its place in the file."""
    if isinstance(said, Mapping):
        if any(language in said for language in LANGUAGES):
            yield place, said
        for key, value in said.items():
            yield from _worded(value, f"{place}.{key}".lstrip("."))
    elif isinstance(said, list):
        for at, value in enumerate(said, 1):
            yield from _worded(value, f"{place}[{at}]")
