"""Whether a mention may be one of an agreement told of elsewhere; how much speaks against it."""

from __future__ import annotations

from kg.extraction.agreement_drafts import Draft
from kg.extraction.agreement_lexicon import words
from kg.extraction.agreement_told import GENERIC, Cluster, Told
from kg.records import Interval

FAMILY = {
    "peace_treaty": "treaty",
    "treaty": "treaty",
    "joint_statement": "paper",
    "declaration": "paper",
    "memorandum": "memorandum",
    "protocol": "protocol",
    "resolution": "resolution",
    "roadmap": "roadmap",
    "ceasefire": "ceasefire",
    "arrangement": "arrangement",
}
TRUCE_TOPICS = frozenset(
    {
        "peace",
        "truce",
        "hostage",
        "prisoner",
        "captive",
        "exchange",
        "swap",
        "release",
        "withdrawal",
        "disengagement",
        "de-escalation",
        "deescalation",
        "deconfliction",
        "humanitarian",
        "diplomatic",
        "military",
        "landmark",
        "bilateral",
        "trilateral",
        "provisional",
        "preliminary",
        "phased",
        "three-phase",
        "two-phase",
        "status",
        "accord",
        "regional",
    }
)
"""What an agreement that is a ceasefire may be called by otherwise."""
PEACE_TOPICS = TRUCE_TOPICS | {
    "war",
    "conflict",
    "fighting",
    "hostility",
    "border",
    "boundary",
    "territory",
    "delimitation",
    "demarcation",
    "normalization",
    "normalisation",
    "relation",
    "tie",
    "security",
    "reconciliation",
    "transition",
    "disarmament",
}
"""What an agreement may be on that is a peace agreement."""

TOO_COMMON = frozenset(
    {
        "peace",
        "political",
        "bilateral",
        "international",
        "security",
        "final",
        "comprehensive",
        "temporary",
        "permanent",
        "lasting",
        "durable",
        "fragile",
        "existing",
        "previous",
        "earlier",
        "signed",
        "proposed",
        "historic",
        "landmark",
        "future",
        "possible",
        "potential",
        "ceasefire",
        "truce",
        "so-called",
        "reached",
        "draft",
        "framework",
        "interim",
    }
)
"""Political modifiers that tell no agreement from another."""


def doubt(group: Cluster, one: Told) -> int:
    """How much speaks against a group that fits: one that is not made, another word for it."""
    if one.draft.places & (group.places | group.seats):
        return 0
    if one.made and any(_overlap(one.made, known) for known in group.known):
        return 0
    if one.exists is None and group.exists is False and one.draft.type in GENERIC:
        return 1
    again = one.draft.article == "anaphor" and not one.draft.plural
    if again and one.draft.head in group.heads:
        return 0  # "That deal" is what was last called a deal
    bare = one.draft.article == "definite" and not one.draft.modifiers and not one.draft.plural
    if bare and one.draft.head in group.heads and group.beside(one):
        return -1  # "the pact" is what the same paragraph calls a pact
    if set(one.draft.modifiers) & group.topic or one.about & group.about:
        return -1  # "the boundary treaty" after "a treaty on the boundary"
    loose = words("made") | words("unmade") | words("other") | words("many") | TOO_COMMON
    if set(one.draft.modifiers) & group.modifiers - loose:
        return -1  # "the fishing treaty" after "a fishing treaty and an extradition treaty"
    plain = one.draft.type in GENERIC and not one.draft.places
    told = one.draft.head in group.heads and not one.draft.modifiers
    aside = plain and not told and not group.headlined and not group.beside(one)
    unmade = one.exists is True and group.exists is False
    ours, theirs = one.weak | one.parties, group.parties | group.likely
    strange = bool(ours and group.parties and not ours & theirs)
    exact = one.draft.type not in GENERIC
    other = exact and FAMILY[one.draft.type] != FAMILY[group.type]
    other = other and one.draft.type not in group.also
    # "the treaty" is rather what was called a treaty than what was called a convention
    called = bool(group.names) or one.draft.head in group.heads
    other = other or (exact and one.draft.article == "definite" and not called)
    return 2 * unmade + other + strange + aside


