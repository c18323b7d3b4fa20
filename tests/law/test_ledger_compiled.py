"""Where compiled code is kept."""

from pathlib import Path

from arrears.engine.ledger.compiled import cache_folder, is_ours


def test_compiled_code_is_kept_where_only_we_can_write() -> None:
    folder = cache_folder()
    assert folder is not None
    assert folder.is_dir()
    assert folder.stat().st_mode & 0o022 == 0


def test_a_folder_that_cannot_be_made_is_not_used(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    assert not is_ours(tmp_path / "file" / "ledger")
    assert is_ours(tmp_path / "ledger")
