"""A small model that learns to sort from labelled texts: logistic regression over words and runs of characters.

It is trained on demand from texts and labels: those that ship (``packs/sorting``), and those of a user beside them
(``arrears sorting train``). No weights ship with the product. For each category: the chance is the logistic of a
weighted sum; features are single words, the first word, pairs of words that stand side by side or with one between,
and runs of three to five characters within words, hashed into 2^15 places. Chinese is read character by character.
"""

import io
import zlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Final

import numpy as np
import numpy.typing as npt

from arrears.domain.replies import Category
from arrears.engine.sorting.reading import read

PLACES: Final = 1 << 15
_FORM: Final = 2
_FEWEST: Final = 8
"""Fewer examples of a category than these teach nothing: it is then left to the rules."""
_ROUNDS, _AT_ONCE, _PACE, _PULL = 25, 256, 0.15, 1e-5
_HEED: Final = 0.3
"""How far the rarer side is heard above its number: 0 as often as it comes, 1 as much as the other side together."""
_MOST_TOKENS: Final = 600
Floats = npt.NDArray[np.float64]
Singles = npt.NDArray[np.float32]
Features = tuple[npt.NDArray[np.int64], Floats]


@dataclass(frozen=True, slots=True)
class Model:
    """Weights by category: ``weights[c, place]``, ``offsets[c]``; ``learned_from`` texts."""

    categories: tuple[Category, ...]
    weights: Singles
    offsets: Floats
    learned_from: int

    def chances(self, text: str, slips: Mapping[str, str] | None = None) -> dict[Category, int]:
        """Return for each category the chance that ``text`` says it, in parts per million."""
        places, values = features(text, slips)
        sums = self.weights[:, places].astype(np.float64) @ values + self.offsets
        return {
            category: round(1_000_000 / (1 + float(np.exp(-np.clip(total, -30, 30)))))
            for category, total in zip(self.categories, sums, strict=True)
        }

    def to_bytes(self) -> bytes:
        """Return the model as a NumPy archive."""
        out = io.BytesIO()
        names = np.array([category.value for category in self.categories])
        header = np.array([_FORM, PLACES, self.learned_from])
        np.savez_compressed(out, header=header, names=names, weights=self.weights, offsets=self.offsets)
        return out.getvalue()

    @classmethod
    def from_bytes(cls, kept: bytes) -> "Model":
        """Return the model in ``kept``. Raises ``ValueError`` where it is none of ours or of another form."""
        try:
            with np.load(io.BytesIO(kept), allow_pickle=False) as said:
                header, names = said["header"], said["names"]
                weights, offsets = said["weights"], said["offsets"]
            categories = tuple(Category(str(name)) for name in names)
        except (KeyError, OSError, ValueError, EOFError) as error:
            raise ValueError(f"not a model of sorting: {error}") from error
        if tuple(header[:2]) != (_FORM, PLACES) or weights.shape != (len(categories), PLACES):
            raise ValueError("a model of another form: train it again")
        return cls(categories, weights, offsets, int(header[2]))


def features(text: str, slips: Mapping[str, str] | None = None) -> Features:
    """Return the places that ``text`` touches, its ``slips`` forgiven, and their values, of length 1 together."""
    tokens = read(text, slips).tokens()[:_MOST_TOKENS]
    names: set[str] = {*tokens, *(f"^ {token}" for token in tokens[:1])}
    names.update(f"{one} {two}" for one, two in pairwise(tokens))
    names.update(f"{one} _ {two}" for one, two in zip(tokens, tokens[2:], strict=False))
    for token in tokens:
        framed = f"<{token}>"
        names.update(framed[at : at + size] for size in (3, 4, 5) for at in range(len(framed) - size + 1))
    places = np.array(sorted({zlib.crc32(name.encode()) % PLACES for name in names} or {0}), dtype=np.int64)
    return places, np.full(len(places), 1 / np.sqrt(len(places)))


