"""The mask over many rows against the single verdict at local noon, row by row and day by day."""

from collections import Counter
from datetime import UTC, date, datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from arrears.domain.contacts import Channel, Contact, DisclosureBasis, Medium, Outcome, PointUse, Purpose, Role, Source
from arrears.domain.holds import Consent, ConsentKind, Hold, HoldKind, Preference, PreferenceKind, SignedPlan
from arrears.domain.position import POSITION
from arrears.engine.gate import (
    Address,
    Answer,
    Collector,
    CollectorKind,
    Debt,
    DebtStatus,
    FromNumber,
    Known,
    Proposal,
    RuleBook,
    Settings,
    ask,
)
from arrears.engine.gate.columns import HOLD_BIT, SLOTS, STOP_BIT, Columns, code_of, empty_rows, from_positions
from arrears.engine.gate.masks import Mask, mask
from arrears.engine.gate.reading import read_rule
from arrears.engine.gate.rules import Rule
from arrears.engine.gate.verdict import Verdict
from arrears.kernel.epoch import NO_DATE, epoch_day, sure_date
from arrears.packs.compliance import rule_book
from arrears.packs.compliance.cases import read_case

PLACES = (
    ("US-NY",), ("CN",), ("CO",), ("IN",), ("DE",), ("US-NY", "CO"), ("US-MA", "DE"), ("US-NY-NYC",), ("US-DC",),
    ("US-FL",), ("US-WA",), ("US-CA",), ("GB-ENG",), ("MX",), ("PH",), ("US",),
)  # fmt: skip
ZONES = (
    ("America/New_York",),
    ("Asia/Shanghai",),
    ("America/Bogota",),
    ("Asia/Kolkata",),
    ("Europe/Berlin",),
    ("America/New_York", "America/Los_Angeles"),
    ("America/New_York", "Pacific/Honolulu"),
    ("America/New_York",),
    ("America/New_York",),
    ("America/New_York",),
    ("America/Los_Angeles",),
    ("America/Los_Angeles",),
    ("Europe/London",),
    ("America/Mexico_City",),
    ("Asia/Manila",),
    ("America/Chicago",),
)  # they belong to the places above, one by one
DAYS = [date(2026, 6, 5), date(2026, 3, 9), date(2026, 11, 2), date(2026, 9, 1), date(2026, 12, 31)]
DAY = epoch_day(DAYS[0])
SWITCHED_ON = Settings(switched_on=frozenset({"cn.cbrc2011.70"}))
EVERY = Settings(switched_on=frozenset(rule.id for rule in rule_book().rules))
CHANNELS = [Channel.CALL, Channel.CALL, *Channel]
# What the columns do not hold is given so that it stands in nobody's way.
PLAIN_NUMBER = Address(id="mobile", use=PointUse.MOBILE, source=Source.CONTRACT)
Row = dict[str, Any]


def noon(zones: tuple[str, ...], day: int) -> datetime:
    return datetime.combine(sure_date(day), time(12), ZoneInfo(zones[0])).astimezone(UTC)


@st.composite
def a_row(draw):
    """One row as plain values; hours and counts are drawn near their limits."""
    counts = st.lists(st.integers(0, 2), min_size=SLOTS, max_size=SLOTS)
    place = draw(st.integers(-1, len(PLACES) - 1))
    return {
        "place": place,
        "zones": draw(st.sampled_from([-1, *range(len(ZONES))])) if draw(st.booleans()) else max(place, 0),
        "collector_kind": draw(st.sampled_from([-1, *map(code_of, CollectorKind)])),
        "consumer_purpose": draw(st.sampled_from([1, 1, 1, 0, -1])),
        "in_default_when_obtained": draw(st.sampled_from([1, 1, 1, 0, -1])),
        "role": code_of(draw(st.sampled_from([Role.DEBTOR, Role.DEBTOR, Role.SPOUSE, Role.REFERENCE, Role.EXECUTOR]))),
        "basis": code_of(
            draw(
                st.sampled_from([DisclosureBasis.LIABLE] * 3 + [DisclosureBasis.CONSUMER_IN_LAW, DisclosureBasis.NONE])
            )
        ),
        "status": code_of(draw(st.sampled_from([DebtStatus.OPEN] * 4 + [DebtStatus.PAID, DebtStatus.CHARGED_OFF]))),
        "plan": draw(st.sampled_from([0, 0, 0, 1])),
        "stops": draw(st.sampled_from([0, 0, STOP_BIT[Medium.TELEPHONE], STOP_BIT[Medium.EMAIL]])),
        "holds": draw(st.sampled_from([0, 0, 0, *HOLD_BIT.values()])),
        "hold_until": draw(st.sampled_from([NO_DATE, DAY + 1, DAY + 12])),
        "anchor": DAY - draw(st.integers(1, 9)),
        "calls": draw(counts),
        "last_conversation": draw(st.sampled_from([NO_DATE, *range(DAY - 9, DAY)])),
        "call_consent": draw(st.sampled_from([NO_DATE, NO_DATE, *range(DAY - 8, DAY)])),
    }


