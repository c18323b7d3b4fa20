"""The site as ``arrears serve`` serves it, told that it is `daytime_book.NOON` when it starts."""

from datetime import datetime, timedelta

from daytime_book import NOON

from arrears.config import clock

_started = clock.now()
_now = clock.now


def _in_the_day() -> datetime:
    return NOON + (_now() - _started) + timedelta(seconds=1)


clock.now = _in_the_day

from arrears.web.wsgi import application  # noqa: E402, F401 - the clock is set before anybody asks it
