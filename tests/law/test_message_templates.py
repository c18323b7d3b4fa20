"""Templates of messages: whole in three languages, honest about what they carry, refused where they are not."""

from pathlib import Path
from typing import Any

import pytest
import yaml

from arrears.domain.contacts import Channel
from arrears.domain.wording import Block
from arrears.engine.gate import CollectorKind
from arrears.packs.messages import check_rules, templates
from arrears.packs.sources import ROOT

GOOD: dict[str, Any] = {
    "id": "messages/one",
    "title": {"en": "One", "es": "Uno", "zh": "一"},
    "channels": ["email"],
    "purpose": "collect",
    "reveals_debt": True,
    "mentions": ["debt", "amount"],
    "subject": {"en": "For you", "es": "Para usted", "zh": "给您"},
    "words": {"en": "{name} {balance}", "es": "{name} {balance}", "zh": "{name} {balance}"},
}


def faults(folder: Path, **changed: Any) -> list[str]:
    place = folder / "messages"
    place.mkdir(exist_ok=True)
    said = {name: value for name, value in {**GOOD, **changed}.items() if value is not None}
    (place / "one.yaml").write_text(yaml.safe_dump(said, allow_unicode=True))
    return [found.said_in("en") for found in check_rules(folder)]


def test_what_ships_is_whole() -> None:
    assert check_rules(ROOT) == []
    assert {"arrears_reminder", "arrears_text", "promise_reminder", "plan_confirmation", "stop_confirmation", "reply",
        "location_letter"} <= set(templates())  # fmt: skip


def test_a_whole_template_has_no_fault(tmp_path: Path) -> None:
    assert faults(tmp_path) == []


@pytest.mark.parametrize(
    ("changed", "said"),
    [
        ({"words": {"en": "{name}", "es": "hola", "zh": "{name}"}}, "fill different places"),
        ({"words": {"en": "{nobody}", "es": "{nobody}", "zh": "{nobody}"}}, "nobody fills nobody"),
        ({"words": {"en": "{name", "es": "{name", "zh": "{name"}}, "does not read"),
        ({"mentions": ["debt"]}, "words with an amount mention amount"),
        ({"reveals_debt": False}, "reveal it"),
        ({"channels": ["call"]}, "nothing is sent by machine"),
        ({"channels": ["pigeon"]}, "does not read"),
        ({"subject": None}, "have a subject"),
        ({"subject": {"en": "{balance}", "es": "{balance}", "zh": "{balance}"}}, "seen by others"),
        ({"purpose": None}, "does not read"),
    ],
)
def test_a_template_that_is_not_whole_says_why(tmp_path: Path, changed: dict[str, Any], said: str) -> None:
    assert any(said in found for found in faults(tmp_path, **changed)), faults(tmp_path, **changed)


def test_closing_lines_fit_the_channel_and_who_writes() -> None:
    reminder = templates()["arrears_reminder"]
    agency = reminder.blocks_for(Channel.EMAIL, CollectorKind.AGENCY)
    assert {Block.OPT_OUT, Block.FROM_A_COLLECTOR, Block.ATTEMPT_TO_COLLECT, Block.CONTACT_POINT} <= agency
    creditor = reminder.blocks_for(Channel.EMAIL, CollectorKind.CREDITOR)
    assert Block.FROM_A_COLLECTOR not in creditor
    assert Block.OPT_OUT not in reminder.blocks_for(Channel.LETTER, CollectorKind.AGENCY)


def test_who_must_not_learn_of_a_debt_is_told_nothing() -> None:
    for name in ("stop_confirmation", "location_letter"):
        template = templates()[name]
        places = frozenset().union(*(template.places(one, CollectorKind.AGENCY) for one in template.channels))
        assert not template.reveals_debt
        assert not places & {"balance", "arrears", "number", "creditor"}
