"""Who contradicts whom: claims of agreements that cannot both hold, and denials of accusations.

Time counts. What somebody denied on Monday and somebody reported as done on Friday is news, no
contradiction; and who has changed position no longer contradicts those who think as he does now.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations, product
from typing import TYPE_CHECKING, Literal

from kg.queries.network import HOLDS_OFFICE, PART_OF, SPEAKS_FOR, Evidence, Told
from kg.visual.cards import Passage, Record, concept, in_order, passage, publisher

if TYPE_CHECKING:
    import networkx as nx

MADE = frozenset(["agreed", "adopted", "signed", "in_force"])
"""Statuses that somebody who says there is no such agreement denies."""

OVER = frozenset(["ended", "lapsed", "suspended"])
"""Statuses after which an agreement is not in force."""

OUTSIDE = frozenset(["mediator", "witness"])
"""Roles of those who are no party; guarantors and signatories may be either."""

ACCUSATIONS = frozenset(["accuse"])
DENIALS = frozenset(["deny", "reject"])
CHARGE = re.compile(
    r"\b(accus\w+|allegations?|charges?|claims?|assertions?|blame\w*|fabricat\w+|lies?|untrue|false)\b",
    re.IGNORECASE,
)
"""Words for what is denied, where a denial does not name the accuser."""

Kind = Literal["part", "status", "accusation"]


@dataclass(frozen=True, slots=True)
class Side:
    """One of two opposite positions: what is held, by whom (names), in which words."""

    position: str
    holders: tuple[str, ...]
    evidence: tuple[Passage, ...]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A question that is answered in two ways; `about` are IRIs of those whom it concerns."""

    kind: Kind
    question: str
    about: tuple[str, ...]
    sides: tuple[Side, Side]


@dataclass(frozen=True, slots=True)
class _Claim:
    """An asserted value: it holds `since` and `until` days; `said` is that of the article."""

    iri: str
    voice: str
    holder: str
    agreement: str
    value: str
    denied: bool
    actor: str | None
    by: frozenset[str]
    since: str | None
    until: str | None
    said: str | None
    passages: tuple[Passage, ...]

    @property
    def position(self) -> str:
        """What is claimed, in words."""
        words = self.value.replace("_", " ")
        return f"not {words}" if self.denied and self.value != "denied" else words


def claim_disagreements(
    claims: Iterable[Record],
    articles: Mapping[str, Record],
    labels: Mapping[str, str],
) -> tuple[tuple[Disagreement, ...], frozenset[str]]:
    """Contradictions between claims of agreements, and the IRIs of the claims in them.

    `claims` are rows of `claim_records`, `articles` those of `article_records` by IRI, `labels`
    names by IRI.
    """
    groups: dict[tuple[str, str | None], list[_Claim]] = defaultdict(list)
    for one in _claims(claims, articles):
        groups[one.agreement, one.actor].append(one)
    found: dict[tuple[str, str | None, str, str], list[tuple[_Claim, _Claim]]] = defaultdict(list)
    for (agreement, actor), group in sorted(groups.items(), key=lambda g: (g[0][0], g[0][1] or "")):
        for pair in combinations(group, 2):
            for one, other in (pair, pair[::-1]):
                if _clash(one, other) and not _given_up(one, other, group):
                    found[agreement, actor, one.position, other.position].append((one, other))
                    break
    made = [
        _disagreement(agreement, actor, pairs, labels)
        for (agreement, actor, _, _), pairs in found.items()
    ]
    disputed = {claim.iri for pairs in found.values() for pair in pairs for claim in pair}
    return tuple(sorted(made, key=_order)), frozenset(disputed)


def denied_accusations(
    told: Iterable[Told], network: nx.MultiDiGraph[str]
) -> tuple[Disagreement, ...]:
    """Accusations and the denials of the accused, or of those who speak for them."""
    told = sorted(told, key=lambda t: (t.evidence.date or "", t.evidence.statement))
    wholes = _wholes(network)
    accusations = [t for t in told if t.force in ACCUSATIONS]
    denials = [t for t in told if t.force in DENIALS]
    found: dict[tuple[str, str], tuple[dict[str, Told], dict[str, Told]]] = {}
    for charge in accusations:
        for accused in _accused(charge, network):
            answers = [d for d in denials if _answers(d, charge, accused, wholes)]
            if answers:
                charges, denied = found.setdefault((charge.speaker, accused), ({}, {}))
                charges[charge.evidence.statement] = charge
                denied.update({a.evidence.statement: a for a in answers})
    labels = {iri: str(data.get("label") or iri) for iri, data in network.nodes(data=True)}
    made = [
        Disagreement(
            kind="accusation",
            question=f"{labels.get(accuser, accuser)} accuses {labels.get(accused, accused)}",
            about=tuple(sorted({accuser, accused, *(d.speaker for d in denied.values())})),
            sides=(
                _told_side("accusation", charges.values()),
                _told_side("denial", denied.values()),
            ),
        )
        for (accuser, accused), (charges, denied) in found.items()
    ]
    return tuple(sorted(made, key=_order))


# ---------------------------------------------------------------------------------------- claims


def _claims(rows: Iterable[Record], articles: Mapping[str, Record]) -> Iterator[_Claim]:
    """Each claim of a part or a status that is held to be so, not hoped for or asked for."""
    by_claim: dict[str, list[Record]] = defaultdict(list)
    for row in rows:
        if (row["role"] or row["status"]) and (concept(row["modality"]) or "actual") == "actual":
            by_claim[str(row["claim"])].append(row)
    for iri, group in sorted(by_claim.items()):
        row = group[0]
        article = articles.get(str(row["article"]), {})
        holder = row["claimant"] or publisher(row, articles)
        value = concept(row["role"] or row["status"]) or ""
        yield _Claim(
            iri=iri,
            voice=str(row["voice"]) if row["claimant"] else holder,
            holder=holder,
            agreement=str(row["agreement"]),
            value=value,
            denied=concept(row["polarity"]) == "negative" or value == "denied",
            actor=row["actor"],
            by=frozenset(r["by"] for r in group if r["by"]),
            since=row["from"],
            until=row["until"],
            said=article.get("published"),
            passages=tuple(dict.fromkeys(passage(r, article) for r in group)),
        )


