"""How an instalment plan on a debt stands, and when it wants money next."""

from arrears.domain.position import PlanCode
from arrears.facts.fact import NULL, Code, Fact
from arrears.kernel.texts import Text

_WORDS = {
    PlanCode.NONE: Text("No plan runs", "Ningún plan en curso", "无履行中的计划"),
    PlanCode.ON_TIME: Text("On time", "Al corriente", "按时履行"),
    PlanCode.BEHIND: Text("Behind, within its grace", "Con retraso, dentro de la gracia", "落后，尚在宽限内"),
    PlanCode.MISSED: Text("An instalment was missed", "Se incumplió una cuota", "有一期未还"),
    PlanCode.DEFAULTED: Text("In default", "Incumplido", "已违约"),
}

FACTS = (
    Fact(
        "plan_state",
        "code",
        "",
        "position.plan_state",
        Text("How the plan stands", "Cómo va el plan", "分期计划履行状况"),
        codes=tuple(Code(int(code), code.name.lower(), words) for code, words in _WORDS.items()),
    ),
    Fact(
        "plan_due_in_days",
        "days",
        "days",
        "position.plan_due_day - as_of",
        Text("Days until the plan's next instalment", "Días hasta la próxima cuota del plan", "距计划下期天数"),
        Text("no instalment is to come", "no hay cuota por venir", "没有待还的期"),
        absent=NULL,
        low=-3_650,
        high=36_500,
    ),
    Fact(
        "plan_behind_days",
        "days",
        "days",
        "as_of - position.plan_late_day",
        Text(
            "Days since the plan's oldest late instalment",
            "Días desde la cuota del plan más atrasada",
            "计划最早逾期天数",
        ),
        Text("no instalment is late", "ninguna cuota va con retraso", "没有逾期的期"),
        absent=NULL,
        low=0,
        high=36_500,
    ),
)
