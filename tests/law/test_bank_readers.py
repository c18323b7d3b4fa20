"""What each reader of bank files owes: exact amounts, all that tells the payer and the debt, nothing kept of a broken file."""

import importlib.util
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.channels.bank import TableMapping, read, read_table_mapping
from arrears.domain.statements import (
    Balance,
    LineStatus,
    ReferenceKind,
    ReturnKind,
    Statement,
    StatementKind,
    line_keys,
)
from arrears.kernel.problems import Problem

_spec = importlib.util.spec_from_file_location("bank_samples", Path(__file__).parent / "bank_samples.py")
assert _spec is not None
assert _spec.loader is not None
samples = importlib.util.module_from_spec(_spec)
_spec.loader.exec_module(samples)


def statement(data: bytes | str, **said: object) -> Statement:
    found = read(data if isinstance(data, bytes) else data.encode(), "f", **said)  # type: ignore[arg-type]
    assert not isinstance(found, Problem), found.said_in("en")
    (only,) = found
    return only


def problem(data: bytes | str, **said: object) -> Problem:
    found = read(data if isinstance(data, bytes) else data.encode(), "f", **said)  # type: ignore[arg-type]
    assert isinstance(found, Problem)
    return found


# --- camt ---


def test_a_credit_tells_payer_ultimate_payer_references_and_remittance():
    found = statement(samples.camt(samples.entry("25.50", "CRDT", details=samples.PAID), closing="125.50"))
    (line,) = found.lines
    assert (found.bank_account, found.currency, found.number) == ("DE31999999990000004711", "EUR", "44")
    assert (found.opening, found.closing) == (Balance(10000, date(2026, 3, 2)), Balance(12550, date(2026, 3, 2)))
    assert (line.amount_minor, line.booked_on, line.value_on) == (2550, date(2026, 3, 2), date(2026, 3, 3))
    assert (line.payer_name, line.payer_account, line.ultimate_payer) == (
        "Ana Romero", "ES9121000418450200051332", "Luis Romero",
    )  # fmt: skip
    assert line.references_of(ReferenceKind.CREDITOR) == ("RF18539007547034",)
    assert line.references_of(ReferenceKind.END_TO_END) == ("E-1",)
    assert line.references_of(ReferenceKind.DOCUMENT) == ("INV-9",)
    assert line.references_of(ReferenceKind.MANDATE) == ()
    assert line.remittance == "loan A17"


def test_a_returned_debit_names_reason_original_and_debtor_and_keeps_charges_apart():
    found = statement(samples.camt(samples.entry("25.50", "DBIT", details=samples.CAME_BACK), closing="74.50"))
    (line,) = found.lines
    assert (line.is_return, line.return_reason, line.returned_ref) == (True, "AM04", "D-7")
    assert line.payer_name == "Ana Romero"
    assert (line.amount_minor, line.charges_minor) == (-2550, 550)


def test_a_reversal_is_marked_and_keeps_the_sign_that_the_bank_booked():
    more = "<RvslInd>true</RvslInd>"
    (line,) = statement(samples.camt(samples.entry("5", "DBIT", more=more), closing="95")).lines
    assert (line.is_reversal, line.amount_minor) == (True, -500)


def test_a_batch_opens_into_parts_that_add_up_and_else_stays_one_line():
    parts = samples.part(1, "10.00") + samples.part(2, "15.00")
    (line,) = statement(samples.camt(samples.entry("25.00", "CRDT", details=parts), closing="125")).lines
    assert [(each.id, each.amount_minor) for each in line.items] == [("1.1.1", 1000), ("1.1.2", 1500)]
    (whole,) = statement(samples.camt(samples.entry("26.00", "CRDT", details=parts), closing="126")).lines
    assert whole.parts == ()
    assert whole.references_of(ReferenceKind.END_TO_END) == ("P-1", "P-2")


def test_an_entry_that_is_pending_neither_counts_as_booked_nor_into_the_balance():
    (line,) = statement(samples.camt(samples.entry("5", "CRDT", status="PDNG"))).lines
    assert line.status == LineStatus.PENDING


