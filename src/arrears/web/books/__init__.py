"""The books: trial balance, journals, periods, clients' money, commission."""
