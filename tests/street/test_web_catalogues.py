"""Catalogues are compiled when they are older than their texts, and only then."""

import gettext
import os

from arrears.web.catalogues import compile_stale

TEXT = 'msgid ""\nmsgstr "Content-Type: text/plain; charset=UTF-8\\n"\n\nmsgid "Pay"\nmsgstr "Pagar"\n'


def test_a_catalogue_is_compiled_once_and_again_when_its_text_is_newer(tmp_path):
    po = tmp_path / "es" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text(TEXT)
    assert compile_stale(tmp_path) == [po]
    assert compile_stale(tmp_path) == []
    assert gettext.translation("django", tmp_path, ["es"]).gettext("Pay") == "Pagar"
    os.utime(po, ns=(po.stat().st_atime_ns, po.with_suffix(".mo").stat().st_mtime_ns + 1))
    assert compile_stale(tmp_path) == [po]
