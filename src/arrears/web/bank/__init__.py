"""Bank statements: bring one in, decide about lines one key at a time, see what waits and how old it is."""
