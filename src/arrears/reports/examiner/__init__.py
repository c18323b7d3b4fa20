"""The examiner's pack: contacts with their permits, words, notices, holds and case files, as data and as a PDF."""

from arrears.reports.examiner.gathered import Gathered, gather
from arrears.reports.examiner.packing import Pack, pack

__all__ = ["Gathered", "Pack", "gather", "pack"]
