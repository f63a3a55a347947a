"""Mentions by name: states and their capitals, organisations, persons, in a Doc."""

from __future__ import annotations

from collections import Counter

from kg.extraction import compose, locative, persons, twins, units
from kg.extraction.actor_lexicon import given_names, heads, titles, word_set
from kg.extraction.board import STATE_TYPES, Board, Located, Step
from kg.extraction.gazetteer import Hit, hits
from kg.extraction.person_names import PersonNames
from kg.extraction.units import Anchor, Unit
from kg.records import Mention, MentionKind, TextSpan
from kg.resolve import names
from kg.resolve.gazetteer import Entry, Sense

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
ACRONYM_GAP = 6
"""Tokens between an organisation's name, as far as it was found, and its acronym in brackets."""


class Names(Step):
    """The names of one article; `read` comes first, `mention` when the phrases are known."""

    def __init__(self, board: Board) -> None:
        super().__init__(board)
        self.hits: list[Hit] = []
        self.acronyms: dict[str, str] = {}
        """Organisations by the acronym that the text gives them."""
        self.bracketed: dict[str, int] = {}
        """Acronyms in brackets behind what is no name by itself, with their first token."""

    def read(self) -> None:
        """Find the names of the gazetteer and of persons, and what phrases can be built on."""
        agency = self._agency()
        found = self._without_people(self._one_sense(hits(self.view, self.gazetteer)))
        found = [h for h in found if not self.taken[h.first]]
        found = [h for h in found if h.first not in agency or self._is_medium(h)]
        for hit in [h for h in found if self._of_region(h)]:
            found.remove(hit)
            self.board.take(hit.first, hit.last)
        found = [h for h in found if not self._generic_body(h, found)]
        found = [h for h in found if not self._national_society(h, found)]
        found = sorted([*found, *twins.parts(self.view, found, self.gazetteer)])
        for hit in found:
            if not self._is_person(hit):
                self.board.take(hit.first, hit.last)
        self._name_agency()
        PersonNames(self.board, found).read()
        self.hits = [h for h in found if not self._is_person(h)]
        self.board.listed = {h.senses[0].entry for h in self.hits}
        self._anchor_hits(self.hits)
        self._organizations()

    def mention(self) -> None:
        """Note the mentions, now that the phrases around the names are known."""
        self._name_hits(self.hits)
        self._unlisted_places()
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

    def _one_sense(self, found: list[Hit]) -> list[Hit]:
        """Each hit, its first sense the one that fits the countries of the other names."""
        votes: Counter[str] = Counter()
        for hit in found:
            if len(hit.senses) == 1:
                country = self.gazetteer.country(hit.senses[0].entry)
                if country:
                    votes[country] += 1
        out = []
        for hit in found:
            if len(hit.senses) > 1:
                ranked = sorted(
                    hit.senses,
                    key=lambda s: (
                        -votes[self.gazetteer.country(s.entry) or ""],
                        self.board.entry(s).type is None,
                    ),
                )
                hit = hit._replace(senses=tuple(ranked))
            out.append(hit)
        return [h for h in out if not self._in_longer_name(h)]

    def _in_longer_name(self, hit: Hit) -> bool:
        """A country or city that begins a longer, unlisted name: "the Paris Club"."""
        entry, view, k = self.board.entry(hit.senses[0]), self.view, hit.last
        if entry.type not in (None, "state") or hit.senses[0].use in ("demonym", "people"):
            return False
        if not hit.whole or k >= len(view) or not view.same_sentence(hit.first, k):
            return False
        if view.titled(k) or not view.capital(k) or view.words[k].isupper():
            return False
        if view.pos[k] != "PROPN" or not view.words[k].isalpha() or len(view.words[k]) < 3:
            return False
        if view.words[hit.first].isupper() or view.lower[k] in word_set("calendar"):
            return False
        if view.lower[k] in given_names():
            return False  # "envoy for Sudan Tom Perriello"
        ent = view.doc[k]
        if (ent.ent_type_, ent.ent_iob_) == ("PERSON", "B") and self._behind_title(hit):
            return False  # "Minister of Finance of the Republic of Peru Ada Vidal"
        if view.lower[k] in word_set("institution"):
            return True
        return titles().at(view.lower, k) is None and heads().at(view.lower, k) is None

    def _behind_title(self, hit: Hit) -> bool:
        """A title stands before it, with "of": "President of the Republic of Peru"."""
        view, k = self.view, hit.first - 1
        k -= view.lower[k] == "the"
        return k > 0 and view.lower[k] == "of" and persons.title_ends_at(view, titles(), k)

    def _without_people(self, found: list[Hit]) -> list[Hit]:
        """The hits less those that are part of a person's name ("Michael Jordan", "Chad Wolf")."""
        return [h for h in found if not self._inside_person(h)]

    def _inside_person(self, hit: Hit) -> bool:
        entry = self.board.entry(hit.senses[0])
        if entry.type == "person" or not hit.whole or hit.senses[0].use == "demonym":
            return False
        token = self.view.doc[hit.first]
        if token.ent_type_ != "PERSON" or self.view.titled(hit.first):
            return False
        k = hit.first - 1
        if k < 0 or not self.view.capital(k) or not self.view.same_sentence(k, hit.first):
            return False
        if self.view.lower[k] in given_names():
            return True
        # "senator Paloma Valencia": the recogniser begins the name behind a title
        named = token.ent_iob_ == "I" and self.view.doc[k].ent_iob_ == "B"
        return named and persons.title_ends_at(self.view, titles(), k)

    def _generic_body(self, hit: Hit, found: list[Hit]) -> bool:
        """ "Security Council", "Congress" of another state than the one they name by default."""
        entry = self.board.entry(hit.senses[0])
        if entry.type != "government_body" and entry.id not in ("UN-SECURITY-COUNCIL",):
            return False
        for other in found:
            if other.last == hit.first or (
                other.last == hit.first - 1 and self.view.lower[other.last] == "'s"
            ):
                mine = self.board.entry(other.senses[0])
                return mine.type == "state" and mine.country != self.gazetteer.country(entry.id)
        if not self._is_shared(hit):
            return False
        states = {
            self.gazetteer.country(self.board.entry(h.senses[0]).id)
            for h in found
            if h != hit and not self._is_shared(h)
        }
        return bool(states - {None}) and self.gazetteer.country(entry.id) not in states

    def _national_society(self, hit: Hit, found: list[Hit]) -> bool:
        """ "The German Red Cross", "the Red Cross Society of Kenya": not the international body."""
        if " ".join(self.view.lower[hit.first : hit.last]) not in word_set("national_society"):
            return False
        behind = self.view.lower[hit.last : hit.last + 1]
        before = any(h.last == hit.first or h.last == hit.first - 1 for h in found if h != hit)
        return before or behind in (["society"], ["of"])

    def _is_shared(self, hit: Hit) -> bool:
        """A body's name that those of several states have: "House of Representatives"."""
        words = " ".join(self.view.lower[hit.first : hit.last])
        return words.removeprefix("the ") in word_set("shared_body")

    def _anchor_hits(self, found: list[Hit]) -> None:
        for hit in found:
            if not hit.whole or not self.taken[hit.first]:
                continue
            sense = hit.senses[0]
            entry = self.board.entry(sense)
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
        if hit.first in self.board.ethnic:
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

    def _organizations(self) -> None:
        states = {i for h in self.hits if self._is_state(h) for i in range(h.first, h.last)}
        found = compose.unknown_organizations(self.view, lambda i: not self.taken[i] or i in states)
        for first, last in list(found):
            inside = [i for i in range(first, last) if i in states]
            linked = sum(self.view.lower[i] in ("and", "&", ",", "or") for i in range(first, last))
            if len(inside) + linked == last - first:
                continue
            words = self.board.words(first, last)
            if self._abbreviates(first, words):
                self.bracketed.setdefault(words, first)
            if words in self.bracketed:
                continue
            actor = self.acronyms.get(words) or self._acronym_of(first) or self._part_of(words)
            if actor is None:
                home = self._home(first, inside)
                actor = compose.organization(words, self.cast, home).id
            elif len(words.split()) == 1:
                self.acronyms[words] = actor
            self.board.mention(first, last, actor, "name", "entity recogniser", 0.6)
            self.board.take(first, last)
            self.anchors.put(Anchor(first, last, (actor,), "org"))
        self._short_organizations()

    def _part_of(self, words: str) -> str | None:
        """The listed organisation whose name, used here in full, ends with some words."""
        folded = " " + names.fold(words)
        if " " not in folded[1:]:
            return None
        for entry_id in sorted(self.board.listed):
            entry = self.gazetteer.entries[entry_id]
            if entry.type in (None, "state", "person") or len(entry.name.split()) < 4:
                continue
            if names.fold(entry.name).endswith(folded):
                return self.cast.known(entry_id).id
        return None

    def _abbreviates(self, first: int, word: str) -> bool:
        """An acronym in brackets whose letters begin the capitalised words before them."""
        view = self.view
        if first < 2 or view.lower[first - 1] != "(" or not word.isupper() or len(word) < 2:
            return False
        k = first - 2
        initials = ""
        while k >= 0 and len(initials) < len(word) and view.same_sentence(k, first):
            if view.capital(k):
                initials = view.words[k][0] + initials
            elif view.lower[k] not in ("of", "the", "for", "and", "in", "on", "to", "'s"):
                break
            k -= 1
        return initials == word

    def abbreviations(self) -> None:
        """Give acronyms in brackets to the phrases that they stand behind, and so ever after."""
        known = {}
        for acronym, first in sorted(self.bracketed.items(), key=lambda item: item[1]):
            before = [r for r in self.board.resolved if first - 3 <= r.last < first]
            if before:
                known[acronym] = max(before, key=lambda r: (r.last, -r.first)).actor
        for i, word in enumerate(self.view.words):
            if word in known and not self.taken[i]:
                self.board.mention(i, i + 1, known[word], "name", "acronym given before", 0.9)
                self.board.take(i, i + 1)
                self.anchors.put(Anchor(i, i + 1, (known[word],), "org"))

    def _unlisted_places(self) -> None:
        """Places that only the recogniser knows; nothing is said of their country."""
        view = self.view
        for ent in view.doc.ents:
            if ent.label_ not in PLACE_LABELS or view.titled(ent.start):
                continue
            first, last = ent.start, ent.end
            if view.lower[first] in ("the", "a", "an"):
                first += 1
            words = view.words[first:last]
            if not words or any(self.taken[first:last]) or not words[0][:1].isupper():
                continue
            name = self.board.words(first, last)
            if view.kinds[first] == "dateline" and "(" in view.words[max(0, first - 3) : first]:
                continue
            if not all(w.replace("-", "").replace("'", "").isalpha() for w in words if w != "-"):
                continue
            if heads().at(view.lower, first) or titles().at(view.lower, first):
                continue
            place = self.cast.place(names.slug(name), name, None)
            span = self.board.span(first, last)
            place.mentions.setdefault(span, Mention(span, "name", "entity recogniser", 0.6))

    def _short_organizations(self) -> None:
        """An unlisted organisation by its first word: "Upjohn" after "Upjohn Co."."""
        first_words = {
            names.fold(d.name.split()[0]): d.id
            for d in self.cast.actors.values()
            if d.id.startswith("organization-") and len(d.name.split()) > 1
        }
        for ent in self.view.doc.ents:
            i = ent.start
            actor = first_words.get(names.fold(self.view.words[i]))
            if actor and ent.label_ == "ORG" and len(ent) == 1 and not self.taken[i]:
                self.board.mention(i, i + 1, actor, "name", "short form of a name", 0.7)
                self.board.take(i, i + 1)
                self.anchors.put(Anchor(i, i + 1, (actor,), "org"))

    def _is_state(self, hit: Hit) -> bool:
        return self.board.entry(hit.senses[0]).type == "state"

    def _home(self, first: int, inside: list[int]) -> str | None:
        """The country of an organisation, by the state in its name or just before it."""
        at = inside[0] if inside else None
        anchor = self.anchors.starting.get(at) if at is not None else None
        if anchor is not None:
            return anchor.ids[0]
        left = units.owner_left(self.view, self.anchors, first)[0]
        if left is None or left.pronoun is not None:
            return None
        return self.gazetteer.country(left.ids[0]) if left.kind in ("state", "place") else None

    def _acronym_of(self, first: int) -> str | None:
        """The organisation just named, of which brackets give the acronym."""
        view = self.view
        word = view.words[first]
        if first < 2 or view.lower[first - 1] != "(" or not word.isupper():
            return None
        for r in reversed(self.board.resolved):
            if r.first < first and first - r.last <= ACRONYM_GAP:
                draft = self.cast.actors[r.actor]
                fits = draft.name[:1] == word[:1] and draft.id.startswith("organization-")
                return r.actor if fits else None
        return None


def _trimmed(span: TextSpan, text: str) -> TextSpan:
    """The name without its article ("the West")."""
    words = span.of(text)
    if words[:4].lower() == "the ":
        return TextSpan(span.start + 4, span.end)
    return span
