"""OFX 1.x (SGML) and 2.x (XML): bank and card statements. Investments, errors and account lists say what they are."""

import html
import re
from collections.abc import Iterator
from datetime import date
from typing import Final

from arrears.channels.bank.faults import refuse
from arrears.channels.bank.safe_xml import must_be_plain
from arrears.channels.bank.values import day, one_line, signed
from arrears.domain.statements import Balance, Line, Reference, ReferenceKind, Statement
from arrears.kernel.problems import Where

_TOKEN: Final = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9_.]{0,40})(?:[^<>A-Za-z0-9_.][^<>]*)?>([^<]*)")
_GROUPS: Final = frozenset(
    "OFX SIGNONMSGSRSV1 SONRS STATUS FI BANKMSGSRSV1 STMTTRNRS STMTRS CREDITCARDMSGSRSV1 CCSTMTTRNRS CCSTMTRS "  # noqa: SIM905 - tags are best read as words
    "BANKACCTFROM CCACCTFROM BANKACCTTO CCACCTTO BANKTRANLIST STMTTRN PAYEE CURRENCY ORIGCURRENCY LEDGERBAL AVAILBAL "
    "BALLIST BAL INVSTMTMSGSRSV1 INVSTMTTRNRS INVSTMTRS SIGNUPMSGSRSV1 ACCTINFOTRNRS ACCTINFORS ACCTINFO".split()
)
_STATEMENTS: Final = {"STMTRS": "BANKACCTFROM", "CCSTMTRS": "CCACCTFROM"}
_MOST_DEPTH: Final = 64
_DATE: Final = re.compile(r"([0-9]{4})([0-9]{2})([0-9]{2})")


class _Group:
    """One aggregate: its tag, its values, the aggregates in it, and the row where it begins."""

    __slots__ = ("groups", "row", "tag", "values")

    def __init__(self, tag: str, row: int) -> None:
        self.tag, self.row = tag, row
        self.values: dict[str, str] = {}
        self.groups: list[_Group] = []

    def all(self, tag: str) -> Iterator["_Group"]:
        """Yield every aggregate of that tag, however deep."""
        for group in self.groups:
            if group.tag == tag:
                yield group
            yield from group.all(tag)

    def value(self, tag: str, group: str = "") -> str:
        """Return a value of this aggregate, or of its first aggregate ``group``; empty where it is not told."""
        if not group:
            return self.values.get(tag, "")
        found = next((each for each in self.groups if each.tag == group), None)
        return found.values.get(tag, "") if found else ""


def looks_like_ofx(text: str) -> bool:
    """Return whether a file's beginning opens an OFX document."""
    return re.search(r"<OFX>|^\s*OFXHEADER:|<\?OFX ", text, re.IGNORECASE) is not None


def read_ofx(text: str, file: str, *, sums_checked: bool = True) -> tuple[Statement, ...]:
    """Return the bank and card statements of a file; raises `Unreadable` where there is none or any is broken."""
    del sums_checked  # OFX tells one balance and no totals: there is nothing to compare
    must_be_plain(text[:4096].encode(), file)
    document = _parsed(text, file)
    _must_be_well(document, file)
    found = [(group, held) for tag, held in _STATEMENTS.items() for group in document.all(tag)]
    if not found:
        _say_what_it_is(document, file)
    return tuple(
        _statement(group, held, at, file) for at, (group, held) in enumerate(sorted(found, key=lambda f: f[0].row), 1)
    )


def _parsed(text: str, file: str) -> _Group:
    document = _Group("", 0)
    open_groups = [document]
    row, counted = 1, 0
    text = _without_cdata(text)
    for token in _TOKEN.finditer(text):
        row, counted = row + text.count("\n", counted, token.start()), token.start()
        closes, tag, said = token[1], token[2].upper(), html.unescape(token[3]).strip()
        if closes:
            _close(open_groups, tag)
        elif said or tag not in _GROUPS:
            open_groups[-1].values.setdefault(tag, said)
        else:
            group = _Group(tag, row)
            open_groups[-1].groups.append(group)
            open_groups.append(group)
            if len(open_groups) > _MOST_DEPTH:
                refuse("bank_field_wrong", Where(file, row), said=f"<{tag}>")
    return document


