"""What was judged to be one, and why: the identity graph.

It stands apart, so that evidence stays untouched when a judgement changes.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Protocol

import pyoxigraph as ox
from rdflib import DCTERMS, RDFS

from kg import vocab
from kg.rdf.iris import DEFAULT_BASE, Minter, Referent, mention_keys
from kg.rdf.nodes import Quads, decimal, string, strings
from kg.records import Actor, Extraction, TextSpan

BY_HAND = "by hand"
"""The rule of a decision that somebody made."""


class ByHand(Protocol):
    """That somebody gave some mentions of an article to an actor, and why.

    `former` is whom they were taken for before that decision.
    """

    @property
    def actor(self) -> str:
        """Whose they are now."""

    @property
    def former(self) -> str:
        """Whose they were."""

    @property
    def mentions(self) -> tuple[TextSpan, ...]:
        """The words."""

    @property
    def reason(self) -> str:
        """Why, in words."""


class Identities:
    """Gathers judgements over articles; their order does not matter.

    Memory grows with recurring statements and unlisted actors.
    """

    def __init__(self, base: str = DEFAULT_BASE):
        self._minter = Minter(base)
        self._utterances: dict[str, set[tuple[str, str]]] = {}
        self._decisions: dict[str, list[ox.Quad]] = {}

    def add(
        self,
        extraction: Extraction,
        links: Iterable[tuple[str, str]] = (),
        by_hand: Iterable[ByHand] = (),
    ) -> None:
        """Take in which statements recur and of which mentions unlisted actors were made.

        `links` are the reasons, by actor, why it is one with those of other articles, or is not;
        `by_hand` what somebody decided instead.
        """
        article = extraction.article.id
        for statement in extraction.statements:
            if statement.same_as is not None:
                self._utterances.setdefault(statement.same_as, set()).add((article, statement.id))
        self._decisions[article] = self._decided(extraction, links, by_hand)

    def recur(self, utterances: Mapping[tuple[str, str], str]) -> None:
        """Take in, for (article, statement), the utterance that they are, where it recurs."""
        for member, utterance in utterances.items():
            self._utterances.setdefault(utterance, set()).add(member)

    def discard(self, extraction: Extraction) -> None:
        """Undo `add` of the same extraction."""
        article = extraction.article.id
        for statement in extraction.statements:
            if statement.same_as is not None:
                self._utterances.get(statement.same_as, set()).discard((article, statement.id))
        self._decisions.pop(article, None)

    def quads(self) -> list[ox.Quad]:
        """The identity graph."""
        graph = Quads(self._minter.identity_graph)
        for _, members in sorted(self._utterances.items()):
            if len(members) > 1:
                self._utterance(graph, sorted(members))
        decisions = (quad for _, quads in sorted(self._decisions.items()) for quad in quads)
        return [*graph.quads(), *decisions]

    def _utterance(self, graph: Quads, members: list[tuple[str, str]]) -> None:
        node = self._minter.utterance(members)
        graph.add_types(node, vocab.Utterance)
        for article, statement in members:
            graph.add(node, vocab.utteredIn, self._minter.inside(article).statement(statement))

    def _decided(
        self, extraction: Extraction, links: Iterable[tuple[str, str]], by_hand: Iterable[ByHand]
    ) -> list[ox.Quad]:
        graph = Quads(self._minter.identity_graph)
        keys = mention_keys(extraction)
        reasons: dict[str, set[str]] = {}
        for name, reason in links:
            reasons.setdefault(name, set()).add(reason)
        for actor in extraction.actors:
            if not actor.known and actor.mentions:
                mentions = [keys[m.span, ("actor", actor.id)] for m in actor.mentions]
                rules = {m.rule for m in actor.mentions if m.rule is not None}
                rules |= reasons.get(actor.id, set())
                self._decision(graph, extraction.article.id, actor, mentions, rules)
        for judgement in by_hand:
            self._by_hand(graph, extraction.article.id, judgement, keys)
        return graph.quads()

    def _by_hand(
        self,
        graph: Quads,
        article: str,
        judgement: ByHand,
        keys: Mapping[tuple[TextSpan, Referent], str],
    ) -> None:
        actor, inside = judgement.actor, self._minter.inside(article)
        node = self._minter.decision(article, actor, judgement.former, judgement.reason)
        of = [keys[s, ("actor", actor)] for s in judgement.mentions]
        graph.add_types(node, vocab.IdentityDecision)
        graph.add(node, vocab.inArticle, inside.article)
        graph.add(node, vocab.takenFor, self._minter.actor(actor))
        graph.add(node, DCTERMS.replaces, self._minter.actor(judgement.former))
        graph.add(node, vocab.ofMention, *map(inside.mention, of))
        graph.add(node, vocab.rule, string(BY_HAND))
        graph.add(node, RDFS.comment, string(judgement.reason))
        graph.add(node, vocab.confidence, decimal(1))

    def _decision(
        self, graph: Quads, article: str, actor: Actor, keys: Iterable[str], rules: Iterable[str]
    ) -> None:
        node, inside = self._minter.decision(article, actor.id), self._minter.inside(article)
        graph.add_types(node, vocab.IdentityDecision)
        graph.add(node, vocab.inArticle, inside.article)
        graph.add(node, vocab.takenFor, self._minter.actor(actor.id))
        graph.add(node, vocab.ofMention, *map(inside.mention, keys))
        graph.add(node, vocab.rule, *strings(sorted(rules)))
        # a cluster is as sure as its least sure mention
        graph.add(node, vocab.confidence, decimal(min(m.confidence for m in actor.mentions)))


def identity_quads(extractions: Iterable[Extraction], *, base: str = DEFAULT_BASE) -> list[ox.Quad]:
    """The identity graph of all the extractions."""
    identities = Identities(base)
    for extraction in extractions:
        identities.add(extraction)
    return identities.quads()
