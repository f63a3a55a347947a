"""Nothing in the mouth of somebody who did not say it: invented sentences that misled the rules."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.actors import actors
from kg.extraction.statements import StatementAnnotator, statements
from kg.nlp.articles import article_doc
from kg.readers.sections import sections
from kg.records import Article


def claims(nlp: Language, text: str) -> list[tuple[str | None, str]]:
    """Who says what, by name; topics of questions are nobody's claim."""
    doc = nlp(article_doc(nlp, Article("a", "a.txt", text)))
    names = {a.id: a.name for a in actors(doc)}
    return [
        (
            None if s.speaker is None else names[s.speaker],
            " | ".join(span.of(text) for span in s.content),
        )
        for s in statements(doc)
        if not s.topic_only
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Mayor Ivo Berg, asked about the flood in Vik, said nobody was hurt.",
        "Spokesman Ivo Berg, asked whether Peru would send anybody to Lima, said nobody was hurt.",
        "Mayor Ivo Berg, told of this by an aide, said nobody was hurt.",
        "Mayor Ivo Berg, told that the dam had burst, said nobody was hurt.",
    ],
)
def test_who_is_asked_or_told_between_commas_says_only_the_answer(nlp: Language, text: str) -> None:
    assert claims(nlp, text) == [("Ivo Berg", "nobody was hurt")]


def test_what_an_apposition_parts_from_its_verb_is_said(nlp: Language) -> None:
    (claim,) = claims(nlp, "Ivo Berg, the mayor, told reporters that the dam was dead.")
    assert claim == ("Ivo Berg", "that the dam was dead")


def test_who_is_quoted_by_an_agency_between_commas_speaks(nlp: Language) -> None:
    text = "Ivo Berg, quoted by Interfax as saying the dam was safe, flew home."
    assert claims(nlp, text) == [("Ivo Berg", "the dam was safe")]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Norway, whose minister had warned Sweden, said it would wait.",
            ("Norway", "it would wait"),
        ),
        (
            "Two people said to be guards were hurt. Peru denied the report.",
            ("Peru", "the report"),
        ),
    ],
)
def test_what_is_told_of_somebody_is_not_said_by_him(
    nlp: Language, text: str, claim: tuple[str, str]
) -> None:
    assert claims(nlp, text) == [claim]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Belgium, said Ana Ruiz, the mayor of Vik, will soon send boats.",
            [("Ana Ruiz", "Belgium | will soon send boats")],
        ),
        (
            "Belgium, said an aide close to its king, had refused to sign.",
            [(None, "Belgium | had refused to sign"), ("Belgium", "to sign")],
        ),
        (
            "In Vik, said Ana Ruiz, nobody had seen a boat.",
            [("Ana Ruiz", "In Vik | nobody had seen a boat")],
        ),
        (
            "Norway, says Peru, will pay; Chile, says Norway, will not.",
            [("Peru", "Norway | will pay"), ("Norway", "Chile | will not")],
        ),
    ],
)
def test_who_is_set_between_subject_and_verb_speaks(
    nlp: Language, text: str, expected: list[tuple[str | None, str]]
) -> None:
    assert claims(nlp, text) == expected


def test_given_names_tell_whom_he_and_she_take_up(nlp: Language) -> None:
    text = (
        "Mayor Dimitar Lukov said the bridge was safe. The opposition leader, Radka Mihova, "
        "replied that his own engineers had shut it. He had, she said, hidden the letter."
    )
    assert claims(nlp, text)[-1] == ("Radka Mihova", "He had | hidden the letter")


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz promised nothing. Peru denied the report.",
        "Ana Ruiz made no promise and announced nothing new. Peru denied the report.",
        "Ana Ruiz said nothing about the raid. Peru denied the report.",
        "Ana Ruiz has never refused an invitation. Peru denied the report.",
        "Chile has not accused Norway of lying. Peru denied the report.",
        "Ana Ruiz did not say what the plan would cost. Peru denied the report.",
    ],
)
def test_what_is_not_said_or_done_in_words_is_nobodys_claim(nlp: Language, text: str) -> None:
    assert claims(nlp, text) == [("Peru", "the report")]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Ana Ruiz would not promise to stay.", ("Ana Ruiz", "to stay")),
        ("Peru has not ruled out talks.", ("Peru", "talks")),
        ("Peru said nobody had promised anything.", ("Peru", "nobody had promised anything")),
    ],
)
def test_what_one_will_not_do_or_leaves_open_is_a_claim(
    nlp: Language, text: str, expected: tuple[str, str]
) -> None:
    assert claims(nlp, text)[0] == expected


