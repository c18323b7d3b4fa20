"""Replies of the last two days: some stop contact at once, some wait for a human, one is from nobody we know.

What was asked by telephone and not in writing lets the gate warn, not refuse: a letter waits for somebody's decision.
"""

from datetime import timedelta
from typing import Final

from arrears.actions import received
from arrears.jobs.demo.stage import Scene, Stage
from arrears.kernel.problems import Problem
from arrears.store.doors import postings

_WRITTEN: Final[dict[str, tuple[tuple[str, str], ...]]] = {
    "northfield": (
        ("text", "Stop calling me at work. My boss does not allow it."),
        ("email", "I already paid this on the 3rd by transfer, please check your records before you write again."),
        ("letter", "I dispute this debt. The car was returned in March and I was told nothing more was owed."),
        (
            "email",
            "Me quedé sin trabajo en septiembre y no puedo pagar la cuota entera. ¿Hay alguna opción?",
        ),
        ("text", "Puedo pagar 200 dólares el viernes 4."),
        ("email", "He contratado a un abogado, la licenciada Rosa Ibarra. Hable con ella y no conmigo."),
        ("letter", "I filed for Chapter 7 last week, case 26-10482, Northern District of Ohio."),
        ("call", "Stop contacting me. I do not want to hear from you again."),
        ("text", "ok who is this?"),
    ),
    "qinghe": (
        ("text", "请不要再给我单位打电话，可以发短信给我。"),
        ("text", "我上周五已经还清了这期，麻烦核实一下。"),
        ("email", "这笔借款不是我本人办理的，我的身份证去年丢过，怀疑被人冒用。"),
        ("text", "最近生病住院，暂时没有收入，能不能晚两个月再还？"),
        ("email", "你们的人昨晚十点还打电话，我要投诉，请书面答复。"),
        ("call", "以后不要再联系我了，我不想再接到你们的任何消息。"),
        ("text", "下周三发工资，到时候先还一千。"),
    ),
}
_STRANGER: Final = {
    "northfield": "You have the wrong number. I do not know this person.",
    "qinghe": "你打错了，我不认识这个人。",
}
_PLACE: Final = 0


def play(stage: Stage) -> None:
    """Take each reply in as it came."""
    written = _WRITTEN[stage.lender.code]
    debts = stage.some(_PLACE, len(written))
    for number, (debt, (channel, words)) in enumerate(zip(debts, written, strict=False)):
        with stage.acting():
            owed = postings.owed(debt)
            assert owed is not None
            _receive(stage, channel, words, number, owed.person)
    with stage.acting():
        _receive(stage, "text", _STRANGER[stage.lender.code], len(written), None)


def _receive(stage: Stage, channel: str, words: str, number: int, person: int | None) -> None:
    kept = received.receive(
        received.Inbound(
            channel=channel,
            words=words,
            at=stage.now - timedelta(minutes=35 + 190 * number),
            source=("demo", f"{stage.lender.code}-{number}"),
            person=person,
        ),
        now=stage.now,
    )
    assert not isinstance(kept, Problem), kept.said_in("en")


SCENE = Scene(10, play)
