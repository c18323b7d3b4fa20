"""Facts that the rules of the European Union and of Spain ask for."""

from typing import Final

from arrears.facts.asked.asked import Asked, Bearer, Shape, Supplier
from arrears.facts.asked.everywhere import ASK_CREDITOR, CHOOSE_IT, SET_IT
from arrears.kernel.texts import Text

ASKED: Final = (
    Asked(
        name="collector.contact_policy",
        words=Text(
            "the reference of the policy on how borrowers are treated",
            "la referencia de la política de trato al prestatario",
            "对待债务人政策的编号",
        ),
        bearer=Bearer.ORGANISATION,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.WORDS,
        key="contact_policy",
    ),
    Asked(
        name="collector.retention_schedule",
        words=Text(
            "the reference of the schedule of retention",
            "la referencia del calendario de conservación",
            "保存期限表的编号",
        ),
        bearer=Bearer.ORGANISATION,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.WORDS,
        key="retention_schedule",
    ),
    Asked(
        name="collector.lawful_basis",
        words=Text(
            "on what basis personal data is processed",
            "con qué base se tratan los datos personales",
            "处理个人数据的依据",
        ),
        bearer=Bearer.ORGANISATION,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.CODE,
        codes=("contract", "legitimate_interest", "legal_obligation", "consent", "legitimate_use", "other"),
        key="lawful_basis",
    ),
    Asked(
        name="collector.servicer_authorisation",
        words=Text(
            "the authorisation as a credit servicer", "la autorización como administrador de créditos", "信贷服务商授权"
        ),
        bearer=Bearer.ORGANISATION,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.WORDS,
        key="servicer_authorisation",
    ),
    Asked(
        name="person.lawful_basis",
        words=Text(
            "on what basis this person's data is processed",
            "con qué base se tratan los datos de esta persona",
            "处理此人数据的依据",
        ),
        bearer=Bearer.PERSON,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.WORDS,
        key="lawful_basis",
    ),
    Asked(
        name="person.has_health_details",
        words=Text("whether details of health are on record", "si constan datos de salud", "是否记录了健康细节"),
        bearer=Bearer.PERSON,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
        key="has_health_details",
    ),
    Asked(
        name="proposal.has_processor_contract",
        words=Text(
            "whether there is a processor contract with them",
            "si hay contrato de encargado con ellos",
            "是否与其订有数据处理合同",
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=CHOOSE_IT,
        shape=Shape.YES_NO,
        key="has_processor_contract",
    ),
    Asked(
        name="proposal.charge_kind",
        words=Text("what kind of charge it is", "qué tipo de cargo es", "费用的种类"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=CHOOSE_IT,
        shape=Shape.CODE,
        codes=("late_payment_directive", "penalty_interest", "fee", "cost"),
        key="charge_kind",
    ),
    Asked(
        name="debt.is_due",
        words=Text("whether the debt is due", "si la deuda está vencida", "债务是否到期"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.YES_NO,
        key="is_due",
    ),
    Asked(
        name="debt.is_contested",
        words=Text(
            "whether the debt is contested before a court or an authority",
            "si la deuda se discute ante un juzgado o autoridad",
            "债务是否正在诉讼或行政程序中有争议",
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.YES_NO,
        key="is_contested",
    ),
    Asked(
        name="debt.contract_names_registers",
        words=Text(
            "whether the contract says in which registers it may be listed",
            "si el contrato dice en qué ficheros se puede inscribir",
            "合同是否载明可能登记的征信机构",
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.YES_NO,
        key="contract_names_registers",
    ),
    Asked(
        name="debt.due_on",
        words=Text("when the debt fell due", "cuándo venció la deuda", "债务到期日"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.DATE,
        key="due_on",
    ),
    Asked(
        name="debt.principal_minor",
        words=Text("how much principal is owed, in cents", "cuánto principal se debe, en céntimos", "所欠本金（分）"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.WHOLE,
        key="principal_minor",
    ),
)
