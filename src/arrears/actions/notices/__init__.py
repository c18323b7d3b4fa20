"""Notices that the law wants people to be sent: made whole or not at all, queued, followed until they come back."""

from arrears.actions.notices.again import Way, ways_again
from arrears.actions.notices.deadlines import Deadline, deadlines
from arrears.actions.notices.following import bounced, came_back, followed, received
from arrears.actions.notices.making import Draft, drafted
from arrears.actions.notices.sending import ISSUERS, Issued, document_of, issue, issue_many

__all__ = [
    "ISSUERS",
    "Deadline",
    "Draft",
    "Issued",
    "Way",
    "bounced",
    "came_back",
    "deadlines",
    "document_of",
    "drafted",
    "followed",
    "issue",
    "issue_many",
    "received",
    "ways_again",
]
