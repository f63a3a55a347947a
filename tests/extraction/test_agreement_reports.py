from __future__ import annotations

import pytest
from agreement_marks import Score, reports
from spacy.language import Language

from kg.extraction.agreements import agreements
from kg.nlp.articles import article_doc
from kg.records import Agreement, AgreementStatus, Article, Section, TextSpan


@pytest.fixture(scope="module")
def score(nlp: Language) -> Score:
    total = Score()
    for report in reports():
        total.add(report, agreements(nlp(article_doc(nlp, report.article))))
    return total


@pytest.mark.parametrize(
    ("figure", "floor"),
    [
        ("mentions", 97),
        ("parties", 92),
        ("mediators", 95),
        ("statuses", 92),
        ("types", 95),
        ("dates", 95),
    ],
)
def test_the_agreements_of_invented_reports(score: Score, figure: str, floor: float) -> None:
    assert getattr(score, figure).f1 >= floor, "\n".join(score.errors)


def read(
    nlp: Language, text: str, published: str = "2024-03-14", article: str = "a"
) -> tuple[Agreement, ...]:
    head = text.split("\n\n")[0]
    titled = () if head.endswith(".") else (Section("headline", TextSpan(0, len(head))),)
    source = Article(article, "a.txt", text, published=published, sections=titled)
    return agreements(nlp(article_doc(nlp, source)))


def told(agreement: Agreement) -> dict[str, AgreementStatus]:
    return {s.value: s for s in agreement.status}


@pytest.mark.parametrize(
    "text",
    [
        "Peru accused Chile of breaking the truce that the two countries signed in Lima in May.",
        "Peru accused Chile of breaking the truce, which the two countries signed in Lima in May.",
        "Peru accused Chile of breaking the truce Peru and Chile signed in Lima in May.",
        "A truce was signed in Lima. Peru and Chile would abide by it.",
        "A truce was signed in Lima. Peru and Chile accused each other of breaking the truce.",
        "Peru and Chile are parties to the truce.",
    ],
)
def test_parties_are_found_where_they_sign_keep_or_break_it(nlp: Language, text: str) -> None:
    (truce,) = read(nlp, text)
    assert set(truce.parties) == {"CHL", "PER"}


def test_who_keeps_it_stands_in_the_status(nlp: Language) -> None:
    (truce,) = read(nlp, "The truce is fragile. Chile said that Peru would abide by it.")
    assert told(truce)["invoked"].by == ("PER",)


RETRACTED = (
    "Chile on Wednesday took back its announcement that it had concluded a memorandum with Peru on "
    "copper.\n\n“No memorandum has been signed,” said Chilean Foreign Minister Rosa Vidal.\n\n"
    "Peruvian Foreign Minister Luis Arce insisted that the memorandum stands. It “was signed by "
    "both ministries on 11 March and is binding”, he said."
)


def test_contradicting_claims_stand_side_by_side_on_one_agreement(nlp: Language) -> None:
    (memorandum,) = read(nlp, RETRACTED)
    voices = {(s.value, s.asserted_by) for s in memorandum.status}
    values = {v for v, _ in voices}
    assert {"denied", "signed", "in_force"} == values
    deniers = {who for value, who in voices if value == "denied"}
    keepers = {who for value, who in voices if value == "in_force"}
    assert deniers and keepers and not deniers & keepers
    assert all(s.polarity == "positive" for s in memorandum.status)


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Lima insisted that the truce stands.", "in_force"),
        ("Lima insisted that Chile respect the truce.", "compliance_called_for"),
        ("Lima denied on Monday that it had signed a truce with Chile.", "denied"),
        ("Lima withdrew its claim that it had signed a truce with Chile.", "denied"),
        ("Lima said that no truce existed between Peru and Chile.", "denied"),
        ("Lima urged Brazil to make Chile respect the truce.", "compliance_called_for"),
        ("Peru will return to the truce only if Chile frees the prisoners.", "possible"),
        ("Peru is discussing an extension of the truce with Chile.", "under_negotiation"),
        ("Neither Peru nor Chile has signed the truce.", "denied"),
        ("The truce, mediated by Brazil and signed in May by Peru, is dead.", "ended"),
        ("Peru signed a truce with Chile, but it has been suspended.", "suspended"),
    ],
)
def test_what_surrounds_a_cue_decides(nlp: Language, text: str, value: str) -> None:
    (truce,) = read(nlp, text)
    assert value in told(truce)


