"""Which clause a verb of saying takes, and the stretch of text around it."""

from __future__ import annotations

from kg.extraction.cues import noun_entry, phrase_entry, verb_entry
from kg.extraction.reading import LONGEST_SENTENCE, Reading
from kg.extraction.sources import reporter
from kg.extraction.tables import word_list
from kg.nlp import syntax
from kg.nlp.tokens import Token

MOSTLY_CLAUSE = 0.75


"""Of a verb whose objects are cues so much rarer than its clauses, an object may be the speaker."""


FINITE_TAGS = frozenset({"VBD", "VBZ", "VBP", "MD"})


def finite(reading: Reading, content: set[int]) -> bool:
    """Some word is a finite verb."""
    return any(reading.doc[i].tag_ in FINITE_TAGS for i in content)


def clause_right_of(reading: Reading, verb: Token) -> Token | None:
    """The head of the clause that a verb of saying takes to its right."""
    if verb.i not in reading.clauses:
        reading.clauses[verb.i] = _clause_right_of(reading, verb)
    return reading.clauses[verb.i]


def _clause_right_of(reading: Reading, verb: Token) -> Token | None:
    if is_inverted(reading, verb):
        return None
    for child in verb.children:
        if child.i < verb.i or _turns_behind_colon(reading, verb, child):
            continue
        if (
            (child.dep_ in syntax.CLAUSAL_COMPLEMENT or _extraposed(child))
            and not _subordinate(child)
            and not _names(child)
            and not _is_participle(child)
        ):
            return child
        if child.dep_ in syntax.SPEECH_PARATAXIS and _after_colon(reading, verb, child):
            return child
    # the parser's slips: a clause with its own subject behind the verb, hung on as something else
    for child in verb.children:
        if child.i > verb.i and child.dep_ in {"xcomp", "advcl", "obj", "dep"}:
            own = syntax.subject(child)
            left = child.left_edge.i
            if (
                own is not None
                and own.i > verb.i
                and not _subordinate(child)
                and (left == verb.i + 1 or _marked(child))
            ):
                return child
    return _mistaken_for_relative(verb) or _mistaken_for_object(verb)


def is_inverted(reading: Reading, verb: Token) -> bool:
    """ "…, said the minister": the verb stands right behind a comma or quotation, its speaker
    behind it.
    """
    i = verb.i - 1
    while i > 0 and (reading.doc[i].pos_ == "ADV" or reading.doc[i].is_space):
        i -= 1
    if i < 0 or reading.doc[i].pos_ == "CCONJ":
        return False
    run = reading.run_of[i]
    behind_quotation = run >= 0 and reading.runs[run].end == i + 1 and not reading.quoted(verb.i)
    if behind_quotation and reading.runs[run].words <= 2 and reading.runs[run].last.isalnum():
        return False  # "and *“firmly”* rejected the charges"
    if not behind_quotation and reading.doc[i].text != ",":
        return False
    after = reading.after(verb.i)
    if plural_reporter(reading, verb) is not None:
        return True
    if after is None or verb.tag_ not in {"VBD", "VBZ"}:
        return False
    word = reading.doc[after]
    if reading.quoted(after) != reading.quoted(verb.i) or word.pos_ not in {
        "PROPN",
        "DET",
        "NOUN",
        "ADJ",
        "NUM",
        "PRON",
    }:
        return False
    if word.lower_ in {"that", "there", "this", "it", "he", "she", "they", "we", "i", "you"}:
        return False
    if behind_quotation:
        return True
    own = reporter(verb)
    if own is None and not _reporter_behind(verb) and lost_reporter(verb) is None:
        return False
    if own is not None:
        return own.i > verb.i
    end = reading.sentence(verb.i)[1]
    return not finite(reading, set(range(after, end)))


def plural_reporter(reading: Reading, verb: Token) -> Token | None:
    """Those who speak behind a comma and a plain form, whatever the parser made of them: "…, say
    *some officials*".
    """
    after, before = reading.after(verb.i), reading.before(verb.i)
    if verb.tag_ not in {"VB", "VBP"} or after is None or before is None:
        return None
    governed = syntax.SUBJECT | syntax.AUXILIARY | syntax.MARKER | syntax.CLAUSAL_COMPLEMENT
    if reading.doc[before].text != "," or any(c.dep_ in governed for c in verb.children):
        return None
    noun = reading.doc[after]
    while noun.i < noun.head.i:
        noun = noun.head
    many = noun.tag_ in {"NNS", "NNPS"} or any(syntax.conjuncts(noun))
    whole = all(t.pos_ in BETWEEN | {"ADP"} for t in reading.doc[after : noun.i])
    return noun if many and whole and noun.pos_ != "PRON" else None


