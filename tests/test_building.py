from __future__ import annotations

import errno
import gzip
import json
import os
import subprocess
import sys
from pathlib import Path

import pyoxigraph as ox
import pytest

import kg
from kg import building
from kg.errors import EvidenceError, OutputError
from kg.parts import WORTH_WORKERS, worker_count
from kg.rdf.write import article_quads, dataset
from kg.records import Extraction
from kg.reporting import BuildReport

ARTICLE = (Path(__file__).parent / "border.txt").read_text(encoding="utf-8")


def unzipped(folder: Path) -> bytes:
    return gzip.decompress((folder / building.GRAPH).read_bytes())


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> BuildReport:
    folder = tmp_path_factory.mktemp("build")
    (folder / "border.txt").write_text(ARTICLE, encoding="utf-8")
    return kg.build([folder / "border.txt"], folder / "graph")


def test_the_folder_holds_what_the_help_promises(built: BuildReport) -> None:
    names = sorted(p.name for p in built.folder.iterdir())
    assert names == ["graph.html", "graph.nq.gz", "graph.trig", "parts", "report.json", "store"]


def test_the_report_counts_what_came_out(built: BuildReport) -> None:
    report = json.loads((built.folder / "report.json").read_text(encoding="utf-8"))
    lines = unzipped(built.folder).splitlines()
    assert report["quads"] == built.quads == len(lines)
    assert report["counts"]["articles"] == 1
    assert report["counts"]["statements"] >= 3
    assert report["articles"][0]["published"] == "2024-03-11"


def test_all_copies_hold_the_same_quads(built: BuildReport) -> None:
    store = ox.Store.read_only(str(built.folder / "store"))
    trig = ox.Store()
    trig.load((built.folder / "graph.trig").read_bytes(), format=ox.RdfFormat.TRIG)
    rdflib = dataset(built.folder / "graph.nq.gz")
    assert len(store) == len(trig) == sum(1 for _ in rdflib.quads()) == built.quads


def test_the_graph_is_canonical_and_free_of_blank_nodes(built: BuildReport) -> None:
    lines = unzipped(built.folder).splitlines(keepends=True)
    assert lines == sorted(set(lines))
    assert not any(b"_:" in line.split(b'"')[0] for line in lines)


def test_the_graph_validates_against_its_text(built: BuildReport) -> None:
    report = kg.validate(built.folder, [built.folder.parent / "border.txt"])
    assert report.conforms, str(report)
    assert report.quoted == report.selectors > 0


def test_a_changed_word_is_found_by_validation(built: BuildReport, tmp_path: Path) -> None:
    (tmp_path / "border.txt").write_text(ARTICLE.replace("a lie", "a fib"), encoding="utf-8")
    assert not kg.validate(built.folder, [tmp_path / "border.txt"]).conforms


def test_without_text_no_words_are_published(tmp_path: Path) -> None:
    (tmp_path / "border.txt").write_text(ARTICLE, encoding="utf-8")
    settings = kg.Settings(text=False)
    report = kg.build([tmp_path / "border.txt"], tmp_path / "graph", settings)
    everything = unzipped(report.folder).decode()
    page = (report.folder / "graph.html").read_text(encoding="utf-8")
    assert "it is in force" in ARTICLE
    kept = b"".join(p.read_bytes() for p in (report.folder / "parts").iterdir()).decode()
    told = (report.folder / "report.json").read_text(encoding="utf-8")
    for words in ("it is in force", "It is a lie", "reopen the border at", ARTICLE.split("\n")[0]):
        assert words not in everything
        assert words not in page
        assert words not in kept + told
    assert kg.validate(report.folder, [tmp_path / "border.txt"]).conforms


