"""What the noun of a phrase tells of whom it may mean, before its owner is known."""

from __future__ import annotations

from kg.extraction.actor_lexicon import Head, word_set
from kg.extraction.gazetteer import View
from kg.extraction.units import Unit

PEOPLE = Head("people", "population", "", "population", "Population of {state}")

UN_MISSION = Head(
    "mission", "body", "UN-MISSION", "government_body", "Mission of {state} to the United Nations"
)

PLAIN_POPULATION = frozenset({"civilians", "civilian population", "population", "residents"})

COUNTRY_TYPES = frozenset({"state", "government_body", "military", "de_facto_state"})

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

NEAR = 4
"""Sentences; a general word ("the group") takes up nobody from further back."""


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


def is_name(unit: Unit, view: View) -> bool:
    """The phrase is the proper name of a body rather than a description."""
    head = unit.head
    if head is None or head.type != "government_body":
        return False
    if head.suffix in word_set("ministries"):
        return view.words[unit.head_first][:1].isupper() or bool(unit.owners)
    capital = view.words[unit.head_first][:1].isupper()
    return capital and not view.titled(unit.head_first)


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
