"""Quotations without a verb, with a name before or behind them: "…" — Ann Lee, mayor."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extraction.drafts import Draft
from kg.extraction.quoted_page import QuotedPage
from kg.extraction.reading import DASHES, ENDS, Reading, Run

LONGEST_SIGNATURE = 15
"""Words behind the dash: a name, an office and what it belongs to."""

LONGEST_NAME_LINE = 12
"""Tokens of a line that names a voice: "Ann Lee, 34, a teacher from Vik"."""

LONGEST_MEDIUM = 7
"""Tokens of a name in brackets, and the bracket: "[The Norland Post.]"."""

FEWEST_QUOTED = 4

FEWEST_VOICES = 3
"""Named quotations that make a list of voices."""

CLOSING = frozenset({'"', "”", "’’", "''"})
NO_PERSON = frozenset({"GPE", "LOC", "FAC", "DATE"})


def signed(page: QuotedPage, run: Run) -> Draft | None:
    """ "…" — Ann Lee, mayor: a quotation signed behind a dash, in its paragraph or the next."""
    reading, doc = page.reading, page.doc
    begins = reading.before(run.start) is None
    if run.words < 3 or (run.last not in ".,?!…" and run.closed and not begins):
        return None
    dash = reading.after(run.end - 1)
    kinds = {"PROPN", "NOUN", "DET", "ADJ"} if begins and dash is not None else {"PROPN"}
    if dash is None:
        dash = page.next_paragraph(run)
    if dash is None:
        return None
    glued = doc[dash].text[:1] in DASHES and doc[dash].text[1:2].isupper()
    if not glued and doc[dash].text not in DASHES:
        return None
    end = reading.paragraphs[reading.paragraph_of[dash]][1]
    words = [i for i in range(dash + (not glued), end) if reading.is_word[i]]
    if not 1 <= len(words) <= LONGEST_SIGNATURE or doc[words[0]].pos_ not in kinds:
        return None
    if any(reading.quoted(i) or doc[i].tag_ in {"VBD", "VBZ", "MD"} for i in words):
        return None
    if any(doc[i].text in DASHES for i in range(words[-1] + 1, end)):
        return None  # "– Long winters –", a subhead
    last = words[0]
    while (
        last + 1 < end
        and (reading.is_word[last + 1] or doc[last + 1].text in {".", "-"})
        and doc[last + 1].text != ","
    ):
        last += 1
    source = set(range(words[0], last + 1))
    head = doc.root(words[0], last + 1)
    content = set(range(run.start, run.end))
    cue = set() if glued else {dash}
    return Draft(doc[dash], cue, content, source, head, "signed", "-")


def bracketed(page: QuotedPage, run: Run) -> Draft | None:
    """ "…" [Norland Post]: a quotation of a digest, with whose words they are in brackets."""
    opening = page.reading.after(run.end - 1)
    whole = run.closed and run.last in ".?!…" and run.words >= FEWEST_QUOTED
    if opening is None or page.doc[opening].text != "[" or not whole:
        return None
    end = next((i for i in _near(page, opening) if page.doc[i].text == "]"), opening)
    words = [i for i in range(opening + 1, end) if page.reading.is_word[i]]
    if not words or page.doc[words[0]].pos_ != "PROPN":
        return None
    source = set(range(words[0], words[-1] + 1))
    head = page.doc.root(words[0], words[-1] + 1)
    content = set(range(run.start, run.end))
    return Draft(page.doc[opening], set(), content, source, head, "signed", "")


def _near(page: QuotedPage, opening: int) -> range:
    stop = page.reading.paragraphs[page.reading.paragraph_of[opening]][1]
    return range(opening + 1, min(stop, opening + LONGEST_MEDIUM))


def named(page: QuotedPage, run: Run, names: dict[int, range]) -> Draft | None:
    """A quotation with a name beside it, in a list of such voices: "Ann Lee, 34, teacher ¶ “…” ¶
    Paul Lind, nurse ¶ “…”". Several quotations below or above one name are one statement.
    """
    name = names.get(run.number)
    if name is None:
        return None
    content = set(range(run.start, run.end))
    used = next((d for d in page.drafts[-1:] if not d.cue and d.verb.i == name.start), None)
    if used is not None:
        used.content |= content
        return used
    end = next((i for i in name if page.doc[i].text in {",", "("} and i > name.start), name.stop)
    head = page.doc.root(name.start, end)
    return Draft(
        page.doc[name.start], set(), content, set(range(name.start, end)), head, "signed", ""
    )


def names_beside(page: QuotedPage) -> dict[int, range]:
    """For each quotation of a list of voices the name: behind it, or on a line of its own."""
    reading = page.reading
    numbers = range(len(reading.paragraphs))
    above, below = _name_lines(reading, numbers), _name_lines(reading, reversed(numbers))
    found: tuple[dict[int, range], ...] = ({}, {}, {})
    for run in reading.runs:
        if run.words <= 3 or reading.before(run.start) is not None:
            continue
        number = reading.paragraph_of[run.start]
        after = reading.after(run.end - 1)
        names: tuple[range | None, ...]
        if after is not None:
            names = (name_in(reading, range(after, reading.paragraphs[number][1])), None, None)
        else:
            names = (None, above.get(number), below.get(number))
        for some, name in zip(found, names, strict=True):
            if name is not None:
                some[run.number] = name
    lines = found[1] if len(found[1]) >= len(found[2]) else found[2]
    return {n: name for some in (found[0], lines) for n, name in _listed(page, some)}


def _listed(page: QuotedPage, some: dict[int, range]) -> Iterator[tuple[int, range]]:
    """The quotations and names of a list of voices; of fewer only quotations that are set apart."""
    enough = len(set(some.values())) >= FEWEST_VOICES
    for number, name in some.items():
        if enough or _is_pull_quote(page, page.reading.runs[number], name):
            yield number, name


def _is_pull_quote(page: QuotedPage, run: Run, name: range) -> bool:
    """A quotation set apart inside the story, with somebody's name on the line below."""
    reading = page.reading
    last = page.last_before_paragraph(run)
    if name.start < run.end or (run.closed and last is not None and reading.quoted(last)):
        return False
    bare = all(page.doc[i].pos_ == "PROPN" or not reading.is_word[i] for i in name)
    described = any(page.doc[i].text in {",", "("} for i in name)
    named = any(page.doc[i].ent_type_ == "PERSON" for i in name) and (bare or described)
    below = reading.paragraphs[reading.paragraph_of[name.start]][1]
    named = named or (not run.closed and _closes(reading, range(name.stop, below)))
    return named and below < len(page.doc) and reading.kinds[name.start] in {None, "subhead"}


