"""Which mentions mean one agreement: by type, number of parties, parties, dates, names and whether
it exists.

What is told in full comes first, in reading order; what is not joins the nearest that it fits,
rather before
than behind. A ceasefire that is asked for is not the one that is broken.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from collections.abc import Iterator, Set
from dataclasses import dataclass, field
from datetime import date, timedelta

from kg.extraction.agreement_acts import Act, taken_up
from kg.extraction.agreement_cues import MADE, Cue, governing
from kg.extraction.agreement_drafts import Draft
from kg.extraction.agreement_lexicon import words
from kg.extraction.agreement_mentions import found
from kg.extraction.agreement_page import Dated, Page
from kg.extraction.agreement_parts import additions, made_dates, mediators, participants, provisions
from kg.extraction.agreement_pronouns import pronouns
from kg.extraction.agreement_slots import Part, mediation
from kg.extraction.agreement_status import EXISTS, Status, claims, judged
from kg.records import Interval, TextSpan
from kg.resolve.instruments import Instruments

GENERIC = frozenset({"arrangement"})
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
UNREAL_BASES = frozenset(
    {"sign", "agree", "adopt", "signing", "negotiate", "propose", "seek", "reject", "possible"}
)
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


@dataclass(slots=True)
class Told:
    """One mention with all that its sentence tells of it."""

    draft: Draft
    statuses: list[Status]
    parts: list[Part]
    dates: list[Dated]
    provisions: list[TextSpan]
    exists: bool | None
    parties: frozenset[str]
    about: frozenset[str]
    titled: bool = False
    sentence: int = 0
    paragraph: int = 0
    leading: bool = False
    old: bool = False
    """Made more than a year before the article, as its own words tell."""
    seats: frozenset[str] = frozenset()
    """Where its sentence says that it was made: "signed in Geneva"."""
    vague: frozenset[str] = frozenset()
    """Parties told of by a description, which may be others' by name: "the rebels"."""
    weak: frozenset[str] = frozenset()
    """Who keeps or breaks it: likely, but not sure to be a party."""
    denied: bool = False
    """Somebody says that it was not made, which tells nothing of what others say."""

    @property
    def made(self) -> Interval | None:
        """When it was made, over all dates told."""
        return spanned(self.dates)

    @property
    def full(self) -> bool:
        """It tells enough to stand for itself."""
        several = len(self.parties | self.weak) >= 2
        return self.draft.sure and bool(self.draft.name or self.dates or several)


@dataclass(slots=True)
class Cluster:
    """The mentions of one agreement, with what they tell together, kept up to date by `join`."""

    told: list[Told] = field(default_factory=list)
    nouns: list[int] = field(default_factory=list)
    helpers: list[Part] = field(default_factory=list)
    parties: frozenset[str] = frozenset()
    likely: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    seats: frozenset[str] = frozenset()
    many: str | None = None
    exists: bool | None = None
    denied: bool = False
    vague: frozenset[str] = frozenset()
    titled: bool = True
    kinds: Counter[str] = field(default_factory=Counter)
    plurals: Counter[bool] = field(default_factory=Counter)
    dated: tuple[int, int, Interval] | None = None

    def join(self, one: Told) -> None:
        """Take in a mention."""
        draft = one.draft
        self.told.append(one)
        insort(self.nouns, draft.noun)
        self.parties |= one.parties
        self.likely |= one.weak
        self.about |= one.about
        self.places |= draft.places
        self.seats |= one.seats
        self.titled = self.titled and one.titled
        self.denied |= one.denied
        self.vague |= one.vague
        self.many = self.many or draft.many
        if draft.name:
            self.names |= {draft.name}
        if one.exists is not None:
            self.exists = self.exists or one.exists
        if draft.sure:
            self.kinds[draft.type] += 1
        if not draft.pronoun:
            self.plurals[draft.plural] += 1
        made = one.made
        if made is not None:
            told = (length(made), draft.noun, made)
            self.dated = told if self.dated is None else min(self.dated, told, key=_exactness)

    @property
    def headlined(self) -> bool:
        """A headline or the first paragraph tells of it: it is what the article is about."""
        return any(t.leading for t in self.told)

    @property
    def old(self) -> bool:
        """Made more than a year before the article."""
        return any(t.old for t in self.told)

    def beside(self, one: Told) -> bool:
        """It is told of in the paragraph of a mention."""
        return any(t.paragraph == one.paragraph for t in self.told)

    def told_at(self, one: Told) -> bool:
        """It is told of in the sentence of a mention."""
        return any(t.sentence == one.sentence for t in self.told)

    @property
    def drafts(self) -> list[Draft]:
        """Its mentions."""
        return [t.draft for t in self.told]

    @property
    def claims(self) -> list[tuple[Draft, list[Status]]]:
        """What is claimed of it, mention by mention, in reading order."""
        return [(t.draft, t.statuses) for t in sorted(self.told, key=lambda t: t.draft.noun)]

    @property
    def parts(self) -> list[Part]:
        """Parts of actors in reading order; headlines count where the story names no parties."""
        by_story = any(len(t.parties) >= 2 and not t.titled for t in self.told)
        heard = [t for t in self.told if not (by_story and t.titled)]
        parts = [*self.helpers, *(p for t in heard for p in t.parts)]
        return sorted(parts, key=lambda p: (p.start, p.role, p.actor))

    @property
    def provisions(self) -> list[TextSpan]:
        """What it lays down, in reading order."""
        return sorted({s for t in self.told for s in t.provisions})

    @property
    def plural(self) -> bool:
        """It is a set."""
        return self.plurals[True] > self.plurals[False]

    @property
    def made(self) -> Interval | None:
        """When it was made: the most exact interval told."""
        return None if self.dated is None or self.exists is False else self.dated[2]

    @property
    def type(self) -> str:
        """The most telling type among its mentions, by the number of them."""
        telling = [k for k in self.kinds if k not in GENERIC]
        if not telling:
            return "arrangement"
        return max(telling, key=lambda k: (self.kinds[k], k == "peace_treaty"))


