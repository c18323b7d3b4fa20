"""Facts that acts beside contact ask for: who approved them, on what decision, and what would be deleted."""

from typing import Final

from arrears.facts.asked.asked import Asked, Bearer, Shape, Supplier
from arrears.facts.asked.everywhere import ASK_CREDITOR, ASK_DEBTOR, CHOOSE_IT, SET_IT
from arrears.kernel.texts import Text

ASKED: Final = (
    Asked(
        name="proposal.approved_by",
        words=Text("which human approves this", "qué persona lo aprueba", "由哪位人员批准"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=CHOOSE_IT,
        shape=Shape.WORDS,
        key="approved_by",
    ),
    Asked(
        name="proposal.decided_by",
        words=Text(
            "whether a person or a model decided this", "si lo decidió una persona o un modelo", "由人还是由模型决定"
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=CHOOSE_IT,
        shape=Shape.CODE,
        codes=("person", "model"),
        key="decided_by",
    ),
    Asked(
        name="proposal.reviewed_by",
        words=Text("which human reviewed it", "qué persona lo revisó", "由哪位人员复核"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=CHOOSE_IT,
        shape=Shape.WORDS,
        key="reviewed_by",
    ),
    Asked(
        name="proposal.what",
        words=Text("what would be deleted", "qué se borraría", "拟删除的内容"),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=CHOOSE_IT,
        shape=Shape.CODE,
        codes=(
            "recording",
            "correspondence",
            "mandate",
            "personal_data",
            "contact",
            "permit",
            "attempt",
            "entry",
            "event",
            "decision",
            "notice",
            "hold",
        ),
        key="what",
    ),
    Asked(
        name="proposal.ended_on",
        words=Text(
            "when the agreement or authorisation ended",
            "cuándo terminó el contrato o la autorización",
            "协议或授权终止日期",
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.HOUSE,
        remedy=CHOOSE_IT,
        shape=Shape.DATE,
        key="ended_on",
    ),
    Asked(
        name="proposal.role",
        words=Text(
            "what this person is to the debt", "qué relación tiene esta persona con la deuda", "此人与债务的关系"
        ),
        bearer=Bearer.PROPOSAL,
        supplier=Supplier.COLLECTOR,
        remedy=CHOOSE_IT,
        shape=Shape.CODE,
        key="role",
    ),
    Asked(
        name="debt.action_approved_by",
        words=Text(
            "who approved the suit, seizure or listing that is announced",
            "quién aprobó la demanda, el embargo o la inscripción que se anuncia",
            "由谁批准所告知的起诉、查封或报送",
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.WORDS,
        key="action_approved_by",
    ),
    Asked(
        name="debt.action_approved_on",
        words=Text("when it was approved", "cuándo se aprobó", "批准日期"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.DATE,
        key="action_approved_on",
    ),
    Asked(
        name="debt.action_basis",
        words=Text("on what legal basis it was approved", "con qué base legal se aprobó", "批准的法律依据"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.WORDS,
        key="action_basis",
    ),
    Asked(
        name="person.is_minor",
        words=Text("whether the person is a minor", "si la persona es menor", "是否未成年"),
        bearer=Bearer.PERSON,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.YES_NO,
        key="is_minor",
    ),
    Asked(
        name="person.is_bereaved",
        words=Text("whether the person is in mourning", "si la persona está de duelo", "是否处于居丧期"),
        bearer=Bearer.PERSON,
        supplier=Supplier.DEBTOR,
        remedy=ASK_DEBTOR,
        shape=Shape.YES_NO,
        key="is_bereaved",
    ),
    Asked(
        name="address.place_kind",
        words=Text("what kind of place the address is", "qué clase de lugar es la dirección", "该地址属何种场所"),
        bearer=Bearer.CONTACT_POINT,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.CODE,
        codes=("home", "work", "hospital", "hospice", "school", "funeral_home", "other"),
        key="place_kind",
    ),
)
