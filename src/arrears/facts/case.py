"""What people found out: why it is late, whether the person can and will pay, what stands in the way."""

from arrears.facts.fact import NULL, Code, Fact
from arrears.kernel.texts import Text

_UNKNOWN = Code(0, "unknown", Text("Not yet known", "Aún no se sabe", "尚不清楚"))

FACTS = (
    Fact(
        "reason_late",
        "code",
        "",
        "case.reason_late",
        Text("Why it is late", "Por qué está en mora", "逾期原因"),
    ),
    Fact(
        "ability",
        "code",
        "",
        "case.ability",
        Text("Whether the person can pay, as found", "Si puede pagar, según lo averiguado", "还款能力（已核实）"),
        codes=(
            _UNKNOWN,
            Code(1, "able", Text("Able", "Puede", "有能力")),
            Code(2, "unable", Text("Unable for now", "No puede por ahora", "暂无能力")),
        ),
    ),
    Fact(
        "willingness",
        "code",
        "",
        "case.willingness",
        Text("Whether the person wants to pay, as found", "Si quiere pagar, según lo averiguado", "还款意愿（已核实）"),
        codes=(
            _UNKNOWN,
            Code(1, "willing", Text("Willing", "Quiere", "愿意")),
            Code(2, "unwilling", Text("Unwilling", "No quiere", "不愿意")),
        ),
    ),
    Fact(
        "class_set",
        "code",
        "",
        "case.class_set",
        Text("Class set by a collector", "Clase fijada por un gestor", "催收员设定的类别"),
    ),
    Fact(
        "hold",
        "code",
        "",
        "hold: the gravest one open on account or person",
        Text("What stops the usual course", "Qué detiene el curso normal", "暂停常规流程的情形"),
        codes=(
            Code(0, "none", Text("Nothing", "Nada", "无")),
            Code(1, "money_in_flight", Text("Money is on its way", "El dinero viene en camino", "款项在途")),
            Code(2, "payment_trace", Text("A payment is being traced", "Se rastrea un pago", "正在查找付款")),
            Code(3, "papers_missing", Text("Papers are missing", "Faltan documentos", "资料缺失")),
            Code(
                4,
                "proposal_pending",
                Text("A proposal waits for an answer", "Una propuesta espera respuesta", "还款提议待答复"),
            ),
            Code(5, "complaint", Text("A complaint is open", "Hay una queja abierta", "投诉处理中")),
            Code(
                6,
                "creditor_request",
                Text("Asked for the original creditor", "Pidió el acreedor original", "要求告知原债权人"),
            ),
            Code(7, "dispute", Text("The debt is disputed", "La deuda está en disputa", "债务有争议")),
            Code(
                8,
                "adviser",
                Text("A debt adviser is at work", "Un asesor de deudas trabaja en un plan", "债务顾问正在拟定方案"),
            ),
            Code(9, "care", Text("The person needs care", "La persona necesita cuidado", "需要特别关怀")),
            Code(10, "wrong_person", Text("This is the wrong person", "No es la persona", "非本人")),
            Code(11, "cease", Text("Asked that contact cease", "Pidió cesar el contacto", "要求停止联系")),
            Code(
                12,
                "refused_as_barred",
                Text("Refused as statute-barred", "Se niega por prescripción", "以时效届满拒付"),
            ),
            Code(13, "attorney", Text("Represented by an attorney", "Representada por abogado", "已委托律师")),
            Code(14, "moratorium", Text("A moratorium runs", "Rige una moratoria", "处于宽限保护期")),
            Code(
                15, "restriction", Text("Processing is restricted", "El tratamiento está limitado", "个人数据处理受限")
            ),
            Code(16, "identity_theft", Text("Identity misused", "Identidad usurpada", "身份被冒用")),
            Code(17, "incapacity", Text("Cannot act for themselves", "No puede actuar por sí", "无行为能力")),
            Code(18, "bankruptcy", Text("Bankrupt", "En concurso o quiebra", "破产")),
            Code(19, "deceased", Text("Deceased", "Fallecida", "已故")),
        ),
    ),
    Fact(
        "hold_ends_in_days",
        "days",
        "days",
        "hold.until - as_of",
        Text("Days until that hold ends", "Días hasta que termine", "距解除暂停天数"),
        Text("no end is set", "sin fecha de fin", "没有设定结束日"),
        absent=NULL,
        low=0,
        high=36_500,
    ),
    Fact(
        "has_other_lenders",
        "flag",
        "",
        "case.has_other_lenders",
        Text("Owes several lenders", "Debe a varios acreedores", "欠多家机构"),
    ),
    Fact(
        "team_now",
        "code",
        "",
        "decision in force: owner_team",
        Text("Team that owns it now", "Equipo que lo lleva ahora", "当前负责团队"),
    ),
)
