"""Which mentions mean one agreement: by type, number of parties, parties, dates, names and whether
it exists.

What is told in full comes first, in reading order; what is not joins the nearest that it fits,
rather before
than behind. A ceasefire that is asked for is not the one that is broken.
"""

from __future__ import annotations

from bisect import bisect_left, insort
from collections import Counter
from dataclasses import dataclass, field
from datetime import date

from kg.extract.agreement_cues import governing
from kg.extract.agreement_lexicon import words
from kg.extract.agreement_mentions import Draft, found
from kg.extract.agreement_page import Dated, Page
from kg.extract.agreement_parts import additions, made_dates, mediators, participants, provisions
from kg.extract.agreement_slots import Part
from kg.extract.agreement_status import EXISTS, Status, claims
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

    @property
    def made(self) -> Interval | None:
        """When it was made, over all dates told."""
        return spanned(self.dates)

    @property
    def full(self) -> bool:
        """It tells enough to stand for itself."""
        return self.draft.sure and bool(self.draft.name or self.dates or len(self.parties) >= 2)


@dataclass(slots=True)
class Cluster:
    """The mentions of one agreement, with what they tell together, kept up to date by `join`."""

    told: list[Told] = field(default_factory=list)
    nouns: list[int] = field(default_factory=list)
    parties: frozenset[str] = frozenset()
    about: frozenset[str] = frozenset()
    names: frozenset[str] = frozenset()
    many: str | None = None
    exists: bool | None = None
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
        self.about |= one.about
        self.titled = self.titled and one.titled
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
        return sorted((p for t in heard for p in t.parts), key=lambda p: (p.start, p.role, p.actor))

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
    for one in (t for t in told if not t.full):
        _place(page, groups, one, behind=True)
    _pronouns(page, groups)
    for group in groups:
        _add_provisions(page, group)
    return sorted(groups, key=lambda g: g.nouns[0])


def _told(page: Page, drafts: list[Draft]) -> list[Told]:
    helpers = mediators(page, drafts)
    return [_one_told(page, draft, helpers.get(number, [])) for number, draft in enumerate(drafts)]


def _one_told(page: Page, draft: Draft, helpers: list[Part]) -> Told:
    governors = governing(page, draft)
    statuses = claims(page, draft, governors)
    helping = {p.actor for p in helpers}
    parts = [
        p
        for p in participants(page, draft, statuses)
        if p.actor not in helping or p.role != "party"
    ]
    dates = made_dates(page, draft, statuses)
    exists = _exists(page, draft, statuses, dates)
    parties = frozenset(
        m for p in parts if p.role == "party" for m in page.states(page.principals(p.actor))
    )
    about = frozenset(m for m in draft.modifiers if m in words("political") and m not in TOO_COMMON)
    laid_down = provisions(page, draft, governors, statuses)
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
    )


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
    before, after = [], []
    for group in groups:
        if _fits(group, one):
            k = bisect_left(group.nouns, here)
            if k:
                before.append((here - group.nouns[k - 1], group))
            elif k < len(group.nouns):
                after.append((group.nouns[k] - here, group))
    nearest = before or (after if behind and one.draft.sure else [])
    if nearest:
        min(nearest, key=lambda pair: pair[0])[1].join(one)
    elif one.draft.sure:
        groups.append(Cluster())
        groups[-1].join(one)


def _fits(group: Cluster, one: Told) -> bool:
    draft = one.draft
    back = draft.article in {"definite", "anaphor"}
    if draft.name and group.names:
        return draft.name in group.names
    return (
        _kinds_fit(group, one, back)
        and (not group.many or not draft.many or group.many == draft.many)
        and _numbers_fit(group, draft)
        and _existence_fits(group, one, back)
        and _dates_fit(group, one)
        and _parties_fit(group.parties, one.parties, headline=one.titled or group.titled)
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
        return back or bool(one.parties & group.parties)
    # "the document", "the documents" take up whatever was signed
    if group.exists is False:
        return False
    return ours == "paper" and draft.article in {"anaphor", "definite"} and not draft.many


def _numbers_fit(group: Cluster, draft: Draft) -> bool:
    same = group.plural == draft.plural or bool(group.names)
    return same or draft.type == group.type == "ceasefire"


def _existence_fits(group: Cluster, one: Told, back: bool) -> bool:
    if group.exists is None or one.exists is None or group.exists == one.exists:
        return True
    # a definite one is the agreement told of, whatever is now denied or possible of it
    told_before = group.nouns[0] < one.draft.noun
    open_values = {"sought", "proposed", "under_negotiation"}
    return (
        back
        and told_before
        and (one.exists is True or not open_values.intersection(s.value for s in one.statuses))
    )


def _dates_fit(group: Cluster, one: Told) -> bool:
    ours, theirs = one.made, group.made
    if ours is None or theirs is None:
        return True
    if one.draft.plural and group.plural:
        return (ours.start, ours.end) == (theirs.start, theirs.end)
    return (ours.start or "") <= (theirs.end or "9999") and (theirs.start or "") <= (
        ours.end or "9999"
    )


def _parties_fit(group: frozenset[str], ours: frozenset[str], *, headline: bool) -> bool:
    if not group or not ours or ours <= group or group <= ours:
        return True
    # headlines name parties by other words than the story does
    return len(group & ours) >= (1 if headline else 2)


def _evidence(group: Cluster, one: Told) -> bool:
    """An indefinite or bare mention needs more than its type to be one told of elsewhere."""
    if one.parties & group.parties or (one.made and group.made):
        return True
    if one.draft.many and one.draft.many == group.many:
        return True
    if group.exists is one.exists is False:
        return True
    return (
        one.exists is not False
        and one.draft.article in {"none", "definite"}
        and group.exists is not False
    ) or (one.exists is group.exists is True)


# ---------------------------------------------------------- pronouns and what follows


def _pronouns(page: Page, groups: list[Cluster]) -> None:
    """ "It was signed in …", right behind the sentence of the only agreement told of there."""
    told_in: dict[int, set[int]] = {}
    for number, group in enumerate(groups):
        for noun in group.nouns:
            told_in.setdefault(page.sentence_start[noun], set()).add(number)
    for sentence, numbers in told_in.items():
        group = groups[min(numbers)]
        pronoun = _signed_pronoun(page, page.sentence_end[sentence], group.plural)
        if len(numbers) == 1 and pronoun is not None:
            group.join(_one_told(page, pronoun, []))


def _signed_pronoun(page: Page, start: int, plural: bool) -> Draft | None:
    if start + 3 >= page.n or page.low[start] != ("they" if plural else "it"):
        return None
    k = start + 1
    while k < start + 5 and page.pos[k] in {"AUX", "ADV", "PART"}:
        k += 1
    passive = page.lemma[k - 1] == "be" or page.lemma[k] == "expire"
    if not passive or page.lemma[k] not in words("signing"):
        return None
    return Draft(
        start,
        start + 1,
        start,
        start + 1,
        "arrangement",
        plural,
        "anaphor",
        pronoun=True,
        sure=False,
    )


def _add_provisions(page: Page, group: Cluster) -> None:
    for one in group.told:
        if (
            any(s.value in {"agreed", "signed"} and s.modality == "actual" for s in one.statuses)
            and one.provisions
        ):
            one.provisions += additions(page, one.draft)
