"""The bytes and characters of files, with a reason for each that cannot be read."""

from __future__ import annotations

import stat
from pathlib import Path
from typing import BinaryIO

from kg.errors import ReadError
from kg.records import Failure

MAX_BYTES = 20_000_000
"""Largest article that is read, in bytes: the size up to which trafilatura fetches a page."""

MAX_CHARACTERS = 1_000_000
"""Longest text of an article: `max_length` of spaCy, whose parser wants about 1 GB for as much."""


class Unreadable(ReadError):
    """An input that gives no article: `where` names it (file, or file:line), `reason` why."""

    def __init__(self, where: str, reason: str) -> None:
        super().__init__(f"{where}: {reason}")
        self.where = where

    @property
    def failure(self) -> Failure:
        """The record of it."""
        return Failure(self.where, str(self))


def file_bytes(path: Path, *, max_bytes: int = MAX_BYTES) -> bytes:
    """All bytes of a regular file.

    Raises:
        Unreadable: If it is away, no regular file, forbidden or larger than `max_bytes`.
    """
    try:
        with opened(path) as file:
            data = file.read(max_bytes + 1)
            size = max(path.stat().st_size, len(data))
    except OSError as error:
        raise Unreadable(str(path), os_reason(error)) from error
    if len(data) > max_bytes:
        raise Unreadable(str(path), too_large(size, max_bytes))
    return data


def opened(path: Path) -> BinaryIO:
    """A regular file, opened for its bytes; a pipe, where one could wait for ever, is not.

    Raises:
        Unreadable: If it is no regular file.
        OSError: If the system does not open it.
    """
    if not stat.S_ISREG(path.stat().st_mode):
        raise Unreadable(str(path), "not a regular file")
    return path.open("rb")


def decoded(data: bytes, where: str) -> str:
    """UTF-8 as characters, unchanged: line ends and a byte order mark stay in the text.

    Raises:
        Unreadable: If the bytes are not UTF-8, are binary, or hold nothing but white space.
    """
    if data.startswith((b"\xff\xfe", b"\xfe\xff")):
        raise Unreadable(where, "not UTF-8 but UTF-16, it seems; save the file as UTF-8")
    nul = data.find(b"\0")
    if nul >= 0:
        raise Unreadable(where, f"binary: NUL byte at offset {nul}; only text can be read")
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError as error:
        raise Unreadable(where, not_utf8(data, error.start)) from error
    if is_blank(text):
        raise Unreadable(where, "empty: nothing but white space" if data else "empty: no bytes")
    return text


def fitting(text: str, where: str) -> str:
    """The text, if it is not too long for one article; judged before its parts are looked for.

    Raises:
        Unreadable: If it is.
    """
    if len(text) > MAX_CHARACTERS:
        raise Unreadable(
            where,
            f"{len(text):,} characters, more than the {MAX_CHARACTERS:,} that one article may "
            "have; split it",
        )
    return text


def is_blank(text: str) -> bool:
    """No character that shows: only white space, byte order marks and the like."""
    return not text.strip("\ufeff\u200b \t\r\n") or not text.strip()


def not_utf8(data: bytes, offset: int) -> str:
    """The reason for bytes that are no UTF-8, with the place of the first one."""
    line = data.count(b"\n", 0, offset) + 1
    return (
        f"not UTF-8: byte 0x{data[offset]:02x} at offset {offset} (line {line}); "
        "save the file as UTF-8"
    )


def too_large(size: int, max_bytes: int) -> str:
    """The reason for an input above the limit."""
    return f"too large: {size:,} bytes; one article may have {max_bytes:,}"


def os_reason(error: OSError) -> str:
    """What the operating system complains about, in words for a user."""
    if isinstance(error, FileNotFoundError):
        return "no such file or folder"
    if isinstance(error, PermissionError):
        return "permission denied"
    return error.strerror or type(error).__name__
