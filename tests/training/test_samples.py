from __future__ import annotations

import random

import pytest

from kg.nlp.pieces import GLUED, LINE_BREAK, SPACED
from kg.training.datelines import dateline, with_dateline
from kg.training.samples import Sample, Syntax, join, stretches, varied


def tree(words: str, heads: list[int], starts: list[int] | None = None) -> Sample:
    forms = tuple(words.split())
    n = len(forms)
    return Sample(
        forms,
        (LINE_BREAK, *(SPACED for _ in forms[1:])),
        Syntax(
            upos=("X",) * n,
            xpos=tuple(
                "``" if w == '"' and i == 0 else "''" if w == '"' else "FW"
                for i, w in enumerate(forms)
            ),
            morph=("",) * n,
            heads=tuple(heads),
            dep=tuple("ROOT" if h == i else "dep" for i, h in enumerate(heads)),
            starts=tuple(i in (starts or [0]) for i in range(n)),
        ),
    )


def test_a_cut_counts_heads_from_its_own_start_and_forgets_those_outside() -> None:
    sample = tree("One came . Two left", [1, 1, 1, 4, 4], [0, 3])
    part = sample.cut(3, 5)
    assert part.words == ("Two", "left")
    assert part.before[0] == LINE_BREAK
    assert part.syntax is not None and part.syntax.heads == (1, 1)
    across = sample.cut(2, 4).syntax
    assert across is not None and across.heads == (-1, -1)


def test_joined_samples_keep_their_trees() -> None:
    whole = join([tree("One came", [1, 1]), tree("Two left", [0, 0])], [LINE_BREAK, SPACED])
    assert whole.syntax is not None
    assert whole.syntax.heads == (1, 1, 2, 2)
    assert whole.syntax.starts == (True, False, True, False)
    assert whole.before == (LINE_BREAK, SPACED, SPACED, SPACED)


def test_print_varies_and_the_number_of_words_stays() -> None:
    words = ("He", "did", "n't", "say", '"', "No", '"', "–", "so", "Mr.", "Oda", "left", "...")
    before = (LINE_BREAK, SPACED, GLUED, SPACED, SPACED, GLUED, GLUED, *(SPACED,) * 6)
    sample = Sample(words, before, entities=("O",) * len(words))
    seen = [varied(sample, random.Random(seed)) for seed in range(200)]
    assert all(len(s.words) == len(words) and s.entities == sample.entities for s in seen)
    printed = {w for s in seen for w in s.words}
    assert {"“", "”", "n’t", "—", "--", "…", "Mr", "SAY", "he"} <= printed


def test_opening_marks_become_opening_marks() -> None:
    sample = tree('" Go " he said', [1, 1, 1, 4, 1])
    for seed in range(100):
        first, _, second = varied(sample, random.Random(seed)).words[:3]
        assert first in ('"', "“") and second in ('"', "”")


@pytest.mark.parametrize("limit", [1, 3, 5, 50])
def test_stretches_hold_every_word_once_and_whole_sentences(limit: int) -> None:
    sample = tree("a b . c d e . f", [1, 1, 1, 4, 4, 4, 4, 7], [0, 3, 7])
    ranges = list(stretches(sample, limit))
    assert [i for a, b in ranges for i in range(a, b)] == list(range(8))
    assert all(a in (0, 3, 7) for a, _ in ranges)


def test_a_sentence_too_long_is_cut() -> None:
    sample = tree("a " * 400, [0] * 400)
    assert max(b - a for a, b in stretches(sample, 40, hard=160)) == 160


def test_a_dateline_is_a_tree_of_its_own() -> None:
    for seed in range(60):
        tokens = dateline(random.Random(seed))
        roots = [i for i, t in enumerate(tokens) if t.dep == "ROOT"]
        assert roots == [0]
        assert all(0 <= t.head < len(tokens) for t in tokens)
        assert tokens[-1].dep == "punct"


def test_some_documents_get_a_dateline_and_keep_their_tree() -> None:
    sample = tree("Ministers met .", [1, 1, 1])
    dated = [with_dateline(sample, random.Random(seed)) for seed in range(100)]
    longer = [s for s in dated if len(s.words) > 3]
    assert 3 <= len(longer) <= 30
    for s in longer:
        assert s.syntax is not None
        assert s.words[-3:] == sample.words
        start = len(s.words) - 3
        assert s.syntax.starts[start] and sum(s.syntax.starts) == 2
        assert s.syntax.heads[start:] == (start + 1,) * 3
