"""All that one article says, in quads of one named graph.

Participations, statuses, provisions and events are described and hang on claims; nothing here
asserts that they are so.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Protocol

import pyoxigraph as ox
from rdflib import DCTERMS, PROV, SKOS, URIRef

from kg import vocab
from kg.errors import EvidenceError
from kg.rdf.iris import DEFAULT_BASE, Minter, Referent, mention_keys, offsets
from kg.rdf.nodes import (
    Quads,
    boolean,
    clean,
    day,
    decimal,
    integer,
    is_fit,
    sha256,
    string,
    strings,
)
from kg.rdf.provenance import Run
from kg.rdf.terms import OA, ORG, SCHEMA, concept
from kg.records import (
    ARTICLE,
    Actor,
    Agreement,
    AgreementStatus,
    DateExpression,
    Event,
    Extraction,
    Interval,
    Mention,
    Modality,
    Obligation,
    Participation,
    Polarity,
    Provision,
    Role,
    Statement,
    TextSpan,
)

CONTEXT = 32
"""Code points before and after a quotation: enough to find it again in an edited text."""

PIECES = " … "
"""Joins the pieces of an interrupted content."""

UNNAMED = "unnamed source"
"""What somebody is called for whom there are no words, or none that may be written out."""


def article_quads(
    extraction: Extraction, *, base: str = DEFAULT_BASE, text: bool = True, run: Run | None = None
) -> list[ox.Quad]:
    """The graph of one article, without doubles. `text=False` leaves the article's words out.

    Raises:
        EvidenceError: If offsets do not lie in the text, two statements or events share an id,
            a role that the text is said to show has no words, or a date is none.
    """
    writer = _ArticleWriter(extraction, Minter(base), text)
    try:
        return writer.written(run)
    except EvidenceError as error:
        raise EvidenceError(f"{extraction.article.path}: {error}") from error


@dataclass(frozen=True, slots=True)
class _Claimed:
    """How an actor, the article or the unnamed source of a statement presents something."""

    claimant: str | None
    statement: str | None
    polarity: Polarity = "positive"
    modality: Modality = "actual"


class _Told(Protocol):
    """What somebody asserts, in a statement or not."""

    @property
    def asserted_by(self) -> str | None: ...
    @property
    def statement(self) -> str | None: ...


def _claimed(
    told: _Told, polarity: Polarity = "positive", modality: Modality = "actual"
) -> _Claimed:
    """Each statement of somebody unnamed is another's."""
    source = told.statement if told.asserted_by is None else None
    return _Claimed(told.asserted_by, source, polarity, modality)


class _Thing(Protocol):
    """An actor, place or agreement, as far as its mentions go."""

    @property
    def id(self) -> str: ...
    @property
    def mentions(self) -> tuple[Mention, ...]: ...


