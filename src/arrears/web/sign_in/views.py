"""Sign-in by name and password, with a pause after too many wrong ones; sign-out."""

from typing import Any

from django.contrib.auth import authenticate, login, logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_http_methods, require_POST

from arrears.store.scope import signing_in
from arrears.web.language import SESSION_KEY, known, remember

PAUSE_MINUTES = 15


@sensitive_post_parameters("password")
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def sign_in(request: HttpRequest) -> HttpResponse:
    """Show the form, or take name and password."""
    if request.user.is_authenticated:
        return redirect("home")
    if request.method != "POST":
        return _form(request)
    name = request.POST.get("username", "").strip()
    with signing_in(name):
        user = authenticate(request, username=name, password=request.POST.get("password", ""))
        if user is None:
            return _form(request, is_wrong=True)
        login(request, user)
    return _welcomed(request, user)


def _welcomed(request: HttpRequest, user: Any) -> HttpResponse:  # Any: Django's user type is chosen by settings
    """Lead the signed-in person on, in their own language."""
    spoken = known(user.language) or "en"
    request.session[SESSION_KEY] = spoken
    response = redirect(_onward(request))
    remember(response, spoken)
    return response


def _onward(request: HttpRequest) -> str:
    wanted = request.POST.get("next", "")
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if wanted and is_ours else "home"


def _form(request: HttpRequest, *, is_wrong: bool = False) -> HttpResponse:
    told = {
        "is_wrong": is_wrong,
        "username": request.POST.get("username", ""),
        "next": request.POST.get("next", request.GET.get("next", "")),
    }
    return render(request, "sign_in.html", told, status=422 if is_wrong else 200)


def locked_out(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:  # noqa: ARG001 - axes' signature
    """Say that there were too many wrong passwords and when to try again (called by axes)."""
    told = {"is_locked": True, "pause": PAUSE_MINUTES, "username": request.POST.get("username", "")}
    return render(request, "sign_in.html", told, status=429)


@require_POST
def sign_out(request: HttpRequest) -> HttpResponse:
    """End the session; the language stays."""
    logout(request)
    return redirect("sign-in")


urls = [path("sign-in/", sign_in, name="sign-in"), path("sign-out/", sign_out, name="sign-out")]
