"""Worked cases: the small language in which a rule file, and a test, states facts, a proposal and the answer.

A case names the rules it switches on (the core is always on), then what is known and what is asked; everything it does
not name is a plain attempt to which nothing objects: an agency's call at a verified number to a consumer about debt A
that was in default when it was placed. Times are on the clock of ``clock``, else of the first zone.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any  # a case is a YAML document of any shape until it is read
from zoneinfo import ZoneInfo

from arrears.domain.contacts import (
    Act,
    Channel,
    Contact,
    Direction,
    DisclosureBasis,
    Id,
    Medium,
    Origin,
    Outcome,
    PointUse,
    Purpose,
    Role,
    Source,
)
from arrears.domain.holds import Consent, ConsentKind, Hold, HoldKind, Preference, PreferenceKind, SignedPlan
from arrears.domain.notices import Notice, NoticeKind
from arrears.domain.wording import Block, Topic
from arrears.engine.gate.asking import (
    Address,
    Collector,
    CollectorKind,
    Debt,
    DebtStatus,
    FromNumber,
    Known,
    Proposal,
    Settings,
    Words,
)
from arrears.engine.gate.book import RuleBook
from arrears.engine.gate.judging import ask
from arrears.engine.gate.parameters import read_window
from arrears.engine.gate.verdict import Answer, Verdict
from arrears.engine.limitation import Course, Limitation
from arrears.packs.limitation import limitation_in_use

Raw = Mapping[str, Any]
_ZONES = {
    "US": "America/New_York",
    "CN": "Asia/Shanghai",
    "CO": "America/Bogota",
    "IN": "Asia/Kolkata",
    "GB": "Europe/London",
    "MX": "America/Mexico_City",
    "PH": "Asia/Manila",
    "KE": "Africa/Nairobi",
    "ES": "Europe/Madrid",
    "DE": "Europe/Berlin",
    "BR": "America/Sao_Paulo",
}
_PLAIN_PLACE = "US-NY"


@dataclass(frozen=True, slots=True)
class WorkedCase:
    """One question of a case: its name, who asks what knowing what, and what the gate must answer."""

    name: str
    proposal: Proposal
    known: Known
    settings: Settings
    expected: Raw
    clock: str

    def differences(self, book: RuleBook) -> list[str]:
        """Return how the gate's answer differs from the expected one; nothing where it is the same."""
        return list(_differences(self.expected, ask(book, self.proposal, self.known, self.settings), self.clock))


def read_case(raw: Raw) -> Iterator[WorkedCase]:
    """Yield one worked case for each question asked in ``raw``: ``ask``, or several in ``asks``."""
    world = _World(raw)
    several = raw.get("asks")
    for asked in several or [raw["ask"]]:
        merged = {**raw.get("ask", {}), **asked}
        expected = merged if several else raw
        name = f"{raw['name']} [{merged['at']}]" if several else str(raw["name"])
        yield WorkedCase(name, world.proposal(merged), world.known(), world.settings(), expected, world.clock)