class _ArticleWriter:
    def __init__(self, extraction: Extraction, minter: Minter, text: bool):
        self._extraction = extraction
        self._article = extraction.article
        self._minter = minter
        self._names = minter.inside(extraction.article.id)
        self._text = text
        self._graph = Quads(minter.article_graph(extraction.article.id))
        self._spans: dict[TextSpan, ox.NamedNode] = {}
        self._actors = {a.id: minter.actor(a.id) for a in extraction.actors}
        self._places = {p.id: minter.place(p.id) for p in extraction.places}
        self._agreements = {a.id: minter.agreement(a.id) for a in extraction.agreements}
        self._statements = {s.id: s for s in extraction.statements}
        self._readings: dict[TextSpan, set[str]] = {}
        for date in extraction.dates:
            self._readings.setdefault(date.span, set()).add(_days(date))

    def written(self, run: Run | None) -> list[ox.Quad]:
        extraction = self._extraction
        self._about_article(run)
        keys = mention_keys(extraction)
        self._mentions("actor", extraction.actors, self._actors, keys)
        self._mentions("place", extraction.places, self._places, keys)
        self._mentions("agreement", extraction.agreements, self._agreements, keys)
        for actor in extraction.actors:
            self._roles(actor)
        _check_ids("statement", (s.id for s in extraction.statements))
        for statement in extraction.statements:
            self._statement(statement)
        for agreement in extraction.agreements:
            self._agreement(agreement)
        _check_ids("event", (e.id for e in extraction.events))
        for event in extraction.events:
            self._event(event)
        _check_ids("obligation", (o.id for o in extraction.obligations))
        for obligation in extraction.obligations:
            self._obligation(obligation)
        self._dates(extraction.dates)
        return self._graph.quads()

    # -- the article

    def _about_article(self, run: Run | None) -> None:
        article, iri, add = self._article, self._names.article, self._graph.add
        self._graph.add_types(iri, vocab.Article)
        add(iri, DCTERMS.identifier, string(article.id))
        add(iri, SCHEMA.headline, self._quoted(article.title))
        add(iri, SCHEMA.datePublished, day(article.published))
        add(iri, vocab.publishedBasis, string(article.published_basis))
        add(iri, SCHEMA.publisher, string(article.publisher))
        add(iri, vocab.publisherActor, self._publisher())
        add(iri, SCHEMA.url, string(article.url))
        add(iri, DCTERMS.language, string(article.language and article.language.lower()))
        add(iri, DCTERMS.rights, string(article.rights))
        add(iri, vocab.textHash, string(sha256(article.text)))
        add(iri, vocab.textLength, integer(len(article.text)))
        add(iri, PROV.wasGeneratedBy, self._minter.run(run.key) if run else None)

    def _publisher(self) -> ox.NamedNode | None:
        if self._article.publisher is None:
            return None
        named = (a for a in self._extraction.actors if a.name == self._article.publisher)
        return next((self._actors[a.id] for a in named if a.type == "media"), None)

    # -- words

    def _span(self, span: TextSpan) -> ox.NamedNode:
        """The node of some words, described when first asked for."""
        known = self._spans.get(span)
        if known is not None:
            return known
        start, end = span
        if not 0 <= start < end <= len(self._article.text):
            raise EvidenceError(
                f"{start}–{end} is no stretch of its {len(self._article.text)} characters"
            )
        node = self._spans[span] = self._names.span(span)
        selector = self._names.selector(span)
        add = self._graph.add
        self._graph.add_types(node, OA.SpecificResource)
        add(node, OA.hasSource, self._names.article)
        add(node, OA.hasSelector, selector)
        self._graph.add_types(selector, OA.TextPositionSelector)
        add(selector, OA.start, integer(start))
        add(selector, OA.end, integer(end))
        self._quote(selector, span)
        return node

    def _quote(self, selector: ox.NamedNode, span: TextSpan) -> None:
        """The words as they are, or, where they may not or cannot be written out, their hash."""
        text, (start, end) = self._article.text, span
        words = text[start:end]
        if not self._text or not is_fit(words):
            self._graph.add(selector, vocab.quoteHash, ox.Literal(sha256(words)))
            return
        self._graph.add_types(selector, OA.TextQuoteSelector)
        self._graph.add(selector, OA.exact, ox.Literal(words))
        before, after = text[max(0, start - CONTEXT) : start], text[end : end + CONTEXT]
        if before := clean(before):
            self._graph.add(selector, OA.prefix, ox.Literal(before))
        if after := clean(after):
            self._graph.add(selector, OA.suffix, ox.Literal(after))

    def _all_spans(self, spans: Iterable[TextSpan]) -> list[ox.NamedNode]:
        return [self._span(s) for s in spans]

    def _quoted(self, words: str | None) -> ox.Literal | None:
        """Words of the article, where they may be written out."""
        return string(words) if self._text else None

    def _found(self, node: ox.NamedNode, kind: URIRef, *spans: TextSpan) -> None:
        """What all that is found in text has: class, article, evidence."""
        self._graph.add_types(node, kind)
        self._graph.add(node, vocab.inArticle, self._names.article)
        self._graph.add(node, vocab.evidence, *self._all_spans(spans))

    def _when(self, node: ox.NamedNode, interval: Interval | None) -> None:
        if interval is not None:
            self._graph.add(node, vocab.from_, day(interval.start))
            self._graph.add(node, vocab.until, day(interval.end))
            self._graph.add(node, vocab.granularity, string(interval.granularity))

    # -- actors

    def _actor(self, name: str) -> ox.NamedNode:
        return self._actors.get(name) or self._minter.actor(name)

    def _all_actors(self, names: Iterable[str]) -> list[ox.NamedNode]:
        return [self._actor(n) for n in names]

    def _referent(self, name: str) -> ox.NamedNode:
        """An actor, else an agreement or place, of that id."""
        return (
            self._actors.get(name)
            or self._agreements.get(name)
            or self._places.get(name)
            or self._minter.actor(name)
        )

    def _mentions(
        self,
        kind: str,
        things: Iterable[_Thing],
        nodes: dict[str, ox.NamedNode],
        keys: dict[tuple[TextSpan, Referent], str],
    ) -> None:
        done: set[str] = set()
        for thing in things:
            for mention in thing.mentions:
                key = keys[mention.span, (kind, thing.id)]
                if key not in done:  # the first of equal words for one referent counts
                    done.add(key)
                    self._mention(self._names.mention(key), nodes[thing.id], mention)

    def _mention(self, node: ox.NamedNode, referent: ox.NamedNode, mention: Mention) -> None:
        add = self._graph.add
        self._found(node, vocab.Mention, mention.span)
        add(node, OA.hasTarget, self._span(mention.span))
        add(node, vocab.refersTo, referent)
        add(node, vocab.mentionKind, concept("mention", mention.kind))
        add(node, vocab.rule, string(mention.rule))
        add(node, vocab.confidence, decimal(mention.confidence))

    def _roles(self, actor: Actor) -> None:
        for role in actor.roles:
            if role.basis == "text":
                self._role(actor, role)

    def _role(self, actor: Actor, role: Role) -> None:
        if role.span is None:
            raise EvidenceError(f'role "{role.role}" of {actor.id}: no words show it')
        key = (actor.id, role.role, role.of, offsets(role.span))
        node, add = self._names.part("role", *key), self._graph.add
        self._found(node, ORG.Membership, role.span)
        add(node, ORG.member, self._actors[actor.id])
        add(node, ORG.organization, self._actor(role.of))
        add(node, vocab.role, string(role.role))
        add(node, vocab.roleTitle, self._quoted(role.title))
        add(node, vocab.attestedOn, day(role.on))
        add(node, vocab.basis, string(role.basis))

    # -- statements

    def _statement(self, statement: Statement) -> None:
        node, add = self._names.statement(statement.id), self._graph.add
        content = self._all_spans(statement.content)
        if not content:
            raise EvidenceError(f"statement {statement.id}: no content")
        self._found(node, vocab.Statement, *statement.content, *statement.cue, *statement.source)
        add(node, vocab.contentSpan, *content)
        add(node, vocab.cueSpan, *self._all_spans(statement.cue))
        add(node, vocab.sourceSpan, *self._all_spans(statement.source))
        add(node, vocab.contentText, self._content(statement))
        add(node, vocab.statementType, concept("statement", statement.type))
        add(node, vocab.cueLemma, string(statement.cue_lemma))
        add(node, vocab.confidence, decimal(statement.confidence))
        add(node, vocab.headline, boolean(statement.headline))
        add(node, vocab.topicOnly, boolean(statement.topic_only))
        if statement.nested_in is not None:
            add(node, vocab.nestedIn, self._names.statement(statement.nested_in))
        self._people(node, statement)
        self._meaning(node, statement)

    def _content(self, statement: Statement) -> ox.Literal | None:
        if not self._text:
            return None
        words = clean(PIECES.join(s.of(self._article.text) for s in statement.content))
        return ox.Literal(words) if is_fit(words) else None

    def _people(self, node: ox.NamedNode, statement: Statement) -> None:
        add = self._graph.add
        if statement.speaker is not None:
            add(node, vocab.speaker, self._actor(statement.speaker))
        if statement.voiced_by is not None:
            add(node, vocab.voicedBy, self._actor(statement.voiced_by))
        if statement.via is not None:
            add(node, vocab.via, self._actor(statement.via))
        add(node, vocab.coSpeaker, *self._all_actors(statement.co_speakers))
        add(node, vocab.target, *self._all_actors(statement.targets))
        add(node, vocab.about, *(self._referent(m) for m in statement.mentions))
        known = [a for a in statement.addressees if a in self._actors]
        add(node, vocab.addressee, *self._all_actors(known))
        if self._text:
            words = [a for a in statement.addressees if a not in self._actors]
            add(node, vocab.addresseeText, *strings(words))
            add(node, vocab.venue, string(statement.venue))

    def _meaning(self, node: ox.NamedNode, statement: Statement) -> None:
        add = self._graph.add
        add(node, vocab.force, concept("force", statement.force))
        if statement.force_secondary is not None:
            add(node, vocab.secondaryForce, concept("force", statement.force_secondary))
        add(node, vocab.polarity, concept("polarity", statement.polarity))
        add(node, vocab.modality, concept("modality", statement.modality))
        if said := statement.said_on:
            add(node, vocab.saidFrom, day(said.start))
            add(node, vocab.saidUntil, day(said.end))
            add(node, vocab.granularity, string(said.granularity))

    # -- agreements

    def _agreement(self, agreement: Agreement) -> None:
        for participation in agreement.participations:
            self._participation(agreement, participation)
        for status in agreement.status:
            self._status(agreement, status)
        for provision in agreement.provisions:
            self._provision(agreement, provision)

    def _participation(self, agreement: Agreement, part: Participation) -> None:
        key = (agreement.id, part.actor, part.role, offsets(part.span))
        node, add = self._names.part("participation", *key), self._graph.add
        self._found(node, vocab.Participation, part.span)
        add(node, vocab.participant, self._actor(part.actor))
        add(node, vocab.inAgreement, self._agreements[agreement.id])
        add(node, vocab.participationRole, concept("participation", part.role))
        claimed = _claimed(part)
        self._claim(("participation", *key), node, claimed, [part.span], part.statement)

    def _status(self, agreement: Agreement, status: AgreementStatus) -> None:
        key = (agreement.id, status.value, offsets(status.span))
        node, add = self._names.part("status", *key), self._graph.add
        self._found(node, vocab.StatusAssertion, status.span)
        add(node, vocab.ofAgreement, self._agreements[agreement.id])
        add(node, vocab.statusValue, concept("status", status.value))
        add(node, vocab.by, *self._all_actors(status.by))
        self._when(node, status.date)
        self._provided(node, status.condition, status.deadline)
        claimed = _claimed(status, status.polarity, status.modality)
        self._claim(("status", *key), node, claimed, [status.span], status.statement)

    def _provision(self, agreement: Agreement, provision: Provision) -> None:
        key = (agreement.id, offsets(provision.span))
        node, add = self._names.part("provision", *key), self._graph.add
        self._found(node, vocab.Provision, provision.span)
        add(node, vocab.ofAgreement, self._agreements[agreement.id])
        add(node, vocab.provisionText, self._quoted(provision.text))
        claimed = _claimed(provision)
        self._claim(("provision", *key), node, claimed, [provision.span], provision.statement)

    def _claim(
        self,
        key: tuple[str, ...],
        claimed: ox.NamedNode,
        how: _Claimed,
        spans: Iterable[TextSpan],
        *statements: str | None,
    ) -> None:
        """That somebody says so: one claim for each claimant and thing."""
        who = (how.claimant,) if how.claimant is not None else ("unnamed", how.statement or "")
        node, add = self._names.part("claim", *key, *who), self._graph.add
        self._found(node, vocab.Claim, *spans)
        add(node, vocab.claims, claimed)
        add(node, vocab.claimant, self._claimant(how))
        add(node, vocab.inStatement, *(self._names.statement(s) for s in statements if s))
        add(node, vocab.polarity, concept("polarity", how.polarity))
        add(node, vocab.modality, concept("modality", how.modality))

    def _claimant(self, how: _Claimed) -> ox.NamedNode:
        if how.claimant is None:
            return self._unnamed(how.statement)
        return self._names.article if how.claimant == ARTICLE else self._actor(how.claimant)

    def _unnamed(self, statement: str | None) -> ox.NamedNode:
        """Who makes a statement, where that is no actor that we know: in the article's words."""
        said = self._statements.get(statement) if statement is not None else None
        if said is None:
            raise EvidenceError("a claim of nobody: neither an actor, the article nor a statement")
        node, add = self._names.part("source", said.id), self._graph.add
        self._found(node, vocab.UnnamedSource, *(said.source or said.cue or said.content))
        words = " ".join(s.of(self._article.text) for s in said.source) if self._text else ""
        fit = clean(words) if is_fit(words) else ""
        add(node, SKOS.prefLabel, string(fit or UNNAMED))
        return node

    def _provided(
        self, node: ox.NamedNode, condition: TextSpan | None, deadline: DateExpression | None
    ) -> None:
        """The words for what must be so first, and the date by which."""
        if condition is not None:
            self._graph.add(node, vocab.condition, self._span(condition))
            self._graph.add(node, vocab.evidence, self._span(condition))
        if deadline is not None:
            self._graph.add(node, vocab.deadline, self._dated(deadline))

    # -- obligations

    def _obligation(self, obligation: Obligation) -> None:
        node, add = self._names.part("obligation", obligation.id), self._graph.add
        self._found(node, vocab.Obligation, obligation.action, obligation.cue)
        add(node, vocab.deonticForce, concept("deontic", obligation.force))
        add(node, vocab.action, self._span(obligation.action))
        add(node, vocab.cueSpan, self._span(obligation.cue))
        add(node, vocab.bearer, *self._all_actors(obligation.bearers))
        add(node, vocab.towards, *self._all_actors(obligation.towards))
        add(node, vocab.under, *(self._agreements[a] for a in obligation.under))
        self._provided(node, obligation.condition, obligation.deadline)
        claimed = _claimed(obligation, modality="called_for")
        key = ("obligation", obligation.id)
        self._claim(key, node, claimed, [obligation.cue], obligation.statement)

    # -- events and dates

    def _event(self, event: Event) -> None:
        node, add = self._names.event(event.id), self._graph.add
        self._found(node, vocab.Event, event.trigger, *(m.span for m in event.mentions))
        add(node, vocab.eventType, concept("event", event.type))
        add(node, vocab.agent, *self._all_actors(event.agents))
        add(node, vocab.target, *self._all_actors(event.targets))
        add(node, vocab.mediator, *self._all_actors(event.mediators))
        if event.place in self._places:
            add(node, vocab.place, self._places[event.place])
        else:
            add(node, vocab.placeText, self._quoted(event.place))
        add(node, vocab.confidence, decimal(event.confidence))
        self._when(node, event.date)
        self._event_claims(node, event)

    def _event_claims(self, node: ox.NamedNode, event: Event) -> None:
        """One claim a voice and way of presenting: who denies and who affirms both have theirs."""
        own = _claimed(event, event.polarity, event.modality)
        claims = {own: ([event.trigger], [event.statement])}
        for m in event.mentions:
            said = _claimed(m, m.polarity, m.modality)
            spans, statements = claims.setdefault(said, ([], []))
            spans.append(m.span)
            statements.append(m.statement)
        voices = Counter((said.claimant, said.statement) for said in claims)
        for said, (spans, statements) in claims.items():
            several = voices[said.claimant, said.statement] > 1
            how = (said.polarity, said.modality) if several else ()
            self._claim(("event", event.id, *how), node, said, spans, *statements)

    def _dated(self, date: DateExpression) -> ox.NamedNode:
        """The node of a date: named by its offsets, and by its days where the words have others."""
        days = self._readings.get(date.span, set())
        if _days(date) not in days:
            raise EvidenceError(f"{date.span.start}–{date.span.end}: a deadline, but no date there")
        several = (_days(date),) if len(days) > 1 else ()
        return self._names.part("date", offsets(date.span), *several)

    def _dates(self, dates: Iterable[DateExpression]) -> None:
        for expression in dates:
            node = self._dated(expression)
            self._found(node, vocab.DateExpression, expression.span)
            self._when(node, expression.interval)
            self._graph.add(node, vocab.rule, string(expression.rule))


def _days(date: DateExpression) -> str:
    return f"{date.start or ''}_{date.end or ''}"


def _check_ids(kind: str, ids: Iterable[str]) -> None:
    seen: set[str] = set()
    for name in ids:
        if name in seen:
            raise EvidenceError(f'two of its {kind}s have the id "{name}"')
        seen.add(name)
