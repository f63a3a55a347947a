"""Identity decisions made by hand: which actors are one, and which mentions are somebody else's.

They stand in `decisions.yaml`, a list of small blocks that people read, compare and edit, with a
reason each. YAML and not Turtle, because a decision is an instruction in the order in which people
made them and no description of the world, and because `kg actors undo` can take out a block and
leave all other lines, comments included, as they were.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple, cast, get_args

import yaml

from kg.errors import SettingsError
from kg.records import ActorType, TextSpan

FILE = "decisions.yaml"
HEAD = """# Identity decisions made by hand, which every build of this graph follows.
# `kg actors merge`, `split` and `undo` write them. Who edits them here runs `kg build` again.
"""
TYPES = frozenset(get_args(ActorType))
_ID = re.compile(r"[A-Za-z0-9]+(?:-[A-Za-z0-9]+)*")
_MENTION = re.compile(r"(?P<article>.+)#(?P<start>\d{1,9})-(?P<end>\d{1,9})", re.ASCII)
_COUNTRY = re.compile(r"[A-Z]{3}")
_KEYS = frozenset({"into", "name", "type", "country", "reason"})


class MentionAt(NamedTuple):
    """Words of an article: half-open, in code points."""

    article: str
    span: TextSpan

    def __str__(self) -> str:
        return f"{self.article}#{self.span.start}-{self.span.end}"

    @classmethod
    def read(cls, text: str) -> MentionAt | None:
        """A mention written as ARTICLE#START-END."""
        found = _MENTION.fullmatch(text)
        if found is None or int(found["start"]) >= int(found["end"]):
            return None
        return cls(found["article"], TextSpan(int(found["start"]), int(found["end"])))


@dataclass(frozen=True, slots=True)
class Decision:
    """A merge or split: some actors, or some of an actor's mentions, go by the id `into`.

    Without `articles` and `mentions` the whole `actors` do. `name`, `type` and `country` describe
    `into`, unless the gazetteer does.
    """

    actors: tuple[str, ...]
    into: str
    reason: str
    articles: tuple[str, ...] = ()
    mentions: tuple[MentionAt, ...] = ()
    name: str | None = None
    type: ActorType | None = None
    country: str | None = None

    @property
    def is_split(self) -> bool:
        """Only a part of an actor is meant."""
        return bool(self.articles or self.mentions)

    def covers(self, article: str, span: TextSpan | None) -> bool:
        """The decision holds for an actor's mention; without one, for the actor in an article."""
        if not self.is_split or article in self.articles:
            return True
        return span is not None and MentionAt(article, span) in self.mentions

    def __str__(self) -> str:
        if not self.is_split:
            return f"merge {', '.join(self.actors)} into {self.into}"
        parts = ", ".join([*self.articles, *map(str, self.mentions)])
        return f"split {', '.join(self.actors)} ({parts}) into {self.into}"


@dataclass(frozen=True, slots=True)
class Decisions:
    """The decisions of a graph in the order in which they were made, and the file's text."""

    made: tuple[Decision, ...] = ()
    text: str = ""
    path: str = FILE
    _by_actor: dict[str, list[Decision]] = field(default_factory=dict, init=False, compare=False)

    def __post_init__(self) -> None:
        for decision in sorted(self.made, key=lambda d: (not d.mentions, not d.articles)):
            for actor in decision.actors:
                self._by_actor.setdefault(actor, []).append(decision)

    def __bool__(self) -> bool:
        return bool(self.made)

    def step(self, actor: str, article: str, span: TextSpan | None) -> Decision | None:
        """The decision by which an actor's mention goes to another; single mentions count first."""
        found = (d for d in self._by_actor.get(actor, ()) if d.covers(article, span))
        return next(found, None)

    def adding(self, other: Decisions) -> Decisions:
        """These and others, each once; of two files, errors are told of the other's.

        Raises:
            SettingsError: If they contradict each other, or could not be read again.
        """
        new = [d for d in dict.fromkeys(other.made) if d not in self.made]
        before = self.text or HEAD
        text = before + "\n" * (not before.endswith("\n")) + "".join(map(written, new))
        found = checked(Decisions((*self.made, *new), text if new else before, other.path))
        if _holds(found.text, found.made):
            return found
        text = HEAD + "".join(map(written, found.made))  # the others stood on one line
        if parsed(text, other.path).made != found.made:
            raise SettingsError(f"{other.path}: {new[-1]}: cannot be read again as it is written")
        return Decisions(found.made, text, other.path)

    def without(self, number: int) -> Decisions:
        """All but one, counted from 1.

        Raises:
            SettingsError: If there is none of that number.
        """
        if not 0 < number <= len(self.made):
            known = f"1 to {len(self.made)}" if self.made else "none"
            raise SettingsError(f"{self.path}: no decision {number}; there are {known}")
        nodes = yaml.compose(self.text, Loader=yaml.SafeLoader)
        assert isinstance(nodes, yaml.SequenceNode)
        lines = self.text.splitlines(keepends=True)
        block = nodes.value[number - 1]
        first, last = block.start_mark.line, block.end_mark.line
        while last > first + 1 and lines[last - 1 : last] and _is_remark(lines[last - 1]):
            last -= 1  # what stands between two blocks belongs to the second
        made = self.made[: number - 1] + self.made[number:]
        text = "".join(lines[:first] + lines[last:])
        if not made:
            return Decisions((), "", self.path)
        if not _holds(text, made):  # several stood on one line
            text = HEAD + "".join(map(written, made))
        return Decisions(made, text, self.path)


