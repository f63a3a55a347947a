"""Reports with the agreements marked in them ("{the truce|1}"), and what is made of them."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from kg.records import Agreement, Article, Section, TextSpan

FOLDER = Path(__file__).parent / "agreement_reports"
MARK = re.compile(r"\{([^|{}]+)\|([^{}]+)\}")


@dataclass(frozen=True)
class Wanted:
    """What a report tells of one agreement; `None` is not looked at."""

    type: str | None
    parties: tuple[str, ...] | None
    mediators: tuple[str, ...] | None
    made: str | None
    statuses: tuple[str, ...] | None


@dataclass(frozen=True)
class Report:
    """An article without its marks, the marks, and what its table tells."""

    article: Article
    marks: tuple[tuple[TextSpan, str], ...]
    wanted: dict[str, Wanted]


def reports() -> list[Report]:
    """All reports, by name."""
    return [_report(path) for path in sorted(FOLDER.glob("*.txt"))]


@dataclass(frozen=True)
class Page:
    """A file of a marked report: its day, its text without marks, the marks, the table's rows."""

    day: str
    text: str
    marks: tuple[tuple[TextSpan, str], ...]
    rows: list[list[str]]


def page(path: Path) -> Page:
    """A file, read."""
    day, rest = path.read_text(encoding="utf-8").split("\n", 1)
    body, table = rest.split("\n---\n")
    text, marks, at = "", [], 0
    for found in MARK.finditer(body):
        text += body[at : found.start()]
        marks.append((TextSpan(len(text), len(text) + len(found[1])), found[2]))
        text += found[1]
        at = found.end()
    text += body[at:]
    rows = [line.split("\t") for line in table.strip().splitlines()]
    return Page(day, text, tuple(marks), rows)


def _report(path: Path) -> Report:
    read = page(path)
    headline = Section("headline", TextSpan(0, read.text.index("\n")))
    article = Article(path.stem, path.name, read.text, published=read.day, sections=(headline,))
    return Report(article, read.marks, {row[0]: _wanted(*row[1:]) for row in read.rows})


def _wanted(kind: str, parties: str, mediators: str, made: str, statuses: str = "") -> Wanted:
    def listed(cell: str) -> tuple[str, ...] | None:
        return None if cell == "*" else tuple(cell.split())

    one = (None if cell == "*" else cell for cell in (kind, made))
    return Wanted(next(one), listed(parties), listed(mediators), next(one), listed(statuses))


@dataclass
class Tally:
    """Right, predicted and wanted ones of a kind."""

    right: int = 0
    predicted: int = 0
    wanted: int = 0

    def add(self, found: Iterable[str], wanted: Iterable[str]) -> None:
        """Count one set against another."""
        ours, theirs = set(found), set(wanted)
        self.right += len(ours & theirs)
        self.predicted += len(ours)
        self.wanted += len(theirs)

    @property
    def f1(self) -> float:
        """Of 100."""
        return 200 * self.right / max(1, self.predicted + self.wanted)


@dataclass
class Tallies:
    """What is counted over several reports, and what went wrong, in words."""

    mentions: Tally = field(default_factory=Tally)
    parties: Tally = field(default_factory=Tally)
    mediators: Tally = field(default_factory=Tally)
    statuses: Tally = field(default_factory=Tally)
    types: Tally = field(default_factory=Tally)
    dates: Tally = field(default_factory=Tally)
    errors: list[str] = field(default_factory=list)


class Score(Tallies):
    """The tallies of marked reports."""

    def add(self, report: Report, found: tuple[Agreement, ...]) -> None:
        """Count what was found in a report."""
        groups = self._mentions(report, found)
        by_id = {agreement.id: agreement for agreement in found}
        for number, wanted in report.wanted.items():
            if number in groups:
                best = groups[number].most_common(1)[0][0]
                self._agreement(f"{report.article.id} {number}", wanted, by_id[best])

    def _mentions(self, report: Report, found: tuple[Agreement, ...]) -> dict[str, Counter[str]]:
        text, title = report.article.text, report.article.sections[0].span
        open_ = [(m.span, a.id) for a in found for m in a.mentions]
        groups: dict[str, Counter[str]] = {}
        for span, number in report.marks:
            hit = next((pair for pair in open_ if pair[0].overlaps(span)), None)
            sure = not number.endswith("?") and number != "0"
            if hit is not None and number != "0":
                open_.remove(hit)
                groups.setdefault(number.rstrip("?"), Counter())[hit[1]] += 1
            self.mentions.add([str(span)] if hit and sure else [], [str(span)] if sure else [])
            if sure and hit is None:
                self.errors.append(f"{report.article.id}: missed {span.of(text)!r}")
        spurious = [span for span, _ in open_ if not span.overlaps(title)]
        self.mentions.predicted += len(spurious)
        self.errors += [f"{report.article.id}: spurious {s.of(text)!r}" for s in spurious]
        return groups

    def _agreement(self, where: str, wanted: Wanted, found: Agreement) -> None:
        before = [(t.right, t.predicted, t.wanted) for t in self._tallies()]
        if wanted.type is not None:
            self.types.add([found.type], [wanted.type])
        if wanted.parties is not None:
            loose = [p.rstrip("*") for p in wanted.parties if p.endswith("*")]
            ours = (next((x for x in loose if p.startswith(x)), p) for p in found.parties)
            self.parties.add(ours, (p.rstrip("*") for p in wanted.parties))
        if wanted.mediators is not None:
            self.mediators.add(found.mediators, wanted.mediators)
        if wanted.made is not None:
            start = (found.date.start if found.date else None) or "-"
            self.dates.add([wanted.made if start.startswith(wanted.made) else start], [wanted.made])
        if wanted.statuses is not None:
            optional = {s.rstrip("?") for s in wanted.statuses if s.endswith("?")}
            sure = {s for s in wanted.statuses if not s.endswith("?")}
            self.statuses.add({s.value for s in found.status} - optional, sure)
        after = [(t.right, t.predicted, t.wanted) for t in self._tallies()]
        if any(
            x[0] - y[0] != x[1] - y[1] or x[0] - y[0] != x[2] - y[2]
            for x, y in zip(after, before, strict=True)
        ):
            told = {s.value for s in found.status}
            date = found.date and found.date.start
            self.errors.append(
                f"{where}: {found.type} {found.parties} {found.mediators} {date} {sorted(told)}"
            )

    def _tallies(self) -> list[Tally]:
        return [self.types, self.parties, self.mediators, self.dates, self.statuses]
