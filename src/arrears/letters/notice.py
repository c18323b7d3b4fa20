"""The words of notices as they stand on paper: the validation notice, and every other from its fields."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from arrears.engine.computation import said_amount, said_day
from arrears.engine.notices.contents import Contents, Given, Shape
from arrears.kernel.texts import Text

Block = dict[str, Any]  # Any: one block of the template's JSON


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """Who writes, to whom, and what both call the debt by. ``sender`` and ``to`` are lines of an address."""

    sender: tuple[str, ...]
    to: tuple[str, ...]
    reference: str
    currency: str
    printed_on: date


def notice_words(contents: Contents, given: Given, envelope: Envelope, language: str) -> dict[str, Any]:
    """Return the words of the letter ``notice`` for ``contents`` in ``language``; ``given`` must be without faults."""
    making = _validation if contents.letter == "validation" else _plain
    return {
        "title": contents.title.said_in(language),
        "creditor": envelope.sender[0] if envelope.sender else "",
        "sender": list(envelope.sender),
        "to": list(envelope.to),
        "to_words": _SAID["to"].said_in(language),
        "facts": [
            [_SAID["reference"].said_in(language), envelope.reference],
            [_SAID["date"].said_in(language), said_day(envelope.printed_on, language)],
        ],
        "blocks": list(making(contents, _Saying(given, language, envelope))),
        "page": _SAID["page"].said_in(language),
    }


def plain_text(words: Mapping[str, Any]) -> str:
    """Return the same words as plain text, in reading order: what is kept with the attempt and can be searched."""
    lines = [*words["sender"], "", words["to_words"], *words["to"], "", words["title"]]
    lines += [f"{name}: {value}" for name, value in words["facts"]]
    for block in words["blocks"]:
        lines += ["", *_block_lines(block)]
    return "\n".join(lines).strip()


def _block_lines(block: Block) -> Iterator[str]:
    match block["kind"]:
        case "rows":
            yield from (f"{row['what']}: {row['amount']}" if row["amount"] else row["what"] for row in block["rows"])
        case "points":
            yield from (f"- {item}" for item in block["items"])
        case "form":
            yield from (block["title"], *block["mail_to"], *block["mail_from"])
            for group in block["groups"]:
                yield from (group["title"], *(f"[ ] {item}" for item in group["items"]))
        case _:
            yield block["text"]


@dataclass(frozen=True, slots=True)
class _Saying:
    """Puts values and sentences into one language."""

    given: Given
    language: str
    envelope: Envelope

    def value(self, name: str) -> str:
        found = self.given.get(name)
        if isinstance(found, date):
            return said_day(found, self.language)
        if isinstance(found, int):
            return said_amount(found, self.language, self.envelope.currency)
        return str(found or "")

    def text(self, name: str) -> str:
        values = {key: self.value(key) for key in self.given}
        return _SAID[name].said_in(self.language).format(**values)

    def row(self, name: str, amount: str, *, sign: str = "", is_total: bool = False) -> Block:
        return {"what": self.text(name), "amount": f"{sign}{self.value(amount)}", "is_total": is_total}


def _validation(_contents: Contents, say: _Saying) -> Iterator[Block]:
    yield {"kind": "paragraph", "text": say.text("disclosure")}
    yield {"kind": "heading", "text": say.text("our_information")}
    yield {"kind": "paragraph", "text": say.text("your_account" if say.given.get("product") else "your_account_bare")}
    yield {"kind": "rows", "rows": list(_itemized(say))}
    yield {"kind": "heading", "text": say.text("how_to_dispute")}
    yield {"kind": "points", "items": [say.text("dispute"), say.text("assumed")]}
    yield {"kind": "heading", "text": say.text("what_else")}
    yield {"kind": "points", "items": list(_what_else(say))}
    yield {
        "kind": "form",
        "title": say.text("respond"),
        "mail_to": [say.text("mail_to"), *say.envelope.sender[:1], *say.value("collector_address").splitlines()],
        "mail_from": [say.text("mail_from"), *say.envelope.to],
        "groups": [
            {"title": say.text("i_dispute"), "items": [say.text(n) for n in ("not_mine", "amount_wrong", "other")]},
            {"title": say.text("i_want"), "items": [say.text("want_creditor"), say.text("want_spanish")]},
            {"title": say.text("i_enclose"), "items": [say.text("amount_enclosed")]},
        ],
    }


def _itemized(say: _Saying) -> Iterator[Block]:
    yield say.row("owed_then", "amount_then")
    yield {"what": say.text("since"), "amount": "", "is_total": False}
    yield say.row("interest", "interest", sign="+ ")
    yield say.row("fees", "fees", sign="+ ")
    yield say.row("payments", "payments", sign="− ")
    yield say.row("credits", "credits", sign="− ")
    yield say.row("owed_now", "amount_now", is_total=True)


def _what_else(say: _Saying) -> Iterator[str]:
    yield say.text("original_creditor")
    yield say.text("bureau")
    for name in ("payment_options", "electronic_dispute"):
        if say.given.get(name):
            yield say.text(name)
    yield say.text("spanish")


def _plain(contents: Contents, say: _Saying) -> Iterator[Block]:
    """Yield the fields of any other notice in the order of its file; the contact point stands out."""
    yield {"kind": "paragraph", "text": (contents.opening or contents.words).said_in(say.language)}
    amounts = [one for one in contents.fields if one.shape is Shape.MONEY]
    for one in contents.fields:
        title = _begun_large(one.title.said_in(say.language))
        if one.shape is Shape.MONEY:
            continue
        if one.shape is Shape.STATEMENT:
            yield {"kind": "paragraph", "text": _STATED[one.name].said_in(say.language)}
        elif say.given.get(one.name):
            kind = "prominent" if one.name == "contact_point" else "paragraph"
            yield {"kind": kind, "text": f"{title}: {say.value(one.name)}"}
    if amounts:
        totals = {each.result for each in contents.sums}
        rows = [
            {
                "what": _begun_large(one.title.said_in(say.language)),
                "amount": say.value(one.name),
                "is_total": one.name in totals,
            }
            for one in amounts
        ]
        yield {"kind": "rows", "rows": rows}


def _begun_large(title: str) -> str:
    return title[:1].upper() + title[1:]


_STATED: Final = {
    "law_applies": Text(
        "Union law and national law still apply to the enforcement of the contract and to your rights.",
        "El Derecho de la Unión y el nacional siguen aplicándose a la ejecución del contrato y a sus derechos.",
        "欧盟法与国内法继续适用于合同的执行及您的权利。",
    ),
    "rights": Text(
        "You may ask to see your data, have them corrected or erased, restrict or object to their use, and complain to "
        "the data protection authority.",
        "Puede pedir acceso a sus datos, su rectificación o supresión, limitar su uso u oponerse, y reclamar ante la "
        "autoridad de protección de datos.",
        "您可以查阅、更正、删除您的数据，限制或反对其使用，并向数据保护机关投诉。",
    ),
    "transfer": Text(
        "Your debt was or will be transferred to us for collection.",
        "Su deuda nos ha sido o nos será encargada para su cobro.",
        "您的债务已经或将要移交我方催收。",
    ),
    "may_be_used": Text(
        "We may write to you about this debt at the address below.",
        "Podremos escribirle sobre esta deuda a la dirección indicada.",
        "我方可能通过下述邮箱就该债务与您联系。",
    ),
    "others_may_see": Text(
        "Others who can open that mailbox may see what we send.",
        "Otras personas con acceso a ese buzón pueden ver lo que enviemos.",
        "能够访问该邮箱的其他人可能看到我方发送的内容。",
    ),
    "given_under_86b": Text(
        "This notice is given under the Consumer Credit Act 1974 because you are behind with your payments.",
        "Este aviso se da conforme a la Consumer Credit Act de 1974 porque está atrasado en sus pagos.",
        "根据《1974年消费信贷法》，因您拖欠还款，特此通知。",
    ),
    "given_under_87": Text(
        "This is a default notice served under section 87(1) of the Consumer Credit Act 1974. It is important: please "
        "read it carefully and get advice.",
        "Este es un requerimiento por incumplimiento conforme al artículo 87(1) de la Consumer Credit Act de 1974. Es "
        "importante: léalo con atención y pida asesoramiento.",
        "本函为依据《1974年消费信贷法》第87条第1款送达的违约通知。事关重大，请仔细阅读并寻求咨询。",
    ),
    "given_under_86e": Text(
        "This notice is given under section 86E of the Consumer Credit Act 1974 because the sums below became payable "
        "by you for being in default.",
        "Este aviso se da conforme al artículo 86E de la Consumer Credit Act de 1974 porque, por su impago, usted debe "
        "los importes que siguen.",
        "根据《1974年消费信贷法》第86E条，因您违约而产生下列应付费用，特此通知。",
    ),
    "no_interest_yet": Text(
        "No interest is charged on these sums for 28 days after the day on which you get this notice, and after that "
        "only simple interest.",
        "No se cobran intereses sobre estos importes durante los 28 días siguientes al día en que reciba este aviso; "
        "después, solo intereses simples.",
        "自您收到本通知次日起 28 日内不对上述款项计息，此后仅计单利。",
    ),
    "keeps_coming": Text(
        "While you are behind you will get a notice like this at least every six months. Interest and default charges "
        "may go on being added where your agreement says so.",
        "Mientras siga atrasado recibirá un aviso como este al menos cada seis meses. Pueden seguir añadiéndose "
        "intereses y gastos por impago si su contrato lo prevé.",
        "在您拖欠期间，至少每六个月会收到一次此类通知。合同有约定的，利息和违约费用可能继续增加。",
    ),
    "time_order": Text(
        "If you cannot pay, you may ask the court for more time (a time order). A debt adviser can tell you how.",
        "Si no puede pagar, puede pedir al juzgado más tiempo (una «time order»). Un asesor de deudas puede explicarle "
        "cómo.",
        "如无力支付，您可以向法院申请延长期限（time order），债务顾问可告知办理方法。",
    ),
    "if_put_right": Text(
        "If you do what is asked before that day, the breach is taken as never having happened and nothing follows.",
        "Si hace lo que se pide antes de ese día, el incumplimiento se tiene por no ocurrido y nada más se hará por "
        "él.",
        "如您在该日之前完成上述事项，该违约视为从未发生，我方不会就此采取进一步措施。",
    ),
    "dispute_rights": Text(
        "If you think this is wrong you may object and send what shows it; we will note it and look into it.",
        "Si cree que hay un error, puede reclamar y enviar lo que lo acredite; lo anotaremos y lo comprobaremos.",
        "如您有异议，可提出并提供证据材料，我方将予以记录并核查。",
    ),
    "sealed": Text("Sealed by the issuer.", "Con el sello de la entidad.", "（加盖业务公章）"),
    "information_sheet": Text(
        "The regulator's information sheet is enclosed.",
        "Se adjunta la hoja informativa del regulador.",
        "随附监管机构的说明页。",
    ),
}
"""Statements by the name of their field: every such field of a file stands here, which a test holds."""
_SAID: Final = {
    "to": Text("To", "Para", "收件人"),
    "reference": Text("Reference", "Referencia", "编号"),
    "date": Text("Date", "Fecha", "日期"),
    "page": Text("Page", "Página", "页"),
    "disclosure": Text(
        "{collector_name} collects debts. This letter is an attempt to collect a debt that you owe to {creditor_now}; "
        "whatever you tell us will be used for that purpose.",
        "{collector_name} se dedica al cobro de deudas. Con esta carta se intenta cobrar una deuda que usted tiene con "
        "{creditor_now}; lo que nos diga se usará con ese fin.",
        "{collector_name} 为债务催收人。本函旨在催收您欠 {creditor_now} 的债务；您提供的信息将用于该目的。",
    ),
    "our_information": Text("What our records show", "Lo que consta en nuestros registros", "我方记录"),
    "your_account": Text(
        "You had an account with {creditor_then} with the number {account_number} ({product}).",
        "Usted tenía una cuenta con {creditor_then}, número {account_number} ({product}).",
        "您在 {creditor_then} 开立的账户，账号 {account_number}（{product}）。",
    ),
    "your_account_bare": Text(
        "You had an account with {creditor_then} with the number {account_number}.",
        "Usted tenía una cuenta con {creditor_then}, número {account_number}.",
        "您在 {creditor_then} 开立的账户，账号 {account_number}。",
    ),
    "owed_then": Text("Owed on {itemization_date}", "Se debía el {itemization_date}", "{itemization_date} 欠款"),
    "since": Text(
        "Between {itemization_date} and today:", "Entre el {itemization_date} y hoy:", "{itemization_date} 至今："
    ),
    "interest": Text("Interest charged", "Intereses cargados", "计收利息"),
    "fees": Text("Fees charged", "Comisiones cargadas", "计收费用"),
    "payments": Text("Paid", "Pagado", "已还款"),
    "credits": Text("Credited", "Abonado", "已减免"),
    "owed_now": Text("Owed in all now", "Total que se debe ahora", "目前欠款合计"),
    "how_to_dispute": Text("How you can dispute the debt", "Cómo puede disputar la deuda", "如何提出异议"),
    "dispute": Text(
        "Call or write to us by {dispute_by} to dispute all or part of the debt. If you write by {dispute_by}, we must "
        "stop collecting what you dispute until we send you information that shows you owe it.",
        "Llámenos o escríbanos hasta el {dispute_by} para disputar toda la deuda o parte de ella. Si escribe hasta el "
        "{dispute_by}, debemos dejar de cobrar lo disputado hasta enviarle información que acredite que lo debe.",
        "请在 {dispute_by} 前来电或来函，对全部或部分债务提出异议。如在 {dispute_by} 前书面提出，"
        "在寄送证明您负有该债务的材料之前，我方须停止催收有争议部分。",
    ),
    "assumed": Text(
        "If we do not hear from you by {assumed_valid_after}, we will assume that our information is correct.",
        "Si no tenemos noticias suyas hasta el {assumed_valid_after}, supondremos que nuestra información es correcta.",
        "如至 {assumed_valid_after} 未收到您的回复，我方将推定上述信息无误。",
    ),
    "what_else": Text("What else you can do", "Qué más puede hacer", "您还可以"),
    "original_creditor": Text(
        "Write to us by {original_creditor_by} to ask for the name and address of the original creditor, if it is "
        "another than the current one. We must then stop collecting until we have sent them.",
        "Escríbanos hasta el {original_creditor_by} para pedir el nombre y la dirección del acreedor original, si es "
        "distinto del actual. Entonces debemos dejar de cobrar hasta enviárselos.",
        "如原债权人与现债权人不同，请在 {original_creditor_by} 前书面要求告知其名称和地址；寄送之前我方须停止催收。",
    ),
    "bureau": Text(
        "Read about your rights under federal law at www.cfpb.gov/debt-collection.",
        "Infórmese de sus derechos según la ley federal en www.cfpb.gov/debt-collection.",
        "联邦法赋予您的权利，见 www.cfpb.gov/debt-collection。",
    ),
    "payment_options": Text("{payment_options}", "{payment_options}", "{payment_options}"),
    "electronic_dispute": Text(
        "You may also answer electronically: {electronic_dispute}",
        "También puede responder por vía electrónica: {electronic_dispute}",
        "您也可以电子方式回复：{electronic_dispute}",
    ),
    "spanish": Text(
        "Póngase en contacto con nosotros si desea una copia de este aviso en español.",
        "Este aviso está disponible en inglés y en español.",
        "本通知备有英文和西班牙文版本（English / español）。",
    ),
    "respond": Text("How do you want to answer?", "¿Cómo desea responder?", "您的回复"),
    "mail_to": Text("Send this form to:", "Envíe este formulario a:", "请将此表寄至："),
    "mail_from": Text("From:", "De:", "寄件人："),
    "i_dispute": Text(
        "I dispute the debt, because I think:", "Disputo la deuda porque creo que:", "我对该债务有异议，理由是："
    ),
    "not_mine": Text("This is not my debt.", "No es mi deuda.", "这不是我的债务。"),
    "amount_wrong": Text("The amount is wrong.", "El importe es incorrecto.", "金额有误。"),
    "other": Text(
        "Other (please say on the back of this form, or enclose a letter).",
        "Otro motivo (descríbalo al dorso o adjunte una carta).",
        "其他（请写在背面或附函说明）。",
    ),
    "i_want": Text("I want you to:", "Quiero que:", "我要求："),
    "want_creditor": Text(
        "Send me the name and address of the original creditor.",
        "Me envíen el nombre y la dirección del acreedor original.",
        "寄送原债权人的名称和地址。",
    ),
    "want_spanish": Text(
        "Quiero este formulario en español.", "Quiero este formulario en español.", "索取西班牙文表格。"
    ),
    "i_enclose": Text("I enclose:", "Adjunto:", "随附："),
    "amount_enclosed": Text(
        "A payment of ______________ to {collector_name}",
        "Un pago de ______________ a favor de {collector_name}",
        "向 {collector_name} 付款 ______________",
    ),
}
