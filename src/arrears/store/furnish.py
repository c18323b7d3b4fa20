"""Makes what each table declares beside its columns true in the database: keys over owners, policies, grants, triggers.

The whole is one script made from the models. It is run in one transaction by the owner after the migrations, and only
when it differs from the script that was run last, whose hash is kept as a comment on a function.
"""

import hashlib
from collections.abc import Iterator

from django.apps import apps
from django.db import transaction
from django.db.backends.base.base import BaseDatabaseWrapper

from arrears.store import functions, gate_guards, rule_guards
from arrears.store.columns import Table
from arrears.store.rights import Rights
from arrears.store.roles import NIGHT, REPORT, WEB

# ruff: noqa: SLF001 - _meta is Django's documented way to a model's table

#: What the pages' framework keeps for itself: no row of a debtor, an account or an organisation.
FRAMEWORK_TABLES_READ = (
    "django_migrations",
    "django_content_type",
    "auth_permission",
    "auth_group",
    "auth_group_permissions",
)
FRAMEWORK_TABLES_WRITTEN = ("django_session", "axes_accessattempt", "axes_accessfailurelog", "axes_accesslog",
    "axes_accessattemptexpiration")  # fmt: skip


#: Tables read in the owner's name: by the views of what may be reached, by the count across creditors.
READ_BY_VIEWS = ("access", "account_party", "across_contact")
#: Tables to which a function of the database adds in the owner's name, after it asked what its policy would ask.
KEPT_BY_FUNCTIONS = ("pack_version",)


def tables() -> list[type[Table]]:
    """Return every table of the book, in the order of their names."""
    found = [model for model in apps.get_app_config("store").get_models() if issubclass(model, Table)]
    return sorted(found, key=lambda model: model._meta.db_table)


def furnish(connection: BaseDatabaseWrapper) -> bool:
    """Make the database as declared; return whether anything had to be done. ``connection`` is the owner's."""
    wanted = script()
    mark = hashlib.sha256(wanted.encode()).hexdigest()
    with transaction.atomic(using=connection.alias), connection.cursor() as cursor:
        cursor.execute("SELECT obj_description(to_regprocedure('public.scope_organisation()'), 'pg_proc')")
        if cursor.fetchone() == (mark,):
            return False
        cursor.execute(wanted)
        cursor.execute(f"COMMENT ON FUNCTION public.scope_organisation() IS '{mark}'")
    return True


def script() -> str:
    """Return the SQL that makes the database as declared, from whatever state it is in."""
    parts = [functions.SCRIPT, *_everybody()]
    for model in tables():
        parts += _owner_keys(model)
    for model in tables():
        table, rights = model._meta.db_table, model.rights
        parts += [*_row_security(table), *policies(table, rights).values(), *_grants(table, rights)]
        parts += _triggers(table, rights, _computed(model))
        parts += [*(_stamp_check(table) if model.is_stamped else ()), *model.guards]
    parts += [*gate_guards.statements(), *rule_guards.statements()]
    return ";\n".join(part.strip().removesuffix(";") for part in parts) + ";"


def _everybody() -> Iterator[str]:
    roles = f"{WEB}, {NIGHT}, {REPORT}"
    yield "REVOKE ALL ON SCHEMA public FROM PUBLIC"
    yield f"GRANT USAGE ON SCHEMA public TO {roles}"
    yield f"REVOKE ALL ON ALL TABLES IN SCHEMA public FROM PUBLIC, {roles}"
    yield f"REVOKE ALL ON ALL SEQUENCES IN SCHEMA public FROM PUBLIC, {roles}"
    yield f"GRANT USAGE ON ALL SEQUENCES IN SCHEMA public TO {NIGHT}"
    yield f"GRANT EXECUTE ON FUNCTION public.make_partitions(integer, integer) TO {NIGHT}"
    yield f"GRANT EXECUTE ON FUNCTION public.refresh_statistics() TO {NIGHT}"
    yield f"GRANT SELECT ON {', '.join(f'public.{view}' for view in functions.VIEWS)} TO {WEB}"
    for table in (*FRAMEWORK_TABLES_READ, *FRAMEWORK_TABLES_WRITTEN):
        verbs = "SELECT, INSERT, UPDATE, DELETE" if table in FRAMEWORK_TABLES_WRITTEN else "SELECT"
        yield _where_there(table, f"GRANT {verbs} ON public.{table} TO {WEB}")
        yield _where_there(f"{table}_id_seq", f"GRANT USAGE ON SEQUENCE public.{table}_id_seq TO {WEB}")


def _where_there(name: str, statement: str) -> str:
    return f"DO $do$ BEGIN IF to_regclass('public.{name}') IS NOT NULL THEN {statement}; END IF; END $do$"


def owner_key(model: type[Table], key: str) -> tuple[str, str, str, str]:
    """Return name, table, columns and target of the foreign key that makes ``key`` share its row's owner."""
    field = model._meta.get_field(key)
    target = field.related_model._meta.db_table  # type: ignore[union-attr]
    table = model._meta.db_table
    columns = f"{field.column}, {model.owner_column}"  # type: ignore[union-attr]
    return f"{table}_{key}_same_owner", table, columns, f"{target} (id, organisation_id)"


