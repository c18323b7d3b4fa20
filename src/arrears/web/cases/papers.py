"""Papers of a case: added by whoever works it, given out as files to named roles, forgotten for a reason."""

from collections.abc import Callable
from typing import Any, Final  # Any: what a file was sent as

from django.contrib import messages
from django.core.files.uploadedfile import UploadedFile
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache

from arrears.actions import cases as verbs
from arrears.actions.cases.papers import ERASERS
from arrears.config import clock as wall
from arrears.domain.care import SEES_CARE
from arrears.domain.case_papers import MOST_BYTES, READS_PAPERS
from arrears.kernel.problems import Problem
from arrears.store.doors import case_papers as rows
from arrears.store.doors.case_papers import Paper
from arrears.web import spoken
from arrears.web.cases.forms import typed_paper
from arrears.web.permissions import COLLECTORS, action, may, page

ADDS: Final = COLLECTORS | {"manager", "compliance", "legal"}
OPENS: Final = frozenset(READS_PAPERS)
MISTAKEN: Final = 422
NOT_AS_FILED: Final = "paper_not_as_filed"

Shown = Callable[[HttpRequest, int, int, Problem], HttpResponse]
"""What shows the case again with a problem."""


def papers_of(request: HttpRequest, case: int) -> list[tuple[Paper, bool]]:
    """Return the papers of a case, each with whether whoever asks may open it."""
    reads, cares = may(request.user, OPENS), may(request.user, frozenset(SEES_CARE))
    return [(one, cares if one.is_for_carers else reads) for one in rows.of_case(case)]


def adding(shown: Shown) -> Callable[..., HttpResponse]:
    """Return the view that adds a file to a case; ``shown`` shows the case with what was wrong."""

    @action(ADDS)
    def add(request: HttpRequest, number: int) -> HttpResponse:
        said = request.POST
        done = verbs.add_paper(
            number,
            _content(request.FILES.get("file")),
            paper=typed_paper(said),
            words=said.get("words", ""),
            now=wall.now(),
        )
        if isinstance(done, Problem):
            return shown(request, number, MISTAKEN, done)
        messages.success(request, gettext("The paper is kept."))
        return redirect("case", number)

    return add


def _content(file: "UploadedFile[Any] | None") -> bytes:
    """Return what was sent, at most one byte more than is kept: so much is enough to refuse it."""
    return b"" if file is None else bytes(file.read(MOST_BYTES + 1))


@never_cache
@page(look=OPENS)
def paper(request: HttpRequest, number: int) -> HttpResponse:
    """Give a paper out as a file, never as a page of ours; the look is on record."""
    found = verbs.open_paper(number, now=wall.now())
    if isinstance(found, Problem):
        kept = rows.paper(number)
        if kept is None or found.code != NOT_AS_FILED:
            raise Http404
        messages.error(request, found.said_in(spoken.language()))
        return redirect("case", kept.case)
    one, content = found
    return HttpResponse(
        content,
        content_type="text/plain; charset=utf-8" if one.media_type == "text/plain" else one.media_type,
        headers={
            "Content-Disposition": f'attachment; filename="{one.file_name}"',
            "Content-Security-Policy": "default-src 'none'; sandbox",
            "X-Content-Type-Options": "nosniff",
            "Cross-Origin-Resource-Policy": "same-origin",
            "Referrer-Policy": "no-referrer",
        },
    )


def erasing(shown: Shown) -> Callable[..., HttpResponse]:
    """Return the view that forgets what is in a paper."""

    @action(ERASERS)
    def erase(request: HttpRequest, number: int) -> HttpResponse:
        found = rows.paper(number)
        if found is None:
            raise Http404
        wrong = verbs.erase_paper(number, request.POST.get("because", ""), now=wall.now())
        if wrong is not None:
            return shown(request, found.case, MISTAKEN, wrong)
        messages.success(request, gettext("Erased. Only its name and its SHA-256 are kept."))
        return redirect("case", found.case)

    return erase
