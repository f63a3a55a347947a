"""Who stands beside an agreement in a sentence: lists of actors, mediators and guarantors, as
token ranges.

Lists are read from the words, not the tree: coordination and attachment are where parsers err most.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal, NamedTuple

from kg.extraction.agreement_lexicon import words
from kg.extraction.agreement_page import DASHES, POWERS, QUOTES, Named, Page
from kg.extraction.conflict import BACKED
from kg.records import ParticipationRole

FILLERS = frozenset({"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"})


Tie = Literal["bound", "keeper", "asked"]
"""Why somebody is taken for a party: made it; keeps or breaks it; wants or is to make it."""


class Part(NamedTuple):
    """An actor's part in an agreement, with the mention that shows it."""

    actor: str
    role: ParticipationRole
    start: int
    end: int
    tie: Tie = "bound"

    @property
    def weak(self) -> bool:
        """Likely, but not sure to be a party."""
        return self.tie != "bound"


class ActorList(NamedTuple):
    """Coordinated actors as they stand in a text, half-open token range."""

    start: int
    end: int
    items: tuple[Named, ...]


def actors_from(page: Page, i: int, *, gap: int = 5) -> ActorList | None:
    """The list of actors that starts at a token: "Russia, Armenia and Azerbaijan", "the leaders
    of A and B".
    """
    items: list[Named] = []
    ends: list[int] = []
    closed_by_and = False
    cursor = i
    while True:
        item = _item(page, cursor, gap)
        if item is None:
            break
        inner = _inside(page, item)
        items += inner or (item,)
        ends.append(item.end)
        if inner and not closed_by_and and len(ends) == 1:
            return ActorList(i, item.end, tuple(items))
        if closed_by_and:
            break
        cursor, closed_by_and, goes_on = _connector(page, _after_title(page, item.end))
        if not goes_on:
            break
    if not items:
        return None
    if len(ends) == 2 and page.titled[i]:
        pass  # "Israel, Lebanon agree": headlines spare the "and"
    elif not closed_by_and or len(items) == len(ends) == 1:
        # commas alone make no list: "signed by Russia, Peskov said"
        items, ends = items[:1], ends[:1]
    return ActorList(i, ends[-1], tuple(items))


def _inside(page: Page, item: Named) -> tuple[Named, ...]:
    """The states named inside a group's name: "the presidents of Armenia and Azerbaijan"."""
    if page.actor(item.actor).type != "group":
        return ()
    found = [
        n
        for k in range(item.start, item.end)
        for n in page.names(k)
        if n.actor != item.actor and n.end <= item.end
    ]
    powers = tuple(n for n in found if page.actor(n.actor).type in POWERS)
    return powers if len({n.actor for n in powers}) > 1 else ()


def _after_title(page: Page, i: int) -> int:
    """Past a bracket that names or dates the item: "Lavrov (Russia)"."""
    if i < page.n and page.low[i] == "(":
        for k in range(i + 1, min(i + 8, page.n)):
            if page.low[k] == ")":
                return k + 1
    return i


def _item(page: Page, i: int, gap: int) -> Named | None:
    """The next actor, past articles, titles and "the leaders of", but past no verb."""
    end = min(i + gap, page.n)
    k, backed = i, False
    while k < end:
        found = page.names(k)
        if found and _backs(page, found[0]):
            k, end, backed = found[0].end + 2, min(found[0].end + 2 + gap, page.n), True
            continue
        if found:
            return _whole(page, found[0])
        passable = (
            page.pos[k] in FILLERS
            or page.low[k] in {"of", "’s", "'s", "’", "'"}
            or page.low[k] in QUOTES
        )
        if not passable or page.low[k] in {"who", "which", "that", "what"} or page.date_at(k):
            return None
        if page.pos[k] == "NOUN" and page.low[k] not in words("leader") and not backed:
            return None
        k += 1
    return None


def _backs(page: Page, named: Named) -> bool:
    """ "The *Iran*-backed group Hezbollah": a patron by the way, whoever is backed."""
    joined = page.low[named.end : named.end + 1]
    behind = page.low[named.end + 1 : named.end + 2]
    return joined in (["-"], ["–"]) and not BACKED.isdisjoint(behind)


def _whole(page: Page, first: Named) -> Named:
    """The mention that a title leads up to: "Russian President Vladimir Putin" is Putin."""
    end = min(first.end + 4, page.n)
    for k in range(first.end, end):
        if page.pos[k] not in {"NOUN", "PROPN", "ADJ"} and page.low[k] not in {"’s", "'s", "-"}:
            break
        found = page.names(k)
        if found and first.kind != "pronoun":
            longer = _whole(page, found[0])
            if page.actor(longer.actor).type in {
                "person",
                "government_body",
                "military",
                "armed_group",
            }:
                return Named(first.start, longer.end, longer.actor, longer.kind)
            break
    return first


