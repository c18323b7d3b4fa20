"""A notice drafted from the book: every field of its contents filled, its figures from the ledger, or the faults."""

import hashlib
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any, Final

from arrears.actions.computations import computed
from arrears.actions.default_sums import told_of
from arrears.actions.mistakes import filled, mistake
from arrears.domain.contacts import Channel, Role
from arrears.domain.entries import Entry
from arrears.domain.notices import TOLD_OF, NoticeKind
from arrears.engine.notices.contents import Contents, faults
from arrears.engine.notices.default_sums import listed as sums_listed
from arrears.engine.notices.default_sums import total, untold
from arrears.engine.notices.figures import SINCE, itemized, of_the_ledger, split
from arrears.engine.notices.itemization import ItemizationDate, itemization, usual_date
from arrears.engine.notices.remedy import REMEDY_DAYS
from arrears.engine.notices.validation import period_ends
from arrears.kernel.hours import local_day
from arrears.kernel.problems import Problem
from arrears.kernel.texts import LANGUAGES, Text
from arrears.letters import Envelope, make, notice_words
from arrears.packs.notices import contents_at
from arrears.store.doors import contact_records as records
from arrears.store.doors import notice_parties as parties
from arrears.store.doors import notices as rows
from arrears.store.doors.cases import Debt, debt_of, owner_of
from arrears.store.doors.contact_records import House, place_of
from arrears.store.scope import current

GOES_WITHIN: Final = timedelta(days=3)
"""How long a notice may wait for its permit after it was made; the end it prints is counted from then. Ours."""
POST_DAYS: Final = 7
"""How long a letter may be on its way before it counts as served, where law counts from service. Ours, and ample."""
LISTING_DAYS: Final = 30
"""Legal Notice 46 of 2022 (Kenya): days between telling a borrower and a negative listing (S2)."""
OPT_OUT_DAYS: Final = 35 + GOES_WITHIN.days
"""12 CFR 1006.6(d)(4)(ii): a day to opt out at least 35 days after the notice goes (S2/MV), and it may wait."""
_SHOWN: Final = 4
COPIED_TO: Final = {NoticeKind.DEFAULT: frozenset({Role.GUARANTOR})}
"""Who gets a copy of a notice beside those who owe: a surety, of a default notice (Consumer Credit Act 1974 s 111)."""
_STATEMENTS: Final = frozenset(
    {"disclosure", "bureau_website", "dispute_prompts", "creditor_prompt", "form_addresses", "law_applies", "rights",
     "transfer", "may_be_used", "others_may_see", "given_under_86b", "given_under_87", "keeps_coming", "time_order",
     "if_put_right", "dispute_rights", "given_under_86e", "no_interest_yet"}
)  # fmt: skip
"""Statements that the letter itself makes; all others the organisation says it encloses, in its settings."""


