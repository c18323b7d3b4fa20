"""Acts beside contact: suit, listing, debit, placement, sale and the like go by the gate as contact does (R03, R11)."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Final

from arrears.actions import gatekeeping, history
from arrears.actions.gatekeeping import Approach, Brief
from arrears.actions.limitation import with_limitation
from arrears.actions.mistakes import filled, mistake
from arrears.actions.notices.standing import with_notices
from arrears.domain.contacts import Act, Channel
from arrears.engine.gate import Answer, Verdict
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.store import locks
from arrears.store.doors.limitation_records import course_rows

Facts = Mapping[str, object]
_REFUSED: Final = (
    Text("The gate refuses this: {why}", "Las reglas lo impiden: {why}", "合规规则不允许：{why}"),
    Text(
        "Clear up what the rule names; it can be asked again at any time.",
        "Resuelva lo que nombra la regla; puede volver a preguntarse en cualquier momento.",
        "请先解决规则指出的问题，随时可再次询问。",
    ),
)
_HUMAN: Final = (
    Text(
        "Somebody has to answer for this by name: {why}",
        "Alguien debe responder de esto con su nombre: {why}",
        "此事须由具名人员负责：{why}",
    ),
    Text("Say who approves it, and why.", "Diga quién lo aprueba y por qué.", "请注明批准人及理由。"),
)


@dataclass(frozen=True, slots=True)
class Weighed:
    """An act with the gate's answer about it."""

    act: Act
    account: int
    brief: Brief
    verdict: Verdict

    def refusal(self, because: str = "") -> Problem | None:
        """Return why the act may not go; one that needs a human goes where ``because`` and a name are given."""
        if self.verdict.may_go:
            return None
        if self.verdict.answer is Answer.ASK_HUMAN:
            approved = self.brief.proposal.facts.get("approved_by")
            return None if because.strip() and approved else filled("act_needs_human", _HUMAN, why=self._why())
        return filled("act_refused", _REFUSED, why=self._why())

    def _why(self) -> Text:
        spoken = [said for said in self.verdict.spoken if said.answer is self.verdict.answer]
        return Text(*(" ".join(f"{said.reason[place]} ({said.rule.id})" for said in spoken) for place in range(3)))


def may_act(
    act: Act, account: int, *, facts: Facts | None = None, now: datetime, using: str = "default"
) -> Verdict | Problem:
    """Return what the gate says about doing ``act`` to ``account`` at ``now``: a dry answer, nothing is recorded.

    ``facts`` say more of it by name (``approved_by``, ``is_as_mandated``, …). The account's main debtor is whom it
    concerns. A Problem where the scope sees no such account.
    """
    weighed = weigh(act, account, facts=facts, now=now, using=using)
    return weighed if isinstance(weighed, Problem) else weighed.verdict


def take_act(
    act: Act, account: int, *, facts: Facts | None = None, because: str = "", now: datetime, using: str = "default"
) -> Verdict | Problem:
    """Return the verdict where ``act`` may go, and a Problem where not; either way the account's history says so.

    To be called under the same transaction as the act itself, which takes the person's turn: what the verdict was
    made of cannot change before the act is done. An answer that needs a human goes with ``because`` and an
    ``approved_by`` among the facts.
    """
    rows = course_rows([account], using=using)
    if account not in rows:
        return mistake("account_not_found", "account")
    locks.lock_person(rows[account].person, using=using)
    weighed = weigh(act, account, facts=facts, now=now, using=using)
    if isinstance(weighed, Problem):
        return weighed
    refused = weighed.refusal(because)
    tell(weighed, is_refused=refused is not None, because=because, now=now, using=using)
    return refused or weighed.verdict


def weigh(
    act: Act, account: int, *, facts: Facts | None = None, now: datetime, using: str = "default"
) -> Weighed | Problem:
    """Return the act with its verdict, made of what the book knows around the account's main debtor."""
    row = course_rows([account], using=using).get(account)
    if row is None:
        return mistake("account_not_found", "account")
    approach = Approach(person=row.person, contact_point=None, accounts=(account,), channel=Channel.LETTER)
    found = gatekeeping.brief(approach, now=now, using=using)
    if isinstance(found, Problem):
        return found
    arranged = any(plan.is_kept and account in plan.debts for plan in found.known.plans)
    proposal = replace(found.proposal, act=act, facts={"is_arranged": arranged, **(facts or {})})
    whole = replace(found, proposal=with_limitation(proposal, found.known, found.settings, using=using))
    told = with_notices(whole, using=using)
    return Weighed(act, account, told, told.verdict())


def tell(weighed: Weighed, *, is_refused: bool, because: str = "", now: datetime, using: str = "default") -> None:
    """Write the act and its verdict into the account's history: answer, rules that spoke, version of the pack."""
    verdict, asked = weighed.verdict, weighed.brief.asked
    history.append(
        "act_refused" if is_refused else "act_permitted",
        owner=asked.owner,
        account=weighed.account,
        person=asked.person,
        now=now,
        using=using,
        act=weighed.act.value,
        answer=verdict.answer.name.lower(),
        rules=[said.rule.id for said in verdict.spoken if said.answer is verdict.answer],
        missing=list(verdict.missing),
        pack=verdict.pack_version,
        because=bool(because.strip()),
    )
