"""The import desk: whose book, which files, read by which mapping; what was learnt is kept for the next time."""

from collections.abc import Mapping as Table
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path
from typing import Final

import polars as pl

from arrears.actions.imports import run
from arrears.actions.imports.run import Defaults, Planned
from arrears.engine.intake import files, mapping
from arrears.engine.intake.faults import whole_file
from arrears.engine.intake.files import Shape
from arrears.engine.intake.guess import OURS, plain_header
from arrears.engine.intake.mapping import Mapping
from arrears.kernel.hours import is_zone, local_day
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.packs.mappings import Shipped, kinds
from arrears.store import bookday
from arrears.store.doors import intake as door
from arrears.store.doors.intake import Owner
from arrears.store.scope import scope

LEARNT: Final = ".mapping.yaml"
_HEADING: Final = "How arrears read this file. Edit it and import again; see docs/how-to/import-a-book.md."


@dataclass(frozen=True, slots=True)
class Place:
    """Where a new organisation is, and which language it works in."""

    country: str
    timezone: str
    language: str


def owner_called(said: str) -> Owner | Problem:
    """Return the organisation by name or number; the only creditor where nothing is said."""
    known = door.owners()
    wanted = said.strip().casefold()
    found = [owner for owner in known if wanted in {owner.name.casefold(), str(owner.id)}] if wanted else list(known)
    if len(found) == 1:
        return found[0]
    names = "; ".join(f"{owner.id} {owner.name}" for owner in known) or "–"
    return whole_file(
        "organisation_unclear",
        Text("Whose book is it?", "¿De quién es la cartera?", "这是谁的账？"),
        Text(
            "Say --organisation with one of: {names}. For a new creditor add --new-organisation.",
            "Indique --organisation con una de: {names}. Para un acreedor nuevo añada --new-organisation.",
            "请用 --organisation 指明：{names}。新债权人请加 --new-organisation。",
        ).filled(names=names),
    )


def new_owner(name: str, place: Place, *, now: datetime) -> Owner | Problem:
    """Return the creditor of that name, made with its first book day where there is none yet."""
    if there := [owner for owner in door.owners() if owner.name.casefold() == name.strip().casefold()]:
        return there[0]
    if not name.strip() or not is_zone(place.timezone):
        return whole_file(
            "organisation_wrong",
            Text(
                "A new creditor has a name and a time zone.",
                "Un acreedor nuevo tiene nombre y zona horaria.",
                "新债权人须有名称和时区。",
            ),
            Text(
                "Say --organisation and --timezone.",
                "Indique --organisation y --timezone.",
                "请指明 --organisation 和 --timezone。",
            ),
        )
    owner = door.add_owner(name.strip(), place.country, place.timezone, place.language)
    with scope(owner.id, None, using="night"):
        bookday.open_first(owner.id, local_day(now, place.timezone), now=now, using="night")
    return owner


def staff_called(username: str, owner: Owner) -> int | Problem | None:
    """Return who brings the files in; None where nobody is named."""
    if not username:
        return None
    return door.staff_called(username, owner.id) or whole_file(
        "user_unknown",
        Text(
            "Nobody of this organisation is called so.",
            "Nadie de esta organización se llama así.",
            "该机构没有此用户。",
        ),
        Text("Correct --user, or leave it out.", "Corrija --user u omítalo.", "请更正 --user 或省略。"),
    )


def who_called(said: str, username: str) -> tuple[Owner, int | None] | Problem:
    """Return whose book files go into and who brings them, as `owner_called` and `staff_called` find them."""
    owner = owner_called(said)
    if isinstance(owner, Problem):
        return owner
    staff = staff_called(username, owner)
    return staff if isinstance(staff, Problem) else (owner, staff)


@dataclass(frozen=True, slots=True)
class Desk:
    """What is said for all files of one import."""

    owner: Owner
    business_date: str
    defaults: Defaults = field(default_factory=Defaults)
    mapping: Path | None = None
    home: Path | None = None


def desk(owner: Owner, defaults: Defaults, *, mapping_at: Path | None, home: Path | None) -> Desk:
    """Return the desk with what the book itself says: the day that is open, the only currency there is."""
    with scope(owner.id, None, using="night"):
        day = bookday.opened(owner.id, using="night")
        known = door.currencies()
    currency = defaults.currency or (known[0] if len(known) == 1 else "" if known else _currency_of(owner.country))
    return Desk(
        owner,
        day.business_date.isoformat() if day else "",
        run.with_currency(defaults, currency),
        mapping_at,
        home,
    )


