"""Quotations with their cue before them: Lee said: "…"."""

from __future__ import annotations

import re

from kg.extraction.cues import lexicon, noun_entry, verb_group
from kg.extraction.drafts import Draft
from kg.extraction.edges import FINITE_TAGS, clause_right_of, enclosing_stretch, finite
from kg.extraction.quoted_cue import draft_of
from kg.extraction.quoted_followed import followed
from kg.extraction.quoted_page import QuotedPage
from kg.extraction.reading import Run
from kg.extraction.source_words import noun_phrase
from kg.extraction.tables import word_list
from kg.nlp import syntax
from kg.nlp.tokens import Token

FARTHEST_COMMA = 18
"""Tokens from a verb to the comma before its quotation: "told the paper in an interview, “"."""

LONGEST_LABEL = 6
"""Words of a name before a colon."""

LONGEST_NAME = 15
"""Words of somebody's name and office that a paragraph begins with."""

ITEM = re.compile(r"\(?(?:\d{1,2}|[a-z])[.)]|\d{1,2}")
"""What numbers an item of a list."""

NAME_PARTS = syntax.PART_OF_NAME | {"appos"}

COLONS = frozenset({":", "):"})
"""A colon, and one that the tokenizer left on a bracket: "Ann Lee (Green League): “…”"."""

EMPHASIS = re.compile(r"[*_]+")
"""Markdown between a label and what stands behind it."""

LONGEST_PREDICATE = 6
"""Tokens of a predicate that as a whole announces a quotation: "returned to his line: “…”"."""


def introduced(page: QuotedPage, run: Run) -> Draft | None:
    """The statement of a quotation, if the clause before it announces it."""
    before = page.reading.before(run.start)
    if before is None or (page.mark_of(run) and page.is_item(run)):
        return _introduced_by_paragraph(page, run)
    while before > 0 and EMPHASIS.fullmatch(page.doc[before].text):
        before -= 1
    text = page.doc[before].text
    if text in COLONS:
        later = followed(page, run) if run.last == "," else None
        named = later is not None and later.lemma in lexicon()
        return later if named else _before_colon(page, run, before)
    if page.reading.is_dash(before) and run.last == ",":
        later = followed(page, run)
        if later is not None and later.lemma in lexicon():
            return later
    if text == "," or page.reading.is_dash(before):
        draft = _before_comma(page, run, before)
        return draft or (_labelled_by_dash(page, run, before) if text != "," else None)
    if page.reading.quoted(before) or page.goes_on_outside(run):
        return None
    verb = page.doc[before]
    if verb.lemma_.lower() in word_list("not_spoken") or (
        run.words <= 2 and run.last not in ".,?!"
    ):
        return None
    if page.reports(verb) and not _unspoken(verb):
        return draft_of(
            page, run, verb, "introduced", low=page.clause_start(before), high=run.start
        )
    receiving = verb.head
    if (
        verb.dep_ in syntax.OBJECT
        and receiving.lemma_.lower() in word_list("receiving")
        and run.words > 3
    ):
        return draft_of(
            page, run, receiving, "introduced", low=page.clause_start(before), high=run.start
        )
    return None


def _unspoken(verb: Token) -> bool:
    """What is done to somebody by nobody named: "were *shot* in “Trainwreck”"."""
    if not syntax.is_passive(verb) or syntax.agent(verb) is not None:
        return False
    return verb.lemma_.lower() not in word_list("spoken_to") | {"say"}


def stated_before(page: QuotedPage, run: Run) -> Draft | None:
    """A speech behind a sentence that only says who spoke: "Lee said in a statement. “…”"."""
    stop = page.reading.before(run.start)
    if stop is None or page.reading.quoted(stop) or not page.reading.ends(stop):
        return None
    if run.words < 4 or run.last not in ".?!…" or not run.closed:
        return None
    low = page.clause_start(stop)
    if page.reading.quoted(low - 1) and page.reading.before(low) is not None:
        return None
    verb = page.doc.root(low, stop) if low < stop else None
    if verb is None or verb.tag_ not in FINITE_TAGS or not page.reports(verb):
        return None
    own = syntax.subject(verb)
    if own is None or not low <= own.i < verb.i:
        return None
    reported = syntax.REPORTED | syntax.OBJECT
    if any(c.dep_ in reported for c in verb.children):
        return None
    if any(page.reading.quoted(i) for i in range(low, stop)):
        return None
    return draft_of(page, run, verb, "introduced", low=low, high=stop)


