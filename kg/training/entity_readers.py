"""Reads the corpora of named entities, each into sentences with spans of our labels.

What a corpus does not annotate is `unknown`, not "no entity". Which of its kinds become which of
our labels is in the tables at the head; doubtful cases follow `entity_words`.
"""

from __future__ import annotations

import csv
import io
import lzma
import re
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from kg.training.entity_words import (
    bare_name,
    iob_spans,
    is_date,
    is_group,
    is_title,
    place_label,
    words_of,
)
from kg.training.treebanks import Sentence, read_text

PLACE = "PLACE"
"""Stands for GPE or LOC, decided by the name, where a corpus does not tell them apart."""

EVENT_OR_MISC = "EVENT_OR_MISC"
"""Stands for EVENT or MISC, decided by a word of the name ("War", "Cup")."""

WIKIGOLD = {"PER": "PERSON", "LOC": PLACE, "ORG": "ORG", "MISC": EVENT_OR_MISC}
UNER = {"PER": "PERSON", "LOC": PLACE, "ORG": "ORG"}
CROSSNER = {
    "politician": "PERSON",
    "person": "PERSON",
    "writer": "PERSON",
    "musicalartist": "PERSON",
    "scientist": "PERSON",
    "researcher": "PERSON",
    "organisation": "ORG",
    "politicalparty": "ORG",
    "university": "ORG",
    "band": "ORG",
    "country": "GPE",
    "location": PLACE,
    "election": "EVENT",
    "event": "EVENT",
    "conference": "EVENT",
    "album": "MISC",
    "song": "MISC",
    "book": "MISC",
    "magazine": "MISC",
    "poem": "MISC",
    "award": "MISC",
    "academicjournal": "MISC",
}
"""Its other kinds ("misc", "algorithm", "protein" …) are no kinds of ours, and unknown."""

CLOSERS = frozenset({*",.;:!?)]}%…”’", "...", "..", "''"})
OPENERS = frozenset(["(", "[", "{", "$", "#", "“", "‘", "``"])
CLITICS = frozenset({"s", "t", "re", "ve", "ll", "d", "m"})


@dataclass(frozen=True, slots=True)
class Span:
    """The words from `start` up to `end` are a name of the kind `label`."""

    start: int
    end: int
    label: str


@dataclass(frozen=True, slots=True)
class NamedSentence:
    """A sentence in its corpus's own words; `spaces[i]` says whether a space follows word `i`;
    `unknown` are the words of which the corpus does not tell whether they are names.
    """

    words: tuple[str, ...]
    spaces: tuple[bool, ...]
    spans: tuple[Span, ...]
    unknown: frozenset[int] = frozenset()
    new_paragraph: bool = False


@dataclass(frozen=True, slots=True)
class Known:
    """What one corpus tells about words: those of nations ("Iraqi") and one-word place names."""

    demonyms: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()

    def is_group(self, word: str) -> bool:
        """Whether a word names a people, or is its adjective."""
        return word in self.demonyms or is_group(word)


# ---------------------------------------------------------------------------- GMB

UNKNOWN = "unknown"


@dataclass(slots=True)
class GmbSentence:
    """A sentence of the Groningen Meaning Bank's table."""

    words: list[str] = field(default_factory=list)
    pos: list[str] = field(default_factory=list)
    tags: list[str] = field(default_factory=list)


def read_gmb(path: Path) -> list[GmbSentence]:
    """The sentences of GMB's table, each once."""
    rows = csv.reader(io.StringIO(_windows_text(path)))
    next(rows)
    sentences: list[GmbSentence] = []
    for first, word, pos, tag in rows:
        if first:
            sentences.append(GmbSentence())
        if word.strip():
            for column, value in (
                (sentences[-1].words, word),
                (sentences[-1].pos, pos),
                (sentences[-1].tags, tag),
            ):
                column.append(value)
    once: dict[tuple[str, ...], GmbSentence] = {}
    for sentence in sentences:
        once.setdefault(tuple(sentence.words), sentence)
    once.pop((), None)
    return list(once.values())


