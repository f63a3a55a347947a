"""Who a nominal phrase is: ids, names, types and countries from whose it is and what it is."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace

from kg.extraction.actor_lexicon import Head, Title, heads, titles, word_set
from kg.extraction.cast import Cast, Draft
from kg.extraction.gazetteer import View
from kg.extraction.name_words import names_firm
from kg.extraction.units import Unit
from kg.records import ActorType
from kg.resolve import names

PEOPLE = Head("people", "population", "", "population", "Population of {state}")
UN_MISSION = Head(
    "mission", "body", "UN-MISSION", "government_body", "Mission of {state} to the United Nations"
)
FORMER = frozenset({"former", "ex", "then", "late", "ousted", "deposed", "would-be", "future"})
PLAIN_POPULATION = frozenset({"civilians", "civilian population", "population", "residents"})
CONFLICTING = frozenset(
    {
        "conflicting",
        "warring",
        "opposing",
        "belligerent",
        "rival",
        "conflict",
        "concerned",
        "relevant",
        "other",
    }
)
OF_A_BODY = frozenset(
    {
        "OFFICIALS",
        "DELEGATION",
        "REPRESENTATIVES",
        "COMMAND",
        "DIPLOMATS",
        "LAWMAKERS",
        "PEACEKEEPERS",
    }
)
"""Suffixes of what a ministry or army has for itself; all else of theirs is the state's."""
SPEAKING_BODIES = frozenset(
    {"government_body", "military", "international_organization", "organization", "armed_group"}
)
"""Types of actors that have spokespersons."""
"""Suffixes of what each state has one of, so that "the army" is clear where the country is."""
COUNTRY_TYPES = frozenset({"state", "government_body", "military", "de_facto_state"})
NEAR = 4
"""Sentences; a general word ("the group") takes up nobody from further back."""
ROLE_VERBS = {
    "leads": "leader",
    "heads": "head",
    "chairs": "chair",
    "commands": "commander",
    "rules": "leader",
    "runs": "head",
    "represents": "representative",
    "led": "leader",
    "headed": "head",
    "chaired": "chair",
    "commanded": "commander",
    "governs": "governor",
}
"""Verbs in "X, who … Y" that tell X's role at Y."""
"""Roles of a state's people: a bare "President Petro" is of the country that the text is about."""
COUNTRY_WORDS = frozenset({"country", "nation", "kingdom"})
COUNTRIES = frozenset({"countries", "nations", "states", "neighbours", "neighbors"}) | {
    "governments",
    "capitals",
    "rivals",
    "factions",
    "foes",
    "adversaries",
    "enemies",
}
LOCAL_ROLES = frozenset({"governor", "mayor"})
"""Roles whose country a place named nearby tells."""
GOVERNED = frozenset({"state", "de_facto_state", "international_organization"})


def is_general(head: Head) -> bool:
    """The noun tells of many what they are, not whose: "an alliance", "a militia"."""
    return head.sort in ("alias", "armed", "mission")


def suffixes_of(head: Head) -> tuple[str, ...]:
    """The ends of ids among which a bare "the ministry", "the contingent" finds its actor."""
    if head.sort == "ministry":
        return tuple(sorted(word_set("ministries")))
    if head.sort == "contingent":
        return ("PEACEKEEPERS",)
    if head.sort == "mission":
        return ()
    return (head.suffix,) if head.suffix and head.sort != "alias" else ()


def alias_types(head: Head) -> frozenset[str]:
    """The types of actor that a general word ("the bloc", "the rebels") may take up again."""
    if head.sort == "armed":
        return frozenset({"armed_group"})
    if head.sort == "mission":
        return frozenset({"peacekeepers"})
    return frozenset(head.suffix.split()) if head.sort == "alias" else frozenset()


def identify(unit: Unit, cast: Cast, view: View) -> None:
    """Set `unit.ids` from its owners, creating the actors."""
    head = unit.head
    if head is None or not unit.owners or head.sort == "alias":
        return
    if head.sort == "self":
        _self(unit, cast)
    elif head.sort == "population":
        _population(unit, cast, view)
    elif head.sort == "armed":
        _armed(unit, cast, view)
    elif head.sort == "persons":
        _persons(unit, cast)
    else:
        _bodies(unit, cast, view)


