"""The persons of an article, and which of them a name means."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from kg.extraction.actor_lexicon import given_names, titles, word_set
from kg.extraction.gazetteer import Hit, View
from kg.extraction.name_words import LONGEST_NAME
from kg.nlp import syntax
from kg.resolve import names
from kg.resolve.gazetteer import Gazetteer

ELDER, YOUNGER = frozenset({"elder", "older"}), frozenset({"younger"})
"""What tells two of one surname apart."""
BESIDE = syntax.PART_OF_NAME | syntax.APPOSITION | {"nmod:desc"}
"""By what a name hangs on the noun before it: "the dictator *Ivo Paz*"."""
LONGEST_ACRONYM = 3
LONGEST_KIN = 4
"""Words before a name in which it is told whose father somebody is: "his father, the late …"."""
HONORIFICS = {"mr": "m", "mrs": "f", "ms": "f", "miss": "f"}


@dataclass
class Person:
    """Somebody whom the article names; `forms` are the ways to take the name up again."""

    id: str
    name: str
    known: bool = False
    forms: set[str] = field(default_factory=set)
    gender: str | None = None


class People:
    """The persons of one article, and which of them a name means."""

    def __init__(self, view: View, gazetteer: Gazetteer, hits: Iterable[Hit] = ()) -> None:
        self.view = view
        self.gazetteer = gazetteer
        self.persons: dict[str, Person] = {}
        self._by_form: dict[str, list[str]] = {}
        self._weak: set[tuple[str, str]] = set()
        """Forms that are only a given name of somebody."""

        self._met_at: dict[str, list[int]] = {}
        """The tokens at which each person is named in full."""

        self._skeletons: set[str] = set()
        """Of the surnames, what romanisations agree in."""

        self.hits = [h for h in hits if not is_person(h, gazetteer)]
        """What the article names but people."""

    def add(self, name: str, token: int, *, single: bool = False) -> str | None:
        """The person of a full name at a token, known, met before or new; of one word, only if one
        fits. A `single` name is a surname, new where nobody fits.
        """
        cut = name.split()
        if len(cut) < 2 or single:
            found = (
                self.named(name, token, self.addressed(token))
                or self._listed(name)
                or self._only_bearer(name, token)
            )
            if found is None and single:
                found = self._new(f"person-{names.slug(name)}", name, known=False)
            return found
        found = self._listed(name) or self._met_in_full(cut)
        if found is None:
            found = self._new(f"person-{names.slug(name)}", name, known=False)
        self.learn(found, name)
        return found

    def met(self, person_id: str, token: int) -> None:
        """Note where a person is named in full."""
        self._met_at.setdefault(person_id, []).append(token)

    def named(self, words: str, token: int | None = None, gender: str | None = None) -> str | None:
        """Who of the article's people a short form means.

        Where several fit: the one named in full last before `token`, else first behind it; without
        a token the one learnt last. Nobody is meant who is known to be of another `gender`.
        """
        folded = names.fold(words)
        ids = [
            i
            for i in self._by_form.get(folded, ())
            if gender is None or self.persons[i].gender in (None, gender)
        ]
        fitting = [i for i in ids if (folded, i) not in self._weak] or ids
        met = [(at, i) for i in fitting for at in self._met_at.get(i, ())]
        if len(fitting) > 1 and token is not None and met:
            before = [one for one in met if one[0] <= token]
            return self._nearest(before, token, gender) if before else min(met)[1]
        return ids[-1] if ids else None

    def _nearest(self, before: list[tuple[int, str]], token: int, gender: str | None) -> str:
        """Of those named before, who is meant: the subject of the last sentence that names one.

        Of those named only to tell whose son somebody is, nobody goes on.
        """
        word = self.view.lower[token - 1] if token else ""
        if word in ELDER | YOUNGER:
            return self._of_age(before, word in ELDER)
        if gender is None:
            before = [one for one in before if not self._aside(one[0])] or before
        last, person = max(before)
        sentence = self.view.sentence
        subjects = [
            one
            for one in before
            if sentence[one[0]] == sentence[last] and self.view.doc[one[0]].dep_ in syntax.SUBJECT
        ]
        return max(subjects)[1] if subjects and sentence[token] != sentence[last] else person

    def _of_age(self, before: list[tuple[int, str]], elder: bool) -> str:
        """The elder of two, by what they are to each other; else "the elder" was named first."""
        kin = {p: self._told_kin(at) for at, p in reversed(before)}
        wanted, other = ("elder_kin", "younger_kin") if elder else ("younger_kin", "elder_kin")
        fitting = [one for one in before if word_set(wanted).intersection(kin[one[1]])]
        rest = [one for one in before if word_set(other).isdisjoint(kin[one[1]])]
        chosen = fitting or rest or before
        return min(chosen)[1] if elder else max(chosen)[1]

    def _told_kin(self, token: int) -> list[str]:
        return self.view.lower[max(0, token - LONGEST_KIN) : token]

    def _aside(self, token: int) -> bool:
        """Somebody is named only to tell whose kin another is: "son of the late Ivo Paz"."""
        noun = self.view.doc[token]
        while noun.dep_ in BESIDE and noun.head.i != noun.i:
            noun = noun.head
        link = syntax.governor_by_preposition(noun)
        kin = word_set("elder_kin") | word_set("younger_kin") | word_set("kin")
        if noun.lower_ in kin and syntax.possessor(noun) is not None:
            return True  # "his father, Ivo Paz"
        return link is not None and link[0] == "of" and link[1].lower_ in kin

    def alike(self, words: str) -> str | None:
        """Who has a surname that `words` may misspell or spell in another way."""
        found = {
            i for i, p in self.persons.items() if names.same_surname(words, names.surname(p.name))
        }
        return found.pop() if len(found) == 1 else None

    def sounds_known(self, word: str) -> bool:
        """A longer word that another romanisation of a surname here may give."""
        return len(word) >= names.SHORTEST_FUZZY and names.skeleton(word) in self._skeletons

    def _new(self, person_id: str, name: str, *, known: bool) -> str:
        if name.isupper() and len(name) > LONGEST_ACRONYM:
            name = name.title()  # "ADA VIDAL:" is how a page sets a name
        self.persons[person_id] = Person(person_id, name, known)
        self.learn(person_id, name)
        return person_id

    def learn(self, person_id: str, name: str) -> None:
        """Note a name of a person, and with it the shorter forms of that name."""
        person = self.persons[person_id]
        if len(name) > len(person.name) and not person.known:
            person.name = name
        cut = names.without_generation(name)
        self._skeletons.add(names.skeleton(cut[-1]))
        forms = [name, *names.name_forms(name)]
        if len(cut) > 2:
            # "Padrino" of Vladimir Padrino López; the given name before it may come last, too
            forms += [w for w in cut[1:-1] if w[:1].isupper() and len(w.rstrip(".")) > 2]
        if len(cut) > 1:
            forms += [cut[0], *(" ".join(cut[k:]) for k in range(1, len(cut)))]
            forms += [" ".join(cut[:k]) for k in range(2, len(cut) + 1)]
        for form in forms:
            folded = names.fold(form)
            if len(folded) < 2 or folded in names.PARTICLES:
                continue
            person.forms.add(folded)
            ids = self._by_form.setdefault(folded, [])
            weak = form in cut[:-1] and len(cut) > 1
            if person_id not in ids:
                if weak:
                    self._weak.add((folded, person_id))
                if weak and ids:
                    ids.insert(0, person_id)
                else:
                    ids.append(person_id)
        if person.gender is None:
            person.gender = given_names().get(names.fold(cut[0]))

    def _listed(self, name: str) -> str | None:
        """The person of the gazetteer with this name in any spelling."""
        for sense in self.gazetteer.senses(name):
            entry = self.gazetteer.entries[sense.entry]
            if entry.type == "person":
                if entry.id not in self.persons:
                    self._new(entry.id, entry.name, known=True)
                    self.persons[entry.id].gender = entry.gender or self.persons[entry.id].gender
                return entry.id
        cut = names.without_generation(name)
        if len(cut) < 2:
            return None
        for entry_id in self.gazetteer.people_by_surname(cut[-1]):
            other = self.gazetteer.entries[entry_id].name
            same = names.skeleton(other.split()[0]) == names.skeleton(cut[0])
            if same and not self._is_another(name, other):
                return self._listed(other)
        return None

    @staticmethod
    def _is_another(name: str, other: str) -> bool:
        """Alike as they begin and end, two names are of two: father and son, or namesakes."""
        if names.generation(name) not in ("", names.generation(other)):
            return True
        cuts = names.without_generation(name), names.without_generation(other)
        return names.other_middle(*cuts)

    def _only_bearer(self, name: str, token: int) -> str | None:
        """The one person of the gazetteer with a surname, spelled so, if the text supports it.

        Many have a surname: it takes the country or office of who is listed, and nothing beside
        the name that tells of somebody else.
        """
        wanted = names.fold(name)
        if self._told_otherwise(token):
            return None
        found = [
            i
            for i in self.gazetteer.people_by_surname(name)
            if any(
                names.fold(names.surname(n.text)) == wanted for n in self.gazetteer.entries[i].names
            )
        ]
        if len(found) != 1 or not self._supported(found[0], wanted in given_names(), token):
            return None
        return self._listed(self.gazetteer.entries[found[0]].name)

    def _supported(self, person: str, common: bool, token: int) -> bool:
        """The article names the country of a listed person or a body in which he has an office.

        Where the name is a `common` given name, too, it does so twice or beside the name.
        """
        offices = {o.of for o in self.gazetteer.offices_of(person)}
        homes = {self.gazetteer.country(i) for i in (person, *sorted(offices))} - {None}
        named = [
            hit.first
            for hit in self.hits
            if hit.senses[0].entry in offices
            or self.gazetteer.country(hit.senses[0].entry) in homes
        ]
        beside = any(self.view.same_sentence(i, token) for i in named)
        return len(named) > common or beside

    def _told_otherwise(self, token: int) -> bool:
        """Behind a name stands what has nothing to do with offices: "Hassan, a shopkeeper"."""
        view = self.view
        if view.lower[token + 1 : token + 2] != [","] or not view.same_sentence(token, token + 1):
            return False
        word = view.lower[token + 2] if token + 2 < len(view) else ""
        if word not in ("a", "an"):
            return word.isdigit() and len(word) == 2
        for i in range(token + 3, min(token + 3 + LONGEST_NAME, len(view))):
            title = titles().at(view.lower, i)
            if title is not None and title[1].role:
                return False
            if view.pos[i] == "NOUN" and view.pos[i + 1 : i + 2] not in (["NOUN"], ["PROPN"]):
                return True
        return False

    def _met_in_full(self, cut: list[str]) -> str | None:
        """A person met before under another spelling, or under more or fewer of these names."""
        name, cut = " ".join(cut), names.without_generation(" ".join(cut))
        last = cut[-1]
        for person_id, person in self.persons.items():
            other = names.without_generation(person.name)
            if len(other) < 2 or not names.same_surname(last, other[-1]):
                continue
            if self._is_another(name, person.name):
                continue
            one, two = names.fold(cut[0]), names.fold(other[0])
            if names.skeleton(one) == names.skeleton(two) or one.rstrip(".") == two[:1]:
                return person_id
            if {names.fold(w) for w in cut} <= {names.fold(w) for w in other}:
                return person_id
        return None

    def addressed(self, token: int) -> str | None:
        """The gender that "Mr" or "Ms" right before a token gives."""
        return HONORIFICS.get(self.view.lower[token - 1].rstrip(".")) if token else None


def is_person(hit: Hit, gazetteer: Gazetteer) -> bool:
    """A hit names somebody."""
    return gazetteer.entries[hit.senses[0].entry].type == "person"
