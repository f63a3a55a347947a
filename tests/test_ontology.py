"""The ontology: complete, consistent with the records, and what is made of it is fresh."""

from __future__ import annotations

import json
import re
import typing
from pathlib import Path

import pytest
from rdflib import OWL, RDF, RDFS, SH, SKOS, Graph, Literal, URIRef
from rdflib.collection import Collection

from kg import ontology, records, vocab
from kg.errors import OntologyError
from kg.rdf.terms import class_of

ROOT = Path(__file__).resolve().parents[1]
KG = ontology.NAMESPACE


def test_vocab_is_fresh() -> None:
    rendered = ontology.render_vocab()
    assert (ROOT / "kg" / "vocab.py").read_text(encoding="utf-8") == rendered


def test_page_is_fresh() -> None:
    assert (ROOT / "ontology" / "index.html").read_text(encoding="utf-8") == ontology.render_page()


def test_context_is_fresh() -> None:
    path = ROOT / "kg" / "data" / "context.jsonld"
    assert path.read_text(encoding="utf-8") == ontology.render_context()


def test_vocab_has_a_constant_for_every_term() -> None:
    for term in ontology.terms():
        assert getattr(vocab, term.constant) == URIRef(term.iri)


def test_every_property_says_what_it_links() -> None:
    for term in ontology.terms():
        if term.kind in ("object property", "datatype property"):
            assert term.domain, f"{term.name}: no domain"
            assert term.range, f"{term.name}: no range"


def test_every_concept_is_in_a_scheme_of_ours() -> None:
    schemes = ontology.names(["concept scheme"])
    concepts = [t for t in ontology.terms() if t.kind == "concept"]
    assert concepts
    assert {t.scheme for t in concepts} == schemes


def test_terms_refer_to_declared_terms_only() -> None:
    graph = ontology.load()
    links = (RDFS.subClassOf, RDFS.subPropertyOf, RDFS.domain, SKOS.broader, SKOS.closeMatch)
    for link in links:
        for subject, value in graph.subject_objects(link):
            declared = (value, RDF.type, None) in graph
            assert declared or str(value).startswith(str(SKOS)), f"{subject} → {value}"


def test_ontology_names_its_version_and_no_time() -> None:
    graph = ontology.load()
    iri = URIRef(KG.rstrip("#"))
    version = graph.value(iri, OWL.versionInfo)
    assert graph.value(iri, OWL.versionIRI) == URIRef(f"{iri}/{version}")
    assert not [o for o in graph.objects() if re.search(r"\d{4}-\d\d-\d\d", str(o))]


def test_ontology_has_no_blank_nodes() -> None:
    assert all(isinstance(s, URIRef) for s in ontology.load().subjects())


def test_every_actor_type_of_the_records_is_a_class() -> None:
    classes = ontology.names(["class"])
    for kind in typing.get_args(records.ActorType):
        assert class_of(kind).removeprefix(KG) in classes


@pytest.mark.parametrize(
    ("scheme", "word", "values"),
    [
        ("MentionKinds", "mention", typing.get_args(records.MentionKind)),
        ("StatementTypes", "statement", typing.get_args(records.StatementType)),
        ("Polarities", "polarity", typing.get_args(records.Polarity)),
        ("Modalities", "modality", typing.get_args(records.Modality)),
        ("ParticipationRoles", "participation", typing.get_args(records.ParticipationRole)),
        ("DeonticForces", "deontic", typing.get_args(records.DeonticForce)),
    ],
)
def test_concepts_are_the_values_of_the_records(
    scheme: str, word: str, values: tuple[str, ...]
) -> None:
    assert set(ontology.concepts(scheme)) == {f"{word}-{value}" for value in values}


def test_there_are_sixteen_event_types_in_four_quadrants() -> None:
    types = [t for t in ontology.terms() if t.scheme == "EventTypes"]
    assert len([t for t in types if t.parents]) == 16
    assert len({p for t in types for p in t.parents}) == 4
    assert all(len(t.notations) == 2 for t in types if t.parents)


@pytest.mark.parametrize(
    ("path", "scheme"),
    [
        (vocab.force, "Forces"),
        (vocab.secondaryForce, "Forces"),
        (vocab.statusValue, "Statuses"),
        (vocab.mentionKind, "MentionKinds"),
        (vocab.statementType, "StatementTypes"),
        (vocab.polarity, "Polarities"),
        (vocab.modality, "Modalities"),
        (vocab.participationRole, "ParticipationRoles"),
        (vocab.eventType, "EventTypes"),
        (vocab.deonticForce, "DeonticForces"),
    ],
)
def test_shapes_list_the_concepts_of_the_scheme(path: URIRef, scheme: str) -> None:
    shapes = ontology.shapes()
    lists = [
        set(Collection(shapes, shapes.value(node, SH["in"])))
        for node in shapes.subjects(SH.path, path)
    ]
    quadrants = {p for t in ontology.terms() for p in t.parents if t.scheme == "EventTypes"}
    wanted = {
        URIRef(KG + name) for name in ontology.concepts(scheme) if f"kg:{name}" not in quadrants
    }
    assert lists
    assert all(found == wanted for found in lists)


