"""An examiner's pack as one file: a PDF to read, the data behind it, the proofs, and a list of it all with digests."""

import csv
import hashlib
import io
import json
import zipfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from arrears.kernel.cells import harmless
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.letters import make
from arrears.reports.examiner import check_proofs, words
from arrears.reports.examiner.gathered import Filed, Gathered
from arrears.reports.examiner.paper import paper
from arrears.store.doors.case_papers import NotAsFiled
from arrears.store.doors.contact_log import Logged

CHECKER: Final = Path(__file__).with_name("check_proofs.py")
_SEALED_FIELDS: Final = (
    "organisation_id", "by_organisation_id", "person_id", "contact_point_id", "staff_id", "permit_id", "origin",
    "direction", "role", "channel", "address", "from_number", "started_us", "book_day", "source_kind", "source_ref",
    "salt",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Pack:
    """The file, its SHA-256, and what is in it: contacts, and how many of them have a proof.

    ``wrong`` says, a line each, what is not as it was sealed: contacts, the chain, papers of cases.
    """

    data: bytes
    digest: str
    contacts: int
    proofs: int
    wrong: tuple[str, ...]


def pack(found: Gathered, *, language: str, zone: str, now: datetime) -> Pack | Problem:
    """Return the pack of what was gathered; a Problem where the PDF cannot be set in ``language``."""
    contacts, sealed, papers = [_whole(line, found) for line in found.contacts], _seals(found), _papers(found, zone)
    printed = make("examiner", paper(found, language=language, zone=zone, now=now), language)
    if isinstance(printed, Problem):
        return printed
    files: dict[str, bytes] = {
        "README.txt": words.README.said_in(language).format(house=found.house).encode(),
        "contacts.pdf": printed,
        "contacts.csv": _table([_flat(line) for line in found.contacts]),
        "contacts.json": _json(contacts),
        "rules.json": _json(_rules(found)),
        "rule_acts.json": _json(found.rule_acts),
        "seals.json": _json(sealed),
        "paper_seals.json": _json(papers),
        "paper_seals.csv": _table([{key: _said(value) for key, value in row.items()} for row in papers]),
        CHECKER.name: CHECKER.read_bytes(),
    }
    for name, rows in found.related.items():
        files[f"{name}.json"] = _json(rows)
        files[f"{name}.csv"] = _table([{key: _said(value) for key, value in row.items()} for row in rows])
    files |= {f"papers/{name}": content for name, content in found.papers.items()}
    files["manifest.json"] = _json(_manifest(files, found, now))
    data = _zipped(files, now)
    wrong = [
        *check_proofs.wrong_contacts({one["id"]: one for one in contacts}, sealed),
        *check_proofs.wrong_papers(papers, lambda name: hashlib.sha256(files[name]).hexdigest()),
    ]
    return Pack(data, hashlib.sha256(data).hexdigest(), len(found.contacts), len(found.proofs), tuple(wrong))


def _manifest(files: Mapping[str, bytes], found: Gathered, now: datetime) -> dict[str, Any]:
    return {
        "house": found.house,
        "made_at": now.isoformat(),
        "sought": {one.name: _said(getattr(found.sought, one.name)) for one in fields(found.sought)},
        "contacts": len(found.contacts),
        "proofs": len(found.proofs),
        "papers": len(found.papers),
        "papers_not_as_filed": len(found.not_as_filed),
        "sha256": {name: hashlib.sha256(data).hexdigest() for name, data in sorted(files.items())},
    }


def _whole(line: Logged, found: Gathered) -> dict[str, Any]:
    row = found.fields.get(line.id, {})
    return {
        **{one.name: _plain(getattr(line, one.name)) for one in fields(line)},
        "sealed_fields": {name: row.get(name) for name in _SEALED_FIELDS},
        "digest": row.get("digest"),
    }


def _flat(line: Logged) -> dict[str, str]:
    rules = " ".join(str(spoken["rule"]) for spoken in line.reasons)
    plain = {one.name: _said(getattr(line, one.name)) for one in fields(line) if one.name not in {"reasons", "facts"}}
    return {**plain, "rules": rules}


def _rules(found: Gathered) -> list[dict[str, Any]]:
    return [
        {
            "rule": name,
            "spoke": found.spoke[name],
            "title": rule.title._asdict() if rule else None,
            "citation": rule.law.citation if rule and rule.law else None,
            "effective_from": rule.law.effective_from.isoformat() if rule and rule.law else None,
            "source": rule.law.source.value if rule and rule.law else None,
            "practices": list(rule.practices) if rule else [],
        }
        for name, rule in found.rules().items()
    ]


def _seals(found: Gathered) -> dict[str, Any]:
    return {
        "organisation": found.organisation,
        "chain": [
            {
                "number": link.number,
                "sealed_at": link.sealed_at,
                "rows": link.rows,
                "reach": list(link.reach),
                "root": link.root.hex(),
                "chained": link.chained.hex(),
            }
            for link in found.chain
        ],
        "proofs": [
            {
                "contact": proof.id,
                "seal": proof.seal,
                "digest": proof.digest.hex(),
                "steps": [[stands_right, beside.hex()] for stands_right, beside in proof.steps],
            }
            for proof in found.proofs
        ],
    }


def _papers(found: Gathered, zone: str) -> list[dict[str, Any]]:
    """Return of each paper its seal, its day, whose it is, and whether it is given, as it was filed or not."""
    return [
        {
            "paper": one.paper.id,
            "case": one.paper.case,
            "person": one.paper.person,
            "name": one.paper.name,
            "seal": one.paper.seal,
            "sha256": one.paper.digest,
            "size": one.paper.size,
            "filed_at": one.paper.added_at.isoformat(),
            "filed_on": local_day(one.paper.added_at, zone).isoformat(),
            "filed_by": one.paper.added_by,
            "state": _state(one),
            "file": f"papers/{one.paper.file_name}" if isinstance(one.content, bytes) else None,
        }
        for one in found.filed
    ]


def _state(one: Filed) -> str:
    if isinstance(one.content, NotAsFiled):
        return one.content.value
    return "not_given" if one.content is None else "given"


def _table(rows: Sequence[Mapping[str, str]]) -> bytes:
    """Return rows as CSV; words that a spreadsheet would take for a formula are kept from being one."""
    out = io.StringIO()
    if rows:
        writer = csv.DictWriter(out, list(rows[0]))
        writer.writeheader()
        writer.writerows([{key: harmless(value) for key, value in row.items()} for row in rows])
    return out.getvalue().encode("utf-8-sig")


def _said(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    plain = _plain(value)
    return plain if isinstance(plain, str) else json.dumps(plain, ensure_ascii=False, sort_keys=True)


def _plain(value: object) -> Any:  # Any: JSON
    if isinstance(value, datetime):
        return value.isoformat()
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    return dict(value) if isinstance(value, Mapping) else value


def _json(said: object) -> bytes:
    return json.dumps(said, ensure_ascii=False, indent=1, sort_keys=True, default=str).encode()


def _zipped(files: Mapping[str, bytes], now: datetime) -> bytes:
    """Return the files as one; the same files at the same instant give the same bytes."""
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in sorted(files.items()):
            stamped = zipfile.ZipInfo(name, now.timetuple()[:6])
            stamped.compress_type = zipfile.ZIP_DEFLATED
            stamped.external_attr = 0o644 << 16
            archive.writestr(stamped, data)
    return out.getvalue()
