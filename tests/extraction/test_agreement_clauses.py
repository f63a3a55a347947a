"""What single clauses tell of an agreement: provisions, statuses, parties; and what they do not."""

from __future__ import annotations

import pytest
from spacy.language import Language

from kg.extraction.agreements import agreements
from kg.nlp.articles import article_doc
from kg.records import Agreement, Article, Section, TextSpan


def read(nlp: Language, text: str) -> tuple[Agreement, ...]:
    article = Article("a", "a.txt", text, published="2024-03-14")
    return agreements(nlp(article_doc(nlp, article)))


@pytest.mark.parametrize(
    ("text", "laid_down"),
    [
        (
            "The treaty forbids tanks near the ridge and lets farmers return.",
            ["forbids tanks near the ridge", "lets farmers return"],
        ),
        (
            "Peru recalled the truce, under which both sides pledged not to shell towns.",
            ["shell towns"],
        ),
        (
            "Under the truce, brokered by Oman, Peru frees prisoners and the port is reopened.",
            ["Peru frees prisoners", "the port is reopened"],
        ),
        (
            "The treaty prohibits the use, production and transfer of such shells.",
            ["prohibits the use, production and transfer of such shells"],
        ),
        (
            "Peru left a treaty that allowed free transit, and it has since shut ports.",
            ["allowed free transit"],
        ),
        (
            "Under the truce, Peru frees two men, a step that Chile had long asked for.",
            ["Peru frees two men"],
        ),
        (
            "The treaty obliges Peru to open its ports and Chile not to tax Bolivia's goods.",
            ["Peru to open its ports", "Chile not to tax Bolivia's goods"],
        ),
        (
            "Under the treaty, Peru will close the camp. In return Chile pledged to lift its ban.",
            ["Peru will close the camp", "Chile pledged to lift its ban"],
        ),
        (
            "Under the truce, Peru and Chile will withdraw, and the port reopens.",
            ["Peru and Chile will withdraw", "the port reopens"],
        ),
        (
            "The treaty obliges Peru to leave and the Chilean army to stay away.",
            ["Peru to leave", "the Chilean army to stay away"],
        ),
        (
            "The Lima pact, the last treaty limiting missiles, expires in May.",
            ["limiting missiles"],
        ),
        ("The treaty bans tanks; Peru signed in May.", ["bans tanks"]),
        (
            "The truce, under which both sides freed captives, holds.",
            ["both sides freed captives"],
        ),
        (
            "The treaty of 1992, which bans tanks near the ridge, still stands.",
            ["bans tanks near the ridge"],
        ),
        (
            "The accord, which grants free transit and which Peru signed, holds.",
            ["grants free transit"],
        ),
        ("The accord has guaranteed free transit since May 1992.", ["guaranteed free transit"]),
        ("The treaty must contain guarantees.", []),
        ("The treaty creates no duties.", []),
    ],
)
def test_what_an_agreement_lays_down(nlp: Language, text: str, laid_down: list[str]) -> None:
    (found,) = read(nlp, text)
    assert [p.text for p in found.provisions] == laid_down


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Chile walked out of the truce with Peru.", "ended"),
        ("The list, which Lima called a breach of the truce, names ten men.", "violated"),
        ("Chile kept its ban, which Lima considers a violation of the truce.", "violated"),
        ("A peace treaty between Peru and Chile is within reach.", "possible"),
        ("Chile said it was ready for a truce provided that Peru left the port.", "possible"),
        ("The accord was negotiated by Peru and Chile.", "agreed"),
        ("Chile's parliament voted to leave the treaty with Peru.", "ended"),
        ("The truce between Peru and Chile has been put on hold.", "suspended"),
        ("The treaty must be renegotiated, a lawmaker in Lima said.", "sought"),
        ("The deal with Peru was thrown out by parliament.", "denied"),
        ("Not a single clause of the treaty has been implemented.", "lapsed"),
    ],
)
def test_how_a_clause_words_a_status(nlp: Language, text: str, value: str) -> None:
    (found,) = read(nlp, text)
    assert value in {s.value for s in found.status}


def test_a_decision_to_leave_is_told_as_future(nlp: Language) -> None:
    (treaty,) = read(nlp, "Chile's parliament voted to leave the treaty with Peru.")
    (ended,) = [s for s in treaty.status if s.value == "ended"]
    assert ended.modality == "future"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("Both parliaments must ratify the treaty.", "sought"),
        ("The treaty, which Peru signed, has yet to be implemented.", "lapsed"),
        ("Rejecting the accord with Peru would cost Chile dear.", "denied"),
        ("A truce without monitors will not last a day.", "in_force"),
        ("His warnings and the truce were ignored.", "violated"),
        ("Only one side abided by the truce.", "in_force"),
        ("Only Peru abided by the ceasefire with Chile.", "in_force"),
        ("Peru alone complied with the treaty.", "in_force"),
        ("The ceasefire was honoured by only one side.", "in_force"),
    ],
)
def test_what_a_clause_does_not_say(nlp: Language, text: str, value: str) -> None:
    assert value not in {s.value for a in read(nlp, text) for s in a.status}


