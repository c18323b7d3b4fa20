"""The interface of `arrears.channels.payments`, kept with Stripe's own library.

Links and authorisations are Checkout sessions, which Stripe hosts and lets expire; debits are payment intents,
confirmed while the debtor is away. Our organisation and reference travel as metadata and come back with every look-up.
"""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any, Final  # Any: Stripe's objects are read as the JSON they came as

import stripe

from arrears.channels.addresses import checked_address
from arrears.channels.payments import (
    DebitAsked,
    MandateStanding,
    Notice,
    Page,
    PageAsked,
    ProviderError,
    SignatureError,
    Stage,
    Standing,
)
from arrears.channels.payments.amounts import from_provider, to_provider
from arrears.domain.takings import Scheme

Json = Mapping[str, Any]

TYPES: Final[Mapping[Scheme, str]] = {
    Scheme.ACH: "us_bank_account",
    Scheme.SEPA: "sepa_debit",
    Scheme.BACS: "bacs_debit",
    Scheme.CARD: "card",
}
_EVENTS: Final = (
    "checkout.session.completed",
    "checkout.session.expired",
    "checkout.session.async_payment_succeeded",
    "checkout.session.async_payment_failed",
    "payment_intent.processing",
    "payment_intent.succeeded",
    "payment_intent.payment_failed",
    "payment_intent.canceled",
    "charge.refunded",
    "charge.dispute.created",
    "charge.dispute.closed",
)
_LOCALES: Final = {"en": "en", "es": "es", "zh": "zh"}
_ENDED: Final = {"open": Stage.OPEN, "expired": Stage.EXPIRED}
_NOT_LOST: Final = frozenset({"won", "warning_closed", "warning_needs_response", "warning_under_review"})
_GONE: Final = ("resource_missing",)
_LIVE: Final = "https://api.stripe.com"


