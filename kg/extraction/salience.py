"""Whom a pronoun most likely takes up, of those who were mentioned before it.

The subject of the same sentence is preferred, then the subjects just before, then the nearest
mention.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Callable, Iterator
from typing import Literal, NamedTuple

from kg.extraction.actor_lexicon import people_words, titles, word_set
from kg.extraction.candidates import may_mean, only_told
from kg.extraction.cast import Draft
from kg.extraction.context import Context, Seen
from kg.extraction.cues import verb_entry
from kg.extraction.governing import governing_subject
from kg.nlp import syntax
from kg.nlp.tokens import Token

SPEAKING = frozenset({"ROOT", "parataxis", "conj", "ccomp"})
"""Relations of a verb by which somebody speaks in a sentence of the writer's."""

Kind = Literal["person", "thing", "several"]


class Referent(NamedTuple):
    """Whom a pronoun most likely takes up, and how surely."""

    actor: str
    confidence: float


def salient(
    context: Context, token: int, fits: Callable[[Draft], bool], kind: Kind = "several"
) -> Referent | None:
    """The actor that a pronoun most likely takes up.

    Nobody, if its clause is about another person or thing (`kind`) of whom nothing is known.
    """
    here = context.view.sentence[token]
    candidates = [s for s in may_mean(context, token, fits) if not only_told(context, s)]
    if not candidates:
        return None
    if _says(context, token):
        candidates = [s for s in candidates if not _in_passing(context, s, here)] or candidates
    same = [s for s in candidates if s.sentence == here]
    governed = governing_subject(context.view, token)
    if governed is not None:
        for wanted in _called(context, governed):
            for seen in same:
                if seen.token == wanted:
                    return Referent(seen.actor, 0.9)
        if _unknown(context, governed, kind) or (kind == "several" and _joined(context, governed)):
            return None
    if not same and (speaker := _speaker_before(context, token, candidates)):
        return speaker
    return _nearest_subject(same, 0.8) or _nearest_subject(candidates, 0.7)


def _says(context: Context, token: int) -> bool:
    """The pronoun is the subject of a verb of speech that closes what is said: "…, it said"."""
    word = context.view.doc[token]
    closes = context.view.lower[token - 1 : token] == [","] and word.head.i == token + 1
    return closes and word.dep_ in syntax.SUBJECT and word.head.lower_ in word_set("speech")


def _in_passing(context: Context, seen: Seen, here: int) -> bool:
    """Named in a sentence only to tell whose something is: "the *Peruvian* boat"."""
    relation = context.view.doc[seen.token].dep_
    return seen.sentence == here and relation in syntax.COMPOUND | {"amod"}


def nearest(
    context: Context, token: int, fits: Callable[[Draft], bool], kind: Kind
) -> Referent | None:
    """The actor a pronoun most likely takes up: of the last sentence that has one that fits,
    the subject or the only one.
    """
    found = salient(context, token, fits, kind)
    if found is None or found.confidence > 0.8:
        return found
    here = context.view.sentence[token]
    candidates = may_mean(context, token, fits)
    if speaker := _speaker_before(context, token, candidates):
        return speaker
    for _, group in itertools.groupby(candidates, key=lambda s: s.sentence):
        one = list(group)
        subjects = [s for s in one if s.subject]
        if subjects or len({s.actor for s in one}) == 1:
            sure = 0.8 if one[0].sentence == here else 0.7
            return Referent((subjects or one)[0].actor, sure if subjects else sure - 0.1)
    return found


def _speaker_before(context: Context, token: int, candidates: list[Seen]) -> Referent | None:
    """Who goes on: "Renamo said the army had fled. Its leader added …" is Renamo's.

    Where a pronoun or whose it is speaks, it takes up who spoke in the sentence before rather
    than whom that speech was about.
    """
    word = context.view.doc[token]
    subject = word.head if word.dep_ in syntax.POSSESSOR else word
    speaks = subject.dep_ in syntax.SUBJECT and subject.head.lower_ in word_set("speech")
    last = candidates[0].sentence if candidates else 0
    if not speaks or last == context.view.sentence[token]:
        return None
    for seen in candidates:
        verb = context.view.doc[seen.token].head
        main = verb.dep_ in ("ROOT", "parataxis")
        if seen.sentence == last and seen.subject and main and _speaks(context, seen.token):
            return Referent(seen.actor, 0.75)
    return None


