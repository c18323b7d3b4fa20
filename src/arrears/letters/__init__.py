"""Words to paper: templates of our own, set by typst, found in ``templates/`` by name. Nothing here is ever sent."""

from arrears.letters.making import TEMPLATES, families_missing_for, make, templates
from arrears.letters.notice import Envelope, notice_words, plain_text
from arrears.letters.statement import Heading, statement_words

__all__ = [
    "TEMPLATES",
    "Envelope",
    "Heading",
    "families_missing_for",
    "make",
    "notice_words",
    "plain_text",
    "statement_words",
    "templates",
]
