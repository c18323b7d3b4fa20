"""What can be wrong with a file, a column or a row, in words with a remedy. Row faults are found by the million."""

from typing import Final

from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text

FAULTS: Final[dict[str, tuple[Text, Text]]] = {
    "missing": (
        Text("This field is empty.", "Este campo está vacío.", "此字段为空。"),
        Text("Fill it in.", "Complételo.", "请填写。"),
    ),
    "not_a_date": (
        Text(
            "This is not a date in the format of its column.",
            "No es una fecha con el formato de su columna.",
            "不符合该列日期格式。",
        ),
        Text(
            "Write it like the others, or set the column's format in the mapping.",
            "Escríbala como las demás o indique el formato en la correspondencia.",
            "请与其他行格式一致，或在映射中指定格式。",
        ),
    ),
    "not_an_instant": (
        Text("This is not a date and time that exists.", "No es una fecha y hora existente.", "这不是有效的日期时间。"),
        Text("Write it like 2025-03-01 14:30.", "Escríbala como 2025-03-01 14:30.", "请写成 2025-03-01 14:30。"),
    ),
    "not_an_amount": (
        Text("This is not an amount.", "No es un importe.", "这不是金额。"),
        Text("Write digits, such as 1234.50.", "Escriba cifras, por ejemplo 1234.50.", "请填写数字，例如 1234.50。"),
    ),
    "amount_too_fine": (
        Text(
            "It has more decimal digits than its currency.",
            "Tiene más decimales que su moneda.",
            "小数位数超过该币种。",
        ),
        Text("Round it at its source.", "Redondéelo en su origen.", "请在数据来源处取整。"),
    ),
    "amount_too_large": (
        Text(
            "It is above the largest amount one entry may carry.",
            "Supera el importe máximo de un asiento.",
            "超过单笔分录的最大金额。",
        ),
        Text(
            "Check the decimal mark, or split it.", "Revise el separador decimal o divídalo.", "请检查小数点，或拆分。"
        ),
    ),
    "not_above_zero": (
        Text("It must be above zero.", "Debe ser mayor que cero.", "必须大于零。"),
        Text(
            "Correct the amount; write money that goes back as a return of its payment.",
            "Corrija el importe; una devolución se indica como devolución de su pago.",
            "请更正金额；退回款项请写成原付款的退回。",
        ),
    ),
    "below_zero": (
        Text("It must not be below zero.", "No puede ser menor que cero.", "不得小于零。"),
        Text("Correct the amount.", "Corrija el importe.", "请更正金额。"),
    ),
    "part_above_whole": (
        Text("A part is larger than the whole amount.", "Una parte supera el importe total.", "部分金额大于总额。"),
        Text("Correct one of the two.", "Corrija uno de los dos.", "请更正其中之一。"),
    ),
    "not_a_number": (
        Text("This is not a number that fits here.", "No es un número válido aquí.", "这不是适用的数字。"),
        Text("Correct the number.", "Corrija el número.", "请更正该数字。"),
    ),
    "not_known": (
        Text(
            "This word is not known for its field.", "Esta palabra no se reconoce en su campo.", "该字段不认识这个词。"
        ),
        Text(
            "Use a known word, or say in the mapping what it means.",
            "Use una palabra conocida o indique en la correspondencia qué significa.",
            "请使用已知词，或在映射中说明其含义。",
        ),
    ),
    "not_a_currency": (
        Text("This is no ISO 4217 currency.", "No es una moneda ISO 4217.", "不是 ISO 4217 币种。"),
        Text(
            "Write a code such as USD, EUR or CNY.",
            "Escriba un código como USD, EUR o CNY.",
            "请写 USD、EUR、CNY 等代码。",
        ),
    ),
    "not_a_country": (
        Text("This is no ISO 3166 country.", "No es un país ISO 3166.", "不是 ISO 3166 国家。"),
        Text(
            "Write two letters such as US, ES or CN.",
            "Escriba dos letras como US, ES o CN.",
            "请写 US、ES、CN 等两位代码。",
        ),
    ),
    "not_a_language": (
        Text("This is no language code.", "No es un código de idioma.", "不是语言代码。"),
        Text("Write a code such as en, es or zh.", "Escriba un código como en, es o zh.", "请写 en、es、zh 等代码。"),
    ),
    "not_a_phone": (
        Text("This is not a telephone number.", "No es un número de teléfono.", "这不是电话号码。"),
        Text(
            "Write it with its country code, such as +1 202 555 0143.",
            "Escríbalo con el prefijo del país, por ejemplo +34 910 000 000.",
            "请加国家代码，例如 +86 10 0000 0000。",
        ),
    ),
    "not_an_email": (
        Text("This is not an e-mail address.", "No es un correo electrónico.", "这不是电子邮箱地址。"),
        Text("Correct it, or leave it empty.", "Corríjalo o déjelo vacío.", "请更正或留空。"),
    ),
    "too_long": (
        Text("It is longer than its field may be.", "Es más largo de lo que admite su campo.", "超过该字段长度。"),
        Text("Shorten it.", "Acórtelo.", "请缩短。"),
    ),
    "too_many_cells": (
        Text(
            "The row has more cells than the header has names.",
            "La fila tiene más celdas que la cabecera.",
            "该行单元格多于表头。",
        ),
        Text(
            "Quote a text that contains the delimiter.",
            "Entrecomille el texto que contiene el separador.",
            "请给含分隔符的文字加引号。",
        ),
    ),
    "said_twice": (
        Text(
            "An earlier row of this file says the same.",
            "Una fila anterior de este archivo dice lo mismo.",
            "本文件前面已有相同的行。",
        ),
        Text(
            "Nothing to do if it is one record; give both a reference of their own if they are two.",
            "Nada que hacer si es un solo registro; dé a cada uno su referencia si son dos.",
            "若为同一条记录则无需处理；若为两条，请各给一个编号。",
        ),
    ),
    "no_such_account": (
        Text("No debt has this number.", "Ninguna deuda tiene este número.", "没有此编号的债务。"),
        Text(
            "Import the debts first, or correct the number.",
            "Importe antes las deudas o corrija el número.",
            "请先导入债务，或更正编号。",
        ),
    ),
    "no_such_person": (
        Text("No person has this number.", "Ninguna persona tiene este número.", "没有此编号的人。"),
        Text(
            "Import the parties first, or correct the number.",
            "Importe antes las personas o corrija el número.",
            "请先导入当事人，或更正编号。",
        ),
    ),
    "other_currency": (
        Text("The debt is in another currency.", "La deuda está en otra moneda.", "该债务为其他币种。"),
        Text("Convert it at its source.", "Conviértalo en su origen.", "请在数据来源处换算。"),
    ),
    "reference_taken": (
        Text(
            "Another record already has this reference.",
            "Otro registro ya tiene esta referencia.",
            "该编号已被另一条记录使用。",
        ),
        Text(
            "Give it a reference of its own, or correct what was posted by a reversal.",
            "Dele una referencia propia o corrija lo asentado con una retrocesión.",
            "请给它单独的编号，或用冲回更正已入账的内容。",
        ),
    ),
    "differs": (
        Text(
            "This debt is in the book with other terms.",
            "Esta deuda ya figura con otros datos.",
            "该债务已入账且内容不同。",
        ),
        Text(
            "A debt is opened once; post an adjustment, a fee or a waiver as an entry.",
            "Una deuda se abre una vez; registre un ajuste, comisión o condonación como asiento.",
            "债务只建立一次；请以调整、费用或减免分录入账。",
        ),
    ),
    "no_such_entry": (
        Text(
            "No posted payment has this reference.",
            "Ningún pago asentado tiene esta referencia.",
            "没有此编号的已入账付款。",
        ),
        Text("Correct the reference.", "Corrija la referencia.", "请更正编号。"),
    ),
    "reversed_already": (
        Text("This payment has been returned already.", "Este pago ya fue devuelto.", "该付款已退回。"),
        Text("Nothing to do.", "Nada que hacer.", "无需处理。"),
    ),
    "source_not_allowed": (
        Text(
            "Data from this source may not be worked (R06, R07, R13).",
            "No se permite usar datos de esta fuente (R06, R07, R13).",
            "不得使用该来源的数据（R06、R07、R13）。",
        ),
        Text("Leave it out: it is not kept.", "Déjelo fuera: no se guarda.", "请删去：系统不予保存。"),
    ),
    "runs_backward": (
        Text("It ends before it begins.", "Termina antes de empezar.", "结束早于开始。"),
        Text("Correct one of the two dates.", "Corrija una de las dos fechas.", "请更正其中一个日期。"),
    ),
    "still_ahead": (
        Text("This has not happened yet.", "Esto todavía no ha ocurrido.", "此事尚未发生。"),
        Text(
            "Correct the date; only what was said or done can be brought in.",
            "Corrija la fecha; solo se importa lo que ya se dijo o se hizo.",
            "请更正日期；只能导入已经发生的事。",
        ),
    ),
    "paid_ahead": (
        Text(
            "The value date lies more than a week ahead.",
            "La fecha valor queda a más de una semana.",
            "起息日在一周以后。",
        ),
        Text(
            "Correct the date, or bring the payment in when its day has come.",
            "Corrija la fecha o importe el pago cuando llegue su día.",
            "请更正日期，或待该日到来后再导入此笔付款。",
        ),
    ),
    "too_far_ahead": (
        Text(
            "This day lies more than a year ahead.",
            "Este día queda a más de un año.",
            "该日期在一年以后。",
        ),
        Text("Correct the year.", "Corrija el año.", "请更正年份。"),
    ),
    "no_due_date": (
        Text(
            "Something is overdue, but not since when.",
            "Hay importe vencido, pero no desde cuándo.",
            "有逾期金额但没有逾期起始日。",
        ),
        Text(
            "Give the oldest due date or the days past due.",
            "Indique el vencimiento más antiguo o los días de mora.",
            "请填写最早到期日或逾期天数。",
        ),
    ),
}
"""A fault's reason and remedy, by its code."""


def problem(code: str, *, file: str = "", row: int | None = None, field: str = "") -> Problem:
    """Return one row's fault as a problem; raises KeyError for a code that is none."""
    reason, remedy = FAULTS[code]
    return Problem(code, reason, remedy, Where(file, row, field))


def whole_file(code: str, reason: Text, remedy: Text, *, file: str = "", field: str = "") -> Problem:
    """Return a problem of a whole file or column, which must be settled before any row goes in."""
    return Problem(code, reason, remedy, Where(file, None, field))
