"""Papers of case files: what each is, for everybody who works the case; the paper itself, sealed, for named roles."""

from typing import ClassVar, Final

from django.db import models
from django.db.models import Q

from arrears.domain.care import SEES_CARE
from arrears.domain.case_papers import MOST_BYTES, READS_PAPERS, SUFFIXES
from arrears.store.columns import Table, either, one_of
from arrears.store.rights import SCOPE, SCOPE_USER, PersonScoped
from arrears.store.tables.case_file import CaseFile
from arrears.store.tables.organisation import Organisation
from arrears.store.tables.person import Person
from arrears.store.tables.staff import Staff


class CasePaper(Table):
    """A paper that was added to a case file: its name, kind, size in bytes and SHA-256. It stands for good.

    ``is_for_carers`` where the case is about a need of care, so that why is seen by nobody else.
    """

    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    case_file = models.ForeignKey(CaseFile, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    name = models.TextField()
    media_type = models.TextField()
    size = models.IntegerField()
    content_hash = models.BinaryField()
    is_for_carers = models.BooleanField()
    added_at = models.DateTimeField()
    staff = models.ForeignKey(Staff, models.PROTECT, related_name="+", db_index=False, null=True)

    rights = PersonScoped(maker="by_organisation_id", append_only=True)
    same_owner = ("person", "case_file")

    class Meta:
        db_table = "case_paper"
        constraints = (
            one_of("media_type", tuple(SUFFIXES)),
            models.CheckConstraint(condition=Q(size__gte=1, size__lte=MOST_BYTES), name="case_paper_is_of_some_size"),
            models.UniqueConstraint(fields=("case_file", "content_hash"), name="case_paper_kept_once"),
            models.UniqueConstraint(fields=("id", "organisation"), name="case_paper_with_owner"),
        )
        indexes = (models.Index(fields=("person",), name="case_paper_by_person"),)


_FORGOTTEN_ONLY: Final = """
CREATE OR REPLACE FUNCTION public.keep_paper_or_nothing() RETURNS trigger LANGUAGE plpgsql
    SET search_path = pg_catalog, pg_temp AS $$
BEGIN
    RAISE EXCEPTION 'paper % stands as it came, or is forgotten once and whole', old.paper_id
        USING ERRCODE = 'restrict_violation';
END $$"""


def _has_role(*roles: str) -> str:
    named = ", ".join(f"'{role}'" for role in roles)
    return (
        f"EXISTS (SELECT 1 FROM public.staff reader WHERE reader.id = {SCOPE_USER} "
        f"AND reader.roles && ARRAY[{named}]::text[])"
    )


class SeenByReaders(PersonScoped):
    """Rows of a person that named roles read, and a job without a user; those of carers they alone. All may add one.

    Who added one sees it no longer than they hold a debt of the person.
    """

    def sees(self, table: str) -> str:
        return f"({PersonScoped.alters(self, table)}) AND {self._is_reader(table)}"

    def alters(self, table: str) -> str | None:
        return self.sees(table)

    def adds(self, table: str) -> str | None:
        return f"{table}.{self.maker} = {SCOPE} AND ({PersonScoped.alters(self, table)})"

    def _is_reader(self, table: str) -> str:
        anybody = f"NOT {table}.is_for_carers AND ({SCOPE_USER} IS NULL OR {_has_role(*READS_PAPERS)})"
        return f"(({anybody}) OR {_has_role(*SEES_CARE)})"


class CasePaperContent(Table):
    """A paper itself, sealed and bound to its row; emptied where it must be forgotten, while its digest stays."""

    paper = models.OneToOneField(CasePaper, models.PROTECT, related_name="+", primary_key=True, db_constraint=False)
    organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    by_organisation = models.ForeignKey(Organisation, models.PROTECT, related_name="+", db_index=False)
    person = models.ForeignKey(Person, models.PROTECT, related_name="+", db_index=False, db_constraint=False)
    is_for_carers = models.BooleanField()
    sealed = models.BinaryField(null=True)
    erased_at = models.DateTimeField(null=True)

    rights = SeenByReaders(
        maker="by_organisation_id", changes=("sealed", "erased_at"), fixed_but=("sealed", "erased_at")
    )
    guards: ClassVar[tuple[str, ...]] = (
        _FORGOTTEN_ONLY,
        "DROP TRIGGER IF EXISTS forgotten_only ON public.case_paper_content",
        (
            "CREATE TRIGGER forgotten_only BEFORE UPDATE ON public.case_paper_content FOR EACH ROW "
            "WHEN (old.erased_at IS NOT NULL OR new.erased_at IS NULL OR new.sealed IS NOT NULL) "
            "EXECUTE FUNCTION public.keep_paper_or_nothing()"
        ),
        "ALTER TABLE public.case_paper_content ENABLE ALWAYS TRIGGER forgotten_only",
    )
    same_owner = ("person", "paper")

    class Meta:
        db_table = "case_paper_content"
        constraints = (
            models.CheckConstraint(
                condition=either(Q(erased_at__isnull=False), Q(sealed__isnull=True)), name="case_paper_erased_is_empty"
            ),
        )
