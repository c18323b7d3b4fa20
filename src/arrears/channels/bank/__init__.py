"""What banks send: statements, notices and returns, whatever their format, in the one form of `domain.statements`."""

from arrears.channels.bank.reading import read
from arrears.channels.bank.table_mapping import TableMapping, read_table_mapping

__all__ = ["TableMapping", "read", "read_table_mapping"]
