"""Who takes part in an agreement, when it was made and what it lays down, as its sentences tell."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

from kg.extraction.agreement_cues import Cue
from kg.extraction.agreement_drafts import Draft
from kg.extraction.agreement_lexicon import words
from kg.extraction.agreement_page import Dated, Page
from kg.extraction.agreement_slots import (
    BROKER_LEMMAS,
    ActorList,
    Part,
    Tie,
    actors_before,
    actors_from,
    mediation,
)
from kg.extraction.agreement_status import Status
from kg.records import ParticipationRole, TextSpan

BINDING = frozenset({"comply", "violate", "end", "suspend", "extend"})
"""Bases whose doer is bound by the agreement."""

UNBOUND = frozenset({"media", "peacekeepers", "organization"})
"""Types of actors that break or keep agreements of others."""

PARTY_WORDS = frozenset({"party", "parties", "signatory", "signatories"})
SIDES = frozenset({"state", "de_facto_state", "armed_group"})

OTHERS_DO = frozenset({"secure", "achieve", "endorse", "pass", "facilitate", "broker", "mediate"})
"""Verbs of making whose doer need not be bound by the agreement."""

TOGETHER = frozenset({"announce", "declare", "proclaim", "establish", "accept"})
"""Verbs of making whose doers are bound where several do it together."""

ADDITIVE = frozenset(
    {
        "in addition",
        "also",
        "furthermore",
        "moreover",
        "besides",
        "additionally",
        "under the deal",
        "under the agreement",
    }
)


def participants(page: Page, draft: Draft, statuses: list[Status]) -> list[Part]:
    """Parties of a mention: those in its words, and who signs, agrees, breaks or negotiates it."""
    parts = list(draft.parts)
    for status in statuses:
        parts += _by_cue(page, draft, status)
    parts += _declared(page, draft)
    if len({m for p in parts for m in page.principals(p.actor)}) == 1:
        parts += _partner(page, draft)
    return parts


def _declared(page: Page, draft: Draft) -> Iterator[Part]:
    """ "Kenya is a party to the treaty", "both states are signatories of the accord"."""
    k = draft.start - 2
    floor = page.sentence_start[draft.noun]
    if k <= floor or page.low[k + 1] not in {"to", "of"} or page.low[k] not in PARTY_WORDS:
        return
    while k > floor and page.pos[k - 1] in {"DET", "ADJ", "NOUN"}:
        k -= 1
    if page.lemma[k - 1] not in {"be", "become", "remain"}:
        return
    listed, _ = actors_before(page, k - 1, page.clause_left(k - 1))
    if listed is not None:
        yield from parties_of(page, listed)


def _partner(page: Page, draft: Draft) -> Iterator[Part]:
    """ "Israel said that the truce with Hezbollah …": the power named last is the other side."""
    if page.low[draft.noun_end : draft.noun_end + 1] != ["with"] or not draft.parts:
        return
    named = {m for p in draft.parts for m in page.principals(p.actor)}
    for k in range(draft.start - 1, page.sentence_start[draft.noun] - 1, -1):
        for name in page.names(k)[:1]:
            powers = {page.power(p) for p in page.principals(name.actor)}
            if len(powers) != 1 or page.actor(min(powers)).type not in SIDES:
                continue
            if not powers & named:
                yield Part(min(powers), "party", name.start, name.end, "keeper")
            return


def _by_cue(page: Page, draft: Draft, status: Status) -> Iterator[Part]:
    cue = status.cue
    if cue.lemma in BROKER_LEMMAS:
        return
    if cue.base in {"sign", "agree", "adopt"} and cue.verb:
        made = status.value in {"signed", "agreed", "adopted"}
        tie: Tie = "bound" if made else "asked"
        yield from (part._replace(tie=tie) for part in _makers(page, draft, cue))
    elif cue.base == "negotiate":
        yield from _negotiators(page, draft, cue)
    elif cue.base in BINDING:
        enforced = cue.base == "comply" and cue.passive
        if enforced or (cue.base == "extend" and len(status.by) < 2):
            return
        for actor in status.by:
            mention = _mention_near(page, actor, cue)
            if mention is not None and page.actor(actor).type not in UNBOUND:
                bound = _bound(page, actor, status.by)
                tie = "keeper" if cue.base in {"comply", "violate"} else "bound"
                yield Part(bound, "party", *mention, tie)


def _bound(page: Page, actor: str, doers: tuple[str, ...]) -> str:
    """An army is bound by what its state signed, unless its foe is of the same state."""
    country = page.actor(actor).country
    foes = (page.actor(d) for d in doers)
    if any(f.type == "armed_group" and f.country == country for f in foes):
        return actor
    return page.power(actor)


def _makers(page: Page, draft: Draft, cue: Cue) -> Iterator[Part]:
    if cue.lemma in OTHERS_DO:
        return
    if cue.passive:
        end = min(page.sentence_end[cue.token], cue.token + 16)
        for k in range(cue.token + 1, end):
            if page.low[k] in {"by", "between", "with", "among"}:
                found = actors_from(page, k + 1, gap=7)
                if found is not None:
                    yield from parties_of(page, found)
                    return
            if page.low[k] in {";", "which", "that"} or (
                page.pos[k] == "VERB" and page.tag[k] != "VBN"
            ):
                return
        return
    listed, _ = actors_before(page, cue.token, page.clause_left(cue.token))
    if listed is None:
        listed = _tree_subject(page, cue.token)
    between = page.low[draft.noun_end : draft.noun_end + 1] in (["between"], ["among"])
    if between and len(draft.parts) > 1:
        return
    together = listed is not None and len(_members(page, listed)) > 1
    if cue.lemma in TOGETHER and (draft.parts or not together):
        return
    if listed is not None and draft.type == "resolution":
        yield from (part._replace(role="signatory") for part in parties_of(page, listed))
    elif listed is not None:
        yield from parties_of(page, listed)
    yield from _with_behind(page, cue.token + 1, draft.start)


def _with_behind(page: Page, start: int, end: int) -> Iterator[Part]:
    """ "agreed with Turkey on a ceasefire": a partner between the verb and the agreement."""
    for k in range(start, end):
        if page.low[k] == "with":
            found = actors_from(page, k + 1)
            if found is not None:
                yield from parties_of(page, found)
            return


def _tree_subject(page: Page, i: int) -> ActorList | None:
    from kg.nlp.syntax import governing_subject

    subject = governing_subject(page.doc[i])
    if subject is None or abs(subject.i - i) > 20:
        return None
    for k in range(max(page.sentence_start[i], subject.i - 4), subject.i + 1):
        if page.names(k) and page.names(k)[0].end > subject.i:
            found = actors_from(page, k)
            return found if found is not None and found.end <= i else None
    return None


def _negotiators(page: Page, draft: Draft, cue: Cue) -> Iterator[Part]:
    if not cue.verb:
        high = min(page.sentence_end[cue.token], max(cue.token, draft.noun, cue.token + 6))
        for k in range(cue.token + 1, high):
            if page.low[k] in {"between", "with", "among"}:
                found = actors_from(page, k + 1, gap=6)
                if found is not None and len(_members(page, found)) >= 2:
                    yield from parties_of(page, found)
                return
        yield from _talkers(page, cue)
        return
    listed, _ = actors_before(page, cue.token, page.clause_left(cue.token))
    partners = list(_with_behind(page, cue.token + 1, min(page.n, draft.end + 4)))
    if listed is not None and (partners or len(_members(page, listed)) >= 2):
        yield from parties_of(page, listed)
        yield from partners


def _talkers(page: Page, cue: Cue) -> Iterator[Part]:
    """ "A and B began talks on a deal": the subject of the verb that has the talks as object."""
    k = cue.token - 1
    while k > page.sentence_start[cue.token] and page.pos[k] in {"ADJ", "DET", "NUM", "NOUN"}:
        k -= 1
    if page.pos[k] != "VERB" or page.tag[k] in {"VBG", "VB"}:
        return
    listed, _ = actors_before(page, k, page.clause_left(k))
    if listed is not None and len(_members(page, listed)) >= 2:
        yield from parties_of(page, listed)


def _members(page: Page, found: ActorList) -> set[str]:
    return {m for item in found.items for m in page.principals(item.actor)}


def parties_of(page: Page, found: ActorList) -> Iterator[Part]:
    """Listed actors as parties; media, peacekeepers and pronouns for unknown groups are none."""
    for item in found.items:
        actor = page.actor(item.actor)
        unknown = actor.type == "group" and page.principals(actor.id) == (actor.id,)
        if actor.type not in {"media", "peacekeepers"} and not (item.kind == "pronoun" and unknown):
            alone = actor.type == "person" and page.principals(actor.id) == (actor.id,)
            role: ParticipationRole = "signatory" if alone else "party"
            yield Part(item.actor, role, item.start, item.end)


def _mention_near(page: Page, actor: str, cue: Cue) -> tuple[int, int] | None:
    start, end = page.sentence_start[cue.token], page.sentence_end[cue.token]
    found = [n for k in range(start, end) for n in page.names(k) if n.actor == actor]
    nearest = min(found, key=lambda n: (abs(n.start - cue.token), n.start), default=None)
    return (nearest.start, nearest.end) if nearest else None


# ---------------------------------------------------------- mediators


def mediators(page: Page, drafts: list[Draft]) -> dict[int, list[Part]]:
    """Mediators, guarantors and witnesses by the number of the mention that they belong to: the
    nearest in their sentence.
    """
    found: dict[int, list[Part]] = {}
    for start, numbers in _by_sentence(page, drafts).items():
        end = page.sentence_end[drafts[numbers[0]].noun]
        for part in (
            *mediation(page, start, end),
            *_shuttle(page, start, end, [drafts[n] for n in numbers]),
        ):
            nearest = min(numbers, key=lambda n: (abs(drafts[n].noun - part.start), n))
            if part not in found.setdefault(nearest, []):
                found[nearest].append(part)
    return found


def _by_sentence(page: Page, drafts: list[Draft]) -> dict[int, list[int]]:
    table: dict[int, list[int]] = {}
    for number, draft in enumerate(drafts):
        table.setdefault(page.sentence_start[draft.noun], []).append(number)
    return table


def _shuttle(page: Page, start: int, end: int, drafts: list[Draft]) -> Iterator[Part]:
    """Who is in contact with two sides to bring about an agreement between them."""
    for i in range(start, end):
        if page.low[i] not in {"contact", "contacts", "touch", "communication"} or page.low[
            i + 1 : i + 2
        ] != ["with"]:
            continue
        sides = actors_from(page, i + 2, gap=6)
        goal = next(
            (
                k
                for k in range(i + 2, end)
                if page.low[k] in {"aim", "goal", "aimed", "achieve", "secure", "reach", "broker"}
            ),
            None,
        )
        if goal is None or not any(goal < d.noun for d in drafts):
            continue
        plural = (sides is not None and len(_members(page, sides)) >= 2) or "and" in page.low[
            i + 2 : goal
        ]
        if not plural:
            continue
        k = i
        while k > start and (
            page.pos[k - 1] in {"ADJ", "ADP", "AUX", "ADV", "DET"}
            or page.low[k - 1] in {'"', "“", "”"}
        ):
            k -= 1
        subject, _ = actors_before(page, k, page.clause_left(k))
        if subject is not None:
            for item in subject.items:
                yield Part(item.actor, "mediator", item.start, item.end)


# ---------------------------------------------------------- when


def made_dates(page: Page, draft: Draft, statuses: list[Status]) -> list[Dated]:
    """When it was made: the dates in its words, else the date of the verb that makes it."""
    inside = [d for d in draft.dates if d.date.start or d.date.end]
    if inside:
        return inside
    for status in statuses:
        late = status.cue.lemma in {"ratify", "approve", "endorse", "ratification", "accept"}
        if (
            status.value in {"signed", "agreed", "adopted"}
            and status.modality == "actual"
            and not late
        ):
            date = date_of(page, status.cue, draft)
            if date is not None and _not_ahead(page, date):
                return [date]
    return []


def _not_ahead(page: Page, date: Dated) -> bool:
    start = date.date.start
    return start is not None and (page.published is None or start <= page.published.isoformat())


DATED = frozenset(
    {
        "sign",
        "agree",
        "adopt",
        "effect",
        "lapse",
        "end",
        "suspend",
        "violate",
        "extend",
        "negotiate",
    }
)
"""Bases that happen, or begin, on a day."""


def status_date(page: Page, status: Status, draft: Draft) -> Dated | None:
    """When a status began or is to begin: the date beside its verb."""
    cue = status.cue
    if not cue.verb or cue.base not in DATED or status.value == "denied":
        return None
    here = page.sentence_start[cue.token] == page.sentence_start[draft.noun]
    place = draft if here else replace(draft, noun=cue.token, noun_end=cue.token + 1)
    date = date_of(page, cue, place)
    if date is None or page.published is None:
        return date
    today = page.published.isoformat()
    if status.modality == "actual":
        return date if cue.base in {"effect", "lapse"} or (date.date.start or "") <= today else None
    # beside what may yet be, a date of today or before is that of the report
    return date if (date.date.end or "9999") > today else None


def date_of(page: Page, cue: Cue, draft: Draft) -> Dated | None:
    """The date of the verb that makes an agreement: behind it, or in front of its clause."""
    end = page.sentence_end[cue.token]
    k = max(cue.token, draft.noun) + 1 if draft.noun > cue.token else cue.token + 1
    while k < end and k < cue.token + 24:
        date = page.date_at(k)
        if date is not None and date.start == k:
            return None if page.lemma[k - 1] in words("speech") else date
        if page.pos[k] == "VERB" and page.tag[k] in {"VBD", "VBZ", "VBP"} and k > draft.noun_end:
            break
        k += 1
    return _fronted(page, cue)


def _fronted(page: Page, cue: Cue) -> Dated | None:
    start = page.sentence_start[cue.token]
    for k in range(cue.token - 1, start - 1, -1):
        date = page.date_at(k)
        if date is not None:
            reported = date.start > start and page.lemma[date.start - 1] in words("speech")
            return (
                None
                if reported or (date.date.granularity == "period" and not date.date.start)
                else date
            )
        if (
            page.pos[k] == "VERB"
            and page.tag[k] in {"VBD", "VBZ", "VBP"}
            and page.lemma[k] not in {"begin", "agree"}
        ):
            return None
    return None


# ---------------------------------------------------------- what it lays down


def provisions(
    page: Page, draft: Draft, governors: list[Cue], statuses: list[Status]
) -> list[TextSpan]:
    """What the sentence says that the agreement lays down, split at coordination."""
    made = {s.cue.token for s in statuses if s.value in {"agreed", "signed"}}
    found: list[TextSpan] = []
    for cue in governors:
        found += _of_cue(page, draft, cue, made)
    if made:
        found += _by_relative(page, draft)
    return list(dict.fromkeys(found))


def _of_cue(page: Page, draft: Draft, cue: Cue, made: set[int]) -> list[TextSpan]:
    end = page.sentence_end[cue.token]
    if cue.token in made and cue.lemma == "agree" and not cue.passive:
        region = cue.token + 1
        if region < end and page.low[region] in {"to", "on", "upon"}:
            stop = next((k for k in range(region + 1, end) if page.low[k] in AFTERWARDS), end)
            pieces = coordinated(page, region + 1, stop)
            return pieces if len(pieces) > 1 else []
    if cue.base == "provide":
        region = cue.token + 1
        while region < end and page.low[region] in {"for", "that", "out", ":"}:
            region += 1
        return coordinated(page, region, end)
    if cue.base != "invoke":
        return []
    if cue.verb and cue.token < draft.noun:
        return _laid_down(page, cue) if cue.lemma in words("laying_down") else []
    if (
        _is_phrase(cue)
        and cue.start == page.sentence_start[cue.token]
        and draft.end < end
        and page.low[draft.end] == ","
    ):
        return coordinated(page, draft.end + 1, end)
    return []


AFTERWARDS = frozenset(
    {"after", "before", "following", "amid", "during", "with", "under", "through", "despite"}
)


def _laid_down(page: Page, cue: Cue) -> list[TextSpan]:
    """The subject of "are spelled out in the statements"."""
    k = cue.token
    start = page.clause_left(k)
    while k > start and (page.pos[k - 1] in {"AUX", "ADV"}):
        k -= 1
    if k == cue.token:
        return []
    low = k
    while (
        low > start
        and page.low[low - 1] not in {",", "“", '"', "”"}
        and page.pos[low - 1] not in {"SCONJ"}
    ):
        low -= 1
    span = page.chars(low, k)
    return (
        [span]
        if span.end > span.start and page.lemma[low] not in {"this", "that", "it", "which"}
        else []
    )


def _by_relative(page: Page, draft: Draft) -> list[TextSpan]:
    """ "a deal under which X will …", "an agreement to exchange …", "a deal that obliges …"."""
    k, end = draft.end, page.sentence_end[draft.noun]
    if k < end and page.low[k] == ",":
        k += 1
    if k + 1 < end and page.low[k] in {"under", "by"} and page.low[k + 1] == "which":
        return coordinated(page, k + 2, end)
    if k < end and page.low[k] == "whereby":
        return coordinated(page, k + 1, end)
    if (
        k + 1 < end
        and k == draft.end
        and page.low[k] == "to"
        and page.pos[k + 1] in {"VERB", "AUX", "NOUN"}
        and page.tag[k + 1] in {"VB", "VBP", "NN"}
    ):
        made = page.pos[k] == "PART" and not draft.negated
        return (
            coordinated(page, k + 1, end)
            if made and page.lemma[k + 1] not in {"be", "take", "come", "go"}
            else []
        )
    return []


def additions(page: Page, draft: Draft) -> list[TextSpan]:
    """Further provisions, in the sentences right behind that of a made agreement: "In addition, X
    were handed over".
    """
    found: list[TextSpan] = []
    start = page.sentence_end[draft.noun]
    while start < page.n and "\n" not in page.text[page.starts[draft.noun] : page.starts[start]]:
        end = page.sentence_end[start]
        skip = next(
            (n for n in (4, 3, 2, 1) if " ".join(page.low[start : start + n]) in ADDITIVE), 0
        )
        if not skip:
            break
        body = start + skip + (page.low[start + skip : start + skip + 1] == [","])
        verb = next((k for k in range(end - 1, body, -1) if page.pos[k] == "VERB"), None)
        span = page.chars(body, _trimmed(page, body, end))
        if verb is not None and span.end > span.start:
            found.append(span)
        start = end
    return found


def coordinated(page: Page, start: int, end: int) -> list[TextSpan]:
    """Coordinated pieces of some tokens; a clause of reporting at the end is left out."""
    end = _trimmed(page, start, _before_report(page, start, end))
    inner = range(start + 1, end)
    dividing = [k for k in inner if page.low[k] in {",", ";"} or _divides(page, k, start, end)]
    cuts = [start, *dividing]
    pieces = (_piece(page, low, high) for low, high in zip(cuts, [*cuts[1:], end], strict=True))
    return [piece for piece in pieces if piece is not None]


def _piece(page: Page, low: int, high: int) -> TextSpan | None:
    joining = {"and", "or", "as", "well", "also", "to", "then"}
    while low < high and (page.low[low] in joining or page.pos[low] == "PUNCT"):
        low += 1
    if not any(page.pos[k] in {"NOUN", "VERB", "PROPN", "ADJ"} for k in range(low, high)):
        return None
    span = page.chars(low, high)
    return span if span.end - span.start > 3 else None


def _divides(page: Page, k: int, start: int, end: int) -> bool:
    """An "and" between provisions, not between adjectives, names or numbers."""
    if page.low[k] not in {"and"} or k + 1 >= end or k - 1 < start:
        return False
    before, after = page.pos[k - 1], page.pos[k + 1]
    if before in {"ADJ", "PROPN", "NUM"} or after in {"PROPN", "NUM"} or page.names(k + 1):
        return False
    return after in {"VERB", "NOUN", "DET", "ADJ", "PART", "AUX"} and before != "VERB"


def _before_report(page: Page, start: int, end: int) -> int:
    for k in range(start + 1, end):
        if page.low[k] in {",", "”", '"'} and any(
            page.lemma[j] in words("speech") | {"accord"}
            for j in range(k + 1, min(k + 9, end))
            if page.pos[j] in {"VERB"}
        ):
            return k
        if page.low[k] in {"according", "which"} | ({"after", "if", "unless"} & words("none")):
            return k
    return end


def _trimmed(page: Page, start: int, end: int) -> int:
    while end > start and (page.pos[end - 1] == "PUNCT" or page.doc[end - 1].is_space):
        end -= 1
    return end


def _is_phrase(cue: Cue) -> bool:
    return not cue.verb and cue.lemma.split()[0] in {"under", "pursuant", "in", "according", "as"}
