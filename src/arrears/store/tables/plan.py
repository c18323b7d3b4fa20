"""Instalment plans with every version of their schedules, and the budgets that they were made from."""

from django.db import models
from django.db.models import Q

from arrears.domain.plans import AgreedBy, Charges, PlanKind, PlanState, Rest, Rhythm, Shift
from arrears.store.columns import Table, one_of
from arrears.store.rights import PersonScoped
from arrears.store.tables.account import Account
from arrears.store.tables.contact import Attempt
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.person import Person
from arrears.store.tables.staff import Staff

_MOVES = (
    "state", "version", "asked_version", "agreed_at", "agreed_by", "evidence", "attempt_id", "after_entry",
    "approved_by_id", "approved_at", "ended_by_id", "ended_at", "ended_because", "kept_minor", "next_due_on",
    "next_due_minor", "behind_since", "behind_minor", "last_due_on", "firm_after", "review_on", "judged_on",
    "judged_book_day",
)  # fmt: skip


class Budget(Table):
    """What somebody said of their income and costs, with their consent and for one purpose. Nothing about health."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    attempt = models.ForeignKey(
        Attempt, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    made_at = models.DateTimeField()
    book_day = models.IntegerField()
    currency = models.CharField(max_length=3)
    income_minor = models.BigIntegerField()
    costs_minor = models.BigIntegerField()
    pay_rhythm = models.TextField()
    pay_on = models.DateField()
    rises_on = models.DateField(null=True)
    rise_minor = models.BigIntegerField(default=0, db_default=0)
    lump_on = models.DateField(null=True)
    lump_minor = models.BigIntegerField(default=0, db_default=0)
    consented = models.BooleanField()
    purpose = models.TextField()

    rights = PersonScoped(maker="by_organisation_id")
    same_owner = ("person", "attempt")
    is_stamped = True

    class Meta:
        db_table = "budget"
        constraints = (
            one_of("pay_rhythm", Rhythm),
            one_of("purpose", ("affordable_plan",)),
            models.UniqueConstraint(fields=("id", "organisation"), name="budget_with_owner"),
            models.CheckConstraint(condition=Q(consented=True), name="budget_is_consented_to"),
            models.CheckConstraint(
                condition=Q(income_minor__gte=0, costs_minor__gte=0), name="budget_amounts_not_negative"
            ),
        )
        indexes = (models.Index(fields=("person", "made_at"), name="budget_by_person"),)


class BudgetLine(Table):
    """One line of a budget, as it was said."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    name = models.TextField()
    amount_minor = models.BigIntegerField()
    rhythm = models.TextField()

    rights = PersonScoped(maker="by_organisation_id")
    same_owner = ("person", "budget")

    class Meta:
        db_table = "budget_line"
        constraints = (
            one_of("rhythm", Rhythm),
            models.UniqueConstraint(fields=("budget", "name"), name="budget_line_once"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="budget_line_is_of_money"),
        )


