"""Borrowed terms that rdflib does not bring as constants, and the names of our concepts."""

from __future__ import annotations

import functools

import pyoxigraph as ox
from rdflib import URIRef

from kg import vocab
from kg.rdf.iris import segment


class OA:
    """Web Annotation: words of a text, and how they are found in it."""

    SpecificResource = URIRef("http://www.w3.org/ns/oa#SpecificResource")
    TextPositionSelector = URIRef("http://www.w3.org/ns/oa#TextPositionSelector")
    TextQuoteSelector = URIRef("http://www.w3.org/ns/oa#TextQuoteSelector")
    hasSource = URIRef("http://www.w3.org/ns/oa#hasSource")
    hasSelector = URIRef("http://www.w3.org/ns/oa#hasSelector")
    hasTarget = URIRef("http://www.w3.org/ns/oa#hasTarget")
    start = URIRef("http://www.w3.org/ns/oa#start")
    end = URIRef("http://www.w3.org/ns/oa#end")
    exact = URIRef("http://www.w3.org/ns/oa#exact")
    prefix = URIRef("http://www.w3.org/ns/oa#prefix")
    suffix = URIRef("http://www.w3.org/ns/oa#suffix")


class ORG:
    """W3C ORG: who holds which role where."""

    Membership = URIRef("http://www.w3.org/ns/org#Membership")
    member = URIRef("http://www.w3.org/ns/org#member")
    organization = URIRef("http://www.w3.org/ns/org#organization")


class SCHEMA:
    """schema.org: what an article says of itself."""

    headline = URIRef("https://schema.org/headline")
    datePublished = URIRef("https://schema.org/datePublished")
    publisher = URIRef("https://schema.org/publisher")
    url = URIRef("https://schema.org/url")
    softwareVersion = URIRef("https://schema.org/softwareVersion")


@functools.cache
def concept(scheme: str, value: str) -> ox.NamedNode:
    """The concept of a value: `concept("force", "deny")` is `kg:force-deny`.

    A value that the ontology does not list gets a name all the same, which validation then reports.
    """
    return ox.NamedNode(f"{vocab.NAMESPACE}{scheme}-{segment(value)}")


@functools.cache
def class_of(kind: str) -> URIRef:
    """The class of a type: `class_of("de_facto_state")` is `kg:DeFactoState`."""
    name = "".join(word[:1].upper() + word[1:] for word in kind.split("_"))
    return URIRef(f"{vocab.NAMESPACE}{segment(name)}")
