"""What a sentence claims about the status of an agreement: the cue that governs it, and what
surrounds the cue.

The cue gives a base ("sign", "comply", "violate" …); negation, modals, calls and hopes around it
decide the value. What is denied, possible, planned or asked for is never `signed`, `agreed` or
`adopted`.
"""

from __future__ import annotations

from dataclasses import dataclass

from kg.extraction.agreement_cues import adjectives
from kg.extraction.agreement_drafts import MADE, Cue, Draft
from kg.extraction.agreement_lexicon import cues
from kg.extraction.agreement_page import Page
from kg.extraction.agreement_slots import ActorList, actors_before, actors_from
from kg.extraction.agreement_surroundings import Surroundings, surroundings
from kg.nlp import syntax
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


LATE = frozenset({"ratify", "approve", "endorse", "ratification"})
PENDING = frozenset({"under_negotiation", "sought", "proposed", "possible"})
"""Of one that parliaments are yet to approve these would be wrong: it is made already."""

ALMOST = frozenset({"almost", "nearly", "virtually"})


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


# ---------------------------------------------------------- values


def judged(page: Page, draft: Draft, cue: Cue) -> Status | None:
    """The status that a cue claims, given what surrounds it; `None` where it claims none."""
    if cue.lemma == "negotiate" and cue.base == "negotiate" and _has_result(page, cue):
        cue = cue._replace(base="agree")
    if cue.verb and (_is_almost(page, cue.token) or _is_to_come(page, cue)):
        return None
    if cue.verb and _is_supposed(page, cue.token):
        return None
    if _is_opinion(page, draft, cue):
        return None
    if cue.lemma == "make" and cue.passive and page.pos[cue.token + 1 : cue.token + 2] == ["ADJ"]:
        return None  # "was made public"
    if cue.passive and cue.lemma in {"ignore", "disregard"}:
        return None  # "its warnings and the accord were ignored": by whom, is not told
    around = surroundings(page, cue)
    negative = around.negative or (draft.negated and cue.base != "violate")
    value = _value(cue, around, negative)
    if value == "in_force" and cue.base == "comply" and _of_one_only(page, cue.token):
        return None
    if value is None or (cue.lemma in LATE and value in PENDING):
        return None
    unsaid = negative and (value == "denied" or cue.base == "possible")
    polarity: Polarity = "negative" if unsaid else "positive"
    return Status(value, cue, polarity, _modality(value, around), _by(page, cue, value))


def _is_opinion(page: Page, draft: Draft, cue: Cue) -> bool:
    """What somebody thinks of it, or counts: "dismissed the pact *as* a gift", "is *against*
    extending it", "*no* ceasefire violations".
    """
    if cue.base == "reject":
        calling = cue.verb and cue.token < draft.start
        return calling and page.low[draft.end : draft.end + 1] == ["as"]
    if cue.base == "violate" and not cue.verb:
        return draft.article == "no" or page.low[cue.start - 1] == "no"
    against = page.low[cue.token - 1] == "against" and page.tag[cue.token] == "VBG"
    return cue.base in {"extend", "sign", "end", "suspend"} and against


def _has_result(page: Page, cue: Cue) -> bool:
    """ "Negotiated a truce", "was negotiated by A and B" tell of the result."""
    if page.tag[cue.token] == "VBD":
        return True
    before = page.low[cue.token - 1] if cue.token else ""
    return cue.passive and (
        before in {"was", "were"} or page.low[cue.token + 1 : cue.token + 2] == ["by"]
    )


def _is_almost(page: Page, i: int) -> bool:
    """ "Has all but collapsed", "nearly broke down": not quite."""
    return page.low[i - 1] in ALMOST or page.low[max(i - 2, 0) : i] == ["all", "but"]


def _is_supposed(page: Page, i: int) -> bool:
    """ "*Rejecting* the accord would cost us dear": nobody has done so."""
    word = page.tokens_of[i]
    if page.tag[i] != "VBG" or word.dep_ not in syntax.SUBJECT:
        return False
    return any(t.tag_ == "MD" for t in syntax.auxiliaries(word.head))


def _of_one_only(page: Page, i: int) -> bool:
    """ "*Only one side* abided by it": that is not the agreement being kept."""
    end = min(page.sentence_end[i], i + 4)  # "honoured by *only one side*"
    for k in (*range(max(page.clause_left(i), i - 8), i), *range(i + 1, end - 1)):
        if page.low[k] in {"only", "just"} and page.pos[k + 1] in {"NUM", "PROPN", "DET", "NOUN"}:
            return True
        alone = page.low[k] in {"alone", "unilaterally"}
        if alone or page.low[k : k + 3] in (["one", "of", "the"], ["one", "of", "them"]):
            return True
    return False


def _is_to_come(page: Page, cue: Cue) -> bool:
    """ "Has yet to be implemented" tells of no lapse."""
    start = max(page.sentence_start[cue.token], cue.token - 4)
    return cue.base == "comply" and cue.passive and "yet" in page.low[start : cue.token]


def _value(cue: Cue, around: Surroundings, negative: bool) -> str | None:
    if cue.base in MADE:
        return _made_value(cue.base, around, negative)
    simple = {"propose": "proposed", "seek": "sought", "possible": "possible", "reject": "denied"}
    if cue.base == "possible" and negative:
        return "possible"
    if cue.base == "possible" and around.has("sought"):
        return "sought"  # "hopes that it paves the way for a truce"
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
        if around.has("called_for") and cue.verb and not negative:
            return "sought"  # "the treaty must be renegotiated"
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
    decided = around.has("decided") and not around.has("possible", "called_for", "threat")
    unreal = around.effects or around.infinitive
    return None if negative or (unreal and not decided) else over[cue.base]


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
        return "possible" if (around.has("future") or around.condition) and cue.verb else None
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
    if around.has("future", "decided"):
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
            if (page.low[k] in {",", ";"} and cue.verb) or _next_verb(page, k, cue):
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


def _next_verb(page: Page, k: int, cue: Cue) -> bool:
    """What follows a noun's clause is another's: "called for observance and *offered* maps"."""
    return not cue.verb and page.pos[k] == "VERB" and page.tag[k] in {"VBD", "VBZ", "VBP"}


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
