"""Corpora of named entities as samples: tags in IOB2 over spaCy's tokens, `None` where unknown.

The held-out sets are those of `HELD_OUT`; nothing of them is in the others.
"""

from __future__ import annotations

import random
from collections.abc import Callable, Iterable, Iterator, Sequence
from itertools import groupby
from pathlib import Path

import spacy
from spacy.tokens import Doc

from kg.nlp.pieces import GLUED, LINE_BREAK, SPACED
from kg.training.entity_readers import (
    CROSSNER,
    UNER,
    WIKIGOLD,
    Known,
    NamedSentence,
    detokenised,
    gmb_knowledge,
    gmb_sentences,
    gum_sentence,
    mapped,
    read_columns,
    read_gmb,
    read_uner,
)
from kg.training.entity_words import words_of
from kg.training.samples import Sample, join
from kg.training.treebanks import Sentence, read_conllu

LABELS = ("PERSON", "ORG", "GPE", "LOC", "NORP", "EVENT", "DATE", "MISC")
HELD_OUT = ("gmb_test", "gum_test", "uner_test", "crossner_politics_test")
DOMAINS = ("politics", "literature", "music", "science", "ai")
CROSSNER_TEST = "crossner_politics-test.txt.xz"
GMB_TRAIN, GMB_DEV = 0.92, 0.96
"""Where the parts of GMB end; they are split by position, as stories follow one another."""

LONGEST_STORY = 8
PASSAGE = 12
"""Sentences; about as much as the encoder reads at once."""

PARAGRAPH = 0.15
"""How often a sentence of a corpus without paragraphs begins one."""


def entity_samples(corpora: Path, *, seed: int = 7) -> dict[str, list[Sample]]:
    """Samples with entities by the name of their set: "train" (annotated by hand), "silver" (GMB,
    mostly by machine), "dev" and those of `HELD_OUT`.

    `corpora` is the folder with `ner/` and `ud/`. `seed` decides how the sentences of "train" and
    "silver" are grouped to samples; the other sets do not depend on it.
    """
    rng = random.Random(seed)
    convert = _Converter()
    ner, ud = corpora / "ner", corpora / "ud"
    table = read_gmb(ner / "gmb.csv.xz")
    known = gmb_knowledge(table)
    gmb = list(gmb_sentences(table, known))
    first, second = int(len(gmb) * GMB_TRAIN), int(len(gmb) * GMB_DEV)
    gum = {
        part: [
            [gum_sentence(sentence, known) for sentence in document]
            for document in read_conllu(ud / f"en_gum-free-{part}.conllu.xz")
        ]
        for part in ("train", "dev", "test")
    }
    silver = [convert(story, rng) for story in _stories(gmb[:first], rng)]
    train = [
        *(convert(part, rng) for part in _parts(_wikigold(ner, known), 5, rng)),
        *(convert(part) for document in _uner_dev(corpora, known) for part in _cut(document)),
        *(convert([sentence]) for sentence in _crossner(ner, known)),
        *(convert(part) for document in gum["train"] for part in _parts(document, PASSAGE, rng)),
    ]
    return {
        "train": train,
        "silver": silver,
        "dev": [*map(convert, _cut(gmb[first:second], 5)), *map(convert, gum["dev"])],
        "gmb_test": [convert(five) for five in _cut(gmb[second:], 5)],
        "gum_test": [convert(document) for document in gum["test"]],
        "uner_test": [convert(five) for five in _cut(list(_uner_test(corpora, known)), 5)],
        "crossner_politics_test": [
            convert([mapped(words, tags, CROSSNER, known)])
            for words, tags in read_columns(ner / CROSSNER_TEST)
        ],
    }


# ---------------------------------------------------------------------------- corpora


def _wikigold(ner: Path, known: Known) -> list[NamedSentence]:
    return [
        mapped(words, tags, WIKIGOLD, known, also_unknown=_time_noun(words))
        for words, tags in read_columns(ner / "wikigold.conll.xz")
    ]


def _crossner(ner: Path, known: Known) -> Iterator[NamedSentence]:
    """All domains; without the sentences that are in the held-out set too, which a few are."""
    held_out = {tuple(words) for words, _ in read_columns(ner / CROSSNER_TEST)}
    for domain in DOMAINS:
        for part in ("train", "dev"):
            for words, tags in read_columns(ner / f"crossner_{domain}-{part}.txt.xz"):
                if tuple(words) not in held_out:
                    yield mapped(words, tags, CROSSNER, known, also_unknown=_time_noun(words))


def _uner_dev(corpora: Path, known: Known) -> list[list[NamedSentence]]:
    """Document by document; what the treebank calls a proper noun and UNER no name is unknown."""
    documents = groupby(_uner(corpora, "dev"), key=lambda pair: pair[1].document)
    return [
        [
            mapped(
                sentence.words,
                tags,
                UNER,
                known,
                spaces=sentence.spaces,
                also_unknown=_unnamed(sentence),
            )
            for tags, sentence in document
        ]
        for _, document in documents
    ]


