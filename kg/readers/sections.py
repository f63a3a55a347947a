"""Which parts of a plain text are not its body: headline, dateline, subheads, teasers, boilerplate.

Every rule is about layout, about general phrases (kg/data/section_phrases.tsv) or about the form of
datelines. In doubt a paragraph is body: a wrong teaser would lose what somebody said.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import cached_property
from itertools import pairwise

from kg.readers.datelines import (
    dateline_end,
    is_bare_date,
    is_date_line,
    is_dated_line,
    is_label,
    is_stamp,
)
from kg.readers.kinds import (
    ABOUT_AUTHOR,
    ARROW,
    BYLINE,
    CREDIT_IN_BRACKETS,
    phrase_kind,
    picture_kind,
    standfirst_kind,
    tail_kind,
    tail_phrase,
)
from kg.readers.paragraphs import Paragraph, paragraphs
from kg.readers.phrases import agencies, lexicon, normal
from kg.records import Section, SectionKind, TextSpan

NOT_THE_STORY = frozenset({"teaser", "boilerplate"})
"""Sections that hold nothing of this article."""

HEADLINE_WORDS = 30
"""Longest headline, in words; the longest of PolNeAR's has 22."""

SHORT_HEADLINE_WORDS = 14
"""Longest headline that may end with a full stop, in words; 93 % of PolNeAR's are no longer."""

TOP_PARAGRAPHS = 6
"""How many paragraphs behind the headline can still be date, byline, source or standfirst."""

PAGE_TOP = 40
"""How many lines above the headline can be a menu, date or byline."""

OPENING_PARAGRAPHS = 2
"""How many paragraphs of prose can open the story: its first one, and one behind a standfirst."""


def sections(
    text: str, *, title: str | None = None, publisher: str | None = None
) -> tuple[Section, ...]:
    """The labelled parts of a plain text, in order, without overlap; the rest is body.

    Args:
        text: An article as it was written, or as it was copied from a page.
        title: Its headline, if that is known from elsewhere.
        publisher: Who publishes it, if known: the name alone on a line is a source line.
    """
    labels = _Labels(paragraphs(text))
    labels.mark_title(title)
    labels.mark_phrases()
    labels.mark_tail()
    labels.mark_top(publisher)
    labels.mark_author()
    labels.mark_datelines()
    labels.mark_pictures()
    labels.mark_links_between_paragraphs()
    labels.mark_subheads()
    return labels.sections()


def is_story(text: str, found: Iterable[Section]) -> bool:
    """Some of the text is neither teaser nor boilerplate."""
    at, rest = 0, []
    for section in found:
        if section.kind in NOT_THE_STORY:
            rest.append(text[at : section.span.start])
            at = section.span.end
    return any(c.isalnum() for part in (*rest, text[at:]) for c in part)


def combined(marked: Iterable[Section], plain: Iterable[Section]) -> tuple[Section, ...]:
    """Sections known from markup with those read from the words; both in order.

    Teasers and boilerplate count before markup, markup counts before the rest.
    """
    others = list(plain)
    kept = apart(marked, [s for s in others if s.kind in NOT_THE_STORY])
    return tuple(sorted((*kept, *apart(others, kept)), key=lambda section: section.span))


def apart(some: Iterable[Section], taken: list[Section]) -> list[Section]:
    """Those of `some` that share nothing with `taken`; both in order, without overlap inside."""
    apart, i = [], 0
    for section in some:
        while i < len(taken) and taken[i].span.end <= section.span.start:
            i += 1
        if i == len(taken) or not taken[i].span.overlaps(section.span):
            apart.append(section)
    return apart


