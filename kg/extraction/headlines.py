"""Statements in headlines and subheads, where grammar is clipped and the tree is of little help."""

from __future__ import annotations

import re
from collections.abc import Iterator

from kg.extraction.cues import CueEntry, finite_form, lexicon
from kg.extraction.drafts import Draft
from kg.extraction.reading import ENDS, Reading
from kg.extraction.tables import word_list

TITLES = frozenset({"headline", "subhead"})
LINES = TITLES | {"standfirst"}
LONGEST_LABEL = 6
"""Words before a colon that can still be a speaker: "Russian Foreign Ministry Spokeswoman
Zakharova".
"""

LONGEST_SUBJECT = 7

NO_TITLE = frozenset({"at", "back", "into", "from", "with", "inside"})
"""Words that do not stand in the name or title of a speaker: "a look *back at* Vik"."""

LONGEST_OF_TWO = 3
"""Words of each of two who are named with a comma only: "Sudan army, RSF agree"."""

TIME = re.compile(r"\d{1,2}[:.]?\d{0,2}(?:am|pm)?")
"""The hour of an entry in a live report."""

NAMED = frozenset({"GPE", "ORG", "NORP", "PERSON"})

VERB_LIKE = frozenset({"VERB", "AUX"})


def title_drafts(reading: Reading) -> Iterator[Draft]:
    """The statements that headlines and subheads report with a cue of their own."""
    for start, end in reading.paragraphs:
        if not LINES.intersection(reading.kinds[start:end]):
            continue
        words = [i for i in range(start, end) if not reading.doc[i].is_space]
        words = [i for i in words if reading.kinds[i] != "boilerplate"]  # "title: " before it
        if not words or not _is_title(reading, words):
            continue
        for part in _parts(reading, _without_topic(reading, _without_time(reading, words))):
            yield from _drafts(reading, part)


def _is_title(reading: Reading, words: list[int]) -> bool:
    whole = reading.kinds[words[0]] == "standfirst" and reading.doc[words[-1]].text not in ENDS
    return (reading.kinds[words[0]] in TITLES or whole) and len(words) <= 40


def _drafts(reading: Reading, words: list[int]) -> Iterator[Draft]:
    whole = _interview(reading, words) or _signed(reading, words)
    whole = whole or _labelled(reading, words) or _tailed(reading, words)
    if whole is not None:
        yield whole
        return
    for clause in _sentences(reading, words):
        draft = _reported(reading, clause)
        if draft is not None:
            yield draft


def _parts(reading: Reading, words: list[int]) -> Iterator[list[int]]:
    """What semicolons part: lines of their own."""
    part: list[int] = []
    for i in words:
        if reading.doc[i].text == ";" and not reading.quoted(i):
            yield part
            part = []
        else:
            part.append(i)
    yield part


def _without_time(reading: Reading, words: list[int]) -> list[int]:
    """A line of a live report without the hour before it: "*14:05 GMT –* Mayor: the dam holds"."""
    if not TIME.fullmatch(reading.doc[words[0]].text):
        return words
    dash = next((n for n, i in enumerate(words[:4]) if reading.is_dash(i)), None)
    rest = words if dash is None else words[dash + 1 :]
    return rest if len(rest) > 1 else words


def _without_topic(reading: Reading, words: list[int]) -> list[int]:
    """A line without the topic that it begins with: "*Port deal:* union leader resigns"."""
    for n, i in enumerate(words[: LONGEST_LABEL + 1]):
        if reading.doc[i].text == ":" and n:
            topic = reading.doc[words[n - 1]].lower_ in word_list("topics")
            return words[n + 1 :] if topic else words
    return words


def _sentences(reading: Reading, words: list[int]) -> list[list[int]]:
    """A title's clauses: "Vik accuses Norland of attack, Norland denies charge" has two."""
    for n, i in enumerate(words):
        parts = reading.doc[i].text in {",", ";"} or (n > 2 and reading.doc[i].lower_ == "as")
        if not parts or reading.quoted(i) or _parts_two(reading, words, n):
            continue
        rest = words[n + 1 :]
        if _reported(reading, rest) is not None:
            return [words[:n], *_sentences(reading, rest)]
    return [words]


