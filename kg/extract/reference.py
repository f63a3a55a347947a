"""What refers back: pronouns, bare titles and nouns, in reading order."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable
from typing import NamedTuple

from kg.extract import compose, coref
from kg.extract.actor_lexicon import titles, word_set
from kg.extract.board import STATE_TYPES, Board, Resolved, Step
from kg.extract.cast import Draft
from kg.extract.offices import Offices
from kg.extract.units import Unit
from kg.records import MentionKind, Role

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

    def resolve(self) -> None:
        """Go through the article in reading order, headlines last: the body explains them."""
        understood: dict[int, list[Resolved]] = {}
        for resolved in self.board.resolved:
            understood.setdefault(resolved.head, []).append(resolved)
        waiting = {u.head_last - 1: u for u in self.units if not u.ids}
        homeless = {u.head_last - 1: u for u in self.units if u.ids and u.title and not u.owners}
        in_headlines = []
        for i in range(len(self.view)):
            if self.view.titled(i):
                in_headlines += [waiting[i]] if i in waiting else []
            elif i in waiting:
                self._resolve_unit(waiting[i])
            elif i in homeless:
                self._settle_home(homeless[i])
            else:
                self._resolve_word(i)
            for resolved in understood.get(i, ()):
                self.context.note(i, resolved.actor, name=resolved.name)
        for unit in in_headlines:
            self._resolve_unit(unit)

    def _resolve_word(self, i: int) -> None:
        word = self.view.lower[i]
        if word in PRONOUNS and self.view.pos[i] == "PRON":
            self._resolve_pronoun(i)
        elif word in ("everyone", "everybody"):
            found = self._parties_found(0.5)
            if found is not None:
                self.board.mention(i, i + 1, found.actor, "pronoun", found.rule, 0.5, head=i)

    def _parties(self) -> tuple[str, ...]:
        """The two parties to the conflict, by all that is understood so far."""
        seen = [(self.view.sentence[r.head], r.actor) for r in self.board.resolved]
        return coref.conflict_pair(self._pairs(), seen, self.cast)

    def _parties_found(self, confidence: float) -> Found | None:
        parties = self._parties()
        if not parties:
            return None
        name = "parties to the conflict"
        return Found(compose.group("parties", parties, self.cast, name).id, name, confidence)

    def _pairs(self) -> list[tuple[str, str]]:
        """Actors that the text joins by "and", one for each time that it does."""
        pairs = []
        ordered = sorted(self.board.resolved, key=lambda r: r.first)
        for one, two in itertools.pairwise(ordered):
            between = self.view.lower[one.last : two.first]
            if between in (["and"], [",", "and"], ["and", "the"], ["&"]):
                pairs.append((one.actor, two.actor))
        for draft in self.cast.actors.values():
            if len(draft.members) == 2 and draft.type == "group":
                pairs += [(draft.members[0], draft.members[1])] * len(draft.mentions)
        return pairs

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
        if unit.title.of == "state" and draft.known and not draft.roles and draft.country:
            if unit.title.role in word_set("public_roles") and self.cast.ensure(draft.country):
                unit.owners, unit.owner_kind = (draft.country,), "state"
                self.offices.give(unit, draft.id)
            return
        if draft.country is not None or draft.known or unit.title.of not in ("state", "org"):
            return
        if unit.title.role not in word_set("public_roles"):
            return
        country = self._country_here(unit.head_first, places=unit.title.role in compose.LOCAL_ROLES)
        if country is None:
            return
        draft.country = country
        unit.owners, unit.owner_kind = (country,), "state"
        if unit.title.of == "state":
            self.cast.known(country)
            self.offices.give(unit, draft.id)

    def _resolve_unit(self, unit: Unit) -> None:
        if unit.pronoun is not None and not unit.owners:
            return
        found = self._referent(unit)
        if found is None:
            return
        actor = found.actor
        unit.ids = (actor,)
        head = self.board.head(unit)
        self.board.mention(
            unit.first, unit.last, actor, found.kind, found.rule, found.confidence, head=head
        )
        self.context.note(head, actor, name=False)
        possessive = self.view.lower[unit.last : unit.last + 1] in (["'s"], ["'"])
        for owned in self.units:
            gap = owned.head_first - unit.last
            behind = 0 < gap <= 5 if possessive else gap == 0
            if behind and not owned.owners and self.view.same_sentence(unit.first, owned.first):
                self._own(owned, actor)
                owned.first = unit.first
                return

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
        if person is not None:
            return Found(person, "title → person", 0.85)
        if of is None or not definite:
            return None
        return self._office_holder(unit, of)

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
            several = self._last_named(unit, lambda d: d.type in STATE_TYPES)
            return Found(several, "the states named last", 0.7) if several else None
        return self._parties_found(0.7) if compose.means_parties(unit, self.view) else None

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
        named = named or titles().at(view.lower, unit.head_last) is not None
        if not (definite or named or plural) or (unit.modifiers and not definite):
            return None
        suffixes = compose.suffixes_of(head)
        found = self.context.latest(
            unit.head_first, lambda d: any(d.id.endswith(f"-{s}") for s in suffixes)
        )
        if found is not None:
            return Found(found, f"“{head.phrase}” mentioned before", 0.85)
        return self._by_namesake(unit) or self._of_the_country(unit)

    def _by_namesake(self, unit: Unit) -> Found | None:
        """ "The court", "the council", "the group": whose name has that word."""
        assert unit.head is not None
        if unit.determiner not in ("the", "this", "that") or unit.modifiers:
            return None
        types = compose.alias_types(unit.head)
        word = unit.head.phrase.capitalize()
        called = self.board.called.get(unit.head.phrase)
        if called is not None:
            return Found(called, f"“{unit.head.phrase}” called so before", 0.8)
        found = self.context.latest(
            unit.head_first,
            lambda d: word in d.name.split() and d.type != "person",
            sentences=compose.NEAR,
        )
        if found is None and types:
            found = self.context.latest(
                unit.head_first, lambda d: d.type in types, sentences=compose.NEAR
            )
        return Found(found, "general word for one mentioned before", 0.7) if found else None

    def _of_the_country(self, unit: Unit) -> Found | None:
        """ "The army", "police": those of the country that the text is about just there."""
        head = unit.head
        assert head is not None
        if head.sort != "body" or head.suffix not in word_set("national") or unit.modifiers:
            return None
        country = self._country_here(unit.head_first)
        if country is None:
            return None
        unit.owners, unit.owner_kind = (country,), "state"
        compose.identify(unit, self.cast, self.view)
        if not unit.ids:
            return None
        return Found(unit.ids[0], "of the country that it is about", 0.55)

    def _country_here(self, token: int, *, places: bool = True) -> str | None:
        """The country that the last sentences are about, by who acts and where."""
        votes: Counter[str] = Counter()
        for seen in self.context.before(token, sentences=2):
            draft = self.cast.actors[seen.actor]
            if draft.type in compose.COUNTRY_TYPES and draft.country:
                acts = seen.subject or draft.type != "state"
                votes[draft.country] += 2 if acts else 1
        here = self.view.sentence[token]
        for sentence in (here, here - 1, here - 2) if places else ():
            votes.update(self.board.place_countries.get(sentence, ()))
        known = [(n, c) for c, n in votes.items() if c in self.gazetteer.entries]
        # the first voted for is the nearest
        return max(known, key=lambda item: item[0])[1] if known else None

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
            found = self._last_named(unit, lambda d: d.type == "person" and d.country is not None)
        return Found(found, "several persons mentioned before", 0.7) if found else None

    def _last_named(self, unit: Unit, fits: Callable[[Draft], bool]) -> str | None:
        """The group of as many actors as the phrase counts, those named last before it."""
        last: dict[str, None] = {}
        for seen in self.context.before(unit.head_first, sentences=2):
            if len(last) < (unit.number or 2) and fits(self.cast.actors[seen.actor]):
                last[seen.actor] = None
        if unit.number is None or len(last) != unit.number:
            return None
        return compose.group("group", tuple(last), self.cast, None).id
