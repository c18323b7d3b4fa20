"""What the database itself holds against a contact that nobody was asked about, whoever speaks SQL to it.

The gate's verdict is made by code, and no trigger can make it again. What can be known of it from its row alone is
asked of every permit: that the reasons kept with it bear out the answer, that the way leads to this person, that no
hold of the core stands. The holds are read from the core's own files, so that no rule is written twice.
"""

from collections.abc import Iterator
from typing import Final

from arrears.domain.contacts import EFFECTS, KIND_OF_POINT, MEDIUM_OF, Act
from arrears.domain.permits import ANSWERING_ROLES, LIFE_OF_A_PERMIT
from arrears.engine.gate.kinds.hold import ORALLY, StandingHold
from arrears.engine.gate.rules import Rule, Severity
from arrears.packs.compliance import shipped

_LIFE: Final = f"interval '{int(LIFE_OF_A_PERMIT.total_seconds())} seconds'"
_EAST: Final = "interval '14 hours'"
"""How long before midnight in Greenwich a date begins where it begins first."""
_REFUSE: Final = "USING ERRCODE = 'restrict_violation'"


def _listed(codes: object) -> str:
    """Return codes as an array of SQL."""
    return "ARRAY[" + ", ".join(f"'{code}'" for code in sorted(map(str, codes))) + "]::text[]"  # type: ignore[call-overload]


#: The answer of a permit is the strictest of its reasons, none of which refuses; it begins as issued,
#: lives no longer than leave lives, and not before the date of the book day that is open began anywhere.
_ANSWER: Final = f"""
CREATE OR REPLACE FUNCTION public.keep_permit_to_its_reasons() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    today date;
    said text;
BEGIN
    IF new.state <> 'issued' OR new.settled_at IS NOT NULL OR new.outcome <> '' THEN
        RAISE EXCEPTION 'a permit begins as issued' {_REFUSE};
    END IF;
    IF new.expires_at > new.issued_at + {_LIFE} THEN
        RAISE EXCEPTION 'a permit lives no longer than %', {_LIFE} {_REFUSE};
    END IF;
    SELECT d.business_date INTO today FROM public.book_day d
        WHERE d.organisation_id = new.organisation_id AND d.closed_at IS NULL;
    IF today IS NULL OR new.issued_at < today::timestamp AT TIME ZONE 'UTC' - {_EAST} THEN
        RAISE EXCEPTION 'a permit is issued in the book day that is open, not at %', new.issued_at {_REFUSE};
    END IF;
    IF new.pack_version !~ '[0-9a-f]{{12}}$' THEN
        RAISE EXCEPTION 'a permit names the rules it was issued under, not %', new.pack_version {_REFUSE};
    END IF;
    IF jsonb_typeof(new.reasons) <> 'array' THEN
        RAISE EXCEPTION 'a permit lists the rules that were heard' {_REFUSE};
    END IF;
    IF new.reasons @? '$[*] ? (!exists(@.rule) || !exists(@.answer) || @.answer == "refuse")' THEN
        RAISE EXCEPTION 'no permit stands against a rule that refuses' {_REFUSE};
    END IF;
    said := CASE WHEN new.reasons @? '$[*] ? (@.answer == "ask_human")' THEN 'ask_human'
                 WHEN new.reasons @? '$[*] ? (@.answer == "allow_with_notice")' THEN 'allow_with_notice'
                 ELSE 'allow' END;
    IF said <> new.verdict THEN
        RAISE EXCEPTION 'the reasons of this permit say %, not %', said, new.verdict {_REFUSE};
    END IF;
    IF new.verdict = 'ask_human' AND NOT EXISTS (
        SELECT 1 FROM public.staff s WHERE s.id = new.approved_by_id AND s.organisation_id = new.by_organisation_id
        AND s.roles && {_listed(ANSWERING_ROLES)}
    ) THEN
        RAISE EXCEPTION 'nobody who may answer for it allowed this contact' {_REFUSE};
    END IF;
    RETURN new;
END $$"""

