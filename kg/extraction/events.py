"""Political events in the PLOVER scheme: the component that finds them, and its records.

An event is a situation that somebody describes; that it happened is nowhere said. Verbs and nouns
show it, the outermost word decides its type, and every mention keeps who asserts it, how surely.
The obligations that somebody calls for (`obligations`) are read from the same scene.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction import actor_layer, obligations
from kg.extraction.actors import actors, places
from kg.extraction.claimants import Voice
from kg.extraction.event_arguments import Arguments
from kg.extraction.event_claims import claim
from kg.extraction.event_dates import carried_on, date, told, uttered
from kg.extraction.event_frames import is_passive
from kg.extraction.event_groups import Found, events_of
from kg.extraction.event_lexicon import verbal
from kg.extraction.event_scene import Scene
from kg.extraction.event_settings import place
from kg.extraction.event_triggers import LONGEST, Finder, Trigger
from kg.nlp import syntax
from kg.nlp.layers import Marked, read_layer, write_layer
from kg.records import Event, Modality, TextSpan
from kg.resolve import gazetteer
from kg.resolve.gazetteer import Gazetteer

EVENTS = "kg_events"
"""Key of the layer."""


@Language.factory("kg_events", requires=["token.dep", "doc.spans"], assigns=["doc.spans"])
def make_events(nlp: Language, name: str) -> EventAnnotator:
    """The component that finds events; belongs behind `kg_dates`, `kg_actors`, `kg_statements`.

    It knows the states that `kg_actors` knows: a city that is hit stands for its state, which may
    be named nowhere else.
    """
    linker = nlp.get_pipe("kg_actors") if nlp.has_pipe("kg_actors") else None
    known = getattr(linker, "gazetteer", None)
    return EventAnnotator(known if isinstance(known, Gazetteer) else gazetteer.load())


class EventAnnotator:
    """Doc → Doc, with the layer of events; states that only their places show join the actors."""

    def __init__(self, known: Gazetteer) -> None:
        self.gazetteer = known

    def __call__(self, doc: Doc) -> Doc:
        """Find the events and keep them in the Doc."""
        scene = Scene(doc, self.gazetteer)
        arguments = Arguments(Finder(scene))
        found = found_in(arguments)
        write_layer(doc, EVENTS, _marks(found), events=found)
        demanded = list(obligations.found_in(scene, arguments))
        obligations.write(doc, demanded)
        named = {a for e in found for a in (*e.agents, *e.targets, *e.mediators)}
        named |= {a for o in demanded for a in (*o.bearers, *o.towards)}
        added = [scene.added[a] for a in sorted(named & scene.added.keys())]
        if added:
            actor_layer.write(doc, [*actors(doc), *added], places(doc))
        return doc


def events(doc: Doc) -> tuple[Event, ...]:
    """The events that the component found, by first mention.

    Raises:
        MissingAnnotation: If `kg_events` did not run.
    """
    return read_layer(doc, EVENTS, "events", Event)


def found_in(arguments: Arguments) -> list[Event]:
    """The events of a Doc that has dates, actors and statements."""
    scene = arguments.scene
    mentions = [m for t in arguments.finder.found() if (m := _mention(scene, arguments, t))]
    return events_of(carried_on(scene, mentions), scene.referents.by_id)


def _mention(scene: Scene, arguments: Arguments, trigger: Trigger) -> Found | None:
    said = claim(scene, trigger)
    agents = arguments.agents(trigger)
    targets = arguments.targets(trigger, agents)
    speech = trigger.type in verbal() and trigger.type != "CONSULT"
    awaited = said.modality == "conditional" and is_passive(trigger.top)
    somebody = agents or targets or not speech or (not awaited and arguments.has_subject(trigger))
    if said.dropped or not somebody:  # "calls for reform": words of nobody to nobody
        return None
    span = _shown(arguments, trigger)
    voice = scene.voice(span)
    when = date(scene, trigger)
    if when is None and speech:
        when = uttered(scene, trigger)
    if when is None:
        when = told(scene, trigger, voice.statement, agents, said.modality)
    return Found(
        type=trigger.type,
        kin=scene.lemmas[trigger.core.i],
        span=span,
        noun=not scene.is_verb(trigger.core),
        sentence=scene.sentence_of[trigger.core.i][0],
        agents=agents,
        targets=targets,
        mediators=arguments.mediators(trigger),
        place=place(scene, trigger),
        date=when,
        asserted_by=voice.asserted_by,
        statement=voice.statement_id,
        polarity=said.polarity,
        modality=_told_as(voice, said.modality),
        confidence=_confidence(trigger, agents, targets),
    )


def _shown(arguments: Arguments, trigger: Trigger) -> TextSpan:
    """The words that show an event: the trigger, with its light verb if that is near."""
    scene = arguments.scene
    first, last = sorted((trigger.top.i, arguments.finder.shown_by(trigger).i))
    if last - first > LONGEST:
        first = last = trigger.core.i
    if first > 1 and scene.low[first - 1] == "," and scene.low[first - 2] == scene.low[first]:
        first -= 2  # "to convince, convince both sides"
    for child in scene.doc[last].children:
        if child.dep_ in syntax.PARTICLE and child.i == last + 1:
            last = child.i
    return scene.chars(first, last + 1)


def _told_as(voice: Voice, modality: Modality) -> Modality:
    """What somebody was asked about or did not say is nobody's claim that it is so."""
    aside = voice.statement is not None and voice.statement.topic_only
    return "unconfirmed" if aside and modality == "actual" else modality


def _confidence(trigger: Trigger, agents: tuple[str, ...], targets: tuple[str, ...]) -> float:
    """Higher with arguments and with a lexicon row that asked for something."""
    return round(
        0.5 + 0.15 * bool(agents) + 0.15 * bool(targets) + 0.1 * bool(trigger.row.conditions), 2
    )


def _marks(found: Iterable[Event]) -> Iterator[Marked]:
    for event in found:
        for span in (event.trigger, *(m.span for m in event.mentions)):
            yield Marked(span, event.type, event.id)
