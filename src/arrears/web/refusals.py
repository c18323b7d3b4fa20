"""What a page says when it refuses: plainly, and without telling whether the thing exists."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render


def forbidden(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's
    """Return the page for those whose role does not reach this far."""
    return render(request, "refused.html", {"may_not": True}, status=403)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:  # noqa: ARG001 - Django's
    """Return the page for an address that is none, or that leads to what the caller may not see."""
    return render(request, "refused.html", {"may_not": False}, status=404)


def failed(request: HttpRequest) -> HttpResponse:
    """Return the page for a mistake of ours: everything of the request was undone. It fetches nothing."""
    return render(request, "failed.html", status=500)
