"""A made-up portfolio as the files a lender would send: people, debts, schedules, payments, contacts, promises.

Everything follows from the seed and the day, so two machines show the same demonstration.
"""

from datetime import date

import numpy as np
import polars as pl

from arrears.jobs.demo import months, people, promised
from arrears.jobs.demo.loans import (
    LENDERS,
    MONTHS_OF_HISTORY,
    MOST_MISSED,
    Lender,
    Loans,
    due_dates,
    history_starts,
    loans_of,
    principal_of,
)
from arrears.kernel.epoch import epoch_day


def files(lender: Lender, debts: int, day: date, seed: int) -> dict[str, pl.DataFrame]:
    """Return the lender's files by kind, as a data frame each, for a book seen on ``day``."""
    chance = np.random.default_rng([seed, LENDERS.index(lender)])
    loans = loans_of(chance, lender, debts)
    paid = _paid(chance, loans, day)
    schedules = _schedules(loans, day)
    principal = schedules.group_by("account_number").agg(owed=_minor("principal").sum())
    promises = _promises(np.random.default_rng([seed, LENDERS.index(lender), 1]), lender, loans, paid, day)
    return {
        "parties": _parties(chance, lender, loans),
        "contact_points": pl.concat(
            [
                _contact_points(chance, lender, loans),
                _mailboxes(np.random.default_rng([seed, LENDERS.index(lender), 2]), lender, loans),
            ]
        ),
        "debts": _debts(lender, loans, day, principal),
        "schedules": schedules,
        "payments": _payments(loans, paid),
        "entries": _payoffs(loans, paid),
        "contacts": pl.concat([_contacts(chance, lender, loans, day), _calls_of(promises)]),
        "promises": promises,
    }


def _paid(chance: np.random.Generator, loans: Loans, day: date) -> pl.DataFrame:
    """Return what was paid until ``day``, beside the month's due date and whether it brought a late loan back."""
    due = due_dates(loans, day)
    rows = [_month_payments(chance, loans, due[:, month], month) for month in range(due.shape[1])]
    return pl.concat(rows).filter(pl.col("epoch_day") <= epoch_day(day)).sort("epoch_day", "debt", "amount")


def _payments(loans: Loans, paid: pl.DataFrame) -> pl.DataFrame:
    return paid.select(
        reference=pl.format("PAY-{}", pl.int_range(pl.len()) + 1),
        account_number=_number(loans),
        value_date=pl.col("epoch_day").cast(pl.Int32).cast(pl.Date),
        amount=_as_decimal("amount"),
    )


def _payoffs(loans: Loans, paid: pl.DataFrame) -> pl.DataFrame:
    """Return the days on which loans were repaid early: what is not due yet falls due, without its interest."""
    return paid.filter("pays_off").select(
        reference=pl.format("OFF-{}", pl.int_range(pl.len()) + 1),
        account_number=_number(loans),
        entry_kind=pl.lit("payoff"),
        value_date=pl.col("epoch_day").cast(pl.Int32).cast(pl.Date),
    )


def _number(loans: Loans) -> pl.Expr:
    return pl.col("debt").replace_strict(dict(enumerate(loans.number)), return_dtype=pl.String)


