from __future__ import annotations

import json
from pathlib import Path

import pytest

from kg.errors import GazetteerError
from kg.records import Interval
from kg.resolve import gazetteer, instruments
from kg.resolve.instruments import Instruments

HEAD = """
@prefix agreement: <https://w3id.org/newskg/agreement/> .
@prefix actor: <https://w3id.org/newskg/actor/> .
@prefix kg: <https://w3id.org/newskg/ontology#> .
@prefix skos: <http://www.w3.org/2004/02/skos/core#> .
@prefix dcterms: <http://purl.org/dc/terms/> .
@prefix xsd: <http://www.w3.org/2001/XMLSchema#> .
"""


def ids(found: tuple[instruments.Instrument, ...]) -> list[str]:
    return [item.id for item in found]


def day(text: str) -> Interval:
    return Interval(text, text, "day")


def user_file(folder: Path, body: str) -> str:
    path = folder / "mine.ttl"
    path.write_text(HEAD + body, encoding="utf-8")
    return str(path)


@pytest.fixture(scope="module")
def registry() -> Instruments:
    return instruments.load()


def test_the_shipped_registry_is_sound(registry: Instruments) -> None:
    assert instruments.validate() == []
    assert len(registry.by_id) > 100
    known = gazetteer.load().entries
    strangers = {p for i in registry.by_id.values() for p in i.participants} - set(known)
    assert strangers == set()


def test_the_trilateral_statements_are_there_with_their_facts(registry: Instruments) -> None:
    first = registry.by_id["trilateral-statement-2020-11-09"]
    assert first.made == day("2020-11-09") and first.in_force_from == "2020-11-10"
    assert first.parties == ("ARM", "AZE", "RUS") and first.identifiers == ("PA-X 2324",)
    assert len(first.provisions) == 8 and first.sources
    years = [i for i in registry.by_id if i.startswith("trilateral-statement-")]
    assert len(years) == 4


def test_parties_and_years_find_all_that_fit(registry: Instruments) -> None:
    found = registry.candidates(
        "joint_statement", ["RUS", "ARM", "AZE"], Interval("2020-01-01", "2021-12-31", "year")
    )
    assert ids(found) == [
        "trilateral-statement-2020-11-09",
        "trilateral-statement-2021-01-11",
        "trilateral-statement-2021-11-26",
    ]


def test_one_day_apart_is_the_same_night(registry: Instruments) -> None:
    found = registry.candidates(None, ["ARM", "AZE"], day("2020-11-10"))
    assert ids(found) == ["trilateral-statement-2020-11-09"]
    assert registry.candidates(None, ["ARM", "AZE"], day("2020-11-12")) == ()


def test_nothing_is_linked_by_name_alone(registry: Instruments) -> None:
    assert registry.candidates(name="Algiers Agreement") == ()
    assert registry.candidates(name="Algiers Agreement", parties=["FRA"]) == ()


def test_a_party_or_a_date_decides_between_namesakes(registry: Instruments) -> None:
    assert ids(registry.candidates(name="Algiers Agreement", parties=["ERI"])) == [
        "algiers-agreement-2000"
    ]
    assert ids(
        registry.candidates(
            name="the Algiers agreement", made=Interval("1975-01-01", "1975-12-31", "year")
        )
    ) == ["algiers-agreement-1975"]


def test_several_that_fit_are_all_kept(registry: Instruments) -> None:
    found = registry.candidates(name="Arusha Accords", parties=["RWA", "BDI"])
    assert ids(found) == ["arusha-accords-1993", "arusha-agreement-2000"]


def test_a_date_alone_or_one_party_links_nothing(registry: Instruments) -> None:
    assert registry.candidates(made=day("1995-12-14")) == ()
    assert registry.candidates(parties=["BIH"], made=day("1995-12-14")) == ()
    assert registry.candidates(parties=["BIH", "HRV"]) == ()


def test_a_name_that_contradicts_the_date_does_not_fit(registry: Instruments) -> None:
    made = Interval("2005-01-01", "2005-12-31", "year")
    assert registry.candidates(name="Dayton Accords", parties=["BIH"], made=made) == ()


