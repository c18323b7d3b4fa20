"""Words for the codes of plans, in the language of the page."""

from typing import Final

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

Words = dict[str, str | Promise]

STATES: Final[Words] = {
    "proposed": _("proposed, not agreed"),
    "awaiting_approval": _("waits for approval"),
    "on_time": _("on time"),
    "behind": _("behind, within its grace"),
    "missed": _("an instalment was missed"),
    "defaulted": _("in default"),
    "completed": _("completed"),
    "ended": _("ended early"),
    "declined": _("declined"),
}
SIGNALS: Final = {
    "proposed": "wait",
    "awaiting_approval": "wait",
    "on_time": "good",
    "behind": "wait",
    "missed": "late",
    "defaulted": "late",
    "completed": "good",
}
STANDINGS: Final[Words] = {
    "paid": _("paid"),
    "open": _("to come"),
    "behind": _("late"),
    "missed": _("missed"),
}
STANDING_SIGNALS: Final = {"paid": "good", "behind": "wait", "missed": "late"}
KINDS: Final[Words] = {
    "equal": _("Equal instalments"),
    "step": _("Instalments that rise"),
    "balloon": _("Small instalments and a last sum"),
}
RHYTHMS: Final[Words] = {
    "weekly": _("each week"),
    "fortnightly": _("each two weeks"),
    "four_weekly": _("each four weeks"),
    "monthly": _("each month"),
}
CHARGES: Final[Words] = {
    "run": _("Interest and late charges go on"),
    "frozen": _("Interest and late charges rest while the plan is kept"),
}
WHYS: Final[Words] = {
    "soonest": _("Over soonest"),
    "with_room": _("With some room"),
    "rising": _("Less now, more later"),
    "lump": _("Small, then from the sum expected"),
    "token": _("A token for now"),
    "own": _("As you set it"),
}
WHY_WORDS: Final[Words] = {
    "soonest": _("All that the budget leaves, each time."),
    "with_room": _("A fifth of what is left stays with them: a plan with room is kept more often."),
    "rising": _("What the budget leaves now, and more from the day the income rises."),
    "lump": _("Small amounts until their own money comes, which pays the rest."),
    "token": _("Paying all of it would take too long. This shows good will; then the plan is reviewed."),
    "own": _("The amounts and dates that you typed."),
}
HOWS: Final[Words] = {
    "call": _("In this call, the person verified"),
    "letter": _("By a letter or message they sent"),
    "portal": _("On the portal"),
    "visit": _("At a visit, signed"),
    "not_yet": _("Not yet: keep it as a proposal"),
}
BECAUSE: Final[Words] = {"agreed": _("first agreed"), "edited": _("edited")}
SHIFTS: Final[Words] = {
    "following": _("the next working day"),
    "preceding": _("the working day before"),
    "modified_following": _("the next working day of the same month"),
    "none": _("stays on its day"),
}
RESTS: Final[Words] = {"last": _("the last instalment"), "first": _("the first instalment")}


def options(words: Words) -> list[tuple[str, str]]:
    """Return codes and words for a list to choose from."""
    return [(code, str(said)) for code, said in words.items()]