@st.composite
def a_row_near_a_limit(draw):
    """A row that the laws of its place bind, with counts about their limits."""
    place = draw(st.sampled_from([0, 0, 0, 1, 2]))
    return draw(a_row()) | {
        "place": place,
        "zones": place,
        "collector_kind": code_of(CollectorKind.AGENCY),
        "consumer_purpose": 1,
        "in_default_when_obtained": 1,
        "role": code_of(Role.DEBTOR),
        "basis": code_of(DisclosureBasis.LIABLE),
        "status": code_of(DebtStatus.OPEN),
        "plan": 0,
        "stops": 0,
        "holds": 0,
        "anchor": DAY - 1,
        "calls": draw(st.permutations([1, 1, 1, 1, 1, draw(st.integers(0, 2)), draw(st.integers(0, 5)), 0])),
    }


def as_rows(drawn: list[Row]) -> np.ndarray:
    rows = empty_rows(len(drawn))
    for place, values in enumerate(drawn):
        for name, value in values.items():
            rows[place][name] = value
        rows[place]["contacts"] = values["calls"]
        if values["last_conversation"] != NO_DATE:  # the conversation was a call too
            slot = values["anchor"] - values["last_conversation"]
            if 0 <= slot < SLOTS:
                rows[place]["calls"][slot] += 1
                rows[place]["contacts"][slot] += 1
                rows[place]["reached"][slot] += 1
        if values["call_consent"] != NO_DATE and not is_consent_open(values):
            rows[place]["call_consent"] = NO_DATE
    return rows


def is_consent_open(values: Row) -> bool:
    """A consent holds while no conversation came after it; calls in its days would not be in the slots."""
    talked = values["last_conversation"]
    return bool(talked == NO_DATE or talked < values["call_consent"])


def contacts_of(values: Row, zones: tuple[str, ...]) -> list[Contact]:
    """The contacts the slots stand for, each at eleven by the person's clock; a conversation at ten."""
    made = []
    for slot, count in enumerate(values["calls"]):
        at = noon(zones, values["anchor"] - slot) - timedelta(hours=1)
        made += [contact(at + timedelta(seconds=n), Outcome.NO_ANSWER) for n in range(count)]
    talked = values["last_conversation"]
    if talked != NO_DATE and 0 <= values["anchor"] - talked < SLOTS:
        made.append(contact(noon(zones, talked) - timedelta(hours=2), Outcome.CONVERSATION))
    return made


def contact(at: datetime, outcome: Outcome) -> Contact:
    return Contact(at=at, channel=Channel.CALL, outcome=outcome, person="P", collector="X", debts=frozenset({"A"}))


