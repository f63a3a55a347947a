"""Actors and places in sentences of many states, and what records and layer promise."""

from __future__ import annotations

import pytest
from actor_marks import HERE, Marked, cases, core, found, ids, pipeline, read

from kg.errors import MissingAnnotation
from kg.extraction.actor_lexicon import titles
from kg.extraction.actors import actors, places
from kg.nlp.articles import article_doc
from kg.records import Actor, Article, Section, TextSpan

SENTENCES = cases(HERE / "actor_sentences.txt")


def by_id(text: str, **options: str | None) -> dict[str, Actor]:
    return {a.id: a for a in actors(read(text, **options))}  # type: ignore[arg-type]


def test_there_are_many_sentences() -> None:
    assert len(SENTENCES) >= 60
    assert len({i[:3] for case in SENTENCES for _, i in case.marks if i[:3].isupper()}) >= 60


@pytest.mark.parametrize("case", SENTENCES, ids=lambda case: case.text[:40])
def test_words_mean_the_actor_or_place_that_is_marked(case: Marked) -> None:
    mentions = found(read(case.text))
    wanted = {(s.of(case.text), core(case.text, s)): i for s, i in case.marks}
    got = {key: mentions.get(key[1], "-") for key in wanted}
    assert got == wanted


def test_spans_cut_the_words_they_claim() -> None:
    text = "🙂 Kyiv’s army, said “Le Monde”, left Côte d’Ivoire. Türkiye’s Erdoğan agreed."
    doc = read(text)
    for actor in actors(doc):
        for mention in actor.mentions:
            words = mention.span.of(text)
            assert words == words.strip()
            assert words
    assert found(doc)


@pytest.mark.parametrize(
    "text",
    [
        "",
        " \n ",
        "\n\n\n",
        "…",
        "Президент сказал, что",
        "A",
        "'s",
        "of the the of",
        "- - the -",
        "US",
    ],
)
def test_odd_texts_give_no_error(text: str) -> None:
    assert isinstance(actors(read(text)), tuple)


def test_a_doc_without_the_layer_says_which_component_is_missing() -> None:
    doc = pipeline().make_doc("Kyiv said no.")
    with pytest.raises(MissingAnnotation, match="kg_actors"):
        actors(doc)


def test_the_layer_survives_bytes() -> None:
    doc = read("Kyiv accused Moscow of shelling Kherson.")
    again = type(doc)(doc.vocab).from_bytes(doc.to_bytes())
    assert actors(again) == actors(doc)
    assert places(again) == places(doc)


def test_two_runs_agree() -> None:
    nlp = pipeline()
    texts = [case.text for case in SENTENCES[:20]]
    docs = [article_doc(nlp, Article("a", "a", t, published="2023-09-19")) for t in texts]
    again = [article_doc(nlp, Article("a", "a", t, published="2023-09-19")) for t in texts]
    assert [actors(d) for d in nlp.pipe(docs)] == [actors(d) for d in nlp.pipe(again)]


def test_a_bodys_state_is_in_the_cast_though_only_its_capital_is_named() -> None:
    found_actors = by_id("Vilnius's foreign ministry protested.")
    assert found_actors["LTU-MFA"].part_of == "LTU"
    assert found_actors["LTU-MFA"].country == "LTU"
    assert found_actors["LTU"].type == "state"


def test_a_title_before_a_name_is_a_role_and_no_mention() -> None:
    text = "Latvian Foreign Minister Baiba Braze met reporters."
    person = by_id(text)["person-baiba-braze"]
    assert [(r.role, r.of, r.on) for r in person.roles] == [
        ("foreign minister", "LVA", "2023-09-19")
    ]
    assert [m.span.of(text) for m in person.mentions] == ["Baiba Braze"]
    assert person.country == "LVA"


def test_a_role_told_behind_the_name_is_kept_with_its_words() -> None:
    text = "Edda Quist, Icelandic ambassador-at-large, declined."
    role = by_id(text)["person-edda-quist"].roles[0]
    assert (role.role, role.of, role.basis) == ("ambassador-at-large", "ISL", "text")
    assert role.span is not None
    assert role.span.of(text) == "Icelandic ambassador-at-large"