def _self(unit: Unit, cast: Cast) -> None:
    assert unit.head is not None
    if unit.head.phrase not in ("side", "sides") or unit.owner_kind == "place":
        return
    for owner in unit.owners:
        cast.ensure(owner)
    if len(unit.owners) == 1:
        unit.ids = unit.owners
    else:
        unit.ids = (group("group", unit.owners, cast, None).id,)


def group(prefix: str, members: tuple[str, ...], cast: Cast, name: str | None) -> Draft:
    """The group of some actors; its id is made of theirs."""
    ordered = tuple(sorted(members))
    for member in ordered:
        cast.ensure(member)
    label = " and ".join(cast.actors[m].name for m in ordered if m in cast.actors)
    full = f"{name}: {label}" if name else label
    actor_id = f"{prefix}-{'-'.join(ordered)}"
    return cast.actor(actor_id, full, "group", members=ordered)


def led_by(owner: str, cast: Cast) -> str:
    """Whom an owner who is a person leads or serves: "his fighters" are those of the group."""
    draft = cast.actors.get(owner)
    if draft is None or draft.type != "person":
        return owner
    for role in draft.roles:
        of = cast.ensure(role.of)
        if of is not None and of.type in ("armed_group", "organization", "military"):
            return of.id
    return owner


def _named(owner: str, cast: Cast) -> str:
    if owner in cast.actors:
        return cast.actors[owner].name
    entry = cast.gazetteer.entries.get(owner)
    return entry.name if entry else owner


def _stem(owner: str, cast: Cast) -> str:
    """The owner's part of a composed id: a person stands for the state he or she leads."""
    draft = cast.actors.get(owner)
    if draft is not None and draft.type == "person" and draft.country:
        return draft.country
    return owner.upper() if owner.islower() or owner[:1].islower() else owner


def _ministry(unit: Unit, cast: Cast, view: View) -> None:
    """ "His ministry": that of whose minister the owner is."""
    draft = cast.ensure(unit.owners[0])
    for role in draft.roles if draft is not None and draft.type == "person" else ():
        head = heads().entries.get(role.role.removesuffix("minister") + "ministry")
        if role.role.endswith(" minister") and head is not None and head.sort == "body":
            named = replace(unit, head=head, owners=(role.of,), owner_kind="state")
            identify(named, cast, view)
            unit.ids = named.ids
            return


def _members(owners: tuple[str, ...], cast: Cast) -> tuple[str, ...]:
    """The owners, each of a group by itself: "their forces" are those of both."""
    found: list[str] = []
    for owner in owners:
        draft = cast.actors.get(owner)
        found += draft.members if draft is not None and draft.members else (owner,)
    return tuple(dict.fromkeys(found))


def _bodies(unit: Unit, cast: Cast, view: View) -> None:
    head = unit.head
    assert head is not None
    if head.sort == "ministry":
        _ministry(unit, cast, view)
        return
    if head.sort == "mission":
        _mission(unit, cast)
        return
    if head.sort == "office":
        _office(unit, cast)
        return
    made = []
    for named in _members(unit.owners, cast):
        owner = led_by(named, cast) if head.type == "military" else named
        draft = cast.ensure(owner)
        if draft is not None and head.sort != "command" and _acts_itself(draft, head):
            made.append(owner)
            continue
        if draft is not None and draft.type == "population" and head.sort != "representatives":
            return
        if draft is not None and draft.type in GOVERNED - {"state"} and head.suffix == "COURTS":
            return  # which of its courts, the text does not tell
        if draft is not None and draft.type == "person" and _of_unknown_state(draft, head):
            return
        state = _state_of_body(draft, head, cast)
        if state is not None:
            owner, draft = state.id, state
        suffix, label = head.suffix, head.label
        kind: ActorType = head.type
        if head.sort == "contingent" or _keeps_peace(draft, head, cast):
            suffix, label, kind = "PEACEKEEPERS", "Peacekeepers of {state}", "peacekeepers"
        stem = _stem(owner, cast)
        part = owner if draft is not None and draft.type != "person" else None
        if part is None and stem in cast.gazetteer.entries and stem != owner:
            part = stem
            cast.known(stem)
        country = cast.country_of(owner)
        if head.sort == "command" and draft is not None:
            kind = draft.type if draft.type in ("peacekeepers", "military") else "military"
        made.append(
            cast.actor(
                f"{stem}-{suffix}",
                label.format(state=_named(part or owner, cast)),
                kind,
                country=country,
                part_of=part,
            ).id
        )
    unit.ids = (made[0],) if len(made) == 1 else (group("group", tuple(made), cast, None).id,)


