"""Pairs the quotation marks of a text, before and independent of any parse.

Marks are paired within a paragraph, because a speech over several paragraphs reopens in each and
closes in the last only. Double marks come first; single marks may then quote inside them, around
them, or alone, and are told from apostrophes by what stands next to them.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal, NamedTuple

from kg.records import TextSpan

Direction = Literal["open", "close", "either"]

DOUBLE_MARK = re.compile(r"''|``|‘‘|’’|[\"＂“”„‟«»〝〞]")
SINGLE_MARK = re.compile(r"[‘’‚‛‹›']")
PREFERS: dict[str, Direction] = {
    "``": "open",
    "‘‘": "open",
    "“": "open",
    "„": "open",
    "‟": "open",
    "〝": "open",
    "«": "open",
    "’’": "close",
    "”": "close",
    "〞": "close",
    "»": "close",
    "‘": "open",
    "‚": "open",
    "‛": "open",
    "‹": "open",
    "’": "close",
    "›": "close",
}
"""What a mark does in its usual place; the straight ones, and `''`, do either."""

LOW = frozenset({"„", "‚"})
"""Opened low, a quotation may close with “ or ‘, as German and Czech do."""

CLIPPED_WORD = re.compile(r"(?:\d0s|em|til|tis|twas|cause|cuz|n|bout|round|cept)\b", re.IGNORECASE)
"""What may follow an apostrophe that opens nothing: the '90s, rock 'n' roll."""


@dataclass(frozen=True, slots=True)
class Quotation:
    """Words between quotation marks; `span` has the marks, `inner` has not.

    `level` is 1 for a quotation that lies in no other. One that is not `closed` runs to the end of
    its paragraph, or to where another opens.
    """

    span: TextSpan
    inner: TextSpan
    level: int
    closed: bool


MISTYPED = re.compile(r"(?<=[,.!?…])’(?=\s|\Z)")
"""A single mark that closes a speech, where the double one was meant."""

LONGEST_MISTYPED = 2000
"""Characters of such a speech."""


class _Mark(NamedTuple):
    start: int
    end: int
    text: str
    opens: bool
    """Its surroundings let it open: a space or bracket before, a word after."""
    closes: bool


class _Pair(NamedTuple):
    start: int
    inner_start: int
    inner_end: int
    end: int
    closed: bool


@functools.lru_cache(maxsize=1)  # several components ask about the same article
def quotations(text: str) -> tuple[Quotation, ...]:
    """All quotations of a text, in reading order, an outer one before those inside it.

    Offsets are code points of `text`. Any text is allowed; takes time linear in its length.
    """
    found: list[_Pair] = []
    for start, end in paragraphs(text):
        doubles = _double_pairs(text, start, end)
        found += doubles
        found += _single_pairs(text, start, end, doubles)
    return tuple(_levelled(sorted(found, key=lambda p: (p.start, -p.end))))


def paragraphs(text: str) -> Iterator[tuple[int, int]]:
    """The stretches that line breaks part, half-open; a line that goes on in lower case is not
    ended.
    """
    start = 0
    for line_break in re.finditer(r"[\n\r\u2028\u2029]+", text):
        if _goes_on(text, line_break.start(), line_break.end(), line_break.group()):
            continue
        if line_break.start() > start:
            yield start, line_break.start()
        start = line_break.end()
    if start < len(text):
        yield start, len(text)


def _goes_on(text: str, before: int, after: int, line_break: str) -> bool:
    """A hard-wrapped line: one break between a word or comma and a word in lower case."""
    single = line_break in {"\n", "\r\n", "\r"}
    left = text[before - 1 : before].strip() or text[before - 2 : before - 1]
    return single and (left.isalnum() or left == ",") and text[after : after + 1].islower()


def _marks(text: str, start: int, end: int, pattern: re.Pattern[str]) -> list[_Mark]:
    marks = []
    for match in pattern.finditer(text, start, end):
        before = text[match.start() - 1] if match.start() > start else " "
        after = text[match.end()] if match.end() < end else " "
        opens = not after.isspace() and (
            before.isspace() or not (before.isalnum() or before in ",.;!?")
        )
        closes = not before.isspace() and not after.isalnum()
        marks.append(_Mark(match.start(), match.end(), match.group(), opens, closes))
    return marks


def _double_pairs(text: str, start: int, end: int) -> list[_Pair]:
    marks = [m for m in _marks(text, start, end, DOUBLE_MARK) if not _is_measure(text, m)]
    closers = _closers_after(marks)
    pairs: list[_Pair] = []
    stack: list[_Mark] = []
    for i, mark in enumerate(marks):
        if not stack:
            if _opens_first(mark):
                stack.append(mark)
        elif _closes(mark, stack[-1]):
            opened = stack.pop()
            pairs.append(_Pair(opened.start, opened.end, mark.start, mark.end, True))
        elif closers[i] > len(stack) - _never_closed(text, stack[0], marks[i:], start, end):
            stack.append(mark)
        else:
            pairs += [_unclosed(text, opened, mark.start) for opened in stack]
            stack = [mark]
    pairs += [_unclosed(text, opened, end) for opened in stack]
    return [p for p in pairs if p.inner_start < p.inner_end]


