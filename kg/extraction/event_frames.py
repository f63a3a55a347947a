"""What stands around a verb in its clause: subjects, objects, particles."""

from __future__ import annotations

from kg.extraction import event_complements as complements
from kg.extraction.event_lexicon import lemma_of, words
from kg.nlp import syntax
from kg.nlp.tokens import Token, Tokens

FARTHEST = 8
"""Verbs on the way to an inherited subject: "wants to try to help rebuild and …"."""

_NOUN_SUBJECT = syntax.SUBJECT - {"csubj", "csubj:pass", "csubjpass"}
_BEFORE_NOUN = syntax.COMPOUND | frozenset({"amod", "nmod", "nmod:desc"})
"""Where the subject stands of a verb that the parser took for a noun."""

_JOINED = syntax.CONJUNCT | syntax.ADVERBIAL_CLAUSE
_SHARING = syntax.CONJUNCT | syntax.OPEN_COMPLEMENT
_PREDICATING = syntax.SUBJECT | syntax.COPULA
_FINITE = syntax.SUBJECT | syntax.AUXILIARY
_BEHIND_NOUN = syntax.APPOSITION | syntax.OBJECT
_GIVEN_AS_NAME = syntax.OBJECT | syntax.OPEN_COMPLEMENT | syntax.NOUN_OBLIQUE
_PRESENT = frozenset({"is", "are", "'s", "’s", "'re", "’re"})
_RELATIVE = frozenset({"WDT", "WP", "WP$"})


def is_participle_of_noun(verb: Token) -> bool:
    """A participle or relative clause behind a noun: "troops *shelling* …", "a raid *flown* …"."""
    return verb.dep_ in syntax.ADNOMINAL_CLAUSE and verb.head.pos_ in {"NOUN", "PROPN", "PRON"}


def is_reduced_passive(verb: Token) -> bool:
    """A past participle behind a noun that it is said of: "an attack *carried out* by …"."""
    if verb.dep_ != "acl" or verb.tag_ not in {"VBN", "VBD"} or not is_participle_of_noun(verb):
        return False
    return syntax.object_of(verb) is None and not _is_main_verb(verb)


def _is_main_verb(verb: Token) -> bool:
    """A verb without object that the parser hung on its subject: "troops clashed with …"."""
    intransitive = lemma_of(verb.lower_, verb.lemma_.lower()) in words("INTRANSITIVE")
    return verb.tag_ == "VBD" or (verb.head.dep_ == "ROOT" and intransitive)


def is_passive(verb: Token) -> bool:
    """The verb's subject undergoes it."""
    return (syntax.is_passive(verb) and not _is_taken_for_passive(verb)) or is_reduced_passive(verb)


def _is_taken_for_passive(verb: Token) -> bool:
    """A main verb in the past whose form the parser took for a participle: "Iran *mediated* …"."""
    return is_finite_participle(verb) and not any(
        o.preposition == "by" for o in syntax.obliques(verb)
    )


def is_finite_participle(verb: Token) -> bool:
    """A past form that heads its sentence without auxiliary, whatever the tagger calls it."""
    headed = verb.dep_ == "ROOT" and not any(syntax.auxiliaries(verb))
    return headed and verb.tag_ == "VBN" and not any(c.dep_ in syntax.COPULA for c in verb.children)


def is_state(verb: Token) -> bool:
    """A passive that tells how things are: "troops *are stationed* in …"."""
    auxiliaries = {a.lower_ for a in syntax.auxiliaries(verb)}
    by = any(o.preposition == "by" for o in syntax.obliques(verb))
    return is_passive(verb) and bool(auxiliaries) and auxiliaries <= _PRESENT and not by


def owner(noun: Token) -> Token | None:
    """Whose it is, also where the parser takes "it is *Baku*'s turn" for two clauses."""
    named = (c for c in noun.children if c.i < noun.i and c.dep_ in syntax.SUBJECT)
    marked = (c for c in named if any(m.tag_ == "POS" for m in c.children))
    return syntax.possessor(noun) or next(marked, None)


def _antecedent(token: Token, verb: Token) -> Token:
    """What "which" stands for."""
    if token.tag_ in _RELATIVE or (token.lower_ == "that" and token.pos_ == "PRON"):
        here = verb
        for _ in range(3):
            if here.dep_ in syntax.ADNOMINAL_CLAUSE:
                return here.head
            here = here.head
    return token


