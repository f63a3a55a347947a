"""Agreements: what binds whom, since when, and who says so.

Mentions are found one by one, told apart or put together by type, parties and date, and described
by what
their sentences claim. Parts and statuses are claims of whoever utters them; nothing is merged
between voices.
"""

from __future__ import annotations

import dataclasses
import functools
import re
from collections.abc import Iterable
from typing import TypeVar

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction import conditions
from kg.extraction.agreement_clusters import clusters
from kg.extraction.agreement_drafts import Draft, span_of
from kg.extraction.agreement_page import Dated, Page
from kg.extraction.agreement_status import EXISTS, Status
from kg.extraction.agreement_told import Cluster
from kg.extraction.agreement_when import status_date
from kg.nlp.articles import SECTIONS
from kg.nlp.layers import Marked, read_layer, write_layer
from kg.records import (
    Agreement,
    AgreementStatus,
    DateExpression,
    Interval,
    Mention,
    Participation,
    Provision,
    TextSpan,
)
from kg.resolve import instruments
from kg.resolve.instruments import Instrument, Instruments
from kg.resolve.names import slug

T = TypeVar("T")

AGREEMENTS = "kg_agreements"
"""Key of the layer."""


@Language.factory(
    "kg_agreements",
    requires=["token.dep", "doc.spans"],
    assigns=["doc.spans"],
    default_config={"instruments": []},
)
def make_agreements(nlp: Language, name: str, instruments: list[str]) -> AgreementAnnotator:
    """The component that finds agreements; belongs behind `kg_dates`, `kg_actors` and
    `kg_statements`.

    `instruments` are Turtle files that add to the shipped registry.
    """
    return AgreementAnnotator(tuple(instruments))


class AgreementAnnotator:
    """Doc → Doc, with the layer `kg_agreements`."""

    def __init__(self, files: tuple[str, ...] = ()) -> None:
        self.registry = instruments.load(files)

    def __call__(self, doc: Doc) -> Doc:
        """Find the agreements and keep them in the Doc."""
        found = found_in(doc, self.registry)
        marks = [Marked(m.span, a.type, a.id) for a in found for m in a.mentions]
        write_layer(doc, AGREEMENTS, marks, agreements=found)
        return doc


def agreements(doc: Doc) -> tuple[Agreement, ...]:
    """The agreements that the article behind `doc` tells of, by first mention.

    Raises:
        MissingAnnotation: If `kg_agreements` did not run.
    """
    return read_layer(doc, AGREEMENTS, "agreements", Agreement)


def found_in(doc: Doc, registry: Instruments) -> list[Agreement]:
    """The agreements of a Doc that has dates, actors and statements."""
    page = Page(doc)
    groups = clusters(page, registry)
    records = [_record(page, cluster, registry) for cluster in groups]
    return _merged(_told_apart(page, groups, records))


def _told_apart(page: Page, groups: list[Cluster], records: list[Agreement]) -> list[Agreement]:
    """Records of one id that one sentence introduces as two, by what tells them from each other:
    "signed a fishing treaty and an extradition treaty".
    """
    introduced = [
        {page.sentence_start[d.noun] for d in g.drafts if d.article == "indefinite"} for g in groups
    ]
    found = []
    for i, record in enumerate(records):
        alike = [
            j
            for j, other in enumerate(records)
            if j != i and other.id == record.id and introduced[i] & introduced[j]
        ]
        theirs = {m for j in alike for m in groups[j].modifiers}
        own = sorted(groups[i].modifiers - theirs)
        if alike and own:
            record = dataclasses.replace(record, id=slug(f"{record.id}-{own[0]}"))
        found.append(record)
    return found


def _merged(records: list[Agreement]) -> list[Agreement]:
    """Agreements of one id put together."""
    by_id: dict[str, list[Agreement]] = {}
    for record in records:
        by_id.setdefault(record.id, []).append(record)
    return [functools.reduce(_joined, group) for group in by_id.values()]


