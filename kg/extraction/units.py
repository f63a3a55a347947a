"""Nominal phrases that name an actor by whose it is and what it is.

"The Russian military", "the armed forces of Azerbaijan", "Russian Foreign Ministry spokeswoman".
What stands before and behind a head noun is read from the words, not from the parse, which often
errs inside such phrases.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from kg.extraction.actor_lexicon import Head, Phrases, Title, heads, titles, word_set
from kg.extraction.gazetteer import View

MOST_MODIFIERS = 4
"""Words between whose and what: "Azerbaijan's newly appointed deputy foreign minister"."""

STAND_INS = frozenset({"deputy"})
"""Titles that before another one only tell that its holder stands in."""
STAND_IN_ALIKE = frozenset({"spokesperson", "commander", "counterpart", "lawmaker"})
"""Roles that those who stand in have as well."""
PLAIN_CHIEF = frozenset({"new", "former", "acting", "interim", "outgoing", "ousted", "current"})
"""Modifiers of a "chief" that do not tell what he is the chief of."""
POSSESSIVES = frozenset({"its", "their", "his", "her", "our", "my", "your"})
ALL = frozenset({"all", "both", "everyone", "everybody", "every"})
NUMBERS = {"two": 2, "three": 3, "four": 4, "five": 5, "six": 6, "both": 2}

Kind = Literal["state", "place", "org", "person", "people", "unit"]


class Anchor(NamedTuple):
    """Something already identified that a phrase can belong to: tokens, half-open, and ids."""

    first: int
    last: int
    ids: tuple[str, ...]
    kind: Kind
    adjective: bool = False
    """It is an adjective: "Danish"."""


@dataclass
class Unit:
    """A nominal phrase: its tokens (without article), head word, and whose it is."""

    first: int
    last: int
    head_first: int
    head_last: int
    head: Head | None = None
    title: Title | None = None
    owners: tuple[str, ...] = ()
    owner_kind: Kind | None = None
    pronoun: int | None = None
    """The possessive pronoun that tells whose it is, to be resolved."""
    ethnic: bool = False
    place: str | None = None
    determiner: str = ""
    number: int | None = None
    modifiers: tuple[str, ...] = ()
    ids: tuple[str, ...] = field(default=())
    """Who it is, once that is decided."""


class Owner(NamedTuple):
    """Whose something is, and where the phrase begins or ends with it."""

    ids: tuple[str, ...]
    kind: Kind | None
    edge: int
    pronoun: int | None = None


class Anchors:
    """What stands where: found actors and places by the token where they begin or end."""

    def __init__(self) -> None:
        self.starting: dict[int, Anchor] = {}
        self.ending: dict[int, Anchor] = {}

    def put(self, anchor: Anchor) -> None:
        """Add one; a longer one at the same edge takes the place of a shorter."""
        for table, edge in ((self.starting, anchor.first), (self.ending, anchor.last)):
            old = table.get(edge)
            if old is None or old.last - old.first <= anchor.last - anchor.first:
                table[edge] = anchor


def head_units(
    view: View,
    phrases: Phrases[Head],
    anchors: Anchors,
    taken: list[bool],
    sorts: frozenset[str],
    also: Phrases[Title],
) -> Iterator[Unit]:
    """Phrases headed by a noun of some sorts, in reading order; titles (`also`) may follow one."""
    past = 0
    for i in phrases.starts(view.lower):
        found = None if i < past or taken[i] else phrases.at(view.lower, i)
        if found is None or found[1].sort not in sorts or any(taken[i : found[0]]):
            continue
        past, head = found
        part = _is_part(view, anchors, i, past, also) or _modifies(view, past, phrases, also)
        opening = head.type in ("organization", "media") or head.suffix == "SENATE"
        part = part or (opening and _opens_title(view, i, past, also))
        part = part or _of_what_kind(view, anchors, i, past, also)
        if _is_noun(view, i, past) and not part:
            yield _unit(view, anchors, i, past, head, None)


def title_units(
    view: View, phrases: Phrases[Title], anchors: Anchors, taken: list[bool]
) -> Iterator[Unit]:
    """Phrases headed by a title, in reading order."""
    past = 0
    for i in phrases.starts(view.lower):
        found = None if i < past or taken[i] else phrases.at(view.lower, i)
        if found is None or any(taken[i : found[0]]):
            continue
        past, title = found
        if title.phrase in STAND_INS and _stands_before_title(view, phrases, past):
            continue  # "deputy ambassador" is one title
        if title.role and _is_noun(view, i, past):
            unit = _unit(view, anchors, i, past, None, title)
            if "deputy" in unit.modifiers and title.role not in STAND_IN_ALIKE:
                unit.title = title._replace(role=f"deputy {title.role}")
            if title.role == "head":
                unit.title = title._replace(role=_chief_of_what(unit, title))
            yield unit


def _stands_before_title(view: View, phrases: Phrases[Title], past: int) -> bool:
    """Behind it stands a title, of one person or of several: "deputy prime ministers"."""
    several = heads().at(view.lower, past)
    plural = several is not None and several[1].sort == "persons"
    return plural or phrases.at(view.lower, past) is not None


def _chief_of_what(unit: Unit, title: Title) -> str:
    """The role of a "chief" or "head": of a state's security, he is not the head of the state."""
    if not unit.owners or unit.owner_kind not in ("state", "place", "org"):
        return title.role
    told = [m for m in unit.modifiers if m.isalpha() and m not in PLAIN_CHIEF]
    return f"{told[-1]} {title.phrase}" if told and title.phrase == "chief" else title.role


