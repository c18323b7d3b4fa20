"""Text messages through a gateway over HTTP: one JSON request a message, and the gateway's own number for it.

``POST {address}/messages`` with ``to``, ``from``, ``words`` and our ``reference``, the key as a bearer token. The
gateway answers 2xx with ``id``, or says by 4xx that it will never take it. Real gateways differ in names, not in kind;
one is another folder beside this. `sandbox` is a gateway on this machine.
"""

import http.client
import json
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, Final
from urllib.parse import urlsplit

from arrears.channels.addresses import checked_address, is_loopback
from arrears.channels.carrying import Carrier, Handed, Outgoing
from arrears.domain.contacts import Channel
from arrears.domain.messages import Delivery

CHANNEL: Final = Channel.TEXT
_SECONDS: Final = 20
_LATER: Final = frozenset({401, 403, 408, 429})
"""Answers that say nothing against the message: who we are, or that it came too fast."""
_OURS: Final = range(400, 500)


@dataclass(frozen=True)
class Gateway:
    """A gateway for text messages, spoken to by HTTPS or on this machine."""

    address: str
    key: str = field(repr=False)

    def send(self, message: Outgoing) -> Handed:
        """Hand a text to the gateway."""
        said = {
            "to": message.address,
            "from": message.from_number,
            "words": message.words,
            "reference": message.reference,
        }
        asked = urllib.request.Request(  # noqa: S310 - HTTPS or this machine: checked when the gateway was made
            f"{self.address}/messages",
            data=json.dumps(said).encode(),
            headers={"Authorization": f"Bearer {self.key}", "Content-Type": "application/json"},
            method="POST",
        )
        try:
            with _opener(self.address).open(asked, timeout=_SECONDS) as answer:
                return Handed(Delivery.ACCEPTED, ref=str(json.load(answer).get("id", "")))
        except urllib.error.HTTPError as refused:
            return _refused(refused)
        except urllib.error.URLError as away:
            is_refused = isinstance(away.reason, ConnectionRefusedError)
            return Handed(Delivery.NOT_TAKEN if is_refused else Delivery.UNKNOWN, said=str(away.reason)[:200])
        except (OSError, http.client.HTTPException, ValueError) as wrong:
            return Handed(Delivery.UNKNOWN, said=str(wrong)[:200])

    def rest(self) -> None:
        """Nothing is kept open."""


def _opener(address: str) -> urllib.request.OpenerDirector:
    """Return what opens an address: this machine is reached by no proxy."""
    is_here = is_loopback(urlsplit(address).hostname or "")
    return urllib.request.build_opener(*([urllib.request.ProxyHandler({})] if is_here else []))


def _refused(refused: urllib.error.HTTPError) -> Handed:
    said = f"{refused.code} {refused.read(200).decode(errors='replace')}"
    if refused.code in _LATER:
        return Handed(Delivery.NOT_TAKEN, said=said)
    return Handed(Delivery.FAILED if refused.code in _OURS else Delivery.UNKNOWN, said=said)


def carrier(settings: Mapping[str, Any]) -> Carrier | None:
    """Return the gateway that the settings name; None where they name none."""
    if not settings.get("texts_address") or not settings.get("texts_key"):
        return None
    return Gateway(checked_address(settings["texts_address"]), settings["texts_key"])
