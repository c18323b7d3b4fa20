"""The sentences of an examiner's pack, in three languages."""

from typing import Final

from arrears.domain.contacts import IncidentKind
from arrears.kernel.texts import Text
from arrears.store.doors.case_papers import NotAsFiled

README: Final = Text(
    """Contacts of {house}, with the permit that allowed each

contacts.pdf       to read: what was sought, the contacts, the rules that spoke, what stood in the way
contacts.csv       one row a contact; contacts.json has everything about each, with all rules that spoke
messages, notices, received, transcripts, holds, case_files, case_steps,
case_papers, delivery_reports, preferences, consents, incidents, verifications
                   about the same people in the same period, as CSV and as JSON
papers/            papers of cases that whoever took the pack may open; case_papers has the SHA-256 of all
paper_seals        of each paper its seal, its day and whose it is; one that is not what was filed is named and left out
rules.json         the rules that spoke, with citation and source as they stand now
rule_acts.json     who switched which rule in the period, when and why
seals.json         the chain of seals, and the proof of each contact that was sealed
check_proofs.py    checks the proofs: python3 check_proofs.py (needs Python alone)
manifest.json      what was sought, and the SHA-256 of every file
""",
    """Contactos de {house}, con el permiso que autorizó cada uno

contacts.pdf       para leer: qué se buscó, los contactos, las reglas que intervinieron, qué los impedía
contacts.csv       una fila por contacto; contacts.json tiene todo de cada uno, con todas las reglas que intervinieron
messages, notices, received, transcripts, holds, case_files, case_steps,
case_papers, delivery_reports, preferences, consents, incidents, verifications
                   de las mismas personas en el mismo período, en CSV y en JSON
papers/            documentos de expedientes que puede abrir quien pidió el paquete; el SHA-256 de todos, en case_papers
paper_seals        el sello, el día y la persona de cada documento; el que no es el archivado se nombra y se deja fuera
rules.json         las reglas que intervinieron, con cita y fuente según constan ahora
rule_acts.json     quién activó o desactivó qué regla en el período, cuándo y por qué
seals.json         la cadena de sellos y la prueba de cada contacto sellado
check_proofs.py    comprueba las pruebas: python3 check_proofs.py (solo necesita Python)
manifest.json      qué se buscó y el SHA-256 de cada archivo
""",
    """{house} 的联系记录及每次联系的许可

contacts.pdf       阅读用：查询条件、联系记录、作出判断的规则、当时的限制
contacts.csv       每次联系一行；contacts.json 含每次联系的全部内容和所有作出判断的规则
messages、notices、received、transcripts、holds、case_files、case_steps、
case_papers、delivery_reports、preferences、consents、incidents、verifications
                   同一期间内同一批人的资料，CSV 和 JSON 各一份
papers/            案件文件原件（限取件人有权查看者）；全部文件的 SHA-256 见 case_papers
paper_seals        每份文件的封存标记、日期及所属人员；与归档原件不符的会列明并不予收录
rules.json         作出判断的规则，含目前的法律依据和出处
rule_acts.json     期间内何人于何时因何启用或停用规则
seals.json         封存链，以及每条已封存联系的证明
check_proofs.py    核验证明：python3 check_proofs.py（只需 Python）
manifest.json      查询条件及每个文件的 SHA-256
""",
)
TITLE: Final = Text("Contacts and their permits", "Contactos y sus permisos", "联系记录与许可")
PAGE: Final = Text("Page", "Página", "第")
SOUGHT: Final = Text("What was sought", "Qué se buscó", "查询条件")
FROM: Final = Text("From", "Desde", "自")
UNTIL: Final = Text("Until (not included)", "Hasta (no incluido)", "至（不含）")
PERSON: Final = Text("Person", "Persona", "人员")
ACCOUNT: Final = Text("Debt", "Deuda", "债务")
ORGANISATION: Final = Text("Made by", "Hecho por", "执行机构")
RULE: Final = Text("Rule", "Regla", "规则")
MADE_AT: Final = Text("Put together", "Elaborado", "制作时间")
FOUND: Final = Text("Contacts found", "Contactos encontrados", "联系次数")
PROVEN: Final = Text("Of these with a proof", "De ellos con prueba", "其中有证明的")
PAPERS: Final = Text("Papers of cases in it", "Documentos de expedientes incluidos", "收录的案件文件")
PAPERS_BROKEN: Final = Text(
    "Papers that are not what was filed", "Documentos que no son los archivados", "与归档原件不符的文件"
)
NOT_AS_FILED: Final = {
    NotAsFiled.SEAL_BROKEN: Text(
        "its seal is broken: changed or moved since, or sealed with another key",
        "su sello está roto: alterado o movido después, o sellado con otra clave",
        "封存已被破坏：其后被更改、移动，或以其他密钥封存",
    ),
    NotAsFiled.OTHER_CONTENT: Text(
        "it opens, and holds something other than what was filed",
        "se abre, pero contiene algo distinto de lo archivado",
        "可以打开，但内容与归档时不同",
    ),
}
FILED_BY: Final = Text("filed by {name}", "archivado por {name}", "归档人：{name}")
LEFT_OUT: Final = Text("left out of this pack", "no se incluye en este paquete", "未收录于本文件包")
LAST_SEAL: Final = Text("Last seal", "Último sello", "最后一个封存")
COUNTS: Final = Text("How they were allowed", "Cómo se autorizaron", "许可方式")
RULES: Final = Text("Rules applied", "Reglas que intervinieron", "作出判断的规则")
TIMES: Final = Text("Times", "Veces", "次数")
CITATION: Final = Text("Source", "Fuente", "依据")
CONTACTS: Final = Text("Contacts", "Contactos", "联系记录")
NO_PERMIT: Final = Text("without a permit", "sin permiso", "无许可")
NEEDS_NONE: Final = Text("needs no permit", "no necesita permiso", "无需许可")
PERMIT: Final = Text("Permit", "Permiso", "许可")
LET_GO: Final = Text("let go by", "autorizado por", "批准人")
INCIDENT: Final = Text("incident", "incidente", "事件")
WORDS_SENT: Final = Text("Words as sent", "Texto enviado", "发送原文")
ALLOWED: Final = {
    "allow": Text("allowed", "permitido", "允许"),
    "allow_with_notice": Text("allowed with a notice", "permitido con aviso", "附告知后允许"),
    "ask_human": Text("allowed by a named person", "permitido por una persona identificada", "经指定人员批准"),
}
SECTIONS: Final = {
    "holds": Text("What stopped contact", "Qué detuvo el contacto", "暂停联系的情形"),
    "case_files": Text("Cases", "Expedientes", "案件"),
    "notices": Text("Notices", "Avisos", "通知"),
    "received": Text("Received", "Recibido", "收到的来文"),
    "incidents": Text("Incidents", "Incidentes", "事件"),
}
INCIDENTS: Final = {
    IncidentKind.UNPERMITTED_CONTACT: Text("contact without a permit", "contacto sin permiso", "无许可的联系"),
    IncidentKind.PERMIT_REUSED: Text("permit used twice", "permiso usado dos veces", "许可重复使用"),
    IncidentKind.SENT_AFTER_STOP: Text("sent after a stop", "enviado después de un cese", "停止后仍发送"),
    IncidentKind.WRONG_PERSON_TOLD: Text(
        "wrong person was told", "se informó a la persona equivocada", "告知了错误的人"
    ),
    IncidentKind.BOUND_TO_OTHER: Text(
        "permit used for something else", "permiso usado para otra cosa", "许可用于其他事项"
    ),
    IncidentKind.LATE_OUTCOME: Text("outcome told late", "resultado comunicado tarde", "结果登记过迟"),
    IncidentKind.FLAGGED_WORDS: Text("words that were flagged", "palabras señaladas", "被标记的用语"),
    IncidentKind.CLOCK_MISSED: Text("day of a case missed", "plazo de un expediente vencido", "案件逾期"),
}
WAITING: Final = Text("waits for a human", "espera a una persona", "等待人工处理")
DONE: Final = Text("dealt with", "atendido", "已处理")
SHORTENED: Final = Text(
    "The first {shown} of {all} contacts are printed; all are in contacts.csv and contacts.json.",
    "Se imprimen los primeros {shown} de {all} contactos; todos están en contacts.csv y contacts.json.",
    "仅打印 {all} 条联系中的前 {shown} 条；全部见 contacts.csv 和 contacts.json。",
)
NONE: Final = Text("None in the period.", "Ninguno en el período.", "期间内无。")
CHECKING: Final = Text(
    "How to check: run check_proofs.py. It computes each contact's digest anew, leads it up to the root of its seal "
    "and follows the chain to its last value. Compare that value with one that was kept elsewhere earlier.",
    "Cómo comprobarlo: ejecute check_proofs.py. Recalcula el resumen de cada contacto, lo lleva hasta la raíz de su "
    "sello y sigue la cadena hasta su último valor. Compárelo con uno guardado antes en otro lugar.",
    "核验方法：运行 check_proofs.py。程序重新计算每条联系的摘要，推导至封存的根值，并沿封存链核对至最后一个值。"
    "请与此前另行保存的值比对。",
)
