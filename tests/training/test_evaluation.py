"""What `kg model evaluate` measures and says, with tiny treebanks and made-up pipelines."""

from __future__ import annotations

import io
import json
import lzma
import os
from collections.abc import Callable
from pathlib import Path

import pytest
import spacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.errors import MissingAnnotation, ReadError
from kg.nlp.load import DEFAULT_MODEL
from kg.training import evaluation, speed
from kg.training.evaluation import (
    ALL,
    CORPUS_FILES,
    ENTITY_CORPORA,
    EntityScore,
    Evaluation,
    TreebankScore,
    entity_scores,
    evaluate,
    pipeline,
    published,
    report,
    table,
    treebank_documents,
    treebank_scores,
)
from kg.training.scoring import Entity, GoldNames
from kg.training.speed import Speed


def sentence(name: str, *, document: str = "") -> str:
    """Two words and a full stop under an id, beginning a document where one is named."""
    rows = [
        f"# newdoc id = {document}" if document else "",
        f"# sent_id = {name}",
        "1\tFerries\tferry\tNOUN\tNNS\t_\t2\tnsubj\t_\t_",
        "2\twait\twait\tVERB\tVBP\t_\t0\troot\t_\tSpaceAfter=No",
        "3\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_",
    ]
    return "\n".join(row for row in rows if row) + "\n\n"


@pytest.fixture
def corpora(tmp_path: Path) -> Path:
    """Treebanks of a few sentences."""
    texts = {
        "en_ewt-test": sentence("web-1", document="web"),
        "en_gum-free-test": "".join(
            sentence(f"{genre}-1", document=f"GUM_{genre}_ferries")
            for genre in ("news", "speech", "voyage")
        ),
        "en_pud-test": sentence("n01001", document="n01")
        + sentence("n01002")
        + sentence("w01001", document="w01"),
    }
    (tmp_path / "ud").mkdir()
    for name, text in texts.items():
        (tmp_path / "ud" / f"{name}.conllu.xz").write_bytes(lzma.compress(text.encode()))
    return tmp_path


def english(annotate: Callable[[Doc], None]) -> Language:
    """A pipeline with one component, which does as it is told."""

    def component(doc: Doc) -> Doc:
        annotate(doc)
        return doc

    nlp = spacy.blank("en")
    name = f"told_{id(annotate)}"
    Language.component(name, func=component)
    nlp.add_pipe(name)
    return nlp


def subject_and_root(doc: Doc) -> None:
    """Annotates a sentence of three words and a line break."""
    for token, relation in zip(doc, ("nsubj", "ROOT", "punct", "dep"), strict=True):
        token.head = doc[1]
        token.dep_ = relation


def test_documents_count_under_the_names_of_their_genres(corpora: Path) -> None:
    counted = [names for names, _ in treebank_documents(corpora)]
    assert counted == [
        ("UD EWT test",),
        ("UD GUM test", "UD GUM test: news", "UD GUM test: news, interview, speech"),
        ("UD GUM test", "UD GUM test: news, interview, speech"),
        ("UD GUM test",),
        ("UD PUD news",),
        ("UD PUD news, sentence by sentence",),
        ("UD PUD news, sentence by sentence",),
    ]


def test_scores_come_by_treebank_in_their_order(corpora: Path) -> None:
    nlp = english(lambda doc: None)
    scores = treebank_scores(nlp, treebank_documents(corpora))
    assert [(s.corpus, s.documents, s.words) for s in scores] == [
        ("UD EWT test", 1, 3),
        ("UD GUM test", 3, 9),
        ("UD GUM test: news", 1, 3),
        ("UD GUM test: news, interview, speech", 2, 6),
        ("UD PUD news", 1, 6),
        ("UD PUD news, sentence by sentence", 2, 6),
    ]
    assert {s.tokens for s in scores} == {100.0}
    assert {s.las for s in scores} == {None}


