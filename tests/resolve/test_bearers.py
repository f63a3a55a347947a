"""Unlisted actors of several articles: one where enough speaks for it, else apart."""

from __future__ import annotations

import pytest

from kg.records import Actor, Article, Extraction, Mention, Role, TextSpan
from kg.resolve import bearers
from kg.resolve.bearers import Bearers


def article(name: str, *actors: Actor) -> Extraction:
    return Extraction(Article(name, f"{name}.txt", "x" * 100), actors=actors)


def person(
    name: str, country: str | None = None, *offices: tuple[str, str], id: str | None = None
) -> Actor:
    return Actor(
        id or "person-" + name.lower().replace(" ", "-"),
        name,
        "person",
        country=country,
        roles=tuple(Role(role, of) for role, of in offices),
        mentions=(Mention(TextSpan(0, len(name))),),
    )


def ids(*actors: Actor) -> list[tuple[str, str | None]]:
    """The final id and reason of each actor, one an article, whatever their order."""
    items = [article(f"a{n}", actor) for n, actor in enumerate(actors)]
    found = []
    for order in (items, items[::-1]):
        gathered = Bearers()
        for item in order:
            gathered.add(item)
        links = gathered.links()
        found.append(
            [
                (link.id, link.reason) if link else (x.actors[0].id, None)
                for x in items
                for link in [links.get((x.article.id, x.actors[0].id))]
            ]
        )
    assert found[0] == found[1]
    return found[0]


LUND = "person-ivo-lund"


def test_a_full_name_with_country_is_one() -> None:
    found = ids(person("Ivo Lund", "NOR"), person("Ivo Lund", "NOR"))
    assert found == [(LUND, bearers.SAME_COUNTRY)] * 2


def test_a_full_name_with_office_is_one() -> None:
    office = ("envoy", "AU")
    found = ids(person("Ivo Lund", None, office), person("Ivo Lund", None, office))
    assert found == [(LUND, bearers.SAME_OFFICE)] * 2


def test_another_country_keeps_apart() -> None:
    found = ids(person("Ivo Lund", "NOR"), person("Ivo Lund", "DNK"))
    assert found == [(f"{LUND}-NOR", bearers.APART), (f"{LUND}-DNK", bearers.APART)]


def test_an_office_that_one_person_has_once_keeps_apart() -> None:
    found = ids(
        person("Ivo Lund", "NOR", ("spokesperson", "NOR-MFA")),
        person("Ivo Lund", "NOR", ("spokesperson", "NOR-POLICE")),
    )
    assert len({i for i, _ in found}) == 2


def test_an_office_of_a_state_and_of_its_ministry_do_not() -> None:
    found = ids(
        person("Ivo Lund", "NOR", ("spokesperson", "NOR-MFA")),
        person("Ivo Lund", "NOR", ("spokesperson", "NOR")),
    )
    assert {i for i, _ in found} == {LUND}


def test_who_shows_nothing_of_himself_joins_the_only_one_of_the_name() -> None:
    found = ids(person("Ivo Lund", "NOR"), person("Ivo Lund"))
    assert found[1] == (LUND, bearers.NOTHING_AGAINST)


def test_who_shows_nothing_of_himself_joins_none_of_two() -> None:
    found = ids(person("Ivo Lund", "NOR"), person("Ivo Lund", "DNK"), person("Ivo Lund"))
    assert len({i for i, _ in found}) == 3
    assert found[2][1] == bearers.AMBIGUOUS


def test_a_bare_surname_is_never_enough() -> None:
    found = ids(person("Lund"), person("Lund"), person("Ivo Lund", "NOR"))
    assert len({i for i, _ in found}) == 3
    assert [r for _, r in found] == [bearers.BARE, bearers.BARE, None]
    assert len({i for i, _ in ids(person("Lund", "NOR"), person("Lund", "NOR"))}) == 2


def test_a_surname_with_the_office_of_the_only_bearer_is_his() -> None:
    office = ("foreign minister", "NOR")
    found = ids(person("Ivo Lund", "NOR", office), person("Lund", "NOR", office))
    assert {i for i, _ in found} == {LUND}
    assert found[1][1] == bearers.SURNAME_AND_OFFICE


def test_a_surname_with_an_office_that_many_hold_is_nobodys() -> None:
    office = ("lawmaker", "NOR")
    found = ids(person("Ivo Lund", "NOR", office), person("Lund", "NOR", office))
    assert len({i for i, _ in found}) == 2


def test_another_spelling_is_one_only_with_the_office() -> None:
    office = ("defence minister", "ARM")
    one, two = person("Vahe Sarkisyan", "ARM", office), person("Vahe Sarkisian", "ARM", office)
    assert ids(one, two)[1] == ("person-vahe-sarkisyan", bearers.OTHER_SPELLING)
    apart = ids(person("Vahe Sarkisyan", "ARM"), person("Vahe Sarkisian", "ARM"))
    assert [i for i, _ in apart] == ["person-vahe-sarkisyan", "person-vahe-sarkisian"]


def test_two_of_one_surname_stay_two() -> None:
    found = ids(person("Ana Lund", "NOR"), person("Ivo Lund", "NOR"))
    assert [r for _, r in found] == [None, None]


def test_an_official_without_a_name_is_another_one_in_each_article() -> None:
    unnamed = person("official of Norway (one of several)", "NOR", id="one-NOR-official")
    found = ids(unnamed, unnamed)
    assert len({i for i, _ in found}) == 2
    assert {r for _, r in found} == {bearers.UNNAMED}


@pytest.mark.parametrize(("other", "one"), [("NOR", True), (None, True), ("DNK", False)])
def test_organisations_of_one_name_are_one_unless_countries_differ(
    other: str | None, one: bool
) -> None:
    name = "Harbour Workers Union"
    made = [
        Actor("organization-harbour-workers-union", name, "organization", country=c,
              mentions=(Mention(TextSpan(0, 5)),))
        for c in ("NOR", other)
    ]  # fmt: skip
    assert (len({i for i, _ in ids(*made)}) == 1) is one


def test_what_one_article_has_alone_and_the_gazetteer_knows_is_left_as_it_is() -> None:
    gathered = Bearers()
    known = Actor("NOR", "Norway", "state", known=True, mentions=(Mention(TextSpan(0, 5)),))
    gathered.add(article("a", person("Ivo Lund"), known))
    gathered.add(article("b", known))
    assert gathered.links() == {}
