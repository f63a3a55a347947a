"""Names of persons: full names first, then the shorter forms that take them up again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import NamedTuple

from spacy.tokens import Span

from kg.extraction.actor_lexicon import Phrases, Title, given_names, titles, word_set
from kg.extraction.gazetteer import TITLE_SECTIONS, Hit, View
from kg.nlp import syntax
from kg.resolve import names
from kg.resolve.gazetteer import Gazetteer

NAMELESS = TITLE_SECTIONS | {"dateline", "credit"}
"""Sections in which capital letters make no person: headlines, the agency's line."""
CIVIL = frozenset({"minister", "president", "secretary", "chancellor", "premier"})
"""Words that end titles of those who have no military rank besides."""
ELDER, YOUNGER = frozenset({"elder", "older"}), frozenset({"younger"})
"""What tells two of one surname apart."""
LONGEST_NAME = 6
"""Words; longer runs of capitals are titles of works or headlines."""
LONGEST_ACRONYM = 3
LONGEST_LABEL = 14
"""Tokens to each side of a name in the label of a turn: name, office, whose."""
LABEL_MARKS = frozenset({",", "(", ")", "-", "–", "&", "'s"})


class PersonName(NamedTuple):
    """A person's name in the text: tokens, half-open, and how it was found."""

    first: int
    last: int
    rule: str
    confidence: float


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

        self.hits = [h for h in hits if not _is_person(h, gazetteer)]
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
            return self._nearest(before, token) if before else min(met)[1]
        return ids[-1] if ids else None

    def _nearest(self, before: list[tuple[int, str]], token: int) -> str:
        """Of those named before, who is meant: the subject of the last sentence that names one.

        "The elder" is who was named first, "the younger" who was named last.
        """
        word = self.view.lower[token - 1] if token else ""
        if word in ELDER:
            return min(before)[1]
        last, person = max(before)
        if word in YOUNGER:
            return person
        sentence = self.view.sentence
        subjects = [
            one
            for one in before
            if sentence[one[0]] == sentence[last] and self.view.doc[one[0]].dep_ in syntax.SUBJECT
        ]
        return max(subjects)[1] if subjects and sentence[token] != sentence[last] else person

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
        cut = name.split()
        self._skeletons.add(names.skeleton(cut[-1]))
        forms = [name, *names.name_forms(name)]
        if len(cut) > 2:
            # "Padrino" of Vladimir Padrino López; the given name before it may come last, too
            forms += [w for w in cut[1:-1] if w[:1].isupper() and len(w.rstrip(".")) > 2]
        if len(cut) > 1:
            forms += [cut[0], *(" ".join(cut[k:]) for k in range(1, len(cut)))]
            forms += [" ".join(cut[:k]) for k in range(2, len(cut))]
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
        cut = name.split()
        if len(cut) < 2:
            return None
        for entry_id in self.gazetteer.people_by_surname(cut[-1]):
            other = self.gazetteer.entries[entry_id].name
            if names.skeleton(other.split()[0]) == names.skeleton(cut[0]):
                return self._listed(other)
        return None

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
        last = cut[-1]
        for person_id, person in self.persons.items():
            other = person.name.split()
            if len(other) < 2 or not names.same_surname(last, other[-1]):
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


def full_names(
    view: View,
    hits: Iterable[Hit],
    gazetteer: Gazetteer,
    titles: Phrases[Title],
    taken: list[bool],
) -> Iterator[PersonName]:
    """Names of persons of two words or more, and single ones after a title, outside headlines."""
    person_hits = {h.first: h for h in hits if _is_person(h, gazetteer)}
    ents = {e.start: e for e in view.doc.ents if e.label_ in ("PERSON", "PER")}
    others = {e.start: e for e in view.doc.ents if e.label_ not in ("PERSON", "PER")}
    past = 0
    for i in [k for k, word in enumerate(view.words) if word[:1].isupper() or k in person_hits]:
        if i < past:
            continue
        found = None
        if i in person_hits and not _in_longer_name(view, person_hits[i], taken):
            hit = person_hits[i]
            found = PersonName(hit.first, hit.last, "gazetteer", 1.0)
        elif not taken[i] and view.kinds[i] not in NAMELESS and not _opens_title(view, titles, i):
            found = _from_entity(view, ents, titles, taken, i) or _after_title(
                view, titles, taken, i
            )
            found = found or _by_speech(view, titles, others, taken, i)
        if found and found.last > i:
            yield found
            past = found.last


