"""Checks a graph: the form of its terms, its shapes, and that quotations stand at their offsets."""

from __future__ import annotations

import functools
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

import pyoxigraph as ox
import rdflib
from rdflib import DCTERMS, RDF, RDFS, SH, XSD
from rdflib.term import Node

from kg import ontology, vocab
from kg.errors import OntologyError
from kg.rdf.articles import CONTEXT
from kg.rdf.iris import DEFAULT_BASE, Minter
from kg.rdf.nodes import NODES, clean, sha256
from kg.rdf.terms import OA

LONGEST_LITERAL = 60_000
"""Bytes of UTF-8; Virtuoso 7.2.5 takes no more than about 65,480."""

BATCH = 20_000
"""Triples validated at once: enough for the cost of reading the shapes not to show."""

SHOWN = 20
"""Problems that a report lists in words."""

_HASH = re.compile(r"[0-9a-f]{64}", re.ASCII)
_CHAR = re.compile(r"#char=(\d+),(\d+)(?:;selector)?\Z", re.ASCII)
_ARTICLE_GRAPH = re.compile(r"(.*)graph/(article/[^/]+)\Z", re.ASCII)
_ENTITY_CLASSES = (vocab.Actor, vocab.Place, vocab.Agreement)

# the forms that Oxigraph and Virtuoso give back as they were written
_PLAIN_FORMS = {
    str(XSD.integer): re.compile(r"0|-?[1-9]\d*", re.ASCII),
    str(XSD.decimal): re.compile(r"-?(?:0|[1-9]\d*)(?:\.\d*[1-9])?", re.ASCII),
    str(XSD.date): re.compile(r"\d{4}-\d\d-\d\d", re.ASCII),
    str(XSD.boolean): re.compile(r"true|false"),
    str(XSD.string): re.compile(r".*", re.DOTALL),
    "http://www.w3.org/1999/02/22-rdf-syntax-ns#langString": re.compile(r".*", re.DOTALL),
}


@dataclass(frozen=True, slots=True)
class Problem:
    """Something wrong with a node of a graph; `path` is the property, where it is about one.

    Of a folder's file, `node` is the name.
    """

    kind: Literal["file", "form", "evidence", "shape"]
    graph: str
    node: str
    message: str
    path: str | None = None

    def __str__(self) -> str:
        about = f" {_short(self.path)}" if self.path else ""
        return f"{self.kind}: {self.node}{about}: {self.message}"


@dataclass(frozen=True, slots=True)
class Validation:
    """What a check found. `quoted` counts the selectors that were compared with their text."""

    quads: int
    graphs: int
    selectors: int
    quoted: int
    problems: tuple[Problem, ...]

    @property
    def conforms(self) -> bool:
        """Nothing is wrong."""
        return not self.problems

    def __str__(self) -> str:
        checked = f"{self.quoted} of {self.selectors} quotations compared with their texts"
        lines = [f"{self.quads} quads in {self.graphs} graphs; {checked}"]
        lines += [str(p) for p in self.problems[:SHOWN]]
        if len(self.problems) > SHOWN:
            lines.append(f"… and {len(self.problems) - SHOWN} more")
        lines.append("conforms" if self.conforms else f"{len(self.problems)} problems")
        return "\n".join(lines)


def validate(quads: Iterable[ox.Quad], texts: Mapping[str, str] | None = None) -> Validation:
    """Form, shapes and evidence of a dataset; `texts` are articles' texts by id, where at hand."""
    graphs = _by_graph(quads)
    evidence = _Evidence.of(quad for found in graphs.values() for quad in found)
    known = evidence.texts_by_iri(texts or {})
    problems = [
        *form_problems(quad for found in graphs.values() for quad in found),
        *evidence.problems(known),
        *shape_problems(graphs),
    ]
    return Validation(
        quads=sum(map(len, graphs.values())),
        graphs=len(graphs),
        selectors=len(evidence.selectors),
        quoted=sum(s.source in known for s in evidence.selectors.values()),
        problems=tuple(problems),
    )


# -- form


def form_problems(quads: Iterable[ox.Quad]) -> Iterator[Problem]:
    """What some store would refuse or change, and terms that the ontology does not have."""
    known = {vocab.NAMESPACE, *(t.iri for t in ontology.terms())}
    checked: set[str] = set()
    for quad in quads:
        for message in _form_faults(quad, known, checked):
            yield Problem("form", _name(quad.graph_name), _name(quad.subject), message)


