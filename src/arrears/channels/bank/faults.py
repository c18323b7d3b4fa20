"""What can be wrong with a bank file, in words with a remedy. A broken file is refused whole: no line of it is kept."""

from typing import Final, NoReturn

from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text


class Unreadable(Exception):  # noqa: N818 - it never leaves this room: the door turns it into its problem
    """Raised inside a reader where the file cannot be trusted; carries the problem."""

    def __init__(self, problem: Problem) -> None:
        super().__init__(problem.code)
        self.problem = problem


_ASK_BANK: Final = Text(
    "Ask the bank for the file again, and bring it in unchanged.",
    "Pida de nuevo el archivo al banco e impórtelo sin modificarlo.",
    "请向银行重新索取该文件，原样导入。",
)
_OTHER_FILE: Final = Text(
    "Bring in the account statement instead (camt.053, MT940, BAI2, OFX or CSV).",
    "Importe en su lugar el extracto de la cuenta (camt.053, MT940, BAI2, OFX o CSV).",
    "请改为导入账户对账单（camt.053、MT940、BAI2、OFX 或 CSV）。",
)

FAULTS: Final[dict[str, tuple[Text, Text]]] = {
    "bank_file_empty": (
        Text("The file is empty.", "El archivo está vacío.", "文件是空的。"),
        _ASK_BANK,
    ),
    "bank_file_too_large": (
        Text(
            "The file has {size} bytes; at most {most} are read at once.",
            "El archivo tiene {size} bytes; se leen como máximo {most} de una vez.",
            "文件有 {size} 字节；一次最多读取 {most} 字节。",
        ),
        Text(
            "Ask the bank for shorter periods, one file each.",
            "Pida al banco periodos más cortos, un archivo por periodo.",
            "请向银行索取较短期间的文件，每期一个。",
        ),
    ),
    "bank_format_unknown": (
        Text(
            "This is not a bank file of a kind that is read: it begins with “{said}”.",
            "No es un archivo bancario de un tipo que se lea: empieza por «{said}».",
            "这不是可读取的银行文件：开头为“{said}”。",
        ),
        Text(
            "Bring in camt.052, 053 or 054, pain.002, MT940, MT942, BAI2, OFX, a NACHA file, or CSV with a mapping.",
            "Importe camt.052, 053 o 054, pain.002, MT940, MT942, BAI2, OFX, NACHA o CSV con correspondencia.",
            "请导入 camt.052、053 或 054、pain.002、MT940、MT942、BAI2、OFX、NACHA 文件，或带映射的 CSV。",
        ),
    ),
    "bank_text_unreadable": (
        Text(
            "The file holds bytes that are no text.",
            "El archivo contiene bytes que no son texto.",
            "文件含有不是文本的字节。",
        ),
        _ASK_BANK,
    ),
    "bank_xml_broken": (
        Text("The XML is broken: {said}.", "El XML está dañado: {said}.", "XML 已损坏：{said}。"),
        _ASK_BANK,
    ),
    "bank_xml_unsafe": (
        Text(
            "The XML declares a document type or entities, which no bank file needs.",
            "El XML declara un tipo de documento o entidades, que ningún archivo bancario necesita.",
            "XML 声明了文档类型或实体，银行文件不需要这些。",
        ),
        Text(
            "Do not trust this file. Ask the bank whether it came from there.",
            "No confíe en este archivo. Pregunte al banco si procede de allí.",
            "请勿信任此文件，先向银行核实其来源。",
        ),
    ),
    "bank_no_statement": (
        Text(
            "The file holds no statement of an account.",
            "El archivo no contiene ningún extracto de cuenta.",
            "文件中没有账户对账单。",
        ),
        _OTHER_FILE,
    ),
    "bank_statement_cut": (
        Text(
            "The statement is cut: {said} is missing.",
            "El extracto está cortado: falta {said}.",
            "对账单不完整：缺少 {said}。",
        ),
        _ASK_BANK,
    ),
    "bank_field_missing": (
        Text("{said} is missing.", "Falta {said}.", "缺少 {said}。"),
        _ASK_BANK,
    ),
    "bank_field_wrong": (
        Text("“{said}” cannot be read here.", "«{said}» no se puede leer aquí.", "此处“{said}”无法读取。"),
        _ASK_BANK,
    ),
    "bank_amount_wrong": (
        Text("“{said}” is not an amount.", "«{said}» no es un importe.", "“{said}”不是金额。"),
        _ASK_BANK,
    ),
    "bank_amount_too_fine": (
        Text(
            "“{said}” has more decimal digits than {currency} has ({digits}), so it cannot be posted exactly.",
            "«{said}» tiene más decimales que {currency} ({digits}) y no puede asentarse con exactitud.",
            "“{said}”的小数位数超过 {currency} 的位数（{digits}），无法精确入账。",
        ),
        Text(
            "Ask the bank for booked amounts; a balance of a fund or a rate is no booking.",
            "Pida al banco importes contabilizados; un saldo de fondo o un tipo no es un asiento.",
            "请向银行索取已入账金额；基金余额或汇率不是入账。",
        ),
    ),
    "bank_amount_too_large": (
        Text(
            "“{said}” is above the largest amount that is read.",
            "«{said}» supera el mayor importe que se lee.",
            "“{said}”超过可读取的最大金额。",
        ),
        _ASK_BANK,
    ),
    "bank_currency_unknown": (
        Text(
            "“{said}” is no current ISO 4217 currency.",
            "«{said}» no es una moneda ISO 4217 vigente.",
            "“{said}”不是现行的 ISO 4217 货币。",
        ),
        Text(
            "A withdrawn currency cannot be posted; check the file's date and source.",
            "Una moneda retirada no puede asentarse; revise la fecha y el origen del archivo.",
            "已停用的货币无法入账；请检查文件日期和来源。",
        ),
    ),
    "bank_date_wrong": (
        Text("“{said}” is no day of the calendar.", "«{said}» no es un día del calendario.", "“{said}”不是有效日期。"),
        _ASK_BANK,
    ),
    "bank_balance_differs": (
        Text(
            "Opening balance and lines make {made}, but the closing balance says {said}: lines are missing or altered.",
            "El saldo inicial y las líneas dan {made}, pero el saldo final dice {said}: faltan líneas o se alteraron.",
            "期初余额加明细为 {made}，但期末余额为 {said}：有明细缺失或被改动。",
        ),
        Text(
            "Ask the bank for the whole statement. A named person may let it in unchecked and answers for it.",
            "Pida al banco el extracto completo. O una persona con nombre lo admite sin comprobar y responde de ello.",
            "请向银行索取完整对账单。也可由具名人员不经核对放行并承担责任。",
        ),
    ),
    "bank_control_differs": (
        Text(
            "The control total {name} says {said}, but what stands there makes {made}.",
            "El total de control {name} dice {said}, pero lo que figura da {made}.",
            "控制总数 {name} 为 {said}，但实际合计为 {made}。",
        ),
        Text(
            "Ask the bank for the whole file. A named person may let it in unchecked and answers for it.",
            "Pida al banco el archivo completo. O una persona con nombre lo admite sin comprobar y responde de ello.",
            "请向银行索取完整文件。也可由具名人员不经核对放行并承担责任。",
        ),
    ),
    "bank_investment_file": (
        Text(
            "This is a statement of investments, not of a bank account: nothing in it pays a debt.",
            "Es un extracto de inversiones, no de una cuenta bancaria: nada en él paga una deuda.",
            "这是投资账户对账单，不是银行账户：其中没有还款。",
        ),
        _OTHER_FILE,
    ),
    "bank_says_error": (
        Text(
            "The bank's server answered with an error instead of a statement: {code} {said}",
            "El servidor del banco respondió con un error en lugar de un extracto: {code} {said}",
            "银行服务器返回错误而不是对账单：{code} {said}",
        ),
        Text(
            "Download the statement again, after signing on.",
            "Descargue de nuevo el extracto tras iniciar sesión.",
            "请登录后重新下载对账单。",
        ),
    ),
    "bank_account_list": (
        Text(
            "This file lists accounts and holds no statement.",
            "Este archivo enumera cuentas y no contiene ningún extracto.",
            "该文件只列出账户，没有对账单。",
        ),
        _OTHER_FILE,
    ),
    "bank_mapping_needed": (
        Text(
            "No mapping fits the columns of this table: {said}.",
            "Ninguna correspondencia encaja con las columnas de esta tabla: {said}.",
            "没有映射与该表的列相符：{said}。",
        ),
        Text(
            "Add a mapping for this bank's columns, then bring the file in again.",
            "Añada una correspondencia para las columnas de este banco e importe de nuevo el archivo.",
            "请为该银行的列添加映射，然后重新导入。",
        ),
    ),
    "bank_mapping_wrong": (
        Text(
            "The mapping is wrong: {said}.",
            "La correspondencia es incorrecta: {said}.",
            "映射有误：{said}。",
        ),
        Text("Correct the mapping.", "Corrija la correspondencia.", "请更正映射。"),
    ),
}

_MOST_SAID: Final = 80


def refuse(fault: str, where: Where, **values: object) -> NoReturn:
    """Raise `Unreadable` with the fault's words; what the file said is cut to what fits a sentence."""
    reason, remedy = FAULTS[fault]
    said = {name: _short(str(value)) for name, value in values.items()}
    raise Unreadable(Problem(fault, reason.filled(**said), remedy.filled(**said), where))


def _short(said: str) -> str:
    shown = "".join(letter if letter.isprintable() else "·" for letter in said[: _MOST_SAID + 1])
    return shown if len(shown) <= _MOST_SAID else f"{shown[:_MOST_SAID]}…"
