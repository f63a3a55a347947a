"""Actor or place: whether a country or capital acts and is addressed, or something happens there.

A capital is a place unless the sentence makes it act; a country is an actor unless the sentence
makes it a location. Decided by the preposition, the governor and the role in the clause.
"""

from __future__ import annotations

import re
from typing import Literal, NamedTuple

from kg.extraction.actor_lexicon import word_set
from kg.extraction.cues import verb_entry
from kg.extraction.gazetteer import Hit, View
from kg.nlp import syntax
from kg.nlp.tokens import Token
from kg.resolve.gazetteer import Entry

Sort = Literal["state", "capital", "place"]


_DATELINE = re.compile(
    r"[^\S\n]*[A-Z][A-Z.'’/ -]{2,}(?:,[^-–—\n]{0,40})?\s*(?:\([^)\n]{2,40}\)\s*)?[-–—]+\s"
)
"""A city in capitals, perhaps a date and an agency, and a dash, at the start of a line."""


PASSED_OVER = frozenset({"the", "all", "both", "breakaway", "self-proclaimed"}) | {
    "neighbouring",
    "neighboring",
}
"""Words before a name that do not tell an actor from a place."""


ATTITUDES = (["backed"], ["led"], ["sponsored"], ["brokered"], ["allied"], ["aligned"], ["funded"])
"""What a power does, bound to its name by a hyphen."""


class Decision(NamedTuple):
    """Whether the words are a place, and which rule says so how surely."""

    place: bool
    rule: str
    confidence: float


class Decided(NamedTuple):
    """A name before this one, and what was decided on it."""

    hit: Hit
    entry: Entry
    decision: Decision


def decide(view: View, hit: Hit, entry: Entry, sort: Sort, before: Decided | None) -> Decision:
    """Actor or place, for the name of a country, capital or region.

    `before` is the name just before this one, whose lot it shares if the two are coordinated.
    """
    if view.kinds[hit.first] in ("dateline", "credit") or _in_dateline(view, hit):
        return Decision(True, "dateline", 1.0)
    if before is not None:
        found = _beside(view, hit, entry, before)
        if found is not None:
            return found
    return _by_neighbours(view, hit, sort) or _by_clause(view, hit, sort)


def of_region(view: View, hit: Hit) -> bool:
    """The demonym tells where several states lie: "two Central African states".

    "Malaysian states" are parts of one; only of words that are a region's as well, not.
    """
    before = hit.first - 1
    part = before >= 0 and view.lower[before] in word_set("part_of_world")
    if part and view.capital(before) and view.same_sentence(before, hit.first):
        return True  # "South American"
    k = hit.last
    while k < len(view) and view.pos[k] in ("ADJ", "NUM") and view.same_sentence(hit.first, k):
        k += 1
    if k >= len(view) or not view.same_sentence(hit.first, k):
        return False
    regional = " ".join(view.lower[hit.first : hit.last]) in word_set("region_demonym")
    nouns = word_set("several_states") | (word_set("of_several_states") if regional else set())
    return view.lower[k] in nouns


def _in_dateline(view: View, hit: Hit) -> bool:
    if not view.words[hit.first].isupper():
        return False
    line = view.text.rfind("\n", 0, hit.start) + 1
    found = _DATELINE.match(view.text, line)
    return found is not None and hit.end <= found.end()


def _beside(view: View, hit: Hit, entry: Entry, before: Decided) -> Decision | None:
    """One of several names ("Baku and Yerevan"), or the state of the city before it."""
    between = [w for w in view.lower[before.hit.last : hit.first] if w not in ("the", "both")]
    if between == [","]:
        smaller = before.entry.type is None or before.hit.senses[0].use == "capital"
        if smaller and entry.type is not None and before.entry.country == entry.country:
            return Decision(before.decision.place, "state of the city before it", 0.95)
    elif not (between and between[-1] in ("and", "or", "&", "nor") and len(between) <= 2):
        return None
    alike = (before.entry.type, before.hit.senses[0].use) == (entry.type, hit.senses[0].use)
    if between == [","] and not alike:
        return None
    decision = before.decision
    rule = decision.rule.removeprefix("coordinated; ")
    return Decision(decision.place, f"coordinated; {rule}", decision.confidence)


