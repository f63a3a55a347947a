"""How fast a pipeline reads, and what memory it takes, each in a process and on a core of its own.

Run as a program, this module is that process: `python -m kg.training.speed MODEL TEXTS`.
"""

from __future__ import annotations

import json
import os
import re
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from kg.errors import MissingAnnotation

ROUNDS = 5
"""Of which the median counts; the first warms caches up."""

ONE_THREAD = ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS", "BLIS_NUM_THREADS")


@dataclass(frozen=True, slots=True)
class Speed:
    """What a pipeline costs on one core.

    Seconds are of processor time, which other work on the machine does not stretch; loading
    includes the first sentence. `words_per_second` is the median of some rounds; `ratio` is the
    first pipeline's speed divided by this one's, the median of rounds side by side. Memory is
    resident, in MiB.
    """

    model: str
    words: int
    words_per_second: float
    ratio: float
    load_seconds: float
    loaded_memory: float
    peak_memory: float


def speeds(
    models: Sequence[str],
    texts: Sequence[str],
    *,
    without: Sequence[str] = (),
    rounds: int = ROUNDS,
) -> list[Speed]:
    """The speed of each pipeline on the same texts, taking turns round by round.

    Raises:
        MissingAnnotation: If a pipeline cannot be loaded or stops; the text is its own message.
    """
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "texts.json"
        path.write_text(json.dumps(list(texts)), "utf-8")
        workers: list[_Worker] = []
        try:
            for model in models:  # `without` is of the first: the others may not have it
                workers.append(_Worker(model, path, () if workers else without))
            for _ in range(rounds):
                for worker in workers:
                    worker.go()
            return [worker.speed(workers[0]) for worker in workers]
        finally:
            for worker in workers:
                worker.stop()


class _Worker:
    """A process that loads a pipeline and reads all texts once for each line that it is sent."""

    def __init__(self, model: str, texts: Path, without: Sequence[str]) -> None:
        self._model = model
        self._process = subprocess.Popen(
            [sys.executable, "-m", "kg.training.speed", model, str(texts), *without],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
            env={**os.environ, **dict.fromkeys(ONE_THREAD, "1")},
        )
        self._loaded = self._answer()
        self._rounds: list[dict[str, float]] = []

    def go(self) -> None:
        """Read all texts once more."""
        assert self._process.stdin
        self._process.stdin.write("go\n")
        self._process.stdin.flush()
        self._rounds.append(self._answer())

    def paces(self) -> list[float]:
        """Words per second, round by round."""
        return [r["words"] / r["seconds"] for r in self._rounds]

    def speed(self, first: _Worker) -> Speed:
        """What the rounds have shown, beside those of the first pipeline."""
        pairs = zip(first.paces(), self.paces(), strict=True)
        return Speed(
            self._model,
            int(self._rounds[0]["words"]),
            round(statistics.median(self.paces()), 1),
            round(statistics.median(one / other for one, other in pairs), 3),
            round(self._loaded["seconds"], 2),
            round(self._loaded["memory"], 1),
            round(self._rounds[-1]["memory"], 1),
        )

    def stop(self) -> None:
        """End the process, which stops when it is sent no more."""
        self._process.communicate()

    def _answer(self) -> dict[str, float]:
        assert self._process.stdout
        line = self._process.stdout.readline()
        if not line:
            _, told = self._process.communicate()
            reason = told.strip().splitlines()[-1:] or ["no reason given"]
            raise MissingAnnotation(f"model {self._model}: speed not measured: {reason[0]}")
        answer: dict[str, float] = json.loads(line)
        return answer


def peak_memory() -> float:
    """The most memory that this process has held, resident, in MiB."""
    try:
        # ru_maxrss begins with the memory of the process that started this one
        status = Path("/proc/self/status").read_text("utf-8")
        if found := re.search(r"^VmHWM:\s+(\d+) kB", status, re.MULTILINE):
            return int(found[1]) / 1024
    except OSError:  # no Linux
        pass
    import resource  # not on Windows

    unit = 1024 * 1024 if sys.platform == "darwin" else 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / unit


def work(
    model: str, texts: Sequence[str], without: Sequence[str], lines: IO[str], out: IO[str]
) -> None:
    """Load a pipeline on one core; for each of `lines` read all texts; answer in lines of JSON."""
    if hasattr(os, "sched_setaffinity"):
        os.sched_setaffinity(0, {min(os.sched_getaffinity(0))})
    from kg.config import Settings
    from kg.training.evaluation import pipeline

    batch = Settings().batch_size
    start = time.process_time()
    nlp = pipeline(model, without=without)
    nlp("What a pipeline loads late it loads here.")
    _tell(out, seconds=time.process_time() - start)
    for _ in lines:
        start = time.process_time()
        docs = nlp.pipe(texts, batch_size=batch)
        words = sum(not token.is_space for doc in docs for token in doc)
        _tell(out, words=words, seconds=time.process_time() - start)


def _tell(out: IO[str], **figures: float) -> None:
    out.write(json.dumps({**figures, "memory": peak_memory()}) + "\n")
    out.flush()


if __name__ == "__main__":
    model, path, *without = sys.argv[1:]
    work(model, json.loads(Path(path).read_text("utf-8")), without, sys.stdin, sys.stdout)
