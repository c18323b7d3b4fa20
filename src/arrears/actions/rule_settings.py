"""Settling under which rules an organisation works: named acts with a reason, from a day on.

A verified law binds without an act and cannot be switched off; nor can the core. One person may switch an unverified
rule on or off again, keep a law that does not bind, and tighten a limit of the house. Loosening a limit and taking
another pack go through a proposal that a second person approves; so does switching on an exception that lifts a rule
which is on. Nobody settles anything without a name.
"""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any, Final

from arrears.actions import history
from arrears.actions.rule_books import book_for
from arrears.domain.rule_settings import RuleAct, Settled, gate_on, with_act
from arrears.engine.gate import RuleBook
from arrears.engine.gate.rules import Rule, Severity, is_named
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.store.doors import founding
from arrears.store.doors import rule_settings as rows
from arrears.store.scope import current

Gate = Mapping[str, Any]


def settle(act: Settled, *, reason: str, now: datetime, using: str = "default") -> Problem | None:
    """Keep one act of whoever is signed in, and let the gate work by it from its day on; permits ask at once.

    The next night decides about every account again. A Problem where the rule is not there to be settled.
    """
    organisation = current(using).organisation
    settings, zone = rows.lock_settings(organisation, using=using)
    today = local_day(now, zone)
    if current(using).user is None:
        return problem_of("no_name")
    if not reason.strip():
        return problem_of("no_reason", "reason")
    if act.from_on < today:
        return problem_of("in_the_past", "from_on")
    gate = gate_on(settings.get("gate", {}), act.from_on)
    found = mistake_in(act, gate, book_for([settings], act.from_on, using=using), may_loosen=False)
    if found is not None:
        return found
    _keep(organisation, settings, act, today, reason=reason.strip(), proposal=None, pack=None, now=now, using=using)
    return None


def _keep(
    organisation: int,
    settings: dict[str, Any],  # JSON, changed in place
    act: Settled,
    today: date,
    *,
    reason: str,
    proposal: int | None,
    pack: int | None,
    now: datetime,
    using: str,
) -> None:
    settings["gate"] = with_act(settings.get("gate", {}), act, today)
    founding.keep_settings(organisation, settings, using=using)
    book_day = history.append(
        "rule_settled",
        owner=organisation,
        now=now,
        using=using,
        act=act.act.value,
        rule=act.rule,
        limit=act.limit,
        value=act.value,
        pack=act.pack,
        from_on=act.from_on.isoformat(),
        proposal=proposal,
    )
    rows.keep_act(
        organisation,
        act,
        reason=reason,
        staff=current(using).user,
        proposal=proposal,
        pack=pack,
        now=now,
        book_day=book_day,
        using=using,
    )


def settle_approved(
    act: Settled, settings: dict[str, Any], today: date, found: rows.Proposal, *, now: datetime, using: str
) -> None:
    """Keep an act of a proposal that was approved just now; ``settings`` (JSON) are held and changed in place."""
    pack = found.pack.id if found.pack and act.act is RuleAct.TAKE_PACK else None
    _keep(
        found.organisation,
        settings,
        act,
        today,
        reason=found.reason,
        proposal=found.id,
        pack=pack,
        now=now,
        using=using,
    )


def mistake_in(act: Settled, gate: Gate, book: RuleBook, *, may_loosen: bool) -> Problem | None:
    """Return what keeps an act from being made under the settings in force; None where nothing does."""
    if act.act is RuleAct.TAKE_PACK:
        return None
    if act.act in {RuleAct.KEEP_BY_CHOICE, RuleAct.END_CHOICE}:
        return _mistake_in_choice(act, gate, book)
    rule = book.by_id.get(act.rule)
    if rule is None:
        return problem_of("no_rule", "rule", rule=act.rule)
    if rule.is_core:
        return problem_of("core", "rule", rule=rule.id)
    if act.act is RuleAct.SET_LIMIT:
        return _mistake_in_limit(act, gate, rule, may_loosen=may_loosen)
    return _mistake_in_switch(act, gate, rule, book, may_loosen=may_loosen)


def _mistake_in_switch(act: Settled, gate: Gate, rule: Rule, book: RuleBook, *, may_loosen: bool) -> Problem | None:
    if rule.ships_on:
        return problem_of("ships_on", "rule", rule=rule.id)
    is_on = rule.id in gate.get("switched_on", ())
    if is_on == (act.act is RuleAct.SWITCH_ON):
        return problem_of("is_so", "rule", rule=rule.id)
    if act.act is RuleAct.SWITCH_ON and not may_loosen and _lifts_what_is_on(rule, gate, book):
        return problem_of("loosens", "rule", rule=", ".join(rule.of))
    return None


