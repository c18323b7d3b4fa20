"""Rules switched from the library, and other rules proposed, tried, and approved by a second person, over the pages."""

import io
import sys
import zipfile
from pathlib import Path
from typing import Any

import pytest

from arrears.kernel.problems import Problem
from arrears.packs.compliance import shipped_files
from arrears.web.upgrade.folders import unpacked

CONFTEST = Path(__file__).with_name("conftest.py")
QUIET = """title: {en: Quiet, es: Silencio, zh: 安静}
words: {en: Nobody is called., es: No se llama a nadie., zh: 不联系任何人。}
severity: BLOCK
kind: debt_status
parameters: {statuses: [open, charged_off]}
"""


def signed_in(who: str, language: str = "en") -> Any:
    street = next(m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(CONFTEST))
    return street.signed_in(who, language)


def zipped(files: dict[str, str]) -> Any:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as archive:
        for name, text in files.items():
            archive.writestr(name, text)
    out.seek(0)
    out.name = "rules.zip"
    return out


def today() -> str:
    from arrears.config import clock

    return clock.today_in("America/New_York").isoformat()


def test_compliance_switches_a_rule_on_under_a_name_and_others_only_see_it(town: Any) -> None:
    carol, alice = signed_in("carol"), signed_in("alice")
    page = "/rules/uk.fg21-1/"
    assert 'value="switch_on"' in carol.get(page).content.decode()
    assert 'value="switch_on"' not in alice.get(page).content.decode()
    asked = {"act": "switch_on", "reason": "counsel read it", "from_on": today()}
    assert alice.post(f"{page}settle/", asked).status_code == 403
    assert carol.post(f"{page}settle/", {**asked, "reason": ""}).status_code == 422
    assert carol.post(f"{page}settle/", {**asked, "from_on": "soon"}).status_code == 422
    assert carol.post(f"{page}settle/", asked).status_code == 302
    shown = alice.get(page).content.decode()
    assert "counsel read it" in shown
    assert "Carol" in shown
    assert "uk.fg21-1" in alice.get("/rules/?state=on&source=MV").content.decode()
    assert carol.post("/rules/core.night/settle/", {**asked, "act": "switch_off"}).status_code == 422
    assert carol.post(f"{page}settle/", {**asked, "act": "switch_off"}).status_code == 302


def test_the_library_is_filtered_by_status(town: Any) -> None:
    shown = signed_in("alice").get("/rules/?status=draft").content.decode()
    assert "in.rbi.2026.draft" in shown
    assert "us.regf.1006.6.c" not in shown


def test_a_folder_is_proposed_tried_and_approved_by_somebody_else(town: Any) -> None:
    carol, mona = signed_in("carol"), signed_in("mona")
    asked = {"reason": "the board asks", "from_on": today(), "rule": "", "value": ""}
    broken = carol.post("/proposals/", {**asked, "folder": zipped({"compliance/us/x.yaml": QUIET})})
    assert broken.status_code == 422
    files = {"rules/compliance/local/quiet.yaml": QUIET}
    made = carol.post("/proposals/", {**asked, "folder": zipped(files)})
    assert made.status_code == 302
    page = made.headers["Location"]
    assert "Try some more" in carol.get(page).content.decode()
    assert mona.post(f"{page}decide/", {"verb": "approve"}).status_code == 422
    answer = carol.post(f"{page}try/", headers={"HX-Request": "true"})
    assert answer.headers["HX-Redirect"] == page
    shown = carol.get(page).content.decode()
    assert "local.quiet" in shown
    assert "Nobody is called." in shown
    assert 'value="approve"' not in shown
    assert carol.get(f"{page}difference-light.svg").content.startswith(b"<svg")
    assert carol.post(f"{page}decide/", {"verb": "approve"}).status_code == 422
    assert mona.post(f"{page}decide/", {"verb": "drop", "reason": ""}).status_code == 422
    for language, words in (("es", "Ahora rechazadas"), ("zh-hans", "新增拒绝")):
        mona.post("/language/", {"language": language})
        assert words in mona.get(page).content.decode()
    mona.post("/language/", {"language": "en"})
    assert mona.post(f"{page}decide/", {"verb": "approve", "reason": "seen"}).status_code == 302
    assert "local.quiet" in carol.get("/rules/").content.decode()
    assert "approved" in carol.get("/proposals/").content.decode()
    assert signed_in("alice").get("/proposals/").status_code == 403


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"no zip at all", "no_zip"),
        (zipped({"notes.yaml": "a: 1"}).read(), "no_rules"),
        (zipped({f"compliance/local/{n}.yaml": "" for n in range(5001)}).read(), "too_much"),
    ],
)
def test_what_is_no_folder_of_rules_is_refused(content, code):
    refused = unpacked(content)
    assert isinstance(refused, Problem)
    assert refused.code == code


def test_a_folder_is_found_wherever_it_lies_in_the_file():
    name = "compliance/core/night.yaml"
    assert unpacked(zipped({f"a/b/{name}": shipped_files()[name]}).read()) == {name: shipped_files()[name]}