def gmb_knowledge(sentences: Sequence[GmbSentence]) -> Known:
    """Words that GMB tags mostly as nations' adjectives and people, and as places."""
    tags: dict[str, Counter[str]] = defaultdict(Counter)
    pos = _usual_pos(sentences)
    for sentence in sentences:
        for word, tag in zip(sentence.words, sentence.tags, strict=True):
            if word[0].isupper():
                tags[word][tag] += 1
    demonyms = {
        word
        for word, count in tags.items()
        if count["B-gpe"] >= 2
        and count["B-gpe"] > count["B-geo"]
        and pos[word] in ("JJ", "NNS", "NNPS", "JJR")
    }
    places = {
        word
        for word, count in tags.items()
        if word not in demonyms
        and count["B-geo"] + count["B-gpe"] >= 10
        and count["B-geo"] > count["I-geo"]
        and count["B-geo"] + count["B-gpe"] > 3 * (count["B-org"] + count["I-org"])
    }
    return Known(frozenset(demonyms - {"Western"}), frozenset(places))


def gmb_sentences(sentences: Sequence[GmbSentence], known: Known) -> Iterator[NamedSentence]:
    """The same sentences with our labels."""
    usual_pos = _usual_pos(sentences)
    for sentence in sentences:
        spans, unknown = [], set()
        words = sentence.words
        for left, right, kind in iob_spans(sentence.tags):
            start, end = _trimmed(words, left, right)
            span = _gmb_span(sentence, start, end, kind, known, usual_pos)
            if isinstance(span, Span):
                spans.append(span)
                # "Russian" within what GMB tags as the person "Russian President Medvedev"
                unknown |= {i for i in range(start, span.start) if known.is_group(words[i])}
            elif span == UNKNOWN:
                unknown |= set(range(start, end))
        yield NamedSentence(tuple(words), detokenised(words), tuple(spans), frozenset(unknown))


def _gmb_span(
    sentence: GmbSentence,
    start: int,
    end: int,
    kind: str,
    known: Known,
    usual_pos: Mapping[str, str],
) -> Span | str | None:
    """The span with our label, `UNKNOWN`, or `None` for no name."""
    words, name = sentence.words, " ".join(sentence.words[start:end])
    one = end - start == 1
    if one and known.is_group(words[start]) and kind in ("geo", "gpe", "org", "per", "art", "nat"):
        return Span(start, end, "NORP")
    if kind == "per":
        found = bare_name(words, start, end)
        if found is None:
            return UNKNOWN
        start, end = found
        named = any(c.isupper() for word in words[start:end] for c in word)
        title = end - start == 1 and is_title(words[start])
        return Span(start, end, "PERSON") if named and not title else None
    if kind == "tim":
        return Span(start, end, "DATE") if _gmb_date(words[start:end]) else UNKNOWN
    if kind == "gpe":
        tags = {sentence.pos[end - 1], usual_pos[words[end - 1]]}
        norp = not tags.isdisjoint(("JJ", "NNS", "NNPS"))
        return Span(start, end, "NORP" if norp else place_label(name))
    if kind == "geo":
        return Span(start, end, place_label(name))
    if kind == "org":  # GMB tags states that act as organisations ("the U.S. accused")
        return Span(start, end, "GPE" if one and words[start] in known.places else "ORG")
    label = {"eve": "EVENT", "art": "MISC"}.get(kind)
    return Span(start, end, label) if label else UNKNOWN


def _gmb_date(words: Sequence[str]) -> bool:
    """False for the bare numbers and small words that GMB also tags as times."""
    return not all(
        word.lower() in words_of("number")
        or word.lower() in ("of", "the", "a", "and")
        or (word.isdigit() and not is_date(word))
        for word in words
    )


