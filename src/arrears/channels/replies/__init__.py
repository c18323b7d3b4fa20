"""Replies as files bring them: a CSV of texts, or a saved e-mail; and what machines report of messages of ours."""

from arrears.channels.replies.reading import Came, read_replies

__all__ = ["Came", "read_replies"]
