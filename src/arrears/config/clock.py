"""The only clock of the house: everything below takes ``now`` or ``as_of`` as an argument."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo


def now() -> datetime:
    """Return this instant, aware, in UTC."""
    return datetime.now(UTC)  # noqa: TID251 - the one place that may ask


def today_in(zone: str) -> date:
    """Return today's calendar date in ``zone`` (an IANA name such as ``America/New_York``)."""
    return now().astimezone(ZoneInfo(zone)).date()
