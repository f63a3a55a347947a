from __future__ import annotations

from pathlib import Path

import pytest

from kg.config import Settings, settings
from kg.errors import SettingsError


def test_options_beat_environment_beats_file_beats_default(tmp_path: Path) -> None:
    (tmp_path / "kg.toml").write_text('publisher = "file"\nprocesses = 2\nmodel = "m"\n')
    found = settings(
        {"publisher": "option", "model": None},
        environment={"KG_PUBLISHER": "environment", "KG_PROCESSES": "3"},
        folder=tmp_path,
    )
    assert (found.publisher, found.processes, found.model) == ("option", 3, "m")
    assert found.base == Settings().base


def test_text_can_be_turned_off_by_environment() -> None:
    assert settings({}, environment={"KG_TEXT": "false"}).text is False


@pytest.mark.parametrize(
    ("content", "said"),
    [
        ("colour = 1", 'unknown setting "colour"'),
        ('processes = "two"', "processes has a value of the wrong kind"),
        ("processes = true", "processes has a value of the wrong kind"),
        ("gazetteers = [1]", "gazetteers has a value of the wrong kind"),
        ("= x", "kg.toml"),
    ],
)
def test_a_wrong_file_is_refused_by_name(tmp_path: Path, content: str, said: str) -> None:
    (tmp_path / "kg.toml").write_text(content)
    with pytest.raises(SettingsError, match=said):
        settings({}, folder=tmp_path)


@pytest.mark.parametrize("base", ["", "kg", "ftp://x/", "https://x.org/data", "https:///"])
def test_a_base_that_makes_no_iris_is_refused(base: str) -> None:
    with pytest.raises(SettingsError, match="base"):
        Settings(base=base)


def test_numbers_must_be_positive() -> None:
    with pytest.raises(SettingsError, match="processes"):
        Settings(processes=0)
