"""Every bank file of the shared set either reads whole or fails plainly: the list says which, and why.

The files are from test suites of open projects. Several are broken on purpose, many are fragments, and more than one
had its amounts changed by hand, so that its balances contradict its lines. A new or missing file fails this test.
"""

from dataclasses import dataclass
from pathlib import Path

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st

from arrears.channels.bank import read
from arrears.domain.statements import Statement, line_keys
from arrears.kernel.problems import Problem
from arrears.kernel.texts import LANGUAGES

pytestmark = pytest.mark.real_data


@dataclass(frozen=True)
class Reads:
    """What a file says: statements, lines, the sum of all lines in minor units, returns, payments where batches open."""

    statements: int
    lines: int
    total: int
    returns: int = 0
    items: int | None = None


@dataclass(frozen=True)
class Fails:
    """Why a file is kept out: the problem's code, row and field."""

    code: str
    row: int | None
    field: str


#: By beginning of the name (folder and origin), then the rest of it.
EXPECTED: dict[str, dict[str, Reads | Fails]] = {
    "ach/moov-io_ach__test__testdata__": {
        "20110805A.ach": Fails("bank_control_differs", 93, "9"),
        "20180713-IAT.ach": Reads(2, 2, -98000),
        "20180716-IAT-A17-A18.ach": Reads(2, 2, -98000),
        "20180716-IAT-A17.ach": Reads(2, 2, -98000),
        "Iat-invalidAddenda13.ach": Reads(1, 1, -100000),
        "NACHA_SAMPLE_TEL_REVERSAL.ach": Reads(1, 2, 0),
        "adv-invalidBatchEntries.ach": Fails("bank_statement_cut", 3, "7"),
        "adv-invalidFileControl.ach": Fails("bank_control_differs", 6, "9"),
        "adv-noFileControl.ach": Fails("bank_statement_cut", 5, ""),
        "adv.ach": Reads(1, 2, 200000),
        "bh-ed-ad-bh-ed-ad-ed-ad.ach": Fails("bank_statement_cut", 1, "5"),
        "contested_addenda.txt": Reads(1, 0, 0, returns=1),
        "extended-ascii.ach": Reads(2, 6, 0),
        "flattenADVBatchesMultipleBatchHeaders.ach": Fails("bank_control_differs", 22, "9"),
        "flattenIATBatchesMultipleBatchHeaders.ach": Reads(4, 12, 1200000),
        "flattenIATBatchesOneBatchHeader.ach": Reads(4, 12, 1200000),
        "iat-addenda99.ach": Reads(1, 0, 0, returns=1),
        "iat-batchHeaderErr.ach": Fails("bank_statement_cut", 4, "5"),
        "iat-debit.ach": Reads(1, 1, 100000),
        "iat-invalidAddenda11.ach": Reads(1, 1, -100000),
        "iat-invalidAddenda14.ach": Reads(1, 1, -100000),
        "iat-invalidAddenda15.ach": Reads(1, 1, -100000),
        "iat-invalidAddenda16.ach": Reads(1, 1, -100000),
        "iat-invalidAddenda17.ach": Reads(1, 1, -100000),
        "iat-invalidAddenda18.ach": Reads(1, 1, -100000),
        "iat-invalidAddenda98.ach": Reads(1, 0, 0, returns=1),
        "iat-invalidAddendaRecordIndicator.ach": Reads(1, 1, -100000),
        "iat-invalidBatchControl.ach": Reads(2, 2, -98000),
        "iat-invalidBatchHeader.ach": Reads(2, 2, -98000),
        "iat-invalidEntryDetail.ach": Reads(2, 2, -98000),
        "iat-mixedDebitCredit.ach": Reads(1, 2, 0),
        "invalid-two-micro-deposits.ach": Fails("bank_amount_wrong", 15, "6"),
        "loan-credit.ach": Reads(1, 1, -100000000),
        "long-line.ach": Reads(1, 1, 100000000),
        "nonascii-utf8.ach": Fails("bank_control_differs", 17, "9"),
        "nonascii.ach": Fails("bank_control_differs", 17, "9"),
        "pos-invalidEntryDetail.ach": Reads(1, 1, 100000000),
        "pos-invalidReturnFile.ach": Reads(1, 0, 0, returns=1),
        "ppd-debit-customTraceNumber.ach": Reads(1, 1, 100000000),
        "ppd-debit-fixedLength.ach": Reads(1, 1, 10500),
        "ppd-debit-invalid-entryDetail-checkDigit.ach": Reads(1, 1, 100000000),
        "ppd-debit.ach": Reads(1, 1, 100000000),
        "ppd-mixedDebitCredit-invalid.ach": Reads(1, 2, 0),
        "rck.ach": Reads(1, 1, 11500),
        "return-PPD-custom-reason-code.ach": Reads(1, 0, 0, returns=1),
        "return-WEB.ach": Reads(2, 0, 0, returns=2),
        "return-no-batch-header.ach": Fails("bank_statement_cut", 1, "6"),
        "return-no-file-header-control.ach": Fails("bank_statement_cut", 1, "5"),
        "short-line.ach": Reads(1, 1, 100000000),
        "shr-credit.ach": Fails("bank_control_differs", 32, "9"),
        "skip-validation.ach": Reads(3, 6, -11820),
        "txp-credit.ach": Fails("bank_date_wrong", 2, "5 date"),
        "txp-debit.ach": Reads(1, 1, 12345),
        "web-debit.ach": Reads(3, 6, -11820),
    },
    "bai2/moov-io_bai2__test__testdata__": {
        "sample1.txt": Reads(2, 17, 0),
        "sample2.txt": Reads(5, 4, 30950000),
        "sample5-issue113.txt": Fails("bank_control_differs", 22, "49"),
    },
    "camt/genkgo_camt__test__data__": {
        "camt052.v1.xml": Reads(1, 1, -20000000),
        "camt052.v2.other-account.xml": Reads(1, 1, -20000000),
        "camt052.v2.xml": Reads(1, 1, -20000000),
        "camt052.v6.Amt-zero.xml": Reads(1, 1, 0),
        "camt052.v8.xml": Reads(1, 1, -20000000),
        "camt053.v2.all-balance-types.xml": Fails(
            "bank_balance_differs", None, "statement 1 (CH2801234000123456789 315)"
        ),
        "camt053.v2.five.decimals.xml": Fails("bank_balance_differs", None, "statement 1 (NL26VAYB8060476890 12312)"),
        "camt053.v2.minimal.xml": Reads(1, 1, 885),
        "camt053.v2.multi.statement.xml": Reads(2, 2, 185),
        "camt053.v2.with-party-ids.xml": Reads(1, 1, 885),
        "camt053.v2.wrong.xml": Fails("bank_no_statement", None, "camt.053"),
        "camt053.v3.xml": Reads(1, 1, 885),
        "camt053.v8.xml": Reads(1, 1, 885),
        "camt054.v2.xml": Reads(1, 1, -20000000),
        "camt054.v8-with-financial-institution.xml": Reads(1, 1, -20000000),
        "camt054.v8.xml": Reads(1, 1, -20000000),
        "camt53.only-Dt-with-DtTm.xml": Reads(1, 0, 0),
    },
    "camt/railslove_camt_parser__spec__fixtures__": {
        "valid_example.xml": Reads(1, 4, -1000, items=5),
        "valid_example_with_btch.xml": Reads(1, 4, -1000, items=5),
        "valid_namespace.xml": Fails("bank_no_statement", None, ""),
    },
    "mt940/railslove_cmxl__spec__fixtures__lines__": {
        "account_balance_debit_broken.txt": Fails("bank_statement_cut", 1, ":60F:"),
        "floor_limit_indicator_both.txt": Fails("bank_statement_cut", 1, ":34F:"),
        "floor_limit_indicator_credit.txt": Fails("bank_statement_cut", 1, ":34F:"),
        "floor_limit_indicator_debit.txt": Fails("bank_statement_cut", 1, ":34F:"),
        "statement_details_empty_fields.txt": Fails("bank_statement_cut", 1, ":86:"),
        "statement_ocmt_chgs.txt": Fails("bank_statement_cut", 1, ":61:"),
        "statement_supplementary_complex.txt": Fails("bank_statement_cut", 1, ":61:"),
        "statement_supplementary_plain.txt": Fails("bank_statement_cut", 1, ":61:"),
        "vmk_summary_credit.txt": Fails("bank_statement_cut", 1, ":90C:"),
        "vmk_summary_debit.txt": Fails("bank_statement_cut", 1, ":90D:"),
    },
    "mt940/railslove_cmxl__spec__fixtures__": {
        "mt940-abnamro.txt": Fails("bank_balance_differs", None, "statement 1 (517852257 19321/1)"),
        "mt940-handelsbank.txt": Reads(2, 0, 0),
        "mt940-headers.txt": Fails("bank_field_wrong", 10, ":62F:"),
        "mt940-iso8859-1.txt": Reads(1, 2, 220000),
        "mt940-windows-line-breaks.txt": Reads(1, 2, 220000),
        "mt940-with-detailed-end-balance.txt": Fails(
            "bank_balance_differs", None, "statement 1 (45050050/76198810 00001/00001)"
        ),
        "mt940.txt": Fails("bank_currency_unknown", 4, ":60F:"),
        "mt942.txt": Reads(2, 2, 1958400),
        "statement-details-mt940.txt": Fails("bank_statement_cut", 1, ":61:"),
    },
    "mt940/wolph_mt940__mt940_tests__ASNB__": {
        "mt940.txt": Reads(31, 8, 5694),
        "mt940_with_spaces_for_entry_date.txt": Reads(31, 8, 5694),
    },
    "mt940/wolph_mt940__mt940_tests__betterplace__": {
        "amount_formats.sta": Fails("bank_statement_cut", 1, ":60F:"),
        "currency_in_25.sta": Fails("bank_statement_cut", 1, ":25:"),
        "empty_entry_date.sta": Fails("bank_statement_cut", 1, ":61:"),
        "empty_line.sta": Fails("bank_statement_cut", 2, ":25:"),
        "missing_crlf_at_end.sta": Fails("bank_statement_cut", 1, ":62F:"),
        "sepa_mt9401.sta": Reads(26, 97, -926913590),
        "sepa_snippet.sta": Fails("bank_balance_differs", None, "statement 2 (50880050/0194791600888 00004/00001)"),
        "with_binary_character.sta": Reads(2, 4, -17906675),
    },
    "mt940/wolph_mt940__mt940_tests__cmxl__": {
        "account_balance_credit.sta": Fails("bank_statement_cut", 1, ":60F:"),
        "closing_balance.sta": Fails("bank_statement_cut", 1, ":62F:"),
        "mt940.sta": Fails("bank_currency_unknown", 4, ":60F:"),
        "statement_line.sta": Fails("bank_statement_cut", 1, ":61:"),
        "statement_number.sta": Fails("bank_statement_cut", 1, ":28C:"),
    },
    "mt940/wolph_mt940__mt940_tests__jejik__": {
        "generic.sta": Reads(2, 2, -2000),
        "knab.sta": Fails("bank_balance_differs", None, "statement 2 (123456789 999/1)"),
        "postfinance.sta": Fails("bank_balance_differs", None, "statement 2 (123456789 999/2)"),
        "rabobank-iban.sta": Reads(2, 4, -7000),
        "sns.sta": Reads(2, 2, -2500),
        "triodos.sta": Fails("bank_balance_differs", None, "statement 1 (TRIODOSBANK/0390123456 1)"),
    },
    "mt940/wolph_mt940__mt940_tests__mBank__": {
        "mt940.sta": Reads(1, 3, 3),
    },
    "mt940/wolph_mt940__mt940_tests__self-provided__": {
        "account_identification.sta": Fails("bank_statement_cut", 2, ":60F:"),
        "february_30.sta": Reads(1, 1, -600),
        "gv_codes.sta": Fails("bank_statement_cut", 7, ":62F:"),
        "invalid_statement.sta": Fails("bank_format_unknown", None, ""),
        "long_statement_number.sta": Reads(1, 0, 0),
        "malformed_details.sta": Fails("bank_balance_differs", None, "statement 1 (12345678/1020304050 0)"),
        "mt942.sta": Fails("bank_control_differs", 11, ":90D:"),
        "multiline.sta": Fails("bank_statement_cut", 38, ":61:"),
        "overly_long_details.sta": Fails("bank_balance_differs", None, "statement 1 (12345678/1020304050 0)"),
        "raiffeisen-cmi.sta": Fails(
            "bank_balance_differs", None, "statement 1 (UBRTHUHB/123456789150ABCDEF002/HUF 0072)"
        ),
        "raphaelm.sta": Fails("bank_currency_unknown", 13, ":60F:"),
        "whitespace.sta": Fails("bank_balance_differs", None, "statement 1 (12345678/1020304050 0)"),
    },
    "ofx/jseutter_ofxparse__tests__fixtures__": {
        "account_listing_aggregation.ofx": Fails("bank_account_list", None, "ACCTINFORS"),
        "bank_medium.ofx": Reads(1, 3, -34527),
        "error_message.ofx": Fails("bank_says_error", 22, "STATUS"),
        "fidelity-savings.ofx": Fails("bank_investment_file", None, "INVSTMTRS"),
        "fidelity.ofx": Fails("bank_investment_file", None, "INVSTMTRS"),
        "multiple_accounts.ofx": Reads(2, 0, 0),
        "signon_fail.ofx": Fails("bank_says_error", 11, "STATUS"),
        "suncorp.ofx": Reads(1, 1, -1685),
        "td_ameritrade.ofx": Fails("bank_investment_file", None, "INVSTMTRS"),
        "tiaacref.ofx": Fails("bank_investment_file", None, "INVSTMTRS"),
        "vanguard.ofx": Fails("bank_investment_file", None, "INVSTMTRS"),
        "vanguard401k.ofx": Fails("bank_investment_file", None, "INVSTMTRS"),
    },
    "ofx/jseutter_ofxparse__tests__fixtures__fail_nice__": {
        "decimal_error.ofx": Fails("bank_date_wrong", 34, "STMTTRN/DTPOSTED"),
    },
}
NOT_BANK_FILES = {
    "mt940/wolph_mt940__mt940_tests__betterplace__LICENSE",
    "mt940/wolph_mt940__mt940_tests__cmxl__LICENSE",
    "mt940/wolph_mt940__mt940_tests__jejik__LICENSE",
}
CONTRADICTED = {"bank_balance_differs", "bank_control_differs"}
FILES = {f"{start}{rest}": outcome for start, group in EXPECTED.items() for rest, outcome in group.items()}


