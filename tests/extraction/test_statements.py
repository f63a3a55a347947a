"""What the shipped pipeline finds in sentences of agency reports; cases in statements.tsv.

Each row is one statement: sentence (¶ is a line break), type, source, cue, content (parts joined by
" | "), force, and flags (nested, topic). A sentence with one empty row has no statement.
"""

from __future__ import annotations

import csv
from collections import defaultdict
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc, DocBin
from steps import steps

import kg.nlp.boundaries
from kg.errors import MissingAnnotation
from kg.extraction.statements import STATEMENTS, statements
from kg.nlp.articles import article_doc
from kg.nlp.load import add_boundaries, default_path
from kg.records import Article, Section, SectionKind, Statement, TextSpan

assert kg.nlp.boundaries.make_boundaries  # registers the component

TABLE = Path(__file__).with_name("statements.tsv")
FIELDS = ("type", "source", "cue", "content", "force", "flags")


def cases() -> dict[str, list[tuple[str, ...]]]:
    found: dict[str, list[tuple[str, ...]]] = defaultdict(list)
    with TABLE.open(encoding="utf-8", newline="") as lines:
        reader = csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)
        for row in reader:
            found[row["sentence"]] += [tuple(row[f] for f in FIELDS)] if row["type"] else []
    return found


@pytest.fixture(scope="module")
def reader() -> Language:
    """The shipped pipeline with nothing of ours but boundaries and statements."""
    nlp = spacy.load(default_path())
    add_boundaries(nlp)
    nlp.add_pipe("kg_statements")
    return nlp


def read(nlp: Language, text: str, sections: tuple[Section, ...] = ()) -> Doc:
    return nlp(article_doc(nlp, Article("a", "a.txt", text, sections=sections)))


def of(spans: tuple[TextSpan, ...], text: str) -> str:
    return " | ".join(s.of(text) for s in spans)


def row(statement: Statement, text: str) -> tuple[str, ...]:
    flags = [
        name
        for name, on in (("nested", statement.nested_in), ("topic", statement.topic_only))
        if on
    ]
    fields = (statement.source, statement.cue, statement.content)
    words = tuple(of(spans, text).replace("\n", "¶") for spans in fields)
    return (statement.type, *words, statement.force, " ".join(flags))


@pytest.mark.parametrize("sentence", list(cases()))
def test_statement_has_the_right_words(reader: Language, sentence: str) -> None:
    text = sentence.replace("¶", "\n")
    assert [row(s, text) for s in statements(read(reader, text))] == cases()[sentence]


def test_the_table_covers_sixty_sentences() -> None:
    assert len(cases()) >= 60


# ---------------------------------------------------------------------- fields beside the words


def only(nlp: Language, text: str) -> Statement:
    (found,) = statements(read(nlp, text))
    return found


@pytest.mark.parametrize(
    ("text", "addressees", "venue"),
    [
        ("The envoy told reporters that the talks had ended.", ("reporters",), None),
        ("“The talks are over,” the envoy told a briefing.", ("a briefing",), "a briefing"),
        ("Talks are over, the envoy told a briefing on the dam.", ("a briefing",), "a briefing"),
        ("“The talks are over,” the envoy said at a press briefing.", (), "a press briefing"),
        ("“The talks are over,” the envoy said in a statement.", (), "a statement"),
        ("The envoy said that the talks had ended.", (), None),
    ],
)
def test_addressee_and_venue_are_told_apart(
    reader: Language, text: str, addressees: tuple[str, ...], venue: str | None
) -> None:
    found = only(reader, text)
    assert (found.addressees, found.venue) == (addressees, venue)


def test_a_participle_speaks_to_those_who_were_told(reader: Language) -> None:
    text = "The envoy told reporters that the talks had ended, adding that he was tired."
    assert [s.addressees for s in statements(read(reader, text))] == [("reporters",)] * 2


