"""Precision and recall of the checker of words on labelled calls and complaints, with Wilson lower bounds.

Labels stand in ``bench/labels/checker.csv``: ids and labels only, made by reading before any rule was written. The
words are read in place (``ARREARS_DATA``). Half of the texts, by a hash of their ids, is kept apart: nothing was tuned
on it. Run ``python bench/checker.py``; it writes ``bench/results/checker.md``.
"""

import csv
import gzip
import hashlib
import itertools
import os
import statistics
import sys
import time
from collections.abc import Iterator
from pathlib import Path

from arrears.engine.checker import Kind, Setting
from arrears.packs import checker

HERE = Path(__file__).parent
DATA = Path(os.environ.get("ARREARS_DATA", HERE.parent / "../shared/data"))
Z = 1.959963984540054
SETS = {"collection_calls": Kind.MESSAGE, "cfpb_complaints": Kind.COMPLAINT}
APART = {"dev": "worked on", "held_out": "kept apart"}


def words() -> dict[tuple[str, str], str]:
    """Return the texts by data set and id: turns of calls, and complaints."""
    found: dict[tuple[str, str], str] = {}
    with gzip.open(DATA / "collection_calls" / "en_calls.csv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            found["collection_calls", f"{row['call_id']}:{row['turn']}"] = row["text"]
    with gzip.open(DATA / "cfpb_complaints" / "data.csv.gz", "rt", encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            found["cfpb_complaints", row["row_id"]] = row["narrative"]
    return found


def labels() -> Iterator[tuple[str, str, set[str]]]:
    """Yield data set, id and categories of each labelled text."""
    with (HERE / "labels" / "checker.csv").open(encoding="utf-8") as lines:
        for row in csv.DictReader(lines):
            yield row["source"], row["id"], set(row["labels"].split())


def part_of(text_id: str) -> str:
    """Return whether a text was worked on or kept apart, by a hash of its id."""
    return "held_out" if hashlib.sha256(text_id.encode()).digest()[0] % 2 else "dev"


def lower(hits: int, of: int) -> float:
    """Return the lower end of Wilson's 95 % interval."""
    if not of:
        return 0.0
    share = hits / of
    spread = Z * ((share * (1 - share) + Z * Z / (4 * of)) / of) ** 0.5
    return (share + Z * Z / (2 * of) - spread) / (1 + Z * Z / of)


def found_in(text: str, source: str) -> set[str]:
    """Return the categories that the core's rules find: laws follow them and add nothing."""
    report = checker.check(text, language="en", setting=Setting(kind=SETS[source]))
    return {one.category.value for one in report.findings}


def rows(show: str) -> Iterator[str]:
    """Yield the table of one data set and part."""
    texts = words()
    for source, part in itertools.product(SETS, APART):
        tried = [(texts[source, i], said, i) for s, i, said in labels() if s == source and part_of(i) == part]
        counts: dict[str, list[int]] = {}
        for text, said, text_id in tried:
            found = found_in(text, source)
            for category in said | found:
                hit, missed, false = counts.setdefault(category, [0, 0, 0])
                counts[category] = [
                    hit + (category in said & found),
                    missed + (category in said - found),
                    false + (category in found - said),
                ]
                if show == f"{source}:{part}" and (category in said) != (category in found):
                    print("MISSED" if category in said else "FALSE", category, text_id, text[:400], file=sys.stderr)
        clean = [text for text, said, _ in tried if not said]
        silent = sum(not found_in(text, source) for text in clean)
        left = _share(silent, len(clean))
        yield f"| {source} | {APART[part]} | texts without a label left alone | {len(clean)} | {left} | |"
        for category, (hit, missed, false) in sorted(counts.items()):
            if hit + missed:
                recall, precision = _share(hit, hit + missed), _share(hit, hit + false)
                yield f"| {source} | {APART[part]} | {category} | {hit + missed} | {recall} | {precision} |"


def _share(hits: int, of: int) -> str:
    return f"{hits}/{of} = {hits / of:.2f} (≥ {lower(hits, of):.2f})" if of else "-"


def speed() -> str:
    """Return how long a short text takes to be read."""
    text = (
        "Hello Sam, this is Ana from Northway. Your account with First Bank is 12 days overdue; you can pay $450.00 by "
        "card at any time or call us for a plan. Reply STOP to opt out."
    )
    setting = Setting(places=("US",), amounts=frozenset({(45_000, "USD")}))
    taken = []
    for _ in range(2_000):
        begun = time.perf_counter()
        checker.check(text, setting=setting)
        taken.append(time.perf_counter() - begun)
    cuts = statistics.quantiles(taken, n=100)
    return f"A text of {len(text)} characters: p50 {cuts[49] * 1e3:.2f} ms, p99 {cuts[98] * 1e3:.2f} ms."


def main() -> None:
    """Print the table and write it to ``bench/results/checker.md``."""
    show = sys.argv[1] if len(sys.argv) > 1 else ""
    lines = [
        "# The checker of words, measured",
        "",
        "Turns of agents are read as messages about to be sent; complaints as what a person says was said to them.",
        "Shares carry the lower end of Wilson's 95 % interval. Labels: `bench/labels/checker.csv`.",
        "Nothing was tuned on the half kept apart, but one person labelled both halves by reading them before writing",
        "the rules, so it is kept apart less well than texts of strangers would be.",
        "A first try on 46 invented threats and 48 lawful sentences written after the rules, in three languages,",
        "found 15 of the threats (0.33, at least 0.21) and none of the lawful ones; the rules were then widened with",
        "it, so it measures nothing any more.",
        "A reviewer then wrote 141 violating and 78 lawful sentences before reading the rules. On the first half",
        "the right category was found in 53 of 71 (0.75) and 1 of 39 lawful ones was stopped; after widening, on the",
        "second half, in 65 of 70 (0.93) and again 1 of 39. The rules were widened with both halves, so these measure",
        "nothing any more either.",
        "",
        "| set | part | category | labelled | recall | precision |",
        "| --- | --- | --- | ---: | --- | --- |",
        *rows(show),
        "",
        speed(),
        "",
    ]
    print("\n".join(lines))
    if not show:
        (HERE / "results" / "checker.md").write_text("\n".join(lines), encoding="utf-8")


if __name__ == "__main__":
    main()