@pytest.mark.parametrize("name", ["Minsk Agreements", "minsk agreements", "the Minsk accords"])
def test_names_are_found_whatever_their_case_and_article(registry: Instruments, name: str) -> None:
    assert ids(registry.named(name)) == ["minsk-agreements"]


def test_a_user_file_adds_and_replaces(tmp_path: Path) -> None:
    path = user_file(
        tmp_path,
        """
        agreement:pact-of-arnor-3019 a kg:PeaceTreaty ; skos:prefLabel "Pact of Arnor"@en ;
            kg:madeFrom "2019-03-25"^^xsd:date ; kg:party actor:FRA, actor:ITA .
        agreement:new-start-2010 a kg:Treaty ; skos:prefLabel "New START"@en .
        """,
    )
    mine = instruments.load((path,))
    assert mine.by_id["pact-of-arnor-3019"].made == day("2019-03-25")
    assert mine.by_id["new-start-2010"].parties == ()
    assert instruments.validate([path]) == []


@pytest.mark.parametrize(
    ("body", "reason"),
    [
        ('agreement:x skos:prefLabel "X"@en .', "no class of agreement"),
        ("agreement:x a kg:Treaty .", "no skos:prefLabel"),
        ('agreement:x a kg:Treaty ; skos:prefLabel "…" .', "has no letters"),
        (
            'agreement:x a kg:Treaty ; skos:prefLabel "X" ; kg:madeFrom "2019-02-30"^^xsd:date .',
            "is no date",
        ),
        (
            'agreement:x a kg:Treaty ; skos:prefLabel "X" ; kg:madeFrom "2019-02-03" ; '
            'kg:madeUntil "2018-01-01" .',
            "lies before",
        ),
        (
            'agreement:x a kg:AgreementSet ; skos:prefLabel "X" ; dcterms:hasPart agreement:y .',
            "is not described",
        ),
        ("agreement:x a kg:Treaty ;", "not Turtle"),
        ('agreement:x_y a kg:Treaty ; skos:prefLabel "X" .', "letters, digits and hyphens"),
        ('agreement:x a kg:Treaty ; skos:prefLabel "X" ; kg:party [] .', "blank nodes"),
    ],
)
def test_a_wrong_file_is_refused_with_the_reason(tmp_path: Path, body: str, reason: str) -> None:
    path = user_file(tmp_path, body)
    assert any(reason in problem for problem in instruments.validate([path]))
    with pytest.raises(GazetteerError, match=reason):
        instruments.load((path,))


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    path = str(tmp_path / "none.ttl")
    with pytest.raises(GazetteerError, match=r"none\.ttl"):
        instruments.load((path,))


def test_every_shipped_instrument_names_a_page_where_it_can_be_checked(
    registry: Instruments,
) -> None:
    for item in registry.by_id.values():
        pages = (*item.sources, *item.to_check)
        assert pages, item.id
        assert all(page.startswith("https://") for page in pages), item.id


def test_what_was_compiled_from_memory_claims_no_source(registry: Instruments) -> None:
    checked = {item.id for item in registry.by_id.values() if item.sources}
    assert checked == {
        "trilateral-statement-2020-11-09",
        "trilateral-statement-2021-01-11",
        "trilateral-statement-2021-11-26",
        "trilateral-statement-2022-10-31",
        "prague-statement-2022-10-06",
    }
    assert all(item.to_check for item in registry.by_id.values() if item.id not in checked)


def test_the_facts_of_the_research_are_those_of_the_registry(
    registry: Instruments, shared: Path
) -> None:
    text = (shared / "research" / "reference_facts.json").read_text(encoding="utf-8")
    told = {d.get("signed") or d["date"]: d for d in json.loads(text)["documents"]}
    ours = {i.made.start: i for i in registry.by_id.values() if i.sources and i.made}
    assert set(told) == set(ours)
    for day, document in told.items():
        if "pax" in document:
            assert ours[day].identifiers == (f"PA-X {document['pax']['id']}",)
            assert set(ours[day].parties) == {"ARM", "AZE", "RUS"}
            assert set(document["signatories"]) == {
                "Ilham Aliyev",
                "Nikol Pashinyan",
                "Vladimir Putin",
            }
