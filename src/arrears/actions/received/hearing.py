"""What a person said in a contact that is on record: sorted like a letter, and no second contact."""

from datetime import datetime

from arrears.actions import history
from arrears.actions.received import effects
from arrears.actions.received.receiving import LONGEST, as_kept
from arrears.domain.received import PROTECTIVE, urgency
from arrears.engine.sorting import Model
from arrears.kernel.texts import LANGUAGES
from arrears.packs import sorting
from arrears.store.doors import received as rows
from arrears.store.doors.attempts import Begun
from arrears.store.doors.received import NewText

SOURCE = "transcript"


def hear(
    begun: Begun,
    words: str,
    reference: str,
    *,
    language: str,
    now: datetime,
    model: Model | None = None,
    using: str = "default",
) -> int | None:
    """Sort what the person said in a contact, stop at once what it surely stops; return the received text.

    None where nothing in it protects the person: such a talk waits for nobody.
    """
    said = sorting.sort(words[:LONGEST], next((one for one in LANGUAGES if one == language), None), model=model)
    if not any(one.category in PROTECTIVE for one in said.found):
        return None
    new = NewText(
        owner=begun.owner,
        person=begun.person,
        contact_point=begun.contact_point,
        attempt=begun.id,
        accounts=begun.accounts,
        channel=begun.channel,
        address=begun.address,
        words=words[:LONGEST],
        language=said.language if said.language in LANGUAGES else "en",
        found=[as_kept(one) for one in said.found],
        urgency=urgency(frozenset(one.category for one in said.found)),
        rules_version=sorting.load().version,
        has_model=model is not None,
        received_at=begun.started_at,
        recorded_at=now,
        source=(SOURCE, reference),
    )
    text, is_new = rows.add(new, using=using)
    if is_new:
        categories = [one.category.value for one in said.found]
        history.append(
            "text_received", owner=begun.owner, person=begun.person, now=now, using=using, received=text,
            channel=begun.channel.value, categories=categories,
        )  # fmt: skip
        effects.obey(text, now=now, using=using)
    return text