@pytest.mark.parametrize(
    "text",
    [
        "Norway signed the treaty that Peru concluded with Chile.",
        "The treaty, which Peru had signed with Chile and which lapsed in 2019, was renewed.",
        "Peru and Chile are swapping prisoners under a truce.",
        "Peru is in talks with Chile on a peace treaty.",
        "Ana Solis cited the accord, in which Peru and Chile vowed to keep the peace.",
        "The accord, reached in May, obliges Peru to leave and Chile not to return.",
        "Chile stayed calm. Under a defence pact of 2019, Peruvian troops are based in Chile.",
        "Not a word of the Peru-Chile memorandum has been kept.",
    ],
)
def test_partners_are_found_behind_and_before_the_verb(nlp: Language, text: str) -> None:
    (found,) = read(nlp, text)
    assert {"PER", "CHL"} <= set(found.parties)


@pytest.mark.parametrize(
    "text",
    [
        "Peru and Chile signed a truce in May. An earlier truce collapsed within a week.",
        "Peru and Chile endorsed the Oslo Accord. It complements the Paris Agreement.",
        "Peru left the Ottawa Convention. It keeps the Convention on Cluster Munitions.",
        "Peru and Chile signed a memorandum on rail. Peru quit the Black Sea grain deal.",
        "Peru and Chile signed a truce in May. Talks with a gang failed; a truce with it ended.",
        "Peru and Chile signed a treaty on trade. Both uphold the Treaty on Deep Seas.",
        "Peru and Chile signed an agreement. Peru called on Chile to ratify its protocol.",
        "Peru wants an agreement on labour with Chile. Peru froze its protocol on gas with Chile.",
    ],
)
def test_agreements_told_apart(nlp: Language, text: str) -> None:
    assert len(read(nlp, text)) == 2


@pytest.mark.parametrize(
    "before",
    [
        "Peru and Chile signed the Lima Treaty on fish quotas in 1992.",
        "Peru and Chile signed a trade agreement in Lima on Monday.",
    ],
)
def test_a_peace_agreement_is_not_one_on_trade(nlp: Language, before: str) -> None:
    assert len(read(nlp, f"{before}\nThe peace agreement was broken by rebels.")) == 2


def test_a_treaty_without_topic_may_be_a_peace_agreement(nlp: Language) -> None:
    text = "Peru and Chile signed the Lima Treaty in 1992.\nThe peace agreement was broken."
    (found,) = read(nlp, text)
    assert len(found.mentions) == 2


@pytest.mark.parametrize(
    "text",
    [
        "The Historic Pact coalition lost the vote in Lima.",
        "Protesters in Lima burnt a Honda Accord.",
        "The company signed a contract with a hospital in Lima.",
    ],
)
def test_other_things_of_the_name(nlp: Language, text: str) -> None:
    assert read(nlp, text) == ()


def test_the_state_beside_rebels_is_theirs(nlp: Language) -> None:
    text = "Colombia is at peace. A peace accord between the state and the FARC ended the war."
    (accord,) = read(nlp, text)
    assert set(accord.parties) == {"COL", "FARC"}


@pytest.mark.parametrize("mediating", ["a U.N.-brokered truce", "a truce mediated by the U.N."])
def test_a_mediator_joined_by_a_hyphen_is_no_party(nlp: Language, mediating: str) -> None:
    (truce,) = read(nlp, f"Peru and Chile signed {mediating}.")
    assert (set(truce.parties), truce.mediators) == ({"PER", "CHL"}, ("UN",))


def test_who_helped_a_mediator_mediated(nlp: Language) -> None:
    (truce,) = read(nlp, "The truce was mediated by Togo with help from Benin and Ghana.")
    assert truce.mediators == ("TGO", "BEN", "GHA")


def test_an_army_in_the_name_stands_for_its_state(nlp: Language) -> None:
    text = "The pact between Kenya and the British army binds Britain. Britain signed the pact."
    (pact,) = read(nlp, text)
    assert set(pact.parties) == {"GBR", "KEN"}