class _Read:
    """The subjects and objects that have been read of one Doc, which many rules ask for."""

    __slots__ = ("doc", "objects", "subjects")

    def __init__(self, doc: Tokens | None) -> None:
        self.doc = doc
        self.subjects: dict[int, list[Token]] = {}
        self.objects: dict[int, list[Token]] = {}


_last = _Read(None)
"""What has been read of the Doc that was asked about last."""


def _read_of(doc: Tokens) -> _Read:
    global _last  # components ask about one Doc after the other
    if _last.doc is not doc:
        _last = _Read(doc)
    return _last


def subjects(verb: Token) -> list[Token]:
    """Who or what does it, or in a passive undergoes it; inherited by conjuncts and complements."""
    read = _read_of(verb.doc).subjects
    found = read.get(verb.i)
    if found is None:
        found = read[verb.i] = _subjects(verb)
    return found


def _subjects(verb: Token) -> list[Token]:
    here = verb
    for _ in range(FARTHEST):
        found = _own_subjects(here)
        if found:
            return found
        if _is_controlled(here) and here.head.pos_ == "VERB":
            controller = objects(here.head)
            if controller:
                return controller
        above = _inherits_from(here)
        if above is None:
            break
        here = above
    return []


def _is_controlled(verb: Token) -> bool:
    """Its subject is the object of the verb above: "told them to *leave*", "accused of *lying*"."""
    if verb.dep_ in syntax.OPEN_COMPLEMENT:
        above = lemma_of(verb.head.lower_, verb.head.lemma_.lower())
        return above not in words("AT_ONE")  # "phoned them to press for a truce"
    marks = (c for c in verb.children if c.dep_ in {"mark", "case"})
    return verb.tag_ == "VBG" and any(m.lower_ in words("CONTROLLING") for m in marks)


def _own_subjects(verb: Token) -> list[Token]:
    own = [t for t in verb.children if t.dep_ in _NOUN_SUBJECT and t.lower_ != "there"]
    if not own and complements.is_arranged(
        verb
    ):  # "*Chad* is to send", with "is" taken for a copula
        own = [t for t in verb.children if t.dep_ == "nsubj:outer"]
    # "Chad must stop, Mali said": Mali, hung on the wrong verb, does not stop beside Chad
    own = [t for t in own if t.i < verb.i] or [t for t in own if not _is_object_taken(t, verb)]
    own = own or [t for t in verb.children if t.dep_ == "expl" and t.lower_ == "it"]
    if own:
        return [_antecedent(t, verb) for t in own]
    if taken := _taken_for_clause(verb):
        return taken
    if is_swallowed(verb):
        before = verb.doc[verb.i - 1]
        return _own_subjects(before) if before.pos_ in {"AUX", "VERB"} else [before]
    if verb.pos_ == "NOUN":
        return [t for t in verb.children if t.i < verb.i and t.dep_ in _BEFORE_NOUN][-1:]
    if parted := _parted_subject(verb):
        return parted
    if is_participle_of_noun(verb) and not complements.is_infinitive(verb):
        return [verb.head] if not _is_process(verb) else []
    return []


def _is_process(verb: Token) -> bool:
    """What somebody is in the middle of: "Chad is in the process *of leaving*"."""
    marks = (c for c in verb.children if c.dep_ in {"mark", "case"})
    gerund = verb.tag_ == "VBG" and any(m.lower_ in words("CONTROLLING") for m in marks)
    return gerund and any(c.dep_ in syntax.COPULA for c in verb.head.children)


def _parted_subject(verb: Token) -> list[Token]:
    """The name before a second verb: "with Chad leaving the bloc and *Mali* staying", where
    the parser lists it with the object of the first.
    """
    name = verb.doc[verb.i - 1] if verb.i else verb
    return [name] if does_what_follows(name) else []


def does_what_follows(name: Token) -> bool:
    """A name that is listed with a word before it, but is the subject of the verb behind it: of a
    participle, or in a relative clause ("a step that Chad called wrong and *Mali* praised").
    """
    after = name.i + 1
    if name.pos_ != "PROPN" or name.dep_ not in syntax.CONJUNCT or after >= len(name.doc):
        return False
    verb, above = name.doc[after], name.head.head
    if verb.tag_ == "VBG":
        hung = verb.dep_ in _JOINED and verb.head == above
    else:
        hung = verb.dep_ in syntax.RELATIVE_CLAUSE and above.dep_ in syntax.RELATIVE_CLAUSE
        hung = hung and verb.head == above.head and verb.tag_ in {"VBD", "VBZ", "VBP"}
    return hung and not any(c.dep_ in syntax.SUBJECT for c in verb.children)