@pytest.mark.parametrize(
    ("text", "polarity", "modality"),
    [
        ("Berg said that the bridge is safe.", "positive", "actual"),
        ("Berg said that the bridge is not safe.", "negative", "actual"),
        ("Berg denied that the bridge is safe.", "negative", "actual"),
        ("Berg said that the bridge may collapse.", "positive", "possible"),
        ("Berg said that the bridge will reopen.", "positive", "future"),
        ("Berg urged the council to close the bridge.", "positive", "called_for"),
        ("Berg asked whether the bridge was safe.", "positive", "unconfirmed"),
    ],
)
def test_polarity_and_modality_are_those_of_the_content(
    reader: Language, text: str, polarity: str, modality: str
) -> None:
    found = only(reader, text)
    assert (found.polarity, found.modality) == (polarity, modality)


def test_a_nested_statement_names_the_one_around_it(reader: Language) -> None:
    outer, inner = statements(read(reader, "Berg said that Norland regrets the incident."))
    assert (outer.nested_in, inner.nested_in) == (None, outer.id)


def test_nobody_is_resolved_without_actors(reader: Language) -> None:
    assert only(reader, "Berg said that the bridge is safe.").speaker is None


def test_words_in_quotation_marks_and_a_named_speaker_are_surer(reader: Language) -> None:
    plain = only(reader, "Berg denounced the raid on the port.").confidence
    marked = only(reader, "Berg denounced the “cowardly” raid on the port.").confidence
    relative = only(reader, "Nobody knew the men who denounced the raid on the port.").confidence
    assert marked > plain > relative


def test_a_quotation_is_surer_than_a_rare_frame(reader: Language) -> None:
    sure = only(reader, "“The bridge is safe,” Berg said.").confidence
    rare = only(reader, "The plan was criticized by the trade unions.").confidence
    assert 0 < rare < sure < 1


# ---------------------------------------------------------------------- headlines and sections


def article(*lines: tuple[SectionKind | None, str]) -> tuple[str, tuple[Section, ...]]:
    """A text of lines, and the sections of those that have a kind."""
    text, sections = "", list[Section]()
    for kind, line in lines:
        if kind is not None:
            sections.append(Section(kind, TextSpan(len(text), len(text) + len(line))))
        text += line + "\n\n"
    return text, tuple(sections)


@pytest.mark.parametrize(
    ("headline", "source", "cue", "content", "force"),
    [
        ("Norland: Talks Are Over", "Norland", ":", "Talks Are Over", "assert"),
        ("Mayor - The Bridge Is Safe", "Mayor", "-", "The Bridge Is Safe", "assert"),
        ("Bridge Ready to Reopen, Mayor Says", "Mayor", "Says", "Bridge Ready to Reopen", "offer"),
        ("Norland Calls on Vik to End Siege", "Norland", "Calls on", "Vik to End Siege", "call_on"),
        ("Norland Condemns Attack on Port", "Norland", "Condemns", "Attack on Port", "condemn"),
        ("Ministers Urge Calm in Vik", "Ministers", "Urge", "Calm in Vik", "call_on"),
        ("Norland Vows to Rebuild Port", "Norland", "Vows", "to Rebuild Port", "promise"),
        ("Talks near their end: official", "official", ":", "Talks near their end", "assert"),
        ("Army to Stay in Vik - Spokesman", "Spokesman", "-", "Army to Stay in Vik", "assert"),
        ("Port deal: Mayor Says Bridge Is Safe", "Mayor", "Says", "Bridge Is Safe", "assert"),
    ],
)  # fmt: skip
def test_headline_cues(
    reader: Language, headline: str, source: str, cue: str, content: str, force: str
) -> None:
    text, sections = article(("headline", headline), (None, "The weather was fine in the north."))
    (found,) = statements(read(reader, text, sections))
    assert (of(found.source, text), of(found.cue, text), of(found.content, text)) == (
        source,
        cue,
        content,
    )
    assert found.headline
    assert found.force == force


def test_a_headline_of_two_clauses_has_two_statements(reader: Language) -> None:
    headline = "Vik accuses Norland of theft, Norland calls claim “a fairy tale”"
    text, sections = article(("headline", headline), (None, "It rained in the north."))
    found = [
        (of(s.source, text), of(s.content, text)) for s in statements(read(reader, text, sections))
    ]
    assert found == [("Vik", "Norland of theft"), ("Norland", "claim “a fairy tale”")]


