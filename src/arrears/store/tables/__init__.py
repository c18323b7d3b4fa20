"""One noun a file: its columns, its constraints and, beside them, who may see and write it."""
