from __future__ import annotations

import pytest
import spacy
from spacy.tokens import Doc, Span

from kg.nlp.consistency import Consistency


def doc_of(text: str) -> Doc:
    """Words parted by spaces; "Berg/PERSON" or "Ada_Berg/PERSON" is an entity, "|" a line break.
    Words with a capital are proper nouns, others with a "~" verbs and else nouns.
    """
    words: list[str] = []
    pos: list[str] = []
    spans: list[tuple[int, int, str]] = []
    for item in text.split():
        name, _, label = item.partition("/")
        parts = ["\n"] if item == "|" else name.split("_")
        if label:
            spans.append((len(words), len(words) + len(parts), label))
        for part in parts:
            pos.append("VERB" if part[0] == "~" else "PROPN" if part[0].isupper() else "NOUN")
            words.append(part.removeprefix("~"))
    doc = Doc(spacy.blank("en").vocab, words=words, pos=pos)
    doc.ents = [Span(doc, start, end, label=label) for start, end, label in spans]
    return doc


def entities(text: str) -> list[str]:
    return [f"{e.text}/{e.label_}" for e in Consistency()(doc_of(text)).ents]


# fmt: off
CASES = [
    ("a bare surname is the person whose full name the document gives",
     "said Ada_Berg/PERSON yesterday . later Berg/GPE left again .",
     ["Ada Berg/PERSON", "Berg/PERSON"]),
    ("a people is not taken for a person who is called like it",
     "said Ada_German/PERSON yesterday . the German/NORP council met again .",
     ["Ada German/PERSON", "German/NORP"]),
    ("one full name does not turn what is mostly something else",
     "said Ada_Orlen/PERSON . in Orlen/GPE and near Orlen/GPE they met",
     ["Ada Orlen/PERSON", "Orlen/GPE", "Orlen/GPE"]),
    ("a surname that was missed is marked",
     "said Ada_Berg/PERSON yesterday . later Berg left",
     ["Ada Berg/PERSON", "Berg/PERSON"]),
    ("the clear majority decides",
     "in Orlen/GPE and from Orlen/GPE and to Orlen/PERSON and near Orlen/GPE",
     ["Orlen/GPE"] * 4),
    ("a majority that is not clear decides nothing",
     "in Orlen/GPE and from Orlen/GPE and to Orlen/PERSON but Orlen/PERSON said",
     ["Orlen/GPE", "Orlen/GPE", "Orlen/PERSON", "Orlen/PERSON"]),
    ("one vote against one changes nothing",
     "in Orlen/GPE and Orlen/PERSON said",
     ["Orlen/GPE", "Orlen/PERSON"]),
    ("dates neither change nor are changed into",
     "in May/PERSON said May/PERSON and May/PERSON . by May/DATE or"
     " Monday/DATE or Monday/DATE to Monday/ORG",
     ["May/PERSON"] * 3 + ["May/DATE", "Monday/DATE", "Monday/DATE", "Monday/ORG"]),
    ("a headline follows the body",
     "Orlen/PERSON Sees Heavy Rain Again | in Orlen/GPE and near Orlen/GPE",
     ["Orlen/GPE"] * 3),
    ("headlines do not outvote the body",
     "Orlen/PERSON Sees Heavy Rain Again | Orlen/PERSON Sees Heavy Snow Again | in Orlen/GPE",
     ["Orlen/PERSON", "Orlen/PERSON", "Orlen/GPE"]),
    ("a piece of a headline with a verb and common words is no name",
     "Karan ~Regrets_Civilian_Deaths/ORG In Orlen/GPE | they spoke of civilian deaths",
     ["Orlen/GPE"]),
    ("a name in a headline that is built of common words stays",
     "Karan ~Joins The Peace_Council/ORG In Orlen/GPE | a council for peace",
     ["Peace Council/ORG", "Orlen/GPE"]),
    ("a repetition of a settled name is marked",
     "in Port_Orlen/GPE and near Port_Orlen/GPE , later in Port Orlen they were seen",
     ["Port Orlen/GPE"] * 3),
    ("a name that is marked once is not repeated",
     "in Orlen/GPE , then in Orlen too",
     ["Orlen/GPE"]),
    ("a name that is marked in two ways is not repeated",
     "to Orlen/GPE or Orlen/GPE as Orlen/ORG and Orlen/ORG said , seen later in Orlen",
     ["Orlen/GPE", "Orlen/GPE", "Orlen/ORG", "Orlen/ORG"]),
    ("a part of a longer unmarked name is no repetition",
     "in Orlen/GPE and near Orlen/GPE , then Orlen Valley Farmers met",
     ["Orlen/GPE"] * 2),
    ("words of another case are no repetition",
     "in Port_Orlen/GPE and near Port_Orlen/GPE , then port orlen and PORT ORLEN",
     ["Port Orlen/GPE"] * 2),
    ("a name that is also a common word is not repeated alone",
     "said Ada_Hope/PERSON . they hope that Hope dies last",
     ["Ada Hope/PERSON"]),
]
# fmt: on


@pytest.mark.parametrize(("text", "expected"), [c[1:] for c in CASES], ids=[c[0] for c in CASES])
def test_of_the_entities_of_a_document(text: str, expected: list[str]) -> None:
    assert entities(text) == expected


def test_an_entity_that_is_linked_already_stays() -> None:
    doc = doc_of("they came from Orlen/GPE and went back over Orlen/GPE and Orlen/PERSON")
    *others, last = doc.ents
    doc.ents = [*others, Span(doc, last.start, last.end, label="PERSON", kb_id="Q1")]
    last = Consistency()(doc).ents[-1]
    assert (last.label_, last.kb_id_) == ("PERSON", "Q1")


def test_a_document_without_entities_stays_as_it_is() -> None:
    assert not Consistency()(doc_of("nothing is named here")).ents
    assert not Consistency()(Doc(spacy.blank("en").vocab)).ents
