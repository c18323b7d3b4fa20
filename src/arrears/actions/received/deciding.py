"""What a human makes of a received text: whose it is, what it truly says, and what of sorting's doing stands."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any, Final

from arrears.actions import history, people
from arrears.actions.received import effects
from arrears.actions.received.mistakes import mistake
from arrears.actions.received.receiving import belongs_to
from arrears.domain.received import ReceivedState, Ruling, urgency
from arrears.domain.replies import Category
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text as Words
from arrears.store.doors import contact_records as records
from arrears.store.doors import received as rows
from arrears.store.doors.received import Text
from arrears.store.scope import current

DECIDING: Final = frozenset({"supervisor", "manager", "compliance", "legal", "agency"})
"""An agency decides what is written about debts it holds; what stops contact it may start, and others release."""
ERASING: Final = DECIDING - {"agency"}
_BY_A_HUMAN: Final = 1_000_000
MISREAD: Final = Words("Sorting had misread the text.", "La clasificación leyó mal el texto.", "自动分类误读了来文。")
"""The reason of a release where the human gave none."""


def take(text: int, *, now: datetime, using: str = "default") -> Text | Problem:
    """Take a text to read it, so that two people do not decide the same one."""
    found = _open(text, using)
    if isinstance(found, Problem):
        return found
    rows.change(text, state=ReceivedState.TAKEN, taken_by_id=current(using).user, taken_at=now, using=using)
    return _sure(text, using)


def let_go(text: int, *, using: str = "default") -> Problem | None:
    """Put a taken text back into the queue."""
    found = _open(text, using)
    if isinstance(found, Problem):
        return found
    rows.change(text, state=ReceivedState.WAITING, taken_by_id=None, taken_at=None, using=using)
    return None


def name_person(text: int, person: int, *, now: datetime, using: str = "default") -> Text | Problem:
    """Say who wrote a text; from then on it counts as a contact, and what it surely stops is stopped."""
    found = _open(text, using)
    if isinstance(found, Problem):
        return found
    if found.person is not None:
        return mistake("person_known", "person")
    reached = records.reached_person(person, using=using)
    if reached is None:
        return mistake("person_not_found", "person")
    rows.change(text, person_id=person, organisation_id=reached.owner, using=using)
    belongs_to(text, person, owner=reached.owner, now=now, using=using)
    return _sure(text, using)


def decide(
    text: int, category: str, *, is_right: bool, because: str = "", now: datetime, using: str = "default"
) -> Text | Problem:
    """Confirm or undo one category. Confirming sets off what waited for a human; undoing takes back what was done.

    With the last category decided the text is dealt with.
    """
    found = _open(text, using)
    if isinstance(found, Problem):
        return found
    at = next((i for i, one in enumerate(found.found) if _is_open(one, category)), None)
    if at is None:
        return mistake("category_not_found", "category")
    ruled = _ruled(found, found.found[at], because, is_right=is_right, now=now, using=using)
    if isinstance(ruled, Problem):
        return ruled
    decided = [*found.found[:at], ruled, *found.found[at + 1 :]]
    _keep(found, decided, now, using)
    history.append(
        "sorting_confirmed" if is_right else "sorting_undone",
        owner=found.owner,
        person=found.person,
        now=now,
        using=using,
        received=text,
        category=category,
    )
    return _sure(text, using)


def add_category(text: int, category: str, *, now: datetime, using: str = "default") -> Text | Problem:
    """Say that a text also means ``category``, which sorting did not find, and do what it asks for."""
    found = _open(text, using)
    if isinstance(found, Problem):
        return found
    if category not in set(Category):
        return mistake("category_not_found", "category")
    if any(one["category"] == category and one["ruling"] != Ruling.UNDONE for one in found.found):
        return mistake("category_there", "category")
    said = {"category": category, "ppm": _BY_A_HUMAN, "passages": [], "details": {}, "effect": None, "ruling": "open"}
    ruled = _ruled(found, said, "", is_right=True, now=now, using=using)
    if isinstance(ruled, Problem):
        return ruled
    others = [one for one in found.found if one["category"] != Category.OTHER]
    _keep(found, [*others, ruled], now, using)
    history.append(
        "sorting_added", owner=found.owner, person=found.person, now=now, using=using, received=text, category=category
    )
    return _sure(text, using)


def finish(text: int, *, now: datetime, using: str = "default") -> Text | Problem:
    """Put a text away: every category that is still open is confirmed, nothing waits any longer."""
    found = _open(text, using)
    if isinstance(found, Problem):
        return found
    for one in found.found:
        if one["ruling"] == Ruling.OPEN:
            done = decide(text, one["category"], is_right=True, now=now, using=using)
            if isinstance(done, Problem):
                return done
    _end(text, now, using)
    return _sure(text, using)


def erase(text: int, *, now: datetime, using: str = "default") -> Problem | None:
    """Erase the words of a text; that it came and what it led to stays."""
    found = rows.locked(text, using=using)
    if found is None:
        return mistake("text_not_found")
    if ERASING.isdisjoint(people.own_roles(using=using)):
        return mistake("may_not_decide_texts")
    rows.erase(text, at=now, using=using)
    history.append("text_erased", owner=found.owner, person=found.person, now=now, using=using, received=text)
    return None


def _ruled(
    text: Text, one: Mapping[str, Any], because: str, *, is_right: bool, now: datetime, using: str
) -> dict[str, Any] | Problem:
    """Return a category with its ruling, after doing or taking back what it stands for."""
    category = Category(one["category"])
    who = {"by": current(using).user, "at": now.isoformat()}
    if not is_right:
        why = because.strip() or MISREAD.said_in(people.own_language(using=using))
        stuck = effects.undo(text, one["effect"], why, now=now, using=using) if one["effect"] else None
        return stuck if stuck is not None else {**one, **who, "ruling": Ruling.UNDONE.value}
    effect = one["effect"]
    if effect is None and category in effects.AFTER_A_HUMAN:
        if text.person is None:
            return mistake("person_unknown")
        effect = effects.set_off(text, one, now=now, turn=len(text.found), using=using)
    return {**one, **who, "effect": effect, "ruling": Ruling.CONFIRMED.value}


def _is_open(one: Mapping[str, Any], category: str) -> bool:
    return bool(one["category"] == category and one["ruling"] == Ruling.OPEN)


def _keep(text: Text, found: list[dict[str, Any]] | list[Any], now: datetime, using: str) -> None:
    standing = frozenset(Category(one["category"]) for one in found if one["ruling"] != Ruling.UNDONE)
    rows.change(text.id, found=found, urgency=urgency(standing), using=using)
    if all(one["ruling"] != Ruling.OPEN for one in found):
        _end(text.id, now, using)


def _end(text: int, now: datetime, using: str) -> None:
    rows.change(text, state=ReceivedState.DONE, done_by_id=current(using).user, done_at=now, using=using)


def _open(text: int, using: str) -> Text | Problem:
    """Return a text that waits, held until the transaction ends; a Problem where the user may not decide it."""
    found = rows.locked(text, using=using)
    if found is None:
        return mistake("text_not_found")
    if DECIDING.isdisjoint(people.own_roles(using=using)):
        return mistake("may_not_decide_texts")
    if found.state is ReceivedState.DONE:
        return mistake("text_done")
    if found.taken_by not in {None, current(using).user}:
        return mistake("with_another")
    return found


def _sure(text: int, using: str) -> Text:
    found = rows.kept(text, using=using)
    assert found is not None
    return found
