"""Who does it to whom, and through whom."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from kg.extraction import event_complements as complements
from kg.extraction import event_frames as frames
from kg.extraction.event_contents import content_of
from kg.extraction.event_lexicon import either, types, words
from kg.extraction.event_people import Ids, People, each
from kg.extraction.event_prepositions import by_preposition
from kg.nlp import syntax
from kg.nlp.tokens import Token
from kg.records import ARTICLE

if TYPE_CHECKING:
    from kg.extraction.event_triggers import Finder, Trigger

AT_WORK = frozenset({"ACCUSE", "REJECT", "REQUEST"})
"""Types that are directed at whoever does what is condemned, refused or to be stopped."""

OWN_DOING = frozenset({"COERCE", "SANCTION"})
"""What authorities do to those they rule: who condemns "the arrests in *Chad*" accuses Chad; but
whoever condemns "the attack in *Chad*" does not.
"""

STRUCK = frozenset({"ASSAULT", "COERCE"})
"""What is done to things: to the state in which they stand, where they are said to be nobody's."""

MEDIATED = frozenset({"AGREE", "CONSULT", "SUPPORT", "RETREAT", "COOPERATE"})
ROLES = frozenset({"obj", "iobj", "subj", "that", "other", "poss", "each", "-"})
"""Where an argument may stand, beside prepositions."""

FINITE = frozenset({"VBD", "VBZ", "VBP"})


