"""Amounts that are no figure of the ledger, a plan or an approved offer."""

from collections.abc import Iterator

from arrears.engine.checker.amounts import Said, amounts_in
from arrears.engine.checker.folding import Folded
from arrears.engine.checker.report import Setting


def find(folded: Folded, setting: Setting, _rule: object, _language: str | None) -> Iterator[tuple[int, int]]:
    """Yield amounts that equal none of the setting's; nothing where the setting has no figures to compare with."""
    if setting.amounts is not None:
        for said in amounts_in(folded.text):
            if not _is_true(said, setting):
                yield said.start, said.until


def _is_true(said: Said, setting: Setting) -> bool:
    assert setting.amounts is not None
    return any(
        said.in_minor(code or setting.currency) == minor
        for minor, code in setting.amounts
        if said.currency in {None, code or setting.currency or None}
    )
