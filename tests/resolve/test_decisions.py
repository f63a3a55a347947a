"""Identity decisions made by hand: what the file may say, and what it is refused for."""

from __future__ import annotations

from pathlib import Path

import pytest

from kg.errors import SettingsError
from kg.records import TextSpan
from kg.resolve.decisions import Decision, Decisions, MentionAt, parsed, read

FILE = """# who is who
- merge: [person-ada-vidall]
  into: person-ada-vidal
  reason: a misprint

# two of one name
- split: person-ivo-lund
  articles: [harbour]
  mentions: ["strike#12-20"]
  into: person-ivo-lund-2
  name: Ivo Lund (docker)
  reason: the docker, not the minister
"""


def test_a_file_is_read_in_order() -> None:
    one, two = parsed(FILE).made
    assert (one.actors, one.into, one.reason) == (
        ("person-ada-vidall",),
        "person-ada-vidal",
        "a misprint",
    )
    assert not one.is_split
    assert two.articles == ("harbour",)
    assert two.mentions == (MentionAt("strike", TextSpan(12, 20)),)
    assert two.name == "Ivo Lund (docker)"


def test_an_article_id_may_hold_the_sign_that_parts_it_from_the_offsets() -> None:
    mention = MentionAt.read("a#1#5-9")
    assert mention == MentionAt("a#1", TextSpan(5, 9))
    assert MentionAt.read(str(mention)) == mention


def test_no_file_content_is_no_decision() -> None:
    assert parsed("").made == ()
    assert not parsed("# nothing yet\n")


def test_what_is_written_is_read_again() -> None:
    made = parsed(FILE).made
    assert parsed(Decisions().adding(Decisions(made)).text).made == made


def test_adding_keeps_the_text_that_is_there_and_takes_nothing_twice() -> None:
    own = parsed(FILE)
    assert own.adding(own).text == FILE
    more = own.adding(Decisions((Decision(("X",), "Y", "alike"),)))
    assert more.text.startswith(FILE)
    assert len(more.made) == 3


@pytest.mark.parametrize(
    ("decision", "reason"),
    [
        (Decision(("A",), "A_2", "r"), '"A_2" is no id'),
        (Decision(("A",), "\u00dcber id", "r"), "is no id"),
        (Decision(("A",), "A-2", "r", ("x",), name=""), "name: must be words"),
        (Decision(("A",), "A-2", "r", ("x",), name=" Bo"), "cannot be read again"),
    ],
)
def test_what_could_not_be_read_again_is_not_added(decision: Decision, reason: str) -> None:
    with pytest.raises(SettingsError, match=reason):
        parsed(FILE).adding(Decisions((decision,)))


@pytest.mark.parametrize(
    "line", ["[{merge: A1, into: B1, reason: r}]\n", "- {merge: A1, into: B1, reason: r}"]
)
def test_adding_to_a_file_on_one_line_leaves_it_readable(line: str) -> None:
    more = parsed(line).adding(Decisions((Decision(("X",), "Y", "alike"),)))
    assert [d.into for d in parsed(more.text).made] == ["B1", "Y"]


def test_a_long_chain_of_merges_is_followed_and_its_circle_refused() -> None:
    chain = "".join(f"- {{merge: A{n}, into: A{n + 1}, reason: r}}\n" for n in range(1200))
    assert len(parsed(chain).made) == 1200
    with pytest.raises(SettingsError, match="A0: contradictory"):
        parsed(chain + "- {merge: A1200, into: A0, reason: r}")


def test_undoing_takes_out_the_block_and_leaves_comments() -> None:
    left = parsed(FILE).without(1)
    assert left.text == FILE.replace(FILE[FILE.index("- merge") : FILE.index("\n# two")], "")
    assert [d.into for d in left.made] == ["person-ivo-lund-2"]
    assert parsed(FILE).without(2).text.startswith("# who is who\n- merge")


def test_undoing_the_only_decision_leaves_nothing() -> None:
    assert parsed(FILE).without(2).without(1).text == ""


def test_undoing_in_a_file_on_one_line_writes_the_others_anew() -> None:
    line = "[{merge: A1, into: B1, reason: r}, {merge: C1, into: D1, reason: s}]\n"
    left = parsed(line).without(1)
    assert parsed(left.text).made == left.made == parsed(line).made[1:]


