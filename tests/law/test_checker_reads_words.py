"""Reading: tricks of spelling undone, spans in the words as given, denial and quoting, amounts, voicemails, settings."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.domain.contacts import Role
from arrears.domain.wording import Block, Topic
from arrears.engine.checker import Decided, Kind, Part, Setting, limited
from arrears.engine.checker.amounts import amounts_in, number_of
from arrears.engine.checker.folding import fold
from arrears.engine.checker.languages import language_of
from arrears.packs.checker import check

THREAT = "you will be arrested"


def core(words: str, **setting: object) -> list[str]:
    report = check(words, setting=Setting(**setting))  # type: ignore[arg-type]
    return sorted({found.rule for found in report.findings if found.rule.startswith("core.")})


@pytest.mark.parametrize(
    "written",
    [
        "you will be ARRESTED",
        "you will be arrésted",
        "you will be arr.ested",
        "you will be a r r e s t e d",
        "you will be 4rre5ted",
        "you will be arr*sted",
        "you will be \uff41\uff52\uff52\uff45\uff53\uff54\uff45\uff44",
        "you will be ar\u200brested",
        "you will be \u0430rr\u0435sted",
    ],
)
def test_tricks_of_spelling_hide_nothing(written: str):
    assert core(written) == ["core.arrest"]


@pytest.mark.parametrize(
    "plain", ["co-worker", "B12", "1st", "30th", "e-mail", "a 24h line", "support@north.com", "S.A."]
)
def test_words_that_are_no_tricks_stay(plain: str):
    assert fold(plain, frozenset({"arrest", "work", "support"})).text == plain.lower()


def test_a_finding_stands_where_the_words_stand_as_given():
    words = "Señor: si no paga, será a r r e s t a d o. Adiós."
    (found,) = check(words).findings
    assert words[found.start : found.until] == found.words
    assert found.words.endswith("a r r e s t a d o")


@given(st.text(max_size=60))
@settings(deadline=None, max_examples=150)
def test_whatever_stands_around_a_threat_each_span_is_inside_and_says_its_words(around: str):
    words = f"{around}\n{THREAT}.\n{around}"
    findings = check(words, language="en").findings
    assert "core.arrest" in {found.rule for found in findings}
    assert all(words[found.start : found.until] == found.words for found in findings)


@pytest.mark.parametrize(
    "denied",
    [
        "You will not be arrested.",
        "This is not a threat of arrest.",
        "Nobody will be arrested.",
        "It is illegal to say that you will be arrested.",
        "If anyone says you will be arrested, call us.",
    ],
)
def test_what_is_denied_or_warned_of_is_not_said(denied: str):
    assert core(denied) == []


@pytest.mark.parametrize(
    "meant",
    [
        "If you do not pay you will be arrested.",
        "Don't pay and you will be arrested.",
        "We won't hesitate to have you arrested.",
    ],
)
def test_a_denial_of_something_else_denies_no_threat(meant: str):
    assert core(meant) == ["core.arrest"]


def test_the_debtors_words_in_a_note_are_not_ours_and_our_own_are_flagged():
    assert core("Debtor said he will be arrested soon.", kind=Kind.NOTE) == []
    report = check("I told the debtor he would be arrested.", setting=Setting(kind=Kind.NOTE))
    assert report.findings
    assert not report.is_blocked


def test_in_a_transcript_only_our_turns_are_read():
    theirs = "Agent: How can I help?\nCustomer: You idiot, I will have you arrested."
    ours = "Customer: How can I help?\nAgent: You idiot, I will have you arrested."
    assert core(theirs, kind=Kind.TRANSCRIPT) == []
    assert core(ours, kind=Kind.TRANSCRIPT) == ["core.arrest", "core.insult"]


def test_a_decided_suit_may_be_announced_until_the_debt_is_too_old():
    words = "We will sue you for the balance."
    us = ("US",)
    assert core(words) == ["core.fake_suit"]
    assert core(words, decided=frozenset({Decided.SUIT})) == []
    old = check(words, setting=Setting(decided=frozenset({Decided.SUIT}), is_time_barred=True, places=us))
    assert [found.rule for found in old.findings] == ["us.regf.1006.26.b"]


def test_law_speaks_only_in_its_place_and_cites_itself():
    found = {one.rule: one.citation for one in check(THREAT, setting=Setting(places=("US-NY",))).findings}
    assert found["us.fdcpa.1692e.4"] == "15 USC 1692e(4)"
    assert "us.fdcpa.1692e.4" not in {one.rule for one in check(THREAT, setting=Setting(places=("GB",))).findings}


def test_the_same_words_are_clean_to_the_debtor_and_a_disclosure_to_a_neighbour():
    assert core("Your account is overdue.") == []
    assert core("Your account is overdue.", role=Role.NEIGHBOUR) == ["core.disclose_third"]
    assert core("Your account is overdue.", kind=Kind.SUBJECT) == ["core.disclose_third"]


def test_a_part_that_is_needed_and_missing_is_found_and_stands_nowhere():
    report = check("Please pay.", setting=Setting(needed=frozenset({Block.OPT_OUT})))
    assert [(one.rule, one.start, one.until, one.is_blocking) for one in report.findings] == [
        ("parts.opt_out", 0, 0, True)
    ]
    assert (
        check("Please pay. Reply STOP to opt out.", setting=Setting(needed=frozenset({Block.OPT_OUT}))).findings == ()
    )


def test_topics_are_told_of_though_nothing_is_wrong():
    assert Topic.DEADLINE in check("Please pay $5 by Friday.").mentions
    assert Topic.AMOUNT in check("Please pay $5 by Friday.").mentions
    assert check("Good morning.").mentions == frozenset()


@pytest.mark.parametrize(
    ("written", "value"),
    [
        ("$1,234.50", "1234.50"),
        ("1.234,50 EUR", "1234.50"),
        ("1 234,50 euros", "1234.50"),
        ("$1.234", "1234"),
        ("four hundred and fifty dollars", "450"),
        ("two thousand one dollars", "2001"),
        ("mil doscientos pesos", "1200"),
        ("quinientos un pesos", "501"),
        ("四百五十元", "450"),
        ("一万二千元", "12000"),
        ("壹仟贰佰元伍角", "1200.5"),
        ("1.2万元", "12000"),
        ("$1.2k", "1200"),
        ("$0.45 million", "450000"),
        ("12 hundred dollars", "1200"),
        ("twelve hundred and fifty dollars and fifty cents", "1250.50"),
        ("three-fifty dollars", "350"),
        ("five grand", "5000"),
        ("half a thousand dollars", "500"),
        ("mil doscientos treinta y cuatro dólares con cincuenta centavos", "1234.50"),
        ("１２３４元", "1234"),
        ("450元5角1分", "450.51"),
        ("3万5千元", "35000"),
        ("三万五块", "35000"),
        ("四百五十美元", "450"),
        ("₹12,34,567.00", "1234567"),
        ("CHF 1'234.50", "1234.50"),
        ("$ 450\n.51", "450.51"),
        ("$ 4 5 1", "451"),
        ("US$ 12OO", "1200"),
        ("45O.01 USD", "450.01"),
        ("Balance due: 451", "451"),
        ("You owe us 451.20 now.", "451.20"),
        ("Amount owed: 1,450.00", "1450"),
        ("Usted debe 1.450,00 hoy", "1450"),
        ("欠款金额：451", "451"),
        ("应还一千二百，请处理", "1200"),
        ("You owe twelve hundred.", "1200"),
    ],
)
def test_amounts_are_read_in_figures_and_words(written: str, value: str):
    (said,) = amounts_in(fold(written).text)
    assert said.value == Decimal(value)


@pytest.mark.parametrize(
    "words",
    [
        "pay by 12 june", "payment due 12/06/2026", "owe 12 payments", "total of 12 instalments", "balance on 2026-06-01",
        "pay 30 days later", "interest of 12 %", "debt 00045100", "还款25日", "欠款30天", "共12期",
        "deuda de 3 meses", "pague el 12 de mayo", "balance 2026", "pay at 10 am", "total 24/7", "amount 202-555-0100",
    ],
)  # fmt: skip
def test_numbers_behind_words_for_debts_that_count_something_else_are_no_amounts(words: str):
    assert amounts_in(fold(words).text) == []


@pytest.mark.parametrize("piece", ["total is ", "owe us ", "1 ", "$1,\n", "欠款", "111 "])
def test_amounts_in_long_words_of_one_piece_are_read_at_once(piece: str):
    assert len(amounts_in((piece * 60_000)[:60_000])) < 60_000


def test_numbers_that_are_no_money_are_no_amounts():
    assert amounts_in("call 202-555-0100 about contract 17 within 30 days, 15 usc 1692") == []


@given(st.integers(0, 10**9))
def test_a_number_written_in_either_manner_is_the_same(cents: int):
    whole, rest = divmod(cents, 100)
    english = f"{whole:,}.{rest:02d}"
    assert number_of(english) == Decimal(cents) / 100
    assert number_of(english.translate(str.maketrans(",.", ".,"))) == Decimal(cents) / 100


def test_every_amount_must_be_a_figure_of_the_day_to_the_cent():
    known = frozenset({(45_000, "USD")})
    assert core("You owe $450.00.", amounts=known) == []
    assert core("You owe $450.01.", amounts=known) == ["core.false_amount"]
    assert core("You owe €450.00.", amounts=known) == ["core.false_amount"]
    assert core("You owe $450.01.", amounts=None) == []


@pytest.mark.parametrize(("until", "found"), [(date(2026, 6, 19), []), (date(2026, 6, 20), ["us.regf.1006.38.b"])])
def test_a_deadline_overshadows_from_the_last_day_to_dispute_backwards(until: date, found: list[str]):
    setting = Setting(places=("US",), on=date(2026, 6, 10), dispute_until=until)
    assert [one.rule for one in check("Pay by June 20.", setting=setting).findings] == found


def test_a_voicemail_of_limited_content_has_its_four_parts_and_no_more():
    whole = "This is Robin Smith calling from ABC Inc. Please contact me or Jim Johnson at 1-800-555-1212."
    assert limited(whole).is_limited
    assert limited("Please call 202-555-0100.").lacking == {Part.BUSINESS_NAME, Part.PERSON}
    more = limited(whole + " It is about your account.")
    assert not more.is_limited
    assert more.lacking == frozenset()
    assert limited(whole.replace("ABC Inc.", "ABC Collections.")).lacking == {Part.BUSINESS_NAME}


@pytest.mark.parametrize(
    ("words", "language"),
    [
        ("Please call us about your account.", "en"),
        ("Llámenos por favor para hablar de su cuenta.", "es"),
        ("请您尽快与我们联系。", "zh"),
        ("OK", None),
        ("Sam Lee 202-555-0100", None),
    ],
)
def test_the_language_is_told_where_it_is_plain(words: str, language: str | None):
    assert language_of(words) == language
