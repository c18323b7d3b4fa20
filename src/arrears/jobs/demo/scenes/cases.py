"""Case files of the last weeks: one is answered, the others run their clocks; one person needs care."""

from datetime import timedelta
from typing import Any, Final

from arrears.actions import cases
from arrears.actions.cases import care, papers
from arrears.domain.care import Driver, Need, NeedKind
from arrears.domain.case_files import CaseKind
from arrears.jobs.demo.stage import Scene, Stage
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.store.doors import postings

_OPENED: Final[dict[str, tuple[tuple[CaseKind, int, str, dict[str, Any]], ...]]] = {
    "northfield": (
        (CaseKind.DISPUTE, 4, "Says the late charge of August was waived by telephone.", {"written": True}),
        (CaseKind.COMPLAINT, 9, "Calls during her shift although she asked for evenings.", {}),
        (CaseKind.COMPLAINT, 2, "Dice que la carta llegó a casa de su hermano.", {}),
        (CaseKind.BANKRUPTCY, 12, "Letter from her attorney.", {"chapter": "13", "court": "S.D. Tex."}),
        (CaseKind.DECEASED, 6, "His daughter called; the certificate is on its way.", {}),
        (CaseKind.IDENTITY_THEFT, 3, "Police report follows.", {}),
    ),
    "qinghe": (
        (CaseKind.COMPLAINT, 5, "投诉催收员晚上十点以后来电。", {}),
        (CaseKind.DISPUTE, 8, "认为八月的违约金计算有误。", {"written": True}),
        (CaseKind.IDENTITY_THEFT, 1, "称身份证遗失后被他人冒用。", {}),
        (CaseKind.DECEASED, 15, "家属来电告知，死亡证明待寄。", {}),
    ),
}
_REASON: Final = {
    "northfield": "Was in hospital in October and tires quickly; mornings are bad.",
    "qinghe": "十月住院，容易疲劳，上午不便。",
}
_PLACE: Final = 10


def play(stage: Stage) -> None:
    """Open the files, acknowledge the first complaint, and note what one person needs."""
    opened = _OPENED[stage.lender.code]
    debts = stage.some(_PLACE, len(opened) + 1)
    for debt, (kind, days, words, facts) in zip(debts, opened, strict=False):
        with stage.acting():
            case = _open(stage, debt, kind, days, words, facts)
            if kind is CaseKind.COMPLAINT:
                _sure(cases.answer(case, "acknowledged", now=stage.now, paper=_paper(stage)))
            if kind is CaseKind.DISPUTE:
                _sure(
                    papers.add_paper(
                        case, words.encode(), now=stage.now, paper={**_paper(stage), "name": "dispute.txt"}
                    )
                )
    if debts:  # in a small demonstration somebody with a case is the one
        with stage.acting():
            _care(stage, debts[-1])


def _open(stage: Stage, debt: int, kind: CaseKind, days: int, words: str, facts: dict[str, Any]) -> int:
    owed = postings.owed(debt)
    assert owed is not None
    came = stage.now - timedelta(days=days, hours=3)
    case = cases.open_case(
        kind, person=owed.person, accounts=(debt,), received_at=came, now=stage.now, words=words, facts=facts
    )
    assert not isinstance(case, Problem), case.said_in("en")
    return case


def _paper(stage: Stage) -> dict[str, str]:
    sent = local_day(stage.now, stage.owner.timezone) - timedelta(days=1)
    return {"name": "acknowledgement.pdf", "sent_on": sent.isoformat()}


def _care(stage: Stage, debt: int) -> None:
    owed = postings.owed(debt)
    assert owed is not None
    consent = {"how": "call", "at": (stage.now - timedelta(days=2)).isoformat()}
    needs = (Need(NeedKind.NOT_BEFORE, "12:00"), Need(NeedKind.NO_VISITS))
    words = _REASON[stage.lender.code]
    _sure(care.note_need(owed.person, needs, now=stage.now, consent=consent, drivers=(Driver.HEALTH,), words=words))


def _sure(done: object) -> None:
    assert not isinstance(done, Problem), done.said_in("en")


SCENE = Scene(20, play)
