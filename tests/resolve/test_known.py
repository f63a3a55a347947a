"""What gazetteer and registry know of entities that articles only refer to."""

from __future__ import annotations

from pathlib import Path

from kg.records import Registered
from kg.resolve.known import registered

TURTLE = """@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@base <https://example.org/agreement/> .
<pact> a kg:Treaty ; skos:prefLabel "Pact" ; dcterms:identifier "No. 7" ;
  dcterms:source <https://example.org/pact>, "Treaties of the Coast, p. 12" .
"""


def test_a_book_is_no_page(tmp_path: Path) -> None:
    path = tmp_path / "own.ttl"
    path.write_text(TURTLE)
    (found,) = registered(["pact", "unknown"], (str(path),))
    assert found == Registered("pact", ("No. 7",), ("https://example.org/pact",))
