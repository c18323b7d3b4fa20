"""Setting up to decide: the strategy and the gate's rules in force, kept in the book as one version."""

import hashlib
from collections.abc import Sequence
from datetime import date, datetime

from arrears.actions.deciding import Desk, words_of
from arrears.actions.gatekeeping import rule_book
from arrears.actions.masking import Mask
from arrears.engine.decide import Strategy
from arrears.engine.gate import CollectorKind, RuleBook, Settings
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
        collectors={one.id: _kind(one) for one in working},
        settings={one.id: _settings(organisation, one) for one in working},
        statuses=tuple(words_of(strategy).statuses),
        using=using,
    )
    version = pack_version(organisation, strategy, book, now=now, using=using)
    return Desk(organisation, on, strategy, mask, version, book_day, run, now)


def _kind(organisation: NightOrganisation) -> CollectorKind | None:
    kind = organisation.settings.get("collector_kind", organisation.kind)
    return CollectorKind(kind) if kind in set(CollectorKind) else None


def _settings(owner: NightOrganisation, working: NightOrganisation) -> Settings:
    """Return the rules of the owner and of who works for it together: the stricter of both."""
    said = [one.settings.get("gate", {}) for one in {owner.id: owner, working.id: working}.values()]
    limits: dict[tuple[str, str], int] = {}
    for one in said:
        for rule, numbers in one.get("limits", {}).items():
            for name, value in numbers.items():
                limits[rule, name] = min(value, limits.get((rule, name), value))
    return Settings(
        switched_on=frozenset(rule for one in said for rule in one.get("switched_on", ())),
        by_choice=frozenset(rule for one in said for rule in one.get("by_choice", ())),
        limits=limits,
    )
