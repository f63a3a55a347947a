"""Which mentions mean one agreement: by type, number of parties, parties, dates, names and whether
it exists.

What is told in full comes first, in reading order; what is not joins the nearest that it fits,
rather before
than behind. A ceasefire that is asked for is not the one that is broken.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterator, Set
from datetime import timedelta

from kg.extraction.agreement_acts import Act, headline_act, taken_up
from kg.extraction.agreement_cues import governing
from kg.extraction.agreement_drafts import MADE, Cue, Draft
from kg.extraction.agreement_fits import TOO_COMMON, doubt, fits
from kg.extraction.agreement_lexicon import words
from kg.extraction.agreement_mediators import mediators
from kg.extraction.agreement_mentions import found
from kg.extraction.agreement_page import Dated, Page
from kg.extraction.agreement_parts import obliged, participants
from kg.extraction.agreement_phrases import TALKED
from kg.extraction.agreement_pronouns import pronouns
from kg.extraction.agreement_provisions import additions, provisions, undertakings
from kg.extraction.agreement_slots import Part, mediation
from kg.extraction.agreement_status import EXISTS, Status, claims, judged
from kg.extraction.agreement_terms import parts
from kg.extraction.agreement_told import Cluster, Told, spanned
from kg.extraction.agreement_when import made_dates, status_date
from kg.nlp import syntax
from kg.records import Interval
from kg.resolve.instruments import Instruments

UNREAL_BASES = frozenset(
    {"sign", "agree", "adopt", "signing", "negotiate", "propose", "seek", "reject", "possible"}
)
# ---------------------------------------------------------- from a page


def clusters(page: Page, registry: Instruments) -> list[Cluster]:
    """The agreements of a page, by first mention."""
    drafts = found(page, registry)
    if not drafts:
        return []
    told = _told(page, drafts)
    groups: list[Cluster] = []
    for one in (t for t in told if t.full):
        _place(page, groups, one, behind=False)
    scant = [t for t in told if not t.full]
    # headlines last: what they mean, the story tells
    for one in sorted(scant, key=lambda t: t.titled):
        _place(page, groups, one, behind=True)
    _take_up(page, groups)
    _add_parts(page, groups)
    _talks(page, groups)
    _headlined(page, groups)
    everywhere = [noun for group in groups for noun in group.nouns]
    for group in groups:
        _add_provisions(page, group, everywhere)
        if group.exists:
            _talked_over(group)
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
    helpers = [] if draft.type == "resolution" else helpers  # talks have mediators, votes none
    statuses = claims(page, draft, governors)
    if _just_made(page, draft, statuses):
        draft.article = "definite"
    helping = {p.actor for p in helpers}
    parts = [
        q
        for p in (*participants(page, draft, statuses), *obliged(page, governors))
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
        _old(page, draft.dates),
        _seats(page, statuses),
        frozenset(p for p in parties if not page.known(p)),
        weak,
        _over(page, draft, statuses),
        _old(page, dates),
        any(
            s.value == "denied" and s.polarity == "negative" and s.cue.base in MADE | {"exist"}
            for s in statuses
        ),
    )


def _just_made(page: Page, draft: Draft, statuses: list[Status]) -> bool:
    """ "*We have signed an agreement*, he said", "after *both accepted an agreement*": the one
    that the article tells of.
    """
    bare = draft.article == "indefinite" and not (draft.modifiers or draft.topic or draft.dates)
    if not bare or draft.type != "arrangement" or draft.plural:
        return False
    made = [s.cue.token for s in statuses if s.value in MADE_VALUES and s.modality == "actual"]
    ours = any({"we", "have"} <= set(page.low[max(0, k - 5) : k]) for k in made)
    return ours or any(page.low[k - 1] in {"both", "they"} for k in made)


def _over(page: Page, draft: Draft, statuses: list[Status]) -> Interval | None:
    """When it lapsed, ended or was broken, as the sentence tells."""
    done = (s for s in statuses if s.value in {"lapsed", "ended"} and s.modality == "actual")
    dates = (status_date(page, s, draft) for s in done)
    return spanned([d for d in dates if d is not None])


def _old(page: Page, dates: list[Dated]) -> bool:
    if page.published is None:
        return False
    year_before = (page.published - timedelta(365)).isoformat()
    return any((d.date.end or "9999") < year_before for d in dates)


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


def _talked_over(group: Cluster) -> None:
    """Who discusses an agreement that there is, does not negotiate it."""
    for one in group.told:
        one.statuses = [s for s in one.statuses if not _discussed(one.draft, s)]


def _discussed(draft: Draft, status: Status) -> bool:
    """ "To discuss the deal with Putin": there may be one already."""
    back = draft.article in {"definite", "anaphor"}
    return back and status.value == "under_negotiation" and status.cue.lemma in TALKED


def _exists(page: Page, draft: Draft, statuses: list[Status], dates: list[Dated]) -> bool | None:
    if any(s.value in EXISTS for s in statuses):
        return True
    if any(s.cue.base in UNREAL_BASES and not _discussed(draft, s) for s in statuses):
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
    apposed = _apposed(page, groups, one) or _about(page, groups, one)
    if apposed is not None:
        apposed.join(one)
        return
    here = one.draft.noun
    before: list[tuple[int, int, Cluster]] = []
    after: list[tuple[int, int, Cluster]] = []
    for group in groups:
        if fits(group, one):
            k = bisect_left(group.nouns, here)
            against = doubt(group, one)
            if k:
                before.append((against, here - group.nouns[k - 1], group))
            elif k < len(group.nouns):
                after.append((against, group.nouns[k] - here, group))
    nearest = before or (after if behind and one.draft.sure else [])
    if nearest:
        min(nearest, key=lambda found: found[:2])[2].join(one)
    elif one.draft.sure:
        groups.append(Cluster())
        groups[-1].join(one)


def _apposed(page: Page, groups: list[Cluster], one: Told) -> Cluster | None:
    """The agreement that a mention calls by another word: "New START, *the last pact* on arms"."""
    token = page.tokens_of[one.draft.noun_end - 1]
    if token.dep_ not in syntax.APPOSITION or one.draft.name or one.draft.dates:
        return None
    heads = (g for g in groups for d in g.drafts if d.noun <= token.head.i < d.noun_end)
    found = next(heads, None)
    generic = one.draft.type == "arrangement" or found is None or found.type == one.draft.type
    return found if generic and found is not None and found.plural == one.draft.plural else None


def _about(page: Page, groups: list[Cluster], one: Told) -> Cluster | None:
    """The agreement that a mention is the topic of, or is about: "signed *an agreement on a
    ceasefire*".
    """
    for group in groups:
        for other in group.drafts:
            general, special = sorted((one.draft, other), key=lambda d: d.noun)
            if special.start - general.noun_end != 1:
                continue
            alike = general.article == special.article == "indefinite" and not special.name
            linked = page.low[general.noun_end] in ("on", "for")
            if linked and alike and general.type == "arrangement":
                return group if general.plural == special.plural else None
    return None


# ---------------------------------------------------------- pronouns and what follows


def _take_up(page: Page, groups: list[Cluster]) -> None:
    """Pronouns and left out objects join the agreement told of last, here or a sentence before."""
    nouns = sorted((noun, number) for number, group in enumerate(groups) for noun in group.nouns)
    for draft, near, sure, takes_subject in pronouns(page):
        last = bisect_left(nouns, (draft.noun, -1)) - 1
        if last < 0:
            continue
        noun, number = nouns[last]
        group = groups[number]
        if takes_subject and not _told_of_at(page, group, noun):
            continue
        if draft.plural == group.plural and _near(page, noun, draft, near):
            told = _one_told(page, draft, [])
            if draft.silent:
                _signed_by(page, told)
            if told.statuses or told.provisions or sure:
                group.join(told)


def _add_parts(page: Page, groups: list[Cluster]) -> None:
    """What parts of an agreement lay down joins that of the agreement told of last."""
    nouns = sorted((noun, number) for number, group in enumerate(groups) for noun in group.nouns)
    for draft in parts(page):
        last = bisect_left(nouns, (draft.noun, -1)) - 1
        if last < 0 or not _speaks_for(page, nouns[last][0], draft):
            continue
        if draft.article == "indefinite" and groups[nouns[last][1]].exists is not False:
            continue  # "the plan would see": of what is only proposed
        told = _one_told(page, draft, [])
        if told.provisions:
            told.statuses, told.parts, told.dates, told.exists = [], [], [], None
            told.parties = told.weak = told.vague = frozenset()
            groups[nouns[last][1]].join(told)
            nouns.insert(last + 1, (draft.noun, nouns[last][1]))


def _told_of_at(page: Page, group: Cluster, noun: int) -> bool:
    """The sentence before is about it: "*The deal* sets a quota", "They signed *a pact*"."""
    if page.tokens_of[noun].dep_ in syntax.SUBJECT:
        return True
    return any(t.draft.noun == noun and t.statuses for t in group.told)


PART_REACH = 4
"""Sentences from an agreement to a part that speaks for it; quotations may stand between."""


def _speaks_for(page: Page, noun: int, draft: Draft) -> bool:
    """The part is one of the agreement named at a token, and of no law or letter told of since."""
    here = page.sentence_start[draft.noun]
    if page.low[draft.start] in {"'s", "’s"}:
        return noun < draft.start <= noun + 2
    steps, sentence = 0, page.sentence_end[noun]
    while sentence <= here and sentence < page.n:
        steps += any(page.pos[k] == "VERB" for k in range(sentence, page.sentence_end[sentence]))
        sentence = page.sentence_end[sentence]
    if steps > (1 if draft.owned else PART_REACH):
        return False
    between = (k for k in range(noun + 1, draft.start) if page.pos[k] in {"NOUN", "PROPN"})
    return not any(page.low[k] in words("other_text") for k in between)


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
    here = {page.sentence_start[n] for g in groups for n in g.nouns}
    for start, group in _behind(page, groups).items():
        if start not in here and page.story[start]:
            end = page.sentence_end[start]
            heads = (page.low[k : k + 2] for k in range(start, end))
            if any(h[0] == "the" and h[1:] in TALKS for h in heads):
                group.helpers += mediation(page, start, end)
    talks = words("talks")
    before = [k - 1 for k, low in enumerate(page.low) if k and low in talks and page.story[k - 1]]
    for group in groups:
        for i in before:
            if page.low[i] in group.places:
                start, end = page.sentence_start[i], page.sentence_end[i]
                if not any(start <= noun < end for noun in group.nouns):
                    group.helpers += mediation(page, start, end)


TALKS_REACH = 2
"""Sentences from an agreement to "the talks" that led to it, in one paragraph."""


def _behind(page: Page, groups: list[Cluster]) -> dict[int, Cluster]:
    """The sentences behind those that name an agreement, by where they start."""
    found: dict[int, Cluster] = {}
    for noun, group in sorted(((n, g) for g in groups for n in g.nouns), key=lambda p: p[0]):
        start = page.sentence_end[noun]
        for step in range(TALKS_REACH):
            apart = start >= page.n or "\n" in page.text[page.starts[noun] : page.starts[start]]
            if apart and (step or start >= page.n):
                break
            found[start] = group
            start = page.sentence_end[start]
    return found


def _headlined(page: Page, groups: list[Cluster]) -> None:
    """Whom the headline names as agreeing, has made the one agreement that the story tells of as
    signed, "by delegates of both sides".
    """
    made = [
        g
        for g in groups
        if g.exists and not g.names and any(_is_made(t) for t in g.told if not t.titled)
    ]
    act = headline_act(page) if len(made) == 1 and len(made[0].parties) < 2 else None
    if act is None:
        return
    named = {m for p in act.parts if p.role == "party" for m in page.principals(p.actor)}
    sides = frozenset(page.states(named))
    if len(sides) > 1 and made[0].parties <= sides:
        made[0].helpers += act.parts
        made[0].parties |= sides


def _is_made(one: Told) -> bool:
    return any(s.value in MADE_VALUES and s.modality == "actual" for s in one.statuses)


MADE_VALUES = frozenset({"agreed", "signed", "adopted"})
GOES_ON = frozenset({"agreed", "signed", "invoked"})
"""Values beside which provisions are told that the next sentences may add to."""


def _add_provisions(page: Page, group: Cluster, everywhere: list[int]) -> None:
    values = {s.value for one in group.told for s in one.statuses if s.modality == "actual"}
    made = bool(values & MADE_VALUES) and group.exists is True
    told = {page.sentence_start[noun] for noun in everywhere}
    for one in group.told:
        signed = made and _is_made(one) and not one.titled
        told_of = any(s.value in GOES_ON and s.modality == "actual" for s in one.statuses)
        speaks = made or told_of or (group.exists is True and one.draft.part)
        if signed or (speaks and one.provisions):
            one.provisions += additions(page, one.draft, told)
    for one in [*group.told]:
        behind = page.sentence_end[one.draft.noun]
        if made and group.fresh and len(group.parties) > 1 and behind not in told:
            one.provisions += undertakings(page, one.draft, group.parties)
