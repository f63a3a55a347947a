"""Interviews and transcripts, whose turns stand behind names and colons."""

from __future__ import annotations

from pathlib import Path

import pytest
from spacy.language import Language

from kg.extraction.actors import actors
from kg.extraction.statements import statements
from kg.nlp.articles import article_doc
from kg.nlp.boundaries import Boundaries
from kg.readers import text as reader
from kg.readers.sections import sections
from kg.records import Article, Statement

INTERVIEW = """\
Norland's minister on the dam

LOMA, 3 March 2024 - The foreign minister of Norland, Ann Berg, met reporters on Monday.

MODERATOR: Welcome, everybody. We have half an hour.

MINISTER BERG: Thank you. Norland will not reopen the dam before Vikia withdraws its troops.

The other side has known that for two years.

Q: Will you meet President Lind of Vikia?

MINISTER BERG (Norland): I am ready. Vikia told a newspaper that the door is shut.

Q: And when?

MODERATOR: Last question, please.
"""

LISTS = """\
Talks in Loma

The ministers of Norland and Vikia met on Monday for three hours.

Place: Loma, the capital of Norland.

Date: Monday, 3 March 2024.

Agenda: The dam, the border and the exchange of prisoners.

They will meet again in April.
"""


def found(nlp: Language, text: str, tmp_path: Path) -> tuple[str, list[Statement]]:
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    article = next(iter(reader.read(path)))
    assert isinstance(article, Article)
    return article.text, list(statements(nlp(article_doc(nlp, article))))


def turns(text: str, some: list[Statement]) -> list[tuple[str, str]]:
    return [
        (s.source[0].of(text), s.content[0].of(text))
        for s in some
        if s.cue and s.cue[0].of(text).endswith(":") and s.nested_in is None
    ]


def test_each_paragraph_of_a_turn_is_a_statement_of_its_speaker(
    nlp: Language, tmp_path: Path
) -> None:
    text, some = found(nlp, INTERVIEW, tmp_path)
    spoken = turns(text, some)
    assert [name for name, _ in spoken] == [
        *("MODERATOR", "MINISTER BERG", "MINISTER BERG", "Q", "MINISTER BERG", "Q", "MODERATOR")
    ]
    assert spoken[2][1].startswith("The other side has known")
    assert all(s.type == "direct" for s in some if s.cue and s.cue[0].of(text).endswith(":"))


def test_who_is_named_in_the_text_is_known_behind_the_label(nlp: Language, tmp_path: Path) -> None:
    text, some = found(nlp, INTERVIEW, tmp_path)
    speakers = {s.speaker for s in some if s.source and s.source[0].of(text) == "MINISTER BERG"}
    assert speakers == {"person-ann-berg"}


def test_a_reporters_question_is_no_claim(nlp: Language, tmp_path: Path) -> None:
    text, some = found(nlp, INTERVIEW, tmp_path)
    asked = [s for s in some if s.source and s.source[0].of(text) == "Q"]
    assert len(asked) == 2
    assert all(s.topic_only and s.force == "ask" and s.speaker is None for s in asked)


def test_what_a_turn_reports_is_nested_in_it(nlp: Language, tmp_path: Path) -> None:
    text, some = found(nlp, INTERVIEW, tmp_path)
    told = [s for s in some if s.content[0].of(text).endswith("the door is shut") and s.nested_in]
    assert [s.cue[0].of(text) for s in told] == ["told"]


@pytest.mark.parametrize(
    "text",
    [LISTS, INTERVIEW.replace("MODERATOR:", "").replace("Q:", "").replace("(Norland):", "")],
    ids=["labels of a list", "one label alone"],
)
def test_labels_that_do_not_recur_are_no_turns(nlp: Language, text: str, tmp_path: Path) -> None:
    assert turns(*found(nlp, text, tmp_path)) == []


def test_half_a_megabyte_of_turns_is_read(nlp: Language, tmp_path: Path) -> None:
    from kg.extraction.reading import Reading
    from kg.extraction.transcripts import turns as turns_of

    lines = [
        f"{'LEE' if i % 2 else 'VIK'}: We met again on day {i} of the talks." for i in range(9000)
    ]
    blank = nlp.make_doc("\n\n".join(lines))
    blank[0].is_sent_start = True
    Boundaries()(blank)
    assert len(turns_of(Reading(blank))) == len(lines)


WITH_STOPS = """\
The treaty of Loma

Ann Berg, the foreign minister of Norland, spoke to this newspaper.

Q. Did Vikia violate the treaty?

A. Vikia violated it twice. We have proof.

Note: The minister spoke in Norlandish.

Her spokesman joined later.

Q. What next?

A. Norland will wait.

This interview has been edited. Vikia must leave the dam, critics argue.
"""


def test_a_label_with_a_full_stop_takes_no_word_of_the_speech(
    nlp: Language, tmp_path: Path
) -> None:
    text, some = found(nlp, WITH_STOPS, tmp_path)
    said = [s.content[0].of(text) for s in some if s.source and s.source[0].of(text) == "A."]
    assert said == ["Vikia violated it twice. We have proof", "Norland will wait"]


def test_notes_and_what_stands_behind_the_last_turn_are_nobodys(
    nlp: Language, tmp_path: Path
) -> None:
    text, some = found(nlp, WITH_STOPS, tmp_path)
    words = [s.content[0].of(text) for s in some if s.type == "direct"]
    assert not any("spokesman" in w or "Norlandish" in w or "edited" in w for w in words)


