"""Scores → structures: the best tree over each sentence, the best sequence of entity tags.

Ties go to the lower index, so that the same scores give the same structure everywhere.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt

FloatArray = npt.NDArray[np.float32]
IntArray = npt.NDArray[np.int64]
BoolArray = npt.NDArray[np.bool_]

IMPOSSIBLE: Final = np.float32(-np.inf)
"""Added to the score of what must not be."""

ROOTS_TRIED: Final = 3
"""Roots that are tried one by one; on news, 98 % of the sentences need no more."""


def forest(arcs: FloatArray, starts: BoolArray) -> IntArray:
    """The head of each word of a chunk: in each sentence one tree with one root, its own head.

    `arcs` is `(n_words, n_words)`, row dependent, column head, the diagonal for the root; `starts`
    says where sentences start, the first word always does. The best head of each word is taken
    where that makes trees, which it does in nine sentences of ten, and else the best tree sought.
    """
    n = len(arcs)
    if n == 0:
        return np.zeros(0, np.int64)
    sentence = np.cumsum(starts) - starts[0]
    within = np.where(sentence[:, None] == sentence[None, :], arcs, -np.inf)
    heads: IntArray = within.argmax(1)
    is_root = heads == np.arange(n)
    n_roots = np.bincount(sentence, weights=is_root, minlength=sentence[-1] + 1)
    tops = heads
    for _ in range(n.bit_length()):
        tops = tops[tops]
    lost = np.bincount(sentence, weights=~is_root[tops], minlength=sentence[-1] + 1)
    for broken in np.flatnonzero((n_roots != 1) | (lost > 0)):
        first, end = np.searchsorted(sentence, [broken, broken + 1])
        heads[first:end] = tree(arcs[first:end, first:end]) + first
    return heads


def tree(arcs: FloatArray) -> IntArray:
    """The heads of the best tree over one sentence, with exactly one root, its own head.

    The most promising roots are tried first; mostly the first tree is better than any with another
    root can be. Where that is not shown, the root is sought with the rest.
    """
    n = len(arcs)
    others = arcs.astype(np.float64)
    np.fill_diagonal(others, -np.inf)
    roots = arcs.diagonal().astype(np.float64)
    best_heads = others.max(1)
    # what a tree could score at most, were each word but the root given its best head
    bound = roots - best_heads + best_heads.sum() if n > 1 else roots
    order = np.argsort(-bound, kind="stable").tolist()
    best_score, best = -np.inf, np.zeros(n, np.int64)
    for tried, root in enumerate(order[:ROOTS_TRIED], start=1):
        heads = arborescence(others, root)
        score = float(others[np.arange(n), heads].sum(where=heads != np.arange(n)) + roots[root])
        if score > best_score:
            best_score, best = score, heads
        if tried == n or bound[order[tried]] <= best_score:
            return best
    return _any_root(others, roots)


def _any_root(others: npt.NDArray[np.float64], roots: npt.NDArray[np.float64]) -> IntArray:
    """The best tree with one root, whichever: a node is added that is the head of roots, of which
    a second costs more than any choice of other arcs can gain.

    Source: Zmigrod, Vieira and Cotterell 2020, "Please Mind the Root", section 3.
    """
    n = len(roots)
    finite = np.append(others[np.isfinite(others)], roots)
    scores = np.full((n + 1, n + 1), -np.inf)
    scores[:n, :n] = others
    scores[:n, n] = roots - (finite.max() - finite.min() + 1.0) * (n + 1)
    heads = arborescence(scores, n)[:n]
    return np.where(heads == n, np.arange(n), heads).astype(np.int64)


def arborescence(scores: npt.NDArray[np.float64], root: int) -> IntArray:
    """The heads of the best tree over all nodes with a given root, its own head.

    `scores` is `(n, n)`, row dependent, column head, the diagonal minus infinity.

    Source: Chu and Liu 1965, Edmonds 1967.
    """
    heads: IntArray = scores.argmax(1)
    heads[root] = root
    cycle = _cycle(heads.tolist(), root)
    return heads if cycle is None else _opened(scores, root, heads, cycle)


def _opened(
    scores: npt.NDArray[np.float64], root: int, heads: IntArray, nodes: list[int]
) -> IntArray:
    """The best tree, found with a cycle as one node, which is then opened where it is entered."""
    cycle = np.array(nodes)
    outside = np.ones(len(heads), np.bool_)
    outside[cycle] = False
    rest = np.flatnonzero(outside)
    m = len(rest)
    smaller = np.full((m + 1, m + 1), -np.inf)
    smaller[:m, :m] = scores[rest[:, None], rest]
    leaving = scores[rest[:, None], cycle]
    smaller[:m, m] = leaving.max(1)
    entering = scores[cycle[:, None], rest] - scores[cycle, heads[cycle]][:, None]
    smaller[m, :m] = entering.max(0)
    found = arborescence(smaller, int(np.searchsorted(rest, root)))
    heads = heads.copy()
    exits = cycle[leaving.argmax(1)]
    heads[rest] = np.where(found[:m] == m, exits, np.append(rest, -1)[found[:m]])
    heads[cycle[entering[:, found[m]].argmax()]] = rest[found[m]]
    return heads


def _cycle(heads: list[int], root: int) -> list[int] | None:
    """The nodes of a cycle among heads other than the root's; `None` where there is none."""
    seen = [-1] * len(heads)
    for start in range(len(heads)):
        node = start
        while node != root and seen[node] < 0:
            seen[node] = start
            node = heads[node]
        if node != root and seen[node] == start:
            cycle = [node]
            while heads[cycle[-1]] != node:
                cycle.append(heads[cycle[-1]])
            return sorted(cycle)
    return None