@pytest.mark.parametrize(("kind", "base"), [("Actor", "kg:Actor"), ("Agreement", "kg:Agreement")])
def test_shapes_list_the_sorts_of_actors_and_agreements(kind: str, base: str) -> None:
    shapes, below = ontology.shapes(), {base}
    for _ in range(3):
        below |= {f"kg:{t.name}" for t in ontology.terms() if below & set(t.parents)}
    shape = URIRef(f"https://w3id.org/newskg/shapes#{kind}")
    property_shape = next(
        p for p in shapes.objects(shape, SH.property) if shapes.value(p, SH.path) == RDF.type
    )
    listed = Collection(shapes, shapes.value(property_shape, SH["in"]))
    classes = {n for n in below if n.removeprefix("kg:") in ontology.names(["class"])}
    assert {str(c).replace(KG, "kg:") for c in listed} == classes


def test_shapes_name_known_terms_only() -> None:
    known = {URIRef(t.iri) for t in ontology.terms()}
    used = {n for triple in ontology.shapes() for n in triple if str(n).startswith(KG)}
    assert used <= known


def test_context_maps_every_term() -> None:
    context = json.loads(ontology.render_context())["@context"]
    for term in ontology.terms():
        assert term.name in context, term.name
        entry = context[term.name]
        name = entry["@id"] if isinstance(entry, dict) else entry
        assert name == f"kg:{term.name}"


def test_context_makes_json_into_the_same_triples() -> None:
    context = json.loads(ontology.render_context())["@context"]
    document = {
        "@context": context,
        "id": "https://example.org/article/a/statement/1",
        "type": "Statement",
        "speaker": "https://example.org/actor/b",
        "force": "kg:force-deny",
        "headline": True,
        "confidence": "0.9",
        "saidFrom": "2031-05-06",
        "contentText": "words",
    }
    graph = Graph().parse(data=json.dumps(document), format="json-ld")
    node = URIRef(document["id"])  # type: ignore[arg-type]
    assert graph.value(node, RDF.type) == vocab.Statement
    assert graph.value(node, vocab.speaker) == URIRef("https://example.org/actor/b")
    assert graph.value(node, vocab.force) == vocab.force_deny
    assert graph.value(node, vocab.headline) == Literal(True)
    assert graph.value(node, vocab.confidence).datatype.endswith("decimal")  # type: ignore[union-attr]
    assert graph.value(node, vocab.saidFrom).datatype.endswith("date")  # type: ignore[union-attr]
    assert graph.value(node, vocab.contentText) == Literal("words")


def test_page_shows_every_term_and_needs_nothing_else() -> None:
    page = ontology.render_page()
    for term in ontology.terms():
        assert f'id="{term.name}"' in page, term.name
    assert "<script" not in page
    assert not re.search(r'(?:src|href)="https?://[^"]+\.(?:js|css)"', page)


@pytest.mark.parametrize("name", ["ontology/diagram.svg", "ontology/README.md"])
def test_prose_and_picture_name_known_terms_only(name: str) -> None:
    known = {t.name for t in ontology.terms()}
    text = (ROOT / name).read_text(encoding="utf-8")
    used = set(re.findall(r"kg:([A-Za-z][\w-]*)", text))
    assert used
    assert used <= known


def test_data_and_questions_name_known_terms_only() -> None:
    known = {t.name for t in ontology.terms()}
    files = [*ROOT.glob("kg/data/**/*.ttl"), *ROOT.glob("kg/queries/**/*.rq")]
    for path in files:
        lines = path.read_text(encoding="utf-8").splitlines()
        text = "\n".join(line for line in lines if not line.lstrip().startswith("#"))
        unknown = set(re.findall(r"(?<![\w.-])kg:([A-Za-z][\w-]*)", text)) - known
        assert not unknown, f"{path.name}: {sorted(unknown)}"


def test_missing_ontology_is_said(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ontology.resources, "files", lambda _: tmp_path)
    monkeypatch.setattr(ontology, "__file__", str(tmp_path / "kg" / "ontology.py"))
    with pytest.raises(OntologyError, match=r"kg\.ttl"):
        ontology.path()


def test_ontology_of_a_wheel_comes_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    packaged = tmp_path / "data" / "ontology"
    packaged.mkdir(parents=True)
    (packaged / "kg.ttl").write_text("", encoding="utf-8")
    monkeypatch.setattr(ontology.resources, "files", lambda _: tmp_path)
    assert ontology.path() == packaged


def test_broken_turtle_names_its_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "shapes.ttl").write_text("kg:broken a", encoding="utf-8")
    monkeypatch.setattr(ontology, "path", lambda: tmp_path)
    with pytest.raises(OntologyError, match=r"shapes\.ttl"):
        ontology.shapes()
