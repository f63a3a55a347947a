"""Doc → `Extraction`: the layers of all components put together, with what only the whole can
tell.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable

from spacy.tokens import Doc

from kg.extraction.actors import actors, places
from kg.extraction.agreements import agreements
from kg.extraction.dates import dates
from kg.extraction.events import events
from kg.extraction.mentions import Referents
from kg.extraction.obligations import obligations
from kg.extraction.statements import statements
from kg.records import Agreement, Article, Extraction, Statement


def extraction(doc: Doc, article: Article) -> Extraction:
    """All that an article says, from the Doc that the whole pipeline has seen.

    Raises:
        MissingAnnotation: If a component did not run.
    """
    found = agreements(doc)
    referents = Referents.of(doc)
    return Extraction(
        article=article,
        actors=actors(doc),
        places=places(doc),
        statements=tuple(_mentioning(s, referents, found) for s in statements(doc)),
        agreements=found,
        events=events(doc),
        dates=dates(doc),
        obligations=obligations(doc),
        warnings=tuple(_warnings(article)),
    )


def _mentioning(
    statement: Statement, referents: Referents, found: Iterable[Agreement]
) -> Statement:
    """The statement, naming the actors and agreements that its content mentions."""
    ids = dict.fromkeys(i for span in statement.content for i in referents.within(span))
    for agreement in found:
        if any(s.contains(m.span) for s in statement.content for m in agreement.mentions):
            ids[agreement.id] = None
    return dataclasses.replace(statement, mentions=tuple(ids))


def _warnings(article: Article) -> Iterable[str]:
    if article.published is None:
        yield "no date of publication: relative dates are not resolved (--published sets one)"
    letters = [c for c in article.text if c.isalpha()]
    if letters and sum(c.isascii() for c in letters) < 0.5 * len(letters):
        yield "mostly not in Latin script: the pipeline reads English only"
