"""Field 86 of MT940 in the dialects of banks: German subfields, SWIFT code words, and plain text."""

import re
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Final

from arrears.channels.bank.values import one_line
from arrears.domain.statements import Reference, ReferenceKind


@dataclass(frozen=True, slots=True)
class Details:
    """What field 86 says of a booking. ``original`` and ``charges`` are as written, at times with a currency first."""

    code: str = ""
    name: str = ""
    account: str = ""
    ultimate: str = ""
    remittance: str = ""
    references: tuple[Reference, ...] = ()
    is_return: bool = False
    reason: str = ""
    original: str = ""
    charges: str = ""


_SUBFIELDS: Final = re.compile(r"\s?([0-9]{3})([?>~^@<*])(?=[0-9]{2})")
_WRAPPED_AT: Final = 65
_KEYWORDS: Final = {
    "EREF": ReferenceKind.END_TO_END,
    "KREF": ReferenceKind.CUSTOMER,
    "MREF": ReferenceKind.MANDATE,
    "CRED": ReferenceKind.CREDITOR_ID,
    "RREF": ReferenceKind.OTHER,
}
_KEYWORD: Final = re.compile(
    r"(?<![A-Za-z0-9])(EREF|KREF|MREF|CRED|RREF|DEBT|SVWZ|ABWA|ABWE|COAM|OAMT|PURP|MDAT|IBAN|BIC|MTLG)(?:\+|(?<=MTLG):)"
)
_CODE_WORDS: Final = {
    "EREF": ReferenceKind.END_TO_END,
    "PREF": ReferenceKind.PAYMENT_INFORMATION,
    "IREF": ReferenceKind.INSTRUCTION,
    "KREF": ReferenceKind.CUSTOMER,
    "CREF": ReferenceKind.CUSTOMER,
    "MARF": ReferenceKind.MANDATE,
    "MREF": ReferenceKind.MANDATE,
    "CSID": ReferenceKind.CREDITOR_ID,
    "CDTRREF": ReferenceKind.CREDITOR,
    "ID": ReferenceKind.OTHER,
}
_CODE_WORD: Final = re.compile(
    r"/(EREF|PREF|IREF|KREF|CREF|MARF|MREF|CSID|CDTRREFTP|CDTRREF|CD|ISSR|CUR|BENM|ORDP|CNTP|NAME|IBAN|BIC|ADDR|REMI|STRD"
    r"|USTD|RTRN|TRTP|TRCD|ISDT|SVCL|OCMT|CHGS|EXCH|PURP|ULTD|ULTC|ULTB|BUSP|ID|TYPE)/"
)
_NOTHING: Final = frozenset({"", "NOTPROVIDED", "NONREF"})
_GERMAN_RETURNS: Final = frozenset({"108", "109", "111", "159", "181", "184"})
"""Business transaction codes of German banks: returned debits (108, 109), cheques (111) and transfers."""
_GERMAN_REASONS: Final = {"903": "AC06", "912": "MD06", "914": "MS03"}
"""Text key supplements of German returns by the ISO reason they stand for; only those that files themselves explain."""
_REASON: Final = re.compile(
    r"\b(?:RETURN|RTRN|REJECT|REASON|RETOURE|RUECKGABE|RUECKGABEGRUND)\W{0,3}([A-Z]{2}[0-9]{2})\b", re.IGNORECASE
)
_IBAN_FIRST: Final = re.compile(r"([A-Z]{2}[0-9]{2}[A-Z0-9]{11,30})\s+(\S.*)")
_DUTCH: Final = re.compile(r"REK: (?P<account>[A-Z0-9]+)/NAAM: (?P<name>.+)")
_POLISH: Final = re.compile(r"Z RACH\.: *(?P<account>[0-9A-Z]+);.*? OD: *(?P<name>[^;]+?) *;")


def details_of(fields: list[list[str]]) -> Details:
    """Return what the fields 86 after a booking say together; the first tells the dialect."""
    lines = [line.rstrip() for each in fields for line in each]
    if not any(line.strip() for line in lines):
        return Details()
    if found := _SUBFIELDS.match(lines[0]):
        return _german(_joined(lines), found)
    joined = "".join(lines)
    if len(_CODE_WORD.findall(joined)) > 1 or joined.lstrip().startswith("/"):
        return _swift(joined)
    return _plain(lines)


def _joined(lines: Iterable[str]) -> str:
    """Return text cut into lines put together again; a line one short of full has lost a space at its end."""
    kept = list(lines)
    return "".join(line + (" " if len(line) == _WRAPPED_AT - 1 else "") for line in kept)