def _name_lines(reading: Reading, numbers: Iterable[int]) -> dict[int, range]:
    """For each paragraph that is one quotation, the name on the next line passed that is none."""
    found: dict[int, range] = {}
    name: range | None = None
    for number in numbers:
        line = range(*reading.paragraphs[number])
        words = [i for i in line if not reading.doc[i].is_space]
        if not words:
            continue
        run = reading.run_of[words[0]]
        if run < 0 or run != reading.run_of[words[-1]]:
            name = name_in(reading, line)
        elif name is not None:
            found[number] = name
    return found


def name_in(reading: Reading, part: range) -> range | None:
    """The tokens of a part that is a name with age, office or place, and no sentence."""
    words = [i for i in part if not reading.doc[i].is_space]
    if words and reading.doc[words[0]].text == "(" and reading.doc[words[-1]].text == ")":
        words = words[1:-1]
    if not words or len(words) > LONGEST_NAME_LINE or not _begins_name(reading, words):
        return None
    closes = _closes(reading, range(words[-1], words[-1] + 1))
    while len(words) > 1 and reading.doc[words[-1]].text in CLOSING | {"."}:
        del words[-1]  # "Ann Lee, 34."
    if reading.doc[words[-1]].text in ENDS | {":"} or any(
        reading.quoted(i) or reading.doc[i].pos_ in {"VERB", "AUX"} for i in words
    ):
        return None
    first = _first_comma(reading, words)
    named = any(reading.doc[i].ent_type_ == "PERSON" for i in words)
    if first is None and not named and not closes:
        return None
    first = words[-1] + 1 if first is None else first
    if all(reading.doc[i].ent_type_ in NO_PERSON for i in range(words[0], first)):
        return None
    return range(words[0], words[-1] + 1)


def _closes(reading: Reading, part: range) -> bool:
    """A mark that nothing opened: the quotation of the line before ends with its author."""
    return any(reading.doc[i].text in CLOSING and not reading.quoted(i) for i in part)


def _first_comma(reading: Reading, words: list[int]) -> int | None:
    return next((k for k in words if reading.doc[k].text in {",", "("}), None)


def _begins_name(reading: Reading, words: list[int]) -> bool:
    """A name or a capital title before one; in capitals a body, too: "THE GREEN LEAGUE"."""
    first = reading.doc[words[0]]
    if first.pos_ == "PROPN":
        return True
    name = reading.doc[words[0] : _first_comma(reading, words) or words[-1] + 1]
    person = any(t.ent_type_ == "PERSON" for t in name)
    return "".join(t.text for t in name).isupper() or (
        first.pos_ == "NOUN" and first.text[0].isupper() and person
    )
