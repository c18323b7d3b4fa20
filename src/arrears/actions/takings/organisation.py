"""Where an organisation's money goes at the provider, said by itself and kept in history."""

import re
from datetime import datetime
from typing import Final

from arrears.actions import history
from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text
from arrears.store.doors import founding
from arrears.store.doors.organisations_at_night import organisations
from arrears.store.scope import current

_KNOWN: Final = re.compile(r"own|acct_[A-Za-z0-9]{4,64}")


def connect_account(account: str, *, now: datetime, using: str = "night") -> Problem | None:
    """Let money of the organisation in scope go to ``own`` or a connected account; empty: it takes none."""
    if account and not _KNOWN.fullmatch(account):
        return Problem(
            "no_such_account",
            Text("That is no account at the provider.", "Esa no es una cuenta del proveedor.", "这不是服务商的账户。"),
            Text(
                "Say own, or acct_ and its id.", "Indique own, o acct_ y su código.", "请填写 own 或 acct_ 开头的编号。"
            ),
        )
    (own,) = organisations([current(using).organisation], using=using)
    said = {**own.settings.get("takings", {}), "account": account}
    founding.keep_settings(own.id, {**own.settings, "takings": said}, using=using)
    history.append("payment_account_said", owner=own.id, now=now, using=using, connected=account)
    return None
