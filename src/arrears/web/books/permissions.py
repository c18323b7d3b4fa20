"""Who looks at the books, and who closes a period or reconciles."""

from typing import Final

LOOK: Final = frozenset({"finance", "manager", "compliance", "auditor"})
CLOSE: Final = frozenset({"finance", "manager"})