def _by_neighbours(view: View, hit: Hit, sort: Sort) -> Decision | None:
    """What the words beside the name tell, whatever the parse."""
    lower = view.lower
    after = lower[hit.last] if hit.last < len(view) else ""
    k = hit.first - 1
    while k >= 0 and (lower[k] in PASSED_OVER or lower[k] == "of"):
        if lower[k] == "of" and lower[k - 1] not in ("all", "out", "inside", "outside", "most"):
            break
        k -= 1
    before = lower[k] if k >= 0 and view.same_sentence(k, hit.first) else ""
    if before in word_set("directions") and not view.titled(hit.first):
        return Decision(True, "direction before a name", 0.95)
    if after == "'s":
        return _possessor(view, hit, sort)
    if before == "out" and lower[k + 1] == "of":
        return Decision(True, "after “out of”", 0.9)
    if before in word_set("locative") or (before == "from" and lower[k - 1 : k] == ["far"]):
        return Decision(True, f"after “{before}”", 0.97)
    if (
        before == ","
        and not (view.titled(k) or _finite(view, hit.last))
        and _after_place_and_comma(view, k)
    ):
        return Decision(True, "after the name of a place in it", 0.95)
    if sort == "capital" and after in word_set("meeting") and before not in ("'s", "with"):
        return Decision(True, "seat of a meeting", 0.8)
    if before == "between":
        motion = lower[k - 1] in ("border", "road", "route", "flights", "flight", "corridor")
        return Decision(motion, "after “between”", 0.9)
    if before in ("of", "to", "from", "for", "with", "by", "against", "on") and not view.titled(k):
        return _after_preposition(before, _governor(view, hit, k), sort)
    verb_before = k >= 0 and view.pos[k] == "VERB" and view.same_sentence(k, hit.first)
    if verb_before and head(view, hit).dep_ not in syntax.SUBJECT and not _finite(view, hit.last):
        return _as_object(view.doc[k], sort)
    if before == "-" and lower[k - 1 : k] in (["based"], ["controlled"]):
        return Decision(True, "based there", 0.8)
    if after == "-" and lower[hit.last + 1 : hit.last + 2] in ATTITUDES:
        return Decision(False, "backed by it", 0.9)
    if after == "-" and lower[hit.last + 1 : hit.last + 2] in (["based"], ["born"]):
        return Decision(True, "based there", 0.95)
    return None


def _governor(view: View, hit: Hit, preposition: int) -> Token:
    """What a preposition depends on: the noun just before it, else what the parse says."""
    token = view.doc[preposition - 1] if preposition else view.doc[hit.first]
    if preposition and token.pos_ in ("NOUN", "VERB") and view.same_sentence(token.i, hit.first):
        return token
    found = syntax.governor_by_preposition(head(view, hit))
    return found[1] if found is not None else token


def _possessor(view: View, hit: Hit, sort: Sort) -> Decision:
    owned = view.lower[hit.last + 1 : hit.last + 4]
    place = word_set("place_noun")
    located = any(w in place or w in word_set("directions") for w in owned[:2])
    if sort == "state":
        return Decision(False, "possessor", 0.85 if located else 0.97)
    if located:
        return Decision(True, "possessor of a place", 0.9)
    acts = any(w in word_set("actor_poss_noun") for w in owned)
    return Decision(sort == "place" and not acts, "possessor", 0.9 if acts else 0.7)


def _after_place_and_comma(view: View, comma: int) -> bool:
    """Before the comma stands a capitalised name that a preposition of place or a title governs."""
    k = comma - 1
    while k >= 0 and (view.capital(k) or view.lower[k] in ("-", "al", "el", "de")):
        k -= 1
    if k == comma - 1 or not view.same_sentence(k, comma):
        return False
    return view.lower[k] in word_set("locative") or view.lower[k] in ("of", "to", "from", "the")


def _by_clause(view: View, hit: Hit, sort: Sort) -> Decision:
    token = head(view, hit)
    found = syntax.governor_by_preposition(token)
    if found is not None:
        return _after_preposition(found[0], found[1], sort)
    if token.dep_ in syntax.SUBJECT:
        return _as_subject(token, sort)
    if token.dep_ in syntax.ANY_OBJECT:
        return _as_object(token.head, sort)
    if sort == "capital" and _finite(view, hit.last):
        return Decision(False, "before a finite verb", 0.75)
    if sort == "capital" and _accompanies(view, hit):
        return Decision(False, "before a participle of speech", 0.75)
    if sort == "capital" and view.titled(hit.first):
        return Decision(False, "capital in a headline", 0.65)
    if token.dep_ in syntax.PART_OF_NAME and sort != "state":
        return Decision(True, "inside another name", 0.6)
    if token.dep_ in syntax.APPOSITION and sort != "state":
        return Decision(True, "apposition", 0.6)
    if sort == "state":
        return Decision(False, "country by default", 0.7)
    return Decision(True, f"{sort} by default", 0.6)


def _finite(view: View, i: int) -> bool:
    """Token `i` is a finite verb, by its tag, whatever the parse makes of it."""
    if i >= len(view) or view.tag[i] not in ("VBZ", "VBD", "VBP", "MD"):
        return False
    return view.lower[i] not in ("is", "was", "are", "were", "be", "been", "has", "have", "had")


