"""Late charges and daily interest, period by period, from the ledger's own growths; rounded once."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import timedelta
from fractions import Fraction
from typing import Final

from arrears.domain.charging import CONTRACT
from arrears.domain.entries import Entry
from arrears.domain.terms import Terms
from arrears.engine.computation.lines import Kind, Line, Section, Value
from arrears.engine.computation.phrases import CapSaid, caps_named
from arrears.engine.ledger.charge_periods import Base, ChargePeriod, Grows, growths
from arrears.engine.ledger.state import Part, State
from arrears.kernel.daycount import DayCount
from arrears.kernel.texts import Text

_DAY: Final = timedelta(days=1)


def sections_of(
    terms: Terms, entries: Sequence[Entry], found: State, caps: Sequence[CapSaid]
) -> tuple[Section, Section]:
    """Return all late charges, and all interest by the day, up to the day of a state, oldest first.

    Each ends with the rounding to what is shown; what is paid or waived of them is told where it was paid.
    """
    charges: list[Line] = []
    interest: list[Line] = []
    for one in _joined(growths(terms, entries, found.as_of, found.known_on)):
        (interest if one.kind is Grows.INTEREST else charges).extend(_lines(one, terms, found, caps))
    settled = sum(one.amount for one in found.allocations if one.part is Part.INTEREST and one.instalment is None)
    return _rounded(charges, found.charges + found.charges_settled), _rounded(interest, found.accrued + settled)


def _joined(periods: Sequence[ChargePeriod]) -> list[ChargePeriod]:
    """Join neighbours that run alike though a fixed charge fell between them."""
    found: list[ChargePeriod] = []
    latest: dict[Grows, int] = {}
    for one in periods:
        place = latest.get(one.kind)
        if place is not None and _runs_on(found[place], one):
            before = found[place]
            amount, uncapped = before.amount + one.amount, before.uncapped + one.uncapped
            found[place] = replace(before, until=one.until, amount=amount, uncapped=uncapped)
            continue
        latest[one.kind] = len(found)
        found.append(one)
    return found


def _runs_on(one: ChargePeriod, other: ChargePeriod) -> bool:
    is_next = one.kind is not Grows.FIXED_CHARGE and one.until == other.since
    is_plain = not (one.is_capped or other.is_capped) and one.day_count is not DayCount.ACT_ACT
    return (
        is_next
        and is_plain
        and (one.base, one.rate_ppm, one.rate_rule) == (other.base, other.rate_ppm, other.rate_rule)
    )


def _lines(one: ChargePeriod, terms: Terms, found: State, caps: Sequence[CapSaid]) -> Iterator[Line]:
    if one.kind is Grows.FIXED_CHARGE:
        yield _fixed(one, terms, found)
    else:
        yield _period(one, caps)
    if one.is_capped:
        values: dict[str, Value] = {
            "rule": ("text", _rule_words(one.cap_rule, caps)),
            "until": ("day", one.until),
        }
        yield Line(Kind.NOTE, _SUM_HELD, day=one.until, values=values)


def _period(one: ChargePeriod, caps: Sequence[CapSaid]) -> Line:
    values: dict[str, Value] = {
        "first": ("day", one.since + _DAY),
        "since": ("day", one.since),
        "until": ("day", one.until),
        "base": ("money", one.base),
        "on": ("text", _ON[one.base_is]),
        "rate": ("rate", one.rate_ppm),
        "days": ("number", one.days),
        "units": ("number", one.units),
        "year": ("number", one.units_in_year),
    }
    if not one.rate_rule or one.rate_ppm == one.agreed_ppm:
        return Line(Kind.PERIOD, _PERIOD, one.amount, one.until, values=values)
    values |= {"agreed": ("rate", one.agreed_ppm), "rule": ("text", _rule_words(one.rate_rule, caps))}
    return Line(Kind.PERIOD, _PERIOD_HELD, one.amount, one.until, values=values)


def _fixed(one: ChargePeriod, terms: Terms, found: State) -> Line:
    assert one.stage is not None
    assert one.instalment is not None
    stage, of = terms.late_charge.fixed[one.stage], found.instalments[one.instalment]
    values: dict[str, Value] = {
        "days": ("number", stage.days_past_due),
        "due": ("day", of.due),
        "amount": ("money", stage.amount_minor),
    }
    return Line(Kind.FIXED, _FIXED, one.amount, one.until, of.entry, values)


def _rule_words(rule: str, caps: Sequence[CapSaid]) -> Text:
    if rule == CONTRACT:
        return _THE_CONTRACT
    cap = caps_named(caps, rule)
    return Text(*(f"{title} ({cap.cites})" for title in cap.title))


def _rounded(lines: list[Line], total: int) -> Section:
    exact = sum((line.amount for line in lines), Fraction(0))
    if exact != total:
        lines = [*lines, Line(Kind.ROUNDING, _ROUNDING, total - exact)]
    return Section(tuple(lines), total)


_ON: Final = {
    Base.OVERDUE_PRINCIPAL: Text("overdue principal", "capital vencido", "逾期本金"),
    Base.OVERDUE_INSTALMENTS: Text("overdue instalments", "cuotas vencidas", "逾期分期款"),
    Base.OUTSTANDING: Text("all that is outstanding", "todo lo pendiente", "全部未偿款"),
    Base.PRINCIPAL_OWED: Text("all principal", "todo el capital", "全部本金"),
    Base.INSTALMENT: Text("the instalment", "la cuota", "该期款项"),
}
_PERIOD: Final = Text(
    "From {first} to {until}: {base} ({on}) × {rate} a year × {units} / {year} ({days} days)",
    "Del {first} al {until}: {base} ({on}) × {rate} anual × {units} / {year} ({days} días)",
    "{first} 至 {until}：{base}（{on}）× 年率 {rate} × {units} / {year}（{days} 天）",
)
_PERIOD_HELD: Final = Text(
    "From {first} to {until}: {base} ({on}) × {rate} a year × {units} / {year} ({days} days); "
    "the agreed {agreed} is held down by: {rule}",
    "Del {first} al {until}: {base} ({on}) × {rate} anual × {units} / {year} ({days} días); "
    "el {agreed} pactado queda limitado por: {rule}",
    "{first} 至 {until}：{base}（{on}）× 年率 {rate} × {units} / {year}（{days} 天）；约定的 {agreed} 受限于：{rule}",
)
_FIXED: Final = Text(
    "{amount} once, from day {days} past due, for what fell due on {due}",
    "{amount} una sola vez, desde el día {days} de mora, por lo vencido el {due}",
    "一次性 {amount}：{due} 到期款项逾期第 {days} 天起",
)
_SUM_HELD: Final = Text(
    "On {until} the sum of late charges reached its cap and grew no further: {rule}",
    "El {until} la suma de recargos por mora alcanzó su tope y no creció más: {rule}",
    "{until} 逾期费用合计达到上限，不再增加：{rule}",
)
_THE_CONTRACT: Final = Text("the contract", "el contrato", "合同")
_ROUNDING: Final = Text("Rounded once, to whole units", "Redondeo, una sola vez, a unidades enteras", "一次性取整")
