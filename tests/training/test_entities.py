from __future__ import annotations

import lzma
import pathlib
import random

import pytest
import spacy

from kg.nlp.pieces import GLUED, LINE_BREAK, SPACED
from kg.training.entities import HELD_OUT, LABELS, entity_samples, retokenised
from kg.training.entity_readers import (
    CROSSNER,
    UNER,
    WIKIGOLD,
    Known,
    NamedSentence,
    Span,
    detokenised,
    gmb_knowledge,
    gmb_sentences,
    gum_sentence,
    mapped,
    read_gmb,
)
from kg.training.entity_words import bare_name, iob_spans, is_date, place_label
from kg.training.treebanks import read_conllu

KNOWN = Known(frozenset({"Kenyan", "Peruvians"}), frozenset({"Lusaka", "Peru"}))

GMB = """Sentence #,Word,POS,Tag
Sentence: 1,Kenyan,JJ,B-gpe
,Foreign,NNP,B-per
,Minister,NNP,I-per
,Amina,NNP,I-per
,Odera,NNP,I-per
,left,VBD,O
,Lusaka,NNP,B-geo
,on,IN,O
,Monday,NNP,B-tim
,.,.,O
Sentence: 2,Lusaka,NNP,B-org
,named,VBD,O
,three,CD,B-tim
,ships,NNS,O
,after,IN,O
,Cyclone,NNP,B-nat
,Idra,NNP,I-nat
,near,IN,O
,the,DT,B-geo
,Red,NNP,I-geo
,Sea,NNP,I-geo
"""


def texts(sentence: NamedSentence) -> list[tuple[str, str]]:
    return [(" ".join(sentence.words[s.start : s.end]), s.label) for s in sentence.spans]


def gmb(tmp_path: pathlib.Path, table: str) -> list[NamedSentence]:
    path = tmp_path / "gmb.csv.xz"
    path.write_bytes(lzma.compress(table.encode("cp1252")))
    return list(gmb_sentences(read_gmb(path), KNOWN))


def test_gmb_names_lose_titles_and_articles_and_get_our_labels(tmp_path):
    first, second = gmb(tmp_path, GMB)
    assert texts(first) == [
        ("Kenyan", "NORP"),
        ("Amina Odera", "PERSON"),
        ("Lusaka", "GPE"),
        ("Monday", "DATE"),
    ]
    assert texts(second) == [("Lusaka", "GPE"), ("Red Sea", "LOC")]


def test_gmb_bare_numbers_and_natural_events_are_unknown(tmp_path):
    _, second = gmb(tmp_path, GMB)
    assert {second.words[i] for i in second.unknown} == {"three", "Cyclone", "Idra"}


def test_gmb_nationality_within_a_person_is_unknown(tmp_path):
    [sentence] = gmb(
        tmp_path,
        "Sentence #,Word,POS,Tag\nSentence: 1,Kenyan,JJ,B-per\n,President,NNP,I-per\n"
        ",Otieno,NNP,I-per\n,spoke,VBD,O\n",
    )
    assert texts(sentence) == [("Otieno", "PERSON")]
    assert sentence.unknown == {0}


def test_gmb_keeps_a_repeated_sentence_once_at_its_first_place(tmp_path):
    row = "Sentence: {},{},NNP,O\n"
    table = "Sentence #,Word,POS,Tag\n" + "".join(
        row.format(i, word) for i, word in enumerate(("one", "two", "one", "three"))
    )
    assert [s.words for s in gmb(tmp_path, table)] == [("one",), ("two",), ("three",)]


def test_gmb_tells_nationalities_from_places(tmp_path):
    path = tmp_path / "gmb.csv"
    rows = ["Sentence #,Word,POS,Tag"]
    for i in range(12):
        rows += [f"Sentence: {i},Chadian,JJ,B-gpe", f",n{i},NN,O", ",Chad,NNP,B-geo"]
    path.write_text("\n".join(rows) + "\n", "cp1252")
    known = gmb_knowledge(read_gmb(path))
    assert known == Known(frozenset({"Chadian"}), frozenset({"Chad"}))


@pytest.mark.parametrize(
    ("name", "label"),
    [
        ("Zambia", "GPE"),
        ("the Red Sea", "LOC"),
        ("South Korea", "GPE"),
        ("southern Chad", "LOC"),
        ("Port-au-Prince", "GPE"),
        ("Horn of Africa", "LOC"),
    ],
)
def test_place_label(name, label):
    assert place_label(name) == label


@pytest.mark.parametrize("word", ["May", "Sunday", "1994", "3rd", "1980s"])
def test_dates_are_told(word):
    assert is_date(word)


@pytest.mark.parametrize("word", ["may", "12", "three", "week"])
def test_other_words_are_no_dates(word):
    assert not is_date(word)


def test_bare_name_is_none_for_an_office():
    assert bare_name(["Governor", "of", "Virginia"], 0, 3) is None


