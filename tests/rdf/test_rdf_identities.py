"""The identity graph: who said the same, and why mentions were taken for whom."""

from __future__ import annotations

import dataclasses

from rdflib import DCTERMS, RDFS
from test_rdf_articles import BASE, values
from worked import EXAMPLES, attested_role, same_utterance

from kg import vocab
from kg.rdf.iris import Minter
from kg.rdf.write import Identities, identity_quads, nquads
from kg.records import Mention
from kg.resolve.judging import ByHand


def test_recurring_statements_are_one_utterance() -> None:
    extractions = same_utterance()
    quads = identity_quads(extractions)
    members = [(x.article.id, x.statements[0].id) for x in extractions]
    node = Minter().utterance(members).value.removeprefix(BASE)
    assert values(quads, node, vocab.utteredIn) == [
        f"{BASE}article/{article}/statement/{statement}" for article, statement in members
    ]


def test_statement_that_recurs_nowhere_is_no_utterance() -> None:
    assert identity_quads(same_utterance()[:1]) == []


def test_unlisted_actor_has_the_reasons_of_its_mentions() -> None:
    (extraction,) = attested_role()
    voss = extraction.actors[1]
    start, end = voss.mentions[0].span
    less_sure = Mention(
        dataclasses.replace(voss.mentions[0]).span._replace(start=end - 4), "name", "surname", 0.55
    )
    actor = dataclasses.replace(voss, mentions=(*voss.mentions, less_sure))
    actors = (extraction.actors[0], actor, extraction.actors[2])
    quads = identity_quads([dataclasses.replace(extraction, actors=actors)])
    node = "identity/attested-role/ilan-voss"
    mention = f"{BASE}article/attested-role/mention"
    assert values(quads, node, vocab.takenFor) == [f"{BASE}actor/ilan-voss"]
    assert values(quads, node, vocab.rule) == ["surname", "title+name"]
    assert values(quads, node, vocab.confidence) == ["0.55"]
    assert values(quads, node, vocab.ofMention) == [
        f"{mention}/{start}-{end}",
        f"{mention}/{end - 4}-{end}",
    ]


def test_known_actors_need_no_decision() -> None:
    assert not [q for q in identity_quads(attested_role()) if "kethia-navy" in str(q)]


def test_order_of_articles_does_not_matter_and_discard_undoes_add() -> None:
    every = [x for example in EXAMPLES.values() for x in example()]
    expected = nquads(identity_quads(every))
    assert nquads(identity_quads(reversed(every))) == expected
    identities = Identities()
    for extraction in [*every, *same_utterance()]:
        identities.add(extraction)
    assert nquads(identities.quads()) == expected
    for extraction in every:
        identities.discard(extraction)
    assert identities.quads() == []


def test_the_reason_why_articles_share_an_actor_is_a_rule_of_the_decision() -> None:
    (extraction,) = attested_role()
    identities = Identities()
    identities.add(extraction, [("ilan-voss", "same full name and country")])
    node = "identity/attested-role/ilan-voss"
    assert values(identities.quads(), node, vocab.rule) == [
        "same full name and country",
        "title+name",
    ]


def test_a_decision_by_hand_is_told_with_its_reason_also_of_listed_actors() -> None:
    (extraction,) = attested_role()
    navy = extraction.actors[0]
    by_hand = ByHand("kethia-navy", "kethia-fleet", (navy.mentions[0].span,), "one and the same")
    identities = Identities()
    identities.add(extraction, by_hand=[by_hand])
    made = Minter().decision("attested-role", "kethia-navy", "kethia-fleet", "one and the same")
    node = made.value.removeprefix(BASE)
    quads = identities.quads()
    assert values(quads, node, vocab.rule) == ["by hand"]
    assert values(quads, node, RDFS.comment) == ["one and the same"]
    assert values(quads, node, vocab.takenFor) == [f"{BASE}actor/kethia-navy"]
    assert values(quads, node, DCTERMS.replaces) == [f"{BASE}actor/kethia-fleet"]
    start, end = navy.mentions[0].span
    assert values(quads, node, vocab.ofMention) == [
        f"{BASE}article/attested-role/mention/{start}-{end}"
    ]


def test_without_decisions_the_graph_is_as_ever() -> None:
    extractions = attested_role()
    identities = Identities()
    identities.add(extractions[0], [], [])
    assert identities.quads() == identity_quads(extractions)