def _connector(page: Page, i: int) -> tuple[int, bool, bool]:
    """Where the next item may start, whether "and" came before it, whether the list may go on."""
    k, comma, conj = i, False, False
    if k < page.n and page.low[k] == ",":
        comma, k = True, k + 1
    if k < page.n and page.low[k] in {"and", "&"}:
        conj, k = True, k + 1
    elif k + 2 < page.n and page.low[k : k + 3] == ["as", "well", "as"]:
        conj, k = True, k + 3
    elif not comma and k < page.n and (page.low[k] in DASHES or page.low[k] == "/"):
        conj, k = True, k + 1
    if k < page.n and page.low[k] in {"with", "between"} and conj:
        k += 1
    return k, conj, comma or conj


def actors_before(page: Page, i: int, floor: int) -> tuple[ActorList | None, list[Part]]:
    """The subject list that a verb's group at `i` follows, and mediators told of in between.

    "Chad and Libya, with the mediation of Togo, agreed": the words between commas are
    passed over.
    """
    parts: list[Part] = []
    k = i
    steps = 0
    while k > floor and steps < 14:
        steps += 1
        before = k - 1
        date = page.date_at(before)
        if date is not None and date.end == k and date.start > floor:
            k = date.start
            continue
        if page.low[before] == ",":
            opening = _opening_comma(page, before, floor)
            if opening is None:
                return None, parts
            parts += list(mediation(page, opening + 1, before))
            k = opening
            continue
        found = _list_ending(page, k, floor)
        if found is not None:
            return found, parts
        if page.low[before] in {"which", "who", "that"} and before > page.sentence_start[i]:
            # "Russia, which brokered": clause_left stops at the relative, its noun stands before it
            end = before - (page.low[before - 1] == ",")
            return _list_ending(page, end, page.sentence_start[i]), parts
        chain = page.pos[before] in {"AUX", "ADV", "PART", "VERB"} or page.low[before] in {
            "to",
            "both",
            "all",
            "each",
            "jointly",
            "ready",
            "willing",
            "able",
            "also",
            "together",
            "unable",
            "close",
            "set",
            "due",
        }
        if not chain:
            return None, parts
        k = before
    if k == floor > page.sentence_start[i] and page.low[k - 1] in {"which", "who", "that"}:
        # "it was Karsovan troops who had broken": the noun stands before the relative
        end = k - 1 - (page.low[k - 2] == ",")
        return _list_ending(page, end, page.sentence_start[i]), parts
    return None, parts


def _opening_comma(page: Page, closing: int, floor: int) -> int | None:
    for k in range(closing - 1, max(floor - 1, closing - 16), -1):
        if page.low[k] == ",":
            return k
    return None


def _list_ending(page: Page, end: int, floor: int) -> ActorList | None:
    """The longest list of actors whose last mention ends at a token."""
    best: ActorList | None = None
    for k in range(max(floor, end - 24), end):
        if not page.names(k) or (best and best.start <= k):
            continue
        found = actors_from(page, k)
        if found and found.end == end and (best is None or len(found.items) > len(best.items)):
            best = found
    return best


# ---------------------------------------------------------- mediators and guarantors

MEDIATION = {
    "mediation": "mediator",
    "mediating": "mediator",
    "auspices": "mediator",
    "sponsorship": "mediator",
    "facilitation": "mediator",
    "offices": "mediator",
    "brokerage": "mediator",
    "patronage": "mediator",
    "aegis": "mediator",
    "mediators": "mediator",
    "mediator": "mediator",
    "intermediary": "mediator",
    "intermediaries": "mediator",
    "intercession": "mediator",
    "guarantee": "guarantor",
    "guarantees": "guarantor",
    "guarantor": "guarantor",
    "guarantors": "guarantor",
    "witness": "witness",
    "witnesses": "witness",
}
BY = {
    "brokered": "mediator",
    "mediated": "mediator",
    "facilitated": "mediator",
    "sponsored": "mediator",
    "arranged": "mediator",
    "guaranteed": "guarantor",
    "underwritten": "guarantor",
    "witnessed": "witness",
}
EFFORTS = frozenset({"efforts", "mediation", "diplomacy"})
BROKER_LEMMAS = frozenset({"broker", "mediate", "facilitate"})


