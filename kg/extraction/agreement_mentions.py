"""Finds the words that name an agreement, and tells them from consent, business and other things.

A noun of the lexicon counts by itself, or by what stands around it; a name of the registry counts
as it
stands. What only takes up an agreement told of before is kept apart until it is known whether
there is one.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Literal

from kg.extraction.agreement_lexicon import Noun, cues, nouns, words
from kg.extraction.agreement_page import DASHES, QUOTES, Dated, Named, Page
from kg.extraction.agreement_slots import Part, actors_from
from kg.records import TextSpan
from kg.resolve.instruments import Instruments, name_key

Article = Literal["indefinite", "definite", "anaphor", "none", "no"]


@dataclass(slots=True)
class Draft:
    """A mention in the making, in tokens; `start` to `end` are its words, `noun` to `noun_end` its
    head.

    `sure` is false for what counts only if it takes up an agreement told of before.
    """

    start: int
    end: int
    noun: int
    noun_end: int
    type: str
    plural: bool
    article: Article = "none"
    modifiers: tuple[str, ...] = ()
    many: str | None = None
    name: str | None = None
    topic: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    """Where it was made, as a name: "the Geneva truce"."""
    noun_type: str | None = None
    """What a registered name says by itself, without the registry."""
    sure: bool = True
    pronoun: bool = False
    silent: bool = False
    """No words stand for it: "Both delegations have signed"."""
    lead: int | None = None
    """Where the phrase of the noun that a compound modifies starts: "a six-point ceasefire
    plan".
    """
    parts: list[Part] = field(default_factory=list)
    dates: list[Dated] = field(default_factory=list)

    @property
    def negated(self) -> bool:
        """ "no agreement"."""
        return self.article == "no"


INDEFINITE = frozenset({"a", "an", "any", "another", "some", "one"})
NO = frozenset({"no", "neither"})
STOP_LEFT = frozenset(
    {"ADP", "AUX", "CCONJ", "SCONJ", "PUNCT", "PART", "INTJ", "ADV", "X", "SPACE"}
)


def found(page: Page, registry: Instruments) -> list[Draft]:
    """The mentions of agreements in reading order, unsure ones included; none overlapping."""
    drafts: list[Draft] = []
    told: dict[str, str] = {}
    i = 0
    while i < page.n:
        draft = _at(page, i, registry) if page.story[i] else None
        if draft is None and page.low[i] in told and page.story[i]:
            draft = _again(page, i, told[page.low[i]])
        if draft is None:
            i += 1
            continue
        if drafts and draft.start < drafts[-1].end:
            drafts[-1].end = min(drafts[-1].end, draft.noun)
            draft.start = max(draft.start, drafts[-1].noun_end)
        drafts.append(draft)
        if draft.sure and not draft.plural and page.low[draft.noun_end - 1].isalpha():
            told.setdefault(page.low[draft.noun_end - 1], draft.type)
        i = draft.noun_end
    return drafts


def _again(page: Page, i: int, kind: str) -> Draft | None:
    """The head of an agreement told of before, taken up: "the initiative", "this declaration"."""
    k = i - 1
    after = page.low[i + 1] if i + 1 < page.n else ""
    compound = i + 1 < page.n and page.pos[i + 1] in {"NOUN", "PROPN"} and not page.titled[i]
    if k < page.sentence_start[i] or page.low[k] not in {"the", "this", "that"} or compound:
        return None
    if page.pos[i] not in {"NOUN", "PROPN"} or after in words("not_after"):
        return None
    spoken = kind == "joint_statement" and i + 1 < page.n and page.lemma[i + 1] in words("reporter")
    article: Article = "definite" if page.low[k] == "the" else "anaphor"
    return None if spoken else Draft(k, i + 1, i, i + 1, kind, False, article, sure=False)


def _at(page: Page, i: int, registry: Instruments) -> Draft | None:
    named = _registered(page, i, registry)
    if named is not None:
        return named
    noun = _noun(page, i)
    if noun is None:
        return None
    entry, end = noun
    while (following := _noun(page, end)) is not None and following[0].needs in {"-", "deal"}:
        # "ceasefire agreement", "armistice treaty": one thing, of the more telling type
        kind = following[0].type if entry.type == "arrangement" else entry.type
        entry, end = entry._replace(type=kind, plural=following[0].plural), following[1]
    draft = _phrase(page, i, end, entry)
    return draft if _counts(page, draft, entry) else None


# ---------------------------------------------------------- words


def _noun(page: Page, i: int) -> tuple[Noun, int] | None:
    if i >= page.n:
        return None
    for entry in nouns().get(page.low[i], ()):
        end = _match(page, i, entry.words)
        if end is None:
            continue
        pos = page.pos[end - 1]
        if (
            entry.needs == "-"
            or pos in {"NOUN", "PROPN"}
            or (page.titled[i] and pos not in {"VERB", "AUX"})
        ):
            if pos == "VERB" and page.low[end - 1] in {"accord", "pact", "deal"}:
                return None
            return entry, end
        return None
    return None


def _match(page: Page, i: int, words: tuple[str, ...]) -> int | None:
    """Where a run of words ends that starts at a token; hyphens between them are passed over."""
    k = i
    for number, word in enumerate(words):
        if number and k < page.n and page.low[k] in DASHES:
            k += 1
        if k >= page.n or page.low[k] != word:
            return None
        k += 1
    return k


def _registered(page: Page, i: int, registry: Instruments) -> Draft | None:
    """A name of the registry at a token, written as a name: some word of it in capitals."""
    first = page.low[i] if page.low[i].isascii() else name_key(page.doc[i].text).split(" ")[0]
    for name in registry.first_words.get(first, ()):
        end = _match_name(page, i, name)
        if end is None:
            continue
        text = page.chars(i, end).of(page.text)
        numbered = name[-1].isdigit() and name[0] == "resolution"
        if (not numbered and not any(c.isupper() for c in text)) or (
            len(name) == 1 and not text.isupper()
        ):
            continue
        if end < page.n and page.low[end] in {"countries", "country", "summit", "allies"} | words(
            "not_after"
        ):
            return None
        items = registry.named(text)
        last = page.low[end - 1]
        plural = last.endswith("s") and last not in {"hostilities"} and any(i.is_set for i in items)
        head = end - 1
        kinds = {i.types[0] if i.types else "arrangement" for i in items}
        kind = kinds.pop() if len(kinds) == 1 else "arrangement"
        start = _article_start(page, i)
        draft = Draft(start, end, head, end, kind, plural, "definite", name=" ".join(name))
        noun = _noun(page, head)
        draft.noun_type = noun[0].type if noun is not None else None
        _behind(page, draft)
        return draft
    return None


def _match_name(page: Page, i: int, name: tuple[str, ...]) -> int | None:
    k = i
    for number, word in enumerate(name):
        if number and k < page.n and page.low[k] in DASHES:
            k += 1
        if k >= page.n:
            return None
        pieces = name_key(page.doc[k].text).split()
        if pieces == [word]:
            k += 1
        elif (
            word == "ceasefire"
            and page.low[k] == "cease"
            and (end := _match(page, k, ("cease", "fire")))
        ):
            k = end
        else:
            return None
    return k


# ---------------------------------------------------------- phrases


def _phrase(page: Page, i: int, end: int, entry: Noun) -> Draft:
    start, modifiers = _left(page, i)
    article: Article = "none"
    k = start - 1
    lead = None
    if _is_compound(page, end):
        lead = k if k >= page.sentence_start[i] and page.pos[k] == "DET" else start
        # article and adjectives belong to the noun behind: "numerous ceasefire violations"
        while (
            start < i
            and (
                page.pos[start] in {"ADJ", "NUM", "VERB"}
                or page.low[start] in DASHES
                or page.low[start] == "point"
            )
            and not page.names(start)
        ):
            start += 1
        modifiers = modifiers[-(i - start) :] if start < i else ()
    elif k >= page.sentence_start[i]:
        low = page.low[k]
        if low in NO:
            article, start = "no", k
        elif low in INDEFINITE and page.low[k - 1 : k] == ["such"]:
            article, start = "anaphor", k - 1
        elif low in INDEFINITE:
            article, start = "indefinite", k
        elif low in {"the", "all", "every", "each"}:
            article, start = "definite", k
        elif low in {"this", "that", "these", "those", "both", "such"} and page.pos[k] in {
            "DET",
            "PRON",
            "ADJ",
        }:
            article, start = "anaphor", k
        elif page.pos[k] == "PRON" and low in {"its", "their", "his", "her", "our", "your", "my"}:
            article, start = "definite", k
    many = next((m for m in modifiers if m in words("many")), None)
    draft = Draft(start, end, i, end, entry.type, entry.plural, article, modifiers, many, lead=lead)
    if set(modifiers) & {
        "same",
        "very",
        "aforementioned",
        "mentioned",
        "above-mentioned",
        "said",
    } and article in {"definite", "anaphor", "none"}:
        draft.article = "anaphor"
    _in_front(page, draft)
    _behind(page, draft)
    return draft


def _is_compound(page: Page, end: int) -> bool:
    return (
        end < page.n
        and page.pos[end] == "NOUN"
        and page.low[end] in cues("noun")
        and "compound" in cues("noun")[page.low[end]]
    )


def _article_start(page: Page, i: int) -> int:
    return i - 1 if i > page.sentence_start[i] and page.low[i - 1] in {"the", "a", "an"} else i


def _left(page: Page, i: int) -> tuple[int, tuple[str, ...]]:
    """Where the phrase starts before a noun, less its article, and the words that modify the
    noun.
    """
    k, modifiers = i, []
    floor = max(page.sentence_start[i], i - 10)
    title_verbs = cues("verb") if page.titled[i] else {}
    while k > floor:
        before = k - 1
        low, pos = page.low[before], page.pos[before]
        if low in DASHES and before > floor and page.pos[before - 1] not in {"PUNCT"}:
            joined = f"{page.low[before - 1]}-{page.low[k] if k < i else ''}"
            modifiers.append(joined.rstrip("-"))
            k = before - 1
            continue
        if low in {"’s", "'s"} or (low in {"’", "'"} and page.doc[before].dep_ == "case"):
            k = before
            continue
        if low in QUOTES and before > floor and page.low[before - 1] in INDEFINITE | {"the"}:
            k = before  # a “gentlemen's agreement”
            break
        if low in QUOTES and before > floor and page.low[before - 1] not in {","} and modifiers:
            break
        between = low in {"and", ",", "or"} and before > floor and k < i
        if between and page.pos[before - 1] == page.pos[k] == "ADJ" and not page.names(k):
            k = before  # "an immediate and unconditional ceasefire"
            continue
        if pos in STOP_LEFT or pos in {"DET", "PRON"}:
            break
        if pos == "VERB" and page.doc[before].dep_ not in {"amod", "compound", "nmod"}:
            break
        if (
            title_verbs
            and page.verb(before) in title_verbs
            and before + 1 < i + 1
            and low not in {"draft"}
        ):
            break
        if page.date_at(before) and low.isalpha() and pos != "PROPN" and low not in {"last"}:
            break
        modifiers.append(low)
        k = before
    return k, tuple(reversed(modifiers))


def _in_front(page: Page, draft: Draft) -> None:
    """Actors and dates among the words before the noun: "the 2015 Armenia-Azerbaijan peace
    treaty".
    """
    k = draft.start if draft.type != "resolution" else draft.noun
    while k < draft.noun:
        names = page.names(k)
        if names and names[0].end <= draft.noun:
            item = names[0]
            brokered = _is_mediator_prefix(page, item.end)
            if item.kind == "pronoun" and item.start == draft.start and _with_follows(page, draft):
                draft.parts.append(Part(item.actor, "party", item.start, item.end))
            if _is_place_name(page, draft, item):
                draft.places |= {page.low[item.start]}
                k = item.end
                continue
            if not brokered and item.kind != "pronoun" and page.actor(item.actor).type != "media":
                draft.parts.append(Part(item.actor, "party", item.start, item.end))
            k = item.end
            continue
        k += 1
    draft.places |= _named_after(page, draft)
    draft.dates += page.dates_in(draft.start, draft.noun)


def _with_follows(page: Page, draft: Draft) -> bool:
    """ "its defence treaty with the Philippines": whose it is, is the other party."""
    return page.low[draft.noun_end : draft.noun_end + 1] == ["with"]


def _named_after(page: Page, draft: Draft) -> frozenset[str]:
    """The place or name right before the noun, where it is no actor's: "the Ohrid agreement"."""
    if draft.type == "resolution":
        return frozenset()
    start = draft.noun
    while start > draft.start and _is_name_word(page, start - 1):
        start -= 1
    while start < draft.noun and page.low[start] in words("political") | words("many"):
        start += 1
    named = " ".join(page.low[start : draft.noun])
    return frozenset({named}) if named else frozenset()


