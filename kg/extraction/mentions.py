"""Who is meant by some words: the mentions of a Doc, asked by span."""

from __future__ import annotations

import bisect
import functools
import itertools
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from spacy.tokens import Doc

from kg.extraction.actor_lexicon import titles, word_set
from kg.extraction.actors import actors
from kg.records import Actor, Mention, TextSpan

_POSTMODIFIER = re.compile(
    r"(?<=\s)(?:of|in|from|for|to|at|on|with|by|against|near|who|which|that|whose)\b|[,(–—]"
)
_WORD = re.compile(r"\w+(?:[.'’-]\w+)*")
_OWNING = re.compile(r"['’]s?$")
_BESIDE = re.compile(r"[,(–—]")
_NOUN_PHRASE = re.compile(
    r"(?:(?:a|an|the|its|their|his|her) )?[^\W\d_a-z]|(?:a|an|the) ", re.UNICODE
)
"""How a phrase set beside a name begins: with a capital or an article; no clause does."""
LONGEST_MENTION = 120
"""Characters; nothing that begins further before some words reaches into them."""
LONGEST_TITLE = 5
"""Words between what a parser tore off and the name: "deputy prime minister, General"."""
OBLIQUE = frozenset({"of", "for", "to", "by", "with", "from", "against", "on", "in", "at", "and"})


