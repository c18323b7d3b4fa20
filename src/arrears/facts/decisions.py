"""What the tables themselves answer; an answer of one table may be a condition of the next."""

from arrears.facts.fact import Code, Fact
from arrears.kernel.texts import Text


def _code(name: str, words: Text) -> Fact:
    """An enumeration whose codes the pack's list of the same name brings."""
    return Fact(name, "code", "", "decision", words)


def _flag(name: str, words: Text) -> Fact:
    return Fact(name, "flag", "", "decision", words)


FACTS = (
    _code("band", Text("Ageing band", "Tramo de antigüedad", "账龄段")),
    _code("bucket", Text("Reporting bucket", "Tramo de informe", "报表账龄档")),
    _code("stage", Text("Stage", "Etapa", "阶段")),
    _flag("is_habitual_late", Text("Habitually late", "Atraso habitual", "习惯性逾期")),
    _code("manner", Text("Manner of the stage", "Modo de la etapa", "处理节奏")),
    _code("reliability", Text("How far promises are kept", "Fiabilidad de sus promesas", "守约可靠度")),
    _code("contactability", Text("Whether the person is reached", "Si se localiza a la persona", "可联性")),
    _code("ability_read", Text("Ability to pay, as read", "Capacidad de pago, según indicios", "还款能力（推断）")),
    _code("willingness_read", Text("Willingness, as read", "Voluntad de pago, según indicios", "还款意愿（推断）")),
    _code("debtor_class", Text("Class", "Clase", "类别")),
    _flag("is_large_balance", Text("Large balance", "Saldo alto", "大额")),
    _code("treatment", Text("Treatment", "Tratamiento", "处置方式")),
    _code("gravity", Text("How grave it has become", "Gravedad alcanzada", "严重程度")),
    _code("tone", Text("Tone", "Tono", "语气")),
    Fact("channels", "set", "", "decision", Text("Channels", "Canales", "渠道")),
    _code("first_channel", Text("Channel to try first", "Canal que se prueba primero", "首选渠道")),
    Fact(
        "touches_per_day",
        "count",
        "contacts a day",
        "decision",
        Text("Contacts a day at most", "Contactos al día como máximo", "每日最多联系次数"),
        high=100,
    ),
    Fact(
        "gap_days",
        "days",
        "days",
        "decision",
        Text("Days between contacts", "Días entre contactos", "联系间隔天数"),
        low=0,
        high=366,
    ),
    Fact(
        "anchor",
        "code",
        "",
        "decision",
        Text("What the next date is counted from", "Desde qué se cuenta la fecha", "下次日期的起算点"),
        codes=(
            Code(0, "never", Text("No next date", "Sin próxima fecha", "无下次日期")),
            Code(1, "today", Text("Today", "Hoy", "今天")),
            Code(2, "last_contact", Text("The last attempt", "El último intento", "上次联系")),
            Code(3, "last_worked", Text("The last time it was worked", "La última gestión", "上次处理")),
            Code(4, "promise_due", Text("The promised day", "El día prometido", "承诺还款日")),
            Code(5, "hold_end", Text("The end of the hold", "El fin de la pausa", "暂停结束日")),
            Code(6, "next_due", Text("The next due date", "El próximo vencimiento", "下期还款日")),
            Code(7, "cure", Text("The cure, or work after it", "Regularización o gestión después", "补齐或其后处理")),
            Code(8, "plan_due", Text("The plan's next instalment", "La próxima cuota del plan", "计划下期还款日")),
        ),
    ),
    Fact(
        "offset_days",
        "days",
        "days",
        "decision",
        Text("Days from there", "Días desde ahí", "距起算点天数"),
        low=-366,
        high=366,
    ),
    _code("next_action", Text("Next action", "Próxima acción", "下一步")),
    _flag("is_minimum", Text("Minimum treatment", "Tratamiento mínimo", "最低处置")),
    _flag("is_contact", Text("The next action reaches out", "La próxima acción es un contacto", "下一步需联系")),
    _code("owner_team", Text("Team that owns it", "Equipo responsable", "负责团队")),
    _code("tier", Text("Tier of the worklist", "Nivel en la lista de trabajo", "工作清单层级")),
    Fact(
        "added_recovery_bps",
        "rate",
        "basis points",
        "decision",
        Text(
            "Share of the arrears that one conversation adds to what would come anyway",
            "Parte de la mora que una conversación añade a lo que llegaría sola",
            "一次通话较自然回款额外收回的比例",
        ),
        high=10_000,
    ),
    Fact(
        "reach_bps",
        "rate",
        "basis points",
        "decision",
        Text("Chance that an attempt reaches the person", "Probabilidad de localizarla", "一次尝试联系上本人的概率"),
        high=10_000,
    ),
    Fact(
        "effort_minutes",
        "count",
        "minutes",
        "decision",
        Text("Minutes one handling takes", "Minutos que toma atenderlo", "单次处理分钟数"),
        low=1,
        high=480,
        absent=1,
    ),
    Fact(
        "promise_days",
        "count",
        "days",
        "decision",
        Text("How far ahead a promise may lie", "A cuántos días puede quedar una promesa", "承诺最远天数"),
        high=366,
    ),
    Fact("reasons", "set", "", "decision", Text("Reasons", "Motivos", "依据")),
)
