"""The words everyone shares: frozen records between reading, extraction and RDF.

Field names are the keys of the output contract, so that `plain(extraction)` is what `kg extract`
prints. All offsets count Unicode code points of `Article.text`, half-open. Absent is `None` or
`()`, never an invented value.
"""

from __future__ import annotations

import dataclasses
import functools
import hashlib
import types
import typing
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any, Literal, NamedTuple, TypeVar

SectionKind = Literal[
    "headline", "standfirst", "subhead", "dateline", "caption", "credit", "teaser", "boilerplate"
]
PublishedBasis = Literal["metadata", "text", "option"]
ActorType = Literal[
    "state",
    "de_facto_state",
    "government_body",
    "military",
    "peacekeepers",
    "armed_group",
    "international_organization",
    "organization",
    "media",
    "person",
    "population",
    "group",
]
MentionKind = Literal["name", "metonym", "nominal", "pronoun"]
StatementType = Literal["direct", "mixed", "indirect"]
Polarity = Literal["positive", "negative"]
Modality = Literal["actual", "possible", "called_for", "conditional", "future", "unconfirmed"]
ParticipationRole = Literal["party", "mediator", "guarantor", "signatory", "witness"]
DeonticForce = Literal["must", "should", "hoped", "must_not", "should_not"]

ARTICLE = "article"
"""Stands in `asserted_by` where the article itself asserts; `None` where somebody does, in the
words of `statement`, who is no actor that we know."""


class TextSpan(NamedTuple):
    """A stretch of `Article.text`: `text[start:end]`, in code points."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The words."""
        return text[self.start : self.end]

    def overlaps(self, other: TextSpan) -> bool:
        """The two share at least one character."""
        return self.start < other.end and other.start < self.end

    def contains(self, other: TextSpan) -> bool:
        """`other` lies wholly inside."""
        return self.start <= other.start and other.end <= self.end


@dataclass(frozen=True, slots=True)
class Section:
    """A labelled part of an article; what no section covers is body."""

    kind: SectionKind
    span: TextSpan


@dataclass(frozen=True, slots=True)
class Article:
    """One text as its reader gave it; `text` is final.

    `published` is an ISO date (YYYY-MM-DD) and the anchor of relative dates; `published_basis` says
    where it came from.
    """

    id: str
    path: str
    text: str
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    published_basis: PublishedBasis | None = None
    language: str | None = None
    rights: str | None = None
    sections: tuple[Section, ...] = ()

    @property
    def sha256(self) -> str:
        """Hexadecimal digest of the UTF-8 bytes of `text`."""
        return hashlib.sha256(self.text.encode("utf-8")).hexdigest()

    def section_at(self, offset: int) -> SectionKind | None:
        """The label at an offset; `None` is body."""
        return next((s.kind for s in self.sections if s.span.start <= offset < s.span.end), None)


@dataclass(frozen=True, slots=True)
class Interval:
    """Dates from `start` to `end`, both included (ISO); an open side is `None`."""

    start: str | None
    end: str | None
    granularity: str


@dataclass(frozen=True, slots=True)
class Mention:
    """Words that stand for an actor or place; `rule` says why, `confidence` (0–1) how surely."""

    span: TextSpan
    kind: MentionKind = "name"
    rule: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True, slots=True)