def _holds(text: str, made: tuple[Decision, ...]) -> bool:
    try:
        return parsed(text).made == made
    except SettingsError:
        return False


def _is_remark(line: str) -> bool:
    return not line.strip() or line.lstrip().startswith("#")


def written(decision: Decision) -> str:
    """A decision as a block of the file."""
    block: dict[str, object] = (
        {"split": decision.actors[0]} if decision.is_split else {"merge": list(decision.actors)}
    )
    if decision.articles:
        block["articles"] = list(decision.articles)
    if decision.mentions:
        block["mentions"] = list(map(str, decision.mentions))
    for key in ("into", "name", "type", "country", "reason"):
        value = getattr(decision, key)
        if value is not None:
            block[key] = value
    return yaml.safe_dump([block], sort_keys=False, allow_unicode=True, width=100)


def read(path: str | Path) -> Decisions:
    """The decisions of a file.

    Raises:
        SettingsError: If it cannot be read, is malformed or contradicts itself; the text names
            file, subject and reason.
    """
    try:
        text = Path(path).read_text(encoding="utf-8")
    except (OSError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path}: cannot be read: {error}") from error
    return parsed(text, str(path))


def parsed(text: str, path: str = FILE) -> Decisions:
    """The decisions that a text holds; see `read`."""
    try:
        items = yaml.load(text, Loader=yaml.BaseLoader)  # makes strings only
    except (yaml.YAMLError, ValueError) as error:
        raise SettingsError(f"{path}: not YAML: {error}") from error
    if items is None:
        return Decisions((), text, path)
    if not isinstance(items, list):
        raise SettingsError(f"{path}: a list of decisions is needed, each beginning with a dash")
    made = [_decision(item, f"{path}: decision {n}") for n, item in enumerate(items, 1)]
    return checked(Decisions(tuple(made), text, path))


def _decision(item: object, where: str) -> Decision:
    if not isinstance(item, dict):
        raise SettingsError(f"{where}: merge: or split: is needed")
    kinds = [k for k in ("merge", "split") if k in item]
    if len(kinds) != 1:
        raise SettingsError(f"{where}: either merge: or split: is needed")
    kind = kinds[0]
    known = _KEYS | ({"merge"} if kind == "merge" else {"split", "articles", "mentions"})
    if unknown := sorted(map(str, item.keys() - known)):
        raise SettingsError(f"{where}: {kind} knows no {', '.join(unknown)}")
    words = {k: _word(item, k, where) for k in _KEYS}
    into, reason, sort = words["into"], words["reason"], words["type"]
    if into is None or reason is None:
        raise SettingsError(f"{where}: into: and reason: are needed")
    if sort is not None and sort not in TYPES:
        raise SettingsError(f'{where}: {into}: "{sort}" is no type of actor')
    actors = _words(item, kind, where)
    for actor in (*actors, into):
        if not _ID.fullmatch(actor):
            raise SettingsError(f'{where}: "{actor}" is no id: letters, digits and hyphens')
    country = words["country"]
    if country is not None and not _COUNTRY.fullmatch(country):
        raise SettingsError(f'{where}: {into}: "{country}" is no country: three capital letters')
    return Decision(
        actors=actors,
        into=into,
        reason=reason,
        articles=_words(item, "articles", where) if "articles" in item else (),
        mentions=tuple(_mentions(item, where)),
        name=words["name"],
        type=cast(ActorType | None, sort),
        country=country,
    )


