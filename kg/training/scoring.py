"""Counts how far an annotated Doc agrees with a treebank or a corpus of names.

Both sides are compared by characters of the same raw text, so that any tokenizer and any pipeline
can be measured. White space is no token and is never counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass, field
from typing import Final, NamedTuple

from spacy.tokens import Doc, Token

from kg.nlp.pieces import GLUED, LINE_BREAK, SPACED
from kg.training.samples import Sample
from kg.training.treebanks import Sentence, document_text

NOT_TOLD: Final = frozenset({"", "_"})
"""Values by which a treebank says nothing of a word."""

PUNCTUATION: Final = frozenset({"punct", "p"})
"""Relations left out of UAS and LAS, as spaCy's scorer leaves them out."""

GAPS: Final = {GLUED: "", SPACED: " ", LINE_BREAK: "\n\n"}
ARTICLES: Final = frozenset({"the", "a", "an"})
POSSESSIVES: Final = frozenset({"'s", "’s", "'", "’"})

OTHER_LABELS: Final = {
    "PER": "PERSON",
    "FAC": "LOC",
    "PRODUCT": "MISC",
    "WORK_OF_ART": "MISC",
    "LAW": "MISC",
    "LANGUAGE": "MISC",
    "TIME": None,
    "MONEY": None,
    "PERCENT": None,
    "QUANTITY": None,
    "CARDINAL": None,
    "ORDINAL": None,
}
"""What other pipelines call our entities; `None` is left out of every count."""

Labels = Callable[[str], str | None]
"""The label under which a scheme counts an entity; `None` where it does not."""


