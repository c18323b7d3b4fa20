"""Why a debt was thought of: each reason by its code, and in words."""

from typing import Final

from arrears.kernel.texts import Text

REASONS: Final[dict[str, Text]] = {
    "reference_exact": Text("reference {value} found", "referencia {value} encontrada", "找到参考号 {value}"),
    "reference_broken": Text(
        "reference {value} found, broken by spaces",
        "referencia {value} encontrada, partida por espacios",
        "找到被空格断开的参考号 {value}",
    ),
    "reference_core": Text(
        "number {value} found, without its letters or leading zeros",
        "número {value} encontrado, sin sus letras o ceros iniciales",
        "找到号码 {value}（缺字母或前导零）",
    ),
    "reference_structured": Text(
        "structured reference {value}, check digit right",
        "referencia estructurada {value}, dígito de control correcto",
        "结构化参考号 {value}，校验位正确",
    ),
    "reference_glued": Text(
        "reference found inside {value}", "referencia encontrada dentro de {value}", "在 {value} 中找到参考号"
    ),
    "reference_swapped": Text(
        "two neighbouring digits changed places in {value}",
        "dos cifras vecinas intercambiadas en {value}",
        "{value} 中相邻两位互换",
    ),
    "reference_one_off": Text(
        "one character differs in {value}", "un carácter distinto en {value}", "{value} 有一个字符不同"
    ),
    "reference_truncated": Text("reference cut off: {value}", "referencia cortada: {value}", "参考号被截断：{value}"),
    "references_several": Text(
        "references of several debts on one line",
        "referencias de varias deudas en una línea",
        "一行含多笔债务的参考号",
    ),
    "parts_add_up": Text(
        "what is due on these debts adds up to the amount",
        "lo vencido de estas deudas suma el importe",
        "这些债务的应付额之和等于金额",
    ),
    "lines_add_up": Text(
        "together with other lines it comes to what is due",
        "junto con otras líneas suma lo vencido",
        "与其他行合计等于应付额",
    ),
    "amount_instalment": Text("amount equals the instalment", "el importe es la cuota", "金额等于分期额"),
    "amount_due": Text("amount equals what is due and unpaid", "el importe es lo vencido impago", "金额等于逾期未付额"),
    "amount_promise": Text("amount equals the promise", "el importe es lo prometido", "金额等于承诺金额"),
    "amount_promise_on_time": Text(
        "amount and day are those of the promise",
        "importe y día son los de la promesa",
        "金额和日期与承诺一致",
    ),
    "amount_balance": Text("amount equals the whole balance", "el importe es el saldo total", "金额等于全部余额"),
    "amount_before": Text("the same amount was paid before", "ya se pagó antes el mismo importe", "以前付过相同金额"),
    "amount_instalments": Text(
        "amount is several whole instalments", "el importe son varias cuotas enteras", "金额为数期整额"
    ),
    "amount_other": Text(
        "amount equals nothing that is due", "el importe no coincide con nada vencido", "金额与应付额不符"
    ),
    "amount_of_another": Text(
        "the amount is rather that of another debt",
        "el importe es más bien el de otra deuda",
        "金额更像另一笔债务的",
    ),
    "name_same": Text("payer's name is the same", "el nombre del pagador coincide", "付款人姓名一致"),
    "name_alike": Text("name alike {value}", "nombre parecido {value}", "姓名相似度 {value}"),
    "name_other": Text("paid by another name", "pagado por otro nombre", "付款人姓名不同"),
    "payer_known": Text(
        "paid from the same bank account before",
        "pagado antes desde la misma cuenta bancaria",
        "以前从同一银行账户付款",
    ),
    "payer_other": Text(
        "that bank account paid another debt before",
        "esa cuenta bancaria pagó antes otra deuda",
        "该银行账户以前付过另一笔债务",
    ),
    "payer_new": Text(
        "paid from another bank account than before",
        "pagado desde otra cuenta bancaria que antes",
        "付款银行账户与以前不同",
    ),
    "only_one": Text("no other debt fits", "ninguna otra deuda encaja", "没有其他债务符合"),
    "nothing_found": Text("nothing points to a debt", "nada apunta a una deuda", "没有指向任何债务的线索"),
    "too_close": Text("another debt fits nearly as well", "otra deuda encaja casi igual", "另一笔债务几乎同样符合"),
}


def said(code: str, value: str = "") -> Text:
    """Return a reason in words."""
    return REASONS[code].filled(value=value)
