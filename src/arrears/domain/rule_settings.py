"""Acts by which an organisation settles under which rules it works, and what is in force of them on a day.

Laws that are verified bind without any act, and the core knows none. What is in force is folded from acts in the order
in which they were made, each from its day on, so that the same acts always give the same settings.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Any


class RuleAct(StrEnum):
    """What somebody settles about a rule."""

    SWITCH_ON = "switch_on"
    SWITCH_OFF = "switch_off"
    KEEP_BY_CHOICE = "keep_by_choice"
    END_CHOICE = "end_choice"
    SET_LIMIT = "set_limit"
    TAKE_PACK = "take_pack"


class PackKind(StrEnum):
    """What a kept pack is: the one that ships, one in its place, or rules that an organisation adds."""

    SHIPPED = "shipped"
    WHOLE = "whole"
    OWN = "own"


class ProposalState(StrEnum):
    """How far a proposed change is."""

    WAITING = "waiting"
    APPROVED = "approved"
    DROPPED = "dropped"


@dataclass(frozen=True, slots=True, kw_only=True)
class Settled:
    """One act: about ``rule``, or for `TAKE_PACK` the kind of pack; ``pack`` is then its content hash in hex.

    ``value`` None takes a limit back to what its file says; ``pack`` empty takes the organisation back to what ships.
    """

    act: RuleAct
    rule: str
    from_on: date
    limit: str = ""
    value: int | None = None
    pack: str = ""


LATER = "later"
Gate = dict[str, Any]  # JSON: what stands under "gate" in an organisation's settings


def gate_on(gate: Mapping[str, Any], day: date) -> Mapping[str, Any]:
    """Return the gate's settings as they hold on ``day``, of those kept with the days of later ones beside them."""
    steps = gate.get(LATER, ())
    due = [step for step in steps if date.fromisoformat(step["from_on"]) <= day]
    return due[-1]["gate"] if due else gate


def with_act(gate: Mapping[str, Any], act: Settled, today: date) -> Gate:
    """Return the settings with ``act`` taken in: in force today, or beside them from its day on.

    Acts are taken in as they are made. One that holds at once holds for what is to come later as well.
    """
    plain = {name: value for name, value in gate_on(gate, today).items() if name != LATER}
    later = [step for step in gate.get(LATER, ()) if date.fromisoformat(step["from_on"]) > today]
    if act.from_on <= today:
        return _with_later(_taken(plain, act), [{**step, "gate": _taken(step["gate"], act)} for step in later])
    day = act.from_on.isoformat()
    before = [step for step in later if step["from_on"] < day]
    after = [step for step in later if step["from_on"] > day]
    there = next((step["gate"] for step in later if step["from_on"] == day), before[-1]["gate"] if before else plain)
    steps = [{"from_on": day, "gate": _taken(there, act)}, *({**s, "gate": _taken(s["gate"], act)} for s in after)]
    return _with_later(plain, [*before, *steps])


def _with_later(plain: Gate, steps: list[Gate]) -> Gate:
    return {**plain, LATER: steps} if steps else plain


def _taken(gate: Mapping[str, Any], act: Settled) -> Gate:
    """Return the settings of one span of days with ``act``; nothing that it does not speak of is lost."""
    out = dict(gate)
    if act.act is RuleAct.SWITCH_ON:
        out["switched_on"] = _with(out.get("switched_on", ()), act.rule)
    elif act.act is RuleAct.SWITCH_OFF:
        out["switched_on"] = _without(out.get("switched_on", ()), act.rule)
    elif act.act is RuleAct.KEEP_BY_CHOICE:
        out["by_choice"] = _with(out.get("by_choice", ()), act.rule)
    elif act.act is RuleAct.END_CHOICE:
        out["by_choice"] = _without(out.get("by_choice", ()), act.rule)
    elif act.act is RuleAct.TAKE_PACK:
        out["packs"] = {name: pack for name, pack in {**out.get("packs", {}), act.rule: act.pack}.items() if pack}
    else:
        out["limits"] = _with_limit(out.get("limits", {}), act)
    return {name: value for name, value in out.items() if value}


def _with_limit(limits: Mapping[str, Mapping[str, int]], act: Settled) -> Gate:
    own = {name: value for name, value in limits.get(act.rule, {}).items() if name != act.limit}
    if act.value is not None:
        own[act.limit] = act.value
    return {rule: said for rule, said in {**limits, act.rule: own}.items() if said}


def _with(names: Iterable[str], name: str) -> list[str]:
    return sorted({*names, name})


def _without(names: Iterable[str], name: str) -> list[str]:
    return sorted({*names} - {name})
