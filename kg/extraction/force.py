"""What a speaker does by saying it: call on, deny, warn, regret …; and whether the content is
asserted as fact.

The cue decides where it says more than that something was said ("urged", "denied"). Where it does
not ("said", "told"), the main clauses of the content are read for verbs in the first person ("we
urge"), for modals ("must stop"), and for words of feeling and blame (kg/data/force_words.tsv).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from kg.extraction.attribution import FIRST_PERSON, NOMINAL, Participants
from kg.extraction.cues import CueEntry, noun_entry, phrase_entry, verb_entry
from kg.extraction.drafts import Draft
from kg.extraction.feelings import force_words
from kg.extraction.reading import Reading
from kg.extraction.sources import source_head
from kg.extraction.tables import word_list
from kg.nlp import syntax
from kg.nlp.tokens import Token
from kg.records import Modality, Polarity

GENERIC = frozenset({"assert", "comment", "concede", "announce"})
"""Forces of a cue that leave it to the content what is done."""


NEGATED = {
    "confirm": "cannot_confirm",
    "deny": "cannot_confirm",
    "support": "reject",
    "welcome": "reject",
    "promise": "reject",
    "hope": "reject",
    "offer": "reject",
    "call_on": "reject",
    "predict": "deny",
    "concede": "deny",
    "announce": "deny",
    "reject": "assert",
}
"""What a negated cue does: "did not rule in", "cannot confirm", "does not support"."""

CONJOINED = syntax.CONJUNCT | {"parataxis", "ccomp"}
PERCEIVING = ("think", "characterize")
"""Kind and force of verbs that say what somebody sees, and do nothing by it: "we saw smoke"."""

PRONOUNS = frozenset({"he", "she", "they", "it"})


@dataclass(frozen=True, slots=True)
class Force:
    """A force, a second one that the content shows too, and the words for who is meant by it."""

    force: str
    secondary: str | None = None
    targets: tuple[Token, ...] = ()


def force_of(reading: Reading, draft: Draft, cast: Participants, speaker: str | None) -> Force:
    """The force of a statement."""
    own = _of_cue(draft)
    if _is_no_comment(reading, draft):
        return Force("comment")
    aimed = (draft.target,) if draft.target is not None else ()
    if own not in GENERIC or draft.topic_only:
        return Force(own, None, aimed)
    shown = list(_shown(reading, draft, cast, speaker))
    if not shown:
        return Force(own, None, aimed)
    first = next((s for s in shown if s.strong), shown[0])
    others = [s.force for s in shown if s.force != first.force]
    meant = [s.target for s in shown if s.strong or s is first]
    targets = tuple(dict.fromkeys(t for t in meant if t is not None)) or aimed
    if not first.strong and (first.late or first.force == "promise"):
        return Force(own, first.force, targets)
    return Force(first.force, others[0] if others else None, targets)


def _is_no_comment(reading: Reading, draft: Draft) -> bool:
    if len(draft.content) > 6:
        return False
    words = [reading.doc[i].lower_ for i in sorted(draft.content) if reading.is_word[i]]
    return words == ["no", "comment"]


def _of_cue(draft: Draft) -> str:
    verb = draft.verb
    negated = syntax.is_negated(verb) or any(
        c.dep_ in syntax.AUXILIARY and c.lower_ in {"cannot", "can't", "can’t"}
        for c in verb.children
    )
    if verb.lemma_.lower() in {"decline", "refuse"} and draft.frame == "infinitive":
        return "comment" if _declined_comment(draft) else "reject"
    if (
        verb.lemma_.lower() in word_list("attitudes")
        and draft.target is not None
        and draft.frame in {"object", "noun clause"}
    ):
        entry = noun_entry(draft.target)
        if entry is not None:
            return entry.force
    if not negated:
        return draft.force
    if draft.lemma == "know":
        return "deny_knowledge"
    return NEGATED.get(draft.force, draft.force)


def _declined_comment(draft: Draft) -> bool:
    return any(t.lemma_.lower() in word_list("no_comment") for t in draft.verb.subtree)


@dataclass(frozen=True, slots=True)
class _Shown:
    force: str
    strong: bool
    """Shown by a verb that does it ("we urge") or a predicate of the first main clause."""

    late: bool
    """Shown only behind the first main clause."""

    target: Token | None = None


def _shown(
    reading: Reading, draft: Draft, cast: Participants, speaker: str | None
) -> Iterator[_Shown]:
    if draft.frame in {"title", "label"}:
        yield from _in_title(reading, draft)
    for number, root in enumerate(_main_predicates(reading, draft)):
        if reading.in_inner(root.i, draft.content):
            continue  # somebody else's words
        yield from _performed(reading, draft, root, cast, speaker, late=number > 0)
        yield from _predicated(root, late=number > 0, spoken=reading.quoted(root.i))


def _in_title(reading: Reading, draft: Draft) -> Iterator[_Shown]:
    """Words that show a force in a headline, which drops its verbs: "Bridge *Ready* to Reopen"."""
    for i in sorted(draft.content):
        word = force_words().get((reading.doc[i].lower_, "adjective"))
        if word is not None and word.force:
            yield _Shown(word.force, False, False)


def _main_predicates(reading: Reading, draft: Draft) -> list[Token]:
    """The heads of the content's main clauses, conjoined ones too, in reading order."""
    if draft.predicates is None:
        draft.predicates = _predicates(reading, draft.content)
    return draft.predicates


