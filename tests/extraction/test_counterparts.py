"""Counterparts without a name: who has the same office in the other state."""

from __future__ import annotations

import pytest
from actor_marks import ids


@pytest.mark.parametrize(
    ("text", "words", "actor"),
    [
        ("Danish Foreign Minister Mia Koch wrote to her colleague in Lima, Ana Paz, in May. "
         "Peruvian Foreign Minister Ana Paz replied. Koch called her Peruvian counterpart.",
         "Peruvian counterpart", "person-ana-paz"),
        ("Peruvian Foreign Minister Ana Paz left. Danish Foreign Minister Mia Koch said she had "
         "written to her colleague in Lima.", "her colleague", "person-ana-paz"),
        ("Danish Foreign Minister Mia Koch met Hakan Fidan. Koch and her Turkish counterpart left.",
         "Turkish counterpart", "hakan-fidan"),
        # of whom no office is told, the office-holder of the other state
        ("Ana Paz met Turkish Foreign Minister Hakan Fidan. She thanked her Turkish counterpart.",
         "Turkish counterpart", "hakan-fidan"),
        # a body has a body
        ("The Danish health ministry reported cases. Its Peruvian counterpart denied it.",
         "Peruvian counterpart", "PER-HEALTH-MINISTRY"),
        # of a state whose office-holder nobody names
        ("Danish Foreign Minister Mia Koch met her Fijian counterpart.", "Fijian counterpart",
         "holder-FJI-foreign-minister"),
        # a colleague may be anybody
        ("Danish Foreign Minister Mia Koch left. Her colleague was ill.", "Her colleague", None),
    ],
)  # fmt: skip
def test_a_counterpart_has_the_same_office(text: str, words: str, actor: str | None) -> None:
    assert ids(text, words) == actor