def test_a_turn_that_only_asks_is_a_question_whoever_asks(nlp: Language, tmp_path: Path) -> None:
    text = INTERVIEW.replace("Q:", "TOM VANCE:")
    text, some = found(nlp, text, tmp_path)
    asked = [s for s in some if s.source and s.source[0].of(text) == "TOM VANCE"]
    assert len(asked) == 2 and all(s.topic_only for s in asked)


def test_days_and_places_do_not_speak(nlp: Language, tmp_path: Path) -> None:
    lines = ["Talks in Loma", "Monday: We met.", "Tuesday: We ate.", "Monday: You met again."]
    text = "\n\n".join([*lines, "Paris: You all left.", "Tuesday: We slept."])
    assert turns(*found(nlp, text, tmp_path)) == []


LISTED = """\
The count in Vik

{lines}
"""


def listed(*lines: str) -> str:
    return LISTED.format(lines="\n\n".join(lines))


def test_names_before_numbers_are_no_speakers(nlp: Language, tmp_path: Path) -> None:
    text = listed("Lee: 1,769", "Berg: 1,501", "Lee: 547", "Berg: 46")
    assert turns(*found(nlp, text, tmp_path)) == []


def test_a_line_on_the_speaker_is_no_part_of_the_turn(nlp: Language, tmp_path: Path) -> None:
    text = INTERVIEW.replace("The other side has known", "Berg has told us")
    said = [words for _, words in turns(*found(nlp, text, tmp_path))]
    assert not any("Berg has told us" in words for words in said)


def test_a_question_without_a_name_is_no_part_of_the_turn(nlp: Language, tmp_path: Path) -> None:
    text = INTERVIEW.replace("for two years.\n\nQ:", "for two years.\n\nWill it help?\n\nQ:")
    said = [words for _, words in turns(*found(nlp, text, tmp_path))]
    assert not any("Will it help" in words for words in said)


def test_two_turns_need_a_line_that_announces_them(nlp: Language, tmp_path: Path) -> None:
    two = ("LEE: Did you read the letter?", "BERG: I read it twice.", "Both left.")
    announced = listed("This exchange ended the talks:", *two)
    assert [name for name, _ in turns(*found(nlp, announced, tmp_path))] == ["LEE", "BERG"]
    assert turns(*found(nlp, listed("The talks ended at noon.", *two), tmp_path)) == []


def test_a_headline_with_a_name_stays_a_headline(nlp: Language, tmp_path: Path) -> None:
    text = INTERVIEW.partition("LOMA")[2]
    text, some = found(nlp, f"Ann Berg: Norland keeps the dam\n\nLOMA{text}", tmp_path)
    first = next(s for s in some if s.content[0].of(text).startswith("Norland keeps"))
    assert first.headline


def test_a_record_with_titles_in_capitals_needs_nobody_to_come_back(
    nlp: Language, tmp_path: Path
) -> None:
    labels = ("MR. HALVORSEN: Who knew of it?", "MS. LIND: We knew.", "THE CHAIR: I thank you.")
    text = listed("The committee met on Tuesday.", *labels)
    names = [name for name, _ in turns(*found(nlp, text, tmp_path))]
    assert names == ["MR. HALVORSEN", "MS. LIND", "THE CHAIR"]
    advice = ("WHO: We invite all mayors.", "WHAT: You will see it.", "WHERE: Our hall in Vik.")
    assert turns(*found(nlp, listed("The mayors will meet.", *advice), tmp_path)) == []


@pytest.mark.parametrize(
    "introduction",
    [
        "Ana Ruiz has been mayor of Vik since May.",
        "Ana Ruiz talks to Ivo Berg about the dam.",
        "Our reporter sat down for a conversation with Ana Ruiz, who beat Ivo Berg in May.",
    ],
)
def test_the_person_interviewed_answers_behind_a_letter(nlp: Language, introduction: str) -> None:
    text = (
        f"A mayor and her dam\n\n{introduction}\n\nQ: Why did you shut it?\n\n"
        "A: We had no choice.\n\nQ: And the water?\n\nA: I drink it myself.\n"
    )
    assert _answers(nlp, text) == {"Ana Ruiz"}


def test_the_label_that_answers_is_named_again_by_a_letter(nlp: Language) -> None:
    text = (
        "A mayor and her dam\n\nVik Review: Why did you shut it?\n\nAna Ruiz: We had no choice. "
        "Ivo Berg told me so.\n\nQ: And the water?\n\nA: I drink it myself.\n\nQ: Is it good?\n\n"
        "A: It is.\n"
    )
    assert _answers(nlp, text) == {"Ana Ruiz"}


def test_of_two_people_introduced_nobody_answers(nlp: Language) -> None:
    text = (
        "A dam and its mayors\n\nAna Ruiz and Ivo Berg are mayors of Vik.\n\nQ: Why did you shut "
        "it?\n\nA: We had no choice.\n\nQ: And the water?\n\nA: I drink it myself.\n"
    )
    assert _answers(nlp, text) == {None}


def _answers(nlp: Language, text: str) -> set[str | None]:
    doc = nlp(article_doc(nlp, Article("a", "a.txt", text, sections=sections(text))))
    names = {a.id: a.name for a in actors(doc)}
    return {
        names.get(s.speaker or "")
        for s in statements(doc)
        if not s.topic_only and s.nested_in is None and s.type == "direct"
    }