def _exactness(told: tuple[int, int, Interval]) -> tuple[int, int]:
    return told[:2]


def length(interval: Interval) -> int:
    """Days; an open side counts as long."""
    if interval.start is None or interval.end is None:
        return 10**6
    return (date.fromisoformat(interval.end) - date.fromisoformat(interval.start)).days


def spanned(dates: list[Dated]) -> Interval | None:
    """The interval from the first to the last of some dates."""
    known = [d.date for d in dates if d.date.start]
    if not known:
        return None
    start = min(d.start for d in known if d.start)
    ends = [d.end for d in known if d.end]
    end = max(ends) if ends else None
    granularity = known[0].granularity if len(known) == 1 else "period"
    return Interval(start, end, granularity)


# ---------------------------------------------------------- from a page


def clusters(page: Page, registry: Instruments) -> list[Cluster]:
    """The agreements of a page, by first mention."""
    drafts = found(page, registry)
    told = _told(page, drafts)
    groups: list[Cluster] = []
    for one in (t for t in told if t.full):
        _place(page, groups, one, behind=False)
    scant = [t for t in told if not t.full]
    # headlines last: what they mean, the story tells
    for one in sorted(scant, key=lambda t: t.titled):
        _place(page, groups, one, behind=True)
    _take_up(page, groups)
    _talks(page, groups)
    for group in groups:
        _add_provisions(page, group)
    return sorted(groups, key=lambda g: g.nouns[0])


def _told(page: Page, drafts: list[Draft]) -> list[Told]:
    helpers = mediators(page, drafts)
    everyone = {p.actor for parts in helpers.values() for p in parts if p.role == "mediator"}
    agreed = taken_up(page, drafts)
    found = []
    for number, draft in enumerate(drafts):
        one = _one_told(page, draft, helpers.get(number, []), everyone)
        if number in agreed:
            _add_act(page, one, agreed[number])
        found.append(one)
    return found


def _add_act(page: Page, one: Told, act: Act) -> None:
    one.draft.sure = True
    one.statuses.insert(0, act.status)
    one.parts += act.parts
    one.dates += act.dates
    one.provisions += act.provisions
    one.exists = True
    named = (m for p in act.parts if p.role == "party" for m in page.principals(p.actor))
    one.parties |= frozenset(page.states(named))