def test_undoing_a_number_that_is_not_there_is_refused() -> None:
    with pytest.raises(SettingsError, match="no decision 3; there are 1 to 2"):
        parsed(FILE).without(3)


def test_a_mention_counts_before_its_article_and_that_before_the_whole() -> None:
    decisions = parsed(
        """
- {merge: A, into: B, reason: r}
- {split: A, articles: x, into: C, reason: r}
- {split: A, mentions: "x#1-2", into: D, reason: r}
"""
    )
    steps = [decisions.step("A", article, span) for article, span in (
        ("x", TextSpan(1, 2)), ("x", TextSpan(5, 6)), ("x", None), ("y", None))]  # fmt: skip
    assert [s.into for s in steps if s is not None] == ["D", "C", "C", "B"]


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("- {merge: A, into: B, reason: r", "not YAML"),
        ("merge: A", "a list of decisions"),
        ("- A", "merge: or split: is needed"),
        ("- {into: B, reason: r}", "either merge: or split:"),
        ("- {merge: A, split: A, into: B, reason: r}", "either merge: or split:"),
        ("- {merge: A, reason: r}", "into: and reason: are needed"),
        ("- {merge: A, into: B}", "into: and reason: are needed"),
        ("- {merge: A, into: B, reason: ''}", "reason: must be words"),
        ("- {merge: A, into: B, reason: r, articles: x}", "merge knows no articles"),
        ("- {merge: A, into: B, reason: r, colour: red}", "merge knows no colour"),
        ("- {merge: [], into: B, reason: r}", "merge: must be a name"),
        ("- {merge: A b, into: B, reason: r}", '"A b" is no id'),
        ("- {split: A, into: B, reason: r}", "A: split needs articles: or mentions:"),
        ("- {split: [A, C], articles: x, into: B, reason: r}", "one actor at a time"),
        ("- {split: A, mentions: x, into: B, reason: r}", '"x" is no mention'),
        ("- {split: A, mentions: 'x#9-3', into: B, reason: r}", '"x#9-3" is no mention'),
        ("- {merge: A, into: B, type: ship, reason: r}", '"ship" is no type of actor'),
        ("- {split: A, mentions: 'x#0-" + "1" * 5000 + "', into: B, reason: r}", "is no mention"),
        ("- {merge: A, into: B, country: Peru, reason: r}", 'B: "Peru" is no country'),
        ("- {merge: A, into: B, country: per, reason: r}", 'B: "per" is no country'),
        ("- {merge: A, into: A, reason: r}", "A: cannot become itself"),
        ("- {merge: A, into: B, reason: r}\n- {merge: A, into: C, reason: s}",
         "A: contradictory: merge A into B (r); but merge A into C (s)"),
        ("- {merge: A, into: B, reason: r}\n- {merge: B, into: A, reason: s}",
         "A: contradictory: merge A into B (r); but merge B into A (s)"),
        ("- {split: A, articles: x, into: A2, reason: r}\n- {merge: A2, into: A, reason: s}",
         "A: contradictory: split A (x) into A2 (r); but merge A2 into A (s)"),
        ("- {split: A, articles: x, into: B, reason: r}\n"
         "- {split: A, articles: [w, x], into: C, reason: s}", "A in x: contradictory"),
        ("- {split: A, mentions: 'x#1-2', into: B, reason: r}\n"
         "- {split: A, mentions: 'x#1-2', into: C, reason: s}", "A in x#1-2: contradictory"),
    ],
)  # fmt: skip
def test_a_wrong_file_is_refused_with_file_subject_and_reason(
    tmp_path: Path, text: str, reason: str
) -> None:
    path = tmp_path / "mine.yaml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(SettingsError) as refused:
        read(path)
    assert str(refused.value).startswith(str(path))
    assert reason in str(refused.value)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(SettingsError, match=r"none\.yaml: cannot be read"):
        read(tmp_path / "none.yaml")


def test_decisions_that_contradict_those_of_the_graph_are_refused() -> None:
    own = parsed("- {merge: A, into: B, reason: r}")
    with pytest.raises(SettingsError, match=r"mine\.yaml: A: contradictory"):
        own.adding(parsed("- {merge: A, into: C, reason: s}", "mine.yaml"))