@dataclass(frozen=True, slots=True)
class _World:
    """Reads the parts of one case against its defaults."""

    raw: Raw

    @property
    def place(self) -> str:
        return str(self.raw.get("place", _PLAIN_PLACE))

    @property
    def zones(self) -> tuple[str, ...]:
        return tuple(self.raw.get("zones", [_ZONES[self.place[:2]]]))

    @property
    def clock(self) -> str:
        return str(self.raw.get("clock", (*self.zones, _ZONES[self.place[:2]])[0]))

    def settings(self) -> Settings:
        only = frozenset(self.raw.get("rules", []))
        return Settings(only=only, by_choice=frozenset(self.raw.get("by_choice", [])))

    def proposal(self, asked: Raw) -> Proposal:
        role = Role(asked.get("role", "debtor"))
        use = PointUse(asked.get("use", "mobile"))
        source = asked.get("source", "contract")
        return Proposal(
            at=self._moment(asked["at"]),
            collector=Collector(
                organisation=asked.get("collector", "X"),
                kind=CollectorKind(self.raw.get("collector_kind", "agency")),
                facts=self.raw.get("collector_facts", {}),
            ),
            person=asked.get("person", "P"),
            role=role,
            basis=DisclosureBasis(asked.get("basis", "liable")),
            debts=tuple(self._debt(name) for name in asked.get("debts", ["A"])),
            channel=Channel(asked.get("channel", "call")),
            purpose=Purpose(asked.get("purpose", "collect")),
            address=Address(
                id=asked.get("address", use.value),
                use=use,
                source=None if source is None else Source(source),
                is_valid=asked.get("is_valid", True),
                facts=asked.get("address_facts", {}),
            ),
            from_number=FromNumber(
                value=asked.get("from_number", "+12025550100"),
                is_verified=asked.get("verified", True),
                is_withheld=asked.get("withheld", False),
            ),
            words=_words(asked),
            act=Act(asked.get("act", "contact")),
            facts=asked.get("said", asked.get("facts", {})),
        )

    def known(self) -> Known:
        raw = self.raw.get("known", {})
        media = raw.get("authorised_media")
        return Known(
            contacts=tuple(contact for entry in raw.get("contacts", []) for contact in self._contacts(entry)),
            holds=tuple(self._hold(entry) for entry in raw.get("holds", [])),
            preferences=tuple(self._preference(entry) for entry in raw.get("preferences", [])),
            consents=tuple(self._consent(entry) for entry in raw.get("consents", [])),
            plans=tuple(self._plan(entry) for entry in raw.get("plans", [])),
            notices=tuple(self._notice(entry) for entry in raw.get("notices", [])),
            facts=raw.get("facts", {}),
            others_not_before=self._maybe(raw.get("others_not_before")),
            zones=self.zones,
            places=tuple(self.raw.get("places", [self.place])),
            counting_keys=self._counting_keys(),
            debtor=raw.get("debtor"),
            is_debtor_lost=raw.get("is_debtor_lost"),
            guarantee_is_demandable=raw.get("guarantee_is_demandable"),
            authorised_media=None if media is None else frozenset(map(Medium, media)),
        )

    def _counting_keys(self) -> Mapping[Id, Id]:
        """Return under which key each debt is counted, for records that name debts which are not asked about."""
        debts = self.raw.get("debts", {}).items()
        return {name: said["counting_key"] for name, said in debts if "counting_key" in said}

    def _debt(self, name: Id) -> Debt:
        raw = self.raw.get("debts", {}).get(name, {})
        return Debt(
            id=name,
            status=DebtStatus(raw.get("status", "open")),
            consumer_purpose=raw.get("consumer_purpose", True),
            in_default_when_obtained=raw.get("in_default_when_obtained", True),
            creditor=raw.get("creditor", "C"),
            counting_key=raw.get("counting_key"),
            papers_missing=tuple(raw.get("papers_missing", ())),
            kind=raw.get("kind"),
            place=raw.get("place"),
            facts=raw.get("facts", {}),
            limitation=self._limitation(raw),
            joint=tuple(raw.get("joint", ())),
        )

    def _limitation(self, raw: Raw) -> Limitation | None:
        """Return how a debt with a ``course`` stands, by the rows that ship on and those in ``limitation``."""
        if "course" not in raw:
            return None
        said = raw["course"]
        course = Course(
            default_on=said.get("default_on"),
            charged_off_on=said.get("charged_off_on"),
            payments=tuple(said.get("payments", ())),
            acknowledgements=tuple(said.get("acknowledgements", ())),
            demands=tuple(said.get("demands", ())),
        )
        places = [*self.raw.get("places", [self.place]), *([raw["place"]] if "place" in raw else [])]
        return limitation_in_use(places, raw.get("kind"), course, self.raw.get("limitation", ()))

    def _contacts(self, raw: Raw) -> Iterator[Contact]:
        channel = next(channel for channel in Channel if channel.value in raw)
        debts = frozenset(raw.get("debts", ["A"]))
        is_inbound = raw.get("inbound", False)
        for moment in self._moments(raw):
            yield Contact(
                at=moment,
                channel=channel,
                outcome=Outcome(raw[channel.value]),
                person=raw.get("person", "P"),
                collector=raw.get("collector", "X"),
                origin=Origin(raw.get("origin", "inbound" if is_inbound else "outbound")),
                direction=Direction.FROM_PERSON if is_inbound else Direction.TO_PERSON,
                role=Role(raw.get("role", "debtor")),
                debts=debts,
                discussed=frozenset(raw["discussed"]) if "discussed" in raw else None,
                address=raw.get("address"),
                use=PointUse(raw["use"]) if "use" in raw else None,
                purpose=Purpose(raw["purpose"]) if "purpose" in raw else None,
            )

    def _moments(self, raw: Raw) -> Iterator[datetime]:
        """Yield when: ``at``; or ``hour`` of each of ``days``; or each full hour of ``hours`` on ``day``."""
        if "at" in raw:
            yield self._moment(raw["at"])
        elif "days" in raw:
            first, last = (date.fromisoformat(end) for end in raw["days"].split(".."))
            for number in range((last - first).days + 1):
                yield self._moment(f"{first + timedelta(days=number)} {raw['hour']}")
        else:
            first_hour, last_hour = map(int, raw["hours"].split(".."))
            for hour in range(first_hour, last_hour + 1):
                yield self._moment(f"{raw['day']} {time(hour)}")

    def _hold(self, raw: Raw) -> Hold:
        return Hold(
            kind=HoldKind(raw["kind"]),
            since=self._moment(raw["since"]),
            until=self._maybe(raw.get("until")),
            person=raw.get("person", "P"),
            debts=frozenset(raw.get("debts", [])),
            written=raw.get("written"),
            in_period=raw.get("in_period"),
            excused_from=self._maybe(raw.get("excused_from")),
            facts=raw.get("facts", {}),
        )

    def _preference(self, raw: Raw) -> Preference:
        return Preference(
            kind=PreferenceKind(raw["kind"]),
            person=raw.get("person", "P"),
            since=self._moment(raw["since"]),
            until=self._maybe(raw.get("until")),
            words=raw.get("words", ""),
            media=frozenset(map(Medium, raw.get("media", []))),
            windows=tuple(map(read_window, raw.get("windows", []))),
            places=frozenset(map(PointUse, raw.get("places", []))),
            address=raw.get("address"),
        )

    def _consent(self, raw: Raw) -> Consent:
        return Consent(
            kind=ConsentKind(raw["kind"]),
            person=raw.get("person", "P"),
            given_to=raw.get("given_to", "X"),
            at=self._moment(raw["at"]),
            until=self._maybe(raw.get("until")),
            revoked_at=self._maybe(raw.get("revoked_at")),
            debts=frozenset(raw.get("debts", [])),
            media=frozenset(map(Medium, raw.get("media", []))),
            windows=tuple(map(read_window, raw.get("windows", []))),
            about=raw.get("about"),
            in_allowed_contact=raw.get("in_allowed_contact"),
        )

    def _plan(self, raw: Raw) -> SignedPlan:
        return SignedPlan(
            debts=frozenset(raw.get("debts", ["A"])),
            signed_at=self._moment(raw["signed_at"]),
            ended_at=self._maybe(raw.get("ended_at")),
            is_kept=raw.get("is_kept"),
        )

    def _notice(self, raw: Raw) -> Notice:
        return Notice(
            kind=NoticeKind(raw["kind"]),
            person=raw.get("person", "P"),
            sent_at=self._moment(raw["sent_at"]),
            by=raw.get("by", "X"),
            debts=frozenset(raw.get("debts", ["A"])),
            received_on=raw.get("received_on"),
            period_ends=raw.get("period_ends"),
            opt_out_by=raw.get("opt_out_by"),
            undeliverable_at=self._maybe(raw.get("undeliverable_at")),
            address=raw.get("address"),
            answers=raw.get("answers"),
            facts=raw.get("facts", {}),
        )

    def _maybe(self, value: object) -> datetime | None:
        return None if value is None else self._moment(value)

    def _moment(self, value: object) -> datetime:
        return _on_clock(str(value), self.clock)


