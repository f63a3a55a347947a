"""An article's graph: all of it, exact, without doubles, safe on any text."""

from __future__ import annotations

import dataclasses
import os
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pyoxigraph as ox
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from rdflib import DCTERMS, RDF, SKOS, URIRef
from worked import (
    EXAMPLES,
    Text,
    direct_quote,
    event_voices,
    example_quads,
    example_trig,
    unnamed_source,
)

from kg import vocab
from kg.errors import EvidenceError
from kg.rdf.nodes import LONGEST_LITERAL, sha256
from kg.rdf.provenance import Run
from kg.rdf.terms import OA, ORG, SCHEMA
from kg.rdf.validate import evidence_problems, form_problems, validate
from kg.rdf.write import Entities, article_quads, nquads
from kg.records import (
    Actor,
    Agreement,
    Article,
    DateExpression,
    EventMention,
    Extraction,
    Mention,
    Place,
    Role,
    Statement,
    TextSpan,
)

ROOT = Path(__file__).resolve().parents[2]
BASE = "https://w3id.org/newskg/"


def values(quads: Iterable[ox.Quad], subject: str, predicate: URIRef) -> list[str]:
    return sorted(
        q.object.value  # type: ignore[union-attr]
        for q in quads
        if q.subject.value == BASE + subject and q.predicate.value == str(predicate)  # type: ignore[union-attr]
    )


def texts(extractions: Iterable[Extraction]) -> dict[str, str]:
    return {x.article.id: x.article.text for x in extractions}


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_is_what_its_file_says(name: str) -> None:
    path = ROOT / "ontology" / "examples" / f"{name}.trig"
    expected = set(ox.parse(path.read_bytes(), format=ox.RdfFormat.TRIG))
    made = set(example_quads(name))
    assert made - expected == set(), "not in the file"
    assert expected - made == set(), "only in the file"
    assert path.read_bytes() == example_trig(name)


@pytest.mark.parametrize("name", EXAMPLES)
def test_example_conforms_and_quotes_its_text(name: str) -> None:
    extractions = EXAMPLES[name]()
    checked = validate(example_quads(name), texts(extractions))
    assert checked.problems == ()
    assert checked.selectors == checked.quoted > 0


def test_no_example_is_left_without_a_source() -> None:
    files = {p.stem for p in (ROOT / "ontology" / "examples").glob("*.trig")}
    assert files == set(EXAMPLES)


def test_statement_says_who_what_to_whom() -> None:
    (extraction,) = direct_quote()
    quads = article_quads(extraction)
    (said,) = extraction.statements
    node = f"article/direct-quote/statement/{said.id}"
    assert values(quads, node, vocab.speaker) == [f"{BASE}actor/velmara-foreign-ministry"]
    assert values(quads, node, vocab.addressee) == [f"{BASE}actor/kethia"]
    assert values(quads, node, vocab.about) == [f"{BASE}agreement/port-accord"]
    assert values(quads, node, vocab.force) == [str(vocab.force_reject)]
    assert values(quads, node, vocab.contentText) == ["“We will not sign the port accord,”"]
    assert values(quads, node, vocab.saidFrom) == ["2031-05-06"]
    assert len(values(quads, node, vocab.evidence)) == 3


def test_selector_cuts_and_frames_its_words() -> None:
    (extraction,) = direct_quote()
    quads = article_quads(extraction)
    start, end = Text(extraction.article.text)["Kethia"]
    node = f"article/direct-quote#char={start},{end};selector"
    assert values(quads, node, OA.exact) == ["Kethia"]
    assert values(quads, node, OA.prefix) == [extraction.article.text[start - 32 : start]]
    assert values(quads, node, OA.suffix) == [" on Tuesday."]
    assert values(quads, node, OA.start) == [str(start)]


def test_pieces_of_an_interrupted_content_are_joined() -> None:
    text = Text("“We will,” she said, “sign.”")
    said = Statement(
        "s", "direct", content=(text["“We will,”"], text["“sign.”"]), cue=(text["said"],)
    )
    quads = article_quads(Extraction(Article("a", "a", text.text), statements=(said,)))
    assert values(quads, "article/a/statement/s", vocab.contentText) == ["“We will,” … “sign.”"]
    assert len(values(quads, "article/a/statement/s", vocab.contentSpan)) == 2


def test_addressee_that_is_no_actor_stays_in_words() -> None:
    text = Text("He told reporters no.")
    said = Statement("s", "indirect", content=(text["no"],), addressees=("reporters",))
    quads = article_quads(Extraction(Article("a", "a", text.text), statements=(said,)))
    assert values(quads, "article/a/statement/s", vocab.addresseeText) == ["reporters"]
    assert values(quads, "article/a/statement/s", vocab.addressee) == []


