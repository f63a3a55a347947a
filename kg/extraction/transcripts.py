"""Interviews and transcripts: turns of speech, each behind the name of who speaks and a colon.

Nothing stands in quotation marks there, and no verb of saying: that a line is a turn shows only by
its likes, so that a text has turns when several speakers come back, or when a line announces them.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from kg.extraction.actor_lexicon import titles
from kg.extraction.drafts import Draft
from kg.extraction.interviewees import ANSWER, interviewee
from kg.extraction.reading import ENDS, Reading
from kg.extraction.tables import word_list

FRAME = "transcript"
LABEL = re.compile(
    r"\s*[*_]{0,3}[\"“]?(?:(?P<letter>[QA])[:.]|(?P<bare>Q)(?=\s+[A-Z])|"
    r"(?P<name>[A-Z][^\s:,;.!?*_\"“”]*\.?(?:[ ][^\s:,;!?*_\"“”]+){0,9}?)"
    r"(?P<office>,[ ][^\n:;!?*_\"“”]{1,80}?)?"
    r"(?:[ ]\([^()\n:]{1,40}\)){0,2}:)[*_]{0,3}(?:\s+|$)"
)
"""What stands before a turn: "Q:", "ANN LEE (Norland):", "ANN LEE, MAYOR OF VIK:"."""

INNER_TURN = re.compile(r"(?<=[.?!])\s+(?=[QA]:\s+\S)")
"""Where a turn begins within a paragraph: "Q: Why now? *A:* We had to."."""

LONGEST_LABEL = 6
"""Words of a label that holds no known name: "Russian Foreign Ministry Spokeswoman Zakharova"."""

FEWEST_TURNS = 3
FEWEST_ANNOUNCED = 2
"""Turns in a row behind a line that announces them: "The following exchange took place:"."""

QUESTION = frozenset({"q", "question", "reporter", "journalist", "correspondent", "interviewer"})
NO_PERSON = frozenset({"GPE", "LOC", "DATE"})
BODY = frozenset({None, "standfirst"})
LABELLED = BODY | {"subhead"}
"""A short question, set apart, looks like a subhead."""

FEWEST_VOICES = 3
"""People with a text in the first person behind their name: a list of voices."""

FIRST_PERSON = frozenset({"i", "me", "my", "we", "us", "our"})

Labelled = dict[int, "Turn"]
"""Turns by the number of their line."""


@dataclass(frozen=True, slots=True)
class Turn:
    """A paragraph with a label, or one that goes on with what the label began; token ranges."""

    label: range
    name: str
    colon: int
    speech: range


def transcript_drafts(reading: Reading) -> Iterator[Draft]:
    """The turns of an interview or transcript, each paragraph a statement of its own."""
    spoken = turns(reading)
    answering = _answering(reading, spoken)
    for turn in spoken:
        words = [i for i in turn.speech if not reading.doc[i].is_space]
        if not any(reading.is_word[i] for i in words):
            continue
        set_in_body(reading, range(turn.label.start, turn.speech.stop))
        source = set(turn.label)
        head = reading.doc.root(turn.label.start, turn.label.stop)
        asks = turn.name in QUESTION or _only_asks(reading, words)
        yield Draft(
            reading.doc[turn.colon],
            {turn.colon} - source if reading.doc[turn.colon].text.endswith(":") else set(),
            set(range(words[0], words[-1] + 1)),
            source,
            head,
            FRAME,
            ":",
            force="ask" if asks else "assert",
            topic_only=asks,
            named_by=answering if turn.name in ANSWER else None,
        )


def _answering(reading: Reading, spoken: list[Turn]) -> range | None:
    """The name of whoever answers behind "A:"."""
    if not any(turn.name in ANSWER for turn in spoken):
        return None
    named = {
        turn.name: turn.label
        for turn in reversed(spoken)
        if turn.name not in ANSWER | QUESTION and not _only_asks(reading, [*turn.speech])
    }
    return interviewee(reading, spoken[0].label.start, named.values() if len(named) < 2 else ())


def turns(reading: Reading) -> list[Turn]:
    """All turns in reading order; none where the labels do not recur as speakers do."""
    lines = _lines(reading)
    found = {n: t for n, line in enumerate(lines) if (t := _labelled(reading, line)) is not None}
    _open_with_turn(reading, lines, found)
    labelled = _under_one_name(found)
    announced = _announced(reading, lines, labelled) | _voices(reading, labelled)
    record = _in_capitals(reading, lines, labelled)
    if record or _recur(reading, labelled := _of_speakers(reading, labelled)):
        return list(_carried_on(reading, lines, labelled | announced))
    return [announced[n] for n in sorted(announced)]


def _lines(reading: Reading) -> list[range]:
    """The paragraphs in tokens, those of a question and its answer in two."""
    lines = []
    for start, end in reading.paragraphs:
        cuts = [start]
        if start < end and reading.doc[start].lower_ in {"q", "q."}:
            first, last = _characters(reading, range(start, end))
            inner = INNER_TURN.finditer(reading.text, first, last)
            cuts += [bisect_left(reading.starts, match.end()) for match in inner]
        lines += [range(a, b) for a, b in zip(cuts, [*cuts[1:], end], strict=True)]
    return lines


def _labelled(reading: Reading, line: range) -> Turn | None:
    if not line or reading.kinds[line.start] not in LABELLED | {"headline"}:
        return None
    first, last = _characters(reading, line)
    found = LABEL.match(reading.text, first, last)
    if found is None:
        return None
    group = next(group for group in ("letter", "bare", "name") if found[group])
    name = found[group]
    if reading.quoted(line.start) and not name.isupper():
        return None
    stop = found.end("office") if found["office"] else found.end(group)
    label = range(*_tokens(reading, found.start(group), stop))
    speech = range(bisect_left(reading.starts, found.end()), line.stop)
    if not label or not _is_speaker(reading, label, name):
        return None
    if label.stop >= speech.start:  # "Q." is one token
        return Turn(label, name.casefold(), label.start, speech)
    colon = label.stop
    while colon < speech.start - 1 and ":" not in reading.doc[colon].text:
        colon += 1
    return Turn(label, name.casefold(), min(colon, line.stop - 1), speech)


def _characters(reading: Reading, line: range) -> tuple[int, int]:
    last = line.stop - 1
    return reading.starts[line.start], reading.starts[last] + len(reading.doc[last])


def _tokens(reading: Reading, start: int, end: int) -> tuple[int, int]:
    return bisect_left(reading.starts, start), bisect_left(reading.starts, end)


def _is_speaker(reading: Reading, label: range, name: str) -> bool:
    """Every longer word has a capital, as in names and titles, and the label is no topic."""
    words = [reading.doc[i] for i in label if reading.is_word[i]]
    capitals = all(w.text[0].isupper() or w.text[0].isdigit() for w in words if len(w) > 3)
    others = word_list("topics") | word_list("no_speakers") | word_list("calendar")
    topic = any(w.lower_ in others for w in words)
    topic = topic or words[0].lower_ in word_list("not_a_speaker")
    if not words or not capitals or topic or name[0].isdigit():
        return False
    short = len(words) <= LONGEST_LABEL and not any(reading.doc[i].text == "," for i in label)
    return short or name.isupper() or any(w.ent_type_ == "PERSON" for w in words)


def _open_with_turn(reading: Reading, lines: list[range], found: Labelled) -> None:
    """Keep a first turn that was taken for the headline, drop headlines that only look like one.

    The turn is a sentence, and another one follows without any introduction.
    """
    for n in [n for n in found if reading.kinds[lines[n].start] == "headline"]:
        words = [i for i in lines[n] if not reading.doc[i].is_space]
        following = next((k for k in range(n + 1, len(lines)) if _has_words(reading, lines[k])), n)
        if following in found and following > n and reading.doc[words[-1]].text in ENDS:
            set_in_body(reading, lines[n])
        else:
            del found[n]


def set_in_body(reading: Reading, line: range) -> None:
    """Take a line for a part of the story that was taken for a title."""
    reading.kinds[line.start : line.stop] = [None] * len(line)


def _has_words(reading: Reading, line: range) -> bool:
    return any(reading.is_word[i] for i in line)


def _under_one_name(found: Labelled) -> Labelled:
    """The turns, those with a longer name under the shorter one: "FINANCE MINISTER LEE", "LEE"."""
    names = {turn.name for turn in found.values()}
    return {n: replace(turn, name=_shortest(turn.name, names)) for n, turn in found.items()}


def _shortest(name: str, names: set[str]) -> str:
    words = name.split(" ")
    ends = (" ".join(words[k:]) for k in range(len(words) - 1, 0, -1))
    return next((end for end in ends if end in names), name)


def _announced(reading: Reading, lines: list[range], labelled: Labelled) -> Labelled:
    """Turns in a row, of two or more, behind a line that announces them."""
    found: Labelled = {}
    row: Labelled | None = None
    for n, line in enumerate(lines):
        if not _has_words(reading, line):
            continue
        if row is not None and n in labelled:
            row[n] = labelled[n]
            continue
        if row is not None and len({turn.name for turn in row.values()}) >= FEWEST_ANNOUNCED:
            found |= row
        row = {} if _announces(reading, line) else None
    if row is not None and len({turn.name for turn in row.values()}) >= FEWEST_ANNOUNCED:
        found |= row
    return found


def _in_capitals(reading: Reading, lines: list[range], labelled: Labelled) -> bool:
    """A record whose speakers stand in capitals, each with title or name: "MR. LEE:", "THE CHAIR:".

    Nobody needs to come back; the labels follow each other, and people talk to each other.
    """
    told = [n for n, line in enumerate(lines) if _has_words(reading, line)]
    runs: list[list[int]] = [[]]
    for n in told:
        if n in labelled and _shouts_a_person(reading, labelled[n]):
            runs[-1].append(n)
        elif runs[-1]:
            runs.append([])
    longest = max(runs, key=len)
    several = len({labelled[n].name for n in longest}) > 1
    long = len(longest) >= FEWEST_TURNS and several
    return long and _converses(reading, (labelled[n] for n in longest))


def _shouts_a_person(reading: Reading, turn: Turn) -> bool:
    words = [reading.doc[i] for i in turn.label if reading.is_word[i]]
    lower = [w.lower_ for w in words]
    titled = any(titles().at(lower, k) is not None for k in range(len(lower)))
    named = any(w.ent_type_ == "PERSON" for w in words) or lower[0] in word_list("forms_of_address")
    return all(w.text.isupper() for w in words) and (titled or named)


def _voices(reading: Reading, labelled: Labelled) -> Labelled:
    """Three persons or more, each with full name or age, who speak of themselves."""
    found = {}
    for n, turn in labelled.items():
        described = " " in turn.name or any(reading.doc[i].text == "," for i in turn.label)
        person = any(reading.doc[i].ent_type_ == "PERSON" for i in turn.label)
        if described and person and speaks_of_self(reading, turn.speech):
            found[n] = turn
    return found if len({turn.name for turn in found.values()}) >= FEWEST_VOICES else {}


def _announces(reading: Reading, line: range) -> bool:
    """ "The following exchange took place:"."""
    words = [i for i in line if not reading.doc[i].is_space]
    return reading.doc[words[-1]].text == ":" and any(
        reading.doc[i].lower_ in word_list("exchanges") for i in words
    )


def _of_speakers(reading: Reading, labelled: Labelled) -> Labelled:
    said = Counter(turn.name for turn in labelled.values())
    return {n: t for n, t in labelled.items() if said[t.name] > 1 or _is_name(reading, t)}


def _recur(reading: Reading, labelled: Labelled) -> bool:
    """Somebody comes back, and people talk to each other."""
    said = Counter(turn.name for turn in labelled.values())
    recurring = any(count > 1 for count in said.values())
    if len(labelled) < FEWEST_TURNS or len(said) < 2 or not recurring:
        return False
    return _converses(reading, labelled.values())


def _is_name(reading: Reading, turn: Turn) -> bool:
    """The recogniser does not take the label for a place or a day."""
    return not all(reading.doc[i].ent_type_ in NO_PERSON for i in turn.label if reading.is_word[i])


def _only_asks(reading: Reading, words: list[int]) -> bool:
    ends = {reading.doc[i].text for i in words} & {".", "!", "?", "…"}
    return ends == {"?"}


def _converses(reading: Reading, some: Iterable[Turn]) -> bool:
    """Somebody says "I", "we" or "you"."""
    personal = {"i", "we", "you", "my", "our", "your"}
    return any(reading.doc[i].lower_ in personal for turn in some for i in turn.speech)


def speaks_of_self(reading: Reading, paragraph: range) -> bool:
    """A first person stands outside quotation marks, and not only a paper's "our reporter"."""
    doc = reading.doc
    for i in paragraph:
        if doc[i].lower_ not in FIRST_PERSON or doc[i].text == "US" or reading.quoted(i):
            continue
        following = doc[i + 1].lower_ if i + 1 < len(doc) else ""
        if doc[i].lower_ != "our" or following not in word_list("of_the_press"):
            return True
    return False


