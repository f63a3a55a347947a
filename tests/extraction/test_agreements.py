from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from spacy.language import Language
from spacy.tokens import Doc

import kg.extraction.actors
import kg.extraction.statements
import kg.nlp.boundaries  # noqa: F401
from kg.extraction import agreement_lexicon
from kg.extraction.agreements import AGREEMENTS, agreements
from kg.extraction.dates import DATES
from kg.nlp.articles import article_doc
from kg.nlp.load import add_boundaries, default_path
from kg.records import Agreement, Article, Section, TextSpan

ARTICLES = Path(__file__).parent / "agreement_articles"
ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "agreements.tsv")
    .read_text(encoding="utf-8")
    .splitlines()[3:]
]
UNREAL = {"denied", "possible", "proposed", "sought", "under_negotiation"}


@pytest.fixture(scope="module")
def nlp() -> Language:
    pipeline = spacy.load(default_path())
    add_boundaries(pipeline)
    for name in (DATES, "kg_actors", "kg_statements", AGREEMENTS):
        pipeline.add_pipe(name)
    return pipeline


def read(nlp: Language, text: str, published: str = "2023-09-19", article: str = "a") -> Doc:
    head = text.split("\n\n")[0]
    titled = (
        ()
        if head.endswith((".", "!", "?", "”"))
        else (Section("headline", TextSpan(0, len(head))),)
    )
    doc: Doc = nlp(
        article_doc(nlp, Article(article, "a.txt", text, published=published, sections=titled))
    )
    return doc


def values(agreement: Agreement) -> set[str]:
    return {s.value for s in agreement.status}


def by_words(found: tuple[Agreement, ...], text: str, words: str) -> Agreement:
    return next(a for a in found if any(m.span.of(text).endswith(words) for m in a.mentions))


@pytest.mark.parametrize(
    ("text", "kind", "parties", "mediators", "statuses"), ROWS, ids=[r[0] for r in ROWS]
)
def test_the_agreement_of_a_sentence(
    nlp: Language, text: str, kind: str, parties: str, mediators: str, statuses: str
) -> None:
    found = agreements(read(nlp, text))
    assert [a.type for a in found] == ([kind] if kind else [])
    for agreement in found:
        told = (agreement.parties, agreement.mediators, values(agreement))
        for wanted, ours in zip((parties, mediators, statuses), told, strict=True):
            assert wanted == "*" or sorted(ours) == wanted.split()


MADE = "The two governments signed a peace treaty."
NOT_MADE = [
    "The two governments have not signed a peace treaty.",
    "The two governments will sign a peace treaty on Friday.",
    "The two governments may sign a peace treaty.",
    "The two governments want to sign a peace treaty.",
    "The two governments refused to sign a peace treaty.",
    "The two governments failed to sign a peace treaty.",
    "The two governments were urged to sign a peace treaty.",
    "The two governments are expected to sign a peace treaty.",
    "The two governments must sign a peace treaty.",
    "The two governments denied that they had signed a peace treaty.",
    "The two governments ruled out signing a peace treaty.",
    "If the two governments sign a peace treaty, the border will open.",
    "The border will open once the two governments sign a peace treaty.",
    "The two governments are ready to sign a peace treaty.",
    "The two governments cannot sign a peace treaty.",
    "The two governments never signed a peace treaty.",
    "Neither of the two governments has signed a peace treaty.",
    "The border will open before a peace treaty is signed.",
    "A peace treaty has yet to be signed.",
    "A peace treaty is to be signed in Rome.",
    "No peace treaty was signed.",
    "The two governments considered signing a peace treaty.",
]


@pytest.mark.parametrize("text", NOT_MADE)
def test_what_is_denied_possible_or_to_come_is_not_signed(nlp: Language, text: str) -> None:
    (agreement,) = agreements(read(nlp, text))
    assert not values(agreement) & {"signed", "agreed", "adopted"}
    assert values(agreement) <= UNREAL
    assert agreement.date is None


def test_what_is_signed_is_signed(nlp: Language) -> None:
    (agreement,) = agreements(read(nlp, MADE))
    assert values(agreement) == {"signed"}


PRETORIA = (ARTICLES / "truce.txt").read_text(encoding="utf-8")


def test_mentions_of_one_agreement_come_together(nlp: Language) -> None:
    (agreement,) = agreements(read(nlp, PRETORIA))
    assert [m.span.of(PRETORIA) for m in agreement.mentions] == [
        "truce",
        "a cessation of hostilities agreement",
        "The deal",
        "the accord",
        "It",
    ]
    assert agreement.date is not None and agreement.date.start == "2022-11-02"
    assert values(agreement) == {"signed", "violated"}