def _month_payments(chance: np.random.Generator, loans: Loans, due: np.ndarray, month: int) -> pl.DataFrame:
    before, after = loans.missed[:, month], loans.missed[:, month + 1]
    count = len(before)
    amount = months.instalments_paid(chance, before, after) * loans.instalment
    still_to_come = np.maximum(loans.term - MONTHS_OF_HISTORY, 6) + MONTHS_OF_HISTORY - month
    everything = loans.instalment * (before + 1) + principal_of(loans.instalment) * still_to_come
    pays_off = (after == months.PAID_OFF) & (before != months.PAID_OFF)
    amount = np.where(pays_off, everything, amount)
    part = (amount == 0) & (before != months.PAID_OFF) & (chance.random(count) < months.PART_SHARE)
    share = chance.integers(20, 81, count)
    amount = np.where(part, loans.instalment * share // 100, amount)
    on = due + months.days_after_due(chance, count)
    paid = np.flatnonzero(amount > 0)
    came_back = (after == 0) & ((before > 0) | (on > due))
    return pl.DataFrame(
        {
            "debt": paid, "month": np.full(len(paid), month), "due": due[paid], "epoch_day": on[paid],
            "amount": amount[paid], "came_back": came_back[paid], "pays_off": pays_off[paid],
        }
    )  # fmt: skip


def _promises(chance: np.random.Generator, lender: Lender, loans: Loans, paid: pl.DataFrame, day: date) -> pl.DataFrame:
    """Return the promises of the year, and those that are open on ``day``."""
    made = promised.promises(
        chance, paid.filter("came_back"), promised.missed(loans, day), promised.behind(loans, paid, day), day
    ).with_columns(pl.col("debt").replace_strict(dict(enumerate(loans.customer)), return_dtype=pl.Int64).alias("who"))
    return promised.said(chance, made, lender.country).select(
        reference=pl.format("PTP-{}", pl.int_range(pl.len()) + 1),
        account_number=_number(loans),
        person_number=pl.format(_CUSTOMER, pl.lit(lender.code[:1].upper()), pl.col("who") + 500_000),
        taken_at=_instant("taken", "minute"),
        amount=_as_decimal("amount"),
        due_on=pl.col("due").cast(pl.Int32).cast(pl.Date),
        due_hour="due_hour",
        means="means",
    )


def _calls_of(promises: pl.DataFrame) -> pl.DataFrame:
    """Return the calls in which promises were given."""
    return promises.select(
        reference=pl.format("CALL-{}", pl.col("reference")),
        account_number="account_number",
        person_number="person_number",
        channel=pl.lit("call"),
        direction=pl.lit("outbound"),
        outcome=pl.lit("right_party"),
        at="taken_at",
    )


def _instant(day: str, minute: str) -> pl.Expr:
    """Return an epoch day and a minute of it as a file writes an instant."""
    midnight = pl.col(day).cast(pl.Int32).cast(pl.Date).cast(pl.Datetime("us"))
    return (midnight + pl.duration(minutes=pl.col(minute))).dt.strftime("%Y-%m-%d %H:%M")


def _as_decimal(column: str) -> pl.Expr:
    """Return minor units of two digits as the text a file holds, exactly."""
    whole, rest = pl.col(column) // 100, pl.col(column) % 100
    return pl.format("{}.{}", whole, rest.cast(pl.String).str.zfill(2))


def _minor(column: str) -> pl.Expr:
    """Return the minor units that `_as_decimal` wrote."""
    return pl.col(column).str.replace(".", "", literal=True).cast(pl.Int64)


def _schedules(loans: Loans, day: date) -> pl.DataFrame:
    """Return each instalment: those already missed when the history starts, its year, and what is still to come."""
    still_to_come = np.maximum(loans.term - MONTHS_OF_HISTORY, 6)
    missed_before = np.minimum(loans.missed[:, 0], MOST_MISSED)
    due = due_dates(loans, day, -MONTHS_OF_HISTORY - MOST_MISSED, int(still_to_come.max()))
    month = np.arange(due.shape[1])[None, :] - MOST_MISSED
    keep = (month >= -missed_before[:, None]) & (month <= MONTHS_OF_HISTORY + still_to_come[:, None])
    which, column = np.nonzero(keep)
    return pl.DataFrame(
        {
            "account_number": np.array(loans.number)[which],
            "number": column - MOST_MISSED + missed_before[which] + 1,
            "due_on": due[which, column],
            "amount": loans.instalment[which],
            "principal": principal_of(loans.instalment)[which],
        }
    ).select(
        "account_number",
        "number",
        pl.col("due_on").cast(pl.Int32).cast(pl.Date),
        amount=_as_decimal("amount"),
        principal=_as_decimal("principal"),
    )


def _debts(lender: Lender, loans: Loans, day: date, principal: pl.DataFrame) -> pl.DataFrame:
    """Return each debt, opened with the principal that its schedule repays."""
    count = len(loans.number)
    return (
        pl.DataFrame(
            {
                "account_number": loans.number,
                "person_number": [_customer(lender, c) for c in loans.customer],
                "product": [lender.product_name] * count,
                "debt_kind": [lender.debt_kind] * count,
                "currency": [lender.currency] * count,
                "country": [lender.country] * count,
                "opened_on": [history_starts(day)] * count,
                "balance_on": [history_starts(day)] * count,
                "original": loans.original,
            }
        )
        .join(principal, on="account_number", how="left", maintain_order="left")
        .select(
            pl.exclude("original", "owed"), original_amount=_as_decimal("original"), balance_amount=_as_decimal("owed")
        )
    )


_CUSTOMER = "{}C-{}"


def _customer(lender: Lender, index: int) -> str:
    return _CUSTOMER.format(lender.code[:1].upper(), 500_000 + index)


def _parties(chance: np.random.Generator, lender: Lender, loans: Loans) -> pl.DataFrame:
    count = len(loans.place)
    given, family = people.names(chance, count, lender.country)
    places = people.PLACES_CN if lender.country == "CN" else people.PLACES_US
    spanish = chance.random(count) < (0.18 if lender.country == "US" else 0)
    return pl.DataFrame(
        {
            "person_number": [_customer(lender, i) for i in range(count)],
            "full_name": [people.written(g, f, lender.country) for g, f in zip(given, family, strict=True)],
            "given_name": given,
            "family_name": family,
            "language": ["es" if s else lender.language for s in spanish],
            "country": [lender.country] * count,
            "region": [places[p].region for p in loans.place],
            "address": [people.street(i, int(place), lender.country) for i, place in enumerate(loans.place)],
        }
    )


def _contact_points(chance: np.random.Generator, lender: Lender, loans: Loans) -> pl.DataFrame:
    count = len(loans.place)
    customer = [_customer(lender, i) for i in range(count)]
    frames = []
    for use, share in (("mobile", 0.97), ("work", 0.35), ("home", 0.12)):
        has = np.flatnonzero(chance.random(count) < share)
        values = people.numbers(chance, loans.place[has], lender.country)
        frames.append(
            pl.DataFrame(
                {
                    "person_number": [customer[i] for i in has],
                    "point_kind": ["phone"] * len(has),
                    "use": [use] * len(has),
                    "value": values,
                    "source": ["contract"] * len(has),
                }
            )
        )
    return pl.concat(frames)


def _mailboxes(chance: np.random.Generator, lender: Lender, loans: Loans) -> pl.DataFrame:
    """Return the mailboxes that some have, in a domain that is kept for examples."""
    customer = [_customer(lender, i) for i in range(len(loans.place))]
    has = np.flatnonzero(chance.random(len(customer)) < WITH_MAIL)
    return pl.DataFrame(
        {
            "person_number": [customer[i] for i in has],
            "point_kind": ["email"] * len(has),
            "use": ["home"] * len(has),
            "value": [f"{customer[i].lower()}@example.com" for i in has],
            "source": ["contract"] * len(has),
        }
    )


def _contacts(chance: np.random.Generator, lender: Lender, loans: Loans, day: date) -> pl.DataFrame:
    """Return past calls to those who were late: about as many as the days they were late ask for."""
    due = due_dates(loans, day)
    before, after = loans.missed[:, :-1][:, : due.shape[1]], loans.missed[:, 1:][:, : due.shape[1]]
    late = (before > 0) & (before < months.PAID_OFF) | (after > before) & (after < months.PAID_OFF)
    calls = np.where(late, chance.poisson(1.6, late.shape), 0)
    which, month = np.nonzero(calls)
    repeat = calls[which, month]
    which, month = np.repeat(which, repeat), np.repeat(month, repeat)
    on = due[which, month] + chance.integers(2, 27, len(which))
    minute = chance.integers(9 * 60, 18 * 60, len(which))
    outcome = chance.choice(np.array(OUTCOMES), len(which), p=OUTCOME_SHARES)
    numbers = np.array(loans.number)
    return (
        pl.DataFrame(
            {
                "account_number": numbers[which],
                "person_number": [_customer(lender, c) for c in loans.customer[which]],
                "epoch_day": on,
                "minute": minute,
                "outcome": outcome,
            }
        )
        .filter(pl.col("epoch_day") < (day - date(1970, 1, 1)).days)
        .sort("epoch_day", "minute", "account_number")
        .with_columns(
            reference=pl.format("CALL-{}", pl.int_range(pl.len()) + 1),
            channel=pl.lit("call"),
            direction=pl.lit("outbound"),
        )
        .select(
            "reference", "account_number", "person_number", "channel", "direction", "outcome",
            at=_instant("epoch_day", "minute"),
        )
    )  # fmt: skip


#: The share of people who left a mailbox.
WITH_MAIL = 0.3
#: What calls come to, roughly as the trade reports it: most are not answered, one in five reaches the right person.
OUTCOMES = ("no_answer", "voicemail", "busy", "not_in_service", "right_party", "third_party")
OUTCOME_SHARES = (0.52, 0.14, 0.06, 0.04, 0.20, 0.04)
