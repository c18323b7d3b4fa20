"""What the codes of the gate are called in sentences for people."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from arrears.domain.contacts import Channel, DisclosureBasis, Medium, Origin, Outcome, Role, Source
from arrears.domain.holds import HoldKind
from arrears.domain.notices import NoticeKind
from arrears.engine.gate.asking import DebtStatus
from arrears.kernel.hours import day_in_words
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
    (NoticeKind.DEFAULT_SUMS, Text("notice of default sums", "aviso de comisiones por impago", "违约费用通知")),
    (NoticeKind.AGENCY, Text("notice of the agency", "aviso de la agencia", "委外告知")),
    (NoticeKind.DATA_ORIGIN, Text("notice on personal data", "aviso sobre datos personales", "个人信息告知")),
    (NoticeKind.TIME_BARRED, Text("notice of a barred debt", "aviso de deuda prescrita", "时效届满告知")),
    (NoticeKind.VERIFICATION, Text("verification", "verificación", "核实答复")),
    (NoticeKind.UNVERIFIED_DEBT, Text("notice of unverified debt", "aviso de deuda sin verificar", "债务未核实通知")),
    (NoticeKind.PLAN_COPY, Text("copy of the plan", "copia del plan", "分期计划副本")),
    (Channel.CALL, Text("call", "llamada", "电话")),
    (Channel.AI_VOICE, Text("call by a machine's voice", "llamada con voz artificial", "人工智能语音呼叫")),
    (Channel.RECORDED_CALL, Text("recorded call", "llamada grabada", "录音呼叫")),
    (Channel.VOICEMAIL_DROP, Text("voice message without a call", "mensaje de voz sin llamada", "直投语音留言")),
    (Channel.TEXT, Text("text message", "mensaje de texto", "短信")),
    (Channel.CHAT, Text("chat", "chat", "聊天软件")),
    (Channel.EMAIL, Text("e-mail", "correo electrónico", "电子邮件")),
    (Channel.LETTER, Text("letter", "carta", "信函")),
    (Channel.FAX, Text("fax", "fax", "传真")),
    (Channel.VISIT, Text("visit", "visita", "上门")),
    (Channel.SOCIAL_PRIVATE, Text("private message on a network", "mensaje privado en una red", "社交网络私信")),
    (Channel.SOCIAL_PUBLIC, Text("public post on a network", "publicación en una red", "社交网络公开发布")),
    (Origin.OUTBOUND, Text("made here", "hecho aquí", "本系统发起")),
    (Origin.INBOUND, Text("received", "recibido", "收到")),
    (Origin.HISTORIC, Text("from an earlier book", "de una cartera anterior", "早期记录")),
    (Origin.AGENCY_REPORTED, Text("told by the agency", "comunicado por la agencia", "催收机构报告")),
    (Outcome.STARTED, Text("under way", "en curso", "进行中")),
    (Outcome.UNKNOWN, Text("outcome not known", "resultado desconocido", "结果不明")),
    (Outcome.CONVERSATION, Text("spoken to", "se habló", "已通话")),
    (Outcome.RIGHT_PARTY, Text("reached", "localizado", "已联系到本人")),
    (Outcome.UNVERIFIED, Text("not verified", "sin verificar", "未核实身份")),
    (Outcome.THIRD_PARTY, Text("somebody else", "otra persona", "他人接听")),
    (Outcome.DROPPED, Text("line dropped", "se cortó", "通话中断")),
    (Outcome.NO_ANSWER, Text("no answer", "sin respuesta", "无人接听")),
    (Outcome.VOICEMAIL, Text("voicemail", "buzón de voz", "语音信箱")),
    (Outcome.LIMITED_MESSAGE, Text("limited message left", "se dejó mensaje limitado", "已留限定内容留言")),
    (Outcome.REJECTED, Text("call rejected", "llamada rechazada", "拒接")),
    (Outcome.BUSY, Text("busy", "ocupado", "忙线")),
    (Outcome.NOT_IN_SERVICE, Text("not in service", "fuera de servicio", "号码停用")),
    (Outcome.SENT, Text("sent", "enviado", "已发送")),
    (Outcome.DELIVERED, Text("delivered", "entregado", "已送达")),
    (Outcome.READ, Text("read", "leído", "已读")),
    (Outcome.BOUNCED, Text("came back", "devuelto", "被退回")),
    (Outcome.MET, Text("met", "encontrado", "已会面")),
    (Outcome.NOT_MET, Text("not met", "no encontrado", "未会面")),
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


@dataclass(frozen=True, slots=True)
class Readings:
    """What calendar and clock show in each zone where the person is or may be."""

    shown: tuple[tuple[datetime, str], ...]

    def __str__(self) -> str:
        return ", ".join(f"{reading:%Y-%m-%d %H:%M} {zone}" for reading, zone in self.shown)

    @property
    def words(self) -> Text:
        """The readings as people write them."""
        said = [(day_in_words(reading.date()), f"{reading:%H:%M} {zone}") for reading, zone in self.shown]
        return Text(*(", ".join(f"{day[place]} {clock}" for day, clock in said) for place in range(len(Text._fields))))


def name_of(value: object) -> Text:
    """Return what ``value`` is called: the words for a code, a date as it is written, else the value as it is."""
    if isinstance(value, Readings):
        return value.words
    if isinstance(value, date) and not isinstance(value, datetime):
        return day_in_words(value)
    plain = str(value)
    return NAMES.get((type(value), value), Text(plain, plain, plain))
