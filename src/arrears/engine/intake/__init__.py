"""Reads other people's files: encodings, delimiters, dates and amounts are found out and shown, never just guessed.

A file becomes a `Shape` (how it is written), a `Mapping` says which column is which field, and `understood` turns the
rows into typed columns and a table of problems, a row and field each. Nothing here opens a database or asks a clock.
"""
