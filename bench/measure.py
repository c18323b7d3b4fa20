"""What benchmarks of recall and precision share."""

Z = 1.959963984540054
"""The 97.5 % point of the normal distribution."""


def lower(hits: int, of: int) -> float:
    """Return the lower end of Wilson's 95 % interval."""
    if not of:
        return 0.0
    share = hits / of
    spread = Z * ((share * (1 - share) + Z * Z / (4 * of)) / of) ** 0.5
    return (share + Z * Z / (2 * of) - spread) / (1 + Z * Z / of)
