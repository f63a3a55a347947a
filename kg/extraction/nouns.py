"""Cues that are no verbs: nouns ("his claim that …", "a question about …") and "according to"."""

from __future__ import annotations

from kg.extraction.content_ends import trimmed
from kg.extraction.cues import CueEntry, noun_entry, phrase_entry, verb_entry, verb_group
from kg.extraction.drafts import Draft
from kg.extraction.edges import enclosing_stretch
from kg.extraction.reading import Reading
from kg.extraction.source_words import noun_phrase
from kg.extraction.sources import RELATIVE_PRONOUNS, source_head
from kg.extraction.tables import word_list
from kg.nlp import syntax
from kg.nlp.tokens import Token

PREPOSITIONS = frozenset({"about", "for", "of", "on", "over", "against", "at"})
LONGEST_PHRASE = 16
"""Tokens of who is named behind "according to" at the head of a sentence."""

CONJUNCTIONS = frozenset({"that", "whether", "if"})


def from_noun(reading: Reading, noun: Token) -> Draft | None:
    """The statement that a noun of saying introduces."""
    entry = noun_entry(noun)
    if entry is None or _form_of_saying(noun):
        return None
    found = _content(noun, entry)
    drawn = _drawn(reading, noun, entry) if found is None or found[0] == "oblique" else None
    if drawn is not None:
        return drawn
    found = found or _equated(reading, noun, entry)
    if found is None:
        return None
    frame, content, link = found
    cue = set(range(noun.i, max(link, default=noun.i) + 1))
    verb = _light_verb(noun)
    head = syntax.possessor(noun)
    if verb is not None:
        cue |= set(range(verb.i, noun.i)) | verb_group(reading, verb)
        head = source_head(verb) or head
    elif is_participle(noun):
        head = reading.doc[noun.i - 1]
    elif head is None:
        head = next(
            (
                o.noun
                for o in syntax.obliques(noun)
                if o.preposition in {"by", "from"} and o.noun.i < min(content)
            ),
            None,
        )
    if head is None and frame == "oblique" and entry.force != "ask":
        return None
    source = (
        noun_phrase(reading, head, barred=frozenset(cue | content)) if head is not None else set()
    )
    if is_participle(noun) and verb is None:
        source = set(range(noun.left_edge.i, noun.i)) - content
        source -= {i for i in source if reading.doc[i].pos_ == "CCONJ"}
    content = trimmed(reading, content - cue - source, noun, noun=frame == "oblique")
    if not content:
        return None
    draft = Draft(
        noun,
        cue,
        content,
        source,
        head,
        f"noun {frame}",
        entry.words,
        entry.force,
        "noun",
        entry.rate(frame),
    )
    if entry.force == "ask":
        draft.cue |= _article(noun)
        draft.receiver = _answerer(noun)
    return draft


def _drawn(reading: Reading, noun: Token, entry: CueEntry) -> Draft | None:
    """What is criticized or praised by whom: "*The plan* drew criticism from the unions"."""
    verb = noun.head
    thing = syntax.subject(verb)
    if (
        entry.force not in word_list("of_somebody")
        or noun.dep_ not in syntax.OBJECT
        or verb.lemma_.lower() not in word_list("drawing_verbs")
        or thing is None
        or thing.i > verb.i
        or thing.lower_ in RELATIVE_PRONOUNS
    ):
        return None
    by = next((o.noun for o in _obliques_behind(verb, noun) if o.preposition == "from"), None)
    about = next(
        (o.noun for o in _obliques_behind(verb, noun) if o.preposition in {"for", "over"}), None
    )
    cue = set(range(verb.i, noun.i + 1)) | verb_group(reading, verb)
    if about is not None:
        content = {t.i for t in about.subtree if t.dep_ != "case" or t.head != about}
        if by is not None:
            content -= {t.i for t in by.subtree}
    else:
        content = noun_phrase(reading, thing, barred=frozenset(cue))
    source = noun_phrase(reading, by, barred=frozenset(cue | content)) if by is not None else set()
    draft = Draft.of(entry, noun, "noun oblique", cue, content - cue - source, source, by)
    draft.kind, draft.rate, draft.target = "noun", entry.rate("oblique"), about or thing
    return draft