def _predicates(reading: Reading, content: set[int]) -> list[Token]:
    found: list[Token] = []
    heads: set[int] = set()
    for i in sorted(content):
        head = reading.heads[i]
        if head != i and head in content and head not in heads:
            continue
        token = reading.doc[i]
        if token.pos_ in {"PUNCT", "SPACE", "CCONJ", "SCONJ", "DET", "ADP"}:
            continue
        outside = head == i or head not in content
        conjoined = head in heads and token.dep_ in CONJOINED
        if (outside or conjoined) and (token.pos_ in {"VERB", "AUX", "ADJ"} or _has_subject(token)):
            found.append(token)
            heads.add(i)
    return found


def _has_subject(token: Token) -> bool:
    predicate = any(c.dep_ in syntax.HELPING for c in token.children)
    return predicate or syntax.subject(token) is not None


def _below(root: Token, tokens: Sequence[Token]) -> Sequence[Token]:
    """Those of some tokens, which are in order, that hang on a token."""
    first = bisect_left(tokens, root.left_edge.i, key=lambda t: t.i)
    last = bisect_right(tokens, root.right_edge.i, key=lambda t: t.i)
    return [t for t in tokens[first:last] if root.is_ancestor(t)]


def _performed(
    reading: Reading,
    draft: Draft,
    root: Token,
    cast: Participants,
    speaker: str | None,
    *,
    late: bool,
) -> Iterator[_Shown]:
    """Verbs by which the speaker does it: "we urge", "the ministry regrets"."""
    verbs = [
        root,
        *(
            t
            for t in _below(root, reading.in_first_person)
            if t.i in draft.content and not reading.in_inner(t.i, draft.content)
        ),
    ]
    for verb in dict.fromkeys(verbs):
        found = _performative(verb)
        if found is None or not _same_speaker(reading, verb, cast, speaker):
            continue
        force, target = found
        if force not in {"assert", "comment", "announce", "ask"}:
            strong = not late or _first_person(verb)
            yield _Shown(force, strong, not strong, target)


def _first_person(verb: Token) -> bool:
    own = syntax.subject(verb)
    return own is not None and own.lower_ in {"i", "we"}


def _performative(verb: Token) -> tuple[str, Token | None] | None:
    phrase = phrase_entry(verb)
    entry: CueEntry | None = phrase[0] if phrase is not None else verb_entry(verb)
    if entry is None or entry.kind == "noun" or (entry.kind, entry.force) == PERCEIVING:
        return None
    if entry.words == "like" and any(c.lower_ in {"would", "'d", "’d"} for c in verb.children):
        return None
    if (
        verb.tag_ == "VBN"
        and not any(c.lower_ in {"have", "has", "had", "'ve", "’ve"} for c in verb.children)
        and entry.force not in {"express_concern", "regret"}
    ):
        return None
    force = entry.force
    if syntax.is_negated(verb) or any(
        c.lower_ in {"cannot", "can't", "can’t"} for c in verb.children
    ):
        force = {
            "confirm": "cannot_confirm",
            "support": "reject",
            "agree": "reject",
            "assert": "deny_knowledge" if entry.words == "know" else "assert",
        }.get(force, "assert")
        return force, None
    target = _target(verb, phrase[1] if phrase is not None else None)
    return force, target