@pytest.fixture(scope="module")
def bank_files(real_data: Path) -> Path:
    return real_data / "bank_files"


def outcome_of(found: tuple[Statement, ...] | Problem) -> Reads | Fails:
    if isinstance(found, Problem):
        return Fails(found.code, found.where.row, found.where.field)
    lines = sum(len(statement.lines) for statement in found)
    items = sum(len(tuple(statement.items)) for statement in found)
    return Reads(
        len(found),
        lines,
        sum(statement.total_minor for statement in found),
        sum(len(statement.returns) for statement in found),
        None if items == lines else items,
    )


def test_the_list_names_every_file_of_the_set_and_no_other(bank_files):
    there = {path.relative_to(bank_files).as_posix() for path in bank_files.rglob("*") if path.is_file()}
    assert there == FILES.keys() | NOT_BANK_FILES


@pytest.mark.parametrize("path", sorted(FILES))
def test_each_file_reads_whole_or_fails_plainly_as_listed(bank_files, path):
    data = (bank_files / path).read_bytes()
    assert outcome_of(read(data, path)) == FILES[path]


@pytest.mark.parametrize("path", sorted(NOT_BANK_FILES))
def test_texts_of_licences_are_no_bank_files_and_are_told_so(bank_files, path):
    found = read((bank_files / path).read_bytes(), path)
    assert isinstance(found, Problem)
    assert found.code == "bank_format_unknown"