def _joined(one: Agreement, other: Agreement) -> Agreement:
    mentions = sorted({*one.mentions, *other.mentions}, key=lambda m: m.span)
    return dataclasses.replace(
        one,
        parties=_unique(one.parties, other.parties),
        mediators=_unique(one.mediators, other.mediators),
        guarantors=_unique(one.guarantors, other.guarantors),
        date=one.date or other.date,
        status=_unique(one.status, other.status),
        provisions=_unique(one.provisions, other.provisions),
        participations=_unique(one.participations, other.participations),
        resolves_to=_unique(one.resolves_to, other.resolves_to),
        mentions=tuple(mentions),
    )


def _unique(*groups: Iterable[T]) -> tuple[T, ...]:
    return tuple(dict.fromkeys(item for group in groups for item in group))


# ---------------------------------------------------------- one record


def _record(page: Page, cluster: Cluster, registry: Instruments) -> Agreement:
    participations = _participations(page, cluster)
    parties = _with_role(page, participations, "party")
    date = cluster.made
    known = _linked(page, cluster, parties, registry)
    sure = known[0] if len(known) == 1 and not (cluster.plural and not known[0].is_set) else None
    if sure is not None:
        participations = _unique(participations, _bound_as_known(page, cluster, sure))
        parties = _with_role(page, participations, "party")
    mediators = _with_role(page, participations, "mediator")
    kind = _type(page, cluster, known, parties, registry)
    members = _members(known) if sure is None or not sure.is_set else sure.members
    return Agreement(
        id=sure.id if sure else _id(page, cluster, kind, parties, date),
        label=sure.label if sure else _label(page, cluster, kind, parties, date),
        type=kind,
        is_set=cluster.plural,
        parties=parties,
        mediators=mediators,
        guarantors=_with_role(page, participations, "guarantor"),
        date=date,
        status=_statuses(page, cluster),
        provisions=_provisions(page, cluster),
        participations=participations,
        resolves_to=members,
        mentions=_mentions(page, cluster),
    )


def _members(known: tuple[Instrument, ...]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(item.id for item in known))


def _participations(page: Page, cluster: Cluster) -> tuple[Participation, ...]:
    found: dict[object, Participation] = {}
    parts = cluster.parts
    helping = {p.actor for p in parts if p.role == "mediator"}
    bound = {
        m for p in parts if p.tie == "bound" and p.role == "party" for m in page.principals(p.actor)
    }
    signing = {m for p in parts if p.role == "party" for m in page.principals(p.actor)}
    for part in parts:
        body = page.actor(part.actor)
        if part.role == "party" and body.type == "military" and body.country in signing:
            continue  # "the British army pact": Britain made it
        if part.tie == "asked" and len(bound) > 1 and part.actor not in bound:
            continue  # "France threatened not to sign": others made it
        if part.role == "party" and _are_helpers(page, part.actor, helping):
            continue
        span = page.chars(part.start, part.end)
        voice = page.voice(span)
        for actor in page.principals(part.actor):
            record = Participation(actor, part.role, voice.asserted_by, span, voice.statement_id)
            found.setdefault((actor, part.role, voice.key), record)
    return tuple(found.values())


def _bound_as_known(page: Page, cluster: Cluster, known: Instrument) -> list[Participation]:
    """ "The grain deal *lets Ukraine export*": whom it names and the registry knows as bound."""
    found: dict[str, Participation] = {}
    for words in cluster.provisions:
        start, end = page.tokens(words)
        for name in (n for k in range(start, end) for n in page.names(k)):
            span = page.chars(name.start, name.end)
            voice = page.voice(span)
            for actor in page.principals(name.actor):
                if actor in known.parties:
                    who, utterance = voice.asserted_by, voice.statement_id
                    found.setdefault(actor, Participation(actor, "party", who, span, utterance))
    return list(found.values())


def _are_helpers(page: Page, actor: str, helping: set[str]) -> bool:
    """ "The two sides" that were taken for one who mediates between them."""
    group = page.actor(actor)
    members = set(page.principals(actor))
    return group.type == "group" and len(members) > 1 and bool(members & helping)


def _with_role(page: Page, participations: Iterable[Participation], role: str) -> tuple[str, ...]:
    return tuple(dict.fromkeys(p.actor for p in participations if p.role == role))


