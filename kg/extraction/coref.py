"""Who is meant by words that name nobody: pronouns, bare titles, "the ministry", "both sides".

Mentions are gone through in reading order; among those that agree in number, gender and kind, the
subject of the same sentence is preferred, then the subjects just before, then the nearest mention.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Literal, NamedTuple

from spacy.tokens import Token

from kg.extraction.actor_lexicon import kinds_of_role, people_words, titles, word_set
from kg.extraction.cast import Cast, Draft
from kg.extraction.gazetteer import View
from kg.nlp import syntax

FURTHEST = 6
"""Sentences; what was last mentioned earlier is not taken up by a pronoun."""

SHORT_QUOTE = 4
"""Tokens; no more stand in marks that only set words apart."""
SPOKEN_REACH = 2
"""Sentences; a speaker's "they" are seldom those of whom another spoke in a paragraph before."""

OBJECT_FORMS = frozenset({"him", "her", "them"})
CONTENT = frozenset({"ccomp"})
OBLIQUE = frozenset({"obl", "pobj"})
HE = frozenset({"he", "him", "his", "himself"})
SHE = frozenset({"she", "her", "hers", "herself"})
IT = frozenset({"it", "its", "itself"})
THEY = frozenset({"they", "them", "their", "theirs", "themselves"})
COLLECTIVE = frozenset(
    {"state", "de_facto_state", "government_body", "international_organization"}
) | {
    "organization",
    "military",
    "armed_group",
    "media",
    "peacekeepers",
}


Kind = Literal["person", "thing", "several"]


class Seen(NamedTuple):
    """A mention that has been understood: where, whose, and whether it is a subject."""

    token: int
    sentence: int
    actor: str
    subject: bool
    name: bool


class Referent(NamedTuple):
    """Whom a pronoun most likely takes up, and how surely."""

    actor: str
    confidence: float