def _is_name_word(page: Page, i: int) -> bool:
    capital = page.doc[i].text[:1].isupper() and not page.doc[i].text.isupper()
    if not capital or page.date_at(i) or page.taken(i):
        return False
    return page.place_at(i) if page.titled[i] else page.tag[i] in {"NNP", "NNPS"}


def _is_place_name(page: Page, draft: Draft, item: Named) -> bool:
    """A capital right before the noun tells where it was made: "the Washington accord"."""
    return (
        item.kind == "metonym"
        and item.end - item.start == 1
        and item.end == draft.noun
        and not (item.start > 0 and page.low[item.start - 1] in DASHES)
    )


def _is_mediator_prefix(page: Page, i: int) -> bool:
    """What stands at a token makes the name before it no party: "-brokered", "-backed"."""
    return (
        i + 1 < page.n
        and page.low[i] in DASHES
        and page.low[i + 1]
        in {
            "brokered",
            "mediated",
            "backed",
            "led",
            "sponsored",
            "facilitated",
            "proposed",
            "guaranteed",
            "negotiated",
            "drafted",
            "supported",
            "style",
            "hosted",
            "imposed",
            "run",
        }
    )


def _behind(page: Page, draft: Draft) -> None:
    """What hangs on the noun from behind: parties, dates, topic; the words of the mention reach
    so far.
    """
    k = draft.noun_end
    limit = min(page.sentence_end[draft.noun], draft.noun_end + 40)
    while k < limit:
        end = _next(page, draft, k)
        if end is None or end <= k:
            break
        k = end
    draft.end = max(k, draft.noun_end)


