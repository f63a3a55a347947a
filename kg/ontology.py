"""The ontology as files, as a graph, as a list of terms, and as what is made from it.

`ontology/` lies beside the package in a checkout; a wheel carries a copy in `kg/data/ontology`.
"""

from __future__ import annotations

import functools
import html
import json
import keyword
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib import resources
from pathlib import Path
from string import Template
from typing import Literal

from rdflib import OWL, RDF, RDFS, SKOS, Graph, Namespace, URIRef
from rdflib.term import Node

from kg.errors import OntologyError

NAMESPACE = "https://w3id.org/newskg/ontology#"
SCHEMA = Namespace("https://schema.org/")

TermKind = Literal[
    "class", "object property", "datatype property", "datatype", "concept scheme", "concept"
]

_KINDS: dict[URIRef, TermKind] = {
    OWL.Class: "class",
    OWL.ObjectProperty: "object property",
    OWL.DatatypeProperty: "datatype property",
    RDFS.Datatype: "datatype",
    SKOS.ConceptScheme: "concept scheme",
    SKOS.Concept: "concept",
}


@dataclass(frozen=True, slots=True)
class Term:
    """A term of our own; IRIs of terms around it are shortened (`prov:Entity`).

    `name` is the local name. `parents` are superclasses, superproperties or broader concepts;
    `domain` and `range` hold all classes that are meant.
    """

    iri: str
    name: str
    kind: TermKind
    label: str
    comment: str
    parents: tuple[str, ...] = ()
    domain: tuple[str, ...] = ()
    range: tuple[str, ...] = ()
    scheme: str | None = None
    notations: tuple[str, ...] = ()
    matches: tuple[str, ...] = ()
    note: str | None = None

    @property
    def constant(self) -> str:
        """Its name in `kg.vocab`."""
        name = self.name.replace("-", "_")
        return f"{name}_" if keyword.iskeyword(name) else name


def path() -> Path:
    """The folder of kg.ttl and shapes.ttl.

    Raises:
        OntologyError: If it is neither in the package nor beside it.
    """
    packaged = Path(str(resources.files("kg"))) / "data" / "ontology"
    beside = Path(__file__).resolve().parents[1] / "ontology"
    for folder in (packaged, beside):
        if (folder / "kg.ttl").is_file():
            return folder
    raise OntologyError(f"no ontology: neither {packaged} nor {beside} has a kg.ttl")


def load() -> Graph:
    """kg.ttl, with its own prefixes only."""
    return _parsed("kg.ttl")


def shapes() -> Graph:
    """shapes.ttl."""
    return _parsed("shapes.ttl")


def prefixes() -> dict[str, str]:
    """Prefixes that kg.ttl declares, in alphabetical order, ours first."""
    found = {prefix: str(namespace) for prefix, namespace in load().namespaces()}
    return {"kg": found.pop("kg"), **dict(sorted(found.items()))}


@functools.cache
def terms() -> tuple[Term, ...]:
    """All terms of our own: classes, properties, then concepts; in each, by name.

    Raises:
        OntologyError: If a term lacks its label or comment, or two would be one constant.
    """
    graph = load()
    found = [_term(graph, iri, kind) for iri, kind in _declared(graph)]
    order = list(_KINDS.values())
    found.sort(key=lambda t: (order.index(t.kind), t.scheme or "", t.name))
    constants = [t.constant for t in found]
    for name in constants:
        if constants.count(name) > 1:
            raise OntologyError(f'kg.ttl: two terms would be "{name}" in kg.vocab')
    return tuple(found)


def render_vocab() -> str:
    """The source of `kg/vocab.py`."""
    lines = [
        '"""The terms of ontology/kg.ttl. Made by `kg ontology vocab`; not to be edited."""',
        "",
        "from typing import Final",
        "",
        "from rdflib import URIRef",
        "",
        f'NAMESPACE: Final = "{NAMESPACE}"',
        '"""What `kg:` stands for."""',
        "",
        "PREFIXES: Final[dict[str, str]] = {",
        *(f'    "{prefix}": "{namespace}",' for prefix, namespace in prefixes().items()),
        "}",
        '"""Prefixes of the vocabularies that the graph uses."""',
    ]
    for term in terms():
        quoted = term.comment.replace("\\", "\\\\").replace('"""', r"\"\"\"")
        if quoted.endswith('"'):
            quoted = quoted[:-1] + r"\""
        lines += ["", *_assignment(term), f'"""{quoted}"""']
    return "\n".join(lines) + "\n"


