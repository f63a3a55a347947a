from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
import spacy
from hypothesis import given, settings
from hypothesis import strategies as st
from steps import steps

from kg.extraction.date_patterns import words
from kg.extraction.dates import DATES, INFERRED, dates, expressions, inferred_day, make_dates
from kg.nlp.articles import article_doc
from kg.records import Article, DateExpression, Section, TextSpan

DAY = date(2021, 3, 18)  # a Thursday


def found(text: str, published: date | None = DAY) -> list[tuple[str, str | None, str | None]]:
    return [(d.span.of(text), d.start, d.end) for d in expressions(text, published)]


ROWS = [
    line.split("\t")
    for line in (Path(__file__).parent / "dates.tsv").read_text(encoding="utf-8").splitlines()[3:]
]


@pytest.mark.parametrize(("text", "expected", "start", "end"), ROWS, ids=[r[0] for r in ROWS])
def test_the_dates_of_a_sentence(text: str, expected: str, start: str, end: str) -> None:
    wanted = [(expected, start or None, end or None)] if expected else []
    assert found(text) == wanted


UNSEEN = [
    (*line.split("\t"), "")[:3]
    for name in ("dates_unseen.tsv", "dates_unseen_later.tsv")
    for line in (Path(__file__).parent / name).read_text(encoding="utf-8").splitlines()
    if not line.startswith(("#", "published"))
]


def days(some: list[DateExpression]) -> str:
    """The days from the first to the last of some expressions, as the table writes them."""
    starts, ends = ([getattr(d, side) for d in some] for side in ("start", "end"))
    low = min(starts) if starts and all(starts) else "*"
    high = max(ends) if ends and all(ends) else "*"
    return "none" if low == high == "*" else f"{low}..{high}"


def test_dates_of_sentences_once_unseen() -> None:
    wrong, wanted = [], 0
    for day, text, cell in UNSEEN:
        read = expressions(text, date.fromisoformat(day) if day else None)
        left = list(read)
        for item in filter(None, cell.split(";")):
            words_, answers = item.split("=")
            span = TextSpan(text.index(words_), text.index(words_) + len(words_))
            hits = [d for d in read if d.span.overlaps(span)]
            left = [d for d in left if d not in hits]
            wanted += 1
            if days(hits) not in answers.split("|"):
                wrong.append((text, item, days(hits)))
        # what nobody marked says nothing of days
        assert not [d.span.of(text) for d in left if d.start or d.end]
    assert wanted == 83 + 86
    assert len(wrong) <= 1, wrong


@pytest.mark.parametrize(
    ("text", "starts"),
    [
        # relative clauses below an infinitive that somebody is asked for
        ("He called on both to renew the truce that lapsed in October.", ["2020-10-01"]),
        ("He promised to hold a vote in October.", ["2021-10-01"]),
        # what has happened, has been; some days need no year
        ("The April 7 assault began at dawn.", ["2020-04-07"]),
        ("The September 11 attacks changed the law.", ["2001-09-11"]),
        ("The October 7 massacre is not forgotten.", ["2020-10-07"]),
        ("Voters go to the polls on Sunday.", ["2021-03-21"]),
        # participles and relative clauses below a verb that looks ahead
        ("The court will examine a warrant issued on 1 December.", ["2020-12-01"]),
        ("The court will examine a warrant issued on Dec. 1.", ["2020-12-01"]),
        ("Troops withdrawn on December 1 may return.", ["2020-12-01"]),
        ("Talks, begun on 4 December, will go on.", ["2020-12-04"]),
        ("The EU will lift the sanctions imposed on 20 March.", ["2020-03-20"]),
        ("Officials will stay away, a spokesman announced on 12 June.", ["2020-06-12"]),
        ("The council must decide on an appeal filed on Friday.", ["2021-03-12"]),
        # perfects
        ("The hostages should have left on 1 February.", ["2021-02-01"]),
        (
            "They will have met by 5 May and have talked on 5 February.",
            ["2021-03-18", "2021-02-05"],
        ),
        # words that only look as if they looked ahead
        ("The party won the vote on 3 December.", ["2020-12-03"]),
        ("He was killed by rebels on 1 December.", ["2020-12-01"]),
        ("It was shelled on 3 May and on 1 December.", ["2020-05-03", "2020-12-01"]),
        ("The two set up a panel on 1 December.", ["2020-12-01"]),
        ("The minister would read the plan unveiled on 1 December.", ["2020-12-01"]),
        ("The rebels failed to meet on 1 December.", ["2020-12-01"]),
        ("The generals led by Gen. Ng on 1 December fled.", ["2020-12-01"]),
        # nouns
        ("His arrest on 2 February could lead to unrest.", ["2021-02-02"]),
        ("They are expected to honour the 24 January truce.", ["2021-01-24"]),
        ("Those behind the Jan. 28 attack will be punished.", ["2021-01-28"]),
        ("They recalled the Sept. 10 attacks.", ["2020-09-10"]),
        ("The talks of 5 February will resume.", ["2021-02-05"]),
        ("The talks in Lima on 25 March could fail.", ["2021-03-25"]),
        # what is to come
        ("Leaders will visit the displaced families on 3 May.", ["2021-05-03"]),
        ("He ordered that polls be held on April 4.", ["2021-04-04"]),
        ("He promised to step down on 1 April.", ["2021-04-01"]),
        ("She invited him to attend a summit on 11 April.", ["2021-04-11"]),
        ("The council called elections for 4 May.", ["2021-05-04"]),
        ("The truce was to end on 20 April.", ["2021-04-20"]),
        ("He decided to leave on 1 March.", ["2021-03-01"]),
        ("Both have to leave on 20 May.", ["2021-05-20"]),
        ("The envoy is to travel on Friday.", ["2021-03-19"]),
        ("The envoy is travelling to Rome on Friday.", ["2021-03-19"]),
        ("The envoy is expected on Friday.", ["2021-03-19"]),
        ("They are due to meet on Monday.", ["2021-03-22"]),
    ],
)
def test_the_verb_of_a_date_tells_whether_it_looks_back(text: str, starts: list[str]) -> None:
    assert [start for _, start, _ in found(text)] == starts


