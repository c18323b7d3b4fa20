"""The addresses of the programs' side, under ``/api/``: every file beside this one that has a ``router`` is a resource.

Who asks is whoever is signed in, by the same session, roles and scope as the pages; what changes something needs the
token against forged requests. The schema is served as JSON; there is no page of documents from anywhere else.
"""

import importlib
import pkgutil
from collections.abc import Iterator
from types import ModuleType

from django.http import HttpRequest, HttpResponse
from django.urls import URLPattern, URLResolver, path
from ninja import NinjaAPI
from ninja.security import SessionAuth

import arrears
import arrears.api
from arrears.api.answers import Refused, refused
from arrears.api.reach import signed_in_only


def resources() -> Iterator[ModuleType]:
    """Yield each resource's module, by name."""
    for found in sorted(pkgutil.iter_modules(arrears.api.__path__), key=lambda one: one.name):
        if found.name != "urls":
            module = importlib.import_module(f"{arrears.api.__name__}.{found.name}")
            if hasattr(module, "router"):
                yield module


def _made() -> NinjaAPI:
    made = NinjaAPI(
        title="Arrears",
        version=arrears.__version__,
        description="What the pages show, for programs. Amounts are whole minor units of the currency beside them.",
        docs_url=None,
        docs_decorator=signed_in_only,
        auth=SessionAuth(),
        urls_namespace="api",
    )

    @made.exception_handler(Refused)
    def _refused(request: HttpRequest, why: Refused) -> HttpResponse:
        return made.create_response(request, refused(why.problem), status=why.status)

    for module in resources():
        made.add_router(module.PLACE, module.router)
    return made


api = _made()
urlpatterns: list[URLPattern | URLResolver] = [path("", api.urls)]
