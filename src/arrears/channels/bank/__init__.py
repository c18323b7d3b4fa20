"""What banks send: statements, notices and returns, whatever their format, in the one form of `domain.statements`."""

from arrears.channels.bank.reading import read

__all__ = ["read"]
