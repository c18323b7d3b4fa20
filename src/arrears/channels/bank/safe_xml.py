"""XML from strangers: no entities, no document type, no network, bounded depth and text; one element at a time."""

import io
import re
from collections.abc import Iterator
from functools import lru_cache
from typing import Any, Final

from lxml import etree

from arrears.channels.bank.faults import refuse
from arrears.kernel.problems import Where

Node = dict[str, Any]
"""An element as a dictionary: its children by local name, each a list; ``""`` is its text, ``@`` its currency."""

_DECLARES: Final = re.compile(rb"<!\s*(?:DOCTYPE|ENTITY)", re.IGNORECASE)


def must_be_plain(data: bytes, file: str) -> None:
    """Refuse XML that declares a document type or an entity, in one byte or two bytes a letter."""
    if _DECLARES.search(data) or _DECLARES.search(data[:4096].replace(b"\x00", b"")):
        refuse("bank_xml_unsafe", Where(file))


def elements(data: bytes, file: str, *, names: frozenset[str], starts: frozenset[str]) -> Iterator[tuple[str, Any]]:
    """Yield ``("start", element)`` and ``("end", element)`` for the local names asked for; refuses broken XML.

    The parser keeps its own limits on depth (256) and text (10 MB); entities stay unresolved.
    """
    must_be_plain(data, file)
    events = etree.iterparse(
        io.BytesIO(data),
        events=("start", "end"),
        tag=[f"{{*}}{name}" for name in sorted(names | starts)],
        resolve_entities=False,
        no_network=True,
        load_dtd=False,
        huge_tree=False,
        remove_comments=True,
        remove_pis=True,
    )
    try:
        for event, element in events:
            wanted = starts if event == "start" else names
            if local(element.tag) in wanted:
                yield event, element
    except etree.XMLSyntaxError as error:
        refuse("bank_xml_broken", Where(file, error.lineno or None), said=_plain_words(error))


def _plain_words(error: etree.XMLSyntaxError) -> str:
    return str(error).split(", line")[0].split(" (")[0]


@lru_cache(maxsize=4096)
def local(tag: str) -> str:
    """Return a tag's name without its namespace."""
    return tag.rpartition("}")[2]


def tree(element: Any) -> Node:  # lxml's elements come in several classes that its stubs tell apart poorly
    """Return an element and all below it as a `Node`."""
    node: Node = {"": (element.text or "").strip()}
    if said := element.get("Ccy"):
        node["@"] = said
    for child in element:
        if isinstance(child.tag, str):
            node.setdefault(local(child.tag), []).append(tree(child))
    return node


_NONE: Final[Node] = {"": ""}


def first(node: Node, *path: str) -> Node:
    """Return the first element along ``path``, an empty one where there is none."""
    for name in path:
        found = node.get(name)
        if not found:
            return _NONE
        node = found[0]
    return node


def said(node: Node, *path: str) -> str:
    """Return the text of the first element along ``path``, empty where there is none."""
    text: str = first(node, *path)[""]
    return text


def every(node: Node, *path: str) -> Iterator[Node]:
    """Yield every element along ``path``."""
    if not path:
        yield node
        return
    for child in node.get(path[0], ()):
        yield from every(child, *path[1:])


def release(element: Any) -> None:
    """Give back the memory of an element that has been read, and of its like before it."""
    element.clear()
    before = element.getprevious()
    if before is not None and before.tag == element.tag:
        element.getparent().remove(before)
