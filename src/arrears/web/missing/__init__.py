"""The queue of missing facts."""
