"""What the gate would refuse a contact for not knowing: a row for each fact and bearer, by the last look over the book.

Rows come and go with what is known; what was answered, by whom and why, stays in the history.
"""

from django.db import models
from django.db.models.expressions import RawSQL

from arrears.facts.asked import Bearer
from arrears.store.columns import Table, list_of_words, one_of
from arrears.store.rights import AccountScoped
from arrears.store.tables.account import Account
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.person import ContactPoint, Person
from arrears.store.tables.staff import Staff


class MissingFact(Table):
    """A fact that is missing about a debt, as found for one person who is party to it.

    ``contact_point`` is set where the fact is one of a number or address. ``rules`` are the ids of the rules that ask
    for it; ``by_organisation`` is who looked. ``asked_at`` says when the supplier was asked, and
    by whom; empty while nobody has.
    """

    organisation = models.ForeignKey(
        Organisation, models.PROTECT, related_name="+", db_index=False, db_constraint=False
    )
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    account = models.ForeignKey(Account, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    contact_point = models.ForeignKey(
        ContactPoint, models.PROTECT, related_name="+", db_index=False, db_constraint=False, null=True
    )
    fact = models.TextField()
    bearer = models.TextField()
    supplier = models.TextField()
    rules = list_of_words()
    found_at = models.DateTimeField()
    asked_at = models.DateTimeField(null=True)
    asked_by = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)
    point_key = models.GeneratedField(
        expression=RawSQL("coalesce(contact_point_id, 0)", ()), output_field=models.BigIntegerField(), db_persist=True
    )

    rights = AccountScoped(changes="*", deletes=True)
    same_owner = ("account", "person", "contact_point")

    class Meta:
        db_table = "missing_fact"
        constraints = (
            one_of("bearer", Bearer),
            models.UniqueConstraint(
                fields=("by_organisation", "account", "person", "point_key", "fact"), name="missing_fact_once"
            ),
        )
        indexes = (
            models.Index(fields=("by_organisation", "fact"), name="missing_fact_by_fact"),
            models.Index(fields=("person",), name="missing_fact_by_person"),
        )
