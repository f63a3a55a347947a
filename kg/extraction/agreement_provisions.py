"""What an agreement lays down, as its sentences tell."""

from __future__ import annotations

from collections.abc import Set
from itertools import pairwise

from kg.extraction.agreement_drafts import Cue, Draft
from kg.extraction.agreement_lexicon import words
from kg.extraction.agreement_owners import binds_further, is_anothers
from kg.extraction.agreement_page import DASHES, Page
from kg.extraction.agreement_pieces import clause_follows, coordinated, trimmed
from kg.extraction.agreement_slots import actors_before
from kg.extraction.agreement_status import Status
from kg.extraction.agreement_terms import bullets, listed
from kg.nlp import syntax
from kg.records import TextSpan

ADDITIVE = frozenset(
    {
        "in addition",
        "also",
        "furthermore",
        "moreover",
        "besides",
        "additionally",
        "in return",
        "in exchange",
        "under the deal",
        "under the agreement",
    }
)


def provisions(
    page: Page, draft: Draft, governors: list[Cue], statuses: list[Status]
) -> list[TextSpan]:
    """What the sentence says that the agreement lays down, split at coordination."""
    made = {s.cue.token for s in statuses if s.value in {"agreed", "signed", "adopted"}}
    found: list[TextSpan] = []
    for cue in governors:
        found += _of_cue(page, draft, cue, made)
    found += _by_relative(page, draft, made=bool(made))
    for token in made:
        found += _granting(page, draft, token)
    found += _in_list(page, draft) or _resolved(page, draft)
    return _outermost(found)


def _sees(page: Page, cue: Cue) -> bool:
    """ "The deal saw *Moscow release* ten men": a power does what it is bound to."""
    names = page.names(cue.token + 1)
    behind = names[0].end if names else 0
    return bool(names) and page.political([names[0].actor]) and page.tag[behind] in {"VB", "VBP"}


def _granting(page: Page, draft: Draft, made: int) -> list[TextSpan]:
    """ "Signed a pact on Monday *giving troops access*", ", *committing themselves to* a truce"."""
    end = page.sentence_end[draft.noun]
    found: list[TextSpan] = []
    for verb in page.tokens_of[made].children:
        behind = draft.end < verb.i < end and verb.tag_ == "VBG"
        if behind and verb.dep_ in syntax.ADVERBIAL_CLAUSE and verb.lemma_ in words("granting"):
            start = verb.i + 1
            while start < end and page.low[start] in {"themselves", "itself", "to"}:
                start += 1
            found += coordinated(page, start, end)
    return found


def _in_list(page: Page, draft: Draft) -> list[TextSpan]:
    """What a list behind a colon, in the sentence or below it, has the agreement lay down."""
    tokens = listed(page, draft)
    inside = coordinated(page, *tokens) if tokens is not None else []
    speaks = draft.part or any(page.low[k] in words("point") for k in _before(page, draft))
    return [*inside, *(bullets(page, page.sentence_start[draft.noun]) if speaks else [])]


def _before(page: Page, draft: Draft) -> range:
    return range(page.sentence_start[draft.noun], page.sentence_end[draft.noun])


def _outermost(found: list[TextSpan]) -> list[TextSpan]:
    """Spans that lie in no other one: a verb and the one joined to it tell of the same words."""
    once = list(dict.fromkeys(found))
    return [s for s in once if not any(o != s and o.contains(s) for o in once)]


