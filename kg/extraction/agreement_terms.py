"""What speaks for an agreement without naming it: "the text bans", "its third chapter", lists.

A part is taken for that of the agreement told of last, and only for what it lays down.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.agreement_drafts import Draft
from kg.extraction.agreement_lexicon import words
from kg.extraction.agreement_page import Page
from kg.records import TextSpan

OWNERS = frozenset({"its", "their", "’s", "'s"})
OPENING = frozenset({"the", "a", "both", "two", "three", "four", "five", "six"})
SINGLE = frozenset({"text", "draft", "wording"})
"""What an article has: "a draft"; of clauses and articles, others may be meant."""
BULLET = re.compile(r"[ \t]*(?:[-–—•*·▪]|\(?[0-9a-h][.)])[ \t]+(\S.*)")


def parts(page: Page) -> Iterator[Draft]:
    """The parts of agreements as they stand in a text, each as what would be a mention of one."""
    made, unmade = words("part"), words("part_unmade")
    for i, low in enumerate(page.low):
        planned = low in unmade
        if not (planned or low in made) or not page.story[i] or page.titled[i]:
            continue
        if page.low[i + 1 : i + 2] in (["of"], ["to"]) or page.pos[i] not in {"NOUN", "PROPN"}:
            continue
        if page.pos[i + 1 : i + 2] in (["NOUN"], ["PROPN"]):
            continue
        start = _start(page, i)
        if start is not None:
            kind = page.low[start] in OWNERS
            numbered = page.pos[i + 1 : i + 2] == ["NUM"]
            end = i + 1 + numbered
            draft = Draft(start, end, i, end, "arrangement", False, "anaphor", sure=False)
            draft.owned, draft.pronoun, draft.part = kind, True, True
            draft.article = "indefinite" if planned else "anaphor"
            yield draft


def _start(page: Page, i: int) -> int | None:
    """Where the phrase of a part starts; `None` where it is no part of something told of."""
    k = i
    floor = page.sentence_start[i]
    while k > floor and (page.pos[k - 1] in {"ADJ", "NUM"} or page.low[k - 1] in {"first", "key"}):
        k -= 1
    before = page.low[k - 1] if k > floor else ""
    if before in OWNERS:
        return k - 1
    if page.low[i] in words("part_unmade"):
        return k - 1 if before == "the" and k == i else None
    if page.low[i] in SINGLE:
        return k - 1 if before == "the" or (before == "a" and k == i) else None
    if before == "the":
        return k - 1
    numbered = page.pos[i + 1 : i + 2] == ["NUM"] and page.tokens_of[i].text[:1].isupper()
    ordinal = page.low[k] in OPENING | {"key", "main", "other", "further"}
    plural = page.tag[i] in {"NNS", "NNPS"} and k == floor and (ordinal or k == i)
    return k if numbered or plural else None


def listed(page: Page, draft: Draft) -> tuple[int, int] | None:
    """The tokens of a list behind a colon: "the terms of the deal are simple: …"."""
    start, end = page.sentence_start[draft.noun], page.sentence_end[draft.noun]
    colon = next((k for k in range(draft.noun_end, end) if page.low[k] == ":"), None)
    if colon is None or any(page.pos[k] == "VERB" and _says(page, k) for k in range(start, colon)):
        return None
    told = range(start, colon)
    points = any(page.low[k] in words("point") for k in told)
    return (colon + 1, end) if points and colon + 1 < end else None


def _says(page: Page, k: int) -> bool:
    return page.lemma[k] in words("speech")


def bullets(page: Page, sentence: int) -> list[TextSpan]:
    """The lines of a list below a sentence that ends with a colon, without their marks."""
    end = page.sentence_end[sentence]
    last = page.chars(sentence, end).end
    if page.text[last - 1 : last] != ":":
        return []
    found: list[TextSpan] = []
    for line in re.finditer(r"[^\n]+", page.text[last:]):
        point = BULLET.fullmatch(line[0])
        if point is None:
            break
        words_ = re.sub(r"(?:[\s;,.]|\band)+$", "", point[1])
        at = last + line.start() + point.start(1)
        if words_:
            found.append(TextSpan(at, at + len(words_)))
    return found
