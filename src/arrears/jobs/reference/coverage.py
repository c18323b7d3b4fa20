"""Which law of which place is built, unverified, or missing."""

from arrears.jobs.reference import cell
from arrears.packs.compliance import shipped
from arrears.packs.compliance.coverage import Built, coverage

NAME = "law.md"
HEAD = """# Law that is built

Each row of law that we know of, from `src/arrears/packs/compliance/coverage.yaml`, with how its text is known (`S1`
primary text seen, `S2` second-hand, `S2/MV` and `MV` still to be verified: these two ship off) and whether rules of it
are built. `arrears packs coverage` prints the same.

"""


def page() -> str:
    """Return the counts, then one table row for each row of law."""
    rows = coverage(shipped().rules)
    counts = "; ".join(f"{sum(row.built is how for row in rows)} {how.value}" for how in Built)
    lines = [
        f"| {row.place or 'any'} | `{row.id}` | {row.source.value} | {row.built.value} | "
        f"{cell(row.elsewhere) if row.built is Built.ELSEWHERE else len(row.rules) or ''} | {row.cases or ''} |"
        for row in rows
    ]
    table = "| place | row | text | built | rules, or where | cases |\n| --- | --- | --- | --- | --- | --- |\n"
    return f"{HEAD}{len(rows)} rows: {counts}.\n\n{table}" + "\n".join(lines)