def _never_closed(text: str, opened: _Mark, rest: list[_Mark], start: int, end: int) -> bool:
    """A straight mark that opens its paragraph and the next one: the speech goes on there, and
    what round marks quote in between lies within it.
    """
    return (
        opened.text == '"'
        and not text[start : opened.start].strip()
        and rest[0].text == "“"
        and not any(m.text == '"' for m in rest)
        and text[end:].lstrip().startswith('"')
    )


def _is_measure(text: str, mark: _Mark) -> bool:
    """Inches or seconds: 5'10" tall."""
    if mark.text not in {'"', "''"} or not text[max(0, mark.start - 1) : mark.start].isdigit():
        return False
    return re.search(r"\d['’′]\s?\d+\Z", text[max(0, mark.start - 8) : mark.start]) is not None


def _closers_after(marks: list[_Mark]) -> list[int]:
    """For each mark, how many after it can close a quotation."""
    counts = [0] * len(marks)
    seen = 0
    for i in range(len(marks) - 1, -1, -1):
        counts[i] = seen
        seen += _direction(marks[i]) != "open"
    return counts


def _direction(mark: _Mark) -> Direction:
    return PREFERS.get(mark.text, "either")


def _opens_first(mark: _Mark) -> bool:
    """Whether a mark opens a quotation where none is open; if not, it is a stray closing one."""
    direction = _direction(mark)
    if direction == "open":
        return True
    if direction == "close":
        return mark.opens and not mark.closes
    return mark.opens or not mark.closes


def _closes(mark: _Mark, opened: _Mark) -> bool:
    direction = _direction(mark)
    if direction == "close":
        return True
    if direction == "either":
        return mark.closes or not mark.opens
    if opened.text in LOW and mark.text not in LOW:
        return True
    return mark.closes and not mark.opens


def _unclosed(text: str, opened: _Mark, end: int) -> _Pair:
    """A quotation that lacks its closing mark, or has a single one for it: “We will sign.’ Lee …"""
    if opened.text in {"“", "‘‘", "``"}:
        closing = MISTYPED.search(text, opened.end, min(end, opened.end + LONGEST_MISTYPED))
        if closing is not None and not _has_single(text, opened.end, closing.start()):
            return _Pair(opened.start, opened.end, closing.start(), closing.end(), True)
    while end > opened.end and text[end - 1].isspace():
        end -= 1
    return _Pair(opened.start, opened.end, end, end, False)


def _has_single(text: str, start: int, end: int) -> bool:
    """A quotation in single marks begins there, which a single mark may close."""
    return any(_opens_single(text, m) for m in _marks(text, start, end, SINGLE_MARK))


def _single_pairs(text: str, start: int, end: int, doubles: list[_Pair]) -> list[_Pair]:
    """Pairs of single marks that cross no double pair."""
    inside_two = {i for p in doubles for i in (p.start, p.start + 1, p.inner_end, p.inner_end + 1)}
    marks = [m for m in _marks(text, start, end, SINGLE_MARK) if m.start not in inside_two]
    if not marks:
        return []
    depth = _innermost(marks, doubles)
    pairs: list[_Pair] = []
    i = 0
    while i < len(marks):
        if not _opens_single(text, marks[i]):
            i += 1
            continue
        stop = i + 1
        while stop < len(marks) and not _opens_single(text, marks[stop]):
            stop += 1
        candidates = [
            k for k in range(i + 1, stop) if depth[k] == depth[i] and _closes_single(marks[k])
        ]
        if candidates:
            chosen = next((k for k in candidates if _ends_speech(text, marks[k])), candidates[0])
            mark, closing = marks[i], marks[chosen]
            if mark.end < closing.start:
                pairs.append(_Pair(mark.start, mark.end, closing.start, closing.end, True))
        i = stop
    return pairs


def _innermost(marks: list[_Mark], doubles: list[_Pair]) -> list[int]:
    """For each mark, the start of the innermost double pair around it, -1 where there is none."""
    edges = sorted(
        [(p.start, 1, p.start) for p in doubles] + [(p.end, 0, p.start) for p in doubles]
    )
    found, stack, k = [], [-1], 0
    for mark in marks:
        while k < len(edges) and edges[k][0] <= mark.start:
            if edges[k][1]:
                stack.append(edges[k][2])
            elif len(stack) > 1:
                stack.pop()
            k += 1
        found.append(stack[-1])
    return found


def _opens_single(text: str, mark: _Mark) -> bool:
    if not mark.opens or mark.text in {"’", "›"}:
        return False
    return mark.text in LOW or CLIPPED_WORD.match(text, mark.end) is None


def _closes_single(mark: _Mark) -> bool:
    return mark.closes and mark.text in {"’", "'", "›", "‘"}


def _ends_speech(text: str, mark: _Mark) -> bool:
    """Punctuation touches the mark, which a plural's apostrophe (workers' rights) seldom has."""
    before, after = text[mark.start - 1], text[mark.end : mark.end + 1]
    return before in ",.!?…" or not after or after in ',.;:!?)…"”\n'


def _levelled(pairs: list[_Pair]) -> Iterator[Quotation]:
    open_ends: list[int] = []
    for pair in pairs:
        while open_ends and open_ends[-1] <= pair.start:
            open_ends.pop()
        open_ends.append(pair.end)
        yield Quotation(
            TextSpan(pair.start, pair.end),
            TextSpan(pair.inner_start, pair.inner_end),
            len(open_ends),
            pair.closed,
        )
