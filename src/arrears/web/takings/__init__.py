"""Taking payments: links, authorised debits, failures, payment traces, receipts over several debts, the day's money."""