def test_one_instrument_under_two_of_its_names(nlp: Language) -> None:
    text = "Ethiopia and the TPLF signed the Pretoria deal. The Pretoria accord has held since."
    (found,) = read(nlp, text)
    assert len(found.mentions) == 2


def test_an_instrument_called_by_another_word_for_treaty(nlp: Language) -> None:
    (found,) = read(nlp, "Russia left the Open Skies agreement.")
    assert (found.parties, found.type) == (("RUS",), "treaty")


def test_what_two_agreements_hang_on_is_told_of_both(nlp: Language) -> None:
    found = read(nlp, "The raid is a breach of the Oslo Accords and of the Dayton Accords.")
    assert [[s.value for s in a.status] for a in found] == [["violated"], ["violated"]]


def test_an_adjective_tells_which_of_two_agreements_is_meant(nlp: Language) -> None:
    text = (
        "Peru and Chile signed a nuclear deal in May. Bolivia and Brazil signed a deal in June. "
        "The nuclear deal is in force."
    )
    nuclear, other = read(nlp, text)
    assert (len(nuclear.mentions), len(other.mentions)) == (2, 1)


def test_what_is_denied_is_told_as_having_been(nlp: Language) -> None:
    (truce,) = read(nlp, "Chile denied violating the truce with Peru.")
    assert [(s.value, s.modality) for s in truce.status] == [("denied", "actual")]


@pytest.mark.parametrize(
    "text",
    [
        "Peru and Chile amended the 2006 convention on double taxation.",
        "Eritrea has kept the 2018 peace declaration with Ethiopia.",
        "The Vienna Document of 2011 is still observed by Peru.",
        "Peru's envoy brought a protocol amending border rules.",
    ],
)
def test_papers_that_are_agreements(nlp: Language, text: str) -> None:
    assert read(nlp, text)


def test_what_the_headline_calls_the_article_is_no_agreement(nlp: Language) -> None:
    text = "Joint communique on the visit\n\nThe president of Peru came to Lima."
    head = (Section("headline", TextSpan(0, text.index("\n"))),)
    article = Article("a", "a.txt", text, sections=head)
    assert agreements(nlp(article_doc(nlp, article))) == ()


def test_a_bloc_that_breaks_an_agreement_has_not_made_it(nlp: Language) -> None:
    (treaty,) = read(nlp, "Western nations have violated the treaty, Peru's president said.")
    assert treaty.parties == ()


def test_quotation_marks_in_a_mention_are_closed(nlp: Language) -> None:
    text = 'Peru and Chile signed a "provisional arrangement" on fishing.'
    (found,) = read(nlp, text)
    assert found.mentions[0].span.of(text) == 'a "provisional arrangement" on fishing'
    (found,) = read(nlp, 'Peru rejected the "shameful treaty".')
    assert found.label == "Shameful treaty"


@pytest.mark.parametrize(
    ("text", "again"),
    [
        (
            "Peru and Chile signed an understanding on cod. Lima says the May understanding holds.",
            "the May understanding",
        ),
        (
            "Peru and Chile signed an understanding on fish. Chile said the arrangement stands.",
            "the arrangement",
        ),
        (
            "Russia quit the Black Sea grain deal. Peru hopes that the initiative is renewed.",
            "the initiative",
        ),
    ],
)
def test_an_agreement_taken_up_by_another_noun(nlp: Language, text: str, again: str) -> None:
    (found,) = read(nlp, text)
    assert again in [m.span.of(text) for m in found.mentions]


def test_named_after_a_place_a_package_is_no_private_one(nlp: Language) -> None:
    assert read(nlp, "Peru breaks the Geneva package agreements, Chile's president said.")
    assert not read(nlp, "Peru breaks the package deal, Chile's president said.")


def test_a_day_inside_the_mention_is_not_that_of_the_verb(nlp: Language) -> None:
    (accords,) = read(nlp, "Peru accused Chile of flouting the Oslo accords of 2013.")
    (violated,) = accords.status
    assert violated.value == "violated" and violated.date is None


def test_the_day_of_signing_is_told_more_exactly_by_the_verb(nlp: Language) -> None:
    (treaty,) = read(
        nlp, "The 2021 treaty between Peru and Chile, signed on March 25 that year, holds."
    )
    assert treaty.date is not None and treaty.date.start == "2021-03-25"


@pytest.mark.parametrize(
    "text",
    [
        "the it Council deal talks 2023 signed",
        "ceasefire by",
        "Peru broke the pact signed",
        "the contract",
        "A truce, in which",
    ],
)
def test_texts_that_break_off_raise_nothing(nlp: Language, text: str) -> None:
    for found in read(nlp, text):
        assert all(m.span.end <= len(text) for m in found.mentions)
