"""Which names of the gazetteer are what an article means, where words may mean several things."""

from __future__ import annotations

from collections import Counter

from kg.extraction.actor_lexicon import given_names, heads, titles, word_set
from kg.extraction.board import Step
from kg.extraction.gazetteer import Hit
from kg.extraction.name_words import title_ends_at
from kg.resolve import names


class Senses(Step):
    """The names of the gazetteer in one article, less those that mean something else there."""

    def fitting(self, found: list[Hit]) -> list[Hit]:
        """The hits, each with the sense that fits the others first, that are no part of others."""
        return self._without_people(self._without_surnames(self._one_sense(found)))

    def own(self, found: list[Hit]) -> list[Hit]:
        """The hits less those of bodies of a kind that several states have."""
        found = [h for h in found if not self._generic_body(h, found)]
        return [h for h in found if not self._national_society(h, found)]

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
        if view.lower[k - 1] in word_set("directions") and self._names_region(hit):
            return True
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

    def _names_region(self, hit: Hit) -> bool:
        """ "West African", "the West Philippine Sea": not "the West"."""
        view, k = self.view, hit.last
        if not hit.whole or k >= len(view) or not view.same_sentence(hit.first, k):
            return False
        peoples = (s.use for s in self.gazetteer.index.get(names.fold(view.words[k]), ()))
        region = "demonym" in peoples or view.lower[k] in word_set("part_of_world")
        return view.capital(k) and (region or (not view.titled(k) and view.pos[k] == "PROPN"))

    def _behind_title(self, hit: Hit) -> bool:
        """A title stands before it, with "of": "President of the Republic of Peru"."""
        view, k = self.view, hit.first - 1
        k -= view.lower[k] == "the"
        return k > 0 and view.lower[k] == "of" and title_ends_at(view, titles(), k)

    def _without_people(self, found: list[Hit]) -> list[Hit]:
        """The hits less those that are part of a person's name ("Michael Jordan", "Chad Wolf")."""
        return [h for h in found if not self._inside_person(h)]

    def _without_surnames(self, found: list[Hit]) -> list[Hit]:
        """The hits less nationalities that alone name somebody who has just been named in full:
        "Volker Turk left. *Turk* said …".
        """
        ends: dict[str, int] = {}
        for ent in self.view.doc.ents:
            if ent.label_ == "PERSON" and ent.end - ent.start > 1:
                ends.setdefault(self.view.words[ent.end - 1], ent.end - 1)
        for hit in found:
            if self.board.entry(hit.senses[0]).type == "person" and hit.last - hit.first > 1:
                ends.setdefault(self.view.words[hit.last - 1], hit.last - 1)
        return [h for h in found if not self._takes_up(h, ends)]

    def _takes_up(self, hit: Hit, ends: dict[str, int]) -> bool:
        k, view = hit.last - 1, self.view
        if hit.senses[0].use != "demonym" or hit.first != k or not hit.whole:
            return False
        named = ends.get(view.words[k])
        if named is None or k < named:
            return False
        alone = k + 1 >= len(view) or view.pos[k + 1] not in ("NOUN", "PROPN", "ADJ")
        return alone and view.lower[k - 1] not in ("a", "an", "the")

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
        return named and title_ends_at(self.view, titles(), k)

    def _generic_body(self, hit: Hit, found: list[Hit]) -> bool:
        """ "Security Council", "Congress" of another state than the one they name by default."""
        entry = self.board.entry(hit.senses[0])
        party = entry.type == "organization" and self._is_shared(hit)
        body = entry.type == "government_body" or entry.id == "UN-SECURITY-COUNCIL"
        if not (body or party):
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