def _target(verb: Token, word: Token | None) -> Token | None:
    if word is not None and word.head.i > word.i and word.head != verb:
        return word.head
    if word is not None and word.head == verb:
        return next((c for c in word.children if c.i > word.i), None) or syntax.object_of(verb)
    return syntax.object_of(verb) or syntax.indirect_object(verb)


def _same_speaker(reading: Reading, verb: Token, cast: Participants, speaker: str | None) -> bool:
    head = source_head(verb)
    if head is None:
        return False
    if head.lower_ in FIRST_PERSON | PRONOUNS:
        return True
    start, end = syntax.noun_phrase(head)
    actor = cast.actor(head, range(start, end))
    if actor is None:
        return False
    return actor == speaker or cast.speaks_for(speaker, actor)


def _predicated(root: Token, *, late: bool, spoken: bool) -> Iterator[_Shown]:
    """Modals, adjectives and verbs of the main clause that show a force."""
    words = force_words()
    negated = syntax.is_negated(root) or _of_none(root)
    lemma = root.lemma_.lower()
    if lemma in {"have", "need"} and root.pos_ in {"VERB", "AUX"}:
        inner = syntax.open_complement(root)
        past = spoken and root.tag_ == "VBD"  # "we had to swim"; reported, it may be "have to"
        if inner is not None and _obliged(root, inner) and not past:
            yield _Shown(
                "reject" if negated and lemma == "need" else "call_on",
                False,
                late,
                _doer(root, inner),
            )
    for auxiliary in syntax.auxiliaries(root):
        word = words.get((auxiliary.lower_, "modal"))
        force = (word.negated if negated else word.force) if word is not None else ""
        if force == "promise" and not _first_person(root):
            continue
        meant = _doer(root, root)
        if force == "reject" and root.pos_ == "VERB" and meant is not None:
            if auxiliary.lower_ not in {"will", "shall"}:
                force = "call_on"
            elif meant.pos_ != "PRON" and not _of_speaker(meant):
                continue
        if force:
            yield _Shown(force, False, late, _doer(root, root) if force == "call_on" else None)
    if root.pos_ in {"ADJ", "VERB", "NOUN"} and (
        root.pos_ == "ADJ" or root.tag_ in {"VBN", "JJ"} or root.pos_ == "NOUN"
    ):
        word = words.get((root.lower_, "adjective"))
        force = (word.negated if negated else word.force) if word is not None else ""
        own = syntax.subject(root)
        if force == "call_on" and own is not None and own.lower_ != "it":
            force = ""
        if force:
            yield _Shown(force, False, late, None)
    word = words.get((lemma, "verb"))
    if (
        word is not None
        and root.pos_ == "VERB"
        and not negated
        and word.force
        and not _first_person(root)
    ):
        yield _Shown(
            word.force,
            False,
            late,
            syntax.subject(root) if not syntax.is_passive(root) else syntax.agent(root),
        )
    yield from _nouns(root, late=late, negated=negated)
    if (
        root.tag_ == "VB"
        and syntax.subject(root) is None
        and not syntax.auxiliaries(root)
        and root.dep_ in {"ROOT", "ccomp", "parataxis"}
        and not any(c.lower_ == "to" for c in root.children)
    ):
        yield _Shown("call_on", False, late, None)


def _obliged(root: Token, inner: Token) -> bool:
    """ "Has *to* sign", right behind the verb; who "has yet to sign" is not called upon."""
    link = next((c for c in inner.children if c.lower_ == "to" and c.i < inner.i), None)
    return link is not None and all(
        t.pos_ == "ADV" and t.lower_ not in {"yet", "nowhere"}
        for t in root.doc[root.i + 1 : link.i]
    )


