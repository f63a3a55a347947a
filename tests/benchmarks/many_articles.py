"""A large graph of invented articles, for measuring: records through `kg.rdf.write`, no pipeline.

    python tests/benchmarks/many_articles.py FOLDER [--articles 3500] [--seed 1]

3,500 articles give about half a million quads. FOLDER then holds `graph.nq.gz` and `store/`, which
is what `kg query` needs. The same numbers give the same bytes.

Each article has a statement or two and the mentions in them; every third describes an agreement
that other articles describe too, with parties, a status that somebody asserts or denies, and now
and then a provision; every third has an event, every eighth somebody's office. Some actors are
named far more often than others, as in news.
"""

from __future__ import annotations

import argparse
import itertools
import random
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from kg.rdf.write import (
    Entities,
    Identities,
    Run,
    article_quads,
    dataset_quads,
    nquads,
    provenance_quads,
    write_nquads_gz,
)
from kg.records import (
    ARTICLE,
    Actor,
    Agreement,
    AgreementStatus,
    Article,
    DateExpression,
    Event,
    Extraction,
    Interval,
    Mention,
    Participation,
    ParticipationRole,
    Provision,
    Role,
    Statement,
    TextSpan,
)
from kg.sorting import LineSorter
from kg.stores import local


def _words(text: str) -> list[str]:
    return text.split()


FIRST = _words("Bel Kes Os Var Tor Lun Mar Dre Sol Fen Gra Hol Ist Jor Kal Nor Pel Rus Tam Ulv")
LAST = _words("mora tria tava nia land stan dova heim burg mark via rona lia gard sk vik una ora")
STATUSES = _words("signed in_force suspended ended denied proposed violated agreed")
FORCES = _words("assert accuse deny demand promise reject call_on threaten welcome warn")
EVENTS = _words("CONSULT ASSAULT AGREE AID SANCTION THREATEN RETREAT REQUEST")
ROLES: tuple[ParticipationRole, ...] = ("party", "party", "party", "mediator", "guarantor")
START = date(2021, 1, 1)


