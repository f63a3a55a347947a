"""The commands as people and pipes use them: subprocesses, files, exit statuses."""

from __future__ import annotations

import csv
import io
import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path

import pytest

ARTICLE = (Path(__file__).parents[1] / "border.txt").read_text(encoding="utf-8")


def kg(*arguments: object, **options: object) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-m", "kg", *map(str, arguments)]
    environment = {**os.environ, "LC_ALL": "C", "PYTHONUTF8": "0", "COLUMNS": "100"}
    return subprocess.run(
        command,
        capture_output=True,
        encoding="utf-8",
        env=environment,
        **options,  # type: ignore[call-overload]
    )


@pytest.fixture(scope="module")
def graph(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("cli")
    (folder / "border.txt").write_text(ARTICLE, encoding="utf-8")
    done = kg("build", folder / "border.txt", "-o", folder / "graph")
    assert done.returncode == 0, done.stderr
    assert "1 articles" in done.stderr
    assert done.stdout == ""
    return folder / "graph"


def test_extract_prints_one_object_a_line(graph: Path) -> None:
    done = kg("extract", graph.parent / "border.txt")
    (line,) = done.stdout.splitlines()
    found = json.loads(line)
    assert found["article"]["text"] == ARTICLE
    for statement in found["statements"]:
        for start, end in statement["content"]:
            assert 0 <= start < end <= len(ARTICLE)
    assert done.returncode == 0


def test_the_contract_has_all_its_keys(graph: Path) -> None:
    found = json.loads(kg("extract", graph.parent / "border.txt").stdout)
    assert {"article", "actors", "places", "statements", "agreements", "events", "dates"} < set(
        found
    )
    statement = found["statements"][0]
    promised = """id type speaker co_speakers voiced_by via source cue content addressees venue
        targets mentions force force_secondary confidence headline topic_only nested_in same_as"""
    assert set(promised.split()) <= set(statement)


def test_unreadable_input_is_told_and_the_rest_done(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "odd.txt").write_bytes(b"\xff\xfe\x00")
    done = kg("extract", tmp_path / "odd.txt", graph.parent / "border.txt", tmp_path / "gone.txt")
    assert done.returncode == 1
    assert len(done.stdout.splitlines()) == 1
    assert "odd.txt" in done.stderr
    assert "gone.txt" in done.stderr
    assert "Traceback" not in done.stderr


def test_a_graph_is_added_to_and_taken_from(graph: Path, tmp_path: Path) -> None:
    (tmp_path / "thanks.txt").write_text("Peru thanked Chile on Monday, its foreign ministry said.")
    (tmp_path / "border.txt").write_text(ARTICLE, encoding="utf-8")
    kg("build", tmp_path / "border.txt", "-o", tmp_path / "graph")
    before = (tmp_path / "graph" / "graph.nq.gz").read_bytes()
    added = kg("build", tmp_path / "thanks.txt", "-o", tmp_path / "graph")
    assert "1 added, 1 unchanged" in added.stderr
    assert (tmp_path / "graph" / "graph.nq.gz").read_bytes() != before
    removed = kg("remove", tmp_path / "graph", "thanks")
    assert "1 unchanged, 1 removed" in removed.stderr
    assert (tmp_path / "graph" / "graph.nq.gz").read_bytes() == before


def test_an_article_that_is_not_there_cannot_be_removed(graph: Path) -> None:
    done = kg("remove", graph, "bordr")
    assert done.returncode == 1
    assert "no article bordr; did you mean border?" in done.stderr


def test_questions_are_listed_and_asked(graph: Path) -> None:
    assert "who-said-what-about" in kg("query", graph).stdout
    done = kg("query", graph, "who-said-what-about", "about=Uganda", "-f", "csv")
    rows = list(csv.DictReader(io.StringIO(done.stdout)))
    assert any("Kenya" in str(row.values()) for row in rows), done.stderr


def test_sparql_from_words_and_from_a_file(graph: Path, tmp_path: Path) -> None:
    text = "SELECT (COUNT(*) AS ?n) WHERE { ?s a kg:Statement }"
    (tmp_path / "count.rq").write_text(text)
    from_words = kg("query", graph, text, "-f", "json")
    from_file = kg("query", graph, tmp_path / "count.rq", "-f", "json")
    assert from_words.stdout == from_file.stdout
    rows = json.loads(from_words.stdout)["results"]["bindings"]
    assert int(rows[0]["n"]["value"]) >= 3


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("SELECT ?x WHERE { ?x a }", "line 1"),
        ("DELETE WHERE { ?s ?p ?o }", "changes a graph"),
        ("no-such-question", "no question"),
        ("missing.rq", "kg: missing.rq: cannot be read: No such file or directory\n"),
        ("ASK { SERVICE <http://localhost/> { ?s ?p ?o } }", "SERVICE would call another"),
    ],
)
def test_bad_questions_are_explained(graph: Path, question: str, said: str) -> None:
    done = kg("query", graph, question)
    assert done.returncode == 1
    assert said.lower() in done.stderr.lower()
    assert "Traceback" not in done.stderr


