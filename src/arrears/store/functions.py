"""The functions that live in the database. Bodies are bound when they are made, so no search path can turn them."""

from arrears.domain.entries import EntryKind

#: The scope's own four questions; read inside policies, once a query.
_SCOPE = """
CREATE OR REPLACE FUNCTION public.scope_organisation() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('arrears.organisation', true), '')::bigint;
CREATE OR REPLACE FUNCTION public.scope_user() RETURNS bigint LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('arrears.user', true), '')::bigint;
CREATE OR REPLACE FUNCTION public.scope_signing_in() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('arrears.signing_in', true), '');
CREATE OR REPLACE FUNCTION public.scope_date() RETURNS date LANGUAGE sql STABLE PARALLEL SAFE
    RETURN coalesce(nullif(current_setting('arrears.today', true), '')::date, current_date);
"""

#: What the caller may reach, asked by every policy. The views read as the owner, for whom these two tables are open:
#: policies that went through other policies would be planned over and over, and planning is most of a short query.
_REACH = """
CREATE OR REPLACE VIEW public.reached AS
    SELECT account_id, owner_id FROM public.access
    WHERE organisation_id = public.scope_organisation() AND scope IN ('owner', 'holder')
      AND from_on <= public.scope_date() AND (until_on IS NULL OR until_on > public.scope_date());
CREATE OR REPLACE VIEW public.reached_ever AS
    SELECT account_id, owner_id FROM public.access
    WHERE organisation_id = public.scope_organisation()
      AND from_on <= public.scope_date() AND (until_on IS NULL OR until_on > public.scope_date());
CREATE OR REPLACE VIEW public.reached_person AS
    SELECT party.person_id FROM public.account_party party JOIN public.reached seen USING (account_id);
"""
VIEWS = ("reached", "reached_ever", "reached_person")

#: History refuses to be changed, whoever asks.
_HISTORY = """
CREATE OR REPLACE FUNCTION public.refuse_change() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION '% is history: rows are only ever added', TG_TABLE_NAME
        USING ERRCODE = 'restrict_violation', HINT = 'Add a row that corrects it.';
END $$;
CREATE OR REPLACE FUNCTION public.refuse_change_but() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF to_jsonb(old) - TG_ARGV IS DISTINCT FROM to_jsonb(new) - TG_ARGV THEN
        RAISE EXCEPTION '% stands as it was written: only % may still be set', TG_TABLE_NAME,
            array_to_string(TG_ARGV, ', ') USING ERRCODE = 'restrict_violation';
    END IF;
    RETURN new;
END $$;
"""

#: Whatever carries a book day is written into an open one that cannot close before the writer commits. A statement of a
#: million rows is asked once. The lock's name is that of ``locks.share_book``, for writers who did not take it yet.
_BOOK_DAY = """
CREATE OR REPLACE FUNCTION public.keep_to_open_day() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    book record;
BEGIN
    FOR book IN SELECT DISTINCT organisation_id, book_day FROM added LOOP
        PERFORM pg_advisory_xact_lock_shared(hashtextextended('book ' || book.organisation_id, 0));
        IF NOT EXISTS (SELECT 1 FROM public.book_day d WHERE d.organisation_id = book.organisation_id
                       AND d.day = book.book_day AND d.closed_at IS NULL) THEN
            RAISE EXCEPTION '%: book day % of organisation % is not open', TG_TABLE_NAME, book.book_day,
                book.organisation_id USING ERRCODE = 'restrict_violation', HINT = 'Stamp the day that is open now.';
        END IF;
    END LOOP;
    RETURN NULL;
END $$;
"""

