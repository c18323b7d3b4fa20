"""The import page: a file is read, matched and posted while the page says how far it is."""

import threading
from collections.abc import Iterator
from queue import SimpleQueue
from typing import Any, Final

from django.http import HttpRequest, HttpResponse, StreamingHttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.utils import translation
from django.utils.html import format_html

from arrears.actions import bank
from arrears.actions.imports import desk
from arrears.config import clock
from arrears.kernel.problems import Problem
from arrears.store.doors.intake import Owner
from arrears.store.scope import close_all
from arrears.web.bank import words
from arrears.web.bounds import content_of

_HERE: Final = "<!-- progress -->"
_MISTAKEN: Final = 422


def answer(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """Show the form, or take the files that were sent in and say how it goes, a line at a time."""
    files = request.FILES.getlist("files")
    told: dict[str, Any] = {"is_running": bool(files)}  # Any: what the template shows
    if request.method != "POST":
        return render(request, "bank_import.html", told)
    owner = desk.owner_called(str(getattr(request.user, "organisation_id", "")))
    if not files or isinstance(owner, Problem):
        return render(
            request,
            "bank_import.html",
            {**told, "is_missing": not files, "problem": owner if files else None},
            status=_MISTAKEN,
        )
    held: list[tuple[str, bytes]] = []
    for file in files:
        content = content_of(file, "files")
        if isinstance(content, Problem):
            return render(request, "bank_import.html", {"problem": content}, status=_MISTAKEN)
        held.append((file.name or "", content))
    page = render_to_string("bank_import.html", told, request)
    staff = int(request.user.pk or 0)
    return StreamingHttpResponse(_told(page, held, owner, staff, translation.get_language()))


def _told(page: str, files: list[tuple[str, bytes]], owner: Owner, staff: int, language: str) -> Iterator[str]:
    """Yield the page's head, each step as it is taken, what came of each file, and the page's end."""
    head, _, tail = page.partition(_HERE)
    yield head
    for name, data in files:
        heard: SimpleQueue[Any] = SimpleQueue()  # Any: a step, or what came of the file
        threading.Thread(target=_take, args=(heard, name, data, owner, staff), daemon=True).start()
        while isinstance(step := heard.get(), tuple):
            with translation.override(language):
                yield _step(*step)
        with translation.override(language):
            yield _outcome(name, step)
    yield tail


def _take(heard: "SimpleQueue[Any]", name: str, data: bytes, owner: Owner, staff: int) -> None:
    """Take one file in, on a connection of this thread's own; whatever happens, the page hears an end."""
    done: object = None
    try:
        done = bank.take_in(data, name, owner, now=clock.now(), staff=staff, progress=lambda *step: heard.put(step))
    finally:
        heard.put(done)
        close_all()


def _step(code: str, done: int, of: int) -> str:
    return format_html('<p class="muted small">{}</p>', words.word(words.STEPS, code).format(done=done + 1, of=of))


def _outcome(name: str, done: object) -> str:
    problem = done if isinstance(done, Problem) else None
    taken = done if isinstance(done, bank.Taken) else None
    return render_to_string("bank_taken.html", {"name": name, "taken": taken, "problem": problem})
