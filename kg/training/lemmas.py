"""Lemma tables: spaCy's rules for English (MIT) and the exceptions that the treebanks show."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from spacy.language import Language
from spacy.lookups import Lookups, load_lookups

from kg.training.treebanks import Sentence

TABLES = ("lemma_rules", "lemma_exc", "lemma_index")
CLASSES = (
    *("noun", "verb", "adj", "adv", "aux", "pron", "det", "adp", "part", "propn", "num", "cconj"),
    *("sconj", "intj"),
)
OPEN_CLASSES = frozenset({"noun", "verb", "adj", "adv"})
AGREEING = 0.6
"""A form has the lemma that this share of its occurrences has; else the rules decide."""
SEEN = 4
"""Times that a word of an open class must occur: the treebanks have misspelt words, too."""


def lemma_tables(sentences: Iterable[Sentence]) -> Lookups:
    """spaCy's tables with the treebank's exceptions added.

    Raises:
        ValueError: If the package `spacy-lookups-data` is not installed.
    """
    lookups = load_lookups("en", list(TABLES))
    table = lookups.get_table("lemma_exc")  # its keys are hashes; those within are words
    exceptions = {pos: dict(table[pos]) for pos in CLASSES if pos in table}
    for (pos, form), lemmas in _counted(sentences).items():
        (lemma, often), total = lemmas.most_common(1)[0], lemmas.total()
        rare = total < SEEN and (pos in OPEN_CLASSES or pos == "propn")
        if often < AGREEING * total or rare or (pos == "propn" and lemma.lower() == form):
            continue
        if pos in CLASSES:
            exceptions.setdefault(pos, {})[form] = [lemma]
    lookups.remove_table("lemma_exc")
    lookups.add_table("lemma_exc", exceptions)
    return lookups


def _counted(sentences: Iterable[Sentence]) -> dict[tuple[str, str], Counter[str]]:
    counted: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for word, lemma, pos in zip(sentence.words, sentence.lemmas, sentence.upos, strict=True):
            counted[pos.lower(), word.lower()][lemma] += 1
    return counted


def add_lemmatizer(nlp: Language, tables: Lookups) -> None:
    """Add spaCy's rule lemmatizer with `tables` to a pipeline."""
    lemmatizer = nlp.add_pipe("lemmatizer", config={"mode": "rule"})
    lemmatizer.initialize(lambda: [], nlp=nlp, lookups=tables)  # type: ignore[attr-defined]
