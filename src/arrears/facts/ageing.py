"""How late a debt is, how it came to be late, and when the next instalment falls due."""

from arrears.facts.fact import NULL, Code, Fact
from arrears.kernel.texts import Text

FACTS = (
    Fact(
        "status",
        "code",
        "",
        "account.status, else position.flags",
        Text("Status of the account", "Estado de la cuenta", "账户状态"),
        absent=1,
        codes=(
            Code(1, "open", Text("Open", "Abierta", "未结清")),
            Code(2, "nothing_owed", Text("Nothing is owed", "No se debe nada", "已无欠款")),
            Code(3, "written_off", Text("Written off, still owed", "Castigada, aún se debe", "已核销，债务仍在")),
            Code(4, "sold", Text("Sold", "Vendida", "已转让")),
            Code(5, "paid", Text("Paid in full", "Pagada por completo", "已还清")),
            Code(6, "settled", Text("Settled", "Liquidada por acuerdo", "已和解结清")),
            Code(7, "closed", Text("Closed", "Cerrada", "已关闭")),
        ),
    ),
    Fact(
        "days_past_due",
        "days",
        "days",
        "as_of - position.oldest_unpaid_day",
        Text("Days past due", "Días de atraso", "逾期天数"),
        low=0,
        high=36_500,
    ),
    Fact(
        "days_to_next_due",
        "days",
        "days",
        "position.next_due_day - as_of",
        Text("Days until the next instalment", "Días hasta la próxima cuota", "距下期还款天数"),
        Text("no instalment is still to come", "no queda ninguna cuota por vencer", "没有后续分期"),
        absent=NULL,
        low=0,
        high=36_500,
    ),
    Fact(
        "days_since_cure",
        "days",
        "days",
        "as_of - position.cured_day",
        Text("Days since it was last brought up to date", "Días desde que se puso al día", "距上次补齐欠款天数"),
        Text("it never was in arrears", "nunca estuvo en mora", "从未逾期"),
        absent=NULL,
        low=0,
        high=36_500,
    ),
    Fact(
        "is_first_instalment",
        "flag",
        "",
        "position.flags: FIRST_UNPAID",
        Text("The very first instalment is unpaid", "La primera cuota está impaga", "首期即未还"),
    ),
    Fact(
        "late_of_last_12",
        "count",
        "instalments",
        "position.late_pattern, lowest 12 bits",
        Text(
            "Late among the last twelve instalments", "Atrasadas de las doce últimas cuotas", "最近十二期中的逾期期数"
        ),
        high=12,
    ),
)