def _word(item: Mapping[str, object], key: str, where: str) -> str | None:
    value = item.get(key)
    if value is None:
        return None
    if not isinstance(value, str) or not value.strip():
        raise SettingsError(f"{where}: {key}: must be words")
    return value.strip()


def _words(item: Mapping[str, object], key: str, where: str) -> tuple[str, ...]:
    value = item[key]
    values = value if isinstance(value, list) else [value]
    words = tuple(v.strip() for v in values if isinstance(v, str) and v.strip())
    if not words or len(words) < len(values):
        raise SettingsError(f"{where}: {key}: must be a name or a list of names")
    if key == "split" and len(words) > 1:
        raise SettingsError(f"{where}: split: one actor at a time")
    return words


def _mentions(item: Mapping[str, object], where: str) -> Iterator[MentionAt]:
    for text in _words(item, "mentions", where) if "mentions" in item else ():
        mention = MentionAt.read(text)
        if mention is None:
            raise SettingsError(f'{where}: "{text}" is no mention; write ARTICLE#START-END')
        yield mention
    if "split" in item and not ("mentions" in item or "articles" in item):
        raise SettingsError(f"{where}: {item['split']}: split needs articles: or mentions:")


def checked(decisions: Decisions) -> Decisions:
    """The decisions, if they agree.

    Raises:
        SettingsError: If one undoes another, or two give the same mentions to different actors.
    """
    for problem in _contradictions(decisions):
        raise SettingsError(f"{decisions.path}: {problem}")
    return decisions


def _contradictions(decisions: Decisions) -> Iterator[str]:
    for decision in decisions.made:
        if decision.into in decision.actors:
            yield f"{decision.into}: cannot become itself ({decision})"
    yield from _loops(decisions.made)
    for n, one in enumerate(decisions.made):
        for two in decisions.made[n + 1 :]:
            yield from _rivals(one, two)


def _loops(made: Iterable[Decision]) -> Iterator[str]:
    """Actors that decisions send round in a circle: merged into one, and split from it again."""
    onward: dict[str, list[Decision]] = {}
    for decision in made:
        for actor in decision.actors:
            onward.setdefault(actor, []).append(decision)
    done: set[str] = set()
    for start in onward:
        if start not in done:
            yield from _circles(start, onward, done)


def _circles(start: str, onward: Mapping[str, list[Decision]], done: set[str]) -> Iterator[str]:
    """The circles on the ways from an actor; a loop, as a way may be longer than Python's stack."""
    path, taken = {start: 0}, list[Decision]()
    open_ways = [iter(onward.get(start, ()))]
    while open_ways:
        decision = next(open_ways[-1], None)
        if decision is None:
            open_ways.pop()
            done.add(path.popitem()[0])
            del taken[-1:]
        elif (actor := decision.into) in path:
            circle = [*taken, decision][path[actor] :]
            yield f"{actor}: contradictory: " + "; but ".join(f"{d} ({d.reason})" for d in circle)
        elif actor not in done:
            path[actor] = len(path)
            taken.append(decision)
            open_ways.append(iter(onward.get(actor, ())))


def _rivals(one: Decision, two: Decision) -> Iterator[str]:
    """Two decisions of the same reach that give the same to different actors."""
    shared = sorted(set(one.actors) & set(two.actors))
    if not shared or one.into == two.into:
        return
    articles = sorted(set(one.articles) & set(two.articles))
    mentions = sorted(map(str, set(one.mentions) & set(two.mentions)))
    whole = not (one.is_split or two.is_split)
    if whole or articles or mentions:
        what = ", ".join([*articles, *mentions])
        yield (
            f"{shared[0]}{f' in {what}' if what else ''}: contradictory: "
            f"{one} ({one.reason}); but {two} ({two.reason})"
        )