def _obliques_behind(verb: Token, noun: Token) -> list[syntax.Oblique]:
    found = [*syntax.obliques(verb), *syntax.obliques(noun)]
    return [o for o in found if o.noun.i > noun.i]


def _equated(
    reading: Reading, noun: Token, entry: CueEntry
) -> tuple[str, set[int], set[int]] | None:
    """What a noun of saying is said to be: "his claim *was that* …", "her argument: …"."""
    if not entry.takes("clause") or syntax.possessor(noun) is None:
        return None
    end = reading.sentence(noun.i)[1]
    i = noun.i + 1
    if i + 1 >= end:
        return None
    colon = reading.doc[i].text == ":" and not reading.quoted(i + 1)
    said_to_be = reading.doc[i].lemma_ == "be" and reading.doc[i + 1].lower_ == "that"
    if not (colon or said_to_be):
        return None
    while end > i and not reading.is_word[end - 1] and not reading.quoted(end - 1):
        end -= 1
    content = set(range(i + 1, end))
    return ("clause", content, {i}) if reading.words_in(content) > 2 else None


def is_participle(noun: Token) -> bool:
    """A form in -ing behind who says it, which the tagger took for a noun: "his rival *warning*
    of a war".
    """
    before = noun.doc[noun.i - 1] if noun.i else noun
    return noun.lower_.endswith("ing") and before.pos_ == "NOUN" and before.head == noun


def _form_of_saying(noun: Token) -> bool:
    """The noun tells in what form a verb says it: "said in a *statement* that …"."""
    if noun.lemma_.lower() not in word_list("written_form") or noun.dep_ not in syntax.NOUN_OBLIQUE:
        return False
    entry = verb_entry(noun.head) if noun.head.pos_ == "VERB" and noun.head.i < noun.i else None
    return entry is not None and entry.kind == "say" and entry.takes("clause")


def _answerer(noun: Token) -> Token | None:
    """Who is asked, where an answer names the question: "he said in response to *a question* …"."""
    node = noun
    for _ in range(3):
        if node.head == node:
            return None
        node = node.head
        if node.pos_ == "VERB":
            return (
                source_head(node)
                if node.lemma_.lower()
                in {"say", "reply", "respond", "answer", "tell", "note", "add", "state", "comment"}
                else None
            )
    return None


def _article(noun: Token) -> set[int]:
    return {c.i for c in noun.children if c.dep_ in syntax.DETERMINER and c.i == noun.i - 1}


def _light_verb(noun: Token) -> Token | None:
    verb = noun.head
    if (
        noun.dep_ in syntax.OBJECT
        and verb.lemma_.lower() in word_list("light_verbs")
        and 0 < noun.i - verb.i <= 5
    ):
        return verb
    return None


def _content(noun: Token, entry: CueEntry) -> tuple[str, set[int], set[int]] | None:
    """Frame, content, and the preposition that links them."""
    question = _question(noun)
    if question is not None and entry.takes("clause"):
        return question
    for child in noun.children:
        if child.i < noun.i:
            continue
        words = {
            c.lower_: c.i for c in child.children if c.dep_ in {"mark", "case"} and c.i < child.i
        }
        if child.dep_ in syntax.ADNOMINAL_CLAUSE and _takes_noun(child):
            return None
        ids = {t.i for t in child.subtree}
        link = [i for w, i in words.items() if w in PREPOSITIONS and i == min(ids)]
        if CONJUNCTIONS & set(words) and child.dep_ in {
            "acl",
            "ccomp",
            "acl:relcl",
            "appos",
            "advcl",
            "nmod",
            "dep",
        }:
            return ("clause", ids - set(link), set(link)) if entry.takes("clause") else None
        if child.dep_ in {"acl", "xcomp", "advcl"} and "to" in words and entry.takes("infinitive"):
            return "infinitive", ids, set()
        if (
            child.dep_ in {"nmod", "acl", "obl", "advcl", "ccomp"}
            and link
            and entry.takes("oblique")
        ):
            return "oblique", ids - set(link), set(link)
    return None