def _statuses(page: Page, cluster: Cluster) -> tuple[AgreementStatus, ...]:
    found: dict[object, AgreementStatus] = {}
    helping = {p.actor for p in cluster.parts if p.role == "mediator"}
    for draft, statuses in cluster.claims:
        for status in statuses:
            record = _status(page, draft, status, helping)
            key = (record.value, page.voice(record.span).key, record.polarity)
            told = found.setdefault(key, record)
            if not told.by and record.by:
                found[key] = record
    return tuple(found.values())


def _status(page: Page, draft: Draft, status: Status, helping: set[str]) -> AgreementStatus:
    span = page.chars(status.cue.start, status.cue.end)
    voice = page.voice(span)
    doers = (a for a in status.by if not _are_helpers(page, a, helping))
    date = status_date(page, status, draft)
    modality = status.modality
    if voice.statement is not None and voice.statement.topic_only and modality == "actual":
        modality = "unconfirmed"  # what somebody was asked about, or did not say
    actual = modality == "actual"
    return AgreementStatus(
        value=status.value,
        asserted_by=voice.asserted_by,
        span=span,
        statement=voice.statement_id,
        # "denied" itself says no; a negative claim of it would say yes
        polarity="positive" if status.value == "denied" else status.polarity,
        modality="future" if _ahead(page, date) and actual else modality,
        by=tuple(dict.fromkeys(m for a in doers for m in page.principals(a))),
        date=date.date.interval if date is not None else None,
        condition=_condition(page, status),
        deadline=_deadline(page, status, date),
    )


def _condition(page: Page, status: Status) -> TextSpan | None:
    """What must be so first, of what is not told as a fact."""
    if status.modality == "actual" and status.value in EXISTS:
        return None
    tokens = conditions.condition(page.doc[status.cue.token])
    return page.chars(*tokens) if tokens is not None else None


def _deadline(page: Page, status: Status, date: Dated | None) -> DateExpression | None:
    """By when it is to come about."""
    if date is None or (status.modality == "actual" and status.value in EXISTS):
        return None
    return conditions.deadline([date], page.doc[status.cue.token])


def _ahead(page: Page, date: Dated | None) -> bool:
    if date is None or date.date.start is None or page.published is None:
        return False
    return date.date.start > page.published.isoformat()


def _provisions(page: Page, cluster: Cluster) -> tuple[Provision, ...]:
    found = []
    for span in dict.fromkeys(cluster.provisions):
        voice = page.voice(span)
        found.append(Provision(span.of(page.text), span, voice.asserted_by, voice.statement_id))
    return tuple(found)


def _mentions(page: Page, cluster: Cluster) -> tuple[Mention, ...]:
    drafts = sorted(cluster.drafts, key=lambda d: d.noun)
    return tuple(_mention(page, draft) for draft in drafts if not (draft.silent or draft.part))


def _mention(page: Page, draft: Draft) -> Mention:
    if draft.pronoun:
        return Mention(span_of(page, draft), "pronoun", "agreement: pronoun", 0.6)
    if draft.name is not None:
        return Mention(span_of(page, draft), "name", "agreement: registry or number", 0.95)
    rule = "agreement: noun" if draft.sure else "agreement: taken up again"
    return Mention(span_of(page, draft), "nominal", rule, 0.9 if draft.sure else 0.7)


# ---------------------------------------------------------- identity


def _linked(
    page: Page, cluster: Cluster, parties: tuple[str, ...], registry: Instruments
) -> tuple[Instrument, ...]:
    """The known instruments that the description fits."""
    if cluster.exists is False and not cluster.names:
        return ()
    found: dict[str, Instrument] = {}
    for name in sorted(cluster.names):
        around = parties or tuple(
            a.id for a in page.referents.by_id.values() if a.type not in {"media", "person"}
        )
        around = page.countries(around)
        for item in registry.candidates(name=name, parties=around, made=cluster.made):
            found[item.id] = item
    if not found and not cluster.names:
        kind = None if cluster.type in {"ceasefire", "peace_treaty"} else cluster.type
        for item in registry.candidates(kind, page.states(parties), cluster.made):
            found[item.id] = item
    if not found and not cluster.names and not cluster.plural:
        told = page.countries(page.referents.by_id)
        for item in registry.of_day(cluster.type, cluster.made, told):
            if set(page.states(parties)) <= item.participants:
                found[item.id] = item
    return tuple(found.values())