def _form_faults(quad: ox.Quad, known: set[str], checked: set[str]) -> Iterator[str]:
    graph, terms = quad.graph_name, (quad.subject, quad.predicate, quad.object)
    if not isinstance(graph, ox.NamedNode):
        yield "stands in no named graph"
    for term in (*terms, graph):
        if isinstance(term, ox.NamedNode) and term.value not in checked:
            checked.add(term.value)
            if not term.value.isascii():
                yield f"{term.value} is not ASCII"
            if term.value.startswith(vocab.NAMESPACE) and term.value not in known:
                yield f"{_short(term.value)} is not in the ontology"
        elif isinstance(term, ox.BlankNode):
            yield "has a blank node, which loading twice would double"
        elif isinstance(term, ox.Triple):
            yield "holds a triple term of RDF 1.2"
    if isinstance(quad.object, ox.Literal):
        yield from _literal_faults(quad.object)
    if isinstance(graph, ox.NamedNode) and (of := _ARTICLE_GRAPH.match(graph.value)):
        article = of[1] + of[2]
        name = _name(quad.subject)
        if not (name == article or name.startswith((f"{article}/", f"{article}#"))):
            yield f"is said in the graph of {article}, to which it does not belong"


def _literal_faults(literal: ox.Literal) -> Iterator[str]:
    words = literal.value
    if len(words) * 4 > LONGEST_LITERAL and len(words.encode("utf-8")) > LONGEST_LITERAL:
        yield f"has a literal of more than {LONGEST_LITERAL:,} bytes"
    if clean(words) != words:
        yield "has a literal with control characters"
    if literal.language is not None and literal.language != literal.language.lower():
        yield f"has the language tag {literal.language}, which stores make lower case"
    form = _PLAIN_FORMS.get(literal.datatype.value)
    if form is not None and not form.fullmatch(words):
        yield f'has "{words[:40]}" as {_short(literal.datatype.value)}, which stores may change'


# -- evidence


def evidence_problems(
    quads: Iterable[ox.Quad], texts: Mapping[str, str], *, base: str = DEFAULT_BASE
) -> list[Problem]:
    """Where quotations, offsets and hashes do not fit the texts (by article id) or each other."""
    minter = Minter(base)
    known = {minter.inside(name).article.value: text for name, text in texts.items()}
    return list(_Evidence.of(quads).problems(known))


@dataclass(slots=True)
class _Selector:
    graph: str
    span: str = ""
    source: str = ""
    values: dict[str, str] = field(default_factory=dict)


class _Evidence:
    """Spans, selectors and articles of a dataset, taken out of its quads in one pass."""

    def __init__(self) -> None:
        self.selectors: dict[str, _Selector] = {}
        self._sources: dict[str, str] = {}
        self._spans: dict[str, tuple[str, str]] = {}
        self._articles: dict[str, dict[str, str]] = defaultdict(dict)

    @classmethod
    def of(cls, quads: Iterable[ox.Quad]) -> _Evidence:
        found = cls()
        values: dict[str, dict[str, str]] = defaultdict(dict)
        for quad in quads:
            predicate = quad.predicate
            if predicate in _SELECTING:
                values[_name(quad.subject)][_SELECTING[predicate]] = _text(quad.object)
            elif predicate == _HAS_SELECTOR:
                found._spans[_text(quad.object)] = (_name(quad.subject), _name(quad.graph_name))
            elif predicate == _HAS_SOURCE:
                found._sources[_name(quad.subject)] = _text(quad.object)
            elif predicate in _OF_ARTICLE:
                found._articles[_name(quad.subject)][_OF_ARTICLE[predicate]] = _text(quad.object)
        for name, (span, graph) in found._spans.items():
            source = found._sources.get(span, "")
            found.selectors[name] = _Selector(graph, span, source, values.get(name, {}))
        return found

    def texts_by_iri(self, texts: Mapping[str, str]) -> dict[str, str]:
        """The texts that are at hand, by the article's IRI instead of its id."""
        ids = {iri: facts["id"] for iri, facts in self._articles.items() if "id" in facts}
        return {iri: texts[name] for iri, name in ids.items() if name in texts}

    def problems(self, texts: Mapping[str, str]) -> Iterator[Problem]:
        """Faults of articles, then of selectors; `texts` by the article's IRI."""
        for iri, facts in self._articles.items():
            text = texts.get(iri)
            if text is not None and facts.get("hash") not in (None, sha256(text)):
                yield Problem("evidence", "", iri, "was made of another text than the one given")
        for name, selector in self.selectors.items():
            length = self._articles.get(selector.source, {}).get("length")
            text = texts.get(selector.source)
            for message in _selector_faults(name, selector, text, length):
                yield Problem("evidence", selector.graph, selector.span, message)