def _in_longer_name(view: View, hit: Hit, taken: list[bool]) -> bool:
    """A surname is part of a name that is not listed: of a relative, or of a building."""
    if hit.last - hit.first > 1 or view.titled(hit.first):
        return False
    if run(view, hit.first, taken) > hit.last:
        return True
    k = hit.first - 1
    given = k >= 0 and view.same_sentence(k, hit.first) and is_name_word(view, k) and not taken[k]
    return given and (view.lower[k] in given_names() or view.doc[k].ent_type_ == "PERSON")


def _opens_title(view: View, titles: Phrases[Title], i: int) -> bool:
    """A title before a name begins here: the "Colonel" of "spokesman Colonel Anan Wattanakul"."""
    found = titles.at(view.lower, i)
    if found is None or not view.capital(i):
        return False
    if view.words[i].isalpha() and len(view.words[i]) < 4 and view.lower[i - 1] in CIVIL:
        return False  # "Defence Minister Gen Nakatani"
    end = found[0] + (view.lower[found[0] : found[0] + 1] == ["."])
    return end < len(view) and view.same_sentence(i, end) and view.capital(end)


def _is_person(hit: Hit, gazetteer: Gazetteer) -> bool:
    return gazetteer.entries[hit.senses[0].entry].type == "person"


def run(view: View, i: int, taken: list[bool]) -> int:
    """Where a run of name words that starts at token `i` ends."""
    end = i
    count = 0
    while end < len(view) and count < LONGEST_NAME and view.same_sentence(i, end):
        word, low = view.words[end], view.lower[end]
        if taken[end] or "\n" in word:
            break
        joined = end > i and view.start[end] == view.end[end - 1]
        if low in ("-", "–") and joined and end + 1 < len(view):
            if view.start[end + 1] == view.end[end] and view.words[end + 1][:1].isalpha():
                end += 2
                continue
            break
        if is_name_word(view, end) or (end > i and _recognised(view, end)):
            end += 1
            count += 1
            continue
        particle = low in names.PARTICLES and word.isalpha()
        if particle and end + 1 < len(view) and not taken[end + 1] and _goes_on(view, end + 1):
            end += 1
            continue
        break
    while end > i and _hangs(view, end - 1):
        end -= 1
    return end


def _hangs(view: View, i: int) -> bool:
    """A particle or dash that nothing follows; with a capital, it may end a name ("Lashi La")."""
    if view.lower[i] in "-–":
        return True
    closed = view.lower[i + 1 : i + 2] in ([","], [")"])
    return view.lower[i] in names.PARTICLES and not (view.capital(i) and closed)


def _recognised(view: View, i: int) -> bool:
    """A word that is seldom a name, here by the recogniser the end of one: "Tajul Islam"."""
    token = view.doc[i]
    return token.ent_type_ == "PERSON" and token.ent_iob_ == "I" and view.words[i].istitle()


def _goes_on(view: View, i: int) -> bool:
    if view.lower[i] == "-":
        return i + 1 < len(view) and view.capital(i + 1)
    return is_name_word(view, i) or view.lower[i] in names.PARTICLES


def is_name_word(view: View, i: int) -> bool:
    """Token `i` may be a word of a person's name."""
    word = view.words[i]
    if not word[:1].isupper() or (view.lower[i] in word_set("no_name") and not word.endswith(".")):
        return False
    shouted = len(word) > 3 and word.isupper() and not view.kinds[i]
    if shouted and not _follows_name(view, i) and not _in_label(view, i):
        return False
    return word.replace(".", "").replace("'", "").replace("’", "").isalpha()


def _in_label(view: View, i: int) -> bool:
    """A line begins with some words in capitals and a colon, which tell who speaks.

    "MINISTER LEE:", "ADA VIDAL, SPOKESWOMAN FOR THE COURT:".
    """
    first, end = i, i + 1
    while first > 0 and i - first < LONGEST_LABEL and _shouts(view, first - 1):
        first -= 1
    while end < len(view) and end - i < LONGEST_LABEL and _shouts(view, end):
        end += 1
    opens = first == 0 or "\n" in view.words[first - 1]
    return opens and end < len(view) and view.words[end] == ":"


def _shouts(view: View, i: int) -> bool:
    word = view.words[i]
    return word.isupper() or word in LABEL_MARKS


def _follows_name(view: View, i: int) -> bool:
    """The word before is a given name, so that "Abdoulaye WADE" is one name."""
    return i > 0 and view.lower[i - 1] in given_names() and view.capital(i - 1)


def _from_entity(
    view: View, ents: dict[int, Span], titles: Phrases[Title], taken: list[bool], i: int
) -> PersonName | None:
    if i not in ents:
        return None
    first = i
    while first > 0 and view.same_sentence(first - 1, i) and not taken[first - 1]:
        joined = view.tag[first - 1].startswith("NNP") and is_name_word(view, first - 1)
        if not joined or (first - 1 > 0 and view.sentence[first - 2] != view.sentence[first - 1]):
            break
        first -= 1
    end = run(view, first, taken)
    first = _behind_titles(view, titles, first, end)
    if end - first < 2 or not is_name_word(view, first):
        return None
    return PersonName(first, end, "entity recogniser", 0.9)


