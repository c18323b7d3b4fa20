"""Headers of the world are guessed, kept as a mapping, and read back; what must not come in does not."""

import polars as pl
import pytest

from arrears.engine.intake import files, guess, mapping, quarantine, refusals, understanding
from arrears.engine.intake.faults import FAULTS
from arrears.engine.intake.mapping import Mapping, Reading
from arrears.kernel.problems import Problem
from arrears.packs.mappings import all_shipped, kinds

LENDINGCLUB = (
    "row,emp_title,state,annual_income,loan_purpose,loan_amount,term,interest_rate,installment,grade,issue_month,"
    "loan_status,balance,paid_total"
)
"""Some of the headers of a public snapshot of a US lender's loans."""


@pytest.mark.parametrize(
    ("file", "header", "kind"),
    [
        ("export.csv", "loan_id,original_amount,originated,state", "debts"),
        ("cartera.csv", "número de cuenta,importe original,fecha de apertura,saldo vencido", "debts"),
        ("账户.csv", "借据号,放款金额,放款日期,逾期天数", "debts"),
        ("x.csv", "AccountNumber,DueDate,Amount,Principal", "schedules"),
        ("pagos.csv", "Nº de cuenta,Fecha de pago,Importe", "payments"),
        ("x.csv", "合同号,还款日期,还款金额,流水号", "payments"),
        ("x.csv", "customer id,full name,mobile,country", "parties"),
        ("x.csv", "loan id,customer id,role", "relations"),
        ("x.csv", "loan id,call time,channel,result", "contacts"),
        ("ptp.csv", "loan id,taken on,promised amount,promise date,hour", "promises"),
        ("promesas.csv", "número de cuenta,fecha de registro,importe prometido,fecha de compromiso,medio", "promises"),
        ("x.csv", "借据号,登记时间,承诺金额,承诺还款日期", "promises"),
    ],
)
def test_the_kind_of_a_file_is_told_by_its_headers(file: str, header: str, kind: str) -> None:
    columns = tuple(header.split(","))
    assert guess.is_clear(kinds(), columns, file)
    assert guess.guess_kind(kinds(), columns, file)[0].name == kind


def test_a_name_that_says_something_else_than_the_columns_is_asked_about() -> None:
    columns = ("customer id", "full name", "mobile")
    assert guess.is_clear(kinds(), columns, "customers.csv")
    assert not guess.is_clear(kinds(), columns, "payments.csv")


def test_a_lenders_snapshot_is_guessed_column_by_column() -> None:
    found = guess.guess(kinds()["debts"], tuple(LENDINGCLUB.split(",")))
    assert {name: reading.column for name, reading in found.mapping.readings.items()} == {
        "original_amount": "loan_amount",
        "balance_amount": "balance",
        "instalment_amount": "installment",
        "contract_rate": "interest_rate",
        "term_months": "term",
        "opened_on": "issue_month",
        "region": "state",
    }
    assert "emp_title" in found.unread


def test_two_columns_for_one_field_take_the_surer_and_name_the_other() -> None:
    found = guess.guess(kinds()["payments"], ("loan", "account number", "date", "payment date", "amount"))
    assert found.mapping.readings["account_number"].column == "account number"
    assert found.mapping.readings["value_date"].column == "payment date"
    assert found.rivals == {"account_number": ("loan",), "value_date": ("date",)}


@pytest.mark.parametrize("kind", list(kinds()))
def test_every_header_is_written_in_its_plain_form_and_belongs_to_one_field(kind: str) -> None:
    taken: dict[str, str] = {}
    for field in kinds()[kind].fields:
        for header in field.headers:
            assert guess.plain_header(header) == header
            assert taken.setdefault(header, field.name) == field.name
        assert all(field.words)


def test_a_mapping_says_what_it_read() -> None:
    said = Mapping(
        "payments",
        {
            "account_number": Reading("Konto"),
            "value_date": Reading("Tag", format="%d.%m.%Y"),
            "amount": Reading("Betrag", decimal=","),
            "status": Reading("Stand", values={"ok": "cleared"}),
        },
        {"currency": "EUR"},
        encoding="cp1252",
        timezone="Europe/Berlin",
        day_first=True,
    )
    assert mapping.read_mapping(mapping.said(said, ("Notiz",), "heading"), kinds()) == said


@pytest.mark.parametrize(
    ("text", "places"),
    [
        ("kind: nothing", ["kind"]),
        ("- a list", ["kind"]),
        ("kind: [", [""]),
        (
            "kind: payments\ncolumns: {amount: a, amout: b, payer: {form: c}}\ncolour: red",
            ["colour", "columns.amout", "columns.payer"],
        ),
    ],
)
def test_a_mapping_that_cannot_be_read_names_each_place(text: str, places: list[str]) -> None:
    found = mapping.read_mapping(text, kinds(), file="m.yaml")
    assert isinstance(found, list)
    assert [problem.where.field for problem in found] == places


