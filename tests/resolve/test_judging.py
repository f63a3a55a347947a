"""Links between articles and decisions by hand, applied together."""

from __future__ import annotations

import dataclasses

import pytest

from kg.records import Actor, Article, Extraction, Mention, Role, Statement, TextSpan
from kg.resolve.bearers import SAME_COUNTRY, Link
from kg.resolve.decisions import Decisions, parsed
from kg.resolve.judging import ByHand, Judge, Judged

ONE, TWO = TextSpan(0, 4), TextSpan(20, 24)


def article(name: str, *actors: str) -> Extraction:
    made = tuple(
        Actor(a, a.title(), "person", country="NOR", mentions=(Mention(ONE), Mention(TWO)))
        for a in actors
    )
    return Extraction(Article(name, f"{name}.txt", "x" * 40), actors=made)


def judged(judge: Judge, *items: Extraction) -> list[Judged]:
    for item in items:
        judge.note(item)
    return [judge.judged(item) for item in items]


def names(found: Judged) -> list[str]:
    return [a.id for a in found.extraction.actors]


def test_nothing_to_judge_leaves_the_record() -> None:
    item = article("a", "lund")
    (found,) = judged(Judge(Decisions()), item)
    assert found.extraction is item
    assert (found.links, found.by_hand) == ((), ())


def test_a_link_holds_for_its_article_and_tells_its_reason() -> None:
    judge = Judge(Decisions())
    judge.links = {("b", "lund"): Link("lund-NOR", SAME_COUNTRY)}
    one, two = judged(judge, article("a", "lund"), article("b", "lund"))
    assert (names(one), names(two)) == (["lund"], ["lund-NOR"])
    assert two.links == (("lund-NOR", SAME_COUNTRY),)


def test_a_decision_counts_before_a_link() -> None:
    judge = Judge(parsed("- {split: lund, articles: b, into: other, reason: r}"))
    judge.links = {("b", "lund"): Link("lund-NOR", SAME_COUNTRY)}
    _, two = judged(judge, article("a", "lund"), article("b", "lund"))
    assert names(two) == ["other"]


def test_a_decision_may_be_about_what_a_link_made() -> None:
    judge = Judge(parsed("- {merge: lund-NOR, into: vidal, reason: r}"))
    judge.links = {("b", "lund"): Link("lund-NOR", SAME_COUNTRY)}
    (two,) = judged(judge, article("b", "lund"))
    assert names(two) == ["vidal"]
    assert two.by_hand == (ByHand("vidal", "lund-NOR", (ONE, TWO), "r"),)


def test_decisions_follow_each_other() -> None:
    text = """
- {merge: lundd, into: lund, reason: misprint}
- {split: lund, articles: a, into: lund-2, reason: docker}
- {merge: lund-2, into: vidal, reason: her by-name}
"""
    (found,) = judged(Judge(parsed(text)), article("a", "lundd"))
    assert names(found) == ["vidal"]
    assert [b.reason for b in found.by_hand] == ["docker", "her by-name", "misprint"]


def test_single_mentions_can_be_taken_out() -> None:
    text = "- {split: lund, mentions: 'a#20-24', into: lund-2, name: Bo Lund, reason: r}"
    item = article("a", "lund")
    said = Statement("s", "indirect", (TextSpan(30, 40),), source=(TWO,), speaker="lund")
    item = dataclasses.replace(item, statements=(said,))
    (found,) = judged(Judge(parsed(text)), item)
    lund, other = found.extraction.actors
    assert [m.span for m in lund.mentions] == [ONE]
    assert [m.span for m in other.mentions] == [TWO]
    assert (other.id, other.name, other.country) == ("lund-2", "Bo Lund", "NOR")
    assert found.extraction.statements[0].speaker == "lund-2"
    assert found.by_hand == (ByHand("lund-2", "lund", (TWO,), "r"),)


def test_who_takes_over_is_described_as_other_articles_do() -> None:
    items = article("a", "lundd"), article("b", "lund")
    one, _ = judged(Judge(parsed("- {merge: lundd, into: lund, reason: r}")), *items)
    assert one.extraction.actors[0].name == "Lund"


def test_who_takes_over_may_be_of_the_gazetteer() -> None:
    norway = Actor("NOR", "Norway", "state", known=True)
    judge = Judge(parsed("- {merge: lund, into: NOR, reason: r}"), {"NOR": norway}.get)
    (found,) = judged(judge, article("a", "lund"))
    assert (found.extraction.actors[0].name, found.extraction.actors[0].known) == ("Norway", True)


@pytest.mark.parametrize("part", ["articles: a", "mentions: 'a#0-4'"])
@pytest.mark.parametrize(
    ("told", "name", "country"),
    [("", "Lima", None), ("name: Port Lima, country: PER, ", "Port Lima", "PER")],
)
def test_who_is_split_off_a_listed_actor_is_not_listed(
    part: str, told: str, name: str, country: str | None
) -> None:
    norway = Actor("NOR", "Norway", "state", "NOR", same_as=("Q20",), known=True)
    here = dataclasses.replace(
        norway,
        mentions=(Mention(ONE), Mention(TWO)),
        roles=(Role("member", "UN", basis="gazetteer"),),
    )
    item = Extraction(Article("a", "a.txt", "Lima" * 10), actors=(here,))
    text = f"- {{split: NOR, {part}, into: NOR-2, {told}reason: r}}"
    (found,) = judged(Judge(parsed(text), {"NOR": norway}.get), item)
    other = next(a for a in found.extraction.actors if a.id == "NOR-2")
    assert (other.name, other.country, other.known) == (name, country, False)
    assert (other.same_as, other.roles, other.type) == ((), (), "state")


def test_a_listed_actor_that_takes_over_stays_listed() -> None:
    norway, peru = (Actor(i, i.title(), "state", i, known=True) for i in ("NOR", "PER"))
    item = Extraction(
        Article("a", "a.txt", "x" * 40),
        actors=(dataclasses.replace(norway, mentions=(Mention(ONE),)),),
    )
    judge = Judge(parsed("- {split: NOR, articles: a, into: PER, reason: r}"), {"PER": peru}.get)
    (found,) = judged(judge, item)
    assert (found.extraction.actors[0].name, found.extraction.actors[0].known) == ("Per", True)


def idle(text: str, *items: Extraction) -> list[str]:
    judge = Judge(parsed(text))
    judged(judge, *items)
    return [reason for _, reason in judge.idle()]


def test_a_decision_that_works_is_not_idle() -> None:
    text = """
- {merge: lundd, into: lund, reason: r}
- {split: vidal, articles: a, mentions: 'b#0-4', into: vidal-2, reason: r}
"""
    assert idle(text, article("a", "lundd", "vidal"), article("b", "vidal")) == []


def test_a_decision_on_nobody_is_told() -> None:
    (reason,) = idle("- {merge: lundd, into: lund, reason: r}", article("a", "lund"))
    assert reason == "lundd: no article has this actor (merge lundd into lund)"


def test_a_split_of_what_is_not_there_is_told() -> None:
    text = "- {split: lund, articles: [a, z], mentions: ['a#5-6'], into: lund-2, reason: r}"
    found = idle(text, article("a", "lund"))
    assert [r.split(" (")[0] for r in found] == [
        "lund: has no mention in z",
        "lund: has no mention in a#5-6",
    ]