class Entity(NamedTuple):
    """A name and its label; characters, half-open."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class GoldText:
    """A document as a treebank annotates it, beside its raw text.

    `heads` are indices of words, a root is its own head; `sentences` are characters, half-open.
    """

    text: str
    words: tuple[tuple[int, int], ...]
    upos: tuple[str, ...]
    xpos: tuple[str, ...]
    lemmas: tuple[str, ...]
    heads: tuple[int, ...]
    dep: tuple[str, ...]
    sentences: frozenset[tuple[int, int]]


@dataclass(frozen=True, slots=True)
class GoldNames:
    """Raw text, its entities, and the characters of which the corpus does not tell."""

    text: str
    entities: frozenset[Entity]
    masked: frozenset[int]


@dataclass(slots=True)
class Tally:
    """True positives, false positives and false negatives."""

    right: int = 0
    wrong: int = 0
    missed: int = 0

    def add(self, gold: AbstractSet[object], found: AbstractSet[object]) -> None:
        """Count what was found beside what there is."""
        self.right += len(gold & found)
        self.wrong += len(found - gold)
        self.missed += len(gold - found)

    @property
    def precision(self) -> float:
        """Per cent; 0 where nothing was found."""
        return 100 * self.right / max(1, self.right + self.wrong)

    @property
    def recall(self) -> float:
        """Per cent; 0 where there is nothing to find."""
        return 100 * self.right / max(1, self.right + self.missed)

    @property
    def f(self) -> float:
        """The harmonic mean of precision and recall, per cent."""
        return 200 * self.right / max(1, 2 * self.right + self.wrong + self.missed)


MEASURES: Final = ("tokens", "upos", "xpos", "lemma", "uas", "las", "sentences")


@dataclass(slots=True)
class TreebankTally:
    """What a pipeline got right in the documents of a treebank, by measure.

    A measure whose annotation the pipeline does not make stays without counts.
    """

    words: int = 0
    of: dict[str, Tally] = field(default_factory=lambda: {name: Tally() for name in MEASURES})
    relations: Counter[str] = field(default_factory=Counter)
    """How often the pipeline uses each relation."""

    def f(self, measure: str) -> float | None:
        """F in per cent; `None` for what the pipeline does not annotate."""
        tally = self.of[measure]
        return tally.f if tally.right + tally.wrong else None


def gold_text(document: Sequence[Sentence]) -> GoldText:
    """The raw text of consecutive sentences and what the treebank says of its words.

    Raises:
        ValueError: If the words are not those of the text.
    """
    text = document_text(document)
    words: list[tuple[int, int]] = []
    heads: list[int] = []
    sentences = set()
    at = 0
    for sentence in document:
        first = len(words)
        for word in sentence.words:
            while text[at : at + 1].isspace():
                at += 1
            if not text.startswith(word, at):
                raise ValueError(f"{sentence.id}: the text lacks the word {word!r}")
            words.append((at, at + len(word)))
            at += len(word)
        heads += [first + head for head in sentence.heads]
        sentences.add((words[first][0], words[-1][1]))
    return GoldText(
        text,
        tuple(words),
        _column(document, "upos"),
        _column(document, "xpos"),
        _column(document, "lemmas"),
        tuple(heads),
        _column(document, "dep"),
        frozenset(sentences),
    )


def _column(document: Sequence[Sentence], name: str) -> tuple[str, ...]:
    return tuple(value for sentence in document for value in getattr(sentence, name))


def count_document(tally: TreebankTally, gold: GoldText, doc: Doc) -> None:
    """Add to `tally` how far `doc` agrees with `gold`, word by word as spaCy's scorer does.

    A token counts for the word that it lies in, so that one half of a word may carry its tag;
    a token across two words is wrong.
    """
    tokens = [t for t in doc if not t.is_space]
    word_of = _words_of(gold, tokens)
    tally.words += len(gold.words)
    tally.of["tokens"].add(set(gold.words), {(t.idx, t.idx + len(t)) for t in tokens})
    if doc.has_annotation("SENT_START"):
        tally.of["sentences"].add(gold.sentences, _sentences(doc))
    for measure, annotation, values, value in (
        ("upos", "POS", gold.upos, lambda t: t.pos_),
        ("xpos", "TAG", gold.xpos, lambda t: t.tag_),
        ("lemma", "LEMMA", gold.lemmas, lambda t: t.lemma_),
    ):
        if doc.has_annotation(annotation):
            _count_values(tally.of[measure], values, tokens, word_of, value)
    if doc.has_annotation("DEP"):
        _count_tree(tally, gold, tokens, word_of)


def _words_of(gold: GoldText, tokens: Iterable[Token]) -> dict[int, int]:
    """For each token, by its index in the Doc, the one gold word that it lies in, if any."""
    owner: dict[int, int] = {}
    for i, (start, end) in enumerate(gold.words):
        owner.update(dict.fromkeys(range(start, end), i))
    found = {}
    for token in tokens:
        words = {owner[c] for c in range(token.idx, token.idx + len(token)) if c in owner}
        if len(words) == 1:
            found[token.i] = words.pop()
    return found


def _count_values(
    tally: Tally,
    values: Sequence[str],
    tokens: Iterable[Token],
    word_of: Mapping[int, int],
    value: Callable[[Token], str],
) -> None:
    told = {i: v for i, v in enumerate(values) if v not in NOT_TOLD}
    tally.add(
        set(told.items()),
        {(word_of[t.i], value(t)) for t in tokens if word_of.get(t.i) in told},
    )


def _count_tree(
    tally: TreebankTally, gold: GoldText, tokens: Iterable[Token], word_of: Mapping[int, int]
) -> None:
    arcs = {
        (i, head, dep)
        for i, (head, dep) in enumerate(zip(gold.heads, gold.dep, strict=True))
        if dep not in PUNCTUATION
    }
    found = set()
    for token in tokens:
        dep = "ROOT" if token.dep_ == "root" else token.dep_
        tally.relations[dep] += 1
        if dep in PUNCTUATION:
            continue
        if token.i in word_of and token.head.i in word_of:
            found.add((word_of[token.i], word_of[token.head.i], dep))
        else:  # an arc from or to a token that is no word of the treebank
            tally.of["uas"].wrong += 1
            tally.of["las"].wrong += 1
    tally.of["las"].add(arcs, found)
    tally.of["uas"].add({arc[:2] for arc in arcs}, {arc[:2] for arc in found})


def _sentences(doc: Doc) -> set[tuple[int, int]]:
    """Characters from the first to the last word of each sentence."""
    spans = set()
    for sentence in doc.sents:
        words = [t for t in sentence if not t.is_space]
        if words:
            spans.add((words[0].idx, words[-1].idx + len(words[-1])))
    return spans


def gold_names(sample: Sample) -> GoldNames:
    """The raw text of a sample with its entities as characters."""
    text, words = _placed(sample)
    tags = sample.entities or (None,) * len(words)
    masked = {
        c
        for (start, end, _), tag in zip(words, tags, strict=True)
        if tag is None
        for c in range(start, end)
    }
    entities = (trimmed(words[i:j], label) for i, j, label in _ranges(tags))
    return GoldNames(text, frozenset(entities), frozenset(masked))


def _placed(sample: Sample) -> tuple[str, list[tuple[int, int, str]]]:
    """The running text, and start, end and text of each word in it."""
    text, words = "", list[tuple[int, int, str]]()
    for word, before in zip(sample.words, sample.before, strict=True):
        text += GAPS[before] if words else ""
        words.append((len(text), len(text) + len(word), word))
        text += word
    return text, words


def _ranges(tags: Sequence[str | None]) -> list[tuple[int, int, str]]:
    """Ranges of IOB2 tags, half-open, with their labels."""
    ranges: list[tuple[int, int, str]] = []
    for i, tag in enumerate(tags):
        kind, _, label = (tag or "O").partition("-")
        if kind == "I" and ranges and ranges[-1][1:] == (i, label):
            ranges[-1] = (ranges[-1][0], i + 1, label)
        elif kind != "O":
            ranges.append((i, i + 1, label))
    return ranges


def trimmed(words: Sequence[tuple[int, int, str]], label: str) -> Entity:
    """An entity without the article before and the possessive after it, on which corpora differ.

    `words` are start, end and text of each.
    """
    first, last = 0, len(words) - 1
    while first < last and words[first][2].lower() in ARTICLES and label != "DATE":
        first += 1
    while first < last and words[last][2].lower() in POSSESSIVES:
        last -= 1
    return Entity(words[first][0], words[last][1], label)


def found_names(doc: Doc) -> set[Entity]:
    """The entities of a Doc, trimmed, under our labels."""
    found = set()
    for span in doc.ents:
        label = OTHER_LABELS.get(span.label_, span.label_)
        words = [(t.idx, t.idx + len(t), t.text) for t in span if not t.is_space]
        if label is not None and words:
            found.add(trimmed(words, label))
    return found


def count_names(tallies: dict[str, Tally], gold: GoldNames, doc: Doc, labels: Labels) -> None:
    """Add to the tally of each label how far the entities of `doc` are those of `gold`.

    What overlaps characters of which the corpus does not tell is neither right nor wrong.
    """
    there = _relabelled(gold.entities, labels)
    found = {
        entity
        for entity in _relabelled(found_names(doc), labels)
        if gold.masked.isdisjoint(range(entity.start, entity.end))
    }
    for label in sorted({entity.label for entity in there | found}):
        tallies.setdefault(label, Tally()).add(
            {entity for entity in there if entity.label == label},
            {entity for entity in found if entity.label == label},
        )


def _relabelled(entities: Iterable[Entity], labels: Labels) -> set[Entity]:
    return {
        Entity(entity.start, entity.end, label)
        for entity in entities
        if (label := labels(entity.label)) is not None
    }


def total(tallies: Iterable[Tally]) -> Tally:
    """All of them as one."""
    whole = Tally()
    for tally in tallies:
        whole.right += tally.right
        whole.wrong += tally.wrong
        whole.missed += tally.missed
    return whole