def _of_unknown_state(person: Draft, head: Head) -> bool:
    """ "His forces", of a minister of whom no country is told."""
    return person.country is None and head.suffix in word_set("national")


def _acts_itself(draft: Draft, head: Head) -> bool:
    """The troops of an armed group or mission are the group or mission."""
    if draft.type == "armed_group":
        return head.type == "military"
    return draft.type == "peacekeepers" and head.type in ("military", "peacekeepers")


def _keeps_peace(draft: Draft | None, head: Head, cast: Cast) -> bool:
    """ "UN troops": those of an organisation that is no alliance."""
    if draft is None or draft.type != "international_organization":
        return False
    entry = cast.gazetteer.entries.get(draft.id)
    return head.suffix == "ARMED-FORCES" and not (entry and "alliance" in entry.nouns)


def _office(unit: Unit, cast: Cast) -> None:
    """The office of who leads a state: "Netanyahu's office"."""
    draft = cast.ensure(unit.owners[0])
    if draft is None or draft.type != "person":
        return
    for role in draft.roles:
        phrase = OFFICES_OF.get(role.role)
        if phrase is not None and role.of in cast.gazetteer.entries:
            head = heads().entries[phrase]
            made = f"{role.of}-{head.suffix}"
            label = head.label.format(state=_named(role.of, cast))
            cast.ensure(role.of)
            office = cast.actor(
                made, label, head.type, country=cast.country_of(role.of), part_of=role.of
            )
            unit.ids = (office.id,)
            return


OFFICES_OF = {"president": "presidential office", "prime minister": "prime minister's office"}


def _mission(unit: Unit, cast: Cast) -> None:
    """The mission of an organisation; of a state, it may be its embassy or anybody's errand."""
    owner = cast.ensure(unit.owners[0])
    if len(unit.owners) > 1 or owner is None or owner.type != "international_organization":
        return
    assert unit.head is not None
    label = unit.head.label.format(state=owner.name)
    made = cast.actor(f"{owner.id}-MISSION", label, "peacekeepers", part_of=owner.id)
    unit.ids = (made.id,)


def _state_of_body(draft: Draft | None, head: Head, cast: Cast) -> Draft | None:
    """The state, where "its troops" are said of a government: they are the state's."""
    party = draft is not None and draft.type == "organization" and head.suffix == "GOVERNMENT"
    if draft is None or not draft.country:
        return None
    if draft.type not in ("government_body", "military") and not party:
        return None
    if head.suffix in OF_A_BODY or draft.country not in cast.gazetteer.entries:
        return None
    return cast.known(draft.country)


def _is_ethnic(unit: Unit, cast: Cast) -> bool:
    """The adjective tells a people, not a state: "local Armenian formations"."""
    if "local" in unit.modifiers or "ethnic" in unit.modifiers:
        return True
    if unit.place is None or unit.owner_kind != "state":
        return False
    return cast.gazetteer.country(unit.place) != unit.owners[0]


def _population(unit: Unit, cast: Cast, view: View) -> None:
    head = unit.head
    assert head is not None
    if head.phrase == "people" and unit.owner_kind == "org":
        return
    unit.ethnic = _is_ethnic(unit, cast) or view.lower[unit.first - 1 : unit.first] in (
        ["local"],
        ["ethnic"],
    )
    base = unit.place or unit.owners[0]
    if head.phrase in ("nationals", "citizens"):
        base = unit.owners[0]  # "its nationals from Lima": wherever they are
    body = cast.actors.get(base)
    if body is not None and body.type in ("government_body", "military") and body.country:
        base = body.country
        cast.ensure(base)
    prefix = "population" if not head.suffix else head.suffix.lower()
    country = None
    if not (unit.ethnic and unit.place is None):
        country = cast.gazetteer.country(base)
    earlier = [d for d in cast.actors.values() if d.type == "population" and not head.suffix]
    if unit.place is None and unit.owner_kind == "state" and earlier and _bare(head):
        # "the Armenian population" after "the population of Karabakh"
        demonym_of = unit.owners[0]
        kin = [d for d in earlier if getattr(d, "people_of", None) == demonym_of]
        if kin:
            unit.ids, unit.ethnic = (kin[-1].id,), True
            return
    name = head.label.format(state=_named(base, cast))
    draft = cast.actor(f"{prefix}-{base}", name, head.type, country=country)
    if unit.ethnic and unit.owner_kind == "state":
        draft.people_of = unit.owners[0]
    unit.ids = (draft.id,)


