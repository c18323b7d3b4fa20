"""A ZIP of rules from the page: broken, hostile or empty ones are a mistake with its words, never a fault."""

import io
import zipfile

from arrears.kernel.problems import Problem
from arrears.web.upgrade.folders import unpacked


def _zip(**files):
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, text in files.items():
            archive.writestr(f"{name}.yaml", text)
    return held.getvalue()


def _code(content):
    found = unpacked(content)
    return found.code if isinstance(found, Problem) else sorted(found)


def test_whatever_byte_is_broken_the_answer_is_files_or_a_mistake():
    whole = _zip(**{"compliance/local/night": "title: night\n" * 50})
    assert _code(whole) == ["compliance/local/night.yaml"]
    broken = [_code(whole[:at] + bytes([whole[at] ^ 0x55]) + whole[at + 1 :]) for at in range(len(whole))]
    assert "no_zip" in broken
    assert _code(whole[:40]) == "no_zip"


def test_rules_outside_their_folder_are_none():
    assert _code(_zip(**{"../compliance/local/night": "a: 1", "elsewhere/night": "a: 1"})) == "no_rules"


def test_more_than_a_folder_of_rules_takes_is_refused_unread():
    assert _code(_zip(**{"compliance/local/night": "a" * 16_000_001})) == "too_much"