def test_a_further_voice_of_an_event_may_deny_it() -> None:
    (extraction,) = event_voices()
    quads = article_quads(extraction)
    (event,) = extraction.events
    claim = f"article/event-voices/claim/event/{event.id}"
    assert values(quads, f"{claim}/velmara", vocab.polarity) == [str(vocab.polarity_positive)]
    assert values(quads, f"{claim}/kethia", vocab.claims) == [
        f"{BASE}article/event-voices/event/{event.id}"
    ]
    assert values(quads, f"{claim}/kethia", vocab.polarity) == [str(vocab.polarity_negative)]


def test_who_affirms_and_denies_makes_two_claims() -> None:
    (extraction,) = event_voices()
    (event,) = extraction.events
    denied = dataclasses.replace(event.mentions[0], asserted_by="velmara")
    again = dataclasses.replace(event, mentions=(denied,))
    quads = article_quads(dataclasses.replace(extraction, events=(again,)))
    claims = {q.subject.value for q in quads if q.predicate.value == str(vocab.claims)}  # type: ignore[union-attr]
    assert len(claims) == 2


def test_article_is_claimant_where_it_asserts_itself() -> None:
    (extraction,) = event_voices()
    event = dataclasses.replace(extraction.events[0], asserted_by="article", mentions=())
    quads = article_quads(dataclasses.replace(extraction, events=(event,)))
    claim = f"article/event-voices/claim/event/{event.id}/article"
    assert values(quads, claim, vocab.claimant) == [f"{BASE}article/event-voices"]


def test_unnamed_source_claims_in_the_words_of_the_article() -> None:
    (extraction,) = unnamed_source()
    (event,), (said,) = extraction.events, extraction.statements
    source = f"article/unnamed-source/source/{said.id}"
    claim = f"article/unnamed-source/claim/event/{event.id}/unnamed/{said.id}"
    quads = article_quads(extraction)
    assert values(quads, claim, vocab.claimant) == [BASE + source]
    assert values(quads, source, SKOS.prefLabel) == ["a senior official in Velmara"]
    hidden = article_quads(extraction, text=False)
    assert values(hidden, source, SKOS.prefLabel) == ["unnamed source"]


def test_unnamed_sources_of_two_statements_make_two_claims() -> None:
    (extraction,) = unnamed_source()
    (event,), (said,) = extraction.events, extraction.statements
    other = dataclasses.replace(said, id="other", source=())
    again = EventMention(event.trigger, None, other.id)
    both = dataclasses.replace(
        extraction,
        statements=(said, other),
        events=(dataclasses.replace(event, mentions=(again,)),),
    )
    quads = article_quads(both)
    labels = {q.object.value for q in quads if q.predicate.value == str(SKOS.prefLabel)}  # type: ignore[union-attr]
    claims = {q.subject.value for q in quads if q.predicate.value == str(vocab.claims)}  # type: ignore[union-attr]
    assert (len(claims), labels) == (2, {"a senior official in Velmara", "unnamed source"})


def test_claim_of_nobody_is_refused() -> None:
    (extraction,) = unnamed_source()
    event = dataclasses.replace(extraction.events[0], statement=None)
    with pytest.raises(EvidenceError, match="nobody"):
        article_quads(dataclasses.replace(extraction, events=(event,)))


def test_place_is_a_node_where_the_article_knows_it_and_words_else() -> None:
    (extraction,) = event_voices()
    event = extraction.events[0]
    node = f"article/event-voices/event/{event.id}"
    assert values(article_quads(extraction), node, vocab.placeText) == ["Port Maren"]
    place = Place("port-maren", "Port Maren", mentions=())
    known = dataclasses.replace(
        extraction, places=(place,), events=(dataclasses.replace(event, place=place.id),)
    )
    assert values(article_quads(known), node, vocab.place) == [f"{BASE}place/port-maren"]


def test_publisher_is_linked_where_it_is_an_actor() -> None:
    article = Article("a", "a", "Words.", publisher="Coast Wire")
    wire = Actor("coast-wire", "Coast Wire", "media")
    quads = article_quads(Extraction(article, actors=(wire,)))
    assert values(quads, "article/a", vocab.publisherActor) == [f"{BASE}actor/coast-wire"]


