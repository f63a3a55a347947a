"""What `kg model info` and `kg model card` print."""

from __future__ import annotations

from pathlib import Path

import pytest
import spacy
from typer.testing import CliRunner

from kg.cli import app
from kg.errors import MissingAnnotation
from kg.nlp.about import about, card
from kg.nlp.load import model_digest, model_name


@pytest.fixture
def model(tmp_path: Path) -> Path:
    """A pipeline with one component that has labels."""
    nlp = spacy.blank("en", meta={"name": "harbour", "version": "1.2", "license": "CC0"})
    ruler = nlp.add_pipe("entity_ruler")
    ruler.add_patterns([{"label": "QUAY", "pattern": "Quay 9"}])  # type: ignore[attr-defined]
    nlp.to_disk(tmp_path / "harbour")
    return tmp_path / "harbour"


def test_a_pipeline_tells_what_it_is(model: Path) -> None:
    told = dict(line.strip().split(maxsplit=1) for line in about(str(model)).splitlines())
    assert told["name"] == "en_harbour"
    assert told["version"] == "1.2"
    assert told["licence"] == "CC0"
    assert told["language"] == "en"
    assert told["components"] == "entity_ruler"
    assert told["entity_ruler"] == "QUAY"
    assert told["size"].endswith(" MB")
    assert told["digest"] == model_digest(str(model))


def test_many_labels_are_counted(model: Path) -> None:
    nlp = spacy.load(model)
    nlp.get_pipe("entity_ruler").add_patterns(  # type: ignore[attr-defined]
        [{"label": f"BERTH_{i}", "pattern": f"Berth {i}"} for i in range(80)]
    )
    nlp.to_disk(model)
    assert "81 labels" in about(str(model))


def test_a_card_lies_in_the_folder_or_beside_it(model: Path) -> None:
    with pytest.raises(MissingAnnotation, match="has no card"):
        card(str(model))
    (model.parent / "README.md").write_text("beside\n", "utf-8")
    assert card(str(model)) == "beside\n"
    (model / "README.md").write_text("inside\n", "utf-8")
    assert card(str(model)) == "inside\n"


def test_the_shipped_card_tells_what_a_card_must() -> None:
    told = card().lower()
    for word in ("licence", "trained on", "figures", "weak at", "meant for"):
        assert word in told


def test_commands_print_them(model: Path) -> None:
    run = CliRunner().invoke
    assert run(app, ["model", "info", str(model)]).stdout == about(str(model))
    assert run(app, ["model", "card"]).stdout == card()
    nowhere = run(app, ["model", "info", "en_core_web_nowhere"])
    assert nowhere.exit_code == 1
    assert "en_core_web_nowhere" in nowhere.stderr


def test_info_tells_of_the_shipped_pipeline_where_none_is_named() -> None:
    assert model_name().rpartition("-")[0] in CliRunner().invoke(app, ["model", "info"]).stdout


def test_evaluate_without_corpora_ends_with_where_they_are() -> None:
    done = CliRunner().invoke(app, ["model", "evaluate"])
    assert done.exit_code == 1
    assert "github.com/UniversalDependencies/UD_English-EWT" in done.stderr
    assert done.stdout == ""
