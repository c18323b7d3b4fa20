"""What the PDF of an examiner's pack says: the words of the typst template ``examiner``."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime
from typing import Any, Final

from arrears.domain import case_words
from arrears.domain.case_files import CaseKind, CaseState, Finding
from arrears.domain.contacts import Channel, Direction, IncidentKind, Origin, Outcome, Role
from arrears.domain.holds import HoldKind
from arrears.domain.notices import NoticeKind
from arrears.engine.gate.words import name_of
from arrears.kernel.hours import local_time
from arrears.kernel.texts import Text
from arrears.reports.examiner import words
from arrears.reports.examiner.gathered import Filed, Gathered
from arrears.store.doors.case_papers import NotAsFiled
from arrears.store.doors.contact_log import Logged

PRINTED: Final = 300
"""How many contacts are printed: paper is for reading, the data hold all of them."""
_WHAT: Final[Mapping[str, Callable[[str], Text]]] = {
    "holds": lambda kind: name_of(HoldKind(kind)),
    "case_files": lambda kind: case_words.KINDS[CaseKind(kind)],
    "notices": lambda kind: name_of(NoticeKind(kind)),
    "received": lambda channel: name_of(Channel(channel)),
    "incidents": lambda kind: words.INCIDENTS[IncidentKind(kind)],
}
_DIGITS: Final = 16
"""How much of a digest is printed: enough to find it in the data, which hold it whole."""
_WHEN: Final = ("from_at", "opened_at", "sent_at", "made_at", "received_at", "at")
_MORE: Final = ("released_because", "regulator", "undeliverable_because")
_UNTIL: Final = ("until_at", "closed_at")


def paper(found: Gathered, *, language: str, zone: str, now: datetime) -> dict[str, Any]:
    """Return the words of the PDF in ``language``, instants by the clock of ``zone``."""

    def said(text: Text) -> str:
        return text.said_in(language)

    def at(moment: datetime | str | None) -> str:
        instant = datetime.fromisoformat(moment) if isinstance(moment, str) else moment
        return "" if instant is None else f"{local_time(instant, zone):%Y-%m-%d %H:%M}"

    sent = {row["attempt_id"]: row for row in found.related["messages"] if row.get("attempt_id")}
    shown = found.contacts[:PRINTED]
    return {
        "creditor": found.house,
        "title": said(words.TITLE),
        "page": said(words.PAGE),
        "sought_title": said(words.SOUGHT),
        "facts": [[said(name), value] for name, value in _sought(found, at, now)],
        "counts_title": said(words.COUNTS),
        "counts": [[said(name), str(count)] for name, count in _counts(found.contacts).items()],
        "rules_title": said(words.RULES),
        "rules_heads": [said(words.RULE), said(words.CITATION), said(words.TIMES)],
        "rules": [
            [
                name,
                f"{said(rule.title)}. {rule.law.citation if rule.law else ''}".strip() if rule else "–",
                str(found.spoke[name]),
            ]
            for name, rule in found.rules().items()
        ],
        "contacts_title": said(words.CONTACTS),
        "shortened": said(words.SHORTENED.filled(shown=len(shown), all=len(found.contacts)))
        if len(shown) < len(found.contacts)
        else "",
        "contacts": [_contact(line, sent.get(line.id), said, at) for line in shown],
        "sections": [
            _section(name, title, found.related[name], {line.person: line.name for line in found.contacts}, said, at)
            for name, title in words.SECTIONS.items()
        ],
        "broken": [
            _broken(one, {line.person: line.name for line in found.contacts}, said, at) for one in found.not_as_filed
        ],
        "broken_title": said(words.PAPERS_BROKEN),
        "none": said(words.NONE),
        "checking": said(words.CHECKING),
    }


def _sought(found: Gathered, at: Any, now: datetime) -> Iterable[tuple[Text, str]]:  # Any: writes an instant
    sought = found.sought
    people = {line.person: line.name for line in found.contacts}
    yield words.FROM, at(sought.since)
    yield words.UNTIL, at(sought.until)
    if sought.person:
        yield words.PERSON, f"{people.get(sought.person, '')} ({sought.person})".strip()
    if sought.account:
        yield words.ACCOUNT, str(sought.account)
    if sought.organisation:
        yield words.ORGANISATION, next((line.organisation for line in found.contacts), str(sought.organisation))
    if sought.rule:
        yield words.RULE, sought.rule
    yield words.MADE_AT, at(now)
    yield words.FOUND, str(len(found.contacts))
    yield words.PROVEN, str(len(found.proofs))
    if found.filed:
        yield words.PAPERS, f"{len(found.papers)} / {len(found.filed)}"
        yield words.PAPERS_BROKEN, str(len(found.not_as_filed))
    if found.chain:
        yield words.LAST_SEAL, f"{found.chain[-1].number} · {found.chain[-1].chained.hex()}"


def _counts(contacts: Iterable[Logged]) -> dict[Text, int]:
    return dict(Counter(_allowed(line) for line in contacts).most_common())


def _allowed(line: Logged) -> Text:
    """Return how a contact was allowed; one that needed no leave is told from one that had none."""
    if line.verdict:
        return words.ALLOWED[line.verdict]
    is_owed = line.direction == Direction.TO_PERSON and line.origin != Origin.HISTORIC
    return words.NO_PERMIT if is_owed else words.NEEDS_NONE


def _contact(line: Logged, sent: Mapping[str, Any] | None, said: Any, at: Any) -> dict[str, Any]:
    how = [name_of(Channel(line.channel)), name_of(Origin(line.origin)), name_of(Outcome(line.outcome))]
    who = " · ".join(part for part in (line.name, said(name_of(Role(line.role))), ", ".join(line.accounts)) if part)
    permit = f"{said(words.PERMIT)} {line.permit}: " if line.permit else ""
    let_go = f" ({said(words.LET_GO)} {line.approved_by}: {line.approved_because})" if line.approved_by else ""
    incident = f" · {said(words.INCIDENT)}" if line.incident else ""
    return {
        "when": at(line.at),
        "how": " · ".join(said(text) for text in how) + (f" · {line.address}" if line.address else ""),
        "who": who,
        "by": " · ".join(part for part in (line.by, line.organisation) if part),
        "permit": f"{permit}{said(_allowed(line))}{let_go}{incident}",
        "rules": ", ".join(str(spoken["rule"]) for spoken in line.reasons),
        "words_title": said(words.WORDS_SENT),
        "words": "" if sent is None else f"{sent.get('subject', '')}\n{sent.get('words', '')}".strip(),
    }


def _broken(one: Filed, people: Mapping[int, str], said: Any, at: Any) -> list[str]:
    """Return a paper that is not what was filed as its day, its seal, whose it is, and how that shows."""
    paper = one.paper
    assert isinstance(one.content, NotAsFiled)
    told = [said(words.NOT_AS_FILED[one.content])]
    told += [said(words.FILED_BY.filled(name=paper.added_by))] if paper.added_by else []
    told += [f"SHA-256 {paper.digest[:_DIGITS]}…", said(words.LEFT_OUT)]
    whose = f"{people.get(paper.person, '')} ({paper.person})".strip()
    return [at(paper.added_at), f"{paper.seal} · {paper.file_name}", whose, " · ".join(told)]


def _section(
    name: str, title: Text, rows: Iterable[Mapping[str, Any]], people: Mapping[int, str], said: Any, at: Any
) -> dict[str, Any]:
    return {"title": said(title), "rows": [_row(name, row, people, said, at) for row in rows]}


def _row(name: str, row: Mapping[str, Any], people: Mapping[int, str], said: Any, at: Any) -> list[str]:
    """Return a row as when, what, about whom and how it ended: the same four columns for all kinds."""
    since = next((at(row[column]) for column in _WHEN if row.get(column)), "")
    until = next((at(row[column]) for column in _UNTIL if row.get(column)), "")
    kind = str(row.get("kind") or row.get("channel") or "")
    number = row.get("person_id")
    who = people.get(int(number), f"({number})") if number else ""
    more = [said(text) for text in _ended(name, row)]
    more += [
        str(row[column]) for column in ("released_because", "regulator", "undeliverable_because") if row.get(column)
    ]
    return [f"{since} – {until}" if until else since, said(_WHAT[name](kind)), who, " · ".join(more)]


def _ended(name: str, row: Mapping[str, Any]) -> Iterable[Text]:
    """Yield how a row stands, in words; what stands by its days alone says nothing more."""
    if name == "case_files":
        yield case_words.STATES[CaseState(row["state"])]
        if row.get("finding"):
            yield case_words.FINDINGS[Finding(row["finding"])]
    elif name == "received":
        yield words.DONE if row.get("done_at") else words.WAITING