class _Labels:
    """Paragraphs and what they have been found to be; the surest rules come first."""

    def __init__(self, items: list[Paragraph]) -> None:
        self._items = items
        self._kinds: list[SectionKind | None] = [None] * len(items)
        self._parts: dict[int, list[Section]] = {}  # of paragraphs that are body otherwise
        self._ends: dict[int, int] = {}  # paragraphs i <= … < j that are one section

    def sections(self) -> tuple[Section, ...]:
        """What was found, in reading order."""
        found = [part for parts in self._parts.values() for part in parts]
        i = 0
        while i < len(self._items):
            kind, end = self._kinds[i], self._ends.get(i, i + 1)
            if kind is not None:
                span = TextSpan(self._items[i].span.start, self._items[end - 1].span.end)
                found.append(Section(kind, span))
            i = end
        return tuple(sorted(found, key=lambda section: section.span))

    def mark_title(self, title: str | None) -> None:
        """The paragraph near the top that equals a title known from elsewhere."""
        wanted = normal(title or "").rstrip(".")
        for i, item in enumerate(self._items[:TOP_PARAGRAPHS]):
            if wanted and item.key.rstrip(".") == wanted:
                self._kinds[i] = "headline"
                return

    def mark_phrases(self) -> None:
        """What the lexicon knows wherever it stands, and the links that "Read also" announces."""
        for i, item in enumerate(self._items):
            if self._kinds[i] is None:
                self._kinds[i] = phrase_kind(item, opens_page=i == 0)
        self._mark_cutoff()
        end = 0
        for i, item in enumerate(self._items):
            if i >= end and self._kinds[i] == "teaser" and lexicon().whole(item.key, "label"):
                end = self._ends[i] = self._links_end(i)
                self._kinds[i:end] = ["teaser"] * (end - i)

    def mark_tail(self) -> None:
        """Behind the last paragraph of the story: credits, sign-offs, titles of other stories."""
        announced = False
        for i in range(self._last_prose + 1, len(self._items)):
            announced = announced or self._kinds[i] == "teaser"
            if self._kinds[i] is None:
                self._kinds[i] = tail_kind(self._items[i], announced)

    def mark_top(self, publisher: str | None) -> None:
        """Headline, date line, byline, source line, standfirst."""
        self._mark_chronicle()
        source = normal(publisher or "")
        first = 0
        while first < min(len(self._items), PAGE_TOP) and (
            self._kinds[first] == "boilerplate" or self._mark_filing(first, source)
        ):
            first += 1
        if "headline" not in self._kinds and self._is_headline(first):
            if self._is_kicker(first):
                self._kinds[first] = "boilerplate"
                first += 1
            self._kinds[first] = "headline"
        if "headline" in self._kinds:
            first = self._kinds.index("headline") + 1
            self._mark_repetitions(first - 1)
        prose_seen = "headline" not in self._kinds
        for i in range(first, min(first + TOP_PARAGRAPHS, len(self._items))):
            prose_seen = prose_seen or self._items[i].is_prose
            if self._kinds[i] is None and not self._mark_filing(i, source) and not prose_seen:
                item = self._items[i]
                self._kinds[i] = picture_kind(item) or standfirst_kind(item)

    def mark_author(self) -> None:
        """What is said of the author in the last lines: "Jane Roe is a writer in Geneva."."""
        kinds = zip(self._items, self._kinds, strict=True)
        bylines = (BYLINE.match(item.text) for item, kind in kinds if kind == "credit")
        names = tuple(f"{match['name']} " for match in bylines if match)
        for i in reversed(range(len(self._items))):
            if self._kinds[i] is None:
                if not names or not self._items[i].text.startswith(names):
                    return
                if not ABOUT_AUTHOR.search(self._items[i].text):
                    return
                self._kinds[i] = "boilerplate"

    def mark_datelines(self) -> None:
        """The place, day and agency that a paragraph begins with."""
        n_prose = 0
        alone = sum(is_label(item.text) for item in self._items) == 1
        for i, item in enumerate(self._items):
            if self._kinds[i] is not None or not (item.is_prose or item.n_words <= 12):
                continue
            end = dateline_end(item.text, first=n_prose < OPENING_PARAGRAPHS, alone=alone)
            n_prose += item.is_prose
            if end is None:
                continue
            if not item.text[end:].strip(" .:-–—―"):
                self._kinds[i] = "dateline"
            elif item.is_prose:
                self._add_part(i, "dateline", item.span.start, item.span.start + end)

    def mark_pictures(self) -> None:
        """Captions, known by the credit they end with, and credits in brackets behind prose."""
        for i, item in enumerate(self._items):
            if self._kinds[i] is not None:
                continue
            match = CREDIT_IN_BRACKETS.search(item.text, max(0, len(item.text) - 340))
            if match and match.start() == 0:
                self._kinds[i] = "boilerplate"
            elif match:
                self._add_part(i, "boilerplate", item.span.start + match.start(), item.span.end)
            elif i not in self._parts:
                self._kinds[i] = picture_kind(item)
        for i, (item, following) in enumerate(pairwise(self._items)):
            credited = self._kinds[i + 1] == "credit" and item.block == following.block
            if credited and self._may_be_caption(i):
                self._kinds[i] = "caption"

    def mark_links_between_paragraphs(self) -> None:
        """Titles of other stories that stand in the story like a link, without any cue.

        Where an article sets its own subheads off by blank lines, a title that is not set off is
        something else.
        """
        for i in self._titles():
            if self._is_card(i):
                self._kinds[i : i + 2] = ["teaser", "teaser"]
                self._ends[i] = i + 2
        titles = self._titles()
        inline = [i for i in titles if self._is_inline(i)]
        if inline and self._lines_are_paragraphs and any(map(self._is_set_off, titles)):
            for i in inline:
                if self._items[i].is_title_case:
                    self._kinds[i] = "teaser"
        for i, item in enumerate(self._items):
            if self._kinds[i] is None and ARROW.match(item.text) and not item.is_sentence:
                self._kinds[i] = "teaser"

    def mark_subheads(self) -> None:
        """Titles between paragraphs of the story; three in a row are a list."""
        titles = self._titles()
        together = set(titles)
        for i in titles:
            alone = not {i - 1, i + 1} <= together and not (
                {i - 2, i - 1} <= together or {i + 1, i + 2} <= together
            )
            if self._first_prose < i < self._last_prose and alone:
                self._kinds[i] = "subhead"

    @cached_property
    def _last_prose(self) -> int:
        """The last paragraph of the story; the very last one, where nothing is prose."""
        for i in reversed(range(len(self._items))):
            item = self._items[i]
            if self._kinds[i] is None and item.is_prose and not tail_phrase(item):
                return i
        return len(self._items) - 1

    @cached_property
    def _first_prose(self) -> int:
        items = enumerate(self._items)
        return next((i for i, p in items if p.is_prose and self._kinds[i] is None), 0)

    @cached_property
    def _lines_are_paragraphs(self) -> bool:
        """Paragraphs of prose mostly follow one another without a blank line."""
        prose = [p for p in self._items if p.is_prose]
        pairs = list(pairwise(prose))
        return 2 * sum(a.block == b.block for a, b in pairs) > len(pairs)

    def _mark_cutoff(self) -> None:
        """Behind "Notes to editors" or "Comments", in the second half, nothing is the story."""
        end = self._items[-1].span.end if self._items else 0
        for i, item in enumerate(self._items):
            if 2 * item.span.start >= end and lexicon().whole(item.key, "cutoff"):
                self._kinds[i:] = ["boilerplate"] * (len(self._items) - i)
                return

    def _links_end(self, label: int) -> int:
        """Where the titles under a label end: those of its block, or else of the next one."""
        end = label + 1
        if end == len(self._items):
            return end
        first = self._items[end]
        block = first.block
        if block != self._items[label].block and (first.is_sentence or first.n_words > 25):
            return end
        while end < len(self._items) and self._items[end].block == block:
            item = self._items[end]
            is_link = not item.is_prose or (item.n_words <= 30 and not self._lines_are_paragraphs)
            if not is_link or self._kinds[end] not in (None, "teaser"):
                break
            end += 1
        return end

    def _mark_filing(self, i: int, publisher: str) -> bool:
        """Label a line that tells when, where or by whom the article was filed."""
        item = self._items[i]
        if self._kinds[i] is not None or item.n_words > 25:
            return False
        is_source = item.key in agencies() or (publisher and item.key == publisher)
        below = "headline" in self._kinds[:i]
        if is_source or is_date_line(item.text) or (below and is_dated_line(item.text)):
            self._kinds[i] = "dateline"
        elif BYLINE.match(item.text):
            self._kinds[i] = "credit"
        return self._kinds[i] is not None

    def _is_headline(self, i: int) -> bool:
        """A title, or a short line that ends like one sentence and is set like a title."""
        if i + 1 >= len(self._items):
            return False
        item, following = self._items[i], self._items[i + 1]
        if item.n_words > HEADLINE_WORDS or len(item.text) > 220 or item.is_bullet:
            return False
        if dateline_end(item.text, first=True) is not None or item.text.endswith((":", ",", ";")):
            return False
        if item.is_title or not item.is_sentence:
            return not item.text.lstrip("\"“„«‘'")[:1].islower()
        longer = following.n_words > item.n_words
        short = item.n_words <= SHORT_HEADLINE_WORDS and item.block != following.block
        return longer and (item.is_title_case or short or item.text.endswith(("?", "!")))

    def _is_kicker(self, i: int) -> bool:
        """A word or two above the headline that name the field or the country."""
        if self._items[i].n_words > 2 or self._kinds[i + 1] is not None:
            return False
        following = self._items[i + 1]
        return following.is_title and following.n_words >= 4 and self._is_headline(i + 1)

    def _mark_chronicle(self) -> None:
        """Days above the entries of a chronicle: none of them is the day of publication."""
        days = [
            i
            for i, (item, following) in enumerate(pairwise(self._items))
            if following.is_prose and is_bare_date(item.text)
        ]
        for i in days if len(days) > 1 else ():
            self._kinds[i] = "subhead"

    def _mark_repetitions(self, headline: int) -> None:
        """The headline once more, as pages have it in a crumb trail or a box for sharing."""
        for i in range(headline + 1, min(headline + 1 + PAGE_TOP, len(self._items))):
            if self._kinds[i] is None and self._items[i].key == self._items[headline].key:
                self._kinds[i] = "boilerplate"

    def _may_be_caption(self, i: int) -> bool:
        """A short paragraph above a picture's credit; between lines one cannot tell."""
        item = self._items[i]
        free = self._kinds[i] is None and i not in self._parts and not BYLINE.match(item.text)
        credit = self._items[i + 1].text
        is_picture = "/" in credit or "©" in credit
        return free and is_picture and item.n_words <= 60 and not self._lines_are_paragraphs

    def _is_card(self, i: int) -> bool:
        """A title with its own day and hour below it: another story."""
        if not self._first_prose < i < len(self._items) - 1:
            return False
        stamp = self._items[i + 1]
        return self._kinds[i + 1] in (None, "dateline") and is_stamp(stamp.text)

    def _titles(self) -> list[int]:
        return [
            i
            for i, item in enumerate(self._items)
            if self._kinds[i] is None and item.is_title and i not in self._parts
        ]

    def _is_set_off(self, i: int) -> bool:
        around = self._items[i - 1 : i] + self._items[i + 1 : i + 2]
        return len(around) == 2 and all(p.block != self._items[i].block for p in around)

    def _is_inline(self, i: int) -> bool:
        around = self._items[i - 1 : i] + self._items[i + 1 : i + 2]
        return len(around) == 2 and all(
            p.block == self._items[i].block and p.is_prose for p in around
        )

    def _add_part(self, i: int, kind: SectionKind, start: int, end: int) -> None:
        parts = self._parts.setdefault(i, [])
        if all(start >= part.span.end for part in parts):
            parts.append(Section(kind, TextSpan(start, end)))
