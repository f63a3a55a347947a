"""Questions over all kinds of things name each kind that articles give: a new one joins them."""

from __future__ import annotations

import re

import pyoxigraph as ox
import pytest
import worked

from kg.queries import questions
from kg.rdf.write import article_quads

RDF_TYPE = "http://www.w3.org/1999/02/22-rdf-syntax-ns#type"
OURS = "https://w3id.org/newskg/ontology#"


def kinds_with(property: str) -> set[str]:
    """Our classes of what has a property in the worked articles."""
    found: set[str] = set()
    for make in worked.EXAMPLES.values():
        for item in make():
            quads = article_quads(item)
            having = {q.subject for q in quads if q.predicate.value == OURS + property}
            found |= {name for q in quads if q.subject in having if (name := _kind(q))}
    return found


def _kind(quad: ox.Quad) -> str | None:
    if quad.predicate.value != RDF_TYPE or not quad.object.value.startswith(OURS):
        return None
    return quad.object.value.removeprefix(OURS)


@pytest.mark.parametrize(
    ("question", "property"),
    [
        ("overview", "inArticle"),
        ("without-evidence", "inArticle"),
        ("low-confidence", "confidence"),
    ],
)
def test_a_question_names_each_kind(question: str, property: str) -> None:
    listed = re.search(r"VALUES \?class \{([^}]*)\}", questions()[question].query)
    assert listed is not None
    asked = set(re.findall(r"kg:(\w+)", listed[1])) - {"IdentityDecision"}
    assert asked == kinds_with(property)
