"""What is offered when a debt is to be cut, who asks, and what may be decided about it (P37)."""

from arrears.facts.fact import NULL, Code, Fact
from arrears.kernel.texts import Text

_ROLES = (
    Code(1, "collector", Text("Collector", "Gestor", "催收员")),
    Code(2, "senior", Text("Senior collector", "Gestor sénior", "资深催收员")),
    Code(3, "supervisor", Text("Supervisor", "Supervisor", "主管")),
    Code(4, "manager", Text("Manager", "Gerente", "经理")),
)
_NOBODY = Code(5, "nobody", Text("Nobody", "Nadie", "任何人均不可"))

FACTS = (
    Fact(
        "concession_kind",
        "code",
        "",
        "the offer",
        Text("What is offered", "Qué se ofrece", "方案类型"),
        absent=1,
        codes=(
            Code(1, "settlement", Text("Settlement for less", "Acuerdo con quita", "减额和解")),
            Code(2, "waiver", Text("Waiver of fees, charges or interest", "Condonación de cargos", "费用利息减免")),
        ),
    ),
    Fact(
        "cut_minor",
        "money",
        "minor",
        "the offer",
        Text("Amount cut", "Importe que se rebaja", "减免金额"),
        low=0,
    ),
    Fact(
        "cut_share_bps",
        "rate",
        "1/10000",
        "the offer: the amount cut over what is owed",
        Text("Share of the debt cut", "Parte de la deuda que se rebaja", "减免比例"),
    ),
    Fact(
        "cuts_principal",
        "flag",
        "",
        "the offer",
        Text("Principal is cut", "Se rebaja principal", "涉及减免本金"),
    ),
    Fact(
        "is_secured",
        "flag",
        "",
        "account.facts.is_secured",
        Text("The debt is secured", "La deuda tiene garantía", "债务有担保"),
    ),
    Fact(
        "is_consumer_debt",
        "flag",
        "",
        "product.consumer_purpose",
        Text("The debt is a consumer's", "Es deuda de consumo", "消费性债务"),
        Text("It is not known what the debt was for.", "No se sabe para qué fue la deuda.", "不清楚债务用途。"),
        absent=NULL,
    ),
    Fact(
        "own_role",
        "code",
        "",
        "staff.roles: the highest of these",
        Text("Who asks", "Quién lo pide", "申请人角色"),
        absent=1,
        codes=_ROLES,
    ),
    Fact(
        "authority_level",
        "code",
        "",
        "packs/authority",
        Text("Lowest role that may decide alone", "Rol mínimo que decide solo", "可单独决定的最低角色"),
        absent=5,
        codes=(*_ROLES, _NOBODY),
    ),
    Fact(
        "authority",
        "code",
        "",
        "packs/authority",
        Text("Authority", "Autoridad", "权限"),
        absent=3,
        codes=(
            Code(1, "alone", Text("May decide alone", "Puede decidir solo", "可自行决定")),
            Code(2, "approval", Text("Needs approval", "Necesita aprobación", "须经批准")),
            Code(3, "refused", Text("Not offered", "No se ofrece", "不得提供")),
        ),
    ),
    Fact(
        "expected_recovery_bps",
        "rate",
        "1/10000",
        "packs/authority",
        Text(
            "Share of the debt expected within a year without the offer",
            "Parte de la deuda que se espera cobrar en un año sin la oferta",
            "不提供方案时一年内预计收回比例",
        ),
    ),
)
