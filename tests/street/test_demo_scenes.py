"""The demonstration has something to show on every page about rules, and whoever owes can be written to."""

from datetime import date

import pytest

from arrears.jobs.demo.loans import LENDERS
from arrears.jobs.demo.portfolio import files


@pytest.mark.parametrize("lender", LENDERS, ids=lambda lender: lender.code)
def test_everybody_has_a_street_and_some_a_mailbox_that_reaches_nobody(lender):
    made = files(lender, 200, date(2026, 3, 17), seed=7)
    assert made["parties"]["address"].str.contains("Example Street|示例路").all()
    boxes = made["contact_points"].filter(point_kind="email")
    assert 0 < boxes.height < made["parties"].height
    assert boxes["value"].str.ends_with("@example.com").all()


def test_a_product_is_called_as_people_call_it():
    assert all(" " in one.product_name or not one.product_name.isascii() for one in LENDERS)


def test_a_proof_names_the_text_that_was_received_and_no_code(book):
    from django.utils.translation import override

    from arrears.web.templatetags.case_words import proof_lines

    for language, said in (("en", "Message received 7"), ("es", "Mensaje recibido 7")):
        with override(language):
            assert proof_lines({"received": 7, "by": "sorting", "case": 3}) == [said]


def test_a_step_by_the_sorting_names_the_text_and_no_code(book):
    from django.utils.translation import override

    from arrears.web.templatetags.case_words import step_lines

    with override("es"):
        assert step_lines({"paper": {"received": 7, "by": "sorting"}}) == ["Mensaje recibido 7"]
        assert step_lines({"paper": {"name": "a.pdf", "sha256": "00"}}) == ["Nombre del documento: a.pdf"]
