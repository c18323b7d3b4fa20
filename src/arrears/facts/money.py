"""What is owed, in which currency, and what has been paid of it lately."""

from arrears.facts.fact import NULL, Code, Fact
from arrears.kernel.texts import Text

FACTS = (
    Fact(
        "currency",
        "code",
        "ISO 4217 number",
        "account.currency (not in the position)",
        Text("Currency", "Moneda", "币种"),
        Text("not told", "no se indicó", "未说明"),
        absent=NULL,
        low=1,
        high=999,
        codes=(
            Code(124, "CAD", Text("Canadian dollar", "dólar canadiense", "加元")),
            Code(156, "CNY", Text("Chinese yuan", "yuan chino", "人民币")),
            Code(356, "INR", Text("Indian rupee", "rupia india", "印度卢比")),
            Code(392, "JPY", Text("Japanese yen", "yen japonés", "日元")),
            Code(484, "MXN", Text("Mexican peso", "peso mexicano", "墨西哥比索")),
            Code(826, "GBP", Text("Pound sterling", "libra esterlina", "英镑")),
            Code(840, "USD", Text("US dollar", "dólar estadounidense", "美元")),
            Code(978, "EUR", Text("Euro", "euro", "欧元")),
        ),
    ),
    Fact(
        "arrears_minor",
        "money",
        "minor units",
        "position.due_unpaid_minor and the late charge to date",
        Text("Amount past due", "Importe vencido", "逾期金额"),
    ),
    Fact(
        "balance_minor",
        "money",
        "minor units",
        "position: principal, interest, fees and late charge to date, less credit",
        Text("Balance owed", "Saldo adeudado", "欠款余额"),
    ),
    Fact(
        "is_part_paid",
        "flag",
        "",
        "position.last_payment_day >= position.oldest_unpaid_day",
        Text("Something was paid since it fell overdue", "Se pagó algo desde el atraso", "逾期后已部分还款"),
    ),
    Fact(
        "has_payment_pending",
        "flag",
        "",
        "position.pending_minor > 0",
        Text("A payment is seen but not cleared", "Hay un pago visto y sin confirmar", "有在途未入账款项"),
    ),
)