@pytest.mark.parametrize(
    ("entry", "code", "field"),
    [
        (("5.005", "CRDT"), "bank_amount_too_fine", "Stmt/Ntry[1]/Amt"),
        (("five", "CRDT"), "bank_amount_wrong", "Stmt/Ntry[1]/Amt"),
        (("5", "UP"), "bank_field_wrong", "Stmt/Ntry[1]/CdtDbtInd"),
    ],
)
def test_an_entry_that_cannot_be_read_keeps_the_file_out_and_is_named(entry, code, field):
    found = problem(samples.camt(samples.entry(*entry)))
    assert (found.code, found.where.file, found.where.field) == (code, "f", field)


def test_zeros_below_the_minor_unit_say_nothing_and_are_let_through():
    assert statement(samples.camt(samples.entry("5.00000", "CRDT"), closing="105")).total_minor == 500


def test_lines_that_do_not_lead_to_the_closing_balance_keep_the_file_out_until_somebody_answers_for_it():
    data = samples.camt(samples.entry("5", "CRDT"), closing="106.00")
    assert problem(data).code == "bank_balance_differs"
    assert "105.00 EUR" in problem(data).reason.en
    assert statement(data, sums_checked=False).total_minor == 500


@pytest.mark.parametrize(
    "hostile",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]>',
        '<!DOCTYPE a SYSTEM "http://localhost/x.dtd">',
        '<!DOCTYPE a [<!ENTITY % p SYSTEM "file:///etc/passwd"> %p;]>',
    ],
)
def test_a_document_type_or_an_entity_is_refused_before_it_is_read(hostile):
    data = samples.camt().replace(b"<Document", hostile.encode() + b"<Document")
    assert problem(data).code == "bank_xml_unsafe"
    assert problem(data.decode().encode("utf-16")).code in {"bank_xml_unsafe", "bank_xml_broken"}


@pytest.mark.parametrize(
    "hostile",
    [b"<a>" * 100_000, b"<Ntry " * 50_000, b":61:" + b"9" * 300_000, b"16," * 100_000, b"x" * 400_000 + b"\xe4",
     b"<OFX><STMTTRN>" + b"<![CDATA[" * 50_000, b"<OFX><" + b"A" * 300_000, b":20:\n:86:Z RACH.: 1; OD: " * 20_000,
     b"01,a,b,260302,\n" + b"88,x\n" * 100_000],
    ids=range(9),
)  # fmt: skip
def test_input_made_to_be_slow_or_deep_ends_in_a_problem(hostile):
    assert isinstance(read(hostile, "f"), Problem)


# --- MT940 and MT942 ---


def test_german_subfields_swift_words_returns_and_reversals_are_read_from_mt940():
    paid, back, refund = statement(samples.MT940).lines
    assert (paid.payer_name, paid.payer_account) == ("Ana Romero y Ruiz", "ES9121000418450200051332")
    assert paid.remittance == "Loan A17 first instalment"
    assert paid.references_of(ReferenceKind.END_TO_END) == ("E-1",)
    assert paid.references_of(ReferenceKind.BANK) == ("BANK1",)
    assert (back.is_return, back.return_reason, back.returned_ref, back.charges_minor) == (True, "MD06", "D-7", 550)
    assert back.booked_on == back.value_on == date(2026, 3, 2)
    assert (refund.amount_minor, refund.is_reversal, refund.booked_on) == (1000, True, date(2026, 3, 1))
    assert (refund.payer_name, refund.remittance) == ("Li Wang", "Refund of A18")
    assert refund.references_of(ReferenceKind.CREDITOR) == ("RF18539007547034",)


def test_the_year_of_an_entry_date_is_the_one_nearest_to_the_value_date():
    data = samples.MT940.replace(":61:2603020302CR", ":61:2601020102CR").replace(":61:2603020301RD", ":61:2512311231RD")
    lines = statement(data.replace(":61:2601020102CR", ":61:2601021231CR")).lines
    assert lines[0].booked_on == date(2025, 12, 31)
    assert lines[2].booked_on == date(2025, 12, 31)


def test_the_thirtieth_of_february_is_read_as_its_last_day_and_said_so():
    found = statement(samples.MT940.replace(":61:260302DR", ":61:260230DR"))
    assert found.lines[1].value_on == date(2026, 2, 28)
    assert ["260230" in note.es for note in found.notes] == [True]
    assert problem(samples.MT940.replace(":61:260302DR", ":61:260431DR")).code == "bank_date_wrong"


