"""The same statements from trees of both label schemes (UD, ClearNLP); trees built by hand."""

from __future__ import annotations

from itertools import pairwise

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc, SpanGroup

from kg.extraction.statements import StatementAnnotator, statements
from kg.nlp.articles import SECTIONS
from kg.records import TextSpan

VOCAB = English().vocab
POS = {
    "V": ("VERB", "VBD"),
    "Z": ("VERB", "VBZ"),
    "B": ("VERB", "VB"),
    "G": ("VERB", "VBG"),
    "D": ("VERB", "VBN"),
    "X": ("AUX", "VBD"),
    "M": ("AUX", "MD"),
    "N": ("NOUN", "NN"),
    "P": ("PROPN", "NNP"),
    "O": ("PRON", "PRP"),
    "T": ("DET", "DT"),
    "A": ("ADJ", "JJ"),
    "I": ("ADP", "IN"),
    "S": ("SCONJ", "IN"),
    "R": ("PART", "TO"),
    "C": ("CCONJ", "CC"),
    ".": ("PUNCT", "."),
}
LEMMAS = {
    "said": "say", "called": "call", "accused": "accuse", "told": "tell", "urged": "urge",
    "condemned": "condemn", "attacking": "attack", "stops": "stop", "was": "be",
    "adding": "add", "insisted": "insist", "shook": "shake", "held": "hold",
}  # fmt: skip


def tree(table: str) -> Doc:
    """A Doc from lines "word part-of-speech head relation"; heads are positions."""
    rows = [line.split() for line in table.strip().splitlines()]
    words = [r[0] for r in rows]
    return Doc(
        VOCAB,
        words=words,
        spaces=[w != "“" and after not in {",", ".", "”"} for w, after in pairwise([*words, ""])],
        pos=[POS[r[1]][0] for r in rows],
        tags=["," if r[0] in "“”,:" else POS[r[1]][1] for r in rows],
        lemmas=[LEMMAS.get(r[0].lower(), r[0]) for r in rows],
        heads=[int(r[2]) for r in rows],
        deps=[r[3] for r in rows],
        sent_starts=[k == 0 for k in range(len(rows))],
    )


