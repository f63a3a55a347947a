"""The pieces of what an agreement lays down: where a list divides, and what is left out of it."""

from __future__ import annotations

from itertools import pairwise

from kg.extraction.agreement_lexicon import words
from kg.extraction.agreement_page import Page
from kg.nlp import syntax
from kg.records import TextSpan


def coordinated(page: Page, start: int, end: int) -> list[TextSpan]:
    """Coordinated pieces of some tokens; a clause of reporting at the end is left out."""
    end = trimmed(page, start, _before_report(page, start, _unquoted(page, start, end)))
    end = _before_since(page, start, end)
    inner = range(start + 1, end)
    dividing = [
        k
        for k in inner
        if page.low[k] in {",", ";"}
        or _divides(page, k, start, end)
        or _explains(page, k, end)
        or _in_turn(page, k, end)
    ]
    together = _subjects(page, start, end) if dividing else set()
    dividing = [
        k
        for k in dividing
        if k not in together and not _only_names(page, k, end) and not _describes(page, k)
    ]
    cuts = [start, *dividing]
    if _shared(page, cuts, end):
        cuts = [start]
    pieces = (_piece(page, low, high) for low, high in zip(cuts, [*cuts[1:], end], strict=True))
    return [piece for piece in pieces if piece is not None]


def _only_names(page: Page, k: int, end: int) -> bool:
    """A comma before a name alone: "the American envoy, *Amos Hochstein*"."""
    names = page.names(k + 1) if k + 1 < end and page.low[k] == "," else []
    behind = names[0].end if names else end + 1
    return behind == end or (behind < end and page.pos[behind] == "PUNCT")


def _explains(page: Page, k: int, end: int) -> bool:
    """A colon before a clause: "the release of all: 700 go home this week"."""
    return page.low[k] == ":" and clause_follows(page, k + 1, end)


def _describes(page: Page, k: int) -> bool:
    """ "Two camps, *where* officials hear them", "181, *among* them ten": told more exactly."""
    return page.low[k] == "," and page.low[k + 1 : k + 2] in AFTER_COMMA


AFTER_COMMA = (["where"], ["whose"], ["whom"], ["among"])


def _in_turn(page: Page, k: int, end: int) -> bool:
    """ "A agreed to pay *while B undertook* to deliver": the other one's part."""
    return page.low[k] in {"while", "whereas"} and clause_follows(page, k + 1, end)


def _subjects(page: Page, start: int, end: int) -> set[int]:
    """The tokens of subjects that are lists: "*Peru, Chile and Bolivia* open their ports"."""
    found: set[int] = set()
    for k in range(start, end):
        if page.pos[k] not in {"VERB", "NOUN", "ADJ"}:
            continue
        own = syntax.subject(page.tokens_of[k])
        if own is not None and start <= own.i < k and syntax.conjuncts(own):
            last = max(c.i for c in syntax.conjuncts(own))
            found.update(range(own.i, last) if last < k else ())
    return found


def _shared(page: Page, cuts: list[int], end: int) -> bool:
    """ "the use, production and transfer of mines": bare nouns that share what follows the last."""
    if len(cuts) < 2:
        return False
    if page.pos[cuts[-1] + 1 : cuts[-1] + 2] != ["NOUN"] or page.low[cuts[-1]] not in {"and", "or"}:
        return False
    first = cuts[0] + (page.pos[cuts[0]] == "VERB")  # "bans the use, production and …"
    bare = all(
        sum(page.pos[k] == "NOUN" for k in range(low, high)) == 1
        and all(page.pos[k] in {"NOUN", "DET", "PUNCT", "CCONJ"} for k in range(low, high))
        for low, high in pairwise([first, *cuts[1:]])
    )
    return bare and any(page.low[k] == "of" for k in range(cuts[-1], end))


def _piece(page: Page, low: int, high: int) -> TextSpan | None:
    if low >= high:
        return None
    joining = {"and", "or", "as", "well", "also", "to", "then", "while", "whereas"}
    comma = page.low[low] == ","
    while low < high and (page.low[low] in joining or page.pos[low] == "PUNCT"):
        low += 1
    while high > low and page.pos[high - 1] in {"CCONJ", "PUNCT"}:
        high -= 1
    if low < high and page.pos[low] == "AUX" and "been" in [page.low[low + 1], page.low[low]]:
        return None  # "grants aid and *has been ignored*": told of the agreement itself
    if comma and low + 1 < high and page.tag[low] == "VBD" and page.tag[low + 1] == "VBN":
        return None  # ", which demanded a halt, *was ignored*"
    if comma and low < high and page.low[low] in {"half", "twice", "double", "nearly", "about"}:
        return None  # ", half of what it had asked for": the writer's word
    if comma and low < high and page.low[low] in ASIDE:
        return None  # ", with 13 votes in favour", ", after a lull": how it came about
    beside = (
        comma
        and low < high
        and page.low[low] in {"a", "an"}
        and page.pos[low + 1 : low + 2] == ["NOUN"]
    )
    if beside and page.low[low + 2 : low + 3] in (["that"], ["which"]):
        return None  # ", a practice that had …": the writer's word on what was laid down
    if not any(page.pos[k] in {"NOUN", "VERB", "PROPN"} for k in range(low, high)):
        return None
    span = page.chars(low, high)
    return span if span.end - span.start > 3 else None


ASIDE = frozenset({"with", "after", "amid", "despite", "although", "though", "following"})