class StripeProvider:
    """Stripe, by a key that is never kept or shown. ``account`` is the creditor's connected account, empty for none.

    ``address`` other than Stripe's own must be HTTPS or, for a sandbox, loopback; raises ValueError for any other.
    """

    def __init__(
        self, key: str, *, webhook_secret: str = "", address: str = "", account: str = "", retries: int = 2
    ) -> None:
        self._secret, self._account = webhook_secret, account
        self._client = stripe.StripeClient(
            key,
            stripe_account=account or None,
            base_addresses={"api": checked_address(address) or _LIVE},
            max_network_retries=retries,
            http_client=stripe.RequestsClient(timeout=20),
        )

    def __repr__(self) -> str:
        return "StripeProvider()"

    def is_takeable(self, amount_minor: int, currency: str) -> bool:
        """Return whether Stripe can write exactly this amount."""
        return to_provider(amount_minor, currency) is not None

    def make_page(self, asked: PageAsked) -> Page:
        """Make a Checkout session: for a payment, or to authorise debits where no amount is asked."""
        marks = _marks(asked.organisation, asked.reference)
        common = {
            "client_reference_id": asked.reference,
            "metadata": marks,
            "success_url": asked.back,
            "locale": _LOCALES.get(asked.language, "auto"),
            "expires_at": int(asked.expires_at.timestamp()),
        }
        own = self._for_payment(asked, marks) if asked.amount_minor is not None else _for_mandate(asked, marks)
        with _spoken():
            made = self._client.v1.checkout.sessions.create(
                {**common, **own},  # type: ignore[arg-type]  # built of parts that the library types as one
                {"idempotency_key": f"page-{asked.organisation}-{asked.reference}"},
            )
        return Page(made.id, made.url or "")

    def _for_payment(self, asked: PageAsked, marks: dict[str, str]) -> dict[str, Any]:
        price = {"currency": asked.currency.lower(), "unit_amount": _exactly(asked.amount_minor or 0, asked.currency)}
        return {
            "mode": "payment",
            "line_items": [{"quantity": 1, "price_data": {**price, "product_data": {"name": asked.words}}}],
            "payment_intent_data": {"metadata": marks, "description": asked.words},
        }

    def debit(self, asked: DebitAsked) -> Standing:
        """Confirm a payment intent while the debtor is away."""
        wanted = {
            "amount": _exactly(asked.amount_minor, asked.currency),
            "currency": asked.currency.lower(),
            "customer": asked.customer,
            "payment_method": asked.method,
            "payment_method_types": [TYPES[asked.scheme]],
            "off_session": True,
            "confirm": True,
            "description": asked.words,
            "metadata": _marks(asked.organisation, asked.reference),
            **({"mandate": asked.mandate} if asked.mandate else {}),
        }
        with _spoken():
            try:
                made = self._client.v1.payment_intents.create(
                    wanted,  # type: ignore[arg-type]  # as above
                    {"idempotency_key": asked.key},
                )
            except stripe.CardError as refusal:  # declined at once: the intent is there, and says so
                if (ref := _intent_of(refusal)) is None:
                    raise
                found = self.look_up(ref)
                if found is None:
                    raise
                return found
        return _standing(_json(made))

    def look_up(self, ref: str) -> Standing | None:
        """Return how a session or a payment intent stands."""
        with _spoken():
            try:
                if ref.startswith("cs_"):
                    session = self._client.v1.checkout.sessions.retrieve(
                        ref, {"expand": ["payment_intent.latest_charge"]}
                    )
                    return self._with_dispute(_of_session(_json(session)), _json(session).get("payment_intent"))
                intent = self._client.v1.payment_intents.retrieve(ref, {"expand": ["latest_charge"]})
            except stripe.InvalidRequestError as refusal:
                if refusal.code in _GONE:
                    return None
                raise
        return self._with_dispute(_standing(_json(intent), ref), _json(intent))

    def _with_dispute(self, found: Standing | None, intent: object) -> Standing | None:
        """Say why money went back; a dispute that was won, or never more than a question, took nothing back."""
        if found is None or found.stage is not Stage.RETURNED or not isinstance(intent, Mapping):
            return found
        with _spoken():
            listed = self._client.v1.disputes.list({"payment_intent": intent["id"], "limit": 1})
        dispute = _json(listed.data[0]) if listed.data else {}
        if dispute.get("status") in _NOT_LOST and found.refunded_minor < found.amount_minor:
            return replace(found, stage=Stage.CLEARED)
        return replace(found, reason=str(dispute.get("network_reason_code") or dispute.get("reason") or ""))

    def find(self, organisation: int, reference: str, customer: str, since: datetime) -> Standing | None:
        """Look through a customer's payment intents for the one that carries our marks."""
        marks = _marks(organisation, reference)
        wanted = {"customer": customer, "created": {"gte": int(since.timestamp())}, "limit": 100}
        with _spoken():
            listed = self._client.v1.payment_intents.list(wanted)  # type: ignore[arg-type]  # as above
            there = (_json(intent) for intent in listed.auto_paging_iter())
            ref = next((one["id"] for one in there if marks.items() <= (one.get("metadata") or {}).items()), None)
        return self.look_up(ref) if ref else None

    def look_up_mandate(self, ref: str) -> MandateStanding | None:
        """Return how an authorisation stands, by its session (``cs_``) or its record (``mandate_``)."""
        with _spoken():
            try:
                if not ref.startswith("cs_"):
                    mandate = _json(self._client.v1.mandates.retrieve(ref))
                    stage = Stage.CANCELLED if mandate["status"] == "inactive" else Stage.CLEARED
                    return MandateStanding(ref=ref, stage=stage, organisation=0, reference="")
                session = self._client.v1.checkout.sessions.retrieve(ref, {"expand": ["setup_intent"]})
            except stripe.InvalidRequestError as refusal:
                if refusal.code in _GONE:
                    return None
                raise
        return _mandate_of(_json(session))

    def cancel(self, ref: str) -> Standing | None:
        """Expire a session or cancel an intent; where it is too late for that, return how it stands."""
        with _spoken():
            try:
                if ref.startswith("cs_"):
                    self._client.v1.checkout.sessions.expire(ref)
                else:
                    self._client.v1.payment_intents.cancel(ref)
            except stripe.InvalidRequestError:
                pass  # it is over already, or money moves: the look-up says which
        return self.look_up(ref)

    def end_mandate(self, method: str) -> None:
        """Detach the payment method from its customer."""
        with _spoken():
            try:
                self._client.v1.payment_methods.detach(method)
            except stripe.InvalidRequestError:
                return  # detached before

    def events(self, since: datetime) -> Iterator[Notice]:
        """Yield events of the kinds we read, as the library pages through them."""
        wanted = {"created": {"gte": int(since.timestamp())}, "types": list(_EVENTS), "limit": 100}
        with _spoken():
            found = self._client.v1.events.list(wanted)  # type: ignore[arg-type]  # as above
            for event in found.auto_paging_iter():
                if (notice := _notice(_json(event))) is not None:
                    yield replace(notice, account=notice.account or self._account)

    def read(self, body: bytes, signature: str) -> Notice | None:
        """Return what a signed message says happened; None for kinds we do not read. Raises `SignatureError`."""
        try:
            event = self._client.construct_event(body, signature, self._secret)
        except (stripe.SignatureVerificationError, ValueError) as refusal:
            raise SignatureError("this was not signed by the provider, or long ago") from refusal
        return _notice(_json(event))


