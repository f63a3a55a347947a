"""One article under other actor ids: references follow the mention beside them."""

from __future__ import annotations

import dataclasses

from kg.records import (
    ARTICLE,
    Actor,
    Agreement,
    AgreementStatus,
    Article,
    Event,
    EventMention,
    Extraction,
    Mention,
    Obligation,
    Participation,
    Role,
    Statement,
    TextSpan,
)
from kg.resolve.renaming import renamed

TEXT = "Lund told Vidal it was late. Hours later Lund agreed to the pact."
FIRST, SECOND = TextSpan(0, 4), TextSpan(41, 45)
VIDAL = TextSpan(10, 15)


def extraction() -> Extraction:
    lund = Actor(
        "lund",
        "Ivo Lund",
        "person",
        roles=(Role("envoy", "vidal", span=SECOND), Role("head", "NOR", basis="gazetteer")),
        mentions=(Mention(FIRST), Mention(SECOND, confidence=0.5)),
    )
    vidal = Actor("vidal", "Ada Vidal", "person", part_of="lund", mentions=(Mention(VIDAL),))
    pact, late = TextSpan(60, 64), TextSpan(16, 27)
    return Extraction(
        Article("a", "a.txt", TEXT),
        actors=(lund, vidal),
        statements=(
            Statement("s1", "indirect", (late,), source=(FIRST,), speaker="lund",
                      addressees=("vidal", "the sailors"), mentions=("lund", "the-pact")),
            Statement("s2", "indirect", (TextSpan(46, 64),), source=(SECOND,), speaker="lund"),
        ),
        agreements=(
            Agreement("the-pact", "pact", "treaty", parties=("lund",),
                      status=(AgreementStatus("agreed", "lund", pact, "s1", by=("lund",)),),
                      participations=(Participation("lund", "party", ARTICLE, pact),),
                      mentions=(Mention(pact),)),
        ),
        events=(
            Event("e1", "AGREE", TextSpan(46, 52), ARTICLE, agents=("lund",), targets=("vidal",),
                  mentions=(EventMention(late, "lund", "s1"),)),
        ),
        obligations=(
            Obligation("o1", "must", pact, TextSpan(46, 52), "lund", "s1", bearers=("lund",)),
        ),
    )  # fmt: skip


def whole(actor: str, span: TextSpan | None) -> str:
    return "ivo" if actor == "lund" else actor


def halves(actor: str, span: TextSpan | None) -> str:
    return "docker" if actor == "lund" and span == SECOND else actor


def one(actor: str, span: TextSpan | None) -> str:
    return "vidal" if actor in ("lund", "vidal") else actor


def nobody(actor: str) -> None:
    return None


def test_nothing_new_gives_the_same_record() -> None:
    item = extraction()
    assert renamed(item, lambda actor, span: actor, nobody) is item


def test_all_references_go_by_the_new_id() -> None:
    found = renamed(extraction(), whole, nobody)
    assert '"lund"' not in repr(found).replace("'", '"')
    assert [a.id for a in found.actors] == ["ivo", "vidal"]
    assert found.actors[1].part_of == "ivo"
    assert found.statements[0].mentions == ("ivo", "the-pact")
    assert found.statements[0].addressees == ("vidal", "the sailors")


def test_mentions_and_texts_stay_as_they_are() -> None:
    before, after = extraction(), renamed(extraction(), whole, nobody)
    assert after.article == before.article
    assert after.actors[0].mentions == before.actors[0].mentions


def test_references_follow_the_mention_beside_them() -> None:
    found = renamed(extraction(), halves, nobody)
    assert [s.speaker for s in found.statements] == ["lund", "docker"]
    assert found.agreements[0].parties == ("docker",)
    assert found.agreements[0].participations[0].actor == "docker"
    assert found.events[0].agents == ("docker",)


def test_who_ought_to_is_beside_the_words_and_who_says_so_speaks() -> None:
    (duty,) = renamed(extraction(), halves, nobody).obligations
    assert (duty.asserted_by, duty.bearers) == ("lund", ("docker",))


def test_towards_whom_is_beside_the_words_for_what_is_to_be_done() -> None:
    item = extraction()
    near, far = TextSpan(46, 64), TextSpan(0, 15)
    duties = tuple(
        dataclasses.replace(item.obligations[0], action=action, towards=("lund", "vidal"))
        for action in (near, far)
    )
    found = renamed(dataclasses.replace(item, obligations=duties), halves, nobody)
    assert [o.towards for o in found.obligations] == [("docker", "vidal"), ("lund", "vidal")]


def test_an_obligation_keeps_its_words_force_and_agreements() -> None:
    item = extraction()
    (old,) = item.obligations
    bound = dataclasses.replace(old, under=("the-pact",), condition=VIDAL)
    (new,) = renamed(dataclasses.replace(item, obligations=(bound,)), whole, nobody).obligations
    assert new == dataclasses.replace(bound, asserted_by="ivo", bearers=("ivo",))


def test_who_asserts_by_a_statement_is_its_speaker_however_far_the_words() -> None:
    found = renamed(extraction(), halves, nobody)
    assert found.agreements[0].status[0].asserted_by == "lund"
    assert found.agreements[0].status[0].by == ("docker",)
    assert found.events[0].mentions[0].asserted_by == "lund"


def test_a_divided_actor_leaves_each_part_its_mentions_and_the_roles_beside_them() -> None:
    actors = {a.id: a for a in renamed(extraction(), halves, nobody).actors}
    assert [m.span for m in actors["docker"].mentions] == [SECOND]
    assert [m.span for m in actors["lund"].mentions] == [FIRST]
    assert [r.role for r in actors["docker"].roles] == ["envoy"]
    assert [r.role for r in actors["lund"].roles] == ["head"]


def test_joined_actors_keep_the_description_of_the_one_that_gave_the_id() -> None:
    (both,) = renamed(extraction(), one, nobody).actors
    assert (both.id, both.name) == ("vidal", "Ada Vidal")
    assert [m.span for m in both.mentions] == [FIRST, VIDAL, SECOND]
    assert both.part_of is None  # of itself, as it would be
    assert [r.of for r in both.roles] == ["NOR"]


def test_an_actor_of_elsewhere_brings_its_own_description() -> None:
    norway = Actor("NOR", "Norway", "state", country="NOR", known=True)
    found = renamed(extraction(), lambda actor, span: "NOR", lambda actor: norway)
    assert (found.actors[0].name, found.actors[0].type, found.actors[0].known) == (
        "Norway",
        "state",
        True,
    )


def test_of_two_mentions_for_the_same_words_the_surer_one_stays() -> None:
    item = extraction()
    twin = Actor("twin", "Twin", "person", mentions=(Mention(SECOND, rule="sure"),))
    item = Extraction(item.article, actors=(*item.actors, twin))
    found = renamed(item, lambda a, s: "lund" if a == "twin" else a, nobody)
    assert [m.rule for m in found.actors[0].mentions] == [None, "sure"]
