"""The words of case files: their kinds, states, steps, clocks and findings, as people read them."""

from collections.abc import Mapping
from typing import Final

from arrears.domain.case_files import CaseKind, CaseState, ClockState, Finding, StepKind
from arrears.kernel.texts import Text

KINDS: Final[Mapping[CaseKind, Text]] = {
    CaseKind.DISPUTE: Text("Dispute", "Disputa", "异议"),
    CaseKind.COMPLAINT: Text("Complaint", "Queja", "投诉"),
    CaseKind.BANKRUPTCY: Text("Bankruptcy", "Concurso", "破产"),
    CaseKind.BREATHING_SPACE: Text("Breathing space", "Periodo de respiro", "喘息期"),
    CaseKind.CRISIS_MORATORIUM: Text(
        "Mental health crisis moratorium", "Moratoria por crisis de salud mental", "心理健康危机暂缓期"
    ),
    CaseKind.DECEASED: Text("Death", "Fallecimiento", "去世"),
    CaseKind.IDENTITY_THEFT: Text("Identity theft", "Suplantación de identidad", "身份被盗用"),
    CaseKind.WRONG_PERSON: Text("Wrong person", "Persona equivocada", "对象有误"),
    CaseKind.ATTORNEY: Text("Attorney", "Abogado", "律师代理"),
    CaseKind.ADVISER: Text("Debt adviser's plan", "Plan de un asesor de deudas", "债务顾问的计划"),
    CaseKind.CREDITOR_REQUEST: Text(
        "Request for the original creditor", "Petición del acreedor original", "要求告知原债权人"
    ),
    CaseKind.VULNERABILITY: Text("Care", "Atención especial", "特别关怀"),
}
STATES: Final[Mapping[CaseState, Text]] = {
    CaseState.OPEN: Text("open", "abierto", "未结"),
    CaseState.ANSWERED: Text("answered", "respondido", "已答复"),
    CaseState.CLOSED: Text("closed", "cerrado", "已结案"),
}
STEPS: Final[Mapping[StepKind, Text]] = {
    StepKind.OPENED: Text("Opened", "Abierto", "立案"),
    StepKind.NOTED: Text("Note", "Nota", "备注"),
    StepKind.PAPER: Text("Paper", "Documento", "文件"),
    StepKind.CONTACTED: Text("Contacted", "Contacto", "已联系"),
    StepKind.ANSWERED: Text("Answered", "Respondido", "已答复"),
    StepKind.EXTENDED: Text("Put off", "Prorrogado", "延期"),
    StepKind.MET: Text("Done", "Hecho", "已完成"),
    StepKind.MISSED: Text("Missed", "Vencido sin cumplir", "逾期未办"),
    StepKind.HOLD_CHANGED: Text("Hold changed", "Pausa modificada", "暂停变更"),
    StepKind.CLOSED: Text("Closed", "Cerrado", "结案"),
    StepKind.REOPENED: Text("Reopened", "Reabierto", "重新开启"),
}
CLOCKS: Final[Mapping[ClockState, Text]] = {
    ClockState.RUNNING: Text("running", "en curso", "进行中"),
    ClockState.MET: Text("met", "cumplido", "已按期"),
    ClockState.MISSED: Text("missed", "vencido", "已逾期"),
    ClockState.PUT_OFF: Text("put off", "prorrogado", "已延期"),
    ClockState.DROPPED: Text("over", "terminado", "已结束"),
}
FINDINGS: Final[Mapping[Finding, Text]] = {
    Finding.UPHELD: Text("They were right", "Tenían razón", "诉求成立"),
    Finding.PARTLY_UPHELD: Text("They were partly right", "Tenían razón en parte", "诉求部分成立"),
    Finding.NOT_UPHELD: Text("Not upheld", "No estimado", "诉求不成立"),
    Finding.ENDED: Text("It has run its course", "Ya terminó", "已自然终结"),
    Finding.WITHDRAWN: Text("Withdrawn by the person", "Retirado por la persona", "本人已撤回"),
    Finding.MISTAKEN: Text("Opened by mistake", "Abierto por error", "误立"),
}