CLAUSE = (
    """
    Berg   P 1 nsubj
    said   V 1 ROOT
    that   S 4 mark
    trade  N 4 nsubj
    stops  Z 1 ccomp
    .      . 1 punct
    """,
    None,
    ("Berg", "said", "that trade stops", "indirect"),
)
FRONTED_QUOTATION = (
    """
    “      . 2 punct
    Trade  N 2 nsubj
    stops  Z 2 ROOT
    ,      . 2 punct
    ”      . 2 punct
    Berg   P 6 nsubj
    said   V 2 parataxis
    .      . 2 punct
    """,
    """
    “      . 6 punct
    Trade  N 2 nsubj
    stops  Z 6 ccomp
    ,      . 6 punct
    ”      . 6 punct
    Berg   P 6 nsubj
    said   V 6 ROOT
    .      . 6 punct
    """,
    ("Berg", "said", "“Trade stops,”", "direct"),
)
FRONTED_SPEECH = (
    """
    All    T 1 det
    trade  N 2 nsubj
    stops  Z 2 ROOT
    ,      . 2 punct
    said   V 2 parataxis
    Berg   P 4 nsubj
    .      . 2 punct
    """,
    """
    All    T 1 det
    trade  N 2 nsubj
    stops  Z 4 ccomp
    ,      . 4 punct
    said   V 4 ROOT
    Berg   P 4 nsubj
    .      . 4 punct
    """,
    ("Berg", "said", "All trade stops", "indirect"),
)
CALL_ON = (
    """
    Vik    P 1 nsubj
    called V 1 ROOT
    on     I 3 case
    Rome   P 1 obl
    to     R 5 mark
    leave  B 1 xcomp
    .      . 1 punct
    """,
    """
    Vik    P 1 nsubj
    called V 1 ROOT
    on     I 1 prep
    Rome   P 2 pobj
    to     R 5 aux
    leave  B 1 xcomp
    .      . 1 punct
    """,
    ("Vik", "called on", "Rome to leave", "indirect"),
)
URGE = (
    """
    Vik    P 1 nsubj
    urged  V 1 ROOT
    Rome   P 1 obj
    to     R 4 mark
    leave  B 1 xcomp
    .      . 1 punct
    """,
    """
    Vik    P 1 nsubj
    urged  V 1 ROOT
    Rome   P 4 nsubj
    to     R 4 aux
    leave  B 1 ccomp
    .      . 1 punct
    """,
    ("Vik", "urged", "Rome to leave", "indirect"),
)
ACCUSE = (
    """
    Vik       P 1 nsubj
    accused   V 1 ROOT
    Rome      P 1 obj
    of        S 4 mark
    attacking G 1 advcl
    ships     N 4 obj
    .         . 1 punct
    """,
    """
    Vik       P 1 nsubj
    accused   V 1 ROOT
    Rome      P 1 dobj
    of        I 1 prep
    attacking G 3 pcomp
    ships     N 4 dobj
    .         . 1 punct
    """,
    ("Vik", "accused", "Rome of attacking ships", "indirect"),
)
PASSIVE = (
    """
    The       T 1 det
    plan      N 3 nsubj:pass
    was       X 3 aux:pass
    condemned D 3 ROOT
    by        I 5 case
    Rome      P 3 obl
    .         . 3 punct
    """,
    """
    The       T 1 det
    plan      N 3 nsubjpass
    was       X 3 auxpass
    condemned D 3 ROOT
    by        I 3 agent
    Rome      P 4 pobj
    .         . 3 punct
    """,
    ("Rome", "was condemned", "The plan", "indirect"),
)
RECEIVER = (
    """
    Berg   P 1 nsubj
    told   V 1 ROOT
    Rome   P 1 iobj
    that   S 5 mark
    trade  N 5 nsubj
    stops  Z 1 ccomp
    .      . 1 punct
    """,
    """
    Berg   P 1 nsubj
    told   V 1 ROOT
    Rome   P 1 dobj
    that   S 5 mark
    trade  N 5 nsubj
    stops  Z 1 ccomp
    .      . 1 punct
    """,
    ("Berg", "told", "that trade stops", "indirect"),
)
CASES = {
    "clause": CLAUSE,
    "fronted quotation": FRONTED_QUOTATION,
    "fronted speech": FRONTED_SPEECH,
    "call on": CALL_ON,
    "urge": URGE,
    "accuse": ACCUSE,
    "passive": PASSIVE,
    "receiver": RECEIVER,
}


def found(doc: Doc) -> list[tuple[str, str, str, str]]:
    def words(spans: tuple[TextSpan, ...]) -> str:
        return " | ".join(s.of(doc.text) for s in spans)

    return [
        (words(s.source), words(s.cue), words(s.content), s.type)
        for s in statements(StatementAnnotator()(doc))
    ]


@pytest.mark.parametrize("name", CASES)
def test_universal_dependencies(name: str) -> None:
    table, _, expected = CASES[name]
    assert found(tree(table)) == [expected]


@pytest.mark.parametrize("name", [n for n, case in CASES.items() if case[1] is not None])
def test_clearnlp_labels(name: str) -> None:
    _, table, expected = CASES[name]
    assert table is not None
    assert found(tree(table)) == [expected]


def test_the_one_told_is_the_addressee_in_both_schemes() -> None:
    for table in RECEIVER[:2]:
        (statement,) = statements(StatementAnnotator()(tree(table)))
        assert statement.addressees == ("Rome",)


SECOND_PREDICATE_INSIDE = """
    Berg      P 1 nsubj
    said      V 1 ROOT
    the       T 3 det
    dam       N 4 nsubj
    held      V 1 ccomp
    after     S 8 mark
    a         T 7 det
    quake     N 8 nsubj
    shook     V 4 advcl
    it        O 8 obj
    ,         . 12 punct
    but       C 12 cc
    insisted  V 8 conj
    repairs   N 14 nsubj
    stops     Z 12 ccomp
    .         . 1 punct
    """
