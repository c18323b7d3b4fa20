"""Who may look and act on the pages of takings, and what all of them show."""

from typing import Any

from django.http import HttpRequest

from arrears.config import clock
from arrears.kernel.hours import local_time
from arrears.web.permissions import COLLECTORS, may
from arrears.web.scoping import zone_of

LOOK = COLLECTORS | {"finance", "manager", "compliance", "auditor"}
ACT = COLLECTORS | {"finance"}
REVOKE = ACT | {"compliance"}
SHARE = frozenset({"finance", "supervisor"})
SEES_CASH = frozenset({"manager", "supervisor", "compliance", "finance", "auditor"})
MISTAKEN = 422


def common(request: HttpRequest) -> dict[str, Any]:  # Any: a template's context
    """Return zone, day, and what whoever asks may do."""
    zone = zone_of(request)
    return {
        "zone": zone,
        "today": local_time(clock.now(), zone).date(),
        "may_act": may(request.user, ACT),
        "may_revoke": may(request.user, REVOKE),
        "may_share": may(request.user, SHARE),
        "sees_cash": may(request.user, SEES_CASH),
    }
