"""Facts that the rules of the United Kingdom ask for."""

from typing import Final

from arrears.facts.asked.asked import Asked, Bearer, Shape, Supplier
from arrears.facts.asked.everywhere import ASK_CREDITOR, CHOOSE_IT, SET_IT
from arrears.kernel.texts import Text

ASKED: Final = (
    Asked(
        name="collector.arrears_policy",
        words=Text(
            "the reference of the written policy for arrears and vulnerable customers",
            "la referencia de la política de atrasos y clientes vulnerables",
            "拖欠及脆弱客户书面政策的编号",
        ),
        bearer=Bearer.ORGANISATION,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.WORDS,
        key="arrears_policy",
    ),
    Asked(
        name="collector.envelopes_are_plain",
        words=Text(
            "whether envelopes say private and confidential and hide who collects",
            "si los sobres dicen privado y confidencial y ocultan quién cobra",
            "信封是否注明私人机密且不显示催收机构",
        ),
        bearer=Bearer.ORGANISATION,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
        key="envelopes_are_plain",
    ),
    Asked(
        name="collector.abandoned_ppm",
        words=Text(
            "how many automatic calls of the last day were abandoned, per million",
            "cuántas llamadas automáticas del último día se abandonaron, por millón",
            "最近一天自动呼叫的中断率（百万分比）",
        ),
        bearer=Bearer.ORGANISATION,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.WHOLE,
        key="abandoned_ppm",
    ),
    Asked(
        name="debt.forbearance_considered",
        words=Text(
            "whether forbearance was considered, and recorded",
            "si se consideraron facilidades y quedó constancia",
            "是否已考虑并记录宽限措施",
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
        key="forbearance_considered",
    ),
    Asked(
        name="debt.is_last_resort",
        words=Text(
            "whether gentler ways were tried first", "si antes se probaron vías más suaves", "是否已先尝试较缓和的方式"
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
        key="is_last_resort",
    ),
    Asked(
        name="debt.is_right_person",
        words=Text("whether this is the right person", "si es la persona correcta", "是否为正确的对象"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.YES_NO,
        key="is_right_person",
    ),
    Asked(
        name="debt.missed_payments",
        words=Text("how many payments were missed", "cuántos pagos fallaron", "未付期数"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.WHOLE,
        key="missed_payments",
    ),
    Asked(
        name="proposal.addressee",
        words=Text("to whom the letter is addressed", "a quién va dirigida la carta", "信函的收件人"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.COLLECTOR,
        remedy=CHOOSE_IT,
        shape=Shape.CODE,
        codes=("person", "occupier", "household", "all_of_the_name"),
        key="addressee",
    ),
    Asked(
        name="proposal.visit_is_announced",
        words=Text(
            "whether the visit and its purpose were announced",
            "si se anunció la visita y su motivo",
            "上门及其目的是否已预告",
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.COLLECTOR,
        remedy=CHOOSE_IT,
        shape=Shape.YES_NO,
        key="visit_is_announced",
    ),
    Asked(
        name="proposal.visit_is_agreed",
        words=Text("whether the visit was agreed to", "si se acordó la visita", "上门是否已约定"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.COLLECTOR,
        remedy=CHOOSE_IT,
        shape=Shape.YES_NO,
        key="visit_is_agreed",
    ),
    Asked(
        name="proposal.is_necessary_cost",
        words=Text(
            "whether the charge is a reasonable and necessary cost",
            "si el cargo es un coste razonable y necesario",
            "该费用是否合理且必要",
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=CHOOSE_IT,
        shape=Shape.YES_NO,
        key="is_necessary_cost",
    ),
)