def test_a_known_instrument_gives_its_id_where_parties_and_day_agree(nlp: Language) -> None:
    (agreement,) = agreements(read(nlp, PRETORIA))
    assert agreement.id == "pretoria-agreement-2022"
    assert agreement.resolves_to == ("pretoria-agreement-2022",)


def test_provisions_are_split_at_coordination(nlp: Language) -> None:
    (agreement,) = agreements(read(nlp, PRETORIA))
    assert [p.text for p in agreement.provisions] == [
        "both sides to disarm fighters",
        "restore services",
        "allow aid convoys into Tigray",
    ]
    assert all(p.span.of(PRETORIA) == p.text for p in agreement.provisions)


def test_a_coordination_of_unlike_parts_is_split_and_the_next_sentence_adds(nlp: Language) -> None:
    text = (
        "On November 3 that year, Armenia and Azerbaijan, with the mediation of Georgia, agreed "
        "to a full truce, staying in their trenches, and an exchange of captives. In addition, two "
        "villages were handed to Baku."
    )
    (agreement,) = agreements(read(nlp, "War came in May 2018. " + text))
    assert (set(agreement.parties), agreement.mediators) == ({"ARM", "AZE"}, ("GEO",))
    assert agreement.date is not None and agreement.date.start == "2018-11-03"
    assert [p.text for p in agreement.provisions] == [
        "a full truce",
        "staying in their trenches",
        "an exchange of captives",
        "two villages were handed to Baku",
    ]


TRILATERAL = (ARTICLES / "trilateral.txt").read_text(encoding="utf-8")


def test_a_set_described_by_years_finds_its_members(nlp: Language) -> None:
    found = agreements(read(nlp, TRILATERAL))
    documents = by_words(found, TRILATERAL, "two and three years ago")
    assert documents.is_set
    assert documents.resolves_to == (
        "trilateral-statement-2020-11-09",
        "trilateral-statement-2021-01-11",
        "trilateral-statement-2021-11-26",
    )
    assert set(documents.parties) == {"ARM", "AZE", "RUS"}
    assert documents.id == "joint-statement-set-arm-aze-rus-2020-2021"


def test_taking_up_again_joins_the_nearest_that_fits(nlp: Language) -> None:
    found = agreements(read(nlp, TRILATERAL))
    statements = by_words(found, TRILATERAL, "mentioned trilateral agreements")
    assert statements.date is not None and statements.date.end == "2022-12-31"
    assert len(statements.resolves_to) == 4
    documents = by_words(found, TRILATERAL, "these documents")
    assert documents.date is not None and documents.date.end == "2021-12-31"


def test_a_ceasefire_asked_for_is_not_the_one_broken(nlp: Language) -> None:
    found = [a for a in agreements(read(nlp, TRILATERAL)) if a.type == "ceasefire"]
    assert [values(a) for a in found] == [{"sought"}, {"violated"}]
    assert found[1].status[0].by == ("AZE",)


@pytest.mark.parametrize(
    "text", ["cease fires stop", "Both armies cease fires stop", "pos word\nAccording to ,  ’ "]
)
def test_odd_words_raise_nothing(nlp: Language, text: str) -> None:
    agreements(read(nlp, text))


def test_what_nobody_said_of_an_agreement_is_unconfirmed(nlp: Language) -> None:
    (agreement,) = agreements(read(nlp, "Iran did not say that Israel had violated the truce."))
    assert [(s.value, s.modality) for s in agreement.status] == [("violated", "unconfirmed")]


def test_what_somebody_unnamed_says_of_an_agreement_is_not_said_by_the_article(
    nlp: Language,
) -> None:
    text = (
        "Israel violated the truce with Hamas, a diplomat said. "
        "Another official said that Israel had violated the truce."
    )
    (agreement,) = agreements(read(nlp, text))
    assert [s.asserted_by for s in agreement.status] == [None, None]
    assert len({s.statement for s in agreement.status}) == 2, "each unnamed source by itself"
    assert {p.asserted_by for p in agreement.participations} == {None}


def test_who_says_so_is_kept_with_parts_and_statuses(nlp: Language) -> None:
    text = (
        "Qatar brokered a truce between Israel and Hamas. “Israel violated the truce,” Iranian "
        "Foreign Ministry spokesman Nasser Kanaani said."
    )
    (agreement,) = agreements(read(nlp, text))
    voices = {s.value: s.asserted_by for s in agreement.status}
    assert voices["agreed"] == "article"
    assert voices["violated"] not in {"article", "QAT"}
    assert {(p.actor, p.role) for p in agreement.participations} == {
        ("QAT", "mediator"),
        ("HAMAS", "party"),
        ("ISR", "party"),
    }


