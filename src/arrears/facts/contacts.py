"""What was tried to reach the person, and what came of it."""

from arrears.facts.fact import NULL, Fact
from arrears.kernel.texts import Text

FACTS = (
    Fact(
        "calls_7d",
        "count",
        "calls",
        "position.calls_slots, seven days up to as_of",
        Text("Calls tried in seven days", "Llamadas intentadas en siete días", "近七天拨打次数"),
        high=10_000,
    ),
    Fact(
        "attempts_since_rpc",
        "count",
        "attempts",
        "position.attempts_since_rpc",
        Text(
            "Attempts since the person was last spoken to",
            "Intentos desde la última conversación",
            "上次通话后的尝试次数",
        ),
        high=10_000,
    ),
    Fact(
        "has_talked_since_late",
        "flag",
        "",
        "position.last_rpc_day >= position.late_since_day",
        Text("Spoken to since it fell overdue", "Se habló con la persona desde el atraso", "逾期后已与本人通话"),
    ),
    Fact(
        "days_since_contact",
        "days",
        "days",
        "as_of - position.last_attempt_day",
        Text("Days since the last attempt", "Días desde el último intento", "距上次联系天数"),
        Text("never tried", "nunca se intentó", "从未联系"),
        absent=NULL,
        low=0,
        high=36_500,
    ),
    Fact(
        "days_since_worked",
        "days",
        "days",
        "as_of - the later of position.last_attempt_day and last_contact_day",
        Text("Days since anybody worked the case", "Días desde que alguien trabajó el caso", "距上次处理天数"),
        Text("nobody has yet", "nadie lo ha hecho aún", "尚无人处理"),
        absent=NULL,
        low=0,
        high=36_500,
    ),
    Fact(
        "reachable_phones",
        "count",
        "numbers",
        "person: valid telephone numbers",
        Text("Telephone numbers not known to be bad", "Teléfonos no descartados", "未确认失效的电话数"),
        absent=1,
        high=1_000,
    ),
)