def _reporter_behind(verb: Token) -> bool:
    """The noun right behind is who says it, though the parser took it for the object: "…, says the
    report".
    """
    entry, thing = verb_entry(verb), syntax.object_of(verb) or syntax.indirect_object(verb)
    return (
        entry is not None
        and entry.kind == "say"
        and entry.takes("clause")
        and entry.rate("object") < MOSTLY_CLAUSE * entry.rate("clause")
        and thing is not None
        and thing.left_edge.i == verb.i + 1
    )


def lost_reporter(verb: Token) -> Token | None:
    """The noun right behind a verb that the parser made the subject of what is said: "It should
    end, says *the report*".
    """
    noun = verb.nbor()
    for _ in range(4):
        if noun.dep_ in syntax.SUBJECT and noun.head.i < verb.i and noun.head.head == verb:
            behind = noun.doc[min(noun.right_edge.i + 1, len(noun.doc) - 1)]
            ends = noun.left_edge.i == verb.i + 1 and behind.tag_ not in FINITE_TAGS | {"``", "''"}
            return noun if ends else None
        noun = noun.head
    return None


def _mistaken_for_object(verb: Token) -> Token | None:
    """The clause whose subject the parser took for the verb's object: "complained *the mayor had
    left*".
    """
    entry = verb_entry(verb)
    if (
        entry is None
        or entry.kind == "noun"
        or not entry.takes("clause")
        or entry.rate("object") >= 0.4
    ):
        return None
    thing = syntax.object_of(verb)
    if thing is None or thing.left_edge.i != verb.i + 1:
        return None
    for clause in thing.children:
        relative = clause.left_edge.tag_ in {"WP", "WDT", "WRB"} or clause.left_edge.text == ","
        if (
            clause.dep_ in syntax.ADNOMINAL_CLAUSE
            and clause.tag_ in FINITE_TAGS | {"VBN"}
            and not relative
        ):
            return thing if any(t.tag_ in FINITE_TAGS for t in clause.subtree) else None
    return None


def _mistaken_for_relative(verb: Token) -> Token | None:
    """The clause without "that" that the parser hung on who is spoken to: "told reporters *it
    was* …".
    """
    entry = verb_entry(verb)
    if verb.lemma_.lower() not in word_list("receiving") and (
        entry is None or entry.kind == "noun" or not entry.takes("clause")
    ):
        return None
    for noun in verb.children:
        if noun.i > verb.i and noun.dep_ in syntax.ANY_OBJECT | {
            "obl:unmarked",
            "obl:tmod",
        }:
            for clause in noun.children:
                receives = verb.lemma_.lower() in word_list(
                    "receiving"
                ) or noun.lower_ in word_list("calendar")
                if (
                    receives
                    and clause.dep_ in syntax.RELATIVE_CLAUSE | {"acl"}
                    and syntax.subject(clause) is not None
                ):
                    first = clause.left_edge
                    told = verb.lemma_.lower() in word_list("telling") and first.lower_ == "that"
                    relative = first.tag_ in {"WP", "WDT", "WRB", ","} and not told
                    if not relative and first.i > noun.i:
                        return clause
    return None


def _subordinate(clause: Token) -> bool:
    first = clause.left_edge
    if first.text == "," and first.i + 1 < len(clause.doc):
        first = first.nbor()
    relative = (
        first.tag_ in {"WP", "WDT"}
        and first.i > 0
        and first.nbor(-1).text == ","
        and first.lower_ in {"who", "which"}
        and first.i > clause.head.i
    )
    timed = first.lower_ == "when" and clause.head.lemma_.lower() not in {
        "ask",
        "wonder",
        "know",
        "explain",
        "recall",
        "remember",
        "describe",
        "reveal",
        "disclose",
    }
    fronted = first.head.dep_ in syntax.ADVERBIAL_CLAUSE and first.head.head == clause
    aside = (
        clause.dep_ in syntax.CLAUSAL_COMPLEMENT and fronted
    )  # "said *while it rained,* he slept"
    own = first.head == clause or (first.dep_ != "case" and not aside)
    subordinating = first.lower_ in word_list("subordinating") and first.pos_ != "ADV" and own
    return subordinating or relative or timed