def test_what_a_headline_quotes_is_said_by_who_says_it_in_the_body(reader: Language) -> None:
    text, sections = article(
        ("headline", "‘We have nowhere to sleep’: Harbour of Vik is flooded"),
        (None, "“We have nowhere to sleep,” a fisherman told the paper."),
    )
    title, body = statements(read(reader, text, sections))
    assert (title.headline, title.type, of(title.content, text)) == (
        True,
        "direct",
        "‘We have nowhere to sleep’",
    )
    assert of(body.source, text) == "a fisherman"


def test_a_headline_that_quotes_nobody_in_the_body_is_no_statement(reader: Language) -> None:
    text, sections = article(
        ("headline", "‘The year of the flood’: A look back at Vik"),
        (None, "“We have nowhere to sleep,” a fisherman told the paper."),
    )
    assert [s.headline for s in statements(read(reader, text, sections))] == [False]


def test_a_quotation_does_not_go_on_in_a_subhead(reader: Language) -> None:
    text, sections = article(
        (None, "“When I came,” the envoy said, “the harbour was empty.”"),
        ("subhead", "“A pact is only paper”"),
        (None, "The storm began in the night."),
    )
    (found,) = statements(read(reader, text, sections))
    assert of(found.content, text) == "“When I came,” | “the harbour was empty.”"


def test_lines_of_names_sign_the_quotations_below_them(reader: Language) -> None:
    voices = [
        ("Ann Lee, 34", "Ann Lee"),
        ("Paul Lind, nurse", "Paul Lind"),
        ("Ida Moen", "Ida Moen"),
    ]
    quotations = [f"“The bridge was closed for {n} weeks.”" for n in ("two", "four", "six")]
    lines = [line for (name, _), q in zip(voices, quotations, strict=True) for line in (name, q)]
    text = "\n\n".join(lines)
    found = [(of(s.source, text), of(s.content, text)) for s in statements(read(reader, text))]
    assert found == [(name, q) for (_, name), q in zip(voices, quotations, strict=True)]


def test_one_line_of_a_name_signs_nothing(reader: Language) -> None:
    text = "Ann Lee, 34\n\n“The bridge was closed for two weeks.”\n\nThe storm began at noon."
    assert statements(read(reader, text)) == ()


def test_a_name_behind_a_dash_signs_the_quotation_above(reader: Language) -> None:
    text = "“The bridge was closed for us.”\n\n-Ann Lee, Vik."
    assert of(only(reader, text).source, text) == "Ann Lee"


@pytest.mark.parametrize(
    ("dateline", "rest", "source", "content"),
    [
        ("VIK", "A pact is near, Berg said on Monday.", "Berg", "A pact is near"),
        ("VIK, May 2 (Wire)", "Norland accused Sudovia of theft.", "Norland", "Sudovia of theft"),
        ("GENEVA", "Vik and Oss agreed to leave the port.", "Vik and Oss", "to leave the port"),
        ("VIK (AP)", "Oss warned of mud, Ann Holt said Friday.", "Ann Holt", "Oss warned of mud"),
    ],
)  # fmt: skip
def test_a_dateline_is_no_part_of_a_statement(
    reader: Language, dateline: str, rest: str, source: str, content: str
) -> None:
    text = f"{dateline} – {rest}"
    sections = (Section("dateline", TextSpan(0, len(dateline))),)
    (found,) = [s for s in statements(read(reader, text, sections)) if s.nested_in is None]
    assert (of(found.source, text), of(found.content, text)) == (source, content)


@pytest.mark.parametrize(
    ("text", "force", "secondary"),
    [
        ("Lind said that both sides have yet to sign.", "assert", None),
        ("Lind said that both sides have to sign.", "call_on", None),
        ("Lind said it was late, but that he cannot confirm it.", "assert", "cannot_confirm"),
        ("“I would like to believe this,” Lind said.", "assert", None),
        ("Lind said that the dam is vital to the farmers.", "assert", None),
        ("“We saw the smoke over the harbour,” Lind said.", "assert", None),
        ("“We had to swim to the school,” Lind said.", "assert", None),
        ("“The mayor says, ‘We want peace.’ His men do not,” Lind said.", "assert", None),
    ],
)  # fmt: skip
def test_force_is_what_the_speaker_does(
    reader: Language, text: str, force: str, secondary: str | None
) -> None:
    found = statements(read(reader, text))[0]
    assert (found.force, found.force_secondary) == (force, secondary)


