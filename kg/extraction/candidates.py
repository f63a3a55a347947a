"""Whom a pronoun may take up: who was mentioned before, less those whom its clause shuts out."""

from __future__ import annotations

from collections.abc import Callable

from kg.extraction.actor_lexicon import titles, word_set
from kg.extraction.cast import Draft
from kg.extraction.context import Context, Seen
from kg.extraction.governing import OBLIQUE, asked
from kg.nlp import syntax
from kg.nlp.tokens import Token

FURTHEST = 6
"""Sentences; what was last mentioned earlier is not taken up by a pronoun."""
SHORT_QUOTE = 4
"""Tokens; no more stand in marks that only set words apart."""
SPOKEN_REACH = 2
"""Sentences; a speaker's "they" are seldom those of whom another spoke in a paragraph before."""

SEVERAL_DO = (["were"], ["are"], ["have"])
"""Verbs behind "X and he" of which both are the subject."""
KEPT_FROM = frozenset({"from", "of"})
"""Prepositions of clauses whose subject is the object before: "accused Paz *of* lying"."""
OBJECT_FORMS = frozenset({"him", "her", "them"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})


def may_mean(context: Context, token: int, fits: Callable[[Draft], bool]) -> list[Seen]:
    """Whom a pronoun may take up, nearest first.

    The writer's own pronouns take up whom the writer told of, and those in a quotation nobody
    of whom only others spoke before: "they" of one speaker are not those of another.
    """
    speakers, quoted = _speakers(context, token), context.view.quoted
    speakers |= _joined(context, token)
    speakers |= _doers(context, token) | _partners(context, token) | _reported(context, token)
    speakers |= _answered(context, token) | _described(context, token)
    found = [
        s
        for s in context.before(token, sentences=FURTHEST)
        if fits(context.draft(s.actor)) and s.actor not in speakers and not _bound(context, s)
    ]
    if quoted[token]:
        several = context.view.lower[token] in THEY
        return [s for s in found if not several or _at_hand(context, token, s.token)]
    outside = [s for s in found if not _in_speech(context, s.token)]
    return outside or ([] if _reports(context, token) else found)


def _in_speech(context: Context, token: int) -> bool:
    """A token stands in a quoted clause; a word or two in marks are the writer's."""
    quoted, first, last = context.view.quoted, token, token
    while last - first < SHORT_QUOTE and first > 0 and quoted[first - 1]:
        first -= 1
    while last - first < SHORT_QUOTE and last + 1 < len(quoted) and quoted[last + 1]:
        last += 1
    told = any(context.view.pos[i] in ("VERB", "AUX") for i in range(first, last + 1))
    return quoted[token] and (told or last - first >= SHORT_QUOTE)


def _bound(context: Context, seen: Seen) -> bool:
    """The name is but part of a word: the "U.N." of "U.N.-backed", of "the Trump camp"."""
    hyphen = context.view.lower[seen.token + 1 : seen.token + 2] in (["-"], ["–"])
    if hyphen and context.within.get(seen.token + 1) != seen.token:
        return True  # not the "Al-Zain" of a name
    token = context.view.doc[seen.token]
    noun = token.dep_ in syntax.COMPOUND and token.head.tag_ in ("NN", "NNS")
    person = context.draft(seen.actor).type == "person"
    if not (person and noun) or _possesses(context, seen.token):
        return False
    return token.head.lower_ not in titles().entries


def _doers(context: Context, token: int) -> set[str]:
    """Who does to "him" or "her" what the clause tells: somebody else."""
    word = context.view.doc[token]
    if context.view.lower[token] not in OBJECT_FORMS or word.head.pos_ != "VERB":
        return set()
    if word.dep_ not in syntax.ANY_OBJECT | OBLIQUE:
        return set()
    subject = _doer(word.head)
    if subject is None or _possesses(context, subject.i):
        return set()
    heads = {subject.i, *(b.i for b in syntax.appositions(subject))}
    found = {context.within.get(i, i) for i in heads}
    return {s.actor for s in context.before(token, sentences=1) if s.token in found}


def _joined(context: Context, token: int) -> set[str]:
    """Who is told of together with "he": "*Paz* and he were late"."""
    view, word = context.view, context.view.doc[token]
    found = {word.head.i} if word.dep_ in syntax.CONJUNCT else set()
    together = view.doc[token - 1].head == word or view.lower[token + 1 : token + 2] in SEVERAL_DO
    if view.lower[token - 1 : token] == ["and"] and together:
        found.add(token - 2)
    found = {context.within.get(i, i) for i in found}
    return {s.actor for s in context.before(token, sentences=1) if s.token in found}


def _doer(verb: Token) -> Token | None:
    """Who does what a verb tells, be it in a clause beside the noun: "Paz, *who* met her"."""
    found = syntax.subject(verb)
    if found is not None and found.tag_ in ("WP", "WDT") and verb.dep_ in syntax.RELATIVE_CLAUSE:
        return verb.head
    if found is None and verb.dep_ in syntax.ADNOMINAL_CLAUSE and verb.tag_ in ("VBG", "VBN"):
        return verb.head  # "Paz, standing beside her"
    if found is None and verb.dep_ in syntax.CONJUNCT:
        found = syntax.subject(verb.head)
    held = syntax.object_of(verb.head)
    if found is None and held is not None and any(c.lower_ in KEPT_FROM for c in verb.children):
        return held if held.i < verb.i else None  # "kept Paz from calling her"
    plain = verb.tag_ == "VB" and asked(verb) is None
    if found is None and (plain or verb.tag_ == "VBG"):
        return syntax.governing_subject(verb)  # "has tried to stop him"
    return found


