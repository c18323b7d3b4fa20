"""The channels that the surroundings name: mail, texts and post, each made once."""

from dataclasses import fields
from functools import cache

from arrears.channels.carrying import Carrier
from arrears.channels.carrying import carriers as made_from
from arrears.config.environment import current
from arrears.domain.contacts import Channel


@cache
def carriers() -> dict[Channel, Carrier]:
    """Return what messages can be handed to, by channel; a channel without settings is not there."""
    environment = current()
    return made_from({setting.name: getattr(environment, setting.name) for setting in fields(environment)})