@dataclass(frozen=True)
class Referents:
    """The actors of one Doc and where they are mentioned."""

    text: str
    by_id: dict[str, Actor]
    ordered: tuple[tuple[Mention, str], ...]
    """Mentions with the actor's id, in reading order, longer ones first."""
    starts: tuple[int, ...]
    """Where each of them begins."""
    offices: tuple[tuple[TextSpan, str], ...]
    """Words that tell an office, with whose it is."""
    _heads: dict[TextSpan, TextSpan] = field(default_factory=dict, repr=False, compare=False)
    """The heads of the phrases that were asked about."""

    @classmethod
    def of(cls, doc: Doc, text: str | None = None) -> Referents:
        """The referents of a Doc that has been through `kg_actors`; `text` is the Doc's, where it
        is at hand: spaCy joins it anew at each access.
        """
        global _last  # components ask about one Doc after the other
        found = actors(doc)
        if not found or _last is None or _last[0] is not found:
            _last = found, cls._made(found, doc.text if text is None else text)
        return _last[1]

    @classmethod
    def _made(cls, found: tuple[Actor, ...], text: str) -> Referents:
        pairs = [(mention, actor.id) for actor in found for mention in actor.mentions]
        pairs.sort(key=lambda pair: (pair[0].span.start, -pair[0].span.end, pair[1]))
        offices = [(r.span, a.id) for a in found for r in a.roles if r.span is not None]
        return cls(
            text=text,
            by_id={actor.id: actor for actor in found},
            ordered=tuple(pairs),
            starts=tuple(mention.span.start for mention, _ in pairs),
            offices=tuple(sorted(offices)),
        )

    def at(self, span: TextSpan) -> str | None:
        """The actor whose mention heads some words, else the one set beside or behind their head.

        "Kremlin spokesman Peskov" is Peskov, "the Russian Defence Ministry" the ministry, "Rao's
        counterpart, Tariq Qureshi" Qureshi. Words that only tell an office are its holder.
        """
        torn = self._torn(span)
        if torn is not None:
            return torn
        inside = [pair for pair in self._near(span) if span.overlaps(pair[0].span)]
        for number, part in enumerate(self._parts(span)):
            found = self._heading(part, inside)
            if found is not None and (number == 0 or self.by_id[found].type != "state"):
                return found
        return None

    def _heading(self, part: TextSpan, inside: list[tuple[Mention, str]]) -> str | None:
        """Whose mention, name or office heads a phrase without what is set beside it."""
        head = self._head(part)
        heading = [pair for pair in inside if self._head(pair[0].span).overlaps(head)]
        if heading:
            return max(heading, key=lambda pair: self._fit(part, pair[0].span))[1]
        holder = next((who for where, who in self.offices if where.overlaps(head)), None)
        return holder or self._name_behind(part, inside)

    def _near(self, span: TextSpan) -> Sequence[tuple[Mention, str]]:
        """The mentions that begin before the end of some words, less those long before."""
        low = bisect.bisect_left(self.starts, span.start - LONGEST_MENTION)
        return self.ordered[low : bisect.bisect_left(self.starts, span.end)]

    def _parts(self, span: TextSpan) -> list[TextSpan]:
        """The words up to a comma, bracket or dash, and each phrase set beside them behind it."""
        text = span.of(self.text)
        cuts = [m.start() for m in _BESIDE.finditer(text)]
        parts: list[TextSpan] = []
        for start, end in itertools.pairwise([0, *cuts, len(text)]):
            piece = text[start:end].lstrip(" ,(–—\n")
            if piece and (not parts or _NOUN_PHRASE.match(piece)):
                parts.append(TextSpan(span.start + end - len(piece), span.start + end))
        return parts

    def _name_behind(self, part: TextSpan, inside: list[tuple[Mention, str]]) -> str | None:
        """The person whose name ends a phrase with his title before it: "Chief of Staff X"."""
        end = len(part.of(self.text).rstrip()) + part.start
        for mention, actor in inside:
            if mention.span.end != end or mention.kind != "name":
                continue
            if self.by_id[actor].type != "person":
                continue
            before = self.text[part.start : mention.span.start]
            return None if self._is_oblique(before) else actor
        return None

    @staticmethod
    def _is_oblique(before: str) -> bool:
        """What stands before a name makes it another's: "a spokesman for President …"."""
        words = _WORD.findall(before)
        left = _without_title(words)
        while len(left) < len(words) and left and left[-1][:1].isupper():
            left = left[:-1]
        return bool(left) and (left[-1].lower() in OBLIQUE or left[-1][-2:] in ("'s", "’s"))

    def _torn(self, span: TextSpan) -> str | None:
        """The person named just behind, where a parser tore the title in two: "Lebanese caretaker"
        before "Prime Minister Mikati".
        """
        low = bisect.bisect_left(self.starts, span.end)
        for mention, actor in self.ordered[low : low + 3]:
            words = self.text[span.end : mention.span.start].lower().split()
            titled = 0 < len(words) <= LONGEST_TITLE and _title_words().issuperset(words)
            if titled and mention.kind == "name" and self.by_id[actor].type == "person":
                return actor
        return None

    def within(self, span: TextSpan) -> tuple[str, ...]:
        """The actors mentioned inside some words, in order, each once."""
        return tuple(dict.fromkeys(actor for _, actor in self.mentions_in(span)))

    def mentions_in(self, span: TextSpan) -> tuple[tuple[Mention, str], ...]:
        """The mentions that lie inside some words, each with its actor's id."""
        low = bisect.bisect_left(self.starts, span.start)
        high = bisect.bisect_left(self.starts, span.end)
        return tuple(pair for pair in self.ordered[low:high] if pair[0].span.end <= span.end)

    def actor(self, actor_id: str) -> Actor:
        """The actor with an id that one of the other questions answered."""
        return self.by_id[actor_id]

    @staticmethod
    def _fit(span: TextSpan, mention: TextSpan) -> tuple[int, int]:
        shared = min(span.end, mention.end) - max(span.start, mention.start)
        return shared - max(0, mention.end - mention.start - shared), -mention.start

    def _head(self, span: TextSpan) -> TextSpan:
        """The last word of a phrase before what modifies it from behind."""
        found = self._heads.get(span)
        if found is None:
            found = self._heads[span] = self._head_of(span)
        return found

    def _head_of(self, span: TextSpan) -> TextSpan:
        surface = _OWNING.sub("", span.of(self.text))
        cut = len(surface)
        for match in _POSTMODIFIER.finditer(surface):
            if surface[: match.start()].strip():
                cut = match.start()
                break
        words = list(_WORD.finditer(surface, 0, cut)) or list(_WORD.finditer(surface))
        if not words:
            return span
        return TextSpan(span.start + words[-1].start(), span.start + words[-1].end())


_last: tuple[tuple[Actor, ...], Referents] | None = None
"""The actors that were asked about last, and their mentions."""


def _without_title(words: list[str]) -> list[str]:
    """The words less a title at their end and what goes with it: "first vice president"."""
    for length in range(LONGEST_TITLE, 0, -1):
        if " ".join(words[-length:]).lower() in titles().entries:
            words = words[:-length]
            while words and words[-1].lower() in word_set("title_modifiers"):
                words = words[:-1]
            return words
    return words


@functools.cache
def _title_words() -> frozenset[str]:
    """The words that titles are made of."""
    words = {w for phrase in titles().entries for w in phrase.split()} - OBLIQUE - {"the"}
    return frozenset(words) | word_set("title_modifiers")