def _of_cue(page: Page, draft: Draft, cue: Cue, made: set[int]) -> list[TextSpan]:
    end = page.sentence_end[cue.token]
    if cue.token in made and cue.lemma == "agree" and not cue.passive:
        region = cue.token + 1
        if region < end and page.low[region] in {"to", "on", "upon"}:
            stop = next((k for k in range(region + 1, end) if page.low[k] in AFTERWARDS), end)
            pieces = coordinated(page, region + 1, stop)
            return pieces if len(pieces) > 1 else []
    if cue.base == "provide" and page.low[draft.start - 1] == "as" and cue.token > draft.noun:
        return _as_laid_down(page, draft, cue)
    if cue.base == "provide":
        if is_anothers(page, draft, cue):
            return []
        if cue.lemma == "leave" and page.low[cue.token + 1 : cue.token + 2] == ["out"]:
            return []
        if cue.lemma == "leave" and UNSETTLED.intersection(page.low[cue.token : end]):
            return []  # "left much open"
        if cue.lemma == "give" and page.low[cue.token - 1] == "to":
            return []  # "a pact that is to give the country a government": what it is for
        if cue.lemma == "see" and page.tag[cue.token - 1] != "MD" and not _sees(page, cue):
            return []  # "the deal saw thousands march"
        wished = page.pos[cue.token - 1] == "AUX" and page.low[cue.token - 1] in WISHED
        if wished or page.low[cue.token + 1 : cue.token + 2] == ["no"]:
            return []  # "must contain guarantees", "creates no duties"
        if page.low[cue.token - 1] in {"not", "n't", "n’t", "never"}:
            # "does not allow flights" forbids them; what it does not say is nothing
            forbids = cue.lemma in words("permitting") and page.pos[cue.token - 2] == "AUX"
            return coordinated(page, cue.token - 2, end) if forbids else []
        region = _past_container(page, cue, end)
        reduced = page.tag[cue.token] == "VBG" and _on_noun(page, draft, cue.token)
        behind = draft.end + (page.low[draft.end : draft.end + 1] == [","])
        if reduced or page.low[behind : behind + 1] in (["that"], ["which"]):
            end = _main_clause(page, region, end)
            end = _back(page, draft, region, end) if behind > draft.end else end
        if reduced:
            finite = (k for k in range(region, end - 1) if page.low[k] == "," and _finite(page, k))
            end = next(finite, end)
        clauses = (
            k
            for k in range(region, end - 1)
            if page.low[k] == ";" and clause_follows(page, k + 1, end)
        )
        end = next(clauses, end)
        return coordinated(page, region, end)
    if cue.base != "invoke":
        return []
    if cue.lemma in {"bind", "oblige"} and cue.token < draft.noun:
        duty = page.low[draft.end : draft.end + 1] == ["to"]
        return coordinated(page, draft.end + 1, end) if duty else []  # "bound by a pact to help"
    if cue.verb and cue.token < draft.noun:
        return _laid_down(page, cue) if cue.lemma in words("laying_down") else []
    if (
        _is_phrase(cue)
        and cue.start == page.sentence_start[cue.token]
        and draft.end < end
        and page.low[draft.end] == ","
    ):
        return coordinated(page, _past_insertion(page, draft.end + 1, end), end)
    if _is_phrase(cue) and cue.start == page.sentence_start[cue.token]:
        main = _past_participle(page, draft.end, end)
        return coordinated(page, main, end) if main is not None else []
    return _to_be_done(page, draft, cue) if _is_phrase(cue) else []


def _past_container(page: Page, cue: Cue, end: int) -> int:
    """Where what is laid down starts: behind "provides for", but with "bans" and "eases"."""
    region = cue.token + 1
    if cue.lemma not in words("containing") and page.low[region : region + 1] not in (
        ["that"],
        ["out"],
    ):
        return cue.token
    while region < end and page.low[region] in {"for", "that", "out", ":"}:
        region += 1
    return region


def _as_laid_down(page: Page, draft: Draft, cue: Cue) -> list[TextSpan]:
    """The clause before ", *as the accord stipulated*"."""
    last = trimmed(page, cue.token, page.sentence_end[cue.token])
    if cue.lemma not in words("obliging") or cue.token + 1 < last:
        return []
    governing = page.tokens_of[cue.token].head
    own = syntax.subject(governing)
    first = own.left_edge.i if own is not None else cue.token
    return coordinated(page, first, draft.start - 1) if first < draft.start - 1 else []


def _to_be_done(page: Page, draft: Draft, cue: Cue) -> list[TextSpan]:
    """The clause that a phrase behind it is about: "patrols *will* start in May under the pact"."""
    noun = page.tokens_of[draft.noun_end - 1]
    verb = next((t for t in noun.ancestors if t.pos_ == "VERB"), noun)
    while verb.dep_ in syntax.CONJUNCT and syntax.subject(verb) is None:
        verb = verb.head  # "will free them and reopen the road under the truce"
    own = syntax.subject(verb)
    if verb.i >= cue.start or own is None or own.i > verb.i:
        return []
    group = page.low[own.i + 1 : verb.i]
    be_to = any(f"{one} {two}" in {"are to", "is to"} for one, two in pairwise(group))
    if not (TO_COME.intersection(group) or be_to):
        return []
    return coordinated(page, own.left_edge.i, cue.start)


TO_COME = frozenset({"will", "would", "shall", "must", "’ll", "'ll"})


UNSETTLED = frozenset({"open", "unresolved", "unclear", "unsettled", "unanswered"})