def _one_told(
    page: Page, draft: Draft, helpers: list[Part], everyone: Set[str] = frozenset()
) -> Told:
    governors = governing(page, draft)
    statuses = claims(page, draft, governors)
    helping = {p.actor for p in helpers}
    parts = [
        q
        for p in participants(page, draft, statuses)
        if p.role != "party" or p.actor not in helping
        for q in _apart(page, p, everyone)
    ]
    dates = made_dates(page, draft, statuses)
    exists = _exists(page, draft, statuses, dates)
    parties = frozenset(
        m
        for p in parts
        if p.role == "party" and not p.weak
        for m in page.states(page.principals(p.actor))
    )
    weak = frozenset(m for p in parts if p.weak for m in page.states(page.principals(p.actor)))
    about = frozenset(m for m in draft.modifiers if m in words("political") and m not in TOO_COMMON)
    laid_down = provisions(page, draft, governors, statuses)
    paragraph = page.text.rfind("\n", 0, page.starts[draft.noun])
    return Told(
        draft,
        statuses,
        [*parts, *helpers],
        dates if exists is not False else [],
        laid_down,
        exists,
        parties,
        about,
        page.titled[draft.noun],
        page.sentence_start[draft.noun],
        paragraph,
        page.titled[draft.noun] or paragraph == page.lead,
        _old(page, draft),
        _seats(page, statuses),
        frozenset(p for p in parties if not page.known(p)),
        weak,
        any(
            s.value == "denied" and s.polarity == "negative" and s.cue.base in MADE | {"exist"}
            for s in statuses
        ),
    )


def _old(page: Page, draft: Draft) -> bool:
    if page.published is None:
        return False
    year_before = (page.published - timedelta(365)).isoformat()
    return any((d.date.end or "9999") < year_before for d in draft.dates)


def _seats(page: Page, statuses: list[Status]) -> frozenset[str]:
    """The places that follow "in" behind a verb of making."""
    found = set()
    for status in statuses:
        if status.cue.base in MADE and status.cue.verb:
            end = min(page.sentence_end[status.cue.token], status.cue.token + 16)
            for k in range(status.cue.token + 1, end - 1):
                if page.low[k] == "in" and not page.date_at(k + 1) and page.doc[k + 1].is_title:
                    found.add(page.low[k + 1])
    return frozenset(found)


def _apart(page: Page, part: Part, mediating: Set[str]) -> Iterator[Part]:
    """A part; of "the two sides" that a mediator was counted among, only the others' parts."""
    members = page.principals(part.actor)
    mixed = page.actor(part.actor).type == "group" and set(members) & mediating
    if part.role != "party" or len(members) < 2 or not mixed:
        yield part
        return
    for member in members:
        if member not in mediating:
            yield part._replace(actor=member)


def _exists(page: Page, draft: Draft, statuses: list[Status], dates: list[Dated]) -> bool | None:
    if any(s.value in EXISTS for s in statuses):
        return True
    if any(s.cue.base in UNREAL_BASES for s in statuses):
        return False
    if any(
        d.date.end and page.published and d.date.end <= page.published.isoformat() for d in dates
    ):
        return True
    if draft.negated or set(draft.modifiers) & words("unmade"):
        return False
    if set(draft.modifiers) & words("made"):
        return True
    return None


# ---------------------------------------------------------- putting together


def _place(page: Page, groups: list[Cluster], one: Told, *, behind: bool) -> None:
    here = one.draft.noun
    before: list[tuple[int, int, Cluster]] = []
    after: list[tuple[int, int, Cluster]] = []
    for group in groups:
        if _fits(group, one):
            k = bisect_left(group.nouns, here)
            doubt = _doubt(group, one)
            if k:
                before.append((doubt, here - group.nouns[k - 1], group))
            elif k < len(group.nouns):
                after.append((doubt, group.nouns[k] - here, group))
    nearest = before or (after if behind and one.draft.sure else [])
    if nearest:
        min(nearest, key=lambda found: found[:2])[2].join(one)
    elif one.draft.sure:
        groups.append(Cluster())
        groups[-1].join(one)


def _doubt(group: Cluster, one: Told) -> int:
    """How much speaks against a group that fits: one that is not made, another word for it."""
    if one.draft.places & (group.places | group.seats):
        return 0
    if one.exists is None and group.exists is False and one.draft.type in GENERIC:
        return 1
    plain = one.draft.type in GENERIC and not one.draft.places
    aside = plain and not group.headlined and not group.beside(one)
    unmade = one.exists is True and group.exists is False
    ours, theirs = one.weak | one.parties, group.parties | group.likely
    strange = bool(ours and group.parties and not ours & theirs)
    other = FAMILY[one.draft.type] != FAMILY[group.type] and one.draft.type not in GENERIC
    return 2 * unmade + other + strange + aside


def _fits(group: Cluster, one: Told) -> bool:
    draft = one.draft
    denies = any(s.cue.base == "exist" for s in one.statuses)
    back = denies or draft.article in {"definite", "anaphor"}
    if draft.name and group.names:
        return draft.name in group.names
    if draft.name and not _bears(group, one):
        return False
    ahead = group.nouns[0] > draft.noun
    if ahead and one.leading and not one.titled and draft.article == "indefinite":
        # "over a deal on supplies" in the first paragraph is what the next ones describe
        near = one.exists is not False and group.exists is not False and not group.old
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
    )


