"""Mentions of persons by name, in a Doc."""

from __future__ import annotations

from kg.extraction import persons
from kg.extraction.actor_lexicon import heads, kin_genders, titles, word_set
from kg.extraction.board import Board, Step
from kg.extraction.gazetteer import Hit
from kg.extraction.name_words import LONGEST_NAME, is_name_word, kin_word, names_firm, title_ends_at
from kg.extraction.people import People
from kg.extraction.units import Anchor
from kg.nlp import syntax
from kg.resolve import names


class PersonNames(Step):
    """The names of persons in one article."""

    def __init__(self, board: Board, found: list[Hit]) -> None:
        super().__init__(board)
        self.found = found
        self.people = People(self.view, self.gazetteer, found)

    def read(self) -> None:
        """Find the names of persons: full ones, their short forms, single ones, nicknames."""
        people, found = self.people, self.found
        full = list(persons.full_names(self.view, found, self.gazetteer, titles(), self.taken))
        for name in sorted(full, key=lambda n: n.last - n.first == 1):
            words = self.view.spelled(name.first, name.last)
            person = self._by_alias(name.first, words)
            person = person or people.add(words, name.first, single=self._single(name, words))
            if person is not None and name.last - name.first > 1:
                people.met(person, name.first)
                kin = kin_word(self.view, name.first)
                if kin is not None and people.persons[person].gender is None:
                    people.persons[person].gender = kin_genders().get(self.view.lower[kin])
            if person is not None:
                self._person_mention(name, person)
        nicknames = self._nicknames()
        singles = sorted({*self._recognised_singles(), *nicknames})
        for name, person in list(persons.short_names(self.view, people, self.taken, singles)):
            self._person_mention(name, person)
        for i in singles:
            another = self.view.lower[i - 1 : i] == ["another"]
            if not self.taken[i] and not self.view.titled(i) and not another:
                word = self.view.words[i]
                alias = self._by_alias(i, word) if i in nicknames else None
                person = alias or people.add(word, i, single=True)
                if person is not None:
                    name = persons.PersonName(i, i + 1, "entity recogniser, one word", 0.6)
                    self._person_mention(name, person)
        for name, person in list(persons.short_names(self.view, people, self.taken, ())):
            self._person_mention(name, person)

    def _single(self, name: persons.PersonName, words: str) -> bool:
        """A name of one word, also behind a particle ("Al Thani"), or of one with hyphens behind a
        title ("General Waker-Uz-Zaman").
        """
        if all(names.fold(w) in names.PARTICLES for w in words.split()[:-1]):
            return True
        joined = len(words.split()) == 1
        return joined and title_ends_at(self.view, titles(), name.first)

    def _by_alias(self, first: int, words: str) -> str | None:
        """The person just named whom a nickname belongs to: "Ortega, known as 'El Flaco'"."""
        view = self.view
        k = first - 1
        while k > 0 and view.lower[k] in ("the", '"', "“", "‘", "'", "``"):
            k -= 1
        if k > 0 and view.lower[k] in ("as", "de") and view.lower[k - 1] in ("known", "nom"):
            k -= 1
        elif k < 0 or view.lower[k] not in word_set("known_as"):
            return None
        if any(syntax.children(view.doc[k], syntax.SUBJECT - syntax.PASSIVE_SUBJECT)):
            return None  # "Paz called Vidal", by telephone or names
        bearer = self._bearer(k)
        if bearer is not None:
            self.people.learn(bearer, words)
        return bearer

    def _recognised_singles(self) -> list[int]:
        found = []
        for ent in self.view.doc.ents:
            i = ent.start
            alone = ent.label_ == "PERSON" and len(ent) == 1 and not self.taken[i]
            named = alone and is_name_word(self.view, i) and not names_firm(self.view, i)
            if named and not (self._only_title(i) or self._explained_as_body(i)):
                found.append(i)
        return found

    def _nicknames(self) -> list[int]:
        """Words behind "known as", which the recogniser takes for no person's name."""
        view = self.view
        return [
            i
            for i in range(2, len(view))
            if view.lower[i - 1] == "as"
            and view.lower[i - 2] == "known"
            and not self.taken[i]
            and is_name_word(view, i)
            and self._bearer(i - 2) is not None
        ]

    def _bearer(self, k: int) -> str | None:
        """The person named shortly before the words that introduce another name."""
        for back in range(k, max(k - 5, 0), -1):
            anchor = self.anchors.ending.get(back)
            if anchor is not None and anchor.kind == "person":
                return anchor.ids[0]
        return None

    def _explained_as_body(self, i: int) -> bool:
        """Behind a name stands that it is no person: "Faro, the Danish news agency"."""
        view = self.view
        if view.lower[i + 1 : i + 2] != [","] or view.lower[i + 2 : i + 3] not in (["a"], ["the"]):
            return False
        for k in range(i + 3, min(i + 3 + LONGEST_NAME, len(view))):
            found = heads().at(view.lower, k)
            if found is not None and titles().at(view.lower, found[0] - 1) is None:
                behind = view.lower[found[0] : found[0] + 1]
                body = found[1].type == "media" or found[1].sort == "alias"
                return body and behind in ([","], ["."], ["in"], ["of"])
            if view.pos[k] not in ("ADJ", "NOUN", "PROPN", "PUNCT"):
                return False
        return False

    def _only_title(self, i: int) -> bool:
        """A title that the recogniser takes for a name: the "Mullah" of "Mullah Yaqoob"."""
        title = titles().at(self.view.lower, i)
        return title is not None and title[0] in self.anchors.starting

    def _person_mention(self, name: persons.PersonName, person_id: str) -> None:
        self.board.take(name.first, name.last)
        person = self.people.persons[person_id]
        if person.known:
            draft = self.cast.known(person_id)
        else:
            draft = self.cast.actor(person_id, person.name, "person")
            draft.name = person.name
        draft.gender = draft.gender or person.gender
        self.board.mention(name.first, name.last, person_id, "name", name.rule, name.confidence)
        self.anchors.put(Anchor(name.first, name.last, (person_id,), "person"))
