"""Facts that the rules of China, India and Kenya ask for."""

from typing import Final

from arrears.facts.asked.asked import Asked, Bearer, Shape, Supplier
from arrears.facts.asked.everywhere import ASK_CREDITOR, ASK_DEBTOR, CHOOSE_IT, SET_IT
from arrears.kernel.texts import Text

ASKED: Final = (
    Asked(
        name="debt.lender_kind",
        words=Text("what kind of lender made the loan", "qué clase de prestamista dio el préstamo", "放款机构的类型"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.CODE,
        codes=("bank", "consumer_finance_company", "small_loan_company", "platform", "private", "other"),
        key="lender_kind",
    ),
    Asked(
        name="debt.missed_meetings",
        words=Text(
            "how many appointments the borrower missed", "a cuántas citas faltó el prestatario", "借款人缺席约见的次数"
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.WHOLE,
        key="missed_meetings",
    ),
    Asked(
        name="debt.listed_minor",
        words=Text("how much would be listed, in cents", "cuánto se inscribiría, en céntimos", "拟报送金额（分）"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.WHOLE,
        key="listed_minor",
    ),
    Asked(
        name="collector.has_impact_assessment",
        words=Text(
            "whether the impact of entrusting data was assessed",
            "si se evaluó el impacto de encargar los datos",
            "是否已做个人信息保护影响评估",
        ),
        bearer=Bearer.ORGANISATION,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
        key="has_impact_assessment",
    ),
    Asked(
        name="collector.agents_are_certified",
        words=Text("whether the agents are certified", "si los agentes están certificados", "催收人员是否持证"),
        bearer=Bearer.ORGANISATION,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
        key="agents_are_certified",
    ),
    Asked(
        name="person.occasion",
        words=Text(
            "whether a death, calamity, marriage or festival is under way",
            "si hay duelo, calamidad, boda o fiesta en curso",
            "是否正值丧事、灾害、婚庆或节日",
        ),
        bearer=Bearer.PERSON,
        supplier=Supplier.DEBTOR,
        remedy=ASK_DEBTOR,
        shape=Shape.CODE,
        codes=("none", "bereavement", "calamity", "marriage", "festival"),
        key="occasion",
    ),
    Asked(
        name="proposal.agency_evaluated_on",
        words=Text(
            "when the agency was last evaluated", "cuándo se evaluó por última vez la agencia", "外包机构最近评估日期"
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=CHOOSE_IT,
        shape=Shape.DATE,
        key="agency_evaluated_on",
    ),
    Asked(
        name="proposal.agency_is_public",
        words=Text(
            "whether the agency stands on the published list",
            "si la agencia figura en la lista publicada",
            "外包机构是否在公示名单内",
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=CHOOSE_IT,
        shape=Shape.YES_NO,
        key="agency_is_public",
    ),
    Asked(
        name="proposal.staff_count",
        words=Text("how many collectors go", "cuántos cobradores van", "派出催收人员人数"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.COLLECTOR,
        remedy=CHOOSE_IT,
        shape=Shape.WHOLE,
        key="staff_count",
    ),
    Asked(
        name="proposal.carries_authority",
        words=Text(
            "whether the visitor carries identity card and authority",
            "si quien visita lleva identificación y autorización",
            "上门人员是否携带证件和授权书",
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.COLLECTOR,
        remedy=CHOOSE_IT,
        shape=Shape.YES_NO,
        key="carries_authority",
    ),
    Asked(
        name="proposal.above_contract_rate_ppm",
        words=Text(
            "how far the rate lies above the contract's, per million",
            "cuánto supera el tipo al pactado, por millón",
            "利率较合同上浮多少（百万分比）",
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=CHOOSE_IT,
        shape=Shape.WHOLE,
        key="above_contract_rate_ppm",
    ),
    Asked(
        name="debt.contracted_on",
        words=Text(
            "when the contract was made",
            "cuándo se celebró el contrato",
            "合同成立日期",
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.DATE,
        key="contracted_on",
    ),
    Asked(
        name="debt.reference_rate_ppm",
        words=Text(
            "the reference rate on the day of the contract, per million a year",
            "el tipo de referencia el día del contrato, por millón al año",
            "合同成立时的参考利率（年百万分比）",
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.WHOLE,
        key="reference_rate_ppm",
    ),
    Asked(
        name="proposal.annual_rate_ppm",
        words=Text(
            "the yearly rate that is asked in all, per million",
            "el tipo anual total que se pide, por millón",
            "所主张的综合年利率（百万分比）",
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=CHOOSE_IT,
        shape=Shape.WHOLE,
        key="annual_rate_ppm",
    ),
)
