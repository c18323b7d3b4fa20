"""What the database itself holds against rules that were changed without their acts: named, from a day on, seen by two.

Settings are worked by as they stand in the organisation's row, so that row is where a way round would begin: what it
says of the gate changes only together with an act that is kept for good.
"""

from collections.abc import Iterator
from typing import Final

from arrears.store.roles import WEB

_REFUSE: Final = "USING ERRCODE = 'restrict_violation'"
#: A proposal begins undecided, is approved by a second person once it was tried to its end, and then stands.
_PROPOSED: Final = f"""
CREATE OR REPLACE FUNCTION public.keep_proposal_to_two_people() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF TG_OP = 'INSERT' THEN
        IF new.state <> 'waiting' OR new.decided_by_id IS NOT NULL THEN
            RAISE EXCEPTION 'a proposal begins undecided' {_REFUSE};
        END IF;
        RETURN new;
    END IF;
    IF old.state <> 'waiting' THEN
        RAISE EXCEPTION 'proposal % is decided: what was decided stands', old.id {_REFUSE};
    END IF;
    IF new.state = 'approved' AND (new.tried_at IS NULL OR new.decided_by_id IS NULL OR new.made_by_id IS NULL
                                   OR new.decided_by_id = new.made_by_id) THEN
        RAISE EXCEPTION 'proposal % was not seen to its end by a second person', old.id {_REFUSE};
    END IF;
    RETURN new;
END $$"""
#: An act has a name; asked when the transaction ends, one of a proposal follows its approval, and only so is a pack
#: taken. It holds from no day before the one on which it was made.
_ACTED: Final = f"""
CREATE OR REPLACE FUNCTION public.keep_act_to_its_proposal() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    behind record;
BEGIN
    IF new.staff_id IS NULL THEN
        RAISE EXCEPTION 'nobody is named who settled %', new.rule {_REFUSE};
    END IF;
    IF new.from_on < (SELECT (new.at AT TIME ZONE o.timezone)::date FROM public.organisation o
                      WHERE o.id = new.organisation_id) THEN
        RAISE EXCEPTION 'an act of % does not hold from % on', new.at, new.from_on {_REFUSE};
    END IF;
    IF new.act = 'take_pack' OR new.proposal_id IS NOT NULL THEN
        SELECT p.state, p.decided_by_id INTO behind FROM public.rule_proposal p WHERE p.id = new.proposal_id;
        IF NOT FOUND OR behind.state <> 'approved' OR behind.decided_by_id <> new.staff_id THEN
            RAISE EXCEPTION 'no approved proposal stands behind %', new.act {_REFUSE};
        END IF;
    END IF;
    RETURN NULL;
END $$"""
#: Asked when the transaction ends: among the latest acts is one that this transaction wrote. A row that is seen and
#: whose writer is still under way was written here; nobody else's can be seen.
_SETTLED: Final = f"""
CREATE OR REPLACE FUNCTION public.keep_settings_to_acts() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    here CONSTANT numeric := pg_current_xact_id()::text::numeric;
    turn CONSTANT numeric := 4294967296;
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM (SELECT xmin::text::numeric AS wrote FROM public.rule_setting
                       WHERE organisation_id = new.id ORDER BY id DESC LIMIT 50) latest
        WHERE pg_xact_status((CASE WHEN div(here, turn) * turn + wrote > here + turn / 2
            THEN greatest(div(here, turn) - 1, 0) ELSE div(here, turn) END * turn + wrote)::text::xid8) = 'in progress'
    ) THEN
        RAISE EXCEPTION 'rules of organisation % change by acts that are kept', new.id {_REFUSE};
    END IF;
    RETURN NULL;
END $$"""


def statements() -> Iterator[str]:
    """Yield the statements that put these guards in place, safe to run again."""
    yield from (_PROPOSED, _ACTED, _SETTLED)
    yield from (
        "DROP TRIGGER IF EXISTS two_people ON public.rule_proposal",
        (
            "CREATE TRIGGER two_people BEFORE INSERT OR UPDATE ON public.rule_proposal FOR EACH ROW "
            "EXECUTE FUNCTION public.keep_proposal_to_two_people()"
        ),
        "ALTER TABLE public.rule_proposal ENABLE ALWAYS TRIGGER two_people",
        "DROP TRIGGER IF EXISTS acted ON public.rule_setting",
        (
            "CREATE CONSTRAINT TRIGGER acted AFTER INSERT ON public.rule_setting DEFERRABLE INITIALLY DEFERRED "
            "FOR EACH ROW EXECUTE FUNCTION public.keep_act_to_its_proposal()"
        ),
        "ALTER TABLE public.rule_setting ENABLE ALWAYS TRIGGER acted",
        "DROP TRIGGER IF EXISTS settled ON public.organisation",
        (
            "CREATE CONSTRAINT TRIGGER settled AFTER UPDATE ON public.organisation DEFERRABLE INITIALLY DEFERRED "
            f"FOR EACH ROW WHEN (current_user = '{WEB}' "
            "AND old.settings->'gate' IS DISTINCT FROM new.settings->'gate') "
            "EXECUTE FUNCTION public.keep_settings_to_acts()"
        ),
        "ALTER TABLE public.organisation ENABLE ALWAYS TRIGGER settled",
    )