class Role:
    """An office or function: `role` of the actor `of`, attested `on` a date.

    `basis` tells whether the text shows it (then `span` are its words) or the gazetteer knows it.
    """

    role: str
    of: str
    on: str | None = None
    title: str | None = None
    basis: Literal["text", "gazetteer"] = "text"
    span: TextSpan | None = None


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who can act or speak; `id` is the same in every article.

    `country` is an ISO 3166 alpha-3 code; `known` tells that the gazetteer has it.
    """

    id: str
    name: str
    type: ActorType
    country: str | None = None
    part_of: str | None = None
    members: tuple[str, ...] = ()
    same_as: tuple[str, ...] = ()
    roles: tuple[Role, ...] = ()
    known: bool = False
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Place:
    """Where something happens; not an actor."""

    id: str
    name: str
    country: str | None = None
    same_as: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Statement:
    """Somebody's reported words: who said what, to whom, about whom.

    `speaker` is an actor id, or `None` where nobody is named. `id` is unique in its article and
    made of offsets. `said_on` is when it was said; `modality` and `polarity` are those of the
    content.
    """

    id: str
    type: StatementType
    content: tuple[TextSpan, ...]
    cue: tuple[TextSpan, ...] = ()
    source: tuple[TextSpan, ...] = ()
    cue_lemma: str | None = None
    speaker: str | None = None
    co_speakers: tuple[str, ...] = ()
    voiced_by: str | None = None
    via: str | None = None
    addressees: tuple[str, ...] = ()
    venue: str | None = None
    targets: tuple[str, ...] = ()
    mentions: tuple[str, ...] = ()
    force: str = "assert"
    force_secondary: str | None = None
    polarity: Polarity = "positive"
    modality: Modality = "actual"
    confidence: float = 1.0
    headline: bool = False
    topic_only: bool = False
    nested_in: str | None = None
    same_as: str | None = None
    said_on: Interval | None = None


@dataclass(frozen=True, slots=True)
class Participation:
    """An actor's part in an agreement, as somebody puts it: an actor id, "article", or `None`."""

    actor: str
    role: ParticipationRole
    asserted_by: str | None
    span: TextSpan
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class AgreementStatus:
    """A status of an agreement, as somebody (an actor id or "article") asserts it; never a fact.

    `by` are the actors that the status is about (who violated, who signed); `date` is when. Of what
    is yet to come about, `condition` are the words for what must be so first, `deadline` by when.
    """

    value: str
    asserted_by: str | None
    span: TextSpan
    statement: str | None = None
    polarity: Polarity = "positive"
    modality: Modality = "actual"
    by: tuple[str, ...] = ()
    date: Interval | None = None
    condition: TextSpan | None = None
    deadline: DateExpression | None = None


@dataclass(frozen=True, slots=True)
class Provision:
    """What an agreement lays down, in the article's words."""

    text: str
    span: TextSpan
    asserted_by: str | None = ARTICLE
    statement: str | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """An instrument or understanding between actors, whatever its stage; consent is none.

    `parties` and `mediators` sum up `participations`, where differing voices stand side by side.
    `resolves_to` are candidates among the known instruments; of a set (`is_set`), its members.
    """

    id: str
    label: str
    type: str
    is_set: bool = False
    parties: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    guarantors: tuple[str, ...] = ()
    date: Interval | None = None
    status: tuple[AgreementStatus, ...] = ()
    provisions: tuple[Provision, ...] = ()
    participations: tuple[Participation, ...] = ()
    resolves_to: tuple[str, ...] = ()
    mentions: tuple[Mention, ...] = ()


@dataclass(frozen=True, slots=True)
class Registered:
    """Where a known instrument (`id`) can be looked up: its numbers in registers, pages that its
    facts were taken from, and pages where they can be checked, which nobody has opened.
    """

    id: str
    identifiers: tuple[str, ...] = ()
    sources: tuple[str, ...] = ()
    to_check: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class EventMention:
    """Further words for an event, and who utters them; `trigger` is `span`, as an event calls
    it.
    """

    span: TextSpan
    asserted_by: str | None
    statement: str | None = None
    polarity: Polarity = "positive"
    modality: Modality = "actual"
    trigger: TextSpan | None = None

    def __post_init__(self) -> None:
        object.__setattr__(self, "trigger", self.span)


@dataclass(frozen=True, slots=True)
class Event:
    """A situation that somebody describes, in the PLOVER scheme; that it happened is not said."""

    id: str
    type: str
    trigger: TextSpan
    asserted_by: str | None
    agents: tuple[str, ...] = ()
    targets: tuple[str, ...] = ()
    mediators: tuple[str, ...] = ()
    place: str | None = None
    date: Interval | None = None
    statement: str | None = None
    polarity: Polarity = "positive"
    modality: Modality = "actual"
    confidence: float = 1.0
    mentions: tuple[EventMention, ...] = ()


