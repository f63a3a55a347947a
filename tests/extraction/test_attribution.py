"""Who speaks and who is meant by it, in invented agency reports."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.language import Language
from spacy.tokens import Doc

from kg.extraction.actors import actors
from kg.extraction.attribution import Participants
from kg.extraction.drafts import Draft
from kg.extraction.reading import Reading
from kg.extraction.statements import statements
from kg.nlp.articles import article_doc
from kg.records import Article, Statement


def only(nlp: Language, text: str) -> tuple[Statement, dict[str, str]]:
    """The one statement of a text, and the names of its actors by their ids."""
    doc = nlp(article_doc(nlp, Article("a", "a.txt", text)))
    (statement,) = statements(doc)
    return statement, {a.id: a.name for a in actors(doc)}


def test_who_is_condemned_is_not_who_gives_the_deed_its_name(nlp: Language) -> None:
    text = "The United States condemned what it called Iran’s reckless raids on shipping."
    statement, names = only(nlp, text)
    assert [names[t] for t in statement.targets] == ["Iran"]


def test_the_party_before_a_bracket_does_not_speak_for_its_leader(nlp: Language) -> None:
    statement, names = only(nlp, "Green Party (GP) leader Ann Lee accused the cabinet of delay.")
    assert names[statement.speaker or ""] == "Ann Lee"


def test_speakers_before_the_noun_that_a_parser_made_the_head_are_speakers(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    doc = Doc(
        English().vocab,
        words=["Peru", ",", "Chile", "and", "Cuba", "agreed"],
        heads=[2, 0, 5, 4, 2, 5],
        deps=["appos", "punct", "nsubj", "cc", "conj", "ROOT"],
        pos=["PROPN", "PUNCT", "PROPN", "CCONJ", "PROPN", "VERB"],
    )
    monkeypatch.setattr(Participants, "actor", lambda _, head, words: head.text)
    source = set(range(5))
    draft = Draft(doc[5], {5}, {5}, source, doc[2], "clause", "agree")
    assert Participants(Reading(doc)).speakers(draft) == ["Peru", "Chile", "Cuba"]


@pytest.mark.parametrize(
    "text",
    [
        # of the one who speaks
        "The EU, which granted candidate status in December, urged Peru to drop the bill.",
        "The minister, appointed on 4 March, said the border would stay shut.",
        "The road would reopen, said Ann Lee, who took office in January.",
        "Although it granted aid in December, the EU urged Peru to drop the bill.",
        # of what is said, or asked
        "Peru accused Chile of shelling the towns seized on 2 March.",
        "Asked about the raid of 3 March, Ann Lee said Peru knew nothing.",
    ],
)
def test_a_date_told_besides_is_not_that_of_the_statement(nlp: Language, text: str) -> None:
    article = Article("a", "a.txt", text, published="2024-03-14")
    days = {s.said_on and s.said_on.start for s in statements(nlp(article_doc(nlp, article)))}
    assert days == {"2024-03-14"}


@pytest.mark.parametrize(
    "text",
    [
        "The minister, who met rebels on 3 March, said on 9 March that they would disarm.",
        "The president, speaking on 9 March in Lima, said the war was over.",
        "In a statement issued on 9 March, the ministry said the road was closed.",
        "Officials said after talks on 9 March that the port would reopen.",
        "The minister told a conference held on 9 March in Lima that the war was over.",
        "According to a report published on 9 March, Peru shelled the town.",
        "Arriving in Lima on 9 March, the president said the war was over.",
    ],
)
def test_the_date_of_the_occasion_is_that_of_the_statement(nlp: Language, text: str) -> None:
    article = Article("a", "a.txt", text, published="2024-03-14")
    (statement,) = statements(nlp(article_doc(nlp, article)))
    assert statement.said_on is not None
    assert statement.said_on.start == "2024-03-09"