def _of_speaker(noun: Token) -> bool:
    """Who speaks means himself by it: "*our* army", "*his* country"."""
    owner = syntax.possessor(noun)
    return owner is not None and owner.pos_ == "PRON"


def _of_none(root: Token) -> bool:
    """What there should be is negated: "there should be *no* delay"."""
    around = [root, *root.children]
    there = any(c.lower_ == "there" for c in root.children)
    return there and any(c.lower_ == "no" for t in around for c in t.children)


def _doer(root: Token, verb: Token) -> Token | None:
    own = syntax.subject(root)
    existential = any(c.lower_ == "there" for c in root.children)
    if own is None or existential or own.lower_ == "it" or syntax.is_passive(verb):
        return None
    return own if own.pos_ in NOMINAL else None


def _nouns(root: Token, *, late: bool, negated: bool) -> Iterator[_Shown]:
    """Nouns that the main clause is about: "recorded *violations* by …", "it is the West's
    *turn*".
    """
    words = force_words()
    about = [
        root,
        *(
            c
            for c in root.children
            if c.dep_ in syntax.OBJECT | syntax.PASSIVE_SUBJECT | {"nmod", "obl"}
        ),
    ]
    for noun in about:
        inner = [noun, *(o.noun for o in syntax.obliques(noun) if o.preposition == "of")]
        for one in inner:
            if one.pos_ not in {"NOUN", "PROPN"}:
                continue
            word = words.get((one.lemma_.lower(), "noun"))
            no = negated or any(c.lower_ == "no" for c in one.children)
            force = (word.negated if no else word.force) if word is not None else ""
            if force == "accuse":
                who = next(
                    (
                        o.noun
                        for n in (one, noun, root)
                        for o in syntax.obliques(n)
                        if o.preposition in {"by", "from", "of"} and o.noun != one
                    ),
                    None,
                )
                if who is None:
                    continue
                yield _Shown(force, False, late, who)
            elif force:
                yield _Shown(force, _first_person(root), late)
    if root.lemma_.lower() == "turn" and root.pos_ == "NOUN":
        owner = syntax.possessor(root)
        if owner is not None:
            yield _Shown("call_on", False, late, owner)
    if root.lower_ in {"time"} and any(c.dep_ in {"acl", "advcl", "xcomp"} for c in root.children):
        yield _Shown("call_on", False, late)


def content_polarity(reading: Reading, draft: Draft) -> Polarity:
    """Whether the content affirms or negates its first main clause, a denial turning it around."""
    roots = _main_predicates(reading, draft)
    negative = bool(roots) and syntax.is_negated(roots[0])
    if draft.force in {"deny"} and draft.frame in {
        "clause",
        "object",
        "noun clause",
        "noun oblique",
    }:
        negative = not negative
    return "negative" if negative else "positive"


def content_modality(reading: Reading, draft: Draft, force: str) -> Modality:
    """How the content stands to the facts: actual, possible, called for, conditional, future …"""
    if draft.topic_only or force in {"ask", "cannot_confirm", "deny_knowledge"}:
        return "unconfirmed"
    if force in {"call_on", "demand", "propose", "hope"}:
        return "called_for"
    if force in {"promise", "threaten", "offer"}:
        return "future"
    roots = _main_predicates(reading, draft)
    if not roots:
        return "actual"
    root = roots[0]
    auxiliaries = {a.lower_ for a in syntax.auxiliaries(root)}
    if auxiliaries & {"may", "might", "could"} or root.lower_ in {"possible", "likely"}:
        return "possible"
    if any(
        c.lower_ in {"if", "unless"} for t in root.children if t.dep_ == "advcl" for c in t.children
    ) and auxiliaries & {"will", "would", "'ll", "’ll"}:
        return "conditional"
    if auxiliaries & {"should", "must"}:
        return "called_for"
    if auxiliaries & {"will", "shall", "'ll", "’ll"} or root.lemma_.lower() in {"plan", "intend"}:
        return "future"
    return "actual"
