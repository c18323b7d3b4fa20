"""Payment trace (P38): "I have paid" is asked after, looked for, and answered; nobody asks for that money meanwhile.

A trace ends by a payment that is found, by not being found, which the debtor is told in words before contact resumes,
or it goes to a human on its last day. It holds contact while it runs, and some days beyond for that human, so that
neither a forgotten trace nor a made-up payment lasts for ever.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from arrears.actions import history, holds, payments, people, positions
from arrears.actions.takings.asking import asked_on, days_of
from arrears.actions.takings.mistakes import mistake
from arrears.domain.contacts import Role
from arrears.domain.holds import HoldKind
from arrears.domain.takings import TRACE_RUNS, TraceState
from arrears.kernel.hours import instant_of
from arrears.kernel.problems import Problem
from arrears.store.doors import holds as standing_holds
from arrears.store.doors import takings as payers
from arrears.store.doors import traces as rows
from arrears.store.doors.traces import TraceRow

TRACE_DAYS: Final = 10
"""How long a payment is looked for unless the organisation says otherwise: a house assumption."""
HUMAN_DAYS: Final = 7
"""How long contact rests beyond that for the human to whom it went: a house assumption."""
MEANS: Final = ("transfer", "debit", "card", "wallet", "counter", "cheque")
_SOURCE: Final = "payment_trace"


def open_trace(
    account: int,
    *,
    paid_to: str,
    amount_minor: int | None,
    paid_on: date | None,
    means: str,
    proof: str = "",
    now: datetime,
    attempt: int | None = None,
    using: str = "default",
) -> TraceRow | list[Problem]:
    """Begin to look for a payment, and let contact about the debt rest; every missing answer is returned at once.

    ``paid_to`` is the account or till the debtor names. A trace that is found at once, because the payment is in the
    book by then, is closed by whoever looks; only money that becomes known later closes one by itself.
    """
    asked = asked_on(account, now=now, using=using)
    if isinstance(asked, Problem):
        return [asked]
    problems = [
        *([] if paid_to.strip() else [mistake("answer_missing", "paid_to")]),
        *([] if (amount_minor or 0) > 0 else [mistake("answer_missing", "amount")]),
        *([] if paid_on else [mistake("answer_missing", "paid_on")]),
        *([mistake("day_ahead", "paid_on")] if paid_on and paid_on > asked.today else []),
        *([] if means in MEANS else [mistake("answer_missing", "means")]),
    ]
    if problems:
        return problems
    if rows.running_on([account], using=using):
        return [mistake("trace_running")]
    payer = asked.payer
    deadline = asked.today + timedelta(days=days_of(payer.owner, "trace_days", TRACE_DAYS, using=using))
    made = rows.add_trace(
        organisation_id=payer.owner, account_id=account, person_id=payer.person, attempt_id=attempt, opened_at=now,
        paid_to=paid_to.strip(), amount_minor=amount_minor, currency=payer.currency, paid_on=paid_on, means=means,
        proof=proof.strip(), deadline_on=deadline, using=using,
    )  # fmt: skip
    rest = deadline + timedelta(days=days_of(payer.owner, "trace_human_days", HUMAN_DAYS, using=using) + 1)
    holds.start(
        HoldKind.PAYMENT_TRACE, owner=payer.owner, person=None, account=account, now=now,
        source=(_SOURCE, str(made.id)), facts={}, until=instant_of(rest, time(0), payer.timezone), using=using,
    )  # fmt: skip
    _tell("payment_trace_opened", made, now, using, deadline=deadline.isoformat(), means=means)
    _refresh(made, now, using)
    return made


def found(trace_id: int, entry: int, *, now: datetime, using: str = "default") -> Problem | None:
    """Close a trace with the payment it was about: one that stands on a debt of the same person."""
    held = _held(trace_id, using)
    if held is None:
        return mistake("over")
    if rows.payment_of(entry, held.person, using=using) is None:
        return mistake("not_that_payment", "entry")
    _end(held, TraceState.FOUND, "found", now, using, entry_id=entry)
    return None


def found_line(trace_id: int, line: int, *, now: datetime, using: str = "default") -> Problem | None:
    """Close a trace with a feed line that had found no debt: it is posted to the debt that the trace is about."""
    held = _held(trace_id, using)
    if held is None:
        return mistake("over")
    posted = payments.match_by_hand(line, held.account, now=now, payer_role=Role.DEBTOR, using=using)
    if isinstance(posted, Problem):
        return posted
    after = _held(trace_id, using)
    if after is not None:  # another amount than was said: whoever matched it says that it is the one
        _end(after, TraceState.FOUND, "found", now, using, entry_id=posted.entry)
    return None


def found_bank_line(trace_id: int, line: int, *, now: datetime, using: str = "default") -> Problem | None:
    """Close a trace with a line of a bank statement that had found no debt: it is posted to the debt of the trace."""
    from arrears.actions.bank import queue  # the room that posts them follows payments, as this does

    held = _held(trace_id, using)
    if held is None:
        return mistake("over")
    posted = queue.accept(line, held.account, now=now, using=using)
    if isinstance(posted, Problem):
        return posted
    after = _held(trace_id, using)
    if after is not None:
        _end(after, TraceState.FOUND, "found", now, using, entry_id=posted[0].entry)
    return None


def not_found(trace_id: int, told: str, *, now: datetime, using: str = "default") -> Problem | None:
    """Close a trace without a payment: the debtor is told in the words of ``told``, and contact resumes."""
    held = _held(trace_id, using)
    if held is None:
        return mistake("over")
    if not told.strip():
        return mistake("must_be_told", "told")
    _end(held, TraceState.NOT_FOUND, told.strip(), now, using, told_at=now)
    return None


def withdraw(trace_id: int, because: str, *, now: datetime, using: str = "default") -> Problem | None:
    """Close a trace that was opened by mistake, or that the debtor takes back."""
    held = _held(trace_id, using)
    if held is None:
        return mistake("over")
    if not because.strip():
        return mistake("must_be_told", "because")
    _end(held, TraceState.WITHDRAWN, because.strip(), now, using)
    return None


def follow_payments(accounts: Sequence[int], *, now: datetime, using: str = "default") -> None:
    """Close the traces on accounts whose payment has come: of the very amount, known since the trace was opened."""
    for running in rows.running_on(accounts, using=using):
        entry = rows.came_for(running, using=using)
        held = _held(running.id, using) if entry else None
        if held is not None:
            _end(held, TraceState.FOUND, "came", now, using, entry_id=entry)


def to_humans(owner: int, today: date, *, now: datetime, using: str = "default") -> int:
    """Give the traces of an owner that ran past their last day to a human; return how many."""
    late = rows.past_deadline(owner, today, using=using)
    for one in late:
        rows.move_trace(one.id, state=TraceState.TO_HUMAN, using=using)
        _tell("payment_trace_to_human", one, now, using)
    return len(late)


def _held(trace_id: int, using: str) -> TraceRow | None:
    held = rows.trace(trace_id, hold=True, using=using)
    return held if held is not None and held.state in TRACE_RUNS else None


def _end(held: TraceRow, state: TraceState, because: str, now: datetime, using: str, **columns: object) -> None:
    at = max(now, held.opened_at)
    rows.end_trace(held.id, state, at=at, because=because, using=using, **columns)
    for hold in standing_holds.standing(held.person, [held.account], at, using=using):
        is_about = hold.account in {None, held.account}
        if hold.kind is HoldKind.PAYMENT_TRACE and is_about:
            standing_holds.end(hold.id, at=at, because=state.value, proof={"trace": held.id}, using=using)
    _tell(f"payment_trace_{state}", held, now, using)
    _refresh(held, now, using)


def _refresh(held: TraceRow, now: datetime, using: str) -> None:
    positions.refresh([held.account], now=now, using=using)
    people.redecide([held.person], now=now, using=using)


def _tell(kind: str, about: TraceRow, now: datetime, using: str, **facts: object) -> None:
    history.append(
        kind, owner=about.organisation, account=about.account, person=about.person, now=now, using=using,
        trace=about.id, amount_minor=about.amount_minor, **facts,
    )  # fmt: skip


def candidates(trace_id: int, *, using: str = "default") -> tuple[rows.TraceCandidate, ...]:
    """Return what may be the payment a trace is about, the likeliest first."""
    held = rows.trace(trace_id, using=using)
    return rows.candidates(held, using=using) if held and payers.payer(held.account, using=using) else ()