def fits(group: Cluster, one: Told) -> bool:
    """Nothing that is told of the two keeps them apart."""
    draft = one.draft
    denies = any(s.cue.base == "exist" and s.value == "denied" for s in one.statuses)
    back = denies or draft.article in {"definite", "anaphor"}
    if draft.name and group.names:
        return draft.name in group.names or bool(draft.bearers & group.bearers)
    if draft.name and not _bears(group, one):
        return False
    if _named_otherwise(group, draft) or _told_apart(group, one) or _peace_apart(group, one):
        return False
    own = draft.owned and draft.head == "protocol"
    if own and not (group.type == "protocol" and group.beside(one)):
        return False  # "the treaty … its protocol"
    if draft.proper and draft.topic and not draft.topic & (group.topic | group.modifiers):
        return False  # "the Convention on Mines" is not "a treaty on trade"
    sides = (one.parties | one.weak) & (group.parties | group.likely)
    alike = (t for t in group.told if t.sentence == one.sentence and not one.titled)
    if draft.article == "indefinite" and any(t.draft.article == "indefinite" for t in alike):
        return False  # "signed a fishing treaty and an extradition treaty"
    if draft.stranger and draft.article == "indefinite" and not sides:
        return False  # "a truce with it": with whom, is told of it alone
    ahead = group.nouns[0] > draft.noun
    if not ahead and not one.titled and _is_another(draft):
        return False
    if ahead and one.leading and not one.titled and draft.article == "indefinite":
        # "over a deal on supplies" in the first paragraph is what the next ones describe
        near = one.exists is not False and group.exists is not False and not group.old
        near = near and not _introduced(group, draft)
        back = back or (near and not set(draft.modifiers) & words("unmade"))
    if not back and not one.titled and group.old and not one.old:
        return False
    return (
        _kinds_fit(group, one, back)
        and (not group.many or not draft.many or group.many == draft.many)
        and _numbers_fit(group, draft)
        and (not group.places or not draft.places or bool(group.places & draft.places))
        and _existence_fits(group, one, back)
        and _dates_fit(group, one)
        and not _dated_apart(group, one)
        and _parties_fit(group, one, back)
        and (not group.about or not one.about or bool(group.about & one.about))
        and (back or bool(_evidence(group, one)))
        and ((back and not draft.dates) or _topics_meet(group, one))
    )


def _introduced(group: Cluster, draft: Draft) -> bool:
    """ "A memorandum on tea", told of first as something of another kind than "a defence pact"."""
    first = min(group.drafts, key=lambda d: d.noun)
    ours, theirs = set(draft.modifiers), set(first.modifiers)
    described = bool(ours and theirs) and not ours & theirs
    return first.article == "indefinite" and (described or FAMILY[first.type] != FAMILY[draft.type])


def _kinds_fit(group: Cluster, one: Told, back: bool) -> bool:
    draft = one.draft
    ours, theirs = FAMILY[draft.type], FAMILY[group.type]
    if draft.type in group.also:
        return True
    if ours == theirs:
        return ours != "resolution" or back or _numbered(group, one)
    if "resolution" in {ours, theirs}:
        return ours == "paper" and draft.head == "document" and back and group.exists is True
    if draft.many and group.many == draft.many and draft.plural == group.plural:
        return True
    generic = {ours, theirs} & {"arrangement"}
    if generic:
        if group.type == "ceasefire" and one.about - TRUCE_TOPICS - group.about:
            return False
        return back or bool(one.parties & group.parties) or (draft.negated and group.told_at(one))
    # "the document", "the documents" take up whatever was signed
    if group.exists is False:
        return False
    anaphoric = draft.article in {"anaphor", "definite"} and not draft.name
    return ours == "paper" and anaphoric and not draft.many


def _numbered(group: Cluster, one: Told) -> bool:
    """ "Resolution 2779 also calls …" gives the number of the one that was just adopted."""
    opens = one.draft.start == one.sentence and one.draft.name and not one.dates
    return bool(opens) and not group.names and group.exists is True and group.headlined


def _numbers_fit(group: Cluster, draft: Draft) -> bool:
    same = group.plural == draft.plural or bool(group.names)
    return same or draft.type == group.type == "ceasefire"


def _existence_fits(group: Cluster, one: Told, back: bool) -> bool:
    if group.exists is None or one.exists is None or group.exists == one.exists:
        return True
    if group.denied or one.denied:
        # "no memorandum has been signed": the one that others say was signed
        alike = back or FAMILY[one.draft.type] == FAMILY[group.type]
        return bool(alike) and not set(one.draft.modifiers) & words("unmade")
    # a definite one is the agreement told of, whatever is now denied or possible of it
    told_before = group.nouns[0] < one.draft.noun
    open_values = {"sought", "proposed", "under_negotiation"}
    return (
        back
        and told_before
        and (one.exists is True or not open_values.intersection(s.value for s in one.statuses))
    )


def _named_otherwise(group: Cluster, draft: Draft) -> bool:
    """A registered name and a place of another name: "the Paris Agreement", "the Lagos accord"."""
    names = " ".join({*group.names, draft.name or ""})
    places = draft.places if group.names else group.places if draft.name else frozenset()
    return bool(places) and not any(place in names for place in places)


