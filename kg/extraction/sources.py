"""Whose words: the noun that a cue has as its source."""

from __future__ import annotations

from kg.extraction.reading import Reading, is_calendar
from kg.extraction.tables import word_list
from kg.nlp import syntax
from kg.nlp.tokens import Token

RELATIVE_PRONOUNS = frozenset({"who", "which", "that", "whom"})

NOMINAL = frozenset({"NOUN", "PROPN", "PRON", "NUM", "DET", "ADJ"})

INHERITS = (
    syntax.CONJUNCT
    | syntax.OPEN_COMPLEMENT
    | syntax.ADVERBIAL_CLAUSE
    | syntax.SPEECH_PARATAXIS
    | frozenset({"dep"})
)

LONGEST_CHAIN = 6
"""Steps up the tree in search of a subject; "went on to warn, adding …" needs four."""


def reporter(verb: Token) -> Token | None:
    """The verb's subject; of several that a parser gave it, the last one before it.

    "*The investment*, *Lee* said, is a mistake": the first belongs to what is said.
    """
    found = [
        c for c in verb.children if c.dep_ in syntax.SUBJECT and not _beyond_semicolon(c, verb)
    ]
    if len(found) < 2:
        return found[0] if found else None
    if found[0].tag_ in {"WDT", "WP"} and found[0].i < found[1].i < verb.i:
        return found[1]  # "the plan *which Oslo* rejects"
    named = [c for c in found if not is_calendar(c)] or found
    last = max((c for c in named if c.i < verb.i), key=lambda c: c.i, default=named[0])
    return last if last.i < verb.i and _set_off(last, verb) else named[0]


def _beyond_semicolon(noun: Token, verb: Token) -> bool:
    """A semicolon ends the clause before the noun, or the noun's before the verb."""
    first, last = sorted((noun.i, verb.i))
    return any(t.text == ";" for t in verb.doc[first:last])


def _set_off(noun: Token, verb: Token) -> bool:
    """A comma stands before a verb's subject and none behind it."""
    doc, left = noun.doc, noun.left_edge.i
    if doc[left].text != "," and (left == 0 or doc[left - 1].text != ","):
        return False
    return not any(t.text == "," for t in doc[noun.i : verb.i])


def source_head(verb: Token, depth: int = LONGEST_CHAIN) -> Token | None:
    """The noun that says it: the verb's subject, its agent in the passive, or one that it
    inherits.
    """
    if is_spoken_to(verb):
        return syntax.agent(verb)
    own = reporter(verb)
    if own is not None and (own.dep_ in {"csubj", "csubj:pass", "csubjpass"}):
        return None
    if own is None and _is_participle(verb):
        return syntax.agent(verb)
    if syntax.is_passive(verb) and not _contracted_perfect(verb) and not _seems_passive(verb):
        by = syntax.agent(verb)
        if (
            by is not None
            and by.pos_ in NOMINAL
            and verb.lemma_.lower() not in word_list("experiencer")
        ):
            return by
        if verb.lemma_.lower() in word_list("experiencer") and own is not None:
            return own
        return None
    if own is not None:
        if is_calendar(own):
            return next(syntax.appositions(own), None)
        for day in own.children:
            if day.i > own.i and is_calendar(day):
                named = next(syntax.appositions(day), None)
                if named is not None and named.pos_ == "PROPN":
                    return named
        return None if own.lower_ in {"it", "there"} and own.dep_ == "expl" else own
    if verb.dep_ in syntax.ADNOMINAL_CLAUSE and verb.dep_ not in syntax.RELATIVE_CLAUSE:
        return _of_participle(verb, depth)
    outer = verb.head.head
    joined = verb.dep_ in syntax.CONJUNCT and verb.head.dep_ in syntax.CLAUSAL_COMPLEMENT
    if joined and depth and verb.tag_ == "VBG" == outer.tag_ != verb.head.tag_:
        return source_head(outer, depth - 1)  # "saying it would stay and *calling* …"
    opens = verb.tag_ == "VBG" and verb.dep_.startswith("obl")
    if depth and (verb.dep_ in INHERITS or opens) and verb.head != verb:
        head = verb.head
        beside = verb.dep_ in syntax.SPEECH_PARATAXIS and verb.tag_ not in {"VBG", "VB"}
        if beside and not _goes_on(verb):
            return None
        return source_head(head, depth - 1)
    return None


def _goes_on(verb: Token) -> bool:
    """A second predicate, set beside the first: "denied it, *then* condemned it"."""
    link = verb.doc[verb.i - 1] if verb.i else verb
    return link.lower_ in {"then", "later"} and verb.head.i < verb.i and verb.head.tag_ == verb.tag_


