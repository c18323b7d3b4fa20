"""The call on one screen: who, how reached, what is owed and why, what happened, what may be said, how it ended."""
