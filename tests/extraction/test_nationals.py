"""Persons called by their nationality alone."""

from __future__ import annotations

import pytest
from actor_marks import ids


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ('Finnish minister Aino Salo met Olaf Scholz. "No," the Finn said.', "Finn",
         "person-aino-salo"),
        ('Olaf Scholz met Aino Salo in Riga. "No," said the German.', "German", "olaf-scholz"),
        ("Olaf Scholz spoke. The German's tone was calm.", "German", "olaf-scholz"),
        ("Turkish diplomat Ada Kaya left. Mia Koch wished the Turk luck.", "Turk",
         "person-ada-kaya"),
        ("Olaf Scholz left. Mia Koch called the German a poet.", "German", "olaf-scholz"),
        # the only one near of whom no country is told
        ("NATO commander Ivo Berg met Olaf Scholz. The Dane thanked him.", "Dane",
         "person-ivo-berg"),
        ("Ivo Berg, a Dane, met Leo Maris. Berg spoke. The Dane was calm.", "Dane",
         "person-ivo-berg"),
        # nobody of the nationality is told of; it is no state that speaks
        ('Emmanuel Macron spoke. "No," said the Italian.', "Italian", None),
        ("Ivo Berg met Leo Maris. The Swede was calm.", "Swede", None),
        # a people, a state, its bodies
        ("The French said no.", "French", "FRA"),
        ("The German and Danish ministers met.", "German", "DEU"),
        ("The Danish army said no.", "Danish army", "DNK-ARMED-FORCES"),
        ("Angela Merkel left. The German-led bloc met.", "German", "DEU"),
    ],
)  # fmt: skip
def test_a_nationality_alone_means_a_person_named_before(
    text: str, words: str, actor: str | None
) -> None:
    assert ids(text, words) == actor
