"""Who asserts some words of an article: a speaker, the article itself, or somebody unnamed."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable
from itertools import pairwise
from typing import NamedTuple

from kg.records import ARTICLE, Statement, TextSpan


class Voice(NamedTuple):
    """Who asserts some words, and in which statement.

    `asserted_by` is an actor's id or `ARTICLE`; `None` for a statement whose speaker is no actor
    that we know: a "senior official", protesters, nobody at all. The article does not say so.
    """

    asserted_by: str | None
    statement: Statement | None

    @classmethod
    def of(cls, statement: Statement) -> Voice:
        """The voice of a statement."""
        return cls(statement.speaker, statement)

    @property
    def statement_id(self) -> str | None:
        """The id of the statement, where there is one."""
        return self.statement.id if self.statement is not None else None

    @property
    def key(self) -> tuple[str, str | None]:
        """Equal for what one voice asserts; each statement of somebody unnamed is another's."""
        if self.asserted_by is None:
            return "", self.statement_id
        return self.asserted_by, None


IN_ITS_OWN_WORDS = Voice(ARTICLE, None)


class Voices:
    """The statements of an article, asked by place."""

    def __init__(self, statements: Iterable[Statement]) -> None:
        spans = sorted(
            ((c, s) for s in statements for c in s.content),
            key=lambda pair: (pair[0].end - pair[0].start, pair[0].start, pair[1].id),
        )
        self._bounds = sorted({bound for span, _ in spans for bound in span})
        place = {bound: n for n, bound in enumerate(self._bounds)}
        # between two bounds always the same contents lie around, the shortest first
        self._around: list[list[tuple[TextSpan, Statement]]] = [[] for _ in pairwise(self._bounds)]
        for span, statement in spans:
            for n in range(place[span.start], place[span.end]):
                self._around[n].append((span, statement))

    def at(self, span: TextSpan) -> Voice:
        """The voice of the innermost statement around some words, else the article's own."""
        n = bisect_right(self._bounds, span.start) - 1
        if 0 <= n < len(self._around):
            for content, statement in self._around[n]:
                if content.contains(span):
                    return Voice.of(statement)
        return IN_ITS_OWN_WORDS
