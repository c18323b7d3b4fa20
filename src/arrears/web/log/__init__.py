"""The log of contacts: every contact of the last years with the permit that allowed it, and why."""