def test_iob1_and_iob2_give_the_same_spans():
    assert (
        iob_spans(["I-A", "I-A", "O", "I-B"])
        == iob_spans(["B-A", "I-A", "O", "B-B"])
        == [(0, 2, "A"), (3, 4, "B")]
    )
    assert iob_spans(["B-A", "B-A"]) == [(0, 1, "A"), (1, 2, "A")]


def test_what_a_corpus_does_not_annotate_is_unknown():
    words = ["Otieno", "met", "Peruvians", "on", "3", "March", "in", "Quito", "with", "Linux"]
    tags = ["B-PER", "O", "O", "O", "O", "O", "O", "B-LOC", "O", "O"]
    sentence = mapped(words, tags, UNER, KNOWN, also_unknown=lambda i: words[i] == "Linux")
    assert texts(sentence) == [("Otieno", "PERSON"), ("Peruvians", "NORP"), ("Quito", "GPE")]
    assert {words[i] for i in sentence.unknown} == {"3", "March", "Linux"}


def test_crossner_kinds():
    text = "Prime Minister Odera of the Unity Party won the 2031 election by SVM"
    words = text.split()
    person = ["B-politician", "I-politician", "I-politician"]
    party = ["B-politicalparty", "I-politicalparty"]
    event = ["B-election", "I-election"]
    tags = [*person, "O", "O", *party, "O", "O", *event, "O", "B-algorithm"]
    sentence = mapped(words, tags, CROSSNER, KNOWN)
    assert texts(sentence) == [
        ("Odera", "PERSON"),
        ("Unity Party", "ORG"),
        ("2031 election", "EVENT"),
    ]
    assert {words[i] for i in sentence.unknown} == {"SVM"}


def test_wikigold_miscellanea_are_nations_events_or_works():
    words = ["Kenyan", "troops", "won", "the", "Border", "War", "of", "Songbook"]
    tags = ["I-MISC", "O", "O", "O", "I-MISC", "I-MISC", "O", "I-MISC"]
    sentence = mapped(words, tags, WIKIGOLD, KNOWN)
    assert texts(sentence) == [("Kenyan", "NORP"), ("Border War", "EVENT"), ("Songbook", "MISC")]


@pytest.mark.parametrize(
    "text",
    [
        "She didn't say (yet) that it's over.",
        'He said: "Go home," and left.',
        "The ministers' cars cost $ 5 each.",
    ],
)
def test_lost_spaces_are_found_again(text):
    text = text.replace("$ ", "$")
    words = [token.text for token in spacy.blank("en")(text)]
    spaces = detokenised(words)
    assert "".join(w + " " * s for w, s in zip(words, spaces, strict=True)).rstrip() == text


GUM = """# newdoc id = GUM_news_invented
# sent_id = s1
1\tSpokesman\tspokesman\tNOUN\tNN\t_\t4\tnsubj\t_\tEntity=(1-person-new-nnnnn-cf1-1-sgl
2\tIvo\tIvo\tPROPN\tNNP\t_\t1\tflat\t_\t_
3\tLakic\tLakic\tPROPN\tNNP\t_\t1\tflat\t_\tEntity=1)
4\tleft\tleave\tVERB\tVBD\t_\t0\troot\t_\t_
5\tthe\tthe\tDET\tDT\t_\t6\tdet\t_\tEntity=(2-organization-new-nnnnn-cf1-2-sgl
6\tBank\tbank\tPROPN\tNNP\t_\t4\tobj\t_\t_
7\tof\tof\tADP\tIN\t_\t8\tcase\t_\t_
8\tPeru\tPeru\tPROPN\tNNP\t_\t6\tnmod\t_\tEntity=(3-place-new-nnnnn-cf1-1-sgl-Peru)2)
9\tin\tin\tADP\tIN\t_\t10\tcase\t_\tEntity=(4-time-new-nnnnn-cf1-2-sgl
10\t1994\t1994\tNUM\tCD\t_\t4\tobl\t_\tEntity=4)
11\tfor\tfor\tADP\tIN\t_\t12\tcase\t_\t_
12\tthem\tthey\tPRON\tPRP\t_\t4\tobl\t_\tEntity=(5-person-new-nnnnn-cf1-1-sgl)
13\tMercy\tMercy\tPROPN\tNNP\t_\t4\tobj\t_\tSpaceAfter=No
"""


def gum_document(tmp_path: pathlib.Path, text: str = GUM) -> NamedSentence:
    path = tmp_path / "gum.conllu"
    path.write_text(text + "\n", "utf-8")
    [[sentence]] = read_conllu(path)
    return gum_sentence(sentence, KNOWN)


def test_gum_names_are_mentions_headed_by_proper_nouns(tmp_path):
    sentence = gum_document(tmp_path)
    assert texts(sentence) == [("Ivo Lakic", "PERSON"), ("Bank of Peru", "ORG"), ("1994", "DATE")]


def test_gum_proper_nouns_outside_mentions_are_unknown(tmp_path):
    sentence = gum_document(tmp_path)
    assert {sentence.words[i] for i in sentence.unknown} == {"Mercy"}