@pytest.mark.parametrize("text", [True, False])
def test_report_and_index_tell_names_and_no_folders(text: bool, tmp_path: Path) -> None:
    folder = tmp_path / "private" / "news"
    folder.mkdir(parents=True)
    (folder / "border.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "odd.txt").write_bytes(b"\xff\xfe\x00")
    (folder / "extra.ttl").write_text("@prefix kg: <https://w3id.org/newskg/ontology#> .\n")
    settings = kg.Settings(text=text, gazetteers=(str(folder / "extra.ttl"),))
    report = kg.build([folder], tmp_path / "private" / "graph", settings)
    told = (report.folder / "report.json").read_text(encoding="utf-8")
    index = (report.folder / "parts" / "index.json").read_text(encoding="utf-8")
    assert "private" not in told + index
    written = json.loads(told)
    assert written["articles"][0]["path"] == "border.txt"
    assert written["settings"]["gazetteers"] == ["extra.ttl"]
    assert written["failures"][0]["path"] == "odd.txt"
    assert written["failures"][0]["reason"].startswith("odd.txt: not UTF-8")


@pytest.mark.parametrize("seed", ["0", "1", "2"])
def test_hash_seeds_do_not_change_a_byte(built: BuildReport, tmp_path: Path, seed: str) -> None:
    source = built.folder.parent / "border.txt"
    command = [sys.executable, "-m", "kg", "build", str(source), "-o", str(tmp_path / "g"), "-q"]
    extra = ["--processes", "2"] if seed == "2" else []
    environment = {**os.environ, "PYTHONHASHSEED": seed}
    subprocess.run([*command, *extra], check=True, env=environment)
    for name in (building.GRAPH, building.TRIG):
        assert (tmp_path / "g" / name).read_bytes() == (built.folder / name).read_bytes()


def test_a_foreign_folder_is_left_alone(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "thesis.doc").write_text("years of work")
    with pytest.raises(OutputError, match=r"mine: exists and is no graph"):
        kg.build([tmp_path / "a.txt"], tmp_path / "mine", replace=True)
    assert (tmp_path / "mine" / "thesis.doc").read_text() == "years of work"


def test_a_full_disk_leaves_nothing_behind(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")

    def full(*_: object) -> str:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(building, "write_nquads_gz", full)
    with pytest.raises(OutputError, match="the disk is full"):
        kg.build([tmp_path / "a.txt"], tmp_path / "graph")
    assert [p.name for p in tmp_path.iterdir()] == ["a.txt"]


def test_bad_files_are_told_and_the_rest_is_built(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "latin.txt").write_bytes("Le président a dit “non”".encode("cp1252"))
    (tmp_path / "empty.txt").write_text("")
    report = kg.build([tmp_path, tmp_path / "gone.txt"], tmp_path / "graph")
    assert report.counts["articles"] == 1
    told = " ".join(f.reason for f in report.failures)
    assert all(name in told for name in ("latin.txt", "empty.txt", "gone.txt"))


def test_nothing_readable_is_no_graph(tmp_path: Path) -> None:
    (tmp_path / "empty.txt").write_text("")
    with pytest.raises(OutputError, match=r"no article could be read(.|\n)*empty\.txt"):
        kg.build([tmp_path / "empty.txt"], tmp_path / "graph")
    assert not (tmp_path / "graph").exists()


def test_the_order_of_articles_does_not_matter(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "b.txt").write_text(ARTICLE.replace("2019", "2020"), encoding="utf-8")
    one = kg.build([tmp_path / "a.txt", tmp_path / "b.txt"], tmp_path / "one")
    two = kg.build([tmp_path / "b.txt", tmp_path / "a.txt"], tmp_path / "two")
    assert one.files[building.GRAPH] == two.files[building.GRAPH]


def test_workers_take_over_only_where_there_is_much_to_read(tmp_path: Path) -> None:
    (tmp_path / "small.txt").write_text("x" * 100)
    assert worker_count([tmp_path], kg.Settings()) == 1
    (tmp_path / "large.txt").write_text("x" * WORTH_WORKERS)
    assert worker_count([tmp_path, tmp_path / "gone.txt"], kg.Settings()) > 0
    assert worker_count([tmp_path], kg.Settings(processes=3)) == 3


def test_evidence_that_does_not_hold_is_a_failure(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "a.txt").write_text(ARTICLE, encoding="utf-8")
    (tmp_path / "b.txt").write_text("Peru thanked Chile on Monday, its foreign ministry said.")

    def broken(item: Extraction, **options: object) -> list[ox.Quad]:
        if item.article.id == "a":
            raise EvidenceError("words are not there")
        return article_quads(item, **options)  # type: ignore[arg-type]

    monkeypatch.setattr("kg.parts.article_quads", broken)
    report = kg.build([tmp_path], tmp_path / "graph")
    assert report.counts["articles"] == 1
    assert "a.txt: evidence does not hold: words are not there" in report.failures[0].reason


def test_a_name_that_is_not_utf8_is_told_and_the_rest_is_built(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(ARTICLE, encoding="utf-8")
    try:
        Path(os.fsdecode(os.fsencode(tmp_path) + b"/o-\xff.txt")).write_text(ARTICLE)
    except OSError:
        pytest.skip("this file system takes UTF-8 names only")
    report = kg.build([tmp_path], tmp_path / "graph")
    assert report.counts["articles"] == 1
    assert r"o-\xff.txt: its name is not UTF-8" in report.failures[0].reason


def test_a_graph_among_the_articles_is_not_read(tmp_path: Path) -> None:
    (tmp_path / "good.txt").write_text(ARTICLE, encoding="utf-8")
    kg.build([tmp_path], tmp_path / "graph")
    again = kg.build([tmp_path], tmp_path / "graph")
    assert again.counts["articles"] == 1
    assert again.failures == ()
