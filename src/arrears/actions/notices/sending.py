"""Notices on their way: queued under a permit to come, noted as gone, as come back; bulk by one reason each."""

from datetime import date, datetime, timedelta
from typing import Any, Final

from arrears.actions import history, people
from arrears.actions.messages.queueing import queue_one
from arrears.actions.mistakes import filled, mistake
from arrears.actions.notices.making import GOES_WITHIN, Draft
from arrears.actions.notices.standing import put_right_on
from arrears.domain.contacts import Channel, Purpose
from arrears.domain.messages import Figure, Wording
from arrears.domain.notices import NoticeKind
from arrears.domain.wording import Block, Topic
from arrears.engine.notices.contents import Shape
from arrears.engine.notices.remedy import gives_enough_days
from arrears.facts.asked import Bearer
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.letters import make, plain_text
from arrears.store import locks
from arrears.store.doors import facts_kept
from arrears.store.doors import notices as rows
from arrears.store.doors.notices import Made, Row
from arrears.store.scope import current

SERVED: Final = frozenset({NoticeKind.DEFAULT, NoticeKind.LISTING})
"""Kinds that nothing asks for by a day: somebody decides to serve them, and says why."""
SERVERS: Final = frozenset({"supervisor", "manager", "compliance", "legal"})
"""Who may decide so."""
LONGEST: Final = 500
"""How much of a reason is kept."""
ISSUERS: Final = frozenset({"supervisor", "manager", "compliance", "senior", "legal", "agency"})
"""An agency owes notices of its own about the debts it holds; which those are is for the database to say."""
AGAIN_AFTER: Final = {
    NoticeKind.ARREARS: timedelta(days=150),
    NoticeKind.DEFAULT: timedelta(days=30),
    NoticeKind.DEFAULT_SUMS: timedelta(0),
}
"""After how long a notice of a kind may be made again: arrears are told of every six months, each breach and
each sum anew. Ours."""
PURPOSES: Final = {
    NoticeKind.VALIDATION: Purpose.VALIDATION_NOTICE,
    NoticeKind.TRANSFER: Purpose.TRANSFER_NOTICE,
    NoticeKind.ADDRESS: Purpose.ADDRESS_NOTICE,
    NoticeKind.VERIFICATION: Purpose.VERIFICATION,
    NoticeKind.ARREARS: Purpose.LEGAL_NOTICE,
    NoticeKind.DEFAULT_SUMS: Purpose.LEGAL_NOTICE,
    NoticeKind.DATA_ORIGIN: Purpose.LEGAL_NOTICE,
    NoticeKind.AGENCY: Purpose.LEGAL_NOTICE,
    NoticeKind.DEFAULT: Purpose.MAY_INVOKE_REMEDY,
    NoticeKind.LISTING: Purpose.MAY_INVOKE_REMEDY,
}
"""What a notice is for: one that informs goes where law asks for it, one that announces a remedy waits as that does."""
_LEDGER: Final = {"amount_now": "ledger:contractual", "arrears": "ledger:arrears"}
"""Figures that the ledger has by one name; all others are sums of its own. As it goes all are proved."""
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
_FROM_OUTSIDE: Final = Text("Please read this message", "Lea este mensaje, por favor", "请查阅此邮件")
"""What stands over an e-mail that carries a notice: anybody may see it, so it says nothing of a debt."""
_OTHERS: Final = frozenset({Block.COLLECTOR_NAMED, Block.CREDITOR_NAMED, Block.DEBT_IDENTIFIED, Block.CONTACT_POINT})


def may_serve(*, using: str = "default") -> bool:
    """Return whether the user of the scope may decide that a notice is served; a job may not."""
    return current(using).user is not None and not SERVERS.isdisjoint(people.own_roles(using=using))


