"""Setting up to decide: the strategy and the gate's rules in force, kept in the book as one version."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from arrears.actions.deciding import Desk, words_of
from arrears.actions.gatekeeping import collector_kind, rule_book, settings_of
from arrears.actions.masking import Mask
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
    strategy, book = strategy_of(organisation), rule_book()
    mask = Mask(
        book=book,
        on=on,
        collectors={one.id: collector_kind(one.kind, one.settings) for one in working},
        settings={
            one.id: settings_of([each.settings for each in {organisation.id: organisation, one.id: one}.values()])
            for one in working
        },
        statuses=tuple(words_of(strategy).statuses),
        using=using,
    )
    version = pack_version(organisation, strategy, book, now=now, using=using)
    return Desk(organisation, on, strategy, mask, version, book_day, run, now)
