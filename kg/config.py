"""What a run is told: defaults < `kg.toml` < `KG_*` variables < options."""

from __future__ import annotations

import dataclasses
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any, get_type_hints
from urllib.parse import urlsplit

from kg.errors import SettingsError

DEFAULT_BASE = "https://w3id.org/newskg/"
CONFIG_FILE = "kg.toml"


@dataclass(frozen=True, slots=True)
class Settings:
    """The settings of a run; what changes the graph's bytes is part of its provenance.

    `published` and `publisher` hold for articles that do not say. `text` tells whether the graph
    quotes the article's words or only gives their offsets and hashes. Without `processes`, a build
    takes one for small input and all cores for large; the graph is the same.
    """

    model: str | None = None
    gazetteers: tuple[str, ...] = ()
    instruments: tuple[str, ...] = ()
    base: str = DEFAULT_BASE
    text: bool = True
    published: str | None = None
    publisher: str | None = None
    processes: int | None = None
    batch_size: int = 16
    max_nodes: int = 2000

    def __post_init__(self) -> None:
        parts = urlsplit(self.base)
        if parts.scheme not in {"http", "https"} or not parts.netloc or self.base[-1] not in "/#":
            raise SettingsError(
                f'base "{self.base}": an absolute http(s) IRI that ends with / or # is needed'
            )
        for name in ("processes", "batch_size", "max_nodes"):
            value = getattr(self, name)
            if value is not None and value < 1:
                raise SettingsError(f"{name}: {value} is not a positive number")


def settings(
    options: Mapping[str, Any] | None = None,
    *,
    environment: Mapping[str, str] | None = None,
    folder: Path | None = None,
) -> Settings:
    """The settings from a `kg.toml` in `folder`, the `KG_*` variables given and the options that
    are set.

    Raises:
        SettingsError: If a key is unknown or a value of the wrong kind, naming where it stands.
    """
    values: dict[str, Any] = {}
    if folder is not None and (folder / CONFIG_FILE).is_file():
        values |= _checked(_toml(folder / CONFIG_FILE), str(folder / CONFIG_FILE))
    values |= _checked(_from_environment(environment or {}), "environment")
    values |= {k: v for k, v in (options or {}).items() if v is not None and v != ()}
    return Settings(**values)


def _toml(path: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError) as error:
        raise SettingsError(f"{path}: {error}") from error


def _from_environment(environment: Mapping[str, str]) -> dict[str, Any]:
    hints = get_type_hints(Settings)
    found: dict[str, Any] = {}
    for field in dataclasses.fields(Settings):
        words = environment.get(f"KG_{field.name.upper()}")
        if words is not None:
            found[field.name] = _parsed(field.name, words, hints[field.name])
    return found


def _parsed(name: str, words: str, hint: Any) -> Any:
    if hint is bool:
        if words.lower() not in {"true", "false", "1", "0"}:
            raise SettingsError(f'KG_{name.upper()}: "{words}" is neither true nor false')
        return words.lower() in {"true", "1"}
    if hint in (int, int | None):
        if not words.strip().isdecimal():
            raise SettingsError(f'KG_{name.upper()}: "{words}" is not a number')
        return int(words)
    return words.split(",") if hint == tuple[str, ...] else words


def _checked(values: Mapping[str, Any], where: str) -> dict[str, Any]:
    hints = get_type_hints(Settings)
    checked: dict[str, Any] = {}
    for name, value in values.items():
        if name not in hints:
            raise SettingsError(f'{where}: unknown setting "{name}"; known: {", ".join(hints)}')
        if hints[name] == tuple[str, ...]:
            good = isinstance(value, list) and all(isinstance(v, str) for v in value)
            value = tuple(value) if good else value
        else:
            kind = {bool: bool, int: int, int | None: int}.get(hints[name], str)
            good = isinstance(value, kind) and not (kind is int and isinstance(value, bool))
        if not good:
            raise SettingsError(f"{where}: {name} has a value of the wrong kind: {value!r}")
        checked[name] = value
    return checked