def _bare(head: Head) -> bool:
    return head.phrase in PLAIN_POPULATION or head is PEOPLE


def _armed(unit: Unit, cast: Cast, view: View) -> None:
    head = unit.head
    assert head is not None
    unit.ethnic = _is_ethnic(unit, cast) or view.lower[unit.first - 1 : unit.first] in (
        ["local"],
        ["ethnic"],
    )
    owner = led_by(unit.owners[0], cast)
    draft = cast.ensure(owner)
    if draft is not None and draft.type in ("armed_group", "organization"):
        # "Hamas fighters": the group itself acts
        unit.ids = (owner,)
        return
    if draft is not None and draft.type == "person":
        return  # whom he leads, the text does not tell
    country = None if unit.ethnic else cast.country_of(owner) or cast.gazetteer.country(owner)
    prefix = "ethnic-" if unit.ethnic else ""
    actor_id = f"{prefix}{_stem(owner, cast)}-{head.suffix}"
    name = head.label.format(state=_named(owner, cast))
    if draft is not None and draft.type == "population":
        name = f"{draft.name} {head.phrase}"  # "Hutu militia": there is no country of them
    unit.ids = (cast.actor(actor_id, name, head.type, country=country).id,)


def _persons(unit: Unit, cast: Cast) -> None:
    head = unit.head
    assert head is not None
    roles = roles_of(head)
    members = []
    unit.owners = _members(unit.owners, cast)
    for owner in unit.owners:
        cast.ensure(owner)
        holder = _holder(owner, roles, cast)
        if holder:
            members.append(holder)
    stem = "-".join(sorted(_stem(o, cast) for o in unit.owners))
    states = " and ".join(_named(o, cast) for o in sorted(unit.owners))
    countries = {cast.country_of(o) for o in unit.owners}
    draft = cast.actor(
        f"{head.suffix.lower()}-{stem}",
        head.label.format(state=states),
        "group",
        country=countries.pop() if len(countries) == 1 else None,
        members=tuple(sorted(members)) if len(members) == len(unit.owners) else (),
    )
    unit.ids = (draft.id,)


def roles_of(head: Head) -> tuple[str, ...]:
    """The offices of those whom a plural calls: "leaders", "foreign ministers"."""
    if head.suffix == "LEADERS":
        return LEADERS
    return (head.suffix.lower().replace("-", " ").rstrip("s"),)


def office_holder(of: str, role: str, cast: Cast) -> str | None:
    """Who held an office on the article's date; a "leader" is who leads the state."""
    found = cast.gazetteer.holder(of, role, cast.day)
    if found is None and role == "leader":
        for high in _leading(of):
            found = found or cast.gazetteer.holder(of, high, cast.day)
    return found


def _leading(state: str) -> tuple[str, ...]:
    """The offices that lead a state, the highest in power first."""
    for kind, office in (("led_by_premier", "prime minister"), ("led_by_monarch", "monarch")):
        if state in word_set(kind):
            return (office, *(o for o in LEADING if o != office))
    return LEADING


LEADERS = (
    "president",
    "prime minister",
    "leader",
    "monarch",
    "chancellor",
    "supreme leader",
    "crown prince",
    "vice president",
    "opposition leader",
    "commander",
    "army chief",
)
LEADING_PLURALS = frozenset({"LEADERS", "PRESIDENTS", "PRIME-MINISTERS"})
LEADING = ("supreme leader", "president", "prime minister", "chancellor", "monarch")


def _holder(owner: str, roles: tuple[str, ...], cast: Cast) -> str | None:
    for draft in cast.actors.values():
        if draft.type == "person" and any(r.of == owner and r.role in roles for r in draft.roles):
            return draft.id
    for role in (*_leading(owner), *roles) if roles is LEADERS else roles:
        found = cast.gazetteer.holder(owner, role, cast.day)
        if found:
            cast.known(found)
            return found
    return None


def is_name(unit: Unit, view: View) -> bool:
    """The phrase is the proper name of a body rather than a description."""
    head = unit.head
    if head is None or head.type != "government_body":
        return False
    if head.suffix in word_set("ministries"):
        return view.words[unit.head_first][:1].isupper() or bool(unit.owners)
    capital = view.words[unit.head_first][:1].isupper()
    return capital and not view.titled(unit.head_first)