def _close(open_groups: list[_Group], tag: str) -> None:
    for at in range(len(open_groups) - 1, 0, -1):
        if open_groups[at].tag == tag:
            del open_groups[at:]
            return


def _without_cdata(text: str) -> str:
    """Return the text with what stands in CDATA sections escaped like any other text."""
    if "<![CDATA[" not in text:
        return text
    first, *rest = text.split("<![CDATA[")
    cut = (part.partition("]]>") for part in rest)
    return first + "".join(html.escape(inside, quote=False) + after for inside, _, after in cut)


def _must_be_well(document: _Group, file: str) -> None:
    """Refuse a file in which the bank's server tells an error."""
    for status in document.all("STATUS"):
        if status.value("SEVERITY").upper() == "ERROR":
            code, said = status.value("CODE"), one_line(status.value("MESSAGE"))
            refuse("bank_says_error", Where(file, status.row, "STATUS"), code=code, said=said)


def _say_what_it_is(document: _Group, file: str) -> None:
    if any(document.all("INVSTMTRS")):
        refuse("bank_investment_file", Where(file, None, "INVSTMTRS"))
    if any(document.all("ACCTINFORS")):
        refuse("bank_account_list", Where(file, None, "ACCTINFORS"))
    refuse("bank_no_statement", Where(file))


def _statement(group: _Group, held: str, at: int, file: str) -> Statement:
    currency = group.value("CURDEF").upper()
    if not currency:
        refuse("bank_field_missing", Where(file, group.row, "CURDEF"), said="CURDEF")
    account = "/".join(part for part in (group.value("BANKID", held), group.value("ACCTID", held)) if part)
    if not account:
        refuse("bank_field_missing", Where(file, group.row, "ACCTID"), said="ACCTID")
    lines = tuple(_line(each, currency, f"{at}.{n}", file) for n, each in enumerate(group.all("STMTTRN"), 1))
    closing = next((each for each in group.groups if each.tag == "LEDGERBAL"), None)
    return Statement(
        bank_account=account,
        currency=currency,
        number="",
        opening=None,
        closing=_balance(closing, currency, file) if closing else None,
        lines=lines,
        source_format="OFX",
    )


def _balance(group: _Group, currency: str, file: str) -> Balance:
    where = Where(file, group.row, "LEDGERBAL")
    as_of = group.value("DTASOF")
    return Balance(signed(group.value("BALAMT"), currency, where), _day(as_of, where) if as_of else None)


def _line(group: _Group, currency: str, number: str, file: str) -> Line:
    def where(name: str) -> Where:
        return Where(file, group.row, f"STMTTRN/{name}")

    for name in ("DTPOSTED", "TRNAMT"):
        if not group.value(name):
            refuse("bank_field_missing", where(name), said=name)
    own = group.value("CURSYM", "CURRENCY").upper() or currency
    booked = _day(group.value("DTPOSTED"), where("DTPOSTED"))
    available = group.value("DTAVAIL")
    name = one_line(group.value("NAME") or group.value("NAME", "PAYEE"))
    return Line(
        id=number,
        booked_on=booked,
        value_on=_day(available, where("DTAVAIL")) if available else booked,
        amount_minor=signed(group.value("TRNAMT"), own, where("TRNAMT")),
        currency=own,
        references=tuple(_references(group)),
        payer_name=name,
        payer_account=group.value("ACCTID", "BANKACCTTO") or group.value("ACCTID", "CCACCTTO"),
        remittance=one_line(group.value("MEMO")),
        bank_code=group.value("TRNTYPE").upper(),
        is_reversal=group.value("CORRECTACTION").upper() == "DELETE",
        returned_ref=group.value("CORRECTFITID"),
    )


def _references(group: _Group) -> Iterator[Reference]:
    for tag, kind in (
        ("CHECKNUM", ReferenceKind.CHEQUE),
        ("REFNUM", ReferenceKind.OTHER),
        ("FITID", ReferenceKind.BANK),
    ):
        if group.value(tag).strip("0"):
            yield Reference(kind, group.value(tag))


def _day(text: str, where: Where) -> date:
    found = _DATE.match(text)
    try:
        return date(int(found[1]), int(found[2]), int(found[3])) if found else day(text, where)
    except ValueError:
        refuse("bank_date_wrong", where, said=text)
