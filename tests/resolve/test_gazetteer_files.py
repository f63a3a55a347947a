"""The shipped gazetteer is sound; users' files add, override, or are refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import GazetteerError
from kg.resolve.gazetteer import load, validate

PREFIXES = """@prefix actor: <https://w3id.org/newskg/actor/> .
@prefix place: <https://w3id.org/newskg/place/> .
@prefix role: <https://example.org/role/> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix org: <http://www.w3.org/ns/org#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""
GONDOR = """actor:GON a kg:State ; skos:prefLabel "Gondor"@en ; kg:country "GON" ;
  kg:demonym "Gondorian"@en ; kg:people "Gondorians"@en ; kg:capital "Minas Tirith"@en .
"""
STEWARD = """actor:denethor a kg:Person ; skos:prefLabel "Denethor Ecthelion"@en .
actor:aragorn a kg:Person ; skos:prefLabel "Aragorn Elessar"@en .
"""


def office(person: str, start: str, end: str, role: str = "president") -> str:
    dates = f'kg:validFrom "{start}"^^xsd:date ; kg:validUntil "{end}"^^xsd:date'
    return (
        f"role:{person}-{start} a org:Membership ; org:member actor:{person} ; "
        f'org:organization actor:GON ; kg:role "{role}" ; {dates} .\n'
    )


def written(folder: Path, body: str, name: str = "mine.ttl") -> str:
    path = folder / name
    path.write_text(PREFIXES + body, encoding="utf-8")
    return str(path)


def test_the_shipped_files_have_no_problems() -> None:
    assert validate() == []


def test_general_words_are_read_and_are_no_names(tmp_path: Path) -> None:
    club = 'actor:ROHAN a kg:InternationalOrganization ; skos:prefLabel "Rohan Club"@en ; '
    found = load((written(tmp_path, club + 'skos:hiddenLabel "riders", "bloc" .'),))
    assert found.entries["ROHAN"].nouns == {"riders", "bloc"}
    assert {"riders", "alliance"} <= found.nouns
    assert found.senses("riders") == ()


def test_all_states_are_there_with_their_names() -> None:
    entries = load().entries
    states = [e for e in entries.values() if e.type == "state"]
    assert len(states) >= 249
    assert load().senses("Türkiye")[0].entry == load().senses("Turkey")[0].entry == "TUR"
    assert load().senses("Burma")[0].entry == "MMR"
    assert load().senses("Kiev")[0].entry == "UKR"


def test_the_kinds_of_actors_that_news_needs_are_there() -> None:
    found = load()
    kinds = {e.type for e in found.entries.values()}
    assert {"de_facto_state", "peacekeepers", "armed_group", "media", "person"} <= kinds
    organizations = [e for e in found.entries.values() if e.type == "international_organization"]
    assert len(organizations) >= 90
    assert found.entries["ABKHAZIA"].claimed_by == ("GEO",)
    assert found.senses("Kremlin")[0].use == "metonym"


def test_wikidata_ids_are_given_or_left_out_but_never_malformed() -> None:
    for entry in load().entries.values():
        for iri in entry.same_as:
            assert iri.startswith("http://www.wikidata.org/entity/Q"), entry.id
            assert iri.rsplit("Q", 1)[1].isdigit()


def test_dated_offices_name_their_source() -> None:
    for held in load().offices:
        assert not (held.start or held.end) or held.sources, held.person


def test_an_office_is_held_between_its_dates_only() -> None:
    found = load()
    assert found.holder("ARM", "prime minister", "2023-09-19") == "nikol-pashinyan"
    assert found.holder("ARM", "prime minister", "2010-01-01") is None


def test_a_users_state_is_found_by_all_its_names(tmp_path: Path) -> None:
    found = load((written(tmp_path, GONDOR),))
    assert found.senses("Gondorian")[0] == ("GON", "demonym", "Gondorian")
    assert found.senses("minas tirith")[0].use == "capital"
    assert found.country("GON") == "GON"


def test_a_users_file_adds_a_name_and_takes_one_away(tmp_path: Path) -> None:
    body = 'actor:RUS skos:altLabel "Muscovy"@en ; kg:notNamed "Russian Federation" .\n'
    found = load((written(tmp_path, body),))
    assert found.senses("Muscovy")[0].entry == "RUS"
    assert found.senses("Russian Federation") == ()
    assert found.entries["RUS"].name == "Russia"


def test_a_users_file_overrides_a_single_value(tmp_path: Path) -> None:
    body = 'actor:HAMAS a kg:Organization ; skos:prefLabel "Hamas movement"@en .\n'
    entry = load((written(tmp_path, body),)).entries["HAMAS"]
    assert (entry.type, entry.name, entry.country) == ("organization", "Hamas movement", "PSE")


def test_names_may_hold_marks_that_mean_something_elsewhere(tmp_path: Path) -> None:
    body = 'actor:X1 a kg:Organization ; skos:prefLabel "C++ (Group) [.*]"@en .\n'
    assert load((written(tmp_path, body),)).senses("C++ (Group) [.*]")[0].entry == "X1"


