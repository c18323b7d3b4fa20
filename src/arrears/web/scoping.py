"""Each request of a signed-in person runs in one transaction that sees what their organisation may see, as of today.

What a request refuses it also undoes: an answer of 400 or above rolls back, so that a refusal proves that nothing
happened. The one exception is 409: the house said no to a well-made request (the gate refused), and keeps the record.
"""

from collections.abc import Callable
from typing import Any

from django.contrib.auth import SESSION_KEY
from django.http import HttpRequest, HttpResponse

from arrears.config import clock
from arrears.store.scope import scope, session_of, undo

ZONE_KEY = "zone"
REFUSED = 400
REFUSED_AND_KEPT = 409


class ScopeMiddleware:
    """Finds out who asks, then opens their scope around everything that follows."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Answer one request, in its scope where somebody is signed in; without one no row can be seen."""
        user = _who(request)
        if user is None:
            return self.get_response(request)
        with scope(user.organisation_id, user.pk, today=clock.today_in(_zone(request, user))):
            response = self.get_response(request)
            if response.status_code >= REFUSED and response.status_code != REFUSED_AND_KEPT:
                undo()
        return response


def _who(request: HttpRequest) -> Any:  # Any: the staff member, whose type is chosen by settings
    if SESSION_KEY not in request.session:
        return None
    with session_of(int(request.session[SESSION_KEY])):
        return request.user if request.user.is_authenticated else None


def _zone(request: HttpRequest, user: Any) -> str:  # Any: as above
    """Return the organisation's time zone, read once a session."""
    if ZONE_KEY not in request.session:
        with scope(user.organisation_id, user.pk):
            request.session[ZONE_KEY] = user.organisation.timezone
    return str(request.session[ZONE_KEY])


def zone_of(request: HttpRequest) -> str:
    """Return the time zone in which this person's day is counted."""
    return str(request.session.get(ZONE_KEY, "UTC"))
