"""What belongs to the noun of an agreement: the words before it and behind it, and what they tell
of parties, dates, topic and place.
"""

from __future__ import annotations

from kg.extraction.agreement_drafts import Article, Draft
from kg.extraction.agreement_lexicon import Noun, cues, words
from kg.extraction.agreement_page import DASHES, QUOTES, Named, Page
from kg.extraction.agreement_slots import ActorList, Part, actors_before, actors_from

INDEFINITE = frozenset({"a", "an", "any", "another", "some", "one"})
NO = frozenset({"no", "neither"})
STOP_LEFT = frozenset(
    {"ADP", "AUX", "CCONJ", "SCONJ", "PUNCT", "PART", "INTJ", "ADV", "X", "SPACE"}
)


def phrase(page: Page, i: int, end: int, entry: Noun) -> Draft:
    """The mention that a noun heads, with all that belongs to it."""
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
        elif low == "such" and page.low[k - 1 : k] == ["no"]:
            article, start = "no", k - 1
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
    draft.head = page.low[end - 1]
    draft.owned = page.low[start] in {"its", "their"} and article == "definite"
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
    behind(page, draft)
    _held(page, draft)
    return draft


def _held(page: Page, draft: Draft) -> None:
    """ "A and B *have had* a visiting forces agreement since 2012": who has it together."""
    k, floor = draft.start - 1, page.sentence_start[draft.noun]
    if k <= floor or page.lemma[k] != "have" or draft.article != "indefinite" or draft.parts:
        return
    while k > floor and page.pos[k - 1] in {"AUX", "ADV"}:
        k -= 1
    listed, _ = actors_before(page, k, page.clause_left(k))
    items = listed.items if listed is not None else ()
    if len({p for n in items for p in page.principals(n.actor)}) > 1:
        draft.parts += [Part(n.actor, "party", n.start, n.end) for n in items]


def _is_compound(page: Page, end: int) -> bool:
    return (
        end < page.n
        and page.pos[end] == "NOUN"
        and page.low[end] in cues("noun")
        and "compound" in cues("noun")[page.low[end]]
    )


def article_start(page: Page, i: int) -> int:
    """Where a phrase starts with the article before it, if there is one."""
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
            owners = page.principals(item.actor)
            shared = page.low[item.start] == "their" and len(owners) > 1 and page.political(owners)
            owning = item.kind == "pronoun" and item.start == draft.start
            if owning and (shared or _with_follows(page, draft)):
                draft.parts.append(Part(item.actor, "party", item.start, item.end))
            if _is_place_name(page, draft, item) or _is_its_name(page, draft, item):
                draft.places |= {" ".join(page.low[item.start : item.end])}
                k = item.end
                continue
            if not brokered and item.kind != "pronoun" and page.actor(item.actor).type != "media":
                draft.parts.append(Part(item.actor, "party", item.start, item.end))
            k = item.end
            continue
        k += 1
    named = _named_after(page, draft)
    headed = page.doc[draft.noun].text[:1].isupper() and not page.titled[draft.noun]
    draft.proper = headed and bool(named) and draft.article != "indefinite"
    draft.places |= named
    draft.dates += page.dates_in(draft.start, draft.noun)


def _with_follows(page: Page, draft: Draft) -> bool:
    """ "its defence treaty with the Philippines": whose it is, is the other party."""
    return page.low[draft.noun_end : draft.noun_end + 1] == ["with"]


def _named_after(page: Page, draft: Draft) -> frozenset[str]:
    """The place or name right before the noun, where it is no actor's: "the Ohrid agreement"."""
    if draft.type == "resolution":
        return frozenset()
    about = _named_for(page, draft)
    if about:
        return frozenset({about})
    start = draft.noun
    while start > draft.start and _is_name_word(page, start - 1):
        start -= 1
    while start < draft.noun and page.low[start] in words("political") | words("many"):
        start += 1
    named = " ".join(page.low[start : draft.noun])
    return frozenset({named}) if named else frozenset()


def _named_for(page: Page, draft: Draft) -> str:
    """The topic in the name of a convention: "the Convention on Cluster Munitions"."""
    k = draft.noun_end + 1
    head = page.doc[draft.noun].text[:1].isupper() and page.low[k - 1 : k] in (["on"], ["against"])
    if not head or page.titled[draft.noun] or draft.article != "definite" or page.date_at(k):
        return ""
    k += page.low[k : k + 1] in (["a"], ["an"], ["the"])
    end = k
    while end < page.n and page.doc[end].text[:1].isupper() and page.pos[end] != "PUNCT":
        end += 1
    return " ".join(page.low[k:end])


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


NO_PARTY = frozenset(
    {
        *("brokered", "mediated", "backed", "led", "sponsored", "facilitated", "proposed"),
        *("guaranteed", "negotiated", "drafted", "supported", "style", "hosted", "imposed", "run"),
    }
)
"""What behind a name and a hyphen makes it no party."""


def _is_its_name(page: Page, draft: Draft, item: Named) -> bool:
    """ "The Open Skies agreement": what nobody knows as an organization names the agreement."""
    actor = page.actor(item.actor)
    unknown = actor.type == "organization" and not actor.known
    return unknown and item.end == draft.noun and draft.article == "definite"


