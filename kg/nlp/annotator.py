"""Our own annotator: tags, morphology, trees, sentences and entities from one small encoder.

A document is read in chunks that depend on it alone, so that batches, threads and processes never
change what is found in it.
"""

from __future__ import annotations

import functools
import multiprocessing
import os
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from typing import Any, Final, NamedTuple, TypeVar

import numpy as np
import numpy.typing as npt
from spacy import util
from spacy.language import Language
from spacy.pipeline.pipe import Pipe
from spacy.scorer import Scorer
from spacy.tokens import Doc, Span
from spacy.training import Example
from spacy.vocab import Vocab

from kg.errors import MissingAnnotation
from kg.nlp.chunks import noun_chunks
from kg.nlp.decoding import Entity, IntArray
from kg.nlp.encoder import FILES, ROOT, Encoder, Reading, Weights
from kg.nlp.pieces import (
    A_START,
    GLUED,
    LINE_BREAK,
    NOT_A_START,
    SPACED,
    WordPieces,
    chunks,
    encode,
)

T = TypeVar("T")
S = TypeVar("S")
UIntArray = npt.NDArray[np.uint64]

COLUMNS: Final = ("TAG", "POS", "MORPH", "HEAD", "DEP")
"""What is set for each token, in the order of the columns of arrays below."""

WHITE_SPACE_TAG: Final = "_SP"
WHITE_SPACE_RELATION: Final = "dep"
JOINED: Final = "parataxis"
"""The relation that joins the parts of a sentence too long to be read at once."""

CHUNKS_AT_ONCE: Final = 64
"""Chunks whose entities are decoded side by side; they take two megabytes."""


class Words(NamedTuple):
    """The tokens of a document that are not white space: their positions, their text, what stood
    before them, and what is known of them as sentence starts.
    """

    token_i: IntArray
    text: list[str]
    before: list[int]
    starts: list[int]


class Job(NamedTuple):
    """Words `start` up to `end` of a document, to be read at once, and all its words' pieces."""

    words: Words
    pieces: list[WordPieces]
    start: int
    end: int


@Language.factory(
    "kg_annotator",
    assigns=[
        "token.tag",
        "token.pos",
        "token.morph",
        "token.dep",
        "token.head",
        "token.is_sent_start",
        "doc.sents",
        "doc.ents",
        "token.ent_iob",
        "token.ent_type",
    ],
    default_config={"threads": 1},
    default_score_weights={"tag_acc": 0.2, "dep_las": 0.3, "sents_f": 0.1, "ents_f": 0.4},
)
def make_annotator(nlp: Language, name: str, threads: int) -> Annotator:
    """The component that reads words; its weights come with `from_disk` or `from_bytes`."""
    return Annotator(nlp.vocab, name, threads=threads)