def _currency_of(country: str) -> str:
    from babel.numbers import get_territory_currencies

    found = get_territory_currencies(country)
    return found[0] if found else ""


def plan_files(at: Desk, paths: Sequence[Path]) -> tuple[list[Planned], list[Problem]]:
    """Understand files; a mapping that had to be guessed is kept beside its file, or under the home folder."""
    planned: list[Planned] = []
    problems: list[Problem] = []
    for path in paths:
        found = _plan_file(at, path)
        if isinstance(found, Planned):
            planned.append(found)
        else:
            problems += found
    return planned, problems


def _plan_file(at: Desk, path: Path) -> Planned | list[Problem]:
    shape = files.look_at(path, encoding=at.defaults.encoding, delimiter=at.defaults.delimiter)
    if isinstance(shape, Problem):
        return [shape]
    said = _said(at, shape)
    if isinstance(said, list):
        return said
    if said and (said.encoding or said.delimiter):
        again = files.look_at(path, encoding=said.encoding, delimiter=said.delimiter)
        if isinstance(again, Problem):
            return [again]
        shape = again
    found = run.plan(shape, at.owner, said, at.defaults, business_date=at.business_date)
    if said is None:
        _learn(at, shape, found)
    return found


def _said(at: Desk, shape: Shape) -> Mapping | list[Problem] | None:
    """Return the mapping that is said for a file, lies beside it, or was learnt from one with the same header."""
    for place in (at.mapping, *_places(at, shape)):
        if place is not None and place.is_file():
            return mapping.read_mapping(place.read_text(encoding="utf-8"), kinds(), file=place.name)
    return None


def _places(at: Desk, shape: Shape) -> list[Path]:
    own = shape.path.with_name(shape.path.name.removesuffix(".gz").removesuffix(".csv") + LEARNT)
    if at.home is None:
        return [own]
    signature = "-".join(plain_header(name).replace(" ", "_") for name in shape.header if not name.startswith(OURS))[
        :120
    ]
    return [own, at.home / "mappings" / str(at.owner.id) / f"{signature}{LEARNT}"]


def _learn(at: Desk, shape: Shape, found: Planned | list[Problem]) -> None:
    """Keep a guess, also one that leaves questions open: it is the form to answer them in."""
    guessed = found.guessed if isinstance(found, Planned) else run.guessed(shape, at.defaults)
    if guessed is None:
        return
    text = mapping.said(guessed.mapping, guessed.unread, _HEADING)
    for place in _places(at, shape):
        try:
            place.parent.mkdir(parents=True, exist_ok=True)
            place.write_text(text, encoding="utf-8")
        except OSError:
            continue
        if not isinstance(found, Planned):
            return


def plan_shipped(at: Desk, shipped: Shipped, folder: Path) -> tuple[list[Planned], list[Problem]]:
    """Understand a known set from the folder that holds its files, by the transformation that ships for it."""
    absent = [name for name in shipped.files.values() if not (folder / name).is_file()]
    if absent:
        return [], [_absent(name, shipped) for name in absent]
    frames = {
        name: pl.read_csv(folder / file, infer_schema=False, null_values=["NA"]) for name, file in shipped.files.items()
    }
    return plan_tables(at, shipped, shipped.transformation().tables(frames))


def plan_tables(at: Desk, shipped: Shipped, tables: Table[str, pl.DataFrame]) -> tuple[list[Planned], list[Problem]]:
    """Understand tables whose columns are called as our fields are, by kind, as part of a known set."""
    planned: list[Planned] = []
    problems: list[Problem] = []
    for kind, frame in tables.items():
        said = mapping.own_names(kinds()[kind], frame.columns, shipped.constants.get(kind, {}))
        shape = files.of_frame(f"{shipped.name}.{kind}", frame)
        found = run.plan(shape, at.owner, said, at.defaults, business_date=at.business_date)
        if isinstance(found, Planned):
            planned.append(found)
        else:
            problems += found
    return planned, problems


def _absent(name: str, shipped: Shipped) -> Problem:
    return whole_file(
        "set_incomplete",
        Text("The set has this file, and it is not here.", "Al conjunto le falta este archivo.", "数据集缺少此文件。"),
        Text("Where to get it: {cited}.", "Dónde obtenerlo: {cited}.", "获取途径：{cited}。").filled(
            cited=shipped.cited
        ),
        file=name,
    )