def _assignment(term: Term) -> list[str]:
    line = f'{term.constant}: Final = URIRef("{term.iri}")'
    if len(line) <= 100:
        return [line]
    return [f"{term.constant}: Final = URIRef(", f'    "{term.iri}"', ")"]


def render_page() -> str:
    """The documentation of the ontology as one HTML page that needs nothing else."""
    folder = path()
    graph = load()
    ontology = URIRef(NAMESPACE.rstrip("#"))
    dcterms = Namespace("http://purl.org/dc/terms/")
    return Template((folder / "page.html").read_text(encoding="utf-8")).substitute(
        title=html.escape(str(graph.value(ontology, dcterms.title))),
        description=html.escape(str(graph.value(ontology, dcterms.description))),
        version=html.escape(str(graph.value(ontology, OWL.versionInfo))),
        version_iri=html.escape(str(graph.value(ontology, OWL.versionIRI))),
        licence=html.escape(str(graph.value(ontology, dcterms.license))),
        namespace=NAMESPACE,
        diagram=(folder / "diagram.svg").read_text(encoding="utf-8").strip(),
        prefixes="\n".join(
            f"<tr><td><code>{html.escape(p)}:</code></td><td><code>{html.escape(n)}</code></td></tr>"
            for p, n in prefixes().items()
        ),
        contents="\n".join(_contents()),
        terms="\n".join(_sections()),
    )


_BORROWED: dict[str, tuple[str, str | None]] = {
    "identifier": ("dcterms:identifier", None),
    "language": ("dcterms:language", None),
    "rights": ("dcterms:rights", None),
    "hasPart": ("dcterms:hasPart", "@id"),
    "headlineText": ("schema:headline", None),
    "datePublished": ("schema:datePublished", "xsd:date"),
    "publisher": ("schema:publisher", None),
    "url": ("schema:url", None),
    "hasTarget": ("oa:hasTarget", "@id"),
    "hasSource": ("oa:hasSource", "@id"),
    "hasSelector": ("oa:hasSelector", "@id"),
    "start": ("oa:start", "xsd:integer"),
    "end": ("oa:end", "xsd:integer"),
    "exact": ("oa:exact", None),
    "prefix": ("oa:prefix", None),
    "suffix": ("oa:suffix", None),
    "prefLabel": ("skos:prefLabel", None),
    "altLabel": ("skos:altLabel", None),
    "exactMatch": ("skos:exactMatch", "@id"),
    "Membership": ("org:Membership", None),
    "membershipOf": ("org:member", "@id"),
    "organization": ("org:organization", "@id"),
    "wasGeneratedBy": ("prov:wasGeneratedBy", "@id"),
}
"""Keys of the JSON-LD context for terms of others: (term, type), where the plain name is free."""


def render_context() -> str:
    """The JSON-LD context, `kg/data/context.jsonld`: every term under its own name.

    Values of concepts are written `"force": "kg:force-deny"`.
    """
    entries: dict[str, object] = {"@version": 1.1, "id": "@id", "type": "@type"}
    entries |= prefixes()
    for term in terms():
        kind = _context_type(term)
        name = f"kg:{term.name}"
        entries[term.name] = {"@id": name, "@type": kind} if kind else name
    for key, (name, kind) in _BORROWED.items():
        entries[key] = {"@id": name, "@type": kind} if kind else name
    return json.dumps({"@context": entries}, indent=1) + "\n"


def _context_type(term: Term) -> str | None:
    if term.kind == "object property":
        return "@id"
    plain = term.kind != "datatype property" or term.range == ("xsd:string",)
    return None if plain else term.range[0]


def _parsed(name: str) -> Graph:
    source = path() / name
    try:
        return Graph(bind_namespaces="none").parse(source, format="turtle")
    except (OSError, SyntaxError) as error:  # rdflib's BadSyntax is a SyntaxError
        raise OntologyError(f"{source}: {error}") from error


def _declared(graph: Graph) -> Iterator[tuple[URIRef, TermKind]]:
    for kind, name in _KINDS.items():
        for subject in graph.subjects(RDF.type, kind):
            if isinstance(subject, URIRef) and subject.startswith(NAMESPACE):
                yield subject, name


