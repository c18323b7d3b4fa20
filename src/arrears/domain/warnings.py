"""Warnings about a message and what a named human answered to them.

A rule that asks for a named human is kept with the message as a record (rule, reason, citation). An answer is kept with
the record that it answers. It holds while the rule says the same: another reason, or a further rule, asks again. It
falls with the leave of whoever gave it, and with the words of the template that they read.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final  # Any: JSON

Json = Mapping[str, Any]

ANSWERED: Final = "answered"
ASKS: Final = "ask_human"


@dataclass(frozen=True, slots=True)
class Approval:
    """Who let a contact go that the gate asked a named human about, and why; None is whoever acts now."""

    by: int | None
    because: str


def is_open(record: Json) -> bool:
    """Return whether nobody has answered this record."""
    return ANSWERED not in record


def waits_for_a_human(records: Sequence[Json]) -> bool:
    """Return whether all that stands in the way is for a named human to answer."""
    unanswered = [one for one in records if is_open(one)]
    return bool(unanswered) and all(one.get("answer") == ASKS for one in unanswered)


def says_the_same(one: Json, other: Json) -> bool:
    """Return whether two records are of the same rule for the same reason, in the words that a human reads."""
    return (one["rule"], one["reason"]) == (other["rule"], other["reason"])


def with_answers(now: Iterable[Json], before: Sequence[Json], *, keeps_others: bool) -> list[Json]:
    """Return what stands in the way now, each with the answer it had where it says the same.

    ``keeps_others`` keeps answers to what does not stand in the way at the moment: behind a refusal nobody looks.
    """
    answered = [one for one in before if not is_open(one)]
    found = [_answered(one, answered) for one in now]
    others = (one for one in answered if not any(says_the_same(one, new) for new in found))
    return [*found, *others] if keeps_others else found


def without_fallen(records: Sequence[Json], standing: Callable[[Json], bool]) -> list[Json]:
    """Return records, those whose answer is not ``standing`` any more as nobody had answered them."""
    return [
        one
        if is_open(one) or standing(one[ANSWERED])
        else {name: said for name, said in one.items() if name != ANSWERED}
        for one in records
    ]


def _answered(record: Json, answered: Sequence[Json]) -> Json:
    before = next((one for one in answered if says_the_same(one, record)), None)
    return record if before is None else {**record, ANSWERED: before[ANSWERED]}


def approval(warnings: Sequence[Json], answered: Sequence[Json]) -> Approval | None:
    """Return who answered all of ``warnings``, the last of them by name, and every reason; None where one is open."""
    found = [_answered(one, [old for old in answered if not is_open(old)]) for one in warnings]
    if not found or any(map(is_open, found)):
        return None
    answers = sorted((one[ANSWERED] for one in found), key=lambda one: str(one["at"]))
    return Approval(int(answers[-1]["by"]), "; ".join(dict.fromkeys(str(one["because"]) for one in answers)))
