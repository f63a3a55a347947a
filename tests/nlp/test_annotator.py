from __future__ import annotations

import pickle
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import onnxruntime
import pytest
import small_annotator
import spacy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from small_annotator import PlayedGraph
from spacy import displacy
from spacy.language import Language
from spacy.tokens import Doc, Span

from kg.errors import MissingAnnotation
from kg.nlp import encoder
from kg.nlp.annotator import Annotator, Reader, words_of
from kg.nlp.encoder import FILES
from kg.nlp.load import default_path, load
from kg.nlp.pieces import A_START, GLUED, LINE_BREAK, NOT_A_START, SPACED

TEXTS = [
    "Rain in Orlen\n\nThe envoy left on Monday. “We will sign,” Berg said.\nHe did not  sign.",
    "",
    "The council met. It voted for the pact! Nobody, it seems, was asked? The end.",
    " \n ",
    "One two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen",
]
ODD = [
    "😀 😀😀 said 😀.",
    "zero\u200bwidth \u200b \u2060 joined",
    "x" * 10_000 + " said.",
    "-" * 9_000,
    "中文字。他说。 ສະບາຍດີ مرحبا",
    "a\u0300" * 500,
    "\x00\x01 \ufeffHello",
    " \t \u00a0x\u2028y\u2029z",
    "\n" * 300 + "a",
    "  leading and trailing  ",
]


