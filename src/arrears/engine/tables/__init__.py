"""Decision tables: read, proved, compiled to bit masks, run over one account or columns, explained.

The grammar of cells and tables is in ``docs/reference/rule-file.md``.
"""

from arrears.engine.tables.cells import read_constant, read_test, read_value
from arrears.engine.tables.explain import Cleared, Explanation, RowRead, explain
from arrears.engine.tables.grammar import lines_of, read_heading, read_nevers, read_table
from arrears.engine.tables.many import BLOCK_ROWS, many
from arrears.engine.tables.masks import Program, compiled, ordered
from arrears.engine.tables.one import Answered, one
from arrears.engine.tables.problems import problem
from arrears.engine.tables.proof import Proof, proof_problems, prove, said_account
from arrears.engine.tables.table import Never, Row, Table, edges_of, rows_holding, samples_of

__all__ = [
    "BLOCK_ROWS",
    "Answered",
    "Cleared",
    "Explanation",
    "Never",
    "Program",
    "Proof",
    "Row",
    "RowRead",
    "Table",
    "compiled",
    "edges_of",
    "explain",
    "lines_of",
    "many",
    "one",
    "ordered",
    "problem",
    "proof_problems",
    "prove",
    "read_constant",
    "read_heading",
    "read_nevers",
    "read_table",
    "read_test",
    "read_value",
    "rows_holding",
    "said_account",
    "samples_of",
]
