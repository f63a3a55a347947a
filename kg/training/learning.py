"""Trains the network: batches drawn anew for each pass, two tasks in turn, resumable anywhere."""

from __future__ import annotations

import json
import logging
import random
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor, nn
from torch.nn import functional

from kg.nlp.pieces import CLS, MAYBE_A_START, SEP, Limits, Pieces, chunks
from kg.training.network import IMPOSSIBLE, TAGGED, Batch, Network, pretrained
from kg.training.samples import Sample, stretches, varied

log = logging.getLogger(__name__)

MASK = 103
"""The piece of BERT's vocabularies that hides another."""

WEIGHTS = {
    "upos": 0.5,
    "xpos": 0.5,
    "morph": 0.5,
    "starts": 0.5,
    "arcs": 1.0,
    "labels": 1.0,
    "entities": 1.0,
}
UNKNOWN = -100

Change = Callable[[Sample, random.Random], Sample]


@dataclass(frozen=True, slots=True)
class Plan:
    """How long and how to train. `steps` batches of about `words` words (padding included), a
    share of `syntax` of them from treebanks; learning rates rise over `warm_up` steps and fall
    linearly to a fiftieth.
    """

    steps: int = 5_000
    words: int = 1_200
    syntax: float = 0.6
    rate_encoder: float = 1.2e-4
    rate_heads: float = 1e-3
    warm_up: int = 60
    hidden: float = 0.04
    seed: int = 0
    threads: int = 2
    save_every: int = 500


@dataclass(slots=True)
class Labels:
    """The classes of each head, in order, and where each stands."""

    upos: list[str] = field(default_factory=list)
    xpos: list[str] = field(default_factory=list)
    morph: list[str] = field(default_factory=list)
    dep: list[str] = field(default_factory=list)
    entities: list[str] = field(default_factory=list)

    def index(self) -> dict[str, dict[str, int]]:
        """Label to number, for each head."""
        return {head: {x: i for i, x in enumerate(names)} for head, names in asdict(self).items()}


def labels_of(syntax: Sequence[Sample], entities: Sequence[Sample]) -> Labels:
    """The labels that occur in the training data, in alphabetical order; "O" first."""
    columns: dict[str, set[str]] = {head: set() for head in (*TAGGED, "dep")}
    for sample in syntax:
        for head, names in columns.items():
            names.update(getattr(sample.syntax, head))
    kinds = sorted({t[2:] for s in entities for t in s.entities or () if t and t != "O"})
    tags = ["O", *(f"{prefix}-{kind}" for kind in kinds for prefix in "BI")]
    return Labels(**{head: sorted(names) for head, names in columns.items()}, entities=tags)


class Stream:
    """Endless batches of one task. Each pass varies and cuts every document anew, from a seed of
    its own, so that any batch can be had again by its number.
    """

    def __init__(
        self,
        name: str,
        mixture: Sequence[tuple[Sequence[Sample], float]],
        pieces: Pieces,
        *,
        change: Change,
        sizes: Sequence[int],
        plan: Plan,
    ) -> None:
        """`mixture`: corpora, each with how often a pass goes through it; `change` varies a
        sample; `sizes` are the aims of chunks in words, 1 for sentences.
        """
        self._name, self._mixture, self._pieces = name, mixture, pieces
        self._change, self._sizes, self._plan = change, sizes, plan
        self._round, self._batches = -1, list[list[Sample]]()
        self._offset = 0

    def batch(self, number: int) -> list[Sample]:
        """The stretches of batch `number`; numbers are asked for in rising order."""
        while number >= self._offset + len(self._batches):
            self._offset += len(self._batches)
            self._round += 1
            self._batches = self._draw()
        return self._batches[number - self._offset]

    def _draw(self) -> list[list[Sample]]:
        rng = random.Random(f"{self._plan.seed} {self._name} {self._round}")
        cut = [
            part
            for sample in self._chosen(rng)
            for part in self._stretches(self._change(sample, rng), rng.choice(self._sizes))
        ]
        rng.shuffle(cut)
        batches = []
        pool = 6_000
        for at in range(0, len(cut), pool):
            some = sorted(cut[at : at + pool], key=lambda s: len(s.words))
            batches += list(packed(some, self._plan.words))
        rng.shuffle(batches)
        return batches

    def _chosen(self, rng: random.Random) -> Iterator[Sample]:
        for samples, times in self._mixture:
            whole = int(times)
            for _ in range(whole):
                yield from samples
            yield from rng.sample(samples, round((times - whole) * len(samples)))

    def _stretches(self, sample: Sample, size: int) -> Iterator[Sample]:
        if size == 1:
            ranges = list(stretches(sample, 1))
        else:
            unknown = [MAYBE_A_START] * len(sample.words)
            counts = [len(p.ids) for p in self._pieces(sample.words)]
            limits = Limits(words=size, longest=max(size, 160))
            ranges = chunks(sample.words, sample.before, unknown, counts, limits)
        return (sample.cut(start, end) for start, end in ranges)


