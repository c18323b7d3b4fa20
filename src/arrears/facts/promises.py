"""What was promised, and how earlier promises went."""

from arrears.facts.fact import NULL, Code, Fact
from arrears.kernel.texts import Text

FACTS = (
    Fact(
        "promise_due_in_days",
        "days",
        "days",
        "position.promise_due_day - as_of",
        Text("Days until the open promise is due", "Días hasta la promesa vigente", "距承诺还款日天数"),
        Text("no promise is open", "no hay promesa vigente", "没有未到期承诺"),
        absent=NULL,
        low=-3_650,
        high=3_650,
    ),
    Fact(
        "broken_promises_90d",
        "count",
        "promises",
        "position.broken_1_day to broken_3_day, within 90 days of as_of",
        Text("Promises broken in 90 days", "Promesas incumplidas en 90 días", "近90天失约次数"),
        high=3,
    ),
    Fact(
        "kept_promises",
        "count",
        "promises",
        "position.promises_kept",
        Text("Promises kept so far", "Promesas cumplidas hasta ahora", "累计守约次数"),
        high=10_000,
    ),
    Fact(
        "last_promise",
        "code",
        "",
        "position: kept where one was kept and money came since the last was broken",
        Text("How promises stand", "Cómo van las promesas", "履约现状"),
        codes=(
            Code(0, "none", Text("None yet", "Ninguna aún", "尚无")),
            Code(1, "kept", Text("Kept", "Cumplida", "守约")),
            Code(2, "broken", Text("Broken", "Incumplida", "失约")),
        ),
    ),
    Fact(
        "days_since_broken",
        "days",
        "days",
        "as_of - position.broken_1_day",
        Text("Days since a promise was broken", "Días desde la última promesa incumplida", "距最近失约天数"),
        Text("none was broken", "ninguna se incumplió", "没有失约"),
        absent=NULL,
        low=0,
        high=36_500,
    ),
)
