"""A real Chromium before a live server, in one process with the book, so that the clock can be set."""

import contextlib
import importlib.util
import os
import shutil
import sys
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

ROOT = Path(__file__).resolve().parents[2]
PICTURES = ROOT / ".screenshots"
STREET = ROOT / "tests" / "street" / "conftest.py"
FLAGS = [
    "--headless=new",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]

#: Playwright's loop runs in this thread; Django takes it for asynchronous code, which it is not.
os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"


def _street() -> Any:
    """Return the conftest of the street's tests: its town is ours too."""
    found = next((m for m in list(sys.modules.values()) if getattr(m, "__file__", None) == str(STREET)), None)
    if found is None:
        wanted = importlib.util.spec_from_file_location("street_conftest", STREET)
        assert wanted is not None
        assert wanted.loader is not None
        found = importlib.util.module_from_spec(wanted)
        sys.modules["street_conftest"] = found
        wanted.loader.exec_module(found)
    return found


street = _street()


@dataclass(frozen=True)
class Site:
    """The live site: its address, the town behind it, and a clock that can be moved."""

    address: str
    town: Any
    clock: list[datetime]


@pytest.fixture
def site(book: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """Serve the pages from threads of this process."""
    from arrears.config import clock

    hands = [street.shared("NOW") + street.A_DAY]
    monkeypatch.setattr(clock, "now", lambda: hands[0])
    town = street.settle_town()
    with _served() as address:
        yield Site(address, town, hands)


@contextlib.contextmanager
def _served() -> Iterator[str]:
    """The pages behind a port of their own, for the length of a block."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler

    class Quiet(WSGIRequestHandler):
        def log_message(self, *args: object) -> None:
            """Say nothing."""

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet, ipv6=False)
    server.set_app(_closing_connections(_application()))
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://localhost:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


def _application() -> Any:
    from arrears.web.wsgi import application

    return application


def _closing_connections(application: Any) -> Callable[..., Any]:
    """Let no connection outlive its request: each request here has a thread of its own."""
    from django.db import connections

    def answer(environ: Any, start_response: Any) -> Any:
        try:
            return application(environ, start_response)
        finally:
            connections.close_all()

    return answer


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    """The system's Chromium."""
    program = os.environ.get("ARREARS_CHROMIUM") or next(
        (found for name in ("chromium", "chromium-browser", "google-chrome") if (found := shutil.which(name))), None
    )
    if program is None:
        street.shared("missing")("Chromium (install the package chromium, or set ARREARS_CHROMIUM to its path)")
    from playwright.sync_api import sync_playwright

    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program, args=FLAGS, headless=True)
        yield browser
        browser.close()


@pytest.fixture
def pictures() -> Path:
    """Where screenshots go; the folder is not kept."""
    PICTURES.mkdir(exist_ok=True)
    return PICTURES