def packed(samples: Sequence[Sample], words: int) -> Iterator[list[Sample]]:
    """Samples of rising length in batches of at most `words` words, counted with the padding."""
    batch: list[Sample] = []
    for sample in samples:
        if batch and (len(batch) + 1) * len(sample.words) > words:
            yield batch
            batch = []
        batch.append(sample)
    if batch:
        yield batch


def collate(
    samples: Sequence[Sample], pieces: Pieces, hide: tuple[float, int] | None = None
) -> Batch:
    """Samples side by side; `hide`: the share of words to mask and the seed that chooses them."""
    encoded = [pieces.encode(s.words, s.before) for s in samples]
    long = max(len(e.ids) for e in encoded)
    wide = max(len(e.first) for e in encoded)
    arrays = {n: np.zeros((len(samples), long), np.int64) for n in ("ids", "mask", "shape")}
    arrays |= {n: np.zeros((len(samples), wide), np.int64) for n in ("first", "last", "words")}
    for row, e in enumerate(encoded):
        for name in ("ids", "shape", "first", "last"):
            value = getattr(e, name)
            arrays[name][row, : len(value)] = value
        arrays["mask"][row, : len(e.ids)] = 1
        arrays["words"][row, : len(e.first)] = 1
    if hide is not None:
        share, seed = hide
        drawn = np.random.default_rng(seed).random(arrays["ids"].shape) < share
        hidden = drawn & (arrays["mask"] == 1)
        hidden &= (arrays["ids"] != CLS) & (arrays["ids"] != SEP)
        arrays["ids"][hidden] = MASK
    return Batch(**{n: torch.from_numpy(a) for n, a in arrays.items()})


def targets(samples: Sequence[Sample], index: Mapping[str, Mapping[str, int]]) -> dict[str, Tensor]:
    """What the heads should say, [B, W] for each head that the samples have annotation for."""
    wide = max(len(s.words) for s in samples)

    def column(values: Callable[[Sample], Sequence[int]]) -> Tensor:
        rows = [list(values(s)) for s in samples]
        return torch.tensor([row + [UNKNOWN] * (wide - len(row)) for row in rows])

    found: dict[str, Tensor] = {}
    if all(s.syntax is not None for s in samples):
        for head in (*TAGGED, "dep"):
            names = index[head]
            found[head] = column(
                lambda s, h=head, n=names: [n.get(x, UNKNOWN) for x in getattr(s.syntax, h)]  # type: ignore[misc]
            )
        found["starts"] = column(lambda s: [int(x) for x in s.syntax.starts])  # type: ignore[union-attr]
        found["heads"] = column(lambda s: [h if h >= 0 else UNKNOWN for h in s.syntax.heads])  # type: ignore[union-attr]
    if all(s.entities is not None for s in samples):
        tags = index["entities"]
        found["entities"] = column(
            lambda s: [UNKNOWN if t is None else tags.get(t, UNKNOWN) for t in s.entities or ()]
        )
    return found


