"""Ports of this machine."""

import socket


class PortTakenError(RuntimeError):
    """Another program listens there already; the message says what to do."""


def refuse_taken(host: str, port: int) -> None:
    """Raise :class:`PortTakenError` if something listens on the port.

    The server's workers share their port among themselves, and the system would let a second site share it too: then
    every other click lands in the wrong book.
    """
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host, port))
        except OSError as refused:
            raise PortTakenError(
                f"{host}:{port} cannot be used ({refused.strerror}): another program listens there, perhaps another "
                "Arrears. Stop it, or choose another --port."
            ) from None