def _windows_text(path: Path) -> str:
    data = path.read_bytes()
    if path.suffix == ".xz":
        data = lzma.decompress(data)
    return data.decode("cp1252", errors="replace")


def _usual_pos(sentences: Sequence[GmbSentence]) -> dict[str, str]:
    pos: dict[str, Counter[str]] = defaultdict(Counter)
    for sentence in sentences:
        for word, tag in zip(sentence.words, sentence.pos, strict=True):
            pos[word][tag] += 1
    return {word: count.most_common(1)[0][0] for word, count in pos.items()}


def _trimmed(words: Sequence[str], start: int, end: int) -> tuple[int, int]:
    while end - start > 1 and words[start] in words_of("before_span"):
        start += 1
    while end - start > 1 and words[end - 1] in words_of("after_span"):
        end -= 1
    return start, end


# ---------------------------------------------------------------------------- two-column files


def read_columns(path: Path) -> Iterator[tuple[list[str], list[str]]]:
    """Words and tags, sentence by sentence, of a file with the word first and the tag last."""
    words: list[str] = []
    tags: list[str] = []
    for line in [*read_text(path).splitlines(), ""]:
        columns = line.split()
        if len(columns) > 1 and columns[0] != "-DOCSTART-":
            words.append(columns[0])
            tags.append(columns[-1])
        elif not columns and words:
            yield words, tags
            words, tags = [], []


def read_uner(path: Path) -> Iterator[tuple[str, list[str], list[str]]]:
    """Sentence id, words and tags of a Universal NER file."""
    for block in re.split(r"\n\s*\n", read_text(path).strip()):
        id, words, tags = "", [], []
        for line in block.split("\n"):
            if line.startswith("# sent_id"):
                id = line.partition("=")[2].strip()
            elif not line.startswith("#"):
                columns = line.split("\t")
                words.append(columns[1])
                tags.append(columns[2])
        if words:
            yield id, words, tags


def mapped(
    words: Sequence[str],
    tags: Sequence[str],
    kinds: Mapping[str, str],
    known: Known,
    *,
    spaces: Sequence[bool] | None = None,
    also_unknown: Callable[[int], bool] = lambda i: False,
) -> NamedSentence:
    """A sentence of a corpus without dates and nationalities: these are unknown and by word list.

    `also_unknown` tells of a word outside all spans whether the corpus's silence means nothing.
    """
    spans, unknown = [], set()
    for start, end, kind in iob_spans(tags):
        span = _mapped_span(words, start, end, kinds.get(kind, ""), known)
        if span is None:
            unknown |= set(range(start, end))
        else:
            spans.append(span)
    covered = unknown.union(*(range(s.start, s.end) for s in spans))
    for i, word in enumerate(words):
        if i in covered:
            continue
        if word[0].isupper() and known.is_group(word):
            spans.append(Span(i, i + 1, "NORP"))
        elif is_date(word):
            unknown.add(i)
            if i and i - 1 not in covered and words[i - 1].isdigit():
                unknown.add(i - 1)
        elif also_unknown(i):
            unknown.add(i)
    spans.sort(key=lambda s: s.start)
    return NamedSentence(
        tuple(words), tuple(spaces or detokenised(words)), tuple(spans), frozenset(unknown)
    )


def _mapped_span(
    words: Sequence[str], start: int, end: int, label: str, known: Known
) -> Span | None:
    kinds = ("MISC", EVENT_OR_MISC, PLACE, "ORG")
    if label in kinds and end - start == 1 and known.is_group(words[start]):
        return Span(start, end, "NORP")
    if label == EVENT_OR_MISC:
        event = any(word.lower() in words_of("event") for word in words[start:end])
        label = "EVENT" if event else "MISC"
    if label == PLACE:
        label = place_label(" ".join(words[start:end]))
    if label == "PERSON":
        found = bare_name(words, start, end)
        return Span(*found, label) if found else None
    return Span(start, end, label) if label else None