def _is_participle(verb: Token) -> bool:
    """ "*Asked* about the delay, the minister said": no tense, and the subject is who is asked."""
    if any(c.dep_ in syntax.AUXILIARY for c in verb.children):
        return False
    passive = verb.tag_ == "VBN" or (verb.tag_ == "VBD" and verb.left_edge == verb)
    return passive and verb.dep_ in syntax.ADVERBIAL_CLAUSE


def is_spoken_to(verb: Token) -> bool:
    """A participle between commas, whatever the tree makes of it: "Lee, *asked* about it, said".

    The finite verb stands behind the second comma, and above the participle in the tree.
    """
    doc, i = verb.doc, verb.i
    if verb.tag_ not in {"VBD", "VBN"} or verb.lemma_.lower() not in word_list("spoken_to"):
        return False
    if i and doc[i - 1].lower_ in {"when", "once", "if"}:
        return True
    if i < 2 or doc[i - 1].text != "," or doc[i - 2].pos_ not in NOMINAL:
        return False
    if verb.lemma_.lower() == "tell" and doc[i + 1].lower_ in {"that", "of", "about"}:
        return True  # who tells tells somebody
    return any(_goes_on_with(verb, k) for k in range(i + 1, verb.sent.end - 2))


def _goes_on_with(participle: Token, comma: int) -> bool:
    """Right behind a comma stands the finite verb that a participle before it depends on."""
    doc = participle.doc
    after = doc[comma + 1]
    if doc[comma].text != "," or after.is_space:
        return False
    after = after.nbor() if after.pos_ == "ADV" else after
    whole = after.head if after.pos_ == "AUX" and after.head != after else after
    return after.tag_ in {"VBD", "VBZ", "VBP", "MD"} and whole.is_ancestor(participle)


def is_hearsay(verb: Token) -> bool:
    """ "Two people *said to be* smugglers": what is said of them, by nobody, whatever the tree."""
    if verb.i + 2 >= len(verb.doc) or verb.tag_ not in {"VBD", "VBN"}:
        return False
    to, deed = verb.doc[verb.i + 1 : verb.i + 3]
    helped = any(c.dep_ in syntax.AUXILIARY for c in verb.children)
    return verb.lower_ == "said" and not helped and (to.lower_, deed.lower_) in SAID_OF


def is_ever_done(verb: Token) -> bool:
    """ "The longest truce *ever agreed*", "the first ever *announced*": a participle, by nobody."""
    if verb.i < 2 or verb.doc[verb.i - 1].lower_ != "ever" or verb.tag_ not in {"VBD", "VBN"}:
        return False
    noun = verb.doc[verb.i - 2]
    return any(t.tag_ in {"JJS", "RBS"} or t.lower_ in RANKS for t in (noun, *noun.lefts))


RANKS = frozenset({"first", "last", "only"})

SAID_OF = frozenset({("to", "be"), ("to", "have")})
"""How what is said of somebody begins; others may be asked: "he said to wait"."""


def _seems_passive(verb: Token) -> bool:
    """A past tense without auxiliary whose subject the parser took for a passive's: "Peru, which
    sells them, *called for* calm".
    """
    helped = any(c.pos_ == "AUX" for c in verb.children)
    finite = verb.tag_ == "VBD" or (verb.tag_ == "VBN" and verb.dep_ == "ROOT")
    return finite and not helped and syntax.agent(verb) is None


def _contracted_perfect(verb: Token) -> bool:
    """ "who's argued that": *has*, which the parser took for *is*."""
    contracted = any(c.dep_ in syntax.AUXILIARY and c.lower_ in {"'s", "’s"} for c in verb.children)
    return contracted and any(c.dep_ in syntax.CLAUSAL_COMPLEMENT for c in verb.children)


def _mistaken_for_participle(verb: Token) -> bool:
    """A sentence of noun and participle only: the parser took "the council called for …" for a
    title.
    """
    if verb.head.dep_ != "ROOT":
        return False
    return not any(t.tag_ in {"VBD", "VBZ", "VBP", "MD"} for t in verb.sent)


