"""Who is meant by some words: the mentions of a Doc, asked by span."""

from __future__ import annotations

import re
from dataclasses import dataclass

from spacy.tokens import Doc

from kg.extract.actors import actors
from kg.records import Actor, Mention, TextSpan

_POSTMODIFIER = re.compile(
    r"(?<=\s)(?:of|in|from|for|to|at|on|with|by|against|near|who|which|that|whose)\b|[,(–—]"
)
_WORD = re.compile(r"\w+(?:[.'’-]\w+)*")


@dataclass(frozen=True)
class Referents:
    """The actors of one Doc and where they are mentioned."""

    text: str
    by_id: dict[str, Actor]
    ordered: tuple[tuple[Mention, str], ...]
    """Mentions with the actor's id, in reading order, longer ones first."""

    @classmethod
    def of(cls, doc: Doc) -> Referents:
        """The referents of a Doc that has been through `kg_actors`."""
        found = actors(doc)
        pairs = [(mention, actor.id) for actor in found for mention in actor.mentions]
        pairs.sort(key=lambda pair: (pair[0].span.start, -pair[0].span.end, pair[1]))
        return cls(doc.text, {actor.id: actor for actor in found}, tuple(pairs))

    def at(self, span: TextSpan) -> str | None:
        """The actor whose mention heads some words, else the one that fills most of them.

        "Kremlin spokesman Peskov" is Peskov, "the Russian Defence Ministry" the ministry.
        """
        inside = [pair for pair in self.ordered if span.overlaps(pair[0].span)]
        if not inside:
            return None
        head = self._head(span)
        heading = [pair for pair in inside if self._head(pair[0].span).overlaps(head)]
        if not heading:
            heading = self._named_in_front(span, inside)
        if not heading:
            return None
        return max(heading, key=lambda pair: self._fit(span, pair[0].span))[1]

    def within(self, span: TextSpan) -> tuple[str, ...]:
        """The actors mentioned inside some words, in order, each once."""
        inside = (actor for mention, actor in self.ordered if span.contains(mention.span))
        return tuple(dict.fromkeys(inside))

    def mentions_in(self, span: TextSpan) -> tuple[tuple[Mention, str], ...]:
        """The mentions that lie inside some words, each with its actor's id."""
        return tuple(pair for pair in self.ordered if span.contains(pair[0].span))

    def actor(self, actor_id: str) -> Actor:
        """The actor with an id that one of the other questions answered."""
        return self.by_id[actor_id]

    def _named_in_front(
        self, span: TextSpan, inside: list[tuple[Mention, str]]
    ) -> list[tuple[Mention, str]]:
        """A person named before a comma: "Edmon Marukyan, Armenian ambassador-at-large"."""
        people = [
            p for p in inside if self.by_id[p[1]].type == "person" and span.contains(p[0].span)
        ]
        named = [p for p in people if p[0].kind == "name"]
        return (named or people)[:1]

    @staticmethod
    def _fit(span: TextSpan, mention: TextSpan) -> tuple[int, int]:
        shared = min(span.end, mention.end) - max(span.start, mention.start)
        return shared - max(0, mention.end - mention.start - shared), -mention.start

    def _head(self, span: TextSpan) -> TextSpan:
        """The last word of a phrase before what modifies it from behind."""
        surface = re.sub(r"['’]s?$", "", span.of(self.text))
        cut = len(surface)
        for match in _POSTMODIFIER.finditer(surface):
            if surface[: match.start()].strip():
                cut = match.start()
                break
        words = list(_WORD.finditer(surface, 0, cut)) or list(_WORD.finditer(surface))
        if not words:
            return span
        return TextSpan(span.start + words[-1].start(), span.start + words[-1].end())
