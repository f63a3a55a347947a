"""Reports of `agreement_unseen`: what they tell, and how much of it was found."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from pathlib import Path

from agreement_marks import Tallies, Tally, page

from kg.records import ARTICLE, Actor, Agreement, Article, Extraction, Provision, Section, TextSpan

FOLDER = Path(__file__).parent / "agreement_unseen"
STATES = FOLDER / "states.ttl"


@dataclass(frozen=True)
class Wanted:
    """What a report tells of one agreement; `*` is not looked at, `|` divides alternatives."""

    type: str
    parties: str
    mediators: str
    made: str
    statuses: str


@dataclass(frozen=True)
class Report:
    """An article without its marks, the marks, the table below it and the provisions."""

    article: Article
    marks: tuple[tuple[TextSpan, str], ...]
    wanted: dict[str, Wanted]
    provisions: dict[str, list[str]]


def reports() -> list[Report]:
    """All reports, by name."""
    return [_report(path) for path in sorted(FOLDER.glob("*.txt"))]


def _report(path: Path) -> Report:
    read = page(path)
    text, rows = read.text, read.rows
    provisions: dict[str, list[str]] = {}
    for row in rows:
        if row[0] == "P":
            provisions.setdefault(row[1], []).append(row[2])
    dateline = re.match(r"\n\n[A-Z][^\n]{0,60}?\) [-–—] ", text[text.index("\n") :])
    head = TextSpan(0, text.index("\n"))
    sections = [Section("headline", head)]
    if dateline is not None:
        span = TextSpan(head.end + 2, head.end + dateline.end() - 3)
        sections.append(Section("dateline", span))
    article = Article(path.stem, path.name, text, published=read.day, sections=tuple(sections))
    wanted = {row[0]: Wanted(*[*row[1:], *[""] * 5][:5]) for row in rows if row[0] != "P"}
    return Report(article, read.marks, wanted, provisions)


@dataclass
class Score(Tallies):
    """The tallies of these reports: voices and provisions, too."""

    voices: Tally = field(default_factory=Tally)
    provisions: Tally = field(default_factory=Tally)

    def add(self, report: Report, found: Extraction) -> None:
        """Count what was found in a report."""
        groups = self._mentions(report, found.agreements)
        by_id = {agreement.id: agreement for agreement in found.agreements}
        for number, wanted in report.wanted.items():
            if number.endswith("?"):
                continue
            laid_down = report.provisions.get(number, [])
            if number not in groups:
                sure, _ = _divided(wanted.statuses)
                self.statuses.wanted += len({s.split("@")[0] for s in sure})
                self.provisions.wanted += len(laid_down)
                continue
            agreement = by_id[groups[number].most_common(1)[0][0]]
            _Judge(self, found, f"{report.article.id} {number}").agreement(wanted, agreement)
            self._provisions(report, laid_down, agreement.provisions)

    def count(self, figure: Tally, right: int, predicted: int, wanted: int, error: str) -> None:
        """Add to a tally; note the error where there is one."""
        figure.right += right
        figure.predicted += predicted
        figure.wanted += wanted
        if not right == predicted == wanted:
            self.errors.append(error)

    def _mentions(self, report: Report, found: tuple[Agreement, ...]) -> dict[str, Counter[str]]:
        text, title = report.article.text, report.article.sections[0].span
        open_ = [(m.span, a.id) for a in found for m in a.mentions]
        groups: dict[str, Counter[str]] = {}
        for span, number in report.marks:
            hit = next((pair for pair in open_ if pair[0].overlaps(span)), None)
            if hit is not None:
                open_.remove(hit)
                groups.setdefault(number.rstrip("?"), Counter())[hit[1]] += 1
            if not number.endswith("?"):
                right = int(hit is not None)
                error = f"{report.article.id}: missed {span.of(text)!r}"
                self.count(self.mentions, right, right, 1, error)
        for span, _ in open_:
            if not span.overlaps(title):
                error = f"{report.article.id}: spurious {span.of(text)!r}"
                self.count(self.mentions, 0, 1, 0, error)
        return groups

    def _provisions(self, report: Report, wanted: list[str], found: tuple[Provision, ...]) -> None:
        text, left = report.article.text, list(found)
        for words in wanted:
            start = text.index(words)
            span = TextSpan(start, start + len(words))
            hit = next((p for p in left if p.span.overlaps(span)), None)
            if hit is not None:
                left.remove(hit)
        right = len(found) - len(left)
        error = f"{report.article.id}: provisions {[p.text for p in found]}, wanted {wanted}"
        self.count(self.provisions, right, len(found), len(wanted), error)


@dataclass(frozen=True)
class _Judge:
    """Holds one agreement against its row."""

    score: Score
    found: Extraction
    where: str

    def agreement(self, wanted: Wanted, agreement: Agreement) -> None:
        score = self.score
        if wanted.type != "*":
            right = int(agreement.type in wanted.type.split("|"))
            score.count(score.types, right, 1, 1, f"{self.where}: type {agreement.type}")
        self._actors(score.parties, wanted.parties, agreement.parties)
        self._actors(score.mediators, wanted.mediators, agreement.mediators)
        if wanted.made != "*":
            start = (agreement.date.start if agreement.date else None) or "-"
            right = int(any(start.startswith(day) for day in wanted.made.split("|")))
            score.count(score.dates, right, 1, 1, f"{self.where}: date {start}")
        self._statuses(wanted.statuses, agreement)

    def _actors(self, figure: Tally, wanted: str, ours: tuple[str, ...]) -> None:
        sure, optional = _divided(wanted)
        if "*" in sure:
            return
        counted = [a for a in ours if not any(self._is(a, o) for o in optional)]
        right = sum(any(self._is(a, token) for a in counted) for token in sure)
        self.score.count(figure, right, len(counted), len(sure), f"{self.where}: actors {ours}")

    def _statuses(self, wanted: str, agreement: Agreement) -> None:
        sure, optional = _divided(wanted)
        values = {s.value for s in agreement.status}
        expected = {s.split("@")[0] for s in sure}
        right = sum(bool(values & {*cell.split("|")}) for cell in expected)
        known = {v for cell in (*expected, *optional) for v in cell.split("@")[0].split("|")}
        extra = values - known
        self.score.count(
            self.score.statuses,
            right,
            right + len(extra),
            len(expected),
            f"{self.where}: statuses {sorted(values)}, wanted {wanted}",
        )
        for cell in sure:
            value, _, who = cell.partition("@")
            told = [s.asserted_by for s in agreement.status if s.value in value.split("|")]
            if who and told:
                right = int(any(self._is(by, who) for by in told))
                self.score.count(self.score.voices, right, 1, 1, f"{self.where}: {value} by {told}")

    def _is(self, actor_id: str | None, token: str) -> bool:
        if actor_id is None:
            return False
        actor = next((a for a in self.found.actors if a.id == actor_id), None)
        for one in token.split("|"):
            if one == actor_id or (one == ARTICLE and actor_id == ARTICLE):
                return True
            if one.startswith("~") and actor is not None and self._bears(actor, one[1:]):
                return True
        return False

    def _bears(self, actor: Actor, name: str) -> bool:
        name = name.replace("_", " ")
        text = self.found.article.text
        names = {actor.name, *(m.span.of(text) for m in actor.mentions if m.kind != "pronoun")}
        surname = actor.type == "person" and any(n.split()[-1] == name for n in names)
        return name in names or surname or (len(name) > 6 and actor.name.endswith(name))


def _divided(cell: str) -> tuple[list[str], list[str]]:
    """The values of a cell that must be found, and those that are as good left out."""
    values: Iterable[str] = cell.split()
    sure = [v for v in values if not v.endswith("?")]
    return sure, [v.rstrip("?") for v in values if v.endswith("?")]