def _owner_keys(model: type[Table]) -> Iterator[str]:
    for name, table, columns, target in (owner_key(model, key) for key in model.same_owner):
        made = f"ALTER TABLE public.{table} ADD CONSTRAINT {name} FOREIGN KEY ({columns}) REFERENCES public.{target}"
        there = f"SELECT 1 FROM pg_constraint WHERE conname = '{name}' AND conrelid = 'public.{table}'::regclass"
        yield f"DO $do$ BEGIN IF NOT EXISTS ({there}) THEN {made}; END IF; END $do$"


def _row_security(table: str) -> Iterator[str]:
    yield f"ALTER TABLE public.{table} ENABLE ROW LEVEL SECURITY"
    yield f"ALTER TABLE public.{table} FORCE ROW LEVEL SECURITY"
    yield (
        "DO $do$ DECLARE p record; BEGIN FOR p IN SELECT policyname FROM pg_policies WHERE schemaname = 'public' "
        f"AND tablename = '{table}' LOOP EXECUTE format('DROP POLICY %I ON public.{table}', p.policyname); "
        "END LOOP; END $do$"
    )


def policies(table: str, rights: Rights) -> dict[str, str]:
    """Return the statements that make the policies of a table, by policy name."""
    seen, added, altered = rights.sees(table), rights.adds(table), rights.alters(table)
    made = {
        "report_sees": f"FOR SELECT TO {REPORT} USING (true)",
        "web_sees": f"FOR SELECT TO {WEB} USING ({seen})",
    }
    if table in KEPT_BY_FUNCTIONS:
        made["owner_keeps"] = "FOR INSERT TO CURRENT_USER WITH CHECK (true)"
    if table in READ_BY_VIEWS:
        made["owner_reads"] = "FOR SELECT TO CURRENT_USER USING (true)"
    if added is not None:
        made["web_adds"] = f"FOR INSERT TO {WEB} WITH CHECK ({added})"
    if rights.changes and altered is not None:
        made["web_changes"] = f"FOR UPDATE TO {WEB} USING ({altered}) WITH CHECK ({altered})"
    if rights.deletes and altered is not None:
        made["web_takes_away"] = f"FOR DELETE TO {WEB} USING ({altered})"
    return {name: f"CREATE POLICY {name} ON public.{table} {rule}" for name, rule in made.items()}


def _grants(table: str, rights: Rights) -> Iterator[str]:
    yield f"GRANT SELECT ON public.{table} TO {WEB}, {NIGHT}, {REPORT}"
    yield f"GRANT INSERT ON public.{table} TO {NIGHT}"
    if rights.adds(table) is not None:
        yield f"GRANT INSERT ON public.{table} TO {WEB}"
        if rights.changes:
            columns = "" if rights.changes == "*" else f" ({', '.join(rights.changes)})"
            yield f"GRANT UPDATE{columns} ON public.{table} TO {WEB}"
    if not rights.append_only:
        yield f"GRANT UPDATE ON public.{table} TO {NIGHT}"
    if rights.deletes:
        yield f"GRANT DELETE ON public.{table} TO {WEB}, {NIGHT}"


def _computed(model: type[Table]) -> tuple[str, ...]:
    """Return the columns the database computes: in a trigger before the write they are not there yet."""
    return tuple(str(field.column) for field in model._meta.concrete_fields if field.generated)


def _triggers(table: str, rights: Rights, computed: tuple[str, ...]) -> Iterator[str]:
    on = f"ON public.{table}"
    for name in ("stays", "stands"):
        yield f"DROP TRIGGER IF EXISTS {name} {on}"
    if rights.append_only:
        yield _trigger("stays", f"BEFORE UPDATE OR DELETE OR TRUNCATE {on} FOR EACH STATEMENT", "refuse_change()")
        yield f"ALTER TABLE public.{table} ENABLE ALWAYS TRIGGER stays"
    if rights.fixed_but:
        free = ", ".join(f"'{column}'" for column in (*rights.fixed_but, *computed))
        yield _trigger("stands", f"BEFORE UPDATE {on} FOR EACH ROW", f"refuse_change_but({free})")
        yield _trigger("stays", f"BEFORE DELETE OR TRUNCATE {on} FOR EACH STATEMENT", "refuse_change()")
        yield f"ALTER TABLE public.{table} ENABLE ALWAYS TRIGGER stands"
        yield f"ALTER TABLE public.{table} ENABLE ALWAYS TRIGGER stays"


def _stamp_check(table: str) -> Iterator[str]:
    yield f"DROP TRIGGER IF EXISTS day_is_open ON public.{table}"
    added = f"AFTER INSERT ON public.{table} REFERENCING NEW TABLE AS added FOR EACH STATEMENT"
    yield _trigger("day_is_open", added, "keep_to_open_day()")


def _trigger(name: str, when: str, function: str) -> str:
    return f"CREATE TRIGGER {name} {when} EXECUTE FUNCTION public.{function}"
