"""Who signs in to a triplestore: from the environment or ~/.netrc, never from a command line."""

from __future__ import annotations

import base64
import netrc
import os
from dataclasses import dataclass, field
from typing import Literal

from kg.errors import StoreError

Auth = Literal["basic", "digest", "bearer"]

WHERE_CREDENTIALS = (
    "KG_STORE_USER and KG_STORE_PASSWORD (basic, digest) or KG_STORE_TOKEN (bearer) "
    "in the environment, or a line for the host in ~/.netrc"
)


@dataclass(frozen=True, slots=True)
class Credentials:
    """Who signs in; nothing of it shows in `repr`."""

    user: str = field(repr=False)
    secret: str = field(repr=False)

    @property
    def base64(self) -> str:
        """User and secret as Basic authentication wants them (RFC 7617)."""
        return base64.b64encode(f"{self.user}:{self.secret}".encode()).decode("ascii")


def credentials(auth: Auth, host: str) -> Credentials:
    """The credentials for a host: from the environment, else from ~/.netrc.

    Raises:
        StoreError: If there are none; it says where they are looked for.
    """
    if auth == "bearer":
        if token := os.environ.get("KG_STORE_TOKEN"):
            return Credentials("", token)
        raise StoreError(f"{host}: bearer needs a token: KG_STORE_TOKEN in the environment")
    user, password = os.environ.get("KG_STORE_USER"), os.environ.get("KG_STORE_PASSWORD")
    if user and password:
        return Credentials(user, password)
    return _from_netrc(host) or _no_credentials(auth, host)


def _no_credentials(auth: Auth, host: str) -> Credentials:
    raise StoreError(f"{host}: {auth} needs credentials: {WHERE_CREDENTIALS}")


def _from_netrc(host: str) -> Credentials | None:
    try:
        found = netrc.netrc().authenticators(host)
    except FileNotFoundError:
        return None
    except netrc.NetrcParseError as error:
        # its message may quote the file
        raise StoreError(f"~/.netrc: line {error.lineno} cannot be read") from None
    if found is None or not found[2]:
        return None
    return Credentials(found[0], found[2])