def _last_cue(page: QuotedPage, low: int, high: int) -> Token | None:
    """The last verb of saying before a quotation; a later verb of any kind, with a subject,
    goes first.
    """
    other: Token | None = None
    participle: Token | None = None
    for i in range(high - 1, low - 1, -1):
        token = page.doc[i]
        if page.reading.quoted(i) or token.pos_ not in {"VERB", "AUX"}:
            continue
        if page.reports(token):
            if token.dep_ == "acl" and token.tag_ == "VBN" and token.head.pos_ == "NOUN":
                participle = participle or token  # "in an interview *published* on Monday"
                continue
            if (
                other is not None
                and token.dep_ in {"advcl", "acl", "acl:relcl", "relcl"}
                and other.i != token.head.i
            ):
                return other
            return token
        if (
            other is None
            and token.tag_ in {"VBD", "VBZ"}
            and syntax.subject(token) is not None
            and syntax.object_of(token) is None
            and token.pos_ == "VERB"
        ):
            other = token
    return participle


def _before_colon(page: QuotedPage, run: Run, colon: int) -> Draft | None:
    low = page.clause_start(colon)
    verb = _last_cue(page, low, colon)
    if verb is not None:
        used = page.extended(run, verb)
        if used is not None:
            return used
        draft = draft_of(page, run, verb, "introduced", low=low, high=colon)
        if draft is None:
            return None
        between = range(max(draft.cue) + 1, colon)
        phrase = " ".join([verb.lemma_, *(page.doc[i].lower_ for i in between)])
        if page.doc[colon].text == ":" and (not between or phrase in lexicon()):
            draft.cue |= {*between, colon}
        _with_clause_before(page, draft, run, colon)
        return draft
    return _labelled(page, run, low, colon) or _announced(page, run, low, colon)


def _labelled(page: QuotedPage, run: Run, low: int, colon: int) -> Draft | None:
    """A name before a colon: "Ann Lee, mayor of Vik: “…”", also in a list: "2. *Ann Lee*: “…”"."""
    dash = max((i for i in range(low, colon) if page.reading.is_dash(i)), default=low - 1)
    label = [i for i in range(dash + 1, colon) if not page.doc[i].is_space]
    if [page.doc[i].lower_ for i in label[-2:]] == ["as", "follows"]:
        if any(t.text == ":" for t in page.doc[run.start : run.start + LONGEST_LABEL]):
            return None  # a transcript, in which each turn has its own name
        del label[-2:]  # "Transcript *as follows*: “…”"
    while label and (not page.reading.is_word[label[0]] or ITEM.fullmatch(page.doc[label[0]].text)):
        del label[0]
    if len(label) > 2 and page.doc[label[0]].lower_ in word_list("no_speakers"):
        label = label[2:] if page.doc[label[1]].text == ":" else label  # "Photo: Ann Lee: “…”"
    if any(page.doc[i].pos_ in {"VERB", "AUX"} or page.reading.quoted(i) for i in label):
        return None
    words = page.reading.words_in(label)
    if not 0 < words <= (LONGEST_NAME if _presents(page, label) else LONGEST_LABEL):
        return None
    content = set(range(run.start, run.end))
    if page.doc[label[0]].lower_ in {"by", "from"}:
        del label[0]
    elif page.doc[label[0]].pos_ == "ADP":  # "On the budget: “…”" tells no speaker
        return Draft(page.doc[colon], {colon}, content, set(), None, "colon", ":")
    if page.doc[colon].text != ":":
        bracket = next((n for n, i in enumerate(label) if page.doc[i].text == "("), None)
        label = label[:bracket]
    if not label:
        return None
    head = page.doc.root(label[0], label[-1] + 1)
    return Draft(page.doc[colon], {colon}, content, set(label), head, "colon", ":")


def _presents(page: QuotedPage, label: list[int]) -> bool:
    """A paragraph begins with somebody's name and what he is: "Ann Lee, mayor of Vik"."""
    first = page.reading.before(label[0]) if label else None
    if not label or (
        first is not None and page.reading.is_word[first] and not _numbers(page, first)
    ):
        return False
    named = any(page.doc[i].ent_type_ == "PERSON" for i in label)
    return named and page.doc[label[0]].text[0].isupper()


