"""Organisations that no list has: their names in a text, and what kind they are."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from kg.extraction.actor_lexicon import heads, titles, word_set
from kg.extraction.cast import Cast, Draft
from kg.extraction.gazetteer import View
from kg.extraction.name_words import names_firm
from kg.records import ActorType
from kg.resolve import names

ORGANIZATION_WORDS: dict[str, ActorType] = {
    "agency": "organization",
    "times": "media",
    "news": "media",
    "post": "media",
    "tv": "media",
    "television": "media",
    "radio": "media",
    "journal": "media",
    "newspaper": "media",
    "front": "armed_group",
    "army": "armed_group",
    "brigade": "armed_group",
    "brigades": "armed_group",
    "militia": "armed_group",
    "battalion": "military",
    "ministry": "government_body",
    "commission": "government_body",
    "committee": "government_body",
    "council": "government_body",
    "department": "government_body",
    "court": "government_body",
    "directorate": "government_body",
    "command": "military",
    "corps": "military",
    "dispatch": "media",
    "wire": "media",
    "herald": "media",
    "tribune": "media",
    "gazette": "media",
    "chronicle": "media",
    "observer": "media",
    "courier": "media",
    "telegraph": "media",
    "ledger": "media",
    "monitor": "media",
    "press": "media",
    "daily": "media",
    "weekly": "media",
    "broadcasting": "media",
    "newswire": "media",
    "news agency": "media",
    "press agency": "media",
}

BEFORE_A_NAME = frozenset({"the", "a", "an", "neighbouring", "neighboring"})
"""Words that the recogniser takes into names, though none begins with them."""


def unknown_organizations(view: View, free: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """Names that the recogniser calls organisations, of tokens that are free: half-open."""
    for ent in view.doc.ents:
        if view.kinds[ent.start]:  # in headlines all words are capitals
            continue
        if ent.label_ != "ORG" and not (len(ent) == 1 and names_firm(view, ent.start)):
            continue
        first, last = ent.start, ent.end
        while first < last and view.lower[first] in BEFORE_A_NAME:
            first += 1
        while last > first and view.lower[last - 1] in ("'s", "and", ",", "."):
            last -= 1
        if "based" in view.lower[first:last]:
            first = view.lower.index("based", first) + 1
        for start, end in _two_parties(view, first, last):
            words = range(start, end)
            if words and all(free(i) for i in words) and _names_organization(view, start, end):
                yield start, end


def _two_parties(view: View, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The names in what the recogniser took for one: "between X and the Y" are two."""
    k = first - 1
    while k >= 0 and view.lower[k] in ("the", "a", "an"):
        k -= 1
    links = [i for i in range(first + 1, last - 1) if view.lower[i] in ("and", "&")]
    if k < 0 or view.lower[k] not in ("between", "both") or not links:
        yield first, last
        return
    # a name may hold one "and" itself; the article, else the last, tells where the second begins
    link = next((i for i in links if view.lower[i + 1] in ("the", "a", "an")), links[-1])
    yield first, link
    yield link + 1 + (view.lower[link + 1] in ("the", "a", "an")), last


def _names_organization(view: View, first: int, last: int) -> bool:
    words = view.words[first:last]
    if not words[0][:1].isupper() or any("\n" in w for w in words):
        return False
    if view.lower[last - 1] in word_set("no_organization"):
        return False
    if any(_is_office(view, first, i, last) for i in range(first, last)):
        return False
    if _ends_title(view, first, last):
        return False
    if any(
        view.lower[i] in ("-", "–") and view.start[i] > view.end[i - 1] for i in range(first, last)
    ):
        return False
    if len(words) > 1:
        return True
    bracketed = first > 1 and view.lower[first - 1] == "("
    if bracketed and view.lower[first - 2] in word_set("no_organization"):
        return False  # "Free Trade Agreement (FTA)"
    if words[0].endswith("s") and words[0][:-1].isupper():
        return False  # "the PACs"
    inner = any(c.isupper() for c in words[0][1:])  # "TotalEnergies"
    return len(words[0]) > 2 and (inner or names_firm(view, first)) and words[0].isalpha()


def _ends_title(view: View, first: int, last: int) -> bool:
    """The words are the end of a title: the "Foreign Affairs" of "Minister of Foreign Affairs"."""
    found = (titles().at(view.lower, k) for k in range(max(0, first - 3), first))
    return any(title is not None and title[0] >= last for title in found)


def _is_office(view: View, first: int, i: int, last: int) -> bool:
    """From token `i` on stands a title, or a body of a state with at most one word before it."""
    title = titles().at(view.lower, i)
    if title is not None and title[0] >= last:
        return True
    head = heads().at(view.lower, i)
    if head is None or head[0] < last or head[1].sort == "alias":
        return False
    if head[1].type == "media" and all(w[:1].isupper() for w in view.words[first:last]):
        return False  # "Sidra News Agency" is a name of its own
    capitals = sum(
        view.capital(k) and view.lower[k] not in word_set("title_modifiers") | {"royal"}
        for k in range(first, i)
    )
    return capitals < 2 or head[1].suffix in word_set("ministries")


def organization(name: str, cast: Cast, country: str | None) -> Draft:
    """An unlisted organisation, met before under this name or acronym, or new."""
    folded = names.fold(name)
    for draft in cast.actors.values():
        if not draft.id.startswith("organization-"):
            continue
        other = names.fold(draft.name)
        if folded == other or names.fold(_initials(draft.name)) == folded:
            return draft
    last = folded.split()
    kind = ORGANIZATION_WORDS.get(" ".join(last[-2:])) or ORGANIZATION_WORDS.get(last[-1])
    kind = kind or "organization"
    return cast.actor(f"organization-{names.slug(name)}", name, kind, country=country)


def _initials(name: str) -> str:
    return "".join(w[0] for w in name.split() if w[0].isupper())
