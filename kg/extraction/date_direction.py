"""Whether the words around a date look back or ahead: tense, participles, modals, infinitives.

Only the words themselves are read, as dates are found before there is a tree.
"""

from __future__ import annotations

import re
from typing import Literal

from kg.extraction.date_patterns import words

Direction = Literal["past", "future"]

REACH = 12
"""Words beyond which another clause begins."""
_WORDS = re.compile(r"[^\W\d_]+(?:[’'][a-z]+)?")
_CLAUSE_END = re.compile(
    # not behind "Gen." or "Dec."; a word of three letters that ends a sentence loses little
    r"(?:(?<!\b[A-Z])(?<!\b[A-Z][a-z])(?<!\b[A-Z][a-z]{2})\.|[!?])[”\"’]?\s|\n|[;:]\s"
)
_ONLY_OPENINGS = frozenset({"the", "end", "start", "middle", "of", "on", "at", "in", "about"})
_DETERMINERS = frozenset({"the", "a", "an", "its", "his", "their", "our", "my", "your", "of"})
_PRESENT = frozenset({"is", "are"})
_NEGATED = {"won": "will", "can": "can", "shan": "shall"}


def around(text: str, start: int, end: int) -> Direction | None:
    """What the words of the clause before a date tell, else those behind it."""
    left = before(text, start)
    return left or _right(_clause_right(text, end))


def before(text: str, start: int) -> Direction | None:
    """What the words of the clause before a date tell."""
    return _left(_tokens(_CLAUSE_END.split(text[max(0, start - 110) : start])[-1])[-REACH:])


def is_promised(text: str, start: int) -> bool:
    """What is dated was agreed, ordered or asked: "promised to leave", or "called a vote for"."""
    tokens = _tokens(_CLAUSE_END.split(text[max(0, start - 110) : start])[-1])[-REACH:]
    if tokens[-1:] == ["for"]:
        return True
    bidden = [i for i, t in enumerate(tokens) if t == "to" and _is_bidden(tokens, i)]
    return any(not _is_told_since(tokens[i:]) for i in bidden)


def is_vowed(text: str, start: int) -> bool:
    """ "Promised to hold a vote in": what is promised is yet to come, unless it *had been*."""
    tokens = _tokens(_CLAUSE_END.split(text[max(0, start - 110) : start])[-1])[-REACH:]
    for i, token in enumerate(tokens):
        if token != "to" or not _is_verb(tokens, i + 1) or _is_told_since(tokens[i:]):
            continue
        vowed = [j for j in range(max(0, i - 4), i) if tokens[j] in words("vowing")]
        if vowed and "had" not in tokens[: vowed[0]] and not _later_verb(tokens[i + 2 :]):
            return True
    return False


def _later_verb(tokens: list[str]) -> bool:
    """Another verb stands between: the date is its."""
    return any(_is_past(t) for t in tokens)


def _is_told_since(tokens: list[str]) -> bool:
    """A relative clause of the past follows: "to renew the truce *that lapsed*"."""
    return any(
        token in {"that", "which", "who"} and _of_past(tokens, i + 1) == "past"
        for i, token in enumerate(tokens[:-1])
        if _is_past(tokens[i + 1])
    )


def _clause_right(text: str, end: int) -> list[str]:
    return _tokens(_CLAUSE_END.split(text[end : end + 110])[0])[:REACH]


def _tokens(text: str) -> list[str]:
    """The words of a clause, in lower case where they are no names."""
    found = _WORDS.findall(text)
    return [_plain(w) if i == 0 or w[0].islower() or "’" in w or "'" in w else w
            for i, w in enumerate(found)]  # fmt: skip


def _plain(word: str) -> str:
    """ "won’t" is "will", "couldn’t" is "could"."""
    low = word.lower().replace("’", "'")
    if low.endswith("n't"):
        return _NEGATED.get(low[:-2], low[:-3]) if low != "can't" else "can"
    return "will" if low.endswith("'ll") else low


def _left(tokens: list[str]) -> Direction | None:
    for i in range(len(tokens) - 1, -1, -1):
        found = _told_by(tokens, i)
        if found is not None:
            return found
    return None


def _right(tokens: list[str]) -> Direction | None:
    for i, token in enumerate(tokens):
        if token in {"by", "until", "till"}:
            continue  # what is dated by them stands behind them
        if token in words("modal") and "have" in tokens[i + 1 : i + 3]:
            return "past"
        attribute = i == 0 or tokens[i - 1] in _DETERMINERS
        if token.endswith("ed") and attribute and _takes_noun(tokens, i):
            continue  # "displaced families will"
        if _looks_ahead(tokens, i):
            return "future"
        if _is_past(token):
            return "past"
    return None


