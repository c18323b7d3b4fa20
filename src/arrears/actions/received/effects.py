"""What a sorted text sets off: stops, holds and case files, and their taking back.

Only what stops contact is set off by sorting itself, and only where it is sure. Each effect names the text that caused
it, so that the words stand beside it and one key confirms or undoes it.
"""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any, Final

from arrears.actions import addresses, cases, history, holds, people, positions
from arrears.actions.messages.queueing import queue_one
from arrears.domain.contacts import MEDIUM_OF, Channel, Medium, PointUse
from arrears.domain.holds import HoldKind, PreferenceKind
from arrears.domain.received import WRITTEN, EffectKind, Ruling
from arrears.domain.replies import Category
from arrears.engine.sorting import SURE_PPM
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.store.doors import contact_records as records
from arrears.store.doors import received as rows
from arrears.store.doors.received import Text

BY_ITSELF: Final = frozenset(
    {
        Category.CEASE,
        Category.STOP_CHANNEL,
        Category.BANKRUPTCY,
        Category.ATTORNEY,
        Category.IDENTITY_THEFT,
        Category.WRONG_PERSON,
        Category.DISPUTE,
        Category.ALREADY_PAID,
    }
)
"""What is obeyed before any human has looked. The others wait for one."""

AFTER_A_HUMAN: Final = BY_ITSELF | {Category.COMPLAINT}
"""What a human's confirmation sets off."""

_MEDIA: Final[Mapping[str, Medium]] = {
    "phone": Medium.TELEPHONE,
    "text": Medium.TEXT,
    "email": Medium.EMAIL,
    "letter": Medium.POST,
}
_OF_DEBTS: Final = frozenset(
    {Category.DISPUTE, Category.IDENTITY_THEFT, Category.WRONG_PERSON, Category.ATTORNEY, Category.ALREADY_PAID}
)
_CONFIRMED: Final = frozenset({Channel.TEXT, Channel.EMAIL})
CONFIRMED_WITHIN: Final = timedelta(minutes=30)
"""How long the confirmation of a stop is tried: a house assumption; each place's law may let it go for less."""
Kept = dict[str, Any]  # JSON


def obey(text: int, *, now: datetime, using: str = "default") -> int:
    """Set off everything that a text surely stops and that is not set off yet; return how much that was."""
    kept = rows.locked(text, using=using)
    if kept is None or kept.person is None:
        return 0
    found, done = [], 0
    for one in kept.found:
        is_due = one["effect"] is None and one["ppm"] >= SURE_PPM and Category(one["category"]) in BY_ITSELF
        effect = set_off(kept, one, now=now, using=using) if is_due and one["ruling"] == Ruling.OPEN else None
        found.append({**one, "effect": effect or one["effect"]})
        done += effect is not None
    rows.change(text, found=found, using=using)
    return done


def set_off(text: Text, one: Mapping[str, Any], *, now: datetime, turn: int = 0, using: str = "default") -> Kept | None:
    """Do what one category asks for and return it as kept; None where it could not be done, which a human sees."""
    assert text.person is not None
    category = Category(one["category"])
    source = (rows.SOURCE, f"{text.id}:{category.value}:{turn}")
    effect: Kept | None
    match category:
        case Category.STOP_CHANNEL:
            effect = _stop(text, one["details"], source[1], now=now, using=using)
        case Category.CEASE:
            effect = _hold(text, HoldKind.CEASE, source, {"written": text.channel in WRITTEN}, now=now, using=using)
        case Category.ALREADY_PAID:
            effect = _hold(text, HoldKind.PAYMENT_TRACE, source, {}, now=now, using=using)
        case _:
            effect = _case(text, one, source, now=now, using=using)
    if effect is None:
        return None
    history.append(
        "sorting_obeyed",
        owner=text.owner,
        person=text.person,
        now=now,
        using=using,
        received=text.id,
        category=category.value,
        effect=effect["kind"],
        refs=effect["refs"],
    )
    return effect


def _stop(text: Text, details: Mapping[str, str], ref: str, *, now: datetime, using: str) -> Kept:
    """Keep that a medium, or calls to work, are not wanted: by default the medium on which the words came."""
    assert text.person is not None
    said = details.get("medium", "")
    if said == "work":
        kind, media, places = PreferenceKind.PLACE, [], [PointUse.WORK.value]
    else:
        medium = _MEDIA.get(said, MEDIUM_OF[text.channel])
        kind, media, places = PreferenceKind.STOP_MEDIUM, [medium.value], []
    wish = rows.add_wish(
        text.owner,
        text.person,
        kind=kind,
        media=media,
        places=places,
        at=text.received_at,
        source_ref=ref,
        using=using,
    )
    _honour(text, said, now=now, using=using)
    people.redecide([text.person], now=now, using=using)
    return {"kind": EffectKind.STOP.value, "refs": [wish], "about": said or MEDIUM_OF[text.channel].value}


