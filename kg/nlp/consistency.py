"""One name, one kind: makes the entities of a document agree with each other.

A recogniser reads a few sentences at a time. What the whole document shows – a full name before a
bare surname, the same name marked ten times as a place and once as a person, a body that says
what its headline names – decides here, where it is clear, and changes nothing where it is not.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

from spacy.language import Language
from spacy.tokens import Doc, Span, Token

from kg.nlp.articles import section_kinds
from kg.nlp.boundaries import TITLE_KINDS, line_ranges

FIXED = frozenset({"DATE"})
"""Labels that words in context decide, not names: no entity is relabelled into or out of them."""

PERSON = "PERSON"
CLEAR = 2
"""Votes that a label needs, and times that it must outnumber the label it replaces."""

FULL_NAME = 2
"""Votes of a person's full name for the bare surname being that person."""

SHORTEST_NAME = 3
"""Letters; shorter ones are initials and abbreviations, of which there are many alike."""

TITLE_WORDS = 4
CAPITALISED = 0.75
"""A line of so many words, of which this share has a capital, is set in title case."""

Key = tuple[str, ...]
"""The words of a name, as they are written."""


CLAUSE_POS = frozenset({"VERB", "AUX", "PRON", "SCONJ"})
NAME_LINKS = frozenset({"of", "for", "in", "on", "to", "de"})
"""Prepositions that names are built with."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """What a document's running text says of its names, headlines left out.

    `votes` counts the labels of each name, `surnames` how often each word ends a person's full
    name, `common` holds words that also occur in lower case.
    """

    votes: dict[Key, Counter[str]] = field(default_factory=lambda: defaultdict(Counter))
    surnames: Counter[str] = field(default_factory=Counter)
    common: set[str] = field(default_factory=set)


@Language.factory("kg_entities", assigns=["doc.ents"], requires=["doc.ents"], retokenizes=False)
def make_consistency(nlp: Language, name: str) -> Consistency:
    """The component that makes entities agree; belongs after the one that finds them."""
    return Consistency()


class Consistency:
    """Doc → Doc whose entities agree: relabelled, and repeated where they were missed."""

    def __call__(self, doc: Doc) -> Doc:
        """Let clear majorities decide."""
        if not doc.ents:
            return doc
        titled = title_case_tokens(doc)
        seen = evidence(doc, titled)
        entities = [
            agreed(entity, seen)
            for entity in doc.ents
            if not (entity.start in titled and _is_broken_title(entity, seen))
        ]
        free = set(range(len(doc))).difference(*(range(e.start, e.end) for e in entities))
        doc.ents = sorted([*entities, *repetitions(doc, seen, free)], key=lambda span: span.start)
        return doc


def evidence(doc: Doc, titled: frozenset[int] = frozenset()) -> Evidence:
    """What the entities of a document say of its names; `titled` tokens have no say."""
    seen = Evidence()
    for token in doc:
        if token.is_lower and token.i not in titled:
            seen.common.add(token.text)
    for entity in doc.ents:
        if entity.start in titled or entity.label_ in FIXED:
            continue
        seen.votes[key(entity)][entity.label_] += 1
        if entity.label_ == PERSON and len(entity) > 1 and _may_be_surname(entity[-1]):
            seen.surnames[entity[-1].text] += 1
    return seen


def key(span: Span) -> Key:
    """The words of a name, without white space and a possessive ending."""
    words = [token.text for token in span if not token.is_space]
    return tuple(words[:-1] if len(words) > 1 and words[-1] in {"'s", "’s"} else words)


def agreed(entity: Span, seen: Evidence) -> Span:
    """The entity with the label that the document clearly gives its name."""
    label = entity.label_
    if label in FIXED or entity.kb_id:  # somebody who knows has linked it
        return entity
    votes = seen.votes.get(key(entity), Counter())
    for other, count in _candidates(key(entity), votes, seen):
        if other != label and count >= CLEAR * max(1, votes[label]):
            return Span(entity.doc, entity.start, entity.end, label=other, span_id=entity.id)
    return entity


def _candidates(name: Key, votes: Counter[str], seen: Evidence) -> Iterator[tuple[str, int]]:
    """The label that most occurrences of a name have; for a surname, full names vote, too."""
    counted = votes.copy()
    if len(name) == 1 and seen.surnames[name[0]] and not votes["NORP"]:
        counted[PERSON] += FULL_NAME * seen.surnames[name[0]]
    best = sorted(counted.items(), key=lambda item: (-item[1], item[0]))
    if best and (len(best) == 1 or best[0][1] > best[1][1]):
        yield best[0]


def repetitions(doc: Doc, seen: Evidence, free: set[int]) -> Iterator[Span]:
    """Names that running text settles, where they stand unmarked, written the same way."""
    names = {name: label for name, label in _settled(seen)}
    by_first: dict[str, list[Key]] = defaultdict(list)
    for name in sorted(names, key=lambda n: (-len(n), n)):
        by_first[name[0]].append(name)
    i = 0
    while i < len(doc):
        found = next(
            (n for n in by_first.get(doc[i].text, ()) if _stands(doc, i, n, seen, free)), None
        )
        if found is not None:
            yield Span(doc, i, i + len(found), label=names[found])
        i += len(found) if found else 1


def _settled(seen: Evidence) -> Iterator[tuple[Key, str]]:
    """Names with the one label that all of at least two occurrences have, and clear surnames."""
    for name, votes in seen.votes.items():
        if len(votes) == 1 and any(word[0].isupper() for word in name):
            (label, count), *_ = votes.items()
            if count >= CLEAR and (len(name) > 1 or len(name[0]) >= SHORTEST_NAME):
                yield name, label
    for surname in seen.surnames:
        if (surname,) not in seen.votes:
            yield (surname,), PERSON


def _stands(doc: Doc, i: int, name: Key, seen: Evidence, free: set[int]) -> bool:
    """An unmarked name stands at token `i`, not as a part of a longer one."""
    end = i + len(name)
    if end > len(doc) or not free.issuperset(range(i, end)):
        return False
    if any(token.text != word for token, word in zip(doc[i:end], name, strict=True)):
        return False
    if len(name) == 1 and (name[0].lower() in seen.common or doc[i].pos_ != "PROPN"):
        return False
    return not any(_is_name_word(doc, j) for j in (i - 1, end))


def _is_name_word(doc: Doc, i: int) -> bool:
    """Token `i` is a proper noun or a hyphen, so that a name beside it may be part of more."""
    if not 0 <= i < len(doc):
        return False
    return doc[i].text in {"-", "–"} or (doc[i].pos_ == "PROPN" and doc[i].text[0].isupper())


def _may_be_surname(token: Token) -> bool:
    return len(token) >= SHORTEST_NAME and token.text[0].isupper() and token.is_alpha


def title_case_tokens(doc: Doc) -> frozenset[int]:
    """Tokens of headlines and other lines in title case or capitals, where every word looks like
    a name.
    """
    kinds = section_kinds(doc)
    found: set[int] = set()
    for start, end in line_ranges(doc):
        if kinds[start] in TITLE_KINDS or _is_titled(doc[start:end]):
            found.update(range(start, end))
    return frozenset(found)


def _is_titled(line: Span) -> bool:
    words = [token for token in line if token.is_alpha]
    long = [token for token in words if len(token) > SHORTEST_NAME]
    if len(words) < TITLE_WORDS or not long:
        return False
    return sum(token.text[0].isupper() for token in long) >= CAPITALISED * len(long)


def _is_broken_title(entity: Span, seen: Evidence) -> bool:
    """A piece of a headline taken for a name: it has a verb or the like and words that running
    text has as common ones, and is no name there.
    """
    if key(entity) in seen.votes or entity.label_ in FIXED:
        return False
    return any(_is_no_name_word(token) for token in entity) and any(
        len(token) > SHORTEST_NAME and token.lower_ in seen.common for token in entity
    )


def _is_no_name_word(token: Token) -> bool:
    return token.pos_ in CLAUSE_POS or (token.pos_ == "ADP" and token.lower_ not in NAME_LINKS)
