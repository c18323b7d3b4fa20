"""Authorisations to debit, with their evidence; the debtor takes one back at any time, by any way, to anybody."""

from datetime import date, datetime, timedelta
from typing import Final

from arrears.actions import history
from arrears.actions.takings.asking import Asked, Providers, asked_on, new_reference, provider_of
from arrears.actions.takings.mistakes import mistake, refused_by
from arrears.channels.payments import PageAsked, Provider, ProviderError
from arrears.domain.takings import IN_WRITING, DebitState, Form, MandateState, Scheme
from arrears.kernel.problems import Problem
from arrears.packs.takings import takings
from arrears.store.after import after_commit
from arrears.store.doors import takings as rows
from arrears.store.doors.takings import DebitRow, MandateRow
from arrears.store.scope import Scope, current, scope

PAGE_HOURS: Final = 23


def ask_page(
    account: int,
    *,
    scheme: str,
    words: str,
    is_recurring: bool,
    most_minor: int,
    providers: Providers,
    back: str,
    now: datetime,
    valid_until: date | None = None,
    attempt: int | None = None,
    using: str = "default",
) -> MandateRow | Problem:
    """Make a page on which the debtor authorises debits; it is in force once they have, and the provider says so."""
    asked = asked_on(account, now=now, using=using)
    if isinstance(asked, Problem):
        return asked
    provider = provider_of(asked.payer.owner, providers, using=using)
    if provider is None:
        return mistake("no_provider")
    problem = _incomplete(
        asked, scheme, Form.HOSTED_PAGE, words, "", most_minor, valid_until, is_recurring=is_recurring
    )
    if problem is not None:
        return problem
    made = _add(
        asked, scheme, Form.HOSTED_PAGE, words, is_recurring=is_recurring, most_minor=most_minor, now=now,
        valid_until=valid_until, attempt_id=attempt, using=using,
    )  # fmt: skip
    page = PageAsked(
        organisation=made.organisation,
        reference=made.reference,
        currency=made.currency,
        words=f"{asked.payer.owner_name} {asked.payer.number}",
        back=back,
        language=asked.payer.language[:2],
        expires_at=now + timedelta(hours=PAGE_HOURS),
        scheme=Scheme(scheme),
    )
    within = current(using)
    after_commit(lambda: _open_page(made.id, page, provider, within, now), using=using)
    return made


def _open_page(mandate_id: int, page: PageAsked, provider: Provider, within: Scope, now: datetime) -> None:
    using = within.using
    try:
        made = provider.make_page(page)
    except ProviderError:
        with scope(within.organisation, within.user, using=using):
            rows.end_mandate(mandate_id, MandateState.STOPPED, at=now, because="provider_silent", using=using)
        return
    with scope(within.organisation, within.user, using=using):
        rows.move_mandate(mandate_id, url=made.url, provider_ref=made.ref, using=using)


def record(
    account: int,
    *,
    like: int,
    form: str,
    words: str,
    proof: str,
    most_minor: int,
    now: datetime,
    is_recurring: bool = False,
    valid_until: date | None = None,
    attempt: int | None = None,
    using: str = "default",
) -> MandateRow | Problem:
    """Record an authorisation given by voice or on paper, for a way to pay that the provider has on file already.

    ``like`` is an earlier authorisation of the same person, from which that way is taken. Several debits need a
    writing; a word on the telephone needs its recording, or a copy given before the money is taken.
    """
    asked = asked_on(account, now=now, using=using)
    if isinstance(asked, Problem):
        return asked
    known = rows.mandate(like, using=using)
    if known is None or known.person != asked.payer.person or not known.provider_method:
        return mistake("no_method", "like")
    if known.ended_because == REVOKED:  # what was taken back at the provider is not on file there any more
        return mistake("no_method", "like")
    if form not in set(Form) - {Form.HOSTED_PAGE}:
        return mistake("proof_missing", "form")
    problem = _incomplete(
        asked, known.scheme, Form(form), words, proof, most_minor, valid_until, is_recurring=is_recurring
    )
    if problem is not None:
        return problem
    made = _add(
        asked, known.scheme, Form(form), words, is_recurring=is_recurring, most_minor=most_minor, now=now,
        valid_until=valid_until, attempt_id=attempt, proof=proof, given_at=now, state=MandateState.ACTIVE,
        provider_customer=known.provider_customer, provider_method=known.provider_method,
        provider_mandate=known.provider_mandate, using=using,
    )  # fmt: skip
    _tell("mandate_given", made, now, using)
    return made