def test_a_former_office_is_no_role_on_the_day() -> None:
    assert by_id("Former Estonian president Ivo Tamm spoke.")["person-ivo-tamm"].roles == ()


def test_a_relative_clause_tells_a_role() -> None:
    person = by_id("Ivo Tamm, who chairs the OSCE, left early.")["person-ivo-tamm"]
    assert [(r.role, r.of) for r in person.roles] == [("chair", "OSCE")]


def test_an_office_is_resolved_by_the_day_of_the_article() -> None:
    sentence = "The Kremlin spokesman declined to comment."
    assert ids(sentence, "Kremlin spokesman") == "dmitry-peskov"
    unnamed = ids(sentence, "Kremlin spokesman", day="2005-01-01")
    assert unnamed == "holder-RUS-KREMLIN-spokesperson"


def test_ids_hold_letters_digits_and_hyphens_only() -> None:
    for case in SENTENCES:
        doc = read(case.text)
        names = [a.id for a in actors(doc)] + [p.id for p in places(doc)]
        assert all(i.replace("-", "").isalnum() and i.isascii() for i in names), names


def test_wikidata_ids_come_from_the_gazetteer() -> None:
    assert by_id("Russia agreed.")["RUS"].same_as == ("http://www.wikidata.org/entity/Q159",)


def test_an_unlisted_organisation_is_one_with_its_acronym() -> None:
    text = "The Zorvian Relief Network (ZRN) said aid was blocked. The ZRN called for calm."
    organizations = [a for a in actors(read(text)) if a.id.startswith("organization-")]
    assert len(organizations) <= 1


def roles(text: str, person: str) -> list[tuple[str, str]]:
    return [(r.role, r.of) for r in by_id(text)[person].roles]


