"""Identity over all articles: what their likeness shows, and what somebody decided by hand."""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping, Set
from dataclasses import dataclass

from kg.records import Actor, Extraction, TextSpan
from kg.resolve.bearers import Link
from kg.resolve.decisions import Decision, Decisions
from kg.resolve.renaming import renamed

Describing = Callable[[str], Actor | None]


@dataclass(frozen=True, slots=True)
class ByHand:
    """That somebody gave some mentions of an article to an actor, and why.

    `former` is whom they were taken for before that decision.
    """

    actor: str
    former: str
    mentions: tuple[TextSpan, ...]
    reason: str


@dataclass(frozen=True, slots=True)
class Judged:
    """An article's findings under the actors' final ids, with what led there.

    `links` are the reasons, by actor, for which it is one with those of other articles, or is not.
    """

    extraction: Extraction
    links: tuple[tuple[str, str], ...] = ()
    by_hand: tuple[ByHand, ...] = ()


class Judge:
    """Applies links and decisions to articles; `note` comes first, for each of them.

    A decision counts before a link. `described` tells of actors that no article describes.
    """

    def __init__(self, decisions: Decisions, described: Describing = lambda name: None) -> None:
        self._decisions = decisions
        self._described = described
        self._noted: dict[str, tuple[str, Actor]] = {}
        self._named = {i for d in decisions.made for i in (*d.actors, d.into)}
        self._met: set[str] = set()
        self._done: set[tuple[Decision, str]] = set()
        self.links: Mapping[tuple[str, str], Link] = {}

    def note(self, extraction: Extraction) -> None:
        """Remember how articles describe the actors of decisions; the first article counts."""
        for actor in extraction.actors if self._named else ():
            known = self._noted.get(actor.id)
            article = extraction.article.id
            if actor.id in self._named and (known is None or article < known[0]):
                self._noted[actor.id] = article, dataclasses.replace(actor, mentions=(), roles=())

    def judged(self, extraction: Extraction) -> Judged:
        """The findings of an article as they are in the end."""
        article = extraction.article.id
        named = {
            (a.id, span): self._final(a.id, article, span)
            for a in extraction.actors
            for span in (*(m.span for m in a.mentions), None)
        }

        def namer(actor: str, span: TextSpan | None) -> str:
            found = named.get((actor, span))
            return self._final(actor, article, span)[0] if found is None else found[0]

        links = {
            (final, self.links[article, a.id].reason)
            for a in extraction.actors
            if (article, a.id) in self.links
            for final in {named[a.id, m.span][0] for m in a.mentions}
        }
        split = {final for final, way in named.values() if any(d.is_split for _, d in way)}
        changed = self._described_anew(renamed(extraction, namer, self._about), split)
        return Judged(changed, tuple(sorted(links)), tuple(_by_hand(named)))

    def _final(
        self, actor: str, article: str, span: TextSpan | None
    ) -> tuple[str, tuple[tuple[str, Decision], ...]]:
        """The final id, and the decisions on the way with the id that each was taken on."""
        way: list[tuple[str, Decision]] = []
        link = self.links.get((article, actor))
        self._met.add(actor)
        while True:
            decision = self._decisions.step(actor, article, span)
            if decision is not None:
                way.append((actor, decision))
                self._note_done(decision, actor, article, span)
                actor, link = decision.into, None
            elif link is not None:
                actor, link = link.id, None
            else:
                return actor, tuple(way)
            self._met.add(actor)

    def _note_done(
        self, decision: Decision, actor: str, article: str, span: TextSpan | None
    ) -> None:
        if not decision.is_split:
            self._done.add((decision, actor))
        elif article in decision.articles:
            self._done.add((decision, article))
        elif span is not None:
            self._done.add((decision, f"{article}#{span.start}-{span.end}"))

    def _about(self, actor: str) -> Actor | None:
        """How an actor is described in an article that does not know it."""
        known = self._described(actor)
        if known is None and actor in self._noted:
            known = self._noted[actor][1]
        return known

    def _described_anew(self, extraction: Extraction, split: Set[str]) -> Extraction:
        """The findings with names, types and countries that decisions give to unlisted actors.

        Who is `split` off a listed actor is unlisted: what the gazetteer tells is not theirs.
        """
        new = {i for i in split if self._about(i) is None}
        text = extraction.article.text
        own = [_unlisted(a, text) if a.known and a.id in new else a for a in extraction.actors]
        told = {d.into: d for d in self._decisions.made if d.name or d.type or d.country}
        actors = tuple(_told(a, told[a.id]) if a.id in told and not a.known else a for a in own)
        return (
            extraction
            if actors == extraction.actors
            else dataclasses.replace(extraction, actors=actors)
        )

    def idle(self) -> Iterator[tuple[Decision, str]]:
        """Decisions that name what no article judged so far has: each with subject and reason."""
        for decision in self._decisions.made:
            for actor in decision.actors:
                if actor not in self._met:
                    yield decision, f"{actor}: no article has this actor ({decision})"
                elif not decision.is_split and (decision, actor) not in self._done:
                    yield decision, f"{actor}: another decision takes it away ({decision})"
            if not set(decision.actors) <= self._met:
                continue
            for part in (*decision.articles, *map(str, decision.mentions)):
                if (decision, part) not in self._done:
                    yield decision, f"{decision.actors[0]}: has no mention in {part} ({decision})"


def _unlisted(actor: Actor, text: str) -> Actor:
    """Somebody of whom only an article's own words tell."""
    named = [m for m in actor.mentions if m.kind == "name"] or actor.mentions
    words = (" ".join(text[m.span.start : m.span.end].split()) for m in named)
    return Actor(
        actor.id,
        next(words, actor.id),
        actor.type,
        roles=tuple(r for r in actor.roles if r.basis != "gazetteer"),
        mentions=actor.mentions,
    )


def _told(actor: Actor, decision: Decision) -> Actor:
    return dataclasses.replace(
        actor,
        name=decision.name or actor.name,
        type=decision.type or actor.type,
        country=decision.country or actor.country,
    )


def _by_hand(
    named: Mapping[tuple[str, TextSpan | None], tuple[str, tuple[tuple[str, Decision], ...]]],
) -> Iterator[ByHand]:
    found: dict[tuple[str, str, str], set[TextSpan]] = {}
    for (_, span), (final, way) in named.items():
        for former, decision in way if span is not None else ():
            assert span is not None
            found.setdefault((final, former, decision.reason), set()).add(span)
    for (final, former, reason), spans in sorted(found.items()):
        yield ByHand(final, former, tuple(sorted(spans)), reason)