def _numbers(page: QuotedPage, i: int) -> bool:
    return ITEM.fullmatch(page.doc[i].text) is not None and page.reading.before(i) is None


def _labelled_by_dash(page: QuotedPage, run: Run, dash: int) -> Draft | None:
    """A paragraph that is a name, a dash and a speech: "Ann Lee, mayor – “…”"."""
    number = page.reading.paragraph_of[dash]
    low = page.reading.paragraphs[number][0]
    whole = run.closed and run.last in ".?!…" and page.reading.after(run.end - 1) is None
    if not whole or run.words < 4 or page.clause_start(dash) > low:
        return None
    draft = _labelled(page, run, low, dash)
    if draft is None or not _presents(page, sorted(draft.source)):
        return None
    draft.lemma = "-"
    return draft


def _announced(page: QuotedPage, run: Run, low: int, colon: int) -> Draft | None:
    """A whole sentence behind a colon, whose clause has no verb of saying: "His message was
    blunt: “…”", "He returned to the old line: “…”".
    """
    if run.words < 4 or run.last not in ".?!…" or not run.closed:
        return None
    for i in range(colon - 1, low - 1, -1):
        verb = page.doc[i]
        if verb.tag_ not in {"VBD", "VBZ"} or page.reading.quoted(i):
            continue
        own = syntax.subject(syntax.clause_head(verb))
        if own is None or not low <= own.i < colon or not _can_speak(page, own):
            return _named_last(page, run, low, colon)
        cue = verb_group(page.reading, verb)
        cue |= set(range(verb.i, syntax.clause_head(verb).i + 1))
        if colon - verb.i <= LONGEST_PREDICATE:
            cue |= set(range(verb.i, colon))
        source = noun_phrase(page.reading, own, barred=frozenset(cue))
        content = set(range(run.start, run.end))
        return Draft(verb, cue - source, content, source, own, "colon", verb.lemma_.lower())
    return None


def _named_last(page: QuotedPage, run: Run, low: int, colon: int) -> Draft | None:
    """A clause that ends with the name of who speaks: "This surprised even Ann Lee: “…”"."""
    if page.doc[colon - 1].ent_type_ != "PERSON" or page.reading.quoted(colon - 1):
        return None
    head = page.doc[colon - 1]
    while low <= head.head.i < colon and head.dep_ in NAME_PARTS and head.head != head:
        head = head.head
    source = {i for i in noun_phrase(page.reading, head) if low <= i < colon}
    content = set(range(run.start, run.end))
    return Draft(page.doc[colon], {colon}, content, source, head, "colon", ":")


def _can_speak(page: QuotedPage, noun: Token) -> bool:
    if noun.pos_ == "PROPN" or noun.lower_ in {"he", "she", "they", "who"}:
        return True
    if any(name.pos_ == "PROPN" for name in syntax.appositions(noun)):
        return True
    return noun_entry(noun) is not None or noun.lemma_.lower() in word_list("speaking_things")


def _with_clause_before(page: QuotedPage, draft: Draft, run: Run, limit: int) -> None:
    """A clause or object between the verb and the quotation belongs to what is said."""
    judged = draft.verb.lemma_.lower() in word_list("not_spoken")  # "called *it a lie: “…”*"
    before = syntax.CLAUSAL_COMPLEMENT | (syntax.OBJECT if judged else frozenset())
    for child in draft.verb.children:
        if draft.verb.i < child.i < limit and child.dep_ in before:
            ids = [t.i for t in child.subtree if draft.verb.i < t.i < limit]
            draft.content |= set(range(min(ids), run.start))
            return