def _carried_on(reading: Reading, lines: list[range], labelled: Labelled) -> Iterator[Turn]:
    """The turns, and the paragraphs without a label between two of them, which go on with the
    first. Behind the last turn nothing shows where the speaker ends and the writer begins.
    """
    current: Turn | None = None
    last = max(labelled)
    for number, line in enumerate(lines[: last + 1]):
        turn = labelled.get(number)
        if turn is not None:
            current = turn
            yield turn
        elif current is not None and not all(reading.doc[i].is_space for i in line):
            if reading.kinds[line.start] not in BODY or _is_writers(reading, line, current):
                current = None
                continue
            yield Turn(current.label, current.name, current.colon, line)


def _is_writers(reading: Reading, line: range, current: Turn) -> bool:
    """A label that is no speaker's ("Note: …"), a line that announces, a sentence on the speaker, a
    question that nobody is named for.
    """
    first, last = _characters(reading, line)
    if LABEL.match(reading.text, first, last) is not None:
        return True
    ids = [i for i in line if not reading.doc[i].is_space]
    words = [reading.doc[i] for i in ids]
    name = current.name.rpartition(" ")[2]
    named = any(w.lower_ == name and w.text[0].isupper() and w.pos_ == "PROPN" for w in words)
    return named or words[-1].text == ":" or _only_asks(reading, ids)