@dataclass
class Context:
    """What was mentioned so far, in reading order."""

    view: View
    cast: Cast
    seen: list[Seen] = field(default_factory=list)
    within: dict[int, int] = field(default_factory=dict)
    """For the tokens of mentions, the token that heads them."""
    named: dict[int, str] = field(default_factory=dict)
    """Who is named at a token, wherever in the article."""

    def note(self, token: int, actor: str, *, name: bool, tokens: Iterable[int] = ()) -> None:
        """Add a mention headed by a token, and made of `tokens`."""
        subject = self.view.doc[token].dep_ in syntax.SUBJECT
        self.seen.append(Seen(token, self.view.sentence[token], actor, subject, name))
        for i in (token, *tokens):
            self.within.setdefault(i, token)

    def rename(self, old: str, new: str) -> None:
        """Make the mentions of one actor those of another."""
        self.seen = [s._replace(actor=new) if s.actor == old else s for s in self.seen]

    def draft(self, actor: str) -> Draft:
        """The actor of a mention."""
        return self.cast.actors[actor]

    def actor_at(self, token: int) -> str | None:
        """Whose mention a token belongs to, if it was understood by now."""
        head = self.within.get(token)
        if head is None:
            return None
        return next((s.actor for s in reversed(self.seen) if s.token == head), None)

    def before(self, token: int, *, sentences: int = 1 << 30) -> Iterator[Seen]:
        """Mentions before a token, nearest first, at most so many sentences back."""
        oldest = self.view.sentence[token] - sentences
        for seen in reversed(self.seen):
            if seen.token < token:
                if seen.sentence < oldest:
                    return
                yield seen

    def latest(
        self, token: int, fits: Callable[[Draft], bool], *, sentences: int = 1 << 30
    ) -> str | None:
        """The fitting actor mentioned last before a token; for a headline, else first after."""
        for seen in self.before(token, sentences=sentences):
            if fits(self.draft(seen.actor)):
                return seen.actor
        if self.view.titled(token):
            for seen in self.seen:
                if seen.token > token and fits(self.draft(seen.actor)):
                    return seen.actor
        return None

    def salient(
        self, token: int, fits: Callable[[Draft], bool], kind: Kind = "several"
    ) -> Referent | None:
        """The actor that a pronoun most likely takes up.

        Nobody, if its clause is about another person or thing (`kind`) of whom nothing is known.
        """
        here = self.view.sentence[token]
        candidates = [s for s in self._candidates(token, fits) if not self._told(s)]
        if not candidates:
            return None
        same = [s for s in candidates if s.sentence == here]
        governed = governing_subject(self.view, token)
        if governed is not None:
            for wanted in self._called(governed):
                for seen in same:
                    if seen.token == wanted:
                        return Referent(seen.actor, 0.9)
            if self._unknown(governed, kind) or (kind == "several" and self._joined(governed)):
                return None
        if not same and (speaker := self._speaker_before(token, candidates)):
            return speaker
        return _nearest_subject(same, 0.8) or _nearest_subject(candidates, 0.7)

    def nearest(self, token: int, fits: Callable[[Draft], bool], kind: Kind) -> Referent | None:
        """The actor a pronoun most likely takes up: of the last sentence that has one that fits,
        the subject or the only one.
        """
        found = self.salient(token, fits, kind)
        if found is None or found.confidence > 0.8:
            return found
        here = self.view.sentence[token]
        candidates = self._candidates(token, fits)
        if speaker := self._speaker_before(token, candidates):
            return speaker
        for _, group in itertools.groupby(candidates, key=lambda s: s.sentence):
            one = list(group)
            subjects = [s for s in one if s.subject]
            if subjects or len({s.actor for s in one}) == 1:
                sure = 0.8 if one[0].sentence == here else 0.7
                return Referent((subjects or one)[0].actor, sure if subjects else sure - 0.1)
        return found

    def _speaker_before(self, token: int, candidates: list[Seen]) -> Referent | None:
        """Who goes on: "Renamo said the army had fled. Its leader added …" is Renamo's.

        Where a pronoun or whose it is speaks, it takes up who spoke in the sentence before rather
        than whom that speech was about.
        """
        word = self.view.doc[token]
        subject = word.head if word.dep_ in syntax.POSSESSOR else word
        speaks = subject.dep_ in syntax.SUBJECT and subject.head.lower_ in word_set("speech")
        last = candidates[0].sentence if candidates else 0
        if not speaks or last == self.view.sentence[token]:
            return None
        for seen in candidates:
            verb = self.view.doc[seen.token].head
            main = verb.dep_ in ("ROOT", "parataxis")
            if seen.sentence == last and seen.subject and main and self._speaks(seen.token):
                return Referent(seen.actor, 0.75)
        return None

    def _candidates(self, token: int, fits: Callable[[Draft], bool]) -> list[Seen]:
        """Whom a pronoun may take up, nearest first.

        The writer's own pronouns take up whom the writer told of, and those in a quotation nobody
        of whom only others spoke before: "they" of one speaker are not those of another.
        """
        speakers, quoted = self._speakers(token), self.view.quoted
        speakers |= self._doers(token) | self._partners(token)
        found = [
            s
            for s in self.before(token, sentences=FURTHEST)
            if fits(self.draft(s.actor)) and s.actor not in speakers and not self._bound(s)
        ]
        if quoted[token]:
            several = self.view.lower[token] in THEY
            return [s for s in found if not several or self._at_hand(token, s.token)]
        outside = [s for s in found if not self._in_speech(s.token)]
        return outside or ([] if self._reports(token) else found)

    def _in_speech(self, token: int) -> bool:
        """A token stands in a quoted clause; a word or two in marks are the writer's."""
        quoted, first, last = self.view.quoted, token, token
        while last - first < SHORT_QUOTE and first > 0 and quoted[first - 1]:
            first -= 1
        while last - first < SHORT_QUOTE and last + 1 < len(quoted) and quoted[last + 1]:
            last += 1
        told = any(self.view.pos[i] in ("VERB", "AUX") for i in range(first, last + 1))
        return quoted[token] and (told or last - first >= SHORT_QUOTE)

    def _bound(self, seen: Seen) -> bool:
        """The name is but part of a word: the "U.N." of "U.N.-backed", of "the Trump camp"."""
        if self.view.lower[seen.token + 1 : seen.token + 2] in (["-"], ["–"]):
            return True
        token = self.view.doc[seen.token]
        noun = token.dep_ in syntax.COMPOUND and token.head.tag_ in ("NN", "NNS")
        person = self.draft(seen.actor).type == "person"
        return person and noun and token.head.lower_ not in titles().entries

    def _doers(self, token: int) -> set[str]:
        """Who does to "him" or "her" what the clause tells: somebody else."""
        word = self.view.doc[token]
        if self.view.lower[token] not in OBJECT_FORMS or word.head.pos_ != "VERB":
            return set()
        if word.dep_ not in syntax.OBJECT | syntax.INDIRECT_OBJECT | OBLIQUE:
            return set()
        subject = syntax.subject(word.head)
        if subject is None and word.head.dep_ in syntax.CONJUNCT:
            subject = syntax.subject(word.head.head)
        if subject is None and word.head.tag_ == "VB" and _asked(word.head) is None:
            subject = syntax.governing_subject(word.head)  # "has tried to stop him"
        if subject is None or self._possesses(subject.i):
            return set()
        heads = {subject.i, *(b.i for b in syntax.appositions(subject))}
        found = {self.within.get(i, i) for i in heads}
        return {s.actor for s in self.before(token, sentences=1) if s.token in found}

    def _partners(self, token: int) -> set[str]:
        """To or with whom somebody does it: "in a letter to *Paz*, he wrote", and not Paz."""
        word = self.view.doc[token]
        verb = word.head
        if word.dep_ not in syntax.SUBJECT or verb.pos_ != "VERB":
            return set()
        found = set()
        for seen in self.before(token, sentences=1):
            noun = self.view.doc[seen.token]
            while noun.dep_ in syntax.APPOSITION | syntax.FLAT:
                noun = noun.head
            link = syntax.governor_by_preposition(noun)
            if link is None or link[0] not in ("to", "with") or noun.sent.start != word.sent.start:
                continue
            node = link[1]
            while node != verb and node.pos_ != "VERB" and node.head != node:
                node = node.head
            if node == verb:
                found.add(seen.actor)
        return found

    def _possesses(self, token: int) -> bool:
        """Behind the mention stands "'s", whatever the parse makes of it."""
        end = token + 1
        while end in self.within and self.within[end] == self.within.get(token):
            end += 1
        return self.view.lower[end : end + 1] in (["'s"], ["'"])

    def _at_hand(self, token: int, other: int) -> bool:
        """A mention stands in the paragraph of a token or shortly before it."""
        view = self.view
        if view.sentence[token] - view.sentence[other] <= SPOKEN_REACH:
            return True
        return "\n" not in view.text[view.start[other] : view.start[token]]

    def _reports(self, token: int) -> bool:
        """A token stands in the words that report a quotation in its sentence."""
        here = self.view.doc[token].sent
        return any(self.view.quoted[i] for i in range(here.start, here.end))

    def going_on(self, token: int, fits: Callable[[Draft], bool]) -> Referent | None:
        """Who goes on speaking where a report is closed by "he said": who spoke just before.

        "… ," Paz told reporters. Vidal had called twice, he said.
        """
        view = self.view
        verb = view.doc[token].head
        told = view.lower[token - 1 : token] == [","] and verb.i == token + 1
        if not told or verb.lower_ not in word_set("speech") or view.quoted[token - 2]:
            return None
        here = view.sentence[token]
        for seen in self.before(token, sentences=1):
            if seen.sentence == here or not seen.subject or not fits(self.draft(seen.actor)):
                continue
            return Referent(seen.actor, 0.75) if self._speaks(seen.token) else None
        return None

    def _speaks(self, token: int) -> bool:
        """The mention is the subject of a verb of speech."""
        return self.view.doc[token].head.lower_ in word_set("speech")

    def _called(self, subject: int) -> Iterator[int]:
        """The tokens of mentions that a subject may be understood by: its own, what stands beside
        it, whose it is.
        """
        token = self.view.doc[subject]
        owner = syntax.possessor(token)
        yield self.within.get(subject, subject)
        for beside in syntax.appositions(token):
            yield self.within.get(beside.i, beside.i)
        if self._torn(subject):
            yield self.within[subject + 1]
        if owner is not None and subject not in self.within:
            yield self.within.get(owner.i, owner.i)

    def _joined(self, subject: int) -> bool:
        """Several together are the subject, so that "they" means just these."""
        return bool(syntax.conjuncts(self.view.doc[subject]))

    def _torn(self, subject: int) -> bool:
        """A title that the parse does not join to the name behind it."""
        named = subject + 1 in self.within and subject not in self.within
        return named and self.view.lower[subject] in titles().entries

    def _unknown(self, subject: int, kind: Kind) -> bool:
        """The subject is one thing or person that is no mention: a pronoun there means it."""
        if subject in self.within or self.view.tag[subject] not in ("NN", "NNP"):
            return False
        noun = "person" if self.view.lower[subject] in titles().entries else "thing"
        if noun != kind:
            return False
        token = self.view.doc[subject]
        beside = [*syntax.appositions(token), *syntax.children(token, syntax.FLAT)]
        return not any(b.i in self.within for b in beside) and not self._torn(subject)

    def _speakers(self, token: int) -> set[str]:
        """Those outside a quotation whose words the pronoun is part of: "he" is another."""
        quoted = self.view.quoted
        if not quoted[token]:
            return set()
        near = self.before(token, sentences=0)
        doc = self.view.doc
        found = {
            s.actor
            for s in near
            if s.subject and not quoted[s.token] and not quoted[doc[s.token].head.i]
        }
        node = self.view.doc[token]
        while quoted[node.i] and node.head.i != node.i:
            node = node.head
        subject = syntax.subject(node)
        if subject is not None and subject.i in self.named:
            found.add(self.named[subject.i])
        return found

    def _told(self, seen: Seen) -> bool:
        """A paper or agency that is only told something: nobody goes on about it."""
        return not seen.subject and self.draft(seen.actor).type == "media"


