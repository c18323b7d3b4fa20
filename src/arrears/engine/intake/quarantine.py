"""The file of rows that did not go in: as they stood, with field, value, reason and remedy in the user's language."""

from typing import Final

import polars as pl

from arrears.engine.intake.faults import FAULTS
from arrears.engine.intake.files import ROW
from arrears.engine.intake.guess import OURS
from arrears.kernel.texts import Text

HEADINGS: Final = {
    "row": Text("row", "fila", "行"),
    "field": Text("field", "campo", "字段"),
    "value": Text("value", "valor", "值"),
    "reason": Text("reason", "motivo", "原因"),
    "remedy": Text("remedy", "remedio", "处理办法"),
}


def quarantined(faults: pl.DataFrame, bad: pl.DataFrame, language: str) -> pl.DataFrame:
    """Return one line a fault: where, what and what to do, then the row's own columns, so that it can be mended there.

    ``faults`` are row, field, value and code; ``bad`` the rows as they stood. Mended, the file is imported again as it
    is: the columns in front are not read.
    """
    reasons = {code: reason.said_in(language) for code, (reason, _) in FAULTS.items()}
    remedies = {code: remedy.said_in(language) for code, (_, remedy) in FAULTS.items()}
    said = faults.sort(ROW, "field").select(
        pl.col(ROW).alias("row"),
        "field",
        "value",
        pl.col("code").replace_strict(reasons, return_dtype=pl.String).alias("reason"),
        pl.col("code").replace_strict(remedies, return_dtype=pl.String).alias("remedy"),
    )
    own = {name: f"{OURS}{heading.said_in(language)}" for name, heading in HEADINGS.items()}
    rows = bad.unique(ROW, keep="first") if bad.height else pl.DataFrame(schema={ROW: pl.UInt32})
    return said.join(rows.rename({ROW: "row"}), on="row", how="left", maintain_order="left").rename(own)
