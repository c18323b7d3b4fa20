"""What the resources answer with: words in three languages, problems, and refusals with their status."""

from typing import Final

from ninja import Schema

from arrears.kernel.problems import Problem
from arrears.kernel.texts import Text

FORBIDDEN: Final = 403
NOT_FOUND: Final = 404
MISTAKEN: Final = 422


class Words(Schema):
    """The same words in three languages."""

    en: str
    es: str
    zh: str


class Wrong(Schema):
    """Why something was refused, and what to do; ``field`` where one of the questions was mistaken."""

    code: str
    field: str
    reason: Words
    remedy: Words


class Refused(Exception):  # noqa: N818 - it ends in an answer, not in a log
    """A refusal on its way out, with its status."""

    def __init__(self, problem: Problem, status: int = MISTAKEN) -> None:
        super().__init__(problem.code)
        self.problem = problem
        self.status = status


def words(text: Text) -> Words:
    """Return a text of the house as it is answered."""
    return Words(en=text.en, es=text.es, zh=text.zh)


def refused(problem: Problem) -> dict[str, object]:
    """Return a problem as it is answered."""
    said = Wrong(
        code=problem.code, field=problem.where.field, reason=words(problem.reason), remedy=words(problem.remedy)
    )
    return said.model_dump()


def not_found() -> Refused:
    """Return the refusal that does not tell whether the thing exists."""
    return Refused(Problem("not_found", _NOTHING, _LOOK), NOT_FOUND)


_NOTHING = Text(
    "There is nothing here that you may see.", "Aquí no hay nada que pueda ver.", "此处没有您可查看的内容。"
)
_LOOK = Text("Check the address.", "Compruebe la dirección.", "请检查地址。")