def _words(asked: Raw) -> Words:
    blocks, mentions, findings = (asked.get(name) for name in ("blocks", "mentions", "findings"))
    return Words(
        template="plain",
        reveals_debt=asked.get("reveals_debt"),
        language=asked.get("language"),
        blocks=None if blocks is None else frozenset(map(Block, blocks)),
        mentions=None if mentions is None else frozenset(map(Topic, mentions)),
        findings=None if findings is None else tuple(findings),
    )


def _on_clock(written: str, clock: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=ZoneInfo(clock)).astimezone(ZoneInfo("UTC"))


def _differences(expected: Raw, verdict: Verdict, clock: str) -> Iterator[str]:
    """Yield each way in which ``verdict`` is not as expected, with the citation of the rules that spoke."""
    if verdict.answer is not Answer[expected["expect"].upper()]:
        why = "; ".join(f"{s.rule.id} ({s.citation}): {s.reason.en}" for s in verdict.spoken)
        yield f"answer {verdict.answer.name.lower()}, expected {expected['expect']} — {why}"
    yield from _voices_differ(expected, verdict)
    yield from _facts_differ(expected, verdict)
    if "next" in expected:
        wanted = None if expected["next"] == "never" else _on_clock(str(expected["next"]), clock)
        if verdict.next_permitted != wanted:
            yield f"next permitted {verdict.next_permitted}, expected {wanted}"


def _voices_differ(expected: Raw, verdict: Verdict) -> Iterator[str]:
    """Yield which rules did not speak as expected: ``by`` with the verdict's own answer, ``heard`` at all."""
    for rule_id in expected.get("by", []):
        spoken = verdict.said_by(rule_id)
        if spoken is None or spoken.answer is not verdict.answer:
            yield f"{rule_id} says {spoken.answer.name.lower() if spoken else 'nothing'}"
    yield from (f"{rule_id} is silent" for rule_id in expected.get("heard", []) if not verdict.said_by(rule_id))
    yield from (f"{rule_id} speaks" for rule_id in expected.get("silent", []) if verdict.said_by(rule_id))
    if "standing" in expected and expected["standing"] not in {s.standing.value for s in verdict.refusing}:
        yield f"nothing refuses as {expected['standing']}"


def _facts_differ(expected: Raw, verdict: Verdict) -> Iterator[str]:
    for fact in expected.get("missing", []):
        if fact not in verdict.missing:
            yield f"{fact} is not among the missing facts {verdict.missing}"
    for rule_id, facts in expected.get("facts", {}).items():
        spoken = verdict.said_by(rule_id)
        for name, value in facts.items():
            found = spoken.facts.get(name) if spoken else None
            if found != value:
                yield f"{rule_id}: {name} is {found!r}, expected {value!r}"
