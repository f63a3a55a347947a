"""Which country the text is about at some point, for titles and bodies that name none."""

from __future__ import annotations

from collections import Counter

from kg.extraction import head_nouns
from kg.extraction.actor_lexicon import word_set
from kg.extraction.board import Board
from kg.extraction.cast import Draft
from kg.extraction.context import Seen
from kg.extraction.title_bearers import SENDABLE
from kg.nlp import syntax
from kg.nlp.tokens import Token
from kg.resolve import names

REACH = 2
"""Sentences before; what was told of earlier tells little of who is meant now."""
SAID_THERE = 9
"""Weight of "In Lima, Defence Minister X said", which outdoes all that was told before."""
MAIN, SUBJECT, NAMED = 4, 2, 1
"""Weights of whom a sentence is about, of who does something in it, of who is named in it."""
DATELINE, STORY = 3, 1
"""Weights of the place of the dateline, and of the country that the article tells of most."""
OFTEN, CLEARLY, ALONE = 3, 1.5, 2.5
"""How often the country of the story is mentioned, by itself and as many times as the next; from
`ALONE` times on, it is the story's wherever the talks are held.
"""
MODIFIERS = frozenset({"amod", "compound"})
LEAST, MARGIN = 3, 2
"""What a country needs, by itself and over the next one, to be taken."""


def country_here(
    board: Board, token: int, *, places: bool = False, without: frozenset[str] = frozenset()
) -> str | None:
    """The country of the gazetteer that a text is about at a token, if that is clear.

    Quoted words do not count: speakers talk of others. Nor does the place of the dateline, unless
    its state acts in the text. With `places`, any place named nearby counts; the countries
    `without` do not.
    """
    votes = _told(board, token)
    votes.update(_beside(board, token))
    story, alone = _story(board)
    datelined = False
    acting = {board.cast.country_of(r.actor) for r in board.resolved}
    here = board.view.sentence[token]
    for place in board.places:
        near = 0 <= here - place.sentence <= REACH
        if places and near:
            votes[place.country] += MAIN
        elif place.country not in acting or board.view.quoted[place.token]:
            continue
        elif board.view.kinds[place.token] == "dateline":
            if _seat_of_union(board, place.token):
                continue
            votes[place.country] += NAMED if alone and place.country != story else DATELINE
            datelined = datelined or place.country == story
        elif place.sentence == here and place.token < token:
            there = _said_there(board, token, place.token)
            votes[place.country] += SAID_THERE if there else NAMED
        elif place.sentence == here and _said_there(board, token, place.token):
            votes[place.country] += SAID_THERE
    if story is not None and not datelined:
        votes[story] += DATELINE if alone else STORY
    ranked = [
        (c, n) for c, n in votes.most_common() if c in board.gazetteer.entries and c not in without
    ]
    if len(ranked) < 2:
        return ranked[0][0] if ranked else None
    clear = ranked[0][1] >= LEAST and ranked[0][1] - ranked[1][1] >= MARGIN
    return ranked[0][0] if clear else None


def _seat_of_union(board: Board, token: int) -> bool:
    """ "NEW YORK": what is told from there of the United Nations is not of the United States."""
    view = board.view
    names = {" ".join(view.lower[max(0, token - n) : token + 1]) for n in (0, 1)}
    return not names.isdisjoint(word_set("union_seat")) and any(
        board.gazetteer.entries[i].type == "international_organization" for i in board.listed
    )


def _told(board: Board, token: int) -> Counter[str]:
    """What each country weighs by the mentions of the last sentences, each sentence once."""
    here = board.view.sentence[token]
    governing = _governing(board, token)
    told: dict[tuple[int, str], int] = {}
    for seen in board.context.before(token, sentences=REACH):
        draft = board.cast.actors[seen.actor]
        country = draft.country or _mission_home(board, draft)
        if country is None or not (_of_a_state(draft) or _at_home(draft)):
            continue
        if board.view.quoted[seen.token] or board.view.titled(seen.token):
            continue
        if draft.id.startswith("one-") and _suffers(board, seen):
            continue  # "a Peruvian soldier was killed" tells nothing of whose "the army" is
        weight = NAMED if _at_home(draft) or _visits(draft) else _weight(board, seen)
        weight = MAIN if draft.type == "peacekeepers" else weight
        weight //= 1 if here - seen.sentence < REACH else 2
        if seen.token == governing and not _visits(draft):
            weight += MAIN
        key = (seen.sentence, country)
        told[key] = max(told.get(key, 0), weight)
    votes: Counter[str] = Counter()
    for (_, country), weight in told.items():
        votes[country] += weight
    return votes


def _beside(board: Board, token: int) -> Counter[str]:
    """The states of the armed groups that a sentence names behind a token: "the army accuses X"."""
    view = board.view
    return Counter(
        {
            country: MAIN
            for r in board.resolved
            if r.head > token and view.same_sentence(r.head, token) and not view.quoted[r.head]
            for draft in [board.cast.actors[r.actor]]
            if draft.type == "armed_group" and (country := draft.country) is not None
        }
    )


