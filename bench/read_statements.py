"""Time the readers of bank files on made statements of 100,000 lines, against the plainest pass over the same file.

    python bench/read_statements.py [LINES]

For each format: lines a second and peak memory of our reader in a process of its own, and the ratio to a plain pass
that keeps nothing (XML: lxml walking every element; text: splitting into lines). Times are of the processor, so that
other work on the machine does not count. Writes bench/results/read_statements.md.
"""

import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
#: Format to write, seed (it chooses the dialect), what to call it.
FILES = (
    ("camt053", 1, "camt.053.001.08"),
    ("camt053", 2, "camt.053.001.02"),
    ("mt940", 3, "MT940, German subfields"),
    ("mt940", 1, "MT940, SWIFT code words"),
    ("mt940", 2, "MT940, plain text"),
    ("bai2", 1, "BAI2, continuations"),
    ("ofx", 1, "OFX 1.02"),
    ("csv", 1, "CSV"),
)


def made(form: str, seed: int, lines: int, folder: Path) -> Path:
    """Write a file of a format; OFX and CSV are written from what a camt.053 says."""
    out = folder / f"{form}.{seed}"
    first = "camt053" if form in {"ofx", "csv"} else form
    subprocess.run(
        [sys.executable, str(ROOT / "bench/make_statements.py"), "--format", first, "--lines", str(lines), "--seed",
         str(seed), "--out", str(out), "--key", str(folder / "key.csv")],
        check=True, stdout=subprocess.DEVNULL,
    )  # fmt: skip
    if form in {"ofx", "csv"}:
        rewrite(form, out)
    return out


def rewrite(form: str, path: Path) -> None:
    from arrears.channels.bank import read

    found = read(path.read_bytes(), path.name)
    assert isinstance(found, tuple)
    items = [item for statement in found for item in statement.items]
    if form == "csv":
        rows = ["Date,Description,Name,Amount,Currency,Bank reference"]
        rows += [
            f"{i.booked_on},{i.remittance.replace(',', ' ')},{i.payer_name.replace(',', ' ')},"
            f"{i.amount_minor / 100:.2f},USD,{i.references_of('bank')[0] if i.references_of('bank') else ''}"
            for i in items
        ]
        path.write_text("\n".join(rows) + "\n", encoding="utf-8")
        return
    head = "OFXHEADER:100\nDATA:OFXSGML\n\n<OFX><BANKMSGSRSV1><STMTTRNRS><STMTRS><CURDEF>USD<BANKACCTFROM><ACCTID>1"
    body = "".join(
        f"<STMTTRN><TRNTYPE>CREDIT<DTPOSTED>{i.booked_on:%Y%m%d}<TRNAMT>{i.amount_minor / 100:.2f}<FITID>{i.id}"
        f"<NAME>{i.payer_name}<MEMO>{i.remittance}</STMTTRN>\n"
        for i in items
        if i.booked_on
    )
    tail = "</BANKTRANLIST></STMTRS></STMTTRNRS></BANKMSGSRSV1></OFX>"
    path.write_text(f"{head}</BANKACCTFROM><BANKTRANLIST>{body}{tail}", encoding="utf-8")


def timed(path: Path) -> None:
    """Print lines, seconds of our reader and of the plain pass, and peak memory; runs in a process alone."""
    data = path.read_bytes()
    began = time.process_time()
    plain(data)
    floor = time.process_time() - began
    from arrears.channels.bank import read

    read(b":20:\n", "warm")
    began = time.process_time()
    found = read(data, path.name)
    took = time.process_time() - began
    assert isinstance(found, tuple), found
    lines = sum(1 for statement in found for _ in statement.items)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    print(lines, took, floor, after / 1024)


def plain(data: bytes) -> int:
    """Return the count of what the plainest pass sees."""
    if data.lstrip().startswith(b"<?xml"):
        import io

        from lxml import etree

        count = 0
        for _, element in etree.iterparse(io.BytesIO(data)):
            count += 1
            element.clear()
        return count
    return sum(1 for line in data.decode().splitlines() if line)


def main(lines: int) -> None:
    rows = []
    with tempfile.TemporaryDirectory() as folder:
        for form, seed, title in FILES:
            path = made(form, seed, lines, Path(folder))
            ran = subprocess.run(
                [sys.executable, __file__, "--one", str(path)], check=True, capture_output=True, text=True
            )
            count, took, floor, peak = map(float, ran.stdout.split())
            size = path.stat().st_size / 1e6
            rows.append(
                f"| {title} | {size:.1f} MB | {count:,.0f} | {took:.2f} s | {count / took:,.0f} | {took / floor:.1f} | "
                f"{peak:.0f} MB |"
            )
            print(rows[-1], flush=True)
            path.unlink()
    out = ROOT / "bench/results/read_statements.md"
    out.write_text(HEAD.format(lines=lines) + "\n".join(rows) + "\n", encoding="utf-8")


HEAD = """# Reading bank files

`python bench/read_statements.py {lines}`: made statements, each read in a process of its own; seconds of the processor,
on a machine shared with other work. The plain pass is lxml walking every element of the same file and keeping nothing,
or splitting it into lines; our reader makes checked, exact lines of it and holds all of them, because a broken file is
refused whole.

| format | size | payments | took | payments a second | times the plain pass | peak memory |
| --- | ---: | ---: | ---: | ---: | ---: | ---: |
"""

if __name__ == "__main__":
    if sys.argv[1:2] == ["--one"]:
        timed(Path(sys.argv[2]))
    else:
        main(int(sys.argv[1]) if len(sys.argv) > 1 else 100_000)
