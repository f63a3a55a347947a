"""What the commands share: errors told in one line, tables that fit the terminal."""

from __future__ import annotations

import os
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager

import typer

from kg.errors import KGError


@contextmanager
def told() -> Iterator[None]:
    """What `kg` raises on purpose becomes one message and exit status 1."""
    try:
        yield
    except KGError as error:
        typer.echo(f"kg: {error}", err=True)
        raise typer.Exit(1) from error


def terminal_width() -> int | None:
    """Columns of the terminal; pipes and files get cells uncut."""
    return shutil.get_terminal_size().columns if sys.stdout.isatty() else None


def show(text: str) -> None:
    """Print; what is longer than the terminal goes through $PAGER, or else `less`."""
    if not sys.stdout.isatty() or text.count("\n") < shutil.get_terminal_size().lines:
        typer.echo(text, nl=False)
        return
    pager = shlex.split(os.environ.get("PAGER") or "less")
    environment = {"LESS": "-FRSX", **os.environ}  # -S: a cut line is no second line
    try:
        subprocess.run(pager, input=text.encode("utf-8"), env=environment, check=False)
    except OSError:  # no such program
        typer.echo(text, nl=False)
