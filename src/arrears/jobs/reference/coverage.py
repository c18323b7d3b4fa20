"""Which law of which place is built, unverified, or missing."""

from arrears.jobs.reference import cell
from arrears.packs.compliance import shipped
from arrears.packs.compliance.coverage import Built, Row, coverage

NAME = "law.md"
HEAD = """# Law that is built

Each row of law that we know of, from `src/arrears/packs/compliance/coverage.yaml`, with how its text is known (`S1`
primary text seen, `S2` second-hand, `S2/MV` and `MV` still to be verified: these two ship off) and whether rules of it
are built. A row of which a part is not built says which. `arrears packs coverage` prints the same.

"""


def page() -> str:
    """Return the counts, then one table row for each row of law."""
    rows = coverage(shipped().rules)
    counts = "; ".join(f"{sum(row.built is how for row in rows)} {how.value}" for how in Built)
    in_part = sum(bool(row.lacks) for row in rows)
    lines = [
        f"| {row.place or 'any'} | `{row.id}` | {cell(row.title)} | {row.source.value} | {row.built.value} | "
        f"{cell(_where(row))} | {row.cases or ''} |"
        for row in rows
    ]
    names = "| place | row | title | text | built | rules, or where | cases |\n"
    head = f"{names}{'| --- ' * names.count(' |')}|\n"
    return f"{HEAD}{len(rows)} rows: {counts}. Of these {in_part} in part.\n\n{head}" + "\n".join(lines)


def _where(row: Row) -> str:
    where = str(len(row.rules)) if row.rules else row.elsewhere
    return "; ".join(part for part in (where, row.lacks and f"lacks {row.lacks}") if part)
