"""Signing in and out. Nothing about any debtor is shown, or fetched, before."""
