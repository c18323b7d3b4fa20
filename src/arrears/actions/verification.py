"""Who is speaking: asked for at least two items, never told one; which items, never what was answered (P22).

What is proved holds for this call alone. Until then, and after a failure, nothing may be said that reveals a debt.
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Final

from arrears.actions import history
from arrears.actions.mistakes import mistake
from arrears.domain.contacts import Outcome
from arrears.kernel.epoch import NO_DATE
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.packs.dispositions import Item, verification_items
from arrears.store.doors import attempts
from arrears.store.doors.attempts import Begun
from arrears.store.doors.cases import Case
from arrears.store.scope import current

ITEMS_NEEDED: Final = 2
LONGEST_CALL: Final = timedelta(hours=2)
"""What was verified lapses with the call; a call that nobody ended is taken to be over after this."""

WHEN_FAILED: Final = Text(
    "Thank you for your time. I can only speak with the person I am calling for. Good-bye.",
    "Gracias por su tiempo. Solo puedo hablar con la persona a quien llamo. Hasta luego.",
    "谢谢您的时间。我只能与我要找的本人通话。再见。",
)
"""What to say when somebody cannot be verified: it tells nothing about why we called."""
TOO_FEW_ON_FILE: Final = Text(
    "Too little is on file to verify this person: it takes two items, and the name, which was read out, is none. "
    "What counts once it is on file: the date of birth, the postal address, an e-mail address, the national id, the "
    "last digits of an account number, the day of the last payment.",
    "No hay datos suficientes registrados para verificar a esta persona: hacen falta dos, y el nombre, que ya se dijo, "
    "no cuenta. Sirven, una vez registrados: la fecha de nacimiento, el domicilio, un correo electrónico, el documento "
    "de identidad, las últimas cifras de un número de cuenta, el día del último pago.",
    "登记的信息不足以核实此人身份：至少需要两项，而姓名已被念出，不能算数。登记后可用的有：出生日期、住址、电子邮箱、"
    "身份证件、账号末几位、最近一次还款的日期。",
)
_POSTCODE: Final = re.compile(r"\b(\d{4,7}|[A-Z]{1,2}\d[A-Z\d]? ?\d[A-Z]{2}|[A-Z]\d[A-Z] ?\d[A-Z]\d)\b")
_ON_FILE: Final[dict[str, Callable[[Case], bool]]] = {
    "birth_date": lambda case: case.who.has_birth_date,
    "postcode": lambda case: any(map(_POSTCODE.search, _values(case, "address"))),
    "address": lambda case: bool(_values(case, "address")),
    "national_id_end": lambda case: case.who.has_national_id,
    "account_number_end": lambda case: bool(case.debts),
    "email": lambda case: bool(_values(case, "email")),
    "agreed_word": lambda case: bool(case.who.facts.get("agreed_word")),
    "last_payment": lambda case: any(
        debt.position is not None and debt.position.last_payment_day != NO_DATE for debt in case.debts
    ),
}
"""Whether the answer to an item can be compared with anything; the name is read out and so proves nothing."""


def _values(case: Case, kind: str) -> list[str]:
    return [point.value for point in case.points if point.kind == kind and point.is_valid]


def askable(case: Case) -> list[Item]:
    """Return the items to which the book has an answer for this person, never the name, in the pack's order."""
    return [item for code, item in verification_items().items() if code in _ON_FILE and _ON_FILE[code](case)]


@dataclass(frozen=True, slots=True)
class Verified:
    """Whether somebody on the call proved to be the person; ``say`` is set where they did not."""

    is_passed: bool
    say: Text | None


def record(
    attempt_id: int, items: Iterable[str], *, is_passed: bool, now: datetime, using: str = "default"
) -> Verified | Problem:
    """Note which items somebody on a call was asked for, and whether they proved to be the person.

    It takes two different items at least. Nothing of what was answered is taken in, so nothing of it can be kept.
    """
    begun = attempts.attempt(attempt_id, using=using)
    if begun is None:
        return mistake("attempt_not_found")
    asked = sorted(set(items))
    problem = _mistake(begun, asked, is_passed=is_passed, now=now, using=using)
    if problem:
        return problem
    staff = current(using).user
    assert staff is not None
    attempts.add_verification(
        begun,
        asked,
        staff=staff,
        at=now,
        expires_at=begun.started_at + LONGEST_CALL,
        using=using,
        is_passed=is_passed,
    )
    history.append(
        "verification_passed" if is_passed else "verification_failed",
        owner=begun.owner,
        person=begun.person,
        now=now,
        using=using,
        attempt=begun.id,
        items=asked,
    )
    return Verified(is_passed, None if is_passed else WHEN_FAILED)


def _mistake(begun: Begun, asked: list[str], *, is_passed: bool, now: datetime, using: str) -> Problem | None:
    if begun.staff != current(using).user:
        return mistake("attempt_of_other")
    if not _is_going_on(begun, now):
        return mistake("call_is_over")
    unknown = [item for item in asked if item not in verification_items()]
    if unknown:
        return mistake("item_unknown", "items", said=unknown[0])
    if is_passed and len(asked) < ITEMS_NEEDED:
        return mistake("items_too_few", "items")
    return None


def _is_going_on(begun: Begun, now: datetime) -> bool:
    return begun.outcome is Outcome.STARTED and now < begun.started_at + LONGEST_CALL


def is_verified(attempt_id: int, *, now: datetime, using: str = "default") -> bool:
    """Return whether somebody on this call has proved to be the person and the call still goes on.

    Only then may a page show, or a track say, what the call is about.
    """
    begun = attempts.attempt(attempt_id, using=using)
    found = attempts.verification_of(attempt_id, using=using)
    return begun is not None and _is_going_on(begun, now) and found is not None and found[0] and now < found[2]
