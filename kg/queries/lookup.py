"""From the names that people use to the IRIs of a graph."""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from kg.errors import QueryError
from kg.queries.sparql import Graph, select
from kg.queries.terms import Term, iri

LABELS = """SELECT DISTINCT ?thing ?label ?other WHERE {
  ?thing skos:prefLabel ?label
  OPTIONAL { ?thing skos:altLabel ?other }
} ORDER BY ?thing ?label ?other"""
CODES = "SELECT DISTINCT ?thing ?code WHERE { ?thing a kg:State ; kg:country ?code }"
ARTICLES = """SELECT DISTINCT ?thing ?label ?other WHERE {
  ?thing a kg:Article ; dcterms:identifier ?label
  OPTIONAL { ?thing schema:headline ?other }
} ORDER BY ?thing ?label ?other"""
PARTS = "SELECT DISTINCT ?part ?whole WHERE { ?part kg:partOf ?whole }"
OFFICES = """SELECT DISTINCT ?person ?body ?role WHERE {
  ?office org:member ?person ; org:organization ?body ; kg:role ?role
}"""
NOT_ITS_VOICE = frozenset({"lawmaker", "opposition leader", "politician"})
"""Roles in a state whose holders do not act for it."""
GROUPS = "SELECT DISTINCT ?group ?member WHERE { ?group a kg:Group ; kg:member ?member }"

KINDS: Mapping[str, tuple[str, ...]] = {
    "actor": ("actor",),
    "agreement": ("agreement",),
    "topic": ("actor", "agreement"),
    "article": ("article",),
}
"""What a parameter's type accepts, by the step of the IRI's path that says what a thing is."""
MOST_CANDIDATES = 8
"""Names listed in an error: as many as fit a screen beside the message."""

_PATH = re.compile(r"(?P<base>.*[/#])(?P<kind>actor|agreement|article)/(?P<id>[^/]+)")


@dataclass(slots=True)
class Named:
    """A thing that can be meant, and what it is called."""

    iri: str
    kind: str
    id: str
    label: str
    others: list[str] = field(default_factory=list)
    codes: list[str] = field(default_factory=list)

    @property
    def words(self) -> Iterator[str]:
        """Each single word of its names: "Peskov" for "Dmitry Peskov"."""
        for name in (self.label, *self.others):
            yield from name.split()


class Names:
    """The names of one graph, read when first wanted."""

    def __init__(self, graph: Graph) -> None:
        self._graph = graph
        self._named: dict[tuple[str, ...], list[Named]] = {}

    def resolved(self, type: str, text: str) -> Term:
        """The one thing of a parameter's type that `text` names: IRI, id, label or part of one.

        Raises:
            QueryError: If nothing, or more than one thing, fits.
        """
        text = text.strip()
        if text.startswith("<") and text.endswith(">"):
            text = text[1:-1]
        if re.match(r"https?://", text):
            return self._checked(text)
        if type == "thing":
            return self._checked(self._base() + text)
        named = self._all(KINDS[type])
        for level in _LEVELS:
            fitting = [n for n in named if _fold(text) in map(_fold, level(n))]
            if len(fitting) == 1:
                return iri(fitting[0].iri)
            if fitting:
                raise QueryError(
                    f"{text!r} fits several: {_listed(fitting)}. Give the id, or the whole name"
                )
        raise QueryError(
            f"no {' or '.join(KINDS[type])} {text!r} in this graph{_close(text, named)}"
        )

    def parts(self, whole: Term) -> list[Term]:
        """All that is part of an actor and who holds an office in it, over any number of steps;
        sorted, without itself.
        """
        pairs = [(str(p), str(w)) for p, w in select(self._graph, PARTS)]
        pairs += [
            (str(person), str(body))
            for person, body, role in select(self._graph, OFFICES)
            if str(role) not in NOT_ITS_VOICE
        ]
        reached = {whole.value}
        grown = True
        while grown:
            new = {part for part, of in pairs if of in reached} - reached
            reached |= new
            grown = bool(new)
        return [iri(value) for value in sorted(reached - {whole.value})]

    def groups(self, member: Term) -> list[Term]:
        """The groups, such as "both sides", that an actor is a member of."""
        rows = select(self._graph, GROUPS)
        return [iri(v) for v in sorted({str(g) for g, m in rows if str(m) == member.value})]

    def _all(self, kinds: tuple[str, ...]) -> list[Named]:
        if kinds not in self._named:
            self._named[kinds] = list(self._read(kinds))
        return self._named[kinds]

    def _read(self, kinds: tuple[str, ...]) -> Iterable[Named]:
        things: dict[str, Named] = {}
        for thing, label, other in select(self._graph, ARTICLES if "article" in kinds else LABELS):
            path = _PATH.fullmatch(str(thing))
            if path is None or path["kind"] not in kinds:
                continue
            known = things.setdefault(
                str(thing), Named(str(thing), path["kind"], path["id"], str(label))
            )
            if other is not None:
                known.others.append(other.value)
        if "actor" in kinds:
            for thing, code in select(self._graph, CODES):
                if str(thing) in things:
                    things[str(thing)].codes.append(str(code))
        return things.values()

    def _base(self) -> str:
        """The base of the data's IRIs, as the first article shows it."""
        for article in self._all(("article",)):
            path = _PATH.fullmatch(article.iri)
            if path is not None:
                return path["base"]
        raise QueryError("this graph holds no article; give the whole IRI")

    def _checked(self, text: str) -> Term:
        term = iri(text)
        _ = term.node  # raises if the text is no IRI
        return term


_LEVELS: tuple[Callable[[Named], Iterable[str]], ...] = (
    lambda n: (n.id,),
    lambda n: (n.label,),
    lambda n: n.others,
    lambda n: n.codes,
    lambda n: n.words,
)
"""What a text is compared with, the surest first; the first level that fits decides."""


def _fold(text: str) -> str:
    """A name without case and accents, for comparing."""
    bare = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    return " ".join(bare.casefold().split())


def _listed(named: list[Named]) -> str:
    shown = [f"{n.label} ({n.id})" for n in named[:MOST_CANDIDATES]]
    more = len(named) - len(shown)
    return ", ".join(shown) + (f" and {more} more" if more else "")


def _close(text: str, named: list[Named]) -> str:
    """A remark with the names that look alike; empty where none does."""
    labels = {_fold(word): n for n in named for word in n.words}
    labels |= {_fold(name): n for n in named for name in (n.id, *n.others, n.label)}
    matches = difflib.get_close_matches(_fold(text), labels, n=3, cutoff=0.7)
    unique = list({labels[m].iri: labels[m] for m in matches}.values())
    return f"; did you mean {_listed(unique)}?" if unique else ""


def kind_of(thing: str) -> str | None:
    """Whether an IRI is that of an actor, an agreement or an article; `None` for all else."""
    path = _PATH.fullmatch(thing)
    return path["kind"] if path else None
