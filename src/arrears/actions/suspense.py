"""Money that came in and found no debt yet, kept in the books as owed until somebody finds whose it is.

What stands in suspense follows from the lines of bank statements that wait; the books are brought to that, less what is
posted. A line that finds its debt leaves suspense by the same way.
"""

from datetime import datetime

from arrears.actions import books
from arrears.engine.books.journals import Line
from arrears.store.doors import suspense as door
from arrears.store.scope import current


def post_suspense(*, now: datetime, using: str = "default") -> int | None:
    """Bring the suspense account of the organisation in scope to what waits; return the journal, None for nothing.

    Whoever takes in a statement or decides about a line calls it in the same transaction, last of all; the night
    finds nothing left to post.
    """
    owner = current(using).organisation
    door.hold(owner, using=using)
    waiting, posted = door.waiting(owner, using=using), door.posted(owner, using=using)
    lines = []
    for code in sorted({*waiting, *posted}):
        more = waiting.get(code, 0) - posted.get(code, 0)
        if more:
            lines += [Line("received", code, more), Line("suspense", code, -more)]
    return books.post_lines(owner, "suspense", lines, now=now, using=using) if lines else None