@pytest.mark.parametrize("text", ["on February 30", "on 31 April 2020", "on 2020-13-01"])
def test_an_impossible_date_says_nothing(text: str) -> None:
    assert found(text) == []


def test_a_numeric_date_with_two_readings_has_no_days() -> None:
    text = "It is dated 03/04/2023."
    assert found(text) == [("03/04/2023", None, None)]
    assert expressions(text, DAY)[0].rule == "numeric date, ambiguous"
    assert expressions(text, DAY, day_first=True)[0].start == "2023-04-03"
    assert expressions(text, DAY, day_first=False)[0].start == "2023-03-04"


def test_that_year_looks_back_to_the_last_year_named() -> None:
    text = "War came at the end of September 2020. On November 10 that year it ended."
    assert found(text)[1] == ("On November 10 that year", "2020-11-10", "2020-11-10")


def test_days_later_count_from_the_last_day_named() -> None:
    text = (
        "The capital fell on 1 March 2015. Two days later a truce was signed. The same day he fled."
    )
    assert [d[1] for d in found(text)] == ["2015-03-01", "2015-03-03", "2015-03-03"]


def test_a_bare_day_keeps_the_year_of_its_paragraph() -> None:
    text = (
        "It was signed on 9 November 2014. On 10 November troops moved.\nOn 12 November he spoke."
    )
    assert [d[1] for d in found(text)] == ["2014-11-09", "2014-11-10", "2020-11-12"]


@pytest.mark.parametrize(
    ("text", "start"),
    [
        (
            "A truce signed in June 2019 collapsed when rebels shot two men in January.",
            "2020-01-01",
        ),
        ("They met in March 2018, and in October they parted.", "2018-10-01"),
        ("In March 2018 they met. In October they parted.", "2018-10-01"),
        ("The bridge was built before the flood in March 2018. In October it fell.", "2020-10-01"),
    ],
)
def test_a_bare_month_keeps_the_year_of_its_sentence(text: str, start: str) -> None:
    assert found(text)[1][1] == start


def test_what_lapses_does_so_in_the_time_to_come() -> None:
    assert found("It lapses in October unless they renew it.")[0][1] == "2021-10-01"


@pytest.mark.parametrize(
    ("text", "days"),
    [
        ("He leads the June 9 Movement.", 0),
        ("It was claimed by the 12 October Brigade.", 0),
        ("On June 9 Movement deputies met.", 1),
        ("The vote was on June 9.", 1),
    ],
)
def test_a_day_that_names_somebody_is_no_date(text: str, days: int) -> None:
    assert len(found(text)) == days


@pytest.mark.parametrize(
    "text",
    [
        "the ’90s",
        "the 19th of May 2019",
        "in the spring of 2019",
        "by the very end of May 2019",
        "in the latter half of 2019",
        "over a weekend",
        "for the period from 2017 to 2019",
        "no later than May 2019",
        "up to 9 May 2019",
        "as of May 2019",
        "at the second quarter of 2019",
        "from early 2019 until late 2020",
    ],
)
def test_common_words_begin_a_date_before_these(text: str) -> None:
    (one,) = expressions(f"It lasted {text}.", DAY)
    assert one.span.of(f"It lasted {text}.").split()[-1] == text.split()[-1]