class Annotator(Pipe):
    """Doc → Doc with tags, parts of speech, morphology, trees, sentences and entities.

    Sentence starts and entities that are set already stay. White space is tagged as such and hangs
    on the word before it.
    """

    def __init__(self, vocab: Vocab, name: str = "kg_annotator", *, threads: int = 1) -> None:
        """`threads`: how many chunks are read at once; in worker processes always one."""
        if threads < 1:
            raise ValueError(f"{name}: threads must be 1 or more, not {threads}")
        self.name = name
        self.vocab = vocab
        self.threads = threads
        self._weights: Weights | None = None
        self._reader: Reader | None = None
        self._pool: tuple[int, ThreadPoolExecutor] | None = None
        # spaCy's English iterator expects ClearNLP labels; Docs take theirs from the vocabulary
        vocab.get_noun_chunks = noun_chunks  # type: ignore[assignment]  # it yields triples, as spaCy's own

    def __call__(self, doc: Doc) -> Doc:
        """Annotate one document."""
        self._annotate([doc])
        return doc

    def pipe(self, stream: Iterable[Doc], *, batch_size: int = 64) -> Iterator[Doc]:
        """Annotate documents; one that fails goes to the error handler, the others go on."""
        self.open()  # what all documents need fails here, not once for each of them
        for docs in util.minibatch(stream, batch_size):  # type: ignore[no-untyped-call]
            try:
                self._annotate(docs)
            except Exception:  # it belongs to one document, which is found below
                yield from self._one_by_one(docs)
            else:
                yield from docs

    def _one_by_one(self, docs: list[Doc]) -> Iterator[Doc]:
        handle = self.get_error_handler()
        for doc in docs:
            try:
                self._annotate([doc])
            except Exception as error:  # the handler that the user set decides
                handle(self.name, self, [doc], error)
            else:
                yield doc

    def open(self) -> None:
        """Make the weights ready now, rather than at the first document.

        Raises:
            MissingAnnotation: If there are none, or they are damaged.
        """
        self._ready().encoder.open()

    def _annotate(self, docs: Sequence[Doc]) -> None:
        reader = self._ready()
        reader.encoder.open()  # before threads do, each for itself
        jobs = [reader.jobs(doc) for doc in docs]
        readings = iter(self._map(reader.read, [job for some in jobs for job in some]))
        for doc, some in zip(docs, jobs, strict=True):
            reader.write(doc, some, [next(readings) for _ in some])

    def _map(self, function: Callable[[S], T], items: Sequence[S]) -> Iterable[T]:
        # worker processes share the cores already
        if self.threads == 1 or len(items) < 2 or multiprocessing.parent_process() is not None:
            return map(function, items)
        if self._pool is None or self._pool[0] != os.getpid():
            self._pool = os.getpid(), ThreadPoolExecutor(self.threads)
        return self._pool[1].map(function, items)

    def _ready(self) -> Reader:
        if self._reader is None:
            self._reader = Reader(self._learnt(), self.vocab)
        return self._reader

    def _learnt(self) -> Weights:
        if self._weights is None:
            raise MissingAnnotation(
                f"{self.name}: has no weights; load a trained pipeline with kg.nlp.load()"
            )
        return self._weights

    @property
    def labels(self) -> tuple[str, ...]:
        """The kinds of entities; none before the weights are there."""
        if self._weights is None:
            return ()
        names = self._ready().encoder.labels.entities
        return tuple(dict.fromkeys(name[2:] for name in names if name != "O"))

    def score(self, examples: Iterable[Example], **kwargs: Any) -> dict[str, Any]:
        """Accuracy of tags, attachment, sentences and entities, as spaCy's own components score."""
        examples = list(examples)
        scores: dict[str, Any] = {}
        for attribute in ("tag", "pos", "morph"):
            scores |= Scorer.score_token_attr(examples, attribute)
        for attribute, annotation in (("sents", "SENT_START"), ("ents", "ENT_IOB")):
            annotated = functools.partial(Doc.has_annotation, attr=annotation)
            scores |= Scorer.score_spans(examples, attribute, has_annotation=annotated)
        return scores | Scorer.score_deps(examples, "dep", ignore_labels=("p", "punct"))

    def to_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> None:
        """Write the weights into a folder."""
        folder = Path(path)
        folder.mkdir(parents=True, exist_ok=True)
        for name, data in self._learnt().files().items():
            (folder / name).write_bytes(data)

    def from_disk(self, path: Path | str, *, exclude: Iterable[str] = ()) -> Annotator:
        """Take the weights of a folder."""
        self._weights, self._reader = Weights.read(Path(path)), None
        return self

    def to_bytes(self, *, exclude: Iterable[str] = ()) -> bytes:
        """The weights in one piece."""
        files = self._learnt().files()
        data: bytes = util.to_bytes({name: files[name].__bytes__ for name in FILES}, ())
        return data

    def from_bytes(self, data: bytes, *, exclude: Iterable[str] = ()) -> Annotator:
        """Take the weights out of what `to_bytes` gave."""
        parts: list[bytes] = []
        util.from_bytes(data, dict.fromkeys(FILES, parts.append), ())
        self._weights, self._reader = Weights(*parts), None
        return self

    def __reduce__(self) -> tuple[object, ...]:
        data = None if self._weights is None else self.to_bytes()
        return _restored, (self.vocab, self.name, self.threads, data)


def _restored(vocab: Vocab, name: str, threads: int, data: bytes | None) -> Annotator:
    annotator = Annotator(vocab, name, threads=threads)
    return annotator if data is None else annotator.from_bytes(data)


