"""Speech that stands without quotation marks, with a name above or below: posts on social media
and what readers or witnesses write in the first person.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import pairwise

from kg.extraction.drafts import Draft
from kg.extraction.passages import filled_paragraphs, written
from kg.extraction.quoted_signed import FEWEST_VOICES, name_in
from kg.extraction.reading import DASHES, Reading
from kg.extraction.transcripts import FRAME, set_in_body, speaks_of_self

POST_SIGNATURE = re.compile(
    r"(?:—|–|--?)\s?(?P<name>[^\W\d_][^\n()<>—]{1,60}?) \(@\w{1,30}\)"
    r"(?P<day>[\s,·]*[^\W\d_]{3,9}\.? \d{1,2}(?:, \d{4})?)?\s*\Z"
)
"""What embedded posts end with: "— Ann Lee (@annlee) March 3, 2024"."""


def signature_drafts(reading: Reading, spoken: set[int]) -> Iterator[Draft]:
    """Posts and lists of voices, but for tokens that are `spoken` already."""
    filled = filled_paragraphs(reading)
    found = [*_posts(reading, filled), *_voices(reading, filled)]
    yield from (d for d in found if not d.content & spoken)


def _posts(reading: Reading, filled: list[range]) -> Iterator[Draft]:
    """Texts with their author's name and handle behind a dash, at their end or on the next line."""
    for n, line in enumerate(filled):
        text = written(reading, line)
        found = POST_SIGNATURE.search(text) if "(@" in text else None
        if found is None or text.lstrip().startswith("<"):
            continue
        first = reading.starts[line.start]
        set_in_body(reading, line)  # with a day at its end it looks like a title
        dash = bisect_left(reading.starts, first + found.start())
        name = _tokens(reading, first + found.start("name"), first + found.end("name"))
        content = range(line.start, dash)
        if not any(reading.is_word[i] for i in content) and n and found["day"]:
            content = filled[n - 1]
        draft = _draft(reading, name, content)
        if draft is not None and not any(reading.quoted(i) for i in content):
            set_in_body(reading, content)
            draft.cue = {dash} if reading.doc[dash].text in DASHES else set()
            yield draft


def _tokens(reading: Reading, start: int, end: int) -> range:
    return range(bisect_left(reading.starts, start), bisect_left(reading.starts, end))


def _voices(reading: Reading, filled: list[range]) -> list[Draft]:
    """The paragraphs of a list of voices: a name with age, office or place, and below it what he
    or she writes: "Ann Lee, 34, Vik ¶ I grew up below the dam. …".
    """
    heads = [(n, name) for n, line in enumerate(filled) if (name := _voice(reading, line))]
    found: list[list[Draft]] = []
    for (n, name), (after, _) in pairwise([*heads, (len(filled), range(0))]):
        told = _told(reading, filled[n + 1 : after], name, last=after == len(filled))
        drafts = [d for d in (_draft(reading, name, line) for line in told) if d is not None]
        if drafts:
            found.append(drafts)
    return [d for some in found for d in some] if len(found) >= FEWEST_VOICES else []


def _voice(reading: Reading, line: range) -> range | None:
    """The name on a line that has nothing else but age, office or place."""
    whole = name_in(reading, line)
    if whole is None or reading.kinds[line.start] not in {None, "subhead"}:
        return None
    end = next((i for i in whole if reading.doc[i].text in {",", "("} and i > whole.start), None)
    return range(whole.start, end) if end is not None else None


def _told(reading: Reading, below: list[range], name: range, *, last: bool) -> list[range]:
    """The paragraphs that somebody writes of himself; none, where they are about him."""
    if not below or not speaks_of_self(reading, below[0]):
        return []
    found: list[range] = []
    surname = reading.doc[name.stop - 1].lower_
    for line in below:
        own = reading.kinds[line.start] is None and not reading.quoted(line.start)
        if not own or (last and not speaks_of_self(reading, line)):
            break
        if any(reading.doc[i].lower_ == surname for i in line):
            return []
        found.append(line)
    return found


def _draft(reading: Reading, name: range, content: range) -> Draft | None:
    words = [i for i in content if not reading.doc[i].is_space]
    if not name or not any(reading.is_word[i] for i in words):
        return None
    head = reading.doc.root(name.start, name.stop)
    said = set(range(words[0], words[-1] + 1))
    return Draft(reading.doc[name.start], set(), said, set(name), head, FRAME, "")