def detokenised(words: Sequence[str]) -> tuple[bool, ...]:
    """Whether a space follows each word, for corpora that have lost their spaces."""
    glued_before, glued_after = set(), set()
    double = single = False
    for i, word in enumerate(words):
        after = words[i + 1].lower() if i + 1 < len(words) else ""
        if word in ("'", "’") and after in CLITICS:
            glued_before.add(i)
            glued_after.add(i)
        elif word == '"':
            (glued_before if double else glued_after).add(i)
            double = not double
        elif word == "'":
            closes = single or (i > 0 and words[i - 1].endswith("s"))
            (glued_before if closes else glued_after).add(i)
            single = not closes
        elif word in CLOSERS or word.lower() in ("n't", "n’t") or _is_ending(word):
            glued_before.add(i)
        elif word in OPENERS:
            glued_after.add(i)
        elif word == "/":
            glued_before.add(i)
            glued_after.add(i)
    return tuple(i not in glued_after and i + 1 not in glued_before for i in range(len(words)))


def _is_ending(word: str) -> bool:
    """ "'s" of "Putin's", and whatever else of that length begins so."""
    return (word[0] == "'" and 1 < len(word) <= 3) or (word[0] == "’" and word[1:] in CLITICS)


# ---------------------------------------------------------------------------- GUM


@dataclass(frozen=True, slots=True)
class Mention:
    """One of GUM's mentions, which are all noun phrases: its words, the kind, the head, and the
    title of the Wikipedia page about it.
    """

    start: int
    end: int
    kind: str
    head: int
    identity: str | None


GUM_KINDS = {
    "person": "PERSON",
    "organization": "ORG",
    "event": "EVENT",
    "abstract": "MISC",
    "object": "MISC",
    "place": PLACE,
}
ONE_WORD_STATE = re.compile(r"[A-Z][a-z]+|United_States|United_Kingdom|North_Korea|South_Korea")
LONGEST_DATE = 8


def gum_mentions(sentence: Sentence) -> list[Mention]:
    """The mentions of a sentence, read off `Entity=` in its last column."""
    found = []
    open_ones: dict[str, list[tuple[int, list[str]]]] = defaultdict(list)
    for i, misc in enumerate(sentence.misc):
        entity = next((p[7:] for p in misc.split("|") if p.startswith("Entity=")), "")
        for bracket in re.findall(r"\([^()]*\)?|[^()]+\)", entity):
            parts = bracket.strip("()").split("-")
            if not bracket.startswith("("):
                if open_ones[parts[0]]:
                    start, parts = open_ones[parts[0]].pop()
                    found.append(_mention(start, i + 1, parts))
            elif bracket.endswith(")"):
                found.append(_mention(i, i + 1, parts))
            else:
                open_ones[parts[0]].append((i, parts))
    return found


def _mention(start: int, end: int, parts: Sequence[str]) -> Mention:
    # GRP-etype-infstat-salience-centering-minspan-link-identity
    minimal = parts[5].split(",")[0] if len(parts) > 6 else ""
    head = start + int(minimal) - 1 if minimal.isdigit() else start
    return Mention(
        start,
        end,
        parts[1],
        head if start <= head < end else start,
        "-".join(parts[7:]) or None,
    )


