"""Finding a person by name, number, telephone or e-mail, by plain equality on short pieces of what is known.

Pattern operators are not leakproof: under row-level security they would make every search a scan. Pieces compared for
equality use the index. A name gives its three-letter pieces (two for Chinese), a number its whole and its last digits.
"""

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

from django.db import connections

from arrears.store.scope import current

_PIECE: Final = 3
#: Last digits by which a number is asked for: on cards and letters, and telephones without their country's code.
_TAILS: Final = (4, 6, 7, 9, 10, 11)
_WORD: Final = re.compile(r"[^\W\d_]+", re.UNICODE)
_HAN: Final = re.compile(r"[\u3400-\u9fff]")
_NUMBER: Final = re.compile(r"[\w+.@-]*\d[\w.@-]*|[\w.+-]+@[\w.-]+")
_SEPARATORS: Final = re.compile(r"(?<=\d)[\s().-]+(?=\d)")
MOST: Final = 50


@dataclass(frozen=True, slots=True)
class Found:
    """A person that a search came upon."""

    person: int
    number: str
    full_name: str


def pieces(words: str, *, asking: bool = False) -> set[str]:
    """Return the pieces of what is known of a person or, ``asking``, those that a person must have to be found."""
    plain = _SEPARATORS.sub("", _plain(words))
    numbers = _NUMBER.findall(plain)
    found = {piece for number in numbers for piece in _of_number(number, asking=asking)}
    for word in _WORD.findall(_NUMBER.sub(" ", plain)):
        found |= _of_han(word, asking=asking) if _HAN.search(word) else _of_word(word, asking=asking)
    return found


def _plain(words: str) -> str:
    """Return the words in one form: full width made narrow, accents off, no capitals."""
    apart = unicodedata.normalize("NFKD", words.casefold())
    return "".join(each for each in apart if not unicodedata.combining(each))


def _of_word(word: str, *, asking: bool) -> set[str]:
    begun = {f"^{word[:length]}" for length in range(1, _PIECE)}
    whole = {word[at : at + _PIECE] for at in range(len(word) - _PIECE + 1)}
    if not asking:
        return begun | whole
    return whole or {f"^{word}"}


def _of_han(word: str, *, asking: bool) -> set[str]:
    pairs = {word[at : at + 2] for at in range(len(word) - 1)}
    return pairs or {word} if asking else pairs | set(word)


def _of_number(number: str, *, asking: bool) -> set[str]:
    plain = "".join(each for each in number if each.isalnum() or each in "@.")
    if asking:
        return {f"#{plain}"}
    return {f"#{plain}", *(f"#{plain[-tail:]}" for tail in _TAILS if len(plain) > tail)}


_SEARCH: Final = """
    SELECT p.id, p.number, p.full_name FROM person p
    JOIN (SELECT person_id FROM search_gram WHERE organisation_id = %s AND gram = ANY(%s)
          GROUP BY person_id HAVING count(*) = %s ORDER BY person_id LIMIT %s) found ON found.person_id = p.id
    ORDER BY p.full_name, p.id"""


def find(words: str, *, most: int = MOST, using: str = "default") -> tuple[Found, ...]:
    """Return the persons, seen from the open scope, who have everything that ``words`` ask for."""
    asked = sorted(pieces(words, asking=True))
    if not asked:
        return ()
    with connections[using].cursor() as cursor:
        cursor.execute(_SEARCH, [current(using).organisation, asked, len(asked), most])
        return tuple(Found(*row) for row in cursor.fetchall())


_KNOWN: Final = """
    SELECT p.id, p.full_name || ' ' || p.number FROM person p WHERE p.id = ANY(%(people)s)
    UNION ALL
    SELECT party.person_id, a.number FROM account_party party JOIN account a ON a.id = party.account_id
    WHERE party.person_id = ANY(%(people)s)
    UNION ALL
    SELECT c.person_id, c.normalised FROM contact_point c
    WHERE c.person_id = ANY(%(people)s) AND c.kind IN ('phone', 'email')"""


def index(person_ids: Sequence[int], *, using: str = "default") -> int:
    """Make persons findable by the organisation of the open scope, afresh; return how many pieces they have."""
    people = [int(person) for person in person_ids]
    organisation = current(using).organisation
    with connections[using].cursor() as cursor:
        cursor.execute(_KNOWN, {"people": people})
        rows = sorted({(piece, person) for person, known in cursor.fetchall() for piece in pieces(known)})
        cursor.execute(
            "DELETE FROM search_gram WHERE organisation_id = %s AND person_id = ANY(%s)", [organisation, people]
        )
        cursor.execute(
            "INSERT INTO search_gram (organisation_id, gram, person_id) "
            "SELECT %s, * FROM unnest(%s::text[], %s::bigint[])",
            [organisation, *_columns(rows)],
        )
    return len(rows)


def _columns(rows: Iterable[tuple[str, int]]) -> tuple[list[str], list[int]]:
    pairs = list(rows)
    return [piece for piece, _ in pairs], [person for _, person in pairs]
