"""Exact whole-number arithmetic that stays inside 64 bits, so that it means the same compiled and interpreted."""

ACT_ACT = 3
THIRTY_360 = 4
SMALL = 2_147_483_648
CHUNK = 16_777_216
COMMON_YEAR = 365
LEAP_YEAR = 366


def multiplied(amount: int, rate: int, denominator: int) -> tuple[int, int]:
    """Return ``amount × rate / denominator`` as (whole, rest) without a product above 64 bits.

    Holds for amounts to 10^15, rates (ppm times units of time) to 2.7 × 10^14 and denominators to 1.34 × 10^11, which
    covers 200 years at 1,000 % a year. The rest is in parts of ``denominator``.
    """
    if amount < SMALL and rate < SMALL:
        product = amount * rate
        whole = product // denominator
        return whole, product - whole * denominator
    whole = amount // denominator * rate
    amount = amount % denominator
    whole += rate // denominator * amount
    rate = rate % denominator
    product = amount * (rate // CHUNK)
    upper = product // denominator
    product = (product - upper * denominator) * CHUNK
    middle = product // denominator
    rest = product - middle * denominator
    product = amount * (rate % CHUNK)
    lower = product // denominator
    rest += product - lower * denominator
    whole += upper * CHUNK + middle + lower
    return whole + rest // denominator, rest % denominator


def year_and_day(day: int) -> tuple[int, int, bool]:
    """Return (year, day of the year from 0, is a leap year) of an epoch day in the Gregorian calendar."""
    year = 1970 + day * 400 // 146_097
    start = first_of(year)
    if day < start:
        year -= 1
        start = first_of(year)
    elif day >= first_of(year + 1):
        year += 1
        start = first_of(year)
    return year, day - start, first_of(year + 1) - start == LEAP_YEAR


def first_of(year: int) -> int:
    """Return the epoch day of 1 January of ``year``."""
    before = year - 1
    return before * COMMON_YEAR + before // 4 - before // 100 + before // 400 - 719_162


def month_and_day(of_year: int, is_leap: bool) -> tuple[int, int]:  # noqa: FBT001 - compiled code
    """Return (month from 0, day of the month from 1) of a day of the year, counted from 0."""
    february = 29 if is_leap else 28
    if of_year < 31:  # noqa: PLR2004 - days of January
        return 0, of_year + 1
    if of_year < 31 + february:
        return 1, of_year - 30
    from_march = of_year - 31 - february
    month = (5 * from_march + 2) // 153
    return month + 2, from_march - (153 * month + 2) // 5 + 1


def clock(day: int, day_count: int) -> int:
    """Return the units of ``day_count`` passed since 1970-01-01, as `arrears.kernel.daycount.clock` does for dates."""
    if day_count < ACT_ACT:
        return day
    year, of_year, is_leap = year_and_day(day)
    if day_count == ACT_ACT:
        return (year - 1970) * COMMON_YEAR * LEAP_YEAR + of_year * (COMMON_YEAR if is_leap else LEAP_YEAR)
    month, of_month = month_and_day(of_year, is_leap)
    return (year - 1970) * 360 + month * 30 + min(of_month, 30) - 1


def shown(whole: int, carry: int, denominator: int, rounds_up: int) -> int:
    """Return an exact charge as it is shown and paid: a half counts as one where ``rounds_up``, else it is cut."""
    if rounds_up and 2 * carry >= denominator:
        return whole + 1
    return whole
