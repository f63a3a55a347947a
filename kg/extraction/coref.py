"""Who is meant by words that name nobody: the pronouns of the third person.

Mentions are gone through in reading order; among those that agree in number, gender and kind,
`salience` chooses.
"""

from __future__ import annotations

from collections.abc import Callable

from kg.extraction.actor_lexicon import people_words, titles, word_set
from kg.extraction.candidates import IT, THEY, may_mean
from kg.extraction.cast import Draft
from kg.extraction.context import Context
from kg.extraction.cues import verb_entry
from kg.extraction.gazetteer import View
from kg.extraction.salience import Referent, going_on, nearest, salient, taken_over
from kg.nlp import syntax

CONTENT = frozenset({"ccomp"})
HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
COUNTRY_TYPES = frozenset({"state", "de_facto_state", "government_body", "military"})
CALLERS = frozenset({"it", "they", "he", "she"})
COLLECTIVE = frozenset(
    {"state", "de_facto_state", "government_body", "international_organization"}
) | {
    "organization",
    "military",
    "armed_group",
    "media",
    "peacekeepers",
}


def pronoun(context: Context, token: int) -> tuple[str, str, float] | None:
    """The actor of a third-person pronoun, the rule and how surely."""
    word = context.view.lower[token]
    if word in CALLERS and (called := _calling(context, token)) is not None:
        actor = None if called < 0 else context.actor_at(called)
        return None if actor is None else (actor, "pronoun: who calls it so", 0.85)
    if word in HE or word in SHE:
        gender = "m" if word in HE else "f"

        def fits(draft: Draft) -> bool:
            return draft.type == "person" and draft.gender in (gender, None)

        found = _beside(context, token, fits) or _spoken_of(context, token, fits)
        found = found or going_on(context, token, fits)
        found = found or nearest(context, token, fits, "person")
        found = _known_for(context, token, gender, found)
        if found is not None and taken_over(context, token, found.actor, "person"):
            return None
        quoted = context.view.quoted[token]
        if quoted and found and _others_between(context, token, found.actor, _is_person):
            return None
        if found is not None and found.confidence >= 0.7:
            context.draft(found.actor).gender = gender
        return _ruled(found, "pronoun: person")
    if word in IT:
        if word != "its" and not _refers(context.view, token):
            return None
        kinds = _owners(context.view, token)
        found = salient(context, token, lambda d: d.type in kinds, "thing")
        if found is not None and taken_over(context, token, found.actor, "thing"):
            return None
        passive = context.view.doc[token].dep_ in syntax.PASSIVE_SUBJECT
        if _speaks(context.view, token) and (found is None or found.confidence < 0.7):
            return _ruled(_spoken_for(context, token), "pronoun: body of the spokesperson")
        unsure = passive or context.view.quoted[token]
        if unsure and found is not None and found.confidence < 0.8:
            return None  # what is done to "it", and what a speaker calls so, is mostly a thing
        return _ruled(found, "pronoun: body")
    if word == "them" and context.view.doc[token].head.lemma_.lower() in word_set("of_things"):
        return None  # "denied them", of reports
    if word in THEY:
        found = nearest(context, token, lambda d: d.plural, "several")
        if word in ("they", "them") and found is not None and found.confidence < 0.7:
            return None
        if found is not None and _others_between(context, token, found.actor, _is_plural):
            return None
        return _ruled(found, "pronoun: several")
    return None


def _calling(context: Context, token: int) -> int | None:
    """Who gives a thing its name in "what *it* called a raid": the subject of the clause around, by
    its token; -1 where nobody knows who that is, none where there is no such subject.
    """
    view, word = context.view, context.view.doc[token]
    verb = word.head
    entry = verb_entry(verb)
    naming = entry is not None and entry.force == "characterize"
    if view.lower[token - 1 : token] != ["what"] or word.dep_ not in syntax.SUBJECT or not naming:
        return None
    node = verb
    while node.head != node:
        node = node.head
        subject = syntax.subject(node)
        if subject is None or subject.i >= token:
            continue
        at = next((i for i in (subject.i, subject.i + 1) if i in context.within), subject.i)
        actor = context.actor_at(at)
        if actor is not None and _calls(context, word.lower_, actor):
            return at
        if actor is None and word.lower_ == "they" and subject.tag_ == "NNS":
            return -1
    return None


def _calls(context: Context, word: str, actor: str) -> bool:
    """The actor may be meant by a pronoun of this number and kind."""
    draft = context.draft(actor)
    if word == "it":
        return draft.type in COLLECTIVE
    return draft.plural if word == "they" else draft.type == "person"