def _type(
    page: Page,
    cluster: Cluster,
    known: tuple[Instrument, ...],
    parties: tuple[str, ...],
    registry: Instruments,
) -> str:
    """The type in the article's words; where they only say "agreement", that of the instruments
    it stands for.
    """
    if cluster.names and not known and parties:
        # another one of the same name: what the registry says of that name is not about it
        bearers = [i for n in sorted(cluster.names) for i in registry.named(n)]
        around = {*parties, *(page.actor(p).country for p in parties)}
        if all(i.parties and not i.participants & around for i in bearers):
            said = [d.noun_type for d in cluster.drafts if d.noun_type]
            kinds = [d.type for d in cluster.drafts if d.name is None and d.type != "arrangement"]
            return next(iter((*kinds, *said)), "arrangement")
    common = set.intersection(*({*i.types} for i in known)) if known else set()
    if cluster.type == "arrangement" and common:
        return next(t for t in known[0].types if t in common)
    return cluster.type


def _id(
    page: Page, cluster: Cluster, kind: str, parties: tuple[str, ...], date: Interval | None
) -> str:
    """The same in every article that tells as much; of one article where little is told."""
    pieces = [kind.replace("_", "-")]
    if cluster.plural:
        pieces.append("set")
    if cluster.names:
        return "-".join([*pieces, slug(min(cluster.names))])
    when = _when(date)
    if len(parties) >= 2 or (parties and when):
        pieces += sorted(p.lower() for p in page.states(parties))
        where = min(cluster.places, default="") if len(parties) >= 2 else ""
        made = where or when
        pieces += [made] if made else ["planned"] if cluster.exists is False else []
        return slug("-".join(pieces))
    first = min(cluster.drafts, key=lambda d: d.noun)
    spans = page.doc.spacy.spans
    attrs = dict(spans[SECTIONS].attrs) if SECTIONS in spans else {}
    return slug(
        "-".join([*pieces, str(attrs.get("id") or "article"), str(span_of(page, first).start)])
    )


def _when(date: Interval | None) -> str:
    if date is None or date.start is None:
        return ""
    if date.end is not None and date.start[:4] != date.end[:4]:
        return f"{date.start[:4]}-{date.end[:4]}"
    if date.start == date.end:
        return date.start
    whole_year = date.start.endswith("-01-01") and (date.end or "").endswith("-12-31")
    return date.start[:4] if whole_year else date.start[:7]


TYPE_WORDS = {
    "ceasefire": ("Ceasefire", "Ceasefires"),
    "peace_treaty": ("Peace treaty", "Peace treaties"),
    "treaty": ("Treaty", "Treaties"),
    "joint_statement": ("Joint statement", "Joint statements"),
    "declaration": ("Declaration", "Declarations"),
    "memorandum": ("Memorandum", "Memoranda"),
    "protocol": ("Protocol", "Protocols"),
    "resolution": ("Resolution", "Resolutions"),
    "roadmap": ("Roadmap", "Roadmaps"),
    "arrangement": ("Agreement", "Agreements"),
}


def _label(
    page: Page, cluster: Cluster, kind: str, parties: tuple[str, ...], date: Interval | None
) -> str:
    words = TYPE_WORDS[kind][cluster.plural]
    when = f" ({_when(date)})" if _when(date) else ""
    if cluster.names:
        first = min((d for d in cluster.drafts if d.name), key=lambda d: d.noun)
        start = first.start + (page.low[first.start] in {"the", "a", "an"})
        return page.chars(start, first.noun_end).of(page.text)
    if parties:
        named = [page.actor(p).name for p in sorted(parties)]
        between = f"{', '.join(named[:-1])} and {named[-1]}" if len(named) > 1 else named[0]
        return f"{words}{' between' if len(named) > 1 else ' of'} {between}{when}"
    first = min(cluster.drafts, key=lambda d: d.noun)
    start = first.start + (
        first.article in {"definite", "indefinite", "anaphor", "no"} and first.start < first.noun
    )
    text = page.chars(max(start, first.noun - 4), first.noun_end).of(page.text)
    text = re.sub('[“”"«»]', "", text)
    return f"{text[:1].upper()}{text[1:]}{when}"
