"""Facts that the rules of Mexico ask for."""

from typing import Final

from arrears.facts.asked.asked import Asked, Bearer, Shape, Supplier
from arrears.facts.asked.everywhere import ASK_CREDITOR, SET_IT
from arrears.kernel.texts import Text

ASKED: Final = (
    Asked(
        name="collector.redeco_is_valid",
        words=Text(
            "whether the agency's entry in REDECO is current",
            "si el registro en el REDECO está vigente",
            "REDECO 登记是否有效",
        ),
        bearer=Bearer.ORGANISATION,
        supplier=Supplier.REGISTER,
        remedy=SET_IT,
        shape=Shape.YES_NO,
        key="redeco_is_valid",
    ),
    Asked(
        name="person.is_elderly",
        words=Text("whether the person is of old age", "si la persona es mayor", "是否为长者"),
        bearer=Bearer.PERSON,
        supplier=Supplier.CREDITOR,
        remedy=ASK_CREDITOR,
        shape=Shape.YES_NO,
        key="is_elderly",
    ),
)