def test_networks_are_analysed(graph: Path) -> None:
    assert "centrality" in kg("network", graph).stdout
    assert "Kenya" in kg("network", graph, "centrality").stdout


def test_the_page_is_made_again_the_same(graph: Path, tmp_path: Path) -> None:
    assert kg("view", graph, "-o", tmp_path / "again.html").returncode == 0
    assert (tmp_path / "again.html").read_bytes() == (graph / "graph.html").read_bytes()


def test_validation_tells_its_result_by_status(graph: Path) -> None:
    done = kg("validate", graph, "-a", graph.parent / "border.txt")
    assert done.returncode == 0, done.stdout
    assert "conforms" in done.stdout


@pytest.mark.parametrize("format", ["turtle", "trig", "nquads", "jsonld", "graphml", "gexf"])
def test_exports_are_written(graph: Path, tmp_path: Path, format: str) -> None:
    done = kg("export", graph, "-f", format, "-o", tmp_path / "out")
    assert done.returncode == 0, done.stderr
    assert (tmp_path / "out").stat().st_size > 1000


@pytest.mark.skipif(sys.platform == "win32", reason="wants pseudo-terminals")
@pytest.mark.parametrize(("lines", "paged"), [(5, True), (500, False)])
def test_a_table_longer_than_the_terminal_is_paged(graph: Path, lines: int, paged: bool) -> None:
    import pty

    ours, theirs = pty.openpty()
    environment = {**os.environ, "PAGER": "sed s/^/paged:/", "LINES": str(lines), "COLUMNS": "100"}
    command = [sys.executable, "-m", "kg", "query", str(graph), "statements"]
    with subprocess.Popen(command, stdout=theirs, env=environment) as process:
        os.close(theirs)
        shown = b""
        while block := _read(ours):
            shown += block
    os.close(ours)
    assert process.returncode == 0
    assert b"Kenya" in shown
    assert (b"paged:" in shown) == paged


def _read(handle: int) -> bytes:
    try:
        return os.read(handle, 65_536)
    except OSError:  # Linux tells the end of a terminal so
        return b""


def test_a_reader_that_goes_away_ends_it_quietly(graph: Path) -> None:
    command = f"{sys.executable} -m kg extract {graph.parent} {graph.parent} | head -c 10"
    done = subprocess.run(command, shell=True, capture_output=True, encoding="utf-8")
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [["build"], ["query"], ["nonsense"], ["query", "g", "q", "novalue"]]
)
def test_what_is_not_understood_ends_with_two(arguments: list[str]) -> None:
    done = kg(*arguments)
    assert done.returncode == 2
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "arguments", [["query"], ["query", "actors"], ["network"], ["network", "centrality"]]
)
def test_no_graph_is_said(arguments: list[str], tmp_path: Path) -> None:
    verb, *rest = arguments
    done = kg(verb, tmp_path / "none", *rest)
    assert done.returncode == 1
    assert "none" in done.stderr
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


