"""Case files with their steps and clocks; and what somebody needs, apart from why they need it."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.db.models.expressions import RawSQL

from arrears.domain.care import SEES_CARE
from arrears.domain.case_files import CaseKind, CaseState, ClockState, Finding, StepKind
from arrears.store.columns import Table, either, one_of
from arrears.store.rights import SCOPE, SCOPE_USER, PersonScoped
from arrears.store.tables.account import Note
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.person import Person
from arrears.store.tables.staff import Staff


class CaseFile(Table):
    """One matter about a person: a dispute, a complaint, a bankruptcy. ``steps`` is the number of its latest step.

    ``received_at`` is when it reached us, ``known_at`` the first instant at which anybody here knew of it; ``accounts``
    the debts it names, none for all. ``holds`` are the holds it placed; ``due_on`` the next day on which a duty ends.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    kind = models.TextField()
    state = models.TextField(default="open", db_default="open")
    finding = models.TextField(default="", db_default="", blank=True)
    accounts = ArrayField(models.BigIntegerField(), default=list, db_default=RawSQL("'{}'::bigint[]", ()))
    holds = ArrayField(models.BigIntegerField(), default=list, db_default=RawSQL("'{}'::bigint[]", ()))
    regulator = models.TextField(default="", db_default="", blank=True)
    source = models.TextField(default="", db_default="", blank=True)
    received_at = models.DateTimeField()
    known_at = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    facts = models.JSONField(default=dict, db_default={})
    steps = models.IntegerField(default=1, db_default=1)
    due_on = models.DateField(null=True)
    is_late = models.BooleanField(default=False, db_default=False)
    closed_at = models.DateTimeField(null=True)
    source_kind = models.TextField()
    source_ref = models.TextField()

    rights = PersonScoped(
        maker="by_organisation_id",
        changes=("state", "finding", "holds", "facts", "steps", "due_on", "is_late", "closed_at"),
        fixed_but=("state", "finding", "holds", "facts", "steps", "due_on", "is_late", "closed_at"),
    )
    same_owner = ("person",)

    class Meta:
        db_table = "case_file"
        constraints = (
            one_of("kind", CaseKind),
            one_of("state", CaseState),
            models.CheckConstraint(
                condition=Q(finding="") | Q(("finding__in", [str(one) for one in Finding])),
                name="casefile_finding_is_known",
            ),
            models.CheckConstraint(
                condition=either(Q(state="closed"), Q(closed_at__isnull=False)), name="case_file_closed_has_instant"
            ),
            models.CheckConstraint(
                condition=~Q(state="closed") | ~Q(finding=""), name="case_file_closed_with_a_finding"
            ),
            models.UniqueConstraint(fields=("organisation", "source_kind", "source_ref"), name="case_file_kept_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="case_file_with_owner"),
        )
        indexes = (
            models.Index(fields=("person", "opened_at"), name="case_file_by_person"),
            models.Index(fields=("organisation", "due_on"), name="case_file_due", condition=~Q(state="closed")),
        )


class CaseStep(Table):
    """One step of a case file; never changed, never deleted. ``number`` says which came first.

    Two who answer at once write the same number, and the database takes one of them. What was said in words is a note,
    which can be erased; a paper is named by its reference and its digest in ``facts``.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    case_file = models.ForeignKey(CaseFile, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    note = models.ForeignKey(Note, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True)
    number = models.IntegerField()
    kind = models.TextField()
    at = models.DateTimeField()
    book_day = models.IntegerField()
    facts = models.JSONField(default=dict, db_default={})

    rights = PersonScoped(maker="by_organisation_id", append_only=True)
    same_owner = ("person", "case_file", "note")
    is_stamped = True

    class Meta:
        db_table = "case_step"
        constraints = (
            one_of("kind", StepKind),
            models.UniqueConstraint(fields=("case_file", "number"), name="case_step_taken_once"),
        )
        indexes = (models.Index(fields=("person",), name="case_step_by_person"),)


class CaseClock(Table):
    """What a case file asks to be done, and by when; without a day it is a task.

    ``rule`` names the clock's file. ``about`` is the organisation or debt that a task is about, as code and id.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    case_file = models.ForeignKey(CaseFile, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    rule = models.TextField()
    about = models.TextField(default="", db_default="", blank=True)
    turn = models.SmallIntegerField(default=0, db_default=0)
    counted_from = models.DateField()
    due_on = models.DateField(null=True)
    state = models.TextField(default="running", db_default="running")
    settled_at = models.DateTimeField(null=True)

    rights = PersonScoped(
        maker="by_organisation_id", changes=("state", "settled_at"), fixed_but=("state", "settled_at")
    )
    same_owner = ("person", "case_file")

    class Meta:
        db_table = "case_clock"
        constraints = (
            one_of("state", ClockState),
            models.CheckConstraint(
                condition=either(Q(state="running"), Q(settled_at__isnull=True)), name="case_clock_settled_has_instant"
            ),
            models.UniqueConstraint(fields=("case_file", "rule", "about", "turn"), name="case_clock_started_once"),
        )
        indexes = (
            models.Index(fields=("organisation", "due_on"), name="case_clock_running", condition=Q(state="running")),
        )


class CareNeed(Table):
    """What a person needs of us, in codes that everybody may read; the reason lies in a table of its own.

    Taken back, the codes go and the row stays: that there was a need is a fact, what it was is nobody's any more. With
    them goes ``key_part``, without which the sealed reason can never be opened again.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    case_file = models.ForeignKey(CaseFile, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    needs = models.JSONField(default=list, db_default=[])
    consent = models.JSONField(default=dict, db_default={})
    at = models.DateTimeField()
    review_on = models.DateField()
    key_part = models.UUIDField(null=True)
    withdrawn_at = models.DateTimeField(null=True)

    rights = PersonScoped(
        maker="by_organisation_id",
        changes=("needs", "review_on", "key_part", "withdrawn_at"),
        fixed_but=("needs", "review_on", "key_part", "withdrawn_at"),
    )
    same_owner = ("person", "case_file")

    class Meta:
        db_table = "care_need"
        constraints = (
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(needs=[], key_part__isnull=True),
                name="care_need_withdrawn_is_empty",
            ),
            models.UniqueConstraint(fields=("id", "organisation"), name="care_need_with_owner"),
        )
        indexes = (models.Index(fields=("person",), name="care_need_by_person"),)


class SeenByCarers(PersonScoped):
    """Rows of a person that only named roles read or change; whoever works with the person may add one."""

    def sees(self, table: str) -> str:
        return f"({PersonScoped.sees(self, table)}) AND {_IS_CARER}"

    def alters(self, table: str) -> str | None:
        reached = PersonScoped.alters(self, table)
        return None if reached is None else f"({reached}) AND {_IS_CARER}"

    def adds(self, table: str) -> str | None:
        return f"{table}.{self.maker} = {SCOPE} AND ({PersonScoped.alters(self, table)})"


_ROLES = ", ".join(f"'{role}'" for role in SEES_CARE)
_IS_CARER = (
    "EXISTS (SELECT 1 FROM public.staff carer "
    f"WHERE carer.id = {SCOPE_USER} AND carer.roles && ARRAY[{_ROLES}]::text[])"
)


class CareReason(Table):
    """Why somebody needs care: drivers and their own words, sealed with a part of the key that lies with the need.

    Whoever works with the person may take consent back, and may not read this: so the key is thrown away at once, and
    the row is emptied by the night.
    """

    need = models.OneToOneField(CareNeed, models.PROTECT, related_name="+", primary_key=True, db_constraint=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    sealed = models.BinaryField(null=True)
    erased_at = models.DateTimeField(null=True)

    rights = SeenByCarers(
        maker="by_organisation_id", changes=("sealed", "erased_at"), fixed_but=("sealed", "erased_at")
    )
    same_owner = ("person", "need")

    class Meta:
        db_table = "care_reason"
        constraints = (
            models.CheckConstraint(
                condition=either(Q(erased_at__isnull=False), Q(sealed__isnull=True)), name="care_reason_erased_is_empty"
            ),
        )