def test_one_office_after_the_other_is_no_contradiction(tmp_path: Path) -> None:
    body = GONDOR + STEWARD + 'actor:ARN a kg:State ; skos:prefLabel "Arnor"@en .\n'
    body += office("aragorn", "1990-01-01", "1995-01-01")
    body += office("aragorn", "1995-01-01", "1999-01-01").replace("actor:GON", "actor:ARN")
    assert validate([written(tmp_path, body)]) == []


def test_the_leaders_and_ministers_of_states_in_conflict_are_known_by_day() -> None:
    found = load()
    day = "2023-09-19"
    for state in ("ARM", "AZE", "COD", "ETH", "ISR", "NER", "RUS", "RWA", "SDN", "UKR", "VEN"):
        roles = ("president", "prime minister", "leader", "monarch", "supreme leader")
        assert any(found.holder(state, role, day) for role in roles), state
    assert found.holder("RUS", "president", "2010-06-01") == "dmitry-medvedev"
    assert found.holder("RUS", "prime minister", "2010-06-01") == "vladimir-putin"
    assert found.holder("UKR", "foreign minister", day) == "dmytro-kuleba"
    assert found.holder("ISR", "defence minister", day) == "yoav-gallant"
    assert len({o.person for o in found.offices if o.start}) >= 150


@pytest.mark.parametrize("spelling", ["Zelenskyy", "Zelensky", "Zelenskiy", "Zelenskyi"])
def test_surnames_of_the_well_known_are_names_in_all_spellings(spelling: str) -> None:
    assert [s.entry for s in load().senses(spelling)] == ["volodymyr-zelenskyy"]


def test_dated_offices_of_invented_people_can_be_told(tmp_path: Path) -> None:
    body = GONDOR + STEWARD
    body += office("denethor", "1990-01-01", "1995-06-01") + office(
        "aragorn", "1995-06-01", "1999-08-15"
    )
    found = load((written(tmp_path, body),))
    assert found.holder("GON", "president", "1994-01-01") == "denethor"
    assert found.holder("GON", "president", "1996-01-01") == "aragorn"


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ("actor:A a kg:State ; skos:prefLabel \n", "not Turtle"),
        ("actor:A a kg:State .", "no skos:prefLabel"),
        ('actor:A a kg:State ; skos:prefLabel "A"@en .', "too short"),
        ('actor:A a kg:State ; skos:prefLabel "--"@en .', "too short"),
        (f'actor:A a kg:State ; skos:prefLabel "{"x" * 1_000_000}"@en .', "1000000 characters"),
        ('actor:A skos:prefLabel "Arnor"@en .', "no class"),
        ('actor:a_b a kg:State ; skos:prefLabel "Arnor"@en .', "letters, digits and hyphens"),
        ('actor:A a kg:State ; skos:prefLabel "Arnor  North"@en .', "stray white space"),
        (
            'actor:A a kg:Organization ; skos:prefLabel "Aa"@en ; kg:partOf actor:B .\n'
            'actor:B a kg:Organization ; skos:prefLabel "Bb"@en ; kg:partOf actor:A .',
            "part of itself",
        ),
        (
            'actor:A a kg:Organization ; skos:prefLabel "Aa"@en ; kg:partOf actor:NOWHERE .',
            "not described",
        ),
        (
            GONDOR
            + STEWARD
            + office("denethor", "1990-01-01", "1996-01-01")
            + office("aragorn", "1995-01-01", "1999-01-01"),
            "while denethor is until",
        ),
        (
            GONDOR
            + STEWARD
            + 'actor:ARN a kg:State ; skos:prefLabel "Arnor"@en .\n'
            + office("aragorn", "1990-01-01", "1996-01-01")
            + office("aragorn", "1995-01-01", "1999-01-01").replace("actor:GON", "actor:ARN"),
            "aragorn: president of ARN from 1995-01-01, while president of GON until 1996-01-01",
        ),
        (
            STEWARD + office("aragorn", "1990-01-01", "1996-01-01").replace("GON", "NOWHERE"),
            "aragorn: president of NOWHERE: NOWHERE is not described",
        ),
        (GONDOR + STEWARD + office("aragorn", "1999-01-01", "1995-01-01"), "before it starts"),
        (GONDOR + STEWARD + office("aragorn", "soon", "1995-01-01"), "no date"),
        ('actor:A a kg:State ; skos:prefLabel "Russia"@en .', "names A and RUS alike"),
        ('role:r a org:Membership ; kg:role "president" .', "needs org:member"),
    ],
)
def test_a_wrong_file_is_refused_with_file_and_reason(
    tmp_path: Path, body: str, reason: str
) -> None:
    path = written(tmp_path, body)
    with pytest.raises(GazetteerError) as refused:
        load((path,))
    assert reason in str(refused.value)
    assert path in str(refused.value)
    assert len(str(refused.value)) < 1000
    assert any(reason in problem for problem in validate([path]))


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(GazetteerError, match=r"none\.ttl: cannot be read"):
        load((str(tmp_path / "none.ttl"),))


def test_a_hundred_thousand_names_load(tmp_path: Path) -> None:
    lines = (
        f'actor:P{i} a kg:Person ; skos:prefLabel "Given{i} Family{i}"@en .' for i in range(100_000)
    )
    path = written(tmp_path, "\n".join(lines))
    found = load((path,))
    assert found.senses("given7 family7")[0].entry == "P7"
    load.cache_clear()