FILLED: Final = frozenset(
    {"collector_name", "collector_address", "collector_phone", "consumer_name", "consumer_address", "creditor_then",
     "creditor_now", "account_number", "address", "creditor_contact", "purchaser", "servicer", "source", "product",
     "payment_options", "sums_listed", "itemization_kind"}
)  # fmt: skip
"""Fields of words that the book fills by itself."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """A notice that lacks nothing, as it would go: its fields, its words, its page."""

    contents: Contents
    account: int
    owner: int
    person: int
    person_name: str
    contact_point: int
    method: Channel
    language: str
    currency: str
    as_of: date
    given: Mapping[str, object]
    words: Mapping[str, Any]  # JSON of the letter
    document: bytes
    printed_ends: date | None
    opt_out_by: date | None

    @property
    def document_hash(self) -> bytes:
        return hashlib.sha256(self.document).digest()


def drafted(
    account: int,
    kind: NoticeKind,
    *,
    now: datetime,
    method: Channel = Channel.LETTER,
    language: str = "",
    given: Mapping[str, object] | None = None,
    person: int | None = None,
    using: str = "default",
) -> Draft | list[Problem]:
    """Return the notice of ``kind`` about a debt for ``person``, or every reason why there is none.

    ``person`` is one of its `addressees`; without, its main debtor. What the law of the person's place asks to be said
    is filled from the ledger, the book and the organisation's settings (``notices``); ``given`` says the rest, or says
    it otherwise, save amounts of the ledger. Nothing is written or sent.
    """
    ready = _ready(account, kind, now, method, language, given or {}, person, using)
    if isinstance(ready, list):
        return ready
    saying, contents, point = ready
    fields = saying.proved_fields(contents)
    if isinstance(fields, list):
        return fields
    words = notice_words(contents, fields, saying.envelope(), saying.language)
    document = make("notice", words, saying.language)
    if isinstance(document, Problem):
        return [document]
    return Draft(
        contents=contents,
        account=account,
        owner=saying.owner[0],
        person=saying.to.person,
        person_name=saying.to.name,
        contact_point=point,
        method=method,
        language=saying.language,
        currency=saying.debt.currency,
        as_of=saying.today,
        given=fields,
        words=words,
        document=document,
        printed_ends=_day(fields.get("dispute_by")),
        opt_out_by=_day(fields.get("opt_out_by")),
    )


def _ready(
    account: int,
    kind: NoticeKind,
    now: datetime,
    method: Channel,
    language: str,
    given: Mapping[str, object],
    person: int | None,
    using: str,
) -> "tuple[_Saying, Contents, int] | list[Problem]":
    """Return who says what to whom, by what file, and where it goes; or the reason why there is no notice."""
    house = records.house_of(current(using).organisation, using=using)
    today = local_day(now, house.timezone)
    debt = debt_of(account, today)
    if debt is None:
        return [mistake("account_not_found", "account")]
    to = next((one for one in addressees(account, kind, today, using=using) if person in {None, one.person}), None)
    reached = None if to is None else records.reached_person(to.person, using=using)
    if to is None or reached is None:
        return [mistake("not_a_party", "person")]
    contents = contents_at(kind, (*reached.places, place_of(debt.country, debt.region)))
    if contents is None:
        return [filled("notice_not_known", _SAID["notice_not_known"], "kind", kind=kind.value)]
    point = _point(to.person, method, using)
    if point is None:
        return [filled("no_address_for_notice", _SAID["no_address_for_notice"], "contact_point")]
    tag = (language or reached.language)[:2].lower()
    said = tag if tag in LANGUAGES else "en"
    saying = _Saying(house, debt, owner_of(account), point[1], today, method, given, to, said)
    return saying, contents, point[0]


def addressees(account: int, kind: NoticeKind, on: date, *, using: str = "default") -> tuple[parties.Addressee, ...]:
    """Return everybody to whom a notice of ``kind`` about a debt goes: each who owes it, and who gets a copy."""
    roles = parties.OWING | COPIED_TO.get(kind, frozenset())
    return parties.addressees(account, roles, on, using=using)


def _point(person: int, method: Channel, using: str) -> tuple[int, str] | None:
    at = rows.email_address if method is Channel.EMAIL else rows.postal_address
    return at(person, using=using)


def _day(value: object) -> date | None:
    return value if isinstance(value, date) else None


def _lines(address: str) -> list[str]:
    """Return the lines of an address as it is written; of one in a single line, the street and the rest."""
    lines = [line.strip() for line in address.splitlines() if line.strip()]
    return [part.strip() for part in lines[0].split(",", 1)] if len(lines) == 1 else lines


@dataclass(frozen=True, slots=True)
class _Saying:
    """Fills the fields of one notice: what was given, then the book, then the organisation's settings."""

    house: House
    debt: Debt
    owner: tuple[int, str]
    address: str
    today: date
    method: Channel
    given: Mapping[str, object]
    to: parties.Addressee
    language: str

    @property
    def own(self) -> Mapping[str, Any]:  # JSON
        found: Mapping[str, Any] = self.house.settings.get("notices", {})
        return found

    def sender(self) -> list[str]:
        called = self.own.get("phone", ""), self.own.get("hours", ""), self.own.get("website", "")
        return [
            self.own.get("name") or rows.name_of(self.house.id),
            *_lines(self.own.get("address", "")),
            *filter(None, called),
        ]

    def envelope(self) -> Envelope:
        number = self.debt.number[-_SHOWN:]
        return Envelope(
            sender=tuple(self.sender()),
            to=(self.to.name, *_lines(self.address)) if self.method is Channel.LETTER else (self.to.name,),
            reference=number.rjust(len(number) + 1, "…"),
            currency=self.debt.currency,
            printed_on=self.today,
        )

    def proved_fields(self, contents: Contents) -> dict[str, object] | list[Problem]:
        """Return every field, or why the notice is not to be made of them."""
        fields = self.fields(contents)
        if isinstance(fields, list):
            return fields
        found = faults(contents, fields, method=self.method.value)
        return found or self.not_proved(contents, fields) or fields

    def fields(self, contents: Contents) -> dict[str, object] | list[Problem]:
        """Return every field that can be said; the problems where the ledger gives no figures."""
        names = set(contents.by_name)
        made: dict[str, object] = {name: value for name, value in self._plain().items() if name in names}
        made["product"] = self.debt.product
        made["payment_options"] = str(self.own.get("payment_options", ""))
        made |= dict.fromkeys(_STATEMENTS & names, True)
        made |= {name: self.own[name] for name in names & self.own.keys()}
        made |= {name: self.debt.facts[name] for name in names & self.debt.facts.keys() if name not in made}
        if of_the_ledger(names):
            figures = self._figures(names)
            if isinstance(figures, Problem):
                return [figures]
            made |= figures
        made |= {name: value for name, value in self.given.items() if name in names}
        return made

    def not_proved(self, contents: Contents, fields: Mapping[str, object]) -> list[Problem]:
        """Return each amount that somebody gave and the ledger does not say: no notice demands one."""
        ours = of_the_ledger(contents.by_name) & self.given.keys()
        made = self._figures(contents.by_name) if ours else {}
        if isinstance(made, Problem):
            return [made]
        return [
            filled("notice_figure_unproved", _SAID["notice_figure_unproved"], name)
            for name in sorted(ours)
            if fields[name] != made[name]
        ]

    def _plain(self) -> dict[str, object]:
        ends = period_ends(self.today + GOES_WITHIN)
        lines = "\n".join(_lines(self.own.get("address", "")))
        transferred = self.debt.facts.get("transferred_on")
        goes_by = self.today + GOES_WITHIN
        served_on = goes_by + timedelta(days=POST_DAYS if self.method is Channel.LETTER else 0)
        return {
            "collector_name": self.sender()[0],
            "collector_address": self.own.get("dispute_address", lines),
            "collector_phone": self.own.get("phone", ""),
            "consumer_name": self._consumer(),
            "consumer_address": self.address if self.method is Channel.LETTER else self._consumer(),
            "creditor_then": str(self.debt.facts.get("creditor_then", self.owner[1])),
            "creditor_now": self.owner[1],
            "account_number": f"…{self.debt.number[-_SHOWN:]}",
            "address": self.address,
            "dispute_by": ends,
            "original_creditor_by": ends,
            "assumed_valid_after": ends,
            "creditor_contact": ", ".join(filter(None, self.sender())),
            "goes_by": goes_by,
            "served_on": served_on,
            "remedy_by": served_on + timedelta(days=REMEDY_DAYS),
            "listed_from": goes_by + timedelta(days=LISTING_DAYS),
            "opt_out_by": self.today + timedelta(days=OPT_OUT_DAYS),
            "transfer_date": date.fromisoformat(str(transferred)) if transferred else None,
            "purchaser": self.debt.facts.get("purchaser", ""),
            "servicer": ", ".join(filter(None, self.sender())),
            "source": self.owner[1],
        }

    def _consumer(self) -> str:
        """Return who owes: the one written to, or whose debt it is, where a surety gets a copy."""
        return self.to.name if self.to.role in parties.OWING else self.debt.person_name

    def _figures(self, names: Collection[str]) -> dict[str, object] | Problem:
        """Return the amounts that the ledger fills, as it stands at the end of the day."""
        found = computed(self.debt.id, self.today, today=self.today)
        if found is None:
            return mistake("account_not_found", "account")
        if isinstance(found.made, Problem):
            return found.made
        entries = [line.fact for line in found.lines]
        made: dict[str, object] = self._sums(entries) if "sums_told" in names else {}
        if SINCE not in names:
            return made | split(found.made.state)
        kind, since = self._since([*entries])
        lines = itemization(found.terms.terms, entries, since, self.today, currency=self.debt.currency)
        if isinstance(lines, Problem):
            return lines
        return made | {"itemization_kind": kind.value, "itemization_date": since, **itemized(lines)}

    def _sums(self, entries: Sequence[Entry]) -> dict[str, object]:
        """Return the sums of default that this person was not told of yet, by the ledger's entries."""
        gone = parties.gone_to([self.to.person], [NoticeKind.DEFAULT_SUMS])
        before = told_of(gone, self.debt.id, self.to.person)
        sums = untold(entries, before, self.today)
        listed = sums_listed(sums, self.language, self.debt.currency)
        return {"sums_told": total(sums), "sums_listed": listed, TOLD_OF: [one.entry for one in sums]}

    def _since(self, entries: list[Any]) -> tuple[ItemizationDate, date]:  # Any: entries of the ledger
        """Return the itemization date: the one this debt keeps to, else the usual one."""
        kept = self.debt.facts.get("itemization", {})
        if isinstance(kept, Mapping) and kept.get("kind") in set(ItemizationDate) and kept.get("date"):
            return ItemizationDate(kept["kind"]), date.fromisoformat(str(kept["date"]))
        return usual_date(entries, self.debt.opened_on)


_SAID: Final[dict[str, tuple[Text, Text]]] = {
    "notice_not_known": (
        Text(
            "What a notice of this kind ({kind}) must say where the person lives stands in no file.",
            "Ningún archivo dice qué debe contener un aviso de esta clase ({kind}) donde vive la persona.",
            "没有文件规定此人所在地该类通知（{kind}）应载内容。",
        ),
        Text(
            "Choose another kind, or add the file with its source.",
            "Elija otra clase o añada el archivo con su fuente.",
            "请选择其他种类，或补充注明来源的文件。",
        ),
    ),
    "notice_figure_unproved": (
        Text(
            "An amount of the notice is not what the ledger says.",
            "Un importe del aviso no es el que dice el libro.",
            "通知中的金额与账簿不符。",
        ),
        Text("Leave amounts to the ledger.", "Deje los importes al libro.", "金额请以账簿为准。"),
    ),
    "no_address_for_notice": (
        Text(
            "There is no good address of this person for that.",
            "No hay una dirección válida de esta persona para eso.",
            "此人没有可用于该方式的有效地址。",
        ),
        Text("Ask the creditor for one.", "Pídala al acreedor.", "请向债权人索取。"),
    ),
}
