"""A text gateway of our own on this machine, for tests and trying out: it sends nothing, and keeps all."""

import contextlib
import itertools
import json
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final

from arrears.channels.addresses import is_loopback

KEY: Final = "texts_sandbox"


class Sandbox:
    """The gateway's memory and its server. ``refuses`` are numbers that it will never take. Raises off this machine."""

    def __init__(self, *, host: str = "127.0.0.1", port: int = 0) -> None:
        if not is_loopback(host):
            raise ValueError("the sandbox listens on this machine alone")
        self.taken: list[dict[str, Any]] = []
        self.refuses: set[str] = set()
        self._numbers, self._lock = itertools.count(1), threading.Lock()
        self._server = ThreadingHTTPServer((host, port), _handler_of(self))
        self._server.daemon_threads = True

    @property
    def address(self) -> str:
        """Where it listens."""
        host, port = self._server.server_address[:2]
        return f"http://{host!s}:{port}"

    @contextlib.contextmanager
    def serving(self) -> Iterator["Sandbox"]:
        """Serve from a thread for the length of a block."""
        thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        thread.start()
        try:
            yield self
        finally:
            self._server.shutdown()
            self._server.server_close()
            thread.join()

    def take(self, key: str, said: dict[str, Any]) -> tuple[int, dict[str, Any]]:
        """Answer a request: a status and what goes with it."""
        if key != f"Bearer {KEY}":
            return 401, {"error": "who are you"}
        if said.get("to") in self.refuses:
            return 422, {"error": "no such number"}
        with self._lock:
            self.taken.append(said)
            return 202, {"id": f"text-{next(self._numbers)}"}


def _handler_of(sandbox: Sandbox) -> type[BaseHTTPRequestHandler]:
    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            said = json.loads(self.rfile.read(int(self.headers.get("Content-Length", 0))))
            status, answer = sandbox.take(self.headers.get("Authorization", ""), said)
            body = json.dumps(answer).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    return Handler
