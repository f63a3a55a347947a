"""Where unquoted content begins and ends."""

from __future__ import annotations

from spacy.tokens import Token

from kg.extraction.cues import finite_form, noun_entry, verb_entry
from kg.extraction.reading import ENDS, LONGEST_SENTENCE, Reading
from kg.extraction.sources import reporter, source_head
from kg.extraction.tables import word_list
from kg.nlp import syntax

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
        if child.i < verb.i:
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
    if not behind_quotation and reading.doc[i].text != ",":
        return False
    after = reading.after(verb.i)
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
            return noun if noun.left_edge.i == verb.i + 1 else None
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
        if noun.i > verb.i and noun.dep_ in syntax.OBJECT | syntax.INDIRECT_OBJECT | {
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
    own = first.head == clause or first.dep_ != "case"
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
    held = syntax.SUBJECT | syntax.AUXILIARY | syntax.COPULA
    return not any(c.dep_ in held for c in clause.children)


def _marked(clause: Token) -> bool:
    return any(
        c.lower_ in {"that", "whether", "if"} and c.dep_ in syntax.MARKER for c in clause.children
    )


def _after_colon(reading: Reading, verb: Token, clause: Token) -> bool:
    return any(reading.doc[k].text == ":" for k in range(verb.i + 1, clause.left_edge.i + 1))


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


def right_edge(reading: Reading, verb: Token, start: int, end: int) -> int:
    """One past the last word of a clause, where the parser may have cut it short.

    A clause without finite verb, or one that stops before a word and not at a sign, goes on.
    """
    limit = enclosing_stretch(reading, verb.i)[1]
    end = min(end, limit)
    start = min(start, end)
    speaks = finite(reading, set(range(start, end)))
    while not speaks and end < limit:
        speaks = reading.doc[end].tag_ in FINITE_TAGS
        end += 1
    while end < limit:
        if reading.doc[end].is_space and end + 1 < limit:
            end += 1
            continue
        if reading.quoted(verb.i):
            if not (reading.is_word[end] or _hyphen(reading, end)) or _outside(reading, verb, end):
                break
            end += 1
            continue
        if reading.quoted(end) and (reading.quoted(end - 1) or reading.is_word[end - 1]):
            end = reading.runs[reading.run_of[end]].end
            continue
        if not (reading.is_word[end] or _hyphen(reading, end)) or _outside(reading, verb, end):
            break
        if _closes_with_comma(reading, end - 1) and reading.doc[end].pos_ in {"DET", "PROPN"}:
            break
        end += 1
    return _second_clause(reading, end, limit)


def _hyphen(reading: Reading, i: int) -> bool:
    return reading.doc[i].text in {"-", "'", "’", "/", "%", "$"} and not reading.is_dash(i)


def _second_clause(reading: Reading, end: int, limit: int) -> int:
    """One past a second reported clause: "…, and that Norland has no quarrel"."""
    words = [i for i in range(end, min(end + 4, limit)) if reading.is_word[i]][:2]
    if (
        len(words) < 2
        or reading.doc[words[0]].lower_ not in {"and", "but", "or"}
        or reading.doc[words[1]].lower_ != "that"
    ):
        return end
    stop = words[1] + 1
    while (
        stop < limit
        and reading.doc[stop].text not in ENDS | {";"}
        and not (reading.parts(stop) and stop > words[1] + 4)
    ):
        stop += 1
    return stop


def second_infinitive(reading: Reading, end: int) -> int:
    """One past a second infinitive behind a conjunction: "to open the road *and to respect …*"."""
    limit = reading.sentence(end - 1)[1]
    while end + 2 < limit:
        link = end + 1 if reading.doc[end].text == "," else end
        to = link + 1 if reading.doc[link].pos_ == "CCONJ" else link
        if to == end or to + 1 >= limit or reading.doc[to].lower_ != "to":
            return end
        verb = next((t for t in reading.doc[to + 1 : min(to + 4, limit)] if t.tag_ == "VB"), None)
        if verb is None:
            return end
        end = max(to + 2, min(verb.right_edge.i + 1, limit))
    return end


def _outside(reading: Reading, verb: Token, i: int) -> bool:
    """The word opens what is not in the clause: a second predicate, or an adverbial of the cue or
    the writer.
    """
    token = reading.doc[i]
    if token.lower_ in word_list("writers_own"):
        return True
    if token.pos_ == "CCONJ":
        return _reports_too(token)
    if token.pos_ in {"AUX", "VERB"} and reading.doc[i - 1].tag_ == "MD":
        return False
    if token.pos_ not in {"ADP", "SCONJ", "ADV", "AUX", "VERB"} and token.lower_ not in word_list(
        "calendar"
    ):
        return False
    node = token
    while node.head != node and node.head != verb:
        node = node.head
    if node.head != verb:
        return True
    return node.dep_ in syntax.SUBJECT or (node.dep_ in syntax.CONJUNCT and _says(node))


def _reports_too(conjunction: Token) -> bool:
    """The second predicate is a verb of saying: "said he left *and added* …"; others go on with
    the content.
    """
    second = conjunction.head
    return (
        second.i < conjunction.i
        or second.pos_ not in {"VERB", "AUX", "ADJ", "NOUN"}
        or _says(second)
    )


def _says(verb: Token) -> bool:
    entry = verb_entry(verb)
    return (
        entry is not None
        and entry.kind == "say"
        and (entry.takes("clause") or entry.takes("quote"))
    )


def complemented(reading: Reading, verb: Token, end: int) -> int:
    """One past what follows an object without a comma and completes it: "blamed the strike *on
    the ministry*".
    """
    limit = enclosing_stretch(reading, verb.i)[1]
    while end < limit:
        token = reading.doc[end]
        if token.is_space:
            end += 1
            continue
        if reading.quoted(end) and not reading.quoted(verb.i):
            end = reading.runs[reading.run_of[end]].end
            continue
        if (
            (not reading.is_word[end] and not _hyphen(reading, end))
            or token.pos_ == "CCONJ"
            or token.lower_ in word_list("calendar")
        ):
            break
        child = token
        while child.head not in (child, verb):
            child = child.head
        if (
            child.head != verb
            or child.dep_ in syntax.CONJUNCT | syntax.SUBJECT
            or not _completing(child)
        ):
            break
        end = max(end, min(child.right_edge.i, limit - 1)) + 1
    return end


def _completing(child: Token) -> bool:
    """An adverbial that belongs to the content, and not a day, a venue or the writer's clause."""
    first = child.left_edge
    words = {t.lower_ for t in child.subtree}
    if words & word_list("calendar") or first.lower_ in word_list("writers_own") | {
        "during",
        "while",
        "as",
        "when",
        "since",
        "before",
        "via",
        "at",
        "by",
    }:
        return first.lower_ == "as" and child.pos_ not in {"VERB", "AUX"}
    if child.dep_ == "advmod" and child.pos_ == "ADV":
        return False
    return child.lemma_.lower() not in word_list("written_form") | {
        "briefing",
        "conference",
        "speech",
        "rally",
        "meeting",
        "debate",
    }


def trimmed(reading: Reading, content: set[int], verb: Token, *, noun: bool = False) -> set[int]:
    """Content up to what the writer adds behind a comma or dash.

    `noun`: the content is a noun, whose relative clauses and appositions behind a comma go as well.
    """
    if not content:
        return content
    start, end = min(content), max(content) + 1
    for i in range(start + 1, end - 1):
        if i not in content or not (reading.parts(i) or _closes_with_comma(reading, i)):
            continue
        if _adds(reading, i, verb, noun=noun):
            return {k for k in content if k < i + reading.quoted(i)}
    return content


def _closes_with_comma(reading: Reading, i: int) -> bool:
    """The closing mark of a quotation that ends in a comma: "“not unthinkable,” a remark …"."""
    run = reading.run_of[i]
    return run >= 0 and reading.runs[run].end == i + 1 and reading.runs[run].last == ","


def _adds(reading: Reading, sign: int, verb: Token, *, noun: bool) -> bool:
    after = reading.after(sign)
    if after is None or reading.quoted(after):
        return False
    word = reading.doc[after]
    if word.tag_ == "VBG":
        entry = verb_entry(word)
        return (
            entry is not None
            and entry.kind == "say"
            and (clause_right_of(reading, word) is not None or noun)
        )
    if _sums_up(reading, after) or _turns_to_another(reading, after):
        return True
    if noun:
        return word.tag_ in {"WDT", "WP", "WP$", "WRB"} or word.lower_ in {
            "saying",
            "but",
            "while",
            "after",
            "as",
            "because",
        }
    return False


def _sums_up(reading: Reading, i: int) -> bool:
    """The writer's name for what was said: "…, *a remark that* drew criticism"."""
    if reading.doc[i].lower_ == "something":
        return True
    if reading.doc[i].pos_ != "DET":
        return False
    for k in range(i + 1, min(i + 5, len(reading.doc) - 1)):
        noun = reading.doc[k]
        if noun.pos_ == "NOUN":
            named = noun_entry(noun) is not None or noun.lemma_.lower() in word_list("sums_up")
            clause = any(c.dep_ in syntax.ADNOMINAL_CLAUSE for c in noun.children)
            fronted = noun.dep_ in syntax.OBJECT and noun.head.i > k
            return named and (clause or fronted or noun.nbor().lower_ in {"that", "which"})
        if noun.pos_ not in {"ADJ", "ADV"}:
            return False
    return False


def _turns_to_another(reading: Reading, i: int) -> bool:
    """The writer turns to somebody else: "…, *while Sidra fears* it will …"."""
    if reading.doc[i].lower_ not in {"while", "whereas"}:
        return False
    clause = reading.doc[i].head
    own = syntax.subject(clause)
    entry = verb_entry(clause)
    for k in range(i + 2, min(i + 4, len(reading.doc))):
        if reading.doc[k].tag_ == "NNS" and reading.doc[k - 1].pos_ == "PROPN":
            entry = finite_form(reading.doc[k].lower_)  # "while Vik *fears* it", taken for a noun
            return entry is not None and entry.takes("clause")
    if own is None or own.pos_ == "PRON" or clause.tag_ not in {"VBD", "VBZ", "VBP"}:
        return False
    return entry is not None and entry.takes("clause")


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


def joined_source(reading: Reading, verb: Token) -> Token | None:
    """Whose a participle behind a comma is: of the verb of saying before it, "said he would go,
    *adding* that …".
    """
    former = cue_before(reading, verb)
    return source_head(former) if former is not None else None


def cue_before(reading: Reading, verb: Token) -> Token | None:
    """The finite verb of saying in the sentence before a participle that a comma or quotation
    parts from it.
    """
    if verb.tag_ != "VBG" or syntax.subject(verb) is not None:
        return None
    before = reading.before(verb.i)
    if before is None:
        return None
    start = reading.sentence(verb.i)[0]
    if reading.doc[before].text != "," and reading.doc[before].pos_ not in {
        "VERB",
        "NOUN",
        "PROPN",
    }:
        return None
    nearest = reading.doc[before].text == ","
    for i in range(verb.i - 1, start - 1, -1):
        token = reading.doc[i]
        if token.tag_ not in {"VBD", "VBZ", "VBP"} or reading.quoted(i) != reading.quoted(verb.i):
            continue
        entry = verb_entry(token)
        if entry is not None and entry.kind == "say" and token.dep_ not in syntax.RELATIVE_CLAUSE:
            return token if nearest or i == before else None
    return None
