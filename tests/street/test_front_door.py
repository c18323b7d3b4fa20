"""The front door: what it makes, when it makes it again, and what it says on a machine that lacks something."""

import os
import subprocess
from pathlib import Path

import pytest

from arrears.config import environment, front_door
from arrears.config.environment import Environment

ROOT = Path(__file__).resolve().parents[2]


def test_a_machine_without_a_fitting_python_is_told_in_one_sentence_how_to_get_one(tmp_path):
    for name in ("dirname", "pwd"):
        found = next(p for folder in os.environ["PATH"].split(":") if (p := Path(folder) / name).exists())
        (tmp_path / name).symlink_to(found)
    said = subprocess.run(
        ["/bin/sh", str(ROOT / "arrears"), "demo"],
        env={"PATH": str(tmp_path)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert said.returncode == 1
    assert said.stderr.count("\n") == 1
    assert "Python 3.11 or newer is needed" in said.stderr
    assert "apt install python3" in said.stderr


def test_a_folder_that_is_no_environment_is_left_alone(tmp_path, monkeypatch):
    precious = tmp_path / "venv"
    precious.mkdir()
    (precious / "thesis.txt").write_text("years of work")
    monkeypatch.setenv("ARREARS_VENV", str(precious))
    with pytest.raises(front_door.Refused, match="is no Python environment"):
        front_door.environment("demo")
    assert (precious / "thesis.txt").read_text() == "years of work"


@pytest.mark.parametrize(
    ("command", "stamp", "lock"),
    [("demo", "", "run"), ("test", "", "test"), ("demo", "test abc", "test"), ("test", "run abc", "test")],
)
def test_the_test_tools_come_with_the_first_test_and_stay(command, stamp, lock):
    assert front_door.wanted_lock(command, stamp) == lock


def test_the_environment_is_made_again_when_the_lock_changes(tmp_path, monkeypatch):
    (tmp_path / "requirements").mkdir()
    for name in ("requirements/run.lock", "pyproject.toml", "hatch_build.py"):
        (tmp_path / name).write_text("as it was")
    monkeypatch.setattr(front_door, "ROOT", tmp_path)
    before = front_door.fingerprint("run")
    assert front_door.fingerprint("run") == before
    (tmp_path / "requirements/run.lock").write_text("one hash differs")
    assert front_door.fingerprint("run") != before


def test_the_locks_name_no_index_and_give_a_hash_for_every_package():
    for lock in ("run", "test"):
        lines = (ROOT / f"requirements/{lock}.lock").read_text().splitlines()
        assert not [line for line in lines if "://" in line or line.startswith("-")]
        packages = [i for i, line in enumerate(lines) if line and not line.startswith((" ", "#"))]
        assert packages
        assert all("--hash=sha256:" in lines[i + 1] for i in packages)


def test_settings_without_any_variable_are_the_defaults():
    assert isinstance(environment.read({}), Environment)


def test_every_wrong_setting_is_named_at_once_with_its_remedy():
    problems = environment.read(
        {
            "ARREARS_SECRET_KEY": "short",
            "ARREARS_POSTGRES_VERSION": "9.6",
            "ARREARS_DATABASE_URL": "mysql://x",
            "ARREARS_SECURE": "yes",
        }
    )
    assert isinstance(problems, list)
    assert "Debe ser 16 o 18" in " ".join(problem.said_in("es") for problem in problems)
    assert {problem.where.field for problem in problems} == {
        "ARREARS_SECRET_KEY",
        "ARREARS_POSTGRES_VERSION",
        "ARREARS_DATABASE_URL",
        "ARREARS_SECURE",
    }


@pytest.mark.parametrize(("length", "accepted"), [(31, False), (32, True)])
def test_a_secret_key_needs_thirty_two_characters(length, accepted):
    assert isinstance(environment.read({"ARREARS_SECRET_KEY": "k" * length}), Environment) is accepted


def test_a_kept_key_is_made_once_and_private(tmp_path):
    settings = Environment(home=tmp_path)
    key = settings.key()
    assert Environment(home=tmp_path).key() == key
    assert len(key) == 64
    assert (tmp_path / "secret.key").stat().st_mode & 0o777 == 0o600


def test_each_role_has_its_own_password_on_a_server_of_your_own():
    settings = Environment(secret_key="k" * 32)
    assert settings.role_password("arrears_web") != settings.role_password("arrears_night")
