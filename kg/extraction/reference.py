"""What refers back: pronouns, bare titles and nouns, in reading order."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import NamedTuple

from kg.extraction import compose, coref
from kg.extraction.actor_lexicon import titles, word_set
from kg.extraction.board import STATE_TYPES, Board, Resolved, Step
from kg.extraction.cast import Draft
from kg.extraction.offices import Offices
from kg.extraction.topic import country_here
from kg.extraction.units import Unit
from kg.nlp import syntax
from kg.records import MentionKind, Role

UNIQUE_TYPES = frozenset({"armed_group", "peacekeepers"})
"""Types of which articles seldom tell of more than one without naming it each time."""
FURTHER_TOLD = ("from", "of", "at", "with", "in", "on")
"""Prepositions behind a noun that tell whose it is, in a way that was not understood."""
WORDS = coref.HE | coref.SHE | coref.IT | coref.THEY | {"everyone", "everybody"}
PRONOUNS = coref.HE | coref.SHE | coref.IT | coref.THEY


class Found(NamedTuple):
    """Whom a phrase means, by which rule, how surely, and what kind of mention it is."""

    actor: str
    rule: str
    confidence: float
    kind: MentionKind = "nominal"


class References(Step):
    """The reference of one article's words that name nobody themselves."""

    def __init__(self, board: Board, offices: Offices) -> None:
        super().__init__(board)
        self.offices = offices
        self.taken_up: dict[str, str] = {}
        """General words by which actors were taken up."""
        self.waiting: dict[int, Unit] = {}
        """Phrases that are yet to be understood, by their first token."""

    def resolve(self) -> None:
        """Go through the article in reading order, headlines last: the body explains them."""
        understood: dict[int, list[Resolved]] = {}
        for resolved in self.board.resolved:
            understood.setdefault(resolved.head, []).append(resolved)
            self.context.named[resolved.head] = resolved.actor
        waiting = {u.head_last - 1: u for u in self.units if not u.ids}
        self.waiting = {u.first: u for u in waiting.values() if u.title is None}
        homeless = {u.head_last - 1: u for u in self.units if u.ids and u.title and not u.owners}
        in_headlines = []
        lower = self.view.lower
        for i in range(len(self.view)):
            if self.view.titled(i):
                in_headlines += [waiting[i]] if i in waiting else []
            elif i in waiting:
                self._resolve_unit(waiting[i])
            elif i in homeless:
                self._settle_home(homeless[i])
            elif lower[i] in WORDS:
                self._resolve_word(i)
            for resolved in understood.get(i, ()):
                self._name_the_unnamed(resolved)
                inside = range(resolved.first, resolved.last)
                self.context.note(i, resolved.actor, name=resolved.name, tokens=inside)
        for unit in in_headlines:
            self._resolve_unit(unit)

    def _name_the_unnamed(self, named: Resolved) -> None:
        """ "A spokesman for Lima denied it. 'Never,' Ivo Paz said.": the name is the spokesman's.

        So if the name comes without office or country, speaks, and stands at once behind.
        """
        draft = self.cast.actors[named.actor]
        if draft.type != "person" or draft.known or draft.roles or draft.country:
            return
        view, here = self.view, self.view.sentence[named.head]
        around = (
            *view.lower[named.last : named.last + 1],
            *view.lower[named.first - 1 : named.first],
        )
        if draft.mentions and min(draft.mentions).start < view.start[named.first]:
            return
        if not word_set("speech").intersection(around):
            return
        for seen in self.context.before(named.head, sentences=2):
            other = self.cast.actors[seen.actor]
            if other.type == "person" and seen.sentence != here and seen.subject:
                if other.id.startswith("one-") and other.roles[0].role == "spokesperson":
                    draft.roles.append(other.roles[0])
                    draft.country = other.country
                    draft.gender = draft.gender or other.gender
                return

    def _resolve_word(self, i: int) -> None:
        word = self.view.lower[i]
        if word in PRONOUNS and self.view.pos[i] == "PRON":
            self._resolve_pronoun(i)
        elif word in ("everyone", "everybody"):
            found = self._parties_found(i, 0.5)
            if found is not None:
                self.board.mention(i, i + 1, found.actor, "pronoun", found.rule, 0.5, head=i)

    def _parties(self) -> tuple[str, ...]:
        """The two parties to the conflict, by all that is understood so far."""
        backing = coref.patrons(self.view, ((r.last, r.actor) for r in self.board.resolved))
        seen = [
            (self.view.sentence[r.head], r.actor)
            for r in self.board.resolved
            if r.actor not in backing
        ]
        pairs = [*self._pairs(self.board.resolved), *self._grouped()]
        return coref.conflict_pair(pairs, seen, self.cast)

    def _parties_found(self, token: int, confidence: float) -> Found | None:
        """The parties, if both are known to the reader by then."""
        parties = self._parties()
        before = {
            r.actor
            for r in self.board.resolved
            if r.head < token or self.view.titled(r.head) or self.view.titled(token)
        }
        if not parties or not before.issuperset(parties):
            return None
        name = "parties to the conflict"
        return Found(compose.group("parties", parties, self.cast, name).id, name, confidence)

    def _pairs(self, resolved: Iterable[Resolved]) -> list[tuple[str, str]]:
        """Actors that the text joins by "and", one for each time that it does."""
        pairs = []
        ordered = sorted(resolved, key=lambda r: r.first)
        for one, two in itertools.pairwise(ordered):
            between = self.view.lower[one.last : two.first]
            joint = self.view.doc[one.head].dep_ in syntax.SUBJECT and (
                self.view.doc[one.head].head.lemma_.lower() in word_set("joint")
            )
            if between in (["and"], [",", "and"], ["and", "the"], ["&"]) and not joint:
                pairs.append((one.actor, two.actor))
        return pairs

    def _grouped(self) -> list[tuple[str, str]]:
        """The members of groups of two, one pair for each mention of the group."""
        return [
            (draft.members[0], draft.members[1])
            for draft in self.cast.actors.values()
            if len(draft.members) == 2 and draft.type == "group"
            for _ in draft.mentions
        ]

    def _resolve_pronoun(self, i: int) -> None:
        if self.view.lower[i] in ("its", "their", "his", "her"):
            unit = next((u for u in self.units if u.pronoun == i), None)
        else:
            unit = None
        found = coref.pronoun(self.context, i)
        if found is None:
            return
        actor, rule, sure = found
        self.board.mention(i, i + 1, actor, "pronoun", rule, sure, head=i)
        self.context.note(i, actor, name=False)
        if unit is not None and not unit.owners:
            self._own(unit, actor)

    def _own(self, unit: Unit, actor: str) -> None:
        """Tell a phrase whose it is, now that this is known."""
        unit.owners, unit.owner_kind = (actor,), "org"
        if self.cast.actors[actor].type in STATE_TYPES:
            unit.owner_kind = "state"
        if unit.title is not None and unit.ids:
            self.offices.give(unit, unit.ids[0])

    def _settle_home(self, unit: Unit) -> None:
        """Give "President Petro" the country that the text is about just there."""
        assert unit.title is not None
        draft = self.cast.actors[unit.ids[0]]
        if unit.owners:
            return
        if unit.title.of == "state" and draft.known and not draft.roles and draft.country:
            if unit.title.role in word_set("public_roles") and self.cast.ensure(draft.country):
                unit.owners, unit.owner_kind = (draft.country,), "state"
                self.offices.give(unit, draft.id)
            return
        if draft.country is not None or draft.known or unit.title.of not in ("state", "org"):
            return
        fighters = word_set("armed_modifier").intersection(
            (*unit.modifiers, *unit.title.phrase.split())
        )
        if fighters:
            led = self.context.latest(unit.head_first, lambda d: d.type == "armed_group")
            if led is not None:
                self._own(unit, led)
            return
        if unit.title.role not in word_set("public_roles") or self.view.quoted[unit.head_first]:
            return
        country = country_here(
            self.board, unit.head_first, places=unit.title.role in compose.LOCAL_ROLES
        )
        if country is None:
            return
        draft.country = country
        unit.owners, unit.owner_kind = (country,), "state"
        if unit.title.of == "state":
            self.cast.known(country)
            self.offices.give(unit, draft.id)

    def _resolve_unit(self, unit: Unit) -> None:
        if (unit.pronoun is not None and not unit.owners) or unit.ids:
            return
        if unit.title is not None and not unit.owners:
            self._own_by_what_follows(unit)
        found = self._referent(unit)
        if found is None:
            return
        actor = found.actor
        unit.ids = (actor,)
        head = self.board.head(unit)
        self.board.mention(
            unit.first, unit.last, actor, found.kind, found.rule, found.confidence, head=head
        )
        self.context.note(head, actor, name=False, tokens=range(unit.first, unit.last))
        possessive = self.view.lower[unit.last : unit.last + 1] in (["'s"], ["'"])
        for owned in self.units:
            gap = owned.head_first - unit.last
            behind = 0 < gap <= 5 if possessive else gap == 0
            if behind and not owned.owners and self.view.same_sentence(unit.first, owned.first):
                self._own(owned, actor)
                owned.first = unit.first
                return

    def _own_by_what_follows(self, unit: Unit) -> None:
        """ "A spokeswoman for the bloc": whose she is, is a phrase that comes to be understood."""
        k = unit.head_last
        view = self.view
        if view.lower[k : k + 1] not in (["for"], ["of"]) or not view.same_sentence(k, k + 1):
            return
        k += 1
        while k + 1 < len(view) and view.lower[k] in ("the", "its", "his", "her", "their"):
            k += 1
        owner = self.waiting.get(k)
        if owner is None:
            return
        self._resolve_unit(owner)
        if owner.ids:
            self._own(unit, owner.ids[0])
            unit.last = owner.last

    def _referent(self, unit: Unit) -> Found | None:
        if unit.title is not None:
            return self._title_referent(unit)
        if unit.owners:
            compose.identify(unit, self.cast, self.view)
            if unit.ids:
                kind: MentionKind = "name" if compose.is_name(unit, self.view) else "nominal"
                return Found(unit.ids[0], "composed: whose and what", 0.8, kind)
            return None
        if unit.head is None:
            return None
        if unit.head.sort == "self":
            return self._self_referent(unit)
        return self._bare_referent(unit)

    def _title_referent(self, unit: Unit) -> Found | None:
        title = self.offices.title(unit, None)
        if title is None:
            return None
        unit.title = title
        view = self.view
        of = compose.office_of(unit, self.cast)
        country = None
        if of is not None and title.of == "state":
            country = self.cast.country_of(of)
        if any(m in compose.FORMER for m in unit.modifiers):
            return None
        definite = unit.determiner in ("the", "this", "that") or of is not None
        headline = view.titled(unit.head_first) and unit.determiner == ""
        if unit.determiner in ("a", "an", "one", "another", "some", "any"):
            person = None
            definite = of is not None
        elif definite or headline:
            person = coref.by_title(
                self.context, unit.head_first, title.role, of, title.gender or None, country
            )
        else:
            return None
        if person is not None and of is None and title.of == "state":
            return self._of_speakers_state(unit, person)
        if person is not None:
            return Found(person, "title → person", 0.85)
        if definite and country is not None and unit.determiner == "the":
            person = coref.stateless(
                self.context, unit.head_first, title.role, title.gender or None
            )
            if person is not None:
                self.cast.actors[person].country = country
                return Found(person, "nationality and title of one named before", 0.65)
        if of is None or not definite:
            return None
        return self._office_holder(unit, of)

    def _of_speakers_state(self, unit: Unit, person: str) -> Found | None:
        """ "The Kremlin said the president …": the speaker's, not whoever was told of last."""
        found = Found(person, "title → person", 0.85)
        title = unit.title
        country = self._speakers_country(unit)
        if title is None or country is None or self.cast.actors[person].country in (None, country):
            return found
        own = coref.by_title(
            self.context, unit.head_first, title.role, None, title.gender or None, country
        )
        holder = own or compose.office_holder(country, title.role, self.cast)
        if holder is None:
            return None
        self.cast.ensure(holder)
        return Found(holder, "title in the state of who speaks", 0.7)

    def _speakers_country(self, unit: Unit) -> str | None:
        """The country of the spokesperson or body that says what a phrase is part of."""
        view = self.view
        for seen in self.context.before(unit.head_first, sentences=0):
            verb = view.doc[seen.token].head
            if not seen.subject or verb.lower_ not in word_set("speech"):
                continue
            draft = self.cast.actors[seen.actor]
            speaks = draft.type == "government_body" or any(
                r.role in ("spokesperson", "adviser", "national security adviser")
                for r in draft.roles
            )
            return draft.country if speaks else None
        return None

    def _office_holder(self, unit: Unit, of: str) -> Found | None:
        title = unit.title
        assert title is not None
        if any(m in compose.FORMER for m in unit.modifiers):
            return None
        indefinite = unit.determiner in ("a", "an", "one", "another", "some")
        if not indefinite:
            holder = compose.office_holder(of, title.role, self.cast)
            if holder is not None:
                self.cast.known(holder)
                return Found(holder, "role → holder on the date", 0.8)
        draft = compose.unnamed(title, of, self.cast, one_of_many=indefinite)
        draft.gender = draft.gender or title.gender or None
        if not draft.roles:
            words = self.board.words(unit.head_first, unit.head_last)
            span = self.board.span(unit.first, unit.last)
            draft.roles.append(Role(title.role, of, self.cast.day, words, "text", span))
        return Found(draft.id, "title without a name", 0.8)

    def _self_referent(self, unit: Unit) -> Found | None:
        assert unit.head is not None
        if unit.head.phrase in compose.COUNTRY_WORDS:
            if unit.determiner not in ("the", "this") or unit.modifiers:
                return None
            return self._the_country(unit)
        if unit.head.phrase in compose.COUNTRIES:
            if unit.number is None or unit.modifiers:
                return None
            return self._states(unit)
        return (
            self._parties_found(unit.head_first, 0.7)
            if compose.means_parties(unit, self.view)
            else None
        )

    def _the_country(self, unit: Unit) -> Found | None:
        salient = self.context.salient(
            unit.head_first, lambda d: self.cast.country_of(d.id) is not None
        )
        if salient is None:
            return None
        country = self.cast.country_of(salient[0])
        if country is None or country not in self.gazetteer.entries:
            return None
        self.cast.known(country)
        return Found(country, "the country of whom it is about", 0.75)

    def _bare_referent(self, unit: Unit) -> Found | None:
        head = unit.head
        assert head is not None
        view = self.view
        definite = unit.determiner in ("the", "this", "that", "these", "those")
        named = view.capital(unit.head_first) and unit.determiner in ("", "a", "an")
        if head.sort == "population":
            if (
                unit.place is None
                and head.phrase in compose.PLAIN_POPULATION
                and not unit.modifiers
            ):
                found = self.context.latest(unit.head_first, lambda d: d.type == "population")
                if found:
                    return Found(found, "population mentioned before", 0.6)
            return None
        if head.sort == "persons":
            return self._several_persons(unit)
        plural = head.phrase.endswith("s") and unit.determiner == ""
        titled = titles().at(view.lower, unit.head_last) is not None
        if titled and word_set("title_modifiers").issuperset(unit.modifiers):
            definite = True  # the modifiers are the title's: "chief government negotiator"
        if unit.head_last in self.anchors.starting:
            return None  # a name follows: "the regional bloc IGAD"
        if not (definite or named or plural) or (unit.modifiers and not definite):
            return None
        if head.phrase in word_set("persons_plural") and unit.determiner == "":
            own = self._of_the_country(unit)
            if own is not None:
                return own
        suffixes = compose.suffixes_of(head)
        kind = "government_body" if head.sort == "ministry" else head.type
        found = self.context.latest(
            unit.head_first,
            lambda d: d.type == kind and any(d.id.endswith(f"-{s}") for s in suffixes),
        )
        if found is not None:
            return Found(found, f"“{head.phrase}” mentioned before", 0.85)
        return self._by_namesake(unit) or self._of_the_country(unit)

    def _by_namesake(self, unit: Unit) -> Found | None:
        """ "The court", "the bloc", "the paramilitary group": who is called so, or may be."""
        head = unit.head
        assert head is not None
        if unit.determiner not in ("the", "this", "that"):
            return None
        if word_set("other_modifier").intersection(unit.modifiers):
            return None
        if self.view.lower[unit.head_last : unit.head_last + 1] == ["of"]:
            return None
        called = self.board.called.get(head.phrase)
        if called is not None:
            return Found(called, f"“{head.phrase}” called so before", 0.8)
        found = self._led_mission(unit) or self._latest_called(unit, head.phrase)
        if found is not None:
            self.taken_up.setdefault(found, head.phrase.split()[-1])
            return Found(found, "general word that it goes by", 0.8)
        word = head.phrase.split()[-1].capitalize()
        types = compose.alias_types(head)
        for fits in (
            lambda d: word in d.name.split() and d.type != "person",
            lambda d: d.type in types and self._may_be_called(d, head.phrase),
        ):
            found = self.context.latest(unit.head_first, fits, sentences=compose.NEAR)
            if found is not None:
                return Found(found, "general word for one mentioned before", 0.7)
        found = self._only_one(unit, types & UNIQUE_TYPES)
        return Found(found, "the only one of its kind", 0.65) if found is not None else None

    def _only_one(self, unit: Unit, types: frozenset[str]) -> str | None:
        """The one actor of some types that was mentioned before, however far back."""
        before = {
            s.actor
            for s in self.context.before(unit.head_first)
            if self.cast.actors[s.actor].type in types
        }
        return before.pop() if len(before) == 1 else None

    def _led_mission(self, unit: Unit) -> str | None:
        """The one mission named of whom leads it: "the NATO-led mission"."""
        leader = self.anchors.starting.get(unit.first)
        if leader is None or unit.head is None or unit.head.sort != "mission":
            return None
        found = [
            i
            for i in sorted(self.board.listed)
            if self.gazetteer.entries[i].type == "peacekeepers"
            and self.gazetteer.entries[i].part_of in leader.ids
        ]
        return self.cast.known(found[0]).id if len(found) == 1 else None

    def _latest_called(self, unit: Unit, phrase: str) -> str | None:
        """Whom the gazetteer knows by a general word: named last nearby, or the only one.

        Not who goes by another such word here already: of "the alliance", "the bloc" is no echo.
        """

        noun = phrase.split()[-1]

        def fits(draft: Draft) -> bool:
            entry = self.gazetteer.entries.get(draft.id)
            known = entry is not None and phrase in entry.nouns
            echo = draft.type != "international_organization"
            return known and (echo or self.taken_up.get(draft.id, noun) == noun)

        near = self.context.latest(unit.head_first, fits, sentences=compose.NEAR)
        if near is not None:
            return near
        all_before = {s.actor for s in self.context.before(unit.head_first)}
        known = [i for i in sorted(all_before) if fits(self.cast.actors[i])]
        return known[0] if len(known) == 1 else None

    def _may_be_called(self, draft: Draft, phrase: str) -> bool:
        """A word that the gazetteer gives some organisations is not for the others it lists."""
        if draft.type != "international_organization" or not draft.known:
            return True
        return phrase not in self.gazetteer.nouns

    def _of_the_country(self, unit: Unit) -> Found | None:
        """ "The army", "police": those of the country that the text is about just there."""
        head = unit.head
        assert head is not None
        if head.sort != "body" or head.suffix not in word_set("national") or unit.modifiers:
            return None
        country = self._named_at_once(unit) or self._country_of(unit)
        if country is None:
            return None
        unit.owners, unit.owner_kind = (country,), "state"
        compose.identify(unit, self.cast, self.view)
        if not unit.ids:
            return None
        return Found(unit.ids[0], "of the country that it is about", 0.55)

    def _country_of(self, unit: Unit) -> str | None:
        """The country that a body of one must belong to, by what the text is about."""
        assert unit.head is not None
        if unit.head.phrase in word_set("persons_plural"):
            return self._country_of_subject(unit)
        if self.view.quoted[unit.head_first]:
            return None
        return country_here(self.board, unit.head_first)

    def _named_at_once(self, unit: Unit) -> str | None:
        """The country of the person whose office the phrase begins: "ministry spokesman Lin"."""
        title = titles().at(self.view.lower, unit.head_last)
        anchor = self.anchors.starting.get(title[0]) if title is not None else None
        if anchor is None or anchor.kind != "person":
            return None
        country = self.cast.actors[anchor.ids[0]].country
        return country if country in self.gazetteer.entries else None

    def _country_of_subject(self, unit: Unit) -> str | None:
        """Whose "troops" are, if the state itself or one of its bodies moves them."""
        view = self.view
        if view.lower[unit.head_last : unit.head_last + 1] in ([w] for w in FURTHER_TOLD):
            return None
        here = view.sentence[unit.head_first]
        for seen in self.context.before(unit.head_first, sentences=0):
            if seen.sentence == here and seen.subject:
                draft = self.cast.actors[seen.actor]
                acts = draft.type in compose.COUNTRY_TYPES or draft.type == "person"
                country = draft.country if acts else None
                return country if country in self.gazetteer.entries else None
        return None

    def _states(self, unit: Unit) -> Found | None:
        """ "The two countries", "both neighbours": two joined just before, else who is at odds."""
        if unit.number is None or unit.modifiers:
            return None
        here = self.view.sentence[unit.head_first]
        near = [
            r
            for r in self.board.resolved
            if r.last <= unit.first and here - self.view.sentence[r.head] <= 1
        ]
        if unit.number == 2:
            for one, two in reversed(self._pairs(near)):
                if self._is_state(one) and self._is_state(two) and one != two:
                    group = compose.group("group", (one, two), self.cast, None)
                    return Found(group.id, "the states joined last", 0.8)
            parties = tuple(self.cast.country_of(p) or "" for p in self._parties())
            if len(set(parties)) == 2 and all(p in self.gazetteer.entries for p in parties):
                group = compose.group("group", parties, self.cast, None)
                return Found(group.id, "the states at odds", 0.7)
        several = self._last_named(unit, lambda d: d.type in STATE_TYPES)
        return Found(several, "the states named last", 0.7) if several else None

    def _is_state(self, actor: str) -> bool:
        return self.cast.actors[actor].type in STATE_TYPES

    def _several_persons(self, unit: Unit) -> Found | None:
        """ "The two leaders", "both presidents": a group named before, or those named last."""
        if unit.determiner not in ("the", "both", "two", "three", "these") or unit.modifiers:
            return None
        found = self.context.latest(
            unit.head_first,
            lambda d: (
                d.type == "group"
                and d.id.startswith("leaders-")
                and (unit.number is None or len(d.members) == unit.number)
            ),
        )
        if found is None and unit.number is not None:
            roles = compose.roles_of(unit.head) if unit.head is not None else ()
            found = self._last_named(
                unit,
                lambda d: (
                    d.type == "person"
                    and d.country is not None
                    and (not (d.roles or d.called) or any(r.role in roles for r in d.roles))
                ),
            )
        return Found(found, "several persons mentioned before", 0.7) if found else None

    def _last_named(self, unit: Unit, fits: Callable[[Draft], bool]) -> str | None:
        """The group of as many actors as the phrase counts, if just those were named before it."""
        last: dict[str, None] = {}
        for seen in self.context.before(unit.head_first, sentences=2):
            if fits(self.cast.actors[seen.actor]):
                last[seen.actor] = None
        if unit.number is None or len(last) != unit.number:
            return None
        return compose.group("group", tuple(last), self.cast, None).id
