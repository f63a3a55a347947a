"""`kg actors`: who is there and why; decisions by hand hold from one build to the next."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from typer.testing import CliRunner

import kg
from kg import building, deciding
from kg.cli import app
from kg.errors import OutputError, QueryError, SettingsError
from kg.resolve.decisions import FILE

HARBOUR = """OSLO, March 4, 2024 - Norwegian Foreign Minister Ivo Lund said the harbour was closed.

Lund told reporters that ships had left.
"""
STRIKE = """LIMA, March 6, 2024 - Peruvian Senator Ivo Lund said the strike was over.

Envoy Ada Vidall of Peru denied it.
"""
PEACE = """LIMA, March 7, 2024 - Peruvian envoy Ada Vidal said talks had begun.

Vidal thanked Chile.
"""
MADE = (building.GRAPH, building.TRIG, building.PAGE)
VIDALS = ("person-ada-vidal", "person-ada-vidall")


@pytest.fixture(scope="module")
def whole(tmp_path_factory: pytest.TempPathFactory) -> Path:
    articles = tmp_path_factory.mktemp("articles")
    for name, text in (("harbour", HARBOUR), ("strike", STRIKE), ("peace", PEACE)):
        (articles / f"{name}.txt").write_text(text, encoding="utf-8")
    return kg.build([articles], articles / "graph").folder


@pytest.fixture
def graph(whole: Path, tmp_path: Path) -> Path:
    """A copy of the whole graph, to be changed."""
    shutil.copytree(whole, tmp_path / "graph")
    return tmp_path / "graph"


def content(folder: Path) -> list[bytes]:
    return [(folder / name).read_bytes() for name in MADE]


def listed(folder: Path, text: str) -> list[tuple[str | None, ...]]:
    return [row[:1] + row[3:] for row in deciding.listed(folder, text).texts()]


def test_namesakes_of_two_states_are_two(whole: Path) -> None:
    assert listed(whole, "ivo lund") == [
        ("person-ivo-lund-NOR", "NOR", "2", "1"),
        ("person-ivo-lund-PER", "PER", "1", "1"),
    ]


def test_a_list_is_of_whose_name_or_id_has_the_text(whole: Path) -> None:
    assert {row[0] for row in listed(whole, "VIDAL")} == set(VIDALS)
    assert len(deciding.listed(whole)) > 4


def test_why_tells_each_mention_with_rule_confidence_article_and_words(whole: Path) -> None:
    rows = list(deciding.why(whole, "person-ivo-lund-NOR").texts())
    mentions = [r for r in rows if r[0] == "name"]
    assert [(r[1], r[2]) for r in mentions] == [("harbour", "Ivo Lund"), ("harbour", "Lund")]
    assert all(r[4] and r[5] for r in mentions)
    start = HARBOUR.index("Ivo Lund")
    assert mentions[0][3] == f"harbour#{start}-{start + 8}"
    assert ("identity", "harbour", "same name, but country or office differ") in {
        (r[0], r[1], r[6]) for r in rows
    }


def test_why_nobody_is_refused_with_who_may_be_meant(whole: Path) -> None:
    with pytest.raises(QueryError, match="did you mean Ada Vidal"):
        deciding.why(whole, "Ada Vidahl")


def test_a_merge_is_kept_recorded_and_undone_to_the_byte(graph: Path) -> None:
    before = content(graph)
    deciding.merge(graph, VIDALS[0], [VIDALS[1]], "a  misprint")
    assert listed(graph, "vidal") == [(VIDALS[0], "PER", "3", "2")]
    decisions = [r for r in deciding.why(graph, "Ada Vidal").texts() if r[0] == "decision"]
    assert [(r[1], r[2], r[4], r[6]) for r in decisions] == [
        ("strike", "Ada Vidall", "by hand", f"a misprint (was {VIDALS[1]})")
    ]
    assert kg.validate(graph).conforms
    assert list(deciding.made(graph).texts()) == [
        ("1", f"merge {VIDALS[1]} into {VIDALS[0]}", "a misprint")
    ]
    deciding.undo(graph, 1)
    assert content(graph) == before
    assert not (graph / FILE).exists()


def test_a_split_makes_an_actor_of_some_mentions(graph: Path) -> None:
    start = HARBOUR.index("Lund told")
    deciding.split(graph, "person-ivo-lund-NOR", [f"harbour#{start}-{start + 4}"], "his brother",
                   name="Bo Lund")  # fmt: skip
    assert listed(graph, "bo lund") == [("person-ivo-lund-NOR-2", "NOR", "1", "1")]
    said = kg.query(graph, "statements", speaker="Bo Lund")
    assert len(said) == 1  # type: ignore[arg-type]
    assert kg.validate(graph).conforms


def test_who_is_split_off_a_listed_state_is_somebody_new(graph: Path) -> None:
    deciding.split(graph, "CHL", ["peace"], "a club of that name", name="Chile Club")
    assert listed(graph, "chile club") == [("CHL-2", None, "1", "1")]
    assert "same as" not in {row[0] for row in deciding.why(graph, "CHL-2").texts()}
    assert kg.validate(graph).conforms


@pytest.mark.parametrize(("into", "name"), [("CHL_2", None), ("\u00dcber id", None), (None, "")])
def test_a_split_that_could_not_be_read_again_is_refused_before_it_is_written(
    graph: Path, into: str | None, name: str | None
) -> None:
    before = content(graph)
    with pytest.raises(SettingsError, match=r"is no id|name: must be words"):
        deciding.split(graph, "CHL", ["peace"], "r", into=into, name=name)
    assert content(graph) == before
    assert not (graph / FILE).exists()


def test_a_split_takes_out_whole_articles(graph: Path) -> None:
    deciding.merge(graph, VIDALS[0], [VIDALS[1]], "a misprint")
    deciding.split(graph, VIDALS[0], ["strike"], "no misprint after all", into="person-a-vidall")
    assert {row[0] for row in listed(graph, "vidal")} == {VIDALS[0], "person-a-vidall"}


@pytest.mark.parametrize("replace", [False, True])
def test_decisions_survive_the_next_build(graph: Path, whole: Path, replace: bool) -> None:
    deciding.merge(graph, VIDALS[0], [VIDALS[1]], "a misprint")
    before = content(graph)
    report = kg.build([whole.parent / "strike.txt", whole.parent], graph, replace=replace)
    assert content(graph) == before
    assert report.warnings == ()


def test_a_file_of_decisions_is_followed_from_the_first_build_on(
    graph: Path, whole: Path, tmp_path: Path
) -> None:
    deciding.merge(graph, VIDALS[0], [VIDALS[1]], "a misprint")
    shutil.copy(graph / FILE, tmp_path / "handed.yaml")
    other = kg.build([whole.parent], tmp_path / "other", decisions=tmp_path / "handed.yaml").folder
    assert (other / building.GRAPH).read_bytes() == (graph / building.GRAPH).read_bytes()
    assert (other / FILE).read_text() == (graph / FILE).read_text()


def test_who_edits_the_file_builds_again_without_reading_articles(graph: Path) -> None:
    text = f"- {{merge: {VIDALS[1]}, into: {VIDALS[0]}, reason: r}}\n"
    (graph / FILE).write_text(text, encoding="utf-8")
    report = kg.build([], graph)
    assert len(listed(graph, "vidal")) == 1
    assert report.changes.unchanged == 3
    (graph / FILE).unlink()
    kg.build([], graph)
    assert len(listed(graph, "vidal")) == 2


def test_a_handed_decision_on_nobody_is_refused(graph: Path, tmp_path: Path) -> None:
    before = content(graph)
    (tmp_path / "d.yaml").write_text("- {merge: person-x, into: person-y, reason: r}\n")
    with pytest.raises(SettingsError, match=r"d\.yaml: person-x: no article has this actor"):
        kg.build([], graph, decisions=tmp_path / "d.yaml")
    assert content(graph) == before


def test_a_decision_that_lost_its_article_is_warned_of_and_kept(graph: Path) -> None:
    deciding.merge(graph, VIDALS[0], [VIDALS[1]], "a misprint")
    report = kg.remove(graph, ["strike"])
    assert any(f"{VIDALS[1]}: no article has this actor" in w for w in report.warnings)
    assert (graph / FILE).is_file()


def test_decisions_that_contradict_are_refused(graph: Path) -> None:
    deciding.merge(graph, VIDALS[0], [VIDALS[1]], "a misprint")
    with pytest.raises(SettingsError, match="contradictory"):
        deciding.split(graph, VIDALS[0], ["strike"], "no", into=VIDALS[1])
    with pytest.raises(QueryError, match="has no mention at peace#0-4"):
        deciding.split(graph, VIDALS[0], ["peace#0-4"], "no")
    with pytest.raises(SettingsError, match="no decision 2"):
        deciding.undo(graph, 2)


def test_only_a_folder_that_kg_built_is_decided_on(tmp_path: Path) -> None:
    with pytest.raises(OutputError, match="holds no graph"):
        deciding.undo(tmp_path, 1)


def test_the_commands_say_the_same(graph: Path) -> None:
    run = CliRunner().invoke
    merged = run(app, ["actors", "merge", str(graph), *VIDALS, "--reason", "a misprint"])
    assert merged.exit_code == 0, merged.output
    shown = run(app, ["actors", "list", str(graph), "vidal", "-f", "csv"])
    assert shown.output.splitlines()[1:] == [f"{VIDALS[0]},Ada Vidal,Person,PER,3,2"]
    assert "by hand" in run(app, ["actors", "why", str(graph), VIDALS[0]]).output
    assert "a misprint" in run(app, ["actors", "undo", str(graph)]).output
    refused = run(app, ["actors", "undo", str(graph), "7"])
    assert refused.exit_code == 1
    assert "no decision 7" in refused.output
    assert run(app, ["actors", "merge", str(graph), *VIDALS]).exit_code == 2
