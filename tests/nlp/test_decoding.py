from __future__ import annotations

import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra import numpy as npst

from kg.nlp import decoding
from kg.nlp.decoding import Entity, EntityTags, FloatArray, IntArray, forest, tree

SCORES = st.integers(-8, 8).map(float)
TAGS = ("O", "B-A", "I-A", "B-B", "I-B")


def squares(longest: int) -> st.SearchStrategy[FloatArray]:
    return st.integers(1, longest).flatmap(
        lambda n: npst.arrays(np.float32, (n, n), elements=SCORES)
    )


def is_tree(heads: IntArray) -> bool:
    tops = heads
    for _ in heads:
        tops = heads[tops]
    return len(set(tops.tolist())) == 1 and int((heads == np.arange(len(heads))).sum()) == 1


def score(arcs: FloatArray, heads: IntArray) -> float:
    return float(arcs[np.arange(len(arcs)), heads].sum())


def best_score(arcs: FloatArray) -> float:
    """By trying them all."""
    n = len(arcs)
    every = (np.array(heads) for heads in itertools.product(range(n), repeat=n))
    return max(score(arcs, heads) for heads in every if is_tree(heads))


@given(squares(4))
def test_the_best_tree_is_found(arcs: FloatArray) -> None:
    heads = tree(arcs)
    assert is_tree(heads)
    assert score(arcs, heads) == best_score(arcs)


@given(squares(4))
def test_the_best_tree_is_found_when_no_root_is_tried_first(arcs: FloatArray) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(decoding, "ROOTS_TRIED", 0)
        heads = tree(arcs)
    assert is_tree(heads)
    assert score(arcs, heads) == best_score(arcs)


@given(squares(12), st.sets(st.integers(1, 11)))
def test_each_sentence_of_a_chunk_gets_one_tree(arcs: FloatArray, starts: set[int]) -> None:
    n = len(arcs)
    edges = [0, *sorted(i for i in starts if i < n), n]
    start = np.zeros(n, np.bool_)
    start[edges[:-1]] = True
    heads = forest(arcs, start)
    for left, right in itertools.pairwise(edges):
        own = heads[left:right] - left
        assert is_tree(own)
        assert score(arcs[left:right, left:right], own) == score(
            arcs[left:right, left:right], tree(arcs[left:right, left:right])
        )


def test_words_that_score_alike_take_the_first() -> None:
    assert tree(np.zeros((3, 3), np.float32)).tolist() == [0, 0, 0]


def test_a_long_sentence_without_a_clear_root_is_soon_read() -> None:
    arcs = np.random.default_rng(0).normal(size=(160, 160)).astype(np.float32)
    arcs += 100 * np.roll(np.eye(160, dtype=np.float32), 1, axis=1)  # each likes the next: a ring
    assert is_tree(tree(arcs))


def tags(names: tuple[str, ...] = TAGS, seed: int = 0) -> EntityTags:
    rng = np.random.default_rng(seed)
    n = len(names)
    return EntityTags.learnt(
        names,
        rng.normal(size=(n, n)).astype(np.float32),
        rng.normal(size=n).astype(np.float32),
        rng.normal(size=n).astype(np.float32),
    )


def spans(path: tuple[int, ...]) -> list[Entity]:
    found: list[Entity] = []
    for i, tag in enumerate(path):
        name = TAGS[tag]
        if name[0] == "B":
            found.append(Entity(i, i + 1, name[2:]))
        elif name[0] == "I":
            found[-1] = Entity(found[-1].start, i + 1, name[2:])
    return found


def path_score(model: EntityTags, emissions: FloatArray, path: tuple[int, ...]) -> float:
    return float(
        model.first[path[0]]
        + model.last[path[-1]]
        + sum(emissions[i, tag] for i, tag in enumerate(path))
        + sum(model.transitions[a, b] for a, b in itertools.pairwise(path))
    )


emissions = st.lists(
    st.integers(1, 4).flatmap(lambda n: npst.arrays(np.float32, (n, 5), elements=SCORES)),
    min_size=1,
    max_size=3,
)


@given(emissions)
def test_the_best_entities_are_found_in_chunks_side_by_side(chunks: list[FloatArray]) -> None:
    model = tags()
    found = model.best(chunks, [np.zeros(len(c), np.bool_) for c in chunks])
    for chunk, entities in zip(chunks, found, strict=True):
        paths = itertools.product(range(5), repeat=len(chunk))
        assert entities == spans(max(paths, key=lambda p: path_score(model, chunk, p)))


@given(emissions)
def test_no_entity_goes_on_before_a_fresh_word(chunks: list[FloatArray]) -> None:
    found = tags().best(chunks, [np.ones(len(c), np.bool_) for c in chunks])
    assert all(e.end - e.start == 1 for entities in found for e in entities)


def test_entities_of_no_chunks_are_none() -> None:
    assert tags().best([], []) == []
