"""What a sentence claims about the status of an agreement: the cue that governs it, and what
surrounds the cue.

The cue gives a base ("sign", "comply", "violate" …); negation, modals, calls and hopes around it
decide the
value. What is denied, possible, planned or asked for is never `signed`, `agreed` or `adopted`.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.agreement_cues import MADE, Cue, adjectives
from kg.extraction.agreement_drafts import Draft
from kg.extraction.agreement_lexicon import cues, effects, words
from kg.extraction.agreement_page import QUOTES, Page
from kg.extraction.agreement_slots import ActorList, actors_before, actors_from
from kg.records import Modality, Polarity


@dataclass(frozen=True, slots=True)
class Status:
    """A status that a sentence claims of a mention; `start` to `end` are the tokens that show
    it.
    """

    value: str
    cue: Cue
    polarity: Polarity
    modality: Modality
    by: tuple[str, ...] = ()


MADE_VALUES = {"sign": "signed", "agree": "agreed", "adopt": "adopted"}
EXISTS = frozenset(
    {
        "signed",
        "agreed",
        "adopted",
        "in_force",
        "invoked",
        "compliance_called_for",
        "violated",
        "suspended",
        "lapsed",
        "ended",
    }
)
"""Values of agreements that exist or existed."""


TEMPORAL = frozenset({"when", "once", "until", "soon", "before", "after"})
"""Words that put a clause in the present tense into the future."""

ALMOST = frozenset({"almost", "nearly", "virtually"})
FACTUAL = frozenset(
    {"manage", "help", "continue", "begin", "start", "go", "enable", "lead", "allow"}
)


def claims(page: Page, draft: Draft, governors: list[Cue]) -> list[Status]:
    """The statuses that the cues of a mention claim of it, each value once."""
    found: dict[str, Status] = {}
    for cue in governors:
        status = judged(page, draft, cue)
        if status is not None and status.value not in found:
            found[status.value] = status
    if not found:
        for cue in adjectives(page, draft):
            status = judged(page, draft, cue)
            if status is not None:
                found.setdefault(status.value, status)
    if not found and draft.negated:
        cue = Cue(draft.start, draft.start, draft.noun_end, "agree", False, "no")
        found["denied"] = Status("denied", cue, "negative", "actual")
    return list(found.values())


# ---------------------------------------------------------- what surrounds a cue


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
        and (page.pos[j] in {"DET", "ADJ", "PRON", "NOUN", "PROPN"} or page.low[j] in {"'s", "’s"})
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
    return effects().get(page.lemma[k]) or effects().get(page.low[k])


def _governed_gerund(page: Page, i: int, floor: int) -> bool:
    """ "considered signing", "delayed signing": it has not come about."""
    k = i - 1
    while k >= floor and page.low[k] in {"out", "off", "on", "about"}:
        k -= 1
    return k >= floor and page.pos[k] == "VERB" and page.lemma[k] not in FACTUAL | {"finish", "end"}


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
        if low == "nor" and "neither" in page.low[page.sentence_start[k] : k]:
            return False
        if low in {"no", "neither", "nor"}:
            return (
                not subject_seen
                or page.low[k + 1 : k + 2] in (["one"], ["side"], ["longer"])
                or k + 3 >= cue.token
                or low == "neither"
            )
        return not subject_seen or infinitive or low in {"neither", "without"}
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
        if page.low[k] in {"while", "until"} and cue.base == "possible":
            return ["possible"]
    return []


# ---------------------------------------------------------- values


def judged(page: Page, draft: Draft, cue: Cue) -> Status | None:
    """The status that a cue claims, given what surrounds it; `None` where it claims none."""
    if cue.lemma == "negotiate" and cue.base == "negotiate" and page.tag[cue.token] == "VBD":
        cue = cue._replace(base="agree")  # "negotiated a truce" tells of the result
    if cue.verb and _is_almost(page, cue.token):
        return None
    around = surroundings(page, cue)
    negative = around.negative or (draft.negated and cue.base != "violate")
    value = _value(cue, around, negative)
    if value is None:
        return None
    unsaid = negative and (value == "denied" or cue.base == "possible")
    polarity: Polarity = "negative" if unsaid else "positive"
    return Status(value, cue, polarity, _modality(value, around), _by(page, cue, value))


def _is_almost(page: Page, i: int) -> bool:
    """ "Has all but collapsed", "nearly broke down": not quite."""
    return page.low[i - 1] in ALMOST or page.low[max(i - 2, 0) : i] == ["all", "but"]


def _value(cue: Cue, around: Surroundings, negative: bool) -> str | None:
    if cue.base in MADE:
        return _made_value(cue.base, around, negative)
    simple = {"propose": "proposed", "seek": "sought", "possible": "possible", "reject": "denied"}
    if cue.base == "possible" and negative:
        return "possible"
    if cue.base in simple:
        # "has not answered a proposal for": there is one
        standing = cue.base == "propose" and not cue.verb and cue.start > 0
        return None if negative and not standing else simple[cue.base]
    if cue.base == "provide":
        return None
    if cue.base == "signing":
        if negative:
            return "denied"
        return "signed" if not around.effects and around.past else "proposed"
    if cue.base == "negotiate":
        return "denied" if negative else "under_negotiation"
    if cue.base == "invoke":
        return None if negative else "invoked"
    if cue.base == "comply":
        return _comply_value(cue, around, negative)
    if cue.base == "violate":
        if negative:
            return "compliance_called_for" if around.has("called_for") else "denied"
        return None if around.has("possible", "future", "threat", "called_for") else "violated"
    if cue.base == "extend" and around.planned is not None:
        return None if negative else around.planned
    if cue.base in {"hold", "effect", "extend", "exist"}:
        return _force_value(cue.base, around, negative)
    over = {"suspend": "suspended", "end": "ended", "lapse": "lapsed"}
    unreal = around.effects or negative or around.infinitive
    return None if unreal else over[cue.base]


def _made_value(base: str, around: Surroundings, negative: bool) -> str:
    if around.temporal:
        return "under_negotiation"
    if around.has("sought", "called_for"):
        return "denied" if negative and not around.has("called_for") else "sought"
    if negative:
        return "possible" if around.has("possible") and not around.has("future") else "denied"
    if around.has("possible"):
        return "possible"
    if around.has("future", "threat"):
        return "proposed"
    return "sought" if around.infinitive else MADE_VALUES[base]


def _comply_value(cue: Cue, around: Surroundings, negative: bool) -> str | None:
    if around.has("called_for", "sought") or (
        around.infinitive and not negative and not around.effects
    ):
        return "compliance_called_for"
    if negative:
        return ("lapsed" if cue.passive else "violated") if cue.verb else None
    if around.has("possible"):
        # "will return to the deal only if": on a condition
        return "possible" if around.has("future") and cue.verb else None
    if not cue.verb:
        return "compliance_called_for"
    return "invoked" if around.has("future") else "in_force"


def _force_value(base: str, around: Surroundings, negative: bool) -> str | None:
    if base == "exist":
        unsure = around.has("possible", "future", "called_for", "sought")
        return None if unsure else "denied" if negative else "in_force"
    if negative:
        return None if around.has("possible", "future", "called_for") else "lapsed"
    if around.has("called_for", "sought"):
        return "compliance_called_for" if base == "hold" else "proposed"
    if base == "extend" and around.has("future"):
        return "in_force"
    if around.has("possible") or (around.infinitive and base == "extend"):
        return "possible" if base != "hold" else None
    return "in_force"


def _modality(value: str, around: Surroundings) -> Modality:
    if around.temporal or around.condition:
        return "conditional"
    if value == "possible":
        return "possible"
    if value in {"sought", "compliance_called_for"}:
        return "called_for"
    if around.has("future"):
        return "future"
    return "actual"


def _by(page: Page, cue: Cue, value: str) -> tuple[str, ...]:
    """Who violated, signed, withdrew: the subject or agent of the cue, or who a noun's "by" or
    "from" names.
    """
    if (
        value in {"sought", "proposed"}
        or cue.base in {"invoke", "possible"}
        or cue.lemma
        in {
            "broker",
            "mediate",
            "facilitate",
        }
    ):
        return ()
    if value == "possible" and cue.base != "comply":
        return ()
    own = cues("verb").get(cue.lemma, {})
    if cue.verb and "subj" in own and "obj" not in own:
        return ()  # "the truce brokered by Oman holds"
    listed = agents(page, cue)
    return tuple(dict.fromkeys(item.actor for item in listed.items)) if listed else ()


def agents(page: Page, cue: Cue) -> ActorList | None:
    """The actors that do what a cue says, as they stand in the text."""
    end = min(page.sentence_end[cue.token], cue.token + 14)
    if not cue.verb or cue.passive:
        for k in range(cue.token + 1, end):
            if page.low[k] == "by" or (
                page.low[k] in {"from", "between"} and (not cue.verb or page.low[k] == "between")
            ):
                return actors_from(page, k + 1)
            if page.low[k] in {",", ";"} and cue.verb:
                break
        if cue.verb:
            return None
        k = cue.start
        while k > page.sentence_start[cue.token] and page.low[k - 1] in {
            "’s",
            "'s",
            "of",
            "alleged",
            "repeated",
            "numerous",
        }:
            k -= 1
        if cue.base == "comply":
            for to in range(
                cue.start - 1, max(page.sentence_start[cue.token], cue.start - 10) - 1, -1
            ):
                if page.low[to] == "to" and page.pos[to] == "PART":
                    return actors_before(page, to, page.clause_left(to))[0]
        committed = _committing(page, cue)
        if committed is not None:
            return actors_before(page, committed, page.clause_left(committed))[0]
        listed, _ = actors_before(page, k, page.sentence_start[cue.token])
        possessive = k > 0 and page.low[k - 1 : k + 1] and page.low[cue.start - 1] in {"’s", "'s"}
        return listed if possessive else None
    return doers(page, cue.token)


def _committing(page: Page, cue: Cue) -> int | None:
    """The verb of "had committed serious violations of"."""
    k = cue.start - 1
    while k > page.sentence_start[cue.token] and page.pos[k] in {"ADJ", "DET", "NUM", "ADV"}:
        k -= 1
    return k if page.lemma[k] in {"commit", "perpetrate"} and cue.base == "violate" else None


def _mutual(page: Page, k: int) -> ActorList | None:
    """Who accuses "each other": the subject of the verb before, dates between them passed over."""
    floor = page.sentence_start[k]
    verb = next((j for j in range(k - 1, max(floor - 1, k - 4), -1) if page.pos[j] == "VERB"), None)
    return None if verb is None else actors_before(page, verb, page.clause_left(verb))[0]


def doers(page: Page, i: int) -> ActorList | None:
    """The actors before a verb that do it: its subject, or "X" in "accuse X of violating", "urge
    X to sign".
    """
    k = i
    gerund = page.tag[i] == "VBG" or (page.titled[i] and page.low[i].endswith("ing"))
    if gerund and i > 0 and page.low[i - 1] in {"of", "for", "from"}:
        k = i - 1
        if page.low[k - 2 : k] in (["each", "other"], ["one", "another"]):
            return _mutual(page, k - 2)
    listed, _ = actors_before(page, k, page.clause_left(i))
    return listed