def test_same_words_with_two_readings_are_two_dates() -> None:
    span = TextSpan(0, 5)
    dates = (
        DateExpression(span, "2031-01-01", "2031-01-01", "day"),
        DateExpression(span, "2032-01-01", None, "day"),
        DateExpression(span, "2032-01-01", None, "day"),
    )
    quads = article_quads(Extraction(Article("a", "a", "Words."), dates=dates))
    nodes = {q.subject.value for q in quads if "/date/" in str(q.subject)}  # type: ignore[union-attr]
    assert nodes == {
        f"{BASE}article/a/date/0-5/2031-01-01_2031-01-01",
        f"{BASE}article/a/date/0-5/2032-01-01_",
    }


def test_deadline_is_the_date_of_its_words() -> None:
    (extraction,) = EXAMPLES["called-for"]()
    (obligation,) = extraction.obligations
    assert obligation.deadline is not None
    start, end = obligation.deadline.span
    quads = article_quads(extraction)
    node = f"article/called-for/obligation/{obligation.id}"
    assert values(quads, node, vocab.deadline) == [f"{BASE}article/called-for/date/{start}-{end}"]


def test_deadline_without_its_date_is_refused() -> None:
    (extraction,) = EXAMPLES["called-for"]()
    with pytest.raises(EvidenceError, match="deadline"):
        article_quads(dataclasses.replace(extraction, dates=()))


def test_who_demands_something_is_its_claimant() -> None:
    (extraction,) = EXAMPLES["called-for"]()
    (obligation,) = extraction.obligations
    quads = article_quads(extraction)
    claim = f"article/called-for/claim/obligation/{obligation.id}/sarn"
    assert values(quads, claim, vocab.claimant) == [f"{BASE}actor/sarn"]
    assert values(quads, claim, vocab.modality) == [str(vocab.modality_called_for)]


def test_run_is_named_where_it_is_given() -> None:
    (extraction,) = direct_quote()
    run = Run("1.0", "model", "2")
    quads = article_quads(extraction, run=run)
    assert f"{BASE}run/{run.key}" in {
        q.object.value  # type: ignore[union-attr]
        for q in quads
        if q.predicate.value.endswith("wasGeneratedBy")
    }


# -- without text


@pytest.mark.parametrize("name", EXAMPLES)
def test_without_text_no_words_of_the_article_are_left(name: str) -> None:
    for extraction in EXAMPLES[name]():
        article = dataclasses.replace(extraction.article, title="A headline")
        quads = article_quads(dataclasses.replace(extraction, article=article), text=False)
        literals = {q.object.value for q in quads if isinstance(q.object, ox.Literal)}
        quoting = [w for w in literals if " " in w and w in article.text]
        assert quoting == []
        assert "A headline" not in literals
        assert evidence_problems(quads, texts([extraction])) == []
        told = {q.predicate.value for q in quads}
        left_out = {OA.exact, OA.prefix, OA.suffix, vocab.contentText, vocab.provisionText}
        left_out |= {SCHEMA.headline, vocab.roleTitle, vocab.venue, vocab.placeText}
        assert not told & {str(p) for p in left_out}


def test_without_text_the_shapes_still_hold() -> None:
    for example in EXAMPLES.values():
        entities = Entities()
        quads = []
        for extraction in example():
            entities.add(extraction)
            quads += article_quads(extraction, text=False)
        assert validate([*quads, *entities.quads()]).problems == ()


# -- hostile input


def one_statement(text: str, span: TextSpan) -> Extraction:
    said = Statement("s", "indirect", content=(span,))
    return Extraction(Article("a", "a.txt", text), statements=(said,))


@pytest.mark.parametrize("words", ["bell \x07 inside", "\ufffe", "lone \ud800 half"])
def test_words_that_no_store_keeps_are_hashed(words: str) -> None:
    quads = article_quads(one_statement(f"He said {words}.", TextSpan(8, 8 + len(words))))
    selector = f"article/a#char=8,{8 + len(words)};selector"
    assert values(quads, selector, OA.exact) == []
    assert values(quads, selector, vocab.quoteHash) == [sha256(words)]
    assert not list(form_problems(quads))


def test_long_words_are_hashed_and_long_labels_cut() -> None:
    text = "ü" * LONGEST_LITERAL
    extraction = one_statement(text, TextSpan(0, len(text)))
    article = dataclasses.replace(extraction.article, title=text)
    quads = article_quads(dataclasses.replace(extraction, article=article))
    assert values(quads, f"article/a#char=0,{len(text)};selector", OA.exact) == []
    assert values(quads, "article/a/statement/s", vocab.contentText) == []
    (headline,) = values(quads, "article/a", SCHEMA.headline)
    assert len(headline.encode()) <= LONGEST_LITERAL
    assert headline.startswith("üü")
    assert not list(form_problems(quads))