def _honour(text: Text, said: str, *, now: datetime, using: str) -> None:
    """Do what else a stop of the medium it came by asks for: end consent to machines, and confirm it this once.

    A text that is nothing but a stop word takes consent back (47 CFR 64.1200(a)(10)); the one confirmation goes within
    minutes or not at all (a)(12). It goes once to an address: who says it again has had their answer.
    """
    medium = MEDIUM_OF[text.channel]
    if text.person is None or text.contact_point is None or text.channel not in _CONFIRMED:
        return
    if said and _MEDIA.get(said, medium) is not medium:
        return
    if text.channel is Channel.TEXT:
        addresses.hear_stop(text.contact_point, text.words, now=now, using=using)
    queue_one(
        text.person,
        "stop_confirmation",
        channel=text.channel,
        accounts=text.accounts,
        contact_point=text.contact_point,
        source=(rows.SOURCE, f"{text.contact_point}:stop_confirmation"),
        tried_for=CONFIRMED_WITHIN,
        now=now,
        using=using,
    )


def _hold(
    text: Text, kind: HoldKind, source: tuple[str, str], facts: Mapping[str, Any], *, now: datetime, using: str
) -> Kept:
    about = text.accounts if kind in holds.OF_A_DEBT and text.accounts else (None,)
    placed = [
        holds.start(
            kind,
            owner=text.owner,
            person=text.person if account is None else None,
            account=account,
            now=now,
            since=text.received_at,
            source=(source[0], f"{source[1]}:{account or 0}"),
            facts=facts,
            proof={"received": text.id, "by": "sorting"},
            said_by=MEDIUM_OF[text.channel] if kind is HoldKind.CEASE else None,
            using=using,
        )
        for account in about
    ]
    _follow(text, placed, now, using)
    return {"kind": EffectKind.HOLD.value, "refs": placed, "about": kind.value}


def _follow(text: Text, placed: list[int], now: datetime, using: str) -> None:
    positions.refresh(holds.accounts_under(placed, using=using), now=now, using=using)
    people.redecide([text.person] if text.person else [], now=now, using=using)


def _case(text: Text, one: Mapping[str, Any], source: tuple[str, str], *, now: datetime, using: str) -> Kept | None:
    assert text.person is not None
    category = Category(one["category"])
    opened = cases.open_case(
        category.value,
        person=text.person,
        accounts=text.accounts if category in _OF_DEBTS else (),
        received_at=text.received_at,
        now=now,
        source=source,
        facts=_facts(text, category, one["details"], using),
        proof={"received": text.id, "by": "sorting"},
        using=using,
    )
    return (
        None
        if isinstance(opened, Problem)
        else {"kind": EffectKind.CASE.value, "refs": [opened], "about": category.value}
    )


def _facts(text: Text, category: Category, details: Mapping[str, str], using: str) -> dict[str, Any]:
    """Return the facts of the case file: what was said beside it, and that it was said in writing."""
    match category:
        case Category.DISPUTE:
            return {"written": text.channel in WRITTEN}
        case Category.ATTORNEY:
            name = details.get("name", "")
            return {"identified": bool(name), "name": name} if name else {"identified": False}
        case Category.BANKRUPTCY:
            zone = records.house_of(text.owner, using=using).timezone
            said = {"chapter": details.get("chapter", ""), "number": details.get("case", "")}
            received = local_day(text.received_at, zone).isoformat()
            return {name: value for name, value in said.items() if value} | {"notice_received_on": received}
        case _:
            return {}


def undo(
    text: Text, effect: Mapping[str, Any], because: str, *, now: datetime, using: str = "default"
) -> Problem | None:
    """Take back what was set off: end the wish, release the holds, close the case file as mistaken."""
    for ref in effect["refs"]:
        match EffectKind(effect["kind"]):
            case EffectKind.STOP:
                rows.end_wish(ref, at=now, using=using)
                people.redecide([text.person] if text.person else [], now=now, using=using)
                refused: object = None
            case EffectKind.HOLD:
                refused = holds.release(ref, because, now=now, proof={"received": text.id}, using=using)
            case EffectKind.CASE:
                refused = cases.close(ref, "mistaken", because, now=now, using=using)
        if isinstance(refused, Problem):
            return refused
    return None
