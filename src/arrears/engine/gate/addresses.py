"""When an e-mail address or a number may be used, by the proof that stands for it (12 CFR 1006.6(d)(3)-(5)).

Each function returns the instants at which its procedure holds for the address of the case, about all of its debts.
"""

from collections.abc import Iterable, Iterator
from datetime import date

from arrears.domain.addresses import CheckResult, Proven, proven
from arrears.domain.contacts import MEDIUM_OF, Contact
from arrears.domain.holds import ConsentKind
from arrears.domain.notices import Notice, NoticeKind
from arrears.engine.gate.asking import Case, lasting
from arrears.engine.gate.kinds.facts_hold import starts
from arrears.engine.gate.local import date_of, local_day
from arrears.kernel.epoch import epoch_day
from arrears.kernel.intervals import BEGINNING, FOREVER, NEVER, Intervals, instant_of, union


def proof(case: Case) -> Proven:
    """Return what is proven of the address at hand; nothing where the proposal names none."""
    address = case.proposal.address
    return case.once("proof", lambda: Proven() if address is None else proven(address.facts))


def written_from_it(case: Case) -> Iterator[Contact]:
    """Yield the person's own messages to this collector from this address, about every debt at hand."""
    address, medium = case.proposal.address, case.proposal.medium
    for contact in case.known.contacts:
        if (
            contact.is_from_person()
            and address is not None
            and contact.address == address.id
            and contact.person == case.proposal.person
            and contact.collector == case.proposal.collector.organisation
            and MEDIUM_OF[contact.channel] is medium
            and all(case.talked_of(contact, key) for key in case.keys)
        ):
            yield contact


def used_by_consumer(case: Case) -> Intervals:
    """Return when procedure A holds: the person used the address with us about the debt, or agreed to it directly."""
    said = proof(case)
    used = [Intervals.between(instant_of(contact.at), FOREVER) for contact in written_from_it(case)]
    if said.used_on is not None and said.used_with in {None, case.proposal.collector.organisation}:
        used.append(from_day(case, said.used_on))
    return (union(used) - opted_out(case)) | union(agreed(case))


def agreed(case: Case) -> Iterator[Intervals]:
    """Yield how long each consent to this medium lasts that was given directly to the collector.

    An opt-out from the address takes back what was agreed to up to its day.
    """
    out, said = opted_out(case), proof(case).opted_out_on
    for consent in case.consents(ConsentKind.MEDIUM, only_to_collector=True):
        is_later = said is not None and date_of(consent.at, case.zones) > said
        yield lasting(consent.at, consent.ends()) - (NEVER if is_later else out)


def opted_out(case: Case) -> Intervals:
    """Return the instants from the day of an opt-out on, unless the person used the address again on a later day."""
    said = proof(case)
    if said.opted_out_on is None or not said.is_opted_out():
        return NEVER
    later = (c.at for c in written_from_it(case) if date_of(c.at, case.zones) > said.opted_out_on)
    again = min(map(instant_of, later), default=FOREVER)
    return Intervals.between(starts(case, epoch_day(said.opted_out_on), min), again)


def notices(case: Case) -> Iterator[Notice]:
    """Yield the notices that this address may be used, sent about every debt at hand."""
    address = case.proposal.address
    for notice in case.known.notices:
        if (
            notice.kind is NoticeKind.ADDRESS
            and notice.person == case.proposal.person
            and (notice.address is None or (address is not None and notice.address == address.id))
            and all(notice.is_about(debt.id) for debt in case.debts)
        ):
            yield notice


def noticed(case: Case, days: int) -> Intervals:
    """Return when procedure B holds: a creditor's notice whose time to opt out, of ``days`` at least, is over."""
    said = proof(case)
    is_open = said.is_employers is False or said.is_for_this_debt is True
    if not (said.is_from_consumer and said.was_used_by_creditor and is_open):
        return NEVER
    return union(_waited_for(notice, days, case) for notice in notices(case)) - opted_out(case)


def _waited_for(notice: Notice, days: int, case: Case) -> Intervals:
    """Return the instants after the last day to opt out, by every clock; none where it came too soon or came back."""
    if notice.opt_out_by is None:
        return NEVER
    last = epoch_day(notice.opt_out_by)
    sent = max(local_day(zone, instant_of(notice.sent_at)) for zone in case.zones or ("UTC",))
    if last < sent + days:
        return NEVER
    return lasting(notice.sent_at, notice.undeliverable_at) & Intervals.between(starts(case, last + 1, max), FOREVER)


def used_before(case: Case) -> Intervals:
    """Return when procedure C is claimed: the collector just before used the address, and nobody opted out."""
    return Intervals.between(BEGINNING, FOREVER) - opted_out(case) if proof(case).is_prior_claimed else NEVER


def fresh_number(case: Case, days: int) -> Intervals:
    """Return when a text may go: a basis, and proof not older than ``days`` that the number is still the person's.

    The person's own texts and consents are basis and proof; a clean check of the database is proof from then on.
    """
    texts = [local_day(zone, instant_of(c.at)) for c in written_from_it(case) for zone in case.zones[:1] or ("UTC",)]
    said = proof(case)
    if said.used_on is not None and said.used_with in {None, case.proposal.collector.organisation}:
        texts.append(epoch_day(said.used_on))
    by_text = _fresh(case, texts, days) - opted_out(case)
    return (by_text | union(_by_consent(case, days))) - _reassigned(case)


def _by_consent(case: Case, days: int) -> Iterator[Intervals]:
    given = case.consents(ConsentKind.MEDIUM, only_to_collector=True)
    renewed = [local_day(zone, instant_of(c.at)) for c in given for zone in case.zones[:1] or ("UTC",)]
    for held in agreed(case):
        yield held & _fresh(case, renewed, days)


def _fresh(case: Case, proved: Iterable[int], days: int) -> Intervals:
    """Return the days up to ``days`` after each proof, and after a clean check that followed one of them."""
    own = sorted(proved)
    if not own:
        return NEVER
    said = proof(case)
    checked = [] if said.checked_on is None else [epoch_day(said.checked_on)]
    clean = [day for day in checked if said.check_result is CheckResult.NOT_REASSIGNED and day >= own[0]]
    return union(Intervals.between(starts(case, day, min), starts(case, day + days + 1, min)) for day in (*own, *clean))


def _reassigned(case: Case) -> Intervals:
    said = proof(case)
    if said.checked_on is None or said.check_result is not CheckResult.REASSIGNED:
        return NEVER
    return from_day(case, said.checked_on)


def from_day(case: Case, day: date) -> Intervals:
    """Return the instants from the start of a local day on, by the first clock to see it."""
    return Intervals.between(starts(case, epoch_day(day), min), FOREVER)
