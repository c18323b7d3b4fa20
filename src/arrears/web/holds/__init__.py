"""All holds in force: what stops contact, since when, on which proof, and the rules that read it."""