def _is_noun(view: View, i: int, end: int) -> bool:
    """The phrase is no verb ("forces", "heads", "officers") and no part of a longer compound."""
    last = end - 1
    if end - i == 1 and view.pos[last] in ("VERB", "AUX", "ADV"):
        return False
    joined = end < len(view) and view.start[end] == view.end[last]
    return not (joined and view.lower[end] == "-")


def _is_part(view: View, anchors: Anchors, i: int, end: int, titles: Phrases[Title]) -> bool:
    return _in_proper_name(view, anchors, i) or _in_title(view, i, end, titles)


def _in_title(view: View, i: int, end: int, titles: Phrases[Title]) -> bool:
    """The phrase is the middle of a title: the "cabinet" of "chief cabinet secretary"."""
    for k in range(max(0, i - 2), i):
        found = titles.at(view.lower, k)
        if found is not None and found[0] >= end:
            return True
    return False


def _opens_title(view: View, i: int, end: int, titles: Phrases[Title]) -> bool:
    """A longer title begins with the phrase: "opposition leader" tells of a person only."""
    found = titles.at(view.lower, i)
    return found is not None and found[0] > end


def _of_what_kind(view: View, anchors: Anchors, i: int, end: int, titles: Phrases[Title]) -> bool:
    """An adjective only tells what sort of officer it is: "the group's *military* spokesman"."""
    if view.tag[end - 1] != "JJ" or titles.at(view.lower, end) is None or i < 2:
        return False
    owner = anchors.ending.get(i - 1)
    return view.lower[i - 1] in ("'s", "'") and (owner is None or owner.kind != "state")


def _in_proper_name(view: View, anchors: Anchors, i: int) -> bool:
    """A capitalised word before a capitalised head makes a name: "White Army"."""
    k = i - 1
    if k < 0 or not (view.capital(i) and view.capital(k)) or view.titled(i):
        return False
    if not view.same_sentence(k, i) or not view.same_sentence(k - 1, i) or k + 1 in anchors.ending:
        return False
    plain = view.lower[k] in word_set("title_modifiers") or view.lower[k] in word_set("no_name")
    return not plain and view.pos[k] in ("PROPN", "ADJ", "NOUN") and view.words[k].isalpha()


def _modifies(view: View, end: int, phrases: Phrases[Head], titles: Phrases[Title]) -> bool:
    """The phrase only tells of what kind the next noun is: "military operation", "army radio"."""
    if end >= len(view) or not view.same_sentence(end, end - 1) or view.titled(end):
        return False
    if view.pos[end] != "NOUN" or view.tag[end] not in ("NN", "NNS"):
        return False
    return titles.at(view.lower, end) is None and phrases.at(view.lower, end) is None


