"""Facts: found, not listed; each with its words, unit and what null means; said as a cell would write them."""

import pytest

from arrears.domain.holds import HoldKind
from arrears.facts import NULL, Code, Fact, registry
from arrears.kernel.texts import Text

WORDS = Text("w", "w", "w")
FACTS = [pytest.param(fact, id=name) for name, fact in registry().items()]


@pytest.mark.parametrize("fact", FACTS)
def test_a_fact_has_words_a_source_and_a_null_that_means_something(fact: Fact) -> None:
    assert all(fact.words)
    assert fact.source
    assert fact.unit or fact.kind in {"flag", "code", "set"}
    assert fact.may_be_null == (fact.absent == NULL)
    assert fact.null_means is None or all(fact.null_means)
    low, high = fact.range
    assert fact.may_be_null or low <= fact.absent <= high


def test_every_kind_of_hold_has_its_code() -> None:
    assert {code.name for code in registry()["hold"].codes} == {"none", *(kind.value for kind in HoldKind)}


def test_currencies_stand_under_their_iso_numbers() -> None:
    fact = registry()["currency"]
    assert [fact.number_of(name) for name in ("USD", "CNY", "EUR", "XXX")] == [840, 156, 978, None]


def test_values_are_said_as_cells_write_them() -> None:
    kind = Fact("kind", "code", "", "test", WORDS).with_codes((Code(2, "two", WORDS), Code(1, "one", WORDS)))
    marks = Fact("marks", "set", "", "test", WORDS).with_codes(kind.codes)
    day = Fact("day", "date", "day", "test", WORDS, WORDS, absent=NULL)
    flag = Fact("flag", "flag", "", "test", WORDS)
    assert [kind.said(1), kind.said(9), kind.range] == ["one", "9", (1, 2)]
    assert [marks.said(0), marks.said(0b110)] == ["none", "one + two"]
    assert [day.said(0), day.said(-1), day.said(NULL)] == ["1970-01-01", "1969-12-31", "null"]
    assert [flag.said(0), flag.said(1)] == ["false", "true"]
    assert kind.code_of(3) is None