def _behind_titles(view: View, titles: Phrases[Title], first: int, end: int) -> int:
    """Where the name begins in a run of capitals that begins with a title or a part of one."""
    start = first
    for i in range(first + 1, end):
        if title_ends_at(view, titles, i):
            start = i
    return start


def _after_title(
    view: View, titles: Phrases[Title], taken: list[bool], i: int
) -> PersonName | None:
    """The name behind a title that ends just before token `i`."""
    if i == 0 or not is_name_word(view, i) or not view.same_sentence(i - 1, i):
        return None
    if not title_ends_at(view, titles, i):
        return None
    end = run(view, i, taken)
    if end == i:
        return None
    return PersonName(i, end, "name after a title", 0.9)


def title_ends_at(view: View, titles: Phrases[Title], i: int) -> bool:
    """A title ends just before token `i`."""
    for back in range(1, 6):
        k = i - back
        if k < 0 or not view.same_sentence(k, i):
            return False
        found = titles.at(view.lower, k)
        if found and found[0] == i:
            return found[1].role != "" or view.capital(k)
        if found and found[0] == i - 1 and view.lower[i - 1] == ".":
            return True
    return False


def _by_speech(
    view: View, titles: Phrases[Title], others: dict[int, Span], taken: list[bool], i: int
) -> PersonName | None:
    """Two capitalised words that speak, or that a title or age explains after a comma."""
    if not is_name_word(view, i) or (
        i and view.same_sentence(i - 1, i) and is_name_word(view, i - 1) and not taken[i - 1]
    ):
        return None
    end = run(view, i, taken)
    if end - i < 2 or end >= len(view):
        return None
    start = _behind_titles(view, titles, i, end)
    if start > i:
        return PersonName(start, end, "name after a title", 0.8)
    given = names.fold(view.words[i]) in given_names()
    speaks = view.lower[end] in word_set("speech") or (
        i and view.lower[i - 1] in word_set("speech")
    )
    explained = view.lower[end] == "," and end + 1 < len(view) and _explains(view, titles, end + 1)
    label = others[i].label_ if i in others else "MISC"
    of_state = label in ("GPE", "LOC") and i > 0 and view.lower[i - 1] == "'s"
    named = label == "MISC" or of_state  # "Spain's Iria Vela said"
    if i > 1 and view.lower[i - 1] == "," and title_ends_at(view, titles, i - 1):
        named = explained = view.lower[end] == "," or view.tag[end].startswith("VB")
    if given or ((speaks or explained) and named):
        return PersonName(i, end, "capitalised words that speak or act", 0.75 if given else 0.65)
    return None


def _explains(view: View, titles: Phrases[Title], i: int) -> bool:
    """From token `i` on stands what explains a person: who, an age, a title with whose it is."""
    word = view.lower[i]
    if word == "who" or (word.isdigit() and len(word) == 2):
        return True
    for k in range(i, min(i + 4, len(view))):
        title = titles.at(view.lower, k)
        if title is not None and title[1].role:
            return True
        if not (view.pos[k] in ("DET", "ADJ", "PROPN", "PART") or view.capital(k)):
            return False
    return False


def short_names(
    view: View, people: People, taken: list[bool], singles: Iterable[int]
) -> Iterator[tuple[PersonName, str]]:
    """Capitalised words that take up somebody named before or after, with who it is."""
    recognised = set(singles)
    unfit = word_set("no_name")
    past = 0
    for i in [k for k, word in enumerate(view.words) if word[:1].isupper() and not taken[k]]:
        if i < past or taken[i] or view.lower[i] in unfit:
            continue
        found = _longest_form(view, people, taken, i)
        if found is None and (i in recognised or people.sounds_known(view.words[i])):
            other = people.alike(view.words[i])
            found = (i + 1, other) if other else None
        if found is not None:
            yield PersonName(i, found[0], "short form of a name", 0.95), found[1]
            past = found[0]


def _longest_form(view: View, people: People, taken: list[bool], i: int) -> tuple[int, str] | None:
    end = run(view, i, taken) if not view.titled(i) else min(i + 3, len(view))
    for k in range(max(end, i + 1), i, -1):
        if any(taken[i:k]) or view.words[k - 1].isspace():
            continue
        words = view.spelled(i, k)
        person = people.named(words, i, people.addressed(i))
        if person is not None:
            return k, person
    return None