_WAYS: Final = ", ".join(
    f"('{channel}', '{KIND_OF_POINT[medium]}')" for channel, medium in MEDIUM_OF.items() if medium in KIND_OF_POINT
)
#: A permit is for somebody who is a party to each of its debts, in the role it says, by a way that is theirs, works,
#: and is written as it stands.
_THEIRS: Final = f"""
CREATE OR REPLACE FUNCTION public.keep_permit_to_its_person() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF EXISTS (SELECT 1 FROM unnest(new.accounts) AS named WHERE NOT EXISTS (
        SELECT 1 FROM public.account_party p WHERE p.account_id = named AND p.person_id = new.person_id
        AND p.organisation_id = new.organisation_id AND p.role = new.role)
    ) THEN
        RAISE EXCEPTION 'person % is no % of each of these debts', new.person_id, new.role {_REFUSE};
    END IF;
    IF new.contact_point_id IS NULL THEN
        IF new.address <> '' THEN
            RAISE EXCEPTION 'an address is one of the person''s contact points' {_REFUSE};
        END IF;
        RETURN new;
    END IF;
    IF NOT EXISTS (
        SELECT 1 FROM public.contact_point w WHERE w.id = new.contact_point_id AND w.person_id = new.person_id
        AND w.value = new.address AND w.is_valid
        AND w.kind = coalesce((SELECT known.kind FROM (VALUES {_WAYS}) AS known (channel, kind)
                               WHERE known.channel = new.channel), w.kind)
    ) THEN
        RAISE EXCEPTION 'contact point % is no way to person % by %', new.contact_point_id, new.person_id, new.channel
            {_REFUSE};
    END IF;
    RETURN new;
END $$"""


def core_holds() -> tuple[Rule, ...]:
    """Return the rules of the core by which a hold refuses contact; no exception that ships lifts any of them."""
    return tuple(
        rule
        for rule in shipped().rules
        if rule.is_core
        and rule.severity is Severity.BLOCK
        and isinstance(rule.evaluator, StandingHold)
        and (not rule.reach.acts or Act.CONTACT in rule.reach.acts)
    )


def _stands_against(rule: Rule) -> str:
    """Return the condition under which a hold ``h`` stands against the permit ``new`` by a rule of the core.

    Where a law lets something through once, the gate counts; who is contacted in the debtor's stead is the gate's too.
    """
    held = rule.evaluator
    assert isinstance(held, StandingHold)
    parts = [f"h.kind = ANY({_listed(held.holds)})"]
    through = {*rule.reach.except_purposes, *held.once}
    for column, named in (("purpose", through), ("role", rule.reach.except_roles)):
        if named:
            parts.append(f"NOT new.{column} = ANY({_listed(named)})")
    reach = rule.reach
    for column, alone in (("channel", reach.channels), ("purpose", reach.purposes), ("role", reach.roles)):
        if alone:
            parts.append(f"new.{column} = ANY({_listed(alone)})")
    if held.said:
        was_said = "h.facts->'written' IS NOT DISTINCT FROM 'false'::jsonb"
        parts.append(was_said if held.said == ORALLY else f"NOT {was_said}")
    if held.excusable:
        parts.append("coalesce((h.facts->>'excused_from')::timestamptz > new.issued_at, true)")
    return f"({' AND '.join(parts)})"


def _held() -> str:
    """Return the function by which no permit is issued while a hold of the core stands."""
    against = "\n             OR ".join(map(_stands_against, core_holds()))
    return f"""
CREATE OR REPLACE FUNCTION public.keep_permit_to_holds() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    held text;
BEGIN
    SELECT h.kind INTO held FROM (
        SELECT * FROM public.hold WHERE person_id = new.person_id
        UNION ALL SELECT * FROM public.hold WHERE person_id IS NULL AND account_id = ANY(new.accounts)
    ) h
    WHERE (h.account_id IS NULL OR h.account_id = ANY(new.accounts))
        AND h.from_at <= new.issued_at AND (h.until_at IS NULL OR h.until_at > new.issued_at)
        AND ({against})
    LIMIT 1;
    IF FOUND THEN
        RAISE EXCEPTION 'no permit to contact person % while this hold stands: %', new.person_id, held {_REFUSE};
    END IF;
    RETURN new;
END $$"""


