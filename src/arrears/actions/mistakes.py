"""What the verbs say when they cannot do what was asked: a code, a reason and a remedy, in three languages."""

from typing import Final

from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import LANGUAGES, Text

_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "person_not_found": (
        Text("There is no such person here.", "Aquí no figura esa persona.", "此处没有这个人。"),
        Text("Look the person up again.", "Vuelva a buscar a la persona.", "请重新查找。"),
    ),
    "no_wish_heard": (
        Text(
            "These words say nothing of times or places that can be kept.",
            "Estas palabras no dicen nada de horas o lugares que se pueda respetar.",
            "这些话中没有可以遵守的时间或地点。",
        ),
        Text(
            "Ask again, and write down days and hours.",
            "Pregunte de nuevo y anote días y horas.",
            "请再问一次，并记下日期和时间。",
        ),
    ),
    "wish_not_running": (
        Text("That wish is not kept any more.", "Ese deseo ya no está vigente.", "该意愿已不再有效。"),
        Text("Look at the wishes again.", "Vuelva a mirar los deseos.", "请重新查看意愿。"),
    ),
    "account_not_found": (
        Text("There is no such debt here.", "Aquí no figura esa deuda.", "此处没有这笔债务。"),
        Text("Look the debt up again.", "Vuelva a buscar la deuda.", "请重新查找该债务。"),
    ),
    "not_a_party": (
        Text(
            "This person has no part in that debt.",
            "Esta persona no es parte de esa deuda.",
            "此人与该债务无关。",
        ),
        Text(
            "Choose a debt of this person, or add the person's part first.",
            "Elija una deuda de esta persona o añada antes su relación.",
            "请选择此人的债务，或先登记其与债务的关系。",
        ),
    ),
    "roles_differ": (
        Text(
            "The person has a different part in these debts, so one contact cannot be about all of them.",
            "La persona tiene un papel distinto en estas deudas; un contacto no puede tratar de todas.",
            "此人在这些债务中的身份不同，一次联系不能同时涉及全部。",
        ),
        Text("Ask about one debt at a time.", "Consulte una deuda cada vez.", "请逐笔处理。"),
    ),
    "point_of_other": (
        Text(
            "That number or address is not one of this person's.",
            "Ese número o dirección no es de esta persona.",
            "该号码或地址不属于此人。",
        ),
        Text("Choose one of the person's own.", "Elija uno de los suyos.", "请选择本人的号码或地址。"),
    ),
    "point_of_other_kind": (
        Text(
            "A {channel} cannot go to that kind of address.",
            "Por ese canal ({channel}) no se llega a ese tipo de dirección.",
            "该渠道（{channel}）不能用于此类地址。",
        ),
        Text(
            "Choose a fitting number or address.", "Elija un número o dirección adecuado.", "请选择合适的号码或地址。"
        ),
    ),
    "attempt_not_found": (
        Text("There is no such contact here.", "Aquí no figura ese contacto.", "此处没有这次联系。"),
        Text("Open the case again.", "Vuelva a abrir el caso.", "请重新打开案件。"),
    ),
    "attempt_of_other": (
        Text(
            "Somebody else made this contact.",
            "Este contacto lo hizo otra persona.",
            "这次联系由他人进行。",
        ),
        Text(
            "Only they, or a supervisor, can note what came of it.",
            "Solo esa persona o un supervisor puede anotar el resultado.",
            "只有本人或主管可以登记结果。",
        ),
    ),
    "attempt_ended": (
        Text(
            "What came of this contact is noted already.",
            "El resultado de este contacto ya está anotado.",
            "这次联系的结果已登记。",
        ),
        Text("Add a note if something is missing.", "Añada una nota si falta algo.", "如有遗漏，请补充备注。"),
    ),
    "disposition_unknown": (
        Text(
            "There is no way to end a call called “{said}”.",
            "No existe el resultado «{said}».",
            "没有“{said}”这一结果。",
        ),
        Text("Choose one from the list.", "Elija uno de la lista.", "请从列表中选择。"),
    ),
    "verification_needed": (
        Text(
            "This says that you spoke with the person, but nobody was verified on this call.",
            "Esto indica que habló con la persona, pero en esta llamada no se verificó a nadie.",
            "该结果表示已与本人通话，但本次通话未核实身份。",
        ),
        Text(
            "Verify the person first, or choose “could not be verified”.",
            "Verifique antes a la persona o elija «no se pudo verificar».",
            "请先核实身份，或选择“未通过身份核实”。",
        ),
    ),
    "promise_needed": (
        Text(
            "No promise was noted on this call.",
            "En esta llamada no se anotó ninguna promesa.",
            "本次通话没有登记承诺。",
        ),
        Text(
            "Note amount, date, hour and means, or choose another end.",
            "Anote importe, fecha, hora y medio, o elija otro resultado.",
            "请登记金额、日期、时间和方式，或选择其他结果。",
        ),
    ),
    "callback_needed": (
        Text(
            "It is not said when the person asked to be called.",
            "No se indica cuándo pidió que se le llame.",
            "未填写对方要求的回电时间。",
        ),
        Text("Give a day and an hour to come.", "Indique un día y una hora futuros.", "请填写将来的日期和时间。"),
    ),
    "human_needed": (
        Text(
            "The gate asks for a named human: a senior, supervisor, manager or compliance officer with a reason.",
            "El control pide una persona responsable: sénior, supervisor, gerente o cumplimiento, con un motivo.",
            "闸口要求具名人员批准：资深人员、主管、经理或合规人员，并说明理由。",
        ),
        Text(
            "Ask one of them to take it, or leave it.",
            "Pida a una de esas personas que lo asuma, o déjelo.",
            "请由上述人员处理，或放弃。",
        ),
    ),
    "items_too_few": (
        Text(
            "A person is verified by at least two different items.",
            "Se verifica con al menos dos datos distintos.",
            "核实身份至少需要两项不同信息。",
        ),
        Text("Ask for another item.", "Pida otro dato.", "请再询问一项。"),
    ),
    "item_unknown": (
        Text(
            "“{said}” is no item to ask for.",
            "«{said}» no es un dato que se pueda pedir.",
            "“{said}”不是可询问的事项。",
        ),
        Text("Choose from the list.", "Elija de la lista.", "请从列表中选择。"),
    ),
    "call_is_over": (
        Text(
            "This call is over, and what was verified ended with it.",
            "Esta llamada terminó y con ella lo verificado.",
            "本次通话已结束，身份核实随之失效。",
        ),
        Text("Verify again on the next call.", "Verifique de nuevo en la próxima llamada.", "请在下次通话时重新核实。"),
    ),
    "amount_missing": (
        Text("A promise needs an amount.", "Una promesa necesita un importe.", "承诺需要金额。"),
        Text("Ask how much will be paid.", "Pregunte cuánto pagará.", "请询问还款金额。"),
    ),
    "amount_above_owed": (
        Text(
            "That is more than is owed on this debt.",
            "Es más de lo que se debe en esta deuda.",
            "该金额超过这笔债务的欠款。",
        ),
        Text("Check the amount.", "Revise el importe.", "请核对金额。"),
    ),
    "no_rest": (
        Text(
            "No part of this debt alone is disputed, or nothing but the disputed part is left.",
            "No se disputa solo una parte de esta deuda, o no queda más que la parte disputada.",
            "这笔债务并非仅部分有争议，或除争议部分外已无余额。",
        ),
        Text("Look at the dispute.", "Consulte la disputa.", "请查看争议。"),
    ),
    "above_rest": (
        Text(
            "That is more than the rest that is not disputed.",
            "Es más que el resto que no se disputa.",
            "该金额超过无争议的余额。",
        ),
        Text(
            "Take no more than that rest; the dispute stands.",
            "No acepte más que ese resto; la disputa sigue en pie.",
            "请勿超过该余额；争议仍然有效。",
        ),
    ),
    "date_missing": (
        Text("A promise needs a date.", "Una promesa necesita una fecha.", "承诺需要日期。"),
        Text("Ask on which day it will be paid.", "Pregunte qué día pagará.", "请询问还款日期。"),
    ),
    "date_past": (
        Text("That day is over.", "Ese día ya pasó.", "该日期已过。"),
        Text("Agree on a day from today on.", "Acuerde un día desde hoy en adelante.", "请约定今天或之后的日期。"),
    ),
    "hour_past": (
        Text("That hour of today is over.", "Esa hora de hoy ya pasó.", "今天的这个时间已过。"),
        Text(
            "Agree on a later hour, or on another day.",
            "Acuerde una hora posterior u otro día.",
            "请约定更晚的时间，或改日。",
        ),
    ),
    "date_too_far": (
        Text(
            "That day lies more than {days} days ahead.",
            "Ese día queda a más de {days} días.",
            "该日期在 {days} 天之后。",
        ),
        Text("Check the year.", "Revise el año.", "请核对年份。"),
    ),
    "hour_missing": (
        Text("A promise needs an hour.", "Una promesa necesita una hora.", "承诺需要时间。"),
        Text("Ask at what hour it will be paid.", "Pregunte a qué hora pagará.", "请询问几点还款。"),
    ),
    "means_missing": (
        Text("A promise needs a means of payment.", "Una promesa necesita un medio de pago.", "承诺需要还款方式。"),
        Text("Ask how it will be paid.", "Pregunte cómo pagará.", "请询问还款方式。"),
    ),
    "answer_missing": (
        Text(
            "It is not said whether one may call or write at that hour.",
            "No se indica si se puede llamar o escribir a esa hora.",
            "未说明届时可否致电或发信息。",
        ),
        Text("Ask, and note yes or no.", "Pregunte y anote sí o no.", "请询问并登记是或否。"),
    ),
    "promise_not_found": (
        Text("There is no such promise here.", "Aquí no figura esa promesa.", "此处没有该承诺。"),
        Text("Look at the list again.", "Vuelva a mirar la lista.", "请重新查看列表。"),
    ),
    "promise_decided": (
        Text("Somebody has decided this already.", "Otra persona ya lo decidió.", "此事已有人作出决定。"),
        Text("Look at the list again.", "Vuelva a mirar la lista.", "请重新查看列表。"),
    ),
    "may_not_decide": (
        Text(
            "Deciding this takes a supervisor or manager, and not the one who took it.",
            "Decidirlo corresponde a un supervisor o gerente, y no a quien lo tomó.",
            "须由主管或经理决定，且不能是登记人本人。",
        ),
        Text("Leave it to one of them.", "Déjelo a una de esas personas.", "请交由上述人员处理。"),
    ),
    "may_not_withdraw": (
        Text(
            "The promised day is over; taking the promise back now takes a supervisor or manager.",
            "El día prometido ya pasó; retirar ahora la promesa corresponde a un supervisor o gerente.",
            "承诺日期已过，现在撤回须由主管或经理办理。",
        ),
        Text("Leave it to one of them.", "Déjelo a una de esas personas.", "请交由上述人员处理。"),
    ),
    "finding_unknown": (
        Text("“{said}” is not on the list.", "«{said}» no está en la lista.", "“{said}”不在列表中。"),
        Text("Choose one from the list.", "Elija uno de la lista.", "请从列表中选择。"),
    ),
    "hold_kind_unknown": (
        Text("There is no hold called “{said}”.", "No existe la pausa «{said}».", "没有“{said}”这种暂停。"),
        Text("Choose one from the list.", "Elija una de la lista.", "请从列表中选择。"),
    ),
    "hold_backward": (
        Text("The hold would end before it begins.", "La pausa terminaría antes de empezar.", "暂停的结束早于开始。"),
        Text("Check both dates.", "Revise ambas fechas.", "请核对两个日期。"),
    ),
    "hold_not_found": (
        Text("There is no such hold in force here.", "Aquí no hay tal pausa vigente.", "此处没有这项有效的暂停。"),
        Text("Look at the case again.", "Vuelva a mirar el caso.", "请重新查看案件。"),
    ),
    "reason_missing": (
        Text("A reason is needed.", "Hace falta un motivo.", "需要填写理由。"),
        Text("Say why, in a few words.", "Diga por qué, en pocas palabras.", "请简要说明原因。"),
    ),
    "skip_reason_unknown": (
        Text(
            "“{said}” is no reason to pass somebody over.",
            "«{said}» no es un motivo para dejarlo.",
            "“{said}”不是跳过的理由。",
        ),
        Text("Choose one from the list.", "Elija uno de la lista.", "请从列表中选择。"),
    ),
    "not_held_by_you": (
        Text(
            "This person is not held for you, or no longer.",
            "Esta persona no está reservada para usted, o ya no.",
            "此人目前不由您处理。",
        ),
        Text("Get the next one.", "Pida el siguiente.", "请获取下一位。"),
    ),
    "time_ahead": (
        Text("That lies in the future.", "Eso está en el futuro.", "该时间在将来。"),
        Text("Check the day and hour.", "Revise el día y la hora.", "请核对日期和时间。"),
    ),
    "told_before": (
        Text("This contact is in the book already.", "Este contacto ya consta.", "该联系已登记。"),
        Text("Nothing has to be done.", "No hay que hacer nada.", "无需处理。"),
    ),
    "with_colleague": (
        Text(
            "A colleague is working on this person just now.",
            "Un colega está trabajando ahora con esta persona.",
            "同事正在处理此人。",
        ),
        Text(
            "Get the next one; a supervisor may call all the same, and says why.",
            "Pida el siguiente; un supervisor puede llamar de todos modos e indica por qué.",
            "请获取下一位；主管可说明理由后仍然致电。",
        ),
    ),
    "incident_not_open": (
        Text(
            "This incident is closed or not yours to see.",
            "Este incidente está cerrado o no es suyo.",
            "该事件已关闭或您无权查看。",
        ),
        Text("Look at the list again.", "Vuelva a mirar la lista.", "请重新查看列表。"),
    ),
}


def mistake(code: str, field: str = "", **values: object) -> Problem:
    """Return the problem called ``code`` with its places filled; a `Text` among ``values`` speaks each language."""
    return filled(code, _SAID[code], field, **values)


def filled(code: str, said: tuple[Text, Text], /, field: str = "", **values: object) -> Problem:
    """Return a problem from its reason and remedy, the places of the reason filled; verbs keep words of their own."""
    reason, remedy = said
    spoken = {
        language: {name: v.said_in(language) if isinstance(v, Text) else v for name, v in values.items()}
        for language in LANGUAGES
    }
    whole = Text(*(reason.said_in(language).format(**spoken[language]) for language in LANGUAGES))
    return Problem(code, whole, remedy, Where(field=field))