@pytest.mark.parametrize(
    ("text", "person", "expected"),
    [
        # the title's owner is the body beside it, not what somebody speaks of
        ('The Omani government waited. "The UN is late," government spokesman Ali Said said.',
         "person-ali-said", [("spokesperson", "OMN-GOVERNMENT")]),
        ("The UNIFIL mission waited. The mission's chief, Major General Hanne Berg, slept.",
         "person-hanne-berg", [("head", "UNIFIL")]),
        ("KFOR commander Major General Aldo Brenta slept.", "person-aldo-brenta",
         [("commander", "KFOR")]),
        ("The government of Colombia waited. Chief government negotiator Ada Vidal slept.",
         "person-ada-vidal", [("negotiator", "COL-GOVERNMENT")]),
        ("The ELN waited. Rebel commander Tulio Marquina slept.", "person-tulio-marquina",
         [("commander", "ELN")]),
        ("A senior Hamas official, Taher Nasr, said no.", "person-taher-nasr",
         [("official", "HAMAS")]),
        ("In Geneva, U.S. Special Envoy for Sudan Tom Harker slept.", "person-tom-harker",
         [("envoy", "USA")]),
        # a name beside an office, whatever stands between or before
        ("The U.S. ambassador to Peru, Ada Vidal, slept.", "person-ada-vidal",
         [("ambassador", "USA")]),
        ("The ECOWAS bloc met. Ivo Paz, the bloc's commissioner for trade, slept.",
         "person-ivo-paz", [("commissioner", "ECOWAS")]),
        ("The bloc NATO met. Its envoy, Kenya's former president Ada Vidal, slept.",
         "person-ada-vidal", [("envoy", "NATO")]),
        ("Peru waited. Its deputy ambassador, Ada Vidal, slept.", "person-ada-vidal",
         [("deputy ambassador", "PER")]),
        ("The Wagner group fled. Its acting commander, Ivo Paz, slept.", "person-ivo-paz",
         [("commander", "WAGNER")]),
        ("Ivo Paz, head of Peru's National Water Council, slept.", "person-ivo-paz",
         [("head", "organization-national-water-council")]),
        ("NATO met. Ivo Paz, spokesman for the alliance, slept.", "person-ivo-paz",
         [("spokesperson", "NATO")]),
        ("NATO met. Ivo Paz, who speaks for the alliance, slept.", "person-ivo-paz",
         [("spokesperson", "NATO")]),
        ("Ivo Paz, the banker who leads the ELN, slept.", "person-ivo-paz", [("leader", "ELN")]),
        ("NATO chief Ada Vidal sent her envoy for Peru, Ivo Paz.", "person-ivo-paz",
         [("envoy", "NATO")]),
        ("The ELN shot two Peruvian soldiers; its spokesman, Ivo Paz, slept.", "person-ivo-paz",
         [("spokesperson", "ELN")]),
        ("In breakaway Transnistria, the self-styled president, Ivo Paz, slept. Moldova waited.",
         "person-ivo-paz", [("president", "TRANSNISTRIA")]),
        ("The Renamo party met. Its president, Ivo Paz, slept.", "person-ivo-paz",
         [("president", "RENAMO")]),
        ("Minister of Finance of the Republic of Peru Ada Vidal slept.", "person-ada-vidal",
         [("finance minister", "PER")]),
        ("Peru waited. Ivo Paz, a banker who is now energy minister, slept.",
         "person-ivo-paz", [("energy minister", "PER")]),
        ("Peru waited. The speaker, Moses Paz, slept.", "person-moses-paz", [("speaker", "PER")]),
        # a counterpart has the like office, but elsewhere
        ("Chief Peruvian negotiator Ada Vidal left. Her counterpart, Ivo Paz, slept.",
         "person-ivo-paz", []),
        # no longer, or another's
        ("The Mossad's head of its legal department, Ivo Paz, slept.", "person-ivo-paz", []),
        ("Ivo Paz, until Tuesday the Peruvian army's commander, slept.", "person-ivo-paz", []),
        ("Ivo Paz, the Peruvian prime minister toppled last year, slept.", "person-ivo-paz", []),
        ("Ivo Paz, the Peruvian foreign minister's brother, slept.", "person-ivo-paz", []),
        ("Ivo Paz, the mayor, Colonel Ada Vidal, and the Peruvian envoy met.", "person-ada-vidal",
         []),
        # whoever is met is not of the state of who meets him
        ("Portuguese Defence Minister Ada Vidal spoke after talks with President Ivo Paz.",
         "person-ivo-paz", []),
        ('Peru waited. Peru slept. "Lima treats us badly," said Defence Minister Ivo Paz.',
         "person-ivo-paz", []),
        # a name that speaks just behind an unnamed spokesman is his
        ('An Indian army spokesman denied it. "Never," Rajiv Nambiar said.', "person-rajiv-nambiar",
         [("spokesperson", "IND-ARMED-FORCES")]),
        ('An Indian army spokesman denied it. "Never," Chilean Senator Ada Vidal said.',
         "person-ada-vidal", [("lawmaker", "CHL")]),
    ],
)  # fmt: skip
def test_an_office_is_of_whom_the_text_tells(
    text: str, person: str, expected: list[tuple[str, str]]
) -> None:
    assert roles(text, person) == expected


def test_an_office_and_the_name_beside_it_are_one_person() -> None:
    text = "The U.S. ambassador to Peru, Ada Vidal, slept. Later she left."
    people = {a.id: [m.span.of(text) for m in a.mentions] for a in actors(read(text))}
    assert people["person-ada-vidal"] == ["Ada Vidal", "she"]
    assert not any(i.startswith(("holder-", "one-")) for i in people)


