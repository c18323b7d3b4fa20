"""The rules of takings: what binds was verified, what was not is off, and every reason says what it calls for."""

from typing import Any

import pytest

from arrears.kernel.texts import LANGUAGES
from arrears.packs.takings import TREATMENTS, VERIFIED, _rule, takings

ROW: dict[str, Any] = {
    "id": "x", "kind": "notice", "is_on": True, "days": 3,
    "title": {"en": "a", "es": "a", "zh": "a"}, "words": {"en": "a", "es": "a", "zh": "a"},
    "law": {"citation": "1 X 2", "effective_from": "2020-01-01", "source": "S2"},
}  # fmt: skip


def test_every_rule_that_is_on_was_verified_and_every_unverified_one_is_off() -> None:
    for rule in takings().rules.values():
        assert not rule.is_on or rule.source in VERIFIED, rule.id
        assert rule.source == "house" or rule.citation, rule.id


@pytest.mark.parametrize(
    "law",
    [{"source": "MV"}, {"source": "S2/MV"}, {"effective_from": None}, {"citation": ""}],
    ids=lambda law: next(iter(law)),
)
def test_a_row_of_law_that_is_on_without_what_it_needs_is_refused(law: dict[str, Any]) -> None:
    assert _rule(ROW).days == 3
    with pytest.raises(ValueError, match="x:"):
        _rule(ROW | {"law": ROW["law"] | law})


@pytest.mark.parametrize("kind", ["represent", "bounds", "recurring", "oral", "notice", "fee"])
def test_each_kind_of_rule_binds_everybody_by_a_row_of_the_house(kind: str) -> None:
    for scheme, country in (("ach", "US"), ("sepa", "ES"), ("card", "KE"), ("bacs", "GB")):
        found = takings().binding(kind, scheme=scheme, country=country, debt_kind="loan")
        assert any(rule.source == "house" for rule in found), (kind, scheme)


def test_a_word_of_a_bank_nobody_knows_is_looked_at_by_a_human() -> None:
    pack = takings()
    assert {reason.treat for reason in pack.reasons.values()} == TREATMENTS
    assert pack.reason("never heard of").treat == "human"
    assert pack.reason("R01") == pack.reason("insufficient_funds")
    assert all(reason.title.said_in(language) for reason in pack.reasons.values() for language in LANGUAGES)
