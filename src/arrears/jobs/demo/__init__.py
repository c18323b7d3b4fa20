"""The demonstration: a seeded, made-up portfolio, tuned to published figures and loaded through the real import."""