def _known_for(
    context: Context, token: int, gender: str, found: Referent | None
) -> Referent | None:
    """Somebody known to be a man or woman, before one told of beside him who is never named."""
    if found is None or context.draft(found.actor).gender is not None or found.confidence > 0.8:
        return found
    if not found.actor.startswith(("holder-", "one-")):
        return found
    told = may_mean(context, token, lambda d: d.type == "person")
    here = next((s.sentence for s in told if s.actor == found.actor), None)
    known = (
        s.actor
        for s in told
        if s.sentence == here and context.draft(s.actor).gender == gender and s.name
    )
    other = next(known, None)
    return found if other is None else Referent(other, 0.7)


def _owners(view: View, token: int) -> frozenset[str]:
    """What "its" may take up: a party or union where behind it stands an office of theirs."""
    title = titles().at(view.lower, token + 1) if view.lower[token] == "its" else None
    party = title is not None and title[1].phrase in word_set("party_office")
    return COLLECTIVE - COUNTRY_TYPES if party else COLLECTIVE


def _speaks(view: View, token: int) -> bool:
    """A word is the subject of a verb of speech."""
    word = view.doc[token]
    return word.dep_ in syntax.SUBJECT and word.head.lower_ in word_set("speech")


def _spoken_for(context: Context, token: int) -> Referent | None:
    """The body whose spokesperson was told of in the sentence before: "… it said"."""
    here = context.view.sentence[token]
    for seen in context.before(token, sentences=1):
        draft = context.draft(seen.actor)
        if seen.sentence == here or not seen.subject or draft.type != "person":
            continue
        bodies = [r.of for r in draft.roles if r.role == "spokesperson"]
        found = [b for b in bodies if b in context.cast.actors]
        return Referent(found[0], 0.7) if found else None
    return None


def _beside(context: Context, token: int, fits: Callable[[Draft], bool]) -> Referent | None:
    """ "*Ana Paz* and her husband": whose name stands before "and"."""
    view = context.view
    if view.doc[token].dep_ not in syntax.POSSESSOR or view.lower[token - 1] != "and":
        return None
    noun = view.doc[token].head
    joined = noun.head.i if noun.dep_ in syntax.CONJUNCT else -1
    if context.within.get(joined, -1) != context.within.get(token - 2):
        return None  # "Paz stayed and her guests left"
    actor = context.actor_at(token - 2)
    known = actor is not None and fits(context.draft(actor))
    return Referent(actor, 0.9) if actor is not None and known else None


def _spoken_of(context: Context, token: int, fits: Callable[[Draft], bool]) -> Referent | None:
    """ "She was late," Paz said of *Vidal*: of whom the quotation is said to be."""
    quoted, node = context.view.quoted, context.view.doc[token]
    if not quoted[token] or node.dep_ not in syntax.SUBJECT:
        return None
    while quoted[node.i] and node.head.i != node.i:
        node = node.head
    for oblique in syntax.obliques(node):
        named = context.named.get(oblique.noun.i)
        about = oblique.preposition in ("of", "about") and not quoted[oblique.noun.i]
        if about and named is not None and fits(context.draft(named)):
            return Referent(named, 0.85)
    return None


def _is_plural(view: View, i: int) -> bool:
    return view.tag[i] == "NNS"


def _is_people(view: View, i: int) -> bool:
    return view.tag[i] == "NNS" and view.lower[i] in people_words()


def _is_person(view: View, i: int) -> bool:
    one = view.lower[i] in titles().entries or view.lower[i] in word_set("one_person")
    return view.tag[i] == "NN" and one


def _others_between(
    context: Context, token: int, actor: str, fits: Callable[[View, int], bool]
) -> bool:
    """After the last mention of an actor others do something who are no mention: "residents".

    Or, where several are meant, others are told of in the sentence who may do what "they" do.
    """
    view = context.view
    last = next((s.token for s in context.before(token) if s.actor == actor), token)
    nearer = fits is _is_plural and view.lower[token] == "they"
    return any(
        i not in context.within
        and (
            (fits(view, i) and view.doc[i].dep_ in syntax.SUBJECT)
            or (nearer and _is_people(view, i) and view.same_sentence(i, token))
        )
        for i in range(last + 1, token)
    )


def _ruled(found: Referent | None, rule: str) -> tuple[str, str, float] | None:
    return (found.actor, rule, found.confidence) if found else None


def _refers(view: View, token: int) -> bool:
    """ "It" is no placeholder ("it is clear that", "it rains", "it is said")."""
    node = view.doc[token]
    if node.dep_ in syntax.EXPLETIVE:
        return node.head.lower_ in word_set("disposed")
    if node.dep_ not in syntax.SUBJECT:
        return False  # what is done to "it" is mostly a thing
    verb = node.head
    if any(syntax.children(verb, syntax.COPULA)):
        return verb.lower_ in word_set("disposed")
    if verb.pos_ != "VERB":
        return False
    if verb.dep_ in CONTENT and verb.head.lower_ in word_set("speech"):
        return verb.lemma_.lower() not in word_set("weather")  # "the group said it had taken"
    return verb.lemma_.lower() not in (
        word_set("impersonal_passive") if syntax.is_passive(verb) else word_set("impersonal")
    )
