"""For the compliance officer: incidents to look into, and the newest permits with the rules that spoke."""
