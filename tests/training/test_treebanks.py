from __future__ import annotations

import lzma
from pathlib import Path

import pytest

from kg.nlp.pieces import GLUED, LINE_BREAK, SPACED
from kg.training.treebanks import document_sample, document_text, read_conllu


def row(number: str, form: str, head: str = "0", dep: str = "root", misc: str = "_") -> str:
    return "\t".join((number, form, form.lower(), "X", "FW", "_", head, dep, "_", misc))


TREEBANK = "\n".join(
    [
        "# newdoc id = first",
        "# sent_id = 1",
        "# newpar",
        "# text = We can't go.",
        row("1", "We", "4", "nsubj"),
        row("2-3", "can't", "_", "_"),
        row("2", "can", "4", "aux"),
        row("3", "not", "4", "advmod"),
        row("3.1", "leave", "_", "_"),
        row("4", "go", misc="SpaceAfter=No"),
        row("5", ".", "4", "punct"),
        "",
        "# sent_id = 2",
        row("1", "Stay", misc="SpaceAfter=No"),
        row("2", "!", "1", "punct"),
        "",
        "# sent_id = 3",
        "# newpar",
        row("1", "Later"),
        "",
        "# newdoc id = second",
        row("1", "Other"),
        "",
    ]
)


@pytest.fixture(params=["plain.conllu", "packed.conllu.xz"])
def treebank(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    path = tmp_path / request.param
    data = TREEBANK.encode()
    path.write_bytes(lzma.compress(data) if path.suffix == ".xz" else data)
    return path


def test_documents_are_told_apart(treebank: Path) -> None:
    documents = read_conllu(treebank)
    assert [[s.id for s in d] for d in documents] == [["1", "2", "3"], [""]]
    assert {s.document for s in documents[0]} == {"first"}


def test_a_multiword_token_is_split_as_the_text_prints_it(treebank: Path) -> None:
    sentence = read_conllu(treebank)[0][0]
    assert sentence.words == ["We", "can", "'t", "go", "."]
    assert sentence.spaces == [True, False, True, False, True]


def test_heads_count_from_nought_and_a_root_is_its_own(treebank: Path) -> None:
    assert read_conllu(treebank)[0][0].heads == [3, 3, 3, 3, 3]


def test_a_document_is_one_sample_with_its_gaps(treebank: Path) -> None:
    sample = document_sample(read_conllu(treebank)[0])
    assert sample.before == (
        *(LINE_BREAK, SPACED, GLUED, SPACED, GLUED),
        *(SPACED, GLUED),
        LINE_BREAK,
    )
    assert sample.syntax is not None
    assert sample.syntax.heads == (3, 3, 3, 3, 3, 5, 5, 7)


def test_the_text_of_a_document_is_running_text(treebank: Path) -> None:
    assert document_text(read_conllu(treebank)[0]) == "We can't go. Stay!\n\nLater"


def test_a_broken_line_is_named(tmp_path: Path) -> None:
    path = tmp_path / "broken.conllu"
    path.write_text("1\tWe\n")
    with pytest.raises(ValueError, match=r"broken\.conllu:1: 2 columns"):
        read_conllu(path)
