"""Machines and artificial voices reach a wireless number only with the consent of who gave it."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Final

from arrears.domain.addresses import LineType
from arrears.domain.contacts import Channel, PointUse, Source
from arrears.domain.holds import ConsentKind
from arrears.engine.gate import addresses
from arrears.engine.gate.asking import Case, lasting
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage, lacking
from arrears.kernel.intervals import ALWAYS, Intervals, union

_SPEAKS: Final = frozenset({Channel.AI_VOICE, Channel.RECORDED_CALL, Channel.VOICEMAIL_DROP})
_GIVEN: Final = frozenset({Source.CONTRACT, Source.DEBTOR, Source.INBOUND})
"""Sources that say by themselves that the person gave the number in the transaction, or to us."""


def is_by_machine(case: Case) -> bool:
    """Return whether a machine speaks or sends: a text is taken to be sent by one unless somebody says that it is not.

    A call is dialled by a person unless the proposal says otherwise.
    """
    said = case.proposal.facts.get("automated")
    if case.proposal.channel in _SPEAKS:
        return True
    return said is not False if case.proposal.channel is Channel.TEXT else said is True


def agreed(case: Case) -> Intervals | str:
    """Return while when such calls and texts are agreed to; a fact's name where that hangs on one nobody has said."""
    given = union(
        lasting(consent.at, consent.ends()) for consent in case.consents(ConsentKind.AUTOMATED, only_to_collector=False)
    )
    address = case.proposal.address
    if address is None:
        return "address"
    in_transaction = addresses.proof(case).is_given_in_transaction
    if in_transaction is None and not given:
        if address.source in _GIVEN:
            return ALWAYS
        return "address.given_in_transaction"
    return ALWAYS if in_transaction else given


@dataclass(frozen=True, slots=True)
class MachineConsent(Evaluator):
    """Speaks of wireless numbers; a mobile one is wireless unless its line is said to be something else."""

    stage = Stage.PERSON

    def bars(self, case: Case) -> Iterable[Finding]:
        if not is_by_machine(case):
            return
        line = _line(case)
        if not isinstance(line, LineType):
            yield lacking(line)
        elif line is LineType.WIRELESS:
            there = agreed(case)
            yield lacking(there) if isinstance(there, str) else Finding(~there)


def _line(case: Case) -> LineType | str:
    address = case.proposal.address
    if address is None:
        return "address"
    said = addresses.proof(case).line
    if said is not None:
        return said
    return LineType.WIRELESS if address.use is PointUse.MOBILE else "address.line_type"


def read(_given: Parameters) -> MachineConsent:
    """No parameters."""
    return MachineConsent()
