"""One file a report: figures read from the book."""
