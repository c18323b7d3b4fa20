"""Taking a payment: links, authorised debits, what the provider says of them, traces, one payment over several debts.

The verbs write first and talk to the provider after the database has kept it, under a key that makes the same request
happen once. What the provider tells us is a hint to look: `following.follow` asks how a thing stands now.
"""
