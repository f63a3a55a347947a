"""Finds the words that name an agreement.

A noun of the lexicon counts by itself, or by what stands around it; a name of the registry counts
as it stands. What only takes up an agreement told of before is kept apart until it is known whether
there is one.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.agreement_counting import counts
from kg.extraction.agreement_drafts import Article, Draft
from kg.extraction.agreement_lexicon import Noun, nouns, words
from kg.extraction.agreement_page import DASHES, QUOTES, Page
from kg.extraction.agreement_phrases import article_start, behind, phrase
from kg.resolve.instruments import Instruments, name_key

SIGNS = QUOTES | DASHES | {"…"}
"""What no name is looked up by, though it is not ASCII."""


def found(page: Page, registry: Instruments) -> list[Draft]:
    """The mentions of agreements in reading order, unsure ones included; none overlapping."""
    drafts: list[Draft] = []
    aside = Aside()
    told: dict[str, str] = {}
    heads, names, i = nouns(), registry.first_words, 0
    while i < page.n:
        word = page.low[i]
        plain = word.isascii() or word in SIGNS
        if plain and word not in heads and word not in names and word not in told:
            i += 1  # as nearly all words, of which nothing need be asked
            continue
        draft = _at(page, i, registry, aside) if page.story[i] else None
        if draft is None and page.low[i] in told and page.story[i]:
            draft = _again(page, i, told[page.low[i]])
        if draft is None or aside.takes(page, draft):
            i += 1
            continue
        if drafts and draft.start < drafts[-1].end:
            drafts[-1].end = _less(page, drafts[-1], draft)
            draft.start = max(draft.start, drafts[-1].noun_end)
        drafts.append(draft)
        if draft.sure and not draft.plural:
            last = draft.noun_end - 1
            head = page.low[last] if page.low[last].isalpha() else page.low[draft.noun]
            told.setdefault(head, draft.type)
            for item in registry.named(draft.name or ""):
                # its full name has another noun: "the grain deal … the initiative"
                told.setdefault(item.label.split()[-1].lower(), draft.type)
        i = draft.noun_end
    return drafts


def _less(page: Page, before: Draft, draft: Draft) -> int:
    """Where a mention ends whose words reach into the next: "an agreement | on a truce"."""
    if draft.start <= before.noun_end:
        return min(before.end, draft.noun)
    end = draft.start
    while end > before.noun_end and page.pos[end - 1] == "ADP":
        end -= 1
    return end


@dataclass(slots=True)
class Aside:
    """The private agreement told of last, "a wage deal", which "the deal" may take up."""

    head: str = ""
    noun: int = -1

    def left(self, page: Page, draft: Draft) -> None:
        """A noun turned out to name no agreement of powers."""
        if draft.article == "indefinite" and not draft.plural:
            self.head, self.noun = page.low[draft.noun], draft.noun

    def takes(self, page: Page, draft: Draft) -> bool:
        """The mention is of that one: in the same paragraph, by the same word and no more."""
        plain = not draft.modifiers and not draft.parts and not draft.dates and not draft.name
        same = plain and draft.article in {"definite", "anaphor"} and draft.head == self.head
        if same and "\n" not in page.text[page.starts[self.noun] : page.starts[draft.noun]]:
            return True
        if draft.sure:
            self.head = ""
        return False


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
    if spoken:
        return None
    return Draft(k, i + 1, i, i + 1, kind, False, article, sure=False, head=page.low[i])


def _at(page: Page, i: int, registry: Instruments, aside: Aside) -> Draft | None:
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
    draft = phrase(page, i, end, entry)
    if counts(page, draft, entry):
        return draft
    if _of_known_day(page, draft, registry):
        draft.sure = True
        return draft
    if entry.needs in {"deal", "contract"}:
        aside.left(page, draft)
    return None


def _of_known_day(page: Page, draft: Draft, registry: Instruments) -> bool:
    """ "The statement of 9 November 2020": of a day on which powers told of have made one."""
    if draft.article != "definite" or draft.plural or len(draft.dates) != 1 or draft.parts:
        return False
    around = page.countries(page.referents.by_id)
    return bool(registry.of_day(draft.type, draft.dates[0].date.interval, around))


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
        items = registry.named(" ".join(name))
        last = page.low[end - 1]
        plural = last.endswith("s") and last not in {"hostilities"} and any(i.is_set for i in items)
        head = end - 1
        kinds = {i.types[0] if i.types else "arrangement" for i in items}
        kind = kinds.pop() if len(kinds) == 1 else "arrangement"
        start = article_start(page, i)
        draft = Draft(start, end, head, end, kind, plural, "definite", name=" ".join(name))
        draft.head = last
        draft.also = frozenset(t for i in items for t in i.types)
        draft.bearers = frozenset(i.id for i in items)
        draft.known = tuple(i.made for i in items if i.made is not None)
        noun = _noun(page, head)
        draft.noun_type = noun[0].type if noun is not None else None
        behind(page, draft)
        return draft
    return None


WORDS_FOR_IT = frozenset({"treaty", "agreement", "accord", "pact", "deal"})


def _is_other_word(name: tuple[str, ...], number: int, word: str) -> bool:
    """ "The Open Skies agreement" is the Open Skies Treaty; of two words, it might be another."""
    last = len(name) > 2 and number == len(name) - 1
    return last and name[-1] in WORDS_FOR_IT and word in WORDS_FOR_IT


def _match_name(page: Page, i: int, name: tuple[str, ...]) -> int | None:
    k = i
    for number, word in enumerate(name):
        if number and k < page.n and page.low[k] in DASHES:
            k += 1
        if k >= page.n:
            return None
        low = page.low[k]
        plain = low.isascii() and low.isalpha()  # as its key is, which costs more
        pieces = [low] if plain else name_key(page.tokens_of[k].text).split()
        if pieces == [word] or (len(pieces) == 1 and _is_other_word(name, number, pieces[0])):
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