def _german(text: str, found: re.Match[str]) -> Details:
    cut = re.split(re.escape(found[2]) + r"([0-9]{2})", text[found.end(1) :])
    parts: dict[str, str] = {}
    for key, said in zip(cut[1::2], cut[2::2], strict=True):
        parts[key] = parts.get(key, "") + said
    purpose = [parts[key] for key in sorted(parts) if key[0] == "2" or key in {"60", "61", "62", "63"}]
    told = _keyworded(purpose)
    references = tuple(
        Reference(kind, one_line(told[word])) for word, kind in _KEYWORDS.items() if _is_reference(told.get(word, ""))
    )
    code = found[1]
    return Details(
        code=code,
        name=one_line(parts.get("32", "") + parts.get("33", "")),
        account="".join((parts.get("38") or parts.get("31", "")).split()),
        ultimate=one_line(told.get("ABWA", "")),
        remittance=one_line(told.get("SVWZ", "") or told.get("", "") or told.get("MTLG", "")),
        references=references,
        is_return=code in _GERMAN_RETURNS,
        reason=_german_reason(parts.get("34", "").strip(), " ".join(purpose)) if code in _GERMAN_RETURNS else "",
        original="".join(told.get("OAMT", "").split()),
        charges="".join(told.get("COAM", "").split()),
    )


def _german_reason(supplement: str, purpose: str) -> str:
    found = _REASON.search(purpose)
    return _GERMAN_REASONS.get(supplement) or (found[1].upper() if found else "")


def _is_reference(text: str) -> bool:
    return one_line(text).upper() not in _NOTHING


def _keyworded(purpose: list[str]) -> dict[str, str]:
    """Return what follows each SEPA keyword in the purpose; text before the first stands under the empty word."""
    cut = _KEYWORD.split("\n".join(purpose))
    told = {"": cut[0].replace("\n", "")}
    for word, said in zip(cut[1::2], cut[2::2], strict=True):
        told.setdefault(word, said.replace("\n", ""))
    return told


def _swift(text: str) -> Details:
    cut = _code_words(text)
    references = tuple(
        Reference(_CODE_WORDS[word], one_line(said))
        for word, said in cut
        if word in _CODE_WORDS and _is_reference(said)
    )
    told: dict[str, str] = {}
    for word, said in cut:
        told[word] = told.get(word) or said
    reason = one_line(told.get("RTRN", ""))
    remitted = told.get("REMI") or told.get("USTD") or ""
    return Details(
        code=one_line(told.get("TRTP", "") or told.get("TRCD", "")),
        name=one_line(told.get("NAME") or _party(told)),
        account="".join((told.get("IBAN") or "").split()),
        ultimate=one_line(told.get("ULTD", "")),
        remittance=one_line(remitted.removeprefix("USTD/").lstrip("/")) or ("" if cut else one_line(text)),
        references=references,
        is_return=bool(reason),
        reason=reason[:4],
        original=told.get("OCMT", ""),
        charges=told.get("CHGS", ""),
    )


def _party(told: dict[str, str]) -> str:
    return told.get("ORDP") or told.get("BENM") or ""


def _code_words(text: str) -> list[tuple[str, str]]:
    """Return each code word with what stands until the next; one slash may close a value and open a word."""
    spans: list[tuple[str, int, int]] = []
    at = 0
    while match := _CODE_WORD.search(text, at):
        spans.append((match[1], match.start(), match.end()))
        at = match.end() - 1
    ends = [*(start for _, start, _ in spans), len(text)][1:]
    return [(word, text[start:end].strip("/ ")) for (word, _, start), end in zip(spans, ends, strict=True)]


_SEARCHED: Final = 4_000
"""How much of a field patterns look through: ten times what SWIFT lets into it."""


def _plain(lines: list[str]) -> Details:
    text = _unwrapped(lines)
    searched = text[:_SEARCHED]
    reason = _REASON.search(searched)
    told = Details(remittance=text, is_return=reason is not None, reason=reason[1].upper() if reason else "")
    if found := _IBAN_FIRST.fullmatch(lines[0].strip()):
        rest = _unwrapped(lines[1:])
        return replace(told, name=one_line(found[2]), account=found[1], remittance=rest or text)
    if found := _DUTCH.search(searched) or _POLISH.search(searched):
        return replace(told, name=one_line(found["name"]), account=found["account"])
    return told


def _unwrapped(lines: list[str]) -> str:
    return one_line("".join(line + ("" if len(line) >= _WRAPPED_AT else " ") for line in lines))
