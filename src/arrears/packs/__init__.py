"""The rules themselves, as files: compliance, strategy, scripts, practices; and the loader that finds them."""

from arrears.packs.checking import check
from arrears.packs.loading import DEFAULT_STRATEGY, Pack, load, read_pack, strategies
from arrears.packs.rules import CodeList, Rule
from arrears.packs.sources import ROOT, Source, content_hash, sources, text_of

__all__ = [
    "DEFAULT_STRATEGY",
    "ROOT",
    "CodeList",
    "Pack",
    "Rule",
    "Source",
    "check",
    "content_hash",
    "load",
    "read_pack",
    "sources",
    "strategies",
    "text_of",
]