def test_whom_a_text_calls_by_office_first_is_whom_it_names_next() -> None:
    text = "The UN envoy for Peru urged calm on Monday. Ada Vidal told reporters that talks failed."
    found_actors = by_id(text)
    assert [m.span.of(text) for m in found_actors["person-ada-vidal"].mentions] == [
        "UN envoy",
        "Ada Vidal",
    ]
    assert roles(text, "person-ada-vidal") == [("envoy", "UN")]
    stranger = "The UN envoy for Peru urged calm. Ada Vidal, a teacher, told reporters she wept."
    assert roles(stranger, "person-ada-vidal") == []


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("He accused two Central African states of theft.", "Central African", None),
        ("Central African President Ivo Paz slept.", "Central African", "CAF"),
        ("South American leaders met.", "American", None),
        ("Two Malaysian states were flooded.", "Malaysian", "MYS"),
        ("Congolese nations met.", "Congolese", None),
        # what other states have as well
        ("Peru's president dissolved Congress.", "Congress", "PER-PARLIAMENT"),
        ("President Joe Biden spoke to Congress.", "Congress", "USA-PARLIAMENT"),
        ("The Libyan House of Representatives met.", "Libyan House of Representatives",
         "LBY-HOUSE"),
        ("Libya waited. Libya's House of Representatives met. The House of Representatives slept.",
         "House of Representatives", "LBY-HOUSE"),
        # names that a soft hyphen or a joiner cuts
        ("Azer\u00adbai\u00adjan slept.", "Azer\u00adbai\u00adjan", "AZE"),
        ("Ar\u200bme\u200dnian troops slept.", "Ar\u200bme\u200dnian troops",
         "ARM-ARMED-FORCES"),
        ("Nikol Pa\u00adshin\u00adyan slept.", "Nikol Pa\u00adshin\u00adyan",
         "nikol-pashinyan"),
        # names of persons
        ('Rebel leader Attaye ag Elmoctar slept.', "Attaye ag Elmoctar",
         "person-attaye-ag-elmoctar"),
        ("Its acting president, Duwa Lashi La, slept.", "Duwa Lashi La", "person-duwa-lashi-la"),
        ("The chief prosecutor, Tajul Islam, slept.", "Tajul Islam", "person-tajul-islam"),
        ("Army chief General Waker-Uz-Zaman slept.", "Waker-Uz-Zaman", "person-waker-uz-zaman"),
        ("Ivo Paz, a gangster known as Barbecue, slept.", "Barbecue", "person-ivo-paz"),
        ("Ivo Paz called Hyde's plans bold.", "Hyde", "person-hyde"),
        ("A Turkish counterpart, Mullah Ivo Paz, slept.", "Mullah", None),
        # seats
        ("Rebels pulled out before Luanda talks.", "Luanda", "@luanda"),
        ("A ministry official in Ankara slept.", "Ankara", "@ankara"),
        ("New England University slept.", "England", None),
        ("The PACs slept.", "PACs", None),
        # one company by its country
        ("TotalEnergies waited. The French company slept.", "French company",
         "organization-totalenergies"),
    ],
)  # fmt: skip
def test_names_in_context(text: str, words: str, actor: str | None) -> None:
    assert ids(text, words) == actor


def test_the_french_ministry_is_called_a_ministry() -> None:
    ministry = by_id("The Quai d'Orsay slept.")["FRA-MFA"]
    assert "Ministry" in ministry.name


def test_a_name_in_a_headline_ends_with_its_line() -> None:
    text = "Peru asks for premier Vidal\n\nLIMA, Nov 1 (Andes) - Ada Vidal, the premier, slept."
    spans = [m.span.of(text) for m in by_id(text, headline=True)["person-ada-vidal"].mentions]  # type: ignore[arg-type]
    assert spans == ["Vidal", "Ada Vidal"]


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("Ada Vidal, sister of Juan Vidal, spoke. Vidal left.", "Vidal", "ada"),
        ("Ada Vidal came. Juan Vidal left. The elder Vidal wept.", "Vidal", "ada"),
    ],
)
def test_of_two_relatives_the_subject_is_meant_or_whom_age_tells(
    text: str, words: str, actor: str
) -> None:
    assert ids(text, words) == f"person-{actor}-vidal"


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("The White House's press secretary was ill.", "White House's press", None),
        ("Hezbollah struck. The group's military spokesman spoke.", "military", None),
        ("Israel's military spokesman spoke.", "Israel's military", "ISR-ARMED-FORCES"),
        ("Mia Koch called Ivo Berg.", "Ivo Berg", "person-ivo-berg"),
        ("Chilean minister Ivo Berg spoke. His deputy, Ana Paz of Peru, left.", "His deputy", None),
        ("Sen. Ana Paz (D-Conn.) left.", "D-Conn.", None),
        ("M.K. Brel, a mayor, left. He slept.", "M.K. Brel", "person-m-k-brel"),
        ("Agrosvetbank said it would pay.", "Agrosvetbank", "organization-agrosvetbank"),
        ("Tehran-backed fighters fired.", "Tehran", "IRN"),
        ("A man called Ivo Berg met Mia Koch, known as Mimi.", "Mimi", "person-mia-koch"),
    ],
)  # fmt: skip
def test_words_beside_titles_and_names(text: str, words: str, actor: str | None) -> None:
    assert ids(text, words) == actor


