"""The checker of words: what outgoing words, notes and transcripts must not say, and which parts they carry."""

from arrears.engine.checker.report import KEPT, Category, Decided, Figure, Finding, Kind, Report, Setting

__all__ = ["KEPT", "Category", "Decided", "Figure", "Finding", "Kind", "Report", "Setting"]
