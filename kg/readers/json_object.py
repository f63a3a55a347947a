"""One article as one JSON object (.json): the keys of a line of JSON Lines, `id` optional."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from kg.readers.files import MAX_BYTES, decoded, file_bytes
from kg.readers.identifiers import safe_id
from kg.readers.jsonl import article
from kg.readers.metadata import json_value, mapping
from kg.records import Article, Failure


def read(path: Path, *, max_bytes: int = MAX_BYTES) -> Iterator[Article | Failure]:
    """The article of a JSON file; the file's name is its id, unless it has one.

    Raises:
        Unreadable: If the file is no JSON object with a text.
    """
    where = str(path)
    words = decoded(file_bytes(path, max_bytes=max_bytes), where).removeprefix("\ufeff")
    data = mapping(json_value(words, where), where)
    yield article(data, where, where, default_id=safe_id(path.stem))
