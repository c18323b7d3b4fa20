"""What can be wrong about a plan or budget, in three languages."""

from typing import Final

from arrears.actions.mistakes import filled
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text

_CHANGE: Final = Text("Please change the plan.", "Cambie el plan, por favor.", "请修改计划。")
_LOOK: Final = Text("Look at the plan again.", "Vuelva a mirar el plan.", "请重新查看该计划。")
_ASK: Final = Text("Ask a supervisor or manager.", "Pregunte a un supervisor o gerente.", "请联系主管或经理。")

_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "debts_missing": (
        Text("Choose the debts of the plan.", "Elija las deudas del plan.", "请选择计划包含的债务。"),
        Text("One is enough.", "Basta una.", "至少一笔。"),
    ),
    "not_one_person": (
        Text(
            "These debts are not all of one person, or not all yours to see.",
            "Estas deudas no son todas de una persona, o no todas le corresponden.",
            "这些债务不属于同一人，或您无权查看全部。",
        ),
        Text("Choose again.", "Elija de nuevo.", "请重新选择。"),
    ),
    "currencies_differ": (
        Text("These debts are in different currencies.", "Estas deudas van en monedas distintas.", "各债务币种不同。"),
        Text("Make one plan for each.", "Haga un plan por moneda.", "请按币种分别制定计划。"),
    ),
    "debt_is_over": (
        Text("Nothing is owed on debt {number} any more.", "Ya no se debe nada de {number}.", "{number} 已无欠款。"),
        Text("Leave it out.", "Déjela fuera.", "请移除该债务。"),
    ),
    "debt_is_disputed": (
        Text("Debt {number} is in dispute.", "La deuda {number} está en disputa.", "债务 {number} 存在争议。"),
        Text(
            "Settle the dispute first; a plan over the other debts may go ahead.",
            "Resuelva antes la disputa; el plan sobre las otras deudas puede seguir.",
            "请先处理争议；其余债务可先制定计划。",
        ),
    ),
    "more_than_owed": (
        Text(
            "The plan covers more of debt {number} than is owed.",
            "El plan cubre más de {number} de lo que se debe.",
            "计划金额超过 {number} 的欠款。",
        ),
        _CHANGE,
    ),
    "has_plan": (
        Text(
            "Debt {number} has a plan already.", "La deuda {number} ya tiene un plan.", "债务 {number} 已有计划。"
        ),
        Text(
            "Edit that plan, or end it first.", "Cambie ese plan o termínelo antes.", "请修改该计划，或先将其终止。"
        ),
    ),
    "begins_in_the_past": (
        Text(
            "The first instalment lies in the past.", "La primera cuota cae en el pasado.", "首期日期已过。"
        ),
        _CHANGE,
    ),
    "too_long": (
        Text(
            "A plan may take at most {months} months.",
            "Un plan puede durar como máximo {months} meses.",
            "计划最长 {months} 个月。",
        ),
        _CHANGE,
    ),
    "means_missing": (
        Text("Say how the instalments will be paid.", "Indique cómo se pagarán las cuotas.", "请填写各期还款方式。"),
        Text("Choose one.", "Elija uno.", "请选择一种。"),
    ),
    "agreement_missing": (
        Text(
            "A plan needs a yes: in a call with the person verified, or in a reply that is named. Silence is none.",
            "Un plan necesita un sí: en una llamada con la persona verificada o por una respuesta con su referencia. "
            "El silencio no vale.",
            "计划须经本人同意：在已核实身份的通话中，或以有编号的回复为凭。沉默不等于同意。",
        ),
        Text("Say how it was agreed.", "Indique cómo se acordó.", "请填写同意方式。"),
    ),
    "consent_missing": (
        Text(
            "The person must agree to their budget being kept.",
            "La persona debe aceptar que se guarde su presupuesto.",
            "须经本人同意才可保存其收支信息。",
        ),
        Text("Ask, and tick the box.", "Pregunte y marque la casilla.", "请询问后勾选。"),
    ),
    "line_not_known": (
        Text("The form has no line {name}.", "El formulario no tiene la línea {name}.", "表中没有 {name} 一项。"),
        Text("Leave it out.", "Déjela fuera.", "请移除。"),
    ),
    "nothing_said": (
        Text("The form is empty.", "El formulario está vacío.", "表格为空。"),
        Text("Fill in what comes in and what goes out.", "Anote lo que entra y lo que sale.", "请填写收入与支出。"),
    ),
    "may_not_see_budgets": (
        Text("Your role keeps no budgets.", "Su función no lleva presupuestos.", "您的角色不能处理收支信息。"),
        _ASK,
    ),
    "above_surplus": (
        Text(
            "Instalment {number} is higher than what the budget leaves.",
            "La cuota {number} supera lo que deja el presupuesto.",
            "第 {number} 期超过预算结余。",
        ),
        Text(
            "Make it smaller or the plan longer, or agree on nothing for now.",
            "Hágala menor o el plan más largo, o no acuerde nada por ahora.",
            "请降低金额或延长期限，或暂不约定。",
        ),
    ),
    "budget_not_theirs": (
        Text(
            "This budget is not of this person, or in another currency.",
            "Este presupuesto no es de esta persona, o va en otra moneda.",
            "该收支信息不属于此人，或币种不同。",
        ),
        Text("Ask for it anew.", "Pregúntelo de nuevo.", "请重新询问。"),
    ),
    "plan_not_found": (
        Text("There is no such plan here.", "Aquí no figura ese plan.", "此处没有该计划。"),
        Text("Look it up again.", "Vuelva a buscarlo.", "请重新查找。"),
    ),
    "plan_changed": (
        Text(
            "Somebody else changed this plan meanwhile.",
            "Otra persona cambió este plan entretanto.",
            "该计划刚刚已被他人修改。",
        ),
        _LOOK,
    ),
    "plan_not_running": (
        Text("This plan does not run.", "Este plan no está en curso.", "该计划不在履行中。"),
        _LOOK,
    ),
    "plan_not_waiting": (
        Text("Nothing waits for a decision here.", "Aquí no hay nada pendiente de decisión.", "此处没有待决定事项。"),
        _LOOK,
    ),
    "reason_missing": (
        Text("Say why.", "Indique por qué.", "请说明原因。"),
        Text("A few words are enough.", "Bastan unas palabras.", "简短说明即可。"),
    ),
    "may_not_decide": (
        Text(
            "A supervisor or manager decides, and not who made it.",
            "Decide un supervisor o gerente, y no quien lo hizo.",
            "须由主管或经理决定，且不得是制定人本人。",
        ),
        _ASK,
    ),
    "may_not_end": (
        Text(
            "A senior, supervisor or manager ends a plan.",
            "Un gestor sénior, supervisor o gerente termina un plan.",
            "须由高级催收员、主管或经理终止计划。",
        ),
        _ASK,
    ),
    "beyond_your_authority": (
        Text(
            "This plan is beyond what your role approves.",
            "Este plan excede lo que su función aprueba.",
            "该计划超出您角色的审批权限。",
        ),
        _ASK,
    ),
    "money_came_on_it": (
        Text(
            "Money of the plan came on a debt that is left out.",
            "Sobre una deuda que se deja fuera ya entró dinero del plan.",
            "被移除的债务已收到计划款项。",
        ),
        Text(
            "Leave it in with what was paid on it.",
            "Déjela con lo que se pagó de ella.",
            "请按已付金额保留该债务。",
        ),
    ),
    "debt_not_of_plan": (
        Text("This debt is not in the plan.", "Esta deuda no está en el plan.", "该债务不在计划内。"),
        _LOOK,
    ),
}  # fmt: skip


def wrong(code: str, field: str = "", **values: object) -> Problem:
    """Return the problem called ``code`` with its places filled."""
    return filled(code, _SAID[code], field, **values)
