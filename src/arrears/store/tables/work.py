"""The night and the day's work: runs, decisions, the worklist, who is being worked by whom."""

from typing import ClassVar

from django.db import models
from django.db.models import F, Q

from arrears.domain.position import POSITION
from arrears.store import layouts
from arrears.store.columns import Table, one_of
from arrears.store.fixed import fields_of
from arrears.store.rights import (
    SCOPE,
    AccountScoped,
    OwnedByOrganisation,
    PersonScoped,
    ReadByHolders,
    Special,
    account_reached,
)
from arrears.store.roles import WEB
from arrears.store.tables.account import Account
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.person import Person
from arrears.store.tables.staff import Staff

#: A holder decides by day under the rules of whose debts it works, also before the owner's first night under them. It
#: may keep such a version for an owner whose accounts it holds now, only by this door: it changes none that is there.
_KEEP_VERSION = """
CREATE OR REPLACE FUNCTION public.keep_pack_version(owner bigint, said text, hash bytea, words jsonb, at timestamptz)
    RETURNS void LANGUAGE plpgsql SECURITY DEFINER SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    IF owner IS DISTINCT FROM public.scope_organisation()
       AND NOT EXISTS (SELECT 1 FROM public.reached seen WHERE seen.owner_id = owner) THEN
        RAISE EXCEPTION 'organisation % is out of reach', owner USING ERRCODE = 'insufficient_privilege';
    END IF;
    INSERT INTO public.pack_version (organisation_id, version, content_hash, codes, since)
        VALUES (owner, said, hash, words, at) ON CONFLICT DO NOTHING;
END $$
"""
_KEPT_BY = "FUNCTION public.keep_pack_version(bigint, text, bytea, jsonb, timestamptz)"


class PackVersion(Table):
    """A version of the rules that decisions were made under: its content hash, and the words behind its codes."""

    id = models.AutoField(primary_key=True)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    version = models.TextField()
    content_hash = models.BinaryField()
    codes = models.JSONField(default=dict, db_default={})
    since = models.DateTimeField()

    # Whoever sees a decision must be able to read its codes.
    rights = ReadByHolders(append_only=True)
    guards: ClassVar[tuple[str, ...]] = (
        _KEEP_VERSION,
        f"REVOKE ALL ON {_KEPT_BY} FROM PUBLIC",
        f"GRANT EXECUTE ON {_KEPT_BY} TO {WEB}",
    )

    class Meta:
        db_table = "pack_version"
        constraints = (models.UniqueConstraint(fields=("organisation", "content_hash"), name="pack_version_kept_once"),)


class AccountPosition(Table):
    """The narrow row of an account that holds what time alone does not change; columns are those of ``POSITION``."""

    account = models.OneToOneField(
        Account, models.PROTECT, related_name="+", primary_key=True, db_column="account", db_constraint=False
    )
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    locals().update(fields_of(POSITION, but=("account",)))

    rights = AccountScoped(column="account", changes="*")
    same_owner = ("account",)

    class Meta:
        db_table = "account_position"
        indexes = (models.Index(fields=("organisation", "look_again_on"), name="account_position_to_look"),)


class Run(Table):
    """One night (or rebuild, or proof) over one organisation's book."""

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    kind = models.TextField()
    on_date = models.DateField()
    book_day = models.IntegerField()
    state = models.TextField(default="running", db_default="running")
    pack_version = models.ForeignKey(PackVersion, models.PROTECT, related_name="+", db_index=False, null=True)
    seed = models.BigIntegerField(default=0, db_default=0)
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    figures = models.JSONField(default=dict, db_default={})

    rights = OwnedByOrganisation(web_writes=False)

    class Meta:
        db_table = "run"
        constraints = (
            one_of("kind", ("night", "rebuild", "proof")),
            one_of("state", ("running", "done", "failed")),
            models.UniqueConstraint(fields=("organisation", "kind", "book_day"), name="run_once_a_book_day"),
            models.UniqueConstraint(fields=("id", "organisation"), name="run_with_owner"),
        )


