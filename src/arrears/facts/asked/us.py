"""Facts that the rules of the United States ask for: of an address, of a debt to be sued on, of a person."""

from typing import Final

from arrears.facts.asked.asked import Asked, Bearer, Shape, Supplier
from arrears.facts.asked.everywhere import ASK_CREDITOR, ASK_DEBTOR, CHOOSE_IT, SET_IT
from arrears.kernel.texts import Text

LOOK_IT_UP: Final = Text(
    "Look the number up with a service that knows its line, and enter the answer.",
    "Consulte el número en un servicio que conozca su línea y anote la respuesta.",
    "请通过可识别线路类型的服务查询该号码并录入结果。",
)
ASKED: Final = (
    Asked(
        name="address.obtained_by_creditor",
        words=Text(
            "whether the creditor had this address from the consumer",
            "si el acreedor obtuvo esta dirección del consumidor",
            "债权人是否从消费者处取得该邮箱",
        ),
        bearer=Bearer.CONTACT_POINT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="address.used_by_creditor",
        words=Text(
            "whether the creditor used this address about the account",
            "si el acreedor usó esta dirección para la cuenta",
            "债权人是否曾就该账户使用此邮箱",
        ),
        bearer=Bearer.CONTACT_POINT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="address.is_employers",
        words=Text(
            "whether this address is an employer’s", "si esta dirección es de un empleador", "该邮箱是否属于雇主"
        ),
        bearer=Bearer.CONTACT_POINT,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="address.given_in_transaction",
        words=Text(
            "whether the person gave this number in the transaction",
            "si la persona dio este número en la operación",
            "本人是否在交易中提供该号码",
        ),
        bearer=Bearer.CONTACT_POINT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="address.line_type",
        words=Text("what kind of line this number is", "qué tipo de línea es este número", "该号码的线路类型"),
        bearer=Bearer.CONTACT_POINT,
        supplier=Supplier.REGISTER,
        remedy=LOOK_IT_UP,
        shape=Shape.CODE,
        codes=("wireless", "residential", "business"),
    ),
    Asked(
        name="address.reassigned_check_result",
        words=Text(
            "what the database of reassigned numbers says",
            "qué dice la base de números reasignados",
            "改号数据库的查询结果",
        ),
        bearer=Bearer.CONTACT_POINT,
        supplier=Supplier.REGISTER,
        remedy=LOOK_IT_UP,
        shape=Shape.CODE,
        codes=("not_reassigned", "reassigned", "no_data"),
    ),
    Asked(
        name="address.prior_collector_evidence",
        words=Text(
            "whether the file proves that the collector before used this address",
            "si el expediente prueba que el cobrador anterior usó esta dirección",
            "档案能否证明前一催收方使用过该邮箱",
        ),
        bearer=Bearer.CONTACT_POINT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="proposal.is_limited_content",
        words=Text(
            "whether the voicemail is a limited-content message",
            "si el mensaje de voz es de contenido limitado",
            "语音留言是否为限定内容留言",
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="proposal.marked_disputed",
        words=Text(
            "whether the dispute is reported with the debt",
            "si la disputa se comunica con la deuda",
            "报送时是否注明异议",
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="proposal.assumed_name_registered",
        words=Text(
            "whether the assumed name is on the register", "si el nombre supuesto está en el registro", "化名是否已登记"
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="proposal.fee_basis",
        words=Text("on what a charge rests", "en qué se basa un cargo", "收费依据"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.CODE,
        codes=("contract_clause", "statute", "convenience", "none"),
    ),
    Asked(
        name="proposal.instrument_date",
        words=Text("the date on the instrument", "la fecha del instrumento", "票据日期"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.COLLECTOR,
        remedy=CHOOSE_IT,
        shape=Shape.DATE,
    ),
    Asked(
        name="proposal.accepted_on",
        words=Text("when the instrument was accepted", "cuándo se aceptó el instrumento", "接受票据的日期"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.COLLECTOR,
        remedy=CHOOSE_IT,
        shape=Shape.DATE,
    ),
    Asked(
        name="proposal.has_present_intent",
        words=Text(
            "whether the taking is truly meant", "si de verdad se pretende tomar el bien", "是否确有取走财产的意图"
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="proposal.without_court",
        words=Text(
            "whether it would be taken without a court", "si se tomaría sin intervención judicial", "是否不经法院取走"
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="proposal.venue",
        words=Text("where suit would be brought", "dónde se demandaría", "拟起诉地"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.CODE,
        codes=("contract_signed", "residence", "property", "other"),
    ),
    Asked(
        name="proposal.recorded_on",
        words=Text("when the call was recorded", "cuándo se grabó la llamada", "通话录音日期"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.DATE,
    ),
    Asked(
        name="proposal.authorisation",
        words=Text("how the debit was authorised", "cómo se autorizó el cargo", "扣款授权方式"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.DEBTOR,
        remedy=ASK_DEBTOR,
        shape=Shape.CODE,
        codes=("signed", "authenticated", "recorded", "oral"),
    ),
    Asked(
        name="proposal.copy_given",
        words=Text(
            "whether the person has a copy of the authorisation",
            "si la persona tiene copia de la autorización",
            "是否已交付授权书副本",
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="proposal.is_a_condition",
        words=Text(
            "whether debits were made a condition", "si los cargos se impusieron como condición", "是否以自动扣款为条件"
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="proposal.has_court_order",
        words=Text("whether a court has ordered it", "si lo ordenó un tribunal", "是否有法院命令"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="proposal.rate_ppm",
        words=Text("the rate that would be charged", "la tasa que se cobraría", "拟收取的利率"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.WHOLE,
    ),
    Asked(
        name="proposal.charge_off_itemised",
        words=Text(
            "whether the notice itemises from the charge-off",
            "si el aviso desglosa desde el castigo",
            "通知是否自核销日起列明细",
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="debt.has_security_interest",
        words=Text(
            "whether there is a present right to property",
            "si hay derecho actual sobre un bien",
            "是否对财产享有现时担保权利",
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="debt.is_in_collection_procedures",
        words=Text(
            "whether the creditor has begun to collect: no more statements, all called due, or legal action",
            "si el acreedor inició el cobro: sin estados de cuenta, todo vencido o acción legal",
            "债权人是否已启动催收程序（停止账单、宣布全部到期或采取法律行动）",
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="debt.property_is_exempt",
        words=Text("whether the property is exempt", "si el bien está exento", "该财产是否属豁免范围"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="debt.last_activity_on",
        words=Text(
            "the day of the last collection activity", "el día de la última gestión de cobro", "最后一次催收活动日期"
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.DATE,
    ),
    Asked(
        name="debt.first_delinquency_on",
        words=Text("the date of first delinquency", "la fecha del primer impago", "首次逾期日"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.DATE,
    ),
    Asked(
        name="debt.reporting_period_from",
        words=Text(
            "the day from which the seven years of reporting run",
            "el día desde el que corren los siete años de registro",
            "七年报送期的起算日",
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.DATE,
    ),
    Asked(
        name="person.military_service_checked",
        words=Text(
            "whether military service was looked up", "si se comprobó el servicio militar", "是否已核查现役情况"
        ),
        bearer=Bearer.PERSON,
        supplier=Supplier.REGISTER,
        remedy=SET_IT,
        shape=Shape.YES_NO,
    ),
    Asked(
        name="collector.envelope_shows",
        words=Text("what our envelopes show", "qué muestran nuestros sobres", "我方信封上显示的内容"),
        bearer=Bearer.ORGANISATION,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.CODE,
        codes=("address", "name_and_address", "telling_name"),
    ),
    Asked(
        name="proposal.rebuttal_reason",
        words=Text("why one call more is needed", "por qué hace falta una llamada más", "需要额外通话的理由"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.COLLECTOR,
        remedy=CHOOSE_IT,
        shape=Shape.CODE,
        codes=("required_by_law", "active_litigation", "at_consumer_request", "time_critical_help"),
    ),
)