def test_who_is_told_with_a_state_is_of_that_state() -> None:
    people = by_id("Norway's Ola Vik and Finnish diplomat Aino Salo met.")
    assert people["person-ola-vik"].country == "NOR"
    people = by_id("Ilham Aliyev and his wife, Mia Koch, left Georgia. Georgia waved.")
    assert people["person-mia-koch"].country == "AZE"


def test_a_deputy_has_an_office_where_the_other_has_one() -> None:
    people = by_id("KFOR commander Ivo Berg left. His deputy, Ana Paz of Peru, stayed.")
    assert [(r.role, r.of) for r in people["person-ana-paz"].roles] == [
        ("deputy commander", "KFOR")
    ]


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("It cited an order from Addis Ababa.", "Addis Ababa", "ETH"),
        ("Mia Koch would take no lessons from Belgrade.", "Belgrade", "SRB"),
        ("A train from Belgrade was late.", "Belgrade", "@belgrade"),
        ("The Itamaraty denied it.", "Itamaraty", "BRA-MFA"),
        ("Asean and Nato agreed.", "Asean", "ASEAN"),
        ("The U.N. High Commissioner for Refugees said no.",
         "U.N. High Commissioner for Refugees", "UNHCR"),
    ],
)  # fmt: skip
def test_seats_and_capitals_stand_for_powers(text: str, words: str, actor: str) -> None:
    assert ids(text, words) == actor


@pytest.mark.parametrize(
    ("text", "at", "actor"),
    [
        ("Ferdinand Marcos Jr. is a son of the late Ferdinand Marcos Sr. in Manila. Marcos spoke.",
         -1, "ferdinand-marcos-jr"),
        ("Ferdinand Marcos Jr. met Ana Paz. The late Ferdinand Marcos Sr. was strict.", -1,
         "person-ferdinand-marcos-sr"),
        ("Ilham Aliyev spoke. His father, Heydar Aliyev, was strict. The elder Aliyev ruled.", -1,
         "person-heydar-aliyev"),
        ("Ilham Aliyev spoke. His father, Heydar Aliyev, was strict. The younger Aliyev spoke.",
         -1, "ilham-aliyev"),
        ("Nagme Paz wept. Her husband, Sorin Paz, was free. To free Mr. Paz was hard.", -1,
         "person-sorin-paz"),
        ("Nagme Paz wept. Her father, Sorin Paz, was free. Paz was glad.", -1,
         "person-nagme-paz"),
        ("Ivan Duque spoke. Another Duque, a mayor, disagreed.", -1, "ivan-duque"),
        ("Hassan Sheikh Mohamud left. Hassan Ali Mohamud, a trader, stayed.", -1,
         "person-hassan-ali-mohamud"),
    ],
)  # fmt: skip
def test_relatives_and_namesakes_stay_apart(text: str, at: int, actor: str) -> None:
    doc = read(text)
    named = sorted((s, i) for s, i in found(doc).items() if s.of(text).split()[-1][0].isupper())
    assert named[at][1] == actor


def test_an_agency_of_the_dateline_is_no_person_and_known_again() -> None:
    text = "LIMA (Andes Desk) - Peru waited. Ada Vidal told Andes Desk that she slept."
    sections = (Section("dateline", TextSpan(0, text.index(" - "))),)
    nlp = pipeline()
    doc = nlp(article_doc(nlp, Article("a", "a", text, sections=sections)))
    medium = next(a for a in actors(doc) if a.id == "organization-andes-desk")
    assert medium.type == "media"
    assert [m.span.start for m in medium.mentions] == [text.rindex("Andes")]


