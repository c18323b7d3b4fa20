"""A folder of rules as somebody hands it over the page: a ZIP file, read in memory and within bounds."""

import io
import zipfile
import zlib
from pathlib import PurePosixPath
from typing import Final

from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.packs.compliance.files import FOLDER, Files

MOST_FILES: Final = 5_000
MOST_BYTES: Final = 16_000_000
"""Above what all rules that ship take together, several times."""


def unpacked(content: bytes) -> Files | Problem:
    """Return the rule files of a ZIP: whatever lies below a folder ``compliance`` in it, wherever that lies."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            parts = [part for part in archive.infolist() if part.filename.endswith(".yaml")]
            if len(parts) > MOST_FILES or sum(part.file_size for part in parts) > MOST_BYTES:
                return _problem("too_much")
            read = {_below(part.filename): archive.read(part).decode("utf-8") for part in parts}
    except (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, NotImplementedError, RuntimeError):
        return _problem("no_zip")
    files = {name: text for name, text in read.items() if name}
    return files or _problem("no_rules")


def _below(name: str) -> str:
    parts = PurePosixPath(name).parts
    return "/".join(parts[parts.index(FOLDER) :]) if FOLDER in parts and ".." not in parts else ""


_SAID: Final = {
    "no_zip": (
        Text("This is no ZIP file of texts.", "No es un archivo ZIP de textos.", "这不是文本的 ZIP 文件。"),
        Text(
            "Pack the folder with its rules as ZIP.",
            "Comprima la carpeta de reglas en ZIP.",
            "请将规则文件夹打包为 ZIP。",
        ),
    ),
    "too_much": (
        Text(
            "This is too much to be a folder of rules.",
            "Es demasiado para ser una carpeta de reglas.",
            "内容过大，不像规则文件夹。",
        ),
        Text("Pack only the rules.", "Comprima solo las reglas.", "请只打包规则。"),
    ),
    "no_rules": (
        Text(
            "No rule lies below a folder “compliance” in it.",
            "No hay reglas bajo una carpeta «compliance».",
            "其中“compliance”文件夹下没有规则。",
        ),
        Text(
            "Lay the folder out like the one that ships.",
            "Ordene la carpeta como la que trae Arrears.",
            "请按自带文件夹的结构放置。",
        ),
    ),
}


def _problem(code: str) -> Problem:
    reason, remedy = _SAID[code]
    return Problem(code, reason, remedy, Where(field="folder"))
