"""What an article has mentioned so far, in reading order."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from kg.extraction.cast import Cast, Draft
from kg.extraction.gazetteer import View
from kg.nlp import syntax


class Seen(NamedTuple):
    """A mention that has been understood: where, whose, and whether it is a subject."""

    token: int
    sentence: int
    actor: str
    subject: bool
    name: bool


@dataclass
class Context:
    """What was mentioned so far, in reading order."""

    view: View
    cast: Cast
    seen: list[Seen] = field(default_factory=list)
    within: dict[int, int] = field(default_factory=dict)
    """For the tokens of mentions, the token that heads them."""
    named: dict[int, str] = field(default_factory=dict)
    """Who is named at a token, wherever in the article."""

    def note(self, token: int, actor: str, *, name: bool, tokens: Iterable[int] = ()) -> None:
        """Add a mention headed by a token, and made of `tokens`."""
        noun = self.view.doc[token]
        subject = noun.dep_ in syntax.SUBJECT
        if noun.dep_ in syntax.APPOSITION and noun.head.dep_ in syntax.SUBJECT:
            # "their spokesman, *Paz*, left"; where a verb has two subjects, the parse errs
            subject = len(list(syntax.children(noun.head.head, syntax.SUBJECT))) == 1
        k = len(self.seen)  # who says a quotation is understood before what is in it
        while k and self.seen[k - 1].token > token:
            k -= 1
        self.seen.insert(k, Seen(token, self.view.sentence[token], actor, subject, name))
        for i in (token, *tokens):
            self.within.setdefault(i, token)

    def rename(self, old: str, new: str) -> None:
        """Make the mentions of one actor those of another."""
        self.seen = [s._replace(actor=new) if s.actor == old else s for s in self.seen]

    def draft(self, actor: str) -> Draft:
        """The actor of a mention."""
        return self.cast.actors[actor]

    def actor_at(self, token: int) -> str | None:
        """Whose mention a token belongs to, if it was understood by now."""
        head = self.within.get(token)
        if head is None:
            return None
        return next((s.actor for s in reversed(self.seen) if s.token == head), None)

    def before(self, token: int, *, sentences: int = 1 << 30) -> Iterator[Seen]:
        """Mentions before a token or the end, nearest first, at most so many sentences back."""
        oldest = self.view.sentence[min(token, len(self.view) - 1)] - sentences
        for seen in reversed(self.seen):
            if seen.token < token:
                if seen.sentence < oldest:
                    return
                yield seen

    def latest(
        self, token: int, fits: Callable[[Draft], bool], *, sentences: int = 1 << 30
    ) -> str | None:
        """The fitting actor mentioned last before a token; for a headline, else first after."""
        for seen in self.before(token, sentences=sentences):
            if fits(self.draft(seen.actor)):
                return seen.actor
        if self.view.titled(token):
            for seen in self.seen:
                if seen.token > token and fits(self.draft(seen.actor)):
                    return seen.actor
        return None
