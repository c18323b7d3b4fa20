"""Reads fields of a JSON form and collects what is wrong, each mistake with the field's full name."""

from collections.abc import Iterator, Mapping
from datetime import date
from enum import IntEnum
from typing import Any, Final, TypeVar

from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text

_Named = TypeVar("_Named", bound=IntEnum)
_Choice = TypeVar("_Choice")

_NO_DAY: Final = date(1970, 1, 1)
_NOT_A_BLOCK: Final = Text("This is not a block of fields.", "No es un bloque de campos.", "这里应是一组字段。")
_USE_BRACES: Final = Text("Write its fields in braces.", "Escriba sus campos entre llaves.", "请用花括号写出其字段。")
_NOT_A_LIST: Final = Text(
    "This is not a list of at most {most} blocks.",
    "No es una lista de {most} bloques como máximo.",
    "这里应是最多 {most} 组字段的列表。",
)
_USE_BRACKETS: Final = Text("Write a list in brackets.", "Escriba una lista entre corchetes.", "请用方括号写出列表。")
_NO_SUCH_TERM: Final = Text("There is no such term.", "No existe tal condición.", "没有这项条款。")
_KNOWN: Final = Text("Known terms: {known}.", "Condiciones conocidas: {known}.", "可用条款：{known}。")
_NOT_WHOLE: Final = Text(
    "“{value}” is not a whole number from {least} to {most}.",
    "«{value}» no es un número entero de {least} a {most}.",
    "“{value}”不是 {least} 到 {most} 之间的整数。",
)
_CORRECT_NUMBER: Final = Text("Correct the number.", "Corrija el número.", "请更正该数字。")
_NOT_A_DAY: Final = Text("“{value}” is not a date.", "«{value}» no es una fecha.", "“{value}”不是日期。")
_WRITE_DAY: Final = Text("Write it as 2026-01-31.", "Escríbala como 2026-01-31.", "请写成 2026-01-31 的形式。")
_NOT_KNOWN: Final = Text("“{value}” is not known here.", "«{value}» no se reconoce aquí.", "此处不接受“{value}”。")
_CHOOSE: Final = Text("Choose one of: {among}.", "Elija entre: {among}.", "请选择其一：{among}。")


def names_of(of: type[_Named]) -> dict[str, _Named]:
    """Return the members by the names that JSON uses for them."""
    return {member.name.lower(): member for member in of}


class FieldReader:
    """Reads fields; ``problems`` collects what is wrong, under ``code``."""

    def __init__(self, where: Where, code: str) -> None:
        self.where = where
        self.code = code
        self.problems: list[Problem] = []

    def problem(self, name: str, reason: Text, remedy: Text) -> None:
        """Note a mistake in a field."""
        self.problems.append(Problem(self.code, reason, remedy, Where(self.where.file, self.where.row, name)))

    def refuse_unknown(self, said: Mapping[str, Any], known: set[str], prefix: str) -> None:
        """Note every field that is none."""
        for name in sorted(set(said) - known):
            self.problem(prefix + name, _NO_SUCH_TERM, _KNOWN.filled(known=", ".join(sorted(known))))

    def block(self, said: Mapping[str, Any], name: str) -> Mapping[str, Any]:
        """Return a block of fields, empty where it is not there."""
        value = said.get(name, {})
        if isinstance(value, Mapping):
            return value
        self.problem(name, _NOT_A_BLOCK, _USE_BRACES)
        return {}

    def blocks(
        self, said: Mapping[str, Any], name: str, most: int, prefix: str = ""
    ) -> Iterator[tuple[str, Mapping[str, Any]]]:
        """Yield the blocks of a list, each with the prefix of its fields: ``rates[2].``."""
        value = said.get(name, [])
        if not isinstance(value, list) or len(value) > most:
            self.problem(prefix + name, _NOT_A_LIST.filled(most=most), _USE_BRACKETS)
            return
        for number, each in enumerate(value, start=1):
            place = f"{prefix}{name}[{number}]"
            if isinstance(each, Mapping):
                yield place + ".", each
            else:
                self.problem(place, _NOT_A_BLOCK, _USE_BRACES)

    def whole(
        self, said: Mapping[str, Any], name: str, default: int, most: int, prefix: str = "", *, least: int = 0
    ) -> int:
        """Return a whole number within bounds."""
        value = said.get(name, default)
        if isinstance(value, int) and not isinstance(value, bool) and least <= value <= most:
            return value
        self.problem(prefix + name, _NOT_WHOLE.filled(value=value, least=least, most=most), _CORRECT_NUMBER)
        return default

    def flag(self, said: Mapping[str, Any], name: str, prefix: str = "") -> bool:
        """Return yes or no; no where it is not there."""
        value = said.get(name, False)
        if isinstance(value, bool):
            return value
        self.problem(prefix + name, _NOT_KNOWN.filled(value=value), _CHOOSE.filled(among="true, false"))
        return False

    def words(self, said: Mapping[str, Any], name: str, prefix: str = "") -> str:
        """Return words, none where they are not there."""
        value = said.get(name, "")
        if isinstance(value, str):
            return value
        self.problem(prefix + name, _NOT_KNOWN.filled(value=value), _CORRECT_NUMBER)
        return ""

    def day(self, said: Mapping[str, Any], name: str, prefix: str = "") -> date:
        """Return a date, written as ISO 8601 has it."""
        value = said.get(name)
        try:
            return date.fromisoformat(value if isinstance(value, str) else "")
        except ValueError:
            self.problem(prefix + name, _NOT_A_DAY.filled(value=value), _WRITE_DAY)
            return _NO_DAY

    def choice(
        self, said: Mapping[str, Any], name: str, among: Mapping[str, _Choice], default: _Choice, prefix: str = ""
    ) -> _Choice:
        """Return one of the values named in ``among``."""
        value = said.get(name)
        if value is None:
            return default
        if isinstance(value, str) and value in among:
            return among[value]
        self.problem(prefix + name, _NOT_KNOWN.filled(value=value), _CHOOSE.filled(among=", ".join(among)))
        return default