def test_headline_words_make_no_persons() -> None:
    text = "Hard Talks Ahead As Envoys Gather\n\nEnvoys of Peru and Chile gathered in Lima."
    people = [a for a in actors(read(text, headline=True)) if a.type == "person"]
    assert people == []


def test_a_surname_in_a_headline_follows_the_body() -> None:
    text = "Orbach Warns Neighbours\n\nDutch Defence Minister Pim Orbach warned neighbours."
    assert ids(text, "Orbach", headline=True) == "person-pim-orbach"


def test_two_people_of_one_surname_stay_apart() -> None:
    text = "Ana Kovac met Luka Kovac in Zagreb. Luka Kovac left first."
    people = {a.id for a in actors(read(text)) if a.type == "person"}
    assert people == {"person-ana-kovac", "person-luka-kovac"}


def test_confidence_and_rule_explain_each_mention() -> None:
    for actor in actors(read(SENTENCES[0].text)):
        for mention in actor.mentions:
            assert mention.rule
            assert 0 < mention.confidence <= 1


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("Ada Vidal met them. Mrs Vidal spoke. Her husband, Juan Vidal, left.", "Vidal", "ada"),
        ("Ada Vidal met them. Vidal spoke. Later Juan Vidal, a baker, left.", "Vidal", "ada"),
        ("Ada Vidal came with Juan Vidal. Ms Vidal spoke.", "Vidal", "ada"),
        ("Ada Vidal came. Juan Vidal, her brother, left. Vidal drove home.", "Vidal", "juan"),
    ],
)
def test_a_surname_means_who_was_named_last_before_it(text: str, words: str, actor: str) -> None:
    assert ids(text, words) == f"person-{actor}-vidal"


def test_names_in_the_labels_of_turns_are_persons() -> None:
    text = (
        "PRESIDENT MARLOW: We will not sign.\n\n"
        "ADA VIDAL, SPOKESWOMAN FOR THE COURT: The ruling stands.\n\n"
        "QUESTION: Does Marlow agree with Vidal?\n\nMS VIDAL: She does."
    )
    named = {a.id: [m.span.of(text) for m in a.mentions] for a in actors(read(text))}
    assert named["person-marlow"] == ["MARLOW", "Marlow"]
    assert named["person-ada-vidal"][:3] == ["ADA VIDAL", "Vidal", "VIDAL"]
    assert by_id(text)["person-ada-vidal"].name == "Ada Vidal"


def test_a_text_of_capitals_has_no_persons_without_a_label() -> None:
    text = "PAOLA VIDAL SPOKE TO THE COUNCIL ON THE NEW RULES " * 40
    assert not [a for a in actors(read(text)) if a.type == "person"]


def test_on_an_unknown_day_the_office_that_is_told_decides() -> None:
    text = "Taiwan waited. Vice-President Lai Ching-te slept."
    person = by_id(text, day=None)["lai-ching-te"]
    assert [(r.role, r.of) for r in person.roles] == [("vice president", "TWN")]


def test_a_phrase_may_be_asked_for_behind_the_last_word() -> None:
    assert titles().at(["deputy"], 1) is None
    assert read("2021 2021 under deal text 2021 text of Council")


def test_a_minister_is_of_the_country_of_the_story_wherever_talks_are_held() -> None:
    text = (
        "QUITO (Andes Desk) - The Peruvian government and the Shining Path agreed to stop firing, "
        "the longest truce in Peru, its chief negotiator said. Peruvian troops waited.\n\n"
        "The pact says little of ransoms, and Peru frees nobody.\n\n"
        "Brazil, Chile and Ecuador act as guarantors of the talks.\n\n"
        "Defence Minister Juan Vidal said he was glad."
    )
    sections = (Section("dateline", TextSpan(0, text.index(" - "))),)
    nlp = pipeline()
    doc = nlp(article_doc(nlp, Article("a", "a", text, sections=sections)))
    minister = next(a for a in actors(doc) if a.name == "Juan Vidal")
    assert minister.country == "PER"
