from __future__ import annotations

import re
import typing

import pytest

from kg.queries.network import relations
from kg.records import ActorType
from kg.visual.style import styles


@pytest.mark.parametrize("kind", [*typing.get_args(ActorType), "agreement"])
def test_every_type_of_actor_has_its_look(kind: str) -> None:
    assert styles().actor(kind).id == kind


@pytest.mark.parametrize("relation", relations())
def test_every_relation_of_the_network_has_its_look(relation: str) -> None:
    assert styles().relation(relation).id == relation
    assert relation in styles().relations


def test_types_differ_without_colour() -> None:
    looks = [(a.path, a.hollow) for a in styles().actors.values()]
    assert len(looks) == len(set(looks))


def test_relations_differ_by_colour_and_dash() -> None:
    looks = [(r.light, r.dash) for r in styles().relations.values()]
    assert len(looks) == len(set(looks))


def test_unknown_names_still_have_a_look() -> None:
    assert styles().actor("asteroid").id == "other"
    assert styles().relation("orbits-around").label == "orbits around"


def luminance(colour: str) -> float:
    parts = [int(colour[i : i + 2], 16) / 255 for i in (1, 3, 5)]
    linear = [p / 12.92 if p <= 0.04045 else ((p + 0.055) / 1.055) ** 2.4 for p in parts]
    return 0.2126 * linear[0] + 0.7152 * linear[1] + 0.0722 * linear[2]


def contrast(one: str, other: str) -> float:
    low, high = sorted([luminance(one), luminance(other)])
    return (high + 0.05) / (low + 0.05)


@pytest.mark.parametrize("relation", relations())
def test_links_stand_out_from_both_grounds(relation: str) -> None:
    look = styles().relation(relation)
    # 3: WCAG 2.2, success criterion 1.4.11, graphical objects
    assert contrast(look.light, "#fcfcfb") >= 3
    assert contrast(look.dark, "#10141a") >= 3


def test_colours_are_written_in_six_digits() -> None:
    for look in [*styles().actors.values(), *styles().relations.values()]:
        assert re.fullmatch("#[0-9A-F]{6}", look.light)
        assert re.fullmatch("#[0-9A-F]{6}", look.dark)
