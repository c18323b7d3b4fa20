"""The queue of bank lines: one decision at a time, each by a named hand, of two hands at once only one.

A line goes to one debt, is split among several, is parked with a note, is to be paid back, or is no payment of any
debt. What was decided, by hand or without one, can be undone: the payments are reversed and the line waits again. The
books' suspense account follows each decision in its transaction.
"""

from collections.abc import Sequence
from datetime import datetime
from typing import Final

from arrears.actions import history, payments, suspense
from arrears.actions.bank import returns
from arrears.actions.bank.take_in import source_ref
from arrears.actions.payments import Posted
from arrears.domain.contacts import Role
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.store.doors import bank_lines as door
from arrears.store.doors import postings
from arrears.store.doors.bank_lines import BankLine

_OPEN: Final = frozenset({"suspense", "parked", "refund_due", "not_ours"})
_MONEY: Final = frozenset({"suspense", "parked", "refund_due"})


def accept(
    line_id: int, account_id: int, *, now: datetime, payer_role: Role = Role.DEBTOR, using: str = "default"
) -> tuple[Posted, ...] | Problem:
    """Post a whole line to one debt. A third party's payment is taken and recorded as theirs (P39)."""
    line = door.held(line_id, using=using)
    if line is None or line.state not in _MONEY:
        return mistake("line_not_waiting")
    return _post(line, [(account_id, line.amount_minor)], "hand", payer_role, now, using)


def split(
    line_id: int,
    parts: Sequence[tuple[int, int]],
    *,
    now: datetime,
    payer_role: Role = Role.DEBTOR,
    using: str = "default",
) -> tuple[Posted, ...] | Problem:
    """Post a line to several debts: ``parts`` are account and minor units, and come to the line's amount."""
    line = door.held(line_id, using=using)
    if line is None or line.state not in _MONEY:
        return mistake("line_not_waiting")
    if not parts or sum(amount for _, amount in parts) != line.amount_minor or any(amount <= 0 for _, amount in parts):
        return mistake("parts_do_not_add_up")
    if len({account for account, _ in parts}) != len(parts):
        return mistake("debt_twice")
    return _post(line, parts, "split" if len(parts) > 1 else "hand", payer_role, now, using)


def _post(
    line: BankLine, parts: Sequence[tuple[int, int]], how: str, payer_role: Role, now: datetime, using: str
) -> tuple[Posted, ...] | Problem:
    known = {each.account: each for each in door.candidates(line.id, using=using)}
    owed = [postings.owed(account, using=using) for account, _ in parts]
    if any(each is None or each.owner != line.owner for each in owed):
        return mistake("account_unknown")
    if any(each is not None and each.currency != line.currency for each in owed):
        return mistake("other_currency")
    turn = door.turns(line.id, using=using)
    done: list[Posted] = []
    for place, (account, amount) in enumerate(parts):
        posted = payments.post(
            account, amount, line.value_on, reference=source_ref(line.line_key, place, turn), now=now,
            payer_role=payer_role, using=using,
        )  # fmt: skip
        if isinstance(posted, Problem):
            return posted  # nothing was written before the first part: a refusal rolls the request back
        said = known.get(account)
        door.add_match(
            line, account, posted.entry, amount, how, now=now, score_ppm=said.score_ppm if said else 0,
            reasons=said.reasons if said else (), payer_role=payer_role.value, using=using,
        )  # fmt: skip
        done.append(posted)
    door.set_state(line.id, "posted", "", now=now, using=using)
    suspense.post_suspense(now=now, using=using)
    history.append(
        "line_matched", owner=line.owner, now=now, using=using, line=line.id, how=how,
        accounts=[account for account, _ in parts], amount_minor=line.amount_minor,
    )  # fmt: skip
    return tuple(done)


def park(line_id: int, note: str, *, now: datetime, using: str = "default") -> Problem | None:
    """Set a line aside with a note that says what is awaited; it stays in suspense, behind the others."""
    if not note.strip():
        return mistake("note_missing")
    return _set(line_id, "parked", note, _OPEN | {"return_open"}, "line_parked", now, using)


def refund_due(line_id: int, note: str, *, now: datetime, using: str = "default") -> Problem | None:
    """Say that a line is to be paid back: the money stays in suspense until it has gone."""
    return _set(line_id, "refund_due", note, _MONEY, "line_refund_due", now, using)


def not_ours(line_id: int, note: str, *, now: datetime, using: str = "default") -> Problem | None:
    """Say that a line is no payment of any debt here: interest of the bank, a transfer of one's own."""
    if not note.strip():
        return mistake("note_missing")
    return _set(line_id, "not_ours", note, _MONEY | {"return_open"}, "line_not_ours", now, using)


def reopen(line_id: int, *, now: datetime, using: str = "default") -> Problem | None:
    """Put a line that was set aside back into the queue."""
    found = door.line(line_id, using=using)
    state = "return_open" if found and found.amount_minor < 0 else "suspense"
    return _set(line_id, state, "", frozenset({"parked", "refund_due", "not_ours"}), "line_reopened", now, using)


