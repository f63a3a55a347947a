"""The lexicons of the statements are well formed: no doubles, no stray space, known labels."""

from __future__ import annotations

import pytest

from kg.extraction.attribution import venues
from kg.extraction.confidence import _table
from kg.extraction.cues import FRAMES, CueEntry, finite_form, lexicon
from kg.extraction.feelings import feeling, force_words
from kg.extraction.tables import rows, word_list

# fmt: off
FORCES = frozenset({
    "assert", "announce", "call_on", "demand", "propose", "offer", "promise", "warn",
    "threaten", "accuse", "condemn", "criticize", "deny", "reject", "cannot_confirm",
    "deny_knowledge", "confirm", "concede", "regret", "express_concern", "hope", "predict",
    "praise", "thank", "welcome", "support", "ask", "comment", "characterize",
})
# fmt: on
TABLES = {
    "cues.tsv": ("cue", "kind"),
    "force_words.tsv": ("word", "pos"),
    "venues.tsv": ("noun",),
    "utterance_words.tsv": ("list", "word"),
    "statement_words.tsv": ("list", "word"),
    "statement_rates.tsv": ("frame", "sign", "value"),
}


@pytest.mark.parametrize("name", TABLES)
def test_table_has_no_doubles_and_no_stray_space(name: str) -> None:
    keys = []
    for row in rows(name):
        assert all(value is not None and value == value.strip() for value in row.values()), row
        keys.append(tuple(row[column] for column in TABLES[name]))
    assert len(keys) == len(set(keys)) > 0


def test_cues_have_known_forces_and_frames() -> None:
    for entry in lexicon().values():
        assert entry.force in FORCES, entry
        assert entry.frames <= set(FRAMES), entry
        assert set(entry.counts) <= set(FRAMES), entry
        assert all(0 <= hits <= total for hits, total in entry.counts.values()), entry
        assert entry.words == entry.words.lower()


def test_force_words_have_known_forces() -> None:
    for word in force_words().values():
        assert {word.force, word.negated} <= FORCES | {""}
    assert feeling("alarmed") == "express_concern"
    assert feeling("wooden") is None


def test_rates_lie_between_none_and_all() -> None:
    assert all(0 <= right <= every for right, every in _table().values())


def test_a_listed_frame_starts_high_and_counts_pull_it() -> None:
    say, condemn = lexicon()["say"], lexicon()["condemn"]
    assert say.rate("clause") > 0.8 > say.rate("object")
    assert condemn.takes("object")
    never = CueEntry("hum", "say", "assert", {"object": (0, 50)}, frozenset())
    assert not never.takes("object")


def test_finite_forms_lead_to_their_verb() -> None:
    forms = {"said": "say", "denies": "deny", "urged": "urge", "stresses": "stress", "told": "tell"}
    for form, lemma in forms.items():
        entry = finite_form(form)
        assert entry is not None
        assert entry.words == lemma
    assert finite_form("bridge") is None


def test_lists_and_venues_can_be_asked() -> None:
    assert "briefing" in venues()
    assert "tell" in word_list("receiving")
    with pytest.raises(KeyError):
        word_list("nothing of the kind")
