"""When an event takes place: by a date in its clause, by the tense in which somebody tells of it,
or by what the paragraph has dated before.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence

from kg.extraction.event_groups import REAL, Found
from kg.extraction.event_lexicon import verbal, words
from kg.extraction.event_scene import Scene
from kg.extraction.event_triggers import Trigger
from kg.nlp import syntax
from kg.nlp.tokens import Token
from kg.records import ARTICLE, Interval, Modality, Statement

NOUNS = frozenset({"NOUN", "PROPN"})
FARTHEST = 12
"""Words between a date and an event below which it may stand."""

_IN_NAMES = syntax.COMPOUND | frozenset({"nummod", "amod", "nmod:unmarked", "nmod:desc"})
HIGHEST = 4
"""Words between an event and the verb that bears its tense: "is trying *to help to return*"."""


def date(scene: Scene, trigger: Trigger) -> Interval | None:
    """The date nearest to the trigger in its clause; else in its sentence with no verb between."""
    top = trigger.top
    near = [d for d in scene.dates_near(*scene.sentence_of[top.i]) if d[2].start or d[2].end]
    near = [d for d in near if not _of_another_voice(scene, d[0], d[1], trigger)]
    near = [
        d
        for d in near
        if not _of_another(scene, d[0], d[1], trigger) and not _told_below(scene, *d[:2], trigger)
    ]
    if not near:
        return None
    clause = {t.i for t in _clause(scene, trigger).subtree}
    here = [d for d in near if d[0] in clause and not _apart(scene, d[0], top.i)]
    here = here or [d for d in near if not _clause_between(scene, d[0], top)]
    nearest = min(
        here, key=lambda d: (min(abs(d[0] - top.i), abs(d[0] - trigger.core.i)), d[0]), default=None
    )
    return nearest[2].interval if nearest else None


def uttered(scene: Scene, trigger: Trigger) -> Interval | None:
    """The day of the statement whose cue the trigger is."""
    statement = scene.cues.get(trigger.top.i)
    if statement is None or not _may_be_said_on(scene, trigger, statement):
        return None
    return statement.said_on


def told(
    scene: Scene,
    trigger: Trigger,
    statement: Statement | None,
    agents: tuple[str, ...],
    modality: Modality,
) -> Interval | None:
    """The day of the statement that does it ("they must stop"), or tells of it as going on now."""
    if statement is None or modality not in REAL or scene.titled[trigger.core.i]:
        return None
    if not _may_be_said_on(scene, trigger, statement):
        return None
    speakers = {statement.speaker, statement.voiced_by, *statement.co_speakers}
    bearing = _tensed(trigger.top)
    if trigger.type in verbal() and speakers & set(agents):
        return None if _is_past(bearing) else statement.said_on
    return statement.said_on if _goes_on(scene, bearing) else None


def carried_on(scene: Scene, found: Sequence[Found]) -> list[Found]:
    """The mentions of an article, those of a story that goes on with the date that began it.

    "*On 3 May* rebels took the port. The army *shelled* it." Only in a paragraph, in the past tense
    and in the article's own words.
    """
    stories, carried = _Stories(scene.referents.text), list[Found]()
    for one in found:
        if one.date is None and _is_narrated(scene, one):
            before = stories.before(one)
            one = dataclasses.replace(one, date=before.date) if before is not None else one
        stories.add(one)
        carried.append(one)
    return carried


# ---------------------------------------------------------------- which date is whose


def _may_be_said_on(scene: Scene, trigger: Trigger, statement: Statement) -> bool:
    """The day of a statement is not one that its sentence tells of something below."""
    return not any(
        d.interval == statement.said_on
        and (_of_another(scene, start, end, trigger) or _told_below(scene, start, end, trigger))
        for start, end, d in scene.dates_near(*scene.sentence_of[trigger.top.i])
    )


def _of_another(scene: Scene, start: int, end: int, trigger: Trigger) -> bool:
    """The date belongs to a noun beside the event: "called for talks on the *accord of 1991*"."""
    if _is_bracketed(scene, start, end):
        return True
    opening = scene.low[max(start - 1, 0) : start + 2]
    root = _root(scene, start, end)
    if root is None or root.head.pos_ not in NOUNS:
        return False
    noun = root.head
    names = root.dep_ in _IN_NAMES and root.i < noun.i  # "the *1951* Mutual Defense Treaty"
    if not names and "of" not in opening[:2] and opening[1:] != ["as", "of"]:
        return False
    itself = noun.i in {trigger.top.i, trigger.core.i}
    said_of = trigger.top.dep_ in syntax.ADNOMINAL_CLAUSE and trigger.top.head == noun
    return not itself and not said_of


def _of_another_voice(scene: Scene, start: int, end: int, trigger: Trigger) -> bool:
    """The date belongs to what somebody says, the event does not: "closed the port, which it said
    had been empty *since 1993*".
    """
    said = scene.voice(scene.chars(start, end)).statement
    if said is None:
        return False
    core = scene.chars(trigger.core.i, trigger.core.i + 1)
    return not any(c.start <= core.start and core.end <= c.end for c in said.content)


def _apart(scene: Scene, date: int, event: int) -> bool:
    """A semicolon parts them: two sentences in one."""
    first, last = sorted((date, event))
    return ";" in scene.low[first:last]


def _is_bracketed(scene: Scene, start: int, end: int) -> bool:
    """ "Resolution 2231 *(2015)*": the year of what stands before."""
    if start < 2 or end >= len(scene.low):
        return False
    before = scene.tokens_of[start - 2]
    numbered = before.pos_ == "NUM" or before.text.isdigit()
    return scene.low[start - 1] == "(" and scene.low[end] == ")" and numbered


def _root(scene: Scene, start: int, end: int) -> Token | None:
    return next((t for t in scene.tokens_of[start:end] if not start <= t.head.i < end), None)


def _told_below(scene: Scene, start: int, end: int, trigger: Trigger) -> bool:
    """The date belongs to what is said of a noun beside the event, or to what is said, asked or
    promised: "warned that it must be ready *by May*", "the measures imposed *in 2023*".
    """
    own = {trigger.top.i, trigger.core.i}
    statement = scene.cues.get(trigger.top.i)
    if statement is not None and trigger.type in verbal():
        date = scene.chars(start, end)
        if any(c.start <= date.start and date.end <= c.end for c in statement.content):
            return True  # "it must be ready *by May*, he warned"
    here = _root(scene, start, end)
    said = False
    for _ in range(FARTHEST):
        if here is None or here.i in own:
            return said and here is not None
        told = here.dep_ in syntax.ADNOMINAL_CLAUSE and here.head.i not in own
        if told and not here.is_ancestor(trigger.top):
            return True
        said = said or (trigger.type in verbal() and here.dep_ in syntax.CLAUSAL_COMPLEMENT)
        here = here.head if here.head != here else None
    return False


def _clause(scene: Scene, trigger: Trigger) -> Token:
    """The word whose clause the event lies in; of what is seen or recorded, that verb."""
    top = trigger.top
    if scene.is_verb(top):
        return top
    here = top
    for _ in range(HIGHEST):
        if here.dep_ in syntax.OBJECT and scene.lemmas[here.head.i] in words("RECORDED"):
            return here.head
        inside = here.dep_ in syntax.NOUN_OBLIQUE and here.head.pos_ == "NOUN"
        if here.head == here or not (inside or here.dep_ in syntax.COMPOUND):
            return top
        here = here.head
    return top


def _clause_between(scene: Scene, date: int, top: Token) -> bool:
    """A verb stands between them, or what opens the event's clause: "by May *after* they met"."""
    first, last = sorted((date, top.i))
    opened = any(first < m.i < last for m in top.children if m.dep_ in syntax.MARKER)
    return opened or any(t.pos_ == "VERB" for t in scene.tokens_of[first + 1 : last])


