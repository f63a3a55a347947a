"""Credentials come from the environment or ~/.netrc, and are shown nowhere."""

from __future__ import annotations

from pathlib import Path

import pytest
from store_servers import PASSWORD, TOKEN, USER

from kg.errors import StoreError
from kg.stores.credentials import Credentials, credentials


def netrc(tmp_path: Path, text: str) -> None:
    path = tmp_path / ".netrc"
    path.write_text(text, encoding="utf-8")
    path.chmod(0o600)


def test_environment_is_asked_first(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    netrc(tmp_path, "machine store.test login other password other")
    monkeypatch.setenv("KG_STORE_USER", USER)
    monkeypatch.setenv("KG_STORE_PASSWORD", PASSWORD)
    assert credentials("digest", "store.test") == Credentials(USER, PASSWORD)


def test_netrc_line_of_the_host_is_used(tmp_path: Path) -> None:
    netrc(tmp_path, f"machine store.test login {USER} password {PASSWORD}\n")
    assert credentials("basic", "store.test") == Credentials(USER, PASSWORD)
    with pytest.raises(StoreError, match="KG_STORE_USER"):
        credentials("basic", "elsewhere.test")


def test_bearer_takes_the_token(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("KG_STORE_TOKEN", TOKEN)
    assert credentials("bearer", "store.test").secret == TOKEN


@pytest.mark.parametrize(("auth", "names"), [("basic", "netrc"), ("bearer", "KG_STORE_TOKEN")])
def test_none_found_says_where_they_are_looked_for(auth, names: str) -> None:
    with pytest.raises(StoreError, match=names):
        credentials(auth, "store.test")


def test_broken_netrc_is_named_but_not_quoted(tmp_path: Path) -> None:
    netrc(tmp_path, f"machine store.test login {USER} password {PASSWORD}\n{PASSWORD} again\n")
    with pytest.raises(StoreError, match=r"netrc: line 2") as broken:
        credentials("basic", "store.test")
    assert PASSWORD not in str(broken.value)
    assert broken.value.__cause__ is None


def test_secrets_do_not_show() -> None:
    assert PASSWORD not in repr(Credentials(USER, PASSWORD))
