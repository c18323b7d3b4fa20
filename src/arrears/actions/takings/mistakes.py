"""What the verbs of takings say when they cannot do what was asked; a rule that refuses speaks by its own name."""

from typing import Final

from arrears.actions.mistakes import filled
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.packs.takings import TakingRule

_AGAIN: Final = Text("Look at the list again.", "Vuelva a mirar la lista.", "请重新查看列表。")

_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "account_unknown": (
        Text("There is no such debt here.", "Aquí no figura esa deuda.", "此处没有这笔债务。"),
        Text("Look the debt up again.", "Vuelva a buscar la deuda.", "请重新查找该债务。"),
    ),
    "debt_over": (
        Text("This debt takes no more payments.", "Esta deuda ya no admite pagos.", "该债务不再接受付款。"),
        Text("Check its status.", "Revise su estado.", "请核对其状态。"),
    ),
    "no_provider": (
        Text(
            "No payment provider is set up for the creditor.",
            "El acreedor no tiene configurado un proveedor de pagos.",
            "该债权人尚未设置支付服务商。",
        ),
        Text(
            "Take a transfer, or have an administrator set one up.",
            "Ofrezca una transferencia o pida a administración que lo configure.",
            "请改用转账，或请管理员完成设置。",
        ),
    ),
    "amount_missing": (
        Text("An amount above zero is needed.", "Hace falta un importe mayor que cero.", "需要大于零的金额。"),
        Text("Ask how much, and write it.", "Pregunte cuánto y anótelo.", "请询问并填写金额。"),
    ),
    "more_than_owed": (
        Text(
            "That is more than is owed in all.",
            "Es más de lo que se debe en total.",
            "该金额超过欠款总额。",
        ),
        Text("Write what is owed, or a part.", "Escriba lo que se debe, o una parte.", "请填写欠款额或其一部分。"),
    ),
    "on_its_way": (
        Text(
            "With what is already on its way, that is more than is owed in all.",
            "Con lo que ya está en camino, supera lo que se debe en total.",
            "连同在途款项，该金额超过欠款总额。",
        ),
        Text(
            "Take less, or wait for what is on its way.",
            "Cobre menos, o espere a lo que está en camino.",
            "请减少金额，或等待在途款项到账。",
        ),
    ),
    "nothing_due": (
        Text("Nothing is past due on this debt.", "Esta deuda no tiene nada vencido.", "该债务没有逾期款项。"),
        Text("Name an amount.", "Indique un importe.", "请填写金额。"),
    ),
    "no_promise": (
        Text("No promise is open on this debt.", "No hay promesa abierta en esta deuda.", "该债务没有未完结的承诺。"),
        Text("Name an amount.", "Indique un importe.", "请填写金额。"),
    ),
    "not_takeable": (
        Text(
            "The provider cannot take exactly this amount.",
            "El proveedor no puede cobrar exactamente ese importe.",
            "支付服务商无法收取该精确金额。",
        ),
        Text("Round it.", "Redondéelo.", "请取整。"),
    ),
    "words_missing": (
        Text(
            "The words that the debtor agreed to are needed.",
            "Faltan las palabras que el deudor aceptó.",
            "需要债务人同意的原话。",
        ),
        Text("Write what was said or signed.", "Escriba lo dicho o firmado.", "请填写所说或所签内容。"),
    ),
    "proof_missing": (
        Text(
            "It is not said what proves the authorisation.",
            "No se indica qué prueba la autorización.",
            "未说明授权的证明。",
        ),
        Text(
            "Name the recording or the paper.",
            "Indique la grabación o el documento.",
            "请注明录音或文件。",
        ),
    ),
    "scheme_unknown": (
        Text("There is no such kind of debit.", "No existe ese tipo de débito.", "没有这种扣款方式。"),
        Text("Choose one from the list.", "Elija uno de la lista.", "请从列表中选择。"),
    ),
    "no_method": (
        Text(
            "Nothing is on file at the provider to debit.",
            "El proveedor no tiene registrado de dónde cobrar.",
            "支付服务商没有可扣款的账户记录。",
        ),
        Text(
            "Send the page on which the debtor enters it.",
            "Envíe la página donde el deudor lo registra.",
            "请发送供债务人填写的页面。",
        ),
    ),
    "mandate_over": (
        Text(
            "This authorisation is not in force.",
            "Esta autorización no está vigente.",
            "该授权未生效或已失效。",
        ),
        Text("Ask the debtor for a new one.", "Pida al deudor una nueva.", "请向债务人取得新的授权。"),
    ),
    "day_past": (
        Text("That day is past.", "Ese día ya pasó.", "该日期已过。"),
        Text("Name a day from today on.", "Indique un día desde hoy.", "请选择今天或之后的日期。"),
    ),
    "day_not_come": (
        Text("Its day has not come.", "Aún no es su día.", "尚未到扣款日。"),
        Text("It is taken on that day.", "Se cobrará ese día.", "将在该日扣款。"),
    ),
    "notice_missing": (
        Text("The debtor was not told of it in time.", "No se avisó al deudor a tiempo.", "未及时通知债务人。"),
        Text("Give notice, and take it after the days.", "Avise y cobre pasado el plazo.", "请先通知，期满后再扣款。"),
    ),
    "copy_missing": (
        Text(
            "The debtor has no copy of what was agreed on the telephone.",
            "El deudor no tiene copia de lo acordado por teléfono.",
            "债务人尚未收到电话约定内容的副本。",
        ),
        Text("Give the copy first.", "Entregue antes la copia.", "请先交付副本。"),
    ),
    "held": (
        Text(
            "A hold on this case stops debits.",
            "Una pausa de este caso impide los débitos.",
            "本案的暂停状态不允许扣款。",
        ),
        Text(
            "The debtor may still pay by link of their own accord.",
            "El deudor aún puede pagar por enlace si lo desea.",
            "债务人仍可自愿通过链接付款。",
        ),
    ),
    "money_moves": (
        Text("Money is already on its way.", "El dinero ya está en camino.", "款项已在途中。"),
        Text("Wait for its result.", "Espere el resultado.", "请等待结果。"),
    ),
    "not_failed": (
        Text(
            "This debit has not failed, or was dealt with.",
            "Este débito no falló o ya se atendió.",
            "该扣款未失败或已处理。",
        ),
        _AGAIN,
    ),
    "not_repeatable": (
        Text(
            "A debit refused for this reason is never presented again.",
            "Un débito rechazado por este motivo no se vuelve a presentar.",
            "因该原因被拒的扣款不得再次提交。",
        ),
        Text("Ask for another way to pay.", "Pida otra forma de pago.", "请询问其他付款方式。"),
    ),
    "over": (
        Text("This is over already.", "Esto ya terminó.", "此事已结束。"),
        _AGAIN,
    ),
    "trace_running": (
        Text(
            "A payment on this debt is being looked for.",
            "Ya se busca un pago de esta deuda.",
            "正在查找该债务的一笔付款。",
        ),
        Text("Add to that one.", "Complete esa búsqueda.", "请在该查找中补充。"),
    ),
    "answer_missing": (
        Text("An answer is missing.", "Falta una respuesta.", "缺少一项回答。"),
        Text(
            "Ask to which account, how much, when and how.",
            "Pregunte a qué cuenta, cuánto, cuándo y cómo.",
            "请询问付到哪个账户、多少、何时、如何付款。",
        ),
    ),
    "day_ahead": (
        Text("That day lies in the future.", "Ese día está en el futuro.", "该日期在将来。"),
        Text("Check the day.", "Revise el día.", "请核对日期。"),
    ),
    "not_that_payment": (
        Text(
            "That is no payment on a debt of this person.",
            "Ese no es un pago de una deuda de esta persona.",
            "这不是此人债务的付款。",
        ),
        Text("Choose one from the list.", "Elija uno de la lista.", "请从列表中选择。"),
    ),
    "must_be_told": (
        Text(
            "Say in which words the debtor is told.",
            "Indique con qué palabras se informa al deudor.",
            "请填写告知债务人的内容。",
        ),
        Text("Write them: contact then resumes.", "Escríbalas: después se reanuda el contacto.", "填写后恢复联系。"),
    ),
    "nothing_to_share": (
        Text(
            "These debts cannot share a payment.",
            "Estas deudas no pueden compartir un pago.",
            "这些债务不能分摊一笔付款。",
        ),
        Text(
            "Choose debts of one person, one creditor and one currency.",
            "Elija deudas de una persona, un acreedor y una moneda.",
            "请选择同一人、同一债权人、同一币种的债务。",
        ),
    ),
    "directed_too_much": (
        Text(
            "The debtor directs more than is paid.",
            "El deudor indica más de lo que paga.",
            "债务人指定的金额超过付款额。",
        ),
        Text("Check the amounts.", "Revise los importes.", "请核对金额。"),
    ),
    "ask_the_debtor": (
        Text(
            "The rest may go to a disputed debt only if the debtor says so (12 CFR 1006.30(c)).",
            "El resto solo puede ir a una deuda en disputa si el deudor lo indica (12 CFR 1006.30(c)).",
            "仅在债务人指明时，余额才可用于有争议的债务（12 CFR 1006.30(c)）。",
        ),
        Text(
            "Ask the debtor which debt it is for.",
            "Pregunte al deudor para qué deuda es.",
            "请询问债务人用于哪笔债务。",
        ),
    ),
    "receipt_unknown": (
        Text("There is no such receipt here.", "Aquí no figura ese recibo.", "此处没有该收据。"),
        _AGAIN,
    ),
}


def mistake(code: str, field: str = "", **values: object) -> Problem:
    """Return the problem called ``code``, its places filled."""
    return filled(code, _SAID[code], field, **values)


_KEPT: Final = Text("Keep to what the rule allows.", "Aténgase a lo que la regla permite.", "请遵守该规则。")


def refused_by(rule: TakingRule, field: str = "") -> Problem:
    """Return the refusal of a rule: its id is the code, its words the reason, its citation behind them."""
    behind = ", ".join(part for part in (rule.id, rule.citation) if part)
    words = rule.said()
    cited = Text(f"{words.en} ({behind})", f"{words.es} ({behind})", f"{words.zh}（{behind}）")
    return Problem(rule.id, cited, _KEPT, Where(field=field))