def _next(page: Page, draft: Draft, k: int) -> int | None:
    low = page.low[k]
    date = page.date_at(k)
    if date is not None and date.start == k:
        # other dates behind the noun are those of its clause: "will sign a treaty on Friday"
        if low != "of" and (low != "from" or date.date.granularity == "day"):
            return None
        draft.dates.append(date)
        return date.end
    if low == "(":
        inner = page.date_at(k + 1) if k + 1 < page.n else None
        if inner and inner.end < page.n and page.low[inner.end] == ")":
            draft.dates.append(inner)
            return inner.end + 1
        return None
    if low in {"of", "from", "dated"} and k + 1 < page.n:
        after = k + 1 + (page.low[k + 1] == "the")
        date = page.date_at(after)
        if date is not None and (low != "from" or date.date.granularity != "day"):
            draft.dates.append(date)
            return date.end
    if low in {"between", "among", "amongst"}:
        return _party_list(page, draft, k, 8)
    if low == "with" and draft.type != "joint_statement":
        return _party_list(page, draft, k, 6)
    if low in {"by", "of"} and (draft.type in {"joint_statement", "declaration"} or low == "of"):
        return (
            _party_list(page, draft, k, 6)
            if low == "by" or _leaders_follow(page, k + 1)
            else _place(page, draft, k)
        )
    if low in {"on", "over", "about", "regarding", "concerning", "against", "of"}:
        return _place(page, draft, k)
    return None


