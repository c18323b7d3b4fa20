"""What the verbs on received texts say when they cannot do what was asked."""

from typing import Final

from arrears.actions import mistakes
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text

_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "text_empty": (
        Text("There are no words in it.", "No contiene palabras.", "内容为空。"),
        Text("Give the text as it came.", "Indique el texto tal como llegó.", "请填写收到的原文。"),
    ),
    "channel_unknown": (
        Text("“{said}” is no way to be reached.", "«{said}» no es un medio de contacto.", "“{said}”不是联系方式。"),
        Text(
            "Say text, email, letter, chat or call.",
            "Diga text, email, letter, chat o call.",
            "请填 text、email、letter、chat 或 call。",
        ),
    ),
    "text_not_found": (
        Text("There is no such text here.", "Aquí no consta ese texto.", "此处没有该来文。"),
        Text("Look at the inbox again.", "Vuelva a mirar la bandeja.", "请重新查看收件箱。"),
    ),
    "text_done": (
        Text("This has been dealt with.", "Esto ya se atendió.", "该来文已处理。"),
        Text(
            "Open the person to change what came of it.",
            "Abra a la persona para cambiar el resultado.",
            "如需更改，请打开此人页面。",
        ),
    ),
    "category_not_found": (
        Text(
            "That was not found in the text, or is decided.",
            "Eso no se halló en el texto, o ya se decidió.",
            "文中未识别到该类别，或已作决定。",
        ),
        Text("Choose one that still waits.", "Elija una que aún espere.", "请选择仍待决定的一项。"),
    ),
    "category_there": (
        Text("That was found already.", "Eso ya consta.", "该类别已存在。"),
        Text("Confirm it.", "Confírmelo.", "请直接确认。"),
    ),
    "person_unknown": (
        Text("Nobody knows whose text this is.", "No se sabe de quién es este texto.", "尚不知此来文属于谁。"),
        Text("Say who wrote it first.", "Indique antes quién lo escribió.", "请先指明写信人。"),
    ),
    "person_known": (
        Text("It is known who wrote this.", "Ya se sabe quién lo escribió.", "已知写信人。"),
        Text("Undo what was done and record it anew.", "Deshaga lo hecho y regístrelo de nuevo.", "请撤销后重新登记。"),
    ),
    "may_not_decide_texts": (
        Text(
            "Deciding about received texts takes a supervisor, manager, compliance or legal.",
            "Decidir sobre textos recibidos corresponde a supervisión, gerencia, cumplimiento o legal.",
            "来文须由主管、经理、合规或法务人员决定。",
        ),
        Text("Leave it to one of them.", "Déjelo a una de esas personas.", "请交由上述人员处理。"),
    ),
    "with_another": (
        Text("Somebody else is at it.", "Otra persona lo está atendiendo.", "他人正在处理。"),
        Text("Take another one.", "Tome otro.", "请处理其他来文。"),
    ),
}


def mistake(code: str, field: str = "", **values: object) -> Problem:
    """Return the problem called ``code``; the words are the ones above, or those of every verb."""
    found = _SAID.get(code)
    return mistakes.mistake(code, field, **values) if found is None else mistakes.filled(code, found, field, **values)
