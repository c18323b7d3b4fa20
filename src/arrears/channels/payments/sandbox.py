"""A payment provider of our own on this machine, for tests and the demonstration: no money, no network.

It answers the few calls of Stripe's API that `StripeProvider` makes, over real HTTP, so that the real library speaks to
it. It listens on loopback alone and answers nobody from elsewhere. What a payer or a bank would do is done by its
methods: `pay`, `clear`, `fail`, `dispute`, `authorise`; what Stripe would tell us is sent by `deliver`, signed.
"""

import contextlib
import itertools
import json
import re
import threading
import urllib.error
import urllib.request
from collections.abc import Callable, Iterator
from datetime import datetime
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Final  # Any: the provider's JSON
from urllib.parse import parse_qsl, urlsplit

import stripe

from arrears.channels.addresses import is_loopback

KEY: Final = "sk_test_sandbox"
WEBHOOK_SECRET: Final = "whsec_sandbox"  # noqa: S105 - no secret: it opens nothing but this sandbox
Json = dict[str, Any]
_STEP: Final = re.compile(r"[^\[\]]+")


class Sandbox:
    """The provider's memory and its server. ``now`` is the clock it stamps events with.

    With ``is_easy`` a debit clears the next time anybody looks, and its pages have a button that pays: enough for a
    demonstration. Raises ValueError for a host that is not loopback.
    """

    def __init__(
        self, now: Callable[[], datetime], *, host: str = "127.0.0.1", port: int = 0, is_easy: bool = False
    ) -> None:
        if not is_loopback(host):
            raise ValueError("the sandbox listens on this machine alone")
        self.now, self.is_easy = now, is_easy
        self.things: dict[str, Json] = {}
        self.events: list[Json] = []
        self.seen_keys: dict[str, tuple[str, Json]] = {}
        self.asked: list[str] = []
        self.declines: list[str] = []
        """Codes with which the next debits are declined at once, in turn."""
        self.is_down = False
        self.loses_answers = False
        """Whether it does what it is asked and nobody hears of it."""
        self._lock, self._numbers = threading.RLock(), itertools.count(1)
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

    # --- what a payer, a bank or a regulator does ---

    def pay(self, session: str, *, is_cleared: bool = True) -> str:
        """Somebody pays on the page, once; return the payment intent. Not cleared: the bank is still at it."""
        with self._lock:
            page = self.things[session]
            if page["status"] != "open":
                raise ValueError("this page is over")
            intent = self._new_intent(page["amount_total"], page["currency"], page["metadata"])
            page |= {
                "status": "complete",
                "payment_status": "paid" if is_cleared else "unpaid",
                "payment_intent": intent,
            }
            self._tell("checkout.session.completed", page)
        if is_cleared:
            self.clear(intent)
        else:
            self._tell("payment_intent.processing", self.things[intent])
        return intent

    def clear(self, intent: str) -> None:
        """The money has come."""
        with self._lock:
            found = self.things[intent]
            charge = self._keep("ch", {"object": "charge", "payment_intent": intent, "amount": found["amount"],
                "amount_refunded": 0, "refunded": False, "disputed": False})  # fmt: skip
            found |= {"status": "succeeded", "amount_received": found["amount"], "latest_charge": charge["id"]}
            self._tell("payment_intent.succeeded", found)

    def fail(self, intent: str, code: str) -> None:
        """The bank says no, days later."""
        with self._lock:
            found = self.things[intent]
            found |= {"status": "requires_payment_method", "last_payment_error": {"code": code}}
            self._tell("payment_intent.payment_failed", found)

    def dispute(self, intent: str, reason: str) -> None:
        """The payer takes the money back at the bank, after it had come."""
        with self._lock:
            charge = self.things[self.things[intent]["latest_charge"]]
            dispute = self._keep(
                "dp", {"object": "dispute", "payment_intent": intent, "reason": reason, "status": "lost"}
            )
            charge["disputed"] = True
            self._tell("charge.dispute.created", dispute)

    def refund(self, intent: str, amount: int) -> None:
        """The creditor gives money back, some of it or all; several refunds add up."""
        with self._lock:
            charge = self.things[self.things[intent]["latest_charge"]]
            charge["amount_refunded"] += amount
            charge["refunded"] = charge["amount_refunded"] == charge["amount"]
            self._tell("charge.refunded", charge)

    def win(self, intent: str) -> None:
        """The bank gives the money back to us after all."""
        with self._lock:
            dispute = self._disputes(intent)[0]
            dispute["status"] = "won"
            self._tell("charge.dispute.closed", dispute)

    def lose(self, intent: str) -> None:
        """The bank changes its mind once more: the money is gone after all."""
        with self._lock:
            dispute = self._disputes(intent)[0]
            dispute["status"] = "lost"
            self._tell("charge.dispute.closed", dispute)

    def _disputes(self, intent: str) -> list[Json]:
        return [one for one in self.things.values() if one["object"] == "dispute" and one["payment_intent"] == intent]

    def authorise(self, session: str) -> None:
        """Somebody authorises debits on the page."""
        with self._lock:
            page = self.things[session]
            if page["status"] != "open":
                raise ValueError("this page is over")
            method = self._keep("pm", {"object": "payment_method", "type": page["payment_method_types"][0]})
            mandate = self._keep("mandate", {"object": "mandate", "status": "active"})
            customer = self._keep("cus", {"object": "customer"})
            intent = self._keep("seti", {"object": "setup_intent", "status": "succeeded",
                "payment_method": method["id"], "mandate": mandate["id"]})  # fmt: skip
            page |= {"status": "complete", "customer": customer["id"], "setup_intent": intent["id"]}
            self._tell("checkout.session.completed", page)

    def expire(self, session: str) -> None:
        """The page's time is over."""
        with self._lock:
            self.things[session]["status"] = "expired"
            self._tell("checkout.session.expired", self.things[session])

    # --- what it tells us ---

    def deliver(self, to: str, *events: Json, secret: str = WEBHOOK_SECRET) -> list[int]:
        """Send events to a webhook on this machine, all of them unless given; return the answers' codes."""
        if not is_loopback(urlsplit(to).hostname or ""):
            raise ValueError("the sandbox speaks to this machine alone")
        found = []
        for event in events or tuple(self.events):
            body, signature = signed(event, secret)
            headers = {"Stripe-Signature": signature, "Content-Type": "application/json"}
            request = urllib.request.Request(to, body, headers)  # noqa: S310 - loopback, checked above
            try:
                with urllib.request.urlopen(request, timeout=20) as answer:  # noqa: S310 - loopback, checked above
                    found.append(answer.status)
            except urllib.error.HTTPError as refusal:
                found.append(refusal.code)
        return found

    def _tell(self, kind: str, about: Json) -> None:
        self.events.append({
            "id": f"evt_{next(self._numbers)}", "object": "event", "type": kind, "created": int(self.now().timestamp()),
            "data": {"object": json.loads(json.dumps(about))},
        })  # fmt: skip

    # --- the API ---

    def answer(self, method: str, path: str, said: Json, key: str) -> tuple[int, Json]:
        """Return status and body of one call; the same idempotency key answers the same."""
        with self._lock:
            self.asked.append(f"{method} {path}")
            if self.is_down:
                return 503, _error("api_error", "down")
            if key and key in self.seen_keys:
                then, body = self.seen_keys[key]
                if then != json.dumps(said, sort_keys=True):
                    return 400, _error("idempotency_error", "key_in_use")
                return 200, body
            status, body = self._act(method, path.removeprefix("/v1/").split("/"), said)
            if key and status == 200:  # noqa: PLR2004 - HTTP
                self.seen_keys[key] = (json.dumps(said, sort_keys=True), body)
            if self.loses_answers:
                return 503, _error("api_error", "lost")
            return status, body

    def _act(self, method: str, steps: list[str], said: Json) -> tuple[int, Json]:  # noqa: C901, PLR0911 - one line a call
        match (method, *steps):
            case ("POST", "checkout", "sessions"):
                return 200, self._make_session(said)
            case ("POST", "checkout", "sessions", ref, "expire"):
                if self.things[ref]["status"] != "open":
                    return 400, _error("invalid_request_error", "session_over")
                self.expire(ref)
                return 200, self.things[ref]
            case ("POST", "payment_intents"):
                return self._make_intent(said)
            case ("POST", "payment_intents", ref, "cancel"):
                if self.things[ref]["status"] not in {"requires_payment_method", "processing"}:
                    return 400, _error("invalid_request_error", "payment_intent_unexpected_state")
                self.things[ref]["status"] = "canceled"
                self._tell("payment_intent.canceled", self.things[ref])
                return 200, self.things[ref]
            case ("POST", "payment_methods", ref, "detach"):
                return 200, self.things[ref]
            case ("GET", "events"):
                since = int(said.get("created", {}).get("gte", 0))
                found = [event for event in self.events if event["created"] >= since]
                return 200, {"object": "list", "url": "/v1/events", "has_more": False, "data": found[::-1]}
            case ("GET", "payment_intents"):
                found = self._intents_of(said["customer"], int(said.get("created", {}).get("gte", 0)))
                return 200, {"object": "list", "url": "/v1/payment_intents", "has_more": False, "data": found}
            case ("GET", "disputes"):
                found = self._disputes(said["payment_intent"])
                return 200, {"object": "list", "url": "/v1/disputes", "has_more": False, "data": found}
            case ("GET", *_, ref) if ref in self.things:
                self._settle_easily(ref)
                return 200, self._expanded(self.things[ref])
            case _:
                return 404, _error("invalid_request_error", "resource_missing")

    def _make_session(self, said: Json) -> Json:
        is_setup = said["mode"] == "setup"
        price = {} if is_setup else said["line_items"]["0"]["price_data"]
        page = self._keep("cs_test", {
            "object": "checkout.session", "mode": said["mode"], "status": "open", "payment_status": "unpaid",
            "currency": said.get("currency") or price["currency"], "metadata": said.get("metadata", {}),
            "amount_total": None if is_setup else int(price["unit_amount"]), "success_url": said["success_url"],
            "payment_method_types": list(said.get("payment_method_types", {}).values()),
            "expires_at": int(said["expires_at"]), "payment_intent": None, "setup_intent": None, "customer": None,
        })  # fmt: skip
        page["url"] = f"{self.address}/pay/{page['id']}"
        return page

    def _make_intent(self, said: Json) -> tuple[int, Json]:
        if said["payment_method"] not in self.things:
            return 404, _error("invalid_request_error", "resource_missing")
        ref = self._new_intent(int(said["amount"]), said["currency"], said.get("metadata", {}))
        self.things[ref]["customer"] = said["customer"]
        if self.declines:
            code = self.declines.pop(0)
            self.fail(ref, code)
            refusal = _error("card_error", code)
            refusal["error"]["payment_intent"] = self.things[ref]
            return 402, refusal
        self._tell("payment_intent.processing", self.things[ref])
        return 200, self.things[ref]

    def _intents_of(self, customer: str, since: int) -> list[Json]:
        intents = (one for one in self.things.values() if one["object"] == "payment_intent")
        return [one for one in intents if one.get("customer") == customer and one["created"] >= since]

    def _new_intent(self, amount: int, currency: str, marks: Json) -> str:
        made = self._keep("pi", {"object": "payment_intent", "status": "processing", "amount": amount,
            "amount_received": 0, "currency": currency, "metadata": marks, "latest_charge": None,
            "last_payment_error": None, "customer": None, "created": int(self.now().timestamp())})  # fmt: skip
        return str(made["id"])

    def _keep(self, kind: str, thing: Json) -> Json:
        thing["id"] = f"{kind}_{next(self._numbers)}"
        self.things[thing["id"]] = thing
        return thing

    def _expanded(self, thing: Json) -> Json:
        """Return a thing with the things it names, one within the other, as `expand` asks."""
        named = {
            "checkout.session": ("payment_intent", "setup_intent"),
            "payment_intent": ("latest_charge",),
        }.get(thing["object"], ())
        inner = {name: self.things[thing[name]] for name in named if thing.get(name) in self.things}
        return thing | {name: self._expanded(one) for name, one in inner.items()}

    def _settle_easily(self, ref: str) -> None:
        if self.is_easy and self.things[ref].get("status") == "processing":
            self.clear(ref)

    def press(self, ref: str) -> str:
        """Do what the button of a page does; return where the payer goes afterwards."""
        page = self.things[ref]
        if page["status"] == "open":
            self.authorise(ref) if page["mode"] == "setup" else self.pay(ref)
        return str(page["success_url"])


