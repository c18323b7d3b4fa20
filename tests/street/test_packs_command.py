"""``arrears packs check``: one line when all is well, every mistake with its remedy when not."""

from pathlib import Path

from click.testing import CliRunner

from arrears.cli.packs import command


def test_the_shipped_packs_pass_and_say_how_much_was_proved() -> None:
    result = CliRunner().invoke(command, ["check"])
    assert result.exit_code == 0, result.output
    tables, rules = result.output.splitlines()
    assert tables.endswith("cases met, nothing is missing.")
    assert rules.endswith("cases answered as they say.")


def test_a_broken_pack_fails_with_place_and_remedy_in_the_language_asked_for(tmp_path: Path) -> None:
    (tmp_path / "wrong.yaml").write_text("id: other\ntitle: {en: w, es: w, zh: w}\n", encoding="utf-8")
    result = CliRunner().invoke(command, ["check", str(tmp_path), "--language", "es"])
    assert result.exit_code == 1
    assert result.output == "wrong.yaml: El id other no es la ruta del archivo. Escriba id: wrong.\n"
