"""From a rate table's file to a `RateTable`; what is wrong with a file is a problem that says where."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from itertools import pairwise
from pathlib import Path
from typing import Any, Final

from arrears.domain.laws import Law, SourceStatus
from arrears.kernel.money import is_currency
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.packs.law import is_on, read_law, wrong
from arrears.packs.sources import ROOT, Source, sources, text_of

FOLDER: Final = "rates"
UNIT: Final = "ppm_a_year"
_VERIFIED: Final = {SourceStatus.PRIMARY, SourceStatus.SECOND_HAND}
_MOST: Final = 10_000_000


@dataclass(frozen=True, slots=True)
class Rate:
    """A rate in parts per million a year for the days from ``first`` to ``last``, both counted, and how we know it."""

    first: date
    last: date
    ppm: int
    source: SourceStatus
    seen: str


@dataclass(frozen=True, slots=True)
class Compensation:
    """A fixed sum owed once a debt is so many days past due, for each instalment or for each spell of arrears."""

    amount_minor: int
    currency: str
    days_past_due: int
    each: str


@dataclass(frozen=True, slots=True)
class RateTable:
    """One table as it may be used: ``rates`` in order of days, each already with the points of its law on top.

    ``law`` is None for a mere reference. Scope: ``consumer`` None where it does not matter; ``places`` are countries.
    ``points_ppm`` stand on top of ``reference`` (a table's name, empty for a reference itself).
    """

    name: str
    title: Text
    words: Text
    document: str
    law: Law | None
    rates: tuple[Rate, ...]
    reference: str
    points_ppm: int
    compensation: Compensation | None
    consumer: bool | None
    currency: str
    places: frozenset[str]
    notes: tuple[tuple[str, SourceStatus, Text], ...]

    @property
    def ships_on(self) -> bool:
        """Whether it may be used without anybody switching it on."""
        return is_on(self.law) and any(rate.source in _VERIFIED for rate in self.rates)

    @property
    def known(self) -> tuple[Rate, ...]:
        """The rates that are verified."""
        return tuple(rate for rate in self.rates if rate.source in _VERIFIED)

    def rate_on(self, day: date) -> Rate | None:
        """Return the verified rate of ``day``; None where there is none."""
        return next((rate for rate in self.known if rate.first <= day <= rate.last), None)


@cache
def rate_tables() -> Mapping[str, RateTable]:
    """Return the tables that ship with Arrears by name; raises ValueError where a file is not sound: ours to mend."""
    tables, problems = read_tables()
    if problems:
        raise ValueError("\n".join(found.said_in("en") for found in problems))
    return tables


def check_rates(root: Path = ROOT) -> list[Problem]:
    """Return everything wrong with the tables below ``root / rates``."""
    return read_tables(root)[1]


def read_tables(root: Path = ROOT) -> tuple[dict[str, RateTable], list[Problem]]:
    """Return the tables below ``root / rates`` that can be used, by name, and what is wrong with the others."""
    found, form = sources(FOLDER, root)
    problems = list(form)
    tables: dict[str, RateTable] = {}
    for source in sorted(found, key=lambda one: "of" in one.said):
        read = _read(source, tables)
        if isinstance(read, RateTable):
            tables[read.name] = read
        else:
            problems += read
    return tables, problems


def _name(file_id: str) -> str:
    return file_id.removeprefix(f"{FOLDER}/").replace("/", ".")


def _read(source: Source, references: Mapping[str, RateTable]) -> RateTable | list[Problem]:
    said, file = source.said, source.file
    problems = list(_faults(source))
    law = read_law(said, file)
    rates = _raised(source, references) if "of" in said else _rows(source)
    compensation = _compensation(said, file)
    problems += [found for found in (law, rates, compensation) if isinstance(found, Problem)]
    if problems:
        return problems
    assert not isinstance(law, Problem)
    assert not isinstance(rates, Problem)
    assert not isinstance(compensation, Problem)
    scope = said.get("scope", {})
    return RateTable(
        name=_name(source.id),
        title=text_of(said["title"]),
        words=text_of(said["words"]),
        document=str(said.get("document", "")) or references[_name(said["of"])].document,
        law=law,
        rates=rates,
        reference=_name(said.get("of", "")),
        points_ppm=int(said.get("plus_ppm", 0)),
        compensation=compensation,
        consumer=scope.get("consumer"),
        currency=str(scope.get("currency", "")),
        places=frozenset(scope.get("places", ())),
        notes=tuple((n["place"], SourceStatus(n["source"]), text_of(n)) for n in said.get("notes", ())),
    )


def _faults(source: Source) -> Iterator[Problem]:
    said, file = source.said, source.file
    if "id" not in said:
        yield Problem("id_is_not_path", _NO_ID, _ID_REMEDY.filled(id=source.id), Where(file))
    for name in ("title", "words"):
        if not isinstance(said.get(name), Mapping):
            yield wrong(file, name, _MISSING)
    if said.get("unit") != UNIT:
        yield wrong(file, "unit", _NO_UNIT)
    if "of" in said and "law" not in said:
        yield wrong(file, "law", _NO_LAW)
    if "of" not in said and not said.get("document"):
        yield wrong(file, "document", _NO_DOCUMENT)


def _rows(source: Source) -> tuple[Rate, ...] | Problem:
    rows = []
    for number, raw in enumerate(source.said.get("rates") or (), start=1):
        row = _row(raw)
        if row is None:
            return wrong(source.file, f"rates[{number}]", _NO_RATE)
        rows.append(row)
    if not rows or any(before.last >= after.first for before, after in pairwise(rows)):
        return wrong(source.file, "rates", _NO_ORDER)
    return tuple(rows)


def _row(raw: Any) -> Rate | None:  # Any: straight from a file
    try:
        rate = Rate(raw["from"], raw["to"], raw["ppm"], SourceStatus(raw["source"]), str(raw["seen"]))
        is_whole = type(rate.ppm) is int and 0 <= rate.ppm <= _MOST
        return rate if is_whole and rate.seen and rate.first <= rate.last and type(rate.first) is date else None
    except (KeyError, TypeError, ValueError):
        return None


def _raised(source: Source, references: Mapping[str, RateTable]) -> tuple[Rate, ...] | Problem:
    """Return the rates of the reference with the points of the law on top."""
    reference = references.get(_name(str(source.said["of"])))
    plus = source.said.get("plus_ppm")
    if reference is None or type(plus) is not int or plus < 0:
        return wrong(source.file, "of", _NO_REFERENCE)
    return tuple(Rate(one.first, one.last, one.ppm + plus, one.source, one.seen) for one in reference.rates)


def _compensation(said: Mapping[str, Any], file: str) -> Compensation | Problem | None:
    raw = said.get("compensation")
    if raw is None:
        return None
    try:
        found = Compensation(raw["amount_minor"], raw["currency"], raw["days_past_due"], raw["each"])
    except (KeyError, TypeError):
        return wrong(file, "compensation", _NO_COMPENSATION)
    is_whole = type(found.amount_minor) is int and found.amount_minor > 0 and type(found.days_past_due) is int
    if not is_whole or not is_currency(found.currency) or found.each not in {"instalment", "spell"}:
        return wrong(file, "compensation", _NO_COMPENSATION)
    return found


def gaps(rates: tuple[Rate, ...]) -> Iterator[date]:
    """Yield the first day of each stretch after ``rates`` begin for which there is none, the one after the last too."""
    for before, after in pairwise(rates):
        if before.last + timedelta(days=1) != after.first:
            yield before.last + timedelta(days=1)
    if rates:
        yield rates[-1].last + timedelta(days=1)


_MISSING = Text("The file lacks this part.", "Al archivo le falta esta parte.", "文件缺少此部分。")
_NO_UNIT = Text(
    "A rate table says its unit: ppm_a_year.",
    "Una tabla de tipos indica su unidad: ppm_a_year.",
    "利率表须注明单位：ppm_a_year。",
)
_NO_LAW = Text("Statutory interest names its law.", "El interés legal indica su norma.", "法定利息须注明法规。")
_NO_DOCUMENT = Text(
    "A reference table names the document it was read from.",
    "Una tabla de referencia indica el documento del que procede.",
    "基准利率表须注明来源文件。",
)
_NO_RATE = Text(
    "A rate has its first and last day, whole ppm, a source status and where it was seen.",
    "Un tipo lleva primer y último día, ppm enteras, estado de la fuente y dónde se vio.",
    "每个利率须有起止日、整数 ppm、来源状态和出处。",
)
_NO_ORDER = Text(
    "Rates stand in order of days, and none overlaps.",
    "Los tipos van por orden de días y no se solapan.",
    "利率须按日期排列且互不重叠。",
)
_NO_REFERENCE = Text(
    "There is no such reference table, or the points are no whole ppm.",
    "No existe esa tabla de referencia o los puntos no son ppm enteras.",
    "没有该基准表，或加点不是整数 ppm。",
)
_NO_COMPENSATION = Text(
    "A compensation has amount, currency, days past due, and is for each instalment or spell.",
    "Una compensación lleva importe, moneda, días de mora y es por cuota o por periodo.",
    "补偿须注明金额、币种、逾期天数，以及按期或按次。",
)
_NO_ID = Text("The id is not the file's path.", "El id no es la ruta del archivo.", "id 与文件路径不符。")
_ID_REMEDY = Text("Write id: {id}.", "Escriba id: {id}.", "请写 id: {id}。")
