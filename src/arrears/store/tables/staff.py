"""The people who work here."""

from typing import ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.db import models
from django.db.models import Q

from arrears.store.columns import Table, list_of_words
from arrears.store.rights import SCOPE, SCOPE_USER, Special
from arrears.store.tables.organisation import Organisation

ROLES = (
    "collector", "senior", "supervisor", "manager", "compliance", "field", "legal", "finance", "agency", "auditor",
    "administrator",
)  # fmt: skip


class StaffManager(BaseUserManager["Staff"]):
    """Finds staff by user name, as Django's sign-in asks."""


class Staff(AbstractBaseUser, Table):
    """Somebody who signs in: to one organisation, in one or more roles."""

    last_login = None  # a sign-in is an event, not a column that is overwritten

    username = models.TextField(unique=True)
    full_name = models.TextField()
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    roles = list_of_words()
    team = models.TextField(default="", db_default="", blank=True)
    language = models.CharField(max_length=8, default="en", db_default="en")
    skills = list_of_words()
    capacity_minutes = models.IntegerField(default=0, db_default=0)
    is_active = models.BooleanField(default=True, db_default=True)

    USERNAME_FIELD = "username"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["full_name"]
    objects = StaffManager()

    # Before there is a scope, a session shows its own user, and signing in exactly the one whose name was typed.
    rights = Special(
        seen=f"{{t}}.organisation_id = {SCOPE} OR {{t}}.id = {SCOPE_USER} "
        "OR {t}.username = (SELECT public.scope_signing_in())",
        written=f"{{t}}.organisation_id = {SCOPE} OR {{t}}.id = {SCOPE_USER}",
        changes="*",
    )

    class Meta(AbstractBaseUser.Meta):
        abstract = False
        db_table = "staff"
        constraints = (
            models.CheckConstraint(condition=Q(roles__contained_by=list(ROLES)), name="staff_roles_are_known"),
            models.CheckConstraint(condition=Q(capacity_minutes__gte=0), name="staff_capacity_not_negative"),
        )
        indexes = (models.Index(fields=("organisation",), name="staff_by_organisation"),)
