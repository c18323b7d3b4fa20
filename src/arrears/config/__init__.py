"""Settings, start-up, the embedded database's life, and the only clock."""
