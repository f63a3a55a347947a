"""Where words oblige somebody: the word that does it, the verb of what is to be done, and who.

One reading for modals ("must stop"), for verbs that ask ("urged them to stop", "demanded that they
stop", "barred them from firing"), for adjectives and nouns ("it is vital to", "their duty to").
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from kg.extraction import event_complements as complements
from kg.extraction import event_frames as frames
from kg.extraction.epistemic import is_guess, is_only_possible
from kg.extraction.event_prepositions import by_preposition
from kg.extraction.event_scene import Scene
from kg.extraction.obligation_lexicon import deontic
from kg.nlp import syntax
from kg.nlp.tokens import Token
from kg.records import DeonticForce

ASKED_THROUGH = ("on", "upon", "to", "with", "of", "from", "for")
"""Prepositions of who is asked: "called *on* them", "appealed *to* them", "asked *of* them"."""

NOT = frozenset({"not", "n't", "n’t", "never", "to"})
CLAUSAL_SUBJECT = frozenset({"csubj", "csubj:pass", "csubjpass"})
NOBODY = frozenset({"none", "nobody", "neither"})
UNASSERTED = frozenset({"if", "unless", "whether", "when", "once", "until", "lest"})


@dataclass(frozen=True, slots=True)
class Obliging:
    """An obligation as tokens: the words that show it, the head of what is to be done, and who.

    `asked_by` is the verb whose subject demands it; without one, whoever speaks does. `start` is
    where the words for what is to be done begin.
    """

    cue: Token
    action: Token
    force: DeonticForce
    start: int
    bearers: tuple[Token, ...] = ()
    asked_by: Token | None = None


def obliging(scene: Scene) -> Iterator[Obliging]:
    """The obligations that the words of a scene show, in reading order, one for each action."""
    found: dict[int, Obliging] = {}
    by_word, nobody = _readers(), frozenset[Reader]()
    for i, token in enumerate(scene.tokens_of):
        apt = by_word.get(scene.lemmas[i], nobody) | by_word.get(scene.low[i], nobody)
        if not apt or not scene.story[i]:
            continue
        for reader in _READERS:
            if reader in apt:
                for one in reader(scene, token):
                    found.setdefault(one.action.i, one)
    yield from (found[i] for i in sorted(found))


# ---------------------------------------------------------------- modals and the like


def _modal(scene: Scene, token: Token) -> Iterator[Obliging]:
    """ "Must stop", "should not be attacked"."""
    entry = deontic("modal").get(token.lower_)
    if entry is None or token.dep_ not in syntax.AUXILIARY:
        return
    verb = syntax.clause_head(token)
    if verb.i < token.i or _is_spoken(scene, verb) or is_guess(scene, token.lower_, verb):
        return
    subjects = frames.subjects(verb)
    if any(token.i < s.i < verb.i for s in subjects):
        return  # "should they attack", "must it end?"
    if token.lower_ == "shall" and any(s.lower_ in {"i", "we"} for s in subjects):
        return
    force = entry.of(_is_negative(verb, subjects))
    if force is not None and not _is_supposed(verb):
        yield Obliging(token, verb, force, _behind(token, verb), tuple(_doers(scene, verb)))


def _raised(scene: Scene, token: Token) -> Iterator[Obliging]:
    """ "Has to stop", "is required to stop", "is not allowed to stop"."""
    entry = deontic("raise").get(scene.lemmas[token.i])
    modal = token.tag_ == "MD"  # "ought to", taken for a verb
    if entry is None or not (scene.is_verb(token) or modal or scene.titled[token.i]):
        return
    inner = next(iter(complements.infinitives(scene, token)), None)
    if inner is None or inner.i < token.i or _is_spoken(scene, inner) or is_only_possible(token):
        return
    if is_guess(scene, scene.lemmas[token.i], inner) or _concerns(token, inner):
        return
    if token.lemma_.lower() in {"have", "need", "ought"}:
        if not _is_right_behind(token, inner) or token.tag_ in {"VBD", "VBN"} or _did(token):
            return
    elif not syntax.is_passive(token):
        return
    subjects = frames.subjects(token)
    force = entry.of(_is_negative(token, subjects))
    if force is not None and not _is_supposed(token):
        passive = syntax.is_passive(inner)
        who = _doers(scene, inner) if passive else [s for s in subjects if s.lower_ != "it"]
        yield Obliging(token, inner, force, _behind(_to(inner), inner), tuple(who))


# ---------------------------------------------------------------- verbs that ask


def _asked(scene: Scene, token: Token) -> Iterator[Obliging]:
    """ "Urged them to stop", "called on them to stop", "was told to stop"."""
    lemma = scene.lemmas[token.i]
    entry = deontic("ask").get(lemma) or deontic("goal").get(lemma)
    if entry is None or not scene.is_verb(token) or syntax.is_negated(token):
        return
    if is_only_possible(token):
        return
    if lemma in deontic("goal") and not _is_to_be_done(token):
        return  # who has been persuaded is no longer called upon
    for inner in _asked_for(scene, token):
        bearers = _asked_of(scene, token, inner)
        force = entry.of(_is_negative(inner, []))
        if not bearers or inner.i < token.i or force is None:
            continue
        start = _behind(_to(inner), inner)
        yield Obliging(token, inner, force, start, tuple(bearers), token)
        return


def _asked_for(scene: Scene, verb: Token) -> list[Token]:
    """Infinitives of a verb that asks, also where the parse hangs them on who is asked."""
    found = complements.infinitives(scene, verb)
    if found or syntax.is_passive(verb):
        return found
    nouns = frames.objects(verb)
    for preposition in ASKED_THROUGH:
        nouns = [*nouns, *by_preposition(scene, verb, preposition, deep=False)]
    asked = [n for n in nouns if scene.at(n) and n.i > verb.i]
    return [t for n in asked for t in n.subtree if t.dep_ == "acl" and _is_infinitive(t)][:1]


def _asked_of(scene: Scene, verb: Token, inner: Token) -> list[Token]:
    """Who is to do what a verb asks for."""
    own = [c for c in inner.children if c.dep_ in syntax.SUBJECT and c.i < inner.i]
    if own or syntax.is_passive(verb):
        return own or frames.subjects(verb)
    between = [n for n in frames.objects(verb) if verb.i < n.i < inner.i]
    between = between or [n for n in frames.indirect_objects(verb) if n.i < inner.i]
    for preposition in ASKED_THROUGH if not between else ():
        nouns = by_preposition(scene, verb, preposition, deep=False)
        between = [n for n in nouns if verb.i < n.i < inner.i]
        if between:
            break
    return between


def _demanded(scene: Scene, token: Token) -> Iterator[Obliging]:
    """ "Demanded that they stop", in the subjunctive."""
    entry = deontic("that").get(scene.lemmas[token.i])
    if entry is None or not scene.is_verb(token) or syntax.is_negated(token):
        return
    if is_only_possible(token):
        return
    for inner in complements.clauses(token):
        auxiliaries = {a.lower_ for a in syntax.auxiliaries(inner)}
        own = syntax.subject(inner)
        if own is None or auxiliaries - {"be", "not"} or not _is_bare(inner, own):
            continue
        force = entry.of(_is_negative(inner, [own]))
        if force is not None:
            start = _behind(_last_of(own), inner)
            yield Obliging(token, inner, force, start, tuple(_doers(scene, inner)), token)


def _barred(scene: Scene, token: Token) -> Iterator[Obliging]:
    """ "Barred them from firing", "warned them against attacking"."""
    entry = deontic("bar").get(scene.lemmas[token.i])
    if entry is None or entry.force is None or not scene.is_verb(token):
        return
    if syntax.is_negated(token):
        return
    for inner in token.subtree:
        link = next((c for c in inner.children if c.lower_ in {"from", "against"}), None)
        if inner.tag_ != "VBG" or link is None or inner.i < token.i or link.i > inner.i:
            continue
        if syntax.is_passive(token):
            bearers = frames.subjects(token)
        else:
            bearers = [n for n in frames.objects(token) if token.i < n.i < inner.i]
        yield Obliging(token, inner, entry.force, inner.i, tuple(bearers), token)
        return


def _hoped(scene: Scene, token: Token) -> Iterator[Obliging]:
    """ "Hopes that they will stop": a wish that somebody do something."""
    entry = deontic("hope").get(scene.lemmas[token.i])
    if entry is None or entry.force is None or not scene.is_verb(token):
        return
    if syntax.is_negated(token):
        return
    for inner in complements.clauses(token):
        will = next((a for a in syntax.auxiliaries(inner) if a.lower_ in {"will", "would"}), None)
        doers = _doers(scene, inner)
        # nobody obliges himself by hoping
        if will is None or not doers or all(d.pos_ == "PRON" for d in doers):
            continue
        yield Obliging(token, inner, entry.force, _behind(will, inner), tuple(doers), token)


# ---------------------------------------------------------------- adjectives and nouns


def _fitting(scene: Scene, token: Token) -> Iterator[Obliging]:
    """ "It is vital that they stop", "it is vital for them to stop"."""
    entry = deontic("fit").get(token.lower_)
    if entry is None or not any(c.dep_ in syntax.COPULA for c in token.children):
        return
    force = entry.of(syntax.is_negated(token))
    if force is None:
        return
    clauses = [c for c in token.children if c.dep_ in CLAUSAL_SUBJECT]
    for inner in [*complements.all_of(scene, token), *clauses]:
        if inner.i < token.i:
            continue
        own = syntax.subject(inner)
        start = _behind(_to(inner), inner) if _is_infinitive(inner) else inner.i
        if own is None:
            nouns = [
                *by_preposition(scene, token, "for", deep=False),
                *by_preposition(scene, token, "on", deep=False),
            ]
            bearers = [n for n in nouns if n.i < inner.i]
            if not bearers:
                return  # "it is important to prove …" asks it of nobody
        else:
            bearers = _doers(scene, inner)
        yield Obliging(token, inner, force, start, tuple(bearers))
        return


def _owned(scene: Scene, token: Token) -> Iterator[Obliging]:
    """ "It is their turn to stop", "they have a duty to stop"."""
    entry = deontic("noun").get(scene.lemmas[token.i])
    if entry is None or entry.force is None or token.pos_ != "NOUN":
        return
    inner = next((c for c in _infinitives_near(scene, token) if c.i > token.i), None)
    verb = token if any(c.dep_ in syntax.COPULA for c in token.children) else token.head
    if inner is None or syntax.is_negated(verb) or _no(token):
        return
    owner = _owner(token)
    having = token.dep_ in syntax.OBJECT and scene.lemmas[token.head.i] in {"have", "bear"}
    if owner is not None:
        bearers = [owner]
    elif having:
        bearers = frames.subjects(token.head)
    else:
        bearers = by_preposition(scene, token, "of", deep=False)
    if bearers and (having or verb is token):
        yield Obliging(token, inner, entry.force, _behind(_to(inner), inner), tuple(bearers))


def _owner(noun: Token) -> Token | None:
    """Whose it is, also where the parse takes the owner for a subject."""
    genitives = (c for c in noun.children if any(g.tag_ == "POS" for g in c.children))
    return syntax.possessor(noun) or next(genitives, None)


def _infinitives_near(scene: Scene, noun: Token) -> list[Token]:
    """Infinitives of a noun, also where the parse hangs them on the verb above it."""
    return complements.infinitives(scene, noun) or (
        complements.infinitives(scene, noun.head) if noun.head != noun else []
    )


Reader = Callable[[Scene, Token], Iterator[Obliging]]
_WORDS_OF: dict[Reader, tuple[str, ...]] = {
    _modal: ("modal",),
    _raised: ("raise",),
    _asked: ("ask", "goal"),
    _demanded: ("that",),
    _barred: ("bar",),
    _hoped: ("hope",),
    _fitting: ("fit",),
    _owned: ("noun",),
}
"""The readers in the order in which they are asked, each with the kinds of words that it reads."""

_READERS = tuple(_WORDS_OF)


@functools.cache
def _readers() -> dict[str, frozenset[Reader]]:
    """The readers that a word may have something for."""
    found: dict[str, frozenset[Reader]] = {}
    for reader, kinds in _WORDS_OF.items():
        for word in (w for kind in kinds for w in deontic(kind)):
            found[word] = found.get(word, frozenset()) | {reader}
    return found


# ---------------------------------------------------------------- what stands around a verb


def _doers(scene: Scene, verb: Token) -> list[Token]:
    """Who is to do it: the subject, in a passive whoever stands after "by"."""
    if syntax.is_passive(verb):
        return by_preposition(scene, verb, "by", deep=False)
    return [s for s in frames.subjects(verb) if s.lower_ not in {"it", "there"}]


def _is_negative(verb: Token, subjects: list[Token]) -> bool:
    """Negated by itself or by its subject: "no one should"."""
    before = [s for s in subjects if s.i < verb.i]  # "there should be no delay" tells what is to be
    return syntax.is_negated(verb) or any(_no(s) or s.lower_ in NOBODY for s in before)


def _no(noun: Token) -> bool:
    return any(c.lower_ in {"no", "neither"} for c in noun.children)


def _concerns(token: Token, inner: Token) -> bool:
    """ "It *has to do* with water": nobody is to do anything."""
    with_what = any(o.preposition == "with" for o in syntax.obliques(inner))
    return token.lemma_ == "have" and inner.lower_ == "do" and with_what


def _is_spoken(scene: Scene, verb: Token) -> bool:
    """ "I must say", "it should be noted": a way of putting it."""
    lemma = scene.lemmas[verb.i]
    if lemma not in deontic("spoken"):
        return False
    subjects = frames.subjects(verb)
    return not subjects or any(s.pos_ == "PRON" for s in subjects)


def _is_supposed(verb: Token) -> bool:
    """Under a condition, or a question: "if it has to stop", "whether they should"."""
    return any(c.lower_ in UNASSERTED and c.dep_ in syntax.MARKER for c in verb.children)


def _did(verb: Token) -> bool:
    return any(a.lower_ == "did" for a in syntax.auxiliaries(verb))


def _is_infinitive(verb: Token) -> bool:
    return _to(verb) is not verb


def _is_to_be_done(verb: Token) -> bool:
    """An infinitive, or one of several: "to convince, to persuade them"."""
    return _is_infinitive(verb) or (verb.dep_ in syntax.CONJUNCT and _is_infinitive(verb.head))


def _to(verb: Token) -> Token:
    """The "to" of an infinitive; the verb where there is none."""
    marks = (c for c in verb.children if c.lower_ == "to" and c.pos_ == "PART" and c.i < verb.i)
    return next(marks, verb)


def _is_right_behind(token: Token, inner: Token) -> bool:
    """ "Has *to* sign"; who "has yet to sign" or "has work to do" is not obliged."""
    between = token.doc[token.i + 1 : _to(inner).i]
    return all(t.pos_ == "ADV" and t.lower_ != "yet" for t in between)


def _is_bare(predicate: Token, subject: Token) -> bool:
    """In the subjunctive: "that he *go*", "that the truce *be* extended"."""
    if any(c.lower_ == "be" for c in predicate.children):
        return True
    plain = predicate.lower_ == predicate.lemma_.lower() and predicate.tag_ in {"VB", "VBP"}
    return plain and (predicate.tag_ == "VB" or subject.tag_ in {"NN", "NNP"})


def _last_of(subject: Token) -> Token:
    return subject.right_edge


def _behind(token: Token, verb: Token) -> int:
    """Where the words for the action begin, behind a modal, "to" or subject and any negation."""
    i = token.i if token is verb else token.i + 1
    while i < verb.i and (verb.doc[i].lower_ in NOT or verb.doc[i].is_punct):
        i += 1
    return min(i, verb.i)