class Reader:
    """An encoder with its labels in the numbers of a vocabulary: Doc in, annotations into it."""

    def __init__(self, weights: Weights, vocab: Vocab) -> None:
        self.encoder = Encoder(weights)
        labels, strings = self.encoder.labels, vocab.strings
        self._upos = _numbers(strings.add, labels.upos)
        self._xpos = _numbers(strings.add, labels.xpos)
        self._morph = _numbers(vocab.morphology.add, labels.morph)
        self._dep = _numbers(strings.add, labels.dep)
        self._joined_by = strings.add(JOINED)
        self._white_space = np.array(
            [
                strings.add(WHITE_SPACE_TAG),
                strings["SPACE"],
                vocab.morphology.add(""),
                0,
                strings.add(WHITE_SPACE_RELATION),
            ],
            np.uint64,
        )
        self._root = strings.add(ROOT)

    def jobs(self, doc: Doc) -> list[Job]:
        """The chunks of a document."""
        words = words_of(doc)
        pieces = self.encoder.pieces(words.text)
        sizes = [len(word.ids) for word in pieces]
        limits = self.encoder.labels.limits
        ranges = chunks(words.text, words.before, words.starts, sizes, limits)
        return [Job(words, pieces, start, end) for start, end in ranges]

    def read(self, job: Job) -> Reading:
        """What stands in a chunk; threads may call it side by side."""
        words, pieces, start, end = job
        chunk = encode(pieces[start:end], words.before[start:end])
        return self.encoder.read(chunk, words.starts[start:end])

    def write(self, doc: Doc, jobs: Sequence[Job], readings: Sequence[Reading]) -> None:
        """Set the annotations of a document from the readings of its chunks."""
        if not len(doc):
            return
        columns = np.tile(self._white_space, (len(doc), 1))
        heads = np.zeros(len(doc), np.int64)
        if jobs:
            at = jobs[0].words.token_i
            heads = at[np.maximum(np.searchsorted(at, np.arange(len(doc)), side="right") - 1, 0)]
            word_heads, dep = self._trees(jobs, readings)
            heads[at] = at[word_heads]
            columns[at, 0] = self._xpos[np.concatenate([r.xpos for r in readings])]
            columns[at, 1] = self._upos[np.concatenate([r.upos for r in readings])]
            columns[at, 2] = self._morph[np.concatenate([r.morph for r in readings])]
            columns[at, 4] = dep
        else:
            columns[0, 4] = self._root
        columns[:, 3] = (heads - np.arange(len(doc))).astype(np.uint64)
        doc.from_array(list(COLUMNS), columns)  # type: ignore[arg-type]  # thinc's name for arrays
        _set_entities(doc, self._entities(jobs, readings))

    def _trees(
        self, jobs: Sequence[Job], readings: Sequence[Reading]
    ) -> tuple[IntArray, UIntArray]:
        """Heads as positions among all words, and relations. A chunk of which it is known that no
        sentence starts with it is hung on the sentence before.
        """
        heads = np.concatenate([r.heads + j.start for r, j in zip(readings, jobs, strict=True)])
        dep = self._dep[np.concatenate([r.dep for r in readings])]
        for words, _, start, _ in jobs[1:]:
            if words.starts[start] == NOT_A_START:
                root = _top(heads, start)
                heads[root] = _top(heads, start - 1)
                dep[root] = self._joined_by
        return heads, dep

    def _entities(self, jobs: Sequence[Job], readings: Sequence[Reading]) -> Iterator[Entity]:
        """Entities as ranges of tokens."""
        for i in range(0, len(jobs), CHUNKS_AT_ONCE):
            some = jobs[i : i + CHUNKS_AT_ONCE]
            emissions = [reading.emissions for reading in readings[i : i + CHUNKS_AT_ONCE]]
            found = self.encoder.tags.best(emissions, [_fresh(job) for job in some])
            for (words, _, offset, _), entities in zip(some, found, strict=True):
                for start, end, label in entities:
                    first, last = words.token_i[[offset + start, offset + end - 1]].tolist()
                    yield Entity(first, last + 1, label)


def words_of(doc: Doc) -> Words:
    """The words of a document, with what stands before each."""
    values = doc.to_array(["IS_SPACE", "SPACY", "SENT_START"]).astype(np.int64).tolist()
    token_i = []
    words = Words(np.zeros(0, np.int64), [], [], [])
    gap, start = LINE_BREAK, 0
    for i, (token, (is_space, spaced, sent_start)) in enumerate(zip(doc, values, strict=True)):
        if is_space:
            gap = LINE_BREAK if "\n" in token.text else max(gap, SPACED)
            # white space starts no sentence: what follows it does
            start = A_START if sent_start == A_START else start
            continue
        token_i.append(i)
        words.text.append(token.text)
        words.before.append(gap)
        words.starts.append(start or sent_start)
        gap, start = (SPACED if spaced else GLUED), 0
    return words._replace(token_i=np.array(token_i, np.int64))


def _fresh(job: Job) -> npt.NDArray[np.bool_]:
    """The words before which no entity goes on."""
    words, _, start, end = job
    before, starts = np.array(words.before[start:end]), np.array(words.starts[start:end])
    fresh: npt.NDArray[np.bool_] = (before == LINE_BREAK) | (starts == A_START)
    return fresh


def _set_entities(doc: Doc, entities: Iterable[Entity]) -> None:
    """Add entities beside those that are set already, or kept free, which stay."""
    set_already = doc.to_array("ENT_IOB") % 2 == 1
    spans = [Span(doc, e.start, e.end, label=e.label) for e in entities]
    free = [span for span in spans if not set_already[span.start : span.end].any()]
    doc.set_ents([*doc.ents, *free])


def _numbers(add: Callable[[str], int], names: Iterable[str]) -> UIntArray:
    return np.array([add(name) for name in names], np.uint64)


def _top(heads: IntArray, i: int) -> int:
    while heads[i] != i:
        i = int(heads[i])
    return i
