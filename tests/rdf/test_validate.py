"""Each broken graph is told from a good one, by the right check."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable

import pyoxigraph as ox
import pytest
import rdflib
from pyshacl import validate as run_shacl
from rdflib import DCTERMS, RDF, SKOS, XSD, URIRef
from test_rdf_articles import texts
from worked import EXAMPLES, example_quads

from kg import ontology, vocab
from kg.rdf.nodes import NODES, integer
from kg.rdf.terms import OA, ORG
from kg.rdf.validate import Validation, evidence_problems, form_problems, validate
from kg.rdf.write import Run, nquads, provenance_quads

GRAPH = ox.NamedNode("https://w3id.org/newskg/graph/article/a")
NODE = ox.NamedNode("https://w3id.org/newskg/article/a")

Quads = list[ox.Quad]


@pytest.fixture(scope="module")
def good() -> Quads:
    every = [quad for name in EXAMPLES for quad in example_quads(name)]
    return [*dict.fromkeys(every), *provenance_quads(Run("1", "m", "2"))]


def of_class(quads: Quads, kind: URIRef) -> ox.NamedNode:
    """The first node of a class."""
    found = sorted(
        q.subject.value  # type: ignore[union-attr]
        for q in quads
        if q.predicate.value == str(RDF.type) and q.object == NODES[kind]
    )
    return ox.NamedNode(found[0])


def without(quads: Quads, node: ox.NamedNode, predicate: URIRef) -> Quads:
    kept = [q for q in quads if not (q.subject == node and q.predicate == NODES[predicate])]
    assert len(kept) < len(quads)
    return kept


def with_value(quads: Quads, node: ox.NamedNode, predicate: URIRef, value: object) -> Quads:
    graph = next(q.graph_name for q in quads if q.subject == node)
    return [*quads, ox.Quad(node, NODES[predicate], value, graph)]  # type: ignore[arg-type]


def shape_faults(quads: Quads) -> set[tuple[str, str | None]]:
    return {(p.node, p.path) for p in validate(quads).problems if p.kind == "shape"}


REQUIRED = [
    *[
        (kind, vocab.evidence)
        for kind in (
            vocab.Mention,
            vocab.Statement,
            vocab.Participation,
            vocab.StatusAssertion,
            vocab.Provision,
            vocab.Event,
            vocab.Obligation,
            vocab.Claim,
            vocab.DateExpression,
        )
    ],
    (vocab.Statement, vocab.inArticle),
    (vocab.Statement, vocab.contentSpan),
    (vocab.Statement, vocab.force),
    (vocab.Statement, vocab.statementType),
    (vocab.Statement, vocab.polarity),
    (vocab.Statement, vocab.modality),
    (vocab.Statement, vocab.confidence),
    (vocab.Mention, vocab.refersTo),
    (vocab.Mention, vocab.mentionKind),
    (vocab.Claim, vocab.claims),
    (vocab.Claim, vocab.claimant),
    (vocab.Participation, vocab.participant),
    (vocab.Participation, vocab.inAgreement),
    (vocab.Participation, vocab.participationRole),
    (vocab.StatusAssertion, vocab.ofAgreement),
    (vocab.StatusAssertion, vocab.statusValue),
    (vocab.Provision, vocab.ofAgreement),
    (vocab.Event, vocab.eventType),
    (vocab.Obligation, vocab.deonticForce),
    (vocab.Obligation, vocab.action),
    (vocab.Obligation, vocab.cueSpan),
    (vocab.DateExpression, vocab.granularity),
    (vocab.Article, vocab.textHash),
    (vocab.Article, DCTERMS.identifier),
    (ORG.Membership, vocab.role),
    (ORG.Membership, ORG.member),
    (OA.SpecificResource, OA.hasSource),
    (OA.SpecificResource, OA.hasSelector),
    (OA.TextPositionSelector, OA.start),
    (OA.TextPositionSelector, OA.end),
    (vocab.Actor, SKOS.prefLabel),
    (vocab.Actor, vocab.knownActor),
    (vocab.Agreement, SKOS.prefLabel),
    (vocab.Utterance, vocab.utteredIn),
    (vocab.IdentityDecision, vocab.takenFor),
    (vocab.IdentityDecision, vocab.confidence),
]


@pytest.mark.parametrize(("kind", "predicate"), REQUIRED)
def test_what_is_required_is_missed(good: Quads, kind: URIRef, predicate: URIRef) -> None:
    node = of_class(good, kind)
    assert (node.value, str(predicate)) in shape_faults(without(good, node, predicate))


def literal(words: str, datatype: URIRef) -> ox.Literal:
    return ox.Literal(words, datatype=NODES[datatype])


WRONG = [
    (vocab.Statement, vocab.force, NODES[vocab.event_ACCUSE]),
    (vocab.Statement, vocab.polarity, NODES[vocab.polarity_negative]),  # a second one
    (vocab.Statement, vocab.speaker, NODES["https://w3id.org/newskg/actor/nobody"]),
    (vocab.Statement, vocab.confidence, literal("1.5", XSD.decimal)),
    (vocab.Statement, vocab.headline, literal("yes", XSD.string)),
    (vocab.Mention, vocab.refersTo, NODES["https://w3id.org/newskg/article/direct-quote"]),
    (vocab.StatusAssertion, vocab.statusValue, NODES[vocab.force_deny]),
    (vocab.Event, vocab.eventType, NODES[vocab.event_VerbalConflict]),
    (vocab.Obligation, vocab.deonticForce, NODES[vocab.force_demand]),
    (vocab.Obligation, vocab.bearer, NODES["https://w3id.org/newskg/actor/nobody"]),
    (vocab.Obligation, vocab.under, NODES["https://w3id.org/newskg/actor/kethia"]),
    (vocab.StatusAssertion, vocab.deadline, NODES["https://w3id.org/newskg/actor/kethia"]),
    (OA.TextPositionSelector, OA.start, literal("0", XSD.integer)),
    (OA.TextPositionSelector, vocab.quoteHash, literal("0", XSD.string)),
    (vocab.Actor, vocab.country, literal("Kethia", XSD.string)),
    (vocab.Actor, vocab.partOf, NODES["https://w3id.org/newskg/actor/nobody"]),
    (vocab.Agreement, RDF.type, NODES[vocab.Actor]),
]


@pytest.mark.parametrize(("kind", "predicate", "value"), WRONG)
def test_what_is_wrong_is_found(
    good: Quads, kind: URIRef, predicate: URIRef, value: object
) -> None:
    node = max(
        (of_class([q], kind) for q in good if q.object == NODES[kind]), key=lambda n: n.value
    )
    assert node.value in {
        name for name, _ in shape_faults(with_value(good, node, predicate, value))
    }


def test_offset_below_zero_is_found(good: Quads) -> None:
    node = of_class(good, OA.TextPositionSelector)
    broken = with_value(without(good, node, OA.start), node, OA.start, integer(-1))
    assert (node.value, str(OA.start)) in shape_faults(broken)


def test_start_behind_the_end_is_found(good: Quads) -> None:
    node = of_class(good, OA.TextPositionSelector)
    broken = with_value(without(good, node, OA.start), node, OA.start, integer(9999))
    assert (node.value, str(OA.start)) in shape_faults(broken)


def test_mention_whose_target_is_not_its_evidence_is_found(good: Quads) -> None:
    node = of_class(good, vocab.Mention)
    other = of_class(good, OA.SpecificResource)
    broken = with_value(without(good, node, OA.hasTarget), node, OA.hasTarget, other)
    assert (node.value, str(vocab.evidence)) in shape_faults(broken)


@pytest.mark.parametrize(
    ("kind", "first", "last"),
    [
        (vocab.DateExpression, vocab.from_, vocab.until),
        (vocab.StatusAssertion, vocab.from_, vocab.until),
        (vocab.Agreement, vocab.madeFrom, vocab.madeUntil),
        (vocab.Statement, vocab.saidFrom, vocab.saidUntil),
    ],
)
def test_end_before_the_beginning_is_found(
    good: Quads, kind: URIRef, first: URIRef, last: URIRef
) -> None:
    of_kind = {q.subject for q in good if q.object == NODES[kind]}
    node = next(q.subject for q in good if q.subject in of_kind and q.predicate == NODES[last])
    assert isinstance(node, ox.NamedNode)
    early = literal("1999-01-01", XSD.date)
    broken = with_value(without(good, node, last), node, last, early)
    assert (node.value, str(first)) in shape_faults(broken)


def test_selector_without_words_and_hash_is_found(good: Quads) -> None:
    node = of_class(good, OA.TextPositionSelector)
    broken = without(good, node, OA.exact)
    assert node.value in {name for name, _ in shape_faults(broken)}
    assert any("neither words nor hash" in p.message for p in evidence_problems(broken, {}))


@pytest.mark.parametrize(
    "kind",
    [
        vocab.Participation,
        vocab.StatusAssertion,
        vocab.Provision,
        vocab.Event,
        vocab.Obligation,
    ],
)
def test_what_nobody_claims_is_found(good: Quads, kind: URIRef) -> None:
    node = of_class(good, kind)
    unclaimed = [q for q in good if not (q.predicate == NODES[vocab.claims] and q.object == node)]
    assert len(unclaimed) < len(good)
    assert node.value in {name for name, _ in shape_faults(unclaimed)}


def test_attested_role_without_words_is_found(good: Quads) -> None:
    node = of_class(good, ORG.Membership)
    assert node.value in {name for name, _ in shape_faults(without(good, node, vocab.evidence))}


def test_utterance_of_one_statement_is_found(good: Quads) -> None:
    node = of_class(good, vocab.Utterance)
    member = next(q for q in good if q.subject == node and q.predicate == NODES[vocab.utteredIn])
    assert node.value in {name for name, _ in shape_faults([q for q in good if q != member])}


def test_problems_name_their_graph(good: Quads) -> None:
    node = of_class(good, vocab.Event)
    problem = validate(without(good, node, vocab.eventType)).problems[0]
    assert problem.graph == "https://w3id.org/newskg/graph/article/event-voices"
    assert "kg:eventType" in str(problem)


def test_any_shacl_processor_finds_the_union_good(good: Quads) -> None:
    graph = rdflib.Graph().parse(data="\n".join(f"{q.triple} ." for q in good), format="nt")
    conforms, _, report = run_shacl(graph, shacl_graph=ontology.shapes())
    assert conforms, report
    graph.remove((None, vocab.force, None))
    assert not run_shacl(graph, shacl_graph=ontology.shapes())[0]


def test_graph_conforms_after_oxigraph_and_comes_back_the_same(good: Quads) -> None:
    store = ox.Store()
    store.bulk_extend(good)
    back = list(store)
    assert nquads(back) == nquads(good)
    assert validate(back).problems == ()


def test_kinds_of_numbers_that_stores_make_of_others_conform(good: Quads) -> None:
    """Virtuoso gives decimals as 1.0 and booleans as 1; the shapes must hold for those too."""
    changed = []
    for quad in good:
        value = quad.object
        if isinstance(value, ox.Literal) and value.datatype == NODES[XSD.boolean]:
            value = literal("1" if value.value == "true" else "0", XSD.boolean)
        elif isinstance(value, ox.Literal) and value.datatype == NODES[XSD.decimal]:
            value = literal(f"{float(value.value):.6f}", XSD.decimal)
        changed.append(ox.Quad(quad.subject, quad.predicate, value, quad.graph_name))
    assert shape_faults(changed) == set()


# -- evidence


@pytest.fixture
def quoted() -> tuple[Quads, dict[str, str]]:
    name = "direct-quote"
    return example_quads(name), texts(EXAMPLES[name]())


def changed(quads: Quads, predicate: URIRef, change: Callable[[str], str]) -> Quads:
    """The first value of a property, in the order of lines, made another."""
    found = sorted((q for q in quads if q.predicate == NODES[predicate]), key=str)[0]
    old = found.object
    assert isinstance(old, ox.Literal)
    new = ox.Literal(change(old.value), datatype=old.datatype)
    rest = [q for q in quads if q != found]
    return [*rest, ox.Quad(found.subject, found.predicate, new, found.graph_name)]


@pytest.mark.parametrize(
    ("predicate", "change", "message"),
    [
        (OA.exact, lambda w: w[:-1] + "X", "where the text has"),
        (OA.exact, lambda w: w + "X", "characters for"),
        (OA.prefix, lambda w: w + "X", "prefix"),
        (OA.suffix, lambda w: "X" + w, "suffix"),
        (OA.start, lambda n: str(int(n) + 1), "offsets"),
        (OA.end, lambda n: "9999", "no stretch"),
        (OA.end, lambda n: "many", "no offsets"),
        (vocab.textHash, lambda h: h[::-1], "another text"),
    ],
)
def test_false_quotations_are_found(
    quoted: tuple[Quads, dict[str, str]],
    predicate: URIRef,
    change: Callable[[str], str],
    message: str,
) -> None:
    quads, known = quoted
    assert evidence_problems(quads, known) == []
    problems = evidence_problems(changed(quads, predicate, change), known)
    assert any(message in p.message for p in problems), problems


def test_false_hash_is_found() -> None:
    (extraction,) = EXAMPLES["direct-quote"]()
    from kg.rdf.write import article_quads

    quads = article_quads(extraction, text=False)
    known = texts([extraction])
    assert evidence_problems(quads, known) == []
    problems = evidence_problems(changed(quads, vocab.quoteHash, lambda h: h[::-1]), known)
    assert any("hash" in p.message for p in problems)
    assert evidence_problems(changed(quads, vocab.quoteHash, lambda h: "abc"), {}) != []


def test_other_text_is_found(quoted: tuple[Quads, dict[str, str]]) -> None:
    quads, known = quoted
    other = {name: text.replace("Kethia", "Sarnia") for name, text in known.items()}
    assert len(evidence_problems(quads, other)) > 1


def test_without_the_text_lengths_are_compared(quoted: tuple[Quads, dict[str, str]]) -> None:
    quads, _ = quoted
    assert evidence_problems(quads, {}) == []
    assert evidence_problems(changed(quads, OA.exact, lambda w: w[1:]), {}) != []


# -- form


@pytest.mark.parametrize(
    ("value", "message"),
    [
        (ox.BlankNode("b"), "blank node"),
        (ox.NamedNode("https://example.org/é"), "not ASCII"),
        (ox.NamedNode(vocab.NAMESPACE + "force-shout"), "not in the ontology"),
        (ox.Literal("x" * 60_001), "60,000 bytes"),
        (ox.Literal("ü" * 30_001), "60,000 bytes"),
        (ox.Literal("bell\x07"), "control characters"),
        (ox.Literal("01", datatype=NODES[XSD.integer]), "xsd:integer"),
        (ox.Literal("1.0", datatype=NODES[XSD.decimal]), "xsd:decimal"),
        (ox.Literal("2031-05-06Z", datatype=NODES[XSD.date]), "xsd:date"),
        (ox.Literal("True", datatype=NODES[XSD.boolean]), "xsd:boolean"),
    ],
)
def test_forms_that_some_store_refuses_or_changes_are_found(value: object, message: str) -> None:
    quad = ox.Quad(NODE, NODES[DCTERMS.identifier], value, GRAPH)  # type: ignore[arg-type]
    problems = list(form_problems([quad]))
    assert any(message in p.message for p in problems), problems


def test_triple_outside_of_named_graphs_is_found() -> None:
    quad = ox.Quad(NODE, NODES[DCTERMS.identifier], ox.Literal("a"))
    assert [p.message for p in form_problems([quad])] == ["stands in no named graph"]


def test_subject_in_the_graph_of_another_article_is_found() -> None:
    for name in ("https://w3id.org/newskg/article/ab", "https://w3id.org/newskg/actor/a"):
        quad = ox.Quad(ox.NamedNode(name), NODES[DCTERMS.identifier], ox.Literal("a"), GRAPH)
        (problem,) = form_problems([quad])
        assert "does not belong" in problem.message


def test_report_says_what_was_checked(good: Quads) -> None:
    known = {k: v for name in EXAMPLES for k, v in texts(EXAMPLES[name]()).items()}
    report = validate(good, known)
    assert report.conforms
    assert "conforms" in str(report)
    assert f"{report.selectors} of {report.selectors} quotations" in str(report)
    broken = without(good, of_class(good, vocab.Event), vocab.eventType)
    assert "1 problems" in str(validate(broken))


def test_long_reports_are_cut() -> None:
    problems = [next(iter(form_problems([ox.Quad(NODE, NODES[OA.exact], ox.Literal("a"))])))]
    report = Validation(1, 1, 0, 0, tuple(problems * 50))
    assert "and 30 more" in str(report)
    assert dataclasses.replace(report, problems=()).conforms
