"""The text of a query: what form it has, what is bound in it, and where it is wrong.

A question file may hold two kinds of comment lines that parameters switch on:

    #bind speaker                          becomes VALUES ?speaker { … }
    #if from FILTER(?published >= ?from)   loses its "#if from" when `from` is given

Without parameters they stay comments, so that each file is a whole query anywhere.
"""

from __future__ import annotations

import itertools
import re
from collections.abc import Iterator, Sequence
from typing import Literal, NamedTuple

import pyoxigraph as ox

from kg.errors import QueryError
from kg.queries.terms import PREFIXES, Bindings, Term

Form = Literal["SELECT", "ASK", "CONSTRUCT", "DESCRIBE"]
FORMS: tuple[Form, ...] = ("SELECT", "ASK", "CONSTRUCT", "DESCRIBE")
UPDATES = frozenset(
    ["INSERT", "DELETE", "LOAD", "CLEAR", "CREATE", "DROP", "COPY", "MOVE", "ADD", "WITH"]
)

# SPARQL 1.1 §19.8: what may hold a brace or a keyword without meaning it comes first.
_ESCAPE = r"%[0-9A-Fa-f]{2}|\\[_~.!$&'()*+,;=/?\#@%-]"
_TOKEN = re.compile(
    r"""
      (?P<iri>     <(?:[^<>"{}|^`\\\x00-\x20]|\\u[0-9A-Fa-f]{4}|\\U[0-9A-Fa-f]{8})*> )
    | (?P<string>  \"\"\"(?:[^"\\]|\\.|"(?!""))*\"\"\" | '''(?:[^'\\]|\\.|'(?!''))*'''
                 | "(?:[^"\\\n]|\\.)*" | '(?:[^'\\\n]|\\.)*' )
    | (?P<comment> \#[^\n\r]* )
    | (?P<variable>[?$]\w+ )
    | (?P<prefixed>(?:[^\W\d_](?:[\w.-]*[\w-])?)?:
                   (?:(?:[\w:]|ESCAPE)(?:(?:[\w.:-]|ESCAPE)*(?:[\w:-]|ESCAPE))?)? )
    | (?P<word>    [A-Za-z]\w* )
    | (?P<brace>   [{}] )
    | (?P<bracket> [()[\]] )
    """.replace("ESCAPE", _ESCAPE),
    re.VERBOSE | re.DOTALL,
)
_SWITCH = re.compile(r"^(?P<indent>[ \t]*)#(?P<how>bind|if) (?P<name>\w+) ?(?P<then>.*)$", re.M)
_POSITION = re.compile(r"error at (\d+):(\d+): (.*)", re.DOTALL)
_NAME = re.compile(r"[A-Za-z]\w*\Z")
_SERVICE = re.compile("(serv)i(ce)", re.IGNORECASE | re.ASCII)
_SOME_BASE = "http://localhost/"

DEEPEST = 200
"""How many braces and brackets may stand in one another: parsers overflow their stack on more."""


class Token(NamedTuple):
    """A piece of a query that matters for its structure."""

    kind: str
    text: str
    start: int


def tokens(query: str) -> Iterator[Token]:
    """The pieces of a query in order, comments left out."""
    for match in _TOKEN.finditer(query):
        kind = match.lastgroup
        if kind is not None and kind != "comment":
            yield Token(kind, match.group(), match.start())


def form(query: str) -> Form:
    """Which of the four forms a query has.

    Raises:
        QueryError: If it is an update, or no query at all.
    """
    for token in tokens(query):
        word = token.text.upper()
        if token.kind != "word" or word in ("PREFIX", "BASE"):
            continue
        if word in UPDATES:
            raise QueryError(
                f"{word} changes a graph; here a graph is only asked. "
                "Use SELECT, ASK, CONSTRUCT or DESCRIBE"
            )
        for known in FORMS:
            if word == known:
                return known
        break
    raise QueryError("this is no query: expected SELECT, ASK, CONSTRUCT or DESCRIBE")


def names_graphs(query: str) -> bool:
    """Whether the query says by FROM which graphs it asks."""
    return any(token.kind == "word" and token.text.upper() == "FROM" for token in tokens(query))


def declared(query: str) -> str:
    """The query with a PREFIX line before it for each known prefix that it uses undeclared."""
    pieces = list(tokens(query))
    names = {
        after.text[:-1]
        for word, after in itertools.pairwise(pieces)
        if word.kind == "word" and word.text.upper() == "PREFIX"
    }
    used = {p.text.partition(":")[0] for p in pieces if p.kind == "prefixed"}
    missing = sorted((used - names) & PREFIXES.keys())
    return "".join(f"PREFIX {name}: <{PREFIXES[name]}>\n" for name in missing) + query