@contextmanager
def _spoken() -> Iterator[None]:
    """Turn the library's errors into ours, without what was sent: it may hold what belongs in no log."""
    try:
        yield
    except stripe.StripeError as error:
        raise ProviderError(f"{type(error).__name__} {error.http_status or ''} {error.code or ''}".strip()) from None


def _exactly(amount_minor: int, currency: str) -> int:
    found = to_provider(amount_minor, currency)
    if found is None:
        raise ProviderError(f"an amount in {currency} cannot be written exactly")
    return found


def _marks(organisation: int, reference: str) -> dict[str, str]:
    return {"arrears_organisation": str(organisation), "arrears_reference": reference}


def _for_mandate(asked: PageAsked, marks: dict[str, str]) -> dict[str, Any]:
    assert asked.scheme is not None
    return {
        "mode": "setup",
        "currency": asked.currency.lower(),
        "customer_creation": "always",
        "payment_method_types": [TYPES[asked.scheme]],
        "setup_intent_data": {"metadata": marks, "description": asked.words},
    }


def _json(made: Any) -> Json:  # Any: whichever of the library's objects
    found: Json = made.to_dict()
    return found


def _intent_of(refusal: stripe.CardError) -> str | None:
    body: Json = refusal.json_body if isinstance(refusal.json_body, Mapping) else {}
    said = (body.get("error") or {}).get("payment_intent") or {}
    return str(said["id"]) if "id" in said else None


def _of_session(session: Json) -> Standing | None:
    """Return how a session stands: by its payment where one began, by itself until then."""
    intent = session.get("payment_intent")
    if session["mode"] != "payment":
        return None
    if session["status"] == "complete" and isinstance(intent, Mapping):
        return _standing(intent, session["id"])
    marks = session.get("metadata") or {}
    code = session["currency"].upper()
    return Standing(
        ref=session["id"],
        stage=_ENDED.get(session["status"], Stage.OPEN),
        organisation=int(marks.get("arrears_organisation", 0)),
        reference=marks.get("arrears_reference", ""),
        amount_minor=from_provider(session["amount_total"], code),
        currency=code,
    )


def _standing(intent: Json, ref: str = "") -> Standing:
    marks, code = intent.get("metadata") or {}, intent["currency"].upper()
    charge = intent.get("latest_charge")
    charge = charge if isinstance(charge, Mapping) else {}
    stage = _stage(intent, charge)
    received = stage in {Stage.CLEARED, Stage.RETURNED}
    return Standing(
        ref=ref or intent["id"],
        stage=stage,
        organisation=int(marks.get("arrears_organisation", 0)),
        reference=marks.get("arrears_reference", ""),
        amount_minor=from_provider(intent["amount_received"] if received else intent["amount"], code),
        currency=code,
        reason=_reason(intent, charge, stage),
        refunded_minor=from_provider(charge.get("amount_refunded", 0), code),
    )


def _stage(intent: Json, charge: Json) -> Stage:
    match intent["status"]:
        case "succeeded":
            is_back = charge.get("disputed") or charge.get("refunded")
            return Stage.RETURNED if is_back else Stage.CLEARED
        case "processing":
            return Stage.SEEN
        case "canceled":
            return Stage.CANCELLED
        case "requires_payment_method" if intent.get("last_payment_error"):
            return Stage.FAILED
        case _:
            return Stage.OPEN


def _reason(intent: Json, charge: Json, stage: Stage) -> str:
    if stage is Stage.FAILED:
        error = intent.get("last_payment_error") or {}
        return str(error.get("decline_code") or error.get("code") or charge.get("failure_code") or "")
    return ""


def _mandate_of(session: Json) -> MandateStanding | None:
    if session["mode"] != "setup":
        return None
    marks, intent = session.get("metadata") or {}, session.get("setup_intent") or {}
    done = session["status"] == "complete" and intent.get("status") == "succeeded"
    return MandateStanding(
        ref=session["id"],
        stage=Stage.CLEARED if done else _ENDED.get(session["status"], Stage.OPEN),
        organisation=int(marks.get("arrears_organisation", 0)),
        reference=marks.get("arrears_reference", ""),
        customer=session.get("customer") or "",
        method=intent.get("payment_method") or "",
        mandate=intent.get("mandate") or "",
    )


def _notice(event: Json) -> Notice | None:
    """Return an event by the thing it is about: the session, or the payment intent behind a charge or dispute."""
    if event["type"] not in _EVENTS:
        return None
    about = event["data"]["object"]
    ref = about.get("payment_intent") if about["object"] in {"charge", "dispute"} else about["id"]
    if not ref:
        return None
    return Notice(
        id=event["id"],
        kind=event["type"],
        ref=str(ref),
        at=datetime.fromtimestamp(event["created"], UTC),
        account=event.get("account") or "",
    )
