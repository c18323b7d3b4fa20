"""Who works in the demonstration: one sign-in for each role a newcomer may want to try."""

from typing import NamedTuple

PASSWORD = "look-around-freely"  # noqa: S105 - printed on the screen: it opens an invented book on this machine only


class Hired(NamedTuple):
    """Somebody of the demonstration."""

    username: str
    full_name: str
    roles: tuple[str, ...]
    team: str
    language: str
    skills: tuple[str, ...] = ()
    minutes: int = 0


NORTHFIELD = (
    Hired("collector", "Carmen Delgado", ("collector",), "branch", "en", ("es",), 420),
    Hired("collector2", "Theo Marsh", ("collector",), "branch", "en", (), 420),
    Hired("collector3", "Priya Nair", ("collector",), "branch", "en", (), 420),
    Hired("senior", "Ruth Okafor", ("senior",), "head_office", "en", ("es",), 420),
    Hired("senior3", "Felix Arnaud", ("senior",), "head_office", "en", (), 420),
    Hired("senior2", "Marco Bellini", ("senior",), "recovery", "en", (), 420),
    Hired("specialist", "Ines Quiroga", ("senior",), "specialist", "en", ("es",), 420),
    Hired("supervisor", "Dana Whitlock", ("supervisor",), "branch", "en"),
    Hired("manager", "Helen Strand", ("manager",), "", "en"),
    Hired("compliance", "Omar Haddad", ("compliance",), "", "en"),
    Hired("finance", "Lucy Tran", ("finance",), "", "en"),
    Hired("auditor", "Viktor Lang", ("auditor",), "", "en"),
    Hired("administrator", "Ada Birch", ("administrator",), "", "en"),
    Hired("cobrador", "Javier Soto", ("collector",), "branch", "es", ("en",), 420),
)
QINGHE = (
    Hired("cuishou", "陈晓梅", ("collector",), "branch", "zh", (), 420),
    Hired("cuishou2", "刘志远", ("collector",), "branch", "zh", (), 420),
    Hired("cuishou3", "赵文静", ("collector",), "branch", "zh", (), 420),
    Hired("cuishou4", "黄海涛", ("collector",), "branch", "zh", (), 420),
    Hired("zongbu", "何敏", ("senior",), "head_office", "zh", (), 420),
    Hired("zongbu2", "郭涛", ("senior",), "head_office", "zh", (), 420),
    Hired("huishou", "罗静", ("senior",), "recovery", "zh", (), 420),
    Hired("zhuanyuan", "唐文", ("senior",), "specialist", "zh", (), 420),
    Hired("zhuguan", "孙丽华", ("supervisor",), "head_office", "zh", (), 240),
    Hired("jingli", "周建国", ("manager",), "", "zh"),
)
AGENCY = (Hired("agency", "Bea Lindqvist", ("agency",), "recovery", "en", (), 420),)