#: Partitions are made ahead by the owner's right, because the night may not create tables. Attaching takes a weaker
#: lock than creating in place: lists are read and decisions written meanwhile.
_PARTITIONS = """
CREATE OR REPLACE FUNCTION public.make_partitions(first_day integer, last_day integer) RETURNS integer
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
DECLARE
    epoch CONSTANT date := '1970-01-01';
    parent record;
    month date;
    name text;
    made integer := 0;
BEGIN
    PERFORM pg_advisory_xact_lock(4202602);
    FOR parent IN SELECT c.relname FROM pg_partitioned_table p JOIN pg_class c ON c.oid = p.partrelid
                  WHERE c.relnamespace = 'public'::regnamespace ORDER BY c.relname LOOP
        month := date_trunc('month', (epoch + first_day)::timestamp)::date;
        WHILE month <= epoch + last_day LOOP
            name := parent.relname || '_' || to_char(month, 'YYYYMM');
            IF to_regclass('public.' || name) IS NULL THEN
                EXECUTE format('CREATE TABLE public.%I (LIKE public.%I INCLUDING DEFAULTS INCLUDING CONSTRAINTS '
                    'INCLUDING GENERATED, CONSTRAINT of_month CHECK (on_day >= %s AND on_day < %s))',
                    name, parent.relname, month - epoch, (month + interval '1 month')::date - epoch);
                EXECUTE format('ALTER TABLE public.%I ATTACH PARTITION public.%I FOR VALUES FROM (%s) TO (%s)',
                    parent.relname, name, month - epoch, (month + interval '1 month')::date - epoch);
                EXECUTE format('CREATE TRIGGER stays BEFORE UPDATE OR DELETE OR TRUNCATE ON public.%I '
                    'FOR EACH STATEMENT EXECUTE FUNCTION public.refuse_change()', name);
                EXECUTE format('ALTER TABLE public.%I ENABLE ALWAYS TRIGGER stays', name);
                made := made + 1;
            END IF;
            month := (month + interval '1 month')::date;
        END LOOP;
    END LOOP;
    RETURN made;
END $$;
REVOKE ALL ON FUNCTION public.make_partitions(integer, integer) FROM PUBLIC;
"""

#: After a great import the planner must know the new sizes at once: the night runs next, and autovacuum comes when it
#: comes. Only an owner may measure a table.
_STATISTICS = """
CREATE OR REPLACE FUNCTION public.refresh_statistics() RETURNS void
    LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, public, pg_temp AS $$
BEGIN
    ANALYZE public.access, public.account, public.account_party, public.account_position, public.attempt,
        public.attempt_account, public.contact_point, public.entry, public.person, public.promise,
        public.search_gram, public.touched;
END $$;
REVOKE ALL ON FUNCTION public.refresh_statistics() FROM PUBLIC;
"""

#: Which entries count: the ledger's `taken_out`, for those who ask the database. An entry is named by one other at
#: most, so a reversal, its reversal and so on are a chain. A reversal that is taken out takes out nothing; anything
#: else that takes an entry out, as a cleared payment does its sighting, does so for good.
_STANDING = f"""
CREATE OR REPLACE FUNCTION public.entry_stands(asked bigint) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    named bigint := asked;
    taker record;
    found_standing boolean := true;
BEGIN
    LOOP
        SELECT e.id, e.kind INTO taker FROM public.entry e WHERE e.reverses_id = named;
        IF NOT FOUND THEN
            RETURN found_standing;
        END IF;
        found_standing := NOT found_standing;
        IF taker.kind <> {int(EntryKind.REVERSAL)} THEN
            RETURN found_standing;
        END IF;
        named := taker.id;
    END LOOP;
END $$;
CREATE OR REPLACE FUNCTION public.entry_chain_end(asked bigint) RETURNS bigint LANGUAGE plpgsql STABLE PARALLEL SAFE
    SET search_path = pg_catalog, pg_temp AS $$
DECLARE
    named bigint := asked;
    taker bigint;
BEGIN
    LOOP
        SELECT e.id INTO taker FROM public.entry e WHERE e.reverses_id = named;
        IF NOT FOUND THEN
            RETURN named;
        END IF;
        named := taker;
    END LOOP;
END $$;
"""

SCRIPT = _SCOPE + _REACH + _HISTORY + _BOOK_DAY + _PARTITIONS + _STATISTICS + _STANDING