class Arguments:
    """Finds the arguments of triggers in one scene."""

    def __init__(self, finder: Finder) -> None:
        self.finder = finder
        self.scene = finder.scene
        self.people = People(finder.scene, finder.reading)

    # ------------------------------------------------------------------ agents

    def agents(self, trigger: Trigger) -> Ids:
        """Who does it; nobody where the words name nobody."""
        top, core, source = trigger.top, trigger.core, trigger.row.agent
        if source == "speaker":
            return self.speaker(trigger)
        if source:
            return self._acting_by(trigger, source)
        if top.pos_ == "ADJ" or (not self.scene.is_verb(top) and self.scene.is_verb(core)):
            owner = () if top.pos_ == "ADJ" else self.people.of_event(trigger, top)
            return self.people.agents(frames.subjects(top)) or owner or self._from_cue(trigger)
        if not self.scene.is_verb(top):
            return self._of_nouns(trigger)
        if trigger.undergone:
            return self.people.after(top, "by", "from") or self.people.of_event(trigger, core)
        if frames.is_passive(top):
            found = self.people.after(top, "by", "between")
        else:
            found = self._acting(trigger) or self._from_cue(trigger)
            if not found and top.dep_ in syntax.SUBJECT:  # "*fighting* between A and B"
                found = self.people.after(top, "between")
        if not found and trigger.carries_out and not self.scene.is_verb(core):
            found = self.people.of_event(trigger, core)
        return found or self._owners(top)

    def _acting_by(self, trigger: Trigger, source: str) -> Ids:
        """Who acts behind a preposition; no place: "died in a raid in *Chad*"."""
        if source in ROLES:
            return self._first(trigger, [source])
        near = dict.fromkeys((trigger.core, trigger.top))
        nouns = (n for t in near for n in by_preposition(self.scene, t, source))
        return self.people.agents(dict.fromkeys(nouns))

    def _of_nouns(self, trigger: Trigger) -> Ids:
        top, core = trigger.top, trigger.core
        found = self.people.of_event(trigger, core)
        if not found and top.i != core.i:
            found = self.people.of_event(trigger, top)
        if not found and any(c.dep_ in syntax.COPULA for c in top.children):
            found = self.people.agents(frames.subjects(top))  # "the army is in contact with …"
        return found or self._travelling(trigger)

    def _travelling(self, trigger: Trigger) -> Ids:
        """Who does something on a visit or trip makes it: "met troops during a *visit* to …"; two
        who say something after talks held them.
        """
        noun, verb = trigger.core, trigger.core.head
        lemma = self.scene.lemmas[noun.i]
        if noun.dep_ not in syntax.NOUN_OBLIQUE:
            return ()
        cases = {c.lower_ for c in noun.children if c.dep_ == "case"}
        if lemma in words("VISITS") and cases & words("TRAVELLING"):
            return self.people.agents(frames.subjects(verb))
        if lemma in words("PEACETALK") and cases & words("TALKING"):
            told = self.people.agents(frames.subjects(verb))
            partner = trigger.type == "CONSULT" and self.people.after(noun, "with")
            return told if partner or len(told) > 1 else ()
        return ()

    def _acting(self, trigger: Trigger) -> Ids:
        """The subjects of an active verb, less those who mediate."""
        subjects = frames.subjects(trigger.top)
        if not subjects and (
            trigger.top.tag_ in FINITE or frames.is_finite_participle(trigger.top)
        ):
            subjects = self.scene.named_left_of(trigger.top)
        return _without(self.people.agents(subjects), self.mediators(trigger))

    def _owners(self, verb: Token) -> Ids:
        """ "Increasing *our* contingent": the owner of what a verb without subject is done to."""
        if verb.tag_ != "VBG" or frames.subjects(verb):
            return ()
        owners = (syntax.possessor(n) for n in frames.objects(verb))
        return self.people.agents(o for o in owners if o is not None)

    def has_subject(self, trigger: Trigger) -> bool:
        """Somebody or something does it, known or not."""
        if not self.scene.is_verb(trigger.top):
            return False
        lemmas = self.scene.lemmas
        lifeless = either("THINGS", "LIFELESS")  # "the law urges", "numbers underscore"
        named = [s for s in frames.subjects(trigger.top) if lemmas[s.i] not in lifeless]
        return bool(named or self.speaker(trigger))

    def speaker(self, trigger: Trigger) -> Ids:
        """Who utters the words: the speaker of the statement around them."""
        voice = self.scene.voice(self.scene.chars(trigger.core.i, trigger.core.i + 1))
        return () if voice.asserted_by in {ARTICLE, None} else (voice.asserted_by,)

    def _from_cue(self, trigger: Trigger) -> Ids:
        """The speaker of the statement whose cue the trigger is."""
        statement = self.scene.cues.get(trigger.top.i)
        if statement is None or statement.speaker is None:
            return ()
        return (statement.speaker, *statement.co_speakers)

    # ------------------------------------------------------------------ targets

    def targets(self, trigger: Trigger, agents: Ids) -> Ids:
        """To whom it is done or directed."""
        if trigger.undergone:
            return _without(self.people.targets(frames.subjects(trigger.top)), agents)
        if len(agents) > 1 and self._is_reciprocal(trigger):
            return agents
        roles = trigger.row.target or self._usual_roles(trigger)
        if roles == ("-",) and not types()[trigger.type].has_content:
            return ()
        found = self._first(trigger, roles, agents)
        if not found and roles[-1] == "each" and len(agents) == 2:
            return agents
        if not found and trigger.effects[:1] in {("stop",), ("cancel",)}:
            found = _without(self._of_ended(trigger), agents)
        found = found or self._opposed(trigger) or self._standing(trigger, agents)
        found = found or _without(self._of_content(trigger, agents), agents)
        if not found and trigger.top.i in self.scene.cues:
            known = self.scene.referents.by_id
            said_to = self.scene.cues[trigger.top.i].targets
            found = _without(tuple(t for t in said_to if t in known), agents)
        return found

    def _is_reciprocal(self, trigger: Trigger) -> bool:
        """ "Accused *each other*", "traded barbs with *one another*"."""
        if not self.scene.is_verb(trigger.top):
            return False
        by = (o.noun for o in syntax.obliques(trigger.top))
        return any(syntax.is_reciprocal(n) for n in (*frames.objects(trigger.top), *by))

    def _of_ended(self, trigger: Trigger) -> Ids:
        """Whom that concerns which is ended or called off; else who was to do it."""
        if trigger.inner is None:
            return ()
        return self.targets(trigger.inner, ()) or self.agents(trigger.inner)

    def _standing(self, trigger: Trigger, agents: Ids) -> Ids:
        """Whose ground a building stands on that is hit: "set a depot on fire in *Chad*"."""
        core, lemmas = trigger.core, self.scene.lemmas
        if trigger.type not in STRUCK or not self.scene.is_verb(core):
            return ()
        if not any(lemmas[n.i] in words("TARGETS") for n in frames.objects(core)):
            return ()
        near = [core, *(c for c in core.children if c.dep_ in syntax.OPEN_COMPLEMENT)]
        for preposition in ("in", "inside"):
            nouns = (n for t in near for n in by_preposition(self.scene, t, preposition))
            if found := _without(self.people.targets(nouns, trigger.type), agents):
                return found
        return ()

    def _opposed(self, trigger: Trigger) -> Ids:
        """ "Anti-*French* protests", "lifted anti-*Syrian* sanctions"."""
        core = trigger.core
        nouns = frames.objects(core) if self.scene.is_verb(core) else [core]
        return each(self.scene.against(noun) for noun in nouns)

    def _usual_roles(self, trigger: Trigger) -> tuple[str, ...]:
        kind = types()[trigger.type]
        return kind.verb_target if self.scene.is_verb(trigger.core) else kind.noun_target

    def _first(self, trigger: Trigger, roles: Iterable[str], agents: Ids = ()) -> Ids:
        """The actors in the first role that has any beside the agents."""
        found = (self._others(self._in_role(trigger, role), agents) for role in roles)
        return next((f for f in found if f), ())

    def _others(self, found: Ids, agents: Ids) -> Ids:
        """Those who are no agents, nor a group of them: "A and B praised *their* talks with C"."""
        known = self.scene.referents.by_id
        members = {a: set(known[a].members) if a in known else set() for a in found}
        mixed = tuple(a for a in found if not members[a] or not members[a] <= set(agents))
        return _without(mixed, agents)

    def _in_role(self, trigger: Trigger, role: str) -> Ids:
        top, core = trigger.top, trigger.core
        verb = core if self.scene.is_verb(core) else top
        match role:
            case "-" | "each":
                return ()
            case "obj":
                nouns = frames.objects(verb) if self.scene.is_verb(verb) else []
                return self._named_or_doing(trigger, [n for n in nouns if n.i != core.i])
            case "iobj":
                return self.people.targets(frames.indirect_objects(verb), trigger.type)
            case "subj":
                return self.people.targets(frames.subjects(top), trigger.type)
            case "that":
                return self.people.targets(
                    s for c in complements.clauses(verb) for s in _subjects(c)
                )
            case "other":
                return self.people.targets(self.finder.conditions.others(verb))
            case "poss":
                owned = [core] if core.pos_ == "NOUN" else [core, *frames.objects(core)]
                owners = [o for n in owned if (o := frames.owner(n)) is not None]
                return self.people.targets(owners)
        nouns = [
            noun
            for token in dict.fromkeys((core, top))
            for noun in by_preposition(self.scene, token, role)
        ]
        return self._named_or_doing(trigger, list(dict.fromkeys(nouns)))

    def _named_or_doing(self, trigger: Trigger, nouns: list[Token]) -> Ids:
        """Actors among some nouns; of an event that is condemned or backed, who does it."""
        found = self.people.targets(nouns, trigger.type)
        if found:
            return found
        for inner in self._events(trigger, nouns):
            doing = self.agents(inner)
            if trigger.type in AT_WORK:
                suffered = trigger.type == "ACCUSE" and inner.type not in OWN_DOING
                return doing or (() if suffered else self.targets(inner, doing))
            for_others = trigger.type == "SUPPORT" and inner.top.pos_ == "NOUN"
            if for_others and (others := self._others(doing, self.agents(trigger))):
                return others  # "ratified *Chad*'s bid to join the bloc"
            return self.targets(inner, doing) or doing
        return ()

    def _of_content(self, trigger: Trigger, agents: Ids) -> Ids:
        """The target of what is promised or threatened; who is to do what is asked for."""
        if types()[trigger.type].has_content:
            return self._of_events_inside(trigger)
        if trigger.type == "PROTEST":  # "marched to denounce *Chad*"
            aims = complements.infinitives(self.scene, trigger.top)
            return each(self.targets(t, agents) for t in self._events(trigger, aims))
        if trigger.type != "SUPPORT" or not self.scene.is_verb(trigger.core):
            return ()
        signed = (trigger.core, *frames.objects(trigger.core))
        laid_down = [c for t in signed for c in complements.infinitives(self.scene, t)]
        return each(self.targets(inner, agents) for inner in self._events(trigger, laid_down))

    def _of_events_inside(self, trigger: Trigger) -> Ids:
        around = content_of(self.scene, trigger.top, trigger.core, coordinated=True)
        tokens = [self.scene.tokens_of[i] for i in sorted(around)]
        acting: Ids = ()  # "warned that *Chad* would answer any attack on its ports"
        if trigger.type == "THREATEN":
            acting = self.people.agents(
                s for c in complements.clauses(trigger.core) for s in _subjects(c)
            )
        for inner in self._events(trigger, tokens):
            doing = () if self.scene.is_verb(inner.top) else self.agents(inner)
            called_upon: Ids = ()
            if trigger.type == "REQUEST":
                called_upon = self.people.targets(_subjects(inner.top)) or doing
            found = called_upon or self.targets(inner, doing) or doing
            if found := _without(found, acting):
                return found
        return () if trigger.type == "REQUEST" else self._beyond(trigger)

    def _beyond(self, trigger: Trigger) -> Ids:
        """ "Threatened to send its elephants to *Germany*": whom some other deed is directed at."""
        for verb in complements.infinitives(self.scene, trigger.core):
            for role in ("against", "on", "to", "with"):
                nouns = by_preposition(self.scene, verb, role)
                if found := self.people.targets(nouns, trigger.type):
                    return found
        return self._on_condition(trigger) if trigger.type == "THREATEN" else ()

    def _on_condition(self, trigger: Trigger) -> Ids:
        """Who is to do or leave what the threat depends on: "threatened to …, if *Chad* …"."""
        top = trigger.core
        told = [top, *complements.infinitives(self.scene, top), *complements.clauses(top)]
        clauses = (c for verb in told for c in verb.children if complements.is_condition(c))
        return each(self.people.targets(_subjects(c), trigger.type) for c in clauses)

    def _events(self, trigger: Trigger, tokens: Iterable[Token]) -> Iterator[Trigger]:
        """What some words show, but for the trigger itself."""
        for token in tokens:
            inner = self.finder.reading(token)
            if inner is not None and inner.core.i != trigger.core.i:
                yield inner

    # ------------------------------------------------------------------ mediators

    def mediators(self, trigger: Trigger) -> Ids:
        """Through whose mediation it comes about."""
        named = self.scene.words & either("MEDIATION", "MEDIATING")
        for token in self._around(trigger) if named and trigger.type in MEDIATED else ():
            lemma = self.scene.lemmas[token.i]
            if lemma in words("MEDIATION") and token.i != trigger.core.i:
                owner = syntax.possessor(token)
                nouns = by_preposition(self.scene, token, "of")
                owners = nouns or ([owner] if owner is not None else [])
                listed = (t for n in owners for t in (n, *self.scene.listed_after(n)))
                return self.people.agents(listed)
            if lemma in words("MEDIATING") and token.dep_ in syntax.ADNOMINAL_CLAUSE:
                return self.people.after(token, "by")
        return ()

    def _around(self, trigger: Trigger) -> Iterator[Token]:
        """The dependents of a trigger, and the words before it back to the verb before."""
        yield from trigger.top.children
        if trigger.core.i != trigger.top.i:
            yield from trigger.core.children
        first = self.scene.sentence_of[trigger.top.i][0]
        for token in reversed(self.scene.tokens_of[first : trigger.top.i]):
            if token.pos_ in {"VERB", "SCONJ"}:
                return
            yield token


def _subjects(verb: Token) -> list[Token]:
    """The subjects that a verb itself has."""
    return [c for c in verb.children if c.dep_ in syntax.SUBJECT]


def _without(found: Ids, agents: Ids) -> Ids:
    return tuple(a for a in found if a not in agents)