def _leaders_follow(page: Page, k: int) -> bool:
    return any(
        page.low[j] in {"leaders", "presidents", "parties", "sides", "heads", "ministers"}
        for j in range(k, min(k + 4, page.n))
    )


FIRMS = frozenset({"company", "companies", "firm", "firms", "bank", "club", "airline", "carmaker"})
"""What follows a demonym that stands for no power: "with a Bolivian firm"."""


def _party_list(page: Page, draft: Draft, k: int, gap: int) -> int | None:
    found = actors_from(page, k + 1, gap=gap)
    if found is None or FIRMS.intersection(page.low[found.end : found.end + 1]):
        return None
    draft.parts += [
        Part(item.actor, "party", item.start, item.end)
        for item in found.items
        if page.actor(item.actor).type != "media"
    ]
    return found.end


def _place(page: Page, draft: Draft, k: int) -> int | None:
    """Past a preposition and its noun phrase: the topic or place of the agreement."""
    j = k + 1
    while j < page.n and j < k + 9:
        if (
            page.pos[j] in {"NOUN", "PROPN", "ADJ", "NUM", "DET"}
            or page.low[j] in DASHES
            or page.low[j] in {"’s", "'s"}
        ):
            if page.date_at(j) and page.low[k] in {"in", "on", "at"}:
                return None
            j += 1
        elif (
            page.pos[j] in {"CCONJ"}
            and j + 1 < page.n
            and page.pos[j + 1] in {"NOUN", "PROPN", "ADJ"}
            and page.pos[j - 1] == page.pos[j + 1]
        ):
            j += 1
        else:
            break
    if j == k + 1:
        return None
    draft.topic |= {page.lemma[i] for i in range(k + 1, j) if page.pos[i] in {"NOUN", "PROPN"}}
    return j