@pytest.fixture(autouse=True)
def played(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(encoder, "_opened", PlayedGraph)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return small_annotator.write(
        tmp_path_factory.mktemp("annotator"), words=6, longest=8, pieces=40
    )


@pytest.fixture
def annotated(folder: Path) -> Language:
    return pipeline(folder)


def pipeline(folder: Path, **config: int) -> Language:
    nlp = spacy.blank("en")
    annotator = nlp.add_pipe("kg_annotator", config=config)
    assert isinstance(annotator, Annotator)
    annotator.from_disk(folder)
    return nlp


def readings(nlp: Language, **how: int) -> list[dict[str, object]]:
    return [doc.to_json() for doc in nlp.pipe(TEXTS * 3, **how)]  # type: ignore[call-overload]


def assert_annotated(doc: Doc) -> None:
    sentences = list(doc.sents) if len(doc) else []
    assert all(t.dep_ and t.pos_ and t.tag_ for t in doc)
    for sentence in sentences:
        assert [t.dep_ == "ROOT" for t in sentence] == [t.head == t for t in sentence]
        assert sum(t.head == t for t in sentence) == 1
        assert all(t.head in sentence for t in sentence)


def test_everything_that_extraction_reads_is_set(annotated: Language) -> None:
    doc = annotated(TEXTS[0])
    assert_annotated(doc)
    for annotation in ("TAG", "POS", "MORPH", "HEAD", "DEP", "SENT_START", "ENT_IOB"):
        assert doc.has_annotation(annotation)
    assert set(map(str, doc[0].morph.to_dict())) <= {"Number"}


def test_batches_change_nothing(annotated: Language) -> None:
    first = readings(annotated, batch_size=1)
    assert readings(annotated, batch_size=4) == first == readings(annotated, batch_size=100)
    assert [annotated(text).to_json() for text in TEXTS * 3] == first


def test_two_processes_change_nothing(annotated: Language) -> None:
    expected = readings(annotated)
    assert readings(annotated, n_process=2, batch_size=4) == expected


def test_threads_change_nothing(annotated: Language, folder: Path) -> None:
    assert readings(pipeline(folder, threads=3)) == readings(annotated)


def test_no_threads_at_all_are_refused() -> None:
    with pytest.raises(ValueError, match="threads"):
        Annotator(spacy.blank("en").vocab, threads=0)


def test_a_document_that_fails_goes_to_the_error_handler(
    annotated: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    write, failed = Reader.write, []

    def write_or_fail(self: Reader, doc: Doc, *rest: object) -> None:
        if doc.text == "fail":
            raise RuntimeError("as it was told to")
        write(self, doc, *rest)  # type: ignore[arg-type]

    def note(name: str, proc: object, docs: list[Doc], error: Exception) -> None:
        failed.extend(docs)

    monkeypatch.setattr(Reader, "write", write_or_fail)
    annotated.set_error_handler(note)  # type: ignore[arg-type]
    texts = [doc.text for doc in annotated.pipe(["one", "fail", "two"])]
    assert texts == ["one", "two"]
    assert [doc.text for doc in failed] == ["fail"]


@pytest.mark.parametrize("text", ODD, ids=range(len(ODD)))
def test_odd_text_is_text(annotated: Language, text: str) -> None:
    doc = annotated(text)
    assert doc.text == text
    assert_annotated(doc)
    assert doc.to_bytes()


@given(st.text(max_size=60))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60)
def test_any_text_is_text(annotated: Language, text: str) -> None:
    doc = annotated(text)
    assert doc.text == text
    assert_annotated(doc)


def test_white_space_hangs_on_the_word_before_and_names_nothing(annotated: Language) -> None:
    for text in TEXTS:
        doc = annotated(text)
        words = [t for t in doc if not t.is_space]
        for token in doc:
            if token.is_space and words:
                before = [w for w in words if w.i < token.i] or words[:1]
                assert (token.tag_, token.pos_, token.dep_) == ("_SP", "SPACE", "dep")
                assert token.head == before[-1]
        for entity in doc.ents:
            assert not entity[0].is_space
            assert not entity[-1].is_space
            assert "\n" not in entity.text


def test_words_know_what_stood_before_them() -> None:
    doc = spacy.blank("en")("One two.  Three\n\nfour   \n five")
    words = words_of(doc)
    assert words.text == ["One", "two", ".", "Three", "four", "five"]
    expected = [LINE_BREAK, SPACED, GLUED, SPACED, LINE_BREAK, LINE_BREAK]
    assert words.before == expected


def test_sentence_starts_that_are_set_stay(annotated: Language) -> None:
    for text in TEXTS:
        doc = annotated.make_doc(text)
        known = {}
        for token in doc:
            if token.i and not token.is_space:
                known[token.i] = [None, True, False][token.i % 3]
                token.is_sent_start = known[token.i]
        doc = annotated(doc)
        assert_annotated(doc)
        for i, start in known.items():
            assert start is None or doc[i].is_sent_start == start


def test_a_sentence_too_long_to_be_read_at_once_is_joined(annotated: Language) -> None:
    doc = annotated.make_doc("we came and saw " * 30)
    for token in doc[1:]:
        token.is_sent_start = False
    annotated(doc)
    assert len(list(doc.sents)) == 1
    assert_annotated(doc)


def test_white_space_set_as_a_start_starts_what_follows() -> None:
    doc = spacy.blank("en")("One  two")
    doc[1].is_sent_start = True
    doc[2].is_sent_start = False
    assert words_of(doc).starts[1] == A_START
    doc[1].is_sent_start = None
    assert words_of(doc).starts[1] == NOT_A_START


def test_entities_that_are_set_stay(annotated: Language) -> None:
    for text in (TEXTS[0], TEXTS[4]):
        doc = annotated.make_doc(text)
        doc.set_ents([Span(doc, 1, 3, label="LAW", kb_id="Q1")], default="missing")
        annotated(doc)
        kept = [e for e in doc.ents if e.label_ == "LAW"]
        assert [(e.start, e.end, e.kb_id_) for e in kept] == [(1, 3, "Q1")]
        assert len(doc.ents) > 1


def test_what_else_a_doc_holds_stays(annotated: Language) -> None:
    doc = annotated.make_doc(TEXTS[0])
    doc.spans["marks"] = [Span(doc, 0, 2, label="HEAD")]
    doc.user_data["note"] = "kept"
    annotated(doc)
    assert [span.text for span in doc.spans["marks"]] == ["Rain in"]
    assert doc.user_data["note"] == "kept"


def test_words_read_at_once_stay_within_the_limits(annotated: Language) -> None:
    annotated("word " * 500 + "x, y; z. " * 100)
    annotator = annotated.get_pipe("kg_annotator")
    assert isinstance(annotator, Annotator)
    graph = annotator._ready().encoder._session
    assert graph is not None
    assert graph[1].longest <= 40 + 2


def test_a_pipeline_is_the_same_after_a_disk_and_after_bytes(
    annotated: Language, tmp_path: Path
) -> None:
    annotated.to_disk(tmp_path / "pipeline")
    from_disk = spacy.load(tmp_path / "pipeline")
    from_bytes = spacy.blank("en")
    from_bytes.add_pipe("kg_annotator")
    from_bytes.from_bytes(annotated.to_bytes())
    expected = readings(annotated)
    assert readings(from_disk) == expected == readings(from_bytes)


def test_a_pickled_annotator_reads_as_before(annotated: Language) -> None:
    annotator = annotated.get_pipe("kg_annotator")
    again = pickle.loads(pickle.dumps(annotator))
    docs = [nlp_doc for nlp_doc in map(annotated.make_doc, TEXTS) if len(nlp_doc)]
    expected = [annotated(text).to_json() for text in TEXTS if text]
    assert [again(Doc(again.vocab).from_bytes(d.to_bytes())).to_json() for d in docs] == expected


def test_without_weights_it_says_so(tmp_path: Path) -> None:
    nlp = spacy.blank("en")
    nlp.add_pipe("kg_annotator")
    with pytest.raises(MissingAnnotation, match="has no weights"):
        nlp("Some text.")
    with pytest.raises(MissingAnnotation, match=r"encoder\.onnx is absent"):
        Annotator(nlp.vocab).from_disk(tmp_path)


def test_the_components_and_what_they_need_are_told(annotated: Language) -> None:
    annotated.add_pipe("kg_entities")
    problems = annotated.analyze_pipes()["problems"]
    assert not any(problems.values())
    assert annotated.get_pipe("kg_annotator").labels == ("PERSON", "GPE")  # type: ignore[attr-defined]


def test_displacy_draws_what_was_found(annotated: Language) -> None:
    doc = annotated(TEXTS[0])
    assert "nsubj" in displacy.render(doc, style="dep", jupyter=False)
    assert "Rain" in displacy.render(doc, style="ent", jupyter=False)


# ------------------------------------------------------------------ with the weights that ship

SHIPPED = default_path().parent / "news_ud_trf"
shipped = pytest.mark.skipif(
    not (SHIPPED / "meta.json").is_file(), reason="wants the weights of news_ud_trf"
)


@pytest.fixture
def real(monkeypatch: pytest.MonkeyPatch) -> Iterator[Language]:
    monkeypatch.undo()  # the graph is not played here
    yield spacy.load(SHIPPED)


@shipped
def test_the_shipped_pipeline_reads_news(real: Language) -> None:
    doc = real("The envoy Ada Berg met President Ivan Petrov in Moscow on Monday.")
    assert [t.text for t in doc if t.dep_ == "ROOT"] == ["met"]
    assert [(e.text, e.label_) for e in doc.ents] == [
        ("Ada Berg", "PERSON"),
        ("Ivan Petrov", "PERSON"),
        ("Moscow", "GPE"),
        ("Monday", "DATE"),
    ]
    assert doc[4].lemma_ == "meet"


@shipped
def test_the_shipped_pipeline_reads_the_same_in_batches_and_processes(real: Language) -> None:
    texts = [*TEXTS, *ODD]
    expected = [real(text).to_json() for text in texts]
    assert [doc.to_json() for doc in real.pipe(texts, batch_size=7)] == expected
    assert [doc.to_json() for doc in real.pipe(texts, n_process=2, batch_size=3)] == expected


LONG = """
import spacy, sys
from kg.training.speed import peak_memory
nlp = spacy.load(sys.argv[1])
nlp.max_length = 10**7
nlp("The envoy met the council in Orlen, officials said. " * 5)
before = peak_memory()
doc = nlp("word " * 10_000 + "The envoy met the council in Orlen, officials said. " * 8_182)
print(len(doc), int(peak_memory() - before))
"""


@shipped
def test_a_hundred_thousand_tokens_take_little_memory() -> None:
    ran = subprocess.run(
        [sys.executable, "-c", LONG, str(SHIPPED)], capture_output=True, text=True, check=True
    )
    tokens, mebibytes = map(int, ran.stdout.split())
    assert tokens >= 100_000
    assert mebibytes < 150  # 55 when this was written


SPAWNED = """
import multiprocessing, spacy, sys
if __name__ == "__main__":
    multiprocessing.set_start_method("spawn")
    nlp = spacy.load(sys.argv[1])
    texts = ["The envoy Ada Berg left.", "", "We will sign, she said in Orlen.\\nNobody came."]
    expected = [nlp(text).to_json() for text in texts]
    found = [doc.to_json() for doc in nlp.pipe(texts, n_process=2, batch_size=1)]
    print(found == expected)
"""


@shipped
def test_processes_that_inherit_nothing_read_the_same(tmp_path: Path) -> None:
    script = tmp_path / "spawned.py"
    script.write_text(SPAWNED, "utf-8")
    ran = subprocess.run(
        [sys.executable, str(script), str(SHIPPED)], capture_output=True, text=True, check=True
    )
    assert ran.stdout == "True\n"


def _half(data: bytes) -> bytes:
    return data[: len(data) // 2]


@shipped
@pytest.mark.parametrize("name", FILES)
@pytest.mark.parametrize("damaged", [_half, lambda data: b"", lambda data: b"<html>"])
@pytest.mark.usefixtures("real")
def test_a_damaged_file_is_named_before_anything_is_read(
    name: str, damaged: Callable[[bytes], bytes], tmp_path: Path
) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    file = folder / "kg_annotator" / name
    file.write_bytes(damaged(file.read_bytes()))
    with pytest.raises(MissingAnnotation, match=rf"model .*: {re.escape(name)} of .* is damaged"):
        load(str(folder))


@shipped
@pytest.mark.usefixtures("real")
def test_damage_is_no_failure_of_single_documents(tmp_path: Path) -> None:
    folder = tmp_path / "model"
    shutil.copytree(SHIPPED, folder)
    (folder / "kg_annotator" / "encoder.onnx").write_bytes(b"cut off")
    nlp = spacy.load(folder)
    nlp.set_error_handler(lambda *failure: None)  # would drop the documents
    with pytest.raises(MissingAnnotation, match="is damaged"):
        list(nlp.pipe(["One.", "Two."]))


@pytest.mark.usefixtures("real")
def test_a_graph_of_something_else_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    class Other:
        def __init__(self, *args: object, **options: object) -> None: ...

        def get_outputs(self) -> list[object]:
            return []

    monkeypatch.setattr(onnxruntime, "InferenceSession", Other)
    with pytest.raises(MissingAnnotation, match=r"encoder\.onnx .* has no output arcs, dependent"):
        encoder.Encoder(small_annotator.weights()).open()