def test_a_subhead_without_cue_is_carried_by_the_next_statement(reader: Language) -> None:
    text, sections = article(
        ("subhead", "Norland Army Leaves Harbour of Vik, New Talks Possible"),
        (None, "Norland’s army is leaving the harbour of Vik, and talks are possible, Berg said."),
    )
    title, body = statements(read(reader, text, sections))
    assert (title.headline, title.cue, title.source) == (True, (), ())
    assert of(title.content, text) == "Norland Army Leaves Harbour of Vik, New Talks Possible"
    assert not body.headline


def test_a_subhead_on_something_else_is_no_statement(reader: Language) -> None:
    text, sections = article(
        ("subhead", "Rain Expected Over the Weekend"),
        (None, "The army is leaving the harbour, Berg said."),
    )
    assert [s.headline for s in statements(read(reader, text, sections))] == [False]


@pytest.mark.parametrize("kind", ["teaser", "boilerplate"])
def test_what_is_not_the_story_has_no_statements(reader: Language, kind: SectionKind) -> None:
    text, sections = article((kind, "Berg said that the bridge is safe."))
    assert statements(read(reader, text, sections)) == ()


# ---------------------------------------------------------------------- layer, offsets, speed


def test_the_layer_shows_the_words_and_survives_storing(reader: Language) -> None:
    doc = read(reader, "Berg said that the bridge is safe.")
    shown = {span.label_: span.text for span in doc.spans[STATEMENTS]}
    assert shown == {"SOURCE": "Berg", "CUE": "said", "CONTENT": "that the bridge is safe"}
    (stored,) = DocBin(docs=[doc], store_user_data=True).get_docs(reader.vocab)
    assert statements(stored) == statements(doc)


def test_a_doc_without_the_component_is_refused(reader: Language) -> None:
    with pytest.raises(MissingAnnotation, match="kg_statements"):
        statements(reader.make_doc("Berg said so."))


SIGNS = ["“", "”", '"', "''", "«", "»", "‘", "’", ",", ".", ":", "?", "—", "😀"]
WORDS = ["ПРАВДА", "said", "Berg", "that", "we", "not", "urged", "according", "to", "leave"]
PIECES = st.sampled_from([*SIGNS, *WORDS, "\n", "the bridge is safe", "told reporters"])


@given(st.lists(PIECES, max_size=40).map(" ".join) | st.text(max_size=120))
@settings(max_examples=60, deadline=None, suppress_health_check=list(HealthCheck))
def test_any_text_gives_exact_offsets(reader: Language, text: str) -> None:
    found = statements(read(reader, text))
    assert len({s.id for s in found}) == len(found)
    for one in found:
        assert one.content
        for span in (*one.content, *one.source, *one.cue):
            assert 0 <= span.start < span.end <= len(text)
            assert span.of(text).strip()
        assert list(one.content) == sorted(one.content)


@pytest.mark.parametrize(
    ("start", "unit", "end"),
    [
        ("“", "We will go on and on. ", "” Berg said."),
        ("", "“We go.” ", ""),
        ("", "“We go,” Berg said. ", ""),
        ("", "Berg said that ", ""),
        ("", "THE MAYOR SAID THAT THE BRIDGE IS SAFE. ", ""),
        ("", "he said she said ", ""),
    ],
    ids=["one long quotation", "only quotations", "dialogue", "chain", "capitals", "no signs"],
)
def test_work_grows_with_the_length(reader: Language, start: str, unit: str, end: str) -> None:
    component = reader.get_pipe("kg_statements")

    def work(times: int) -> int:
        with reader.select_pipes(disable=["kg_statements"]):
            doc = read(reader, start + unit * times + end)
        return steps(lambda: component(doc))

    work(3)  # loads the word lists
    # Below a hundred times, sentences without a full stop grow as well.
    assert work(1000) < 15 * work(100)
