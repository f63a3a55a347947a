"""Where drafts of statements meet: which one keeps the words, and which lies inside another."""

from __future__ import annotations

import functools

from kg.extraction.confidence import stands
from kg.extraction.drafts import Draft
from kg.extraction.joined import opens_behind_comma
from kg.extraction.reading import Reading
from kg.extraction.source_words import noun_phrase
from kg.extraction.tables import rows, word_list
from kg.nlp import syntax
from kg.nlp.articles import NOT_THE_STORY
from kg.nlp.tokens import Token

QUOTED_FRAMES = frozenset(
    {"followed", "introduced", "colon", "label", "title", "signed", "transcript"}
)
TITLES = frozenset({"headline", "subhead", "standfirst"})
NOMINAL = frozenset({"NOUN", "PROPN", "PRON"})
PLAIN_TENSES = frozenset({"VBD", "VBZ", "VBP"})
ACCOMPANYING = frozenset({"while", "before"})
"""What joins a second act of speech: "promised to talk *while* insisting on terms"."""

LONGEST_NAME = 4
"""Words in the name of a news agency."""

LONGEST_OPENING = 8
"""Words before a speaker who is named twice: "Asked about the delay, Berg said …, he said"."""

AROUND_FRAMES = frozenset({"before", "around", "as", "according"})