def _unit(
    view: View, anchors: Anchors, i: int, end: int, head: Head | None, title: Title | None
) -> Unit:
    unit = Unit(i, end, i, end, head, title)
    left, modifiers, edge = owner_left(view, anchors, i, title=title is not None)
    unit.modifiers = modifiers
    unit.first = edge
    if left is None and _attitude(view, edge - 1):
        unit.first = edge - 3  # "NATO-led", "Iran-backed"
    if left is not None:
        unit.owners, unit.owner_kind, unit.pronoun = left.ids, left.kind, left.pronoun
        unit.first = left.edge
    right = owner_right(view, anchors, end, head, title)
    if word_set("western").intersection(modifiers) and view.lower[end : end + 1] == ["in"]:
        right = None  # whose "Western officials in Tesk" are, the place does not tell
    if right is not None:
        if left is None or right.kind == "place" or (head and head.sort == "population"):
            unit.last = right.edge
        if right.kind == "place" and (left is not None or (head and head.sort != "body")):
            unit.place = right.ids[0]
            if left is None:
                unit.owners, unit.owner_kind = right.ids, right.kind
        elif left is None:
            unit.owners, unit.owner_kind = right.ids, right.kind
        elif head and head.sort in ("population", "armed") and right.kind == "state":
            unit.place = right.ids[0]
    _determine(view, anchors, unit)
    return unit


def _determine(view: View, anchors: Anchors, unit: Unit) -> None:
    k = unit.first - 1
    before = []
    while k >= 0 and unit.owners and view.pos[k] == "ADJ" and (k + 1) not in anchors.ending:
        before.append(view.lower[k])
        k -= 1
    unit.modifiers = (*reversed(before), *unit.modifiers)
    if k < 0 or not view.same_sentence(k, unit.first):
        return
    word = view.lower[k]
    if word in NUMBERS and k and view.lower[k - 1] in ("the", "these", "all"):
        unit.number = NUMBERS[word]
        unit.determiner = "the"
    elif word in word_set("determiners") or word in ALL or word in NUMBERS:
        unit.determiner = word
        unit.number = NUMBERS.get(word)


def owner_left(
    view: View, anchors: Anchors, i: int, *, title: bool = False
) -> tuple[Owner | None, tuple[str, ...], int]:
    """Whose, before token `i`; else the modifiers that stand there and where they begin."""
    k = i
    skipped: list[str] = []
    while True:
        owner = _owner_ending(view, anchors, k)
        if owner is not None:
            return owner, tuple(reversed(skipped)), owner.edge
        k -= 1
        if k < 0 or len(skipped) >= MOST_MODIFIERS or not view.same_sentence(k, i):
            break
        named = title and k not in anchors.starting and _names_task(view, k, i)
        if not (named or _modifier(view, k)) or _attitude(view, k):
            break
        skipped.append(view.lower[k])
    inner = tuple(reversed(skipped))
    return None, inner, i - _trailing_words(view, i, len(inner))


def _names_task(view: View, k: int, title: int) -> bool:
    """A word with a capital tells what an office is for: "UN *Emergency* Relief Coordinator"."""
    named = view.capital(k) and view.pos[k] in ("PROPN", "NOUN") and view.words[k].isalpha()
    return (
        named and view.capital(title) and not view.titled(k) and view.doc[k].ent_type_ != "PERSON"
    )


def _attitude(view: View, k: int) -> bool:
    """The word binds a name that is not the owner: the "-backed" of "Iran-backed militia"."""
    bound = k > 2 and view.lower[k - 1] in ("-", "–") and view.start[k] == view.end[k - 1]
    return bound and view.words[k - 2][:1].isupper() and view.lower[k] not in ("based", "born")


def _trailing_words(view: View, i: int, count: int) -> int:
    """How many of the modifiers belong to the phrase: those from the first that is no adverb on."""
    for n in range(count, 0, -1):
        if view.pos[i - n] in ("ADJ", "NOUN", "PROPN", "VERB", "NUM"):
            return n
    return 0