def _kinds_fit(group: Cluster, one: Told, back: bool) -> bool:
    draft = one.draft
    ours, theirs = FAMILY[draft.type], FAMILY[group.type]
    if ours == theirs:
        return ours != "resolution" or back
    if "resolution" in {ours, theirs}:
        return False
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


def _bears(group: Cluster, one: Told) -> bool:
    """A name may be that of an agreement told of without it, if their parties are the same."""
    theirs, ours = group.parties | group.likely, one.parties | one.weak
    return len(theirs & ours) > 1 or min(len(theirs), len(ours)) < 2


def _dated_apart(group: Cluster, one: Told) -> bool:
    """ "The 2017 treaty" is told by its year from a deal of another kind that has none."""
    inside = [d for d in one.draft.dates if d.end <= one.draft.noun]
    return bool(inside) and group.made is None and FAMILY[group.type] != FAMILY[one.draft.type]


def _dates_fit(group: Cluster, one: Told) -> bool:
    ours, theirs = one.made, group.made
    if ours is None or theirs is None:
        return True
    if one.draft.plural and group.plural:
        return (ours.start, ours.end) == (theirs.start, theirs.end)
    return (ours.start or "") <= (theirs.end or "9999") and (theirs.start or "") <= (
        ours.end or "9999"
    )


def _parties_fit(group: Cluster, one: Told, back: bool) -> bool:
    theirs, ours = group.parties, one.parties
    if back and len(ours) == 1 and not one.draft.parts:
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


# ---------------------------------------------------------- pronouns and what follows


def _take_up(page: Page, groups: list[Cluster]) -> None:
    """Pronouns and left out objects join the agreement told of last, here or a sentence before."""
    nouns = sorted((noun, number) for number, group in enumerate(groups) for noun in group.nouns)
    for draft, near in pronouns(page):
        last = bisect_left(nouns, (draft.noun, -1)) - 1
        if last < 0:
            continue
        noun, number = nouns[last]
        group = groups[number]
        if draft.plural == group.plural and _near(page, noun, draft, near):
            told = _one_told(page, draft, [])
            if draft.silent:
                _signed_by(page, told)
            if told.statuses or told.provisions:
                group.join(told)


def _signed_by(page: Page, one: Told) -> None:
    """Take the verb that a left out object belongs to for what is told of it."""
    i = one.draft.noun
    status = judged(page, one.draft, Cue(i, i, i + 1, "sign", True, "sign"))
    one.statuses = [status] if status is not None else []
    one.exists = True if status is not None and status.value in EXISTS else None


def _near(page: Page, noun: int, draft: Draft, near: bool) -> bool:
    here, there = page.sentence_start[draft.noun], page.sentence_start[noun]
    if near:
        return here == there
    # a quotation may hold the agreement in one sentence and its speaker in the next
    before = page.sentence_start[here - 1] if here else here
    two = page.sentence_start[before - 1] if before and draft.silent else before
    return there in {here, before, two}


TALKS = (["talks"], ["negotiations"])


def _talks(page: Page, groups: list[Cluster]) -> None:
    """Who mediated "the Geneva talks" has mediated the Geneva truce; who mediated "the talks", the
    agreement told of in the sentence before.
    """
    last = {page.sentence_end[n]: g for g in groups for n in g.nouns}
    here = {page.sentence_start[n] for g in groups for n in g.nouns}
    for start, group in last.items():
        if start < page.n and start not in here and page.story[start]:
            end = page.sentence_end[start]
            heads = (page.low[k : k + 2] for k in range(start, end))
            if any(h[0] == "the" and h[1:] in TALKS for h in heads):
                group.helpers += mediation(page, start, end)
    for group in groups:
        for i in range(page.n - 1):
            if page.low[i] in group.places and page.low[i + 1] in words("talks") and page.story[i]:
                start, end = page.sentence_start[i], page.sentence_end[i]
                if not any(start <= noun < end for noun in group.nouns):
                    group.helpers += mediation(page, start, end)


def _add_provisions(page: Page, group: Cluster) -> None:
    for one in group.told:
        if (
            any(s.value in {"agreed", "signed"} and s.modality == "actual" for s in one.statuses)
            and one.provisions
        ):
            one.provisions += additions(page, one.draft)
