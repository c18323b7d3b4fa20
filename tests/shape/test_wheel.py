"""The wheel holds everything, and starts in an empty environment far from the checkout."""

import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from arrears.config.postgres import remove

ROOT = Path(__file__).resolve().parents[2]
PACKAGE = ROOT / "src" / "arrears"
pytestmark = [pytest.mark.wheel, pytest.mark.long]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory):
    out = tmp_path_factory.mktemp("wheel")
    build = [sys.executable, "-m", "build", "--wheel", "--no-isolation", "--outdir", str(out), str(ROOT)]
    done = subprocess.run(build, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stdout + done.stderr
    return next(out.glob("*.whl"))


@pytest.fixture(scope="module")
def installed(wheel, tmp_path_factory):
    """An empty environment that holds the wheel and what the lock names, nothing of the checkout."""
    venv = tmp_path_factory.mktemp("empty") / "venv"
    subprocess.run([sys.executable, "-m", "venv", str(venv)], check=True)
    pip = [str(venv / "bin" / "python"), "-m", "pip", "install", "-q", "--disable-pip-version-check"]
    lock = ["--require-hashes", "-r", str(ROOT / "requirements" / "run.lock")]
    subprocess.run([*pip, *lock], check=True, capture_output=True)
    subprocess.run([*pip, "--no-deps", str(wheel)], check=True, capture_output=True)
    return venv


def start(installed: Path, home: Path, *words: str) -> "subprocess.CompletedProcess[str]":
    kept = {name: value for name, value in os.environ.items() if not name.startswith(("ARREARS_", "PYTHON", "DJANGO"))}
    program = [str(installed / "bin" / "arrears"), *words]
    surroundings = {**kept, "ARREARS_HOME": str(home)}
    return subprocess.run(program, cwd="/", env=surroundings, capture_output=True, text=True, check=False, timeout=300)


def test_the_wheel_holds_every_pack_template_static_file_and_the_typing_mark(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    code = {"__pycache__"}
    ours = {
        str(path.relative_to(PACKAGE.parent))
        for path in PACKAGE.rglob("*")
        if path.is_file() and not code & set(path.parts) and path.suffix not in {".pyc", ".mo"}
    }
    assert "arrears/py.typed" in inside
    assert not ours - inside


def test_the_wheel_holds_each_translation_compiled(wheel):
    inside = set(zipfile.ZipFile(wheel).namelist())
    catalogues = [path.relative_to(PACKAGE.parent).with_suffix(".mo") for path in PACKAGE.rglob("*.po")]
    assert catalogues
    assert {str(path) for path in catalogues} <= inside


def test_the_wheel_keeps_the_one_form_that_chinese_has_for_many(wheel):
    archive = zipfile.ZipFile(wheel)
    ours = [name for name in archive.namelist() if name.endswith("zh_Hans/LC_MESSAGES/django.mo")]
    assert ours
    assert [name for name in ours if b"nplurals=1; plural=0" not in archive.read(name)] == []


def test_the_wheel_names_its_licence_and_its_program(wheel):
    archive = zipfile.ZipFile(wheel)
    told = {Path(name).name: name for name in archive.namelist() if ".dist-info/" in name}
    assert "License-Expression: Apache-2.0" in archive.read(told["METADATA"]).decode()
    assert "arrears = arrears.cli.main:main" in archive.read(told["entry_points.txt"]).decode()


def test_the_installed_program_makes_its_database_and_checks_its_packs_without_the_checkout(installed, tmp_path):
    assert start(installed, tmp_path, "--version").stdout.startswith("arrears, version")
    migrated = start(installed, tmp_path, "migrate")
    assert migrated.returncode == 0, migrated.stderr
    checked = start(installed, tmp_path, "packs", "check")
    assert checked.returncode == 0, checked.stdout + checked.stderr
    remove(tmp_path / "postgres-18")
