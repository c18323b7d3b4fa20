"""What an organisation says of itself: the numbers it calls from."""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from arrears.actions import history
from arrears.engine.intake.values import e164
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.store.doors import founding
from arrears.store.doors.organisations_at_night import organisations
from arrears.store.scope import current

NUMBERS: Final = "from_numbers"


def calling_numbers(*, using: str = "night") -> tuple[str, ...]:
    """Return the numbers (E.164) that the organisation in scope has said to be its own; the first is shown."""
    (own,) = organisations([current(using).organisation], using=using)
    return tuple(own.settings.get(NUMBERS, ()))


def change_numbers(add: Sequence[str], drop: Sequence[str], *, now: datetime, using: str = "night") -> list[Problem]:
    """Add and drop numbers of the organisation in scope; every mistake is returned at once, and then nothing changes.

    Numbers come with their country code. Whoever adds one says that it is the organisation's own and is answered when
    called back: calls from any other are refused (R04).
    """
    there = calling_numbers(using=using)
    new, gone = {said: e164(said, "") for said in add}, {said: e164(said, "") for said in drop}
    problems = [_problem("not_a_phone", said) for said, read in {**new, **gone}.items() if read is None]
    problems += [_problem("not_ours", said) for said, read in gone.items() if read is not None and read not in there]
    if problems:
        return problems
    kept = [number for number in dict.fromkeys((*there, *map(str, new.values()))) if number not in gone.values()]
    if tuple(kept) != there:
        (own,) = organisations([current(using).organisation], using=using)
        founding.keep_settings(own.id, {**own.settings, NUMBERS: kept}, using=using)
        history.append("calling_numbers_changed", owner=own.id, now=now, using=using, before=list(there), after=kept)
    return []


_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "not_a_phone": (
        Text("“{said}” is no telephone number.", "«{said}» no es un número de teléfono.", "“{said}”不是电话号码。"),
        Text(
            "Write it with its country code: +1 212 555 0150.",
            "Escríbalo con el prefijo del país: +1 212 555 0150.",
            "请带国家代码书写：+1 212 555 0150。",
        ),
    ),
    "not_ours": (
        Text(
            "“{said}” is not among the numbers to call from.",
            "«{said}» no figura entre los números desde los que se llama.",
            "“{said}”不在外呼号码之列。",
        ),
        Text("Drop one that is listed.", "Quite uno de la lista.", "请移除列表中的号码。"),
    ),
}


def _problem(code: str, said: str) -> Problem:
    reason, remedy = _SAID[code]
    return Problem(code, reason.filled(said=said), remedy, Where(field="number"))