def _told_by(tokens: list[str], i: int) -> Direction | None:
    """What one word before a date tells, by those beside it."""
    token = tokens[i]
    if token in {"by", "until", "till"}:
        return "future" if set(tokens[i + 1 :]) <= _ONLY_OPENINGS else None
    if token in {"has", "have"}:
        return _perfect(tokens, i)
    if token == "to" and _is_verb(tokens, i + 1) and tokens[i - 1] in _PRESENT and i > 0:
        return "future"  # "is to travel"
    if _looks_ahead(tokens, i):
        return None if _was_brought_about(tokens, i) else "future"
    return _of_past(tokens, i) if _is_past(token) else None


def _perfect(tokens: list[str], i: int) -> Direction:
    """ "has met", "may have met"; "will have met" and "has to meet" look ahead."""
    after = tokens[i + 1 : i + 2]
    if after in (["to"], ["yet"]):
        return "future"
    modal = _word_before(tokens, i)
    if modal in {"will", "shall"}:
        return "future"
    done = bool(after) and (_is_past(after[0]) or after == ["not"])
    return "future" if modal in words("modal") and not done else "past"


def _of_past(tokens: list[str], i: int) -> Direction | None:
    """What a form of the past tells: "issued", "*be* issued", "the *wounded*"."""
    token, prior = tokens[i], _word_before(tokens, i)
    if prior in {"be", "get"}:
        return "future"
    infinitive = prior == "to" or prior in words("modal") or prior in {"will", "shall"}
    if prior in _DETERMINERS or (infinitive and not token.endswith("ed")):
        return None  # a noun; or an infinitive that sounds alike: "will cut"
    listed = token in words("past") and token not in {"after", "since"}
    if listed or not _takes_noun(tokens, i):
        return "past"
    ahead = any(_looks_ahead(tokens, j) for j in range(max(0, i - 4), i))
    return "future" if ahead and prior != "that" else "past"


def _is_past(token: str) -> bool:
    if token.endswith("eed"):
        return token in {"agreed", "freed", "decreed", "guaranteed"}
    return token in words("past") or (
        token.endswith("ed") and len(token) > 3 and token.islower()
    )  # fmt: skip


def _looks_ahead(tokens: list[str], i: int) -> bool:
    token = tokens[i]
    if token == "set":
        return tokens[i + 1 : i + 2] in (["to"], ["for"])
    if token in {"by", "until", "till"}:
        return False
    if token in {"plan", "plans"} and i + 1 < len(tokens) and _is_past(tokens[i + 1]):
        return False  # "the plan unveiled"
    if token in words("under_way"):
        return _word_before(tokens, i) in _PRESENT  # "is travelling on Thursday"
    return token in words("future")


def _was_brought_about(tokens: list[str], i: int) -> bool:
    """ "failed to *meet*", "began to *open*": it was so, or was not."""
    return i > 1 and tokens[i - 1] == "to" and tokens[i - 2] in words("brought_about")


def _takes_noun(tokens: list[str], i: int) -> bool:
    """What follows may be the noun of a participle, or its object without article."""
    after = tokens[i + 1 : i + 2]
    return bool(after) and not (after[0] in words("no_noun") or after[0].endswith("ly"))


def _word_before(tokens: list[str], i: int) -> str:
    """The word before, adverbs passed over."""
    j = i - 1
    while j >= 0 and (tokens[j].endswith("ly") or tokens[j] in {"not", "also", "never", "already"}):
        j -= 1
    return tokens[j] if j >= 0 else ""


def _is_verb(tokens: list[str], i: int) -> bool:
    """It may be an infinitive: no name, article, plural or gerund."""
    if i >= len(tokens) or not tokens[i].islower() or tokens[i] in _DETERMINERS:
        return False
    token = tokens[i]
    plural = token.endswith("s") and not token.endswith(("ss", "us"))
    return not plural and not token.endswith("ing")


def _is_bidden(tokens: list[str], i: int) -> bool:
    """Behind "promised", "invited him", "called on the two", "was": "*to* leave"."""
    if not _is_verb(tokens, i + 1):
        return False
    bidden = any(t in words("bidding") for t in tokens[max(0, i - 5) : i])
    return bidden or _word_before(tokens, i) in {"was", "were"}