def _lifts_what_is_on(rule: Rule, gate: Gate, book: RuleBook) -> bool:
    """Return whether this is an exception to a rule that speaks: its source is unverified and it lets more go."""
    if rule.severity is not Severity.EXCEPTION:
        return False
    on = (book.by_id[target] for target in rule.of if target in book.by_id)
    return any(target.ships_on or target.id in gate.get("switched_on", ()) for target in on)


def limits_gone(gate: Gate, book: RuleBook) -> list[Problem]:
    """Return a problem for each limit in force that other rules would not take: a verdict could not be made by them."""
    found = []
    for name, limits in gate.get("limits", {}).items():
        rule = book.by_id.get(name)
        for limit, value in limits.items() if rule is not None else ():
            assert rule is not None
            if limit_in_file(rule, limit) is None:
                found.append(problem_of("no_limit", "limit", rule=rule.id, limit=limit))
                continue
            try:
                rule.evaluator.changed({limit: value})
            except (ValueError, KeyError) as too_far:
                found.append(problem_of("limit_gone", "value", rule=rule.id, said=str(too_far)))
    return found


def _mistake_in_choice(act: Settled, gate: Gate, book: RuleBook) -> Problem | None:
    laws = [rule for rule in book.rules if is_named(rule.id, [act.rule])]
    if not laws:
        return problem_of("no_rule", "rule", rule=act.rule)
    if any(rule.is_core for rule in laws):
        return problem_of("core", "rule", rule=act.rule)
    if not any(rule.law and rule.scope for rule in laws):
        return problem_of("no_choice", "rule", rule=act.rule)
    if (act.rule in gate.get("by_choice", ())) == (act.act is RuleAct.KEEP_BY_CHOICE):
        return problem_of("is_so", "rule", rule=act.rule)
    return None


def _mistake_in_limit(act: Settled, gate: Gate, rule: Rule, *, may_loosen: bool) -> Problem | None:
    in_file = limit_in_file(rule, act.limit)
    if not rule.is_house or in_file is None:
        return problem_of("no_limit", "limit", rule=rule.id, limit=act.limit)
    before = gate.get("limits", {}).get(rule.id, {}).get(act.limit, in_file)
    after = in_file if act.value is None else act.value
    if after == before:
        return problem_of("is_so", "value", rule=rule.id)
    if after > before and not may_loosen:
        return problem_of("loosens", "value", rule=rule.id)
    try:
        rule.evaluator.changed({act.limit: after})
    except (ValueError, KeyError) as too_far:
        return problem_of("too_far", "value", said=str(too_far))
    return None


def limit_in_file(rule: Rule, name: str) -> int | None:
    """Return a limit of the house as its file gives it; None where it has none of that name."""
    said = rule.parameters.get(name)
    value = said.get("value") if isinstance(said, Mapping) and "loosest" in said else None
    return value if isinstance(value, int) else None


