"""Notices on their way: queued under a permit to come, noted as gone, as come back; bulk by one reason each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from arrears.actions import history, people
from arrears.actions.messages.queueing import queue_one
from arrears.actions.mistakes import filled
from arrears.actions.notices.making import GOES_WITHIN, Draft, drafted
from arrears.domain.contacts import Channel, Purpose
from arrears.domain.messages import Figure, Wording
from arrears.domain.notices import NoticeKind
from arrears.domain.wording import Block, Topic
from arrears.engine.notices.contents import Shape
from arrears.facts.asked import Bearer
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.letters import make, plain_text
from arrears.store import locks
from arrears.store.doors import facts_kept
from arrears.store.doors import notices as rows
from arrears.store.doors.notices import Made, Row
from arrears.store.scope import current

ISSUERS: Final = frozenset({"supervisor", "manager", "compliance", "senior", "legal", "agency"})
"""An agency owes notices of its own about the debts it holds; which those are is for the database to say."""
AGAIN_AFTER: Final = {NoticeKind.ARREARS: timedelta(days=150), NoticeKind.DEFAULT: timedelta(days=30)}
"""After how long a notice of a kind may be made again: arrears are told of every six months, each breach anew. Ours."""
PURPOSES: Final = {
    NoticeKind.VALIDATION: Purpose.VALIDATION_NOTICE,
    NoticeKind.TRANSFER: Purpose.TRANSFER_NOTICE,
    NoticeKind.ADDRESS: Purpose.ADDRESS_NOTICE,
    NoticeKind.VERIFICATION: Purpose.VERIFICATION,
    NoticeKind.ARREARS: Purpose.LEGAL_NOTICE,
    NoticeKind.DATA_ORIGIN: Purpose.LEGAL_NOTICE,
    NoticeKind.AGENCY: Purpose.LEGAL_NOTICE,
    NoticeKind.DEFAULT: Purpose.MAY_INVOKE_REMEDY,
    NoticeKind.LISTING: Purpose.MAY_INVOKE_REMEDY,
}
"""What a notice is for: one that informs goes where law asks for it, one that announces a remedy waits as that does."""
_LEDGER: Final = {"amount_now": "ledger:contractual", "arrears": "ledger:arrears"}
"""Figures that the sender proves against the ledger again as the notice goes."""
_BLOCKS: Final = frozenset(
    {
        Block.COLLECTOR_NAMED, Block.CREDITOR_NAMED, Block.DEBT_IDENTIFIED, Block.ATTEMPT_TO_COLLECT,
        Block.FROM_A_COLLECTOR, Block.DISPUTE_RIGHTS,
    }
)  # fmt: skip
_BLOCK_OF: Final = {
    "supplier_identity": Block.SUPPLIER_IDENTITY,
    "debt_advice": Block.DEBT_ADVICE,
    "complaint_authority": Block.COMPLAINT_AUTHORITY,
    "dispute_rights": Block.DISPUTE_RIGHTS,
    "source": Block.DATA_ORIGIN,
}
"""The part of words that a field of a notice is, by the field's name."""
_OTHERS: Final = frozenset({Block.COLLECTOR_NAMED, Block.CREDITOR_NAMED, Block.DEBT_IDENTIFIED, Block.CONTACT_POINT})


def issue(draft: Draft, *, now: datetime, answers: int | None = None, using: str = "default") -> int | Problem:
    """Keep a notice and queue it to go; return its id. Under the person's lock: of two who ask, one issues.

    A Problem where the user may not, where one of the kind stands already, or where it cannot be queued. It counts as
    sent only once it has gone, under a permit of its own. The itemization date that it uses is kept with the debt.
    """
    if current(using).user is not None and ISSUERS.isdisjoint(people.own_roles(using=using)):
        return filled("notice_not_yours", _SAID["notice_not_yours"])
    locks.lock_person(draft.person, using=using)
    standing = rows.standing(draft.account, draft.contents.kind, using=using)
    if answers is None and any(_holds_back(one, draft.contents.kind, now) for one in standing):
        return filled("notice_stands", _SAID["notice_stands"], "account")
    queued = _queue(draft, now, using)
    if isinstance(queued, Problem):
        return queued
    made = rows.add(_made(draft, str(queued), answers), at=now, using=using)
    _keep_itemization(draft, using)
    history.append(
        "notice_made",
        owner=draft.owner,
        account=draft.account,
        person=draft.person,
        now=now,
        using=using,
        notice=made,
        notice_kind=draft.contents.kind.value,
        contents=draft.contents.id,
        message=queued,
    )
    return made


def _holds_back(standing: Row, kind: NoticeKind, now: datetime) -> bool:
    """Return whether a notice that stands makes another of its kind needless: one that waits does, and a recent one."""
    again = AGAIN_AFTER.get(kind)
    return again is None or standing.sent_at is None or now < standing.sent_at + again