def _names(clause: Token) -> bool:
    """No clause but a name, which the parser mistook: "said *Black*"."""
    return (
        clause.pos_ in {"PROPN", "NOUN"}
        and syntax.subject(clause) is None
        and not any(t.tag_ in FINITE_TAGS for t in clause.children)
        and not _marked(clause)
    )


def _extraposed(clause: Token) -> bool:
    """The clause is the verb's subject: "it is believed *that the talks have ended*"."""
    return clause.dep_ in {"csubj", "csubj:pass", "csubjpass"} and _marked(clause)


def _is_participle(clause: Token) -> bool:
    """No clause but a participle with nothing before it that could be its subject or auxiliary:
    "said at the talks, *held* in Vik".
    """
    if clause.tag_ != "VBN" or _marked(clause):
        return False
    held = syntax.SUBJECT | syntax.HELPING
    return not any(c.dep_ in held for c in clause.children)


def _marked(clause: Token) -> bool:
    return any(
        c.lower_ in {"that", "whether", "if"} and c.dep_ in syntax.MARKER for c in clause.children
    )


def _after_colon(reading: Reading, verb: Token, clause: Token) -> bool:
    return any(reading.doc[k].text == ":" for k in range(verb.i + 1, clause.left_edge.i + 1))


def _turns_behind_colon(reading: Reading, verb: Token, clause: Token) -> bool:
    """Somebody else says something behind an object: "rejected the charge: *its chief said* …"."""
    thing, own, entry = syntax.object_of(verb), syntax.subject(clause), verb_entry(clause)
    if (
        thing is None
        or own is None
        or own.pos_ == "PRON"
        or not _after_colon(reading, verb, clause)
    ):
        return False
    reports = entry is not None and entry.kind == "say" and entry.takes("clause")
    told = any(c.dep_ in syntax.CLAUSAL_COMPLEMENT and c.i > clause.i for c in clause.children)
    return reports and told and verb.i < thing.i < own.i


FARTHEST_CONJUNCTION = 13


"""Tokens from a verb to its "that", over receiver and place: "said in a talk with … that"."""


BETWEEN = frozenset({"NOUN", "PROPN", "PRON", "DET", "ADJ", "PART", "ADV", "NUM"})


BETWEEN_LINKS = frozenset({"to", "in", "on", "at", "of", "during", "after", "with"})


def marked_clause(reading: Reading, verb: Token) -> int | None:
    """The "that" or "whether" behind a verb and what may part them: "told the paper *that* …"."""
    form = written_form(reading, verb, None)
    behind = _behind_citation(reading, verb)
    if behind is not None:
        return behind
    for k in range(verb.i + 1, min(verb.i + FARTHEST_CONJUNCTION, len(reading.doc))):
        token = reading.doc[k]
        if k in form:
            continue
        if reading.quoted(k) or (token.pos_ == "NOUN" and noun_entry(token) is not None):
            return None
        if token.lower_ == "that" and token.pos_ in {"SCONJ", "PRON", "DET"}:
            told = verb.lemma_.lower() in word_list("telling") and token.tag_ == "WDT"
            if told and reading.doc[k - 1].pos_ in {"NOUN", "PROPN", "PRON"}:
                return k
            return k if token.pos_ == "SCONJ" or token.dep_ in syntax.MARKER else None
        if token.lower_ == "whether":
            return k if reading.doc[k - 1].lower_ not in BETWEEN_LINKS | {"about"} else None
        if token.pos_ not in BETWEEN and token.lower_ not in BETWEEN_LINKS:
            return _late_conjunction(reading, verb)
    return None


