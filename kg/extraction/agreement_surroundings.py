"""What the words around a cue make of it: negation, modals, calls, hopes and conditions."""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.agreement_drafts import Cue
from kg.extraction.agreement_lexicon import cues, effects, words
from kg.extraction.agreement_page import QUOTES, Page

TEMPORAL = frozenset({"when", "once", "until", "soon", "before", "after"})
"""Words that put a clause in the present tense into the future."""
FACTUAL = frozenset(
    {"manage", "help", "continue", "begin", "start", "go", "enable", "lead", "allow"}
)


@dataclass(frozen=True, slots=True)
class Surroundings:
    """The effects of the words around a cue, inner ones first."""

    effects: tuple[str, ...]
    negative: bool
    infinitive: bool
    temporal: bool
    past: bool
    condition: bool = False
    planned: str | None = None
    """What somebody does with the noun that the cue is: "discusses an extension of"."""

    def has(self, *names: str) -> bool:
        """One of some effects is among them."""
        return any(name in self.effects for name in names)


def surroundings(page: Page, cue: Cue) -> Surroundings:
    """Negation, modals, calls, hopes and conditions around a cue, from the words of its clause."""
    leftward = _Leftward(page, cue)
    leftward.read()
    conditions = _conditions_right(page, cue)
    return Surroundings(
        (*leftward.effects, *conditions),
        leftward.negative,
        leftward.infinitive,
        leftward.temporal,
        leftward.past,
        bool(conditions),
        None if cue.verb else _planned(page, cue),
    )


PLANNED = {"negotiate": "under_negotiation", "propose": "proposed", "seek": "sought"}


def _planned(page: Page, cue: Cue) -> str | None:
    """What the verb that has a noun cue as its object makes of it."""
    k = cue.start - 1
    while k > page.sentence_start[cue.token] and page.pos[k] in {"DET", "ADJ", "NUM"}:
        k -= 1
    behind = page.low[k] if page.pos[k] == "ADP" else "obj"
    base = cues("verb").get(page.verb(k - (behind != "obj")), {}).get(behind, "")
    return PLANNED.get(base)


