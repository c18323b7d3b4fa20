"""How much one request may carry: files within bounds, and no number in an address beyond any id."""

from collections.abc import Callable
from typing import Any, Final

from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from arrears.kernel.problems import Problem, Where
from arrears.kernel.texts import Text
from arrears.web.numbers import GREATEST, whole

MOST_OF_A_FILE: Final = 64_000_000
"""Bytes of one uploaded file: a house assumption, above a year of a large bank account's statements."""
MOST_OF_A_REQUEST: Final = 4 * MOST_OF_A_FILE
TOO_LARGE: Final = 413


class BoundsMiddleware:
    """Refuses what is too large before it is read, and answers that nothing is there for an id that cannot be."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Let a request through whose length is said and within bounds; one that sends nothing says none."""
        if whole(request.META.get("CONTENT_LENGTH") or "0", most=MOST_OF_A_REQUEST) is None:
            return render(request, "too_large.html", status=TOO_LARGE)
        return self.get_response(request)

    def process_view(self, _request: HttpRequest, _view: object, _args: object, named: dict[str, Any]) -> None:
        """Raise Http404 for a number in the address that no row can have."""
        if any(isinstance(value, int) and not 0 <= value <= GREATEST for value in named.values()):
            raise Http404


def content_of(file: "UploadedFile[Any] | None", field: str, *, most: int = MOST_OF_A_FILE) -> bytes | Problem:
    """Return the bytes of an uploaded file; a Problem where there is none, or it is larger than ``most``."""
    if file is None:
        return Problem("file_missing", *_MISSING, Where(field=field))
    if file.size is None or file.size > most:
        size = f"{most // 1_000_000}"
        reason, remedy = _TOO_LARGE
        return Problem("file_too_large", reason.filled(most=size), remedy, Where(field=field))
    return bytes(file.read())


_MISSING: Final = (
    Text("No file was chosen.", "No se eligió ningún archivo.", "没有选择文件。"),
    Text("Choose a file first.", "Elija primero un archivo.", "请先选择文件。"),
)
_TOO_LARGE: Final = (
    Text("The file is larger than {most} MB.", "El archivo supera los {most} MB.", "文件超过 {most} MB。"),
    Text("Bring it in by parts.", "Divídalo en partes.", "请分批导入。"),
)
