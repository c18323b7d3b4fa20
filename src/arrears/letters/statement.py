"""The statement of computation: what is owed on a day and how it came about, for a debtor to check by hand."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from arrears.engine.computation import Computation, Kind, Line, Section, said, said_amount, said_day
from arrears.kernel.texts import Text


@dataclass(frozen=True, slots=True)
class Heading:
    """Whose debt to whom: names and numbers as they stand on paper. ``rules`` are laws and caps behind the terms."""

    creditor: str
    debtor: str
    number: str
    product: str
    printed_on: date
    rules: tuple[Text, ...] = ()


def statement_words(made: Computation, heading: Heading, language: str) -> dict[str, Any]:  # Any: the template's JSON
    """Return the words of the letter ``statement`` in ``language``."""
    own = {name: text.said_in(language) for name, text in _WORDS.items()}
    day = said_day(made.state.as_of, language)
    return {
        "title": own["title"],
        "creditor": heading.creditor,
        "debtor": heading.debtor,
        "facts": [
            [own["account"], f"{heading.number} · {heading.product}"],
            [own["as_of"], day],
            [own["printed"], said_day(heading.printed_on, language)],
        ],
        "owed_title": _WORDS["owed_on"].said_in(language).format(day=day),
        "owed": list(_rows(made.owed, language, made.currency)),
        "total_words": own["total"],
        "total": said_amount(made.balance.total, language, made.currency),
        "heads": [own["date"], own["what"], own["amount"]],
        "sections": list(_sections(made, language)),
        "notes_title": own["notes"],
        "notes": [said(line, language, made.currency) for line in made.notes]
        + [rule.said_in(language) for rule in heading.rules],
        "foot": own["foot"],
        "page": own["page"],
    }


def _sections(made: Computation, language: str) -> Iterator[dict[str, Any]]:
    for title, section in (("balance", made.balance), ("accrued", made.accrued), ("charges", made.charges)):
        if section.lines:
            yield {
                "title": _WORDS[title].said_in(language),
                "rows": list(_rows(section, language, made.currency)),
                "total_words": _WORDS["sum"].said_in(language),
                "total": said_amount(section.total, language, made.currency),
            }


def _rows(section: Section, language: str, currency: str) -> Iterator[dict[str, Any]]:
    for line in section.lines:
        yield _row(line, language, currency)
        for part in line.parts:
            yield {**_row(part, language, currency), "is_part": True}


def _row(line: Line, language: str, currency: str) -> dict[str, Any]:
    is_silent = line.kind in {Kind.STRUCK, Kind.EVENT}
    return {
        "day": said_day(line.day, language) if line.day and line.kind is not Kind.PAID else "",
        "what": said(line, language, currency),
        "amount": "" if is_silent else said_amount(line.amount, language, currency),
        "is_part": False,
        "is_struck": line.kind is Kind.STRUCK,
    }


_WORDS: Final = {
    "title": Text("Statement of computation", "Liquidación detallada", "欠款计算单"),
    "account": Text("Account", "Cuenta", "账户"),
    "as_of": Text("As of the end of", "Al cierre del", "截至（日终）"),
    "printed": Text("Made on", "Emitida el", "制作日期"),
    "owed_on": Text("What is owed at the end of {day}", "Lo que se debe al cierre del {day}", "截至 {day} 日终的欠款"),
    "total": Text("Owed in all", "Total adeudado", "欠款合计"),
    "date": Text("Date", "Fecha", "日期"),
    "what": Text("What", "Concepto", "事项"),
    "amount": Text("Amount", "Importe", "金额"),
    "balance": Text("How the balance came about", "Cómo se llegó al saldo", "余额如何形成"),
    "accrued": Text("Interest by the day", "Intereses diarios", "按日利息"),
    "charges": Text("Late charges, period by period", "Recargos por mora, periodo a periodo", "逾期费用（逐期计算）"),
    "sum": Text("Sum", "Suma", "合计"),
    "notes": Text("Notes", "Notas", "说明"),
    "foot": Text(
        "Every line can be checked by hand. If one of them is wrong, say which, and it will be looked into.",
        "Cada línea puede comprobarse a mano. Si alguna está mal, indique cuál y se revisará.",
        "每一行均可人工核对。如有不符，请指出具体行，我们将予核查。",
    ),
    "page": Text("Page", "Página", "页"),
}