@pytest.mark.parametrize(
    "text",
    [
        "Ana Ruiz told aides, according to Channel 12, that she would go.",
        "Ana Ruiz told aides, according to the news agency Belta, that she would go.",
    ],
)
def test_a_medium_named_before_the_clause_only_relays_it(nlp: Language, text: str) -> None:
    assert claims(nlp, text) == [("Ana Ruiz", "that she would go")]


def test_a_clause_behind_the_deed_that_is_blamed_is_no_content_of_its_own(nlp: Language) -> None:
    text = "Greece accused Turkey of sending a ship into waters south of Rhodes that Athens claims."
    (claim,) = claims(nlp, text)
    assert claim[1].startswith("Turkey of sending a ship into waters south of Rhodes")


def test_fire_from_guns_is_no_speech(nlp: Language) -> None:
    (claim,) = claims(nlp, "Ukraine said Russia had fired 120 drones of its own.")
    assert claim == ("Ukraine", "Russia had fired 120 drones of its own")


def test_content_ends_at_a_colon_behind_which_another_speaks(nlp: Language) -> None:
    text = "The bank rejected the charge: its director, Ivo Berg, said the vault was full."
    assert claims(nlp, text) == [(None, "the charge"), ("Ivo Berg", "the vault was full")]


def test_one_of_several_may_be_named_behind_the_verb(nlp: Language) -> None:
    text = "The guards stayed. Said one of them, Okello Odongo: “We keep the gate, they the key.”"
    assert claims(nlp, text) == [("Okello Odongo", "“We keep the gate, they the key.”")]


def test_it_is_nobody_when_a_body_that_is_not_known_spoke_last(nlp: Language) -> None:
    text = (
        "Peru’s army said the road was open. The village council promised a reply. "
        "It said the road was mined."
    )
    assert claims(nlp, text)[-1] == (None, "the road was mined")


def test_she_is_nobody_when_a_woman_who_is_not_known_spoke_last(nlp: Language) -> None:
    text = (
        "President Mariama Keita was at home, an aide said. A neighbour, a teacher, doubted it: "
        "“Nobody has seen her,” she said."
    )
    assert claims(nlp, text)[-1] == (None, "“Nobody has seen her,”")


def test_a_name_beside_the_subject_is_taken_up_before_an_earlier_subject(nlp: Language) -> None:
    text = (
        "Prime Minister Tamim Hadi said much had been done. His spokesman, Majed Ansari, was "
        "careful. Much, he said, was not all."
    )
    assert claims(nlp, text)[-1] == ("Majed Ansari", "Much | was not all")


def test_soldiers_in_a_headline_are_not_those_of_an_army_told_of_later(nlp: Language) -> None:
    text = (
        "Soldiers say they have seized power\n\nDABELO, Aug. 19 (Sahara News) - Shots were heard "
        "in Dabelo on Monday.\n\nThe French army said its men had stayed in their camp."
    )
    doc = nlp(article_doc(nlp, Article("a", "a.txt", text, sections=sections(text))))
    assert [s.speaker for s in statements(doc)] == [None, "FRA-ARMED-FORCES"]


def parts(line: str) -> list[str]:
    return line.split()


def test_who_is_asked_before_the_speaker_is_no_speaker() -> None:
    doc = Doc(
        English().vocab,
        words=parts("Asked by Radio Vik , a man said : “ We stay . ”"),
        tags=parts("VBN IN NNP NNP , DT NN VBD : `` PRP VBP . ''"),
        pos=parts("VERB ADP PROPN PROPN PUNCT DET NOUN VERB PUNCT PUNCT PRON VERB PUNCT PUNCT"),
        lemmas=parts("ask by Radio Vik , a man say : “ we stay . ”"),
        heads=[0, 3, 3, 0, 0, 6, 0, 6, 11, 11, 11, 7, 11, 11],
        deps=parts(
            "ROOT case compound obl:agent punct det nsubj:pass acl:relcl punct punct nsubj ccomp "
            "punct punct"
        ),
    )
    (statement,) = statements(StatementAnnotator()(doc))
    assert [span.of(doc.text) for span in statement.source] == ["a man"]


def test_she_is_who_is_known_to_be_a_woman_before_an_unnamed_official(nlp: Language) -> None:
    text = (
        "Mayor Ana Reyes said the tea was bitter. The secretary general of the OAS rang Reyes on "
        "Thursday. She told him that she would run."
    )
    assert claims(nlp, text)[-1] == ("Ana Reyes", "that she would run")


def test_she_of_a_quotation_is_not_a_woman_told_of_before_somebody_unknown(nlp: Language) -> None:
    text = (
        "Judge Radka Ilieva rose from her chair. Lawyer Stoyan Mihov later told reporters that "
        "his client was relieved. “She said to me, ‘at last,’” he said."
    )
    assert ("Radka Ilieva", "‘at last,’") not in claims(nlp, text)


