"""Mentions by name: states and their capitals, organisations, persons, in a Doc."""

from __future__ import annotations

from kg.extraction import compose, locative, twins, units
from kg.extraction.board import STATE_TYPES, Board, Located, Step
from kg.extraction.gazetteer import Hit, hits
from kg.extraction.name_senses import Senses
from kg.extraction.nationals import one_person
from kg.extraction.person_names import PersonNames
from kg.extraction.units import Anchor, Unit
from kg.extraction.unlisted import Unlisted
from kg.records import Mention, MentionKind, TextSpan
from kg.resolve import names
from kg.resolve.gazetteer import Entry, Sense


class Names(Step):
    """The names of one article; `read` comes first, `mention` when the phrases are known."""

    def __init__(self, board: Board) -> None:
        super().__init__(board)
        self.hits: list[Hit] = []
        self.unlisted = Unlisted(board)

    def read(self) -> None:
        """Find the names of the gazetteer and of persons, and what phrases can be built on."""
        agency = self._agency()
        senses = Senses(self.board)
        found = senses.fitting(hits(self.view, self.gazetteer))
        found = [h for h in found if not self.taken[h.first]]
        found = [h for h in found if h.first not in agency or self._is_medium(h)]
        for hit in [h for h in found if self._of_region(h)]:
            found.remove(hit)
            self.board.take(hit.first, hit.last)
        found = senses.own(found)
        found = sorted([*found, *twins.parts(self.view, found, self.gazetteer)])
        for hit in found:
            if not self._is_person(hit):
                self.board.take(hit.first, hit.last)
        self._name_agency()
        PersonNames(self.board, found).read()
        self.hits = [h for h in found if not self._is_person(h)]
        self.board.listed = {h.senses[0].entry for h in self.hits}
        self._anchor_hits(self.hits)
        self.unlisted.organizations(self.hits)

    def mention(self) -> None:
        """Note the mentions, now that the phrases around the names are known."""
        self._name_hits(self.hits)
        self.unlisted.places()
        for i, states in twins.pairs(self.view, self.gazetteer):
            both = compose.group("group", states, self.cast, None).id
            self.board.mention(i, i + 1, both, "name", "states of one name", 0.9)

    def _of_region(self, hit: Hit) -> bool:
        return hit.senses[0].use == "demonym" and locative.of_region(self.view, hit)

    def _is_medium(self, hit: Hit) -> bool:
        return self.board.entry(hit.senses[0]).type == "media"

    def _agency(self) -> range:
        """The tokens in brackets that give the agency in the dateline."""
        view = self.view
        for i, kind in enumerate(view.kinds):
            if kind == "dateline" and view.words[i] == "(":
                end = next((k for k in range(i, len(view)) if view.words[k] == ")"), i)
                return range(i + 1, end)
        return range(0)

    def _name_agency(self) -> None:
        """ "Told Northern Wire": the agency of the dateline, where the text names it again."""
        agency = self._agency()
        name = self.view.words[agency.start : agency.stop]
        if not name or not all(w[:1].isupper() for w in name) or self.taken[agency.start]:
            return
        for i in range(agency.stop, len(self.view) - len(name) + 1):
            end = i + len(name)
            if self.view.words[i:end] != name or any(self.taken[i:end]):
                continue
            words = self.board.words(i, end)
            actor = self.cast.actor(f"organization-{names.slug(words)}", words, "media").id
            self.board.mention(i, end, actor, "name", "agency of the dateline", 0.9)
            self.board.take(i, end)
            self.anchors.put(Anchor(i, end, (actor,), "org"))

    def _is_person(self, hit: Hit) -> bool:
        return self.board.entry(hit.senses[0]).type == "person"

    def _anchor_hits(self, found: list[Hit]) -> None:
        for hit in found:
            if not hit.whole or not self.taken[hit.first]:
                continue
            sense = hit.senses[0]
            entry = self.board.entry(sense)
            if sense.use == "demonym" and one_person(self.view, hit):
                self.board.nationals.append(hit)
                continue
            kind: units.Kind
            if entry.type is None:
                kind = "place"
            elif sense.use == "people":
                kind = "people"
            elif entry.type in STATE_TYPES:
                kind = "state"
            else:
                kind = "org"
            adjective = sense.use == "demonym"
            self.anchors.put(Anchor(hit.first, hit.last, (entry.id,), kind, adjective))

    def _name_hits(self, found: list[Hit]) -> None:
        owning = self._owning()
        people = self._in_people()
        before: locative.Decided | None = None
        for hit in found:
            if hit.whole and not self.taken[hit.first]:
                continue
            if hit.first in people:
                continue
            sense = hit.senses[0]
            entry = self.board.entry(sense)
            decision = None
            if sense.use == "demonym":
                self._demonym(hit, entry)
            elif sense.use == "people":
                pass
            elif entry.type in STATE_TYPES or entry.type is None or sense.use == "capital":
                near = before if before is not None and hit.first - before.hit.last <= 3 else None
                seat = sense.use == "capital" and self.view.lower[hit.first - 1] == "in"
                owner = None if seat else owning.get(hit.first)  # "an official in Ankara"
                decision = self._place_or_actor(hit, sense, entry, owner, near)
            else:
                kind: MentionKind = "metonym" if sense.use == "metonym" else "name"
                self._hit_mention(hit, entry, kind, "gazetteer", 1.0)
            before = locative.Decided(hit, entry, decision) if decision else None

    def _in_people(self) -> set[int]:
        """The tokens of persons' names, whose parts name nobody else: "al-Sabah"."""
        people = [a for a in self.anchors.starting.values() if a.kind == "person"]
        return {i for a in people for i in range(a.first, a.last)}

    def _owning(self) -> dict[int, Unit]:
        """For the tokens that tell whose a phrase is, the phrase."""
        owning = {}
        for unit in self.units:
            if unit.owner_kind == "state" and unit.owners:
                for i in (*range(unit.first, unit.head_first), *range(unit.head_last, unit.last)):
                    owning[i] = unit
        return owning

    def _hit_mention(
        self, hit: Hit, entry: Entry, kind: MentionKind, rule: str, confidence: float
    ) -> None:
        self.cast.known(entry.id)
        span = _trimmed(TextSpan(hit.start, hit.end), self.view.text)
        self.board.mention(hit.first, hit.last, entry.id, kind, rule, confidence, span=span)

    def _demonym(self, hit: Hit, entry: Entry) -> None:
        if hit.first in self.board.ethnic or hit in self.board.nationals:
            return
        view = self.view
        k, end = hit.first, hit.last
        alone = end >= len(view) or view.pos[end] not in (
            "NOUN",
            "PROPN",
            "ADJ",
            "NUM",
            "VERB",
            "PUNCT",
        )
        if k and alone and view.lower[k - 1] in ("in", "into", "from", "speak", "speaking"):
            return  # the language
        if alone and k and view.lower[k - 1] in ("a", "an", "one") and view.pos[k] != "ADJ":
            return  # one person
        self._hit_mention(hit, entry, "name", "demonym", 0.95)

    def _place_or_actor(
        self,
        hit: Hit,
        sense: Sense,
        entry: Entry,
        owner: Unit | None,
        before: locative.Decided | None,
    ) -> locative.Decision | None:
        sort: locative.Sort = (
            "capital" if sense.use == "capital" else "place" if entry.type is None else "state"
        )
        if owner is not None and sort != "place":
            kind: MentionKind = "metonym" if sort == "capital" else "name"
            self._hit_mention(hit, entry, kind, "owner of a named body", 0.95)
            return None
        decision = locative.decide(self.view, hit, entry, sort, before)
        if decision.place or entry.type is None:
            place_id = names.slug(sense.text) if sort == "capital" else entry.id
            name = sense.text if sort == "capital" else entry.name
            country = self.gazetteer.country(place_id) or self.gazetteer.country(entry.id)
            draft = self.cast.place(place_id, name, country)
            if country is not None:
                here = self.view.sentence[hit.first]
                self.board.places.append(Located(locative.head(self.view, hit).i, here, country))
            span = TextSpan(hit.start, hit.end)
            draft.mentions.setdefault(
                span, Mention(span, "name", decision.rule, decision.confidence)
            )
        else:
            kind = "metonym" if sort == "capital" else "name"
            self._hit_mention(hit, entry, kind, decision.rule, decision.confidence)
        return decision


def _trimmed(span: TextSpan, text: str) -> TextSpan:
    """The name without its article ("the West")."""
    words = span.of(text)
    if words[:4].lower() == "the ":
        return TextSpan(span.start + 4, span.end)
    return span
