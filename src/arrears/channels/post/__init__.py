"""Letters: each a PDF in a folder, from which a printer or a print shop takes it. It is written whole or not."""

import os
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

from arrears.channels.carrying import Carrier, Handed, Outgoing
from arrears.domain.contacts import Channel
from arrears.domain.messages import Delivery

CHANNEL: Final = Channel.LETTER


@dataclass(frozen=True)
class Post:
    """The folder of letters that wait to be printed."""

    folder: Path

    def send(self, message: Outgoing) -> Handed:
        """Write the page of a letter into the folder, once; it counts as sent from then on."""
        if not message.page:
            return Handed(Delivery.NOT_TAKEN, said="there is no page")
        place = self.folder / f"{message.reference}.pdf"
        part = place.with_suffix(".part")
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            with part.open("wb") as file:
                file.write(message.page)
                file.flush()
                os.fsync(file.fileno())
            part.replace(place)
        except OSError as wrong:
            return Handed(Delivery.NOT_TAKEN, said=str(wrong)[:200])
        return Handed(Delivery.ACCEPTED, ref=place.name)

    def rest(self) -> None:
        """Nothing is kept open."""


def carrier(settings: Mapping[str, Any]) -> Carrier | None:
    """Return the post that the settings name a folder for."""
    folder = settings.get("post_folder")
    return Post(Path(folder)) if folder else None
