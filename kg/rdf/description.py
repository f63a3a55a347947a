"""What the dataset is, for catalogues: VoID statistics, DCAT distribution, licence."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field

import pyoxigraph as ox
from rdflib import DCAT, DCTERMS, PROV, VOID

from kg import vocab
from kg.rdf.iris import DEFAULT_BASE, Minter
from kg.rdf.nodes import NODES, Quads, day, integer, outside, string
from kg.rdf.provenance import Run

CC_BY = "https://creativecommons.org/licenses/by/4.0/"

_TYPE = b"<http://www.w3.org/1999/02/22-rdf-syntax-ns#type>"
_VOCABULARIES = ("dcterms", "kg", "oa", "org", "prov", "schema", "skos")


@dataclass
class _Counts:
    """Numbers over sorted lines; equal triples of several graphs are neighbours and count once."""

    triples: int = 0
    subjects: int = 0
    classes: Counter[str] = field(default_factory=Counter)
    predicates: Counter[str] = field(default_factory=Counter)

    @classmethod
    def of(cls, lines: Iterable[bytes]) -> _Counts:
        """The numbers of sorted N-Quads lines, in memory that does not grow with them."""
        counts, classes, predicates = cls(), Counter[bytes](), Counter[bytes]()
        last_subject = last = b""
        for line in lines:
            subject, predicate, rest = line.split(b" ", 2)
            same_start = subject == last_subject
            if same_start and _triple(line) == _triple(last):
                continue
            counts.triples += 1
            predicates[predicate] += 1
            counts.subjects += not same_start
            last_subject, last = subject, line
            if predicate == _TYPE:
                classes[rest.split(b" ", 1)[0]] += 1
        counts.classes.update({_iri(name): n for name, n in classes.items()})
        counts.predicates.update({_iri(name): n for name, n in predicates.items()})
        return counts


def _triple(line: bytes) -> bytes:
    """A line without its graph."""
    return line[: line.rindex(b" ", 0, -3)] if line else line


def dataset_quads(
    lines: Iterable[bytes],
    *,
    base: str = DEFAULT_BASE,
    title: str = "News knowledge graph",
    licence: str = CC_BY,
    dump: str | None = "graph.nq.gz",
    modified: str | None = None,
    run: Run | None = None,
) -> list[ox.Quad]:
    """The dataset graph (VoID, DCAT), counted from the sorted N-Quads lines of all other graphs.

    `modified` is a day (YYYY-MM-DD) that a publisher may give; the graph has no clock of its own.
    """
    minter = Minter(base)
    node, graph = minter.dataset, Quads(minter.dataset_graph)
    counts = _Counts.of(lines)
    graph.add_types(node, VOID.Dataset, DCAT.Dataset)
    graph.add(node, DCTERMS.title, string(title))
    graph.add(node, DCTERMS.license, outside(licence))
    graph.add(node, DCTERMS.modified, day(modified))
    graph.add(node, PROV.wasGeneratedBy, minter.run(run.key) if run else None)
    graph.add(node, VOID.uriSpace, string(base))
    graph.add(node, VOID.vocabulary, *(NODES[vocab.PREFIXES[p]] for p in _VOCABULARIES))
    graph.add(node, VOID.triples, integer(counts.triples))
    graph.add(node, VOID.entities, integer(counts.subjects))
    graph.add(node, VOID.distinctSubjects, integer(counts.subjects))
    graph.add(node, VOID.classes, integer(len(counts.classes)))
    graph.add(node, VOID.properties, integer(len(counts.predicates)))
    for kind, number in sorted(counts.classes.items()):
        part = minter.described("class", kind)
        graph.add(node, VOID.classPartition, part)
        graph.add_types(part, VOID.Dataset)
        graph.add(part, VOID["class"], NODES[kind])
        graph.add(part, VOID.entities, integer(number))
    for predicate, number in sorted(counts.predicates.items()):
        part = minter.described("property", predicate)
        graph.add(node, VOID.propertyPartition, part)
        graph.add_types(part, VOID.Dataset)
        graph.add(part, VOID.property, NODES[predicate])
        graph.add(part, VOID.triples, integer(number))
    if dump is not None:
        _distribution(graph, minter, dump)
    return graph.quads()


def _distribution(graph: Quads, minter: Minter, dump: str) -> None:
    part, file = minter.described("distribution", dump), minter.dump(dump)
    graph.add(minter.dataset, VOID.dataDump, file)
    graph.add(minter.dataset, DCAT.distribution, part)
    graph.add_types(part, DCAT.Distribution)
    graph.add(part, DCTERMS.title, string(dump))
    graph.add(part, DCAT.downloadURL, file)
    graph.add(part, DCAT.mediaType, NODES[_MEDIA + "application/n-quads"])
    graph.add(part, DCAT.compressFormat, NODES[_MEDIA + "application/gzip"])


_MEDIA = "https://www.iana.org/assignments/media-types/"


def _iri(token: bytes) -> str:
    return token[1:-1].decode("ascii")
