"""Letters: the words that go in come out of the PDF in every language; the same words are the same bytes."""

from datetime import date, timedelta
from io import BytesIO

import pytest
from pypdf import PdfReader
from tests.parts import missing

from arrears.domain.entries import Entry, EntryKind
from arrears.domain.terms import LateCharge, Terms
from arrears.engine.computation import Computation, computation
from arrears.kernel.problems import Problem
from arrears.kernel.texts import LANGUAGES, Text
from arrears.letters import Heading, families_missing_for, make, statement_words, templates

OPENED = date(2025, 1, 10)
DAY = timedelta(days=1)
HEADING = Heading(
    "Banco del Prado",
    "María Álvarez 王小明",
    "B-17",
    "Préstamo",
    date(2025, 6, 1),
    (Text("A rule of law.", "Una norma.", "一条法规。"),),
)


def worked() -> Computation:
    entries = [
        Entry(1, EntryKind.OPENING, OPENED, 1, 120_000, 120_000),
        Entry(2, EntryKind.INSTALMENT_DUE, OPENED + 30 * DAY, 1, 11_000, 10_000, detail=1),
        Entry(3, EntryKind.PAYMENT, OPENED + 60 * DAY, 2, 4_000),
        Entry(4, EntryKind.PAYMENT, OPENED + 61 * DAY, 2, 3_000),
        Entry(5, EntryKind.REVERSAL, OPENED + 65 * DAY, 3, 3_000, reverses=4),
    ]
    found = computation(Terms(late_charge=LateCharge(rate_ppm=101_500)), entries, date(2025, 6, 1), currency="EUR")
    assert isinstance(found, Computation)
    return found


def text_of(pdf: bytes) -> str:
    text = " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages)
    return " ".join(text.replace("\u00a0", " ").split())


def letter(language: str) -> bytes:
    made = make("statement", statement_words(worked(), HEADING, language), language)
    if isinstance(made, Problem):
        assert made.code == "glyphs_missing", made.said_in("en")
        missing("a font with Chinese glyphs (install fonts-noto-cjk)")
    return made


EXPECTED = {
    "en": (
        "Statement of computation",
        "Late charges, period by period",
        "taken back on",
        "A rule of law.",
    ),
    "es": ("Liquidación detallada", "Recargos por mora, periodo a periodo", "anulado el", "Una norma."),
    "zh": ("欠款计算单", "逾期费用（逐期计算）", "冲回", "一条法规。"),
}


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_statement_can_be_read_back_from_its_pdf_with_its_sums(language: str) -> None:
    found = worked()
    assert found.balance.total == 120_000 + 1_000 - 4_000 + found.charges.total
    read = text_of(letter(language)).replace(" ", "")
    for words in (*EXPECTED[language], "María Álvarez 王小明", "Banco del Prado"):
        wanted = words.replace(" ", "")
        assert wanted in read, words
    total = statement_words(found, HEADING, language)["total"]
    assert total.replace("\u00a0", "").replace(" ", "") in read


def test_the_same_words_make_the_same_bytes() -> None:
    assert letter("es") == letter("es")


def test_a_letter_of_chinese_words_without_a_chinese_font_is_refused_and_says_what_to_install() -> None:
    latin = frozenset({"Libertinus Serif"})
    assert families_missing_for({"title": "欠款"}, "en", latin)
    assert families_missing_for({"rows": [{"what": "debt"}]}, "zh", latin)
    assert not families_missing_for({"rows": [{"what": "debt, año"}]}, "es", latin)
    assert not families_missing_for({"title": "欠款"}, "zh", frozenset({"Noto Sans CJK SC"}))


def test_a_machine_without_chinese_fonts_gets_a_problem_and_no_empty_boxes(monkeypatch: pytest.MonkeyPatch) -> None:
    from arrears.letters import making

    monkeypatch.setattr(making, "families", lambda: frozenset({"Libertinus Serif"}))
    refused = make("statement", statement_words(worked(), HEADING, "zh"), "zh")
    assert isinstance(refused, Problem)
    assert (refused.code, "fonts-noto-cjk" in refused.remedy.zh) == ("glyphs_missing", True)


def test_only_letters_that_are_there_are_made() -> None:
    assert set(templates()) >= {"notice", "statement"}
    assert "frame" not in templates()
    refused = make("frame", {}, "en")
    assert isinstance(refused, Problem)
    assert refused.code == "no_such_letter"


@pytest.mark.parametrize("language", ["en", "es", "zh"])
def test_a_notice_says_every_field_in_words_that_read_as_its_page(language: str) -> None:
    """Every kind of notice is made from its fields alone; what the page shows stands in the plain text too."""
    from arrears.engine.notices.contents import Shape
    from arrears.letters import Envelope, notice_words, plain_text
    from arrears.packs.notices import all_contents

    plain = {Shape.WORDS: "said", Shape.MONEY: 123_456, Shape.DATE: date(2026, 7, 8), Shape.STATEMENT: True}
    envelope = Envelope(
        sender=("Us", "PO Box 1"),
        to=("Them", "12 Elm St"),
        reference="…1234",
        currency="USD",
        printed_on=date(2026, 6, 1),
    )
    for contents in all_contents().values():
        words = notice_words(contents, {one.name: plain[one.shape] for one in contents.fields}, envelope, language)
        text = plain_text(words)
        assert isinstance(make("notice", words, language), bytes)
        assert {"Us", "Them", "…1234"} <= set(text.replace(": ", "\n").splitlines())
        assert ("1,234.56" in text or "1.234,56" in text) is any(f.shape is Shape.MONEY for f in contents.fields)
