"""Quotations that nothing introduces, behind a sentence that tells of one person: "Lee shook her
head. “It was too late.”".
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from kg.extraction.cues import verb_entry, verb_group
from kg.extraction.drafts import Draft
from kg.extraction.quoted_continued import hands_over
from kg.extraction.quoted_page import QuotedPage
from kg.extraction.reading import Run
from kg.extraction.source_words import noun_phrase
from kg.extraction.tables import word_list
from kg.nlp import syntax
from kg.nlp.tokens import Token

FEWEST_WORDS = 4
LONGEST_LABEL = 5
"""Tokens of a name and the colon behind it."""

RATE = 0.6
"""How often such a quotation was speech in the training articles."""

POINTING = frozenset({"that", "this", "those", "these", "so", "such"})
"""What opens a sentence that tells of the words before it: "*That* was Berg's advice"."""

PERSONAL = frozenset({"he", "she"})

AROUND = frozenset({"followed", "before", "around"})


def told_of(page: QuotedPage, drafts: Iterable[Draft]) -> Iterator[Draft]:
    """The statements of whole sentences in quotation marks that no cue has claimed."""
    known = list(drafts)
    taken = {i for d in known for i in d.content}
    spoken = {d.verb.i: d for d in known if d.kind == "say" and d.source and d.verb.i not in taken}
    for run in page.reading.runs:
        if run.start in taken or not _stands_unclaimed(page, run):
            continue
        added = _added(page, run, spoken)
        if added is not None:
            added.content |= set(range(run.start, run.end))
            page.owner[run.number] = added
            continue
        last = _last_before(page, run)
        if last is None:
            continue
        former = page.owner.get(page.reading.run_of[last]) or _spoken_last(page, spoken, last)
        if former is not None and hands_over(former, last):
            continue
        if former is not None:
            former.content |= set(range(run.start, run.end))
        else:
            former = _draft(page, run, last) or _of_nobody(page, run, last)
            if former is None:
                continue
            yield former
        page.owner[run.number] = former


def _stands_unclaimed(page: QuotedPage, run: Run) -> bool:
    """Whole sentences of the story, with nothing beside them that tells who speaks."""
    reading = page.reading
    if run.number in page.owner or run.number in page.titles or run.words < FEWEST_WORDS:
        return False
    if run.last not in ".?!…" or not run.closed or reading.kinds[run.start] is not None:
        return False
    if any(t.text == ":" for t in page.doc[run.start : run.start + LONGEST_LABEL]):
        return False  # "“Ann Lee: It is late.”", with a speaker of its own
    before, after = reading.before(run.start), reading.after(run.end - 1)
    if before is not None and not (reading.ends(before) or page.ends_run(before)):
        return False
    if not reading.readable(run.start) or (before is not None and not reading.readable(before)):
        return False
    if after is None:
        after = page.next_paragraph(run)
    return after is None or not (
        page.doc[after].text[0].islower() or page.doc[after].lower_ in POINTING
    )


def _added(page: QuotedPage, run: Run, spoken: dict[int, Draft]) -> Draft | None:
    """The statement of who adds something in the sentence behind: "“We left.” *He added*: …"."""
    after = page.reading.after(run.end - 1)
    if after is None or page.reading.before(run.start) is not None:
        return None
    if not page.reading.readable(after):
        return None
    start, end = page.reading.sentence(after)
    found = [spoken[i] for i in range(start, end) if i in spoken and not page.reading.quoted(i)]
    adds = word_list("goes_on") | {"add"}
    return found[0] if found and found[0].lemma.split(" ")[0] in adds else None


def _last_before(page: QuotedPage, run: Run) -> int | None:
    """The last token of the sentence before a quotation, in its paragraph or the one before."""
    last = page.reading.before(run.start)
    if last is None:
        last = page.last_before_paragraph(run)
        if last is None or page.reading.kinds[last] is not None:
            return None
    if not page.reading.readable(last):
        return None
    return last if page.reading.ends(last) or page.ends_run(last) else None


def _spoken_last(page: QuotedPage, spoken: dict[int, Draft], last: int) -> Draft | None:
    """The statement whose cue is the main verb of the sentence that ends at `last`."""
    start, end = page.reading.sentence(last)
    found = [spoken[i] for i in range(start, end) if i in spoken]
    main = [d for d in found if d.frame in AROUND or d.verb.dep_ == "ROOT"]
    return main[-1] if len(main) == 1 else None


def _draft(page: QuotedPage, run: Run, last: int) -> Draft | None:
    """What the only person says of whom the sentence before tells."""
    start, end = page.reading.sentence(last)
    if any(page.reading.quoted(i) for i in range(start, end)):
        return None
    verb = next((t for t in page.doc[start:end] if t.dep_ == "ROOT"), None)
    own = syntax.subject(verb) if verb is not None else None
    if verb is None or own is None or own.i > verb.i or not _is_person(own):
        return None
    source = {i for i in noun_phrase(page.reading, own) if start <= i < verb.i}
    others = (t for t in page.doc[start:end] if t.ent_type_ == "PERSON" and t.i not in source)
    if any(others):
        return None
    entry = verb_entry(verb)
    says = entry is not None and entry.kind == "say"
    cue = verb_group(page.reading, verb) - source if says else set()
    content = set(range(run.start, run.end))
    lemma = verb.lemma_.lower() if says else ""
    return Draft(verb, cue, content, source, own, "introduced", lemma, rate=RATE)


def _of_nobody(page: QuotedPage, run: Run, last: int) -> Draft | None:
    """A paragraph that is a quotation: who speaks is left open."""
    if not page.is_item(run):
        return None
    content = set(range(run.start, run.end))
    return Draft(page.doc[last], set(), content, set(), None, "introduced", "", rate=RATE)


def _is_person(noun: Token) -> bool:
    return noun.lower_ in PERSONAL or (noun.pos_ == "PROPN" and noun.ent_type_ == "PERSON")