def _takes_noun(verb: Token) -> bool:
    """A relative clause, whose verb takes the noun as object: "a charge that Vik *dismissed*"."""
    phrase = phrase_entry(verb)
    entry = phrase[0] if phrase is not None else verb_entry(verb)
    if (
        verb.pos_ != "VERB"
        or entry is None
        or not entry.takes("object")
        or syntax.subject(verb) is None
    ):
        return False
    return (
        syntax.object_of(verb) is None
        and not syntax.is_passive(verb)
        and not any(c.i > verb.i and c.dep_ in {"ccomp", "xcomp"} for c in verb.children)
    )


def _question(noun: Token) -> tuple[str, set[int], set[int]] | None:
    """The indirect question behind a noun, wherever the parser hung it: "a question about
    *whether* …".
    """
    doc = noun.doc
    link = set()
    i = noun.i + 1
    while i < len(doc) and i < noun.i + 4 and doc[i].lower_ in PREPOSITIONS | {"as", "to"}:
        link.add(i)
        i += 1
    if (
        i >= len(doc)
        or doc[i].lower_ not in word_list("question_words")
        or (doc[i].head.i <= i and doc[i].dep_ != "mark")
    ):
        return None
    if doc[i].lower_ != "whether" and not link:
        return None
    clause = doc[i].head
    ids = {t.i for t in clause.subtree if t.i >= i}
    return ("clause", set(range(i, max(ids) + 1)), link) if ids else None


def according(reading: Reading, word: Token) -> Draft | None:
    """ "according to X": the clause that it stands in is the content."""
    after = reading.after(word.i)
    if after is None or reading.doc[after].lower_ != "to":
        return None
    head = _according_head(reading, word, after)
    if head is None:
        return None
    source = {i for i in noun_phrase(reading, head) if i > after}
    if not source:
        return None
    start, end = enclosing_stretch(reading, word.i)
    last = max(source)
    if head.lower_ in {"whom", "which"}:
        start = word.i
        meant = _antecedent(reading, word)
        if meant is not None:
            head, source = meant, noun_phrase(reading, meant, barred=frozenset({word.i}))
    elif word.i == start:
        source = _to_comma(reading, source | _opening_phrase(reading, after))
        if not source:
            return None
        last = max(source)
    while len(source) > 1 and reading.parts(max(source)):
        source.discard(max(source))
        last = max(source)
    source_end = _past_relative(reading, last, end)
    start = _clause_start(reading, start, word.i)
    before = set(range(start, word.i))
    behind = set(range(source_end, end))
    content = before if reading.words_in(before) >= 3 else behind
    if start == word.i:
        content = set(range(max(_past_relative(reading, last, end), last + 1), end))
    comma = reading.before(word.i)
    nxt = reading.after(max(source))
    if (
        content is before
        and comma is not None
        and reading.doc[comma].text == ","
        and nxt is not None
        and reading.doc[nxt].text == ","
        and (
            _resumes(reading, head, nxt)
            or not _has_verb(reading, before)
            or _takes_clause(reading, nxt)
            or _gives_reason(reading, nxt)
        )
    ):
        content = before | behind
    draft = Draft(word, {word.i, after}, content, source, head, "according", "according to")
    draft.aside = set(range(word.i, max(source) + 1))
    return draft if content else None


