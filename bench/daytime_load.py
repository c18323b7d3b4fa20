"""Collectors and a manager at their screens: requests at fixed instants, whether the last ones were answered or not.

A time is counted from the instant a request was due, so that a server that falls behind is seen to. Who gets sent where
a page leads (``POST`` next to the call screen) follows at once, and the page counts until it is there.
"""

import http.client
import re
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from queue import Empty, SimpleQueue
from random import Random
from urllib.parse import urlencode

#: What people do, in shares of a hundred.
MIX = {"get-next": 40, "today": 20, "outcome": 15, "search": 10, "manager page": 10, "account": 5}
PATIENCE = 30
CLIENTS = 24


@dataclass(frozen=True)
class Person:
    """Somebody signed in, and for a call that is going on whom with and which attempt."""

    session: str
    person: int = 0
    attempt: int = 0


@dataclass
class Crowd:
    """Who may do what, each once: free collectors, collectors on a call; and anybody, for what changes nothing."""

    free: list[Person]
    calling: list[Person]
    manager: Person
    people: list[int]
    accounts: list[int]


@dataclass
class Answers:
    """Milliseconds by what was done, and what went wrong."""

    took: dict[str, list[float]] = field(default_factory=lambda: {kind: [] for kind in MIX})
    wrong: list[str] = field(default_factory=list)


Task = tuple[float, str, Callable[["Browser"], None]]


class Browser:
    """One connection, kept open."""

    def __init__(self, port: int) -> None:
        self.link = http.client.HTTPConnection("127.0.0.1", port, timeout=PATIENCE)

    def get(self, who: Person, path: str) -> tuple[int, str, bytes]:
        return self._ask("GET", who, path, None)

    def post(self, who: Person, path: str, **said: object) -> tuple[int, str, bytes]:
        return self._ask("POST", who, path, urlencode({"csrfmiddlewaretoken": TOKEN, **said}))

    def follow(self, who: Person, path: str, **said: object) -> bytes:
        """Post, and get the page that one is sent to."""
        status, onward, body = self.post(who, path, **said)
        if status != 302:
            raise AssertionError(f"POST {path}: {status} {_words(body)}")
        return self.see(who, onward)

    def see(self, who: Person, path: str) -> bytes:
        status, _, body = self.get(who, path)
        if status != 200:
            raise AssertionError(f"GET {path}: {status}")
        return body

    def _ask(self, method: str, who: Person, path: str, body: str | None) -> tuple[int, str, bytes]:
        headers = {"Cookie": f"arrears-session={who.session}; csrftoken={TOKEN}", "Accept-Language": "en"}
        if body is not None:
            headers |= {"Content-Type": "application/x-www-form-urlencoded", "Referer": "http://127.0.0.1/"}
        self.link.request(method, path, body, headers)
        answer = self.link.getresponse()
        return answer.status, answer.headers.get("Location", ""), answer.read()


TOKEN = "b" * 32


def _words(body: bytes) -> str:
    return " ".join(re.sub(rb"<[^>]+>", b" ", body).decode().split())[:200]


def tasks(crowd: Crowd, dice: Random, seconds: int, rate: float) -> list[tuple[float, str, Callable[[Browser], None]]]:
    """Return what is done when: ``rate`` a second at random instants, in the shares of the mix exactly."""
    count = int(seconds * rate)
    kinds = [kind for kind, share in MIX.items() for _ in range(count * share // 100)]
    dice.shuffle(kinds)
    instants = sorted(dice.uniform(0, seconds) for _ in kinds)
    return [(at, kind, _doing(kind, crowd, dice)) for at, kind in zip(instants, kinds, strict=True)]


def _doing(kind: str, crowd: Crowd, dice: Random) -> Callable[[Browser], None]:
    anybody = crowd.manager
    match kind:
        case "get-next":
            who = crowd.free.pop()
            return lambda browser: _check(browser.follow(who, "/next/"), b"call")
        case "outcome":
            who = crowd.calling.pop()
            path = f"/call/{who.person}/outcome/"
            said = {"code": "no_answer", "attempt": who.attempt, "go": "next", "note": ""}
            return lambda browser: _check(browser.follow(who, path, **said), b"call")
        case "today":
            who = dice.choice(crowd.calling[:20] or [anybody])
            return lambda browser: _check(browser.see(who, "/today/"), b"today")
        case "search":
            said = urlencode(
                {"q": f"P{dice.choice(crowd.people)}" if dice.random() < 0.5 else f"+1212{dice.choice(crowd.people)}"}
            )
            return lambda browser: _check(browser.see(anybody, f"/search/?{said}"), b"search")
        case "manager page":
            return lambda browser: _check(browser.see(anybody, "/book/"), b"svg")
        case _:
            number = dice.choice(crowd.accounts)
            return lambda browser: _check(browser.see(anybody, f"/account/{number}/"), b"account")


def _check(body: bytes, expected: bytes) -> None:
    if expected not in body:
        raise AssertionError(f"no {expected!r} in {_words(body)}")


def run(port: int, planned: list[tuple[float, str, Callable[[Browser], None]]]) -> Answers:
    """Do it, and return how long each thing took."""
    answers, waiting = Answers(), SimpleQueue[Task | None]()
    clients = [threading.Thread(target=_client, args=(port, waiting, answers)) for _ in range(CLIENTS)]
    for client in clients:
        client.start()
    began = time.perf_counter() + 0.5
    for at, kind, do in planned:
        time.sleep(max(0.0, began + at - time.perf_counter()))
        waiting.put((began + at, kind, do))
    for _ in clients:
        waiting.put(None)
    for client in clients:
        client.join(PATIENCE * 2)
    return answers


def _client(port: int, waiting: "SimpleQueue[Task | None]", answers: Answers) -> None:
    browser = Browser(port)
    while True:
        try:
            task = waiting.get(timeout=PATIENCE)
        except Empty:
            return
        if task is None:
            return
        due, kind, do = task
        try:
            do(browser)
        except (AssertionError, OSError, http.client.HTTPException) as wrong:
            answers.wrong.append(f"{kind}: {wrong}")
            browser = Browser(port)
        else:
            answers.took[kind].append((time.perf_counter() - due) * 1000)
