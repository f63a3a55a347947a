"""What "we", "I" and "you" mean in speech: the speaker, or the side the speaker is on."""

from __future__ import annotations

import bisect
import re
from collections.abc import Iterable

from spacy.tokens import Doc

from kg.extraction import compose
from kg.extraction.actor_layer import actors, places, write
from kg.extraction.actor_lexicon import heads
from kg.extraction.cast import Cast
from kg.extraction.gazetteer import View
from kg.extraction.statements import statements
from kg.extraction.units import Unit
from kg.nlp.articles import published
from kg.records import MentionKind, Statement, TextSpan
from kg.resolve import gazetteer

WE = frozenset({"we", "us", "our", "ours", "ourselves"})
FIRST_SINGULAR = frozenset({"i", "me", "my", "mine", "myself"})
YOU = frozenset({"you", "your", "yours"})
FIRST_OR_SECOND = re.compile(
    rf"\b(?:{'|'.join(sorted(WE | FIRST_SINGULAR | YOU))})\b", re.IGNORECASE
)
QUOTES = frozenset("\"'“”„‘’«»")
LONGEST_GAP = 3
"""Words between "our" and its noun: "our brave armed forces"."""

OWN_VOICE = frozenset({"military", "armed_group", "international_organization", "organization"}) | {
    "peacekeepers"
}
"""Types whose speakers say "we" of them; of a government's body they say it of the state."""


class SpeechPronouns:
    """Doc → Doc, the layer of actors completed by first and second persons."""

    def __init__(self, gazetteers: list[str]) -> None:
        self.gazetteer = gazetteer.load(tuple(gazetteers))

    def __call__(self, doc: Doc) -> Doc:
        """Add the mentions that only the speaker explains."""
        said = statements(doc)
        text = doc.text
        if any(FIRST_OR_SECOND.search(span.of(text)) for s in said for span in s.content):
            _Speech(doc, self.gazetteer).complete(said)
        return doc


class _Speech:
    def __init__(self, doc: Doc, known: gazetteer.Gazetteer) -> None:
        day = published(doc)
        self.doc = doc
        self.view = View.of(doc)
        self.cast = Cast.of(actors(doc), places(doc), known, day.isoformat() if day else None)

    def complete(self, said: Iterable[Statement]) -> None:
        innermost: dict[int, tuple[int, Statement]] = {}
        for statement in said:
            if statement.nested_in is not None and not self._marked(statement):
                continue  # "Paz asked me", somebody says: not Paz
            size = sum(s.end - s.start for s in statement.content)
            for span in statement.content:
                for i in self._tokens(span):
                    if i not in innermost or size < innermost[i][0]:
                        innermost[i] = (size, statement)
        added = [self._pronoun(i, innermost[i][1]) for i in sorted(innermost)]
        if any(added):
            write(self.doc, *self.cast.finished())

    def _marked(self, statement: Statement) -> bool:
        """The content stands in quotation marks of its own."""
        return any(s.of(self.view.text)[:1] in QUOTES for s in statement.content)

    def _tokens(self, span: TextSpan) -> range:
        first = bisect.bisect_left(self.view.start, span.start)
        return range(first, bisect.bisect_left(self.view.start, span.end))

    def _pronoun(self, i: int, statement: Statement) -> bool:
        word = self.view.lower[i]
        spoken = self.view.quoted[i] or statement.type != "indirect"
        if word not in WE | FIRST_SINGULAR | YOU or not spoken:
            return False
        if self.view.words[i] == "US":
            return False
        if word in YOU:
            return self._you(i, statement)
        speaker = statement.voiced_by or statement.speaker
        if speaker is None or speaker not in self.cast.actors:
            return False
        if word in FIRST_SINGULAR:
            if self.cast.actors[speaker].type == "person":
                self._mention(i, i + 1, speaker, "pronoun: speaker", 0.95)
                return True
            return False
        side = self.side(speaker)
        if side is None:
            return False
        self._mention(i, i + 1, side, "pronoun: side of the speaker", 0.8)
        if word == "our":
            self._owned(i, side)
        return True

    def _you(self, i: int, statement: Statement) -> bool:
        known = [a for a in statement.addressees if a in self.cast.actors]
        if len(known) != 1:
            return False
        self._mention(i, i + 1, known[0], "pronoun: addressee", 0.5)
        return True

    def _mention(self, first: int, last: int, actor: str, rule: str, confidence: float) -> None:
        span = TextSpan(self.view.start[first], self.view.end[last - 1])
        kind: MentionKind = "pronoun" if last - first == 1 else "nominal"
        self.cast.mention(actor, span, kind, rule, confidence)

    def side(self, speaker: str, asked: frozenset[str] = frozenset()) -> str | None:
        """For whom somebody says "we": the state of its spokesman, else whom he or she serves.

        `asked` are those who serve the speaker: a text may have two serve each other.
        """
        draft = self.cast.actors[speaker]
        if speaker in asked:
            return None
        if draft.type == "person":
            of = next((r.of for r in draft.roles if r.role == "spokesperson"), None)
            of = of or next((r.of for r in draft.roles), None)
            if of is None or self.cast.ensure(of) is None:
                return self._state(draft.country) if draft.known else None
            return self.side(of, asked | {speaker})
        if draft.type in ("state", "de_facto_state", "group") or draft.type in OWN_VOICE:
            return speaker
        if draft.type == "government_body":
            return self._state(draft.country) or speaker
        return None

    def _state(self, country: str | None) -> str | None:
        if country is None or self.cast.ensure(country) is None:
            return None
        return country

    def _owned(self, i: int, side: str) -> None:
        """ "Our military": the body of the speaker's side."""
        view = self.view
        for k in range(i + 1, min(i + 2 + LONGEST_GAP, len(view))):
            found = heads().at(view.lower, k)
            if found is not None:
                end, head = found
                if end < len(view) and heads().at(view.lower, end) and view.pos[end] == "NOUN":
                    continue
                unit = Unit(i, end, k, end, head, owners=(side,), owner_kind="state")
                compose.identify(unit, self.cast, view)
                if unit.ids:
                    self._mention(i, end, unit.ids[0], "composed: speaker's side and what", 0.75)
                return
            if view.pos[k] not in ("ADJ", "NOUN", "ADV", "PROPN"):
                return
