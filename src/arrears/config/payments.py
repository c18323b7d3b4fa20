"""The payment provider as the surroundings name it: its key comes from there alone, and goes nowhere else."""

from functools import cache
from typing import Final

from arrears.channels.payments.stripe_provider import StripeProvider
from arrears.config.environment import current

OWN: Final = "own"
"""What an organisation says whose money goes to the key's own account; any other word is a connected account."""


def providers(account: str) -> StripeProvider | None:
    """Return the provider for an account there; None without a key or an account."""
    environment = current()
    if not environment.payments_key or not account:
        return None
    return _provider(
        environment.payments_key,
        environment.payments_webhook_secret,
        environment.payments_address,
        "" if account == OWN else account,
    )


def can_read_messages() -> bool:
    """Return whether messages of the provider can be told from anybody else's."""
    environment = current()
    return bool(environment.payments_key and environment.payments_webhook_secret)


@cache
def _provider(key: str, webhook_secret: str, address: str, account: str) -> StripeProvider:
    return StripeProvider(key, webhook_secret=webhook_secret, address=address, account=account)