def _uner_test(corpora: Path, known: Known) -> Iterator[NamedSentence]:
    for tags, sentence in _uner(corpora, "test"):
        yield mapped(sentence.words, tags, UNER, known, spaces=sentence.spaces)


def _uner(corpora: Path, part: str) -> Iterator[tuple[list[str], Sentence]]:
    """UNER's tags with the treebank's sentence, which still has its spaces."""
    sentences = {
        sentence.id: sentence
        for document in read_conllu(corpora / "ud" / f"en_ewt-{part}.conllu.xz")
        for sentence in document
    }
    for id, words, tags in read_uner(corpora / "ner" / f"uner_ewt-{part}.iob2.xz"):
        sentence = sentences[id]
        if len(sentence.words) != len(words):  # a handful, of which UNER splits other words
            sentence = Sentence(
                document=sentence.document,
                words=words,
                spaces=list(detokenised(words)),
                upos=["X"] * len(words),
            )
        yield tags, sentence


def _time_noun(words: Sequence[str]) -> Callable[[int], bool]:
    """For corpora without dates: "last week" may be one."""
    return lambda i: words[i].lower() in words_of("time_noun")


def _unnamed(sentence: Sentence) -> Callable[[int], bool]:
    """For UNER, which leaves out all names but those of persons, organisations and places."""
    time_noun = _time_noun(sentence.words)
    return lambda i: (
        time_noun(i) or (sentence.upos[i] == "PROPN" and sentence.words[i][0].isupper())
    )


# ---------------------------------------------------------------------------- grouping


def _stories(
    sentences: Sequence[NamedSentence], rng: random.Random
) -> Iterator[list[NamedSentence]]:
    """Consecutive sentences as long as each names somebody whom the story has named, or nobody.

    GMB strings stories together without a mark.
    """
    story: list[NamedSentence] = []
    named: set[str] = set()
    limit = rng.randint(2, LONGEST_STORY)
    for sentence in sentences:
        names = {
            word
            for span in sentence.spans
            if span.label != "DATE"
            for word in sentence.words[span.start : span.end]
        }
        if story and (len(story) == limit or (names and named and names.isdisjoint(named))):
            yield story
            story, named, limit = [], set(), rng.randint(2, LONGEST_STORY)
        story.append(sentence)
        named |= names
    if story:
        yield story


def _parts(
    sentences: Sequence[NamedSentence], longest: int, rng: random.Random
) -> Iterator[list[NamedSentence]]:
    start = 0
    while start < len(sentences):
        end = start + rng.randint(1, longest)
        yield list(sentences[start:end])
        start = end


def _cut(sentences: Sequence[NamedSentence], size: int = PASSAGE) -> Iterator[list[NamedSentence]]:
    for start in range(0, len(sentences), size):
        yield list(sentences[start : start + size])


# ---------------------------------------------------------------------------- conversion


class _Converter:
    """Sentences → one sample, tokenised anew as spaCy does."""

    def __init__(self) -> None:
        self._tokenizer: Callable[[str], Doc] = spacy.blank("en").tokenizer

    def __call__(
        self, sentences: Sequence[NamedSentence], rng: random.Random | None = None
    ) -> Sample:
        """With `rng`, some sentences begin a paragraph though their corpus has none."""
        breaks = (
            i == 0 or s.new_paragraph or (rng is not None and rng.random() < PARAGRAPH)
            for i, s in enumerate(sentences)
        )
        samples = [retokenised(sentence, self._tokenizer) for sentence in sentences]
        return join(samples, [LINE_BREAK if b else SPACED for b in breaks])


def retokenised(sentence: NamedSentence, tokenizer: Callable[[str], Doc]) -> Sample:
    """A sentence in spaCy's tokens; a token that a name covers in part belongs to the name."""
    starts, ends, text = [], [], ""
    for word, space in zip(sentence.words, sentence.spaces, strict=True):
        starts.append(len(text))
        text += word
        ends.append(len(text))
        text += " " * space
    doc = tokenizer(text)
    tokens = [token for token in doc if not token.is_space]
    tags: list[str | None] = ["O"] * len(tokens)
    bounds = [(token.idx, token.idx + len(token)) for token in tokens]
    for span in sentence.spans:
        inside = _overlapping(bounds, starts[span.start], ends[span.end - 1])
        if inside and all(tags[i] == "O" for i in inside):
            tags[inside[0]] = f"B-{span.label}"
            for i in inside[1:]:
                tags[i] = f"I-{span.label}"
    for word_i in sentence.unknown:
        for i in _overlapping(bounds, starts[word_i], ends[word_i]):
            if tags[i] == "O":
                tags[i] = None
    before = [
        LINE_BREAK if i == 0 else SPACED if bounds[i - 1][1] < start else GLUED
        for i, (start, _) in enumerate(bounds)
    ]
    return Sample(tuple(token.text for token in tokens), tuple(before), None, tuple(tags))


def _overlapping(bounds: Iterable[tuple[int, int]], start: int, end: int) -> list[int]:
    return [i for i, (left, right) in enumerate(bounds) if left < end and right > start]