def trained(
    texts: Sequence[str], labels: Sequence[frozenset[Category]], slips: Mapping[str, str] | None = None
) -> Model:
    """Return a model learned from ``texts``, read with ``slips`` forgiven, and their ``labels``; the same for the same.

    Raises ``ValueError`` where no category has enough examples.
    """
    counts = {category: sum(category in said for said in labels) for category in Category}
    taught = tuple(category for category, count in counts.items() if _FEWEST <= count <= len(texts) - _FEWEST)
    if not taught:
        raise ValueError(f"no category has {_FEWEST} examples")
    said = np.array([[category in one for category in taught] for one in labels], dtype=np.float32)
    weights, offsets = _learned([features(text, slips) for text in texts], said)
    return Model(taught, weights, offsets.astype(np.float64), len(texts))


def _learned(read_texts: Sequence[Features], said: Singles) -> tuple[Singles, Singles]:
    """Return weights and offsets by steps down the slope of the loss, some texts at a time; the rarer side weighs more.

    Each weight keeps a pace of its own (the more it was moved, the slower), so that rare words learn as well.
    """
    share = said.mean(axis=0)
    heed = np.where(said > 0, ((1 - share) / share) ** _HEED, np.float32(1))
    weights = np.zeros((said.shape[1], PLACES), dtype=np.float32)
    offsets = np.zeros(said.shape[1], dtype=np.float32)
    moved, moved_offsets = np.full_like(weights, 1e-6), np.full_like(offsets, 1e-6)
    order = np.random.default_rng(0)
    for _ in range(_ROUNDS):
        for batch in np.array_split(order.permutation(len(said)), -(-len(said) // _AT_ONCE)):
            touched = _Touched.of([read_texts[at] for at in batch])
            own = weights[:, touched.places]
            chance = 1 / (1 + np.exp(-np.clip(touched.sums(own).T + offsets, -30, 30)))
            slope = ((chance - said[batch]) * heed[batch] / len(batch)).astype(np.float32)
            step = touched.slopes(slope) + _PULL * own
            moved[:, touched.places] += step * step
            weights[:, touched.places] = own - _PACE * step / np.sqrt(moved[:, touched.places])
            moved_offsets += slope.sum(axis=0) ** 2
            offsets -= _PACE * slope.sum(axis=0) / np.sqrt(moved_offsets)
    return weights, offsets


@dataclass(frozen=True, slots=True)
class _Touched:
    """The places that some texts touch (``places``); at ``at[i]`` of them text ``rows[i]`` has ``values[i]``.

    ``starts`` are where in ``at`` each text begins. Most places are touched by no text of a batch and are left alone.
    """

    places: npt.NDArray[np.int64]
    at: npt.NDArray[np.int64]
    rows: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]
    values: Singles

    @classmethod
    def of(cls, read_texts: Sequence[Features]) -> "_Touched":
        sizes = np.array([len(places) for places, _ in read_texts], dtype=np.int64)
        everywhere = np.concatenate([places for places, _ in read_texts])
        place_in = np.zeros(PLACES, dtype=np.int64)  # a table: faster than to sort them
        place_in[everywhere] = 1
        places = np.flatnonzero(place_in)
        place_in[places] = np.arange(len(places))
        values = np.concatenate([values for _, values in read_texts]).astype(np.float32)
        return cls(
            places, place_in[everywhere], np.repeat(np.arange(len(sizes)), sizes), np.cumsum(sizes) - sizes, values
        )

    def sums(self, own: Singles) -> Singles:
        """Return for each category (rows of ``own``) the weighted sum of each text."""
        found: Singles = np.add.reduceat(own[:, self.at] * self.values, self.starts, axis=1)
        return found

    def slopes(self, slope: Singles) -> Singles:
        """Return for each category what each place adds to the loss, where ``slope[text, category]`` is each text's."""
        size = len(self.places)
        return np.array(
            [np.bincount(self.at, weights=one[self.rows] * self.values, minlength=size) for one in slope.T],
            dtype=np.float32,
        )


def read_labels(said: Mapping[str, str]) -> frozenset[Category]:
    """Return the categories named in the cell ``labels``, separated by blanks. Raises ``ValueError`` on other names."""
    return frozenset(Category(name) for name in said.get("labels", "").split())
