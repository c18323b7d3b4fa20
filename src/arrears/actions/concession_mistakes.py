"""What is said when an offer, or an event of a debt, cannot be taken: a reason and a remedy in three languages."""

from typing import Final

from arrears.actions.mistakes import filled
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text

_LOOK_AGAIN: Final = Text("Look at the list again.", "Vuelva a mirar la lista.", "请重新查看列表。")
_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "account_unknown": (
        Text("There is no such debt here.", "Aquí no figura esa deuda.", "此处没有这笔债务。"),
        Text("Look the debt up again.", "Vuelva a buscar la deuda.", "请重新查找该债务。"),
    ),
    "nothing_to_cut": (
        Text(
            "Nothing is owed on this debt, or it is not ours any more.",
            "En esta deuda no se debe nada, o ya no es nuestra.",
            "这笔债务已无欠款，或已不归我方。",
        ),
        Text("Nothing has to be done.", "No hay que hacer nada.", "无需处理。"),
    ),
    "one_at_a_time": (
        Text(
            "An offer is going on for this debt already.",
            "Ya hay una oferta en curso para esta deuda.",
            "这笔债务已有进行中的方案。",
        ),
        Text("Withdraw that one first.", "Retire antes esa oferta.", "请先撤回该方案。"),
    ),
    "parts_missing": (
        Text(
            "A settlement needs a payment by a day.", "Un acuerdo necesita un pago con fecha.", "和解须有付款及日期。"
        ),
        Text("Say how much is paid, and when.", "Indique cuánto se paga y cuándo.", "请填写付款金额和日期。"),
    ),
    "too_many_parts": (
        Text("These are too many payments for one offer.", "Son demasiados pagos para una oferta.", "付款次数过多。"),
        Text("Agree on a plan instead.", "Acuerde un plan de pagos.", "请改为约定分期计划。"),
    ),
    "part_not_above_zero": (
        Text("A payment is above zero.", "Un pago es mayor que cero.", "付款金额须大于零。"),
        Text("Correct the amount.", "Corrija el importe.", "请更正金额。"),
    ),
    "part_day": (
        Text(
            "A payment lies before today or more than a year ahead.",
            "Un pago queda antes de hoy o a más de un año.",
            "付款日期早于今天或超过一年。",
        ),
        Text("Correct the day.", "Corrija la fecha.", "请更正日期。"),
    ),
    "cuts_nothing": (
        Text("Nothing of the debt is cut by this.", "Con esto no se rebaja nada.", "该方案未减免任何金额。"),
        Text("Take it as a promise.", "Tómelo como promesa.", "请登记为还款承诺。"),
    ),
    "cuts_too_much": (
        Text(
            "A waiver takes off fees, charges and interest, and there is less of them.",
            "Una condonación rebaja gastos, recargos e intereses, y hay menos que eso.",
            "减免仅限费用、滞纳金和利息，其总额低于所填金额。",
        ),
        Text("Cut less, or offer a settlement.", "Rebaje menos u ofrezca un acuerdo.", "请减少金额，或改用和解。"),
    ),
    "may_not_offer": (
        Text("Your role makes no offers.", "Su rol no hace ofertas.", "您的角色不能提出方案。"),
        Text("Leave it to a collector.", "Déjelo a un gestor.", "请交由催收员办理。"),
    ),
    "beyond_all_authority": (
        Text(
            "Nobody here may cut so much of such a debt.",
            "Nadie aquí puede rebajar tanto de una deuda así.",
            "任何人均无权对此类债务减免这么多。",
        ),
        Text("Offer less of a cut.", "Ofrezca una rebaja menor.", "请降低减免金额。"),
    ),
    "beyond_authority": (
        Text(
            "Your authority does not reach so far.",
            "Su autoridad no llega a tanto.",
            "您的权限不足。",
        ),
        Text("Leave it to somebody above.", "Déjelo a un superior.", "请交由上级决定。"),
    ),
    "own_offer": (
        Text("You made this offer yourself.", "Esta oferta la hizo usted.", "该方案由您本人提出。"),
        Text("Somebody else decides it.", "La decide otra persona.", "须由他人决定。"),
    ),
    "not_waiting": (
        Text("This offer does not wait any more.", "Esta oferta ya no está pendiente.", "该方案已不在待处理之列。"),
        _LOOK_AGAIN,
    ),
    "not_approved": (
        Text("This offer is not approved.", "Esta oferta no está aprobada.", "该方案未获批准。"),
        _LOOK_AGAIN,
    ),
    "has_expired": (
        Text("This offer has expired.", "Esta oferta ha vencido.", "该方案已失效。"),
        Text("Make it anew by today's figures.", "Hágala de nuevo con las cifras de hoy.", "请按今日数字重新提出。"),
    ),
    "draft_is_stale": (
        Text(
            "The debt is another by now, or the matrix refuses this.",
            "La deuda ya es otra, o la matriz lo rechaza.",
            "债务已变化，或权限表不允许。",
        ),
        Text("Make the offer anew.", "Haga la oferta de nuevo.", "请重新提出方案。"),
    ),
    "not_unconfirmed": (
        Text(
            "The cut of this offer waits for no confirmation.",
            "La rebaja de esta oferta no espera confirmación.",
            "该方案的减免无需确认。",
        ),
        _LOOK_AGAIN,
    ),
    "cut_has_changed": (
        Text(
            "What is to be cut has changed since this was shown.",
            "El importe por rebajar cambió desde que se mostró.",
            "待减免金额自显示后已变化。",
        ),
        Text("Look at the amount again.", "Vuelva a mirar el importe.", "请重新核对金额。"),
    ),
    "money_has_come": (
        Text("Money has come for this offer.", "Ya entró dinero por esta oferta.", "该方案已有付款。"),
        Text("Let it run to its end.", "Deje que llegue a su término.", "请等待其履行结束。"),
    ),
    "reason_missing": (
        Text("A reason is needed.", "Hace falta un motivo.", "需要填写理由。"),
        Text("Say why, in a few words.", "Diga por qué, en pocas palabras.", "请简要说明原因。"),
    ),
    "may_not_note": (
        Text("Your role does not do this.", "Su rol no hace esto.", "您的角色不能办理此事。"),
        Text("Leave it to somebody who may.", "Déjelo a quien pueda.", "请交由有权者办理。"),
    ),
    "human_needed": (
        Text("This takes a named human.", "Esto requiere una persona identificada.", "此事须由具名人员办理。"),
        Text("Sign in and do it yourself.", "Inicie sesión y hágalo usted.", "请登录后亲自办理。"),
    ),
    "event_unknown": (
        Text("There is no such event.", "No existe tal hecho.", "没有这种事项。"),
        Text("Choose one from the list.", "Elija uno de la lista.", "请从列表中选择。"),
    ),
    "amount_missing": (
        Text("An amount is needed.", "Hace falta un importe.", "需要填写金额。"),
        Text("Say how much.", "Indique cuánto.", "请填写金额。"),
    ),
    "corrects_missing": (
        Text(
            "What takes off corrects an entry of this debt that counts and added to it.",
            "Lo que resta corrige un asiento vigente de esta deuda que la aumentó.",
            "减少欠款的调整须更正本债务中一笔有效的增加分录。",
        ),
        Text(
            "Choose the entry, or propose a waiver.",
            "Elija el asiento o proponga una condonación.",
            "请选择该分录，或提出减免方案。",
        ),
    ),
    "corrects_same_day": (
        Text(
            "A fee or cost is adjusted only from the day after its own.",
            "Una comisión o un gasto solo se ajusta desde el día siguiente al suyo.",
            "费用只能自其次日起调整。",
        ),
        Text(
            "Take the entry back, or give a later day.",
            "Anule el asiento o indique un día posterior.",
            "请冲回该分录，或填写更晚的日期。",
        ),
    ),
    "corrects_too_much": (
        Text(
            "Less than that is left of the entry to correct.",
            "Del asiento queda por corregir menos que eso.",
            "该分录可更正的余额低于所填金额。",
        ),
        Text(
            "Take off less, or propose a waiver.",
            "Reste menos o proponga una condonación.",
            "请减少金额，或提出减免方案。",
        ),
    ),
    "principal_beyond": (
        Text(
            "The principal part is not a part of the amount.",
            "La parte de principal no cabe en el importe.",
            "本金部分不在金额之内。",
        ),
        Text("Correct the principal part.", "Corrija la parte de principal.", "请更正本金部分。"),
    ),
    "end_missing": (
        Text("It must end on a day to come.", "Debe terminar en una fecha futura.", "须填写将来的结束日期。"),
        Text("Say until when.", "Indique hasta cuándo.", "请填写结束日期。"),
    ),
    "nothing_carried": (
        Text(
            "Nothing of this debt is carried in the books any more.",
            "En libros ya no figura nada de esta deuda.",
            "账面上已无这笔债务的余额。",
        ),
        Text("Nothing has to be done.", "No hay que hacer nada.", "无需处理。"),
    ),
    "own_report": (
        Text("You reported this yourself.", "Esto lo informó usted.", "此项由您本人上报。"),
        Text("Somebody else confirms it.", "Lo confirma otra persona.", "须由他人确认。"),
    ),
    "report_decided": (
        Text("This is decided already.", "Esto ya está decidido.", "此事已有决定。"),
        _LOOK_AGAIN,
    ),
    "day_ahead": (
        Text("That day has not come yet.", "Ese día aún no ha llegado.", "该日期尚未到来。"),
        Text("Give the day on which it was.", "Indique el día en que fue.", "请填写实际日期。"),
    ),
}


def mistake(code: str, field: str = "") -> Problem:
    """Return the problem called ``code``."""
    return filled(code, _SAID[code], field)