def settled(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """The drafts that stand, in reading order; a cue in another's content makes one nested."""
    drafts = [d for d in drafts if reading.kinds[d.verb.i] not in NOT_THE_STORY and stands(d)]
    for draft in drafts:
        _leave_dateline(reading, draft)
        _end_at_semicolon(reading, draft)
        draft.content = whole_quotations(reading, draft)
    drafts = [d for d in drafts if d.content]  # of some nothing but the dateline was left
    drafts = _said_once(reading, drafts)
    quoted = [d for d in drafts if d.frame in QUOTED_FRAMES]
    _end_before_others(reading, drafts, quoted)
    _keep_within(drafts)
    owner: dict[int, Draft] = {}
    for d in quoted:
        for i in d.content:
            owner.setdefault(i, d)
    kept = list(quoted)
    for d in sorted((d for d in drafts if d.frame not in QUOTED_FRAMES), key=_priority):
        inside = owner.get(d.verb.i)
        if inside is not None:
            d.content = (
                {i for i in d.content if i in inside.content} if _worth_nesting(d) else set()
            )
        elif reading.quoted(d.verb.i):
            continue
        else:
            d.content = _free(reading, d, owner)
            for i in d.content:
                owner.setdefault(i, d)
        if any(_tells(reading, i) for i in d.content):
            kept.append(d)
    kept = [d for d in _passed_on(reading, kept) if d.content]
    return sorted(kept, key=lambda d: (min(d.content), -len(d.content), d.verb.i))


def _said_once(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """The drafts without those that repeat who speaks: "Berg said the dam was safe, *he said*"."""
    clauses = {d.verb.i: d for d in drafts if d.frame == "clause" and d.kind == "say"}
    dropped: set[int] = set()
    for outer in drafts:
        head = outer.source_head
        again = head is not None and head.lower_ in {"he", "she", "they"} and outer.kind == "say"
        inserted = outer.frame == "clause" and min(outer.content) < outer.verb.i
        around = inserted or outer.frame in {"before", "around"}
        if not around or not again or reading.quoted(outer.verb.i):
            continue
        for inner in clauses.values():
            held = outer.frame == "around" and outer.content <= inner.content
            if held and inner.source_head not in {None, head} and inner is not outer:
                inner.content -= outer.aside | outer.cue | outer.source
                dropped.add(id(outer))
        for inner in (clauses[i] for i in sorted(outer.content & clauses.keys())):
            rest = outer.content - inner.content - inner.cue - inner.source - inner.aside
            another = inner.source_head not in {None, head}
            opening = reading.words_in(i for i in rest if i < inner.verb.i)
            if not another or inner.verb.i > outer.verb.i or opening > LONGEST_OPENING:
                continue
            inner.content |= {i for i in rest if i > outer.verb.i}
            inner.content -= outer.aside | outer.cue | outer.source
            dropped.add(id(outer))
            break
    return [d for d in drafts if id(d) not in dropped]


def _passed_on(reading: Reading, drafts: list[Draft]) -> list[Draft]:
    """The drafts, those of media that only pass on what another says made its relay.

    "Amin said he would go, *the state agency reported*": Amin's statement, by way of the agency.
    """
    dropped: set[int] = set()
    for outer in drafts:
        head = outer.source_head
        if outer.frame not in AROUND_FRAMES or head is None or not _is_medium(reading, outer):
            continue
        for inner in drafts:
            if inner is outer or inner.relay is not None or not inner.source:
                continue
            frame = inner.cue | inner.source
            within = inner.verb.i in outer.content
            around = outer.verb.i in inner.content and outer.content <= inner.content | frame
            rest = outer.content - inner.content - frame - inner.aside
            if not (within or around) or reading.words_in(rest) > 3:
                continue
            inner.relay, inner.relay_words = head, outer.source
            first = min(outer.source | outer.cue)
            if first > max(frame):
                before = {i for i in inner.content if i < first}
                inner.content = before or inner.content - outer.aside - outer.cue - outer.source
            dropped.add(id(outer))
            break
    return [d for d in drafts if id(d) not in dropped]


def _is_medium(reading: Reading, draft: Draft) -> bool:
    words = [reading.doc[i].text for i in sorted(draft.source)]
    if {w.lower() for w in words} & word_list("media"):
        return True
    spans = (words[i : i + n] for i in range(len(words)) for n in range(1, LONGEST_NAME + 1))
    return any(" ".join(span) in _agencies() for span in spans)


@functools.cache
def _agencies() -> frozenset[str]:
    return frozenset(row["name"] for row in rows("news_agencies.tsv"))


def _end_at_semicolon(reading: Reading, draft: Draft) -> None:
    """Keep what a headline says behind a semicolon out of the statement before it."""
    if reading.kinds[draft.verb.i] not in TITLES:
        return
    signs = (i for i in draft.content if reading.doc[i].text == ";" and not reading.quoted(i))
    stop = min((i for i in signs if i > draft.verb.i), default=None)
    if stop is not None:
        draft.content = {i for i in draft.content if i < stop}


def _leave_dateline(reading: Reading, draft: Draft) -> None:
    """Keep the place and day that open a report out of its first statement.

    The parser takes them for the subject: "GENEVA – *Norland and Vik* agreed …".
    """
    head = draft.source_head
    if head is not None and reading.kinds[head.i] == "dateline":
        draft.source_head, draft.source = None, set()
        i = head.i
        end = reading.sentence(i)[1]
        while i < end and (reading.kinds[i] == "dateline" or reading.doc[i].pos_ not in NOMINAL):
            i += 1
        if i < min(end, draft.verb.i):
            noun = reading.doc[i]
            while noun.head.pos_ in NOMINAL and i < noun.head.i < draft.verb.i:
                noun = noun.head
            barred = frozenset(draft.cue | draft.content)
            draft.source_head, draft.source = noun, noun_phrase(reading, noun, barred=barred)
    if draft.source and draft.frame not in QUOTED_FRAMES:
        draft.source |= _first_of_list(reading, draft)
    for part in (draft.content, draft.cue, draft.source):
        part -= {i for i in part if reading.kinds[i] == "dateline"}


def _first_of_list(reading: Reading, draft: Draft) -> set[int]:
    """Speakers before the source that the parser left to the dateline: "*Peru,* Chile and Cuba"."""
    first = min(draft.source)
    listed = any(reading.doc[i].pos_ == "CCONJ" for i in draft.source)
    i = first
    while (
        listed and i > 1 and reading.doc[i - 1].text == "," and reading.doc[i - 2].pos_ in NOMINAL
    ):
        start = syntax.noun_phrase(reading.doc[i - 2])[0]
        i = max(start, next((k + 1 for k in range(i - 2, start, -1) if _dated(reading, k)), start))
    return set(range(i, first)) if i < first and _dated(reading, i - 1) else set()


def _dated(reading: Reading, i: int) -> bool:
    return i >= 0 and reading.kinds[i] == "dateline"


def _worth_nesting(draft: Draft) -> bool:
    """A statement within another: somebody else's, or an act in the name of a body ("we urge")."""
    head = draft.source_head
    if (
        head is None
        or draft.kind == "noun"
        or draft.lemma in {"want", "need", "respond", "respond to"}
        or (draft.frame == "oblique" and draft.force in {"assert", "comment"})
        or (draft.kind == "think" and head.lower_ == "they")
        or head.lower_ in {"nobody", "somebody", "anybody", "everybody", "people"}
        or any(c.lower_ in {"if", "unless"} and c.i < draft.verb.i for c in draft.verb.children)
        or draft.verb.tag_ not in {"VBD", "VBZ", "VBP", "VBN", "VBG", "JJ"}
        or (draft.verb.tag_ == "JJ" and len(draft.content) < 2)
    ):
        return False
    if head.lower_ in {"i", "he", "she", "it", "you", "who", "which", "that"} or draft.force in {
        "concede",
        "announce",
        "comment",
        "ask",
    }:
        return False
    return draft.verb.tag_ != "VBG" or draft.verb.dep_ in syntax.ADNOMINAL_CLAUSE


def _priority(draft: Draft) -> tuple[int, int]:
    return -len(draft.content), draft.verb.i


def _free(reading: Reading, draft: Draft, owner: dict[int, Draft]) -> set[int]:
    """What nobody else has said; nothing if too little is left."""
    free = {i for i in draft.content if i not in owner or i in draft.reported}
    if len(free) == len(draft.content):
        return free
    left, all_words = reading.words_in(free), reading.words_in(draft.content)
    before = {i for i in draft.content if i < draft.verb.i}
    if draft.frame == "around" and before <= free:
        return before if reading.words_in(before) > 2 else set()
    return free if left >= 2 and left >= 0.5 * all_words else set()


def whole_quotations(reading: Reading, draft: Draft) -> set[int]:
    """Content that reaches into a quotation from outside has all of it."""
    if reading.quoted(draft.verb.i):
        return draft.content
    content = set(draft.content)
    for number in sorted({reading.run_of[i] for i in draft.content} - {-1}):
        run = reading.runs[number]
        content |= set(range(run.start, run.end))
    return content - draft.cue


def _end_before_others(reading: Reading, drafts: list[Draft], quoted: list[Draft]) -> None:
    """Unquoted content ends where the writer turns to another statement: "said he agreed | and
    added, …".
    """
    plain = [d for d in drafts if d.frame not in QUOTED_FRAMES and not reading.quoted(d.verb.i)]
    starts = {d.verb.i: d for d in [*quoted, *plain] if not reading.quoted(d.verb.i)}
    for draft in plain:
        if draft.frame in AROUND_FRAMES:
            continue
        for i in sorted(draft.content & starts.keys()):
            other = starts[i]
            if i <= draft.verb.i or i not in draft.content:
                continue
            quoted_speech = other.frame in QUOTED_FRAMES and not draft.topic_only
            if quoted_speech and _reports(draft, other):
                draft.content |= other.content
                draft.reported |= other.content
                continue
            stop = _turn(reading, draft, other)
            if stop is not None:
                draft.content = (
                    _without_tail(reading, {k for k in draft.content if k < stop}) - other.content
                )


def _keep_within(drafts: list[Draft]) -> None:
    """What is promised or asked holds the content of its own verb: "vowed to *defend “all”*"."""
    promised = {d.verb.i: d for d in drafts if d.frame == "infinitive"}
    for draft in drafts:
        outer = promised.get(draft.verb.head.i)
        joined = draft.verb.dep_ in syntax.OPEN_COMPLEMENT and draft.frame not in QUOTED_FRAMES
        if joined and outer is not None and draft.verb.i in outer.content:
            draft.content &= outer.content


def _reports(draft: Draft, other: Draft) -> bool:
    """The whole other statement is what is reported: "said that Lee had told him: “…”"."""
    verb = other.verb
    own = syntax.subject(verb)
    return _reported_within(draft.verb, verb) or (
        verb.head == draft.verb
        and verb.dep_ in syntax.CLAUSAL_COMPLEMENT
        and own is not None
        and draft.verb.i < own.i < verb.i
    )


def _reported_within(outer: Token, verb: Token) -> bool:
    """A participle in the clause that is reported: "said he was yelling at people *saying* “…”"."""
    if verb.tag_ != "VBG" or verb.nbor(-1).pos_ not in {"NOUN", "PROPN", "PRON"}:
        return False
    node = verb
    while node.head != node and node.head != outer:
        if (
            node.dep_
            not in syntax.ADVERBIAL_CLAUSE | syntax.ADNOMINAL_CLAUSE | syntax.OPEN_COMPLEMENT
        ):
            return False
        node = node.head
    return node.head == outer and node.dep_ in syntax.CLAUSAL_COMPLEMENT


def _turn(reading: Reading, draft: Draft, other: Draft) -> int | None:
    """Where a statement inside another's content begins, if it is the writer's and no part of the
    content.
    """
    doc, verb = reading.doc, other.verb
    shares = syntax.subject(verb) is None and other.frame not in QUOTED_FRAMES
    own = () if shares else {i for i in other.source if draft.verb.i < i < verb.i}
    first = min(other.cue.union(own), default=verb.i)
    before = reading.before(first)
    if before is None or before <= draft.verb.i:
        return None
    if _governs(verb, draft.verb):
        return first  # "Those who said so | doubted it": the cue's clause is part of the other's
    link = doc[before]
    if draft.topic_only and other.source and link.text == ",":
        return before
    if other.frame in QUOTED_FRAMES:
        return before if link.pos_ in {"CCONJ", "PUNCT"} else first
    if verb.tag_ == "VBG" and link.text == ",":
        return before
    if verb.tag_ == "VBG" and _closes_with_comma(reading, before):
        return before + 1
    if shares and _accompanies(reading, draft, other, before):
        other.source, other.source_head = set(draft.source), draft.source_head
        return before
    joined = verb.tag_ == "VBG" == draft.verb.tag_ and verb.dep_ in syntax.CONJUNCT
    if link.pos_ == "CCONJ" and shares and (joined or _resumes(reading, draft, other)):
        other.source, other.source_head = set(draft.source), draft.source_head
        return before
    if link.lower_ in word_list("contrasting") and not shares:
        if verb.dep_ in syntax.ADVERBIAL_CLAUSE and verb.head.i > verb.i in draft.content:
            return None  # "found that, *while most say* …, few do"
        sign = reading.before(before)
        if (
            sign is not None
            and sign > draft.verb.i
            and (reading.parts(sign) or doc[sign].text == ";")
        ):
            return sign
    return before if link.text == ";" else None


def _accompanies(reading: Reading, draft: Draft, other: Draft, link: int) -> bool:
    """A second act of whoever spoke, behind a whole clause: "said it had ended *before claiming
    that …*", "vowed to fight, *while calling for talks*".
    """
    if other.verb.tag_ != "VBG" or reading.doc[link].lower_ not in ACCOMPANYING:
        return False
    if not any(reading.doc[i].pos_ == "VERB" for i in draft.content if i < link):
        return False
    sign = reading.before(link)
    return other.frame == "clause" or (sign is not None and reading.parts(sign))


def _closes_with_comma(reading: Reading, i: int) -> bool:
    run = reading.run_of[i]
    return run >= 0 and reading.runs[run].end == i + 1 and reading.runs[run].last == ","


def _tells(reading: Reading, i: int) -> bool:
    """A word that can be content: a day alone is not ("ads *announced Wednesday*")."""
    return reading.is_word[i] and reading.doc[i].lower_ not in word_list("calendar")


def _governs(verb: Token, other: Token) -> bool:
    """A verb further to the left is part of what hangs on the subject of this one, or before it."""
    return other.i < verb.i and verb.is_ancestor(other)


def _resumes(reading: Reading, draft: Draft, other: Draft) -> bool:
    """The second verb has the tense of the first, and what lies between has not: "said it *had
    ended* and *called* …". What somebody thinks is told by whoever tells what he did: "said she
    *had waited* but *feared* …".
    """
    first, second = draft.verb, other.verb
    if second.tag_ not in PLAIN_TENSES or second.tag_ not in _tenses(first):
        return _perfect(second) and _perfect(first) and not _perfect(second.head)
    between = second.head
    aside = between.dep_ in syntax.ADVERBIAL_CLAUSE | syntax.RELATIVE_CLAUSE and between != first
    if aside and opens_behind_comma(reading, second):
        return True  # "said it stood after it *shook*, *but warned* of more"
    thought = other.kind == "think" or second.tag_ != first.tag_
    own = _tenses(between) if thought else {between.tag_}
    return between == first or second.tag_ not in own


def _perfect(verb: Token) -> bool:
    """ "Has said", "have called"."""
    return verb.tag_ == "VBN" and any(t.lower_ in {"has", "have"} for t in syntax.auxiliaries(verb))


def _tenses(verb: Token) -> set[str]:
    """The tags of a verb and its auxiliaries, or of a predicate and its copula."""
    copulas = (c.tag_ for c in verb.children if c.dep_ in syntax.COPULA)
    return {verb.tag_, *(t.tag_ for t in syntax.auxiliaries(verb)), *copulas}


def _without_tail(reading: Reading, content: set[int]) -> set[int]:
    """Content without a conjunction or sign at its end."""
    left = sorted(content)
    while (
        left
        and (not reading.is_word[left[-1]] or reading.doc[left[-1]].pos_ == "CCONJ")
        and not reading.quoted(left[-1])
    ):
        left.pop()
    return set(left)
