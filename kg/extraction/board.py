"""What the steps of linking share about one article: its tokens, its cast, what stands where."""

from __future__ import annotations

from typing import NamedTuple

from spacy.tokens import Doc

from kg.extraction.cast import Cast
from kg.extraction.context import Context
from kg.extraction.gazetteer import Hit, View
from kg.extraction.units import Anchors, Unit
from kg.nlp.articles import front_matter, published
from kg.records import MentionKind, TextSpan
from kg.resolve.gazetteer import Entry, Gazetteer, Sense

STATE_TYPES = frozenset({"state", "de_facto_state"})


class Resolved(NamedTuple):
    """A mention that is understood: its head token, its tokens (half-open) and whose it is."""

    head: int
    first: int
    last: int
    actor: str
    name: bool


class Located(NamedTuple):
    """A place that is named: its token, sentence and country."""

    token: int
    sentence: int
    country: str


class Board:
    """One article's linking in progress."""

    def __init__(self, doc: Doc, gazetteer: Gazetteer) -> None:
        day = published(doc)
        self.gazetteer = gazetteer
        self.view = View.of(doc)
        self.cast = Cast(gazetteer, day.isoformat() if day else None)
        self.context = Context(self.view, self.cast)
        self.taken = [False] * len(self.view)
        """Tokens that belong to something found, or to metadata, which name nobody."""
        for i in front_matter(doc):
            self.taken[i] = True
        self.anchors = Anchors()
        self.units: list[Unit] = []
        self.ethnic: set[int] = set()
        """Tokens of adjectives that tell a people, not a state."""
        self.called: dict[str, list[tuple[int, str]]] = {}
        """The actors that a head noun was used of, with the token where."""
        self.places: list[Located] = []
        """The places named, with their countries."""
        self.listed: set[str] = set()
        """Entries of the gazetteer that the article names anywhere."""
        self.nationals: list[Hit] = []
        """Demonyms that mean one person: "the German"."""
        self.resolved: list[Resolved] = []

    def entry(self, sense: Sense) -> Entry:
        """What the gazetteer says of a sense."""
        return self.gazetteer.entries[sense.entry]

    def take(self, first: int, last: int) -> None:
        """Mark tokens as belonging to something found."""
        for i in range(first, last):
            self.taken[i] = True

    def span(self, first: int, last: int) -> TextSpan:
        """The characters of some tokens."""
        return TextSpan(self.view.start[first], self.view.end[last - 1])

    def words(self, first: int, last: int) -> str:
        """Some tokens as text, white space made single."""
        return self.view.spelled(first, last)

    def head(self, unit: Unit) -> int:
        """The token by which the parse hangs the head noun of a phrase."""
        return self.view.doc.root(unit.head_first, unit.head_last).i

    def mention(
        self,
        first: int,
        last: int,
        actor: str,
        kind: MentionKind,
        rule: str,
        confidence: float,
        *,
        head: int | None = None,
        span: TextSpan | None = None,
    ) -> None:
        """Note that some tokens (or, of them, `span`) mention an actor."""
        self.cast.mention(actor, span or self.span(first, last), kind, rule, confidence)
        at = head if head is not None else self.view.doc.root(first, last).i
        self.resolved.append(Resolved(at, first, last, actor, kind == "name"))

    def merge(self, unnamed: str, named: str) -> None:
        """Give the mentions of somebody called by office only to the person now named."""
        if any(unnamed in d.members for d in self.cast.actors.values()):
            return  # a group goes by the ids of its members
        old = self.cast.actors.pop(unnamed)
        for span, mention in old.mentions.items():
            self.cast.actors[named].mentions.setdefault(span, mention)
        self.resolved = [
            r._replace(actor=named) if r.actor == unnamed else r for r in self.resolved
        ]
        self.context.rename(unnamed, named)
        for unit in self.units:
            unit.ids = tuple(named if i == unnamed else i for i in unit.ids)
            unit.owners = tuple(named if i == unnamed else i for i in unit.owners)


class Step:
    """A step of linking: what it reads and writes is the board's."""

    def __init__(self, board: Board) -> None:
        self.board = board
        self.view = board.view
        self.cast = board.cast
        self.gazetteer = board.gazetteer
        self.context = board.context
        self.taken = board.taken
        self.anchors = board.anchors
        self.units = board.units
