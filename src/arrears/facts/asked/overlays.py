"""Facts by which a rule knows whether it was made for a debt: whose debt it is, and what was owed for."""

from typing import Final

from arrears.facts.asked.asked import Asked, Bearer, Shape, Supplier
from arrears.facts.asked.everywhere import ASK_CREDITOR, SET_IT
from arrears.kernel.texts import Text

ASKED: Final = (
    Asked(
        name="debt.kind",
        words=Text("what the debt is for", "de qué es la deuda", "债务的种类"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.CODE,
    ),
    Asked(
        name="debt.creditor",
        words=Text("whose debt it is", "de quién es el crédito", "债权属于谁"),
        bearer=Bearer.ACCOUNT,
        supplier=Supplier.HOUSE,
        remedy=SET_IT,
        shape=Shape.CODE,
    ),
)
