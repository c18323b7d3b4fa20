"""Notices that the law wants people to be sent: made whole or not at all, queued, followed until they come back."""

from arrears.actions.notices.again import Way, ways_again
from arrears.actions.notices.deadlines import Deadline, deadlines
from arrears.actions.notices.following import bounced, came_back, followed, received
from arrears.actions.notices.making import FILLED, Draft, drafted
from arrears.actions.notices.sending import ISSUERS, SERVED, SERVERS, document_of, is_spent, issue, may_serve
from arrears.actions.notices.serving import Issued, Offered, Refusal, issue_many, offered, to_choose_from
from arrears.actions.notices.standing import put_right, put_right_on

__all__ = [
    "FILLED",
    "ISSUERS",
    "SERVED",
    "SERVERS",
    "Deadline",
    "Draft",
    "Issued",
    "Offered",
    "Refusal",
    "Way",
    "bounced",
    "came_back",
    "deadlines",
    "document_of",
    "drafted",
    "followed",
    "is_spent",
    "issue",
    "issue_many",
    "may_serve",
    "offered",
    "put_right",
    "put_right_on",
    "received",
    "to_choose_from",
    "ways_again",
]
