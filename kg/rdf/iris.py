"""Mints every IRI of the graph, from ids and offsets alone.

ASCII only, and two different keys never give one IRI: rdflib writes broken IRIs without complaint,
pyoxigraph refuses them and Virtuoso refuses the whole file, so none is made outside this module.
"""

from __future__ import annotations

import hashlib
import string
import urllib.parse
from collections.abc import Iterable, Iterator

import pyoxigraph as ox

from kg.errors import SettingsError
from kg.records import Extraction, TextSpan

DEFAULT_BASE = "https://w3id.org/newskg/"
"""Where the data live when `--base` says nothing."""

LONGEST_SEGMENT = 400
"""Characters of an id in an IRI; Virtuoso cuts keys at about 1,900, and an IRI holds several."""

_SAFE = frozenset(string.ascii_letters + string.digits + "-._")


def segment(key: str) -> str:
    """`key` as one segment of an IRI path: letters, digits and `-._` stay, all else is %XX.

    Different keys give different segments. `~` never comes from a key, so it marks what
    percent-encoding cannot say: the empty key, and keys cut off for their length, which end in
    their hash instead.
    """
    if key and _SAFE.issuperset(key) and len(key) <= LONGEST_SEGMENT and key.strip("."):
        return key
    if not key:
        return "~"
    # surrogates are no text but may stand in JSON; they too must not fall together
    raw = key.encode("utf-8", "surrogatepass")
    quoted = urllib.parse.quote_from_bytes(raw, safe="").replace("~", "%7E")
    if not quoted.strip("."):  # "." and ".." would walk up the path
        quoted = quoted.replace(".", "%2E")
    if len(quoted) <= LONGEST_SEGMENT:
        return quoted
    return f"{quoted[: LONGEST_SEGMENT // 2].rsplit('%', 1)[0]}~{hashlib.sha256(raw).hexdigest()}"


def digest(keys: Iterable[str]) -> str:
    """24 hexadecimal digits that depend on the set of keys, in no order."""
    joined = "\n".join(sorted({segment(k) for k in keys}))
    return hashlib.sha256(joined.encode("ascii")).hexdigest()[:24]


class Minter:
    """Names for all that the graph describes, below one base.

    Raises:
        SettingsError: If the base is no absolute ASCII IRI that ends with `/` or `#`.
    """

    def __init__(self, base: str = DEFAULT_BASE):
        try:
            ox.NamedNode(base)
        except ValueError as error:
            raise SettingsError(f'base "{base}": not an absolute IRI ({error})') from error
        if not base.isascii() or base[-1] not in "/#":
            raise SettingsError(f'base "{base}": an ASCII IRI that ends with / or # is needed')
        self.base = base
        self.entities_graph = self._below("graph/entities")
        self.identity_graph = self._below("graph/identity")
        self.provenance_graph = self._below("graph/provenance")
        self.dataset_graph = self._below("graph/dataset")
        self.dataset = self._below("dataset")

    def article_graph(self, article: str) -> ox.NamedNode:
        """The graph of all that one article says."""
        return self._below("graph/article", article)

    def inside(self, article: str) -> ArticleMinter:
        """Names for what one article says."""
        return ArticleMinter(self._below("article", article).value)

    def actor(self, actor: str) -> ox.NamedNode:
        """Somebody who acts or speaks."""
        return self._below("actor", actor)

    def place(self, place: str) -> ox.NamedNode:
        """Where something happens."""
        return self._below("place", place)

    def agreement(self, agreement: str) -> ox.NamedNode:
        """An agreement, whatever its stage."""
        return self._below("agreement", agreement)

    def role(self, actor: str, role: str, of: str) -> ox.NamedNode:
        """A membership that the gazetteer knows."""
        return self._below("role", actor, role, of)

    def utterance(self, statements: Iterable[tuple[str, str]]) -> ox.NamedNode:
        """What several statements, given as (article, statement), have in common.

        The base does not count, so that a graph can move.
        """
        return self._below("utterance", digest("/".join(map(segment, pair)) for pair in statements))

    def decision(self, article: str, actor: str, *by_hand: str) -> ox.NamedNode:
        """Why some mentions of an article were taken for an actor.

        `by_hand` are the former actor and the reason, where somebody decided it.
        """
        keys = (digest(map(segment, by_hand)),) if by_hand else ()
        return self._below("identity", article, actor, *keys)

    def run(self, key: str) -> ox.NamedNode:
        """A run of the program; `key` is the hash of all that shaped its output."""
        return self._below("run", key)

    def software(self, name: str, version: str) -> ox.NamedNode:
        """A program or model at a version."""
        return self._below("software", name, version)

    def described(self, *keys: str) -> ox.NamedNode:
        """A part of the dataset's description."""
        return self._below("dataset", *keys)

    def dump(self, name: str) -> ox.NamedNode:
        """A file of the dataset, beside its data."""
        return self._below("dump", name)

    def _below(self, kind: str, *keys: str) -> ox.NamedNode:
        return ox.NamedNode("/".join([self.base + kind, *map(segment, keys)]))


class ArticleMinter:
    """Names for what one article says, all below the article's own IRI."""

    def __init__(self, iri: str):
        self.article = ox.NamedNode(iri)
        self._iri = iri

    def span(self, span: TextSpan) -> ox.NamedNode:
        """Some words, as RFC 5147 names them (section 2.2 there); code points."""
        return ox.NamedNode(f"{self._iri}#char={span[0]},{span[1]}")

    def selector(self, span: TextSpan) -> ox.NamedNode:
        """What cuts those words out."""
        return ox.NamedNode(f"{self._iri}#char={span[0]},{span[1]};selector")

    def mention(self, key: str) -> ox.NamedNode:
        """Words that stand for somebody or something; the key is one of `mention_keys`."""
        return ox.NamedNode(f"{self._iri}/mention/{key}")

    def statement(self, statement: str) -> ox.NamedNode:
        """A reported statement."""
        return self.part("statement", statement)

    def event(self, event: str) -> ox.NamedNode:
        """A described event."""
        return self.part("event", event)

    def part(self, kind: str, *keys: str) -> ox.NamedNode:
        """Anything else that the article says: `{article}/{kind}/{key}/…`."""
        return ox.NamedNode("/".join([self._iri, kind, *map(segment, keys)]))


def offsets(span: TextSpan) -> str:
    """A span as a segment of an IRI."""
    return f"{span[0]}-{span[1]}"


Referent = tuple[str, str]
"""Kind (`actor`, `place`, `agreement`) and id of what a mention stands for."""


def mention_keys(extraction: Extraction) -> dict[tuple[TextSpan, Referent], str]:
    """Each mention's part of its IRI: its offsets, and the referent where several share them."""
    sharing: dict[TextSpan, set[Referent]] = {}
    pairs = list(_mentioned(extraction))
    for span, referent in pairs:
        sharing.setdefault(span, set()).add(referent)
    return {
        (span, (kind, name)): offsets(span)
        if len(sharing[span]) == 1
        else f"{offsets(span)}/{kind}/{segment(name)}"
        for span, (kind, name) in pairs
    }


def _mentioned(extraction: Extraction) -> Iterator[tuple[TextSpan, Referent]]:
    for kind, things in (
        ("actor", extraction.actors),
        ("place", extraction.places),
        ("agreement", extraction.agreements),
    ):
        for thing in things:
            for mention in thing.mentions:
                yield mention.span, (kind, thing.id)
