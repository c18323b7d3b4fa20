"""What the codes of the gate are called in sentences for people."""

from typing import Final

from arrears.domain.contacts import DisclosureBasis, Medium, Role, Source
from arrears.domain.holds import HoldKind
from arrears.domain.notices import NoticeKind
from arrears.engine.gate.asking import DebtStatus
from arrears.kernel.texts import Text

_NAMES: Final[tuple[tuple[object, Text], ...]] = (
    (Role.DEBTOR, Text("debtor", "deudor", "债务人")),
    (Role.CO_OBLIGOR, Text("co-debtor", "codeudor", "共同债务人")),
    (Role.GUARANTOR, Text("guarantor", "fiador", "担保人")),
    (Role.SPOUSE, Text("spouse", "cónyuge", "配偶")),
    (Role.PARENT_OF_MINOR, Text("parent of a minor", "padre o madre de un menor", "未成年人的父母")),
    (Role.GUARDIAN, Text("guardian", "tutor", "监护人")),
    (Role.EXECUTOR, Text("executor", "albacea", "遗产管理人")),
    (Role.SUCCESSOR, Text("successor", "sucesor", "权利义务承继人")),
    (Role.ATTORNEY, Text("attorney", "abogado", "律师")),
    (Role.TRUSTEE, Text("bankruptcy trustee", "administrador concursal", "破产管理人")),
    (Role.EMPLOYER, Text("employer", "empleador", "雇主")),
    (Role.HOUSEHOLD, Text("member of the household", "persona del hogar", "同住家人")),
    (Role.REFERENCE, Text("reference", "referencia personal", "联系人")),
    (Role.NEIGHBOUR, Text("neighbour", "vecino", "邻居")),
    (Role.UNKNOWN, Text("unknown person", "persona desconocida", "身份不明者")),
    (DisclosureBasis.LIABLE, Text("liable", "responde de la deuda", "负有清偿责任")),
    (
        DisclosureBasis.CONSUMER_IN_LAW,
        Text("counts as the consumer in law", "la ley lo trata como al consumidor", "法律上视同消费者"),
    ),
    (DisclosureBasis.CONSENT, Text("the debtor's consent", "consentimiento del deudor", "债务人同意")),
    (DisclosureBasis.NONE, Text("none", "ninguna", "无")),
    (Medium.TELEPHONE, Text("telephone", "teléfono", "电话")),
    (Medium.TEXT, Text("text message", "mensaje de texto", "短信")),
    (Medium.CHAT, Text("chat", "chat", "聊天软件")),
    (Medium.EMAIL, Text("e-mail", "correo electrónico", "电子邮件")),
    (Medium.POST, Text("post", "correo postal", "邮寄")),
    (Medium.VISIT, Text("visit", "visita", "上门")),
    (Medium.SOCIAL, Text("social network", "red social", "社交网络")),
    (Source.PHONE_BOOK, Text("the debtor's phone book", "la agenda del deudor", "债务人的通讯录")),
    (Source.CALL_RECORDS, Text("call records", "registros de llamadas", "通话记录")),
    (Source.PHOTOS, Text("private photos", "fotos privadas", "私人照片")),
    (Source.SOCIAL_SCRAPE, Text("scraped profiles", "perfiles extraídos", "抓取的社交资料")),
    (Source.POLICE_DATABASE, Text("a police database", "una base policial", "公安数据库")),
    (Source.HOUSEHOLD_REGISTER, Text("a household register", "un padrón de hogares", "户籍资料")),
    (Source.PROVIDENT_FUND, Text("a provident fund", "un fondo de previsión", "公积金资料")),
    (Source.TELECOM_LOCATION, Text("telecom location data", "datos de ubicación telefónica", "通信定位数据")),
    (Source.INSIDER, Text("an insider", "alguien infiltrado", "内部人员泄露")),
    (Source.FOLLOWING, Text("following people", "seguir a personas", "跟踪")),
    (HoldKind.BANKRUPTCY, Text("bankruptcy", "concurso o quiebra", "破产")),
    (HoldKind.CEASE, Text("request to cease", "petición de cese", "要求停止联系")),
    (HoldKind.ATTORNEY, Text("attorney", "abogado", "律师代理")),
    (HoldKind.DISPUTE, Text("dispute", "disputa", "异议")),
    (HoldKind.MORATORIUM, Text("moratorium", "moratoria", "暂缓期")),
    (HoldKind.DECEASED, Text("death", "fallecimiento", "死亡")),
    (HoldKind.IDENTITY_THEFT, Text("identity theft", "robo de identidad", "身份被冒用")),
    (HoldKind.WRONG_PERSON, Text("wrong person", "persona equivocada", "找错人")),
    (HoldKind.CARE, Text("care", "cuidado", "特别关怀")),
    (HoldKind.INCAPACITY, Text("incapacity", "incapacidad", "无行为能力")),
    (HoldKind.PAYMENT_TRACE, Text("payment being traced", "pago en búsqueda", "付款核查中")),
    (HoldKind.MONEY_IN_FLIGHT, Text("payment on its way", "pago en camino", "款项在途")),
    (HoldKind.PAPERS_MISSING, Text("papers missing", "faltan documentos", "资料不全")),
    (HoldKind.COMPLAINT, Text("complaint", "queja", "投诉")),
    (
        HoldKind.CREDITOR_REQUEST,
        Text("request for the original creditor", "petición del acreedor original", "要求告知原债权人"),
    ),
    (HoldKind.ADVISER, Text("a debt adviser at work", "asesor de deudas trabajando", "债务顾问正在拟定方案")),
    (HoldKind.PROPOSAL_PENDING, Text("a proposal to be answered", "propuesta sin contestar", "还款提议待答复")),
    (HoldKind.REFUSED_AS_BARRED, Text("refused as statute-barred", "negativa por prescripción", "以时效届满拒付")),
    (HoldKind.RESTRICTION, Text("processing restricted", "tratamiento limitado", "个人数据处理受限")),
    (NoticeKind.VALIDATION, Text("validation notice", "aviso de validación", "债务核实通知")),
    (NoticeKind.TRANSFER, Text("notice of the transfer", "aviso de la cesión", "债权转让通知")),
    (
        NoticeKind.ADDRESS,
        Text("notice of the address to be used", "aviso de la dirección que se usará", "使用地址通知"),
    ),
    (NoticeKind.LISTING, Text("notice of credit listing", "aviso de inclusión en fichero", "征信报送通知")),
    (NoticeKind.ARREARS, Text("arrears notice", "aviso de atrasos", "拖欠通知")),
    (NoticeKind.DEFAULT, Text("default notice", "requerimiento por incumplimiento", "违约通知")),
    (NoticeKind.AGENCY, Text("notice of the agency", "aviso de la agencia", "委外告知")),
    (NoticeKind.DATA_ORIGIN, Text("notice on personal data", "aviso sobre datos personales", "个人信息告知")),
    (NoticeKind.TIME_BARRED, Text("notice of a barred debt", "aviso de deuda prescrita", "时效届满告知")),
    (NoticeKind.VERIFICATION, Text("verification", "verificación", "核实答复")),
    (NoticeKind.UNVERIFIED_DEBT, Text("notice of unverified debt", "aviso de deuda sin verificar", "债务未核实通知")),
    (NoticeKind.PLAN_COPY, Text("copy of the plan", "copia del plan", "分期计划副本")),
    (DebtStatus.OPEN, Text("open", "abierta", "未结清")),
    (DebtStatus.CHARGED_OFF, Text("charged off", "castigada", "已核销")),
    (DebtStatus.PAID, Text("paid", "pagada", "已还清")),
    (DebtStatus.SETTLED, Text("settled", "saldada por acuerdo", "已协商结清")),
    (DebtStatus.SOLD, Text("sold", "vendida", "已转让")),
    (DebtStatus.RECALLED, Text("recalled", "retirada", "已收回委托")),
    (DebtStatus.DISCHARGED, Text("discharged", "exonerada", "已免责")),
    (DebtStatus.CANCELLED, Text("cancelled", "anulada", "已取消")),
)
NAMES: Final = {(type(code), code): name for code, name in _NAMES}
"""By kind and code: an attorney is a role as well as a reason to hold, and the two are spelt alike."""


def name_of(value: object) -> Text:
    """Return what ``value`` is called: the words for a code, else the value itself in all languages."""
    plain = str(value)
    return NAMES.get((type(value), value), Text(plain, plain, plain))