def issue(
    draft: Draft, *, now: datetime, answers: int | None = None, because: str = "", using: str = "default"
) -> int | Problem:
    """Keep a notice and queue it to go; return its id. Under the person's lock: of two who ask, one issues.

    A Problem where the user may not, where one of the kind stands already, or where it cannot be queued. It counts as
    sent only once it has gone, under a permit of its own. The itemization date that it uses is kept with the debt. One
    that somebody decides to serve needs ``because`` and their leave.
    """
    if draft.contents.kind in SERVED:
        if not may_serve(using=using):
            return filled("notice_not_served_by_you", _SAID["notice_not_served_by_you"])
        if not because.strip():
            return mistake("reason_missing", "because")
    if current(using).user is not None and ISSUERS.isdisjoint(people.own_roles(using=using)):
        return filled("notice_not_yours", _SAID["notice_not_yours"])
    locks.lock_person(draft.person, using=using)
    if answers is None and holds_back(draft.account, draft.contents.kind, draft.person, now=now, using=using):
        return NOTICE_STANDS
    queued = _queue(draft, now, using)
    if isinstance(queued, Problem):
        return queued
    made = rows.add(_made(draft, str(queued), answers, because.strip()[:LONGEST]), at=now, using=using)
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


def holds_back(account: int, kind: NoticeKind, person: int, *, now: datetime, using: str = "default") -> bool:
    """Return whether a notice that stands makes another needless: one that waits does, and a recent one.

    A default notice that came too late is none, and one that was heeded is spent: neither keeps a new one back.
    """
    return any(_is_in_the_way(one, now, using) for one in rows.standing(account, kind, person, using=using))


def _is_in_the_way(standing: Row, now: datetime, using: str) -> bool:
    again = AGAIN_AFTER.get(standing.kind)
    if again is None or standing.sent_at is None:
        return True
    if standing.kind is NoticeKind.DEFAULT and is_spent(standing, using=using):
        return False
    return now < standing.sent_at + again


def is_spent(notice: Row, *, using: str = "default") -> bool:
    """Return whether a default notice opens nothing any more: it arrived too late, or its breach was put right."""
    remedy_by = notice.facts.get("remedy_by")
    if remedy_by and not gives_enough_days(notice.received_on, date.fromisoformat(str(remedy_by))):
        return True
    return any(put_right_on(account, notice.facts, using=using) for account in notice.accounts)


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
        source=("notice", f"{draft.contents.id}:{draft.account}:{draft.person}:{now.isoformat()}"),
        tried_for=GOES_WITHIN,
        using=using,
    )


def wording_of(draft: Draft) -> Wording:
    """Return the words of a notice as they are sent, with what they carry and name."""
    is_validation = draft.contents.kind is NoticeKind.VALIDATION
    return Wording(
        template=f"notice.{draft.contents.id}",
        language=draft.language,
        subject=(draft.contents.title if draft.method is Channel.LETTER else _FROM_OUTSIDE).said_in(draft.language),
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


def _made(draft: Draft, message: str, answers: int | None, because: str) -> Made:
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
        facts={**_own_facts(draft, because), **_plain(draft)},
        document_hash=draft.document_hash,
        printed_ends=draft.printed_ends,
        opt_out_by=draft.opt_out_by,
        answers=answers,
        message_ref=message,
    )


def _own_facts(draft: Draft, because: str) -> dict[str, Any]:
    """Return what is kept of a notice beside its fields: the day its amounts hold on, and why it was served."""
    kept = {"is_whole": True, "method": draft.method.value, "as_of": draft.as_of.isoformat()}
    return kept | ({"because": because} if because else {})


def _plain(draft: Draft) -> dict[str, Any]:
    """Return the fields as JSON holds them: what rules ask of a notice by name."""
    return {
        name: v.isoformat() if isinstance(v, date) else v
        for name, v in draft.given.items()
        if v is not None and v != ""
    }


def _keep_itemization(draft: Draft, using: str) -> None:
    kind, since = draft.given.get("itemization_kind"), draft.given.get("itemization_date")
    is_owner = draft.owner == current(using).organisation
    if kind and isinstance(since, date) and is_owner:
        kept = {"itemization": {"kind": kind, "date": since.isoformat()}}
        facts_kept.keep(Bearer.ACCOUNT, [draft.account], kept, using=using)


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
    "notice_not_served_by_you": (
        Text(
            "Your role does not decide that such a notice is served.",
            "Su función no decide notificar un aviso así.",
            "您的角色无权决定送达此类通知。",
        ),
        Text("Ask a manager or legal.", "Pídaselo a un responsable o a legal.", "请联系经理或法务。"),
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
NOTICE_STANDS: Final = filled("notice_stands", _SAID["notice_stands"], "account")
"""Why no second notice is made."""