def single(values: Row, day: int, channel: Channel = Channel.CALL, under: Settings = SWITCHED_ON):
    zones = ZONES[values["zones"]] if values["zones"] >= 0 else ()
    clock = zones or ("UTC",)
    since = datetime(2026, 1, 1, tzinfo=UTC)
    held = [kind for kind, bit in HOLD_BIT.items() if bit & values["holds"]]
    until = None if values["hold_until"] == NO_DATE else noon(clock, values["hold_until"]) - timedelta(hours=12)
    stopped = [medium for medium, bit in STOP_BIT.items() if bit & values["stops"]]
    consents = []
    if values["call_consent"] != NO_DATE and is_consent_open(values):
        at = noon(clock, values["call_consent"]) + timedelta(hours=1)
        consents.append(Consent(kind=ConsentKind.CALL_MORE, person="P", given_to="X", at=at))
    known = Known(
        contacts=tuple(contacts_of(values, clock)),
        holds=tuple(Hold(kind=kind, since=since, until=until, person="P") for kind in held),
        preferences=tuple(
            Preference(kind=PreferenceKind.STOP_MEDIUM, person="P", since=since, media=frozenset({medium}))
            for medium in stopped
        ),
        consents=tuple(consents),
        plans=(SignedPlan(debts=frozenset({"A"}), signed_at=since, is_kept=True),) if values["plan"] else (),
        zones=zones,
        places=PLACES[values["place"]] if values["place"] >= 0 else (),
        authorised_media=frozenset(Medium),
    )
    kinds = list(CollectorKind)
    proposal = Proposal(
        at=noon(clock, day),
        collector=Collector(
            organisation="X", kind=kinds[values["collector_kind"]] if values["collector_kind"] >= 0 else None
        ),
        person="P",
        role=list(Role)[values["role"]],
        basis=list(DisclosureBasis)[values["basis"]],
        debts=(
            Debt(
                id="A",
                status=list(DebtStatus)[values["status"]],
                consumer_purpose=truth(values["consumer_purpose"]),
                in_default_when_obtained=truth(values["in_default_when_obtained"]),
            ),
        ),
        channel=channel,
        purpose=Purpose.COLLECT,
        from_number=FromNumber(value="+12025550100", is_verified=True),
        address=PLAIN_NUMBER,
    )
    return ask(rule_book(), proposal, known, under)


def truth(value: int) -> bool | None:
    return None if value < 0 else bool(value)


@given(
    st.lists(a_row() | a_row_near_a_limit(), min_size=1, max_size=5),
    st.sampled_from(DAYS),
    st.sampled_from(CHANNELS),
    st.sampled_from([SWITCHED_ON, EVERY]),
)
@settings(deadline=None, max_examples=50)
def test_the_mask_says_what_the_single_verdict_says_at_noon_and_frees_the_first_day_it_would(drawn, on, channel, under):
    """With what ships on and with every rule on, by each channel, on plain days and about those of changing clocks."""
    today = epoch_day(on)
    drawn = [moved(settled(values), today - DAY) for values in drawn]
    masked = mask(rule_book(), Columns(as_rows(drawn), PLACES, ZONES, channel=channel), today, under)

    for place, values in enumerate(drawn):
        verdict = single(values, today, channel, under)
        refusing = judged(verdict, masked)
        first = masked.rules[masked.rule[place]].id if masked.rule[place] >= 0 else None
        if first in masked.unjudged:  # it is put off elsewhere; here nobody knows whether it binds, which refuses
            named = [spoken.rule.id for spoken in verdict.refusing]
            assert set(named[: named.index(first)]) <= masked.unjudged
        else:
            assert (refusing[0] if refusing else None) == first
        free = int(masked.free[place])
        for day in range(today, min(free, today + 9)):
            assert single(values, day, channel, under).answer is Answer.REFUSE
        assert free == NO_DATE or not judged(single(values, free, channel, under), masked)


def moved(values: Row, days: int) -> Row:
    """Return the same row so many days later."""
    dated = ("anchor", "hold_until", "last_conversation", "call_consent")
    return values | {name: values[name] if values[name] == NO_DATE else values[name] + days for name in dated}


def judged(verdict: Verdict, masked: Mask) -> list[str]:
    """The rules that refuse, without those that the mask says it leaves to the moment of contact."""
    return [spoken.rule.id for spoken in verdict.refusing if spoken.rule.id not in masked.unjudged]


