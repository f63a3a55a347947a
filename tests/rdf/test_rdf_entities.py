"""The entities graph: one description each, whatever the order of articles."""

from __future__ import annotations

import itertools

import pytest
from rdflib import DCTERMS, RDF, RDFS, SKOS
from test_rdf_articles import BASE, values
from worked import EXAMPLES

from kg import vocab
from kg.errors import EvidenceError
from kg.rdf.write import Entities, nquads
from kg.records import (
    Actor,
    Agreement,
    Article,
    Extraction,
    Interval,
    Mention,
    Place,
    Registered,
    Role,
    TextSpan,
)


def article(name: str, *actors: Actor, text: str = "Kethia said no.") -> Extraction:
    return Extraction(Article(name, f"{name}.txt", text), actors=actors)


def written(*extractions: Extraction) -> bytes:
    entities = Entities()
    for extraction in extractions:
        entities.add(extraction)
    return nquads(entities.quads())


def test_order_of_articles_does_not_matter() -> None:
    every = [x for example in EXAMPLES.values() for x in example()]
    disputed = [
        article("a", Actor("x", "Ex", "state", country="XAA", part_of="y")),
        article("b", Actor("x", "Ecks", "group", country="XBB", members=("z",), known=True)),
        article("c", Actor("x", "Ex", "group", same_as=("http://www.wikidata.org/entity/Q1",))),
    ]
    expected = written(*every, *disputed)
    assert expected == written(*reversed(every), *reversed(disputed))
    assert len({written(*order) for order in itertools.permutations(disputed)}) == 1


def test_what_most_articles_say_counts() -> None:
    entities = Entities()
    for name, label, kind in [("a", "Ex", "state"), ("b", "Zed", "group"), ("c", "Zed", "group")]:
        entities.add(article(name, Actor("x", label, kind)))  # type: ignore[arg-type]
    quads = entities.quads()
    assert values(quads, "actor/x", SKOS.prefLabel) == ["Zed"]
    assert values(quads, "actor/x", SKOS.altLabel) == ["Ex"]
    assert values(quads, "actor/x", RDF.type) == [str(vocab.Actor), str(vocab.Group)]


def test_discard_undoes_add() -> None:
    every = [x for example in EXAMPLES.values() for x in example()]
    entities = Entities()
    for extraction in every:
        entities.add(extraction)
    entities.discard(every[3])
    assert nquads(entities.quads()) == written(*every[:3], *every[4:])
    for extraction in every[:3] + every[4:]:
        entities.discard(extraction)
    assert entities.quads() == []


def test_names_in_texts_are_alternative_labels() -> None:
    text = "The Kethian\n  Republic said no; it did."
    names = (
        Mention(TextSpan(4, 22), "name"),
        Mention(TextSpan(0, 3), "nominal"),
        Mention(TextSpan(32, 34), "pronoun"),
    )
    entities = Entities()
    entities.add(article("a", Actor("kethia", "Kethia", "state", mentions=names), text=text))
    assert values(entities.quads(), "actor/kethia", SKOS.altLabel) == ["Kethian Republic"]


def test_finest_date_of_an_agreement_counts() -> None:
    entities = Entities()
    dates = [
        Interval("2031-01-01", "2031-12-31", "year"),
        Interval("2031-05-06", "2031-05-06", "day"),
        Interval("2031-01-01", "2031-12-31", "year"),
    ]
    for number, date in enumerate(dates):
        pact = Agreement("pact", "pact", "treaty", date=date)
        entities.add(Extraction(Article(str(number), "a", "Words."), agreements=(pact,)))
    assert values(entities.quads(), "agreement/pact", vocab.madeFrom) == ["2031-05-06"]


def test_candidates_of_a_set_are_its_parts_and_of_one_what_it_may_be() -> None:
    entities = Entities()
    entities.describe(
        agreements=[
            Agreement("papers", "papers", "protocol", is_set=True, resolves_to=("p1", "p2")),
            Agreement("paper", "paper", "protocol", resolves_to=("p1", "paper")),
        ]
    )
    quads = entities.quads()
    assert values(quads, "agreement/papers", DCTERMS.hasPart) == [
        f"{BASE}agreement/p1",
        f"{BASE}agreement/p2",
    ]
    assert values(quads, "agreement/paper", vocab.mayBe) == [f"{BASE}agreement/p1"]


def test_roles_of_the_gazetteer_are_here_and_those_of_texts_are_not() -> None:
    roles = (
        Role("leader", "kethia", on="2031-05-06", basis="gazetteer"),
        Role("minister", "kethia", span=TextSpan(0, 4)),
    )
    entities = Entities()
    entities.add(article("a", Actor("ada", "Ada", "person", roles=roles)))
    quads = entities.quads()
    assert values(quads, "role/ada/leader/kethia", vocab.basis) == ["gazetteer"]
    assert values(quads, "role/ada/leader/kethia", vocab.attestedOn) == ["2031-05-06"]
    assert not [q for q in quads if "minister" in str(q.subject)]


def test_what_is_referred_to_and_not_described_is_named() -> None:
    entities = Entities()
    role = Role("leader", "party-z", basis="gazetteer")
    entities.add(article("a", Actor("x", "X", "group", part_of="y", members=("w",), roles=(role,))))
    entities.describe(agreements=[Agreement("a", "a", "treaty", resolves_to=("b",))])
    assert entities.missing_actors() == {"y", "w", "party-z"}
    assert entities.missing_agreements() == {"b"}
    entities.describe(
        actors=[Actor("y", "Y", "state"), Actor("w", "W", "state")],
        places=[Place("p", "P")],
        agreements=[Agreement("b", "b", "treaty")],
    )
    assert entities.missing_actors() == {"party-z"}
    assert entities.missing_agreements() == frozenset()


def test_where_an_instrument_can_be_looked_up_is_told() -> None:
    entities = Entities()
    entities.describe(agreements=[Agreement("pact", "Pact", "treaty")])
    page, other = "https://example.org/pact", "https://example.org/unread"
    entities.register([Registered("pact", ("PA-X 1",), (page,), (other,)), Registered("none")])
    quads = entities.quads()
    assert values(quads, "agreement/pact", DCTERMS.identifier) == ["PA-X 1"]
    assert values(quads, "agreement/pact", DCTERMS.source) == [page]
    assert values(quads, "agreement/pact", RDFS.seeAlso) == [other]
    assert not values(quads, "agreement/none", DCTERMS.identifier)


def test_link_that_is_no_iri_is_refused() -> None:
    entities = Entities()
    entities.add(article("a", Actor("x", "X", "state", same_as=("Q159",))))
    with pytest.raises(EvidenceError, match="Q159"):
        entities.quads()


def test_link_with_odd_characters_is_made_ascii() -> None:
    entities = Entities()
    entities.add(article("a", Actor("x", "X", "state", same_as=("https://a.org/é b%20<",))))
    assert values(entities.quads(), "actor/x", SKOS.exactMatch) == [
        "https://a.org/%C3%A9%20b%20%3C"
    ]