def _late_conjunction(reading: Reading, verb: Token) -> int | None:
    """The "that" behind a long adverbial, which the parser took for a relative clause's: "said in a
    talk taped before the raid *that* the army had left".
    """
    entry, phrase = verb_entry(verb), phrase_entry(verb)
    if entry is None or entry.kind != "say" or entry.rate("clause") < MOSTLY_CLAUSE or phrase:
        return None
    complements = syntax.CLAUSAL_COMPLEMENT | syntax.OPEN_COMPLEMENT | syntax.OBJECT
    if any(c.i > verb.i and c.dep_ in complements for c in verb.children):
        return None
    for k in range(verb.i + 1, reading.sentence(verb.i)[1]):
        token = reading.doc[k]
        if token.lower_ == "that" and token.pos_ in {"SCONJ", "PRON"}:
            clause = token.head
            own = syntax.subject(clause)
            lost = clause.dep_ in syntax.ADNOMINAL_CLAUSE and token.dep_ not in syntax.SUBJECT
            noun = noun_entry(reading.doc[k - 1]) is not None
            return k if lost and not noun and own is not None and own.i > k else None
        if token.tag_ in FINITE_TAGS or reading.quoted(k) != reading.quoted(verb.i):
            return None
    return None


def _behind_citation(reading: Reading, verb: Token) -> int | None:
    """The "that" behind whom somebody cites: "reported, *citing two sources,* that …"."""
    first = next(
        (k for k in range(verb.i + 1, min(verb.i + 5, len(reading.doc))) if reading.parts(k)), None
    )
    if first is None or first + 1 >= len(reading.doc):
        return None
    if reading.doc[first + 1].lower_ not in {"citing", "quoting", "according"}:
        return None
    end = reading.sentence(verb.i)[1]
    for k in range(first + 2, end - 1):
        if reading.parts(k):
            return k + 1 if reading.doc[k + 1].lower_ == "that" else None
    return None


def enclosing_stretch(reading: Reading, i: int) -> tuple[int, int]:
    """The sentence around a token, not split inside a quotation or where no sign ended one."""
    if i not in reading.stretches:
        reading.stretches[i] = _enclosing_stretch(reading, i)
    return reading.stretches[i]


def _enclosing_stretch(reading: Reading, i: int) -> tuple[int, int]:
    low, high = reading.paragraphs[reading.paragraph_of[i]]
    low, high = max(low, i - LONGEST_SENTENCE), min(high, i + LONGEST_SENTENCE)
    start, end = reading.sentence(i)
    while start > low and _runs_on(reading, start):
        start = reading.sentence(start - 1)[0]
    while end < high and _runs_on(reading, end):
        end = reading.sentence(end)[1]
    start = max(start, low)
    while start < i and (reading.kinds[start] == "dateline" or reading.is_dash(start)):
        start += 1
    return start, min(end, high)


def _runs_on(reading: Reading, start: int) -> bool:
    """No sentence ends before `start`."""
    before = reading.before(start)
    if before is None:
        return False
    if (
        reading.quoted(start)
        and reading.quoted(before)
        and reading.run_of[start] == reading.run_of[before]
    ):
        return False
    text = reading.doc[before].text
    if not (reading.is_word[before] and reading.is_word[start]):
        return text == ","
    return reading.doc[start].text[:1].islower() or _just_begun(reading, before)


def _just_begun(reading: Reading, i: int) -> bool:
    """The paragraph, or the report behind its dateline, has begun a word or two before."""
    k = reading.before(i)
    for _ in range(2):
        if k is None or reading.kinds[k] == "dateline":
            return reading.kinds[i] != "dateline"
        if not reading.is_word[k]:
            return False
        k = reading.before(k)
    return False


def bracketed(reading: Reading, i: int, low: int, high: int) -> tuple[int, int] | None:
    """What the brackets around a token enclose, if they open and close in `low <= k < high`."""
    depth, start = 0, i
    while start > low and depth <= 0:
        start -= 1
        text = reading.doc[start].text
        depth += (text == "(") - (text == ")")
    if depth <= 0:
        return None
    end = i
    while end < high and depth > 0:
        text = reading.doc[end].text
        depth += (text == "(") - (text[:1] == ")")
        end += 1
    return (start + 1, end - 1) if depth == 0 else None


def written_form(reading: Reading, verb: Token, limit: int | None) -> set[int]:
    """ "in a statement" right behind the verb."""
    for preposition, noun in syntax.obliques(verb):
        if (
            preposition != "in"
            or noun.lemma_.lower() not in word_list("written_form")
            or noun.i < verb.i
        ):
            continue
        first = min(t.i for t in noun.subtree)
        if (
            first == verb.i + 1
            and noun.i - first <= 4
            and (limit is None or noun.i < limit or limit < verb.i)
        ):
            return set(range(first, noun.i + 1))
    return set()