class World:
    """Who and what the articles are about: 120 states, each with a ministry and a spokesperson."""

    def __init__(self, seed: int) -> None:
        self.random = random.Random(seed)
        names = [a + b for a, b in itertools.product(FIRST, LAST)][:: len(LAST) // 6]
        self.states = [_actor(name, "state") for name in names[:120]]
        self.ministries = [
            _actor(f"Foreign Ministry of {s.name}", "government_body", s.id) for s in self.states
        ]
        self.people = [
            _actor(f"{LAST[i % 18].title()} {m.name[20:]}a", "person", m.id)
            for i, m in enumerate(self.ministries)
        ]
        self.actors = [*self.states, *self.ministries, *self.people]
        self.weights = [
            (3 if actor.type == "state" else 1) / (1 + i % 120)
            for i, actor in enumerate(self.actors)
        ]

    def some(self, count: int) -> list[Actor]:
        """Different actors, the first in their lists more often."""
        drawn = self.random.choices(self.actors, self.weights, k=3 * count)
        return list({a.id: a for a in drawn}.values())[:count]


def _actor(name: str, type: str, part_of: str | None = None) -> Actor:
    found = Actor(name.lower().replace(" ", "-"), name, "state", part_of=part_of, known=True)
    return Actor(found.id, name, type, part_of=part_of, known=True)  # type: ignore[arg-type]


class Writer:
    """Writes an article from left to right and notes where its words stand."""

    def __init__(self) -> None:
        self.text = ""
        self.mentions: dict[str, list[Mention]] = {}

    def __call__(self, words: str) -> TextSpan:
        start = len(self.text)
        self.text += words
        return TextSpan(start, len(self.text))

    def name(self, thing: Actor | str) -> TextSpan:
        """Words that stand for an actor, or for the agreement at hand."""
        words, key = (thing, "agreement") if isinstance(thing, str) else (thing.name, thing.id)
        span = self(words)
        self.mentions.setdefault(key, []).append(Mention(span, "name", "gazetteer", 0.95))
        return span


def articles(count: int, seed: int = 1) -> Iterator[Extraction]:
    """The articles, one a day for some and several on others."""
    world = World(seed)
    for i in range(count):
        yield _article(world, i)


def _article(world: World, i: int) -> Extraction:
    chance, write = world.random, Writer()
    day = (START + timedelta(days=chance.randrange(1200))).isoformat()
    when = Interval(day, day, "day")
    actors = world.some(4)
    statements = [_statement(chance, write, actors, when) for _ in range(chance.choice((1, 1, 2)))]
    agreements = [_agreement(chance, write, actors, statements[0])] if i % 3 == 0 else []
    events = [_event(chance, write, actors, when)] if i % 3 == 1 else []
    dates = [DateExpression(write(f"It was {day}. "), day, day, "day", "iso")] if i % 2 else []
    roles = {a.id: _role(write, a, day) for a in actors if a.type == "person" and i % 8 == 0}
    return Extraction(
        Article(
            f"report-{i:06}",
            f"report-{i:06}.txt",
            write.text,
            title=f"Report {i}",
            publisher=chance.choice(("Coast Wire", "Northern Wire", "Harbour Post")),
            published=day,
            published_basis="metadata",
            language="en",
        ),
        actors=tuple(_mentioned(a, write, roles) for a in actors),
        statements=tuple(statements),
        agreements=tuple(agreements),
        events=tuple(events),
        dates=tuple(dates),
    )


def _mentioned(actor: Actor, write: Writer, roles: dict[str, Role]) -> Actor:
    held = (roles[actor.id],) if actor.id in roles else ()
    found = tuple(write.mentions.get(actor.id, ()))
    return Actor(
        actor.id,
        actor.name,
        actor.type,
        part_of=actor.part_of,
        known=True,
        roles=held,
        mentions=found,
    )


def _statement(
    chance: random.Random, write: Writer, actors: list[Actor], when: Interval
) -> Statement:
    speaker, about = chance.sample(actors, 2)
    source, cue = write.name(speaker), write(" said ")
    start = len(write.text)
    write("that the convoys of ")
    write.name(about)
    write(f" had crossed {chance.randrange(90)} times")
    content = TextSpan(start, len(write.text))
    write(". ")
    force = chance.choice(FORCES)
    return Statement(
        f"{content.start}-{content.end}",
        "indirect",
        (content,),
        cue=(cue,),
        source=(source,),
        cue_lemma="say",
        speaker=speaker.part_of if speaker.type == "person" else speaker.id,
        voiced_by=speaker.id if speaker.type == "person" else None,
        targets=(about.id,) if force in ("accuse", "demand", "call_on") else (),
        mentions=(about.id,),
        force=force,
        polarity="negative" if force in ("deny", "reject") else "positive",
        confidence=chance.choice((0.95, 0.9, 0.8, 0.65)),
        same_as=f"u{chance.randrange(400)}" if chance.random() < 0.1 else None,
        said_on=when,
    )


def _agreement(
    chance: random.Random, write: Writer, actors: list[Actor], said: Statement
) -> Agreement:
    number = chance.randrange(150)
    label = f"Accord of {FIRST[number % 20]}{LAST[number % 18]} {number}"
    span = write.name(label)
    write(" stands. ")
    by = said.speaker if chance.random() < 0.6 and said.speaker else ARTICLE
    statement = said.id if by != ARTICLE else None
    parts = tuple(
        Participation(a.id, chance.choice(ROLES), by, span, statement) for a in actors[:2]
    )
    status = AgreementStatus(
        chance.choice(STATUSES),
        by,
        span,
        statement,
        polarity=chance.choice(("positive", "positive", "positive", "negative")),
        modality=chance.choice(("actual", "actual", "possible", "called_for")),
        by=(actors[0].id,) if chance.random() < 0.5 else (),
    )
    to_do = write("to open the road") if number % 5 == 0 else None
    return Agreement(
        f"accord-{number}",
        label,
        "ceasefire",
        participations=parts,
        status=(status,),
        provisions=(Provision("to open the road", to_do),) if to_do else (),
        resolves_to=(f"X{number % 40}",),
        mentions=tuple(write.mentions.pop("agreement")),
    )


def _event(chance: random.Random, write: Writer, actors: list[Actor], when: Interval) -> Event:
    trigger = write("They met. ")
    by = chance.choice((ARTICLE, actors[0].id))
    return Event(
        f"{trigger.start}-{trigger.end}",
        chance.choice(EVENTS),
        trigger,
        by,
        agents=(actors[0].id,),
        targets=(actors[1].id,),
        place=None,
        date=when,
        polarity=chance.choice(("positive", "positive", "negative")),
        modality=chance.choice(("actual", "actual", "future")),
        confidence=chance.choice((0.9, 0.6)),
    )


def _role(write: Writer, person: Actor, day: str) -> Role:
    span = write(f"{person.name} is spokeswoman. ")
    return Role("spokesperson", person.part_of or "", day, "spokeswoman", "text", span)


def write_graph(folder: Path, count: int, seed: int = 1) -> int:
    """Write `graph.nq.gz` and `store/`; gives the number of quads."""
    folder.mkdir(parents=True, exist_ok=True)
    run = Run(version="0", model="invented", model_version="0")
    entities, identities = Entities(), Identities()
    entities.describe(
        actors=World(seed).actors,
        agreements=[Agreement(f"X{n}", f"Instrument {n}", "treaty") for n in range(40)],
    )
    with LineSorter(folder) as lines:
        for item in articles(count, seed):
            lines.add(nquads(article_quads(item, run=run)).splitlines(keepends=True))
            entities.add(item)
            identities.add(item)
        for quads in (entities.quads(), identities.quads(), provenance_quads(run)):
            lines.add(nquads(quads).splitlines(keepends=True))
        lines.add(nquads(dataset_quads(lines, run=run)).splitlines(keepends=True))
        write_nquads_gz(folder / "graph.nq.gz", lines)
        local.build(folder / "graph.nq.gz", folder / "store")
        return len(lines)


def main() -> None:
    """Write the graph and tell how large it is."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("folder", type=Path)
    parser.add_argument("--articles", type=int, default=3500)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    quads = write_graph(given.folder, given.articles, given.seed)
    print(f"{given.folder}: {given.articles:,} articles, {quads:,} quads")  # noqa: T201


if __name__ == "__main__":
    main()
