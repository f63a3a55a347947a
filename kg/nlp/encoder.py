"""The trained encoder at run time: the inputs of one chunk → what stands in it, word by word.

It runs in onnxruntime, one chunk at a time: its quantised layers take their scale from all that
they are given at once, so that only thus the outcome depends on nothing but the chunk.
"""

from __future__ import annotations

import io
import json
import os
import zipfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Final, NamedTuple

import numpy as np
import numpy.typing as npt
import onnxruntime
from onnxruntime.capi.onnxruntime_pybind11_state import (
    Fail,
    InvalidArgument,
    InvalidGraph,
    InvalidProtobuf,
    NotImplemented,
    RuntimeException,
)
from thinc.api import NumpyOps

from kg.errors import MissingAnnotation
from kg.nlp.decoding import EntityTags, FloatArray, IntArray, forest
from kg.nlp.pieces import A_START, MAYBE_A_START, Encoded, Limits, Pieces

FILES: Final = ("encoder.onnx", "heads.npz", "tokenizer.json", "labels.json")
"""What the folder of a trained annotator holds, in the order of `Weights`."""

DAMAGE: Final = (
    *(EOFError, KeyError, TypeError, ValueError, zipfile.BadZipFile),
    *(Fail, InvalidArgument, InvalidGraph, InvalidProtobuf, NotImplemented, RuntimeException),
)
"""What reading a file raises that is not what it was; onnxruntime's own have no common base."""

ROOT: Final = "ROOT"
"""The relation of a root to itself, by spaCy's custom."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What was learnt, as the bytes of its files."""

    encoder: bytes
    heads: bytes
    tokenizer: bytes
    labels: bytes

    @classmethod
    def read(cls, folder: Path) -> Weights:
        """The weights in a folder.

        Raises:
            MissingAnnotation: If a file is not there.
        """
        try:
            return cls(*((folder / name).read_bytes() for name in FILES))
        except FileNotFoundError as error:
            name = Path(error.filename).name
            raise MissingAnnotation(
                f"{folder}: not a trained annotator, {name} is absent"
            ) from None

    def files(self) -> dict[str, bytes]:
        """The bytes by file name."""
        parts = (self.encoder, self.heads, self.tokenizer, self.labels)
        return dict(zip(FILES, parts, strict=True))


@dataclass(frozen=True, slots=True)
class Labels:
    """The names of the classes of each head, and how much is read at once."""

    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    morph: tuple[str, ...]
    dep: tuple[str, ...]
    entities: tuple[str, ...]
    limits: Limits

    @classmethod
    def read(cls, data: bytes) -> Labels:
        """The labels in a `labels.json`."""
        fields = json.loads(data)
        upos, xpos, morph, dep, entities = (
            tuple(fields[head]) for head in ("upos", "xpos", "morph", "dep", "entities")
        )
        return cls(upos, xpos, morph, dep, entities, Limits(**fields["limits"]))


class Reading(NamedTuple):
    """What stands in a chunk, a value per word: indices of labels, heads as positions in the
    chunk, and scores of entity tags, `(n_words, n_tags)`, which are still to be decided.
    """

    upos: IntArray
    xpos: IntArray
    morph: IntArray
    heads: IntArray
    dep: IntArray
    emissions: FloatArray


class Outputs(NamedTuple):
    """The outputs of the graph for a chunk, by their names in it, without batch axis."""

    upos: IntArray
    xpos: IntArray
    morph: IntArray
    starts: FloatArray
    entities: FloatArray
    arcs: FloatArray
    dependent: FloatArray
    governor: FloatArray


