"""The rules themselves, as files: compliance, strategy, scripts, practices; and the loader that finds them."""