@pytest.mark.parametrize(
    ("file", "header", "kind", "is_refused"),
    [
        ("phone_book.csv", "name,phone", "contact_points", True),
        ("deudores.csv", "id cliente,通讯录", "parties", True),
        ("agenda telefónica.csv", "nombre,teléfono", "contact_points", True),
        ("x.csv", "customer id,called number,call duration", "contact_points", True),
        ("x.csv", "loan id,called number,call duration,result", "contacts", False),
        ("call log.csv", "loan id,at,channel", "contacts", True),
        ("cdr.csv", "a,b", "contacts", True),
        ("phones.csv", "customer id,phone", "contact_points", False),
    ],
)
def test_phone_books_and_call_records_are_refused(*, file: str, header: str, kind: str, is_refused: bool) -> None:
    found = refusals.refused_file(file, tuple(header.split(",")), kind)
    assert (found is not None) == is_refused


def test_every_source_that_is_not_on_the_allow_list_is_refused() -> None:
    refused = {
        "phone_book",
        "call_records",
        "photos",
        "social_scrape",
        "police_database",
        "household_register",
        "provident_fund",
        "telecom_location",
        "insider",
        "following",
    }
    named = set(kinds()["contact_points"].field("source").values.values())  # type: ignore[union-attr]
    assert {source for source in named if not refusals.is_allowed(source)} == refused


def test_what_is_set_aside_says_what_and_what_to_do_in_the_users_language() -> None:
    frame = pl.DataFrame({"account": ["A", ""], "when": ["2026-03-02", "soon"], "how much": ["1.50", "2"]})
    shape = files.of_frame("payments.csv", frame)
    said = Mapping(
        "payments",
        {"account_number": Reading("account"), "value_date": Reading("when"), "amount": Reading("how much")},
        {"currency": "USD"},
    )
    settled = understanding.settle(shape, kinds()["payments"], said)
    assert isinstance(settled, understanding.Settled)
    (part,) = understanding.parts(settled)
    assert part.good.select("account_number", "amount").rows() == [("A", 150)]
    table = quarantine.quarantined(part.faults, part.raw, "es")
    reason, remedy = FAULTS["not_a_date"]
    assert table.rows() == [(2, "value_date", "soon", reason.es, remedy.es, "", "soon", "2")]
    assert table.columns == ["! fila", "! campo", "! valor", "! motivo", "! remedio", "account", "when", "how much"]


def test_constants_fill_empty_cells_and_columns_that_are_not_there() -> None:
    frame = pl.DataFrame(
        {"account": ["A", "B"], "when": ["2026-03-02"] * 2, "how much": ["1", "2"], "ccy": ["JPY", None]}
    )
    readings = {
        "account_number": Reading("account"),
        "value_date": Reading("when"),
        "amount": Reading("how much"),
        "currency": Reading("ccy"),
    }
    said = Mapping("payments", readings, {"currency": "USD", "status": "pending"})
    settled = understanding.settle(files.of_frame("p.csv", frame), kinds()["payments"], said)
    assert isinstance(settled, understanding.Settled)
    (part,) = understanding.parts(settled)
    assert part.good.select("currency", "amount", "status").rows() == [("JPY", 1, "pending"), ("USD", 200, "pending")]


def test_a_mapping_that_names_no_column_of_the_file_says_which() -> None:
    frame = pl.DataFrame({"account": ["A"], "when": ["2026-03-02"]})
    said = Mapping("payments", {"account_number": Reading("acount"), "value_date": Reading("when")})
    found = understanding.settle(files.of_frame("p.csv", frame), kinds()["payments"], said)
    assert isinstance(found, list)
    assert [(each.code, each.where.field) for each in found] == [
        ("column_absent", "acount"),
        ("field_unfilled", "amount"),
    ]


def test_every_fault_has_a_reason_and_a_remedy_in_three_languages() -> None:
    assert all(all(reason) and all(remedy) for reason, remedy in FAULTS.values())


def test_every_shipped_mapping_reads_columns_that_its_kinds_have() -> None:
    for shipped in all_shipped():
        assert shipped.cited
        assert all(kinds()[kind].field(name) for kind, said in shipped.constants.items() for name in said)
        assert isinstance(shipped.transformation().tables.__doc__, str)


def test_problems_of_a_whole_file_carry_where_they_are() -> None:
    frame = pl.DataFrame({"account": ["A", "B"], "when": ["03/04/2026", "05/06/2026"], "how much": ["1.234", "2.345"]})
    said = Mapping(
        "payments", {"account_number": Reading("account"), "value_date": Reading("when"), "amount": Reading("how much")}
    )
    found = understanding.settle(files.of_frame("p.csv", frame), kinds()["payments"], said)
    assert isinstance(found, list)
    assert all(isinstance(each, Problem) for each in found)
    assert [(each.code, str(each.where)) for each in found] == [
        ("date_order_unclear", "p.csv, when"),
        ("decimal_mark_unclear", "p.csv, how much"),
    ]


def test_a_mapping_that_names_a_source_not_allowed_is_refused_with_those_that_are() -> None:
    assert refusals.refused_source("", "p.csv") is None
    assert refusals.refused_source("contract", "p.csv") is None
    found = refusals.refused_source("provident_fund", "p.csv")
    assert found is not None
    assert (found.code, str(found.where)) == ("source_refused", "p.csv, source")
    assert "court_record, creditor_file, debtor" in found.remedy.en
