"""What refers back: pronouns, bare titles and nouns, in reading order."""

from __future__ import annotations

from kg.extraction import compose, head_nouns
from kg.extraction.actor_lexicon import word_set
from kg.extraction.bare_nouns import BareNouns
from kg.extraction.board import Board, Resolved, Step
from kg.extraction.candidates import IT, THEY
from kg.extraction.cast import Draft
from kg.extraction.coref import HE, SHE, pronoun
from kg.extraction.found import Found
from kg.extraction.governing import governing_subject
from kg.extraction.groups import Groups
from kg.extraction.homes import Homes
from kg.extraction.introductions import Introductions
from kg.extraction.nationals import Nationals
from kg.extraction.officeholders import Officeholders
from kg.extraction.offices import Offices
from kg.extraction.salience import Referent, salient
from kg.extraction.units import Unit
from kg.nlp import syntax
from kg.records import MentionKind

WORDS = HE | SHE | IT | THEY | {"everyone", "everybody", "each", "one"}
PERSONAL = HE | SHE
PRONOUNS = HE | SHE | IT | THEY


class References(Step):
    """The reference of one article's words that name nobody themselves."""

    def __init__(self, board: Board, offices: Offices) -> None:
        super().__init__(board)
        self.offices = offices
        self.groups = Groups(board)
        self.bare_nouns = BareNouns(board, self.groups)
        self.homes = Homes(board, offices)
        self.introductions = Introductions(board)
        self.officeholders = Officeholders(board, offices)
        self.nationals = Nationals(board)
        self.waiting: dict[int, Unit] = {}
        """Phrases that are yet to be understood, by their first token."""
        self.heads: dict[int, Unit] = {}
        """Phrases that are yet to be understood, by the last token of their head."""
        self.early: set[int] = set()
        """Words that were understood before their turn, by token."""
        self.posts: dict[int, Unit] = {}
        """Of these the titles: whose spokesman somebody is may be "the president"."""

    def resolve(self) -> None:
        """Go through the article in reading order, headlines last: the body explains them."""
        understood: dict[int, list[Resolved]] = {}
        for resolved in self.board.resolved:
            understood.setdefault(resolved.head, []).append(resolved)
            self.context.named[resolved.head] = resolved.actor
        waiting = {u.head_last - 1: u for u in self.units if not u.ids}
        self.heads = waiting
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
            elif i in self.nationals.countries:
                if i not in self.early:
                    self.nationals.resolve(i)
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

    def _speaker_first(self, i: int) -> None:
        """Understand who says a quotation before the pronouns in it, who are others."""
        quoted, node = self.view.quoted, self.view.doc[i]
        while quoted[node.i] and node.head.i != node.i:
            node = node.head
        speaker = None if quoted[node.i] else syntax.subject(node)
        if speaker is None or speaker.i <= i or speaker.i in self.context.within:
            return  # i itself may be quoted for its wording: 'said "he" would sign'
        unit = self.heads.get(speaker.i)
        if unit is not None:
            self._resolve_unit(unit)
        elif speaker.i in self.nationals.countries:
            self.nationals.resolve(speaker.i)
            self.early.add(speaker.i)
        elif self.view.lower[speaker.i] in ("he", "she"):
            self._resolve_pronoun(speaker.i)
            self.early.add(speaker.i)

    def _resolve_pronoun(self, i: int) -> None:
        if i in self.early:
            return
        if self.view.quoted[i] and self.view.lower[i] in PERSONAL:
            self._speaker_first(i)
        if self.view.lower[i] in ("its", "their", "his", "her"):
            unit = next((u for u in self.units if u.pronoun == i), None)
        else:
            unit = None
        found = self._joint(i) or pronoun(self.context, i)
        if found is None:
            return
        actor, rule, sure = found
        self.board.mention(i, i + 1, actor, "pronoun", rule, sure, head=i)
        self.context.note(i, actor, name=False)
        if unit is not None and not unit.owners:
            self.offices.own(unit, actor)

    def _told_here(self, i: int) -> bool:
        """The clause of a pronoun in a headline is about somebody of the same headline."""
        subject = governing_subject(self.view, i)
        return subject is not None and self.context.actor_at(subject) is not None

    def _joint(self, i: int) -> tuple[str, str, float] | None:
        """Those who together are the subject that "they" takes up; "them" are mostly others."""
        if self.view.lower[i] not in THEY - {"them"}:
            return None
        subject = governing_subject(self.view, i)
        found = None if subject is None else self.groups.joint(subject, i)
        return None if found is None else found[:3]

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
            behind = 0 < gap <= 5 and self._of_one_phrase(unit.last + 1, owned)
            behind = behind if possessive else gap == 0
            if behind and not owned.owners and self.view.same_sentence(unit.first, owned.first):
                owned.first = unit.first
                self.offices.own(owned, actor)
                break
        self.offices.told_of(unit, actor)

    def _of_one_phrase(self, first: int, owned: Unit) -> bool:
        """No preposition or comma parts who owns from what is owned; before a rank one may."""
        ranks = owned.title is not None and owned.title.role in word_set("rank")
        between = range(first, owned.head_first)
        return all(
            self.view.pos[i] != "ADP" and (ranks or self.view.lower[i] != ",") for i in between
        )

    def _call(self, unit: Unit) -> None:
        """ "The FDLR, a militia": from now on "the militia" is the FDLR."""
        head = unit.head
        if head is None or unit.determiner not in ("a", "an") or not head_nouns.is_general(head):
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
        if unit.owners and unit.head is not None and unit.head.phrase in head_nouns.COUNTRIES:
            placed = unit.owner_kind == "place" and unit.number is not None
            return self.groups.states(unit) if placed else self.groups.rivals_of(unit)
        if unit.owners and unit.head is not None and unit.head.sort == "alias":
            return self._of_that_country(unit)
        if unit.owners:
            compose.identify(unit, self.cast, self.view)
            if unit.ids:
                kind: MentionKind = "name" if head_nouns.is_name(unit, self.view) else "nominal"
                return Found(unit.ids[0], "composed: whose and what", 0.8, kind)
            return None
        if unit.head is None:
            return None
        if unit.head.sort == "self":
            return self._self_referent(unit)
        return self.bare_nouns.referent(unit)

    def _self_referent(self, unit: Unit) -> Found | None:
        assert unit.head is not None
        if unit.head.phrase in head_nouns.COUNTRY_WORDS:
            if unit.determiner not in ("the", "this") or unit.modifiers or self._any_one(unit):
                return None
            return self._the_country(unit)
        if unit.head.phrase in head_nouns.COUNTRIES:
            return self.groups.states(unit)
        if unit.number is not None and unit.number > 2:
            return self.groups.sides(unit)
        return (
            self.groups.of_parties(unit.head_first, 0.7)
            if head_nouns.means_parties(unit, self.view)
            else self.groups.told_before(unit)
        )

    def _of_that_country(self, unit: Unit) -> Found | None:
        """ "The French company": one told of shortly before, of which no other country is known."""
        assert unit.head is not None
        types = head_nouns.alias_types(unit.head) - {"international_organization"}
        if unit.determiner != "the" or unit.owner_kind != "state" or len(unit.owners) > 1:
            return None
        found = self.context.latest(
            unit.head_first,
            lambda d: d.type in types and d.country in (None, unit.owners[0]),
            sentences=2,
        )
        return None if found is None else Found(found, "country and kind of one before", 0.6)

    def _country_word(self, unit: Unit) -> bool:
        return unit.head is not None and unit.head.phrase in head_nouns.COUNTRY_WORDS

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

    def _any_one(self, unit: Unit) -> bool:
        """ "The country through which it passes": whichever that is."""
        behind = self.view.lower[unit.head_last : unit.head_last + 2]
        plain = behind[:1] in (["that"], ["where"], ["which"])
        return plain or (behind[:1] != [","] and behind[1:] in (["which"], ["whom"]))

    def _the_country(self, unit: Unit) -> Found | None:
        kingdom = unit.head is not None and unit.head.phrase == "kingdom"

        def fits(draft: Draft) -> bool:
            country = self.cast.country_of(draft.id)
            return country in word_set("kingdom_state") if kingdom else country is not None

        found = salient(self.context, unit.head_first, fits)
        if kingdom and found is None:
            latest = self.context.latest(unit.head_first, fits)
            found = Referent(latest, 0.6) if latest else None
        if found is None:
            return None
        country = self.cast.country_of(found[0])
        if country is None or country not in self.gazetteer.entries:
            return None
        self.cast.known(country)
        return Found(country, "the country of whom it is about", 0.75)
