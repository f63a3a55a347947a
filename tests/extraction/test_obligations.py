"""Obligations in invented agency reports: how strong, whose, towards whom, by whom, until when."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from kg.extraction.agreements import agreements
from kg.extraction.obligation_lexicon import deontic
from kg.extraction.obligations import obligations
from kg.extraction.statements import statements
from kg.nlp.articles import article_doc
from kg.records import ARTICLE, Article, Obligation

TABLE = Path(__file__).parent / "obligations.tsv"


def rows() -> list[list[str]]:
    lines = TABLE.read_text(encoding="utf-8").splitlines()
    cells = [line.split("\t") for line in lines if not line.startswith("#")][1:]
    return [row + [""] * (4 - len(row)) for row in cells]


def found(nlp: Language, text: str) -> tuple[Obligation, ...]:
    return obligations(nlp(article_doc(nlp, Article("a", "a.txt", text, published="2023-09-19"))))


def one(nlp: Language, text: str) -> Obligation:
    (only,) = found(nlp, text)
    return only


@pytest.mark.parametrize(("text", "force", "bearers", "demanded_by"), rows())
def test_an_obligation_has_its_force_bearers_and_voice(
    nlp: Language, text: str, force: str, bearers: str, demanded_by: str
) -> None:
    if force == "-":
        assert found(nlp, text) == ()
        return
    told = one(nlp, text)
    assert (told.force, set(told.bearers)) == (force, set(bearers.split()))
    assert told.asserted_by == demanded_by


def test_the_action_is_told_without_modal_and_negation(nlp: Language) -> None:
    text = "Ukraine should not join NATO, Hungary said."
    told = one(nlp, text)
    assert told.action.of(text) == "join NATO"
    assert told.cue.of(text) == "should"


def test_what_is_to_come_about_is_told_with_its_subject(nlp: Language) -> None:
    text = "All prisoners must be released by Armenia, Azerbaijan said."
    assert one(nlp, text).action.of(text) == "All prisoners must be released by Armenia"


def test_a_thing_that_is_to_act_is_told_with_the_action(nlp: Language) -> None:
    text = "The attacks should stop, Jordan said."
    assert one(nlp, text).action.of(text) == "The attacks should stop"


def test_an_obligation_names_its_statement(nlp: Language) -> None:
    text = "Japan asked North Korea to return the abducted citizens."
    doc = nlp(article_doc(nlp, Article("a", "a.txt", text, published="2023-09-19")))
    assert obligations(doc)[0].statement in {s.id for s in statements(doc)}


def test_an_obligation_is_under_the_agreement_that_it_comes_from(nlp: Language) -> None:
    text = "Under the accord, Rwanda must withdraw its troops from Congo."
    doc = nlp(article_doc(nlp, Article("a", "a.txt", text, published="2023-09-19")))
    assert obligations(doc)[0].under == tuple(a.id for a in agreements(doc))


def test_an_obligation_is_towards_whom_it_concerns_but_not_the_bearers_own(nlp: Language) -> None:
    text = "Mali was required to pay its debts to France."
    assert one(nlp, text).towards == ("FRA",)
    text = "Under the accord, Rwanda must withdraw its troops from Congo."
    assert "RWA-ARMED-FORCES" not in one(nlp, text).towards


def test_a_deadline_is_the_last_day(nlp: Language) -> None:
    told = one(nlp, "Turkey ordered its troops to withdraw from Syria before the end of the year.")
    assert told.deadline is not None
    assert told.deadline.end == "2023-12-31"


def test_a_condition_is_told_in_its_words(nlp: Language) -> None:
    text = "Hamas must free all hostages if Israel is to withdraw, Egypt said."
    told = one(nlp, text)
    assert told.condition is not None
    assert told.condition.of(text) == "if Israel is to withdraw"


def test_a_day_without_limit_is_no_deadline(nlp: Language) -> None:
    told = one(nlp, "The European Union should impose sanctions on Belarus on Monday, Latvia said.")
    assert told.deadline is None


def test_the_writers_own_should_obliges_nobody_unknown(nlp: Language) -> None:
    assert found(nlp, "The results should arrive soon.") == ()


def test_what_is_important_for_nobody_obliges_nobody(nlp: Language) -> None:
    assert found(nlp, "Iran's minister said: “It is important to show that we were right.”") == ()
    told = one(nlp, "Iran's minister said: “It is important for Chad to show restraint.”")
    assert told.bearers == ("TCD",)


def test_every_word_has_a_force_plain_or_negated() -> None:
    for kind in ("modal", "raise", "ask", "goal", "that", "bar", "hope", "fit", "noun"):
        assert deontic(kind)
        assert all(row.force or row.negated for row in deontic(kind).values())


def test_what_protesters_demand_is_not_demanded_by_the_article(nlp: Language) -> None:
    told = one(nlp, "Protesters demanded that Peru withdraw its troops from Chile.")
    assert (told.asserted_by, told.bearers) == (None, ("PER",))
    assert told.statement is not None


def test_an_article_without_voice_is_its_own(nlp: Language) -> None:
    told = one(nlp, "Under the accord, Rwanda must withdraw its troops from Congo.")
    assert told.asserted_by == ARTICLE