def test_who_replies_is_not_who_has_just_spoken(nlp: Language) -> None:
    text = (
        "The governor, Vesna Koren, stayed. Her rival, Anze Logar, called the governor a monument "
        "to herself. She replied that monuments at least stand still."
    )
    assert claims(nlp, text)[-1] == ("Vesna Koren", "that monuments at least stand still")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Spokesman Radu Sava said that the ministry was checking the claims; the Moldovan army "
            "said that it was not.",
            ("Armed forces of Moldova", "that it was not"),
        ),
        ("China, which sells arms to both, called for restraint.", ("China", "restraint")),
        (
            "China, which sells arms to both, called for calm; its minister, Luo Wen, said the "
            "past was to blame.",
            ("Luo Wen", "the past was to blame"),
        ),
        (
            "Olga Bordeianu was less kind. Ilieva, she wrote on Facebook, had sold her house.",
            ("Olga Bordeianu", "Ilieva | had sold her house"),
        ),
    ],
)
def test_who_speaks_is_found_beside_clauses_and_places(
    nlp: Language, text: str, expected: tuple[str, str]
) -> None:
    assert claims(nlp, text)[-1] == expected


def test_who_decides_what_is_done_has_said_nothing(nlp: Language) -> None:
    text = "For years Marta Ilieva decided what the guards wore. Peru denied the report."
    assert claims(nlp, text) == [("Peru", "the report")]


@pytest.mark.parametrize(
    ("text", "speakers"),
    [
        (
            "Peru signed it, with Ivo Berg hailing the truce and Ana Ruiz calling it a trap.",
            ["Ivo Berg", "Ana Ruiz"],
        ),
        (
            "Peru signed it, with Lima hailing the truce and La Paz accusing the army of lying.",
            ["Peru", "Bolivia"],
        ),
    ],
)
def test_each_participle_under_with_has_its_own_speaker(
    nlp: Language, text: str, speakers: list[str]
) -> None:
    assert [who for who, _ in claims(nlp, text)] == speakers


def test_who_is_briefed_behind_a_comma_does_not_speak(nlp: Language) -> None:
    text = (
        "The U.N. envoy, Ana Ruiz, whom Abdel Omar al-Burhan has asked the United Nations to "
        "replace, briefed the Security Council last week."
    )
    assert [who for who, _ in claims(nlp, text)] == ["Abdel Omar al-Burhan"]


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Norway denied arming the guards, as Sweden had alleged.",
            ("Norway", "arming the guards"),
        ),
        ("As Ivo Berg put it on Friday, the dam is dead.", ("Ivo Berg", "the dam is dead")),
        ("Australia expressed concern.", ("Australia", "concern")),
        ("Speaking on behalf of the six members, Peru urged calm.", ("Peru", "calm")),
    ],
)
def test_idioms_of_saying_give_one_claim(nlp: Language, text: str, claim: tuple[str, str]) -> None:
    doc = nlp(article_doc(nlp, Article("a", "a.txt", text)))
    assert len(statements(doc)) == 1
    assert claims(nlp, text) == [claim]


def test_what_was_ever_agreed_is_nobodys_claim(nlp: Language) -> None:
    text = "A truce began, the longest ever agreed with what is called the last gang in Peru."
    assert claims(nlp, text) == []


def test_what_an_official_calls_remarks_in_marks_is_a_claim(nlp: Language) -> None:
    text = (
        "The ministry of Peru regretted the remarks, which an official, who asked not to be "
        "named, called “below the level of comment”."
    )
    assert (None, "which | “below the level of comment”") in claims(nlp, text)


@pytest.mark.parametrize(
    ("title", "speakers"),
    [
        ("Colombia, ELN rebels announce bilateral truce", ("Colombia", "ELN")),
        ("US, China urge restraint after clashes", ("United States", "China")),
        ("Calm returns to Lima, Norway urges caution at sea", ("Norway",)),
        ("Interview with Dmitry Peskov: “There is no deal”", ("Dmitry Peskov",)),
        ("“There is no deal”: Interview with Dmitry Peskov", ("Dmitry Peskov",)),
    ],
)
def test_who_speaks_in_a_headline_of_two_or_an_interview(
    nlp: Language, title: str, speakers: tuple[str, ...]
) -> None:
    text = f"{title}\n\nLIMA, March 3, 2023 (Wire) - The weather was fine.\n\nIt rained.\n"
    doc = nlp(article_doc(nlp, Article("a", "a.txt", text, sections=sections(text))))
    names = {a.id: a.name for a in actors(doc)}
    (said,) = statements(doc)
    assert tuple(names[a] for a in (said.speaker, *said.co_speakers) if a) == speakers


