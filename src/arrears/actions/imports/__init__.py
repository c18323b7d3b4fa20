"""Brings a lender's files into the book: debts, people, schedules, payments, other entries, contacts, promises.

`plan` reads the files and settles how they are written; `bring` puts them in, in one transaction, so that an import
killed in the middle leaves nothing behind and is simply run again. One module a kind of record, found by its name.
"""
