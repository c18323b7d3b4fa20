"""Whom we speak to: by HTTPS, or on this machine itself."""

import ipaddress
from urllib.parse import urlsplit


def checked_address(address: str) -> str:
    """Return the address without its last slash; raises ValueError where it is neither HTTPS nor loopback."""
    parts = urlsplit(address)
    if address and parts.scheme != "https" and not (parts.scheme == "http" and is_loopback(parts.hostname or "")):
        raise ValueError("a payment provider is spoken to by HTTPS, or in a sandbox on this machine")
    return address.rstrip("/")


def is_loopback(host: str) -> bool:
    """Return whether a host is this machine itself."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