def _signed(reading: Reading, words: list[int]) -> Draft | None:
    """ "Norland Ready for Talks - Spokesman", "Dam talks enter final stage: official"."""
    doc = reading.doc
    for n in range(len(words) - 2, max(0, len(words) - LONGEST_LABEL - 2), -1):
        i = words[n]
        colon = doc[i].text == ":"
        if not (colon or reading.is_dash(i)) or reading.quoted(i):
            continue
        left, right = words[:n], words[n + 1 :]
        last = doc[right[-1]].lower_
        names = last in word_list("title_speakers") or (
            not colon and doc[right[-1]].pos_ == "PROPN"
        )
        longer = reading.words_in(left) > max(2, reading.words_in(right))
        if not (names and longer) or any(doc[k].tag_ in {"VBZ", "VBD", "MD"} for k in right):
            return None
        return _draft(
            reading, i, {i}, set(left), set(right), doc[i].text if colon else "-", "assert", "label"
        )
    return None


def _interview(reading: Reading, words: list[int]) -> Draft | None:
    """ "“We will wait”: Interview with Ann Lee", "Interview with Ann Lee: “We will wait”"."""
    doc = reading.doc
    colon = next((i for i in words[1:-1] if doc[i].text == ":" and not reading.quoted(i)), None)
    if colon is None:
        return None
    parts = [i for i in words if i < colon], [i for i in words if i > colon]
    for said, told in (parts, parts[::-1]):
        with_whom = next((n for n, i in enumerate(told) if doc[i].lower_ == "with"), 0)
        named = told[with_whom + 1 :]
        asked = with_whom and doc[told[with_whom - 1]].lemma_.lower() in word_list("interviews")
        if asked and named and all(reading.quoted(i) for i in said if reading.is_word[i]):
            return _draft(reading, colon, {colon}, set(said), set(named), ":", "assert", "label")
    return None


def _labelled(reading: Reading, words: list[int]) -> Draft | None:
    """ "Ministry: no talks planned", "Minister - The harbour stays closed", "No talks planned:
    ministry".
    """
    doc = reading.doc
    for i in words[1:-1]:
        colon = doc[i].text == ":" and not reading.quoted(i)
        if not colon and not (reading.is_dash(i) and i - words[0] <= LONGEST_LABEL):
            continue
        left, right = [k for k in words if k < i], [k for k in words if k > i]
        if doc[right[-1]].lower_ in word_list("genres"):
            return None
        if _names_speaker(reading, left):
            speaker = _trimmed_label(reading, left)
            return _draft(
                reading, i, {i}, set(right), set(speaker), ":" if colon else "-", "assert", "label"
            )
        if colon and len(right) <= 5 and _names_speaker(reading, right) and len(left) > len(right):
            return _draft(reading, i, {i}, set(left), set(right), ":", "assert", "label")
        return None
    return None


def _trimmed_label(reading: Reading, left: list[int]) -> list[int]:
    """A label's speaker, without what it speaks on: "*Mayor* on the talks"."""
    for n, k in enumerate(left):
        if n and reading.doc[k].lower_ in {"on", "about", "over", "after"}:
            return left[:n]
    return left


def _names_speaker(reading: Reading, words: list[int]) -> bool:
    doc = reading.doc
    speaker = _trimmed_label(reading, words)
    if (
        not speaker
        or reading.words_in(speaker) > LONGEST_LABEL
        or doc[speaker[0]].lower_ in word_list("not_a_speaker")
    ):
        return False
    if any(reading.quoted(i) or doc[i].lower_ in NO_TITLE for i in speaker):
        return False
    if any(doc[i].pos_ in VERB_LIKE and doc[i].tag_ in {"VBZ", "VBD", "MD"} for i in speaker):
        return False
    return doc[speaker[-1]].pos_ in {"NOUN", "PROPN"} and (
        any(doc[i].text[:1].isupper() for i in speaker)
        or doc[speaker[-1]].lower_ in word_list("title_speakers")
    )


def _tailed(reading: Reading, words: list[int]) -> Draft | None:
    """ "Armenia ready to sign, PM says"."""
    doc = reading.doc
    commas = [i for i in words if doc[i].text == "," and not reading.quoted(i)]
    if not commas:
        return None
    tail = [i for i in words if i > commas[-1]]
    if not 2 <= len(tail) <= LONGEST_SUBJECT + 1:
        return None
    for verb, subject in ((tail[-1], tail[:-1]), (tail[0], tail[1:])):
        entry = _title_verb(reading, verb)
        if entry is not None and entry.takes("clause") and _names_speaker(reading, subject):
            content = {i for i in words if i < commas[-1]}
            return _draft(
                reading, verb, {verb}, content, set(subject), entry.words, entry.force, "title"
            )
    return None


