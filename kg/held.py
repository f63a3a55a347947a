"""Parts of a graph held back until all articles were read: only then it shows who is whom."""

from __future__ import annotations

import pickle
import tempfile
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from kg.config import Settings
from kg.errors import EvidenceError
from kg.parts import Part, part_of
from kg.rdf.write import Run
from kg.records import Actor, Failure
from kg.resolve.bearers import Bearers
from kg.resolve.decisions import Decision, Decisions
from kg.resolve.judging import Judge, Judged
from kg.resolve.known import known_actors

IN_MEMORY = 64 * 1024 * 1024
"""Bytes held before they go to disk: the parts of about 500 articles."""


class HeldParts:
    """Takes parts in, and gives them back with the ids that actors have over all articles.

    A part that no identity changes is given back as it came. `with` removes what lies on disk.
    """

    def __init__(self, folder: Path, settings: Settings, run: Run, decisions: Decisions):
        self._settings, self._run = settings, run
        self._bearers = Bearers()
        self._judge = Judge(decisions, self._known)
        self._file = cast(
            IO[bytes],
            tempfile.SpooledTemporaryFile(IN_MEMORY, dir=str(folder)),  # noqa: SIM115 - see `__exit__`
        )

    def add(self, part: Part) -> None:
        """Hold a part back."""
        self._bearers.add(part.extraction)
        self._judge.note(part.extraction)
        pickle.dump(part, self._file, pickle.HIGHEST_PROTOCOL)

    def judged(self) -> Iterator[tuple[Part, Judged]]:
        """All parts in the order in which they came, each with what was judged of its actors.

        Raises:
            EvidenceError: If a part can no longer be proved.
        """
        self._judge.links = self._bearers.links()
        end = self._file.tell()
        self._file.seek(0)
        while self._file.tell() < end:
            part: Part = pickle.load(self._file)
            found = self._judge.judged(part.extraction)
            if found.extraction is not part.extraction:
                made = part_of(found.extraction, self._settings, self._run)
                if isinstance(made, Failure):
                    raise EvidenceError(made.reason)
                part = made
            yield part, found

    def idle(self) -> Iterator[tuple[Decision, str]]:
        """Decisions that name what no article has, with subject and reason; after `judged`."""
        return self._judge.idle()

    def _known(self, actor: str) -> Actor | None:
        return next(known_actors([actor], self._settings.gazetteers), None)

    def __enter__(self) -> HeldParts:
        return self

    def __exit__(self, *exception: object) -> None:
        self._file.close()