def _reported(context: Context, token: int) -> set[str]:
    """Of whom somebody else reports: "*Paz*, he said, was ill" is not said by Paz."""
    word = context.view.doc[token]
    verb = word.head
    if word.dep_ not in syntax.SUBJECT or verb.lower_ not in word_set("speech"):
        return set()
    if context.view.lower[token - 1 : token] != [","] or context.view.lower[token] in IT | THEY:
        return set()
    told = [*syntax.children(verb, syntax.REPORTED), verb.head]
    split = [syntax.subject(clause) for clause in told if clause.i > verb.i]
    split += syntax.children(verb, syntax.SUBJECT)
    found = {
        context.within.get(noun.i, noun.i)
        for noun in (verb.head, *split)
        if noun is not None and noun.i < token and noun.pos_ in ("NOUN", "PROPN")
    }
    return {s.actor for s in context.before(token, sentences=1) if s.token in found}


def _described(context: Context, token: int) -> set[str]:
    """Whom the clause describes by what another does: "*the bank*, which it accuses of fraud"."""
    word = context.view.doc[token]
    verb = word.head
    if word.dep_ not in syntax.SUBJECT or verb.dep_ not in syntax.RELATIVE_CLAUSE:
        return set()
    if not any(c.tag_ in ("WDT", "WP") and c.i < word.i for c in verb.children):
        return set()
    noun = context.within.get(verb.head.i, verb.head.i)
    return {s.actor for s in context.before(token, sentences=1) if s.token == noun}


def _answered(context: Context, token: int) -> set[str]:
    """Who has just spoken of somebody and is answered: "Paz called Vidal vain. *She replied* …"."""
    word, view = context.view.doc[token], context.view
    verb = word.head
    if word.dep_ not in syntax.SUBJECT or verb.lemma_.lower() not in word_set("answering"):
        return set()
    if word.left_edge.i != verb.sent.start or view.quoted[token]:
        return set()  # "asked about it, he replied"
    here = view.sentence[token]
    told = [s for s in context.before(token, sentences=1) if s.sentence < here]
    told = [s for s in told if not view.quoted[s.token]]
    verbs = {s.actor: _verb_of(view.doc[s.token]) for s in told if s.subject}
    spoke = {actor for actor, verb in verbs.items() if verb.dep_ == "ROOT"}
    others = {s.actor for s in told if context.draft(s.actor).type == "person"} - spoke
    objects = (syntax.object_of(verb) for verb in verbs.values())
    titled = any(o is not None and o.lower_ in titles().entries for o in objects)
    return spoke if others or titled else set()


def _verb_of(noun: Token) -> Token:
    """What a subject does, or a name beside it: "their leader, *Paz*, left"."""
    while noun.dep_ in syntax.APPOSITION and noun.head != noun:
        noun = noun.head
    return noun.head


def _partners(context: Context, token: int) -> set[str]:
    """To or with whom somebody does it: "in a letter to *Paz*, he wrote", and not Paz."""
    word = context.view.doc[token]
    verb = word.head
    if word.dep_ not in syntax.SUBJECT or verb.pos_ != "VERB":
        return set()
    found = set()
    for seen in context.before(token, sentences=1):
        noun = context.view.doc[seen.token]
        while noun.dep_ in syntax.APPOSITION | syntax.FLAT:
            noun = noun.head
        link = syntax.governor_by_preposition(noun)
        if link is None or link[0] not in ("to", "with") or noun.sent.start != word.sent.start:
            continue
        node = link[1]
        while node != verb and node.pos_ != "VERB" and node.head != node:
            node = node.head
        if node == verb:
            found.add(seen.actor)
    return found


def _possesses(context: Context, token: int) -> bool:
    """Behind the mention stands "'s", whatever the parse makes of it."""
    end = token + 1
    while end in context.within and context.within[end] == context.within.get(token):
        end += 1
    return context.view.lower[end : end + 1] in (["'s"], ["'"])


def _at_hand(context: Context, token: int, other: int) -> bool:
    """A mention stands in the paragraph of a token or shortly before it."""
    view = context.view
    if view.sentence[token] - view.sentence[other] <= SPOKEN_REACH:
        return True
    return "\n" not in view.text[view.start[other] : view.start[token]]


def _reports(context: Context, token: int) -> bool:
    """A token stands in the words that report a quotation in its sentence."""
    here = context.view.doc[token].sent
    return any(context.view.quoted[i] for i in range(here.start, here.end))


def _speakers(context: Context, token: int) -> set[str]:
    """Those outside a quotation whose words the pronoun is part of: "he" is another."""
    quoted = context.view.quoted
    if not quoted[token]:
        return set()
    near = context.before(token, sentences=0)
    doc = context.view.doc
    found = {
        s.actor
        for s in near
        if s.subject and not quoted[s.token] and not quoted[doc[s.token].head.i]
    }
    node = context.view.doc[token]
    while quoted[node.i] and node.head.i != node.i:
        node = node.head
    subject = syntax.subject(node)
    if subject is not None and subject.i in context.named:
        found.add(context.named[subject.i])
    elif subject is not None and (actor := context.actor_at(subject.i)) is not None:
        found.add(actor)
    return found


def only_told(context: Context, seen: Seen) -> bool:
    """A paper or agency that is only told something: nobody goes on about it."""
    return not seen.subject and context.draft(seen.actor).type == "media"