def test_the_mask_leaves_to_the_moment_only_what_columns_do_not_hold():
    """Counts, hours, holds, stops, roles and how a debt stands are judged: none of those rules is put off by kind."""
    rows = empty_rows(len(PLACES))
    rows["place"] = rows["zones"] = np.arange(len(PLACES))
    rows["collector_kind"], rows["consumer_purpose"] = code_of(CollectorKind.AGENCY), 1
    rows["in_default_when_obtained"] = 1

    put_off = mask(rule_book(), Columns(rows, PLACES, ZONES), DAY, SWITCHED_ON).unjudged
    kinds = Counter(rule.kind for rule in rule_book().rules if rule.id in put_off)

    assert not kinds.keys() & {"hours", "roles", "debt_status", "kept_plan", "stop", "told", "asked_to_pay"}
    assert {"house.day", "house.week", "core.bankruptcy", "core.cease", "us.regf.1006.14.b.2.i.A"}.isdisjoint(put_off)


def settled(values: Row) -> Row:
    """Leave out what rows cannot mean: a conversation too old for the slots, calls inside an open consent."""
    talked, anchor = values["last_conversation"], values["anchor"]
    values = dict(values)
    if talked != NO_DATE and not 0 <= anchor - talked < SLOTS:
        values["last_conversation"] = NO_DATE
    if values["call_consent"] != NO_DATE:
        values["calls"] = [
            0 if anchor - slot >= values["call_consent"] else count for slot, count in enumerate(values["calls"])
        ]
    return values


def test_a_position_row_gives_its_counts_day_by_day():
    positions = np.zeros(2, POSITION)
    positions["slots_day"] = [DAY - 1, NO_DATE]
    positions["calls_slots"] = [2 | 3 << 8 | 1 << 16, 0]
    positions["holds"] = [HOLD_BIT[HoldKind.DISPUTE], 0]
    positions["last_rpc_day"] = [DAY - 2, NO_DATE]

    rows = from_positions(positions, place=0, zones=np.array([0, 1]))

    assert rows["calls"].tolist() == [[2, 3, 1, 0, 0, 0, 0, 0], [0] * 8]
    assert rows["last_conversation"].tolist() == [DAY - 2, NO_DATE]
    assert rows["zones"].tolist() == [0, 1]


def test_a_row_without_holds_or_counts_is_free_today():
    rows = empty_rows(1)
    rows["place"], rows["zones"], rows["collector_kind"], rows["consumer_purpose"] = 0, 0, 0, 1

    masked = mask(rule_book(), Columns(rows, PLACES, ZONES), DAY)

    assert masked.rule.tolist() == [-1]
    assert masked.free.tolist() == [DAY]
    assert "core.address_source" in masked.unjudged


def test_what_binds_only_since_nobody_said_otherwise_is_left_to_the_moment():
    words = {"en": "x", "es": "x", "zh": "x"}
    binds = [{"collector.kind": ["agency"]}, {"collector.kind": ["creditor"], "debt.begun": [True, None]}]
    made = [
        read_rule(name, {"title": words, "words": words, **said}, name)
        for name, said in {
            "local.begun": {"severity": "SCOPE", "kind": "scope", "parameters": {"binds": binds}},
            "local.open": {
                "severity": "BLOCK", "kind": "debt_status", "scope": "local.begun", "parameters": {"statuses": ["open"]}
            },
        }.items()
    ]  # fmt: skip
    book = RuleBook.of((*rule_book().rules, *(rule for rule in made if isinstance(rule, Rule))), "more")
    rows = empty_rows(2)
    rows["place"], rows["zones"], rows["consumer_purpose"] = 0, 0, 1
    rows["collector_kind"] = [code_of(CollectorKind.AGENCY), code_of(CollectorKind.CREDITOR)]
    only = Settings(only=frozenset({"local"}))

    masked = mask(book, Columns(rows, PLACES, ZONES), DAY, only)

    assert [masked.rules[number].id if number >= 0 else None for number in masked.rule] == ["local.open", None]
    assert "local.open" in masked.unjudged
    raw = {"name": "n", "collector_kind": "creditor", "rules": ["local"], "ask": {"at": "2026-06-05 12:00"}}
    for said, answer in ({}, Answer.REFUSE), ({"begun": True}, Answer.REFUSE), ({"begun": False}, Answer.ALLOW):
        (case,) = read_case({**raw, "expect": "allow", "debts": {"A": {"facts": said}}})
        assert ask(book, case.proposal, case.known, case.settings).answer is answer