def _resolved(page: Page, draft: Draft) -> list[TextSpan]:
    """What a resolution or declaration condemns, welcomes and demands."""
    if draft.type not in {"resolution", "declaration"}:
        return []
    noun, end = page.tokens_of[draft.noun_end - 1], page.sentence_end[draft.noun]
    verbs = [t for t in noun.children if t.dep_ in syntax.RELATIVE_CLAUSE and t.i >= draft.end]
    if noun.dep_ in syntax.SUBJECT and noun.head.i >= draft.end:
        verbs.append(noun.head)
    told = (v for v in verbs if v.lemma_ in words("resolving") and v.tag_ in {"VBZ", "VBD"})
    return [s for v in told for s in coordinated(page, v.i, end)]


def _on_noun(page: Page, draft: Draft, i: int) -> bool:
    """The participle belongs to the mention: right behind it, or as the tree has it."""
    return i <= draft.end + 1 or draft.start <= page.tokens_of[i].head.i < draft.end


def _finite(page: Page, k: int) -> bool:
    """A finite verb follows: the comma closes what was inserted."""
    return page.tag[k + 1] in {"VBZ", "VBP", "VBD", "MD"}


def _main_clause(page: Page, start: int, end: int) -> int:
    """Where the sentence goes on behind a relative clause: ", and it has since bombed ports"."""
    joining = {"and", "but", "while", "so", "yet"}
    opening = (
        k
        for k in range(start, end - 2)
        if page.low[k] == "," and page.low[k + 1] in joining and clause_follows(page, k + 2, end)
    )
    return next(opening, end)


def _past_insertion(page: Page, k: int, end: int) -> int:
    """Where the main clause starts behind "Under the deal, brokered by Oman, …"."""
    which = "which" in page.low[k : k + 2]
    joined = k + 2 < end and page.low[k + 1] in DASHES and page.tag[k + 2] == "VBN"
    if k < end and (which or joined or page.tag[k] in {"VBN", "VBD"}):
        return next((j + 1 for j in range(k + 1, min(k + 16, end)) if page.low[j] == ","), k)
    return k


def _past_participle(page: Page, k: int, end: int) -> int | None:
    """Where the main clause starts behind "Under a roadmap *adopted by the bloc in April*, …"."""
    if page.tag[k : k + 1] not in (["VBN"], ["VBD"]):
        return None
    commas = (j for j in range(k + 1, min(k + 20, end - 1)) if page.low[j] == ",")
    return next((j + 1 for j in commas if clause_follows(page, j + 1, end)), None)


WISHED = frozenset({"must", "should", "could", "might"})
AFTERWARDS = frozenset(
    {"after", "before", "following", "amid", "during", "with", "under", "through", "despite"}
)


def _laid_down(page: Page, cue: Cue) -> list[TextSpan]:
    """The subject of "are spelled out in the statements"."""
    k = cue.token
    start = page.clause_left(k)
    while k > start and (page.pos[k - 1] in {"AUX", "ADV"}):
        k -= 1
    if k == cue.token:
        return []
    low = k
    while (
        low > start
        and page.low[low - 1] not in {",", "“", '"', "”"}
        and page.pos[low - 1] not in {"SCONJ"}
    ):
        low -= 1
    span = page.chars(low, k)
    return (
        [span]
        if span.end > span.start and page.lemma[low] not in {"this", "that", "it", "which"}
        else []
    )


def _by_relative(page: Page, draft: Draft, *, made: bool) -> list[TextSpan]:
    """ "a deal under which X will …", "an agreement to exchange …", "in which X vowed to …"."""
    k, end = draft.end, page.sentence_end[draft.noun]
    if k < end and page.low[k] == ",":
        k += 1
        end = _back(page, draft, k, end)
    if page.low[k : k + 2] in (["under", "which"], ["by", "which"], ["in", "which"]):
        undertaken = _undertaken(page, k + 2, end)
        if undertaken is not None:
            return coordinated(page, undertaken, end)
        return coordinated(page, k + 2, end) if page.low[k] != "in" and k < end else []
    further = _further_relative(page, draft, k, end)
    if further is not None:
        return coordinated(page, further, end)
    if k < end and page.low[k] == "whereby":
        return coordinated(page, k + 1, end)
    infinitive = k == draft.end and page.low[k : k + 1] == ["to"] and page.pos[k] == "PART"
    if not made or draft.negated or not infinitive or k + 1 >= end:
        return []
    bare = page.tag[k + 1] in {"VB", "VBP", "NN"} and page.pos[k + 1] in {"VERB", "AUX", "NOUN"}
    done = bare and page.lemma[k + 1] not in {"be", "take", "come", "go"}
    return coordinated(page, k + 1, end) if done else []