def _divides(page: Page, k: int, start: int, end: int) -> bool:
    """An "and" between provisions, not between adjectives, names or numbers."""
    if page.low[k] not in {"and"} or k + 1 >= end or k - 1 < start:
        return False
    before, after = page.pos[k - 1], page.pos[k + 1]
    if clause_follows(page, k + 1, end) or _is_bound_next(page, k + 1, end):
        return True
    verbal = after == "VERB" and page.tokens_of[k + 1].dep_ in syntax.CONJUNCT
    if _is_other_object(page, k) or verbal or page.low[k + 1] == "to":
        return True
    if before in {"ADJ", "PROPN", "NUM"} and page.tag[k + 1] not in {"VBZ", "VBP", "VBD"}:
        return False
    if after in {"PROPN", "NUM"} or page.names(k + 1) or _inner_pair(page, k):
        return False
    return after in {"VERB", "NOUN", "DET", "ADJ", "PART", "AUX"} and before != "VERB"


def _is_other_object(page: Page, k: int) -> bool:
    """ "flights from Lima *and fuel imports*": joined to what stands before the name of a place."""
    if page.pos[k - 1] not in {"PROPN", "NUM"}:
        return False
    head = next((t for t in page.tokens_of[k].ancestors if t.i > k), None)
    if head is None or head.pos_ != "NOUN" or page.tokens_of[k].head.i != head.i:
        return False
    first = head.head
    far = first.i < k - 1 and first.pos_ == "NOUN"
    place = first.i == k - 1 and page.place_at(k - 1) and head.lemma_.lower() not in PLACES
    return head.dep_ == "conj" and (far or place)


PLACES = frozenset(
    {
        *("country", "state", "nation", "neighbour", "neighbor", "ally", "territory", "region"),
        *("area", "city", "town", "province", "part", "district", "village", "place", "island"),
    }
)
"""What a place may stand beside: "from Lima and neighbouring towns"."""


def _is_bound_next(page: Page, k: int, end: int) -> bool:
    """ "A to disarm and *B (not) to* shell towns": the next one who is bound."""
    k += page.pos[k : k + 1] == ["DET"]
    names = page.names(k)
    j = names[0].end if names else end
    return page.low[j : j + 1] == ["to"] or page.low[j : j + 2] == ["not", "to"]


def _inner_pair(page: Page, k: int) -> bool:
    """ "from oil and gas fields", "from hospitals and public buildings": two nouns inside one
    phrase, as the tree joins them.
    """
    before, after = page.doc[k - 1], page.doc[k + 1]
    if page.tag[k - 2] == "PRP$" and after.pos_ == "NOUN":
        return True  # "its fighters and arms"
    last = k + 1
    while page.pos[last] == "ADJ" and last + 1 < page.n:
        last += 1
    if last > k + 1 and page.low[k - 2] in TAKING_PLACE and not _goes_on(page, last + 1):
        after = page.doc[last]
    if before.pos_ != "NOUN" or after.pos_ != "NOUN":
        return False
    joined = after if after.dep_ == "conj" else after.head
    return joined.dep_ == "conj" and joined.head.i == k - 1 and before.dep_ not in {"obj", "dobj"}


TAKING_PLACE = frozenset({"from", "to", "in", "at", "into", "against", "on"})


def _goes_on(page: Page, k: int) -> bool:
    """A noun or a preposition follows: the noun before has words of its own."""
    return page.pos[k : k + 1] in (["NOUN"], ["ADP"], ["PROPN"], ["PART"])


def clause_follows(page: Page, k: int, end: int) -> bool:
    """A subject and its finite verb: "and rates are cut", not "and rates of interest"."""
    j = k
    while j < min(k + 8, end) and page.pos[j] in {"DET", "ADJ", "NOUN", "PROPN", "NUM", "PRON"}:
        j += 1
    finite = j < end and page.tag[j] in {"VBZ", "VBP", "VBD", "MD"}
    return j > k and finite and page.low[j - 1] not in {"that", "which", "who"}


def _before_report(page: Page, start: int, end: int) -> int:
    for k in range(start + 1, end):
        if page.low[k] in {",", "”", '"'} and any(
            page.lemma[j] in words("speech") | {"accord"}
            for j in range(k + 1, min(k + 9, end))
            if page.pos[j] in {"VERB"}
        ):
            return k
        if page.low[k] in {"according", "which"}:
            return k
        arguing = page.low[k] == "," and page.tag[k + 1 : k + 2] == ["VBG"]
        if arguing and page.lemma[k + 1] in words("speech") | words("arguing"):
            return k
        if arguing and _comments(page, k + 1):
            return k
    return end


def _comments(page: Page, k: int) -> bool:
    """ ", *raising* concern abroad": what follows from it, as the writer sees it."""
    told = words("granting") | words("obliging") | words("containing")
    return page.tokens_of[k].dep_ in syntax.ADVERBIAL_CLAUSE and page.lemma[k] not in told


def _unquoted(page: Page, start: int, end: int) -> int:
    """Before the mark that closes a quotation with its sentence: "halts all fire.” Peru agreed"."""
    for k in range(start + 1, end - 1):
        if page.low[k] in CLOSING and page.low[k - 1] in {".", "!", "?"}:
            return k - 1
    return end


CLOSING = frozenset({"”", '"', "»"})


def _before_since(page: Page, start: int, end: int) -> int:
    """ "Free transit *since 1992*": since when it does is no part of what it lays down."""
    last = page.date_at(end - 1) if end > start else None
    if last is None or last.end != end:
        return end
    opening = last.start - (page.low[last.start - 1 : last.start] in (["since"], ["ever"]))
    return opening if opening > start and page.low[opening] == "since" else end


def trimmed(page: Page, start: int, end: int) -> int:
    """Where some tokens end, less punctuation and white space."""
    while end > start and (page.pos[end - 1] == "PUNCT" or page.doc[end - 1].is_space):
        end -= 1
    return end
