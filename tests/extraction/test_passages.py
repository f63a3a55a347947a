"""Speech without quotation marks: announced passages, letters, mails, posts, lists of voices.

Whole articles of each kind are among the statement articles; here stands what must not be taken
for speech.
"""

from __future__ import annotations

import pytest
from spacy.language import Language
from steps import steps

from kg.extraction.reading import Reading
from kg.extraction.statements import statements
from kg.nlp.articles import article_doc
from kg.nlp.boundaries import Boundaries
from kg.readers.sections import sections
from kg.records import Article

PASSAGE = """\
Bank keeps its rate

LOMA - The bank kept its rate on Monday.

{line}

{text}

Shares rose by 2 percent.
"""


def direct(nlp: Language, text: str) -> list[str]:
    article = Article("a", "a.txt", text, sections=sections(text))
    found = statements(nlp(article_doc(nlp, article)))
    return [s.content[0].of(text) for s in found if s.type == "direct"]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("The statement reads:", "Prices will fall. The bank sees no danger."),
        ("Governor Lee said:", "I see no danger. My colleagues agree."),
        ("In a letter to the staff Lee wrote:", "We have done our duty. Thank you."),
    ],
)
def test_what_a_line_announces_is_speech(nlp: Language, line: str, text: str) -> None:
    assert direct(nlp, PASSAGE.format(line=line, text=text)) == [text.rstrip(".")]


@pytest.mark.parametrize(
    ("line", "text"),
    [
        ("Governor Lee said:", "Prices will fall. The bank sees no danger."),
        ("Lee said that three things were needed:", "A new law. We need a new board, too."),
        ("The letter was published on Monday:", "Prices will fall. We see no danger."),
        ("The plan reads:", "- a new board of five members for the bank"),
        ("The bank has three tasks:", "We see prices first. We see jobs next."),
    ],
    ids=["third person", "clause", "passive", "item of a list", "no verb of saying"],
)
def test_other_lines_below_a_colon_are_no_speech(nlp: Language, line: str, text: str) -> None:
    assert direct(nlp, PASSAGE.format(line=line, text=text)) == []


def test_a_writer_who_speaks_of_himself_is_not_taken_for_another(nlp: Language) -> None:
    text = PASSAGE.format(line="The sign at the bank reads:", text="I walked on to the harbour.")
    assert direct(nlp, text) == ["I walked on to the harbour"]
    assert direct(nlp, text.replace("LOMA - The bank", "LOMA - I saw that the bank")) == []


LETTER = """\
Union turns to minister

LOMA - The union has turned to the minister.

Dear Minister,

We have waited since May. We will not wait longer.

{end}

Paul Lind

The minister is in Vik.
"""


def test_a_letter_ends_where_it_is_signed(nlp: Language) -> None:
    said = "We have waited since May. We will not wait longer"
    assert direct(nlp, LETTER.format(end="Yours sincerely,")) == [said]
    assert direct(nlp, LETTER.format(end="The hall was full.")) == []


POST = """\
Leaders react

VIK - Leaders reacted on Sunday.

{post}

The fire went out at noon.
"""


@pytest.mark.parametrize(
    ("post", "said"),
    [
        ("We send help. — Ann Lee (@annlee) March 3, 2024", ["We send help"]),
        ("We send help.\n\n— Ann Lee (@annlee) March 3, 2024", ["We send help"]),
        ("We send help. — Ann Lee", []),
        ("The post is by Ann Lee (@annlee), the mayor of Vik.", []),
    ],
)
def test_a_post_is_signed_with_a_handle(nlp: Language, post: str, said: list[str]) -> None:
    assert direct(nlp, POST.format(post=post)) == said


VOICES = """\
Three people, three answers

The vote is on Sunday.

Ann Lee, 34, Vik

{first}

Paul Lind, 61, Loma

I do not trust the ministry.

Maria Soto, 29, Vik

For me the price decides.
"""


def test_three_who_write_of_themselves_are_a_list_of_voices(nlp: Language) -> None:
    assert len(direct(nlp, VOICES.format(first="I grew up below the dam."))) == 3
    assert direct(nlp, VOICES.format(first="The dam is a hundred years old.")) == []
    assert direct(nlp, VOICES.format(first="I met Lee at the market.")) == []


@pytest.mark.parametrize(
    "line",
    [
        "Lee wrote:",
        "“We stay.”",
        "Dear Minister,",
        "From: Ann Lee",
        "Ann Lee, 34, Vik",
        "(@annlee)",
    ],
)
def test_work_on_such_lines_grows_with_their_number(nlp: Language, line: str) -> None:
    from kg.extraction.passages import passage_drafts
    from kg.extraction.signatures import signature_drafts
    from kg.extraction.transcripts import transcript_drafts

    def read(times: int) -> int:
        blank = nlp.make_doc(f"{line}\nWe met again at noon.\n" * times)
        blank[0].is_sent_start = True
        Boundaries()(blank)
        reading = Reading(blank)
        return sum(
            steps(lambda find=find: list(find()))
            for find in (
                lambda: transcript_drafts(reading),
                lambda: passage_drafts(reading, set()),
                lambda: signature_drafts(reading, set()),
            )
        )

    read(3)  # loads the word lists
    assert read(900) < 12 * read(90)
