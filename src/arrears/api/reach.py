"""Who may ask for what: the roles of the pages, as a guard before a resource answers."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.http import HttpRequest, HttpResponse, JsonResponse

from arrears.api.answers import FORBIDDEN, Refused
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text

View = Callable[..., Any]

SEES_DEBTORS = frozenset(
    {"collector", "senior", "supervisor", "agency", "manager", "compliance", "field", "legal", "finance", "auditor"}
)
TELLS_DEBTORS = SEES_DEBTORS - {"auditor"}


def must_be(request: HttpRequest, roles: frozenset[str]) -> None:
    """Raise the refusal of somebody who has none of ``roles``."""
    own = frozenset(getattr(request.user, "roles", ()) or ())
    if not own & roles:
        raise Refused(Problem("role_missing", _NO_ROLE, _ASK), FORBIDDEN)


def signed_in_only(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Show the schema to whoever is signed in, and to nobody else."""

    @wraps(view)
    def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if not request.user.is_authenticated:
            return JsonResponse({"detail": "Unauthorized"}, status=401)
        return view(request, *args, **kwargs)

    return answer


_NO_ROLE = Text("Your role does not reach this far.", "Su función no llega hasta aquí.", "您的角色无权访问。")
_ASK = Text("Ask whoever gives out roles.", "Pídalo a quien asigna las funciones.", "请联系分配角色的人员。")
