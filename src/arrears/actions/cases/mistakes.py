"""What the verbs of case files say when they cannot do what was asked."""

# ruff: noqa: E501 - sentences in three languages stand side by side

from typing import Final

from arrears.actions import mistakes
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text

_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "case_kind_unknown": (
        Text("There is no case called “{said}”.", "No existe el expediente «{said}».", "没有“{said}”这种个案。"),
        Text("Choose one from the list.", "Elija uno de la lista.", "请从列表中选择。"),
    ),
    "case_not_found": (
        Text("There is no such case here.", "Aquí no figura ese expediente.", "此处没有这个个案。"),
        Text("Look at the board again.", "Vuelva a mirar el tablero.", "请重新查看列表。"),
    ),
    "debts_missing": (
        Text(
            "It is not said which debts are listed, and only those are held.",
            "No se indica qué deudas figuran; solo esas se detienen.",
            "未说明列入哪些债务，只有列入的才会暂停。",
        ),
        Text("Tick the debts in the notice.", "Marque las deudas del aviso.", "请勾选通知中的债务。"),
    ),
    "part_of_which_debt": (
        Text(
            "A part can only be disputed of one debt, in a dispute.",
            "Solo se puede disputar una parte de una sola deuda, en una disputa.",
            "只能就单笔债务的一部分提出异议。",
        ),
        Text("Tick that one debt.", "Marque esa única deuda.", "请只勾选该笔债务。"),
    ),
    "part_too_large": (
        Text(
            "The part is no amount, or more than is owed.",
            "La parte no es un importe o supera lo adeudado.",
            "金额无效，或超过欠款总额。",
        ),
        Text(
            "Leave it empty where the whole debt is disputed.",
            "Déjelo vacío si se disputa toda la deuda.",
            "如对全部债务有异议，请留空。",
        ),
    ),
    "registered_missing": (
        Text(
            "It is not said on which day it was entered in the register.",
            "No se indica qué día se inscribió en el registro.",
            "未填写登记日期。",
        ),
        Text("It stands in the notification.", "Figura en la notificación.", "该日期见通知书。"),
    ),
    "case_over": (
        Text("This case is closed.", "Este expediente está cerrado.", "该个案已结案。"),
        Text("Reopen it first.", "Reábralo antes.", "请先重新开启。"),
    ),
    "case_answered": (
        Text("Somebody has answered this case already.", "Alguien ya respondió este expediente.", "该个案已有人答复。"),
        Text("Look at its steps.", "Mire sus pasos.", "请查看办理步骤。"),
    ),
    "case_open": (
        Text("This case is open.", "Este expediente está abierto.", "该个案尚未结案。"),
        Text("Nothing has to be done.", "No hay que hacer nada.", "无需处理。"),
    ),
    "answer_unfit": (
        Text("That is no answer to such a case.", "Eso no responde a un expediente así.", "该答复不适用于此类个案。"),
        Text("Choose one from the list.", "Elija una de la lista.", "请从列表中选择。"),
    ),
    "paper_missing": (
        Text(
            "It is not said what was sent, and on which day.",
            "No se indica qué se envió ni qué día.",
            "未说明寄出了什么、何日寄出。",
        ),
        Text("Name the paper and its day.", "Nombre el documento y su fecha.", "请填写文件名称和日期。"),
    ),
    "paper_unreadable": (
        Text("This is no file of a kind that is kept.", "El archivo no es de un tipo que se guarde.", "不支持该文件类型。"),
        Text(
            "Add a PDF, PNG, JPEG, TIFF or plain text.",
            "Añada un PDF, PNG, JPEG, TIFF o texto sin formato.",
            "请上传 PDF、PNG、JPEG、TIFF 或纯文本。",
        ),
    ),
    "paper_too_large": (
        Text("The file is larger than {most} MB.", "El archivo supera los {most} MB.", "文件大于 {most} MB。"),
        Text("Scan it more coarsely or in parts.", "Escanéelo con menos resolución o por partes.", "请降低分辨率或分次扫描。"),
    ),
    "paper_there": (
        Text("This case has that very file already.", "Este expediente ya tiene ese mismo archivo.", "该个案已有同一文件。"),
        Text("Look at its papers.", "Mire sus documentos.", "请查看其文件。"),
    ),
    "paper_not_shown": (
        Text(
            "Your role does not open this paper, or it was erased.",
            "Su función no abre este documento, o fue borrado.",
            "您的角色无权打开该文件，或文件已清除。",
        ),
        Text(
            "Ask a supervisor, compliance or legal.",
            "Pídalo a supervisión, cumplimiento o legal.",
            "请联系主管、合规或法务人员。",
        ),
    ),
    "paper_not_as_filed": (
        Text(
            "This paper is not what was filed: it was changed or moved since, or sealed with another key.",
            "Este documento no es el que se archivó: fue alterado o movido después, o sellado con otra clave.",
            "该文件已不是归档时的原件：其后被更改、移动，或以其他密钥封存。",
        ),
        Text(
            "Tell compliance, and look for it in a backup from before.",
            "Avise a cumplimiento y búsquelo en una copia de seguridad anterior.",
            "请通知合规人员，并从此前的备份中查找。",
        ),
    ),
    "paper_ahead": (
        Text("That day has not come yet.", "Ese día aún no ha llegado.", "该日期尚未到来。"),
        Text("Answer once it was sent.", "Responda cuando se haya enviado.", "请在寄出后再登记。"),
    ),
    "not_again": (
        Text(
            "A short explanation answers only what was raised and answered before, with nothing new.",
            "La explicación breve solo responde a lo ya planteado y respondido, sin nada nuevo.",
            "简短说明仅适用于已提出并已答复、且无新材料的异议。",
        ),
        Text("Send verification.", "Envíe la verificación.", "请寄出核实材料。"),
    ),
    "finding_unfit": (
        Text("That is no finding.", "Eso no es una conclusión.", "该结论不在列表中。"),
        Text("Choose one from the list.", "Elija una de la lista.", "请从列表中选择。"),
    ),
    "unanswered": (
        Text(
            "The case has not been answered, so its holds stand.",
            "El expediente no tiene respuesta, así que sus pausas siguen.",
            "该个案尚未答复，暂停继续有效。",
        ),
        Text(
            "Answer it first, or close it as mistaken or withdrawn.",
            "Respóndalo antes, o ciérrelo como erróneo o retirado.",
            "请先答复，或以登记有误或已撤回结案。",
        ),
    ),
    "no_more_time": (
        Text(
            "This clock cannot be put off any further.",
            "Este plazo no admite más prórroga.",
            "该期限不能再延长。",
        ),
        Text("Answer it.", "Responda.", "请答复。"),
    ),
    "too_late_to_extend": (
        Text("That day is over.", "Ese día ya pasó.", "该期限已过。"),
        Text("Answer it; the miss stays on record.", "Responda; el retraso queda registrado.", "请答复，逾期记录保留。"),
    ),
    "task_not_found": (
        Text("There is no such task.", "No existe esa tarea.", "没有这项任务。"),
        Text("Look at the case again.", "Vuelva a mirar el expediente.", "请重新查看个案。"),
    ),
    "step_unfit": (
        Text("That step is taken by a verb of its own.", "Ese paso tiene su propio trámite.", "该步骤须另行办理。"),
        Text("Note, name a paper, or note a contact.", "Anote, nombre un documento o un contacto.", "可登记备注、文件或联系。"),
    ),
    "only_of": (
        Text("That is not done in a case of this kind.", "Eso no se hace en este tipo de expediente.", "此类个案不适用该操作。"),
        Text("Look at what the case asks for.", "Mire lo que pide el expediente.", "请查看该个案的要求。"),
    ),
    "attorney_still_in_time": (
        Text(
            "The attorney was not contacted, or still has until {day} to answer.",
            "No se contactó al abogado, o aún tiene hasta el {day}.",
            "尚未联系律师，或律师在 {day} 之前仍可答复。",
        ),
        Text("Contact the attorney, and wait.", "Contacte al abogado y espere.", "请联系律师并等待。"),
    ),
    "words_too_long": (
        Text("That is too long.", "Es demasiado largo.", "内容过长。"),
        Text("Shorten it, and name the paper.", "Acórtelo y nombre el documento.", "请缩短，并注明文件。"),
    ),
    "need_unsound": (
        Text("It is not said what the person needs.", "No se indica qué necesita la persona.", "未说明对方需要什么。"),
        Text(
            "Choose a need, with its hour, days or language.",
            "Elija una necesidad, con su hora, días o idioma.",
            "请选择需求，并填写时间、天数或语言。",
        ),
    ),
    "consent_missing": (
        Text(
            "Why somebody needs care is written down only with their consent.",
            "El motivo solo se anota con el consentimiento de la persona.",
            "只有征得本人同意才能记录原因。",
        ),
        Text(
            "Ask for it and say how it was given, or keep only what to do.",
            "Pídalo e indique cómo se dio, o anote solo qué hacer.",
            "请征得同意并注明方式，或仅记录应如何做。",
        ),
    ),
    "need_not_found": (
        Text("There is no such need here, or no longer.", "Aquí no consta esa necesidad, o ya no.", "此处没有该需求，或已撤回。"),
        Text("Look at the person again.", "Vuelva a mirar a la persona.", "请重新查看此人。"),
    ),
    "reason_not_shown": (
        Text(
            "The reason is shown to compliance, legal and supervisors alone, while consent stands.",
            "El motivo solo lo ven cumplimiento, legal y supervisión, mientras haya consentimiento.",
            "原因仅在同意有效期间向合规、法务和主管显示。",
        ),
        Text("What to do stands beside the person.", "Qué hacer consta junto a la persona.", "应如何做已显示在此人旁边。"),
    ),
    "may_not_answer": (
        Text(
            "Answering and closing cases takes a supervisor, manager, compliance or legal.",
            "Responder y cerrar expedientes corresponde a supervisión, gerencia, cumplimiento o legal.",
            "答复和结案须由主管、经理、合规或法务人员办理。",
        ),
        Text("Leave it to one of them.", "Déjelo a una de esas personas.", "请交由上述人员处理。"),
    ),
}  # fmt: skip


def mistake(code: str, field: str = "", **values: object) -> Problem:
    """Return the problem called ``code``; the words are the ones above, or those of every verb."""
    found = _SAID.get(code)
    return mistakes.mistake(code, field, **values) if found is None else mistakes.filled(code, found, field, **values)
