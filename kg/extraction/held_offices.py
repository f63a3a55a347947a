"""Whose an office is, and who holds it."""

from __future__ import annotations

from kg.extraction.actor_lexicon import Head, Title, word_set
from kg.extraction.cast import Cast, Draft
from kg.extraction.units import Unit

FORMER = frozenset({"former", "ex", "then", "late", "ousted", "deposed", "would-be", "future"})

SPEAKING_BODIES = frozenset(
    {"government_body", "military", "international_organization", "organization", "armed_group"}
)
"""Types of actors that have spokespersons."""

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

LOCAL_ROLES = frozenset({"governor", "mayor"})
"""Roles whose country a place named nearby tells."""

GOVERNED = frozenset({"state", "de_facto_state", "international_organization"})

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

HEADS = frozenset({"head", "leader", "chair", "secretary-general", "president", "director"}) | {
    "prime minister",
    "high commissioner",
    "foreign policy chief",
}
"""Roles of those who send envoys in the name of what they head."""


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


def who_holds(owner: str, roles: tuple[str, ...], cast: Cast) -> str | None:
    """Who has one of some offices: somebody whom the text calls so, else whom a list has."""
    for draft in cast.actors.values():
        if draft.type == "person" and any(r.of == owner and r.role in roles for r in draft.roles):
            return draft.id
    for role in (*_leading(owner), *roles) if roles is LEADERS else roles:
        found = cast.gazetteer.holder(owner, role, cast.day)
        if found:
            cast.known(found)
            return found
    return None


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
