"""The only room that speaks SQL: tables (seen by nobody else), doors, locks, COPY, history, search.

Other rooms fetch and write through ``store.doors`` inside a ``store.scope.scope``; the database itself refuses
what an organisation may not see, a change of what is history, and an outbound contact without a permit.
"""