def losses(network: Network, batch: Batch, gold: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The loss of each head that has something to learn from the batch."""
    words = network.words(batch)
    found: dict[str, Tensor] = {}
    if "heads" in gold:
        for head in TAGGED:
            found[head] = _cross_entropy(network.taggers[head](words), gold[head])
        found["starts"] = _cross_entropy(network.starts(words), gold["starts"])
        arcs, low, high = network.arcs(words)
        padded = arcs.float().masked_fill(batch.words[:, None] == 0, IMPOSSIBLE)
        found["arcs"] = _cross_entropy(padded, gold["heads"])
        known = (gold["heads"] >= 0) & (gold["dep"] >= 0)
        row, word = known.nonzero(as_tuple=True)
        scores = network.labels(low[row, word], high[row, gold["heads"][known]])
        found["labels"] = _cross_entropy(scores, gold["dep"][known])
    if "entities" in gold:
        found["entities"] = network.entities.loss(words, gold["entities"], batch.words.sum(1))
    return found


def _cross_entropy(scores: Tensor, gold: Tensor) -> Tensor:
    return functional.cross_entropy(
        scores.float().flatten(0, -2), gold.flatten(), ignore_index=UNKNOWN
    )


@dataclass(slots=True)
class Position:
    """How far a run has come."""

    step: int = 0
    syntax: int = 0
    entities: int = 0
    seconds: float = 0.0


def train(
    plan: Plan,
    labels: Labels,
    streams: Mapping[str, Stream],
    pieces: Pieces,
    encoder: Path,
    folder: Path,
    *,
    check: Callable[[Network], Mapping[str, float]],
) -> Network:
    """The trained network. A run that was broken off goes on from `folder`'s last checkpoint.

    `check` measures on development data; its figures are logged and never steer the run.
    """
    torch.set_num_threads(plan.threads)
    torch.manual_seed(plan.seed)
    network = Network(asdict(labels))
    network.encoder.load_pretrained(pretrained(encoder))
    optimiser = _optimiser(network, plan)
    position, saved = Position(), folder / "checkpoint.pt"
    if saved.exists():
        position = _resume(saved, network, optimiser, plan)
        log.info("goes on from step %d", position.step)
    index, mean = labels.index(), dict[str, float]()
    network.train()
    while position.step < plan.steps:
        begun = time.perf_counter()
        task = (
            "syntax"
            if random.Random(f"{plan.seed} {position.step}").random() < plan.syntax
            else "entities"
        )
        number = getattr(position, task)
        samples = streams[task].batch(number)
        torch.manual_seed(plan.seed * 1_000_003 + position.step)
        batch = collate(samples, pieces, (plan.hidden, position.step))
        with torch.autocast("cpu", torch.bfloat16):
            parts = losses(network, batch, targets(samples, index))
        loss = torch.stack([WEIGHTS[name] * value for name, value in parts.items()]).sum()
        for group in optimiser.param_groups:
            group["lr"] = group["base"] * _schedule(position.step, plan)
        optimiser.zero_grad(set_to_none=True)
        loss.backward()  # type: ignore[no-untyped-call]
        nn.utils.clip_grad_norm_(network.parameters(), 1.0)
        optimiser.step()
        setattr(position, task, number + 1)
        position.step += 1
        position.seconds += time.perf_counter() - begun
        for name, value in parts.items():
            mean[name] = 0.97 * mean.get(name, value.item()) + 0.03 * value.item()
        if position.step % 50 == 0:
            shown = " ".join(f"{n} {v:.3f}" for n, v in sorted(mean.items()))
            log.info("step %d, %.0f s: %s", position.step, position.seconds, shown)
        if position.step % plan.save_every == 0 or position.step == plan.steps:
            _save(saved, network, optimiser, plan, position)
            network.eval()
            log.info("development data: %s", json.dumps(dict(check(network))))
            network.train()
    network.eval()
    return network


def _optimiser(network: Network, plan: Plan) -> torch.optim.AdamW:
    # the word shapes start from nothing, like the heads
    fresh, tuned = list[nn.Parameter](), list[nn.Parameter]()
    for name, parameter in network.named_parameters():
        learnt = name.startswith("encoder.") and not name.startswith("encoder.shapes")
        (tuned if learnt else fresh).append(parameter)
    groups: list[dict[str, Any]] = [
        {"params": tuned, "lr": plan.rate_encoder, "base": plan.rate_encoder},
        {"params": fresh, "lr": plan.rate_heads, "base": plan.rate_heads},
    ]
    return torch.optim.AdamW(groups, weight_decay=0.01, betas=(0.9, 0.98), fused=True)


def _schedule(step: int, plan: Plan) -> float:
    return min(1.0, (step + 1) / plan.warm_up) * max(0.02, 1 - step / plan.steps)


def _save(
    path: Path, network: Network, optimiser: torch.optim.Optimizer, plan: Plan, position: Position
) -> None:
    half = path.with_suffix(".part")
    torch.save(
        {
            "network": network.state_dict(),
            "optimiser": optimiser.state_dict(),
            "plan": asdict(plan),
            "position": asdict(position),
        },
        half,
    )
    half.replace(path)


def _resume(path: Path, network: Network, optimiser: torch.optim.Optimizer, plan: Plan) -> Position:
    saved = torch.load(path, weights_only=True)
    if saved["plan"] != asdict(plan):
        raise ValueError(
            f"{path}: made by another plan; remove it or train as it says: {saved['plan']}"
        )
    network.load_state_dict(saved["network"])
    optimiser.load_state_dict(saved["optimiser"])
    return Position(**saved["position"])


def vary(*changes: Change) -> Change:
    """Leave half of the samples as they are, change the others in several ways and in print."""

    def changed(sample: Sample, rng: random.Random) -> Sample:
        for change in changes:
            sample = change(sample, rng)
        return varied(sample, rng) if rng.random() < 0.5 else sample

    return changed
