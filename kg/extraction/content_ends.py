"""Where unquoted content ends: what a clause, infinitive or object takes in, and what the writer
adds.
"""

from __future__ import annotations

from kg.extraction.cues import finite_form, noun_entry, verb_entry
from kg.extraction.edges import FINITE_TAGS, clause_right_of, enclosing_stretch, finite
from kg.extraction.reading import ENDS, Reading
from kg.extraction.tables import word_list
from kg.nlp import syntax
from kg.nlp.tokens import Token

RELATIVE_TAGS = frozenset({"WDT", "WP", "WP$", "WRB"})


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
    quoted = _second_quotation(reading, words, end)
    if quoted is not None:
        return min(quoted, limit)
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


def _second_quotation(reading: Reading, words: list[int], end: int) -> int | None:
    """One past a quotation that goes on with what is reported: "said he was well, *and “all is
    calm”*".
    """
    if not words or reading.doc[words[0]].lower_ != "and" or reading.doc[end].text != ",":
        return None
    first = words[0] + 1
    if first >= len(reading.doc) or not reading.quoted(first) or reading.quoted(end):
        return None
    run = reading.runs[reading.run_of[first]]
    return run.end if run.start == first and finite(reading, set(range(first, run.end))) else None


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
        second = _second_part(reading, end, limit)
        if second > end:
            end = second
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


def _second_part(reading: Reading, link: int, limit: int) -> int:
    """One past a question that a conjunction adds to a noun: "talked of the dam *and how it had
    held*".
    """
    if reading.doc[link].pos_ != "CCONJ" or link + 1 >= limit:
        return link
    first = reading.doc[link + 1]
    if first.tag_ != "WRB" and first.lower_ not in {"whether", "what"}:
        return link
    head = first
    while head.head != head and head.head.left_edge.i >= link:
        head = head.head
    return min(head.right_edge.i + 1, limit) if head.right_edge.i > link + 1 else link


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
        if noun and reading.doc[i].text == ";" and reading.quoted(i) == reading.quoted(verb.i):
            return {k for k in content if k < i}
        if noun and reading.doc[i].text == ":" and _another_reports(reading, i, end):
            return {k for k in content if k < i}
        if i not in content or not (reading.parts(i) or _closes_with_comma(reading, i)):
            continue
        if reading.words_in(range(start, i)) == 1 and reading.doc[start].lower_ == "that":
            continue  # "that, *while* …, …"
        if _adds(reading, i, end, verb, noun=noun):
            return {k for k in content if k < i + reading.quoted(i)}
    return content


def _another_reports(reading: Reading, colon: int, end: int) -> bool:
    """Behind a colon somebody named says something: "rejected the charge: *its chief said* …"."""
    for i in range(colon + 1, end):
        verb = reading.doc[i]
        own, entry = syntax.subject(verb), verb_entry(verb)
        speaks = entry is not None and entry.kind == "say" and entry.takes("clause")
        if speaks and verb.tag_ in FINITE_TAGS and own is not None and own.pos_ != "PRON":
            return colon < own.i < i
    return False


def _closes_with_comma(reading: Reading, i: int) -> bool:
    """The closing mark of a quotation that ends in a comma: "“not unthinkable,” a remark …"."""
    run = reading.run_of[i]
    return run >= 0 and reading.runs[run].end == i + 1 and reading.runs[run].last == ","


def _adds(reading: Reading, sign: int, end: int, verb: Token, *, noun: bool) -> bool:
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
    if word.lower_ == "compared" and not reading.quoted(sign):
        return True  # "half say so, *compared with a third last year*"
    if _sums_up(reading, after) or _turns_to_another(reading, after):
        return True
    if _describes(reading, sign, after, end, verb):
        return True
    if noun:
        return word.tag_ in RELATIVE_TAGS or word.lower_ in {
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


def _describes(reading: Reading, sign: int, first: int, end: int, verb: Token) -> bool:
    """The content ends with what the writer tells of somebody or something in it: "said he had met
    Lind, *who runs the port*", "denied knowing Berg, *a former envoy*".
    """
    if reading.quoted(verb.i) or reading.quoted(sign):
        return False
    node = reading.doc[first]
    while node.head != node and node.head.i >= first and node.head.left_edge.i >= sign:
        node = node.head
    if not verb.i < node.head.i < sign or node.right_edge.i + 2 < end:
        return False
    if node.dep_ in syntax.RELATIVE_CLAUSE:
        return any(t.tag_ in RELATIVE_TAGS for t in reading.doc[first : node.i + 1])
    return node.dep_ in syntax.APPOSITION and node.pos_ == "NOUN"
