"""Setting up to decide: the strategy and the gate's rules in force, kept in the book as one version."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from arrears.actions.deciding import Desk, words_of
from arrears.actions.gatekeeping import collector_kind
from arrears.actions.masking import Mask
from arrears.actions.rule_books import book_for, settings_of
from arrears.engine.decide import Strategy
from arrears.engine.gate import RuleBook
from arrears.packs import load
from arrears.store.doors import rules_in_force
from arrears.store.doors.organisations_at_night import NightOrganisation


def strategy_of(_organisation: NightOrganisation) -> Strategy:
    """Return the strategy that an organisation works by; the default one until it has its own."""
    return load()


def pack_version(
    organisation: NightOrganisation, strategy: Strategy, book: RuleBook, *, now: datetime, using: str
) -> int:
    """Return the id under which the book keeps these rules: strategy and gate together, with the words of all codes."""
    content = hashlib.sha256(f"{strategy.content_hash}\n{book.version}".encode()).digest()
    codes = {fact: {str(number): name for number, name in names.items()} for fact, names in strategy.codes().items()}
    return rules_in_force.keep_version(
        organisation.id,
        version=f"{strategy.id} {strategy.version}, {book.version}",
        content_hash=content,
        codes={**codes, "refusals": list(Mask.rules_of(book))},
        now=now,
        using=using,
    )


def desk(
    organisation: NightOrganisation,
    working: Sequence[NightOrganisation],
    on: date,
    *,
    run: int,
    book_day: int,
    now: datetime,
    using: str,
) -> Desk:
    """Return the desk at which an organisation's accounts are decided for the day ``on``.

    ``working`` are the organisations that may work its accounts, itself among them; ``run`` is 0 by day; ``now`` is
    stamped on what is decided.
    """
    strategy = strategy_of(organisation)
    mask = mask_of(organisation, working, on, strategy, using=using)
    version = pack_version(organisation, strategy, mask.book, now=now, using=using)
    return Desk(organisation, on, strategy, mask, version, book_day, run, now)


def mask_of(
    organisation: NightOrganisation,
    working: Sequence[NightOrganisation],
    on: date,
    strategy: Strategy,
    *,
    using: str,
) -> Mask:
    """Return the gate over an organisation's accounts for a day, under the settings of whoever works each of them."""
    own = organisation.settings
    said = {one.id: [own] if one.id == organisation.id else [own, one.settings] for one in working}
    books = {one: book_for(settings, on, using=using) for one, settings in said.items()}
    book = RuleBook.joined(books[one] for one in sorted(books))
    return Mask(
        book=book,
        on=on,
        collectors={one.id: collector_kind(one.kind, one.settings) for one in working},
        settings={one: settings_of(settings, on, using=using) for one, settings in said.items()},
        statuses=tuple(words_of(strategy).statuses),
        books=books,
        creditor=organisation.id,
        using=using,
    )
