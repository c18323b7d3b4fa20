"""One paragraph for whoever comes next (P32): what was agreed, what was said last, what keeps us from asking."""

from collections.abc import Iterator, Sequence

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from arrears.domain.contacts import EFFECTS, Outcome
from arrears.store.doors.histories import Happening
from arrears.web import spoken, wording

_JUDGED = {"kept", "part_kept", "broken"}


def handover(history: Sequence[Happening], zone: str) -> str:
    """Return the paragraph; a sentence that nothing is known where nothing is."""
    return " ".join(_sentences(history, zone)) or _("Nobody has been in contact with this person yet.")


def _sentences(history: Sequence[Happening], zone: str) -> Iterator[str]:
    contacts = [one for one in history if one.kind == "contact" and one.outcome != Outcome.STARTED]
    yield from _last_talk(contacts, zone)
    yield from _tries(contacts)
    yield from _promises([one for one in history if one.kind == "promise"])
    note = next((one for one in history if one.kind == "note"), None)
    if note:
        yield _("Last note: “%(words)s”") % {"words": note.words}


def _last_talk(contacts: Sequence[Happening], zone: str) -> Iterator[str]:
    talk = next((one for one in contacts if is_talk(one)), None)
    if talk and talk.at:
        how = wording.ending(talk.state).said_in(spoken.language()) if talk.state else ""
        how = how or wording.named(talk.outcome, "outcome")
        yield _("Last spoken to on %(when)s by %(who)s: %(how)s.") % {
            "when": spoken.moment(talk.at, zone),
            "who": talk.by or _("somebody before this book"),
            "how": how,
        }


def is_talk(one: Happening) -> bool:
    """Return whether the person themselves was spoken to."""
    return one.outcome in set(Outcome) and EFFECTS[Outcome(one.outcome)].is_reached


def _tries(contacts: Sequence[Happening]) -> Iterator[str]:
    since = next((place for place, one in enumerate(contacts) if is_talk(one)), len(contacts))
    if since == 0:
        return
    if since == len(contacts):
        yield ngettext(
            "Not reached in %(count)s attempt so far.", "Not reached in %(count)s attempts so far.", since
        ) % {"count": since}
        return
    yield ngettext("%(count)s attempt since.", "%(count)s attempts since.", since) % {"count": since}


def _promises(promises: Sequence[Happening]) -> Iterator[str]:
    open_one = next((one for one in promises if one.state in {"open", "asked"}), None)
    judged = [one for one in promises if one.state in _JUDGED]
    kept = sum(one.state == "kept" for one in judged)
    if open_one:
        yield _("Has promised %(amount)s for %(day)s at %(hour)s:00.") % {
            "amount": spoken.money(open_one.amount_minor, open_one.currency),
            "day": spoken.day(open_one.due_on),
            "hour": open_one.due_hour,
        }
    if judged:
        yield ngettext(
            "Kept %(kept)s of %(count)s earlier promise.", "Kept %(kept)s of %(count)s earlier promises.", len(judged)
        ) % {"kept": kept, "count": len(judged)}