# ---------------------------------------------------------- what counts


def _counts(page: Page, draft: Draft, entry: Noun) -> bool:
    """The noun means an agreement here; unsure ones are marked in the draft."""
    after = page.low[draft.noun_end] if draft.noun_end < page.n else ""
    before = page.low[draft.noun - 1] if draft.noun > page.sentence_start[draft.noun] else ""
    if after in words("not_after") or (before in words("not_before") and entry.needs != "-"):
        return False
    if entry.words[-1] in {"accord", "accords", "pact"} and _idiom(page, draft):
        return False
    judge = {"-": _always, "deal": _deal, "many": _many, "name": _named, "number": _numbered}
    return judge[entry.needs](page, draft)


def _idiom(page: Page, draft: Draft) -> bool:
    """ "of its own accord", "in accord with", "the Warsaw Pact"."""
    before = page.low[max(0, draft.noun - 2) : draft.noun]
    return (
        "own" in before
        or before[-1:] == ["in"]
        or bool({"warsaw", "suicide", "election", "electoral"} & set(before))
    )


def _always(page: Page, draft: Draft) -> bool:
    return True


def _private(page: Page, draft: Draft) -> bool:
    around = {m for modifier in draft.modifiers for m in (modifier, *modifier.split("-"))}
    if (
        "deal" in page.low[draft.noun]
        and around & words("deal_only")
        and not page.political(p.actor for p in draft.parts)
    ):
        return not _political_sentence(page, draft)
    behind = {page.low[k] for k in range(draft.noun_end, min(draft.noun_end + 3, page.n))}
    if (
        draft.noun_end < page.n
        and page.low[draft.noun_end] == "of"
        and "deal" in page.low[draft.noun]
    ):
        return True  # "a great deal of"
    return bool(around & words("private")) or bool(
        behind & {"worth"} and not page.political(p.actor for p in draft.parts)
    )


def _deal(page: Page, draft: Draft) -> bool:
    """ "agreement" and "deal": an instrument, not consent, and no private business."""
    parties = [p.actor for p in draft.parts]
    if _private(page, draft) and not (page.political(parties) and not _idle(page, draft)):
        return False
    if _consent(page, draft):
        return False
    around = {m for modifier in draft.modifiers for m in (modifier, *modifier.split("-"))}
    if page.political(parties) or around & (words("political") | words("many")):
        return True
    if (
        any(
            page.pos[k] == "PROPN" and page.doc[k].text[:1].isupper()
            for k in range(draft.start, draft.noun)
        )
        and page.doc[draft.noun].text[:1].isupper()
    ):
        return not any(page.actor(p).type in {"organization", "media"} for p in parties)
    handled = _handled(page, draft) or _under(page, draft)
    if parties and not page.political(parties) and not _political_sentence(page, draft):
        return False
    taken_up = draft.article in {"definite", "anaphor"}
    if taken_up and _part_told(page, draft):
        return True
    if draft.negated and _exists(page, draft):
        draft.sure = _political_sentence(page, draft)
        return True
    topical = draft.article == "indefinite" and bool(draft.topic) and not draft.plural
    if topical and page.low[draft.noun_end] != "of" and _political_sentence(page, draft):
        return True
    if (handled or taken_up) and _political_sentence(page, draft):
        return True
    draft.sure = False
    return handled or taken_up


