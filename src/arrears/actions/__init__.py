"""The verbs: the only writers. One action is one transaction, its history and its jobs."""
