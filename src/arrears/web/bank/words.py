"""Words of the pages: states of lines, how a match was made, reasons as they are kept, steps of an import."""

from collections.abc import Iterable, Mapping
from typing import Final

from arrears.engine.matching import reasons
from arrears.kernel.texts import Text
from arrears.web import spoken

STATES: Final[Mapping[str, Text]] = {
    "suspense": Text("waits", "pendiente", "待处理"),
    "parked": Text("parked", "aparcada", "暂搁"),
    "refund_due": Text("to be paid back", "por devolver", "待退款"),
    "posted": Text("posted", "contabilizada", "已入账"),
    "not_ours": Text("no payment of a debt", "no es pago de deuda", "非债务付款"),
    "outgoing": Text("money out", "salida de dinero", "支出"),
    "pending": Text("announced only", "solo anunciada", "仅预告"),
    "returned": Text("took a payment back", "devolvió un pago", "已退回付款"),
    "return_open": Text("return without its payment", "devolución sin su pago", "退款未找到原付款"),
}
HOW: Final[Mapping[str, Text]] = {
    "auto": Text("by itself", "automático", "自动"),
    "split": Text("split", "repartido", "拆分"),
    "hand": Text("by hand", "a mano", "人工"),
    "return": Text("return", "devolución", "退款"),
}
STEPS: Final[Mapping[str, Text]] = {
    "read": Text("Reading the file", "Leyendo el archivo", "读取文件"),
    "match": Text(
        "Statement {done}: matching {of} lines", "Extracto {done}: casando {of} líneas", "对账单 {done}：匹配 {of} 行"
    ),
    "post": Text("Posting {of} lines", "Contabilizando {of} líneas", "入账 {of} 行"),
}


def said(coded: Iterable[str]) -> list[str]:
    """Return reasons (``code=value``) in the page's language."""
    found = (code.partition("=") for code in coded)
    known = ((code, value) for code, _, value in found if code in reasons.REASONS)
    return [reasons.said(code, value).said_in(spoken.language()) for code, value in known]


def word(words: Mapping[str, Text], code: str) -> str:
    """Return a code's words in the page's language."""
    return words[code].said_in(spoken.language()) if code in words else code