def gum_sentence(sentence: Sentence, known: Known) -> NamedSentence:
    """A sentence of GUM with the names among its mentions: those whose head is a proper noun."""
    words = sentence.words
    proper = _proper(sentence)
    found: list[Span] = []
    times: list[range] = []
    for mention in gum_mentions(sentence):
        if mention.kind == "time":
            date = _gum_date(sentence, mention)
            if date:
                found.append(date)
            else:
                times.append(range(mention.start, mention.end))
        elif span := _gum_span(sentence, mention, proper, known):
            found.append(span)
    spans: list[Span] = []
    covered: set[int] = set()
    for span in sorted(found, key=lambda s: (s.start - s.end, s.start)):
        if covered.isdisjoint(range(span.start, span.end)):
            spans.append(span)
            covered |= set(range(span.start, span.end))
    for i, word in enumerate(words):
        if i not in covered and word[0].isupper() and known.is_group(word) and word != "Western":
            spans.append(Span(i, i + 1, "NORP"))
            covered.add(i)
    unknown = {i for i, word in enumerate(words) if proper[i] and word[0].isupper()}
    unknown.update(*(time for time in times if covered.isdisjoint(time)))
    return NamedSentence(
        tuple(words),
        (*sentence.spaces[:-1], True),
        tuple(sorted(spans, key=lambda s: s.start)),
        frozenset(unknown - covered),
        sentence.new_paragraph,
    )


def _proper(sentence: Sentence) -> list[bool]:
    return [
        upos == "PROPN" or xpos in ("NNP", "NNPS")
        for upos, xpos in zip(sentence.upos, sentence.xpos, strict=True)
    ]


def _gum_date(sentence: Sentence, mention: Mention) -> Span | None:
    start, end = mention.start, mention.end
    if end - start > LONGEST_DATE or not any(map(is_date, sentence.words[start:end])):
        return None
    while start < end and sentence.upos[start] in ("ADP", "DET", "SCONJ", "PUNCT"):
        start += 1
    return Span(start, end, "DATE") if start < end else None


def _gum_span(
    sentence: Sentence, mention: Mention, proper: Sequence[bool], known: Known
) -> Span | None:
    head = _name_head(sentence, mention, proper)
    label = GUM_KINDS.get(mention.kind)
    if head is None or label is None:
        return None
    words = sentence.words
    start, end = _name_around(words, head, mention, proper)
    name = " ".join(words[start:end])
    if end - start == 1 and known.is_group(words[start]):
        return Span(start, end, "NORP")
    if label == PLACE:
        return Span(start, end, place_label(name))
    if label == "PERSON":
        found = bare_name(words, start, end)
        return Span(*found, label) if found else None
    state = mention.identity and ONE_WORD_STATE.fullmatch(mention.identity)
    if label == "ORG" and state and name in known.places:
        label = "GPE"
    return Span(start, end, label)


def _name_head(sentence: Sentence, mention: Mention, proper: Sequence[bool]) -> int | None:
    """The proper noun that heads the mention, or names the person of "spokesman Ivan Orlov"."""
    if proper[mention.head]:
        return mention.head
    if mention.kind != "person":
        return None
    return next(
        (
            i
            for i in range(mention.start, mention.end)
            if proper[i]
            and sentence.heads[i] == mention.head
            and sentence.dep[i].split(":")[0] in ("flat", "appos")
        ),
        None,
    )


def _name_around(
    words: Sequence[str], head: int, mention: Mention, proper: Sequence[bool]
) -> tuple[int, int]:
    """The proper nouns around `head` within the mention, joined by "of", "the", "and" …"""
    lower = [word.lower() for word in words]
    joining = words_of("within_name")
    left = right = head
    while left > mention.start:
        if proper[left - 1]:
            left -= 1
        elif (
            left - 2 >= mention.start
            and proper[left - 2]
            and lower[left - 1] in joining - {"on", "in", "."}
        ):
            left -= 2
        elif left - 3 >= mention.start and lower[left - 2 : left] == ["of", "the"]:
            if not proper[left - 3]:
                break
            left -= 3
        else:
            break
    while right + 1 < mention.end:
        following = lower[right + 1]
        if proper[right + 1]:
            right += 1
        elif (
            right + 2 < mention.end
            and proper[right + 2]
            and following in joining - {"'s", "’s", "."}
            and (following not in ("and", "in", "on") or mention.identity)
        ):
            right += 2
        elif right + 3 < mention.end and lower[right + 1 : right + 3] == ["of", "the"]:
            if not proper[right + 3]:
                break
            right += 3
        else:
            break
    return left, right + 1
