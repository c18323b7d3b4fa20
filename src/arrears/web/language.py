"""Which language a page speaks: the signed-in person's own, else the cookie's, else what the browser asks for."""

from collections.abc import Callable

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import translation

SESSION_KEY = "language"
_A_YEAR = 365 * 24 * 3600


def known(code: str | None) -> str | None:
    """Return the page language for a code such as ``zh``, ``zh-CN`` or ``es``; None where we do not speak it."""
    if not code:
        return None
    short = code.lower().replace("_", "-")
    if short.startswith("zh"):
        return "zh-hans"
    return next((spoken for spoken, _ in settings.LANGUAGES if short.split("-")[0] == spoken), None)


def language_of(request: HttpRequest) -> str:
    """Return the language of this request."""
    own = known(request.session.get(SESSION_KEY))
    chosen = own or known(request.COOKIES.get(settings.LANGUAGE_COOKIE_NAME))
    return chosen or known(translation.get_language_from_request(request)) or settings.LANGUAGE_CODE


def remember(response: HttpResponse, code: str) -> None:
    """Keep the choice in a cookie, so that the sign-in page speaks it next time."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        code,
        max_age=_A_YEAR,
        secure=settings.SESSION_COOKIE_SECURE,
        httponly=True,
        samesite="Lax",
    )


class LanguageMiddleware:
    """Activates the language of each request and says so in the answer."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        """Run one request in its language."""
        with translation.override(language_of(request)):
            request.LANGUAGE_CODE = translation.get_language() or settings.LANGUAGE_CODE
            response = self.get_response(request)
            response.headers.setdefault("Content-Language", translation.get_language() or settings.LANGUAGE_CODE)
        return response