@pytest.mark.parametrize(
    "command",
    [
        "build",
        "remove",
        "extract",
        "query",
        "network",
        "view",
        "validate",
        "load",
        "export",
        "serve",
    ],
)
def test_help_teaches_every_command(command: str) -> None:
    done = kg(command, "--help")
    assert done.returncode == 0
    assert len(done.stdout.splitlines()) > 5


def test_the_version_is_told() -> None:
    assert kg("--version").stdout.startswith("kg 0.")


def test_the_help_gives_each_example_a_line() -> None:
    lines = [line.strip() for line in kg("--help").stdout.splitlines()]
    assert "kg query my-graph                      the questions it answers" in lines


def test_a_file_stays_where_no_article_can_be_read(graph: Path, tmp_path: Path) -> None:
    out = tmp_path / "found.jsonl"
    assert kg("extract", graph.parent / "border.txt", "-o", out).returncode == 0
    before = out.read_bytes()
    done = kg("extract", tmp_path / "gone.txt", "-o", out)
    assert done.returncode == 1
    assert "gone.txt" in done.stderr
    assert out.read_bytes() == before
    assert sorted(p.name for p in tmp_path.iterdir()) == ["found.jsonl"]


@pytest.mark.parametrize("command", ["build", "view"])
def test_a_page_without_nodes_is_refused(command: str, graph: Path) -> None:
    done = kg(command, graph, "--max-nodes", "0")
    assert done.returncode == 2
    assert "--max-nodes" in done.stderr


def test_a_taken_port_is_told(graph: Path) -> None:
    pytest.importorskip("pyoxigraph")
    if shutil.which("oxigraph", path=str(Path(sys.executable).parent)) is None:
        pytest.skip("wants the program `oxigraph` (pip install oxigraph)")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = kg("serve", graph, "--port", port, timeout=60)
    assert done.returncode == 1
    assert done.stderr == f"kg: port {port} is taken by another program; name another with --port\n"


def test_a_damaged_dump_is_told_by_name(graph: Path, tmp_path: Path) -> None:
    shutil.copytree(graph, tmp_path / "graph")
    with (tmp_path / "graph" / "graph.nq.gz").open("ab") as file:
        file.write(b"more")
    done = kg("validate", tmp_path / "graph")
    assert done.returncode == 1
    assert "file: graph.nq.gz: " in done.stdout


@pytest.mark.skipif(not Path("/proc/self/task").exists(), reason="wants Linux's list of processes")
@pytest.mark.parametrize("command", ["build", "extract"])
def test_an_interrupt_ends_the_workers_without_a_word(command: str, tmp_path: Path) -> None:
    lines = [json.dumps({"id": str(i), "text": f"{ARTICLE}\n\n{i}"}) for i in range(400)]
    (tmp_path / "many.jsonl").write_text("\n".join(lines), encoding="utf-8")
    arguments = [command, tmp_path / "many.jsonl", "-j", "2", "-o", tmp_path / "out"]
    with subprocess.Popen(
        [sys.executable, "-m", "kg", *map(str, arguments)],
        stderr=subprocess.PIPE,
        encoding="utf-8",
        start_new_session=True,
    ) as process:
        children = Path(f"/proc/{process.pid}/task/{process.pid}/children")
        deadline = time.monotonic() + 300
        while len(_words(children)) < 2 and time.monotonic() < deadline:
            time.sleep(0.1)
        time.sleep(1)  # the second has just been forked
        for _ in range(5):  # compiled code may swallow the first, as with any program in Python
            os.killpg(process.pid, signal.SIGINT)  # as a terminal does
            with suppress(subprocess.TimeoutExpired):
                process.wait(timeout=20)
                break
        _, said = process.communicate(timeout=60)
    assert process.returncode != 0
    assert "Traceback" not in said
    assert [p.name for p in tmp_path.iterdir()] == ["many.jsonl"]


def _words(path: Path) -> list[str]:
    try:
        return path.read_text().split()
    except OSError:
        return []