def _told_apart(group: Cluster, one: Told) -> bool:
    """What the registry knows of a name, or the year in one's own words, speaks against it."""
    made = one.made
    if one.over and group.made and (one.over.end or "9999") < (group.made.start or ""):
        return True  # "the truce that lapsed in October" is not the deal of March
    if group.made and one.draft.known and not any(_near(group.made, k) for k in one.draft.known):
        return True  # "the Kyoto Protocol" is not what was adopted on Saturday
    if made is not None and group.known and not any(_overlap(made, k) for k in group.known):
        return True
    open_ = group.exists is False and group.made is None and not group.names
    if one.bygone and open_ and one.exists is True and not one.draft.name:
        return True  # "the deal that the two struck in 2020" is not what they negotiate
    if one.old and group.fresh and group.made is None and not one.draft.name:
        return True
    # "its association agreement with the EU" is not the grain deal named before
    own = frozenset(p.actor for p in one.draft.parts if p.role == "party")
    return bool(group.names) and not one.draft.name and len(own) > 1 and not group.parties


def _peace_apart(group: Cluster, one: Told) -> bool:
    """ "The peace agreement" behind "the treaty on fish quotas" is another."""
    if one.draft.type == group.type or "peace_treaty" not in {one.draft.type, group.type}:
        return False
    if one.draft.type == "peace_treaty":
        told = group.topic | group.about
    else:
        told = one.draft.topic | one.about
    known = "peace_treaty" in group.also or "ceasefire" in {group.type, one.draft.type}
    return bool(told) and not told & PEACE_TOPICS and not known


def _overlap(one: Interval, other: Interval) -> bool:
    return (one.start or "") <= (other.end or "9999") and (other.start or "") <= (one.end or "9999")


def _near(one: Interval, known: Interval) -> bool:
    """Within a year of each other: articles may date an instrument by another day."""
    years = (int(d[:4]) for d in (one.start or "0000", one.end or "9999"))
    first, last = years
    return (
        int((known.start or "0000")[:4]) - 1 <= last and first <= int((known.end or "9999")[:4]) + 1
    )


def _is_another(draft: Draft) -> bool:
    """ "a similar agreement", "an earlier truce": none of those told of before."""
    return draft.article == "indefinite" and bool(set(draft.modifiers) & words("other"))


def _bears(group: Cluster, one: Told) -> bool:
    """A name may be that of an agreement told of without it, if their parties are the same."""
    kind = one.draft.noun_type or one.draft.type
    if group.type not in GENERIC and kind in GENERIC and FAMILY[kind] != FAMILY[group.type]:
        return False  # "the memorandum" is not "the grain deal"
    theirs, ours = group.parties | group.likely, one.parties | one.weak
    return len(theirs & ours) > 1 or min(len(theirs), len(ours)) < 2


def _topics_meet(group: Cluster, one: Told) -> bool:
    """ "An agreement on labour" is not "a protocol on gas"; headlines use other words."""
    ours, theirs = one.draft.topic, group.topic
    return not ours or not theirs or bool(ours & theirs) or one.titled or group.titled


def _dated_apart(group: Cluster, one: Told) -> bool:
    """ "The 2017 treaty" is told by its year from a deal of another kind that has none."""
    inside = [d for d in one.draft.dates if d.end <= one.draft.noun]
    undated = group.made is None and not group.known
    return bool(inside) and undated and FAMILY[group.type] != FAMILY[one.draft.type]


def _dates_fit(group: Cluster, one: Told) -> bool:
    ours, theirs = one.made, group.made
    if ours is None or theirs is None:
        return True
    if one.draft.plural and group.plural:
        return (ours.start, ours.end) == (theirs.start, theirs.end)
    return _overlap(ours, theirs)


def _parties_fit(group: Cluster, one: Told, back: bool) -> bool:
    theirs, ours = group.parties, one.parties
    taken_up = one.draft.article in {"definite", "anaphor"}
    if back and len(ours) == 1 and not one.draft.parts and (taken_up or len(theirs) < 2):
        return True  # "the accord, from which Chad withdrew": there may be more than are told of
    if not theirs or not ours or ours <= theirs or theirs <= ours:
        return True
    # headlines name parties by other words than the story does
    loose = (one.titled or group.titled) and bool((theirs ^ ours) & (group.vague | one.vague))
    return len(theirs & ours) >= (1 if loose else 2)


def _evidence(group: Cluster, one: Told) -> bool:
    """An indefinite or bare mention needs more than its type to be one told of elsewhere."""
    shared = (one.parties | one.weak) & (group.parties | group.likely)
    if shared or (one.made and group.made):
        return True
    if one.draft.places & group.places or one.titled or group.titled:
        return True
    if one.draft.many and one.draft.many == group.many:
        return True
    if one.draft.negated or ((group.denied or one.denied) and group.exists is not one.exists):
        return True
    if group.exists is one.exists is False:
        return True
    return (
        one.exists is not False
        and one.draft.article in {"none", "definite"}
        and group.exists is not False
    ) or (one.exists is group.exists is True)
