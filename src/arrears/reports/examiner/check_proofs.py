"""Check the proofs of an examiner's pack: run `python3 check_proofs.py` beside the other files. Needs Python alone.

For each contact of contacts.json that has a proof: its digest is computed anew from its fields, led up to the root of
its seal, and the chain of seals is followed to its last value. Compare that value with one that was kept elsewhere,
for instance in last quarter's pack: if they agree, no contact of that time was changed, dropped or slipped in since.

For each paper of a case that lies in papers/ its SHA-256 is computed anew. Those of which paper_seals.json says that
they are not what was filed are named as well. Exits with 1 where anything is not as it was sealed.
"""

import hashlib
import json
import struct
import sys
import uuid
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

#: Microseconds from 1970-01-01 to 2000-01-01, from which the database counts instants.
EPOCH = 946_684_800_000_000
FIELDS = (
    ("organisation_id", "whole"), ("by_organisation_id", "whole"), ("person_id", "whole"),
    ("contact_point_id", "whole"), ("staff_id", "whole"), ("permit_id", "whole"), ("origin", "words"),
    ("direction", "words"), ("role", "words"), ("channel", "words"), ("address", "words"), ("from_number", "words"),
    ("started_us", "instant"), ("book_day", "whole"), ("source_kind", "words"), ("source_ref", "words"),
)  # fmt: skip


def sha(said: bytes) -> bytes:
    """Return the SHA-256 of bytes."""
    return hashlib.sha256(said).digest()


def part(value: Any, kind: str) -> bytes:  # Any: a field as JSON has it
    """Return a field as it goes into a digest: a mark whether it is there, then its bytes."""
    if value is None:
        return b"\x00"
    if kind == "words":
        said = str(value).encode()
        return b"\x01" + struct.pack(">i", len(said)) + said
    return b"\x01" + struct.pack(">q", value - EPOCH if kind == "instant" else value)


def digest_of(contact: Mapping[str, Any]) -> bytes:
    """Return the digest of a contact, made anew from its fields."""
    parts = b"".join(part(contact[name], kind) for name, kind in FIELDS)
    return sha(uuid.UUID(contact["salt"]).bytes + parts)


def root_of(digest: bytes, steps: Sequence[tuple[bool, str]]) -> bytes:
    """Return the root that a digest leads up to."""
    found = sha(b"\x00" + digest)
    for stands_right, beside in steps:
        other = bytes.fromhex(beside)
        found = sha(b"\x01" + (found + other if stands_right else other + found))
    return found


def broken_links(organisation: int, links: Sequence[Mapping[str, Any]]) -> list[int]:
    """Return the numbers of the seals whose chained value does not follow from what they say."""
    broken, before = list[int](), bytes(32)
    for link in links:
        said = [organisation, link["number"], link["rows"], *link["reach"]]
        chained = sha(before + bytes.fromhex(link["root"]) + ",".join(map(str, said)).encode())
        if chained.hex() != link["chained"]:
            broken.append(link["number"])
        before = bytes.fromhex(link["chained"])
    return broken


def wrong_contacts(contacts: Mapping[int, Mapping[str, Any]], sealed: Mapping[str, Any]) -> list[str]:
    """Return what does not hold of the chain of seals and of the contacts (by their numbers) that have a proof."""
    roots = {link["number"]: link["root"] for link in sealed["chain"]}
    wrong = [f"seal {number}: the chain is broken" for number in broken_links(sealed["organisation"], sealed["chain"])]
    for proof in sealed["proofs"]:
        digest = digest_of(contacts[proof["contact"]]["sealed_fields"])
        if digest.hex() != proof["digest"]:
            wrong.append(f"contact {proof['contact']}: its fields do not give its digest")
        elif root_of(digest, proof["steps"]).hex() != roots.get(proof["seal"]):
            wrong.append(f"contact {proof['contact']}: it is not under seal {proof['seal']}")
    return wrong


def wrong_papers(papers: Sequence[Mapping[str, Any]], digest_of_file: Callable[[str], str]) -> list[str]:
    """Return which papers are not what was filed: those said to be broken, and given files of another digest."""
    wrong = list[str]()
    for one in papers:
        named = f"paper {one['paper']} of case {one['case']} (seal {one['seal']}, filed {one['filed_on']}, "
        named += f"person {one['person']}): "
        if one["state"] in {"seal_broken", "other_content"}:
            wrong.append(f"{named}not what was filed ({one['state']}), left out of this pack")
        elif one["state"] == "given" and digest_of_file(one["file"]) != one["sha256"]:
            wrong.append(f"{named}its file is not of the SHA-256 it was filed with")
    return wrong


def main(folder: Path) -> int:
    """Check everything below ``folder``; return how much does not hold."""

    def digest_of_file(name: str) -> str:
        path = folder / name
        return sha(path.read_bytes()).hex() if path.is_file() else "missing"

    contacts = {one["id"]: one for one in json.loads((folder / "contacts.json").read_text("utf-8"))}
    sealed = json.loads((folder / "seals.json").read_text("utf-8"))
    papers = json.loads((folder / "paper_seals.json").read_text("utf-8"))
    wrong, broken = wrong_contacts(contacts, sealed), wrong_papers(papers, digest_of_file)
    given = sum(one["state"] == "given" for one in papers)
    said = [
        f"{len(sealed['proofs'])} of {len(contacts)} contacts have a proof; {len(wrong)} do not hold.",
        f"{given} of {len(papers)} papers are in this pack; {len(broken)} papers are not what was filed.",
    ]
    if sealed["chain"]:
        last = sealed["chain"][-1]
        said.append(f"Last seal: number {last['number']}, value {last['chained']}")
    sys.stdout.write("\n".join([*said, *wrong, *broken]) + "\n")
    return len(wrong) + len(broken)


if __name__ == "__main__":
    sys.exit(min(1, main(Path(__file__).resolve().parent)))