def test_a_name_takes_the_whole_token_and_the_unknown_is_masked():
    sentence = NamedSentence(
        ("Anti", "-", "Peru", "bloc", "can", "not", "win", "Ural"),
        (False, False, True, True, False, True, True, False),
        (Span(2, 3, "GPE"),),
        frozenset({7}),
    )
    sample = retokenised(sentence, spacy.blank("en").tokenizer)
    assert sample.words == ("Anti", "-", "Peru", "bloc", "can", "not", "win", "Ural")
    assert sample.entities == ("O", "O", "B-GPE", "O", "O", "O", "O", None)
    assert sample.before == (LINE_BREAK, GLUED, GLUED, SPACED, SPACED, GLUED, SPACED, SPACED)


def test_a_name_that_covers_part_of_a_token_gets_all_of_it():
    sentence = NamedSentence(
        ("U.S.", "-led", "talks"), (False, True, False), (Span(0, 1, "GPE"),), frozenset({2})
    )
    sample = retokenised(sentence, spacy.blank("en").tokenizer)
    assert sample.words == ("U.S.-led", "talks")
    assert sample.entities == ("B-GPE", None)


def compressed(path: pathlib.Path, text: str, encoding: str = "utf-8") -> None:
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(lzma.compress(text.encode(encoding)))


@pytest.fixture
def corpora(tmp_path: pathlib.Path) -> pathlib.Path:
    """Invented corpora of a few sentences in the formats of the real ones."""
    rng = random.Random(0)
    rows = ["Sentence #,Word,POS,Tag"]
    for i in range(50):
        rows += [f"Sentence: {i},Otieno{rng.randint(0, 9)},NNP,B-per", f",waits{i},VBZ,O", ",.,.,O"]
    compressed(tmp_path / "ner" / "gmb.csv.xz", "\n".join(rows) + "\n", "cp1252")
    for part in ("train", "dev", "test"):
        compressed(tmp_path / "ud" / f"en_gum-free-{part}.conllu.xz", GUM + "\n")
        for domain in ("politics", "literature", "music", "science", "ai"):
            name = f"crossner_{domain}-{part}.txt.xz"
            compressed(tmp_path / "ner" / name, f"{part.title()}\tB-politician\nleft\tO\n\n")
    compressed(tmp_path / "ner" / "wikigold.conll.xz", "-DOCSTART- O\n\nQuito I-LOC\nwins O\n\n")
    for part in ("dev", "test"):
        ud = "# newdoc id = d\n# sent_id = d-1\n" + "".join(
            f"{i}\t{word}\t{word}\t{pos}\tX\t_\t0\troot\t_\t_\n"
            for i, (word, pos) in enumerate((("Ada", "PROPN"), ("uses", "VERB")), 1)
        )
        last = "3\tLinux\tLinux\tPROPN\tNNP\t_\t0\troot\t_\t_\n\n"
        compressed(tmp_path / "ud" / f"en_ewt-{part}.conllu.xz", ud + last)
        uner = "# sent_id = d-1\n1\tAda\tB-PER\t-\t-\n2\tuses\tO\t-\t-\n3\tLinux\tO\t-\t-\n\n"
        compressed(tmp_path / "ner" / f"uner_ewt-{part}.iob2.xz", uner)
    return tmp_path


def test_all_sets_are_there_and_the_same_every_time(corpora):
    sets = entity_samples(corpora)
    assert set(sets) == {"train", "silver", "dev", *HELD_OUT}
    assert sets == entity_samples(corpora)
    tags = {
        tag[2:]
        for k in ("train", "silver")
        for s in sets[k]
        for tag in s.entities or ()
        if tag and tag != "O"
    }
    assert tags <= set(LABELS)


def test_no_held_out_sentence_is_trained_on(corpora):
    sets = entity_samples(corpora)
    words = {name: {w for s in found for w in s.words} for name, found in sets.items()}
    assert "waits49" in words["gmb_test"]
    assert "waits0" in words["silver"]
    waits = {k: {w for w in found if w.startswith("waits")} for k, found in words.items()}
    assert sum(map(len, waits.values())) == len(set().union(*waits.values())) == 50
    assert waits["dev"]
    assert "Test" in words["crossner_politics_test"]
    assert "Test" not in words["train"] | words["silver"] | words["dev"]


def test_a_sentence_of_crossners_test_is_not_trained_on_from_another_domain(corpora):
    sentence = "Test\tB-politician\nleft\tO\n\n"
    compressed(corpora / "ner" / "crossner_music-dev.txt.xz", sentence)
    assert not [s for s in entity_samples(corpora)["train"] if "Test" in s.words]


def test_unnamed_proper_nouns_of_uner_are_unknown_in_training_only(corpora):
    sets = entity_samples(corpora)
    [trained] = [s for s in sets["train"] if "Linux" in s.words]
    [tested] = sets["uner_test"]
    assert trained.entities == ("B-PERSON", "O", None)
    assert tested.entities == ("B-PERSON", "O", "O")
