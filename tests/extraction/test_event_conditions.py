"""Rows are passed over for the words that they need only where they could not hold anyway."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

import pytest
from spacy.language import Language

from kg import readers
from kg.api import demo_folder
from kg.extraction.event_conditions import Conditions
from kg.extraction.event_lexicon import Row, triggers
from kg.nlp.articles import article_doc
from kg.nlp.tokens import Token
from kg.records import Article

TABLE = Path(__file__).parent / "events.tsv"
LEDGER = "\n".join(
    line.split("\t")[0]
    for line in TABLE.read_text(encoding="utf-8").splitlines()[1:]
    if not line.startswith("#")
)
"""Many sentences without full stop between them, so that rules may be led from one to the next."""


def test_a_row_that_is_passed_over_could_not_hold(
    nlp: Language, monkeypatch: pytest.MonkeyPatch
) -> None:
    found: list[tuple[str, Row | None, Row | None]] = []
    real = Conditions.first

    def both(self: Conditions, token: Token, rows: Iterable[Row]) -> Row | None:
        rows = tuple(rows)
        without = real(self, token, [row._replace(needs=()) for row in rows])
        found.append((token.text, real(self, token, rows), without))
        return found[-1][1]

    monkeypatch.setattr(Conditions, "first", both)
    for item in (*readers.articles([demo_folder()]), Article("a", "a.txt", LEDGER)):
        if isinstance(item, Article):
            nlp(article_doc(nlp, item))
    assert any(row is not None for _, row, _ in found)
    for word, row, without in found:
        assert (row and row[:4]) == (without and without[:4]), word


def test_rows_need_the_words_that_they_ask_for_and_no_classes() -> None:
    rows = [row for some in triggers().values() for row in some]
    assert any(row.needs for row in rows)
    for row in rows:
        assert all(word == word.lower() for needed in row.needs for word in needed)
        asked = [c for c in row.conditions if not c.negated]
        for needed in row.needs:
            assert any(
                needed == c.words or needed == {slot.word for slot in c.slots} for c in asked
            )
