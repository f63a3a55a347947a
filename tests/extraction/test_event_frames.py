"""What stands around a verb, on trees built by hand, some of them as parsers get them wrong."""

from __future__ import annotations

import pytest
from spacy.lang.en import English
from spacy.tokens import Doc, Token

from kg.extraction import event_complements as complements
from kg.extraction import event_frames as frames
from kg.extraction.event_contents import is_background

VOCAB = English().vocab


def tree(rows: str) -> Doc:
    """A Doc of lines "word tag dep head", heads counted from 0."""
    cells = [line.split() for line in rows.strip().splitlines()]
    pos = {"N": "NOUN", "V": "VERB", "I": "ADP", "D": "DET", "W": "PRON", "J": "ADJ", "R": "ADV"}
    return Doc(
        VOCAB,
        words=[c[0] for c in cells],
        tags=[c[1] for c in cells],
        pos=["PROPN" if c[1] == "NNP" else pos.get(c[1][0], "X") for c in cells],
        deps=[c[2] for c in cells],
        heads=[int(c[3]) for c in cells],
    )


def texts(tokens: list[Token]) -> list[str]:
    return [t.text for t in tokens]


def test_a_passive_is_done_to_its_subject() -> None:
    doc = tree("Towns NNS nsubj:pass 2\nwere VBD aux:pass 2\nshelled VBN ROOT 2")
    assert texts(frames.objects(doc[2])) == ["Towns"]


def test_who_is_given_something_is_no_object_of_the_passive() -> None:
    doc = tree("Villagers NNS nsubj:pass 2\nwere VBD aux:pass 2\noffered VBN ROOT 2\nfood NN obj 2")
    assert texts(frames.objects(doc[2])) == ["food"]
    assert texts(frames.indirect_objects(doc[2])) == ["Villagers"]


def test_who_is_fined_a_sum_is_the_object_of_the_passive() -> None:
    doc = tree("Firms NNS nsubj:pass 2\nwere VBD aux:pass 2\nfined VBN ROOT 2\nmillions NNS obj 2")
    assert texts(frames.objects(doc[2])) == ["Firms"]


def test_a_participle_behind_a_noun_is_said_of_it() -> None:
    doc = tree("raid NN ROOT 0\nflown VBN acl 0\nby IN case 3\nChad NNP obl 1")
    assert frames.is_reduced_passive(doc[1])
    assert texts(frames.objects(doc[1])) == ["raid"]


def test_a_relative_pronoun_stands_for_its_noun() -> None:
    doc = tree("troops NNS ROOT 0\nwho WP nsubj 2\nattacked VBD acl:relcl 0\nAden NNP obj 2")
    assert texts(frames.subjects(doc[2])) == ["troops"]


def test_a_finite_verb_hung_on_its_subject_is_active() -> None:
    doc = tree("Troops NNS ROOT 0\nclashed VBD acl 0\nwith IN case 3\nrebels NNS obl 1")
    assert not frames.is_reduced_passive(doc[1])
    assert texts(frames.subjects(doc[1])) == ["Troops"]


def test_a_verb_taken_into_the_noun_phrase_finds_subject_and_object() -> None:
    doc = tree("Chad NNP compound 2\nbombed VBN amod 2\npositions NNS ROOT 2")
    assert frames.is_swallowed(doc[1])
    assert texts(frames.subjects(doc[1])) == ["Chad"]
    assert texts(frames.objects(doc[1])) == ["positions"]


def test_a_noun_taken_for_a_clause_is_the_subject() -> None:
    doc = tree("Miners NNS ccomp 3\nof IN case 2\nPeru NNP nmod 0\nwarned VBD ROOT 3")
    assert texts(frames.subjects(doc[3])) == ["Miners"]


def test_an_owner_taken_for_a_subject_is_the_owner() -> None:
    doc = tree("Oman NNP nsubj 2\n's POS case 0\nturn NN ROOT 2")
    owner = frames.owner(doc[2])
    assert owner is not None
    assert owner.text == "Oman"


@pytest.mark.parametrize(
    ("auxiliaries", "state"),
    [(["are VBP"], True), (["were VBD"], False), (["have VBP", "been VBN"], False)],
)
def test_a_present_passive_tells_how_things_are(auxiliaries: list[str], state: bool) -> None:
    verb = 1 + len(auxiliaries)
    rows = [f"Troops NNS nsubj:pass {verb}", *(f"{a} aux:pass {verb}" for a in auxiliaries)]
    doc = tree("\n".join([*rows, f"stationed VBN ROOT {verb}"]))
    assert frames.is_state(doc[verb]) is state


def test_an_attributive_participle_is_no_verb() -> None:
    doc = tree("the DT det 2\noccupied VBN amod 2\nhills NNS nsubj 3\nfell VBD ROOT 3")
    assert not frames.is_swallowed(doc[1])


def test_coordinated_verbs_share_subject_and_object() -> None:
    doc = tree(
        "Chad NNP nsubj 1\nsigned VBD ROOT 1\nand CC cc 3\nratified VBD conj 1\nthe DT det 5\n"
        "treaty NN obj 3"
    )
    assert texts(frames.subjects(doc[3])) == ["Chad"]
    assert texts(frames.objects(doc[1])) == ["treaty"]


def test_a_particle_taken_for_a_preposition_leaves_the_object() -> None:
    doc = tree("Chad NNP nsubj 1\nhanded VBD ROOT 1\nover IN case 3\nprisoners NNS obl 1")
    assert texts(frames.objects(doc[1])) == ["prisoners"]


def test_what_something_is_called_stands_for_it() -> None:
    doc = tree(
        "lodged VBD ROOT 0\nwhat WP obj 0\nit PRP nsubj 3\ncalled VBD acl:relcl 1\n"
        "a DT det 5\nprotest NN obj 3"
    )
    assert texts(frames.objects(doc[0])) == ["protest"]


@pytest.mark.parametrize("word", ["after", "amid", "during"])
def test_what_is_told_beside_is_background(word: str) -> None:
    doc = tree(f"fled VBD ROOT 0\n{word} IN case 2\nfighting NN obl 0")
    assert is_background(doc[2])


@pytest.mark.parametrize(
    ("subject", "verb", "arranged"),
    [("Chad", "leave", True), ("aim", "leave", False), ("Chad", "blame", False)],
)
def test_an_aim_settles_nothing(subject: str, verb: str, arranged: bool) -> None:
    rows = f"{subject} NN nsubj:outer 3\nis VBZ cop 3\nto TO mark 3\n{verb} VB ROOT 3"
    assert complements.is_arranged(tree(rows)[3]) is arranged


def test_long_chains_of_verbs_end() -> None:
    rows = ["go VB ROOT 0", *(f"go VB conj {i}" for i in range(2000))]
    assert frames.subjects(tree("\n".join(rows))[2000]) == []