@pytest.mark.parametrize("lost", [":20:STMT\r\n", ":25:10020030/1234567\r\n", ":62F:C260302EUR110,00\r\n", ":61:26"])
def test_a_statement_without_one_of_its_fields_is_refused(lost):
    assert problem(samples.MT940.replace(lost, "")).code in {"bank_statement_cut", "bank_balance_differs"}


def test_an_interim_report_is_intraday_and_its_sums_are_verified():
    assert statement(samples.MT942).kind == StatementKind.INTRADAY
    assert problem(samples.MT942.replace(":90C:1EUR5,00", ":90C:2EUR5,00")).code == "bank_control_differs"


def test_words_in_older_encodings_are_read_and_amounts_never_depend_on_them():
    data = samples.MT940.replace("Ana Romero", "Jörg Müßig")
    for encoding in ("utf-8", "cp1252", "cp852"):
        assert statement(data.encode(encoding)).lines[0].payer_name == "Jörg Müßig y Ruiz"
    assert statement(samples.MT940.replace("Ana Romero", "王芳").encode("gb18030")).lines[0].payer_name == "王芳 y Ruiz"


# --- BAI2 ---


def test_bai2_is_read_with_continuations_funds_types_and_return_reasons():
    paid, back = statement(samples.BAI2).lines
    assert (paid.amount_minor, paid.value_on, paid.payer_name) == (5000, date(2026, 3, 3), "Ana Romero")
    assert paid.remittance == "Loan A17, thanks"
    assert paid.references_of(ReferenceKind.END_TO_END) == ("E-1",)
    assert (back.amount_minor, back.is_return, back.return_reason) == (-2500, True, "R01")


@pytest.mark.parametrize(
    ("said", "wrong", "code"),
    [
        ("49,37500,7/", "49,37501,7/", "bank_control_differs"),
        ("98,37500,1,9/", "98,37500,2,9/", "bank_control_differs"),
        ("99,37500,1,11/", "99,37500,1,12/", "bank_control_differs"),
        ("99,37500,1,11/\n", "", "bank_statement_cut"),
        ("16,165,5000", "16,165,4000", "bank_control_differs"),
    ],
)
def test_a_control_total_that_differs_keeps_a_bai2_file_out(said, wrong, code):
    assert problem(samples.BAI2.replace(said, wrong)).code == code


# --- OFX, pain.002, NACHA ---


def test_a_card_statement_in_sgml_is_read_in_a_currency_without_minor_units():
    found = statement(samples.OFX_SGML)
    (line,) = found.lines
    assert (found.closing, line.amount_minor, line.payer_name) == (Balance(-200, date(2026, 3, 2)), 1500, "Ana & Luis")
    assert line.references_of(ReferenceKind.CHEQUE) == ("77",)
    assert problem(samples.OFX_SGML.replace("+1500", "+15.50")).code == "bank_amount_too_fine"


def test_a_refused_order_becomes_a_return_with_its_reason_and_an_accepted_one_does_not():
    found = statement(samples.PAIN)
    (back,) = found.returns
    assert (back.kind, back.reason, back.amount_minor, back.currency) == (ReturnKind.REJECTION, "AC04", 2000, "EUR")
    assert (back.references_of("end_to_end"), back.references_of("mandate")) == (("D-7",), ("MANDATE-7",))
    assert (back.debtor_name, back.was_debit, back.words) == ("Ana Romero", True, "closed")


def test_ach_returns_and_corrections_are_told_apart_and_book_nothing():
    found = statement(samples.nacha())
    back, change = found.returns
    assert found.lines == ()
    assert (back.kind, back.reason, back.amount_minor, back.was_debit) == (ReturnKind.RETURN, "R01", 12354, True)
    assert back.references_of(ReferenceKind.TRANSACTION) == ("091400600000001",)
    assert back.references_of(ReferenceKind.CUSTOMER) == ("LOAN-A17",)
    assert (change.kind, change.reason, change.corrected) == (ReturnKind.CHANGE, "C01", "1918171614")


def test_totals_of_an_ach_batch_are_verified():
    assert problem(samples.nacha(debit="000000012355")).code == "bank_control_differs"


# --- CSV ---


def test_a_german_table_is_read_by_its_headers_with_its_running_balance():
    found = statement(samples.CSV_GERMAN.encode("cp1252"))
    assert [line.amount_minor for line in found.lines] == [123450, -450]
    assert found.lines[0].payer_name == "Müller, Heike"
    assert found.lines[0].booked_on == date(2026, 3, 2)
    assert (found.opening, found.closing) == (Balance(10000, date(2026, 3, 2)), Balance(133000, date(2026, 3, 13)))


