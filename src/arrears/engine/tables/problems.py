"""The mistakes a table can hold, each with its reason and remedy in three languages."""

from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text

_SAID: dict[str, tuple[Text, Text]] = {
    "cell_unreadable": (
        Text(
            "“{cell}” is no test of {fact}.",
            "«{cell}» no es una prueba válida de {fact}.",
            "“{cell}”不是对 {fact} 的有效判断。",
        ),
        Text(
            "Write a value, a comparison such as >= 5, an interval such as [1..5], a list, null, not(…) or -.",
            "Escriba un valor, una comparación como >= 5, un intervalo como [1..5], una lista, null, not(…) o -.",
            "请写一个值、比较（如 >= 5）、区间（如 [1..5]）、列表、null、not(…) 或 -。",
        ),
    ),
    "value_unknown": (
        Text(
            "“{cell}” is not a value of {fact}.",
            "«{cell}» no es un valor de {fact}.",
            "“{cell}”不是 {fact} 的取值。",
        ),
        Text("It takes: {takes}.", "Admite: {takes}.", "可用取值：{takes}。"),
    ),
    "value_out_of_range": (
        Text(
            "“{cell}” lies outside what {fact} can be ({takes}).",
            "«{cell}» queda fuera de lo que {fact} puede valer ({takes}).",
            "“{cell}”超出 {fact} 的范围（{takes}）。",
        ),
        Text("Correct the number.", "Corrija el número.", "请改正数值。"),
    ),
    "interval_empty": (
        Text(
            "“{cell}” holds no value at all.",
            "«{cell}» no contiene ningún valor.",
            "“{cell}”不包含任何值。",
        ),
        Text(
            "Put the lower end first, or open the ends.",
            "Ponga primero el extremo menor, o cambie los extremos.",
            "请把较小的一端写在前面，或调整开闭端点。",
        ),
    ),
    "null_impossible": (
        Text(
            "{fact} is always known, so it is never null.",
            "{fact} siempre se conoce; nunca es null.",
            "{fact} 始终已知，不会是 null。",
        ),
        Text("Remove the test for null.", "Quite la prueba de null.", "请删除对 null 的判断。"),
    ),
    "fact_unknown": (
        Text(
            "There is no fact called {fact}.",
            "No existe ningún dato llamado {fact}.",
            "没有名为 {fact} 的事实。",
        ),
        Text(
            "Use a declared fact, or declare it with its unit and source.",
            "Use un dato declarado, o declárelo con su unidad y su origen.",
            "请使用已声明的事实，或先声明其单位与来源。",
        ),
    ),
    "set_as_condition": (
        Text(
            "{fact} is a set; a condition cannot test a set.",
            "{fact} es un conjunto; una condición no puede probar un conjunto.",
            "{fact} 是集合，条件不能判断集合。",
        ),
        Text(
            "Use it as an answer only.",
            "Úselo solo como respuesta.",
            "集合只能作为结果使用。",
        ),
    ),
    "heading_wrong": (
        Text(
            "The heading of the table does not read: {cell}.",
            "El encabezado de la tabla no se entiende: {cell}.",
            "表头无法识别：{cell}。",
        ),
        Text(
            "Begin with unique, first, severest or collect; then the conditions; then each answer as “=> name”.",
            "Empiece por unique, first, severest o collect; luego condiciones; luego respuestas como «=> nombre».",
            "先写 unique、first、severest 或 collect，再写条件，最后每个结果写成“=> 名称”。",
        ),
    ),
    "row_width": (
        Text(
            "This row has {found} cells where the heading has {wanted}.",
            "Esta fila tiene {found} celdas y el encabezado {wanted}.",
            "本行有 {found} 格，表头有 {wanted} 格。",
        ),
        Text("Complete or shorten the row.", "Complete o acorte la fila.", "请补齐或删减本行。"),
    ),
    "row_name_twice": (
        Text(
            "The row name {cell} stands twice.",
            "El nombre de fila {cell} aparece dos veces.",
            "行名 {cell} 重复出现。",
        ),
        Text(
            "Give every row its own name.",
            "Dé a cada fila su propio nombre.",
            "请给每一行不同的名称。",
        ),
    ),
    "table_empty": (
        Text("The table has no rows.", "La tabla no tiene filas.", "表中没有任何行。"),
        Text("Write at least one row.", "Escriba al menos una fila.", "请至少写一行。"),
    ),
    "answer_kind": (
        Text(
            "{fact} cannot be the answer of a {cell} table.",
            "{fact} no puede ser la respuesta de una tabla {cell}.",
            "{fact} 不能作为 {cell} 表的结果。",
        ),
        Text(
            "collect answers sets; severest needs a code as its first answer.",
            "collect responde con conjuntos; severest necesita un código como primera respuesta.",
            "collect 的结果须为集合；severest 的第一个结果须为代码。",
        ),
    ),
    "gap": (
        Text("No row answers: {account}.", "Ninguna fila responde: {account}.", "没有任何行适用：{account}。"),
        Text(
            "Add a row for it, or declare it impossible under constraints.",
            "Añada una fila para ello, o declárelo imposible en constraints.",
            "请为其增加一行，或在 constraints 中声明其不可能出现。",
        ),
    ),
    "overlap": (
        Text(
            "Rows {rows} both answer: {account}.",
            "Las filas {rows} responden a la vez: {account}.",
            "第 {rows} 行同时适用：{account}。",
        ),
        Text(
            "Narrow one of them, or make the hit policy first.",
            "Restrinja una de ellas, o cambie la política a first.",
            "请收窄其中一行，或把命中策略改为 first。",
        ),
    ),
    "unreachable": (
        Text(
            "Row {rows} can never answer; for instance {account} is taken before it.",
            "La fila {rows} nunca puede responder; por ejemplo, {account} se decide antes.",
            "第 {rows} 行永远不会适用；例如 {account} 已被前面的行决定。",
        ),
        Text(
            "Remove the row, or move it up.",
            "Elimine la fila, o súbala.",
            "请删除该行，或将其上移。",
        ),
    ),
    "too_wide_to_prove": (
        Text(
            "The table has too many combinations to be proved.",
            "La tabla tiene demasiadas combinaciones para demostrarla.",
            "该表的组合过多，无法证明其完整性。",
        ),
        Text("Split it into two tables.", "Divídala en dos tablas.", "请拆分为两张表。"),
    ),
    "answered_twice": (
        Text(
            "{fact} is answered by more than one table: {cell}.",
            "Más de una tabla responde {fact}: {cell}.",
            "有多张表同时给出 {fact}：{cell}。",
        ),
        Text("Keep one of them.", "Conserve solo una.", "请只保留一张。"),
    ),
    "tables_in_a_circle": (
        Text(
            "These tables wait for each other: {cell}.",
            "Estas tablas se esperan unas a otras: {cell}.",
            "这些表互相等待：{cell}。",
        ),
        Text("Break the circle.", "Rompa el círculo.", "请打破循环。"),
    ),
    "constraint_unreadable": (
        Text(
            "A constraint does not read: {cell}.",
            "Una restricción no se entiende: {cell}.",
            "约束无法识别：{cell}。",
        ),
        Text(
            "Write “never:” with one test for each fact, and “because:” in three languages.",
            "Escriba «never:» con una prueba por dato, y «because:» en tres idiomas.",
            "请写“never:”并为每个事实写一个判断，再用三种语言写“because:”。",
        ),
    ),
}

REMEDIED = tuple(_SAID)


def problem(code: str, where: Where, **values: object) -> Problem:
    """Return the problem ``code`` at ``where`` with ``values`` filled into its sentences."""
    reason, remedy = _SAID[code]
    return Problem(code, reason.filled(**values), remedy.filled(**values), where)
