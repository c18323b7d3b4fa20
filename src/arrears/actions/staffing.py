"""Who works here: staff are added, given roles, and sent away (their history stays)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Final

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError

from arrears.actions import history
from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import LANGUAGES, Text
from arrears.store import bookday
from arrears.store.doors import founding, people_at_work
from arrears.store.scope import current

ROLES: Final = (
    "collector", "senior", "supervisor", "manager", "compliance", "field", "legal", "finance", "agency", "auditor",
    "administrator",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Applicant:
    """Somebody who is to work here."""

    username: str
    full_name: str
    roles: tuple[str, ...]
    password: str
    team: str = ""
    language: str = "en"
    skills: tuple[str, ...] = ()
    capacity_minutes: int = 0


def hire(one: Applicant, *, now: datetime, using: str = "night") -> int | list[Problem]:
    """Add somebody to the organisation of the open scope and return the id; every mistake is returned at once."""
    problems = list(_mistakes(one, using))
    if problems:
        return problems
    staff = founding.add_staff(
        one.username,
        one.full_name,
        one.roles,
        password=one.password,
        team=one.team,
        language=one.language,
        skills=one.skills,
        capacity_minutes=one.capacity_minutes,
        using=using,
    )
    owner = current(using).organisation
    history.append("staff_added", owner=owner, now=now, using=using, member=staff, roles=list(one.roles))
    return staff


def open_book(on: date, *, now: datetime, using: str = "night") -> None:
    """Open the first book day of the organisation in scope, unless one is open."""
    organisation = current(using).organisation
    if bookday.opened(organisation, using=using) is None:
        bookday.open_first(organisation, on, now=now, using=using)


def dismiss(username: str, *, now: datetime, using: str = "night") -> Problem | None:
    """Let somebody sign in no more; what they did stays on record under their name."""
    staff = people_at_work.set_active(username, is_active=False, using=using)
    if staff is None:
        return _problem("nobody", "username", said=username)
    history.append("staff_dismissed", owner=current(using).organisation, now=now, using=using, member=staff)
    return None


def _mistakes(one: Applicant, using: str) -> Sequence[Problem]:
    found: list[Problem] = []
    if not one.username or one.username != one.username.strip() or " " in one.username:
        found.append(_problem("bad_name", "username", said=one.username))
    elif people_at_work.is_taken(one.username, using):
        found.append(_problem("taken", "username", said=one.username))
    found += [_problem("no_role", "role", said=role) for role in one.roles if role not in ROLES]
    if not one.roles:
        found.append(_problem("no_role", "role", said=""))
    if one.language not in LANGUAGES:
        found.append(_problem("no_language", "language", said=one.language))
    try:
        validate_password(one.password)
    except ValidationError as weak:
        found += [_problem("weak", "password", said=" ".join(weak.messages))]
    return found


_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "bad_name": (
        Text("“{said}” is no user name.", "«{said}» no es un nombre de usuario.", "“{said}”不能作为用户名。"),
        Text(
            "Use letters and digits without spaces.",
            "Use letras y cifras sin espacios.",
            "请使用不含空格的字母和数字。",
        ),
    ),
    "taken": (
        Text(
            "Somebody has the user name “{said}”.", "Alguien tiene ya el nombre «{said}».", "用户名“{said}”已被使用。"
        ),
        Text("Choose another.", "Elija otro.", "请另选一个。"),
    ),
    "no_role": (
        Text("There is no role “{said}”.", "No existe la función «{said}».", "没有“{said}”这一角色。"),
        Text("Give one of: {roles}.", "Indique una de: {roles}.", "请选择：{roles}。").filled(roles=", ".join(ROLES)),
    ),
    "no_language": (
        Text("“{said}” is not a language of the pages.", "Las páginas no hablan «{said}».", "页面不支持“{said}”。"),
        Text("Give en, es or zh.", "Indique en, es o zh.", "请选择 en、es 或 zh。"),
    ),
    "weak": (
        Text("The password is too weak: {said}", "La contraseña es débil: {said}", "密码过于简单：{said}"),
        Text("Choose a longer, rarer one.", "Elija una más larga y menos común.", "请使用更长、更不常见的密码。"),
    ),
    "nobody": (
        Text("Nobody here has the user name “{said}”.", "Nadie aquí se llama «{said}».", "此处没有用户“{said}”。"),
        Text("See `arrears user list`.", "Vea `arrears user list`.", "请查看 `arrears user list`。"),
    ),
}


def _problem(code: str, field: str, *, said: str) -> Problem:
    reason, remedy = _SAID[code]
    return Problem(code, reason.filled(said=said), remedy, Where(field=field))