def _set(
    line_id: int, state: str, note: str, allowed: frozenset[str], event: str, now: datetime, using: str
) -> Problem | None:
    line = door.held(line_id, using=using)
    if line is None or line.state not in allowed:
        return mistake("line_not_waiting")
    door.set_state(line_id, state, note.strip(), now=now, using=using)
    suspense.post_suspense(now=now, using=using)
    history.append(event, owner=line.owner, now=now, using=using, line=line_id, was=line.state)
    return None


def undo(line_id: int, because: str, *, now: datetime, using: str = "default") -> Problem | None:
    """Take back what was decided about a posted line: its payments are reversed and the line waits again.

    A payment that its bank took back since cannot be undone: its money has gone already.
    """
    line = door.held(line_id, using=using)
    if line is None or line.state != "posted":
        return mistake("nothing_to_undo")
    if not because.strip():
        return mistake("reason_missing")
    for match in door.matches(line_id, using=using):
        if match.undone_at is not None or match.how == "return":
            continue
        done = payments.reverse(match.entry, value_date=line.value_on, reason=because.strip(), now=now, using=using)
        if isinstance(done, Problem):
            return done
        if not done.is_new:
            return mistake("nothing_to_undo")
        door.keep_as_candidate(match, using=using)
        door.undo_match(match.id, because.strip(), now=now, using=using)
    door.set_state(line_id, "suspense", "", now=now, using=using)
    suspense.post_suspense(now=now, using=using)
    history.append("match_undone", owner=line.owner, now=now, using=using, line=line_id)
    return None


def return_of(line_id: int, entry_id: int, *, now: datetime, using: str = "default") -> Posted | Problem:
    """Say which payment a returned line is about; it is reversed with the bank's reason."""
    line = door.held(line_id, using=using)
    if line is None or line.state not in {"return_open", "parked"} or line.amount_minor >= 0:
        return mistake("line_not_waiting")
    paid = postings.posted(entry_id, using=using)
    if paid is None or paid.owner != line.owner or paid.amount_minor != -line.amount_minor:
        return mistake("no_such_payment")
    row = {
        "value_on": line.value_on, "return_reason": line.return_reason, "bank_code": line.bank_code,
        "line_key": line.line_key, "line_id": line.id, "amount_minor": line.amount_minor,
    }  # fmt: skip
    done = returns.reverse(entry_id, row, now=now, using=using)
    return done if isinstance(done, Posted) else mistake("no_such_payment")


_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "line_not_waiting": (
        Text(
            "Somebody has decided about this line already.",
            "Alguien ya ha decidido sobre esta línea.",
            "该行已有人处理。",
        ),
        Text("Take the next one.", "Pase a la siguiente.", "请处理下一行。"),
    ),
    "parts_do_not_add_up": (
        Text(
            "The parts do not add up to the amount of the line.",
            "Las partes no suman el importe de la línea.",
            "各部分之和不等于该行金额。",
        ),
        Text("Correct the parts.", "Corrija las partes.", "请更正各部分金额。"),
    ),
    "debt_twice": (
        Text("A debt stands twice among the parts.", "Una deuda figura dos veces.", "同一债务出现两次。"),
        Text("Say each debt once.", "Indique cada deuda una vez.", "每笔债务只填一次。"),
    ),
    "account_unknown": (
        Text("There is no such debt here.", "Aquí no figura esa deuda.", "此处没有这笔债务。"),
        Text("Look the debt up again.", "Vuelva a buscar la deuda.", "请重新查找该债务。"),
    ),
    "other_currency": (
        Text("The debt is in another currency.", "La deuda está en otra moneda.", "该债务为其他币种。"),
        Text("Choose another debt.", "Elija otra deuda.", "请选择其他债务。"),
    ),
    "note_missing": (
        Text("A note is missing.", "Falta una nota.", "缺少备注。"),
        Text("Say what it is about.", "Indique de qué se trata.", "请说明情况。"),
    ),
    "reason_missing": (
        Text("The reason is missing.", "Falta el motivo.", "缺少原因。"),
        Text("Say why it is undone.", "Indique por qué se deshace.", "请说明撤销原因。"),
    ),
    "nothing_to_undo": (
        Text(
            "Nothing on this line can be undone.", "No hay nada que deshacer en esta línea.", "该行没有可撤销的处理。"
        ),
        Text("Look at the list again.", "Vuelva a mirar la lista.", "请刷新列表。"),
    ),
    "no_such_payment": (
        Text("There is no such payment here.", "Aquí no figura ese pago.", "此处没有这笔付款。"),
        Text("Look the payment up again.", "Vuelva a buscar el pago.", "请重新查找该付款。"),
    ),
}


def mistake(code: str) -> Problem:
    """Return a user's mistake in words."""
    return Problem(code, *_SAID[code], Where())
