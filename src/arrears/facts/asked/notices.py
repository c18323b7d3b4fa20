"""Facts about notices that had to go, and about the papers without which a debt is not pursued."""

from typing import Final

from arrears.facts.asked.asked import Asked, Bearer, Shape, Supplier
from arrears.facts.asked.everywhere import ASK_CREDITOR
from arrears.kernel.texts import Text

SHOW_PAPER: Final = Text(
    "Obtain the paper, and note here what shows it and where it is kept.",
    "Consiga el documento y anote aquí qué lo acredita y dónde se guarda.",
    "请取得文件，并在此注明凭证及存放处。",
)
ASKED: Final = (
    Asked(
        name="debt.validation_given_on",
        words=Text(
            "when validation information was given, in an earlier book or orally",
            "cuándo se dio la información de validación, en un libro anterior o de palabra",
            "此前（旧账册或口头）提供债务核实信息的日期",
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.HOUSE,
        remedy=Text(
            "Look it up in the earlier book and enter the day; where it never went, send the notice.",
            "Búsquelo en el libro anterior e introduzca el día; si nunca salió, envíe el aviso.",
            "请在旧账册中查明并录入日期；如从未发出，请发送通知。",
        ),
        shape=Shape.DATE,
        key="validation_given_on",
    ),
    Asked(
        name="debt.is_transferred",
        words=Text(
            "whether the debt was transferred to a purchaser",
            "si la deuda fue cedida a un adquirente",
            "债权是否已转让给受让人",
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.YES_NO,
        key="is_transferred",
    ),
    Asked(
        name="debt.chain_of_creditors",
        words=Text(
            "how the debt came from its first creditor to the present one",
            "cómo pasó la deuda del primer acreedor al actual",
            "债权从原债权人到现债权人的流转凭证",
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=SHOW_PAPER,
        key="chain_of_creditors",
    ),
    Asked(
        name="debt.right_person",
        words=Text(
            "what shows that this is the person who owes",
            "qué acredita que esta es la persona que debe",
            "证明此人即债务人的依据",
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=SHOW_PAPER,
        key="right_person",
    ),
    Asked(
        name="debt.itemisation",
        words=Text(
            "an itemization that adds up to what is owed",
            "un desglose que cuadre con lo que se debe",
            "与欠款相符的明细",
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=Text(
            "Compare the ledger with the creditor's figures; correct the entries, or note what explains it.",
            "Compare el libro con las cifras del acreedor; corrija los asientos o anote qué explica la diferencia.",
            "请核对账目与债权人数据；更正分录，或说明差异原因。",
        ),
        key="itemisation",
    ),
    Asked(
        name="debt.last_payment",
        words=Text(
            "when the debtor last paid, or that nothing was paid",
            "cuándo pagó el deudor por última vez, o que nada se pagó",
            "最近一次还款日期，或从未还款",
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=Text(
            "Enter the day of the last payment, or the word none.",
            "Introduzca el día del último pago, o la palabra none si no hubo.",
            "请录入最近还款日；从未还款请填 none。",
        ),
        key="last_payment",
    ),
)