def office_of(unit: Unit, cast: Cast) -> str | None:
    """The actor whose office a title is, from what the phrase names as its owner."""
    title = unit.title
    if title is not None and title.of == "vatican":
        return "VAT"
    if title is None or not unit.owners:
        return None
    owner = unit.owners[0]
    draft = cast.ensure(owner)
    if title.of in ("state", "parliament"):
        country = cast.country_of(owner)
        if draft is None and unit.owner_kind == "place" and governs(title):
            return None  # "Jubaland's president" is none of Somalia
        if draft is not None and (draft.type in GOVERNED or of_a_region(draft)):
            return owner
        if draft is not None and draft.type == "person" and country is None:
            return None
        if draft is not None and draft.type in ("organization", "armed_group"):
            return owner
        return country if country in cast.gazetteer.entries else owner if draft else None
    if draft is not None and draft.type == "person" and title.role in word_set("of_the_body"):
        return _headed(draft) or owner
    if draft is None and unit.owner_kind == "place" and title.role in word_set("of_its_region"):
        return None  # "a Jubaland spokesman" speaks for no state
    return owner if draft is not None else cast.gazetteer.country(owner)


def of_a_region(draft: Draft | None) -> bool:
    """A government of its own that is no state's: "Tigray's interim administration"."""
    made = draft is not None and draft.id.endswith("-GOVERNMENT") and not draft.known
    return made and draft is not None and draft.part_of is None


def governs(title: Title) -> bool:
    """The office is one of a government, be it a region's."""
    return title.role.endswith("minister") or title.role in LEADING + LEADERS


def _headed(person: Draft) -> str | None:
    """What a person heads: his or her envoy is its envoy."""
    return next((r.of for r in person.roles if r.role in HEADS), None)


HEADS = frozenset({"head", "leader", "chair", "secretary-general", "president", "director"}) | {
    "prime minister",
    "high commissioner",
    "foreign policy chief",
}
"""Roles of those who send envoys in the name of what they head."""


def unnamed(title: Title, of: str, cast: Cast, *, one_of_many: bool) -> Draft:
    """A person whom the text calls by office only."""
    prefix, note = ("one", "one of several") if one_of_many else ("holder", "unnamed")
    name = f"{title.role} of {_named(of, cast)} ({note})"
    return cast.actor(
        f"{prefix}-{of}-{names.slug(title.role)}", name, "person", country=cast.country_of(of)
    )


def means_parties(unit: Unit, view: View) -> bool:
    """ "Both sides", "the conflicting parties", "all parties", "sides of the conflict"."""
    head = unit.head
    assert head is not None
    if head.phrase not in ("sides", "parties"):
        return False
    if any(m not in CONFLICTING for m in unit.modifiers):
        return False
    after = view.lower[unit.head_last : unit.head_last + 3]
    if after[:1] == ["of"] and after[-1:] not in (["conflict"], ["war"]):
        return False
    to_conflict = after[:1] in (["of"], ["to"]) and after[-1:] in (["conflict"], ["war"])
    if unit.determiner in ("both", "all", "two", "the", "these") or to_conflict:
        return (
            head.phrase == "parties"
            or unit.determiner != "the"
            or bool(unit.modifiers or unit.number or to_conflict)
        )
    return bool(unit.modifiers) and unit.modifiers[-1] in CONFLICTING


ORGANIZATION_WORDS: dict[str, ActorType] = {
    "agency": "organization",
    "times": "media",
    "news": "media",
    "post": "media",
    "tv": "media",
    "television": "media",
    "radio": "media",
    "journal": "media",
    "newspaper": "media",
    "front": "armed_group",
    "army": "armed_group",
    "brigade": "armed_group",
    "brigades": "armed_group",
    "militia": "armed_group",
    "battalion": "military",
    "ministry": "government_body",
    "commission": "government_body",
    "committee": "government_body",
    "council": "government_body",
    "department": "government_body",
    "court": "government_body",
    "directorate": "government_body",
    "command": "military",
    "corps": "military",
    "dispatch": "media",
    "wire": "media",
    "herald": "media",
    "tribune": "media",
    "gazette": "media",
    "chronicle": "media",
    "observer": "media",
    "courier": "media",
    "telegraph": "media",
    "ledger": "media",
    "monitor": "media",
    "press": "media",
    "daily": "media",
    "weekly": "media",
    "broadcasting": "media",
    "newswire": "media",
    "news agency": "media",
    "press agency": "media",
}


BEFORE_A_NAME = frozenset({"the", "a", "an", "neighbouring", "neighboring"})
"""Words that the recogniser takes into names, though none begins with them."""


