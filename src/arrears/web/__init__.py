"""The pages, one folder each: ``views.py`` with ``urls`` (and ``menu`` where it has a place in the menu), templates.

A page is found by its folder, not listed. Views parse, call an action or a door, and show; they decide nothing.
"""