class RunStep(Table):
    """A step of a run: restartable, because what is done is marked done in the transaction that did it."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    run = models.ForeignKey(Run, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    name = models.TextField()
    number = models.SmallIntegerField()
    state = models.TextField(default="running", db_default="running")
    started_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)
    figures = models.JSONField(default=dict, db_default={})

    rights = OwnedByOrganisation(web_writes=False)
    same_owner = ("run",)

    class Meta:
        db_table = "run_step"
        constraints = (
            one_of("state", ("running", "done", "failed")),
            models.UniqueConstraint(fields=("run", "name"), name="run_step_named_once"),
        )


class PublishedRun(Table):
    """The row whose arrival makes a run's worklist the one that people work."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    run = models.ForeignKey(Run, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    on_day = models.IntegerField()
    published_at = models.DateTimeField()

    rights = ReadByHolders(web_writes=False, append_only=True)
    same_owner = ("run",)

    class Meta:
        db_table = "published_run"
        constraints = (models.UniqueConstraint(fields=("run",), name="published_run_once"),)
        indexes = (models.Index(fields=("organisation", "on_day"), name="published_run_by_day"),)


class Decision(Table):
    """What was decided about an account on a day, under which rules, with which chance; append-only, by month."""

    pk = models.CompositePrimaryKey("on_day", "account_id", "decided_at")
    locals().update(fields_of(layouts.DECISION))

    # No foreign keys here, a night adds rows by the million; by day the writer must see the account as it is named.
    rights = Special(
        seen=f"{{t}}.organisation_id = {SCOPE} OR {account_reached('{t}.account_id')}",
        written="EXISTS (SELECT 1 FROM public.account a WHERE a.id = {t}.account_id "
        "AND a.organisation_id = {t}.organisation_id AND a.person_id = {t}.person_id)",
        append_only=True,
    )
    partition_key: ClassVar[str] = "on_day"

    class Meta:
        db_table = "decision"
        indexes = (models.Index(fields=("account_id", "on_day"), name="decision_by_account"),)


class Worklist(Table):
    """The list of a day: one row a person and working organisation, in order; by month, never detached."""

    pk = models.CompositePrimaryKey("on_day", "organisation_id", "run_id", "person_id")
    locals().update(fields_of(layouts.WORKLIST))

    rights = OwnedByOrganisation(web_writes=False, append_only=True)
    partition_key: ClassVar[str] = "on_day"

    class Meta:
        db_table = "worklist"
        indexes = (
            models.Index(fields=("on_day", "organisation_id", "staff_id", "rank"), name="worklist_in_order"),
            models.Index(fields=("person_id", "on_day"), name="worklist_by_person"),
        )


class WorkHold(Table):
    """A person held for one collector while being worked; the row's key decides who won."""

    person = models.OneToOneField(Person, models.PROTECT, related_name="+", primary_key=True, db_constraint=False)
    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False)
    held_at = models.DateTimeField()
    until_at = models.DateTimeField()

    rights = PersonScoped(changes=("by_organisation_id", "staff_id", "held_at", "until_at"), deletes=True)
    same_owner = ("person",)

    class Meta:
        db_table = "work_hold"
        constraints = (models.CheckConstraint(condition=Q(until_at__gt=F("held_at")), name="work_hold_runs_forward"),)
        indexes = (models.Index(fields=("staff",), name="work_hold_by_staff"),)


class Skip(Table):
    """A person passed over, with the reason; counted, and on the list again at ``returns_at``."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False)
    on_date = models.DateField()
    reason = models.TextField()
    at = models.DateTimeField()
    returns_at = models.DateTimeField()

    rights = PersonScoped(maker="by_organisation_id", append_only=True)
    same_owner = ("person",)

    class Meta:
        db_table = "skip"
        constraints = (models.CheckConstraint(condition=~Q(reason=""), name="skip_has_reason"),)
        indexes = (
            models.Index(fields=("person", "on_date"), name="skip_by_person"),
            models.Index(fields=("staff", "on_date"), name="skip_by_staff"),
            models.Index(fields=("on_date", "person"), name="skip_by_day"),
        )


class Assignment(Table):
    """A person handed to a collector or team by a human or the night's allocation; the newest in force wins."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    team = models.TextField(default="", db_default="", blank=True)
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)

    rights = PersonScoped(maker="by_organisation_id", changes=("until_at",), fixed_but=("until_at",))
    same_owner = ("person",)

    class Meta:
        db_table = "assignment"
        indexes = (
            models.Index(fields=("person", "from_at"), name="assignment_by_person"),
            models.Index(fields=("staff", "from_at"), name="assignment_by_staff"),
        )