def _term(graph: Graph, iri: URIRef, kind: TermKind) -> Term:
    concept = kind == "concept"
    scheme = graph.value(iri, SKOS.inScheme)
    note = graph.value(iri, SKOS.note)
    return Term(
        iri=str(iri),
        name=iri.removeprefix(NAMESPACE),
        kind=kind,
        label=_words(graph, iri, SKOS.prefLabel if concept else RDFS.label),
        comment=_words(graph, iri, SKOS.definition if concept else RDFS.comment),
        parents=_short(graph, iri, RDFS.subClassOf, RDFS.subPropertyOf, SKOS.broader),
        domain=_short(graph, iri, RDFS.domain, SCHEMA.domainIncludes),
        range=_short(graph, iri, RDFS.range, SCHEMA.rangeIncludes),
        scheme=str(scheme).removeprefix(NAMESPACE) if scheme else None,
        notations=tuple(sorted(str(n) for n in graph.objects(iri, SKOS.notation))),
        matches=_short(graph, iri, SKOS.closeMatch, SKOS.relatedMatch, RDFS.seeAlso),
        note=str(note) if note else None,
    )


def _words(graph: Graph, iri: URIRef, predicate: URIRef) -> str:
    found = list(graph.objects(iri, predicate))
    if len(found) != 1:
        raise OntologyError(f"kg.ttl: {iri} has {len(found)} values of {predicate}; one is needed")
    return str(found[0])


def _short(graph: Graph, iri: URIRef, *predicates: URIRef) -> tuple[str, ...]:
    return tuple(sorted(_qname(graph, o) for p in predicates for o in graph.objects(iri, p)))


def _qname(graph: Graph, node: Node) -> str:
    fits = [(p, str(n)) for p, n in graph.namespaces() if str(node).startswith(str(n))]
    if not fits:
        return str(node)
    prefix, namespace = max(fits, key=lambda pair: len(pair[1]))
    return f"{prefix}:{str(node).removeprefix(namespace)}"


_HEADINGS: dict[TermKind, str] = {
    "class": "Classes",
    "object property": "Properties between things",
    "datatype property": "Properties with values",
    "datatype": "Datatypes",
    "concept scheme": "Concepts",
}


def _contents() -> Iterator[str]:
    for kind, heading in _HEADINGS.items():
        links = " ".join(_link(f"kg:{t.name}") for t in terms() if t.kind == kind)
        yield f"<h3>{heading}</h3>\n<p>{links}</p>"


def _sections() -> Iterator[str]:
    for kind, heading in _HEADINGS.items():
        yield f"<h2>{heading}</h2>"
        for term in terms():
            if term.kind == kind:
                yield _entry(term)
            if term.kind == kind == "concept scheme":
                members = (t for t in terms() if t.scheme == term.name)
                yield "\n".join(["<table>", *map(_row, members), "</table>"])


def _entry(term: Term) -> str:
    facts = [
        ("part of" if term.kind == "concept" else "kind of", term.parents),
        ("of", term.domain),
        ("to", term.range),
        ("see also", term.matches),
        ("used with", _users(term)),
    ]
    rows = "".join(
        f"<dt>{name}</dt><dd>{' '.join(map(_link, values))}</dd>"
        for name, values in facts
        if values
    )
    return (
        f'<section id="{term.name}"><h4><code>kg:{term.name}</code> '
        f"<small>{html.escape(term.label)}</small></h4>\n"
        f"<p>{html.escape(term.comment)}</p>\n<dl>{rows}</dl></section>"
    )


def _users(term: Term) -> tuple[str, ...]:
    """Of a class, the properties that it is the domain of."""
    name = f"kg:{term.name}"
    return tuple(f"kg:{t.name}" for t in terms() if term.kind == "class" and name in t.domain)


def _row(term: Term) -> str:
    extra = [*term.notations, *map(_link, (*term.parents, *term.matches))]
    note = f" <small>{html.escape(term.note)}</small>" if term.note else ""
    return (
        f'<tr id="{term.name}"><td><code>kg:{term.name}</code></td>'
        f"<td>{html.escape(term.comment)}{note}</td><td>{' '.join(extra)}</td></tr>"
    )


def _link(name: str) -> str:
    shown = f"<code>{html.escape(name)}</code>"
    return f'<a href="#{name.removeprefix("kg:")}">{shown}</a>' if name.startswith("kg:") else shown


def concepts(scheme: str) -> tuple[str, ...]:
    """Names of the concepts of a scheme, such as `Forces`."""
    return tuple(t.name for t in terms() if t.scheme == scheme)


def names(kinds: Iterable[TermKind]) -> frozenset[str]:
    """Local names of our terms of some kinds."""
    wanted = set(kinds)
    return frozenset(t.name for t in terms() if t.kind in wanted)
