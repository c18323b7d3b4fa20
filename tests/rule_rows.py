"""An act about a rule, a kept pack and a proposal, for a book with a row in every table."""

from typing import Any


def fill_rules(keep: Any, own: dict[str, Any], staff: int, today: Any, now: Any) -> None:
    """Write all three for one organisation: the act follows a proposal of somebody else that ``staff`` approved."""
    from arrears.store.tables.rule_setting import RulePack, RuleProposal, RuleSetting
    from arrears.store.tables.staff import Staff

    other = Staff.objects.using("night").exclude(pk=staff).values_list("pk", flat=True).first()
    pack = keep(RulePack(**own, kind="own", version="", content_hash=b"h", files={"a": "b"}, kept_at=now))
    proposed = keep(
        RuleProposal(
            **own, pack=pack, made_by_id=other, made_at=now, book_day=1, from_on=today, reason="why", changes=[]
        )
    )
    proposed.state, proposed.tried_at, proposed.decided_by_id, proposed.decided_at = "approved", now, staff, now
    proposed.save(using="night")
    keep(
        RuleSetting(
            **own, staff_id=staff, proposal=proposed, pack=pack, at=now, book_day=1, act="take_pack", rule="own",
            from_on=today, reason="why",
        )
    )  # fmt: skip