def taken_over(context: Context, token: int, actor: str, kind: Kind) -> bool:
    """Somebody of whom nothing is known has spoken since: "A bank said it shut. *It* said …"."""
    view = context.view
    word = view.doc[token]
    if word.dep_ not in syntax.SUBJECT or not _reports(word.head):
        return False
    told = (s.token for s in context.before(token) if s.actor == actor)
    last = next((i for i in told if view.quoted[token] or not view.quoted[i]), token)
    return any(
        view.doc[i].dep_ in syntax.SUBJECT
        and i not in context.within
        and not view.quoted[i]
        and _speaks_unknown(context, view.doc[i], kind)
        for i in range(last + 1, token)
    )


def _speaks_unknown(context: Context, noun: Token, kind: Kind) -> bool:
    verb = noun.head
    if not _reports(verb) or verb.dep_ not in SPEAKING or noun.tag_ not in ("NN", "NNP", "JJ"):
        return False
    beside = [*syntax.appositions(noun), *syntax.children(noun, syntax.FLAT)]
    if any(b.i in context.within for b in beside) or _torn(context, noun.i):
        return False
    words = {noun.lower_, *(b.lower_ for b in beside)}
    person = not words.isdisjoint(_persons())
    return person if kind == "person" else not person


@functools.cache
def _persons() -> frozenset[str]:
    """Nouns for one person: titles, "woman", and one of those who are mostly told of together."""
    several = {word.removesuffix("s") for word in people_words()}
    return frozenset(titles().entries.keys() | several | word_set("one_person"))


def _reports(verb: Token) -> bool:
    entry = verb_entry(verb)
    return entry is not None and entry.kind != "noun"


def going_on(context: Context, token: int, fits: Callable[[Draft], bool]) -> Referent | None:
    """Who goes on speaking where a report is closed by "he said": who spoke just before.

    "… ," Paz told reporters. Vidal had called twice, he said.
    """
    view = context.view
    verb = view.doc[token].head
    told = view.lower[token - 1 : token] == [","] and verb.i == token + 1
    if not told or verb.lower_ not in word_set("speech") or view.quoted[token - 2]:
        return None
    here = view.sentence[token]
    for seen in context.before(token, sentences=1):
        if seen.sentence == here or not seen.subject or not fits(context.draft(seen.actor)):
            continue
        return Referent(seen.actor, 0.75) if _speaks(context, seen.token) else None
    return None


def _speaks(context: Context, token: int) -> bool:
    """The mention is the subject of a verb of speech."""
    return context.view.doc[token].head.lower_ in word_set("speech")


def _called(context: Context, subject: int) -> Iterator[int]:
    """The tokens of mentions that a subject may be understood by: its own, what stands beside
    it, whose it is.
    """
    token = context.view.doc[subject]
    owner = syntax.possessor(token)
    yield context.within.get(subject, subject)
    for beside in syntax.appositions(token):
        yield context.within.get(beside.i, beside.i)
    if _torn(context, subject):
        yield context.within[subject + 1]
    own = context.actor_at(subject)
    of_body = own is None or context.draft(own).type != "person"
    if owner is None and context.view.lower[subject - 1] in ("'s", "'"):
        owner = context.view.doc[subject - 2]
    if owner is not None and of_body:  # "Paz's office said he"
        yield context.within.get(owner.i, owner.i)


def _joined(context: Context, subject: int) -> bool:
    """Several together are the subject, so that "they" means just these."""
    return bool(syntax.conjuncts(context.view.doc[subject]))


def _torn(context: Context, subject: int) -> bool:
    """A title that the parse does not join to the name behind it."""
    named = subject + 1 in context.within and subject not in context.within
    return named and context.view.lower[subject] in titles().entries


def _unknown(context: Context, subject: int, kind: Kind) -> bool:
    """The subject is one thing or person that is no mention: a pronoun there means it."""
    if subject in context.within or context.view.tag[subject] not in ("NN", "NNP"):
        return False
    noun = "person" if context.view.lower[subject] in titles().entries else "thing"
    if noun != kind:
        return False
    token = context.view.doc[subject]
    if kind == "person" and _named_inside(context, token):
        return False  # "the secretary of State Ana Paz"
    beside = [*syntax.appositions(token), *syntax.children(token, syntax.FLAT)]
    return not any(b.i in context.within for b in beside) and not _torn(context, subject)


def _named_inside(context: Context, noun: Token) -> bool:
    """The phrase that a noun heads names a person, as the parse has it."""
    heads = {context.within[t.i] for t in noun.subtree if t.i in context.within}
    return any(
        s.token in heads and s.name and context.draft(s.actor).type == "person"
        for s in context.before(noun.right_edge.i + 1, sentences=0)
    )


def _nearest_subject(seen: list[Seen], confidence: float) -> Referent | None:
    """The subject mentioned last, else the last mention, less surely."""
    subjects = [s for s in seen if s.subject]
    if subjects:
        return Referent(subjects[0].actor, confidence)
    return Referent(seen[0].actor, confidence - 0.15) if seen else None
