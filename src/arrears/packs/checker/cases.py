"""The cases of a rule: words with the setting in which they are read."""

from datetime import date
from typing import Any  # a case is a plain YAML value

from arrears.domain.contacts import Role
from arrears.domain.wording import Block
from arrears.engine.checker import Decided, Kind, Rule, Setting


def read_case(case: Any, one: Rule) -> tuple[str, Setting]:
    """Return the words and the setting of a case: plain words, or ``words`` with parts of a setting.

    What the rule's ``parameters`` name as ``setting`` holds for all its cases.
    """
    said: dict[str, Any] = dict(one.parameters.get("setting", {}))
    said |= case if isinstance(case, dict) else {"words": case}
    amounts = said.get("amounts")
    return str(said["words"]), Setting(
        kind=Kind(said.get("kind", "message")),
        role=Role(said.get("role", "debtor")),
        places=tuple(said.get("places", one.places)),
        amounts=None if amounts is None else frozenset((int(minor), str(code)) for minor, code in amounts),
        currency=str(said.get("currency", "")),
        expected_language=said.get("expected"),
        decided=frozenset(map(Decided, said.get("decided", ()))),
        needed=frozenset(map(Block, said.get("needed", ()))),
        is_time_barred=said.get("barred"),
        is_last_notice=bool(said.get("last", False)),
        dispute_until=_day(said.get("until")),
        on=_day(said.get("on")),
    )


def _day(said: object) -> date | None:
    return said if isinstance(said, date) else None
