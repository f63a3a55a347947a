"""Whole agency reports, invented for their difficult statements, read by the shipped pipeline.

Each `NAME.txt` has a `NAME.tsv` with all its statements: type, source, cue, content (parts joined
by " | ", ¶ is a line break), force, flags (headline, nested, topic). Who is meant is checked where
it is hard: relays, voices of organisations, pronouns without a name.
"""

from __future__ import annotations

import csv
import functools
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc

import kg.extraction.actors
import kg.extraction.dates
import kg.nlp.boundaries
from kg.extraction.actors import actors
from kg.extraction.statements import statements
from kg.nlp.articles import article_doc
from kg.nlp.load import add_boundaries, default_path
from kg.readers.sections import sections
from kg.records import Article, Section, Statement, TextSpan

assert kg.nlp.boundaries.make_boundaries  # registers the component
assert kg.extraction.dates
assert kg.extraction.actors

FOLDER = Path(__file__).with_name("statement_articles")
NAMES = sorted(path.stem for path in FOLDER.glob("*.txt"))
FIELDS = ("type", "source", "cue", "content", "force", "flags")


@pytest.fixture(scope="module")
def reader() -> Language:
    """The shipped pipeline with dates, actors and statements."""
    nlp = spacy.load(default_path())
    add_boundaries(nlp)
    for name in ("kg_dates", "kg_actors", "kg_statements"):
        nlp.add_pipe(name)
    return nlp


@functools.cache
def read(nlp: Language, name: str) -> Doc:
    text = (FOLDER / f"{name}.txt").read_text(encoding="utf-8")
    parts = sections(text)
    return nlp(article_doc(nlp, Article(name, name, text, sections=parts, published="2024-05-02")))


def of(spans: tuple[TextSpan, ...], text: str) -> str:
    return " | ".join(s.of(text) for s in spans).replace("\n", "¶")


def row(statement: Statement, text: str) -> tuple[str, ...]:
    flags = {
        "headline": statement.headline,
        "nested": statement.nested_in is not None,
        "topic": statement.topic_only,
    }
    words = [of(spans, text) for spans in (statement.source, statement.cue, statement.content)]
    shown = " ".join(flag for flag, on in flags.items() if on)
    return (statement.type, *words, statement.force, shown)


def expected(name: str) -> list[tuple[str, ...]]:
    with (FOLDER / f"{name}.tsv").open(encoding="utf-8", newline="") as lines:
        table = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        return [tuple(line[field] for field in FIELDS) for line in table]


@pytest.mark.parametrize("name", NAMES)
def test_an_article_has_these_statements_and_no_others(reader: Language, name: str) -> None:
    doc = read(reader, name)
    assert [row(s, doc.text) for s in statements(doc)] == expected(name)


def test_there_are_eight_articles_or_more() -> None:
    assert len(NAMES) >= 8


def types(doc: Doc) -> dict[str, str]:
    return {actor.id: actor.type for actor in actors(doc)}


def names(doc: Doc) -> dict[str, str]:
    return {actor.id: actor.name for actor in actors(doc)}


def beginning(doc: Doc, words: str) -> Statement:
    (found,) = (s for s in statements(doc) if s.content[0].of(doc.text).startswith(words))
    return found


@pytest.mark.parametrize(
    ("article", "words", "speaker"),
    [
        ("strait", '"If one hair', "Anton Verga"),
        ("strait", "that the ship's own log", "Lena Rask"),
        ("camp_jazeera", "‘We have nowhere to go’", "Mariam Haddad"),
        ("camp_jazeera", "“Our army does not shell", "Walid Baraka"),
        ("camp_jazeera", "at least 200", "Leila Fares"),
        ("corridor_tass", "media reports", "Oleg Brankov"),
        ("letter_dpa", '"Let him explain', "Max Brandt"),
        ("summit_interfax", '"Astana has offered', "Pavel Gromov"),
    ],
)
def test_the_speaker_is_the_one_who_said_it(
    reader: Language, article: str, words: str, speaker: str
) -> None:
    doc = read(reader, article)
    found = beginning(doc, words).speaker
    assert found is not None
    assert names(doc)[found] == speaker


@pytest.mark.parametrize(
    ("article", "words"),
    [
        ("strait", '"It is possible that smugglers'),
        ("strait", '"But we do not know'),
        ("tweets_afp", '"Nobody wants a war'),
        ("letter_dpa", "they no longer believed him"),
    ],
)
def test_who_is_not_named_is_nobody(reader: Language, article: str, words: str) -> None:
    assert beginning(read(reader, article), words).speaker is None


def test_an_organisation_is_voiced_by_its_spokesman_in_the_next_sentence(reader: Language) -> None:
    doc = read(reader, "camp_jazeera")
    for words in ("the shelling as a war crime", "the international community to act"):
        voice = beginning(doc, words).voiced_by
        assert voice is not None
        assert names(doc)[voice] == "Karim Nassar"


def test_an_organisation_without_spokesman_has_no_voice(reader: Language) -> None:
    doc = read(reader, "camp_jazeera")
    assert beginning(doc, "its forces had responded").voiced_by is None


@pytest.mark.parametrize(
    ("article", "words"),
    [("summit_interfax", '"Astana has offered'), ("drought_xinhua", "that his country")],
)
def test_what_an_agency_passes_on_comes_via_it(reader: Language, article: str, words: str) -> None:
    doc = read(reader, article)
    relay = beginning(doc, words).via
    assert relay is not None
    assert types(doc)[relay] == "media"


def test_a_negotiator_of_the_state_is_no_voice_of_its_rebels(reader: Language) -> None:
    text = (
        "Colombia and the ELN rebels met on Monday. "
        "“The ELN has promised to free them,” Colombian negotiator Vera Rojas said."
    )
    doc = reader(article_doc(reader, Article("a", "a.txt", text)))
    nested = [s for s in statements(doc) if s.nested_in]
    assert [(s.speaker, s.voiced_by) for s in nested] == [("ELN", None)]


@pytest.mark.parametrize(
    ("text", "targets"),
    [
        ("Norway and Chad accused each other on Monday of lying.", ("NOR", "TCD")),
        ("Norway met Chad. The two countries blamed one another.", ("NOR", "TCD")),
        ("Norway and Chad accused Peru of lying to each other.", ("PER",)),
    ],
)
def test_who_accuse_each_other_are_both_accused(
    reader: Language, text: str, targets: tuple[str, ...]
) -> None:
    doc = reader(article_doc(reader, Article("a", "a.txt", text)))
    assert statements(doc)[-1].targets == targets


@pytest.mark.parametrize("start", [0, 51])
def test_a_dateline_over_a_whole_statement_leaves_none(reader: Language, start: int) -> None:
    text = (
        '"We will not go," Macron said on Monday. Putin said that he agreed. He was tired, he said.'
    )
    dateline = Section("dateline", TextSpan(start, start + 18))
    doc = reader(article_doc(reader, Article("a", "a.txt", text, sections=(dateline,))))
    assert all(s.content for s in statements(doc))
