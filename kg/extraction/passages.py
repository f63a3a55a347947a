"""Speech that stands without quotation marks, set off as a passage: what a line announces ("The
statement reads:"), letters and mails that are given whole.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.drafts import Draft
from kg.extraction.edges import FINITE_TAGS, clause_right_of
from kg.extraction.quoted_cue import draft_of
from kg.extraction.quoted_page import QuotedPage
from kg.extraction.reading import ENDS, Reading, Run
from kg.extraction.tables import word_list
from kg.extraction.transcripts import FRAME, LABEL, speaks_of_self
from kg.nlp import syntax
from kg.nlp.tokens import Token
from kg.records import TextSpan

FARTHEST_VERB = 15
"""Tokens from the verb to the colon: "wrote in a letter to the bank on Monday:"."""

LONGEST_PASSAGE = 12
"""Paragraphs that one line may announce."""

FEWEST_WORDS = 5
MOST_QUOTED = 0.2
"""Share of a passage that may quote somebody in turn."""

SALUTATION = re.compile(r"\s*(?:My )?Dear\s[^.!?\n]{2,70}[,:]?")
MAIL_HEAD = re.compile(r"\s*(?P<field>From|To|Cc|Bcc|Date|Sent|Subject|Re):\s*(?P<words>[^\n]*)")
SIGN_OFF = re.compile(
    r"\s*(?:Yours|Sincerely|Respectfully|Cordially|Regards|With (?:kind|best|warm)|"
    r"(?:Kind|Best|Warm)(?:est)? (?:regards|wishes))\b[^.\n]{0,40}"
)
LONGEST_SIGNATURE = 8
"""Words of the line that names who signs."""

LONGEST_LETTER = 80
"""Paragraphs between the salutation and the end of a letter."""


def passage_drafts(reading: Reading, spoken: set[int]) -> Iterator[Draft]:
    """Announced passages and letters, but for tokens that are `spoken` already."""
    filled = filled_paragraphs(reading)
    whole = [*_letters(reading, filled), *_mails(reading, filled)]
    letters = [d for d in whole if not d.content & spoken]
    yield from letters
    taken = spoken.union(*(d.content for d in letters))
    seen, writer_speaks = 0, False
    for at, line in enumerate(filled[:-1]):
        verb = _announcing_verb(reading, line) if taken.isdisjoint(line) else None
        if verb is None:
            continue
        before = (p for p in filled[seen:at] if p.start not in taken)
        writer_speaks = writer_speaks or any(speaks_of_self(reading, p) for p in before)
        seen = at
        below = filled[at + 1 : at + 1 + LONGEST_PASSAGE]
        passage = _passage(reading, below, taken, writer_speaks)
        draft = _announced(reading, verb, line, passage, writer_speaks) if passage else None
        if draft is not None:
            taken |= draft.content
            yield draft


def filled_paragraphs(reading: Reading) -> list[range]:
    """The tokens of each paragraph that has words."""
    return [range(a, b) for a, b in reading.paragraphs if any(reading.is_word[a:b])]


def written(reading: Reading, line: range) -> str:
    """The words of a paragraph without the line break behind it."""
    last = line.stop - 1
    end = reading.starts[last] + len(reading.doc[last])
    return reading.text[reading.starts[line.start] : end].rstrip()


def _announced(
    reading: Reading, verb: Token, line: range, passage: range, writer_speaks: bool
) -> Draft | None:
    """What stands below a line that ends with who said it and a colon: "Lee wrote:"."""
    colon = _last(reading, line)
    low = max(line.start, reading.sentence(colon)[0])
    in_writing = verb.lemma_.lower() in word_list("in_writing")
    of_self = speaks_of_self(reading, passage)
    if (of_self and writer_speaks) or not (of_self or in_writing):
        return None
    span = TextSpan(reading.starts[passage.start], reading.starts[passage.stop - 1])
    run = Run(-1, passage.start, passage.stop, span, len(passage), ".", closed=True)
    draft = draft_of(QuotedPage(reading), run, verb, "introduced", low=low, high=colon)
    if draft is None or not draft.source:
        return None
    draft.frame = FRAME
    if colon == max(draft.cue) + 1:
        draft.cue.add(colon)
    return draft


def _last(reading: Reading, line: range) -> int:
    return next(i for i in reversed(line) if not reading.doc[i].is_space)


def _announcing_verb(reading: Reading, line: range) -> Token | None:
    """The verb of saying before the colon that ends a line, if it has no content of its own."""
    colon = _last(reading, line)
    if reading.doc[colon].text != ":" or reading.quoted(colon):
        return None
    low = max(line.start, reading.sentence(colon)[0])
    page = QuotedPage(reading)
    for i in range(colon - 1, max(low, colon - FARTHEST_VERB) - 1, -1):
        verb = reading.doc[i]
        if verb.tag_ not in FINITE_TAGS or not page.reports(verb):
            continue
        clause = clause_right_of(reading, verb)
        plain = clause is None or clause.i > colon
        named = verb.lemma_.lower() in word_list("not_spoken") or syntax.is_passive(verb)
        return verb if plain and not named else None
    return None


def _passage(
    reading: Reading, below: list[range], taken: set[int], writer_speaks: bool
) -> range | None:
    """The tokens of the paragraph below, and of those behind it that go on in the first person."""
    if not _is_prose(reading, below[0], taken):
        return None
    start, end = below[0].start, below[0].stop
    for more in below[1:]:
        if writer_speaks or not _is_prose(reading, more, taken):
            break
        if not speaks_of_self(reading, more):
            break
        end = more.stop
    while end > start and reading.doc[end - 1].is_space:
        end -= 1
    while start < end and reading.doc[start].is_space:
        start += 1
    return range(start, end)


def _is_prose(reading: Reading, paragraph: range, taken: set[int]) -> bool:
    """Sentences of the body that nobody says by label, nor most of them by quotation mark; no item
    of a list.
    """
    words = [i for i in paragraph if not reading.doc[i].is_space]
    first, last = reading.doc[words[0]], reading.doc[words[-1]]
    if reading.kinds[words[0]] is not None or not taken.isdisjoint(words):
        return False
    ends = last.text in ENDS or reading.quoted(words[-1])
    if not first.text[0].isupper() or not ends or len(words) < FEWEST_WORDS:
        return False
    quoted = sum(reading.quoted(i) for i in words)
    if quoted and (quoted > MOST_QUOTED * len(words) or not speaks_of_self(reading, paragraph)):
        return False
    return LABEL.match(reading.text, first.idx, last.idx) is None


def _letters(reading: Reading, filled: list[range]) -> Iterator[Draft]:
    """Letters between "Dear …" and "Yours sincerely", with the name below as the source."""
    texts = [written(reading, line) for line in filled]
    at = 0
    while at < len(filled):
        end = _letter_end(texts, at)
        draft = _letter(reading, filled, at, end) if end is not None else None
        if draft is not None:
            yield draft
        at = end if end is not None else at + 1


def _letter_end(texts: list[str], at: int) -> int | None:
    """The number of the line that signs off the letter which begins here."""
    if not SALUTATION.fullmatch(texts[at]):
        return None
    for n in range(at + 2, min(len(texts), at + LONGEST_LETTER)):
        if SALUTATION.fullmatch(texts[n]):
            return None
        if SIGN_OFF.fullmatch(texts[n]):
            return n
    return None


def _letter(reading: Reading, filled: list[range], at: int, end: int) -> Draft | None:
    doc = reading.doc
    comma = next((i for i in filled[end] if doc[i].text == ","), filled[end].stop)
    line = range(comma + 1, filled[end].stop)  # "Yours, Ann Lee"
    if not any(reading.is_word[i] for i in line) and end + 1 < len(filled):
        line = filled[end + 1]
    name = [i for i in line if reading.is_word[i]]
    if not 0 < len(name) <= LONGEST_SIGNATURE or not doc[name[0]].text[0].isupper():
        return None
    if any(doc[i].tag_ in FINITE_TAGS or doc[i].text in ENDS - {"."} for i in line):
        return None
    stop = next((i for i in line if doc[i].text in {",", "("} and i > name[0]), name[-1] + 1)
    content = set(range(filled[at + 1].start, filled[end - 1].stop))
    content = {i for i in content if not doc[i].is_space or i < filled[end - 1].stop - 1}
    head = doc.root(name[0], stop)
    source = set(range(name[0], stop))
    return Draft(doc[name[0]], set(), content, source, head, FRAME, "", topic_only=False)


def _mails(reading: Reading, filled: list[range]) -> Iterator[Draft]:
    """Mails below their heads ("From: … To: …"), with the sender as the source."""
    fields = [MAIL_HEAD.fullmatch(written(reading, line)) for line in filled]
    for n, field in enumerate(fields[:-2]):
        if field is None or field["field"] != "From" or fields[n + 1] is None:
            continue
        first = next((k for k in range(n, len(filled)) if fields[k] is None), len(filled))
        told = _mail_text(reading, filled[first : first + LONGEST_PASSAGE])
        start = reading.starts[filled[n].start] + field.start("words")
        name = [i for i in filled[n] if reading.starts[i] >= start and not reading.doc[i].is_space]
        stop = next((i for i in name if reading.doc[i].text in {"(", "<", "[", ","}), None)
        name = [i for i in name if stop is None or i < stop]
        if told and any(reading.is_word[i] for i in name):
            head = reading.doc.root(name[0], name[-1] + 1)
            yield Draft(reading.doc[name[0]], set(), told, set(name), head, FRAME, "")


def _mail_text(reading: Reading, below: list[range]) -> set[int]:
    """The first paragraph below a head, and those behind it in the first person."""
    told: set[int] = set()
    for n, line in enumerate(below):
        prose = reading.kinds[line.start] is None and not reading.quoted(line.start)
        if not prose or (n and not speaks_of_self(reading, line)):
            break
        told |= set(line)
    while told and reading.doc[max(told)].is_space:
        told.discard(max(told))
    return told
