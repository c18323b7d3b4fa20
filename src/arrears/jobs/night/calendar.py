"""Which nights are due: the one for today, or every one that was missed, in order."""

from datetime import date, timedelta


def nights_due(book_open_on: date | None, today: date, *, catch_up: bool) -> tuple[date, ...]:
    """Return the days to be made ready, oldest first.

    ``book_open_on`` is the business date of the open book day (None: no day was ever opened). A night for a day closes
    the book day before it. One night straight to ``today`` puts everything right; with ``catch_up`` each missed day
    has its own night, so that the history of decisions has no hole.
    """
    if book_open_on is None:
        return (today,)
    if book_open_on >= today:
        return ()
    if not catch_up:
        return (today,)
    return tuple(book_open_on + timedelta(days=n) for n in range(1, (today - book_open_on).days + 1))
