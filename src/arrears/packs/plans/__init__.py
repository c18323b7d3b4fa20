"""The rules about plans, as data: who may agree what, the usual grace, when a debt may be re-aged."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Final

import yaml

from arrears.engine.plans.re_age import ReAgeRule
from arrears.kernel.texts import Text

FILE: Final = Path(__file__).parent / "rules.yaml"


@dataclass(frozen=True, slots=True)
class Authority:
    """What a role agrees without asking anybody."""

    months: int = 0
    may_freeze: bool = False


@dataclass(frozen=True, slots=True)
class Rules:
    """Everything about plans that no law fixes. Days and months are those of the calendar."""

    authority: Mapping[str, Authority]
    most_months: int
    grace_days: int
    default_after: int
    review_every_days: int
    remind_days_before: int
    token_instalments: int
    room_percent: int
    re_age: ReAgeRule

    def of_roles(self, roles: Iterable[str]) -> Authority:
        """Return what somebody with these roles may agree: the widest of each."""
        own = [self.authority[role] for role in roles if role in self.authority]
        return Authority(max((one.months for one in own), default=0), any(one.may_freeze for one in own))


@cache
def rules() -> Rules:
    """Return the rules; read once."""
    raw = yaml.safe_load(FILE.read_text(encoding="utf-8"))
    re_age = raw["re_age"]
    return Rules(
        authority={role: Authority(one["months"], one["freeze"]) for role, one in raw["authority"].items()},
        most_months=raw["most_months"],
        grace_days=raw["default"]["grace_days"],
        default_after=raw["default"]["default_after"],
        review_every_days=raw["default"]["review_every_days"],
        remind_days_before=raw["remind_days_before"],
        token_instalments=raw["token"]["instalments"],
        room_percent=raw["room_percent"],
        re_age=ReAgeRule(
            kept_instalments=re_age["kept_instalments"],
            months_between=re_age["months_between"],
            most=re_age["most"],
            within_years=re_age["within_years"],
            least_age_months=re_age["least_age_months"],
            cites=re_age["citation"],
            words=Text(**re_age["words"]),
        ),
    )
