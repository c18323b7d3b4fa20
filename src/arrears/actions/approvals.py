"""Who answers when the gate asks for a named human: whoever acts, with a reason, or who answered it before."""

from collections.abc import Sequence

from arrears.actions import people
from arrears.domain.permits import ANSWERING_ROLES
from arrears.domain.warnings import Approval, Json, approval
from arrears.engine.gate import Answer, Effect, Spoken, Verdict
from arrears.store.scope import current


def may_answer(*, using: str = "default") -> bool:
    """Return whether the user of the scope may answer a warning; a job never may."""
    return current(using).user is not None and not ANSWERING_ROLES.isdisjoint(people.own_roles(using=using))


def asking(verdict: Verdict) -> tuple[Spoken, ...]:
    """Return the rules that ask a named human about this contact."""
    return tuple(s for s in verdict.spoken if s.effect is Effect.BARS and s.answer is Answer.ASK_HUMAN)


def lacks_a_part(verdict: Verdict) -> bool:
    """Return whether a rule wants something in the words that they do not carry: no human can say that for them."""
    return any(s.effect is Effect.BARS and s.answer is Answer.ALLOW_WITH_NOTICE for s in verdict.spoken)


def approved(verdict: Verdict, because: str, answered: Sequence[Json], *, using: str = "default") -> Approval | None:
    """Return who lets a contact go that the gate asks a human about; None where nobody does.

    The user of the scope does with a reason, where their role allows; or those who ``answered`` each of its warnings
    before, if each says the same still.
    """
    if because.strip() and may_answer(using=using):
        return Approval(current(using).user, because.strip())
    return approval([one.as_record() for one in asking(verdict)], answered)