def _resumes(reading: Reading, head: Token, comma: int) -> bool:
    """The clause that the phrase stands in goes on behind it, and no second one begins."""
    after = reading.after(comma)
    return head.head.i > comma and after is not None and reading.doc[after].pos_ != "CCONJ"


def _takes_clause(reading: Reading, comma: int) -> bool:
    """What was said goes on: "Lee told aides, according to Berg, *that* …"."""
    after = reading.after(comma)
    return after is not None and reading.doc[after].lower_ == "that"


def _gives_reason(reading: Reading, comma: int) -> bool:
    """Speech goes on: "It is over, according to Berg, *because* …"."""
    after = reading.after(comma)
    return after is not None and reading.doc[after].lower_ == "because"


def _antecedent(reading: Reading, word: Token) -> Token | None:
    """The noun before ", according to *whom*"."""
    comma = reading.before(word.i)
    last = reading.before(comma) if comma is not None else None
    if last is None or reading.doc[last].pos_ not in {"NOUN", "PROPN"}:
        return None
    noun = reading.doc[last]
    while noun.dep_ in syntax.PART_OF_NAME | {
        "nmod",
        "appos",
        "pobj",
    } and noun.head.pos_ in {"NOUN", "PROPN"}:
        noun = noun.head
    return noun


def _past_relative(reading: Reading, last: int, end: int) -> int:
    """One past a source and the clause that tells who it is: "two diplomats, *who spoke* …, "."""
    after = reading.after(last)
    if after is None or after + 1 >= end or not reading.parts(after):
        return last + 1
    pronoun = reading.doc[after + 1]
    if pronoun.tag_ not in {"WP", "WDT"} or pronoun.head.i <= pronoun.i:
        return last + 1
    return min(max(t.i for t in pronoun.head.subtree) + 1, end)


def _opening_phrase(reading: Reading, after: int) -> set[int]:
    """The words from "to" to the first comma, where no verb stands among them: "According to *two
    officials close to the talks*, …".
    """
    for i in range(after + 1, min(after + LONGEST_PHRASE, len(reading.doc))):
        word = reading.doc[i]
        if word.text == "," and not reading.quoted(i):
            return set(range(after + 1, i))
        if word.tag_ in {"VBD", "VBZ", "VBP", "MD"} or reading.ends(i):
            return set()
    return set()


def _to_comma(reading: Reading, source: set[int]) -> set[int]:
    """The source up to its first comma: "According to the survey*,* one in three …"."""
    comma = next(
        (i for i in sorted(source) if reading.doc[i].text == "," and not reading.quoted(i)), None
    )
    return source if comma is None else {i for i in source if i < comma}


def _has_verb(reading: Reading, content: set[int]) -> bool:
    return any(reading.doc[i].tag_ in {"VBD", "VBZ", "VBP", "MD"} for i in content)


def _clause_start(reading: Reading, start: int, stop: int) -> int:
    """Behind the last colon, semicolon or opening bracket before a phrase."""
    for i in range(stop - 1, start, -1):
        if reading.doc[i].text in {":", ";", "("} and not reading.quoted(i):
            return i + 1
        if reading.doc[i].text == ")":
            return start
    return start


def _according_head(reading: Reading, word: Token, after: int) -> Token | None:
    nominal = {"NOUN", "PROPN", "PRON"}
    if word.head.i > after:
        return _whole_name(word.head)
    under = [
        t
        for t in word.subtree
        if t.i > after and t.pos_ in nominal and t.dep_ in {"obl", "pobj", "nmod"}
    ]
    if under:
        return under[0]
    first = reading.after(after)
    if first is None:
        return None
    token = _whole_name(reading.doc[first])
    return token if token.pos_ in nominal else None


def _whole_name(token: Token) -> Token:
    """The head of the phrase that a determiner, possessive or first name begins."""
    while (
        token.dep_ in {"compound", "det", "nmod:poss", "poss", "amod", "nummod", "nmod:desc"}
        and token.head.i > token.i
    ):
        token = token.head
    return token