def _story(board: Board) -> tuple[str | None, bool]:
    """The country of the state, bodies and groups that an article mentions most, if clearly so;
    whether hardly any other is.
    """
    told: Counter[str] = Counter()
    for r in board.resolved:
        draft = board.cast.actors[r.actor]
        country = draft.country or _mission_home(board, draft)
        if country is not None and (_of_a_state(draft) or _at_home(draft)):
            told[country] += 1
    told.update(p.country for p in board.places if board.view.kinds[p.token] != "dateline")
    ranked = told.most_common(2)
    if not ranked or ranked[0][1] < OFTEN:
        return None, False
    times = ranked[0][1] / ranked[1][1] if len(ranked) > 1 else ALONE
    return (ranked[0][0], times >= ALONE) if times >= CLEARLY else (None, False)


def _governing(board: Board, token: int) -> int | None:
    """The mention that is subject of the clause that a token stands in, or of one above it."""
    node = board.view.doc[token]
    while True:
        subject = syntax.subject(node) if node.pos_ in ("VERB", "AUX") else None
        if subject is not None and subject.i < token and subject.i in board.context.within:
            return board.context.within[subject.i]
        if node.head.i == node.i:
            return None
        node = node.head


def _of_a_state(draft: Draft) -> bool:
    return draft.type in head_nouns.COUNTRY_TYPES or (draft.type == "person" and bool(draft.roles))


def _visits(draft: Draft) -> bool:
    """A diplomat or envoy, who tells of another country than that which sent him."""
    roles = {r.role for r in draft.roles}
    return draft.type == "person" and roles <= SENDABLE | {"ambassador"}


def _at_home(draft: Draft) -> bool:
    """A party or armed group, whose state's bodies it speaks of rather than of others'."""
    armed = draft.type in ("armed_group", "organization") and draft.country is not None
    return armed or draft.type == "peacekeepers"


def _mission_home(board: Board, draft: Draft) -> str | None:
    """Where a mission is sent, by its name: "the United Nations Mission in South Sudan"."""
    entry = board.gazetteer.entries.get(draft.id)
    if draft.type != "peacekeepers" or entry is None:
        return None
    for name in entry.names:
        _, within, place = name.text.rpartition(" in ")
        senses = board.gazetteer.index.get(names.fold(place), ()) if within else ()
        for sense in senses:
            if board.gazetteer.entries[sense.entry].type == "state":
                return sense.entry
    return None


def _weight(board: Board, seen: Seen) -> int:
    token = board.view.doc[seen.token]
    while token.dep_ in MODIFIERS and token.head.i > token.i:
        token = token.head  # "*Peruvian* tanks rolled in"
        if token.dep_ in syntax.PASSIVE_SUBJECT:
            return NAMED  # "a Peruvian soldier was killed"
    if token.dep_ in syntax.CONJUNCT:
        token = token.head  # "Peru and Chile met"
    if len(list(syntax.conjuncts(token))) > 1:
        return NAMED  # "Peru, Chile and Brazil act as guarantors"
    if token.dep_ not in syntax.SUBJECT:
        return NAMED
    verb = token.head
    reported = verb.dep_ == "ccomp" and verb.head.i > token.i  # "*Peru waited*, residents said"
    main = (
        verb.dep_ in ("ROOT", "parataxis")
        or reported
        or (verb.dep_ in syntax.CONJUNCT and verb.head.dep_ == "ROOT")
    )
    return MAIN if main else SUBJECT


def _suffers(board: Board, seen: Seen) -> bool:
    return board.view.doc[seen.token].dep_ in syntax.PASSIVE_SUBJECT


def _begun(noun: Token) -> list[int]:
    """The words before a noun that belong to its name: "*interior* ministry"."""
    return [c.i for c in noun.children if c.dep_ in MODIFIERS and c.i < noun.i]


def _said_there(board: Board, token: int, place: int) -> bool:
    """ "In Lima, X said", "X said in Lima": the place goes with the verb that X is subject of."""
    view = board.view
    if view.lower[place - 1] == "in" and not view.same_sentence(place - 2, place):
        return True
    found = syntax.governor_by_preposition(view.doc[place])
    if found is not None and found[0] == "in" and token in (found[1].i, *_begun(found[1])):
        return True  # "the *interior ministry* in Lima"
    verb = view.doc[token]
    while verb.pos_ != "VERB" and verb.head.i != verb.i:
        verb = verb.head
    if found is None or found[0] not in ("in", "from") or verb.tag_ == "VB":
        return False  # "the government is to meet them in Lima": talks are held anywhere
    if verb.dep_ == "ccomp" and syntax.subject(verb.head) is not None:
        return False  # "Paz said the army fought in Lima"
    told = found[1].lower_ in word_set("hearer") and found[1].head.i == verb.i
    return told or found[1].i == verb.i
