"""The default strategy: each table with what it asks, what it answers and what it rests on."""

from arrears.engine.decide import Strategy
from arrears.jobs.reference import cell
from arrears.packs import load

NAME = "strategy.md"


def page() -> str:
    """Return a section for each table, in the order in which they are asked."""
    strategy = load()
    about = "The default strategy. Amounts are minor units; what no law gives is a house assumption."
    head = f"# {strategy.title.en}\n\n{about}\n"
    return head + "".join(_section(table.id, strategy) for table in strategy.program.tables)


def _section(table_id: str, strategy: Strategy) -> str:
    table, heading = strategy.tables[table_id], strategy.headings[table_id]
    names = [f"`{fact.name}`" for fact in table.inputs] + [f"**`{fact.name}`**" for fact in table.outputs]
    rows = [
        [row.name, *row.cells, *(fact.said(value) for fact, value in zip(table.outputs, row.answers, strict=True))]
        for row in table.rows
    ]
    lines = [[table.hit, *names], ["---"] * (len(names) + 1), *rows]
    drawn = "\n".join("| " + " | ".join(cell(each) for each in line) + " |" for line in lines)
    return f"\n## {heading.title.en}\n\n`{table_id}` ({heading.cites}). {heading.words.en}\n\n{drawn}\n"
