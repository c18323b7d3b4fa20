"""One door a noun: rows together with the proof that the caller may have them, inside a scope."""