class Entity(NamedTuple):
    """Words `start` up to `end`, half-open, that name something of a kind."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class EntityTags:
    """The tags of entities, as IOB2, and how they follow each other in a linear-chain CRF.

    `transitions[i, j]` is the score of tag `j` after tag `i`; `first` and `last` are the scores of
    a chunk's first and last tag. What IOB2 forbids is impossible whatever was learnt.
    """

    names: tuple[str, ...]
    transitions: FloatArray
    first: FloatArray
    last: FloatArray

    @classmethod
    def learnt(
        cls, names: Sequence[str], transitions: FloatArray, first: FloatArray, last: FloatArray
    ) -> EntityTags:
        """Tags with learnt scores, to which the constraints of IOB2 are added."""
        closed = transitions.astype(np.float32)
        for j, name in enumerate(names):
            for i, before in enumerate(names):
                if name[0] == "I" and (before == "O" or before[2:] != name[2:]):
                    closed[i, j] = IMPOSSIBLE
        return cls(
            tuple(names),
            closed,
            np.where(_inside(names), IMPOSSIBLE, first.astype(np.float32)),
            last.astype(np.float32),
        )

    def best(
        self, emissions: Sequence[FloatArray], fresh: Sequence[BoolArray]
    ) -> list[list[Entity]]:
        """The entities of each chunk, by the best sequence of tags (Viterbi).

        `emissions` are `(n_words, n_tags)` for each chunk; `fresh` says before which words no
        entity goes on, as after a line break. Chunks side by side only save time.
        """
        if not emissions:
            return []
        tags = self._tags(emissions, fresh)
        return [self._entities(row[: len(e)]) for row, e in zip(tags, emissions, strict=True)]

    def _tags(self, emissions: Sequence[FloatArray], fresh: Sequence[BoolArray]) -> IntArray:
        """The best tags, `(n_chunks, n_words)`, padded."""
        lengths = np.array([len(e) for e in emissions])
        n_chunks, n_words, k = len(emissions), int(lengths.max()), len(self.names)
        scores = np.zeros((n_words, n_chunks, k), np.float32)
        for c, emission in enumerate(emissions):
            scores[: len(emission), c] = emission
            scores[: len(emission), c][np.ix_(fresh[c], _inside(self.names))] += IMPOSSIBLE
            scores[len(emission) - 1, c] += self.last
        origin = np.zeros((n_words, n_chunks, k), np.int64)
        origin[:] = np.arange(k)
        total = scores[0] + self.first
        into = np.ascontiguousarray(self.transitions.T)
        for i in range(1, n_words):
            step = total[:, None, :] + into
            going = lengths > i
            origin[i, going] = step.argmax(2)[going]
            total = np.where(going[:, None], step.max(2) + scores[i], total)
        tags = np.empty((n_chunks, n_words), np.int64)
        tags[:, -1] = total.argmax(1)
        for i in range(n_words - 1, 0, -1):
            tags[:, i - 1] = origin[i, np.arange(n_chunks), tags[:, i]]
        return tags

    def _entities(self, tags: IntArray) -> list[Entity]:
        found: list[Entity] = []
        for i in np.flatnonzero(np.array([name != "O" for name in self.names])[tags]).tolist():
            prefix, _, label = self.names[int(tags[i])].partition("-")
            if prefix == "B":
                found.append(Entity(i, i + 1, label))
            else:
                found[-1] = Entity(found[-1].start, i + 1, label)
        return found


def _inside(names: Sequence[str]) -> BoolArray:
    return np.array([name[0] == "I" for name in names])
