"""Obligations: what somebody calls on others to do or to leave undone, who says so, by when.

Found by `kg_events` beside the events, from the same scene. Where the words are the cue of a
statement, its speaker demands; in its content, whoever speaks there.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.tokens import Doc

from kg.extraction import conditions
from kg.extraction import event_frames as frames
from kg.extraction.agreements import AGREEMENTS, agreements
from kg.extraction.claimants import Voice
from kg.extraction.event_arguments import Arguments
from kg.extraction.event_people import People, each
from kg.extraction.event_prepositions import by_preposition
from kg.extraction.event_scene import Scene
from kg.extraction.obligation_frames import Obliging, obliging
from kg.nlp import syntax
from kg.nlp.layers import Marked, read_layer, write_layer
from kg.nlp.tokens import Token
from kg.records import ARTICLE, Agreement, Obligation, TextSpan

OBLIGATIONS = "kg_obligations"
"""Key of the layer."""

BY_WHICH = frozenset({"under", "per", "by", "in line with", "in accordance with", "as part of"})
"""Prepositions of the agreement by which something is owed."""

CONCERNED = ("to", "towards", "toward", "with", "against", "from", "on", "at", "for")
"""Prepositions of those whom an action concerns."""


def obligations(doc: Doc) -> tuple[Obligation, ...]:
    """The obligations that somebody calls for in the article behind `doc`, in reading order.

    Raises:
        MissingAnnotation: If `kg_events` did not run.
    """
    return read_layer(doc, OBLIGATIONS, "obligations", Obligation)


def write(doc: Doc, found: Iterable[Obligation]) -> None:
    """Keep the obligations in the Doc."""
    records = list(found)
    marks = [Marked(o.action, o.force.upper(), o.id, next(iter(o.bearers), "")) for o in records]
    write_layer(doc, OBLIGATIONS, marks, obligations=records)


def found_in(scene: Scene, arguments: Arguments) -> Iterator[Obligation]:
    """The obligations of a scene; `arguments` are those of its events."""
    doc = scene.doc.spacy
    known = agreements(doc) if AGREEMENTS in doc.spans else ()
    for one in obliging(scene):
        record = _record(scene, arguments, one, known)
        if record is not None:
            yield record


def _record(
    scene: Scene, arguments: Arguments, one: Obliging, known: tuple[Agreement, ...]
) -> Obligation | None:
    people = arguments.people
    first, last = _extent(scene, people, one)
    action, cue = scene.chars(first, last), scene.chars(one.cue.i, one.cue.i + 1)
    voice = _demander(scene, arguments, one)
    bearers = people.agents(one.bearers)
    if not bearers and one.cue.i in scene.cues:
        targets = scene.cues[one.cue.i].targets
        bearers = scene.members(tuple(t for t in targets if t in scene.referents.by_id))
    under = tuple(dict.fromkeys(_under(scene, one, known, action)))
    if not bearers and not under and voice.asserted_by == ARTICLE:
        return None  # the writer's own "should", of nobody we know
    if bearers == (voice.asserted_by,) and one.asked_by is not None:
        return None
    inside = [d for d in scene.dates_near(first, last) if d[2].end]
    clause = conditions.condition(one.action)
    return Obligation(
        id=f"o{action.start}",
        force=one.force,
        action=action,
        cue=cue,
        asserted_by=voice.asserted_by,
        statement=voice.statement_id,
        bearers=bearers,
        towards=tuple(_concerned(scene, arguments, one, bearers, known)),
        under=under,
        condition=scene.chars(*clause) if clause is not None else None,
        deadline=conditions.deadline(inside, one.action),
    )


# ---------------------------------------------------------------- what is to be done


def _extent(scene: Scene, people: People, one: Obliging) -> tuple[int, int]:
    """The tokens that tell what is to be done, up to the end of what its speaker says."""
    action, doc = one.action, scene.tokens_of
    kept = {t.i for t in action.subtree}
    for child in action.children:
        if child.dep_ == "parataxis" or _is_new_clause(child):
            kept -= {t.i for t in child.subtree}
    end = action.i + 1
    limit = _spoken_until(scene, action)
    while end < limit and (end in kept or _is_joined(doc[end])):
        end += 1
    while end - 1 > action.i and (doc[end - 1].is_punct or doc[end - 1].is_space):
        end -= 1
    return _start(people, one), end


def _start(people: People, one: Obliging) -> int:
    """Where the action begins; at the subject where that is what is to come about.

    "*All measures* must be taken", "*the attacks* should stop": of who acts nothing is said.
    """
    own = syntax.subject(one.action)
    if own is None or own.i > one.action.i or own.pos_ == "PRON":
        return one.start
    if own in one.bearers and (people.agents([own]) or one.asked_by is not None):
        return one.start
    return own.left_edge.i


def _is_joined(token: Token) -> bool:
    """Part of a word with a hyphen, which parses may tear apart."""
    before = token.doc[token.i - 1]
    return not before.whitespace_ and ("-" in {before.text, token.text})


def _is_new_clause(child: Token) -> bool:
    """A conjunct with a subject of its own says something else."""
    return child.dep_ in syntax.CONJUNCT and syntax.subject(child) is not None


def _spoken_until(scene: Scene, token: Token) -> int:
    """Where the statement around a token ends; else its sentence."""
    sentence = scene.sentence_of[token.i][1]
    voice = scene.voice(scene.chars(token.i, token.i + 1))
    if voice.statement is None:
        return sentence
    here = token.idx
    span = next(s for s in voice.statement.content if s.start <= here < s.end)
    return min(sentence, scene.tokens(span)[1])


# ---------------------------------------------------------------- who, towards whom, under what


def _demander(scene: Scene, arguments: Arguments, one: Obliging) -> Voice:
    """Who demands it, and in which statement."""
    around = scene.voice(scene.chars(one.cue.i, one.cue.i + 1))
    if one.asked_by is None:
        return around
    verb = one.asked_by
    asked = scene.cues.get(one.cue.i)
    voice = Voice.of(asked) if asked is not None else around
    if asked is not None and voice.asserted_by is not None:
        return voice
    if syntax.is_passive(verb):
        demanding = arguments.people.after(verb, "by")
    else:
        demanding = arguments.people.agents(frames.subjects(verb))
    return voice._replace(asserted_by=next(iter(demanding), voice.asserted_by))


def _concerned(
    scene: Scene,
    arguments: Arguments,
    one: Obliging,
    bearers: tuple[str, ...],
    known: tuple[Agreement, ...],
) -> Iterator[str]:
    """The actors that the action is done to or directed at, but for the bearers' own."""
    passive = syntax.is_passive(one.action)
    nouns = frames.subjects(one.action) if passive else frames.objects(one.action)
    for preposition in CONCERNED:
        nouns = [*nouns, *by_preposition(scene, one.action, preposition)]
    first, last = _extent(scene, arguments.people, one)
    found = each(
        arguments.people.targets([n])
        for n in dict.fromkeys(nouns)
        if first <= n.i < last and not scene.is_date(n)
    )
    titles = [m.span for a in known for m in a.mentions]
    named = scene.members(
        tuple(
            actor
            for mention, actor in scene.referents.mentions_in(scene.chars(first, last))
            if not any(t.contains(mention.span) for t in titles)
        )
    )
    for actor in found:
        own = actor in bearers or scene.referents.by_id[actor].part_of in bearers
        if actor in named and not own:
            yield actor


def _under(
    scene: Scene, one: Obliging, known: tuple[Agreement, ...], action: TextSpan
) -> Iterator[str]:
    """The agreements that are to be kept, or by which something is owed."""
    clause = {o.noun.i for v in (one.action, one.cue) for o in _owed(v)}
    for agreement in known:
        for mention in agreement.mentions:
            start, end = scene.tokens(mention.span)
            if action.contains(mention.span) or clause & set(range(start, end)):
                yield agreement.id
                break


def _owed(verb: Token) -> list[syntax.Oblique]:
    return [o for o in syntax.obliques(verb) if o.preposition in BY_WHICH]
