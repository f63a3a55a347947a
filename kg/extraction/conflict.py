"""Who is at odds in an article: the two parties that it tells of together."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Iterable

from kg.extraction.cast import Cast, Draft
from kg.extraction.gazetteer import View

PARTY_TYPES = frozenset({"state", "de_facto_state", "armed_group", "military", "government_body"})


def conflict_pair(
    coordinated: Iterable[tuple[str, str]], seen: Iterable[tuple[int, str]], cast: Cast
) -> tuple[str, ...]:
    """The two opponents that the article names together most often, as far as it tells.

    `coordinated` are pairs that the text joins ("Armenia and Azerbaijan"); `seen` are mentions with
    their sentence, by which an armed group is paired with whom it is told of.
    """
    sentences: dict[int, list[str]] = {}
    mentions: Counter[str] = Counter()
    for number, actor in seen:
        mentions[actor] += 1
        if cast.actors[actor].type in PARTY_TYPES:
            sentences.setdefault(number, []).append(actor)
    counted: Counter[tuple[str, str]] = Counter()
    for one, two in coordinated:
        if _opponents(cast.actors[one], cast.actors[two]):
            counted[(min(one, two), max(one, two))] += 3  # as good as three sentences in common
    for actors in sentences.values():
        for one, two in itertools.combinations(sorted(set(actors)), 2):
            armed = _fights(cast.actors[one], cast.actors[two])
            if ((one, two) in counted or armed) and _opponents(cast.actors[one], cast.actors[two]):
                counted[(one, two)] += 1
    often = {pair: n for pair, n in counted.items() if min(mentions[i] for i in pair) > 1}
    ranked = often or counted
    if not ranked:
        return _two_states(sentences.values(), cast)
    return max(ranked, key=lambda pair: (ranked[pair], *_likely(pair, mentions, cast)))


def _likely(pair: tuple[str, str], mentions: Counter[str], cast: Cast) -> tuple[bool, int]:
    """What decides between pairs told of alike: a conflict within one state, then how often."""
    one, two = (cast.actors[i].country for i in pair)
    return one == two is not None, sum(mentions[i] for i in pair)


def _two_states(sentences: Iterable[list[str]], cast: Cast) -> tuple[str, ...]:
    """The two states told of most, if they meet in two sentences and no third comes near."""
    states = [sorted({i for i in s if cast.actors[i].type in STATES}) for s in sentences]
    told = Counter(i for found in states for i in found).most_common(3)
    if len(told) < 2 or (len(told) == 3 and 2 * told[2][1] > told[1][1]):
        return ()
    pair = tuple(sorted((told[0][0], told[1][0])))
    together = sum(set(pair) <= set(found) for found in states)
    return pair if together >= TOGETHER else ()


STATES = frozenset({"state", "de_facto_state"})
TOGETHER = 2
"""Sentences; two states that meet but once are not at odds in the article as a whole."""


BACKED = frozenset(
    [
        *("backed", "allied", "aligned", "sponsored", "funded", "financed", "armed", "supported"),
        *("linked", "affiliated", "trained", "equipped"),
    ]
)
"""What binds a state to a group as its patron: "Iran-backed"."""


def patrons(view: View, mentions: Iterable[tuple[int, str]]) -> set[str]:
    """The actors said to back others, of mentions with the token where they end."""
    return {
        actor
        for end, actor in mentions
        if view.lower[end : end + 1] in (["-"], ["–"])
        and BACKED.intersection(view.lower[end + 1 : end + 2])
    }


def _fights(one: Draft, two: Draft) -> bool:
    """One is an armed group and the other no mere name of its country ("Lebanon's Hezbollah")."""
    types = {one.type, two.type}
    return "armed_group" in types and not ("state" in types and one.country == two.country)


def _opponents(one: Draft, two: Draft) -> bool:
    if one.id == two.id or not {one.type, two.type} <= PARTY_TYPES:
        return False
    armed = "armed_group" in (one.type, two.type)
    return armed or one.country != two.country