_HAS_SELECTOR = NODES[OA.hasSelector]
_HAS_SOURCE = NODES[OA.hasSource]
_SELECTING = {
    NODES[OA.start]: "start",
    NODES[OA.end]: "end",
    NODES[OA.exact]: "exact",
    NODES[OA.prefix]: "prefix",
    NODES[OA.suffix]: "suffix",
    NODES[vocab.quoteHash]: "hash",
}
_OF_ARTICLE = {
    NODES[DCTERMS.identifier]: "id",
    NODES[vocab.textHash]: "hash",
    NODES[vocab.textLength]: "length",
}


def _selector_faults(
    name: str, selector: _Selector, text: str | None, length: str | None
) -> Iterator[str]:
    values = selector.values
    try:
        start, end = int(values["start"]), int(values["end"])
    except (KeyError, ValueError):
        yield "has no offsets"
        return
    limit = len(text) if text is not None else int(length) if length is not None else end
    if not 0 <= start < end <= limit:
        yield f"{start}–{end} is no stretch of a text of {limit} characters"
        return
    for iri in (selector.span, name):
        offsets = _CHAR.search(iri)
        if offsets is None or (int(offsets[1]), int(offsets[2])) != (start, end):
            yield f"{iri} does not name the offsets {start}–{end}"
    yield from _quote_faults(values, start, end, text)


def _quote_faults(
    values: Mapping[str, str], start: int, end: int, text: str | None
) -> Iterator[str]:
    exact, digest = values.get("exact"), values.get("hash")
    if (exact is None) == (digest is None):
        yield "gives both words and hash" if exact is not None else "gives neither words nor hash"
    if digest is not None and not _HASH.fullmatch(digest):
        yield f'"{digest}" is no SHA-256'
    if exact is not None and len(exact) != end - start:
        yield f"quotes {len(exact)} characters for {end - start}"
    if text is None:
        return
    words = text[start:end]
    if exact is not None and exact != words:
        yield f'quotes "{exact[:60]}" where the text has "{words[:60]}"'
    if digest is not None and digest != sha256(words):
        yield "has a hash that is not that of the words at its offsets"
    around = {
        "prefix": clean(text[max(0, start - CONTEXT) : start]),
        "suffix": clean(text[end : end + CONTEXT]),
    }
    for side, given in around.items():
        if side in values and values[side] != given:
            yield f'has the {side} "{values[side]}" where the text has "{given}"'


# -- shapes


def shape_problems(graphs: Mapping[str, Iterable[ox.Quad]]) -> Iterator[Problem]:
    """What the shapes (SHACL) find in each graph, in order of graphs and nodes.

    Graphs of articles are judged together with the classes of the entities they refer to.
    """
    classes = _entity_classes(graphs)
    batch = _Batch(classes)
    for name in sorted(graphs):
        if not _ARTICLE_GRAPH.match(name):
            alone = _Batch({})
            alone.add(name, graphs[name])
            yield from alone.problems(_shapes(of_article=False))
            continue
        batch.add(name, graphs[name])
        if len(batch) >= BATCH:
            yield from batch.problems(_shapes(of_article=True))
            batch = _Batch(classes)
    yield from batch.problems(_shapes(of_article=True))


