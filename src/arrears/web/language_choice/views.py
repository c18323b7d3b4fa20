"""Changes the language of the pages for this session and this browser."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import path
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from arrears.web.language import SESSION_KEY, known, remember


@require_POST
def language(request: HttpRequest) -> HttpResponse:
    """Take the chosen language and go back to where it was chosen."""
    spoken = known(request.POST.get("language"))
    back = request.POST.get("next", "")
    is_safe = url_has_allowed_host_and_scheme(back, {request.get_host()}, require_https=request.is_secure())
    response = redirect(back if is_safe and back.startswith("/") else "home")
    if spoken:
        request.session[SESSION_KEY] = spoken
        remember(response, spoken)
    return response


urls = [path("language/", language, name="language")]