_FREE: Final = [outcome.value for outcome, effect in EFFECTS.items() if effect.gives_permit_back]
#: Asked when the transaction ends: leave is taken with its attempt, none is kept in a drawer; and it is given back
#: only where nothing rang at the other end.
_TAKEN: Final = f"""
CREATE OR REPLACE FUNCTION public.keep_permit_with_attempt() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    came text;
BEGIN
    SELECT a.outcome INTO came FROM public.attempt a WHERE a.permit_id = new.id;
    IF NOT FOUND THEN
        RAISE EXCEPTION 'permit % was issued and nothing begun', new.id {_REFUSE};
    END IF;
    IF TG_OP = 'UPDATE' AND NOT came = ANY({_listed(_FREE)}) THEN
        RAISE EXCEPTION 'permit % was spent: what came of it is %', new.id, came {_REFUSE};
    END IF;
    RETURN NULL;
END $$"""
#: What lies in an earlier book lies before the first day of this one. A statement of a million rows is asked once.
_OLDER: Final = f"""
CREATE OR REPLACE FUNCTION public.keep_historic_before_the_book() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    book record;
BEGIN
    FOR book IN SELECT organisation_id, max(started_at) AS latest FROM added WHERE origin = 'historic' GROUP BY 1 LOOP
        IF EXISTS (SELECT 1 FROM public.book_day d WHERE d.organisation_id = book.organisation_id
                   AND d.opened_at <= book.latest) THEN
            RAISE EXCEPTION 'a contact at % is not from before this book', book.latest {_REFUSE};
        END IF;
    END LOOP;
    RETURN NULL;
END $$"""


def statements() -> Iterator[str]:
    """Yield the statements that put all guards of the gate in place, safe to run again."""
    yield from (_ANSWER, _THEIRS, _held(), _TAKEN, _OLDER)
    yield from _trigger("permit", "answer", "BEFORE INSERT", "keep_permit_to_its_reasons()")
    yield from _trigger("permit", "theirs", "BEFORE INSERT", "keep_permit_to_its_person()")
    yield from _trigger("permit", "unheld", "BEFORE INSERT", "keep_permit_to_holds()")
    at_the_end = "DEFERRABLE INITIALLY DEFERRED"
    made = f"AFTER INSERT ON public.permit {at_the_end}"
    yield from _trigger("permit", "taken", made, "keep_permit_with_attempt()")
    given = f"AFTER UPDATE ON public.permit {at_the_end}"
    only = "WHEN (new.state = 'given_back' AND old.state <> 'given_back') "
    yield from _trigger("permit", "given_back", given, "keep_permit_with_attempt()", only)
    yield "DROP TRIGGER IF EXISTS older ON public.attempt"
    yield (
        "CREATE TRIGGER older AFTER INSERT ON public.attempt REFERENCING NEW TABLE AS added "
        "FOR EACH STATEMENT EXECUTE FUNCTION public.keep_historic_before_the_book()"
    )
    yield "ALTER TABLE public.attempt ENABLE ALWAYS TRIGGER older"


def _trigger(table: str, name: str, when: str, function: str, only: str = "") -> Iterator[str]:
    """Yield the statements that make a trigger of rows, fired also where a session says it only repeats others."""
    kind = "CONSTRAINT TRIGGER" if "DEFERRABLE" in when else "TRIGGER"
    on = when if " ON " in when else f"{when} ON public.{table}"
    yield f"DROP TRIGGER IF EXISTS {name} ON public.{table}"
    yield f"CREATE {kind} {name} {on} FOR EACH ROW {only}EXECUTE FUNCTION public.{function}"
    yield f"ALTER TABLE public.{table} ENABLE ALWAYS TRIGGER {name}"
