"""A case file with a step, a clock, a paper, a care need and its reason, for a book with a row in every table."""

from datetime import timedelta
from typing import Any


def fill_cases(keep: Any, made: dict[str, Any], debt: int, staff: int, now: Any) -> None:
    """Write a dispute as the agency opened it, and what the debtor told the agency they need."""
    from arrears.store.tables import case_file, case_paper

    matter = keep(
        case_file.CaseFile(
            **made, kind="dispute", accounts=[debt], received_at=now, known_at=now, opened_at=now, opened_by_id=staff,
            source_kind="test", source_ref="1",
        )
    )  # fmt: skip
    keep(case_file.CaseStep(**made, case_file=matter, staff_id=staff, number=1, kind="opened", at=now, book_day=1))
    day = now.date()
    keep(
        case_file.CaseClock(
            **made, case_file=matter, rule="house.answer", counted_from=day, due_on=day + timedelta(days=30)
        )
    )
    need = keep(case_file.CareNeed(**made, case_file=matter, needs=[], at=now, review_on=day))
    keep(case_file.CareReason(**made, need=need, sealed=b"sealed"))
    paper = keep(
        case_paper.CasePaper(
            **made, case_file=matter, name="A letter", media_type="text/plain", size=1, content_hash=b"h",
            is_for_carers=False, added_at=now,
        )
    )  # fmt: skip
    keep(case_paper.CasePaperContent(**made, paper=paper, is_for_carers=False, sealed=b"sealed"))