def _accompanies(view: View, hit: Hit) -> bool:
    """ "With Lima calling it a start and *La Paz* accusing the army"."""
    linked = view.lower[hit.first - 1 : hit.first] in (["and"], ["with"], ["while"])
    if not linked or hit.last >= len(view) or view.tag[hit.last] != "VBG":
        return False
    entry = verb_entry(view.doc[hit.last])
    return entry is not None and entry.kind == "say"


def head(view: View, hit: Hit) -> Token:
    """The token by which the parse hangs a name."""
    inside = range(hit.first, hit.last)
    for i in inside:
        if view.doc[i].head.i not in inside:
            return view.doc[i]
    return view.doc[hit.first]


def _after_preposition(preposition: str, governor: Token, sort: Sort) -> Decision:
    lemma = _lemma(governor)
    first = preposition.split()[0]
    rule = f"after “{preposition}”"
    if first in word_set("locative") or first in ("towards", "toward"):
        return Decision(True, rule, 0.95)
    if first == "from" and sort == "capital" and lemma in word_set("from_power"):
        return Decision(False, rule, 0.8)  # "an order from Lima"
    if first in ("to", "from", "for"):
        moved = lemma in word_set("motion_verb") or lemma in word_set("motion_noun")
        if moved:
            return Decision(True, f"{rule} and motion", 0.9)
        if not moved and sort != "state":
            moved = _verb_before(governor) in word_set("motion_verb")
            if moved:
                return Decision(True, f"{rule} and motion", 0.8)
        told = word_set("tell_noun") | word_set("tell_verb") | word_set("give_verb")
        if sort == "state" or lemma in told:
            return Decision(False, rule, 0.85)
        return Decision(first != "for", rule, 0.6)
    if first == "of":
        if sort == "state":
            return Decision(lemma in word_set("area_noun"), rule, 0.8)
        acts = lemma in word_set("actor_poss_noun") | word_set("tell_noun")
        return Decision(sort == "place" or not acts, rule, 0.75)
    if first in ("on", "against", "over"):
        if sort == "state":
            return Decision(False, rule, 0.85)
        hostile = lemma in (
            "attack",
            "strike",
            "assault",
            "offensive",
            "march",
            "advance",
            "missile",
        )
        return Decision(sort == "place" or hostile, rule, 0.7)
    return Decision(sort == "place", rule, 0.85)


def _verb_before(noun: Token) -> str:
    """The verb whose object a noun is: "invited the two presidents to Luanda"."""
    if noun.pos_ == "VERB":
        return ""
    for back in range(1, 6):
        if noun.i - back < noun.sent.start:
            return ""
        token = noun.nbor(-back)
        if token.pos_ == "VERB":
            return _lemma(token)
    return ""


IRREGULAR = {"fled": "flee", "flew": "fly", "flown": "fly", "led": "lead", "shot": "shoot"}
"""Forms that lemmatizers often miss."""


def _lemma(token: Token) -> str:
    return IRREGULAR.get(token.lower_, token.lemma_.lower())


def _as_subject(token: Token, sort: Sort) -> Decision:
    verb = token.head
    if sort == "state":
        return Decision(False, "subject", 0.95)
    lemma = _lemma(verb)
    if token.dep_ in syntax.PASSIVE_SUBJECT or syntax.is_passive(verb):
        struck = lemma in word_set("hit_verb") | word_set("motion_verb")
        return Decision(struck or sort == "place", "passive subject", 0.8)
    if verb.pos_ not in ("VERB", "AUX") and not any(syntax.children(verb, syntax.COPULA)):
        return Decision(sort == "place", "subject", 0.7)
    fallen = lemma in ("fall", "lie", "remain", "be", "burn")
    if sort == "place":
        speaks = lemma in ("say", "claim", "accuse", "deny", "warn", "demand", "reject", "vow")
        return Decision(not speaks, "subject", 0.7)
    return Decision(fallen and lemma != "be", "subject", 0.85)


def _as_object(verb: Token, sort: Sort) -> Decision:
    lemma = _lemma(verb)
    if sort == "state":
        visited = lemma in ("visit", "leave", "enter", "reach", "tour", "flee", "quit", "cross")
        return Decision(visited, f"object of “{lemma}”", 0.9)
    if lemma in word_set("tell_verb"):
        return Decision(sort == "place", f"object of “{lemma}”", 0.9)
    physical = lemma in word_set("hit_verb") | word_set("motion_verb")
    return Decision(physical or sort == "place", f"object of “{lemma}”", 0.7)