def signed(event: Json, secret: str = WEBHOOK_SECRET) -> tuple[bytes, str]:
    """Return an event's bytes and the signature that the provider's own library makes for them."""
    body = json.dumps(event)
    return body.encode(), stripe.WebhookSignature.generate_signature_header(body, secret)


def _error(kind: str, code: str) -> Json:
    return {"error": {"type": kind, "code": code, "message": code}}


def _nested(pairs: list[tuple[str, str]]) -> Json:
    """Return form fields ``a[b][0]=c`` as nested dictionaries."""
    found: Json = {}
    for name, value in pairs:
        *way, last = _STEP.findall(name)
        inner = found
        for step in way:
            inner = inner.setdefault(step, {})
        inner[last] = value
    return found


_PAGE: Final = """<!doctype html><html lang="en"><meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Sandbox</title><h1>Sandbox: no money moves here</h1><p>{what}</p>{button}</html>"""
_BUTTON: Final = '<form method="post"><button>Pretend</button></form>'


def _handler_of(sandbox: Sandbox) -> type[BaseHTTPRequestHandler]:  # noqa: C901 - a class in a function, to close over
    class Handler(BaseHTTPRequestHandler):
        """Read one request, answer it, write nothing down."""

        def log_message(self, *args: object) -> None:
            """Say nothing."""

        def do_GET(self) -> None:
            path = urlsplit(self.path)
            if path.path.startswith("/pay/"):
                self._page(path.path.rpartition("/")[2])
            else:
                self._call("GET", path.path, path.query)

        def do_POST(self) -> None:
            said = self.rfile.read(int(self.headers.get("Content-Length") or 0)).decode()
            path = urlsplit(self.path).path
            if path.startswith("/pay/") and sandbox.is_easy:
                self.send_response(303)
                self.send_header("Location", sandbox.press(path.rpartition("/")[2]))
                self.end_headers()
            else:
                self._call("POST", path, said)

        def _call(self, method: str, path: str, said: str) -> None:
            if not is_loopback(self.client_address[0]):
                return self._say(403, json.dumps(_error("api_error", "not_here")))
            if not self.headers.get("Authorization", "").startswith("Bearer sk_test_"):
                return self._say(401, json.dumps(_error("authentication_error", "key")))
            key = self.headers.get("Idempotency-Key", "")
            status, body = sandbox.answer(method, path, _nested(parse_qsl(said)), key if method == "POST" else "")
            return self._say(status, json.dumps(body))

        def _page(self, ref: str) -> None:
            found = sandbox.things.get(ref)
            if found is None:
                return self._say(404, "", "text/html")
            is_open = found["status"] == "open" and sandbox.is_easy
            what = f"{found['amount_total'] or ''} {found['currency']} {found['status']}"
            return self._say(200, _PAGE.format(what=what, button=_BUTTON if is_open else ""), "text/html")

        def _say(self, status: int, body: str, kind: str = "application/json") -> None:
            self.send_response(status)
            self.send_header("Content-Type", f"{kind}; charset=utf-8")
            self.send_header("Content-Length", str(len(body.encode())))
            self.end_headers()
            self.wfile.write(body.encode())

    return Handler
