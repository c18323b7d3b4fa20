"""What to say when a fact is missing: its name for programs, words for people."""

from typing import Final

from arrears.facts.asked import asked_facts
from arrears.kernel.texts import Text

SENTENCE: Final = Text(
    "Not known: {fact}. What is not known is not allowed.",
    "No se sabe: {fact}. Lo que no se sabe no se permite.",
    "未知：{fact}。未知即不允许。",
)


def words_for(fact: str) -> Text:
    """Return the sentence that ``fact`` is missing; the bare name where no words are kept for it."""
    asked = asked_facts().get(fact)
    named = asked.words if asked else Text(fact, fact, fact)
    return Text(*(sentence.format(fact=words) for sentence, words in zip(SENTENCE, named, strict=True)))
