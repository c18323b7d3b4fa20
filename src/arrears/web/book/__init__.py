"""The manager's first page: the book by age, cash by day, promises due and kept, what fell overdue and came back."""