def bound(query: str, bindings: Bindings) -> str:
    """The query with each variable of `bindings` held to its terms by a VALUES block.

    Terms are written by their own serializer, so no text of a user becomes syntax. The block stands
    at each `#bind` line of that variable, or else first in the outermost group.
    """
    blocks = {name: _values(name, terms) for name, terms in bindings.items()}
    placed: set[str] = set()

    def switched(match: re.Match[str]) -> str:
        name = match["name"]
        if name not in blocks:
            return match.group()
        placed.add(name)
        return match["indent"] + (blocks[name] if match["how"] == "bind" else match["then"])

    query = _SWITCH.sub(switched, query)
    rest = " ".join(blocks[name] for name in blocks if name not in placed)
    return _opened(query, rest) if rest else query


def explained(query: str, message: str) -> str:
    """A parser's complaint in words, with the line it means and a caret under the place.

    `message` is pyoxigraph's, counting lines and columns from 1. It gives the furthest point that
    parsing reached, which is the end of the token in the way; the caret goes to that token's start.
    """
    match = _POSITION.match(message)
    if match is None:
        return f"the query cannot be read: {message}"
    lines = query.split("\n")
    line_i, column = min(int(match[1]), len(lines)) - 1, int(match[2])
    reached = sum(len(line) + 1 for line in lines[:line_i]) + column - 1
    culprit = next((t for t in tokens(query) if t.start + len(t.text) == reached), None)
    if culprit is not None and "\n" not in culprit.text:
        column -= len(culprit.text)
    return (
        f"line {line_i + 1}, column {column}: {_reason(query, reached, culprit, match[3])}\n"
        f"  {lines[line_i]}\n"
        f"  {' ' * (column - 1)}^"
    )


def check(query: str) -> None:
    """Raises a QueryError with line, column and caret if the query does not parse."""
    form(query)
    offline(query)
    _parse(query, query)


def offline(query: str) -> None:
    """Raises a QueryError if the query has a SERVICE, for which the store would call out, or is
    nested so deeply that parsing it would end the process.

    The parser that would run the query tells: with another word in the place of each SERVICE it
    reads literals, names and comments that hold the word as before, but no SERVICE pattern. Nothing
    is called meanwhile.
    """
    _shallow(query)
    other = _SERVICE.sub(r"\1x\2", query)
    if other == query:
        return
    try:
        _parse(query, other, base=_SOME_BASE)
    except QueryError:
        # only the choice of words hangs on our own tokens
        if any(t.kind == "word" and t.text.upper() == "SERVICE" for t in tokens(query)):
            raise QueryError(
                "SERVICE would call another machine; here only the graph itself is asked"
            ) from None
        raise


def _shallow(query: str) -> None:
    """Raises a QueryError on more than `DEEPEST` levels; counts tokens, and parses nothing."""
    depth = 0
    for token in tokens(query):
        if token.kind in ("brace", "bracket"):
            depth += 1 if token.text in "{([" else -1
        if depth > DEEPEST:
            raise QueryError(f"nested too deeply: {DEEPEST} levels of braces and brackets can be")


def _parse(query: str, text: str, *, base: str | None = None) -> None:
    """Read `text`, which stands where `query` stood; a complaint shows `query`."""
    whole = declared(text)
    added = whole.count("\n") - text.count("\n")
    try:
        ox.Store().query(whole, base_iri=base)
    except SyntaxError as error:
        raise QueryError(explained(query, _shifted(str(error), added))) from error


def _values(name: str, terms: Term | Sequence[Term]) -> str:
    if not _NAME.match(name):
        raise QueryError(f"{name!r} is no name of a variable")
    several = (terms,) if isinstance(terms, Term) else tuple(terms)
    return f"VALUES ?{name} {{ {' '.join(term.sparql for term in several)} }}"


def _opened(query: str, block: str) -> str:
    """`block` put right after the brace that opens the WHERE group."""
    skip = form(query) == "CONSTRUCT"  # its first brace opens the template
    for token in tokens(query):
        if token.kind == "word" and token.text.upper() == "WHERE":
            skip = False
        elif token.kind == "brace" and not skip:
            at = token.start + 1
            return f"{query[:at]} {block} {query[at:]}"
    raise QueryError("nothing can be bound in this query: it has no WHERE { … }")


def _shifted(message: str, lines: int) -> str:
    match = _POSITION.match(message)
    if match is None:
        return message
    return f"error at {max(1, int(match[1]) - lines)}:{match[2]}: {match[3]}"


def _reason(query: str, reached: int, culprit: Token | None, message: str) -> str:
    """What is wrong, as far as it can be told.

    The parser's own list of expected tokens is left out: it names whatever it tried last.
    """
    if "Prefix not found" in message:
        return "this prefix is not declared"
    if "IRI parsing failed" in message:
        return "this is no IRI"
    if "SELECT * is not authorized" in message:
        return "SELECT * cannot stand with GROUP BY"
    if not query[reached:].strip():
        pieces = [t.text for t in tokens(query) if t.kind == "brace"]
        if pieces.count("{") > pieces.count("}"):
            return "the query ends before its { is closed"
    if culprit is not None and culprit.kind == "iri" and ":" not in culprit.text:
        return "a relative IRI needs a BASE; write it whole"
    return "this cannot stand here" if culprit else "the query cannot be read from here on"
