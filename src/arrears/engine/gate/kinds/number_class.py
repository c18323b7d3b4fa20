"""Numbers that cost more to call back than they should: known by how they begin."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from arrears.engine.gate.asking import Case
from arrears.engine.gate.parameters import Parameters
from arrears.engine.gate.rules import Evaluator, Finding, Stage
from arrears.kernel.intervals import ALWAYS


@dataclass(frozen=True, slots=True)
class NumberClass(Evaluator):
    """Refuses a shown number, or one given to be called back, that begins with any of ``prefixes``.

    However it is written: with 00, with a 0 in brackets, or in national form, whose 0 stands for ``calling_code``.
    """

    prefixes: tuple[str, ...]
    calling_code: str = ""
    stage = Stage.PERSON
    fact_names = frozenset({"number"})

    def bars(self, case: Case) -> Iterable[Finding]:
        shown = case.proposal.from_number
        given = case.proposal.facts.get("call_back_number")
        for number in filter(None, (shown.value if shown else None, str(given) if given else None)):
            if self._plain(number).startswith(self.prefixes):
                yield Finding(ALWAYS, {"number": number})

    def _plain(self, number: str) -> str:
        """Return the number as it is dialled from abroad; a short one without a leading 0 stays as it is."""
        bare = re.sub(r"[^+0-9]", "", number.replace("(0)", ""))
        if bare.startswith("00"):
            return f"+{bare[2:]}"
        return f"{self.calling_code}{bare[1:]}" if self.calling_code and bare.startswith("0") else bare


def read(given: Parameters) -> NumberClass:
    """``prefixes``: beginnings of numbers in international form, or short ones; ``calling_code``: what 0 stands for."""
    return NumberClass(given.names("prefixes"), given.text("calling_code") or "")