# ---------------------------------------------------------------- tense


def _tensed(word: Token) -> Token:
    """The verb that bears the tense of a word: its own clause's, past infinitives."""
    here = word
    for _ in range(HIGHEST):
        if here.tag_ in {"VBD", "VBZ", "VBP"} or any(
            c.dep_ in syntax.HELPING and c.tag_ != "TO" for c in here.children
        ):
            return here
        if here.head == here:
            return here
        here = here.head
    return here


def _is_past(verb: Token) -> bool:
    helping = [c for c in verb.children if c.dep_ in syntax.HELPING]
    return verb.tag_ == "VBD" or any(c.tag_ == "VBD" for c in helping)


def _goes_on(scene: Scene, verb: Token) -> bool:
    """It is under way as somebody speaks: "is trying to", "is in contact", "we continue"."""
    helping = [c for c in verb.children if c.dep_ in syntax.HELPING]
    present = [c for c in helping if c.tag_ in {"VBZ", "VBP"} and c.lemma_.lower() == "be"]
    modal = any(c.tag_ == "MD" for c in helping)
    if modal:
        return False
    if present and (verb.tag_ == "VBG" or any(c.lower_ == "being" for c in helping)):
        return True
    if present and any(c.dep_ in syntax.COPULA for c in present):
        return True
    return verb.tag_ in {"VBZ", "VBP"} and scene.lemmas[verb.i] in words("ONGOING")


# ---------------------------------------------------------------- stories


class _Stories:
    """The dated mentions in the article's own words, which may begin a story, by paragraph."""

    def __init__(self, text: str) -> None:
        self._text = text
        self._begun: list[tuple[Found, int]] = []
        """The mentions, each with where the last of those up to it ends."""

    def add(self, one: Found) -> None:
        """Keep a mention if it may begin a story."""
        if one.date is not None and one.asserted_by == ARTICLE and one.statement is None:
            end = max(one.span.end, self._begun[-1][1] if self._begun else 0)
            self._begun.append((one, end))

    def before(self, one: Found) -> Found | None:
        """The last mention in the paragraph that has dated what another sentence goes on with."""
        paragraph = self._text.rfind("\n", 0, one.span.start)
        for before, end in reversed(self._begun):
            if end <= paragraph:
                return None  # none of those before reaches into the paragraph either
            if before.span.end > paragraph and before.sentence != one.sentence:
                return before
        return None


def _is_narrated(scene: Scene, one: Found) -> bool:
    """Told in the article's own words, in the past tense and a sentence without date."""
    if one.asserted_by != ARTICLE or one.statement or one.noun or one.modality != "actual":
        return False
    first, _ = scene.tokens(one.span)
    start, end = scene.sentence_of[first]
    if any(True for _ in scene.dates_near(start, end)):
        return False
    verb = _tensed(scene.tokens_of[first])
    perfect = any(c.lower_ in {"had", "has", "have"} for c in verb.children)
    return _is_past(verb) and not perfect
