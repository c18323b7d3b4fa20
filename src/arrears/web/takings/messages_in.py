"""What comes in from the provider, and the page on which a payer lands afterwards: neither needs a sign-in.

A message is read only if the provider signed it, is no longer than it may be, and comes no faster than it may. Nothing
of it is written to a log.
"""

from typing import Final

from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_POST

from arrears.actions.takings import following
from arrears.channels.payments import ProviderError, SignatureError
from arrears.config import clock
from arrears.config.payments import OWN, can_read_messages, providers
from arrears.web.numbers import whole

LONGEST: Final = 256 * 1024
"""Bytes of one message."""
MOST_A_MINUTE: Final = 600


@csrf_exempt
@require_POST
def events(request: HttpRequest) -> HttpResponse:
    """Take in one signed message: 200 taken in, 204 about nothing of ours, 400 not signed, 503 come again."""
    if not can_read_messages():
        return HttpResponse(status=404)
    if (refusal := _too_much(request)) is not None:
        return refusal
    reader = providers(OWN)
    assert reader is not None
    try:
        told = reader.read(request.body, request.headers.get("Stripe-Signature", ""))
    except (SignatureError, UnicodeDecodeError):
        return HttpResponse(status=400)
    provider = providers(told.account or OWN) if told else None
    if told is None or provider is None:
        return HttpResponse(status=204)
    try:
        is_ours = following.notice(told, provider, now=clock.now())
    except ProviderError:
        return HttpResponse(status=503)
    return HttpResponse(status=200 if is_ours else 204)


def _too_much(request: HttpRequest) -> HttpResponse | None:
    """Refuse what is too long or comes too fast, before it is read."""
    if whole(request.headers.get("Content-Length") or "0", most=LONGEST) is None:
        return HttpResponse(status=413)
    return HttpResponse(status=429) if _is_too_fast() else None


def _is_too_fast() -> bool:
    key = f"taking-messages:{clock.now():%Y%m%d%H%M}"
    cache.add(key, 0, 120)
    return int(cache.incr(key)) > MOST_A_MINUTE


@never_cache
@require_GET
def thanks(request: HttpRequest) -> HttpResponse:
    """Thank whoever paid; the page knows nobody."""
    return render(request, "thanks.html")