def _exists(page: Page, draft: Draft) -> bool:
    """ "that no agreement existed", "there is no deal"."""
    behind = page.lemma[draft.noun_end : draft.noun_end + 1]
    before = page.low[max(0, draft.start - 3) : draft.start]
    return behind == ["exist"] or "there" in before


def _idle(page: Page, draft: Draft) -> bool:
    return bool({"big", "great", "good", "raw", "real", "plea"} & set(draft.modifiers))


def _consent(page: Page, draft: Draft) -> bool:
    """Consent and concord: "subject to agreement with all", "in agreement", "with the agreement
    of Baku".
    """
    if "deal" in page.low[draft.noun] or draft.plural:
        return False
    k = draft.start - 1
    floor = page.sentence_start[draft.noun]
    before = page.low[max(floor, k - 2) : k + 1]
    after = page.low[draft.noun_end : draft.noun_end + 2]
    bare = draft.article == "none" and not set(draft.modifiers) & words("political")
    if set(draft.modifiers) & words("consent") or (set(before[-2:]) & words("consent") and bare):
        return not _made(page, draft)
    if after[:1] == ["that"] and bare and not _made(page, draft):
        return True
    if after[:1] in (["of"], ["from"]) and page.names(draft.noun_end + 1 + (after[1:] == ["the"])):
        # "the agreement of both sides" unless it is signed or has a form
        return not set(draft.modifiers) & words("political") and not _made(page, draft)
    if (
        before[-1:]
        and before[-1] in {"in", "by", "with", "without", "to"}
        and draft.article in {"none", "no"}
        and bare
    ):
        return not _made(page, draft)
    return bare and not draft.parts and not _made(page, draft) and not page.titled[draft.noun]


def _part_told(page: Page, draft: Draft) -> bool:
    """ "the provisions of the agreement", "the signatories to the deal", and nothing of business
    around.
    """
    k = draft.start - 1
    here = page.low[page.sentence_start[draft.noun] : page.sentence_end[draft.noun]]
    return (
        k > page.sentence_start[draft.noun]
        and page.low[k] in {"of", "to"}
        and page.low[k - 1] in words("told_parts")
        and not words("business").intersection(here)
    )


def _under(page: Page, draft: Draft) -> bool:
    """ "under the deal", "according to the agreement", "close to a deal"."""
    before = page.low[max(page.sentence_start[draft.noun], draft.start - 2) : draft.start]
    return before[-1:] in (["under"], ["near"]) or before in (
        ["according", "to"],
        ["close", "to"],
        ["closer", "to"],
    )


def _made(page: Page, draft: Draft) -> bool:
    """A verb of making governs the noun: "reached agreement on", "agreement was signed"."""
    low, high = (
        max(page.sentence_start[draft.noun], draft.start - 4),
        min(draft.end + 5, page.sentence_end[draft.noun]),
    )
    return any(
        page.lemma[k] in words("make") and page.pos[k] in {"VERB", "AUX", "ADJ"}
        for k in (*range(low, draft.start), *range(draft.noun_end, high))
    )


def _handled(page: Page, draft: Draft) -> bool:
    """A word that makes, breaks or handles agreements stands close by in its sentence."""
    low = max(page.sentence_start[draft.noun], draft.start - 6)
    high = min(page.sentence_end[draft.noun], draft.end + 6)
    near = (*range(low, draft.start), *range(draft.noun_end, high))
    return any(page.lemma[k] in words("maker") or page.low[k] in words("maker") for k in near)