@dataclass(frozen=True, slots=True)
class DateExpression:
    """Words that name a time, and the days they stand for; `rule` says how that was found."""

    span: TextSpan
    start: str | None
    end: str | None
    granularity: str
    rule: str | None = None

    @property
    def interval(self) -> Interval:
        """The days without the words."""
        return Interval(self.start, self.end, self.granularity)


@dataclass(frozen=True, slots=True)
class Obligation:
    """What somebody (`asserted_by`) calls on others to do, or not to do; that they ought to is not
    said.

    `bearers` are to do what the words of `action` tell, `towards` those whom it concerns; `cue` are
    the words that make it an obligation, `under` the agreements by which it is owed or that are to
    be kept.
    """

    id: str
    force: DeonticForce
    action: TextSpan
    cue: TextSpan
    asserted_by: str | None
    statement: str | None = None
    bearers: tuple[str, ...] = ()
    towards: tuple[str, ...] = ()
    under: tuple[str, ...] = ()
    condition: TextSpan | None = None
    deadline: DateExpression | None = None


@dataclass(frozen=True, slots=True)
class Extraction:
    """All that one article says, with the words that prove it."""

    article: Article
    actors: tuple[Actor, ...] = ()
    places: tuple[Place, ...] = ()
    statements: tuple[Statement, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    events: tuple[Event, ...] = ()
    dates: tuple[DateExpression, ...] = ()
    obligations: tuple[Obligation, ...] = ()
    warnings: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Failure:
    """An input that gave no extraction, and why, in words for a user."""

    path: str
    reason: str


R = TypeVar("R")
Converter = Callable[[Any], Any]


def plain(value: Any) -> Any:
    """A record as dicts, lists, strings and numbers: the output contract, what JSON can hold."""
    kind = type(value)
    if kind is str or value is None:
        return value
    if kind is tuple or kind is list or kind is TextSpan:
        return [plain(v) for v in value]
    names = _field_names(kind)  # type: ignore[arg-type]  # classes are hashable
    if names is None:
        return value
    return {name: plain(getattr(value, name)) for name in names}


def restore(kind: type[R], data: Any) -> R:
    """The record that `plain` turned into `data`; keys that `kind` does not know are ignored."""
    values = {}
    for name, convert in _converters(kind):  # type: ignore[arg-type]  # classes are hashable
        if name in data:
            value = data[name]
            values[name] = value if convert is None or value is None else convert(value)
    return kind(**values)


def restore_all(kind: type[R], items: Iterable[Any]) -> tuple[R, ...]:
    """`restore` for each item."""
    return tuple(restore(kind, item) for item in items)


@functools.cache
def _field_names(kind: type) -> tuple[str, ...] | None:
    if not dataclasses.is_dataclass(kind):
        return None
    return tuple(f.name for f in dataclasses.fields(kind))


@functools.cache
def _converters(kind: type) -> tuple[tuple[str, Converter | None], ...]:
    """For each field what makes its value of plain data; `None` where the data is the value."""
    hints = typing.get_type_hints(kind)
    return tuple((name, _converter(hints[name])) for name in _field_names(kind) or ())


def _converter(hint: Any) -> Converter | None:
    origin = typing.get_origin(hint)
    if hint is TextSpan:
        return TextSpan._make
    if isinstance(hint, type) and dataclasses.is_dataclass(hint):
        return functools.partial(restore, hint)
    if origin is tuple:
        item = _converter(typing.get_args(hint)[0])
        return tuple if item is None else functools.partial(_each, item)
    if origin in (types.UnionType, typing.Union):
        return _converter(next(a for a in typing.get_args(hint) if a is not type(None)))
    return None


def _each(convert: Converter, values: Iterable[Any]) -> tuple[Any, ...]:
    return tuple(map(convert, values))