def _is_mediator_prefix(page: Page, i: int) -> bool:
    """What stands at a token, or joined to the name before it, makes that name no party."""
    name, _, joined = page.low[i - 1].rpartition("-")  # "U.N.-brokered" may come in one token
    apart = i + 1 < page.n and page.low[i] in DASHES and page.low[i + 1] in NO_PARTY
    return apart or bool(name and joined in NO_PARTY)


def behind(page: Page, draft: Draft) -> None:
    """What hangs on the noun from behind: parties, dates, topic; the words of the mention reach
    so far.
    """
    k = draft.noun_end
    limit = min(page.sentence_end[draft.noun], draft.noun_end + 40)
    opened = _is_quote_open(page, draft)
    if opened and k < limit and page.low[k] in QUOTES:
        k, opened = k + 1, False  # a “provisional understanding” on supplies
    while k < limit:
        end = _next(page, draft, k)
        if end is None or end <= k:
            break
        k = end
    k += opened and k < limit and page.low[k] in QUOTES
    _dating(page, draft, k + (page.low[k : k + 1] == [","]))
    draft.end = max(k, draft.noun_end)


def _dating(page: Page, draft: Draft, k: int) -> None:
    """ "A treaty with Oman, *dating from 1951*"."""
    if page.low[k : k + 1] not in (["dating"], ["dated"]):
        return
    j = k + 1 + (page.low[k + 1 : k + 2] == ["back"])
    j += page.low[j : j + 1] in (["from"], ["to"])
    date = page.date_at(j) or page.date_at(j - 1)
    if date is not None and date.start <= j:
        draft.dates.append(date)


def _is_quote_open(page: Page, draft: Draft) -> bool:
    """A quotation mark stands before the noun that nothing there closes."""
    before = range(draft.start, draft.noun)
    return sum(page.low[k] in QUOTES and page.pos[k] == "PUNCT" for k in before) % 2 == 1


def _next(page: Page, draft: Draft, k: int) -> int | None:
    low = page.low[k]
    date = page.date_at(k)
    if date is not None and date.start == k:
        # other dates behind the noun are those of its clause: "will sign a treaty on Friday"
        if low != "of" and (low != "from" or date.date.granularity == "day"):
            return None
        draft.dates.append(date)
        return date.end
    if low in {"and", ","} and draft.plural and draft.dates and draft.dates[-1].end == k:
        also = page.date_at(k + 1) if k + 1 < page.n else None  # "of 2021 and 2023"
        if also is not None and also.start == k + 1:
            draft.dates.append(also)
            return also.end
        return None
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
    if low == "with" and draft.type != "joint_statement" and not _talked_of(page, draft):
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


def _talked_of(page: Page, draft: Draft) -> bool:
    """ "To discuss the deal with Putin": with whom somebody talks, is no party to it."""
    k = draft.start - 1
    told = draft.article in {"definite", "anaphor"} and k >= page.sentence_start[draft.noun]
    return told and page.lemma[k] in TALKED


TALKED = frozenset({"discuss", "debate", "review", "raise"})
"""Verbs of talking about what there is already: "with" tells of who listens."""


def _leaders_follow(page: Page, k: int) -> bool:
    return any(
        page.low[j] in {"leaders", "presidents", "parties", "sides", "heads", "ministers"}
        for j in range(k, min(k + 4, page.n))
    )


FIRMS = frozenset({"company", "companies", "firm", "firms", "bank", "club", "airline", "carmaker"})
"""What follows a demonym that stands for no power: "with a Bolivian firm"."""


def _party_list(page: Page, draft: Draft, k: int, gap: int) -> int | None:
    found = actors_from(page, k + 1, gap=gap)
    if found is None and page.low[k] in {"between", "among", "amongst"}:
        found = _other_side(page, draft, k)
    if found is None:
        draft.stranger = page.low[k] == "with" and page.pos[k + 1 : k + 2] == ["PRON"]
    if found is None or FIRMS.intersection(page.low[found.end : found.end + 1]):
        return None
    draft.parts += [
        Part(item.actor, "party", item.start, item.end)
        for item in found.items
        if page.actor(item.actor).type != "media"
    ]
    return found.end


AUTHORITIES = frozenset({"state", "government", "authorities", "junta"})


def _other_side(page: Page, draft: Draft, k: int) -> ActorList | None:
    """ "between the state and the FARC": who is named beside somebody who is not.

    The authorities at whose side a group of rebels is named are those of its country.
    """
    j = k + 1
    while j < min(k + 6, page.n) and page.pos[j] in {"DET", "ADJ", "NOUN"}:
        j += 1
    if j == k + 1 or page.low[j : j + 1] != ["and"]:
        return None
    found = actors_from(page, j + 1)
    if found is not None and page.low[j - 1] in AUTHORITIES:
        country = page.actor(found.items[0].actor).country
        rebels = page.actor(found.items[0].actor).type == "armed_group"
        if rebels and country is not None and country in page.referents.by_id:
            draft.parts.append(Part(country, "party", k + 1, j))
    return found


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
    opened = page.low[j : j + 1] != [] and page.low[j] in QUOTES and page.pos[j - 1] == "DET"
    while j > k + 1 and (page.pos[j - 1] in {"DET", "ADJ"} or opened):
        j, opened = j - 1, False  # "on a “lasting peace”", "on a permanent [cessation]"
    if j == k + 1:
        return None
    draft.topic |= {page.lemma[i] for i in range(k + 1, j) if page.pos[i] in {"NOUN", "PROPN"}}
    return j
