"""Whose deed a clause tells: the subject that governs what stands in it."""

from __future__ import annotations

from kg.extraction.actor_lexicon import word_set
from kg.extraction.gazetteer import View
from kg.nlp import syntax
from kg.nlp.tokens import Token

APPEALS = {"call": ("on", "upon"), "appeal": ("to",), "plead": ("with",)}
"""Verbs of appeals, with the prepositions before whom they call."""
ACCUSING = frozenset({"accuse", "suspect"})
OWN_MOVES = frozenset(
    {
        *("mass", "amass", "deploy", "redeploy", "send", "move", "keep", "station", "position"),
        *("withdraw", "pull", "expand", "hide", "use"),
    }
)
"""What one does with what is one's own; elsewhere "accused it of violating *its* airspace"."""
FOR_CALLER = frozenset(
    {
        *("release", "free", "respect", "recognise", "recognize", "extradite", "compensate"),
        *("help", "support", "join", "back", "aid"),
    }
)
"""What is asked for somebody's own people or land: "called on Iran to free *its* citizens"."""

OBLIQUE = frozenset({"obl", "pobj"})
"""Relations of what hangs on a verb by a preposition, and of the object of one."""


def governing_subject(view: View, token: int) -> int | None:
    """The subject of the clause that a pronoun stands in, or of the clause above it."""
    node = view.doc[token]
    praised = _done_for(node)
    if praised is not None:
        return praised.i
    inner = view.lower[token].endswith("self")  # "she was ashamed of herself"
    for _ in range(8):
        verb = node.pos_ in ("VERB", "AUX")
        copular = any(syntax.children(node, syntax.COPULA))
        if verb or copular:
            subject = syntax.subject(node)
            if subject is None and node.i < token:
                subject = asked(node)
            told = verb or inner or (subject is not None and subject.pos_ in ("PROPN", "PRON"))
            if subject is not None and subject.i < token and told:
                return subject.i  # not "the base is on its soil": that may be anybody's
        if node.head.i == node.i:
            return None
        inner = inner or verb or copular
        node = node.head
    return None


def asked(verb: Token) -> Token | None:
    """Who is asked or told to do something: "asked Lima to lift its ban", "urged it to …"."""
    above = verb.head
    appealed = _appealed_to(verb)
    if appealed is not None:
        return appealed
    told = verb.dep_ in syntax.OPEN_COMPLEMENT and verb.tag_ == "VB"
    if not told or above.pos_ != "VERB" or above.lemma_.lower() in word_set("promise"):
        return None
    found = syntax.object_of(above) or syntax.indirect_object(above)
    return found if found is not None and found.i < verb.i else None


def _appealed_to(verb: Token) -> Token | None:
    """Who is to do it, or is said to: "called on *Lima* to lift its ban", "accused *it* of …"."""
    above, lemma = verb.head, verb.head.lemma_.lower()
    marks = {c.lower_ for c in verb.children if c.i < verb.i and c.pos_ in ("PART", "ADP", "SCONJ")}
    found: Token | None = None
    deed = verb.lemma_.lower()
    if verb.tag_ == "VB" and "to" in marks and lemma in APPEALS and deed not in FOR_CALLER:
        found = next(
            (o.noun for o in syntax.obliques(above) if o.preposition in APPEALS[lemma]), None
        )
    elif verb.tag_ == "VBG" and "of" in marks and lemma in ACCUSING and deed in OWN_MOVES:
        found = syntax.object_of(above) or syntax.indirect_object(above)
    return found if found is not None and above.i < found.i < verb.i else None


def _done_for(word: Token) -> Token | None:
    """Whose deed somebody is praised or blamed for: "thanked Paz for his efforts"."""
    deed = word.head
    if word.dep_ not in syntax.POSSESSOR or deed.dep_ not in OBLIQUE:
        return None
    found = syntax.governor_by_preposition(deed)
    if found is None or found[0] != "for" or found[1].lemma_.lower() not in word_set("praise"):
        return None
    thanked = syntax.object_of(found[1]) or syntax.indirect_object(found[1])
    return thanked if thanked is not None and thanked.i < word.i else None