def _before_comma(page: QuotedPage, run: Run, comma: int) -> Draft | None:
    low = page.clause_start(comma)
    verb = _last_cue(page, low, comma)
    if verb is None:
        if low < comma and page.doc[low].lower_ == "according":
            return draft_of(page, run, page.doc[low], "introduced", low=low, high=comma)
        verb = _leading_to(page, run, low, comma)
        if verb is None:
            return None
        return draft_of(page, run, verb, "introduced", low=low, high=comma)
    used = page.extended(run, verb)
    if used is not None:
        return used
    far = comma - verb.i > FARTHEST_COMMA
    named = verb.lemma_.lower() in word_list("not_spoken")
    if far or (named and verb != _leading_to(page, run, low, comma)) or _unspoken(verb):
        return None
    draft = draft_of(page, run, verb, "introduced", low=low, high=comma)
    if draft is None:
        return None
    if named:
        draft.force = "assert"  # "*called* over her shoulder" names nothing
    _with_fronted_subject(page, draft, run, low)
    clause = clause_right_of(page.reading, verb)
    that = next((i for i in range(verb.i + 1, comma) if _opens_clause(page, i)), None)
    if clause is not None and clause.i < comma:
        ids = [t.i for t in clause.subtree if verb.i < t.i < comma]
        draft.content |= set(range(min(ids), run.start))
    elif (
        that is not None
        and run.last in ".?!"
        and not finite(page.reading, set(range(verb.i + 1, that)))
    ):
        draft.content |= set(range(that, run.start))
    elif any(page.doc[k].tag_ in {"VBD", "VBZ", "VBP"} for k in range(verb.i + 1, comma)):
        return None
    return draft


def _leading_to(page: QuotedPage, run: Run, low: int, comma: int) -> Token | None:
    """The verb without object, of whatever kind, to which the parser tied a whole sentence: "Lee
    cracked, “We are done.”", "Lee called over her shoulder, “We are done.”".
    """
    first = next((t for t in page.doc[run.start : run.end] if page.reading.is_word[t.i]), None)
    if first is None or not first.text[0].isupper() or run.last not in ".?!" or run.words < 3:
        return None
    spoken = syntax.CLAUSAL_COMPLEMENT | syntax.SPEECH_PARATAXIS
    for verb in (page.doc[i] for i in range(comma - 1, low - 1, -1)):
        own = syntax.subject(verb) if verb.tag_ in {"VBD", "VBZ"} else None
        if own is None or page.reading.quoted(verb.i):
            continue
        tied = any(c.dep_ in spoken and run.start <= c.i < run.end for c in verb.children)
        person = own.lower_ in word_list("offices") | word_list("persons")
        speaks = tied and low <= own.i < verb.i and (person or _can_speak(page, own))
        return verb if speaks and syntax.object_of(verb) is None else None
    return None


def _opens_clause(page: QuotedPage, i: int) -> bool:
    """A "that" whose clause is quoted: "said *that* after a year, “we are done.”"."""
    that = page.doc[i]
    return that.lower_ == "that" and that.pos_ == "SCONJ" and page.reading.quoted(that.head.i)


def _with_fronted_subject(page: QuotedPage, draft: Draft, run: Run, low: int) -> None:
    """The subject of what is quoted, before the speaker: "*The dam*, Lee said, “is safe” for
    now".
    """
    first = next((t for t in page.doc[run.start : run.end] if page.reading.is_word[t.i]), None)
    if first is None or first.tag_ not in FINITE_TAGS or draft.verb.tag_ not in FINITE_TAGS:
        return
    commas = [i for i in range(low, draft.verb.i) if page.reading.parts(i)]
    front = range(low, commas[-1]) if commas else range(0)
    if not page.reading.words_in(front) or finite(page.reading, set(front)):
        return
    draft.content |= set(front)
    speaker = [i for i in range(commas[-1] + 1, draft.verb.i) if page.reading.is_word[i]]
    if speaker and not draft.source <= set(speaker):
        draft.source_head = page.doc.root(speaker[0], speaker[-1] + 1)
        draft.source = set(range(speaker[0], speaker[-1] + 1)) - draft.cue
    if page.goes_on_outside(run):
        draft.content |= set(range(run.end, enclosing_stretch(page.reading, run.end)[1]))


def _introduced_by_paragraph(page: QuotedPage, run: Run) -> Draft | None:
    """A quotation at the head of a paragraph, announced by a colon at the end of the one
    before.
    """
    last = page.last_before_paragraph(run)
    if last is None or page.doc[last].text != ":" or page.reading.quoted(last):
        return None
    if page.reading.kinds[last] != page.reading.kinds[run.start]:
        return None
    return None if followed(page, run) is not None else _before_colon(page, run, last)