@pytest.mark.parametrize(
    ("text", "claim"),
    [
        (
            "Party leader Ivo Berg promised his party would vote for it.",
            ("Ivo Berg", "his party would vote for it"),
        ),
        (
            "Mayor Ivo Berg, quoting her post, answered that the dam was safe.",
            ("Ivo Berg", "that the dam was safe"),
        ),
    ],
)
def test_what_is_promised_has_its_subject_and_what_is_cited_is_no_claim(
    nlp: Language, text: str, claim: tuple[str, str]
) -> None:
    assert claims(nlp, text) == [claim]


def test_an_hour_before_a_headline_is_no_part_of_it(nlp: Language) -> None:
    text = (
        "Dam live: water rises\n\n14:05 - Ana Ruiz: the dam must hold\n\nIt rained in Lima all "
        "day.\n\n13:10 - Norway calls on Sweden to wait\n\nThe ships were late.\n"
    )
    doc = nlp(article_doc(nlp, Article("a", "a.txt", text, sections=sections(text))))
    names = {a.id: a.name for a in actors(doc)}
    said = [(names.get(s.speaker or ""), s.content[0].of(text)) for s in statements(doc)]
    assert said == [("Ana Ruiz", "the dam must hold"), ("Norway", "Sweden to wait")]


def test_it_is_not_the_body_that_its_clause_describes(nlp: Language) -> None:
    text = (
        "The Kremlin wants the bank back. The European Union, which it accuses of hiding behind "
        "rules, has offered another."
    )
    assert "European Union" not in {who for who, _ in claims(nlp, text)}


def test_who_closes_a_claim_is_no_state_named_in_passing(nlp: Language) -> None:
    text = (
        "Chile's navy blamed Peru. The Peruvian boat “had come too close”, it said in a statement."
    )
    assert claims(nlp, text)[-1][0] == "Navy of Chile"


def test_they_who_call_it_so_are_the_subject_around(nlp: Language) -> None:
    text = (
        "Peru's fishermen have refused to let in a team from the West, citing what they called an "
        "air of threats."
    )
    assert {who for who, _ in claims(nlp, text)} == {None}


def test_a_surname_that_is_a_nationality_names_the_person(nlp: Language) -> None:
    text = "Envoy Volker Dane called the ban cruel. Dane, in a statement, said it would fail."
    assert claims(nlp, text)[-1] == ("Volker Dane", "it would fail")


def test_who_gives_a_name_as_she_speaks_is_no_as_clause(nlp: Language) -> None:
    text = "In Kabul, a nurse who gave her name only as Shabana told AFP she was poor."
    (claim,) = claims(nlp, text)
    assert claim[1] == "she was poor"


def test_the_official_is_who_has_spoken_not_who_is_named_in_the_quotation(nlp: Language) -> None:
    text = (
        "The pact was signed by Peru's top security official, Ada Vidal. A senior Peruvian "
        "security official said it was late. “That is why Vidal came,” the official said."
    )
    assert claims(nlp, text)[-1] == (None, "“That is why Vidal came,”")


@pytest.mark.parametrize(
    ("text", "speaker"),
    [
        (
            "Azerbaijan struck Armenia. The Defense Ministry in Yerevan said nobody was hurt.",
            "Ministry of Defence of Armenia",
        ),
        (
            "Russia struck Ukraine on Monday. The government in Kyiv said nobody was hurt.",
            "Government of Ukraine",
        ),
    ],
)
def test_a_body_in_a_capital_is_its_state_s(nlp: Language, text: str, speaker: str) -> None:
    assert claims(nlp, text)[-1] == (speaker, "nobody was hurt")


def test_a_ministry_s_counterpart_is_a_ministry(nlp: Language) -> None:
    text = (
        "Odesa governor Oleh Kiper wrote that it was calm. Russia's defence ministry reported that "
        "drones had been shot down. The ministry's Ukrainian counterpart said nobody was hurt."
    )
    assert claims(nlp, text)[-1] == ("Ministry of Defence of Ukraine", "nobody was hurt")


def test_who_tells_somebody_something_else_does_not_voice_what_his_state_says(
    nlp: Language,
) -> None:
    text = (
        "Peru denies arming the rebels. Peruvian Foreign Minister Ada Vidal told Chile to stop "
        "meddling."
    )
    doc = nlp(article_doc(nlp, Article("a", "a.txt", text)))
    assert [s.voiced_by for s in statements(doc)] == [None, None]
