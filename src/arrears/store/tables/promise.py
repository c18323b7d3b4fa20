"""What the debtor undertook, and what keeps us from asking."""

from django.db import models
from django.db.models import F, Q

from arrears.domain.holds import HoldKind
from arrears.store.columns import Table, one_of
from arrears.store.rights import AccountScoped, EitherScoped
from arrears.store.tables.account import Account
from arrears.store.tables.contact import Attempt
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.person import Person
from arrears.store.tables.plan import Plan
from arrears.store.tables.staff import Staff

PROMISE_KINDS = ("promise", "arrangement", "pay_day_call")
PROMISE_STATES = ("asked", "open", "provisional", "kept", "part_kept", "broken", "withdrawn")


class Promise(Table):
    """An amount by a date, hour and means. Beyond the horizon it is kept as said, as an arrangement or a call.

    ``plan`` is the plan whose instalment it names; ``replaces_id`` the promise that it took the place of.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    attempt = models.ForeignKey(
        Attempt, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    taken_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    kind = models.TextField(default="promise", db_default="promise")
    state = models.TextField(default="open", db_default="open")
    taken_at = models.DateTimeField()
    book_day = models.IntegerField()
    amount_minor = models.BigIntegerField()
    due_on = models.DateField()
    due_hour = models.SmallIntegerField()
    means = models.TextField()
    confidence = models.TextField(default="", db_default="", blank=True)
    may_call = models.BooleanField()
    may_write = models.BooleanField()
    approved_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    approved_at = models.DateTimeField(null=True)
    kept_minor = models.BigIntegerField(default=0, db_default=0)
    judged_on = models.DateField(null=True)
    judged_book_day = models.IntegerField(null=True)
    plan = models.ForeignKey(Plan, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True)
    replaces_id = models.BigIntegerField(null=True)
    source_kind = models.TextField()
    source_ref = models.TextField()

    rights = AccountScoped(
        maker="by_organisation_id",
        changes=("kind", "state", "approved_by_id", "approved_at", "kept_minor", "judged_on", "judged_book_day"),
        fixed_but=("kind", "state", "approved_by_id", "approved_at", "kept_minor", "judged_on", "judged_book_day"),
    )
    same_owner = ("account", "person", "attempt", "plan")
    is_stamped = True

    class Meta:
        db_table = "promise"
        constraints = (
            one_of("kind", PROMISE_KINDS),
            one_of("state", PROMISE_STATES),
            models.CheckConstraint(condition=Q(amount_minor__gt=0), name="promise_is_of_money"),
            models.CheckConstraint(condition=Q(due_hour__gte=0, due_hour__lte=23), name="promise_hour_of_a_day"),
            models.CheckConstraint(condition=~Q(means=""), name="promise_says_how"),
            models.UniqueConstraint(fields=("organisation", "source_kind", "source_ref"), name="promise_kept_once"),
        )
        indexes = (
            models.Index(fields=("account", "due_on"), name="promise_by_account"),
            models.Index(
                fields=("organisation", "due_on"),
                condition=Q(state__in=["asked", "open", "provisional"]),
                name="promise_open_by_day",
            ),
            models.Index(fields=("taken_by", "due_on"), name="promise_by_taker"),
        )


class Hold(Table):
    """Why contact stops, for one debt or for all of a person's, from an instant until another.

    Without a person it follows the debt, whoever is contacted; without an account it is about all debts of the person.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True)
    account = models.ForeignKey(
        Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    kind = models.TextField()
    from_at = models.DateTimeField()
    until_at = models.DateTimeField(null=True)
    facts = models.JSONField(default=dict, db_default={})
    proof = models.JSONField(default=dict, db_default={})
    made_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    released_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    released_because = models.TextField(default="", db_default="", blank=True)
    source_kind = models.TextField()
    source_ref = models.TextField()

    rights = EitherScoped(
        maker="by_organisation_id",
        changes=("until_at", "released_by_id", "released_because", "facts", "proof"),
        fixed_but=("until_at", "released_by_id", "released_because", "facts", "proof"),
    )
    same_owner = ("person", "account")

    class Meta:
        db_table = "hold"
        constraints = (
            one_of("kind", HoldKind),
            models.CheckConstraint(
                condition=Q(until_at__isnull=True) | Q(until_at__gte=F("from_at")), name="hold_runs_forward"
            ),
            models.CheckConstraint(
                condition=Q(person__isnull=False) | Q(account__isnull=False), name="hold_is_about_something"
            ),
            models.UniqueConstraint(fields=("organisation", "source_kind", "source_ref"), name="hold_kept_once"),
        )
        indexes = (
            models.Index(fields=("person", "from_at"), name="hold_by_person"),
            models.Index(fields=("account", "from_at"), name="hold_by_account"),
        )
