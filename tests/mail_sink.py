"""A real mail server on this machine for tests: it speaks SMTP, and keeps what it is given."""

import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any


@dataclass
class Sink:
    """What came in, in order: (recipient, message), and from which envelope. ``refuses`` are recipients it will never take.

    ``on_mail`` is called with the recipient before a message is taken; ``is_full`` lets it turn everybody away for now.
    """

    mails: list[tuple[str, Any]] = field(default_factory=list)
    envelopes: list[str] = field(default_factory=list)
    refuses: set[str] = field(default_factory=set)
    is_full: bool = False
    drops_at_data: bool = False
    on_mail: Callable[[str], None] | None = None
    port: int = 0

    @property
    def address(self) -> str:
        return f"smtp://127.0.0.1:{self.port}"

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _: Any) -> str:  # noqa: N802
        if address in self.refuses:
            return "550 5.1.1 no such mailbox"
        if self.is_full:
            return "452 4.2.2 try again later"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        from email import message_from_bytes, policy

        if self.on_mail is not None:
            self.on_mail(envelope.rcpt_tos[0])
        self.envelopes.append(envelope.mail_from)
        self.mails.append((envelope.rcpt_tos[0], message_from_bytes(envelope.content, policy=policy.default)))
        if self.drops_at_data:
            server.transport.close()
        return "250 OK kept"


@contextmanager
def mail_sink() -> Iterator[Sink]:
    """Serve a sink from a thread for the length of a block."""
    from aiosmtpd.controller import Controller

    sink = Sink()
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        sink.port = free.getsockname()[1]
    controller = Controller(sink, hostname="127.0.0.1", port=sink.port)
    controller.start()
    try:
        yield sink
    finally:
        controller.stop()