def test_every_failure_says_file_reason_and_remedy_in_three_languages(bank_files):
    for path, outcome in FILES.items():
        if isinstance(outcome, Fails):
            found = read((bank_files / path).read_bytes(), path)
            assert isinstance(found, Problem)
            assert found.where.file == path
            assert all(found.reason.said_in(each) and found.remedy.said_in(each) for each in LANGUAGES)
            assert "{" not in "".join((*found.reason, *found.remedy))


def test_what_only_its_sums_contradict_may_be_let_in_by_somebody_who_answers_for_it(bank_files):
    contradicted = [path for path, said in FILES.items() if isinstance(said, Fails) and said.code in CONTRADICTED]
    assert len(contradicted) > 10
    for path in contradicted:
        found = read((bank_files / path).read_bytes(), path, sums_checked=False)
        assert not isinstance(found, Problem), path


def test_a_file_read_again_says_the_same_with_the_same_keys(bank_files):
    for path, outcome in FILES.items():
        if isinstance(outcome, Reads):
            once, again = (read((bank_files / path).read_bytes(), path) for _ in range(2))
            assert not isinstance(once, Problem)
            assert not isinstance(again, Problem)
            assert once == again
            assert [line_keys(statement) for statement in once] == [line_keys(statement) for statement in again]