def test_debit_and_credit_columns_and_columns_of_directions_give_the_sign():
    two = "Date,Description,Debit,Credit,Currency\n03/31/2026,fee,4.50,,USD\n03/31/2026,A17,,10.00,USD\n"
    assert [line.amount_minor for line in statement(two).lines] == [-450, 1000]
    one = "交易日期,金额,借贷标志,币种,对方户名\n2026-03-31,10.00,贷,CNY,王芳\n2026-03-31,4.50,借,CNY,银行\n"
    assert [line.amount_minor for line in statement(one).lines] == [1000, -450]


def test_what_a_table_leaves_open_is_asked_for_and_a_mapping_settles_it():
    data = "When,Sum\n01/02/2026,5.00\n"
    assert problem(data).code == "bank_format_unknown"
    open_date = data.replace("When", "Date").replace("Sum", "Amount")
    assert problem(open_date).code == "bank_field_missing"
    assert problem(open_date, mapping=TableMapping(currency="USD")).code == "date_order_unclear"
    said = read_table_mapping(
        "columns: {booked_on: When, amount: Sum}\ndate: '%d/%m/%Y'\ncurrency: USD\naccount: '4711'"
    )
    assert not isinstance(said, Problem)
    found = statement(data, mapping=said)
    assert (found.bank_account, found.lines[0].booked_on) == ("4711", date(2026, 2, 1))


@pytest.mark.parametrize("wrong", ["columns: [a]", "colour: red", "columns: {when: Date}", ": : :"])
def test_a_wrong_mapping_is_told_and_never_guessed(wrong):
    found = read_table_mapping(wrong, "m.yaml")
    assert isinstance(found, Problem)
    assert found.code == "bank_mapping_wrong"


def test_a_row_that_cannot_be_read_keeps_the_table_out_and_is_named():
    found = problem(samples.CSV_GERMAN.replace("-4,50", "four").encode("cp1252"))
    assert (found.code, found.where.row, found.where.field) == ("bank_amount_wrong", 5, "amount")


# --- keys ---


def test_the_same_booking_has_the_same_key_in_another_file_and_two_alike_have_two():
    one = statement(samples.camt(samples.entry("5", "CRDT"), closing="105"))
    report = samples.camt(samples.entry("5", "CRDT"), closing="105").replace(b"camt.053", b"camt.052")
    again = statement(report.replace(b"BkToCstmrStmt", b"BkToCstmrAcctRpt").replace(b"Stmt>", b"Rpt>"))
    twice = statement(samples.camt(samples.entry("5", "CRDT"), samples.entry("5", "CRDT"), closing="110"))
    assert again.kind == StatementKind.INTRADAY
    assert line_keys(one) == line_keys(again)
    assert line_keys(one)[0] == line_keys(twice)[0]
    assert len(set(line_keys(twice))) == 2


# --- whatever comes ---

OWN = [samples.camt(samples.entry("25.50", "CRDT", details=samples.PAID), closing="125.50"), samples.MT940.encode(),
       samples.MT942.encode(), samples.BAI2.encode(), samples.OFX_SGML.encode(), samples.PAIN.encode(),
       samples.nacha().encode(), samples.CSV_GERMAN.encode("cp1252")]  # fmt: skip
edits = st.lists(st.tuples(st.floats(0, 1), st.integers(0, 90), st.binary(max_size=12)), max_size=5)


@settings(deadline=None, max_examples=150)
@given(data=st.sampled_from(OWN), changes=edits, sums_checked=st.booleans())
def test_no_change_to_our_own_files_makes_reading_raise(data, changes, sums_checked):
    for place, length, put in changes:
        at = int(place * len(data))
        data = data[:at] + put + data[at + length :]
    found = read(data, "f", sums_checked=sums_checked)
    assert isinstance(found, Problem) or all(isinstance(each, Statement) for each in found)


@settings(deadline=None, max_examples=100)
@given(data=st.binary(max_size=400) | st.text(max_size=400).map(str.encode))
def test_whatever_is_no_bank_file_becomes_a_problem(data):
    assert isinstance(read(data, "f"), Problem)