def test_what_is_impossible_for_now_is_not_denied(nlp: Language) -> None:
    (treaty,) = read(
        nlp, "Chile said that no treaty with Peru was possible while its sailors were held."
    )
    (status,) = treaty.status
    assert (status.value, status.polarity, status.modality) == (
        "possible",
        "negative",
        "conditional",
    )


ROUND = (
    "Peru, Chile Agree to Exchange Prisoners\n\nPeru and Chile agreed on Thursday to exchange all "
    "prisoners, to reopen the Tacna crossing and to set up a commission.\n\nThe agreement, reached "
    "through the mediation of Norway, will take effect on April 10. “Both delegations have "
    "signed,” a spokesman said. He expected the ceasefire of November to be strengthened."
)


def test_an_agreement_told_of_by_a_verb_is_taken_up_by_a_noun(nlp: Language) -> None:
    agreement, ceasefire = read(nlp, ROUND, "2024-03-29")
    assert (set(agreement.parties), agreement.mediators) == ({"PER", "CHL"}, ("NOR",))
    assert agreement.date is not None and agreement.date.start == "2024-03-28"
    assert [p.text for p in agreement.provisions] == [
        "exchange all prisoners",
        "reopen the Tacna crossing",
        "set up a commission",
    ]
    assert set(told(agreement)) == {"agreed", "in_force", "signed"}
    force = told(agreement)["in_force"]
    assert force.modality == "future"
    assert force.date is not None and force.date.start == "2024-04-10"
    assert [m.span.of(ROUND) for m in agreement.mentions] == ["The agreement"]
    assert ceasefire.date is not None and ceasefire.date.start == "2023-11-01"


def test_consent_to_act_alone_is_no_agreement(nlp: Language) -> None:
    assert read(nlp, "Peru and Chile agreed to exchange all prisoners. The crossing is open.") == ()


def test_agreements_named_after_a_place_share_their_id_across_articles(nlp: Language) -> None:
    texts = (
        "Peru broke the ceasefire that Peru and Chile signed in Oslo in May, the envoy said. The "
        "Oslo truce took effect in June.",
        "The Oslo truce between Chile and Peru holds.",
    )
    found = [read(nlp, text, article=f"a{n}") for n, text in enumerate(texts)]
    assert {a.id for agreements_ in found for a in agreements_} == {"ceasefire-chl-per-oslo"}


def test_different_places_name_different_agreements(nlp: Language) -> None:
    found = read(nlp, "The Oslo truce holds. The Bern truce has collapsed.")
    assert [set(told(a)) for a in found] == [{"in_force"}, {"ended"}]


def test_a_capital_before_the_noun_is_a_place_and_no_party(nlp: Language) -> None:
    (accord,) = read(nlp, "Peru accused Chile of violating the Washington peace accord.")
    assert accord.parties == ("CHL",)


def test_who_mediates_the_talks_of_a_place_mediates_its_truce(nlp: Language) -> None:
    (truce,) = read(
        nlp,
        "Peru and Chile signed the Oslo truce in May.\n\nNorway, which mediated the Oslo talks, "
        "urged both to show restraint.",
    )
    assert truce.mediators == ("NOR",)


def test_mediators_are_not_the_sides_that_sign(nlp: Language) -> None:
    found = read(
        nlp,
        "Norway and Brazil brokered the truce between Peru and Chile. Norway and Brazil said the "
        "two sides had violated the truce.",
    )
    assert [set(a.parties) for a in found] == [{"PER", "CHL"}]
    assert set(found[0].mediators) == {"NOR", "BRA"}


def test_persons_without_a_power_sign_but_are_no_parties(nlp: Language) -> None:
    (memorandum,) = read(
        nlp, "The memorandum between Peru and Chile was signed by Ana Solis and Juan Reyes."
    )
    assert set(memorandum.parties) == {"PER", "CHL"}


def test_a_known_name_is_taken_up_by_its_head(nlp: Language) -> None:
    text = (
        "Russia left the Black Sea Grain Initiative. The initiative, brokered by the United "
        "Nations and Turkey in July 2022, lapsed when the Kremlin refused to extend it."
    )
    (initiative,) = read(nlp, text)
    assert initiative.id == "black-sea-grain-initiative-2022"
    assert initiative.mediators == ("UN", "TUR")
    assert set(told(initiative)) == {"ended", "agreed", "lapsed"}


def test_a_date_of_what_happened_is_kept_with_its_status(nlp: Language) -> None:
    (truce,) = read(nlp, "The truce, which took effect on March 1, was suspended on March 10.")
    days = {s.value: s.date.start for s in truce.status if s.date}
    assert days == {"in_force": "2024-03-01", "suspended": "2024-03-10"}
