"""Who mediates, guarantees or witnesses what a sentence names."""

from __future__ import annotations

from collections.abc import Iterator

from kg.extraction.agreement_drafts import Draft
from kg.extraction.agreement_page import Page
from kg.extraction.agreement_parts import members
from kg.extraction.agreement_slots import Part, actors_before, actors_from, mediation


def mediators(page: Page, drafts: list[Draft]) -> dict[int, list[Part]]:
    """Mediators, guarantors and witnesses by the number of the mention that they belong to: the
    nearest in their sentence.
    """
    found: dict[int, list[Part]] = {}
    for start, numbers in _by_sentence(page, drafts).items():
        end = page.sentence_end[drafts[numbers[0]].noun]
        for part in (
            *mediation(page, start, end),
            *_shuttle(page, start, end, [drafts[n] for n in numbers]),
        ):
            nearest = min(numbers, key=lambda n: (abs(drafts[n].noun - part.start), n))
            if part not in found.setdefault(nearest, []):
                found[nearest].append(part)
    return found


def _by_sentence(page: Page, drafts: list[Draft]) -> dict[int, list[int]]:
    table: dict[int, list[int]] = {}
    for number, draft in enumerate(drafts):
        table.setdefault(page.sentence_start[draft.noun], []).append(number)
    return table


def _shuttle(page: Page, start: int, end: int, drafts: list[Draft]) -> Iterator[Part]:
    """Who is in contact with two sides to bring about an agreement between them."""
    for i in range(start, end):
        if page.low[i] not in {"contact", "contacts", "touch", "communication"} or page.low[
            i + 1 : i + 2
        ] != ["with"]:
            continue
        sides = actors_from(page, i + 2, gap=6)
        goal = next(
            (
                k
                for k in range(i + 2, end)
                if page.low[k] in {"aim", "goal", "aimed", "achieve", "secure", "reach", "broker"}
            ),
            None,
        )
        if goal is None or not any(goal < d.noun for d in drafts):
            continue
        plural = (sides is not None and len(members(page, sides)) >= 2) or "and" in page.low[
            i + 2 : goal
        ]
        if not plural:
            continue
        k = i
        while k > start and (
            page.pos[k - 1] in {"ADJ", "ADP", "AUX", "ADV", "DET"}
            or page.low[k - 1] in {'"', "“", "”"}
        ):
            k -= 1
        subject, _ = actors_before(page, k, page.clause_left(k))
        if subject is not None:
            for item in subject.items:
                yield Part(item.actor, "mediator", item.start, item.end)
