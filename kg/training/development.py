"""What a run shows of itself while it learns: figures on development data with gold sentences."""

from __future__ import annotations

from collections.abc import Sequence

import torch

from kg.nlp.pieces import Pieces
from kg.training.learning import Labels, collate, packed, targets
from kg.training.network import IMPOSSIBLE, Network
from kg.training.samples import Sample, stretches

SYNTAX_WORDS, ENTITY_WORDS = 60, 80


def cut(samples: Sequence[Sample], size: int) -> list[list[Sample]]:
    """Batches of stretches of at most `size` words."""
    parts = [s.cut(a, b) for s in samples for a, b in stretches(s, size)]
    return list(packed(sorted(parts, key=lambda s: len(s.words)), 3_000))


@torch.inference_mode()
def figures(
    network: Network,
    labels: Labels,
    pieces: Pieces,
    syntax: Sequence[Sample],
    entities: Sequence[Sample],
) -> dict[str, float]:
    """UAS, LAS, XPOS and sentence-start F of greedy heads, and entity F of best paths, in per
    cent. Punctuation is left out of UAS and LAS.
    """
    index = labels.index()
    punctuation = index["dep"].get("punct", -1)
    count = dict.fromkeys(("words", "uas", "las", "all", "xpos", "s_tp", "s_n"), 0)
    for samples in cut(syntax, SYNTAX_WORDS):
        batch, gold = collate(samples, pieces), targets(samples, index)
        words = network.words(batch)
        arcs, low, high = network.arcs(words)
        heads = arcs.masked_fill(batch.words[:, None] == 0, IMPOSSIBLE).argmax(-1)
        above = torch.gather(high, 1, heads[:, :, None].expand_as(high))
        dep = network.labels(low.flatten(0, 1), above.flatten(0, 1)).argmax(-1).view_as(heads)
        scored = (gold["heads"] >= 0) & (gold["dep"] != punctuation)
        right = scored & (heads == gold["heads"])
        real = batch.words == 1
        starts = (network.starts(words).argmax(-1) == 1) & real
        count["words"] += int(scored.sum())
        count["uas"] += int(right.sum())
        count["las"] += int((right & (dep == gold["dep"])).sum())
        count["all"] += int(real.sum())
        count["xpos"] += int(
            (real & (network.taggers["xpos"](words).argmax(-1) == gold["xpos"])).sum()
        )
        count["s_tp"] += int((starts & (gold["starts"] == 1)).sum())
        count["s_n"] += int(starts.sum() + (gold["starts"] == 1).sum())
    found, known, both = _entities(network, labels, pieces, entities)
    return {
        "uas": _percent(count["uas"], count["words"]),
        "las": _percent(count["las"], count["words"]),
        "xpos": _percent(count["xpos"], count["all"]),
        "starts": _percent(2 * count["s_tp"], count["s_n"]),
        "entities": _percent(2 * both, found + known),
    }


def _percent(part: int, whole: int) -> float:
    return round(100 * part / whole, 2) if whole else 0.0


def _entities(
    network: Network, labels: Labels, pieces: Pieces, samples: Sequence[Sample]
) -> tuple[int, int, int]:
    """How many spans were found, are in the gold data, and are in both."""
    found = known = both = 0
    for some in cut(samples, ENTITY_WORDS):
        batch = collate(some, pieces)
        best = network.entities.emissions(network.words(batch)).argmax(-1)
        for sample, row in zip(some, best.tolist(), strict=True):
            assert sample.entities is not None
            told = [
                None if gold is None else labels.entities[tag]
                for gold, tag in zip(sample.entities, row, strict=False)
            ]
            predicted, gold_spans = spans(told), spans(sample.entities)
            found += len(predicted)
            known += len(gold_spans)
            both += len(predicted & gold_spans)
    return found, known, both


def spans(tags: Sequence[str | None]) -> set[tuple[int, int, str]]:
    """Entities as (start, end, label) of IOB2 tags; an I- without its B- begins one."""
    found, start, kind = set(), 0, ""
    for i, tag in enumerate((*tags, None)):
        if kind and not (tag and tag.startswith("I-") and tag[2:] == kind):
            found.add((start, i, kind))
            kind = ""
        if tag and tag != "O" and not kind:
            start, kind = i, tag[2:]
    return found
