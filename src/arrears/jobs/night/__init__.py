"""The night: from the closed book day to the list that people work in the morning.

Named, ordered steps (the files in ``steps``), each restartable: what is done is marked done in the transaction that
did it. Kill it anywhere and start it again; the outcome is that of an undisturbed night. Work goes on by day
meanwhile. A night that did not run is made up for by the next, because every threshold is "at least".
"""
