"""Organisations and places that no gazetteer lists: by the recogniser, acronyms, short forms."""

from __future__ import annotations

from kg.extraction import organizations, units
from kg.extraction.actor_lexicon import heads, titles
from kg.extraction.board import Board, Step
from kg.extraction.gazetteer import Hit
from kg.extraction.units import Anchor
from kg.records import Mention
from kg.resolve import names

PLACE_LABELS = frozenset({"GPE", "LOC", "FAC"})
EUROPEAN = frozenset(
    {"EU", "EU-COMMISSION", "EU-PARLIAMENT", "EU-COUNCIL", "EU-COUNCIL-OF-MINISTERS"}
)
"""Entries of the gazetteer by which an article tells of the European Union."""
ACRONYM_GAP = 6
"""Tokens between an organisation's name, as far as it was found, and its acronym in brackets."""


class Unlisted(Step):
    """The organisations and places of one article that only the recogniser knows."""

    def __init__(self, board: Board) -> None:
        super().__init__(board)
        self.acronyms: dict[str, str] = {}
        """Organisations by the acronym that the text gives them."""
        self.bracketed: dict[str, int] = {}
        """Acronyms in brackets behind what is no name by itself, with their first token."""

    def organizations(self, hits: list[Hit]) -> None:
        """Find organisations; `hits` are the names of the gazetteer, which may be part of them."""
        self._commission()
        states = {i for h in hits if self._is_state(h) for i in range(h.first, h.last)}
        found = organizations.unknown_organizations(
            self.view, lambda i: not self.taken[i] or i in states
        )
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
                actor = organizations.organization(words, self.cast, home).id
            elif len(words.split()) == 1:
                self.acronyms[words] = actor
            self.board.mention(first, last, actor, "name", "entity recogniser", 0.6)
            self.board.take(first, last)
            self.anchors.put(Anchor(first, last, (actor,), "org"))
        self._short_organizations()

    def _commission(self) -> None:
        """ "The Commission": the European one, in an article on the EU that names no other."""
        view = self.view
        at = [i for i in range(1, len(view)) if view.words[i] == "Commission"]
        bare = [i for i in at if view.lower[i - 1] == "the" and not self.taken[i]]
        named = {view.lower[i - 1] for i in at} - {"the", "european", "eu", "'s"}
        if not bare or named or not EUROPEAN.intersection(self.board.listed):
            return
        for i in bare:
            behind = view.lower[i + 1 : i + 2]
            if view.titled(i) or behind in (["of"], ["on"], ["for"]):
                continue
            self.cast.known("EU-COMMISSION")
            self.board.mention(i, i + 1, "EU-COMMISSION", "name", "of the union told of", 0.8)
            self.board.take(i, i + 1)
            self.anchors.put(Anchor(i, i + 1, ("EU-COMMISSION",), "org"))

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

    def places(self) -> None:
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
