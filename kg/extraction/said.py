"""Drafts of statements become records."""

from __future__ import annotations

import dataclasses

from kg.extraction.attribution import FIRST_PERSON, Participants
from kg.extraction.confidence import confidence
from kg.extraction.drafts import Draft
from kg.extraction.force import content_modality, content_polarity, force_of
from kg.extraction.links import carried
from kg.extraction.reading import Reading
from kg.extraction.tables import word_list
from kg.extraction.transcripts import FRAME
from kg.extraction.voices import voiced
from kg.nlp import syntax
from kg.nlp.tokens import Token
from kg.records import Statement, StatementType, TextSpan


def records(reading: Reading, drafts: list[Draft]) -> list[Statement]:
    """The statements that drafts stand for, in reading order."""
    cast = Participants(reading)
    made: dict[str, tuple[Statement, Draft]] = {}
    inside = _outer(drafts)
    ids: dict[int, str] = {}
    for draft in drafts:
        content = reading.spans(draft.content)
        if not content:
            continue
        sid = "s" + "-".join(str(n) for span in content for n in span)
        if sid in made:
            continue
        outer = inside.get(id(draft))
        parent = ids.get(id(outer)) if outer is not None else None
        above = made[parent][0] if parent in made else None
        made[sid] = (_record(reading, cast, draft, sid, content, above), draft)
        ids[id(draft)] = sid
    found = carried(reading, [s for s, _ in made.values()], cast.speaks_for)
    found = voiced(reading, found, cast)
    return sorted(found, key=lambda s: (s.content[0].start, -s.content[-1].end, s.id))


def _outer(drafts: list[Draft]) -> dict[int, Draft]:
    """For each draft whose cue lies in another's content, the innermost of those."""
    holder: dict[int, Draft] = {}
    for draft in sorted(drafts, key=lambda d: -len(d.content)):
        for i in draft.content:
            holder[i] = draft
    found = {}
    for draft in drafts:
        outer = _holder(draft, drafts, holder)
        if outer is not None:
            found[id(draft)] = outer
    return found


def _holder(draft: Draft, drafts: list[Draft], holder: dict[int, Draft]) -> Draft | None:
    outer = holder.get(draft.verb.i)
    return outer if outer is not None and outer is not draft else None


def _record(
    reading: Reading,
    cast: Participants,
    draft: Draft,
    sid: str,
    content: tuple[TextSpan, ...],
    above: Statement | None,
) -> Statement:
    speakers = _speakers(cast, draft, above)
    speaker = speakers[0] if speakers else None
    force = force_of(reading, draft, cast, speaker)
    shown = {force.force, force.secondary}
    targets: tuple[str, ...] = ()
    if shown & word_list("calls"):
        found = _targets(reading, cast, draft, force.targets)
        mutual = any(map(syntax.is_reciprocal, force.targets))
        targets = cast.each(speakers) if mutual else tuple(t for t in found if t != speaker)
    kind = _type(reading, draft)
    title = reading.kinds[min(draft.content)] in {"headline", "subhead"}
    statement = Statement(
        id=sid,
        type=kind,
        content=content,
        cue=reading.spans_any(draft.cue),
        source=reading.spans(draft.source),
        cue_lemma=draft.lemma,
        speaker=speaker,
        co_speakers=tuple(speakers[1:]),
        via=cast.actor(draft.relay, draft.relay_words) if draft.relay is not None else None,
        addressees=cast.addressees(draft),
        venue=cast.venue(draft),
        targets=targets,
        force=force.force,
        force_secondary=force.secondary,
        polarity=content_polarity(reading, draft),
        modality=content_modality(reading, draft, force.force),
        confidence=confidence(draft),
        headline=title,
        topic_only=draft.topic_only,
        nested_in=above.id if above is not None else None,
        said_on=above.said_on if above is not None else cast.said_on(draft, content),
    )
    return _voiced(cast, draft, statement, above)


def _speakers(cast: Participants, draft: Draft, above: Statement | None) -> list[str]:
    found = cast.speakers(draft)
    head = draft.source_head
    if found or above is None or head is None or above.speaker is None:
        return found
    if head.lower_ in {"i", "me", "my"}:
        return [above.speaker]
    if head.lower_ in FIRST_PERSON:
        bodies = cast.bodies(above.speaker) if cast.kind(above.speaker) == "person" else []
        return [bodies[-1] if bodies else above.speaker]
    return found


def _voiced(
    cast: Participants, draft: Draft, statement: Statement, above: Statement | None
) -> Statement:
    """A nested statement of the body that the outer speaker speaks for is voiced by that person."""
    if above is None or above.speaker is None or statement.speaker in {None, above.speaker}:
        return statement
    if (
        cast.kind(above.speaker) == "person"
        and cast.kind(statement.speaker) != "person"
        and cast.speaks_for(above.speaker, statement.speaker)
    ):
        return dataclasses.replace(statement, voiced_by=above.speaker)
    return statement


def _targets(
    reading: Reading, cast: Participants, draft: Draft, nouns: tuple[Token, ...]
) -> tuple[str, ...]:
    if draft.addressed and cast.referents is not None:
        spans = reading.spans(draft.addressed)
        return tuple(dict.fromkeys(a for s in spans for a in cast.referents.within(s)))
    return tuple(dict.fromkeys(actor for noun in nouns for actor in cast.named(noun)))


def _type(reading: Reading, draft: Draft) -> StatementType:
    if draft.frame == FRAME:
        return "direct"
    words = [i for i in draft.content if reading.is_word[i]]
    quoted = sum(reading.quoted(i) for i in words)
    if not quoted:
        return "indirect"
    return "direct" if quoted == len(words) else "mixed"
