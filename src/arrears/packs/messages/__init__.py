"""Templates of messages: words in three languages with named places, and what they carry, speak of and reveal.

One file is one template, its id the path. ``parts.yaml`` holds lines that several templates close with: who writes, how
to opt out, what a debt collector has to say. A line that does not fit the channel or the sender is left out.
"""

import hashlib
import json
import string
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, Final  # Any: a YAML document is of any shape until its reader has looked

from arrears.domain.contacts import Channel, Purpose
from arrears.domain.messages import CHANNELS
from arrears.domain.wording import Block, Topic
from arrears.engine.gate import CollectorKind
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import LANGUAGES, Text
from arrears.packs.problems import problem
from arrears.packs.sources import ROOT, Source, sources, text_of

UNDER: Final = "messages"
PARTS: Final = f"{UNDER}/parts"
PLACES: Final = frozenset(
    {
        "name", "collector", "creditor", "number", "contact", "write_to", "as_of", "balance", "arrears",
        "days_past_due", "promised", "promised_on", "instalment", "instalment_on", "plan_count", "plan_total",
    }
)  # fmt: skip
"""Places that are filled from the book; a template names all others under ``given``, for whoever queues it to fill."""
MONEY: Final = frozenset({"balance", "arrears", "promised", "instalment", "plan_total"})
"""Places that hold an amount: words with one of them speak of an amount."""
WITH_SUBJECT: Final = frozenset({Channel.EMAIL, Channel.LETTER})


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """A closing line: the blocks it carries, and for which channels and senders (empty: all) it is meant."""

    name: str
    words: Text
    blocks: frozenset[Block]
    channels: frozenset[Channel]
    collectors: frozenset[CollectorKind]

    def fits(self, channel: Channel, collector: CollectorKind | None) -> bool:
        """Return whether the line belongs on a message of this channel from such a sender."""
        is_meant = not self.collectors or collector in self.collectors
        return is_meant and (not self.channels or channel in self.channels)


@dataclass(frozen=True, slots=True, kw_only=True)
class Template:
    """Words for one purpose. ``given`` are places that whoever queues it fills; ``subject`` is empty for texts."""

    id: str
    title: Text
    channels: frozenset[Channel]
    purpose: Purpose
    reveals_debt: bool
    blocks: frozenset[Block]
    mentions: frozenset[Topic]
    given: frozenset[str]
    parts: tuple[Part, ...]
    subject: Text
    words: Text

    @property
    def name(self) -> str:
        """Return what permits and messages call it: the id without its folder."""
        return self.id.removeprefix(f"{UNDER}/")

    @property
    def digest(self) -> str:
        """Return what changes when its words do, in any language or closing line."""
        said = [self.subject, self.words, *(part.words for part in self.parts)]
        return hashlib.sha256(json.dumps(said, ensure_ascii=False).encode()).hexdigest()[:16]

    def parts_for(self, channel: Channel, collector: CollectorKind | None) -> tuple[Part, ...]:
        """Return the closing lines of a message of this channel from such a sender."""
        return tuple(part for part in self.parts if part.fits(channel, collector))

    def blocks_for(self, channel: Channel, collector: CollectorKind | None) -> frozenset[Block]:
        """Return the parts of a message, in the law's sense, that its words carry."""
        return self.blocks.union(*(part.blocks for part in self.parts_for(channel, collector)))

    def places(self, channel: Channel, collector: CollectorKind | None) -> frozenset[str]:
        """Return the names of the places to be filled."""
        lines = (self.subject, self.words, *(part.words for part in self.parts_for(channel, collector)))
        return frozenset(name for line in lines for name in places_in(line.en))


@cache
def templates(root: Path = ROOT) -> Mapping[str, Template]:
    """Return all templates by name. Raises ValueError where a file is not as it must be."""
    found, problems = _read_all(root)
    if problems:
        raise ValueError("\n".join(each.said_in("en") for each in problems))
    return {template.name: template for template in found}


def check_rules(root: Path) -> list[Problem]:
    """Return everything wrong with the templates of a root of packs."""
    return _read_all(root)[1]


def _read_all(root: Path) -> tuple[list[Template], list[Problem]]:
    files, problems = sources(UNDER, root)
    found = list(problems)
    parts = {}
    for source in files:
        if source.id == PARTS:
            parts = {name: _part(name, said) for name, said in source.said["parts"].items()}
    made: list[Template] = []
    for source in files:
        if source.id != PARTS:
            try:
                template = _template(source, parts)
                found += _faults(template, source)
                made.append(template)
            except (KeyError, ValueError) as wrong:
                found.append(problem("message_unreadable", Where(source.file), said=str(wrong)))
    return made, found


def _part(name: str, said: Mapping[str, Any]) -> Part:
    return Part(
        name=name,
        words=text_of(said["words"]),
        blocks=frozenset(map(Block, said.get("blocks", ()))),
        channels=frozenset(map(Channel, said.get("channels", ()))),
        collectors=frozenset(map(CollectorKind, said.get("collectors", ()))),
    )


def _template(source: Source, parts: Mapping[str, Part]) -> Template:
    said = source.said
    return Template(
        id=source.id,
        title=text_of(said["title"]),
        channels=frozenset(map(Channel, said["channels"])),
        purpose=Purpose(said["purpose"]),
        reveals_debt=bool(said["reveals_debt"]),
        blocks=frozenset(map(Block, said.get("blocks", ()))),
        mentions=frozenset(map(Topic, said.get("mentions", ()))),
        given=frozenset(said.get("given", ())),
        parts=tuple(parts[name] for name in said.get("parts", ())),
        subject=text_of(said.get("subject", {})),
        words=text_of(said["words"]),
    )


def places_in(words: str) -> frozenset[str]:
    """Return the names of the places in words; raises ValueError where braces do not match."""
    return frozenset(name for _, name, _, _ in string.Formatter().parse(words) if name is not None)


def _faults(template: Template, source: Source) -> Iterable[Problem]:
    """Yield what is wrong with a template that reads."""

    def wrong(said: str) -> Problem:
        return problem("message_unreadable", Where(source.file), said=said)

    if not template.channels <= set(CHANNELS):
        yield wrong(f"nothing is sent by machine over {sorted(template.channels - set(CHANNELS))}")
    if template.channels & WITH_SUBJECT and not template.subject.en:
        yield wrong("an e-mail and a letter have a subject")
    for line in (template.subject, template.words, *(part.words for part in template.parts)):
        by_language = [places_in(line.said_in(language)) for language in LANGUAGES]
        if len(set(by_language)) > 1:
            yield wrong(f"the languages fill different places: {sorted(frozenset().union(*by_language))}")
    places = frozenset().union(*(template.places(channel, kind) for channel in CHANNELS for kind in CollectorKind))
    if unknown := places - PLACES - template.given:
        yield wrong(f"nobody fills {', '.join(sorted(unknown))}")
    if places & MONEY and Topic.AMOUNT not in template.mentions:
        yield wrong("words with an amount mention amount")
    if template.mentions & {Topic.DEBT, Topic.AMOUNT} and not template.reveals_debt:
        yield wrong("words that mention a debt reveal it")
    if secrets := places_in(template.subject.en) & (MONEY | {"number", "creditor", "days_past_due"}):
        yield wrong(f"a subject is seen by others: {', '.join(sorted(secrets))}")
