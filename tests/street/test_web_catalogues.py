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


MANY = (
    'msgid ""\nmsgstr ""\n"Plural-Forms: nplurals=1; plural=0;\\n"\n\n'
    'msgid "one debt"\nmsgid_plural "debts"\nmsgstr[0] "%s"\n'
)


def test_a_language_of_one_form_has_its_words_for_many_too(tmp_path):
    po = tmp_path / "zh_Hans" / "LC_MESSAGES" / "django.po"
    po.parent.mkdir(parents=True)
    po.write_text(MANY % "债务")
    compile_stale(tmp_path)
    assert gettext.translation("django", tmp_path, ["zh_Hans"]).ngettext("one debt", "debts", 5) == "债务"