def _political_sentence(page: Page, draft: Draft) -> bool:
    """The sentence names a power: the agreement is unlikely to be one of business."""
    start, end = page.sentence_start[draft.noun], page.sentence_end[draft.noun]
    if words("business").intersection(page.low[start:end]):
        return False
    here = {n.actor for k in range(start, end) for n in page.names(k)[:1]}
    own = set(range(draft.noun, draft.noun_end))
    context = any(page.low[k] in words("context") for k in range(start, end) if k not in own)
    return context or page.political(here)


def _many(page: Page, draft: Draft) -> bool:
    """Statements, declarations, documents: joint or trilateral ones, signed ones, those told of
    before.
    """
    if (draft.article == "anaphor" and "document" in page.low[draft.noun]) or (
        draft.article == "anaphor" and draft.many
    ):
        draft.sure = bool(draft.many)
        return True
    signed = _signed(page, draft)
    if draft.many:
        return signed or not _reports(page, draft)
    if draft.type == "declaration":
        k = draft.noun - 1
        name = k >= draft.start and page.doc[k].text[:1].isupper() and page.pos[k] == "PROPN"
        if name and draft.article != "indefinite" and page.low[k] not in {"independence", "war"}:
            return True
        behind = page.low[draft.noun_end : draft.noun_end + 2]
        alone = behind in (
            ["of", "independence"],
            ["of", "war"],
            ["of", "emergency"],
            ["of", "intent"],
        )
        return (
            signed
            and not alone
            and (page.political(p.actor for p in draft.parts) or _political_sentence(page, draft))
        )
    if "document" in page.low[draft.noun]:
        parties = [p.actor for p in draft.parts]
        if signed and (page.political(parties) or _political_sentence(page, draft)):
            return True
        draft.sure = False
        return draft.article in {"definite", "anaphor"} and not draft.modifiers
    return signed and bool(draft.parts) and page.political(p.actor for p in draft.parts)


def _signed(page: Page, draft: Draft) -> bool:
    low, high = (
        max(page.sentence_start[draft.noun], draft.start - 3),
        min(draft.end + 6, page.sentence_end[draft.noun]),
    )
    near = (*range(low, draft.start), *range(draft.noun_end, high))
    return any(
        page.lemma[k] in {"sign", "adopt", "initial", "ratify", "ink", "signing", "adoption"}
        for k in near
    )


def _reports(page: Page, draft: Draft) -> bool:
    """A statement that somebody speaks in: "said in a joint statement", "a joint statement
    condemned".
    """
    start, end = page.sentence_start[draft.noun], page.sentence_end[draft.noun]
    head = page.low[draft.noun]
    if not ("statement" in head or head.startswith("communiqu") or head == "declaration"):
        return False
    trilateral = draft.many not in {"joint", "common"}
    if trilateral and (draft.plural or draft.dates or draft.article != "indefinite"):
        return False
    near = (
        *range(max(start, draft.start - 8), draft.start),
        *range(draft.noun_end, min(end, draft.end + 5)),
    )
    reporting = any(
        page.lemma[k] in words("reporter") and page.pos[k] in {"VERB", "AUX", "NOUN"} for k in near
    )
    return reporting or (draft.article == "indefinite" and not draft.parts and not draft.dates)


