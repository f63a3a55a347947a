"""Who is meant by a noun without owner or name: "the army", "the ministry", "the group"."""

from __future__ import annotations

from kg.extraction import compose, head_nouns
from kg.extraction.actor_lexicon import Head, heads, titles, word_set
from kg.extraction.board import Board, Step
from kg.extraction.cast import Draft
from kg.extraction.found import Found
from kg.extraction.groups import Groups
from kg.extraction.title_bearers import SENDABLE
from kg.extraction.topic import country_here
from kg.extraction.units import Unit
from kg.nlp import syntax

UNIQUE_TYPES = frozenset({"armed_group", "peacekeepers"})
"""Types of which articles seldom tell of more than one without naming it each time."""
FURTHER_TOLD = ("from", "of", "at", "with", "in", "on")
"""Prepositions behind a noun that tell whose it is, in a way that was not understood."""


class BareNouns(Step):
    """The nouns of one article that take somebody up by what he or it is."""

    def __init__(self, board: Board, groups: Groups) -> None:
        super().__init__(board)
        self.groups = groups
        self.taken_up: dict[str, str] = {}
        """General words by which actors were taken up."""

    def referent(self, unit: Unit) -> Found | None:
        """Whom a phrase takes up, if that is clear."""
        head = unit.head
        assert head is not None
        view = self.view
        definite = unit.determiner in ("the", "this", "that", "these", "those")
        named = view.capital(unit.head_first) and unit.determiner in ("", "a", "an")
        if head.sort == "population":
            if (
                unit.place is None
                and head.phrase in head_nouns.PLAIN_POPULATION
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
        kinds = word_set("not_of_state" if head.suffix == "GOVERNMENT" else "local_body")
        if head.sort == "body" and kinds.intersection(unit.modifiers):
            return self._other_government(unit)
        suffixes = head_nouns.suffixes_of(head)
        kind = "government_body" if head.sort == "ministry" else head.type
        nouns = self.gazetteer.entries

        central = head.suffix == "GOVERNMENT" and not word_set("of_the_state").isdisjoint(
            (*head.phrase.split(), *unit.modifiers)
        )

        def so_called(draft: Draft) -> bool:
            own = draft.type == kind and any(draft.id.endswith(f"-{s}") for s in suffixes)
            if central and draft.part_of is None:
                return False  # a region's government
            listed = head.sort == "body" and draft.id in nouns
            return own or (listed and head.phrase in nouns[draft.id].nouns)

        found = self.context.latest(unit.head_first, so_called)
        if found is not None and (self._may_be_others(unit, found) or self._in_office(unit)):
            found = None
        if found is not None:
            country = self._country_of_subject(unit)
            elsewhere = country not in (None, self.cast.actors[found].country)
            if elsewhere and not self._just_told(found, unit):
                of_subject = self._of_the_country(unit)  # "Peru's minister left the government"
                if of_subject is not None or head.suffix == "GOVERNMENT":
                    return of_subject
            return Found(found, f"“{head.phrase}” mentioned before", 0.85)
        if head.sort == "ministry":
            return self._ministry(unit)
        return (
            (None if central else self._by_namesake(unit))
            or self._embassy(unit)
            or self._of_the_country(unit)
            or self._called_later(unit)
        )

    def _may_be_others(self, unit: Unit, found: str) -> bool:
        """A headline's "soldiers" need not be those of an army that is told of further on."""
        assert unit.head is not None
        bare = unit.determiner == "" and unit.head.phrase in word_set("persons_plural")
        before = (s.actor for s in self.context.before(unit.head_first))
        return bare and self.view.titled(unit.head_first) and found not in before

    def _in_office(self, unit: Unit) -> bool:
        """ "Army chief Ivo Paz": whose army, he tells, not the one told of before."""
        return self.view.capital(unit.head_first) and self._title_before_name(unit) is not None

    def _of_subject(self, unit: Unit) -> Found | None:
        """ "The army sent troops to the border": the subject's own, if they were told of."""
        assert unit.head is not None
        ends = tuple(f"-{suffix}" for suffix in head_nouns.suffixes_of(unit.head))
        subject = next(
            (s for s in self.context.before(unit.head_first, sentences=0) if s.subject), None
        )
        if subject is None or not ends:
            return None
        country = self.cast.country_of(subject.actor)
        own = self.context.latest(
            unit.head_first,
            lambda d: d.id.endswith(ends) and d.country == country is not None,
            sentences=head_nouns.NEAR,
        )
        return Found(own, "those of the subject", 0.7) if own else None

    def _told_further(self, unit: Unit) -> bool:
        """Behind a phrase stands whose it is, in a way that was not understood."""
        k, verb = unit.head_last, self.view.doc[self.board.head(unit)].head
        if self.view.lower[k : k + 1] == ["of"] and verb.lemma_.lower() in word_set("of_what"):
            return False  # "accused the government of silence"
        return self.view.lower[k : k + 1] in ([w] for w in FURTHER_TOLD)

    def _other_government(self, unit: Unit) -> Found | None:
        """ "The shadow government": one with a name of its own, never that of the state."""
        assert unit.head is not None
        local = word_set("local_government").intersection(unit.modifiers)
        if local or unit.head.suffix != "GOVERNMENT" or unit.determiner != "the":
            return None
        found = self.context.latest(
            unit.head_first,
            lambda d: "Government" in d.name.split() and not d.id.endswith("-GOVERNMENT"),
        )
        return None if found is None else Found(found, "rival government told of", 0.7)

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
        sent = SENDABLE | {"ambassador"}
        for seen in self.context.before(unit.head_first, sentences=head_nouns.NEAR):
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
        types = head_nouns.alias_types(head)
        for fits in (
            lambda d: word in d.name.split() and d.type != "person",
            lambda d: d.type in types and self._may_be_called(d, head.phrase),
        ):
            found = self.context.latest(unit.head_first, fits, sentences=head_nouns.NEAR)
            if found is not None:
                return Found(found, "general word for one mentioned before", 0.7)
        found = self._only_so_named(unit, word)
        if found is not None:
            return Found(found, "the only one of that name", 0.65)
        found = self._only_one(unit, types & UNIQUE_TYPES)
        return Found(found, "the only one of its kind", 0.65) if found is not None else None

    def _called_later(self, unit: Unit) -> Found | None:
        """ "The army denied it. … The Peruvian army": the only one that is told of further on."""
        assert unit.head is not None
        later = {actor for _, actor in self.board.called.get(unit.head.phrase, ())}
        if len(later) != 1 or unit.determiner != "the" or unit.modifiers:
            return None
        return Found(later.pop(), "told of later", 0.55)

    def _only_so_named(self, unit: Unit, word: str) -> str | None:
        """The one actor before that nobody lists whose name ends with the word."""
        before = {s.actor: self.cast.actors[s.actor] for s in self.context.before(unit.head_first)}
        named = [d.id for d in before.values() if not d.known and d.name.split()[-1] == word]
        return named[0] if len(named) == 1 and not unit.modifiers else None

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

        near = self.context.latest(unit.head_first, fits, sentences=head_nouns.NEAR)
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
        if head.phrase == "authorities" and self.view.lower[
            unit.head_last : unit.head_last + 1
        ] == ["in"]:
            return None  # "authorities in the breakaway region"
        country = self._named_at_once(unit) or self._of_junta(head) or self._country_of(unit)
        if country is None:
            return None
        if head.phrase == "congress" and country in word_set("congress_is_party"):
            return Found(self.cast.known(f"{country}-CONGRESS").id, "party of the country", 0.6)
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
        return country_here(self.board, unit.head_first, places=self._in_office(unit))

    def _of_junta(self, head: Head) -> str | None:
        """ "The junta": that of the one country under soldiers of which the article tells."""
        if "junta" not in head.phrase:
            return None
        told = {self.cast.country_of(r.actor) for r in self.board.resolved}
        told |= {place.country for place in self.board.places}
        ruled = sorted(word_set("junta_state").intersection(c for c in told if c is not None))
        return ruled[0] if len(ruled) == 1 else None

    def _named_at_once(self, unit: Unit) -> str | None:
        """The country of the person whose office the phrase begins: "ministry spokesman Lin"."""
        person = self._title_before_name(unit)
        country = None if person is None else self.cast.actors[person].country
        return country if country in self.gazetteer.entries else None

    def _title_before_name(self, unit: Unit) -> str | None:
        """Who is named behind a title that the phrase begins."""
        title = titles().at(self.view.lower, unit.head_last)
        while title is not None and (rank := titles().at(self.view.lower, title[0])) is not None:
            title = rank  # "army chief General Paz"
        anchor = self.anchors.starting.get(title[0]) if title is not None else None
        return None if anchor is None or anchor.kind != "person" else anchor.ids[0]

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
                acts = draft.type in head_nouns.COUNTRY_TYPES or draft.type == "person"
                country = draft.country if acts else None
                return country if country in self.gazetteer.entries else None
        return None
