"""What refers back: pronouns, bare titles and nouns, in reading order."""

from __future__ import annotations

from kg.extraction import compose, coref
from kg.extraction.actor_lexicon import heads, titles, word_set
from kg.extraction.board import Board, Resolved, Step
from kg.extraction.cast import Draft
from kg.extraction.found import Found
from kg.extraction.groups import Groups
from kg.extraction.homes import Homes
from kg.extraction.introductions import Introductions
from kg.extraction.officeholders import Officeholders
from kg.extraction.offices import Offices
from kg.extraction.topic import country_here
from kg.extraction.units import Unit
from kg.nlp import syntax
from kg.records import MentionKind

UNIQUE_TYPES = frozenset({"armed_group", "peacekeepers"})
"""Types of which articles seldom tell of more than one without naming it each time."""
FURTHER_TOLD = ("from", "of", "at", "with", "in", "on")
"""Prepositions behind a noun that tell whose it is, in a way that was not understood."""
WORDS = coref.HE | coref.SHE | coref.IT | coref.THEY | {"everyone", "everybody", "each", "one"}
PRONOUNS = coref.HE | coref.SHE | coref.IT | coref.THEY


class References(Step):
    """The reference of one article's words that name nobody themselves."""

    def __init__(self, board: Board, offices: Offices) -> None:
        super().__init__(board)
        self.offices = offices
        self.groups = Groups(board)
        self.homes = Homes(board, offices)
        self.introductions = Introductions(board)
        self.officeholders = Officeholders(board, offices)
        self.taken_up: dict[str, str] = {}
        """General words by which actors were taken up."""
        self.waiting: dict[int, Unit] = {}
        """Phrases that are yet to be understood, by their first token."""
        self.posts: dict[int, Unit] = {}
        """Of these the titles: whose spokesman somebody is may be "the president"."""

    def resolve(self) -> None:
        """Go through the article in reading order, headlines last: the body explains them."""
        understood: dict[int, list[Resolved]] = {}
        for resolved in self.board.resolved:
            understood.setdefault(resolved.head, []).append(resolved)
            self.context.named[resolved.head] = resolved.actor
        waiting = {u.head_last - 1: u for u in self.units if not u.ids}
        self.waiting = {u.first: u for u in waiting.values() if u.title is None}
        self.posts = {u.first: u for u in waiting.values() if u.title is not None}
        homeless = {u.head_last - 1: u for u in self.units if u.ids and u.title and not u.owners}
        in_headlines = []
        words = WORDS | word_set("two_persons") | word_set("two_bodies")
        lower = self.view.lower
        for i in range(len(self.view)):
            if self.view.titled(i):
                in_headlines += [waiting[i]] if i in waiting else []
                if lower[i] in PRONOUNS and self._told_here(i):
                    self._resolve_word(i)
            elif i in waiting:
                self._resolve_unit(waiting[i])
            elif i in homeless:
                self._own_by_what_follows(homeless[i])
                self.homes.settle(homeless[i])
            elif lower[i] in words:
                self._resolve_word(i)
            for resolved in understood.get(i, ()):
                self.introductions.introduce(resolved)
                inside = range(resolved.first, resolved.last)
                self.context.note(i, resolved.actor, name=resolved.name, tokens=inside)
        for unit in in_headlines:
            self._resolve_unit(unit)

    def _resolve_word(self, i: int) -> None:
        word = self.view.lower[i]
        if word in PRONOUNS and self.view.pos[i] == "PRON":
            self._resolve_pronoun(i)
        elif word in ("everyone", "everybody"):
            found = self.groups.of_parties(i, 0.5)
            if found is not None:
                self.board.mention(i, i + 1, found.actor, "pronoun", found.rule, 0.5, head=i)
        elif syntax.is_reciprocal(self.view.doc[i]) and word in ("each", "one"):
            self.groups.each_other(i)
        elif word in word_set("two_persons") | word_set("two_bodies"):
            self.groups.two_of_a_kind(i)

    def _resolve_pronoun(self, i: int) -> None:
        if self.view.lower[i] in ("its", "their", "his", "her"):
            unit = next((u for u in self.units if u.pronoun == i), None)
        else:
            unit = None
        found = self._joint(i) or coref.pronoun(self.context, i)
        if found is None:
            return
        actor, rule, sure = found
        self.board.mention(i, i + 1, actor, "pronoun", rule, sure, head=i)
        self.context.note(i, actor, name=False)
        if unit is not None and not unit.owners:
            self.offices.own(unit, actor)

    def _told_here(self, i: int) -> bool:
        """The clause of a pronoun in a headline is about somebody of the same headline."""
        subject = coref.governing_subject(self.view, i)
        return subject is not None and self.context.actor_at(subject) is not None

    def _joint(self, i: int) -> tuple[str, str, float] | None:
        """Those who together are the subject that "they" takes up; "them" are mostly others."""
        if self.view.lower[i] not in coref.THEY - {"them"}:
            return None
        subject = coref.governing_subject(self.view, i)
        found = None if subject is None else self.groups.joint(subject, i)
        return None if found is None else found[:3]

    def _of_subject(self, unit: Unit) -> Found | None:
        """ "The army sent troops to the border": the subject's own, if they were told of."""
        assert unit.head is not None
        ends = tuple(f"-{suffix}" for suffix in compose.suffixes_of(unit.head))
        subject = next(
            (s for s in self.context.before(unit.head_first, sentences=0) if s.subject), None
        )
        if subject is None or not ends:
            return None
        country = self.cast.country_of(subject.actor)
        own = self.context.latest(
            unit.head_first,
            lambda d: d.id.endswith(ends) and d.country == country is not None,
            sentences=compose.NEAR,
        )
        return Found(own, "those of the subject", 0.7) if own else None

    def _told_further(self, unit: Unit) -> bool:
        """Behind a phrase stands whose it is, in a way that was not understood."""
        return self.view.lower[unit.head_last : unit.head_last + 1] in ([w] for w in FURTHER_TOLD)

    def _resolve_unit(self, unit: Unit) -> None:
        if (unit.pronoun is not None and not unit.owners) or unit.ids:
            return
        self._call(unit)
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
                owned.first = unit.first
                self.offices.own(owned, actor)
                break
        self.offices.told_of(unit, actor)

    def _call(self, unit: Unit) -> None:
        """ "The FDLR, a militia": from now on "the militia" is the FDLR."""
        head = unit.head
        if head is None or unit.determiner not in ("a", "an") or not compose.is_general(head):
            return
        k = unit.first - 2
        named = self.anchors.ending.get(k) if self.view.lower[k : k + 1] == [","] else None
        if named is None or named.kind not in ("org", "unit") or len(named.ids) != 1:
            return
        if self.view.same_sentence(named.first, unit.first):
            uses = self.board.called.setdefault(head.phrase, [])
            uses.append((unit.head_first, named.ids[0]))

    def _own_by_what_follows(self, unit: Unit) -> None:
        """ "A spokeswoman for the bloc": whose she is, is a phrase that comes to be understood."""
        k = unit.head_last
        view = self.view
        if view.lower[k : k + 1] not in (["for"], ["of"]) or not view.same_sentence(k, k + 1):
            return
        k += 1
        while k + 1 < len(view) and view.lower[k] in ("the", "its", "his", "her", "their"):
            k += 1
        owner = self.waiting.get(k) or self.posts.get(k)
        if owner is None or view.lower[owner.last : owner.last + 1] in (["'s"], ["'"]):
            return
        self._resolve_unit(owner)
        if owner.ids:
            self.offices.own(unit, owner.ids[0])
            unit.last = owner.last

    def _referent(self, unit: Unit) -> Found | None:
        if unit.title is not None:
            return self.officeholders.referent(unit)
        if unit.owners and unit.pronoun is not None and self._country_word(unit):
            return self._own_country(unit)
        if unit.owners and unit.head is not None and unit.head.phrase in compose.COUNTRIES:
            placed = unit.owner_kind == "place" and unit.number is not None
            return self.groups.states(unit) if placed else self.groups.rivals_of(unit)
        if unit.owners and unit.head is not None and unit.head.sort == "alias":
            return self._of_that_country(unit)
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

    def _self_referent(self, unit: Unit) -> Found | None:
        assert unit.head is not None
        if unit.head.phrase in compose.COUNTRY_WORDS:
            if unit.determiner not in ("the", "this") or unit.modifiers:
                return None
            return self._the_country(unit)
        if unit.head.phrase in compose.COUNTRIES:
            return self.groups.states(unit)
        return (
            self.groups.of_parties(unit.head_first, 0.7)
            if compose.means_parties(unit, self.view)
            else None
        )

    def _of_that_country(self, unit: Unit) -> Found | None:
        """ "The French company": one told of shortly before, of which no other country is known."""
        assert unit.head is not None
        types = compose.alias_types(unit.head) - {"international_organization"}
        if unit.determiner != "the" or unit.owner_kind != "state" or len(unit.owners) > 1:
            return None
        found = self.context.latest(
            unit.head_first,
            lambda d: d.type in types and d.country in (None, unit.owners[0]),
            sentences=2,
        )
        return None if found is None else Found(found, "country and kind of one before", 0.6)

    def _country_word(self, unit: Unit) -> bool:
        return unit.head is not None and unit.head.phrase in compose.COUNTRY_WORDS

    def _own_country(self, unit: Unit) -> Found | None:
        """ "His country": that of the person."""
        owner = self.cast.actors.get(unit.owners[0])
        if owner is None or owner.type != "person" or len(unit.owners) > 1 or unit.modifiers:
            return None
        country = owner.country
        if country is None or country not in self.gazetteer.entries:
            return None
        self.cast.known(country)
        return Found(country, "the country of the person", 0.8)

    def _the_country(self, unit: Unit) -> Found | None:
        kingdom = unit.head is not None and unit.head.phrase == "kingdom"

        def fits(draft: Draft) -> bool:
            country = self.cast.country_of(draft.id)
            return country in word_set("kingdom_state") if kingdom else country is not None

        salient = self.context.salient(unit.head_first, fits)
        if kingdom and salient is None:
            latest = self.context.latest(unit.head_first, fits)
            salient = coref.Referent(latest, 0.6) if latest else None
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
            return self.groups.several_persons(unit)
        plural = head.phrase.endswith("s") and unit.determiner == ""
        plural = plural or (head.phrase in word_set("no_article") and unit.determiner == "")
        titled = titles().at(view.lower, unit.head_last) is not None
        if titled and word_set("title_modifiers").issuperset(unit.modifiers):
            definite = True  # the modifiers are the title's: "chief government negotiator"
        if unit.head_last in self.anchors.starting:
            return None  # a name follows: "the regional bloc IGAD"
        if not (definite or named or plural) or (unit.modifiers and not definite):
            return None
        if head.phrase in word_set("persons_plural") and unit.determiner == "":
            if view.lower[unit.first - 1 : unit.first] == ["by"]:
                return None  # "ruled by soldiers"
            own = self._of_the_country(unit)
            if own is not None or self._told_further(unit):
                return own or self._of_subject(unit)
        suffixes = compose.suffixes_of(head)
        kind = "government_body" if head.sort == "ministry" else head.type
        nouns = self.gazetteer.entries

        def so_called(draft: Draft) -> bool:
            own = draft.type == kind and any(draft.id.endswith(f"-{s}") for s in suffixes)
            listed = head.sort == "body" and draft.id in nouns
            return own or (listed and head.phrase in nouns[draft.id].nouns)

        found = self.context.latest(unit.head_first, so_called)
        if found is not None:
            country = self._country_of_subject(unit)
            elsewhere = country not in (None, self.cast.actors[found].country)
            if elsewhere and not self._just_told(found, unit):
                of_subject = self._of_the_country(unit)  # "Peru's minister left the government"
                if of_subject is not None:
                    return of_subject
            return Found(found, f"“{head.phrase}” mentioned before", 0.85)
        if head.sort == "ministry":
            return self._ministry(unit)
        return (
            self._by_namesake(unit)
            or self._embassy(unit)
            or self._of_the_country(unit)
            or self._called_later(unit)
        )

    def _ministry(self, unit: Unit) -> Found | None:
        """ "Foreign Minister Paz was ill, the ministry said": that of the minister told of last."""
        if unit.modifiers or unit.determiner != "the" or self._told_further(unit):
            return None
        ministers = [
            s
            for s in self.context.before(unit.head_first, sentences=1)
            if any(r.role.endswith(" minister") for r in self.cast.actors[s.actor].roles)
        ]
        if not ministers:
            return None
        doing = [s for s in ministers if s.subject and s.sentence == ministers[0].sentence]
        unit.owners, unit.owner_kind = ((doing or ministers)[0].actor,), "person"
        compose.identify(unit, self.cast, self.view)
        if not unit.ids:
            unit.owners = ()
            return None
        return Found(unit.ids[0], "ministry of the minister told of", 0.65)

    def _embassy(self, unit: Unit) -> Found | None:
        """ "Oslo summoned the Peruvian ambassador. The embassy …": of whose ambassador it is."""
        if unit.head is None or unit.head.phrase != "embassy" or unit.determiner != "the":
            return None
        if unit.modifiers or self._told_further(unit):
            return None
        sent = coref.SENDABLE | {"ambassador"}
        for seen in self.context.before(unit.head_first, sentences=compose.NEAR):
            draft = self.cast.actors[seen.actor]
            country = draft.country if draft.type == "person" else None
            if country in self.gazetteer.entries and sent.intersection(r.role for r in draft.roles):
                unit.owners, unit.owner_kind = (country,), "state"
                compose.identify(unit, self.cast, self.view)
                return Found(unit.ids[0], "of the ambassador's state", 0.6)
        return None

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
        uses = self.board.called.get(head.phrase, ())
        titled = self.view.titled(unit.head_first)
        called = [u for u in uses if u[0] < unit.head_first or titled]
        found = self._led_mission(unit) or self._latest_called(unit, head.phrase)
        if called and (found is None or self._last(found, unit) < max(called)[0]):
            return Found(max(called)[1], f"“{head.phrase}” called so before", 0.8)
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

    def _called_later(self, unit: Unit) -> Found | None:
        """ "The army denied it. … The Peruvian army": the only one that is told of further on."""
        assert unit.head is not None
        later = {actor for _, actor in self.board.called.get(unit.head.phrase, ())}
        if len(later) != 1 or unit.determiner != "the" or unit.modifiers:
            return None
        return Found(later.pop(), "told of later", 0.55)

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

    def _just_told(self, actor: str, unit: Unit) -> bool:
        """The actor was told of in this sentence or the one before."""
        near = self.context.before(unit.head_first, sentences=1)
        return any(s.actor == actor for s in near)

    def _last(self, actor: str, unit: Unit) -> int:
        """The token of an actor's last mention before a unit."""
        before = self.context.before(unit.head_first)
        return next((s.token for s in before if s.actor == actor), -1)

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
        if phrase in word_set("business") and draft.name.split()[-1].lower() in heads().entries:
            return False  # no fund or party is a "company"
        if draft.type != "international_organization" or not draft.known:
            return True
        return phrase not in self.gazetteer.nouns

    def _of_the_country(self, unit: Unit) -> Found | None:
        """ "The army", "police": those of the country that the text is about just there."""
        head = unit.head
        assert head is not None
        plain = word_set("plain_modifier") | {"-"}
        if head.sort != "body" or head.suffix not in word_set("national"):
            return None
        if not plain.issuperset(unit.modifiers):
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
        if self._told_further(unit):
            return None
        here = view.sentence[unit.head_first]
        for seen in self.context.before(unit.head_first, sentences=0):
            if seen.sentence == here and seen.subject:
                if syntax.conjuncts(view.doc[seen.token]):
                    return None
                draft = self.cast.actors[seen.actor]
                acts = draft.type in compose.COUNTRY_TYPES or draft.type == "person"
                country = draft.country if acts else None
                return country if country in self.gazetteer.entries else None
        return None