def _named(page: Page, draft: Draft) -> bool:
    """Protocols, conventions, memoranda, roadmaps: named ones, and those that are signed or
    agreed.
    """
    head = page.low[draft.noun]
    k = draft.noun - 1
    proper = (
        k >= 0
        and page.pos[k] == "PROPN"
        and page.doc[k].text[:1].isupper()
        and page.doc[draft.noun].text[:1].isupper()
    )
    behind = page.low[draft.noun_end] if draft.noun_end < page.n else ""
    around = {m for modifier in draft.modifiers for m in (modifier, *modifier.split("-"))}
    if head.startswith("convention"):
        capital = page.doc[draft.noun].text[:1].isupper()
        return (
            (proper and draft.article != "indefinite" and "party" not in around)
            or (capital and behind in {"on", "against", "for"})
            or _bound_by(page, draft, JOINED)
        )
    if head == "protocol" and draft.article == "definite" and behind in {"on", "to"}:
        return any(
            page.pos[j] == "PROPN"
            for j in range(draft.noun_end + 1, min(draft.noun_end + 5, page.n))
        )
    if head.startswith(("arrangement", "understanding")):
        if draft.article == "definite" and _part_told(page, draft):
            draft.sure = False
            return True
        return (
            _bound_by(page, draft, REACHED)
            and (_political_sentence(page, draft) or bool(draft.parts))
            and not (head == "understanding" and draft.article == "none")
        )
    behind_next = page.low[draft.noun_end + 1 : draft.noun_end + 2]
    if head.startswith("road") and behind in {"for", "to", "towards"} and behind_next == ["peace"]:
        return True
    if proper and draft.article != "indefinite":
        return not {"white", "justice", "house"} & around
    if (
        _under(page, draft)
        and draft.article in {"definite", "anaphor"}
        and _political_sentence(page, draft)
    ):
        return True
    if draft.many or (
        around
        & {
            "peace",
            "ceasefire",
            "withdrawal",
            "armistice",
            "additional",
            "security",
            "defence",
            "defense",
            "cooperation",
            "military",
            "accession",
            "agreed",
            "signed",
            "draft",
        }
        and (
            head.startswith(("protocol", "memorand"))
            and (_signed(page, draft) or bool(draft.parts) or "draft" in around)
        )
    ):
        return True
    bound = _bound_by(page, draft, words("binders")) or _in_force(page, draft)
    if not bound or words("business").intersection(
        page.low[page.sentence_start[draft.noun] : page.sentence_end[draft.noun]]
    ):
        return False
    signed = not head.startswith(("road", "protocol")) and _signed(page, draft)
    return (
        signed or page.political(p.actor for p in draft.parts) or _political_sentence(page, draft)
    )


JOINED = frozenset({"join", "ratify", "accede", "sign", "withdraw", "quit", "denounce"})
REACHED = frozenset({"reach", "agree", "sign", "conclude", "violate"})


def _in_force(page: Page, draft: Draft) -> bool:
    after = page.low[draft.end : min(draft.end + 5, page.sentence_end[draft.noun])]
    return bool({"force", "effect", "expired", "expires"} & set(after))


def _bound_by(page: Page, draft: Draft, lemmas: frozenset[str]) -> bool:
    low, high = (
        max(page.sentence_start[draft.noun], draft.start - 5),
        min(draft.end + 6, page.sentence_end[draft.noun]),
    )
    near = (*range(low, draft.start), *range(draft.noun_end, high))
    return any(page.lemma[k] in lemmas for k in near)


_NUMBER = re.compile(r"\d{2,4}|\d{1,4}/\d{1,4}")


def _numbered(page: Page, draft: Draft) -> bool:
    """Resolutions: with a number behind them, or of the Security Council or General Assembly."""
    around = " ".join(page.low[draft.start : draft.noun])
    after = page.doc[draft.noun_end].text if draft.noun_end < page.n else ""
    here = set(page.low[page.sentence_start[draft.noun] : page.sentence_end[draft.noun]])
    if _NUMBER.fullmatch(after) and (
        page.doc[draft.noun].text[:1].isupper()
        or here & {"council", "un", "u.n.", "assembly", "nations"}
    ):
        draft.noun_end += 1
        draft.end = max(draft.end, draft.noun_end)
        draft.name = f"resolution {after}" if not draft.plural else None
        return True
    council = (
        any(w in around for w in ("council", "assembly", "united nations"))
        or "un" in draft.modifiers
        or "u.n." in draft.modifiers
    )
    conflict = draft.noun_end < page.n and page.low[draft.noun_end] == "of" and not draft.dates
    return council and not conflict


def span_of(page: Page, draft: Draft) -> TextSpan:
    """The characters of a mention."""
    return page.chars(draft.start, draft.end)


def within(page: Page, drafts: list[Draft], start: int, end: int) -> Iterator[Draft]:
    """The mentions whose noun lies in some tokens."""
    return (d for d in drafts if start <= d.noun < end)
