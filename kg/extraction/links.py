"""Ties a headline's or subhead's statement to the sentence of the body that carries it."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Iterable

from kg.extraction.reading import Reading
from kg.extraction.tables import word_list
from kg.records import Statement, TextSpan

WORD = re.compile(r"\w+")
STEM = 5
"""Letters by which words are compared: Russia and Russian, high and highest, contact and
contacts.
"""

CLOSE = 0.4
"""Share of a title's content words that the carrying sentence repeats; 3 words at least."""

FEWEST = 3
TITLES = frozenset({"headline", "subhead"})


def content_words(text: str) -> frozenset[str]:
    """The words that carry meaning, cut to their first letters."""
    unfit = word_list("stop")
    return frozenset(
        w[:STEM] for w in WORD.findall(text.lower()) if w not in unfit and not w.isdigit()
    )


def overlap(title: frozenset[str], other: frozenset[str]) -> float:
    """The share of a title's words that another text repeats."""
    shared = title & other
    if len(shared) < min(FEWEST, len(title)) or not title:
        return 0.0
    return len(shared) / len(title)


def carried(reading: Reading, statements: list[Statement], speaks_for: object) -> list[Statement]:
    """The statements with headlines voiced by who speaks in the body, and titles without cue
    added.
    """
    body = [s for s in statements if not s.headline and s.nested_in is None and not s.topic_only]
    words = {s.id: content_words(_text(reading, s.content)) for s in body}
    linked = [_voiced(s, body, words, reading, speaks_for) if s.headline else s for s in statements]
    return [*linked, *_implicit(reading, statements, body, words)]


def _text(reading: Reading, spans: Iterable[TextSpan]) -> str:
    return " ".join(s.of(reading.text) for s in spans)


def _voiced(
    title: Statement,
    body: list[Statement],
    words: dict[str, frozenset[str]],
    reading: Reading,
    speaks_for: object,
) -> Statement:
    """A headline of an organisation, with the person who says it in the body."""
    mine = content_words(_text(reading, title.content) + " " + _text(reading, title.source))
    said = content_words(_text(reading, title.content))
    close = [(overlap(said, words[s.id]), -i) for i, s in enumerate(body)]
    best = max(close, default=(0.0, 0))
    if best[0] < CLOSE or not mine:
        return title
    carrier = body[-best[1]]
    changes: dict[str, object] = {}
    if title.speaker is None:
        changes["speaker"] = carrier.speaker
    elif (
        carrier.speaker != title.speaker
        and callable(speaks_for)
        and speaks_for(carrier.speaker, title.speaker)
    ):
        changes["voiced_by"] = carrier.speaker
    if title.force in {"assert", "comment"}:
        changes["force"], changes["force_secondary"] = carrier.force, carrier.force_secondary
    if not title.targets and title.force == carrier.force:
        changes["targets"] = carrier.targets
    return dataclasses.replace(title, **changes)  # type: ignore[arg-type]


def _implicit(
    reading: Reading,
    statements: list[Statement],
    body: list[Statement],
    words: dict[str, frozenset[str]],
) -> list[Statement]:
    """Subheads and headlines without a cue that say what the next statement says."""
    taken = [s.content[0].start for s in statements if s.headline]
    found = []
    for start, end in reading.paragraphs:
        if not TITLES.intersection(reading.kinds[start:end]):
            continue
        tokens = [i for i in range(start, end) if not reading.doc[i].is_space]
        if not tokens or reading.kinds[tokens[0]] not in TITLES or len(tokens) > 40:
            continue
        spans = reading.spans(tokens)
        if not spans or any(spans[0].start <= t < spans[-1].end for t in taken):
            continue
        quoted = _requoted(reading, tokens, body)
        if quoted is not None:
            found.append(quoted)
            continue
        title = content_words(_text(reading, spans))
        carrier = next((s for s in body if s.content[0].start > spans[-1].end), None)
        if carrier is None or overlap(title, words[carrier.id]) < CLOSE:
            continue
        found.append(_as_title(carrier, spans))
    return found


def _requoted(reading: Reading, tokens: list[int], body: list[Statement]) -> Statement | None:
    """The quotation of a title, spoken by who says the same words in the body."""
    for number in sorted({reading.run_of[i] for i in tokens} - {-1}):
        run = reading.runs[number]
        words = _bare(run.span.of(reading.text))
        claimed = any(c.overlaps(run.span) for s in body for c in s.content)
        if run.words < FEWEST or claimed:
            continue
        for statement in body:
            if words in _bare(_text(reading, statement.content)):
                return dataclasses.replace(_as_title(statement, (run.span,)), type="direct")
    return None


def _bare(text: str) -> str:
    """A text's words alone, between spaces."""
    return f" {' '.join(WORD.findall(text.lower()))} "


def _as_title(carrier: Statement, spans: tuple[TextSpan, ...]) -> Statement:
    return dataclasses.replace(
        carrier,
        id="s" + "-".join(str(n) for span in spans for n in span),
        type="indirect",
        content=spans,
        cue=(),
        source=(),
        cue_lemma=None,
        addressees=(),
        venue=None,
        headline=True,
        confidence=round(0.8 * carrier.confidence, 3),
    )