def test_trees_of_another_scheme_are_not_compared(
    corpora: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    documents = list(treebank_documents(corpora))[:1]
    nlp = english(subject_and_root)
    assert treebank_scores(nlp, documents)[0].las is None
    monkeypatch.setattr(evaluation, "UNIVERSAL", frozenset({"nsubj"}))
    assert treebank_scores(nlp, documents)[0].las == 100.0


def test_pipelines_read_texts_that_end_in_a_line_break(corpora: Path) -> None:
    read = list[str]()
    nlp = english(lambda doc: read.append(doc.text))
    treebank_scores(nlp, treebank_documents(corpora))
    assert set(read) == {"Ferries wait.\n", "Ferries wait. Ferries wait.\n"}


def gold(*entities: Entity) -> GoldNames:
    return GoldNames("Ilya Brask left Oder for the Regatta.", frozenset(entities), frozenset())


def test_entities_come_for_all_and_by_label() -> None:
    def annotate(doc: Doc) -> None:
        doc.ents = [Span(doc, 0, 2, label="PERSON"), Span(doc, 3, 4, label="ORG")]

    gmb = ENTITY_CORPORA[0]
    golds = [gold(Entity(0, 10, "PERSON"), Entity(16, 20, "GPE"))]
    assert entity_scores(english(annotate), [(gmb, golds)]) == (
        EntityScore(gmb.name, ALL, 50.0, 50.0, 50.0, 2),
        EntityScore(gmb.name, "GPE", 0.0, 0.0, 0.0, 1),
        EntityScore(gmb.name, "ORG", 0.0, 0.0, 0.0, 0),
        EntityScore(gmb.name, "PERSON", 100.0, 100.0, 100.0, 1),
    )


@pytest.mark.parametrize(
    ("key", "counted"),
    [
        ("gum_test", {"PERSON": "PERSON", "GPE": "GPE", "EVENT": "EVENT", "MISC": "MISC"}),
        ("uner_test", {"PERSON": "PERSON", "GPE": "LOC", "EVENT": None, "MISC": None}),
        ("crossner_politics_test", {"GPE": "LOC", "EVENT": "EVENT", "NORP": None, "DATE": None}),
    ],
)
def test_a_corpus_counts_the_labels_that_it_has(key: str, counted: dict[str, str | None]) -> None:
    (corpus,) = (c for c in ENTITY_CORPORA if c.key == key)
    assert {label: corpus.labels(label) for label in counted} == counted


def test_without_corpora_it_is_told_where_they_are_to_be_had(tmp_path: Path) -> None:
    with pytest.raises(ReadError) as told:
        evaluate(None, None)
    assert all(f"{f.path}.xz" in str(told.value) for f in CORPUS_FILES)
    assert "UniversalDependencies/UD_English-EWT (CC BY-SA 4.0)" in str(told.value)
    with pytest.raises(ReadError, match="lacks corpora"):
        evaluate(None, tmp_path)


def test_only_the_corpora_of_the_parts_asked_for_are_wanted(corpora: Path) -> None:
    with pytest.raises(ReadError) as told:
        evaluate(None, corpora, only=["ner"])
    assert "ner/gmb.csv.xz" in str(told.value)
    assert "en_gum-free-test" not in str(told.value)
    with pytest.raises(MissingAnnotation, match="en_core_web_nowhere"):
        evaluate("en_core_web_nowhere", corpora, only=["ud"])


def test_a_pipeline_runs_with_our_boundaries_before_its_parser() -> None:
    nlp = pipeline(DEFAULT_MODEL)
    assigns = [nlp.get_pipe_meta(name).assigns for name in nlp.pipe_names]
    parser = next(i for i, names in enumerate(assigns) if "token.dep" in names)
    assert "kg_boundaries" in nlp.pipe_names[:parser]
    assert "kg_boundaries" not in pipeline(DEFAULT_MODEL, without=["kg_boundaries"]).pipe_names


def test_a_component_that_is_not_there_cannot_be_left_out(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path)
    with pytest.raises(MissingAnnotation, match="no component kg_nothing"):
        pipeline(str(tmp_path), without=["kg_nothing"])


def test_a_pipeline_without_a_parser_is_measured_too(tmp_path: Path, corpora: Path) -> None:
    model = tmp_path / "model"
    spacy.blank("en").to_disk(model)
    done = evaluate(str(model), corpora, only=["ud"])
    assert done.components == ()
    assert done.treebanks[0].tokens == 100.0
    assert done.treebanks[0].sentences is None


FIGURES = Evaluation(
    "en_harbour-1.0",
    ("tagger", "parser"),
    (TreebankScore("UD EWT test", 1, 3, 100.0, 95.04, None, 90.0, 85.26, None, 80.0),),
    (EntityScore("GUM test", ALL, 70.0, 60.0, 64.62, 10),),
    (Speed("harbour", 100, 5000.4, 1.0, 0.5, 100.2, 200.7),),
)


def test_a_report_shows_each_figure_and_a_dash_for_none() -> None:
    lines = report(FIGURES).splitlines()
    assert lines[0] == "en_harbour-1.0 (tagger, parser); raw text in, per cent out"
    (trees,) = (line.split() for line in lines if line.startswith("UD EWT test"))
    assert trees[3:] == ["3", "100.0", "95.0", "–", "90.0", "85.3", "–", "80.0"]
    assert any(line.split()[-4:] == ["10", "70.0", "60.0", "64.6"] for line in lines)
    assert any(line.split() == ["harbour", "5000", "1.00", "0.50", "100", "201"] for line in lines)


def test_a_report_tells_what_others_published_only_beside_what_was_measured() -> None:
    assert "en_udv25_englishewt_trf" in report(FIGURES)
    only_speed = Evaluation("m", (), speed=FIGURES.speed)
    assert "published" not in report(only_speed)
    only_names = Evaluation("m", (), entities=FIGURES.entities)
    assert "XLM-R" in report(only_names)
    assert "en_udv25_englishewt_trf" not in report(only_names)


def test_published_figures_say_whether_they_compare_and_why() -> None:
    for row in published():
        assert row["comparable"] in ("yes", "nearly", "no")
        assert row["why"]
        assert row["source"].startswith("https://")
        figures = [row[k] for k in ("upos", "xpos", "lemma", "uas", "las", "sentences", "entities")]
        assert all(0 < float(figure) <= 100 for figure in figures if figure)
        assert any(figures)


def test_a_table_sets_words_left_and_numbers_right() -> None:
    assert table(["name", "F"], [["a", "9.5"], ["longer", "10.0"]]) == (
        "name       F\na        9.5\nlonger  10.0"
    )


def test_a_worker_answers_each_line_with_words_seconds_and_memory(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(os, "sched_setaffinity", lambda pid, cores: None, raising=False)
    monkeypatch.setattr(evaluation, "pipeline", lambda model, without: spacy.blank("en"))
    out = io.StringIO()
    speed.work("any", ["Ferries wait.\n\n", "Pilots, too."], [], io.StringIO("go\ngo\n"), out)
    loaded, first, second = map(json.loads, out.getvalue().splitlines())
    assert loaded["memory"] > 0
    assert first["words"] == second["words"] == 7
    assert first["seconds"] > 0


def test_pipelines_are_timed_in_processes_of_their_own(tmp_path: Path) -> None:
    spacy.blank("en").to_disk(tmp_path)
    one, other = speed.speeds([str(tmp_path)] * 2, ["Ferries wait. " * 500], rounds=1)
    assert one.words == other.words == 1500
    assert one.ratio == 1.0
    assert other.ratio == pytest.approx(one.words_per_second / other.words_per_second, abs=0.01)
    assert 0 < one.loaded_memory <= one.peak_memory


def test_a_pipeline_that_cannot_be_timed_says_why() -> None:
    with pytest.raises(MissingAnnotation, match="en_core_web_nowhere"):
        speed.speeds(["en_core_web_nowhere"], ["Ferries wait."])