def _modifier(view: View, k: int) -> bool:
    if view.lower[k] in word_set("determiners") or view.lower[k] in NUMBERS or view.lower[k] in ALL:
        return False
    if view.pos[k] in ("ADJ", "NUM"):
        return True
    if view.pos[k] in ("NOUN", "PROPN"):
        return view.words[k][:1].islower() or view.lower[k] in word_set("title_modifiers")
    if view.pos[k] == "VERB":
        inside = k > 0 and (
            view.pos[k - 1] in ("DET", "ADJ", "PART", "NUM") or view.lower[k - 1] in POSSESSIVES
        )
        told = k > 0 and view.pos[k - 1] == "AUX" and view.doc[k].head.i <= k
        return (view.tag[k] in ("VBN", "JJ") and not told) or (view.tag[k] == "VBG" and inside)
    if view.pos[k] == "PUNCT":
        return view.lower[k] in ("-", "–") and view.start[k] == view.end[k - 1]
    return view.pos[k] == "ADV" and view.lower[k].endswith("ly")


def _owner_ending(view: View, anchors: Anchors, k: int) -> Owner | None:
    """The owner whose last token stands just before `k`, by possessive, pronoun or mere contact."""
    if k <= 0 or not view.same_sentence(k - 1, k if k < len(view) else k - 1):
        return None
    word = view.lower[k - 1]
    if word in POSSESSIVES and view.pos[k - 1] in ("PRON", "DET", ""):
        return Owner((), None, k - 1, pronoun=k - 1)
    end = k - 1 if word in ("'s", "'") else k
    if end <= 0:
        return None
    anchor = anchors.ending.get(end)
    if anchor is None and word == "-" and view.lower[k : k + 1]:
        return None
    if anchor is None or view.sentence[anchor.first] != view.sentence[k - 1]:
        return None
    if anchor.kind == "people" and end == k:
        return None
    ids = list(anchor.ids)
    first = anchor.first
    kind = anchor.kind
    while True:
        joined = len(ids) > len(anchor.ids)
        before = _coordinated_before(view, anchors, anchor, first, comma=joined)
        if before is None or (end != k and anchor.kind == "person"):
            break
        ids = [*before.ids, *ids]
        first = before.first
    return Owner(tuple(dict.fromkeys(ids)), kind, first)


def _coordinated_before(
    view: View, anchors: Anchors, last: Anchor, first: int, *, comma: bool
) -> Anchor | None:
    """What is joined by "and", or by a comma (`comma`: if "and" follows), to the owner that begins
    at token `first`.
    """
    k = first - 1
    if k > 0 and view.lower[k] in ("the", "both"):
        k -= 1
    if k <= 0 or view.lower[k] not in ("and", ",", "&", "or"):
        return None
    if view.lower[k] == "," and not comma and not _opens_headline(view, anchors, k):
        return None  # "MONUSCO, the UN mission"
    k -= 1 if view.lower[k - 1] == "," else 0
    found = anchors.ending.get(k)
    if found is None or found.kind != last.kind or not view.same_sentence(found.first, first):
        return None
    if view.lower[found.last : found.last + 1] == ["'s"]:
        return None
    # like with like: "Dutch and Danish troops", "US and British", but not "in Moscow and Danish …"
    acronym = view.words[found.last - 1].isupper() or "." in view.words[found.last - 1]
    return found if found.adjective == last.adjective or acronym else None


def _opens_headline(view: View, anchors: Anchors, comma: int) -> bool:
    """Headlines join two by a comma: "Peru, Chile leaders meet"."""
    first = anchors.ending.get(comma)
    return (
        view.titled(comma) and first is not None and not view.same_sentence(first.first - 1, comma)
    )