PARTICIPLE_INSIDE_QUOTATION = """
    “         . 2 punct
    We        O 2 nsubj
    said      V 8 ccomp
    nothing   N 2 obj
    today     N 2 obl
    ,         . 2 punct
    ”         . 2 punct
    Berg      P 8 nsubj
    said      V 8 ROOT
    ,         . 8 punct
    before    S 11 mark
    adding    G 2 advcl
    that      S 14 mark
    trade     N 14 nsubj
    stops     Z 11 ccomp
    .         . 8 punct
    """
OBJECT_TAKEN_FOR_SUBJECT = """
    Berg      P 1 nsubj
    accused   V 1 ROOT
    Rome      P 1 nsubj
    of        S 4 mark
    attacking G 1 advcl
    ships     N 4 obj
    .         . 1 punct
    """
LIST_BEHIND_A_DATELINE = """
    VIK       P 7 dep
    –         . 0 punct
    Rome      P 4 appos
    ,         . 2 punct
    Bonn      P 7 nsubj
    and       C 6 cc
    Oslo      P 4 conj
    condemned V 7 ROOT
    the       T 9 det
    raid      N 7 obj
    .         . 7 punct
    """


def test_a_second_predicate_behind_a_clause_is_the_outer_speaker_s() -> None:
    assert found(tree(SECOND_PREDICATE_INSIDE)) == [
        ("Berg", "said", "the dam held after a quake shook it", "indirect"),
        ("Berg", "insisted", "repairs stops", "indirect"),
    ]


def test_nothing_in_quotation_marks_says_what_stands_outside() -> None:
    assert found(tree(PARTICIPLE_INSIDE_QUOTATION))[-1] == (
        "Berg", "adding", "that trade stops", "indirect"
    )  # fmt: skip


def test_the_object_that_a_parser_took_for_a_subject_is_accused() -> None:
    (statement,) = found(tree(OBJECT_TAKEN_FOR_SUBJECT))
    assert statement == ("Berg", "accused", "Rome of attacking ships", "indirect")


def test_a_list_of_speakers_behind_a_dateline_keeps_the_first() -> None:
    doc = tree(LIST_BEHIND_A_DATELINE)
    attrs = {"sections": [["dateline", 0, 3]]}
    doc.spans[SECTIONS] = SpanGroup(doc, name=SECTIONS, attrs=attrs)
    assert found(doc) == [("Rome, Bonn and Oslo", "condemned", "the raid", "indirect")]


INSERTED_AS_ADVERBIAL = """
    Rather A 3 advmod
    ,      . 0 punct
    Berg   P 3 nsubj
    said   V 8 advcl
    ,      . 3 punct
    the    T 6 det
    strike N 8 nsubj
    will   M 8 aux
    end    B 8 ROOT
    trade  N 8 obj
    .      . 8 punct
    """

LONG_CONDITION = """
    If     S 3 mark
    the    T 2 det
    wall   N 3 nsubj
    held   V 13 advcl
    and    C 7 cc
    the    T 6 det
    town   N 7 nsubj
    held   V 3 conj
    ,      . 3 punct
    trade  N 10 nsubj
    stops  Z 13 ccomp
    ,      . 13 punct
    Berg   P 13 nsubj
    said   V 13 ROOT
    .      . 13 punct
    """

MANY_ON_A_NOUN = """
    The    T 1 det
    order  N 7 nsubj
    ,      . 1 punct
    many   A 4 nsubj
    insist V 1 acl
    ,      . 1 punct
    will   M 7 aux
    end    B 7 ROOT
    trade  N 7 obj
    .      . 7 punct
    """


def test_a_speaker_between_commas_whom_the_parser_made_an_adverbial() -> None:
    assert found(tree(INSERTED_AS_ADVERBIAL)) == [
        ("Berg", "said", "Rather | the strike will end trade", "indirect")
    ]


def test_a_condition_longer_than_what_follows_from_it_is_said() -> None:
    assert found(tree(LONG_CONDITION)) == [
        ("Berg", "said", "If the wall held and the town held, trade stops", "indirect")
    ]


def test_many_speak_without_a_noun() -> None:
    assert found(tree(MANY_ON_A_NOUN)) == [
        ("many", "insist", "The order | will end trade", "indirect")
    ]