@pytest.mark.parametrize("span", [(0, 0), (3, 2), (-1, 2), (0, 99)])
def test_offsets_outside_the_text_are_refused(span: tuple[int, int]) -> None:
    with pytest.raises(EvidenceError, match=r"a\.txt"):
        article_quads(one_statement("Short text.", TextSpan(*span)))


def test_two_statements_of_one_id_are_refused() -> None:
    extraction = one_statement("Short text.", TextSpan(0, 5))
    with pytest.raises(EvidenceError, match="two"):
        article_quads(dataclasses.replace(extraction, statements=extraction.statements * 2))


def test_role_without_words_is_refused() -> None:
    actor = Actor("x", "X", "person", roles=(Role("leader", "y"),))
    with pytest.raises(EvidenceError, match="leader"):
        article_quads(Extraction(Article("a", "a", "Words."), actors=(actor,)))


@pytest.mark.parametrize("day", ["2031-02-30", "2031", "6 May", "2031-05-06Z", "٢٠٣١-٠٥-٠٦"])
def test_what_is_no_date_is_refused(day: str) -> None:
    dates = (DateExpression(TextSpan(0, 5), day, None, "day"),)
    with pytest.raises(EvidenceError, match="no date"):
        article_quads(Extraction(Article("a", "a", "Words."), dates=dates))


def test_mention_written_twice_is_one() -> None:
    mention = Mention(TextSpan(0, 5), "name", "one rule", 0.5)
    other = dataclasses.replace(mention, rule="another", confidence=0.9)
    actor = Actor("x", "X", "state", mentions=(mention, other))
    quads = article_quads(Extraction(Article("a", "a", "Words."), actors=(actor,)))
    assert values(quads, "article/a/mention/0-5", vocab.rule) == ["one rule"]


ANY = st.text(st.characters(codec=None), min_size=1, max_size=60)


@given(text=ANY, ids=st.lists(ANY, min_size=3, max_size=3, unique=True), data=st.data())
@settings(max_examples=150, deadline=None)
def test_any_text_and_ids_give_valid_quads(text: str, ids: list[str], data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text) - 1))
    span = TextSpan(start, data.draw(st.integers(start + 1, len(text))))
    name, actor, agreement = ids
    said = Statement(
        name,
        "mixed",
        content=(span,),
        speaker=actor,
        addressees=(text,),
        venue=text,
        cue_lemma=text,
    )
    extraction = Extraction(
        Article(name, name, text, title=text, publisher=text, url=text, rights=text),
        actors=(Actor(actor, text, "group", mentions=(Mention(span, "name", text),)),),
        statements=(said,),
        agreements=(Agreement(agreement, text, "treaty", mentions=(Mention(span),)),),
    )
    quads = article_quads(extraction)
    assert len(set(quads)) == len(quads)
    assert set(ox.parse(nquads(quads), format=ox.RdfFormat.N_QUADS)) == set(quads)
    assert not list(form_problems(quads))
    assert evidence_problems(quads, {name: text}) == []


# -- reproducible


def test_bytes_do_not_depend_on_the_hash_seed() -> None:
    code = (
        "import sys; sys.path.insert(0, 'tests/rdf')\n"
        "from worked import EXAMPLES, example_quads, example_trig\n"
        "from kg.rdf.write import nquads\n"
        "import hashlib\n"
        "d = hashlib.sha256()\n"
        "for n in EXAMPLES: d.update(nquads(example_quads(n)) + example_trig(n))\n"
        "print(d.hexdigest())"
    )
    digests = {
        subprocess.run(
            [sys.executable, "-c", code],
            cwd=ROOT,
            env={**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(ROOT)},
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        for seed in ("0", "1", "2")
    }
    assert len(digests) == 1


def test_all_subjects_lie_below_the_article() -> None:
    for name in EXAMPLES:
        for quad in example_quads(name):
            graph = quad.graph_name.value  # type: ignore[union-attr]
            if "/graph/article/" in graph:
                article = graph.replace("/graph/article/", "/article/")
                assert quad.subject.value.startswith(article)  # type: ignore[union-attr]


def test_membership_is_attested_by_words() -> None:
    quads = example_quads("attested-role")
    (node,) = [
        q.subject
        for q in quads
        if q.predicate.value == str(RDF.type) and q.object.value == str(ORG.Membership)  # type: ignore[union-attr]
    ]
    name = node.value.removeprefix(BASE)  # type: ignore[union-attr]
    assert values(quads, name, vocab.basis) == ["text"]
    assert values(quads, name, vocab.roleTitle) == ["Kethian navy spokesman"]
    assert len(values(quads, name, vocab.evidence)) == 1
    assert values(quads, "article/attested-role", DCTERMS.identifier) == ["attested-role"]