HOSTILE = (
    b"\x00", b"\xff\xfe", b'<!DOCTYPE x [<!ENTITY a "b">]>', b"&a;", b"<" * 400, b"<a>" * 300, b"9" * 400, b"-",
    b":61:", b":86:", b":62F:", b"\r\n", b"88,", b"16,", b"</STMTTRN>", b"\xe4\xf6", b"0" * 94, b",,,", b"/", b"?20",
    b"<Ntry>", b"</Ntry>", b"1e9", b"NaN", "\u2028\u0664".encode(), b"x" * 70_000,
)  # fmt: skip
edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 300), st.sampled_from(HOSTILE) | st.binary(max_size=8)), max_size=6
)


def changed(data: bytes, changes: list[tuple[float, int, bytes]]) -> bytes:
    for place, length, put in changes:
        at = int(place * len(data))
        data = data[:at] + put + data[at + length :]
    return data


@settings(deadline=None, max_examples=250, suppress_health_check=list(HealthCheck))
@given(path=st.sampled_from(sorted(FILES)), changes=edits, sums_checked=st.booleans())
def test_no_change_to_a_file_makes_reading_raise_or_return_half(bank_files, path, changes, sums_checked):
    data = changed((bank_files / path).read_bytes(), changes)
    found = read(data, path, sums_checked=sums_checked)
    if isinstance(found, Problem):
        assert found.where.file in {path, ""}
        return
    assert found
    for statement in found:
        ids = [line.id for line in statement.lines]
        assert len(set(ids)) == len(ids)
        assert all(
            sum(p.amount_minor for p in line.parts) == line.amount_minor for line in statement.lines if line.parts
        )
        assert len(line_keys(statement)) == len(set(line_keys(statement)))


@settings(deadline=None, max_examples=100, suppress_health_check=list(HealthCheck))
@given(
    path=st.sampled_from([p for p, said in FILES.items() if isinstance(said, Reads) and said.lines]),
    cut=st.floats(0, 1),
)
def test_a_statement_cut_short_is_never_read_as_a_whole_one(bank_files, path, cut):
    data = (bank_files / path).read_bytes()
    assume(not path.startswith("ofx/") and "mt942" not in path)  # these close nothing that a reader could miss
    short = read(data[: int(cut * len(data))], path)
    if not isinstance(short, Problem):
        whole = read(data, path)
        assert not isinstance(whole, Problem)
        assert short == whole[: len(short)]