class _Leftward:
    """Reads the words before a cue, nearest first, until its clause ends."""

    # 18 tokens: "calls on A and B, whose ministers met in C, to sign" is as long as it gets
    REACH = 18

    def __init__(self, page: Page, cue: Cue) -> None:
        self.page, self.cue = page, cue
        self.floor = page.sentence_start[cue.token]
        self.effects: list[str] = []
        self.negative = self.temporal = self.subject_seen = False
        to = _to_before(page, cue.token) if cue.verb else None
        self.infinitive = to is not None or _caused(page, cue)
        if to and page.lemma[to - 1] == "be":
            self.effects.append("future")  # "is to be signed"
        self.past = _past(page, cue)

    def read(self) -> None:
        """Gather what stands before the cue."""
        first = (self.cue.token if self.cue.verb else self.cue.start) - 1
        if not self.cue.verb and _retracted(self.page, self.cue.start, self.floor - 1):
            self.negative = True
        gerund = self.cue.verb and self.page.tag[self.cue.token] == "VBG"
        if gerund and _governed_gerund(self.page, self.cue.token, self.floor):
            self.effects.append("future")
        for k in range(first, max(self.floor - 1, first - self.REACH), -1):
            if not self._goes_on(k):
                return

    def _goes_on(self, k: int) -> bool:
        page = self.page
        low, lemma = page.low[k], page.lemma[k]
        if low in {";", ":"} or (low in QUOTES and page.low[k - 1 : k] == [","]):
            return False
        if low in {"that", "which", "who"} and page.pos[k] in {"SCONJ", "PRON", "DET"}:
            self._complementizer(k)
            return False
        if low == "," and self.subject_seen:
            return False
        if low in {"and", "but"} and self._joins_active(k):
            return False
        effect = _effect(page, k)
        if effect is not None and _counts(
            page, k, effect, self.infinitive, self.subject_seen, self.cue
        ):
            self._add(low, lemma, effect)
        elif self._foreign_verb(k, effect):
            return False
        self.subject_seen |= bool(page.names(k)) or page.pos[k] in {"NOUN", "PROPN"}
        if lemma in FACTUAL and effect is None:
            self.infinitive = False  # "managed to sign" tells of a fact
        return True

    def _joins_active(self, k: int) -> bool:
        """ "Was never published *and collapsed*": what negates the passive, leaves the active."""
        own = cues("verb").get(self.cue.lemma, {}).get("subj") in {"end", "lapse"}
        here = self.cue.verb and not self.cue.passive and k == self.cue.token - 1
        return own and here and self.page.tag[k - 1] == "VBN"

    def _complementizer(self, k: int) -> None:
        """ "denied that", "demand that": what governs the clause still counts."""
        page = self.page
        if page.low[k] != "that":
            return
        j = k - 1
        while j > self.floor and (page.pos[j] == "ADV" or page.date_at(j)):
            date = page.date_at(j)  # "denied on Monday that"
            j = date.start - 1 if date else j - 1
        effect = effects().get(page.lemma[j]) if j >= self.floor else None
        if effect == "negative" or _retracted(page, j, self.floor):
            self.negative = not self.negative
        elif effect == "called_for" and self._asserted(page.lemma[j]):
            return
        elif effect is not None and not (page.pos[j] == "NOUN" and effect == "future"):
            self.effects.append(effect)

    def _asserted(self, governor: str) -> bool:
        """ "insists that the deal stands" asserts, "insists that the deal be signed" demands."""
        page, cue = self.page, self.cue
        if governor not in words("insistence"):
            return False
        verbs = range(cue.start, max(cue.token, cue.start) + 1)
        finite = (page.tag[j] in {"VBZ", "VBD"} for j in verbs)
        group = range(max(self.floor, cue.start - 4), cue.start)
        modal = any(page.low[j] in {"must", "should"} or page.low[j] == "be" for j in group)
        helped = any(page.pos[j] == "AUX" and page.tag[j] != "VB" for j in group)
        return not modal and (any(finite) or helped)

    def _add(self, low: str, lemma: str, effect: str) -> None:
        if effect == "negative":
            self.negative = not self.negative
        elif low in TEMPORAL or lemma in TEMPORAL:
            self.temporal = self.temporal or not self.past
            if self.temporal:
                self.effects.append("possible")
        else:
            self.effects.append(effect)

    def _foreign_verb(self, k: int, effect: str | None) -> bool:
        """A finite verb of another clause: what stands before it is not about the cue."""
        page = self.page
        if page.pos[k] != "VERB" or page.tag[k] not in {"VBD", "VBZ", "VBP"}:
            return False
        beside = k >= self.cue.token - 1 or self.infinitive
        return not beside or (effect is None and page.lemma[k] not in FACTUAL)


def _retracted(page: Page, k: int, floor: int) -> bool:
    """ "took back its announcement that", "rejected the claim that": what was said is unsaid.

    `k` is the noun of saying.
    """
    if k <= floor or page.low[k] not in words("saying"):
        return False
    j = k - 1
    while (
        j > floor
        and page.verb(j) not in words("unsaying")
        and (
            page.pos[j] in {"DET", "ADJ", "PRON", "NOUN", "PROPN"}
            or page.low[j] in {"'s", "’s", "as"}
        )
    ):
        j -= 1
    particle = page.low[j] in {"back", "from"}
    verb = j - particle
    return verb >= floor and (
        page.verb(verb) in words("unsaying") or (particle and page.verb(verb) in words("taking"))
    )


def _effect(page: Page, k: int) -> str | None:
    if page.low[k] in {"n't", "n’t"}:
        return "negative"
    if page.lemma[k] in {"call", "consider"} and page.pos[k] == "VERB" and _names(page, k):
        return None
    return effects().get(page.lemma[k]) or effects().get(page.low[k])


def _names(page: Page, k: int) -> bool:
    """ "which he called a breach of", "considers it a violation of": a word for it, no wish."""
    after = page.low[k + 1 : k + 2]
    calling = after in (["on"], ["for"], ["upon"], ["off"])
    return not calling and page.tag[k + 1 : k + 2] != ["VBG"] and after != ["to"]


def _governed_gerund(page: Page, i: int, floor: int) -> bool:
    """ "considered signing", "delayed signing": it has not come about."""
    k = i - 1
    while k >= floor and page.low[k] in {"out", "off", "on", "about"}:
        k -= 1
    factual = FACTUAL | {"finish", "end", "deny"}  # denied, it is told as having been
    return k >= floor and page.pos[k] == "VERB" and page.lemma[k] not in factual