_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "no_name": (
        Text("Nobody is named who decides this.", "No consta quién lo decide.", "未写明由谁决定。"),
        Text("Sign in and decide it.", "Inicie sesión y decídalo.", "请登录后再决定。"),
    ),
    "may_not_decide": (
        Text(
            "Compliance or a manager decides about other rules.",
            "Sobre otras reglas decide cumplimiento o un gerente.",
            "更换规则须由合规人员或经理决定。",
        ),
        Text("Ask one of them.", "Pídaselo a uno de ellos.", "请找其中一位决定。"),
    ),
    "limit_gone": (
        Text(
            "The limit in force for {rule} does not fit these rules: {said}.",
            "El límite vigente de {rule} no cabe en estas reglas: {said}.",
            "{rule} 现行上限不符合这些规则：{said}。",
        ),
        Text(
            "Set the limit within what they allow first.",
            "Fije antes el límite dentro de lo que permiten.",
            "请先把上限设在其允许范围内。",
        ),
    ),
    "hold_unkept": (
        Text(
            "{count} holds of the kind “{kind}” stand, and by these rules none of them would stop anything.",
            "Hay {count} retenciones de tipo «{kind}» y, con estas reglas, ninguna detendría nada.",
            "现有 {count} 个“{kind}”类暂停，而按这些规则它们都不再起作用。",
        ),
        Text(
            "Keep a rule that heeds them, or end the holds first.",
            "Conserve una regla que las respete, o termine antes las retenciones.",
            "请保留遵守这些暂停的规则，或先结束暂停。",
        ),
    ),
    "no_reason": (
        Text("No reason is given.", "Falta el motivo.", "没有说明理由。"),
        Text(
            "Say why, for whoever asks later.",
            "Diga por qué, para quien pregunte después.",
            "请写明原因，以备日后查问。",
        ),
    ),
    "in_the_past": (
        Text("The day lies in the past.", "La fecha ya ha pasado.", "该日期已经过去。"),
        Text("Choose today or a later day.", "Elija hoy o una fecha posterior.", "请选择今天或以后的日期。"),
    ),
    "no_rule": (
        Text("There is no rule {rule}.", "No hay ninguna regla {rule}.", "没有规则 {rule}。"),
        Text("Look it up in the library of rules.", "Búsquela en la biblioteca de reglas.", "请在规则库中查找。"),
    ),
    "core": (
        Text(
            "{rule} belongs to the core, which is never switched off or changed.",
            "{rule} pertenece al núcleo, que nunca se apaga ni se cambia.",
            "{rule} 属于核心规则，永远不能关闭或更改。",
        ),
        Text("Leave it as it is.", "Déjela como está.", "请保持原样。"),
    ),
    "ships_on": (
        Text(
            "{rule} is on by itself: verified law and the rules of the house take no switch.",
            "{rule} está activa por sí misma: la ley verificada y las reglas de la casa no se encienden ni apagan.",
            "{rule} 本身就已启用：经核实的法律和本机构规则没有开关。",
        ),
        Text(
            "Where the law changed, propose another pack.",
            "Si la ley cambió, proponga otro paquete.",
            "如果法律已变更，请提议采用其他规则包。",
        ),
    ),
    "is_so": (
        Text("Nothing would change about {rule}.", "Nada cambiaría en {rule}.", "{rule} 不会有任何变化。"),
        Text("See who settled it, and when.", "Vea quién lo decidió y cuándo.", "请查看是谁、在何时作出的设置。"),
    ),
    "no_choice": (
        Text(
            "{rule} says nothing of whom it binds, so it binds everybody already.",
            "{rule} no dice a quién obliga, así que ya obliga a todos.",
            "{rule} 未限定适用对象，因此已对所有人适用。",
        ),
        Text("There is nothing to choose.", "No hay nada que elegir.", "无需另行选择适用。"),
    ),
    "no_limit": (
        Text(
            "{rule} has no limit “{limit}” to set.",
            "{rule} no tiene un límite «{limit}».",
            "{rule} 没有可设置的上限“{limit}”。",
        ),
        Text("Only limits of the house are set.", "Solo se fijan los límites de la casa.", "只能设置本机构的上限。"),
    ),
    "loosens": (
        Text("This loosens {rule}.", "Esto relaja {rule}.", "这会放宽 {rule}。"),
        Text(
            "Propose it: a second person approves what loosens.",
            "Propóngalo: lo que relaja lo aprueba una segunda persona.",
            "请提出提议：放宽须由另一人批准。",
        ),
    ),
    "too_far": (
        Text("That number cannot be taken: {said}.", "Ese número no vale: {said}.", "不能采用该数值：{said}。"),
        Text(
            "Stay within what the rule's file allows.",
            "Respete lo que permite el archivo.",
            "请在规则文件允许的范围内设置。",
        ),
    ),
    "no_proposal": (
        Text("There is no such proposal here.", "Aquí no figura esa propuesta.", "此处没有该提议。"),
        Text("Look at the list again.", "Vuelva a mirar la lista.", "请重新查看列表。"),
    ),
    "no_change": (
        Text("The proposal changes nothing.", "La propuesta no cambia nada.", "该提议没有任何变更。"),
        Text(
            "Name a change, or give a folder of rules.",
            "Indique un cambio o una carpeta de reglas.",
            "请指明变更，或给出规则文件夹。",
        ),
    ),
    "decided": (
        Text("This is decided already.", "Ya está decidido.", "该提议已有决定。"),
        Text("Propose it anew if it is wanted again.", "Propóngalo de nuevo si hace falta.", "如仍需要，请重新提议。"),
    ),
    "own_proposal": (
        Text(
            "Whoever proposed a change does not approve it, and somebody with a name must.",
            "Quien propuso el cambio no lo aprueba; debe hacerlo otra persona con nombre.",
            "提议人不能自行批准；须由另一名具名人员批准。",
        ),
        Text("Ask a colleague.", "Pídaselo a un colega.", "请由同事批准。"),
    ),
    "not_tried": (
        Text(
            "The difference on the present book is not worked out yet.",
            "Aún no se ha calculado la diferencia sobre la cartera actual.",
            "尚未算出对当前账簿的影响。",
        ),
        Text("Let it be tried to the end first.", "Deje antes que termine la prueba.", "请先完成试算。"),
    ),
}


def problem_of(code: str, field: str = "", **said: str) -> Problem:
    """Return the problem with words in three languages."""
    reason, remedy = _SAID[code]
    return Problem(code, reason.filled(**said), remedy, Where(field=field))