class Plan(Table):
    """A plan of one person over some of their debts: how it was agreed, which version holds, how it stands."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    budget = models.ForeignKey(Budget, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True)
    attempt = models.ForeignKey(
        Attempt, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    made_at = models.DateTimeField()
    book_day = models.IntegerField()
    currency = models.CharField(max_length=3)
    means = models.TextField()
    state = models.TextField(default="proposed", db_default="proposed")
    version = models.SmallIntegerField(default=1, db_default=1)
    asked_version = models.SmallIntegerField(null=True)
    agreed_at = models.DateTimeField(null=True)
    agreed_by = models.TextField(default="", db_default="", blank=True)
    evidence = models.JSONField(default=dict, db_default={})
    after_entry = models.BigIntegerField(default=0, db_default=0)
    approved_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    approved_at = models.DateTimeField(null=True)
    ended_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    ended_at = models.DateTimeField(null=True)
    ended_because = models.TextField(default="", db_default="", blank=True)
    kept_minor = models.BigIntegerField(default=0, db_default=0)
    next_due_on = models.DateField(null=True)
    next_due_minor = models.BigIntegerField(default=0, db_default=0)
    behind_since = models.DateField(null=True)
    behind_minor = models.BigIntegerField(default=0, db_default=0)
    last_due_on = models.DateField(null=True)
    firm_after = models.DateField(null=True)
    review_on = models.DateField(null=True)
    judged_on = models.DateField(null=True)
    judged_book_day = models.IntegerField(null=True)

    rights = PersonScoped(maker="by_organisation_id", changes=_MOVES, fixed_but=_MOVES)
    same_owner = ("person", "budget", "attempt")
    is_stamped = True

    class Meta:
        db_table = "plan"
        constraints = (
            one_of("state", PlanState),
            one_of("agreed_by", ("", *AgreedBy)),
            models.UniqueConstraint(fields=("id", "organisation"), name="plan_with_owner"),
            models.CheckConstraint(condition=~Q(means=""), name="plan_says_how"),
            # Nobody is bound by silence (R10): what runs was agreed, in a way that is named, at an instant.
            models.CheckConstraint(
                condition=Q(state__in=["proposed", "awaiting_approval", "declined"])
                | (Q(agreed_at__isnull=False) & ~Q(agreed_by="")),
                name="plan_that_runs_was_agreed",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | (Q(ended_by__isnull=False) & ~Q(ended_because="")),
                name="plan_is_ended_by_somebody",
            ),
        )
        indexes = (
            models.Index(fields=("person",), name="plan_by_person"),
            models.Index(fields=("organisation", "state", "next_due_on"), name="plan_by_state"),
        )


class PlanVersion(Table):
    """One version of a plan's schedule: from which day, by whom, when and why. Versions are only ever added.

    ``note_id`` is the note that says why in somebody's own words: those can be erased, this row cannot.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    number = models.SmallIntegerField()
    kind = models.TextField()
    rhythm = models.TextField()
    charges = models.TextField()
    shift = models.TextField()
    rest = models.TextField()
    total_minor = models.BigIntegerField()
    tolerance_minor = models.BigIntegerField()
    grace_days = models.SmallIntegerField()
    default_after = models.SmallIntegerField()
    bank_days = models.SmallIntegerField()
    returns_days = models.SmallIntegerField()
    country = models.CharField(max_length=2)
    region = models.TextField(default="", db_default="", blank=True)
    from_on = models.DateField()
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    made_at = models.DateTimeField()
    book_day = models.IntegerField()
    because = models.TextField()
    note_id = models.BigIntegerField(null=True)

    rights = PersonScoped(maker="by_organisation_id", append_only=True)
    same_owner = ("person", "plan")
    is_stamped = True

    class Meta:
        db_table = "plan_version"
        constraints = (
            one_of("kind", PlanKind),
            one_of("rhythm", Rhythm),
            one_of("charges", Charges),
            one_of("shift", Shift),
            one_of("rest", Rest),
            models.UniqueConstraint(fields=("plan", "number"), name="plan_version_once"),
            models.CheckConstraint(condition=Q(total_minor__gt=0), name="plan_version_is_of_money"),
        )


class PlanDebt(Table):
    """What a version of a plan covers of one debt."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    version = models.SmallIntegerField()
    amount_minor = models.BigIntegerField()

    rights = PersonScoped(maker="by_organisation_id", append_only=True)
    same_owner = ("person", "plan", "account")

    class Meta:
        db_table = "plan_debt"
        constraints = (
            models.UniqueConstraint(fields=("plan", "version", "account"), name="plan_debt_once"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="plan_debt_is_of_money"),
        )
        indexes = (models.Index(fields=("account",), name="plan_debt_by_account"),)


class PlanInstalment(Table):
    """One instalment of a version; whether it was paid follows from entries and stands nowhere."""

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    version = models.SmallIntegerField()
    number = models.SmallIntegerField()
    nominal_on = models.DateField()
    due_on = models.DateField()
    amount_minor = models.BigIntegerField()

    rights = PersonScoped(maker="by_organisation_id", append_only=True)
    same_owner = ("person", "plan")

    class Meta:
        db_table = "plan_instalment"
        constraints = (
            models.UniqueConstraint(fields=("plan", "version", "number"), name="plan_instalment_once"),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="plan_instalment_is_of_money"),
        )