def _queue(draft: Draft, now: datetime, using: str) -> int | Problem:
    return queue_one(
        draft.person,
        f"notice.{draft.contents.id}",
        channel=draft.method,
        now=now,
        accounts=(draft.account,),
        contact_point=draft.contact_point,
        figures=_figures(draft),
        wording=wording_of(draft),
        purpose=PURPOSES.get(draft.contents.kind, Purpose.SERVICE),
        source=("notice", f"{draft.contents.id}:{draft.account}:{now.isoformat()}"),
        tried_for=GOES_WITHIN,
        using=using,
    )


def wording_of(draft: Draft) -> Wording:
    """Return the words of a notice as they are sent, with what they carry and name."""
    is_validation = draft.contents.kind is NoticeKind.VALIDATION
    return Wording(
        template=f"notice.{draft.contents.id}",
        language=draft.language,
        subject=draft.contents.title.said_in(draft.language),
        words=plain_text(draft.words),
        blocks=_BLOCKS if is_validation else _OTHERS | _carried(draft),
        mentions=frozenset({Topic.DEBT, Topic.AMOUNT}),
        figures=_figures(draft),
        document=draft.document,
    )


def _carried(draft: Draft) -> frozenset[Block]:
    said = {one.name for one in draft.contents.fields if draft.given.get(one.name)}
    return frozenset(block for name, block in _BLOCK_OF.items() if name in said)


def _figures(draft: Draft) -> tuple[Figure, ...]:
    said = [(one.name, draft.given.get(one.name)) for one in draft.contents.fields if one.shape is Shape.MONEY]
    return tuple(
        Figure(
            name=name,
            minor=value,
            currency=draft.currency,
            as_of=draft.as_of,
            source=_LEDGER.get(name, f"itemization:{name}"),
            account=draft.account,
        )
        for name, value in said
        if isinstance(value, int)
    )


def _made(draft: Draft, message: str, answers: int | None) -> Made:
    return Made(
        owner=draft.owner,
        person=draft.person,
        contact_point=draft.contact_point,
        kind=draft.contents.kind,
        contents=draft.contents.id,
        accounts=(draft.account,),
        language=draft.language,
        method=draft.method.value,
        words=draft.words,
        facts={"is_whole": True, "method": draft.method.value, **_plain(draft)},
        document_hash=draft.document_hash,
        printed_ends=draft.printed_ends,
        opt_out_by=draft.opt_out_by,
        answers=answers,
        message_ref=message,
    )


def _plain(draft: Draft) -> dict[str, Any]:
    """Return the fields as JSON holds them: what rules ask of a notice by name."""
    return {name: v.isoformat() if isinstance(v, date) else v for name, v in draft.given.items() if v not in {None, ""}}


def _keep_itemization(draft: Draft, using: str) -> None:
    kind, since = draft.given.get("itemization_kind"), draft.given.get("itemization_date")
    is_owner = draft.owner == current(using).organisation
    if kind and isinstance(since, date) and is_owner:
        kept = {"itemization": {"kind": kind, "date": since.isoformat()}}
        facts_kept.keep(Bearer.ACCOUNT, [draft.account], kept, using=using)


@dataclass(frozen=True, slots=True)
class Issued:
    """What came of issuing many: the notices made, and by account the problems of those that were not."""

    made: tuple[int, ...]
    refused: tuple[tuple[int, tuple[Problem, ...]], ...]


def issue_many(
    accounts: Iterable[int],
    kind: NoticeKind,
    *,
    now: datetime,
    method: Channel = Channel.LETTER,
    using: str = "default",
) -> Issued:
    """Make and queue the notice of each debt; one that lacks something is left out with its problems."""
    made: list[int] = []
    refused: list[tuple[int, tuple[Problem, ...]]] = []
    for account in accounts:
        draft = drafted(account, kind, now=now, method=method, using=using)
        done = draft if isinstance(draft, list) else issue(draft, now=now, using=using)
        if isinstance(done, int):
            made.append(done)
        else:
            refused.append((account, tuple(done) if isinstance(done, list) else (done,)))
    return Issued(tuple(made), tuple(refused))


def document_of(notice: Row) -> bytes | Problem:
    """Return the page of a notice, set again from its words; its digest says whether it is the one that went."""
    return make("notice", notice.words, notice.language)


_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "notice_not_yours": (
        Text(
            "Your role does not issue notices.",
            "Su función no emite avisos.",
            "您的角色不能签发通知。",
        ),
        Text("Ask a supervisor.", "Pídaselo a un supervisor.", "请联系主管。"),
    ),
    "notice_stands": (
        Text(
            "A notice of this kind about this debt waits to go, or has gone and has not come back.",
            "Ya hay un aviso de esta clase sobre esta deuda, pendiente de salir o enviado y no devuelto.",
            "该债务已有同类通知待发或已发出且未退回。",
        ),
        Text(
            "Note it as undeliverable first if it came back.",
            "Si fue devuelto, anótelo antes como no entregado.",
            "如已退回，请先登记为无法送达。",
        ),
    ),
}
