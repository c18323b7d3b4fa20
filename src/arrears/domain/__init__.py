"""The nouns of collections and the lives they lead."""