def _clash(one: _Claim, other: _Claim) -> bool:
    """Whether `other` contradicts what `one` says has come about, and both cannot be right."""
    if one.voice == other.voice or one.denied or (one.by and other.by and not one.by & other.by):
        return False
    if other.denied and other.value != "denied":
        return one.value == other.value and _not_after(one, other)
    if one.actor is not None:
        return one.value in OUTSIDE and other.value == "party"
    if other.value == "denied":
        return one.value in MADE and _not_after(one, other)
    if one.value not in OVER or other.value != "in_force" or not _not_after(one, other):
        return False
    return not _before(one, other) and not _before(other, one)


def _not_after(one: _Claim, other: _Claim) -> bool:
    """Whether `one` is said to hold by the day on which `other` is said; unknown days may be."""
    start = one.since or one.said
    return start is None or other.said is None or start <= other.said


def _before(one: _Claim, other: _Claim) -> bool:
    """Whether `one` is said of a time that had passed when what `other` tells began."""
    start = other.since or other.said
    return one.until is not None and start is not None and one.until < start


def _given_up(one: _Claim, other: _Claim, group: Iterable[_Claim]) -> bool:
    """Whether either took back its position by the time when the other took theirs."""
    return any(
        a.said is not None
        and b.said is not None
        and c.said is not None
        and a.said < c.said <= b.said
        for a, b in ((one, other), (other, one))
        for c in group
        if c.voice == a.voice and c.value == a.value and c.denied != a.denied
    )


def _disagreement(
    agreement: str,
    actor: str | None,
    pairs: Sequence[tuple[_Claim, _Claim]],
    labels: Mapping[str, str],
) -> Disagreement:
    name = labels.get(agreement, agreement)
    question = name if actor is None else f"{labels.get(actor, actor)} in {name}"
    yes, no = (tuple(dict.fromkeys(pair[i] for pair in pairs)) for i in (0, 1))
    return Disagreement(
        kind="status" if actor is None else "part",
        question=f"{question}: {yes[0].position} or {no[0].position}?",
        about=(agreement,) if actor is None else (agreement, actor),
        sides=(_claim_side(yes), _claim_side(no)),
    )


def _claim_side(claims: Sequence[_Claim]) -> Side:
    return Side(
        position=claims[0].position,
        holders=tuple(sorted({c.holder for c in claims})),
        evidence=in_order({p for c in claims for p in c.passages}),
    )


# ----------------------------------------------------------------------------------- accusations


def _accused(charge: Told, network: nx.MultiDiGraph[str]) -> list[str]:
    """Whom an accusation is against: its targets, else the actors that it is about."""
    ends = charge.ties.get("target") or charge.ties.get("about", ())
    kinds = {iri: network.nodes[iri].get("kind") for iri in ends if iri in network}
    return [iri for iri in ends if kinds.get(iri) == "actor" and iri not in charge.speakers]


def _answers(denial: Told, charge: Told, accused: str, wholes: Mapping[str, set[str]]) -> bool:
    speakers = {*denial.speakers, *denial.ties.get("voicedBy", ())}
    if not any(_same_side(s, accused, wholes) for s in speakers) or charge.speaker in speakers:
        return False
    said, answered = charge.evidence, denial.evidence
    if said.date and answered.date and answered.date < said.date:
        return False
    names = [n for key in ("target", "about", "addressee") for n in denial.ties.get(key, ())]
    if any(_same_side(n, s, wholes) for n, s in product(names, charge.speakers)):
        return True
    in_reply = said.article == answered.article and (said.start or 0) <= (answered.start or 0)
    return in_reply and bool(CHARGE.search(answered.words or ""))


def _same_side(one: str, other: str, wholes: Mapping[str, set[str]]) -> bool:
    """Whether two are the same, or one is a part, an officer or the voice of the other."""
    return one == other or other in wholes.get(one, ()) or one in wholes.get(other, ())


def _wholes(network: nx.MultiDiGraph[str]) -> dict[str, set[str]]:
    """All that each actor is part of, holds office in or speaks for, over any number of steps."""
    up: dict[str, set[str]] = defaultdict(set)
    for source, target, key in network.edges(keys=True):
        if key in (PART_OF, HOLDS_OFFICE, SPEAKS_FOR):
            up[source].add(target)
    found: dict[str, set[str]] = {}
    for actor in up:
        reached, rim = set[str](), {actor}
        while rim:
            rim = {whole for one in rim for whole in up.get(one, ())} - reached
            reached |= rim
        found[actor] = reached - {actor}
    return found


def _told_side(position: str, told: Iterable[Told]) -> Side:
    told = list(told)
    return Side(
        position=position,
        holders=tuple(sorted({t.evidence.speaker or "" for t in told} - {""})),
        evidence=in_order(_passage(t.evidence) for t in told),
    )


def _passage(e: Evidence) -> Passage:
    return Passage(
        article=e.article or "",
        title=e.title,
        date=e.date,
        publisher=e.publisher,
        url=e.url,
        start=e.start,
        end=e.end,
        words=e.words,
        before=e.before,
        after=e.after,
    )


def _order(found: Disagreement) -> tuple[str, str, str]:
    """By kind and name, so that a page of more articles keeps the order."""
    return (found.kind, found.question, found.sides[0].position)
