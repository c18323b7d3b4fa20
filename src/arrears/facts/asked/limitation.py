"""Facts by which it is known until when a debt may be sued on."""

from typing import Final

from arrears.facts.asked.asked import Asked, Bearer, Shape, Supplier
from arrears.facts.asked.everywhere import ASK_CREDITOR, SET_IT
from arrears.kernel.texts import Text

ASKED: Final = (
    Asked(
        name="debt.limitation",
        words=Text(
            "until when a debt of this place and kind may be sued on: no verified period is in use",
            "hasta cuándo se puede demandar por una deuda de este lugar y tipo: no hay un plazo verificado en uso",
            "此地此类债务可起诉至何时：没有启用经核实的期间",
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.WORDS,
        key="limitation",
    ),
    Asked(
        name="debt.default_on",
        words=Text("when the debt went into default", "cuándo entró en mora la deuda", "债务违约日期"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.DATE,
        key="default_on",
    ),
    Asked(
        name="debt.charged_off_on",
        words=Text("when the debt was charged off", "cuándo se castigó la deuda", "债务核销日期"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.DATE,
        key="charged_off_on",
    ),
    Asked(
        name="debt.last_payment_on",
        words=Text("when the last payment was made", "cuándo se hizo el último pago", "最后付款日期"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.DATE,
        key="last_payment_on",
    ),
    Asked(
        name="debt.contacted_in_period",
        words=Text(
            "whether anybody was in touch with the customer before the debt was barred",
            "si hubo contacto con el cliente antes de que prescribiera",
            "时效届满前是否与客户有过联系",
        ),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.YES_NO,
        key="contacted_in_period",
    ),
)