def _reported(reading: Reading, words: list[int]) -> Draft | None:
    """ "Norland regrets casualties", "EU calls on both sides to stop"."""
    doc = reading.doc
    for n, i in enumerate(words[: LONGEST_SUBJECT + 1]):
        if n == 0 or _parts_two(reading, words, n):
            continue
        if (
            doc[i].text in {",", ":"}
            or reading.quoted(i)
            or doc[i].lower_ in {"to", "of", "for", "who", "that"}
        ):
            return None
        entry = _title_verb(reading, i)
        if entry is None:
            continue
        cue, rest = {i}, words[n + 1 :]
        phrase = lexicon().get(f"{entry.words} {doc[rest[0]].lower_}") if rest else None
        if phrase is not None:
            entry, cue, rest = phrase, {i, rest[0]}, rest[1:]
        elif entry.words in word_list("weak"):
            return None
        if not _names_speaker(reading, words[:n]) or not _takes_rest(reading, entry, rest):
            return None
        return _draft(reading, i, cue, set(rest), set(words[:n]), entry.words, entry.force, "title")
    return None


def _parts_two(reading: Reading, words: list[int], n: int) -> bool:
    """A comma between two who speak together: "*Ethiopia, rebels* agree to stop", not the one
    before who is named alone: "Talks fail, mayor says".
    """
    doc, first = reading.doc, words[:n]
    if doc[words[n]].text != "," or n > LONGEST_OF_TWO or any(doc[i].text == "," for i in first):
        return False
    named = any(doc[i].ent_type_ in NAMED or doc[i].pos_ == "PROPN" for i in first)
    plain = all(doc[i].pos_ in {"PROPN", "NOUN", "ADJ", "PART"} for i in first)
    rest = words[n + 1 : n + 2 + LONGEST_OF_TWO]
    verb = next((i for i in rest if _title_verb(reading, i) is not None), None)
    return named and plain and verb is not None and _is_plural(doc[verb].lower_)


def _behind_two(reading: Reading, i: int) -> bool:
    """Before a verb stand two, with a comma or "and" between them."""
    k = i - 1
    while k > max(0, i - 1 - LONGEST_OF_TWO) and reading.doc[k].pos_ in {"PROPN", "NOUN", "ADJ"}:
        k -= 1
    return 0 < k < i - 1 and reading.doc[k].lower_ in {",", "and", "&"}


def _is_plural(form: str) -> bool:
    """A present that several do: "agree", and not "agrees"."""
    return form in lexicon() and not form.endswith(("s", "ed"))


def _title_verb(reading: Reading, i: int) -> CueEntry | None:
    """The verb of saying at a place of a headline, in the present: a form in -ed is a participle
    there.

    "Norland *Urges* Calm", "Ministers *Urge* Calm"; but "Rain *Expected*", "Mayor *Accused* of
    Fraud".
    """
    word = reading.doc[i].lower_
    several = i > 0 and reading.doc[i].pos_ == "VERB" and _behind_two(reading, i)
    plural = several or (i > 0 and reading.doc[i - 1].lower_.endswith("s"))
    entry = lexicon().get(word) if plural else None
    if entry is None and not word.endswith("ed"):
        entry = finite_form(word)
    return entry if entry is not None and entry.kind == "say" else None


def _takes_rest(reading: Reading, entry: CueEntry, rest: list[int]) -> bool:
    if reading.words_in(rest) < 1:
        return False
    if reading.doc[rest[0]].lower_ == "to":
        return entry.takes("infinitive")
    return (
        entry.takes("clause")
        or entry.takes("object")
        or entry.takes("oblique")
        or entry.takes("infinitive")
    )


def _draft(
    reading: Reading,
    i: int,
    cue: set[int],
    content: set[int],
    source: set[int],
    lemma: str,
    force: str,
    frame: str,
) -> Draft | None:
    content = {k for k in content if k not in cue}
    if reading.words_in(content) < 2:
        return None
    head = _head(reading, source)
    draft = Draft(reading.doc[i], cue, content, source, reading.doc[head], frame, lemma, force)
    if force in {"call_on", "demand", "ask"}:
        draft.addressed = {k for k in content if k < _before_to(reading, content)}
    return draft


def _before_to(reading: Reading, content: set[int]) -> int:
    return next(
        (k for k in sorted(content) if reading.doc[k].lower_ in {"to", "on", "for"}), min(content)
    )


def _head(reading: Reading, source: set[int]) -> int:
    """The last word of the speaker's name or title that no preposition cuts off."""
    found = min(source)
    for k in sorted(source):
        if reading.doc[k].lower_ in {"of", "in", "for", "on", "at", ","}:
            break
        if reading.is_word[k]:
            found = k
    return found
