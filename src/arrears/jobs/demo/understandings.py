"""What was agreed before the demonstration opens: plans that run, and offers that wait for somebody's approval."""

from datetime import date, datetime, timedelta
from typing import Final

from arrears.actions import concessions
from arrears.actions.plans import making
from arrears.actions.plans.drafting import Draft
from arrears.actions.plans.making import Agreement
from arrears.domain.concessions import ConcessionKind, Part
from arrears.domain.plans import AgreedBy, Outline, PlanKind, Rhythm
from arrears.store.doors import founding, positions, postings
from arrears.store.doors.intake import Owner, staff_called
from arrears.store.scope import scope

PLANS: Final = 8
OFFERS: Final = 5
#: From so many days past due on; what the agency works lies further behind.
BEHIND_DAYS: Final = 35
INSTALMENTS: Final = 6
#: What an offer asks for, of all that is owed, in percent; the rest would be cut.
ASKS: Final = (85, 80, 70, 90, 60)
_LESS_OF_A_CUT: Final = (85, 95)
_REASON: Final = "Lost a second income; the household budget was gone through by telephone."


def make(owner: Owner, now: datetime, day: date, *, by: str) -> None:
    """Let ``by`` agree plans on some debts and put offers forward on others."""
    staff = staff_called(by, owner.id)
    with scope(owner.id, staff, using="night"):
        behind = founding.furthest_behind(BEHIND_DAYS, day - timedelta(days=1), 400, using="night")
        chosen = behind[-(PLANS + OFFERS) :]
    for place, account in enumerate(chosen):
        with scope(owner.id, staff, using="night"):
            if place < PLANS:
                _plan(account, now, day, place)
            else:
                _offer(account, now, day, place - PLANS)


def _plan(account: int, now: datetime, day: date, place: int) -> None:
    owed = postings.owed(account, using="night")
    position = positions.read([account], using="night")[account]
    assert owed is not None
    first = day + timedelta(days=5 + place)
    outline = Outline(
        kind=PlanKind.EQUAL,
        rhythm=(Rhythm.MONTHLY, Rhythm.FORTNIGHTLY)[place % 2],
        first=first,
        total=position.due_unpaid_minor,
        count=INSTALMENTS,
    )
    draft = Draft(person=owed.person, amounts={account: position.due_unpaid_minor}, outline=outline)
    agreement = Agreement(AgreedBy.LETTER, reference=f"letter of {day - timedelta(days=2)}")
    made = making.make(draft, means="transfer", now=now, agreement=agreement, using="night")
    assert isinstance(made, making.Result), [problem.said_in("en") for problem in made]


def _offer(account: int, now: datetime, day: date, place: int) -> None:
    """Propose to settle a debt for part of it; for more of it where nobody may cut that much, else not at all."""
    position = positions.read([account], using="night")[account]
    for percent in (ASKS[place], *_LESS_OF_A_CUT):
        asked = (position.principal_minor + position.interest_minor) * percent // 100
        half = asked // 2
        parts = [Part(day + timedelta(days=10), half), Part(day + timedelta(days=40), asked - half)]
        made = concessions.propose(
            account, ConcessionKind.SETTLEMENT, parts, reason=_REASON, key=f"demo-{account}", now=now, using="night"
        )
        if isinstance(made, concessions.Proposed):
            return
