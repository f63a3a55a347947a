"""Who takes part in an agreement, as its sentences tell."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.agreement_drafts import MADE, Cue, Draft
from kg.extraction.agreement_lexicon import cues, words
from kg.extraction.agreement_page import Page
from kg.extraction.agreement_phrases import TALKED
from kg.extraction.agreement_slots import (
    BROKER_LEMMAS,
    ActorList,
    Part,
    Tie,
    actors_before,
    actors_from,
)
from kg.extraction.agreement_status import Status
from kg.records import ParticipationRole

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


def participants(page: Page, draft: Draft, statuses: list[Status]) -> list[Part]:
    """Parties of a mention: those in its words, and who signs, agrees, breaks or negotiates it."""
    parts = list(draft.parts)
    for status in statuses:
        parts += _by_cue(page, draft, status)
    parts += _declared(page, draft)
    parts += _undertaking(page, draft)
    parts += _agreeing_under(page, draft)
    parts += _bound_by(page, draft)
    parts += _stationed(page, draft)
    parts += _the_two(page, draft)
    parts += _bound_together(page, draft)
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
    if page.low[k] in {"not", "never", "no"}:
        return
    if page.lemma[k - 1] not in {"be", "become", "remain"}:
        return
    listed, _ = actors_before(page, k - 1, page.clause_left(k - 1))
    if listed is not None:
        yield from parties_of(page, listed)


def obliged(page: Page, governors: list[Cue]) -> Iterator[Part]:
    """ "The accord obliges A to disarm and B not to arm others": whom it binds by name."""
    for cue in governors:
        if cue.base != "provide" or cue.lemma not in BINDING_WORDS:
            continue
        k, end = cue.token + 1, page.sentence_end[cue.token]
        while k < end:
            found = actors_from(page, k) if page.names(k) or page.pos[k] == "DET" else None
            to = found is not None and "to" in page.low[found.end : found.end + 2]
            if found is not None and to and found.end < end:
                yield from (p for p in parties_of(page, found) if page.actor(p.actor).type in SIDES)
            k = found.end if found is not None else k + 1


BINDING_WORDS = frozenset({"oblige", "obligate", "require", "commit", "bind"})


def _undertaking(page: Page, draft: Draft) -> Iterator[Part]:
    """ "the accord, under which A and B pledged not to …", "in which both sides promised to …"."""
    k, end = draft.end, page.sentence_end[draft.noun]
    k += page.low[k : k + 1] == [","]
    if page.low[k : k + 2] not in (["under", "which"], ["by", "which"], ["in", "which"]):
        return
    for j in range(k + 2, min(k + 16, end)):
        if page.pos[j] == "VERB":
            listed, _ = actors_before(page, j, k + 2)
            if page.lemma[j] in words("undertaking") and listed is not None:
                yield from parties_of(page, listed)
            return


def _agreeing_under(page: Page, draft: Draft) -> Iterator[Part]:
    """ "Under a deal reached in Bern, *A agreed* to pay while *B undertook* to deliver"."""
    start, end = page.sentence_start[draft.noun], page.sentence_end[draft.noun]
    if page.low[start] != "under" or draft.start != start + 1:
        return
    for k in range(draft.end, end):
        agreeing = page.lemma[k] in words("undertaking") and page.tag[k] == "VBD"
        if not agreeing or page.low[k + 1 : k + 2] not in (["to"], ["not"], ["that"]):
            continue
        listed, _ = actors_before(page, k, page.clause_left(k))
        if listed is not None:
            yield from (p for p in parties_of(page, listed) if page.actor(p.actor).type in SIDES)


def _bound_by(page: Page, draft: Draft) -> Iterator[Part]:
    """ "A is *bound by* a treaty *to defend B*": who must, and whom."""
    k, floor = draft.start - 1, page.sentence_start[draft.noun]
    if k <= floor + 1 or page.low[k] != "by" or page.low[k - 1] not in {"bound", "obliged"}:
        return
    be = k - 2
    while be > floor and page.pos[be] == "ADV":
        be -= 1
    listed, _ = actors_before(page, be, page.clause_left(be))
    if page.lemma[be] != "be" or listed is None:
        return
    yield from (p for p in parties_of(page, listed) if page.actor(p.actor).type in SIDES)
    j = draft.end
    if page.low[j : j + 1] == ["to"] and page.lemma[j + 1 : j + 2] in DEFENDING:
        found = actors_from(page, j + 2)
        if found is not None:
            yield from (p for p in parties_of(page, found) if page.actor(p.actor).type in SIDES)


DEFENDING = (["defend"], ["protect"], ["aid"], ["help"], ["assist"])


def _acting_under(page: Page, draft: Draft, cue: Cue) -> Iterator[Part]:
    """ "A and B began exchanging prisoners under a deal": two who act on it together keep it."""
    if cue.lemma != "under" or cue.start == page.sentence_start[cue.token]:
        return
    start = page.sentence_start[cue.token]
    found = next(
        (f for k in range(start, min(start + 4, cue.start)) if (f := actors_from(page, k))), None
    )
    if (
        found is None
        or len(members(page, found)) < 2
        or page.pos[found.end : found.end + 1] not in (["VERB"], ["AUX"])
    ):
        return
    if any(page.low[k] in {";", ":", "that", "which", "who"} for k in range(found.end, cue.start)):
        return
    yield from (part._replace(tie="keeper") for part in parties_of(page, found))


def _the_two(page: Page, draft: Draft) -> Iterator[Part]:
    """ "A treaty *the two* concluded", "a deal between *the two*": the powers named before."""
    k, end = draft.end, page.sentence_end[draft.noun]
    k += page.low[k : k + 1] in (["that"], ["which"], ["between"])
    if page.low[k : k + 2] != ["the", "two"] or any(p.role == "party" for p in draft.parts):
        return
    j = k + 2 + (page.pos[k + 2 : k + 3] == ["NOUN"])
    made = cues("verb").get(page.verb(j), {}).get("obj") in MADE if j < end else False
    if not made and page.low[k - 1] != "between":
        return
    found: dict[str, int] = {}
    for i in range(page.sentence_start[draft.noun], draft.start):
        for name in page.names(i)[:1]:
            for power in (page.power(p) for p in page.principals(name.actor)):
                if page.actor(power).type in SIDES:
                    found[power] = i
    if len(found) == 2:
        yield from (Part(p, "party", i, i + 1) for p, i in found.items())


def _bound_together(page: Page, draft: Draft) -> Iterator[Part]:
    """ "The two accords *bind* Peru and Chile"."""
    k = draft.end
    if page.lemma[k : k + 1] == ["bind"] and page.pos[k] == "VERB":
        found = actors_from(page, k + 1)
        if found is not None and len(members(page, found)) > 1:
            yield from (p for p in parties_of(page, found) if page.actor(p.actor).type in SIDES)


STATIONED = frozenset({"station", "base", "deploy", "garrison"})


def _stationed(page: Page, draft: Draft) -> Iterator[Part]:
    """ "Under a pact of 2020, French troops are based in Chad": host and guest have made it."""
    start, end = page.sentence_start[draft.noun], page.sentence_end[draft.noun]
    if page.low[start] != "under" or draft.start != start + 1 or draft.parts:
        return
    verb = next((k for k in range(draft.end, end) if page.lemma[k] in STATIONED), None)
    if verb is None or page.low[verb + 1 : verb + 2] not in (["in"], ["on"], ["at"]):
        return
    guests = [(page.power(n.actor), k) for k in range(draft.end, verb) for n in page.names(k)]
    named = ((page.names(k), page.state_at(k), k) for k in range(verb + 1, end))
    hosts = [(page.power(n[0].actor) if n else s, k) for n, s, k in named if n or s]
    sides = {p: k for p, k in (*guests[-1:], *hosts[:1]) if p and page.actor(p).type in SIDES}
    if len(sides) == 2:
        yield from (Part(p, "party", k, k + 1) for p, k in sides.items())


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
    elif cue.base == "invoke" and not cue.verb:
        yield from _acting_under(page, draft, cue)
    elif cue.base == "negotiate":
        yield from _negotiators(page, draft, cue)
    elif cue.base in BINDING:
        enforced = cue.base == "comply" and cue.passive
        if enforced or (cue.base == "extend" and len(status.by) < 2):
            return
        if status.value == "possible" and _is_open(page, cue):
            return
        for actor in status.by:
            mention = _mention_near(page, actor, cue)
            if mention is not None and not _is_unbound(page, actor):
                bound = _bound(page, actor, status.by)
                tie = "keeper" if cue.base in {"comply", "violate"} else "bound"
                yield Part(bound, "party", *mention, tie)


def _is_open(page: Page, cue: Cue) -> bool:
    """ "It was unclear *whether A would abide by* the accord": A may have no part in it."""
    return "whether" in page.low[page.sentence_start[cue.token] : cue.token]


def _is_unbound(page: Page, actor: str) -> bool:
    """An actor that keeps or breaks what others made; "the West" signs nothing."""
    record = page.actor(actor)
    bloc = record.type == "group" and record.known and page.principals(actor) == (actor,)
    return bloc or record.type in UNBOUND


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
        listed = _tree_subject(page, cue.token) or _delegates(page, cue.token)
    between = page.low[draft.noun_end : draft.noun_end + 1] in (["between"], ["among"])
    if between and len(draft.parts) > 1:
        return
    together = listed is not None and len(members(page, listed)) > 1
    if cue.lemma in TOGETHER and (draft.parts or not together):
        return
    if listed is not None and draft.type == "resolution":
        yield from (part._replace(role="signatory") for part in parties_of(page, listed))
    elif listed is not None:
        yield from parties_of(page, listed)
    # "the treaty that Dili concluded with Canberra": the partner stands behind the verb
    behind = cue.token > draft.noun
    yield from _with_behind(page, cue.token + 1, cue.token + 2 if behind else draft.start)


def _with_behind(page: Page, start: int, end: int) -> Iterator[Part]:
    """ "agreed with Turkey on a ceasefire": a partner between the verb and the agreement."""
    for k in range(start, min(end, page.n)):
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


def _delegates(page: Page, i: int) -> ActorList | None:
    """ "*Delegates from both sides* signed": who has sent them."""
    for k in range(i - 1, max(page.sentence_start[i], i - 8), -1):
        if page.pos[k] in {"VERB", "PUNCT"}:
            return None
        if page.low[k] in {"from", "of", "for"} and page.low[k - 1] in words("leader"):
            found = actors_from(page, k + 1)
            return found if found is not None and found.end <= i else None
    return None


def _negotiators(page: Page, draft: Draft, cue: Cue) -> Iterator[Part]:
    if not cue.verb:
        high = min(page.sentence_end[cue.token], max(cue.token, draft.noun, cue.token + 6))
        for k in range(cue.token + 1, high):
            if page.low[k] in {"between", "with", "among"}:
                found = actors_from(page, k + 1, gap=6)
                if found is not None and len(members(page, found)) >= 2:
                    yield from parties_of(page, found)
                elif found is not None and page.low[k] == "with":
                    yield from _in_talks(page, cue, found)
                return
        yield from _talkers(page, cue)
        return
    if cue.lemma in TALKED and draft.article in {"definite", "anaphor"}:
        return
    listed, _ = actors_before(page, cue.token, page.clause_left(cue.token))
    partners = list(_with_behind(page, cue.token + 1, min(page.n, draft.end + 4)))
    partners += _with_whom(page, cue.token)
    if listed is not None and (partners or len(members(page, listed)) >= 2):
        yield from parties_of(page, listed)
        yield from partners


def _with_whom(page: Page, i: int) -> Iterator[Part]:
    """ "Kuwait, *with which* Manila is negotiating a pact": who stands before the relative."""
    for k in range(page.sentence_start[i] + 1, i):
        if page.low[k : k + 2] in (["with", "which"], ["with", "whom"]):
            listed, _ = actors_before(page, k - (page.low[k - 1] == ","), page.sentence_start[i])
            if listed is not None and i - k < 10:
                yield from parties_of(page, listed)
            return


def _in_talks(page: Page, cue: Cue, partner: ActorList) -> Iterator[Part]:
    """ "A is in talks with B on a deal", "A has opened negotiations with B on a deal"."""
    k = cue.token - 1
    floor = page.sentence_start[cue.token]
    while k > floor and (page.pos[k] in {"ADJ", "ADV", "DET"} or page.low[k] == "in"):
        k -= 1
    if page.pos[k] not in {"VERB", "AUX"}:
        return
    listed, _ = actors_before(page, k, page.clause_left(k))
    if listed is not None:
        yield from parties_of(page, listed)
        yield from parties_of(page, partner)


def _talkers(page: Page, cue: Cue) -> Iterator[Part]:
    """ "A and B began talks on a deal": the subject of the verb that has the talks as object."""
    k = cue.token - 1
    while k > page.sentence_start[cue.token] and page.pos[k] in {"ADJ", "DET", "NUM", "NOUN"}:
        k -= 1
    if page.pos[k] != "VERB" or page.tag[k] in {"VBG", "VB"}:
        return
    listed, _ = actors_before(page, k, page.clause_left(k))
    if listed is not None and len(members(page, listed)) >= 2:
        yield from parties_of(page, listed)


def members(page: Page, found: ActorList) -> set[str]:
    """The actors of a list, groups by their members."""
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
