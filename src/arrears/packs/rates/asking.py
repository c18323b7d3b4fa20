"""A rate table put to use: on a day, and in the terms of a debt; refused where law does not reach, or none is known."""

from collections.abc import Mapping
from datetime import date
from typing import Any, Final

from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.packs.caps.asking import DebtOf
from arrears.packs.law import holds_on
from arrears.packs.rates.reading import RateTable, gaps, rate_tables

_BLOCKS: Final = ("late_charge", "contract_interest")


def table(name: str, as_of: date) -> RateTable | Problem:
    """Return a table that may be used for ``as_of``; a Problem where it is unknown, off, or has no rate of that day."""
    found = rate_tables().get(name)
    if found is None:
        known = ", ".join(sorted(one for one, each in rate_tables().items() if each.law and each.ships_on))
        return _problem("rate_table_unknown", _UNKNOWN.filled(name=name), _CHOOSE.filled(known=known))
    if not found.ships_on:
        return _problem("rate_table_off", _OFF.filled(name=name), _VERIFY)
    if not holds_on(found.law, as_of) or found.rate_on(as_of) is None:
        return _problem("rate_unknown", _NO_RATE.filled(name=name, day=as_of.isoformat()), _ADD)
    return found


def resolved(
    said: Mapping[str, Any], debt: DebtOf, as_of: date
) -> tuple[dict[str, Any], tuple[Problem, ...]]:  # Any: the JSON of terms
    """Return terms JSON in which each ``rate_table`` has become dated rates and fixed sums, and what stood in the way.

    Where the law does not reach the debt nothing of its table is left: no rate and no fixed sum. Where only the rate
    of some days is unknown, those days bear none, and the problem says so.
    """
    terms = dict(said)
    problems: list[Problem] = []
    for name in _BLOCKS:
        block = said.get(name)
        if isinstance(block, Mapping) and isinstance(block.get("rate_table"), str):
            terms[name], found = _filled(block, debt, as_of)
            problems += found
    return terms, tuple(problems)


def _filled(block: Mapping[str, Any], debt: DebtOf, as_of: date) -> tuple[dict[str, Any], list[Problem]]:
    bare = {key: value for key, value in block.items() if key != "rate_table"}
    name = block["rate_table"]
    found = rate_tables().get(name)
    if found is None or not found.ships_on:
        refused = table(name, as_of)
        assert isinstance(refused, Problem)
        return bare, [refused]
    if (refused_by := out_of_scope(found, debt)) is not None:
        return bare, [refused_by]
    unknown = table(name, as_of)
    bare |= {"rate_table": name, "rates": dated_rates(found)}
    if found.compensation is not None and "fixed" not in block:
        bare["fixed"] = [
            {
                "days_past_due": found.compensation.days_past_due,
                "amount_minor": found.compensation.amount_minor,
                "each": found.compensation.each,
            }
        ]
    return bare, [unknown] if isinstance(unknown, Problem) else []


def dated_rates(found: RateTable) -> list[dict[str, Any]]:
    """Return the verified rates as terms hold them; from the first day that has none on, nothing."""
    rows = [(rate.first, rate.ppm) for rate in found.known] + [(day, 0) for day in gaps(found.known)]
    return [{"from": day.isoformat(), "rate_ppm": ppm} for day, ppm in sorted(rows)]


def out_of_scope(found: RateTable, debt: DebtOf) -> Problem | None:
    """Return why the law of a table does not reach a debt: who owes, in which money, where; None where it does."""
    cites = found.law.citation if found.law else found.name
    if found.consumer is not None and debt.consumer is not found.consumer:
        reason = _CONSUMER if debt.consumer else _WHO
        return _problem("rate_table_not_for_consumers", reason.filled(law=cites), _CONTRACT)
    if found.currency and debt.currency != found.currency:
        return _problem(
            "rate_table_other_currency",
            _CURRENCY.filled(law=cites, wanted=found.currency, is_in=debt.currency),
            _CONTRACT,
        )
    if found.places and debt.country not in found.places:
        return _problem("rate_table_other_place", _PLACE.filled(law=cites, place=debt.country or "?"), _CONTRACT)
    return None


def _problem(code: str, reason: Text, remedy: Text) -> Problem:
    return Problem(code, reason, remedy, Where(field="rate_table"))


_UNKNOWN = Text("There is no rate table “{name}”.", "No existe la tabla de tipos «{name}».", "没有利率表“{name}”。")
_CHOOSE = Text("Tables that may be used: {known}.", "Tablas que se pueden usar: {known}.", "可用的利率表：{known}。")
_OFF = Text(
    "The rate table “{name}” is not verified and is switched off.",
    "La tabla de tipos «{name}» no está verificada y está desactivada.",
    "利率表“{name}”尚未核实，已停用。",
)
_VERIFY = Text(
    "Check it against its source before it is used.",
    "Contrástela con su fuente antes de usarla.",
    "使用前请与来源核对。",
)
_NO_RATE = Text(
    "The table “{name}” knows no rate for {day}, so nothing is computed for that time.",
    "La tabla «{name}» no tiene tipo para {day}; para ese tiempo no se calcula nada.",
    "利率表“{name}”没有 {day} 的利率，该期间不予计算。",
)
_ADD = Text(
    "Add the published rate of that half-year with its source.",
    "Añada el tipo publicado de ese semestre con su fuente.",
    "请补入该半年公布的利率及来源。",
)
_CONSUMER = Text(
    "This law does not reach a consumer: {law}.",
    "Esta norma no alcanza a un consumidor: {law}.",
    "该法规不适用于消费者：{law}。",
)
_WHO = Text(
    "Whether this debtor owes as a consumer is not known, and this law reaches businesses only: {law}.",
    "No consta si este deudor lo es como consumidor, y esta norma solo alcanza a empresas: {law}.",
    "尚不清楚该债务人是否为消费者，而该法规仅适用于企业：{law}。",
)
_CURRENCY = Text(
    "This law speaks of debts in {wanted}, and this one is in {is_in}: {law}.",
    "Esta norma trata de deudas en {wanted} y esta es en {is_in}: {law}.",
    "该法规适用于 {wanted} 债务，而本债务为 {is_in}：{law}。",
)
_PLACE = Text(
    "This law does not hold in {place}: {law}.",
    "Esta norma no rige en {place}: {law}.",
    "该法规在 {place} 不适用：{law}。",
)
_CONTRACT = Text(
    "Charge what the contract says, or nothing.",
    "Cobre lo que diga el contrato, o nada.",
    "请按合同收取，或不收。",
)
