"""The mistakes a pack file can hold, beside those of its tables."""

from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text

_SAID: dict[str, tuple[Text, Text]] = {
    "yaml_unreadable": (
        Text(
            "The file is no valid YAML: {said}.",
            "El archivo no es YAML válido: {said}.",
            "文件不是有效的 YAML:{said}。",
        ),
        Text("Correct the line it names.", "Corrija la línea que indica.", "请改正其指出的行。"),
    ),
    "id_is_not_path": (
        Text(
            "The id {said} is not the file's path.",
            "El id {said} no es la ruta del archivo.",
            "id {said} 与文件路径不符。",
        ),
        Text("Write id: {wanted}.", "Escriba id: {wanted}.", "请写 id: {wanted}。"),
    ),
    "words_missing": (
        Text("Words are missing in: {said}.", "Faltan palabras en: {said}.", "缺少以下语言的文字：{said}。"),
        Text(
            "Write en, es and zh side by side.",
            "Escriba en, es y zh uno junto a otro.",
            "请并列写出 en、es 和 zh。",
        ),
    ),
    "key_missing": (
        Text("The file lacks {said}.", "Al archivo le falta {said}.", "文件缺少 {said}。"),
        Text("Add it.", "Añádalo.", "请补上。"),
    ),
    "message_unreadable": (
        Text("The template does not read: {said}.", "La plantilla no se entiende: {said}.", "模板无法识别：{said}。"),
        Text("Correct the template.", "Corrija la plantilla.", "请改正模板。"),
    ),
    "codes_unreadable": (
        Text(
            "The codes of the list do not read: {said}.",
            "Los códigos no se entienden: {said}.",
            "列表代码无法识别：{said}。",
        ),
        Text(
            "Give each code its own number and name.",
            "Dé a cada código su propio número y nombre.",
            "请给每个代码不同的编号和名称。",
        ),
    ),
    "case_unreadable": (
        Text("A case does not read: {said}.", "Un caso no se entiende: {said}.", "案例无法识别：{said}。"),
        Text(
            "Name facts of the table, then each expected answer as “=> name”.",
            "Nombre datos de la tabla y luego cada respuesta esperada como «=> nombre».",
            "先写表中的事实，再把期望结果写成“=> 名称”。",
        ),
    ),
    "case_differs": (
        Text(
            "Case {said}: {fact} should be {wanted}, the table says {found} ({cites}).",
            "Caso {said}: {fact} debería ser {wanted}, la tabla dice {found} ({cites}).",
            "案例 {said}：{fact} 应为 {wanted}，表给出 {found}（{cites}）。",
        ),
        Text(
            "Correct the table or the case.",
            "Corrija la tabla o el caso.",
            "请改正表或案例。",
        ),
    ),
    "case_missing": (
        Text("No case has {fact} = {said}.", "Ningún caso tiene {fact} = {said}.", "没有案例包含 {fact} = {said}。"),
        Text(
            "Add a case on each side of each cut.",
            "Añada un caso a cada lado de cada corte.",
            "请在每个分界的两侧各加一个案例。",
        ),
    ),
    "cases_one_sided": (
        Text(
            "All cases have the same answer.",
            "Todos los casos tienen la misma respuesta.",
            "所有案例的结果都相同。",
        ),
        Text("Add a case that differs.", "Añada un caso distinto.", "请增加一个结果不同的案例。"),
    ),
}


def problem(code: str, where: Where, **values: object) -> Problem:
    """Return the problem ``code`` at ``where`` with ``values`` filled into its sentences."""
    reason, remedy = _SAID[code]
    return Problem(code, reason.filled(**values), remedy.filled(**values), where)