def _of_participle(verb: Token, depth: int) -> Token | None:
    """Whose a participle on a noun is: the noun's ("a letter saying"), behind a comma the
    clause's subject.
    """
    noun = verb.head
    if verb.tag_ == "VBN":
        return syntax.agent(verb) or (noun if _mistaken_for_participle(verb) else None)
    if verb.tag_ == "VB" and is_voiceless(noun):
        return None  # "a way to *criticize* it"
    first = verb.left_edge.i
    if (
        noun.dep_ in syntax.OBJECT
        and noun.lemma_.lower() in word_list("written_form")
        and noun.head.lemma_.lower() in word_list("publishing")
        and depth
    ):
        return source_head(noun.head, depth - 1)
    if (
        verb.tag_ == "VBG"
        and first > 0
        and verb.doc[first - 1].text == ","
        and noun.dep_ not in syntax.SUBJECT
    ):
        node = noun
        for _ in range(LONGEST_CHAIN):
            if node.pos_ in {"VERB", "AUX"} or syntax.subject(node) is not None:
                return source_head(node, depth - 1) if depth else None
            if node.head == node:
                break
            node = node.head
    return noun if noun.pos_ in NOMINAL else None


def is_means(verb: Token) -> bool:
    """By what somebody is said to have done what he is accused of: "accused Vik of lying *by
    denying* it".
    """
    if verb.tag_ != "VBG" or not any(c.lower_ == "by" and c.i == verb.i - 1 for c in verb.children):
        return False
    accusing = verb.head if verb.head.lemma_.lower() in word_list("accusing") else verb.head.head
    deeds = (c for c in accusing.children if c.tag_ == "VBG" and accusing.i < c.i < verb.i)
    return accusing.lemma_.lower() in word_list("accusing") and any(
        m.lower_ in {"of", "for"} and m.i < d.i for d in deeds for m in d.children
    )


def is_voiceless(noun: Token) -> bool:
    """An event or thing, which says nothing by itself: "a *raid* threatened to …"."""
    return noun.pos_ == "NOUN" and noun.lemma_.lower() in word_list("voiceless")


_BELOW_NOUN = syntax.PART_OF_NAME | {"nmod", "appos", "nmod:desc", "amod", "pobj", "obl"}
"""Relations of what the parser took for part of the noun that is meant."""


def left_neighbour(reading: Reading, verb: Token, group: set[int]) -> Token | None:
    """The noun before a finite verb to which the parser gave no subject, across what commas or
    brackets enclose.
    """
    helped = any(c.tag_ in {"VBD", "VBZ", "VBP", "MD"} for c in syntax.auxiliaries(verb))
    if verb.tag_ not in {"VBD", "VBZ", "VBP"} and not helped:
        return None
    if syntax.is_passive(verb) and not _seems_passive(verb):
        return None
    low = reading.sentence(verb.i)[0]
    i = min(group) - 1
    while i > low and (reading.doc[i].pos_ == "ADV" or reading.doc[i].is_space):
        i -= 1
    if i >= low and reading.doc[i].text == ")":
        while i > low and reading.doc[i].text != "(":
            i -= 1
        i -= 1
    elif i > low and reading.doc[i].text == ",":
        i -= 1
        while i > low and reading.doc[i].text != ",":
            i -= 1
        i -= 1
    if i < low or reading.quoted(i) or reading.doc[i].pos_ not in {"NOUN", "PROPN", "PRON"}:
        return None
    noun = reading.doc[i]
    while (
        noun.dep_ in _BELOW_NOUN
        and low <= noun.head.i < verb.i
        and (
            noun.head.pos_ in {"NOUN", "PROPN", "PRON"}
            or (noun.head.pos_ == "NUM" and noun.head.text.isalpha())
        )
        and not _across_comma(noun)
    ):
        noun = noun.head
    return noun


def _across_comma(noun: Token) -> bool:
    """A comma parts a noun from its head, to which the parser gave it as an apposition: "They were
    among the passengers, *ministry spokesman Berg* said".
    """
    left = noun.left_edge.i
    if left and noun.head.i < left and noun.doc[left - 1].lower_ in {"whom", "which"}:
        return True  # "the envoy, Ann Vik, *whom Berg had asked* to go"
    comma = noun.doc[left].text == "," or (left > 0 and noun.doc[left - 1].text == ",")
    return noun.dep_ == "appos" and noun.head.i < left and comma


def antecedent(pronoun: Token) -> Token | None:
    """The noun that a relative pronoun stands for."""
    if pronoun.lower_ not in RELATIVE_PRONOUNS:
        return None
    verb = pronoun.head
    for _ in range(4):
        if verb.dep_ in syntax.RELATIVE_CLAUSE:
            return verb.head
        if verb.dep_ not in INHERITS or verb.head == verb:
            return None
        verb = verb.head
    return None