def unknown_organizations(view: View, free: Callable[[int], bool]) -> Iterator[tuple[int, int]]:
    """Names that the recogniser calls organisations, of tokens that are free: half-open."""
    for ent in view.doc.ents:
        if view.kinds[ent.start]:  # in headlines all words are capitals
            continue
        if ent.label_ != "ORG" and not (len(ent) == 1 and names_firm(view, ent.start)):
            continue
        first, last = ent.start, ent.end
        while first < last and view.lower[first] in BEFORE_A_NAME:
            first += 1
        while last > first and view.lower[last - 1] in ("'s", "and", ",", "."):
            last -= 1
        if "based" in view.lower[first:last]:
            first = view.lower.index("based", first) + 1
        for start, end in _two_parties(view, first, last):
            words = range(start, end)
            if words and all(free(i) for i in words) and _names_organization(view, start, end):
                yield start, end


def _two_parties(view: View, first: int, last: int) -> Iterator[tuple[int, int]]:
    """The names in what the recogniser took for one: "between X and the Y" are two."""
    k = first - 1
    while k >= 0 and view.lower[k] in ("the", "a", "an"):
        k -= 1
    links = [i for i in range(first + 1, last - 1) if view.lower[i] in ("and", "&")]
    if k < 0 or view.lower[k] not in ("between", "both") or not links:
        yield first, last
        return
    # a name may hold one "and" itself; the article, else the last, tells where the second begins
    link = next((i for i in links if view.lower[i + 1] in ("the", "a", "an")), links[-1])
    yield first, link
    yield link + 1 + (view.lower[link + 1] in ("the", "a", "an")), last


def _names_organization(view: View, first: int, last: int) -> bool:
    words = view.words[first:last]
    if not words[0][:1].isupper() or any("\n" in w for w in words):
        return False
    if view.lower[last - 1] in word_set("no_organization"):
        return False
    if any(_is_office(view, first, i, last) for i in range(first, last)):
        return False
    if _ends_title(view, first, last):
        return False
    if any(
        view.lower[i] in ("-", "–") and view.start[i] > view.end[i - 1] for i in range(first, last)
    ):
        return False
    if len(words) > 1:
        return True
    bracketed = first > 1 and view.lower[first - 1] == "("
    if bracketed and view.lower[first - 2] in word_set("no_organization"):
        return False  # "Free Trade Agreement (FTA)"
    if words[0].endswith("s") and words[0][:-1].isupper():
        return False  # "the PACs"
    inner = any(c.isupper() for c in words[0][1:])  # "TotalEnergies"
    return len(words[0]) > 2 and (inner or names_firm(view, first)) and words[0].isalpha()


def _ends_title(view: View, first: int, last: int) -> bool:
    """The words are the end of a title: the "Foreign Affairs" of "Minister of Foreign Affairs"."""
    found = (titles().at(view.lower, k) for k in range(max(0, first - 3), first))
    return any(title is not None and title[0] >= last for title in found)


def _is_office(view: View, first: int, i: int, last: int) -> bool:
    """From token `i` on stands a title, or a body of a state with at most one word before it."""
    title = titles().at(view.lower, i)
    if title is not None and title[0] >= last:
        return True
    head = heads().at(view.lower, i)
    if head is None or head[0] < last or head[1].sort == "alias":
        return False
    if head[1].type == "media" and all(w[:1].isupper() for w in view.words[first:last]):
        return False  # "Sidra News Agency" is a name of its own
    capitals = sum(
        view.capital(k) and view.lower[k] not in word_set("title_modifiers") | {"royal"}
        for k in range(first, i)
    )
    return capitals < 2 or head[1].suffix in word_set("ministries")


def organization(name: str, cast: Cast, country: str | None) -> Draft:
    """An unlisted organisation, met before under this name or acronym, or new."""
    folded = names.fold(name)
    for draft in cast.actors.values():
        if not draft.id.startswith("organization-"):
            continue
        other = names.fold(draft.name)
        if folded == other or names.fold(_initials(draft.name)) == folded:
            return draft
    last = folded.split()
    kind = ORGANIZATION_WORDS.get(" ".join(last[-2:])) or ORGANIZATION_WORDS.get(last[-1])
    kind = kind or "organization"
    return cast.actor(f"organization-{names.slug(name)}", name, kind, country=country)


def _initials(name: str) -> str:
    return "".join(w[0] for w in name.split() if w[0].isupper())