def _back(page: Page, draft: Draft, start: int, end: int) -> int:
    """Where the agreement's own verb follows what was inserted: ", by which …, *holds*"."""
    for k in range(start, end - 1):
        own = syntax.subject(page.tokens_of[k]) if page.pos[k] in {"VERB", "ADJ"} else None
        if own is not None and draft.start <= own.i < draft.end:
            commas = [j for j in range(start, k) if page.low[j] == ","]
            return commas[-1] if commas else end
    return end


def _further_relative(page: Page, draft: Draft, start: int, end: int) -> int | None:
    """ "the memorandum that A and B signed in July, in which A undertook to …"."""
    for k in range(start + 1, min(start + 16, end - 2)):
        if page.low[k] in {"under", "by", "in"} and page.low[k + 1] == "which":
            verb = next((j for j in range(k + 2, end) if page.pos[j] == "VERB"), None)
            ours = verb is not None and page.doc[verb].head.i in {draft.noun, draft.noun_end - 1}
            return _undertaken(page, k + 2, end) if ours else None
    return None


def _undertaken(page: Page, start: int, end: int) -> int | None:
    """What follows "both sides had promised to" or "the states vowed that" in a relative clause."""
    for k in range(start, min(start + 14, end - 1)):
        if page.pos[k] == "VERB" and page.lemma[k] in words("undertaking"):
            j = k + 1 + (page.low[k + 1] == "not")
            return j + 1 if page.low[j : j + 1] in (["to"], ["that"]) else None
        if page.pos[k] == "VERB" or page.low[k] in {",", ";"}:
            return None
    return None


def additions(page: Page, draft: Draft, told: Set[int] = frozenset()) -> list[TextSpan]:
    """Further provisions, in the sentences right behind that of a made agreement: "In addition, X
    were handed over", "Oslo *will* pay". `told` are the sentences that name an agreement.
    """
    found: list[TextSpan] = []
    start, skipped = page.sentence_end[draft.noun], False
    while start < page.n and "\n" not in page.text[page.starts[draft.noun] : page.starts[start]]:
        end = page.sentence_end[start]
        skip = next(
            (n for n in (4, 3, 2, 1) if " ".join(page.low[start : start + n]) in ADDITIVE), 0
        )
        if not skip and not skipped and start not in told and binds_further(page, start):
            found += coordinated(page, start, end)
            start = end
            continue
        if not skip:
            if skipped:
                break
            start, skipped = end, True
            continue
        body = start + skip + (page.low[start + skip : start + skip + 1] == [","])
        verb = next((k for k in range(end - 1, body, -1) if page.pos[k] == "VERB"), None)
        to_come = TO_COME.intersection(page.low[body:end])
        span = page.chars(body, trimmed(page, body, end))
        if verb is not None and span.end > span.start:
            found += coordinated(page, body, end) if to_come else [span]
        start, skipped = end, False
    return found


def undertakings(page: Page, draft: Draft, parties: frozenset[str]) -> list[TextSpan]:
    """What parties promise in the sentence behind one that tells of the agreement."""
    start = page.sentence_end[draft.noun]
    here = page.starts[draft.noun]
    if start >= page.n or "\n" in page.text[here : page.starts[start]] or not page.story[start]:
        return []
    found: list[TextSpan] = []
    end = page.sentence_end[start]
    for i in range(start, end):
        promise = page.pos[i] == "VERB" and page.tag[i] in {"VBD", "VBN"}
        if not promise or page.lemma[i] not in words("promising") or page.low[i + 1] != "to":
            continue
        listed, _ = actors_before(page, i, page.clause_left(i))
        doers = {p for n in (listed.items if listed else ()) for p in page.principals(n.actor)}
        if doers and set(page.states(doers)) <= parties and page.tag[i + 2 : i + 3] == ["VB"]:
            found += coordinated(page, i + 2, _until_contrast(page, i + 2, end))
    return found


def _until_contrast(page: Page, start: int, end: int) -> int:
    """Where another clause begins: ", while Manila promised to"."""
    contrast = {"while", "but", "whereas", "although", "though"}
    return next((k for k in range(start, end) if page.low[k] in contrast), end)


def _is_phrase(cue: Cue) -> bool:
    return not cue.verb and cue.lemma.split()[0] in {"under", "pursuant", "in", "according", "as"}
