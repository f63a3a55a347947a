"""Events in invented agency reports: type, who, whom, how claimed, by whom, grouped how."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.actors import actors
from kg.extraction.events import events
from kg.extraction.statements import statements
from kg.nlp.articles import article_doc
from kg.records import ARTICLE, Article, Event, Section, TextSpan

TABLE = Path(__file__).parent / "events.tsv"


def rows() -> list[list[str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    return [line.split("\t") for line in lines if not line.startswith("#")][1:]


def read(nlp: Language, text: str, *sections: Section) -> Doc:
    article = Article("a", "a.txt", text, published="2023-09-19", sections=sections)
    return nlp(article_doc(nlp, article))


def found(nlp: Language, text: str) -> tuple[Event, ...]:
    return events(read(nlp, text))


def one(nlp: Language, text: str, kind: str) -> Event:
    matching = [e for e in found(nlp, text) if e.type == kind]
    assert len(matching) == 1, [(e.type, e.trigger.of(text)) for e in found(nlp, text)]
    return matching[0]


@pytest.mark.parametrize(("text", "kind", "agents", "targets"), rows())
def test_an_event_has_its_type_agents_and_targets(
    nlp: Language, text: str, kind: str, agents: str, targets: str
) -> None:
    doc = read(nlp, text)
    if kind == "-":
        assert events(doc) == ()
        return
    matching = [e for e in events(doc) if e.type == kind]
    assert matching, [(e.type, e.trigger.of(text)) for e in events(doc)]
    known = {a.id: a for a in actors(doc)}

    def meant(ids: tuple[str, ...]) -> set[str]:
        return {*ids, *(known[i].country or i for i in ids)}

    doing, undergoing = set(agents.split()) - {"-"}, set(targets.split()) - {"-"}
    event = next((e for e in matching if doing <= meant(e.agents)), matching[0])
    assert doing <= meant(event.agents)
    assert undergoing <= meant(event.targets)


# --------------------------------------------------------------------------- what decides the type


def test_the_outermost_trigger_decides(nlp: Language) -> None:
    text = "Turkey threatened to withdraw its troops from Syria."
    assert [e.type for e in found(nlp, text)] == ["THREATEN"]


def test_what_is_condemned_stays_an_event_of_its_own(nlp: Language) -> None:
    text = "France condemned the shelling of Aleppo by Syrian forces."
    accusation, shelling = found(nlp, text)
    assert (accusation.type, shelling.type) == ("ACCUSE", "ASSAULT")
    assert accusation.targets == shelling.agents == ("SYR-ARMED-FORCES",)


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Iran launched an attack on a base in Iraq.", "ASSAULT"),
        ("Iran carried out a naval exercise in the Gulf.", "MOBILIZE"),
        ("Iran began talks with Iraq.", "CONSULT"),
        ("Iran halted its attacks on Iraq.", "RETREAT"),
        ("Iran suspended talks with Iraq.", "SANCTION"),
        ("Iran plans to bomb Iraq.", "THREATEN"),
        ("Iran plans to meet Iraq in Doha.", "AGREE"),
    ],
)
def test_light_verbs_take_their_type_from_the_object(nlp: Language, text: str, kind: str) -> None:
    assert found(nlp, text)[0].type == kind


def test_a_light_verb_is_shown_with_its_noun(nlp: Language) -> None:
    text = "Iran launched an attack on a base in Iraq."
    assert one(nlp, text, "ASSAULT").trigger.of(text) == "launched an attack"


def test_a_reporting_verb_makes_a_claim_and_no_event(nlp: Language) -> None:
    text = "The Kenyan army told reporters that Somali rebels attacked a convoy."
    doc = read(nlp, text)
    event = next(e for e in events(doc))
    assert [e.type for e in events(doc)] == ["ASSAULT"]
    assert event.asserted_by == "KEN-ARMED-FORCES"
    assert event.statement in {s.id for s in statements(doc)}


@pytest.mark.parametrize("source", ["a senior official", "one resident"])
def test_what_somebody_unnamed_says_is_not_said_by_the_article(nlp: Language, source: str) -> None:
    doc = read(nlp, f"Iran shelled a base in Iraq, {source} told reporters.")
    (said,) = statements(doc)
    (event,) = events(doc)
    assert (event.asserted_by, event.statement) == (None, said.id)


def test_what_somebody_did_not_say_is_not_claimed_by_him(nlp: Language) -> None:
    event = one(nlp, "Olaf Scholz did not say that Germany had bombed Mali.", "ASSAULT")
    assert event.modality == "unconfirmed"


def test_what_others_must_do_is_a_request_of_the_speaker(nlp: Language) -> None:
    text = "Israel must stop the strikes on Gaza, Egypt said."
    event = one(nlp, text, "REQUEST")
    assert (event.agents, event.targets) == (("EGY",), ("ISR",))
    assert event.trigger.of(text).startswith("stop")


@pytest.mark.parametrize(
    "text",
    [
        "Israel must have known of the strikes on Gaza, Egypt said.",
        "Israel must be planning strikes on Gaza, Egypt said.",
        "Israel may have to stop the strikes on Gaza, Egypt said.",
    ],
)
def test_what_others_are_thought_to_do_is_no_request(nlp: Language, text: str) -> None:
    assert "REQUEST" not in [e.type for e in found(nlp, text)]


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("Iran vowed never to recognise Oman.", "REJECT"),
        ("Iran pledged not to attack Oman.", "AGREE"),
        ("Armenia will not host Russian border guards.", "REJECT"),
        ("Iran is ready to pay Oman.", "AGREE"),
    ],
)
def test_what_will_not_be_is_read_with_its_negation(nlp: Language, text: str, kind: str) -> None:
    assert [e.type for e in found(nlp, text)] == [kind]


def test_a_verb_that_says_little_is_shown_with_its_event(nlp: Language) -> None:
    text = "Japan's premier paid a brief visit to Kenya."
    assert one(nlp, text, "CONSULT").trigger.of(text) == "paid a brief visit"


def test_a_refusal_in_the_future_is_a_rejection(nlp: Language) -> None:
    event = one(nlp, "Serbia will not recognise Kosovo.", "REJECT")
    assert (event.agents, event.targets) == (("SRB",), ("XKX",))
    assert event.polarity == "positive"


# --------------------------------------------------------------------------- arguments


def test_an_agentless_passive_keeps_an_empty_agent(nlp: Language) -> None:
    event = one(nlp, "Two Kenyan soldiers were killed near the border.", "ASSAULT")
    assert event.agents == ()
    assert event.targets


@pytest.mark.parametrize(
    "text",
    [
        "Russia's strikes on Ukraine continued.",
        "Russian strikes on Ukraine continued.",
        "The strikes on Ukraine by Russia continued.",
        "Russia carried out strikes on Ukraine.",
    ],
)
def test_nominal_events_find_their_agents(nlp: Language, text: str) -> None:
    event = found(nlp, text)[0]
    assert (event.type, event.agents, event.targets) == ("ASSAULT", ("RUS",), ("UKR",))


def test_coming_under_attack_makes_the_subject_the_target(nlp: Language) -> None:
    event = one(nlp, "Ukraine came under attack from Russia.", "ASSAULT")
    assert (event.agents, event.targets) == (("RUS",), ("UKR",))


@pytest.mark.parametrize(
    ("text", "kind", "agents", "targets"),
    [
        ("Kenya reopened its embassy in Mogadishu.", "SUPPORT", ("KEN",), ("SOM",)),
        ("Iran massed tanks on its border with Iraq.", "MOBILIZE", ("IRN",), ("IRQ",)),
        ("Prosecutors in Madrid indicted Morocco's envoy.", "ACCUSE", ("ESP",), None),
        ("Hackers linked to Pyongyang hacked Japan's central bank.", "COERCE", ("PRK",), None),
        ("Kuwait called off the visit of an Iraqi minister.", "REJECT", ("KWT",), None),
        ("Sanctions against Mali were lifted on Monday.", "CONCEDE", (), ("MLI",)),
        ("Chad asked Niger for more soldiers to guard the road.", "REQUEST", ("TCD",), ("NER",)),
        ("Oman phoned Iran to press for a longer truce.", "REQUEST", ("OMN",), None),
        ("Iran's decision to deport Iraqi students was final.", "COERCE", ("IRN",), None),
        ("Fighting between Hamas and Israel has spread.", "ASSAULT", ("HAMAS", "ISR"), None),
        ("Three Omani sailors died in an Iranian airstrike.", "ASSAULT", ("IRN",), None),
    ],
)
def test_who_does_it_to_whom_stands_where_grammar_puts_it(
    nlp: Language, text: str, kind: str, agents: tuple[str, ...], targets: tuple[str, ...] | None
) -> None:
    event = one(nlp, text, kind)
    assert set(event.agents) == set(agents)
    assert targets is None or event.targets == targets


def test_two_verbs_share_the_object_behind_them(nlp: Language) -> None:
    shot, killed = found(nlp, "Police shot and killed two Nigerian farmers.")
    assert shot.targets == killed.targets != ()


def test_a_compound_names_a_thing_by_an_event(nlp: Language) -> None:
    assert "ASSAULT" not in [e.type for e in found(nlp, "Turkey sold attack drones to Kenya.")]
    assert "COERCE" not in [e.type for e in found(nlp, "The coup leader met the Togolese envoy.")]


def test_what_is_received_comes_from_its_agent(nlp: Language) -> None:
    event = one(nlp, "Chad received food aid from Norway.", "AID")
    assert (event.agents, event.targets) == (("NOR",), ("TCD",))


def test_who_is_accused_of_a_deed_does_it(nlp: Language) -> None:
    text = "Iran accused Oman of violating the ceasefire agreement."
    event = one(nlp, text, "ASSAULT")
    assert (event.agents, event.polarity) == (("OMN",), "positive")


def test_mediators_are_no_agents(nlp: Language) -> None:
    text = "Ethiopia and Somalia, through the mediation of Turkey, agreed to reopen the port."
    event = one(nlp, text, "AGREE")
    assert event.agents == ("ETH", "SOM")
    assert event.mediators == ("TUR",)


def test_two_that_restore_their_ties_do_so_with_each_other(nlp: Language) -> None:
    event = one(nlp, "Iran and Egypt restored diplomatic relations.", "SUPPORT")
    assert event.agents == event.targets == ("IRN", "EGY")


def test_a_city_that_is_hit_stands_for_its_state_which_joins_the_actors(nlp: Language) -> None:
    doc = read(nlp, "Iranian drones hit a warehouse in Erbil.")
    (event,) = events(doc)
    assert event.targets == ("IRQ",)
    assert event.place == "erbil"
    assert "IRQ" in {a.id for a in actors(doc)}


def test_who_acts_on_a_visit_makes_it(nlp: Language) -> None:
    text = "The premier of Peru praised the firefighters during a visit to Bolivia."
    event = one(nlp, text, "CONSULT")
    assert (event.agents, event.targets) == (("holder-PER-prime-minister",), ("BOL",))


@pytest.mark.parametrize("opposing", ["Anti-French", "Anti- French"])
def test_whom_something_opposes_does_not_do_it(nlp: Language, opposing: str) -> None:
    event = one(nlp, f"{opposing} protests erupted in Niamey.", "PROTEST")
    assert (event.agents, event.targets) == ((), ("FRA",))


def test_a_name_left_of_the_noun_that_does_it_does_not(nlp: Language) -> None:
    text = (
        "It was one of the worst raids to hit Niger since a 12-hour battle in late April "
        "killed about 90 people."
    )
    assert [e.agents for e in found(nlp, text)] == [(), ()]


def test_the_date_is_that_of_the_clause(nlp: Language) -> None:
    text = "Chad expelled the German ambassador on Monday, after Germany suspended aid in June."
    first, second = found(nlp, text)
    assert first.date is not None
    assert second.date is not None
    assert (first.date.start, second.date.start) == ("2023-09-18", "2023-06-01")


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("Oman condemned the tariffs that Yemen had imposed in 2020.", "ACCUSE", None),
        ("Oman warned that the dam would burst in October.", "THREATEN", None),
        ("The dam would burst in October, Oman warned.", "THREATEN", None),
        ("Yemen, freed in 1967, left early; Oman, which came in May, met Chad.", "CONSULT", None),
        ("Oman, which left Yemen in 2020, criticised Chad.", "ACCUSE", None),
        ("Oman opposed the 1994 Border Treaty with Yemen.", "ACCUSE", None),
        ("The ban ends on Friday after Oman met Yemen.", "CONSULT", None),
        ("Oman on Monday condemned the tariffs that Yemen imposed in 2020.", "ACCUSE", 18),
    ],
)
def test_a_date_below_or_beside_is_not_the_events(
    nlp: Language, text: str, kind: str, day: int | None
) -> None:
    date = one(nlp, text, kind).date
    told = {f"2023-09-{day}"} if day else {None, "2023-09-19"}  # the day of telling it, at most
    assert (date.start if date else None) in told


def test_what_something_is_called_is_what_it_is_done_to(nlp: Language) -> None:
    text = "Chad denounced what its envoy called Sudan's reckless stunts."
    assert one(nlp, text, "ACCUSE").targets == ("SDN",)


def test_each_other_means_those_who_do_it(nlp: Language) -> None:
    event = one(nlp, "Oman and Yemen blamed each other for the delay.", "ACCUSE")
    assert event.agents == event.targets == ("OMN", "YEM")


def test_who_is_hit_is_not_accused(nlp: Language) -> None:
    assert one(nlp, "Oman condemned the attack on Chad.", "ACCUSE").targets == ()
    assert one(nlp, "Oman condemned the attack on Chad by Libya.", "ACCUSE").targets == ("LBY",)
    assert one(nlp, "Oman condemned the jailing of monks in Chad.", "ACCUSE").targets == ("TCD",)


def test_a_threat_is_directed_at_whoever_could_avert_it(nlp: Language) -> None:
    text = "Mali threatened to close the airport if Algeria hosted the exiles."
    assert one(nlp, text, "THREATEN").targets == ("DZA",)


def test_who_is_to_do_what_is_demanded_is_called_upon(nlp: Language) -> None:
    text = "Benin demanded that Niger stop its antics."
    assert one(nlp, text, "REQUEST").targets == ("NER",)


# --------------------------------------------------------------------------- claims


def test_what_is_to_be_is_in_the_future(nlp: Language) -> None:
    event = one(nlp, "China and Laos are to meet in Boten on Thursday.", "AGREE")
    assert event.modality == "future"
    assert event.agents == event.targets == ("CHN", "LAO")


@pytest.mark.parametrize(
    ("text", "polarity", "modality"),
    [
        ("Iran attacked a tanker.", "positive", "actual"),
        ("Iran did not attack the tanker.", "negative", "actual"),
        ("Iran denied that it attacked the tanker.", "negative", "actual"),
        ("There were no attacks on the tanker.", "negative", "actual"),
        ("Iran may attack the tanker.", "positive", "possible"),
        ("Iran must have attacked the tanker.", "positive", "possible"),
        ("Iran never attacked the tanker.", "negative", "actual"),
        ("Iran left without attacking the tanker.", "negative", "actual"),
        ("Iran is considering an attack on the tanker.", "positive", "possible"),
        ("Further attacks on the tanker are possible.", "positive", "possible"),
        ("Iran allegedly attacked the tanker.", "positive", "unconfirmed"),
        ("Oman cannot confirm that Iran attacked the tanker.", "positive", "unconfirmed"),
        ("Oman received reports of an attack on the tanker.", "positive", "unconfirmed"),
        ("Oman is unaware of any attacks on the tanker.", "negative", "unconfirmed"),
        ("Oman will close the port if Iran attacks the tanker.", "positive", "conditional"),
        ("Oman failed to attack the tanker.", "negative", "actual"),
        ("This did not prevent the attack on the tanker.", "positive", "actual"),
        ("No tanker was attacked by Iran.", "negative", "actual"),
        ("Iran no longer attacks the tanker.", "negative", "actual"),
        ("Iran denied reports of an attack on the tanker.", "negative", "unconfirmed"),
    ],
)
def test_a_claim_keeps_polarity_and_modality(
    nlp: Language, text: str, polarity: str, modality: str
) -> None:
    event = one(nlp, text, "ASSAULT")
    assert (event.polarity, event.modality) == (polarity, modality)


def test_what_is_to_be_prevented_is_no_event(nlp: Language) -> None:
    assert found(nlp, "The mission is to prevent attacks on the tanker.") == ()


@pytest.mark.parametrize(
    "text",
    [
        "The spokesman commented on whether talks with Iran were planned.",
        "The minister was asked whether Oman would attack the tanker.",
    ],
)
def test_what_is_asked_about_is_no_event(nlp: Language, text: str) -> None:
    assert found(nlp, text) == ()


@pytest.mark.parametrize("opener", ["Once", "As soon as"])
def test_what_is_waited_for_is_a_condition(nlp: Language, opener: str) -> None:
    text = f"{opener} Niger withdraws its troops from the town, Chad will inform Mali."
    assert one(nlp, text, "RETREAT").modality == "conditional"


@pytest.mark.parametrize("opener", ["Once", "As soon as"])
def test_what_nobody_is_to_do_in_some_future_is_no_event(nlp: Language, opener: str) -> None:
    text = f"{opener} an accord is reached, Chad will inform Niger."
    assert [e.type for e in found(nlp, text)] == ["AGREE"]


def test_what_somebody_unknown_would_do_is_an_event(nlp: Language) -> None:
    event = one(nlp, "The rebels would sign a treaty if the roads were safe.", "SUPPORT")
    assert (event.agents, event.modality) == ((), "conditional")


def test_a_repeated_word_is_one_trigger(nlp: Language) -> None:
    text = "The aim is to convince, convince both Chad and Niger to disarm."
    assert one(nlp, text, "REQUEST").trigger.of(text) == "convince, convince"


def test_what_is_agreed_is_no_event_where_the_parser_hangs_it_too_low(nlp: Language) -> None:
    text = (
        "Ethiopia and Eritrea agreed to a truce, holding their positions, and exchange prisoners."
    )
    assert [e.type for e in found(nlp, text)] == ["AGREE"]


def test_an_intention_is_in_the_future(nlp: Language) -> None:
    assert one(nlp, "Chad is ready to sign a treaty with Niger.", "AGREE").modality == "future"


# --------------------------------------------------------------------------- the article


def test_mentions_of_one_event_are_grouped_each_with_its_voice(nlp: Language) -> None:
    text = (
        "Iran launched an attack on Oman on Monday. "
        "The Omani foreign minister said the attack had failed."
    )
    event = one(nlp, text, "ASSAULT")
    assert [m.span.of(text) for m in event.mentions] == ["attack"]
    assert event.asserted_by == ARTICLE
    assert event.mentions[0].asserted_by != ARTICLE
    assert event.mentions[0].statement is not None


def test_the_same_deed_against_others_is_another_event(nlp: Language) -> None:
    text = "Iran attacked Oman on Monday. Iran attacked Iraq on Tuesday."
    assert len(found(nlp, text)) == 2


def test_teasers_are_not_this_articles_events(nlp: Language) -> None:
    text = "Iran attacked Oman.\n\nRead also: Chad bombed Niger\n"
    start = text.index("Read")
    doc = read(nlp, text, Section("teaser", TextSpan(start, len(text))))
    assert [e.trigger.of(text) for e in events(doc)] == ["attacked"]


def test_headlines_are_read_whatever_the_tagger_says(nlp: Language) -> None:
    text = "Chad Calls on Niger to Halt Attacks\n\nThe border was quiet.\n"
    doc = read(nlp, text, Section("headline", TextSpan(0, text.index("\n"))))
    assert ("REQUEST", ("TCD",), ("NER",)) in [(e.type, e.agents, e.targets) for e in events(doc)]


def test_the_layer_shows_the_triggers(nlp: Language) -> None:
    doc = read(nlp, "Iran attacked Oman.")
    (span,) = doc.spans["kg_events"]
    (event,) = events(doc)
    assert (span.text, span.label_, span.id_) == ("attacked", "ASSAULT", event.id)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "\n\n",
        "attack",
        "Attack on on on by by.",
        "to try to try to " * 300 + "attack",
        "attack and " * 500 + "attack",
        "Обстрел продолжается.",
    ],
)
def test_odd_text_raises_nothing(nlp: Language, text: str) -> None:
    for event in found(nlp, text):
        assert event.trigger.of(text).strip()