def test_without_a_day_of_the_article_relative_dates_have_no_days() -> None:
    text = "They met on Tuesday, two years ago, and last month; the pact is from 1994."
    assert found(text, None) == [
        ("on Tuesday", None, None),
        ("two years ago", None, None),
        ("last month", None, None),
        ("from 1994", "1994-01-01", "1994-12-31"),
    ]


def test_the_day_of_the_article_is_inferred_and_said() -> None:
    text = "Guns fell silent on March 16, 2021.\nOn Tuesday the envoy spoke."
    assert inferred_day(text) == date(2021, 3, 16)
    spoken = expressions(text)[1]
    assert (spoken.start, spoken.rule) == ("2021-03-16", f"latest such weekday; {INFERRED}")


def test_a_line_that_is_a_date_gives_the_day() -> None:
    assert inferred_day("Peace talks open\n\nMar 18, 2021\n\nThey met yesterday.") == DAY


@pytest.mark.parametrize(
    "text",
    [
        "The war began on 1 March 2015.",  # no weekday
        "It began on March 16, 2021. On Friday he spoke.",  # another weekday
        "It ends on March 16, 2021, and in 2023 all leave. On Tuesday he spoke.",  # a later year
    ],
)
def test_no_day_is_inferred_where_the_text_leaves_doubt(text: str) -> None:
    assert inferred_day(text) is None


def test_the_component_leaves_teasers_out_and_survives_bytes() -> None:
    text = "They met on Tuesday.\nRead also: war in 1994"
    start = text.index("Read")
    article = Article(
        "a",
        "a.txt",
        text,
        published="2021-03-18",
        sections=(Section("teaser", TextSpan(start, len(text))),),
    )
    nlp = spacy.blank("en")
    doc = make_dates(nlp, "kg_dates")(article_doc(nlp, article))
    kept = dates(type(doc)(nlp.vocab).from_bytes(doc.to_bytes()))
    assert kept == (
        DateExpression(TextSpan(9, 19), "2021-03-16", "2021-03-16", "day", "latest such weekday"),
    )
    assert [s.text for s in doc.spans[DATES]] == ["on Tuesday"]


def test_the_word_table_is_well_formed() -> None:
    assert len(words("month")) == 12 and len(words("weekday")) == 7
    for kind in ("number", "counted", "future", "past", "year_after"):
        assert all(w == w.strip() for w in words(kind)) and words(kind)


BITS = st.sampled_from(
    [
        *("May", "March", "5", "31", "30", "02", "2020", "1994", "Monday", "on", "Tuesday", "19th"),
        *("last", "next", "year", "years", "ago", "two", "and", "the", "end", "of", "from", "to"),
        *("between", "in", "-", "–", ",", ".", "(", ")", "early", "mid", "late", "'s", "12:00"),
        *("GMT", "[", "]", "quarter", "century", "February", "03/04/2023", "until", "since", "\n"),
        *(
            "before",
            "a",
            "week",
            "day",
            "that",
            "same",
            "following",
            "Sept.",
            "Q3",
            "1990s",
            "half",
        ),
    ]
)


@settings(max_examples=300, deadline=None)
@given(st.lists(BITS, max_size=30), st.dates(date(1900, 1, 1), date(2100, 1, 1)) | st.none())
def test_any_words_give_ordered_spans_inside_the_text(bits: list[str], day: date | None) -> None:
    text = " ".join(bits)
    last = 0
    for one in expressions(text, day):
        assert last <= one.span.start < one.span.end <= len(text)
        last = one.span.end
        if one.start and one.end:
            assert date.fromisoformat(one.start) <= date.fromisoformat(one.end)


@settings(max_examples=100, deadline=None)
@given(st.text(max_size=200), st.dates())
def test_any_text_is_read_without_complaint(text: str, day: date) -> None:
    expressions(text, day)


@pytest.mark.parametrize(
    "piece", ["in ", "from 3 to ", "two and ", "12:00 [", "May 5, ", "the end of "]
)
def test_time_grows_with_the_length_only(piece: str) -> None:
    expressions(piece * 10, DAY)  # makes the patterns
    short, long = (steps(lambda n=n: expressions(piece * n, DAY)) for n in (200, 2_000))
    assert long < 12 * short
