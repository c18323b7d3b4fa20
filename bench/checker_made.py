"""How well the checker reads texts that were made up before its rules were last widened, half of them kept apart.

``bench/labels/checker_made.csv`` holds invented words that break a rule, and lawful words that sound near, in three
languages. Every second text of a label and language is kept apart: it is measured, and never read while rules are
written. ``python bench/checker_made.py show`` prints what was missed of the half that is worked on.
"""

import csv
import sys
from collections.abc import Iterator, Mapping
from decimal import Decimal
from pathlib import Path
from typing import Any

from measure import lower

from arrears.domain.contacts import Role
from arrears.domain.wording import Block
from arrears.engine.checker import Decided, Kind, Setting
from arrears.packs import checker

HERE = Path(__file__).parent
HOUSE = "Northway Recovery"
HALVES = ("worked on", "kept apart")
LAWFUL = frozenset({"lawful", "right_amount", "right_language", "with_identification"})
MEANS: Mapping[str, frozenset[str]] = {
    "shaming": frozenset({"shaming", "disclosure", "violence"}),
    "tell_others": frozenset({"disclosure", "call_threat", "shaming"}),
    "missing_identification": frozenset({"missing_part"}),
    "credit_threat": frozenset({"credit_threat", "false_statement"}),
    "legal_threat": frozenset({"legal_threat", "false_statement"}),
    "impersonation": frozenset({"impersonation", "pretext"}),
    "pretext": frozenset({"impersonation", "pretext"}),
}
"""Labels that more than one category of the rules answers; every other is answered by the one of its name."""


def setting_of(said: str) -> Setting:
    """Return the setting that a row names: ``role=neighbour``, ``amounts=450.00 USD``, several set apart by blanks."""
    parts: dict[str, Any] = {"names": frozenset({HOUSE})}
    for name, value in (one.split("=", 1) for one in said.split(";") if one):
        match name:
            case "role":
                parts["role"] = Role(value)
            case "kind":
                parts["kind"] = Kind(value)
            case "decided":
                parts["decided"] = frozenset(map(Decided, value.split(",")))
            case "needed":
                parts["needed"] = frozenset(map(Block, value.split(",")))
            case "expected":
                parts["expected_language"] = value
            case "amounts":
                number, code = value.split()
                parts |= {"amounts": frozenset({(int(Decimal(number) * 100), code)}), "currency": code}
    return Setting(**parts)


def texts() -> Iterator[tuple[str, dict[str, str]]]:
    """Yield the half and the row of each text."""
    with (HERE / "labels" / "checker_made.csv").open(encoding="utf-8", newline="") as lines:
        for row in csv.DictReader(lines):
            yield HALVES[int(row["id"].rsplit("-", 1)[1]) % 2 == 0], row


def read(row: Mapping[str, str]) -> set[str]:
    """Return the categories found in a text; where a language is expected it is the only thing that is told."""
    setting = setting_of(row["setting"])
    return {one.category.value for one in checker.check(row["words"], setting=setting).findings}


def rows(show: str = "") -> Iterator[str]:
    """Yield a table: by half and label what was found as what it is, and found at all, by language."""
    tried = [(half, row, read(row)) for half, row in texts()]
    for half in HALVES:
        for label in dict.fromkeys(row["label"] for _, row, _ in tried):
            own = [(row, found) for which, row, found in tried if which == half and row["label"] == label]
            wanted = MEANS.get(label, frozenset({label}))
            hit = [bool(found) if label in LAWFUL else bool(found & wanted) for _, found in own]
            for (row, found), is_hit in zip(own, hit, strict=True):
                if show and half == HALVES[0] and is_hit == (label in LAWFUL):
                    print(label, row["language"], row["words"], sorted(found), file=sys.stderr)
            by_language = ", ".join(
                f"{code} {sum(one for (row, _), one in zip(own, hit, strict=True) if row['language'] == code)}"
                f"/{sum(row['language'] == code for row, _ in own)}"
                for code in ("en", "es", "zh")
            )
            total = _share(sum(hit), len(own))
            if label in LAWFUL:
                yield f"| {half} | {label}: stopped or flagged | {total} | {by_language} | | |"
                continue
            others = sum(
                bool(found & wanted) for which, row, found in tried if which == half and row["label"] in LAWFUL
            )
            at_all = _share(sum(bool(found) for _, found in own), len(own))
            precise = _share(sum(hit), sum(hit) + others)
            yield f"| {half} | {label} | {total} | {by_language} | {at_all} | {precise} |"


def later() -> Iterator[str]:
    """Yield a row for each set that was made after the rules: what was found, and which lawful ones too."""
    for name in ("checker_fresh", "checker_last", "checker_hints", "checker_unseen"):
        with (HERE / "labels" / f"{name}.csv").open(encoding="utf-8", newline="") as lines:
            tried = [(row["label"], read(row)) for row in csv.DictReader(lines)]
        wrong = [bool(found & MEANS.get(label, frozenset({label}))) for label, found in tried if label not in LAWFUL]
        lawful = [bool(found) for label, found in tried if label in LAWFUL]
        at_all = [bool(found) for label, found in tried if label not in LAWFUL]
        of_wrong = f"{_share(sum(wrong), len(wrong))} | {_share(sum(at_all), len(at_all))}"
        yield f"| `{name}` | {of_wrong} | {_share(sum(lawful), len(lawful))} |"


def _share(hits: int, of: int) -> str:
    return f"{hits}/{of} = {hits / of:.2f} (≥ {lower(hits, of):.2f})" if of else "-"


def main() -> None:
    """Print the table."""
    print("\n".join(rows(sys.argv[1] if len(sys.argv) > 1 else "")))


if __name__ == "__main__":
    main()