class Encoder:
    """Weights made ready; the graph is opened by each process when it first needs it."""

    def __init__(self, weights: Weights) -> None:
        """The graph is left for `open`.

        Raises:
            MissingAnnotation: If a file is damaged.
        """
        with _whole("labels.json"):
            self.labels = Labels.read(weights.labels)
        with _whole("tokenizer.json"):
            self.pieces = Pieces(weights.tokenizer, cap=self.labels.limits.word_pieces)
        with _whole("heads.npz"):
            heads = np.load(io.BytesIO(weights.heads), allow_pickle=False)
            self.tags = EntityTags.learnt(
                self.labels.entities,
                heads["transitions"],
                heads["first_transition"],
                heads["last_transition"],
            )
            self._relations = Relations(self.labels.dep, heads["labels"])
        self._graph = weights.encoder
        self._session: tuple[int, onnxruntime.InferenceSession] | None = None

    def read(self, chunk: Encoded, starts: Sequence[int]) -> Reading:
        """What stands in a chunk; `starts` is what is known of its words as sentence starts."""
        out = self._run(chunk)
        known = np.array(starts)
        start = (known == A_START) | ((known == MAYBE_A_START) & (out.starts > 0))
        start[0] = True
        heads = forest(out.arcs, start)
        dep = self._relations.best(out.dependent, out.governor, heads)
        return Reading(out.upos, out.xpos, out.morph, heads, dep, out.entities)

    def open(self) -> onnxruntime.InferenceSession:
        """The graph, opened by this process: a fork must not use what its parent opened.

        Raises:
            MissingAnnotation: If the graph is damaged, or is another's.
        """
        if self._session is None or self._session[0] != os.getpid():
            with _whole("encoder.onnx"):
                self._session = os.getpid(), _opened(self._graph)
        return self._session[1]

    def _run(self, chunk: Encoded) -> Outputs:
        ids, shape, first, last = (a[None] for a in chunk)
        inputs = {"ids": ids, "mask": np.ones_like(ids), "shape": shape}
        found = self.open().run(Outputs._fields, inputs | {"first": first, "last": last})
        return Outputs(*(output[0] for output in found))


def _opened(graph: bytes) -> onnxruntime.InferenceSession:
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.execution_mode = onnxruntime.ExecutionMode.ORT_SEQUENTIAL
    # the highest level that does not choose by processor
    options.graph_optimization_level = onnxruntime.GraphOptimizationLevel.ORT_ENABLE_EXTENDED
    # it would keep a plan of memory for every length that ever comes
    options.enable_mem_pattern = False
    options.log_severity_level = 3  # errors
    session = onnxruntime.InferenceSession(graph, options, providers=["CPUExecutionProvider"])
    lacking = set(Outputs._fields).difference(output.name for output in session.get_outputs())
    if lacking:
        raise ValueError(f"it has no output {', '.join(sorted(lacking))}")
    return session


@contextmanager
def _whole(name: str) -> Iterator[None]:
    """What shows that a file is damaged becomes an error that names it."""
    try:
        yield
    except DAMAGE as error:
        raise MissingAnnotation(
            f"{name} of the trained annotator is damaged ({error}); install the pipeline anew"
        ) from error


class Relations:
    """Scores the relation of a word to its head, by a bilinear form for each label."""

    def __init__(self, names: Sequence[str], labels: npt.NDArray[np.float16]) -> None:
        """`labels` is `(n_labels, 101, 101)`: dependent and head with a 1 after their features."""
        self._n, size, _ = labels.shape
        # (head, label, dependent): words have fewer heads than there are words
        flat = labels.astype(np.float32).transpose(2, 0, 1).reshape(size, -1)
        self._labels = np.ascontiguousarray(flat)
        self._root = names.index(ROOT)
        # numpy's own product would start threads of its own
        self._ops = NumpyOps()

    def best(self, dependent: FloatArray, governor: FloatArray, heads: IntArray) -> IntArray:
        """The best label of each arc; words that are their own head, and only they, are `ROOT`."""
        some, which = np.unique(heads, return_inverse=True)
        by_head = self._ops.gemm(_with_one(governor[some]), self._labels)
        by_head = by_head.reshape(len(some), self._n, -1)
        scores = np.einsum("nlk,nk->nl", by_head[which], _with_one(dependent))
        scores[:, self._root] = np.where(heads == np.arange(len(heads)), np.inf, -np.inf)
        best: IntArray = scores.argmax(1)
        return best


def _with_one(features: FloatArray) -> FloatArray:
    return np.concatenate([features, np.ones((len(features), 1), np.float32)], 1)
