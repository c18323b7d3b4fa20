"""Who may look at a page and who may act on it, by role (DESIGN §7). Row-level security stands behind all of this.

An administrator keeps the house in order and sees no debtor; an auditor sees everything and changes nothing.
"""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.views import redirect_to_login
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseNotAllowed

View = Callable[..., HttpResponse]

COLLECTORS = frozenset({"collector", "senior", "supervisor", "agency"})
SEES_DEBTORS = COLLECTORS | {"manager", "compliance", "field", "legal", "finance", "auditor"}
EVERYBODY = SEES_DEBTORS | {"administrator"}
_READING = ("GET", "HEAD")


def roles_of(user: Any) -> frozenset[str]:  # Any: Django's anonymous user shares no base with ours
    """Return the roles of whoever asks; nobody signed in has none."""
    return frozenset(getattr(user, "roles", ()) or ())


def may(user: Any, roles: frozenset[str]) -> bool:
    """Return whether ``user`` has one of ``roles``."""
    return bool(roles_of(user) & roles)


def page(look: frozenset[str], act: frozenset[str] = frozenset()) -> Callable[[View], View]:
    """Open a view to those who may look (GET) and those who may act (POST); send the others away before it runs."""

    def guarded(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
            return _refusal(request, look, act) or view(request, *args, **kwargs)

        return answer

    return guarded


def action(act: frozenset[str]) -> Callable[[View], View]:
    """Open a view that only acts: POST by those who may."""
    return page(frozenset(), act)


def _refusal(request: HttpRequest, look: frozenset[str], act: frozenset[str]) -> HttpResponse | None:
    if not request.user.is_authenticated:
        return _to_sign_in(request)
    if request.method not in (*_READING, "POST") or (request.method in _READING and not look):
        return HttpResponseNotAllowed([*(_READING if look else ()), *(("POST",) if act else ())])
    if not may(request.user, look if request.method in _READING else act):
        raise PermissionDenied
    return None


def _to_sign_in(request: HttpRequest) -> HttpResponse:
    back = request.get_full_path() if request.method in _READING else ""
    return redirect_to_login(back)
