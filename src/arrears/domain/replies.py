"""What a person's own words come to: the categories into which inbound text is sorted."""

from enum import StrEnum


class Category(StrEnum):
    """What somebody says. One text may say several things."""

    DISPUTE = "dispute"
    CEASE = "cease"
    STOP_CHANNEL = "stop_channel"
    ATTORNEY = "attorney"
    BANKRUPTCY = "bankruptcy"
    IDENTITY_THEFT = "identity_theft"
    WRONG_PERSON = "wrong_person"
    HARDSHIP = "hardship"
    VULNERABLE = "vulnerable"
    ALREADY_PAID = "already_paid"
    PROMISE = "promise"
    COMPLAINT = "complaint"
    OTHER = "other"
