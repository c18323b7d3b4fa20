"""The start: everybody's first page by their role."""
