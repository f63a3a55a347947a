"""Articles whose title stands in YAML before the text, as site generators and clippers write it."""

from __future__ import annotations

import pytest

import kg
from kg.records import Extraction

FRONT = "---\ntitle: Akello: Uganda to Reopen Border\ndate: 2024-03-11\npublisher: Reuters\n---\n\n"
STORY = "Kenya urged Uganda on Monday to reopen the border, a diplomat in Nairobi said.\n"


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Extraction:
    path = tmp_path_factory.mktemp("articles") / "border.md"
    path.write_text(FRONT + STORY, "utf-8")
    (extraction,) = kg.extract([path])
    assert isinstance(extraction, Extraction)
    return extraction


def test_metadata_name_no_actors(read: Extraction) -> None:
    assert {"Kenya", "Uganda"} <= {actor.name for actor in read.actors}
    assert "Reuters" not in {actor.name for actor in read.actors}


def test_its_title_is_read_as_a_headline(read: Extraction) -> None:
    (first, *_) = read.statements
    text = read.article.text
    assert [text[c.start : c.end] for c in first.content] == ["Uganda to Reopen Border"]
