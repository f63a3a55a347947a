"""Names of persons: full names first, then the shorter forms that take them up again."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import NamedTuple

from spacy.tokens import Span

from kg.extraction.actor_lexicon import Phrases, Title, given_names, word_set
from kg.extraction.gazetteer import TITLE_SECTIONS, Hit, View
from kg.extraction.name_words import behind_titles, is_name_word, run, title_ends_at
from kg.extraction.people import People, is_person
from kg.resolve import names
from kg.resolve.gazetteer import Gazetteer

NAMELESS = TITLE_SECTIONS | {"dateline", "credit"}
"""Sections in which capital letters make no person: headlines, the agency's line."""
SON_OR_FATHER = frozenset({"jr", "jr.", "sr", "sr.", "junior", "senior"})
CIVIL = frozenset({"minister", "president", "secretary", "chancellor", "premier"})
"""Words that end titles of those who have no military rank besides."""


class PersonName(NamedTuple):
    """A person's name in the text: tokens, half-open, and how it was found."""

    first: int
    last: int
    rule: str
    confidence: float


def full_names(
    view: View,
    hits: Iterable[Hit],
    gazetteer: Gazetteer,
    titles: Phrases[Title],
    taken: list[bool],
) -> Iterator[PersonName]:
    """Names of persons of two words or more, and single ones after a title, outside headlines."""
    person_hits = {h.first: h for h in hits if is_person(h, gazetteer)}
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
    if view.words[hit.last : hit.last + 1] and names.fold(view.words[hit.last]) in SON_OR_FATHER:
        return view.capital(hit.last)  # "Ivo Paz Sr." is not Ivo Paz
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
    first = behind_titles(view, titles, first, end)
    if end - first < 2 or not is_name_word(view, first):
        return None
    return PersonName(first, end, "entity recogniser", 0.9)


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
    start = behind_titles(view, titles, i, end)
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
    if label == "ORG" and end - i == 2 and explained and _in_office(view, titles, end + 1):
        named = True  # what the recogniser took for a firm is a minister
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


def _in_office(view: View, titles: Phrases[Title], i: int) -> bool:
    """From token `i` on stands "the", perhaps whose, and a title that only persons have."""
    if view.lower[i : i + 1] != ["the"]:
        return False
    for k in range(i + 1, min(i + 4, len(view))):
        title = titles.at(view.lower, k)
        if title is not None and (title[1].of == "state" or title[1].role == "spokesperson"):
            return view.lower[title[0] : title[0] + 1] in ([","], ["."])
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
        if view.lower[i - 1 : i] == ["another"]:
            continue  # "another Paz" is nobody named before
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