class _Batch:
    """Some graphs as one rdflib graph, which remembers whose each subject is."""

    def __init__(self, classes: Mapping[str, set[rdflib.URIRef]]):
        self._classes = classes
        self._graph = rdflib.Graph(bind_namespaces="none")
        self._home: dict[Node, str] = {}

    def __len__(self) -> int:
        return len(self._graph)

    def add(self, name: str, quads: Iterable[ox.Quad]) -> None:
        """Take a graph in, with the classes of the entities it refers to."""
        for quad in quads:
            subject, value = _node(quad.subject), _node(quad.object)
            self._home[subject] = name
            self._graph.add((subject, _node(quad.predicate), value))
            for kind in self._classes.get(str(value), ()):
                self._graph.add((value, RDF.type, kind))

    def problems(self, shapes: rdflib.Graph) -> list[Problem]:
        """All violations, sorted."""
        if not len(self._graph):
            return []
        from pyshacl import validate as run_shacl  # 0.2 s to import, and few commands need it

        conforms, report, words = run_shacl(self._graph, shacl_graph=shapes)
        if conforms:
            return []
        if not isinstance(report, rdflib.Graph):
            raise OntologyError(f"shapes.ttl: {words}")
        found = [self._problem(report, node) for node in report.objects(None, SH.result)]
        return sorted(found, key=lambda p: (p.graph, p.node, p.path or "", p.message))

    def _problem(self, report: rdflib.Graph, node: Node) -> Problem:
        focus = report.value(node, SH.focusNode)
        path = report.value(node, SH.resultPath)
        value = report.value(node, SH.value)
        message = str(report.value(node, SH.resultMessage))
        if value is not None:
            message += f" (here: {str(value)[:80]})"
        return Problem(
            kind="shape",
            graph=self._home.get(focus, "") if focus is not None else "",
            node=str(focus),
            message=message,
            path=str(path) if isinstance(path, rdflib.URIRef) else None,
        )


@functools.cache
def _shapes(*, of_article: bool) -> rdflib.Graph:
    """The shapes, flattened: pySHACL 0.40 judges a property shape that has targets for all nodes at
    once, and one that hangs on a node shape for each node anew, which takes seven times as long.

    Those of entities are left out for graphs of articles, which only know the entities' classes.
    """
    shapes = ontology.shapes()
    for node in set(shapes.subjects(SH.targetClass)):
        targets = list(shapes.objects(node, SH.targetClass))
        if of_article and set(targets) <= set(_ENTITY_CLASSES):
            shapes.remove((node, SH.targetClass, None))
            continue
        for part in list(shapes.objects(node, SH.property)):
            shapes.remove((node, SH.property, part))
            for target in targets:
                shapes.add((part, SH.targetClass, target))
    return shapes


def _entity_classes(graphs: Mapping[str, Iterable[ox.Quad]]) -> dict[str, set[rdflib.URIRef]]:
    """For each actor, place and agreement, which of the three it is."""
    kinds = {str(kind): kind for kind in _ENTITY_CLASSES}
    classes: dict[str, set[rdflib.URIRef]] = defaultdict(set)
    for name, quads in graphs.items():
        if not _ARTICLE_GRAPH.match(name):
            for quad in quads:
                if quad.predicate == NODES[RDF.type] and _text(quad.object) in kinds:
                    classes[_name(quad.subject)].add(kinds[_text(quad.object)])
    return dict(classes)


def _by_graph(quads: Iterable[ox.Quad]) -> dict[str, list[ox.Quad]]:
    graphs: dict[str, list[ox.Quad]] = defaultdict(list)
    for quad in quads:
        graphs[_name(quad.graph_name)].append(quad)
    return dict(graphs)


def _node(term: ox.NamedNode | ox.BlankNode | ox.Literal | ox.Triple) -> Node:
    if isinstance(term, ox.NamedNode):
        return rdflib.URIRef(term.value)
    if not isinstance(term, ox.Literal):
        return rdflib.BNode(str(term))
    if term.language is not None:
        return rdflib.Literal(term.value, lang=term.language)
    if term.datatype.value == str(XSD.string):
        return rdflib.Literal(term.value)
    return rdflib.Literal(term.value, datatype=term.datatype.value, normalize=False)


def _name(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode) else str(term)


def _text(term: object) -> str:
    return term.value if isinstance(term, ox.NamedNode | ox.Literal) else str(term)


def _short(iri: str) -> str:
    return iri.replace(vocab.NAMESPACE, "kg:").replace(str(XSD), "xsd:").replace(str(RDFS), "rdfs:")
