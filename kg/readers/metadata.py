"""What a side file, front matter or JSON line says of its article, checked once, at the door."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date, datetime
from pathlib import Path

import yaml

from kg.readers.files import Unreadable, decoded, file_bytes
from kg.readers.written_dates import full_dates

MAX_METADATA_BYTES = 1_000_000
"""Largest side file, in bytes; more than a title, a date and a licence can need."""

SIDE_SUFFIXES = (".json", ".yaml", ".yml")

# fmt: off
KEYS: dict[str, tuple[str, ...]] = {
    "id":        ("id",),
    "title":     ("title", "headline"),
    "publisher": ("publisher", "source"),
    "url":       ("url",),
    "published": ("published", "date"),
    "language":  ("language", "lang"),
    "rights":    ("rights", "license", "licence"),
}
# fmt: on
"""For each field of `Metadata`, the keys that give it; the first one present counts."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """An article's description of itself; `published` is an ISO date."""

    id: str | None = None
    title: str | None = None
    publisher: str | None = None
    url: str | None = None
    published: str | None = None
    language: str | None = None
    rights: str | None = None

    def over(self, other: Metadata) -> Metadata:
        """These values and, where there is none, those of `other`."""
        names = [field.name for field in fields(self)]
        return Metadata(**{n: getattr(self, n) or getattr(other, n) for n in names})


def metadata(data: Mapping[str, object], where: str) -> Metadata:
    """The known keys of a mapping, checked; others are ignored, empty values are absent.

    Raises:
        Unreadable: Naming `where` and the key whose value cannot be used.
    """
    values: dict[str, str | None] = {}
    for name, keys in KEYS.items():
        key = next((k for k in keys if data.get(k) not in (None, "")), None)
        values[name] = None if key is None else _value(name, key, data[key], where)
    return Metadata(**values)


def side_file(path: Path) -> Path | None:
    """The file beside an article that describes it: `a.json`, `a.yaml` or `a.yml` beside `a.txt`.

    Raises:
        Unreadable: If there are several.
    """
    beside = [path.with_suffix(s) for s in SIDE_SUFFIXES if path.suffix.lower() != s]
    found = [side for side in beside if side.is_file()]
    if len(found) > 1:
        names = " and ".join(side.name for side in found)
        raise Unreadable(str(path), f"two side files, {names}; keep one")
    return found[0] if found else None


def side_metadata(path: Path) -> Metadata:
    """What the side file of an article says; nothing where there is none.

    Raises:
        Unreadable: If the side file cannot be read or a value cannot be used; it is named.
    """
    side = side_file(path)
    if side is None:
        return Metadata()
    text = decoded(file_bytes(side, max_bytes=MAX_METADATA_BYTES), str(side))
    text = text.removeprefix("\ufeff")
    load = json_value if side.suffix.lower() == ".json" else yaml_value
    return metadata(mapping(load(text, str(side)), str(side)), str(side))


def yaml_value(text: str, where: str) -> object:
    """The value of a YAML document; every scalar stays the string that was written.

    Raises:
        Unreadable: If the text is not YAML, naming the line.
    """
    try:
        # BaseLoader: no dates that raise, no tags, no objects; 2023-09-19 arrives as written.
        value: object = yaml.load(text, Loader=yaml.BaseLoader)
    except yaml.MarkedYAMLError as error:
        mark = error.problem_mark
        line = f" (line {mark.line + 1})" if mark else ""
        raise Unreadable(where, f"not YAML: {error.problem}{line}") from error
    except (yaml.YAMLError, ValueError) as error:
        raise Unreadable(where, f"not YAML: {str(error).splitlines()[0]}") from error
    except RecursionError as error:
        raise Unreadable(where, "not usable YAML: nested too deeply") from error
    return value


def json_value(text: str, where: str) -> object:
    """The value of a JSON text.

    Raises:
        Unreadable: If the text is not JSON, naming the place.
    """
    try:
        value: object = json.loads(text)
    except json.JSONDecodeError as error:
        place = f"column {error.colno}" if error.lineno == 1 else f"line {error.lineno}"
        raise Unreadable(where, f"not JSON: {error.msg} ({place})") from error
    except ValueError as error:  # a number of thousands of digits
        raise Unreadable(where, f"not usable JSON: {error}") from error
    except RecursionError as error:
        raise Unreadable(where, "not usable JSON: nested too deeply") from error
    return value


def mapping(value: object, where: str) -> Mapping[str, object]:
    """The value, if it maps keys to values.

    Raises:
        Unreadable: If it does not.
    """
    if not isinstance(value, dict):
        raise Unreadable(where, "no mapping of keys to values, such as title, published, url")
    return {str(key): item for key, item in value.items()}


def iso_day(value: str) -> str | None:
    """The day of an ISO date or time, or of a written date such as "19 September 2023".

    The day is the one written: a time zone does not move it. Ambiguous numbers give `None`.
    """
    value = value.strip()
    try:
        return datetime.fromisoformat(value).date().isoformat()
    except ValueError:
        days = {found.day.isoformat() for found in full_dates(value[:80])}
        return days.pop() if len(days) == 1 else None


def clean(value: str) -> str:
    """One line: runs of white space are one space."""
    return " ".join(value.split())


def _value(name: str, key: str, value: object, where: str) -> str | None:
    if isinstance(value, dict) and isinstance(value.get("name"), str):
        value = value["name"]  # "publisher": {"name": …}, as schema.org has it
    if isinstance(value, int) and not isinstance(value, bool) and name == "id":
        value = str(value)
    if isinstance(value, date) and name == "published":
        value = value.isoformat()
    if not isinstance(value, str):
        raise Unreadable(where, f'"{key}" is {_shown(value)}; it must be a string')
    fault = unusable(value)
    if fault:
        raise Unreadable(where, f'"{key}" {fault}')
    if name == "id":
        return value if value.strip() else None
    if not value.strip():
        return None
    if name == "published":
        return _published(key, value, where)
    if name == "url":
        return _url(key, value.strip(), where)
    return clean(value)


def unusable(value: str) -> str | None:
    """Why no graph can hold the characters of a string; `None` where it can."""
    if "\0" in value:
        return f"holds a NUL character at {value.index(chr(0))}"
    try:
        value.encode("utf-8")
    except UnicodeEncodeError as error:
        return f"holds half a surrogate pair at {error.start}"
    return None


def _published(key: str, value: str, where: str) -> str:
    day = iso_day(value)
    if day is None:
        raise Unreadable(where, f'"{key}" is {_shown(value)}; write a date as YYYY-MM-DD')
    return day


def _url(key: str, value: str, where: str) -> str:
    if not is_url(value):
        raise Unreadable(where, f'"{key}" is {_shown(value)}; write a full address, https://…')
    return value


def is_url(value: str) -> bool:
    """An address that can stand in a graph: http or https, a host, no forbidden character."""
    scheme, _, rest = value.partition("://")
    forbidden = set('<>"{}|\\^`')
    return (
        scheme.lower() in ("http", "https")
        and rest[:1].isalnum()
        and not any(c in forbidden or c.isspace() or ord(c) < 33 for c in value)
    )


def _shown(value: object) -> str:
    words = json.dumps(value, ensure_ascii=False, default=str)
    return words if len(words) <= 60 else words[:57] + "…"
