"""Finds the names of the gazetteer in a Doc; and the view of tokens that actor rules read."""

from __future__ import annotations

import bisect
import dataclasses
import functools
import itertools
import re
from collections.abc import Iterable
from typing import NamedTuple

from spacy.tokens import Doc

from kg.extraction.quotations import quotations
from kg.nlp.articles import section_kinds
from kg.nlp.tokens import Tokens
from kg.resolve import names
from kg.resolve.gazetteer import Gazetteer, Sense

TITLE_SECTIONS = frozenset({"headline", "subhead", "teaser"})
"""Sections that may be set in title case, where a capital letter tells nothing."""

BOUND_BEFORE = frozenset({"pro", "anti", "non", "ex", "post", "pre"})
"""Prefixes that make a name an attitude: a "pro-Russian" group is not Russia's."""

SHOUTED_WORDS = frozenset({"us", "is", "who", "it", "un", "au", "car", "ap", "rt", "oas"})
"""Acronyms that in a line of capitals may be ordinary words."""


INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
"""Soft hyphens, zero-width spaces and joiners: a name is the same with and without them."""
_INVISIBLE = re.compile(f"[{INVISIBLE}]")
_PIECE = re.compile(rf"\w(?:[{INVISIBLE}]*\w)*|[^\w\s{INVISIBLE}]")
"""`names.PIECE`, with invisible characters inside words."""


def visible(text: str) -> str:
    """A text without the characters that nobody sees."""
    return text if text.isascii() else _INVISIBLE.sub("", text)


class Hit(NamedTuple):
    """Words that the gazetteer knows: characters, tokens (half-open), what they may name."""

    start: int
    end: int
    first: int
    last: int
    senses: tuple[Sense, ...]
    whole: bool
    """The words are whole tokens, no part of "US-backed"."""


@dataclasses.dataclass
class View:
    """The tokens of a Doc as plain lists, read once: rules go over them many times."""

    doc: Tokens
    text: str
    """`doc.text`, which spaCy joins anew at each access."""
    words: list[str]
    """The tokens without invisible characters."""
    lower: list[str]
    pos: list[str]
    tag: list[str]
    start: list[int]
    end: list[int]
    sentence: list[int]
    kinds: list[str | None]
    quoted: list[bool]

    @classmethod
    def of(cls, doc: Doc) -> View:
        """The view of a tagged and parsed Doc."""
        return dataclasses.replace(_plain(Tokens.of(doc)), kinds=section_kinds(doc))

    def __len__(self) -> int:
        return len(self.words)

    def spelled(self, first: int, last: int) -> str:
        """Some tokens as text, white space made single."""
        return " ".join(visible(self.text[self.start[first] : self.end[last - 1]]).split())

    def capital(self, i: int) -> bool:
        """Token `i` begins with a capital letter."""
        return self.words[i][:1].isupper()

    def titled(self, i: int) -> bool:
        """Token `i` stands in a headline or subhead, where capital letters tell nothing."""
        return self.kinds[i] in TITLE_SECTIONS

    def same_sentence(self, i: int, k: int) -> bool:
        """Both tokens exist and lie in one sentence."""
        n = len(self.sentence)
        return 0 <= i < n and 0 <= k < n and self.sentence[i] == self.sentence[k]


@functools.lru_cache(maxsize=1)  # two components ask about the same article
def _plain(tokens: Tokens) -> View:
    """The view of an article that has no sections."""
    seen = {word: visible(word) or word for word in {t.text for t in tokens}}
    lowered = {word: _lower(word) for word in set(seen.values())}
    words = [seen[t.text] for t in tokens]
    return View(
        doc=tokens,
        text=tokens.text,
        words=words,
        lower=[lowered[w] for w in words],
        pos=[t.pos_ for t in tokens],
        tag=[t.tag_ for t in tokens],
        start=tokens.starts,
        end=[t.idx + len(t.text) for t in tokens],
        sentence=list(itertools.accumulate([t.is_sent_start for t in tokens])),
        kinds=[None] * len(tokens),
        quoted=_quoted(tokens),
    )


def _quoted(tokens: Tokens) -> list[bool]:
    """For each token, whether it stands inside quotation marks."""
    quoted = [False] * len(tokens)
    for span in (q.inner for q in quotations(tokens.text)):
        start = bisect.bisect_left(tokens.starts, span.start)
        end = bisect.bisect_left(tokens.starts, span.end)
        quoted[start:end] = [True] * (end - start)
    return quoted