def test_one_power_may_be_party_in_one_voice_and_mediator_in_another(nlp: Language) -> None:
    text = (
        "Iran and Iraq signed a ceasefire brokered by Qatar. “The ceasefire between Qatar, Iran "
        "and Iraq holds,” Foreign Minister Abbas Araghchi said."
    )
    (agreement,) = agreements(read(nlp, text))
    roles = {(p.actor, p.role) for p in agreement.participations}
    assert {("QAT", "mediator"), ("QAT", "party")} <= roles
    assert "QAT" in agreement.parties and agreement.mediators == ("QAT",)


def test_ids_are_the_same_in_every_article(nlp: Language) -> None:
    texts = (
        "Chile and Peru are negotiating a peace treaty.",
        "Peru and Chile may sign a peace treaty.",
    )
    found = [agreements(read(nlp, text, article=f"a{n}"))[0] for n, text in enumerate(texts)]
    assert {a.id for a in found} == {"peace-treaty-chl-per-planned"}


def test_where_little_is_told_the_id_is_of_one_article(nlp: Language) -> None:
    found = [agreements(read(nlp, "A truce was declared.", article=a))[0] for a in ("one", "two")]
    assert len({a.id for a in found}) == 2


STATES = """
Albania Algeria Angola Argentina Armenia Austria Bahrain Belgium Benin Bolivia Botswana Brazil
Bulgaria Burundi Cambodia Cameroon Canada Chile China Colombia Cuba Cyprus Denmark Egypt Estonia
Fiji Finland France Gabon Germany Ghana Greece Guyana Haiti Hungary Iceland India Iraq Ireland
"""


def test_forty_parties_are_taken_in(nlp: Language) -> None:
    listed = ", ".join(STATES.split())
    text = f"A fisheries treaty between {listed} and Italy was signed in Rome in 2019."
    (agreement,) = agreements(read(nlp, text))
    assert len(agreement.parties) == 40


def test_results_survive_bytes_and_two_processes(nlp: Language) -> None:
    doc = read(nlp, PRETORIA)
    kept = Doc(nlp.vocab).from_bytes(doc.to_bytes())
    assert agreements(kept) == agreements(doc)
    assert {s.label_ for s in kept.spans[AGREEMENTS]} == {"ceasefire"}


def test_teasers_and_boilerplate_tell_of_no_agreement(nlp: Language) -> None:
    text = "Troops moved on Monday.\nRead also: Chile and Peru sign peace treaty"
    start = text.index("Read")
    article = Article("a", "a", text, sections=(Section("teaser", TextSpan(start, len(text))),))
    assert agreements(nlp(article_doc(nlp, article))) == ()


PIECES = st.sampled_from(
    [
        *("the", "a", "no", "trilateral", "ceasefire", "peace", "treaty", "documents", "agreement"),
        *("deal", "Russia", "Armenia", ",", "and", "between", "with", "signed", "violated", "may"),
        *("brokered", "by", "through", "mediation", "of", "which", "were", "under", "“", "”", "-"),
        *(
            "2020",
            "two",
            "years",
            "ago",
            "resolution",
            "1701",
            "New",
            "START",
            ".",
            "\n",
            "not",
            "it",
        ),
    ]
)


@settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(words=st.lists(PIECES, max_size=40))
def test_any_words_give_records_whose_spans_lie_in_the_text(
    nlp: Language, words: list[str]
) -> None:
    text = " ".join(words)
    doc = nlp(article_doc(nlp, Article("a", "a", text, published="2023-09-19")))
    found = agreements(doc)
    assert len({a.id for a in found}) == len(found)
    for agreement in found:
        assert agreement.mentions
        for span in _spans(agreement):
            assert 0 <= span.start < span.end <= len(text)


def _spans(agreement: Agreement) -> Iterator[TextSpan]:
    yield from (m.span for m in agreement.mentions)
    yield from (s.span for s in agreement.status)
    yield from (p.span for p in agreement.participations)
    yield from (p.span for p in agreement.provisions)


@pytest.mark.parametrize(
    "table", ["agreement_nouns", "agreement_words", "agreement_status", "agreement_modality"]
)
def test_the_tables_are_well_formed(table: str) -> None:
    rows = list(agreement_lexicon.rows(f"{table}.tsv"))
    assert len({len(row) for row in rows}) == 1
    assert all(cell == cell.strip() and cell for row in rows for cell in row)
    assert len({tuple(row) for row in rows}) == len(rows)


def test_each_base_of_a_status_word_is_known() -> None:
    bases = {row[3] for row in agreement_lexicon.rows("agreement_status.tsv")}
    assert bases == {
        *("sign", "agree", "adopt", "invoke", "comply", "violate", "suspend", "end", "lapse"),
        *("hold", "effect", "provide", "extend", "negotiate", "propose", "seek", "reject"),
        *("signing", "possible", "exist"),
    }
