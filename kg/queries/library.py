"""The named questions: `questions/*.rq`, their parameters, and how they are asked.

The comments at the head of each file are its help:

    # help: Who said what about X?
    # group: statements
    # param: about topic+parts required "actor or agreement that it is about"
    # param: days integer=31 "most days between the two"
    # example: about="Aldin Accord" days=7

A type is one of `TYPES`, perhaps with a default; `+parts` widens an actor to all that is part of
it and to who holds an office there, `+groups` to the groups that it is a member of. `querytext`
tells how parameters enter a query.
"""

from __future__ import annotations

import datetime
import functools
import re
import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from importlib import resources

from kg.errors import QueryError
from kg.queries.lookup import Names
from kg.queries.sparql import Graph, select
from kg.queries.terms import Bindings, Table, Term, literal

GROUPS = ("statements", "actors", "agreements", "claims", "time", "sources", "evidence", "quality")
TYPES = ("actor", "agreement", "topic", "article", "thing", "date", "text", "integer")
EXTENSIONS = ("parts", "groups")
EXACTLY = "exactly"
"""A parameter that every question takes: true to take actors without their parts and groups."""

ParameterValue = str | int | datetime.date

_HEADER = re.compile(r"# (help|group|param|example): (.*)")
_PARAMETER = re.compile(r'(\w+) ([a-z]+)((?:\+[a-z]+)*)(?: (required)|=(\S+))? "([^"]+)"')


@dataclass(frozen=True, slots=True)
class Parameter:
    """Something that a question wants to be told."""

    name: str
    type: str
    help: str
    required: bool = False
    default: str | None = None
    extensions: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Question:
    """A named query with its help and parameters."""

    name: str
    group: str
    help: str
    query: str
    parameters: tuple[Parameter, ...] = ()
    example: Mapping[str, str] = field(default_factory=dict)
    """Parameters with which it can be asked of the small graph that tests and catalogue use."""


@functools.cache
def questions() -> Mapping[str, Question]:
    """All named questions, in the order of `GROUPS` and then of their names."""
    folder = resources.files("kg.queries") / "questions"
    files = (f for f in folder.iterdir() if f.name.endswith(".rq"))
    read = [parsed(f.name.removesuffix(".rq"), f.read_text(encoding="utf-8")) for f in files]
    return {q.name: q for q in sorted(read, key=lambda q: (GROUPS.index(q.group), q.name))}


def parsed(name: str, text: str) -> Question:
    """The question that a `.rq` file holds.

    Raises:
        QueryError: If its head is not as the module describes.
    """
    head: dict[str, list[str]] = {"help": [], "group": [], "param": [], "example": []}
    for match in map(_HEADER.fullmatch, text.split("\n")):
        if match is not None:
            head[match[1]].append(match[2])
    if len(head["help"]) != 1 or len(head["group"]) != 1 or head["group"][0] not in GROUPS:
        raise QueryError(f"{name}.rq: needs one line of help and one group of {', '.join(GROUPS)}")
    parameters = tuple(_parameter(name, line) for line in head["param"])
    words = (word.partition("=") for line in head["example"] for word in shlex.split(line))
    example = {key: value for key, _, value in words}
    return Question(name, head["group"][0], head["help"][0], text, parameters, example)


def ask(graph: Graph, question: str, /, **parameters: ParameterValue | None) -> Table:
    """The answer to a named question.

    Actors, agreements and articles are given by name, id or IRI. An actor stands for what is part
    of it too (a state for its ministries and spokespeople), unless `exactly` is among the
    parameters and true.

    Raises:
        QueryError: If question, parameter or name is unknown, or a name fits several.
    """
    found = _question(question)
    return select(graph, found.query, bindings(graph, found, parameters))


def bindings(
    graph: Graph, question: Question, parameters: Mapping[str, ParameterValue | None]
) -> Bindings:
    """The terms that a user's words for the parameters of a question stand for."""
    known = {p.name: p for p in question.parameters}
    given: dict[str, ParameterValue | None] = {p.name: p.default for p in question.parameters}
    given |= {name: value for name, value in parameters.items() if value not in (None, "")}
    exactly = str(given.pop(EXACTLY, "no")).lower() in ("true", "yes", "1")
    for name in given:
        if name not in known:
            accepted = ", ".join([*known, EXACTLY])
            raise QueryError(f"{question.name} knows no parameter {name!r}; it takes: {accepted}")
    for parameter in question.parameters:
        if parameter.required and given[parameter.name] is None:
            raise QueryError(f"{question.name} needs {parameter.name}: {parameter.help}")
    names = Names(graph)
    return {
        name: _terms(names, known[name], value, exactly=exactly)
        for name, value in given.items()
        if value is not None
    }


def _question(name: str) -> Question:
    found = questions().get(name)
    if found is None:
        raise QueryError(f"no question {name!r}; known are: {', '.join(questions())}")
    return found


def _parameter(question: str, line: str) -> Parameter:
    match = _PARAMETER.fullmatch(line)
    extensions = tuple(match[3].split("+")[1:]) if match else ()
    if match is None or match[2] not in TYPES or not set(extensions) <= set(EXTENSIONS):
        raise QueryError(f'{question}.rq: not NAME TYPE[=DEFAULT] [required] "help": {line}')
    return Parameter(match[1], match[2], match[6], bool(match[4]), match[5], extensions)


def _terms(
    names: Names, parameter: Parameter, value: ParameterValue, *, exactly: bool
) -> Term | tuple[Term, ...]:
    match parameter.type:
        case "text":
            return literal(str(value))
        case "integer":
            return literal(_integer(parameter, value))
        case "date":
            return literal(_date(parameter, value))
    found = names.resolved(parameter.type, str(value))
    widened = [found]
    if not exactly:
        if "parts" in parameter.extensions:
            widened += names.parts(found)
        if "groups" in parameter.extensions:
            widened += names.groups(found)
    return tuple(widened)


def _integer(parameter: Parameter, value: ParameterValue) -> int:
    try:
        return int(str(value))
    except ValueError as error:
        raise QueryError(f"{parameter.name} wants a whole number, not {value!r}") from error


def _date(parameter: Parameter, value: ParameterValue) -> datetime.date:
    try:
        return datetime.date.fromisoformat(str(value))
    except ValueError as error:
        raise QueryError(f"{parameter.name} wants a day as 2023-09-19, not {value!r}") from error