def _lower(word: str) -> str:
    low = word.lower().replace("’", "'")
    return low.rstrip(".") if len(low) > 1 and low[-1] == "." and low[0] != "." else low


def hits(view: View, gazetteer: Gazetteer) -> list[Hit]:
    """The longest names that do not overlap, in reading order."""
    text = view.text
    found = list(_PIECE.finditer(text))
    folded = [
        w.lower() if (w := visible(m.group())).isascii() else names.fold(w) or w for m in found
    ]
    token_at = _token_index(view)
    out: list[Hit] = []
    i = 0
    n = len(found)
    lengths, index = gazetteer.lengths, gazetteer.index
    while i < n:
        step = 1
        for length in lengths.get(folded[i], ()):
            if i + length > n:
                continue
            senses = index.get(" ".join(folded[i : i + length]) if length > 1 else folded[i])
            if not senses:
                continue
            start, end = found[i].start(), found[i + length - 1].end()
            surface = visible(text[start:end])
            kept = _one_each(s for s in senses if _spelled_so(surface, s.text, text, start, end))
            if kept and folded[i] == "the" and _longer_behind(folded, i + 1, length - 1, gazetteer):
                continue
            hit = _hit(view, token_at, start, end, kept) if kept else None
            if hit:
                out.append(hit)
                step = length
                break
        i += step
    return out


def _longer_behind(folded: list[str], i: int, length: int, gazetteer: Gazetteer) -> bool:
    """Behind the article stands a longer name ("the West Bank" is no "the West")."""
    return any(
        n > length and " ".join(folded[i : i + n]) in gazetteer.index
        for n in gazetteer.lengths.get(folded[i], ())
    )


def _one_each(senses: Iterable[Sense]) -> tuple[Sense, ...]:
    found: dict[str, Sense] = {}
    for sense in senses:
        found.setdefault(sense.entry, sense)
    return tuple(found.values())


def _token_index(view: View) -> list[int]:
    """For each character, the token that it lies in or, between tokens, the next."""
    index: list[int] = []
    for i, end in enumerate(view.end):
        index += [i] * (end - len(index))
    return index


def _hit(
    view: View, token_at: list[int], start: int, end: int, senses: tuple[Sense, ...]
) -> Hit | None:
    first, last = token_at[start], token_at[end - 1] + 1
    text = view.text
    # "U.S." ends in a mark that is no piece of it where the sentence goes on
    if text[end : end + 1] == "." and view.end[last - 1] == end + 1 and "." in text[start:end]:
        end += 1
    before = visible(text[view.start[first] : start])
    after = visible(text[end : view.end[last - 1]])
    if before or after:
        if before and not before.endswith(("-", "–", "/", "(", "[")):
            return None
        if after and after[0] not in "-–/.'’)]":
            return None
    if start and text[start - 1] in "-–" and _word_before(text, start - 1) in BOUND_BEFORE:
        return None
    return Hit(start, end, first, last, senses, not (before or after))


def _word_before(text: str, end: int) -> str:
    start = end
    while start and text[start - 1].isalpha():
        start -= 1
    return text[start:end].lower()


def _spelled_so(surface: str, name: str, text: str, start: int, end: int) -> bool:
    """The letters are as large as the name wants them; a line of capitals is let pass."""
    if surface == name:
        return not _shouted(surface, text, start, end)
    bare = name.replace(".", "")
    if bare.isupper() and len(bare) <= 5:
        return surface.replace(".", "") == bare and not _shouted(surface, text, start, end)
    if surface.isupper() and len(surface) > 2:
        return True
    if len(bare) <= 5 and any(c.isupper() for c in bare[1:]) and " " not in bare:
        return False  # "LeT" is no "let"
    own, wanted = names.pieces(surface), names.pieces(name)
    if len(own) != len(wanted):
        return surface[:1].isupper() or not name[:1].isupper()
    return all(a[:1].isupper() or not b[:1].isupper() for a, b in zip(own, wanted, strict=True))


def _shouted(surface: str, text: str, start: int, end: int) -> bool:
    """A short acronym in a line without small letters, where it may be an ordinary word."""
    if surface.lower() not in SHOUTED_WORDS:
        return False
    line = text[text.rfind("\n", 0, start) + 1 : (text.find("\n", end) + 1 or len(text) + 1) - 1]
    letters = [c for c in line if c.isalpha()]
    return len(letters) > 12 and all(c.isupper() for c in letters)
