from __future__ import annotations

import random

import pytest

from kg.nlp.pieces import GLUED, LINE_BREAK, SPACED
from kg.training.samples import Sample
from kg.training.swapping import Name, Names, inventory, swapped, without_titles


def sample(text: str) -> Sample:
    """ "Ada|B-PERSON left" → words with tags; a word after "~" is glued to the one before."""
    words, before, tags = [], [], []
    for part in text.split():
        word, _, tag = part.lstrip("~").partition("|")
        words.append(word)
        before.append(GLUED if part[0] == "~" else SPACED)
        tags.append(None if tag == "?" else tag or "O")
    return Sample(tuple(words), (LINE_BREAK, *before[1:]), None, tuple(tags))


def name(text: str, *, family_first: bool = False) -> Name:
    made = sample(text)
    return Name(made.words, (SPACED, *made.before[1:]), family_first)


def names(**made: Name) -> Names:
    return Names({}, {kind: (one,) for kind, one in made.items()})


def all_swapped(before: Sample, stock: Names) -> Sample:
    return swapped(before, stock, random.Random(0), per_sample=1, per_name=1)


STORY = sample(
    "Ada|B-PERSON Otieno|I-PERSON left Quito|B-GPE ~. Otieno|B-PERSON ~'s aide blamed "
    "Ada|B-PERSON and ? Linux|?"
)


def test_bare_names_follow_the_full_name():
    after = all_swapped(STORY, names(PERSON=name("Wen van der Meer")))
    assert " ".join(after.words) == (
        "Wen van der Meer left Quito . van der Meer 's aide blamed Wen and ? Linux"
    )
    assert after.entities is not None
    assert after.entities[:4] == ("B-PERSON", *("I-PERSON",) * 3)
    assert after.entities[-1] is None
    assert len(after.words) == len(after.before) == len(after.entities)


def test_family_names_may_come_first():
    after = all_swapped(STORY, names(PERSON=name("Chou Weiguo", family_first=True)))
    assert after.words[:2] == ("Chou", "Weiguo")
    assert after.words[5:7] == ("Chou", "'s")


def test_spacing_stays_around_and_comes_with_the_new_name():
    after = all_swapped(sample("( ~Quito|B-GPE ~)"), names(GPE=name("Nagy ~- ~Var")))
    assert after.words == ("(", "Nagy", "-", "Var", ")")
    assert after.before == (LINE_BREAK, GLUED, GLUED, GLUED, GLUED)


def test_a_name_stays_the_same_throughout():
    stock = Names({}, {"GPE": tuple(name(f"Town{i}") for i in range(50))})
    after = all_swapped(sample("Quito|B-GPE and Lima|B-GPE and Quito|B-GPE"), stock)
    assert after.words[0] == after.words[4] != after.words[2]


def test_peoples_stay_peoples_and_adjectives_adjectives():
    stock = Names({}, {"NORP": (name("Omani"),), "NORP+s": (name("Omanis"),)})
    after = all_swapped(sample("Peruvians|B-NORP like Peruvian|B-NORP food"), stock)
    assert after.words == ("Omanis", "like", "Omani", "food")


@pytest.mark.parametrize("share", [{"per_sample": 0}, {"per_sample": 1, "per_name": 0}])
def test_nothing_is_swapped_with_probability_zero(share):
    stock = names(PERSON=name("Wen Li"), GPE=name("Oslo"))
    assert swapped(STORY, stock, random.Random(0), **share) == STORY


def test_dates_and_small_words_are_not_swapped():
    before = sample("on Monday|B-DATE the opposition|B-ORG left")
    assert all_swapped(before, names(ORG=name("ABC"), DATE=name("Friday"))) == before


def test_inventory_files_a_name_under_its_usual_label():
    found = inventory([sample("Lima|B-GPE Lima|B-GPE Lima|B-PERSON Peruvians|B-NORP")])
    assert found.seen == {"GPE": (name("Lima"),), "NORP+s": (name("Peruvians"),)}


def test_inventory_leaves_out_offices_taken_for_organisations():
    found = inventory([sample("Chad|B-ORG President|I-ORG Otieno|I-ORG met Unity|B-ORG")])
    assert found.seen == {"ORG": (name("Unity"),)}


def test_made_names_cover_all_kinds_and_are_always_the_same():
    first, second = inventory([]), inventory([])
    assert first == second
    assert set(first.made) == {"PERSON", "ORG", "GPE", "LOC", "NORP", "NORP+s"}
    assert all(len(found) > 50 for found in first.made.values())
    assert len(first.made["PERSON"]) > 3000


def test_made_names_are_written_as_names_in_spacys_tokens():
    made = inventory([]).made
    assert not [n for found in made.values() for n in found if "{" in " ".join(n.words)]
    assert all(len(n.words) == len(n.before) for found in made.values() for n in found)
    assert any("-" in n.words for n in made["PERSON"])


def test_titles_go_and_their_spacing_passes_on():
    after = without_titles(
        sample("( ~Mr. Otieno|B-PERSON ~) met President Wen|B-PERSON"), random.Random(0), share=1
    )
    assert after.words == ("(", "Otieno", ")", "met", "Wen")
    assert after.before == (LINE_BREAK, GLUED, GLUED, SPACED, SPACED)
    assert after.entities == ("O", "B-PERSON", "O", "O", "B-PERSON")


def test_half_a_title_is_not_left_standing():
    before = sample("Vice President Otieno|B-PERSON met Kenyan|B-NORP President Wen|B-PERSON")
    assert without_titles(before, random.Random(0), share=1) == before
