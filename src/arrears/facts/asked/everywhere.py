"""Facts that most rules ask for: who contacts whom, where, about what, with what right."""

from typing import Final

from arrears.facts.asked.asked import Asked, Bearer, Shape, Supplier
from arrears.kernel.texts import Text

ASK_CREDITOR: Final = Text(
    "Ask the creditor, and bring the answer in with the next file or by hand.",
    "Pregunte al acreedor e incorpore la respuesta con el próximo archivo o a mano.",
    "请向债权人询问，并随下一份文件或手工录入答复。",
)
SET_IT: Final = Text("Look it up and enter it here.", "Averígüelo e introdúzcalo aquí.", "请查明后在此录入。")
ASK_DEBTOR: Final = Text(
    "Ask the debtor in the next contact that is allowed.",
    "Pregunte al deudor en el próximo contacto permitido.",
    "请在下一次获准的联系中询问债务人。",
)
CHOOSE_IT: Final = Text(
    "Whoever makes the contact chooses it.", "Lo elige quien hace el contacto.", "由联系人在联系时选定。"
)
ASKED: Final = (
    Asked(
        name="address",
        words=Text("which number or address", "qué número o dirección", "使用哪个号码或地址"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.COLLECTOR,
        remedy=CHOOSE_IT,
        shape=Shape.WORDS,
    ),
    Asked(
        name="address.source",
        words=Text(
            "where the number or address comes from", "de dónde viene el número o la dirección", "号码或地址的来源"
        ),
        bearer=Bearer.CONTACT_POINT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.CODE,
    ),
    Asked(
        name="clock",
        words=Text(
            "what time it is (a contact on record lies ahead of the clock)",
            "qué hora es (hay un contacto registrado con fecha posterior al reloj)",
            "当前时间（有一条联系记录晚于系统时钟）",
        ),
        bearer=Bearer.ORGANISATION,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.WORDS,
    ),
    Asked(
        name="collector.kind",
        words=Text("who collects", "quién cobra", "由谁催收"),
        bearer=Bearer.ORGANISATION,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.CODE,
    ),
    Asked(
        name="debt.consumer_purpose",
        words=Text(
            "whether the debt is for personal use", "si la deuda es de consumo personal", "债务是否用于个人消费"
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="debt.in_default_when_obtained",
        words=Text(
            "whether the debt was in default when it was placed",
            "si la deuda ya estaba en mora cuando se encargó",
            "委托时债务是否已违约",
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="debt.status",
        words=Text("how the debt stands", "en qué estado está la deuda", "债务的状态"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.CODE,
    ),
    Asked(
        name="debtor.is_lost",
        words=Text("whether the debtor can be reached", "si se puede localizar al deudor", "债务人是否失联"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="debts",
        words=Text("about which debt", "sobre qué deuda", "涉及哪笔债务"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.COLLECTOR,
        remedy=CHOOSE_IT,
        shape=Shape.WORDS,
    ),
    Asked(
        name="dispute.in_period",
        words=Text(
            "whether the dispute came within its period", "si la disputa llegó dentro del plazo", "异议是否在期限内提出"
        ),
        bearer=Bearer.HOLD,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="dispute.written",
        words=Text("whether the dispute was in writing", "si la disputa fue por escrito", "异议是否以书面提出"),
        bearer=Bearer.HOLD,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="from_number",
        words=Text("which number is shown", "qué número se muestra", "显示哪个主叫号码"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.COLLECTOR,
        remedy=CHOOSE_IT,
        shape=Shape.WORDS,
    ),
    Asked(
        name="from_number.is_verified",
        words=Text(
            "whether the number shown is verified",
            "si el número que se muestra está verificado",
            "主叫号码是否经过核验",
        ),
        bearer=Bearer.ORGANISATION,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="guarantee.is_demandable",
        words=Text("whether the guarantee can be called", "si la garantía es exigible", "担保是否可以行使"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="party.disclosure_basis",
        words=Text("why this person may be told", "por qué se le puede informar a esta persona", "可向此人告知的依据"),
        bearer=Bearer.PARTY,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.CODE,
    ),
    Asked(
        name="party.role",
        words=Text(
            "what this person is to the debt", "qué relación tiene esta persona con la deuda", "此人与债务的关系"
        ),
        bearer=Bearer.PARTY,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.CODE,
    ),
    Asked(
        name="person.authorised_media",
        words=Text("which channels the person authorised", "qué canales autorizó la persona", "本人授权了哪些联系渠道"),
        bearer=Bearer.PERSON,
        supplier=Supplier.DEBTOR,
        remedy=ASK_DEBTOR,
        shape=Shape.CODE,
    ),
    Asked(
        name="person.places",
        words=Text("where the person lives", "dónde vive la persona", "此人居住地"),
        bearer=Bearer.PERSON,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.WORDS,
    ),
    Asked(
        name="person.timezones",
        words=Text("what time it is where the person is", "qué hora es donde está la persona", "此人当地的时间"),
        bearer=Bearer.PERSON,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.WORDS,
    ),
    Asked(
        name="plan.is_kept",
        words=Text("whether the plan is kept", "si el plan se cumple", "分期计划是否正常履行"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="purpose",
        words=Text("what the contact is for", "para qué es el contacto", "联系的目的"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.COLLECTOR,
        remedy=CHOOSE_IT,
        shape=Shape.CODE,
    ),
    Asked(
        name="words.reveals_debt",
        words=Text(
            "whether the words let others learn of the debt",
            "si el texto deja ver la deuda a otros",
            "用语是否会让他人得知债务",
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
    ),
)