def _nearest_subject(seen: list[Seen], confidence: float) -> Referent | None:
    """The subject mentioned last, else the last mention, less surely."""
    subjects = [s for s in seen if s.subject]
    if subjects:
        return Referent(subjects[0].actor, confidence)
    return Referent(seen[0].actor, confidence - 0.15) if seen else None


def _asked(verb: Token) -> Token | None:
    """Who is asked or told to do something: "asked Lima to lift its ban", "urged it to …"."""
    above = verb.head
    told = verb.dep_ in syntax.OPEN_COMPLEMENT and verb.tag_ == "VB"
    if not told or above.pos_ != "VERB" or above.lemma_.lower() in word_set("promise"):
        return None
    found = syntax.object_of(above) or syntax.indirect_object(above)
    return found if found is not None and found.i < verb.i else None


def _done_for(word: Token) -> Token | None:
    """Whose deed somebody is praised or blamed for: "thanked Paz for his efforts"."""
    deed = word.head
    if word.dep_ not in syntax.POSSESSOR or deed.dep_ not in OBLIQUE:
        return None
    found = syntax.governor_by_preposition(deed)
    if found is None or found[0] != "for" or found[1].lemma_.lower() not in word_set("praise"):
        return None
    thanked = syntax.object_of(found[1]) or syntax.indirect_object(found[1])
    return thanked if thanked is not None and thanked.i < word.i else None


