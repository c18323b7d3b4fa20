"""The provider's own library speaks real HTTP to our sandbox: pages, debits, look-ups, signatures, exact amounts."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from arrears.channels.payments import DebitAsked, PageAsked, ProviderError, SignatureError, Stage
from arrears.channels.payments.amounts import from_provider, to_provider
from arrears.channels.payments.sandbox import KEY, WEBHOOK_SECRET, Sandbox, signed
from arrears.channels.payments.stripe_provider import StripeProvider
from arrears.domain.takings import Scheme

NOW = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)


@pytest.fixture
def bank() -> Iterator[Sandbox]:
    with Sandbox(lambda: NOW).serving() as serving:
        yield serving


@pytest.fixture
def provider(bank: Sandbox) -> StripeProvider:
    return StripeProvider(KEY, webhook_secret=WEBHOOK_SECRET, address=bank.address)


def page(reference: str = "L-1", **said: Any) -> PageAsked:
    told: dict[str, Any] = {
        "organisation": 7, "reference": reference, "currency": "USD", "words": "Meadow Loans L-1", "back": "https://a.test/b",
        "language": "es", "expires_at": NOW + timedelta(hours=2), "amount_minor": 12_345,
    } | said  # fmt: skip
    return PageAsked(**told)


def authorised(bank: Sandbox, provider: StripeProvider) -> Any:
    made = provider.make_page(page("M-1", amount_minor=None, scheme=Scheme.ACH))
    bank.authorise(made.ref)
    found = provider.look_up_mandate(made.ref)
    assert found is not None
    return found


def debit(given: Any, key: str = "D-1-1", **said: Any) -> DebitAsked:
    told: dict[str, Any] = {
        "organisation": 7, "reference": "D-1", "key": key, "amount_minor": 5_000, "currency": "USD", "words": "L-1",
        "scheme": Scheme.ACH, "customer": given.customer, "method": given.method, "mandate": given.mandate,
    } | said  # fmt: skip
    return DebitAsked(**told)


def test_a_page_is_made_once_and_tells_whose_it_is_when_paid(bank: Sandbox, provider: StripeProvider) -> None:
    made = provider.make_page(page())
    assert provider.make_page(page()) == made
    assert made.url.startswith(bank.address)
    before = provider.look_up(made.ref)
    assert before is not None
    assert (before.stage, before.organisation, before.reference) == (Stage.OPEN, 7, "L-1")
    bank.pay(made.ref)
    paid = provider.look_up(made.ref)
    assert paid is not None
    assert (paid.stage, paid.amount_minor, paid.currency, paid.reference) == (Stage.CLEARED, 12_345, "USD", "L-1")


def test_a_page_that_expired_takes_no_money(bank: Sandbox, provider: StripeProvider) -> None:
    made = provider.make_page(page())
    closed = provider.cancel(made.ref)
    assert closed is not None
    assert closed.stage is Stage.EXPIRED
    with pytest.raises(ValueError, match="over"):
        bank.pay(made.ref)
    again = provider.cancel(made.ref)
    assert again is not None
    assert again.stage is Stage.EXPIRED


def test_a_debit_under_an_authorisation_clears_and_may_come_back(bank: Sandbox, provider: StripeProvider) -> None:
    given = authorised(bank, provider)
    assert (given.stage, given.reference) == (Stage.CLEARED, "M-1")
    first, second = provider.debit(debit(given)), provider.debit(debit(given))
    assert first == second
    assert first.stage is Stage.SEEN
    bank.clear(first.ref)
    cleared = provider.look_up(first.ref)
    assert cleared is not None
    assert cleared.stage is Stage.CLEARED
    bank.dispute(first.ref, "debit_not_authorized")
    back = provider.look_up(first.ref)
    assert back is not None
    assert (back.stage, back.reason) == (Stage.RETURNED, "debit_not_authorized")
    bank.win(first.ref)
    won = provider.look_up(first.ref)
    assert won is not None
    assert won.stage is Stage.CLEARED


def test_a_debit_declined_at_once_says_why(bank: Sandbox, provider: StripeProvider) -> None:
    given = authorised(bank, provider)
    bank.declines.append("insufficient_funds")
    declined = provider.debit(debit(given))
    assert (declined.stage, declined.reason, declined.reference) == (Stage.FAILED, "insufficient_funds", "D-1")


def test_one_key_stands_for_one_request(bank: Sandbox, provider: StripeProvider) -> None:
    given = authorised(bank, provider)
    provider.debit(debit(given))
    with pytest.raises(ProviderError):
        provider.debit(debit(given, amount_minor=9_000))


def test_a_provider_that_is_down_is_our_error_without_what_was_sent(bank: Sandbox) -> None:
    provider = StripeProvider(KEY, address=bank.address, retries=0)
    bank.is_down = True
    with pytest.raises(ProviderError) as told:
        provider.make_page(page(words="Very private words"))
    assert "private" not in str(told.value)
    assert KEY not in f"{told.value}{provider!r}"


def test_a_wrong_key_is_refused_and_nothing_is_known(bank: Sandbox) -> None:
    with pytest.raises(ProviderError, match="401"):
        StripeProvider("nonsense", address=bank.address).look_up("cs_1")


def test_what_nobody_knows_is_none(provider: StripeProvider) -> None:
    assert provider.look_up("pi_none") is None
    assert provider.look_up_mandate("cs_none") is None


def test_a_signed_message_is_read_and_any_other_refused(bank: Sandbox, provider: StripeProvider) -> None:
    made = provider.make_page(page())
    intent = bank.pay(made.ref)
    body, signature = signed(bank.events[0])
    notice = provider.read(body, signature)
    assert notice is not None
    assert (notice.kind, notice.ref, notice.at) == ("checkout.session.completed", made.ref, NOW)
    assert [told.ref for told in provider.events(NOW)] == [intent, made.ref]
    old = f"t=1000000000,{signature.partition(',')[2]}"
    for wrong in ("", "t=1,v1=00", signed(bank.events[0], "whsec_other")[1], signed(bank.events[1])[1], old):
        with pytest.raises(SignatureError):
            provider.read(body, wrong)


def test_a_kind_of_message_that_nobody_reads_is_none(provider: StripeProvider) -> None:
    about = {"object": "customer", "id": "cus_1"}
    event = {"id": "evt_1", "object": "event", "type": "customer.created", "created": 1, "data": {"object": about}}
    body, signature = signed(event)
    assert provider.read(body, signature) is None


@pytest.mark.parametrize("host", ["0.0.0.0", "192.168.0.7", "example.org", "::"])
def test_the_sandbox_listens_on_this_machine_alone(host: str) -> None:
    with pytest.raises(ValueError, match="this machine alone"):
        Sandbox(lambda: NOW, host=host)


def test_the_sandbox_speaks_to_this_machine_alone(bank: Sandbox) -> None:
    with pytest.raises(ValueError, match="this machine alone"):
        bank.deliver("https://example.org/takings/events/")


@pytest.mark.parametrize("address", ["http://example.org", "ftp://127.0.0.1", "http://10.0.0.1:80", "stripe.com"])
def test_a_provider_is_spoken_to_by_https_or_on_this_machine(address: str) -> None:
    with pytest.raises(ValueError, match="HTTPS"):
        StripeProvider(KEY, address=address)


@pytest.mark.parametrize(
    ("minor", "code", "theirs"),
    [
        (12_345, "USD", 12_345),
        (500, "JPY", 500),
        (1_200, "MGA", 12),
        (1_250, "MGA", None),
        (12_340, "KWD", 12_340),
        (12_345, "KWD", None),
        (7, "ISK", 700),
        (7, "UGX", 700),
        (0, "USD", None),
        (5, "XXX", None),
    ],
)
def test_amounts_are_written_as_the_provider_writes_them_or_not_at_all(
    minor: int, code: str, theirs: int | None
) -> None:
    assert to_provider(minor, code) == theirs
    assert theirs is None or from_provider(theirs, code.lower()) == minor
