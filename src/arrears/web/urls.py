"""The addresses: every folder beside this file that holds a ``views.py`` brings its own ``urls``; and ``/api/``."""

import importlib
import importlib.util
import pkgutil
from types import ModuleType

from django.urls import URLPattern, URLResolver, include, path

import arrears.web


def pages() -> list[ModuleType]:
    """Return the ``views`` module of each page folder, by name."""
    folders = sorted(found.name for found in pkgutil.iter_modules(arrears.web.__path__) if found.ispkg)
    names = [f"{arrears.web.__name__}.{folder}.views" for folder in folders]
    return [importlib.import_module(name) for name in names if importlib.util.find_spec(name)]


urlpatterns: list[URLPattern | URLResolver] = [address for page in pages() for address in page.urls]
urlpatterns.append(path("api/", include("arrears.api.urls")))
handler403 = "arrears.web.refusals.forbidden"
handler404 = "arrears.web.refusals.not_found"
handler500 = "arrears.web.refusals.failed"