def governing_subject(view: View, token: int) -> int | None:
    """The subject of the clause that a pronoun stands in, or of the clause above it."""
    node = view.doc[token]
    praised = _done_for(node)
    if praised is not None:
        return praised.i
    for _ in range(8):
        if node.pos_ in ("VERB", "AUX"):
            subject = syntax.subject(node)
            if subject is None and node.i < token:
                subject = _asked(node)
            if subject is not None and subject.i < token:
                return subject.i
        if node.head.i == node.i:
            return None
        node = node.head
    return None


def pronoun(context: Context, token: int) -> tuple[str, str, float] | None:
    """The actor of a third-person pronoun, the rule and how surely."""
    word = context.view.lower[token]
    if word in HE or word in SHE:
        gender = "m" if word in HE else "f"

        def fits(draft: Draft) -> bool:
            return draft.type == "person" and draft.gender in (gender, None)

        found = context.going_on(token, fits) or context.nearest(token, fits, "person")
        quoted = context.view.quoted[token]
        if quoted and found and _others_between(context, token, found.actor, _is_person):
            return None
        if found is not None and found.confidence >= 0.7:
            context.draft(found.actor).gender = gender
        return _ruled(found, "pronoun: person")
    if word in IT:
        if word != "its" and not _refers(context.view, token):
            return None
        found = context.salient(token, lambda d: d.type in COLLECTIVE, "thing")
        passive = context.view.doc[token].dep_ in syntax.PASSIVE_SUBJECT
        unsure = passive or context.view.quoted[token]
        if unsure and found is not None and found.confidence < 0.8:
            return None  # what is done to "it", and what a speaker calls so, is mostly a thing
        return _ruled(found, "pronoun: body")
    if word == "them" and context.view.doc[token].head.lemma_.lower() in word_set("of_things"):
        return None  # "denied them", of reports
    if word in THEY:
        found = context.nearest(token, lambda d: d.plural, "several")
        if word in ("they", "them") and found is not None and found.confidence < 0.7:
            return None
        if found is not None and _others_between(context, token, found.actor, _is_plural):
            return None
        return _ruled(found, "pronoun: several")
    return None


def _is_plural(view: View, i: int) -> bool:
    return view.tag[i] == "NNS"


def _is_people(view: View, i: int) -> bool:
    return view.tag[i] == "NNS" and view.lower[i] in people_words()


def _is_person(view: View, i: int) -> bool:
    return view.tag[i] == "NN" and view.lower[i] in titles().entries


