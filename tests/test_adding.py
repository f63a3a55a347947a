"""A graph that grows and shrinks is, byte for byte, the one that would be built at once."""

from __future__ import annotations

import dataclasses
import gzip
import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

import kg
from kg import building, kept, parts
from kg.errors import OutputError
from kg.folders import fresh_beside, sibling
from kg.records import Article, Extraction, Failure
from kg.reporting import Changes

ARTICLE = (Path(__file__).parent / "border.txt").read_text(encoding="utf-8")
THANKS = """Peru thanks Chile

LIMA, 12 March 2024 - Peru thanked Chile on Monday for its help after the flood.

"It is in force, whatever they say in Nairobi," the president of Uganda, Yoweri Museveni, said.
"""
MADE = (building.GRAPH, building.TRIG, building.PAGE)


@pytest.fixture(scope="module")
def articles(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Three articles of which two share an utterance and all share actors."""
    folder = tmp_path_factory.mktemp("articles")
    (folder / "border.txt").write_text(ARTICLE, encoding="utf-8")
    (folder / "later.txt").write_text(ARTICLE.replace("2019", "2020"), encoding="utf-8")
    (folder / "thanks.txt").write_text(THANKS, encoding="utf-8")
    return folder


@pytest.fixture(scope="module")
def whole(articles: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    return kg.build([articles], tmp_path_factory.mktemp("whole") / "graph").folder


@pytest.fixture
def graph(whole: Path, tmp_path: Path) -> Path:
    """A copy of the whole graph, to be changed."""
    shutil.copytree(whole, tmp_path / "graph")
    return tmp_path / "graph"


def content(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in MADE]


def fresh(paths: Iterable[Path], folder: Path, settings: kg.Settings | None = None) -> list[bytes]:
    """What one build of all of it makes."""
    return content(kg.build(paths, folder / "graph", settings).folder)


@pytest.fixture
def read(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The ids of articles that go through the language pipeline."""
    seen: list[str] = []

    def watched(items: Iterable[Article], *rest: object) -> object:
        def noted() -> Iterable[Article]:
            for item in items:
                seen.append(item.id)
                yield item

        return parts.parts(noted(), *rest)  # type: ignore[arg-type]

    monkeypatch.setattr(building, "parts", watched)
    return seen


def test_the_graph_links_what_articles_share(whole: Path) -> None:
    triples = gzip.decompress((whole / building.GRAPH).read_bytes()).decode()
    assert "/utterance/" in triples


@pytest.mark.parametrize(
    "order", [["border", "later", "thanks"], ["thanks", "later", "border"]], ids=" ".join
)
def test_articles_one_by_one_make_the_graph_of_all(
    order: list[str], articles: Path, whole: Path, tmp_path: Path
) -> None:
    for name in order:
        report = kg.build([articles / f"{name}.txt"], tmp_path / "graph")
        assert report.changes.added == 1
    assert content(tmp_path / "graph") == content(whole)


def test_only_new_articles_are_read(
    articles: Path, graph: Path, tmp_path: Path, read: list[str]
) -> None:
    (tmp_path / "news.txt").write_text("Mali thanked Chad, its foreign ministry said on Monday.")
    report = kg.build([articles, tmp_path / "news.txt"], graph)
    assert read == ["news"]
    assert report.changes == Changes(added=1, unchanged=3)
    assert report.counts["articles"] == 4


def test_the_same_articles_change_nothing(articles: Path, graph: Path, read: list[str]) -> None:
    before = {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in graph.iterdir() if p.is_file()}
    report = kg.build([articles], graph)
    assert {p: (p.stat().st_mtime_ns, p.read_bytes()) for p in before} == before
    assert report.changes == Changes(unchanged=3)
    assert report.counts["articles"] == 3
    assert read == []


def test_a_damaged_file_is_made_again_of_the_same_articles(articles: Path, graph: Path) -> None:
    before = content(graph)
    (graph / building.GRAPH).write_bytes(b"")
    kg.build([articles], graph)
    assert content(graph) == before


def test_a_changed_article_replaces_its_graph(articles: Path, graph: Path, tmp_path: Path) -> None:
    changed = tmp_path / "articles"
    shutil.copytree(articles, changed)
    (changed / "border.txt").write_text(ARTICLE.replace("a lie", "a fib"), encoding="utf-8")
    report = kg.build([changed / "border.txt"], graph)
    assert report.changes == Changes(replaced=1, unchanged=2)
    assert content(graph) == fresh([changed], tmp_path / "fresh")
    assert "border.txt: replaces border, which came from" in report.warnings[0]


def test_a_date_given_later_replaces_an_article(articles: Path, tmp_path: Path) -> None:
    (tmp_path / "undated.txt").write_text("Mali thanked Chad, its ministry said on Monday.")
    kg.build([tmp_path / "undated.txt"], tmp_path / "graph")
    dated = kg.Settings(published="2024-05-06")
    report = kg.build([tmp_path / "undated.txt"], tmp_path / "graph", dated)
    assert report.changes == Changes(replaced=1)


@pytest.mark.parametrize("name", ["border", "thanks"])
def test_a_removed_article_takes_all_it_brought(
    name: str, articles: Path, graph: Path, tmp_path: Path, read: list[str]
) -> None:
    report = kg.remove(graph, [name])
    others = [p for p in sorted(articles.iterdir()) if p.stem != name]
    assert read == []
    assert report.changes == Changes(unchanged=2, removed=1)
    assert content(graph) == fresh(others, tmp_path / "fresh")


def test_an_article_is_removed_by_its_iri(graph: Path) -> None:
    kg.remove(graph, ["https://w3id.org/newskg/article/thanks"])
    assert [a["id"] for a in json.loads((graph / building.REPORT).read_bytes())["articles"]] == [
        "border",
        "later",
    ]


def test_removing_all_or_what_is_not_there_is_refused(graph: Path) -> None:
    before = content(graph)
    with pytest.raises(OutputError, match="no article thank; did you mean thanks"):
        kg.remove(graph, ["border", "thank"])
    with pytest.raises(OutputError, match="no article would be left"):
        kg.remove(graph, ["border", "later", "thanks"])
    assert content(graph) == before


def test_nothing_can_be_removed_from_no_graph(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds no graph that kg built"):
        kg.remove(tmp_path / "none", ["border"])
    assert list(tmp_path.iterdir()) == []


def test_replace_begins_anew(articles: Path, graph: Path, tmp_path: Path) -> None:
    report = kg.build([articles / "thanks.txt"], graph, replace=True)
    assert report.changes == Changes(added=1)
    assert content(graph) == fresh([articles / "thanks.txt"], tmp_path / "fresh")


def test_a_text_that_the_graph_has_under_another_name_is_read_once(
    graph: Path, tmp_path: Path
) -> None:
    before = content(graph)
    (tmp_path / "copy.txt").write_text(THANKS, encoding="utf-8")
    report = kg.build([tmp_path / "copy.txt"], graph)
    assert "same text as thanks" in report.failures[0].reason
    assert content(graph) == before


def test_what_fails_now_leaves_what_was_there(
    articles: Path, graph: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = content(graph)
    (tmp_path / "border.txt").write_text(ARTICLE + "More.", encoding="utf-8")

    def failing(item: Extraction, settings: object, run: object) -> object:
        return Failure(item.article.path, "evidence does not hold")

    monkeypatch.setattr(parts, "part_of", failing)
    report = kg.build([tmp_path / "border.txt"], graph)
    assert len(report.failures) == 1
    assert content(graph) == before


def test_settings_of_the_graph_hold_unless_told_anew(
    articles: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "extra.ttl").write_text(
        "@prefix kg: <https://w3id.org/newskg/ontology#> .\n", encoding="utf-8"
    )
    monkeypatch.chdir(tmp_path)
    settings = kg.Settings(base="https://example.org/", gazetteers=("extra.ttl",))
    kg.build([articles / "border.txt"], tmp_path / "graph", settings, title="Mine")
    monkeypatch.chdir(articles)
    kg.build(["later.txt"], tmp_path / "graph")
    monkeypatch.chdir(tmp_path)
    both = [articles / "border.txt", articles / "later.txt"]
    made = kg.build(both, tmp_path / "fresh", settings, title="Mine")
    assert content(tmp_path / "graph") == content(made.folder)


def test_new_settings_hold_for_all_articles(articles: Path, graph: Path, tmp_path: Path) -> None:
    settings = kg.Settings(base="https://example.org/")
    report = kg.build([articles / "border.txt"], graph, settings)
    assert report.changes == Changes(unchanged=3)
    assert content(graph) == fresh([articles], tmp_path / "fresh", settings)


def test_another_pipeline_reads_all_articles_again_from_what_is_kept(
    articles: Path, graph: Path, tmp_path: Path, read: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "news.txt").write_text("Mali thanked Chad, its foreign ministry said on Monday.")
    monkeypatch.setattr(kept, "_code", lambda: "another")
    report = kg.build([tmp_path / "news.txt", articles / "border.txt"], graph)
    assert read == ["news", "border", "later", "thanks"]
    assert report.changes == Changes(added=1, made_again=3)


def test_code_and_data_of_the_finders_are_digested() -> None:
    files = dict(kept._files(Path(kg.__file__).parent, kept.FINDERS))
    assert {"records.py", "extraction/statements.py", "nlp/load.py"} < files.keys()
    assert not any("__pycache__" in name for name in files)


def test_findings_depend_on_each_thing_that_finds(articles: Path) -> None:
    run = building._run(kg.Settings())
    digest = kept.findings_digest(run)
    for name in ("version", "model", "model_version", "model_hash", "data_hash"):
        assert kept.findings_digest(dataclasses.replace(run, **{name: "x"})) != digest
    assert kept.findings_digest(dataclasses.replace(run, settings=())) == digest


def test_a_graph_without_text_reads_its_articles_again(articles: Path, tmp_path: Path) -> None:
    settings = kg.Settings(text=False)
    kg.build([articles / "border.txt", articles / "later.txt"], tmp_path / "graph", settings)
    report = kg.build([articles / "thanks.txt"], tmp_path / "graph")
    assert report.changes == Changes(added=1, unchanged=2)
    assert content(tmp_path / "graph") == fresh([articles], tmp_path / "fresh", settings)


def test_a_graph_may_be_moved_with_its_articles(articles: Path, tmp_path: Path) -> None:
    shutil.copytree(articles, tmp_path / "here" / "articles")
    (tmp_path / "here" / "extra.ttl").write_text(
        "@prefix kg: <https://w3id.org/newskg/ontology#> .\n", encoding="utf-8"
    )
    settings = kg.Settings(text=False, gazetteers=(str(tmp_path / "here" / "extra.ttl"),))
    kg.build([tmp_path / "here" / "articles"], tmp_path / "here" / "graph", settings)
    (tmp_path / "here").rename(tmp_path / "there")
    report = kg.remove(tmp_path / "there" / "graph", ["thanks"])
    assert report.changes == Changes(unchanged=2, removed=1)


def test_a_graph_without_text_names_articles_that_are_away(articles: Path, tmp_path: Path) -> None:
    shutil.copytree(articles, tmp_path / "articles")
    kg.build([tmp_path / "articles"], tmp_path / "graph", kg.Settings(text=False))
    before = content(tmp_path / "graph")
    (tmp_path / "articles" / "border.txt").write_text("Other words, the ministry said.")
    (tmp_path / "articles" / "later.txt").unlink()
    with pytest.raises(OutputError, match=r"gone or changed:\n  border: .*\n  later: "):
        kg.remove(tmp_path / "graph", ["thanks"])
    assert content(tmp_path / "graph") == before


def test_leaving_the_text_out_of_a_graph_takes_it_out_of_what_is_kept(
    articles: Path, graph: Path, tmp_path: Path
) -> None:
    settings = kg.Settings(text=False)
    report = kg.build([articles / "thanks.txt"], graph, settings)
    assert report.changes.unchanged == 3
    assert [p.name for p in (graph / building.PARTS).iterdir()] == [kept.INDEX]
    assert content(graph) == fresh([articles], tmp_path / "fresh", settings)


@pytest.mark.parametrize("damage", ["index.json", "extraction", "folder"])
def test_damage_to_what_is_kept_is_told(damage: str, articles: Path, graph: Path) -> None:
    before = content(graph)
    folder = graph / building.PARTS
    if damage == "folder":
        shutil.rmtree(folder)
    elif damage == "extraction":
        next(folder.glob("*.gz")).write_bytes(b"\x1f\x8b")
    else:
        (folder / damage).write_text("{}")
    with pytest.raises(OutputError, match="--replace"):
        kg.remove(graph, ["thanks"])
    assert content(graph) == before


def test_a_second_writer_is_told(articles: Path, graph: Path) -> None:
    code = f"import kg; kg.remove({str(graph)!r}, ['thanks'])"
    with fresh_beside(graph):
        done = subprocess.run([sys.executable, "-c", code], capture_output=True, encoding="utf-8")
    assert "another process is writing it" in done.stderr
    kg.remove(graph, ["thanks"])


KILLED = """
import os, signal, sys
import kg, kg.folders
from pathlib import Path

rename, left = Path.rename, [int(sys.argv[1])]

def renaming(self, target):
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1
    return rename(self, target)

Path.rename = renaming
kg.remove(sys.argv[2], ["thanks"])
"""


@pytest.mark.parametrize("renamings", [0, 1, 2])
def test_a_killed_build_leaves_the_old_graph(renamings: int, graph: Path) -> None:
    before = content(graph)
    command = [sys.executable, "-c", KILLED, str(renamings), str(graph)]
    assert subprocess.run(command).returncode == -signal.SIGKILL
    assert graph.exists() == (renamings < 2)
    with kg.open(graph) as opened:
        assert opened.query("ASK { ?s ?p ?o }")
    assert content(graph) == before
    kg.remove(graph, ["border"])
    assert sorted(p.name for p in graph.parent.iterdir()) == ["graph"]


def test_nothing_is_left_beside_the_graph(graph: Path) -> None:
    kg.remove(graph, ["thanks"])
    assert [p.name for p in graph.parent.iterdir()] == ["graph"]
    assert not sibling(graph, "partial").exists()


def test_what_others_put_into_the_folder_stays(graph: Path) -> None:
    (graph / "notes").mkdir()
    (graph / "notes" / "mine.txt").write_text("to do")
    (graph / "picture.png").write_bytes(b"a picture")
    kg.remove(graph, ["thanks"])
    assert (graph / "notes" / "mine.txt").read_text() == "to do"
    assert (graph / "picture.png").read_bytes() == b"a picture"