def _is_object_taken(noun: Token, verb: Token) -> bool:
    """An object right behind a verb that the parser took for its subject, since a second one or
    the subject itself stands beside it: "declared *the envoy* persona non grata".
    """
    if noun.dep_ not in _NOUN_SUBJECT or noun.left_edge.i != verb.i + 1:
        return False
    return any(
        (c.dep_ in _NOUN_SUBJECT and c.i < verb.i) or (c.dep_ in syntax.OBJECT and c.i > noun.i)
        for c in verb.children
    )


def _taken_for_clause(verb: Token) -> list[Token]:
    """The noun right before a finite verb that the parser took for a clause of its own."""
    if verb.tag_ not in {"VBD", "VBZ", "VBP"}:
        return []
    return [
        t
        for t in verb.children
        if t.dep_ in syntax.CLAUSAL_COMPLEMENT
        and t.pos_ in {"NOUN", "PROPN"}
        and t.right_edge.i == verb.i - 1
        and not any(c.dep_ in _PREDICATING for c in t.children)
    ]


def _inherits_from(verb: Token) -> Token | None:
    """The word whose subject is that of a verb without its own."""
    head, relation = verb.head, verb.dep_
    if head == verb:
        return None
    if is_participle_of_noun(verb):  # "the decision to leave" is that of who decides
        if _is_process(verb):
            return head
        return head.head if head.head != head else None
    if relation in syntax.OPEN_COMPLEMENT:
        return head
    participle = verb.tag_ == "VBG" or any(a.tag_ == "VBG" for a in syntax.auxiliaries(verb))
    inherited = relation in _JOINED or (
        relation in syntax.CLAUSAL_COMPLEMENT and participle  # ", said the envoy, *having left*"
    )
    return head if inherited and head.pos_ in {"VERB", "AUX", "ADJ", "NOUN"} else None


def objects(verb: Token) -> list[Token]:
    """What a verb is done to: its object, or the subject of its passive."""
    read = _read_of(verb.doc).objects
    found = read.get(verb.i)
    if found is None:
        found = read[verb.i] = _objects(verb)
    return found


def _objects(verb: Token) -> list[Token]:
    if is_swallowed(verb):
        return [verb.head]
    if verb.pos_ == "NOUN":
        return [t for t in verb.children if t.i > verb.i and t.dep_ in _BEHIND_NOUN][:1]
    if is_passive(verb):
        return _retained(verb) or subjects(verb)
    found = [t for t in verb.children if t.dep_ in syntax.OBJECT]
    taken = [t for t in verb.children if t.i > verb.i and _is_object_taken(t, verb)]
    if not taken and any(c.dep_ in syntax.OPEN_COMPLEMENT for c in verb.children):
        taken = [t for t in verb.children if t.dep_ in syntax.INDIRECT_OBJECT and t.pos_ != "ADP"]
    if taken:
        # "whom they asked *the Council* to replace": "whom" is the object of the infinitive
        found = [*taken, *(t for t in found if t.tag_ not in _RELATIVE)]
    if not found:
        found = [t for t in verb.children if t.dep_ in syntax.INDIRECT_OBJECT and t.pos_ != "ADP"]
    found = found or _behind_particle(verb)
    if not found:
        # "sign and ratify the treaty": the object of the second verb is that of the first
        found = [
            t
            for c in verb.children
            if c.dep_ in syntax.CONJUNCT
            and c.tag_ == verb.tag_
            and (c.left_edge.i - verb.i <= 2 and c.i - verb.i <= 3)
            for t in c.children
            if t.dep_ in syntax.ANY_OBJECT
        ]
    if not found and verb.dep_ in syntax.CONJUNCT and verb.tag_ == verb.head.tag_:
        # "surrounded and shelled the base", with the base hung on the first
        shared = (t for t in verb.head.children if t.dep_ in syntax.OBJECT and t.i > verb.i)
        found = [t for t in shared if not is_passive(verb.head)]
    if not found and verb.dep_ in _SHARING:
        return []
    if not found and verb.dep_ in syntax.RELATIVE_CLAUSE:
        if _parted_subject(verb):
            return [verb.head]
        own = syntax.subject(verb)
        if own is not None and own.tag_ not in _RELATIVE and own.lower_ != "that":
            return [verb.head] if not _is_led_otherwise(verb, own) else []
    return [_named_by(_antecedent(t, verb)) for t in found]