def _incomplete(
    asked: Asked,
    scheme: str,
    form: Form,
    words: str,
    proof: str,
    most_minor: int,
    until: date | None,
    *,
    is_recurring: bool,
) -> Problem | None:
    """Return what the evidence lacks; None where it holds."""
    if scheme not in set(Scheme):
        return mistake("scheme_unknown", "scheme")
    if not words.strip():
        return mistake("words_missing", "words")
    if most_minor <= 0:
        return mistake("amount_missing", "amount")
    if until is not None and until < asked.today:
        return mistake("day_past", "valid_until")
    about = {"scheme": scheme, "country": asked.payer.country, "debt_kind": asked.payer.debt_kind}
    if is_recurring and form not in IN_WRITING:
        return refused_by(takings().binding("recurring", **about)[0], "form")
    needs_proof = form in {Form.ORAL_RECORDED, Form.SIGNED}
    return mistake("proof_missing", "proof") if needs_proof and not proof.strip() else None


def _add(
    asked: Asked, scheme: str, form: Form, words: str, *, is_recurring: bool, most_minor: int, now: datetime,
    using: str, **columns: object,
) -> MandateRow:  # fmt: skip
    made = rows.add_mandate(
        organisation_id=asked.payer.owner,
        account_id=asked.payer.account,
        person_id=asked.payer.person,
        made_at=now,
        reference=new_reference("mandate"),
        scheme=scheme,
        form=form,
        words=words.strip(),
        is_recurring=is_recurring,
        most_minor=most_minor,
        currency=asked.payer.currency,
        using=using,
        **columns,
    )
    _tell("mandate_asked", made, now, using)
    return made


def _tell(kind: str, about: MandateRow, now: datetime, using: str, **facts: object) -> None:
    history.append(
        kind, owner=about.organisation, account=about.account, person=about.person, now=now, using=using,
        mandate=about.id, scheme=about.scheme, form=about.form, **facts,
    )  # fmt: skip


def give_copy(mandate_id: int, *, now: datetime, using: str = "default") -> Problem | None:
    """Note that the debtor got a copy of what they agreed to."""
    found = rows.mandate(mandate_id, hold=True, using=using)
    if found is None or found.state != MandateState.ACTIVE:
        return mistake("mandate_over")
    if found.copy_given_at is None:
        rows.move_mandate(mandate_id, copy_given_at=now, using=using)
        _tell("mandate_copy_given", found, now, using)
    return None


REVOKED: Final = "revoked_by_debtor"


def revoke(
    mandate_id: int, *, providers: Providers, now: datetime, using: str = "default"
) -> tuple[DebitRow, ...] | Problem:
    """End an authorisation because the debtor said so; debits that were asked for are off.

    Returns those that are at the provider already: the provider is asked to stop them, and what comes of it shows.
    """
    found = rows.mandate(mandate_id, hold=True, using=using)
    if found is None or found.ended_at is not None:
        return mistake("mandate_over")
    moving = end(found, MandateState.REVOKED, REVOKED, now=now, using=using)
    provider = provider_of(found.organisation, providers, using=using)
    if provider is not None:
        method = "" if rows.is_method_used(found.provider_method, using=using) else found.provider_method
        after_commit(lambda: _let_go(provider, method, moving), using=using)
    return moving


def end(
    found: MandateRow, state: MandateState, because: str, *, now: datetime, using: str = "default"
) -> tuple[DebitRow, ...]:
    """End an authorisation that is held; take back what was only asked for; return what the provider has already."""
    rows.end_mandate(found.id, state, at=now, because=because, using=using)
    debits = rows.debits_of_mandate(found.id, using=using)
    for one in debits:
        if one.state == DebitState.ASKED:
            rows.move_debit(one.id, state=DebitState.CANCELLED, settled_at=now, reason=because, using=using)
    _tell(f"mandate_{state}", found, now, using, because=because)
    return tuple(one for one in debits if one.state in {DebitState.PRESENTING, DebitState.PRESENTED})


def _let_go(provider: Provider, method: str, moving: tuple[DebitRow, ...]) -> None:
    try:
        for one in moving:
            if one.provider_ref:
                provider.cancel(one.provider_ref)
        if method:
            provider.end_mandate(method)
    except ProviderError:
        return  # here it has ended, and nothing is presented under it any more


def expire(owner: int, today: date, *, now: datetime, using: str = "default") -> int:
    """End the authorisations of an organisation whose last day is past; return how many."""
    over = [one for one in rows.mandates_in_force(owner, using=using) if one.valid_until and one.valid_until < today]
    for one in over:
        held = rows.mandate(one.id, hold=True, using=using)
        if held is not None and held.ended_at is None:
            end(held, MandateState.EXPIRED, "its_last_day", now=now, using=using)
    return len(over)