def mediation(page: Page, start: int, end: int) -> Iterator[Part]:
    """Who mediates, guarantees or witnesses, as some tokens tell."""
    for i in range(start, end):
        word = page.low[i]
        if word in MEDIATION:
            yield from _by_noun(page, i, start, end)
        elif "-" in word and word.rpartition("-")[2] in BY:
            joined = _list_ending(page, i + 1, start)  # "a U.N.-brokered deal"
            yield from _parts(joined, _role(word.rpartition("-")[2], BY)) if joined else ()
        elif word in BY or (word == "led" and page.low[i - 1] in words("talks") | EFFORTS):
            yield from _by_participle(page, i, start, end)
        elif page.lemma[i] in BROKER_LEMMAS and (page.pos[i] == "VERB" or word.endswith("ing")):
            yield from _subject_parts(page, i, start, "mediator")


def _role(word: str, table: dict[str, str]) -> ParticipationRole:
    role = table[word]
    if role == "guarantor":
        return "guarantor"
    return "witness" if role == "witness" else "mediator"


def _parts(found: ActorList, role: ParticipationRole) -> Iterator[Part]:
    for item in found.items:
        yield Part(item.actor, role, item.start, item.end)


def _by_noun(page: Page, i: int, start: int, end: int) -> Iterator[Part]:
    role = _role(page.low[i], MEDIATION)
    k = i + 1
    if k < end and page.low[k] in {"efforts", "effort", "role"}:
        k += 1
    if k < end and page.low[k] in {"of", "by", "from"}:
        found = actors_from(page, k + 1)
        # "the guarantors of the agreement", "the mediation of the conflict" name nobody
        if found is not None and found.items[0].start - k <= 6:
            yield from _parts(found, role)
            return
    before = _possessing(page, i, start)
    if before is not None:
        yield from _parts(before, role)
        return
    # "with Qatar and Egypt as mediators", "Qatar acted as a mediator", "Russia is the guarantor"
    j = i - 1
    while j > start and (page.pos[j] in {"DET", "ADJ"} or page.low[j] == "main"):
        j -= 1
    if j >= start and page.low[j] == "as":
        listed = _list_ending(page, j, start)
        if listed is not None:
            yield from _parts(listed, role)
            return
    if j >= start and (page.low[j] == "as" or page.lemma[j] in {"be", "remain", "become"}):
        subject, _ = actors_before(page, j, start)
        if subject is not None:
            yield from _parts(subject, role)
            return
    if (
        k < end
        and (page.names(k) or page.low[k] in {",", ":"})
        and page.low[i] in {"mediators", "mediator", "guarantors"}
    ):
        found = actors_from(page, k + (page.low[k] in {",", ":"}))
        if found is not None:
            yield from _parts(found, role)


def _possessing(page: Page, i: int, start: int) -> ActorList | None:
    """ "Turkish mediation", "Qatar's good offices", "US and French auspices": the list right
    before a noun.
    """
    k = i
    while k > start and (
        page.low[k - 1] in {"good", "mediation", "joint", "direct", "active", "’s", "'s", "’", "'"}
    ):
        k -= 1
    return _list_ending(page, k, start) or (_list_ending(page, k + 1, start) if k < i else None)


def _by_participle(page: Page, i: int, start: int, end: int) -> Iterator[Part]:
    role = _role(page.low[i], BY) if page.low[i] in BY else "mediator"
    if i > start and page.low[i - 1] in DASHES:
        # "Russian-brokered", "US- and Saudi-brokered"
        before = _list_ending(page, i - 1, start)
        if before is not None:
            yield from _parts(before, role)
        return
    for k in range(i + 1, min(i + 14, end)):
        if page.low[k] == "by":
            found = actors_from(page, k + 1)
            if found is not None:
                yield from _parts(found, role)
                yield from _helpers(page, found.end, role)
            return
        if page.low[k] in {",", ";", "and", "that", "which"}:
            break
    if page.tag[i] == "VBD" or not _passive(page, i, start):
        yield from _subject_parts(page, i, start, role)


def _helpers(page: Page, k: int, role: ParticipationRole) -> Iterator[Part]:
    """ "Mediated by the UN *with help from Togo and Benin*"."""
    k += page.low[k : k + 1] == [","]
    k += page.low[k : k + 2] == ["with", "the"]
    helping = {"help", "support", "assistance", "backing"}
    if set(page.low[k + 1 : k + 2]) <= helping and page.low[k + 2 : k + 3] in (["from"], ["of"]):
        found = actors_from(page, k + 3)
        yield from _parts(found, role) if found is not None else ()


def _passive(page: Page, i: int, start: int) -> bool:
    k = i - 1
    while k >= start and page.pos[k] in {"ADV", "PART"}:
        k -= 1
    if k >= start and page.lemma[k] in {"be", "get"}:
        return True
    return k >= start and page.pos[k] in {"NOUN", "PROPN"} and not page.named_at.get(k)


def _subject_parts(page: Page, i: int, start: int, role: ParticipationRole) -> Iterator[Part]:
    subject, _ = actors_before(page, i, start)
    if subject is not None:
        yield from _parts(subject, role)