def _is_led_otherwise(verb: Token, subject: Token) -> bool:
    """A relative clause in which what it is said of is no object: "Chad, *whose troops* fought",
    "the town *where* they fought", "the deal *under which* they fought".
    """
    led = [*subject.children, *(c for c in verb.children if c.i < subject.i)]
    return any(c.tag_ in {"WP$", "WRB"} or (c.tag_ in _RELATIVE and c != subject) for c in led)


def names_its_object(verb: Token) -> bool:
    """The object is given a name: "called him *a liar*", "calling it “…”"."""
    for noun in objects(verb)[:1]:
        after = noun.right_edge.i + 1
        if verb.i < noun.i and after < len(verb.doc):
            next_word = verb.doc[after]
            return next_word.is_quote or next_word.lower_ in {"a", "an", "the"}
    return False


def _retained(verb: Token) -> list[Token]:
    """What somebody is given: "refugees were given *shelter*"."""
    if lemma_of(verb.lower_, verb.lemma_) not in words("GIVING") or not is_passive(verb):
        return []
    return [t for t in verb.children if t.dep_ in syntax.OBJECT and t.i > verb.i]


def _named_by(noun: Token) -> Token:
    """What "what" is called: "lodged what it described as a *protest*"."""
    if noun.lower_ != "what":
        return noun
    calls = (
        c
        for c in noun.children
        if c.dep_ in syntax.RELATIVE_CLAUSE
        and lemma_of(c.lower_, c.lemma_.lower()) in words("NAMING")
    )
    named = (
        t for verb in calls for t in verb.children if t.i > verb.i and t.dep_ in _GIVEN_AS_NAME
    )
    return next(named, noun)


def _behind_particle(verb: Token) -> list[Token]:
    """The object of "handed *over* the suspect", where "over" is taken for a preposition."""
    after = verb.i + 1
    if after >= len(verb.doc) or verb.doc[after].lower_ not in words("PARTICLE"):
        return []
    particle = verb.doc[after]
    if after + 1 < len(verb.doc) and verb.doc[after + 1].lower_ == "of":
        return []  # "backed out of a deal"
    noun = particle.head
    return [noun] if particle.dep_ == "case" and noun.head == verb and noun.i > after else []


def is_swallowed(verb: Token) -> bool:
    """A finite verb that the parser put into the noun phrase behind it.

    "Turkish jets *bombed* positions" as one phrase that is the sentence; "has *broken* relations".
    """
    if (
        verb.dep_ != "amod"
        or verb.tag_ not in {"VBN", "VBD"}
        or verb.i == 0
        or verb.head.i < verb.i
    ):
        return False
    if any(c.dep_ in _FINITE for c in verb.children):
        return True
    before, noun = verb.doc[verb.i - 1], verb.head
    if before.lower_ in {"has", "have", "had", "having"}:
        return noun.head == before and noun.dep_ in syntax.OBJECT
    if before.pos_ not in {"NOUN", "PROPN"}:
        return False
    return verb.tag_ == "VBD" or (noun.dep_ == "ROOT" and before.head in {noun, verb})


def indirect_objects(verb: Token) -> list[Token]:
    """To whom: "gave *Kyiv* tanks", also where the parser sees two direct objects."""
    if _retained(verb):
        return subjects(verb)
    found = [t for t in verb.children if t.dep_ in syntax.INDIRECT_OBJECT and t.pos_ != "ADP"]
    direct = [t for t in verb.children if t.dep_ in syntax.OBJECT]
    return found or direct[:1] if len(found) + len(direct) > 1 else []


def particles(verb: Token) -> frozenset[str]:
    """Particles and adverbs such as "down" in "turn down"."""
    near = {
        c.lower_
        for c in verb.children
        if c.dep_ in syntax.PARTICLE or c.pos_ in {"ADV", "ADP", "PART"}
    }
    after = verb.i + 1
    if after < len(verb.doc) and verb.doc[after].pos_ in {"ADP", "ADV"}:
        near.add(verb.doc[after].lower_)
    return frozenset(near)


def with_conjuncts(token: Token) -> list[Token]:
    """The noun and those coordinated with it, in reading order."""
    if not token.children:
        return [token]
    return [
        token,
        *(
            c
            for c in syntax.conjuncts(token)
            if c.pos_ in {"NOUN", "PROPN", "PRON", "ADJ"} and not does_what_follows(c)
        ),
    ]