def _others_between(
    context: Context, token: int, actor: str, fits: Callable[[View, int], bool]
) -> bool:
    """After the last mention of an actor others do something who are no mention: "residents".

    Or, where several are meant, others are told of in the sentence who may do what "they" do.
    """
    view = context.view
    last = next((s.token for s in context.before(token) if s.actor == actor), token)
    nearer = fits is _is_plural and view.lower[token] == "they"
    return any(
        i not in context.within
        and (
            (fits(view, i) and view.doc[i].dep_ in syntax.SUBJECT)
            or (nearer and _is_people(view, i) and view.same_sentence(i, token))
        )
        for i in range(last + 1, token)
    )


def _ruled(found: Referent | None, rule: str) -> tuple[str, str, float] | None:
    return (found.actor, rule, found.confidence) if found else None


def _refers(view: View, token: int) -> bool:
    """ "It" is no placeholder ("it is clear that", "it rains", "it is said")."""
    node = view.doc[token]
    if node.dep_ in syntax.EXPLETIVE:
        return node.head.lower_ in word_set("disposed")
    if node.dep_ not in syntax.SUBJECT:
        return False  # what is done to "it" is mostly a thing
    verb = node.head
    if any(syntax.children(verb, syntax.COPULA)):
        return verb.lower_ in word_set("disposed")
    if verb.pos_ != "VERB":
        return False
    if verb.dep_ in CONTENT and verb.head.lower_ in word_set("speech"):
        return verb.lemma_.lower() not in word_set("weather")  # "the group said it had taken"
    return verb.lemma_.lower() not in (
        word_set("impersonal_passive") if syntax.is_passive(verb) else word_set("impersonal")
    )


"""Adjectives that tell of somebody, so that "it was ready" has a referent."""


def by_title(
    context: Context,
    token: int,
    role: str,
    owner: str | None,
    gender: str | None,
    country: str | None = None,
) -> str | None:
    """The person last mentioned who has a role, of an owner or country where one is named."""
    general = kinds_of_role().get(role, frozenset({role}))
    of_owner = general | (SENT if role in SENDABLE else frozenset())

    def fits(draft: Draft) -> bool:
        if draft.type != "person" or (gender and draft.gender and draft.gender != gender):
            return False
        held = any(r.role == role or r.role in general for r in draft.roles)
        called = not general.isdisjoint(draft.called)
        if owner is None and country is None:
            return held or called
        if any(_belongs(context, r.of, owner) and r.role in of_owner for r in draft.roles):
            return True
        wanted = country or (context.cast.country_of(owner) if owner else None)
        same_state = draft.country == wanted is not None
        fitting = role in kinds_of_role() or country is not None
        return same_state and (held or called) and fitting

    found = context.latest(token, fits)
    if found is None or owner is not None or country is not None:
        return found
    last = next((s.token for s in context.before(token) if s.actor == found), token)
    return None if _unnamed_since(context.view, role, last, token) else found


def _unnamed_since(view: View, role: str, last: int, token: int) -> bool:
    """Somebody else of the role has come in without a name: "*a diplomat* said … The diplomat"."""
    noun = role.split()[-1]
    return any(
        view.lower[k] == noun and not INDEFINITE.isdisjoint(view.lower[max(0, k - 3) : k])
        for k in range(last + 1, token)
    )


INDEFINITE = frozenset({"a", "an", "another"})
SENDABLE = frozenset({"envoy", "diplomat", "official", "representative"})
SENT = frozenset({"leader", "head", "commander", "chair"})
"""Roles in a mission by which its organisation's envoy or official is known as well."""


def _belongs(context: Context, body: str, owner: str | None) -> bool:
    draft = context.cast.actors.get(body)
    return body == owner or (draft is not None and draft.part_of == owner is not None)


def stateless(context: Context, token: int, role: str, gender: str | None) -> str | None:
    """The one person of the last sentences of whom no country is told: "the Italian general".

    A title that only ranks takes up who was called so; a general one ("diplomat") anybody.
    """
    general = kinds_of_role().get(role)
    if general is None:
        return None
    found = set()
    for seen in context.before(token, sentences=STATELESS_REACH):
        draft = context.draft(seen.actor)
        if context.view.quoted[seen.token] and not context.view.quoted[token]:
            continue
        if draft.type != "person" or draft.country is not None or draft.known:
            continue
        if gender and draft.gender and draft.gender != gender:
            continue
        if not general.isdisjoint(draft.called) or (role in SENDABLE and seen.subject):
            found.add(seen.actor)
    return found.pop() if len(found) == 1 else None


STATELESS_REACH = 3
"""Sentences; a phrase that adds a nationality stands close behind the name."""