def owner_right(
    view: View, anchors: Anchors, end: int, head: Head | None, title: Title | None
) -> Owner | None:
    """Whose, behind a head: "of Azerbaijan", "of Russia, Azerbaijan and Armenia", "in Karabakh"."""
    if end + 1 >= len(view) or not view.same_sentence(end, end - 1):
        return None
    word = view.lower[end]
    allowed = {"of"}
    if title is not None:
        allowed |= {"for"} if title.role in ("spokesperson", "commissioner") else set()
        allowed |= {"at", "for", "in"} if title.of == "org" else set()
    elif head is not None and head.sort in ("population", "armed"):
        allowed |= {"in", "from"}
    elif head is not None and head.sort == "body":
        # not "troops in Syria", "diplomats in Syria", which are seldom Syria's
        seated = head.type in ("group", "organization") or head.phrase in ("police", "authorities")
        seated = seated and head.suffix not in word_set("elsewhere")
        allowed |= {"in"} if seated else set()
    if word not in allowed:
        return None
    j = end + 1
    for _ in range(4):
        anchor = anchors.starting.get(j)
        if anchor is not None:
            break
        if j + 1 >= len(view) or not view.same_sentence(j + 1, end):
            return None
        skippable = view.lower[j] in ("the", "both") or view.pos[j] == "ADJ"
        rank = titles().at(view.lower, j) if title is not None and not skippable else None
        if not skippable and rank is None:
            return None
        j = rank[0] if rank is not None else j + 1
    else:
        return None
    anchor = _titled_owner(view, anchors, _owned(view, anchors, anchor))
    ids = list(anchor.ids)
    last = anchor.last
    if _owns_something_else(view, anchor):
        return None
    while True:
        after = _coordinated_after(view, anchors, last, anchor.kind)
        if after is None:
            break
        ids += after.ids
        last = after.last
    return Owner(tuple(dict.fromkeys(ids)), anchor.kind, last)


def _owned(view: View, anchors: Anchors, anchor: Anchor) -> Anchor:
    """The body named behind its state: "head of Yemen's Presidential Leadership Council"."""
    k = anchor.last
    if anchor.kind in ("state", "place") and view.lower[k : k + 1] == ["'s"]:
        named = anchors.starting.get(k + 1)
        if named is not None and named.kind == "org" and view.same_sentence(k, named.first):
            return named
    return anchor


def _titled_owner(view: View, anchors: Anchors, anchor: Anchor) -> Anchor:
    """Who is named behind state and title: "press officer of Angolan President Ivo Paz"."""
    agency = _agency_of(view, anchors, anchor)
    if agency is not None:
        return agency
    title = titles().at(view.lower, anchor.last) if anchor.adjective else None
    named = anchors.starting.get(title[0]) if title is not None else None
    person = named is not None and named.kind == "person"
    return named if named is not None and person else anchor


def _agency_of(view: View, anchors: Anchors, anchor: Anchor) -> Anchor | None:
    """The one named behind a general word: "head of the U.N. refugee agency UNHCR"."""
    for i in range(anchor.last, min(anchor.last + MOST_MODIFIERS, len(view))):
        if anchor.kind != "org" or view.pos[i] not in ("ADJ", "NOUN", "PROPN"):
            return None
        word = heads().at(view.lower, i)
        if word is not None and word[1].sort == "alias":
            named = anchors.starting.get(word[0])
            return named if named is not None and named.kind == "org" else None
    return None


def _owns_something_else(view: View, anchor: Anchor) -> bool:
    """The name only begins a longer phrase: "of Russia's allies", "of Syrian refugees"."""
    if anchor.last >= len(view):
        return False
    after = view.lower[anchor.last]
    if after in ("'s", "'"):
        return True
    if anchor.kind == "unit" or anchor.kind == "people":
        return False
    if anchor.kind == "place" and view.tag[anchor.last] in ("NN", "NNS"):
        return True  # "of the Lori diocese"
    demonym = view.pos[anchor.last - 1] == "ADJ"
    return demonym and view.pos[anchor.last] in ("NOUN", "PROPN", "ADJ")


def _coordinated_after(view: View, anchors: Anchors, last: int, kind: Kind) -> Anchor | None:
    k = last
    if k < len(view) and view.lower[k] == ",":
        k += 1
    if k < len(view) and view.lower[k] in ("and", "&"):
        k += 1
    elif k == last:
        return None
    if k < len(view) and view.lower[k] == "the":
        k += 1
    found = anchors.starting.get(k)
    if (
        found is None
        or found.kind != kind
        or kind in ("unit", "people")
        or not view.same_sentence(k, last - 1)
    ):
        return None
    if _owns_something_else(view, found):
        return None
    return found
