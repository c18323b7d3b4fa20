"""What to say when a fact is missing: its name for programs, words for people."""

from typing import Final

from arrears.kernel.texts import Text

SENTENCE: Final = Text(
    "Not known: {fact}. What is not known is not allowed.",
    "No se sabe: {fact}. Lo que no se sabe no se permite.",
    "未知：{fact}。未知即不允许。",
)
FACTS: Final[dict[str, Text]] = {
    "address": Text("which number or address", "qué número o dirección", "使用哪个号码或地址"),
    "address.source": Text(
        "where the number or address comes from", "de dónde viene el número o la dirección", "号码或地址的来源"
    ),
    "clock": Text(
        "what time it is (a contact on record lies ahead of the clock)",
        "qué hora es (hay un contacto registrado con fecha posterior al reloj)",
        "当前时间（有一条联系记录晚于系统时钟）",
    ),
    "collector.kind": Text("who collects", "quién cobra", "由谁催收"),
    "debt.consumer_purpose": Text(
        "whether the debt is for personal use", "si la deuda es de consumo personal", "债务是否用于个人消费"
    ),
    "debt.in_default_when_obtained": Text(
        "whether the debt was in default when it was placed",
        "si la deuda ya estaba en mora cuando se encargó",
        "委托时债务是否已违约",
    ),
    "debt.status": Text("how the debt stands", "en qué estado está la deuda", "债务的状态"),
    "debtor.is_lost": Text("whether the debtor can be reached", "si se puede localizar al deudor", "债务人是否失联"),
    "debts": Text("about which debt", "sobre qué deuda", "涉及哪笔债务"),
    "dispute.in_period": Text(
        "whether the dispute came within its period", "si la disputa llegó dentro del plazo", "异议是否在期限内提出"
    ),
    "dispute.written": Text(
        "whether the dispute was in writing", "si la disputa fue por escrito", "异议是否以书面提出"
    ),
    "from_number": Text("which number is shown", "qué número se muestra", "显示哪个主叫号码"),
    "from_number.is_verified": Text(
        "whether the number shown is verified", "si el número que se muestra está verificado", "主叫号码是否经过核验"
    ),
    "guarantee.is_demandable": Text(
        "whether the guarantee can be called", "si la garantía es exigible", "担保是否可以行使"
    ),
    "party.disclosure_basis": Text(
        "why this person may be told", "por qué se le puede informar a esta persona", "可向此人告知的依据"
    ),
    "party.role": Text(
        "what this person is to the debt", "qué relación tiene esta persona con la deuda", "此人与债务的关系"
    ),
    "person.authorised_media": Text(
        "which channels the person authorised", "qué canales autorizó la persona", "本人授权了哪些联系渠道"
    ),
    "person.places": Text("where the person lives", "dónde vive la persona", "此人居住地"),
    "person.timezones": Text(
        "what time it is where the person is", "qué hora es donde está la persona", "此人当地的时间"
    ),
    "plan.is_kept": Text("whether the plan is kept", "si el plan se cumple", "分期计划是否正常履行"),
    "purpose": Text("what the contact is for", "para qué es el contacto", "联系的目的"),
    "words.reveals_debt": Text(
        "whether the words let others learn of the debt",
        "si el texto deja ver la deuda a otros",
        "用语是否会让他人得知债务",
    ),
}


def words_for(fact: str) -> Text:
    """Return the sentence that ``fact`` is missing; the bare name where no words are kept for it."""
    named = FACTS.get(fact, Text(fact, fact, fact))
    return Text(*(sentence.format(fact=words) for sentence, words in zip(SENTENCE, named, strict=True)))