def _caused(page: Page, cue: Cue) -> bool:
    """ "to make Israel respect the truce": a bare infinitive behind a verb of causing."""
    bare = page.tag[cue.token] in {"VB", "NN"}
    if not cue.verb or not bare or page.pos[cue.token - 1] == "AUX":
        return False
    before = range(max(page.sentence_start[cue.token], cue.token - 5), cue.token)
    return any(page.lemma[k] in {"make", "let", "help"} and page.pos[k] == "VERB" for k in before)


def _to_before(page: Page, i: int) -> int | None:
    """The "to" of an infinitive: "to sign", "to formally sign", "to be signed"."""
    k = i - 1
    while k > 0 and (page.pos[k] == "ADV" or page.low[k] == "be"):
        k -= 1
    if k >= 0 and page.low[k] == "to" and page.pos[k] != "ADP":
        return k
    if k < 0 or page.low[k] not in {"and", "or"}:
        return None
    before = range(k - 1, max(-1, k - 7), -1)
    return next((j for j in before if page.low[j] == "to" and page.pos[j] == "PART"), None)


def _counts(
    page: Page, k: int, effect: str, infinitive: bool, subject_seen: bool, cue: Cue
) -> bool:
    low, pos = page.low[k], page.pos[k]
    if effect == "negative":
        # "no" and "not" of the verb's own group, or a verb of refusing that takes it as infinitive
        if low == "not" and page.low[k + 1 : k + 2] in (["a"], ["one"]):
            return True  # "not a single point of the accord has been fulfilled"
        if low == "nor" and "neither" in page.low[page.sentence_start[k] : k]:
            return False
        if low in {"no", "neither", "nor"}:
            return (
                not subject_seen
                or page.low[k + 1 : k + 2] in (["one"], ["side"], ["longer"])
                or k + 3 >= cue.token
                or low == "neither"
            )
        if low == "without":
            return k + 2 >= cue.start  # "a truce without monitors will not last"
        return not subject_seen or infinitive or low == "neither"
    if pos == "AUX" and low in {
        "will",
        "would",
        "shall",
        "’ll",
        "'ll",
        "may",
        "might",
        "could",
        "can",
        "must",
        "should",
    }:
        return not subject_seen or cue.token - k <= 5
    if effect == "possible" and low in {"if", "unless", "whether", *TEMPORAL}:
        return low not in {"before", "after"} or pos == "SCONJ" or cue.passive
    if low == "soon":
        return True
    if effect == "called_for" and pos in {"VERB", "AUX", "NOUN", "ADJ"}:
        return (
            infinitive
            or not cue.verb
            or low in {"call", "calls", "called", "calling"}
            or pos == "AUX"
            or cue.token - k <= 3
        )
    if pos in {"VERB", "AUX", "ADJ", "NOUN"}:
        return infinitive or not cue.verb or cue.token - k <= 2
    return not subject_seen


def _past(page: Page, cue: Cue) -> bool:
    if not cue.verb:
        verb = next(
            (
                k
                for k in range(
                    cue.start - 1, max(page.sentence_start[cue.token], cue.start - 8) - 1, -1
                )
                if page.pos[k] == "VERB"
            ),
            None,
        )
        near = page.low[max(0, cue.start - 3) : cue.start]
        if {"before", "until", "for", "ahead"} & set(near):
            return False
        return bool({"after", "since", "following"} & set(near)) or (
            verb is not None
            and page.tag[verb] in {"VBD", "VBN"}
            and page.lemma[verb] not in words("undone")
        )
    if page.tag[cue.token] == "VBD":
        return True
    return any(
        page.tag[k] == "VBD"
        for k in range(max(page.sentence_start[cue.token], cue.token - 4), cue.token)
    )


def _conditions_right(page: Page, cue: Cue) -> list[str]:
    """ "may sign … if Yerevan does not change its position": a condition behind a present or
    future verb.
    """
    if _past(page, cue) and cue.base != "possible":
        return []
    end = min(page.sentence_end[cue.token], cue.token + 20)
    for k in range(cue.token + 1, end):
        if page.low[k] in {"if", "unless", "provided"}:
            return ["possible"]
        if page.low[k : k + 2] in (["only", "when"], ["only", "once"], ["only", "after"]):
            return ["possible"]
        if page.low[k] in {"while", "until"} and cue.base == "possible":
            return ["possible"]
    return []
