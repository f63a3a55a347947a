"""Which words make a person's name, and where it stands behind a title."""

from __future__ import annotations

from kg.extraction.actor_lexicon import Phrases, Title, given_names, word_set
from kg.extraction.gazetteer import View
from kg.resolve import names

LONGEST_NAME = 6
"""Words; longer runs of capitals are titles of works or headlines."""
FIRM_ENDS = ("bank", "neft", "gaz", "prom", "energo", "telecom")
SHORTEST_FIRM = 7
"""Letters; "Eubank" is a surname."""
PARTIES = frozenset({"D", "R", "I"})
"""Letters in brackets behind the names of American politicians."""
LONGEST_LABEL = 14
"""Tokens to each side of a name in the label of a turn: name, office, whose."""
LABEL_MARKS = frozenset({",", "(", ")", "-", "–", "&", "'s"})


def run(view: View, i: int, taken: list[bool]) -> int:
    """Where a run of name words that starts at token `i` ends."""
    end = i
    count = 0
    while end < len(view) and count < LONGEST_NAME and view.same_sentence(i, end):
        word, low = view.words[end], view.lower[end]
        if taken[end] or "\n" in word:
            break
        joined = end > i and view.start[end] == view.end[end - 1]
        if low in ("-", "–") and joined and end + 1 < len(view):
            if view.start[end + 1] == view.end[end] and view.words[end + 1][:1].isalpha():
                end += 2
                continue
            break
        if is_name_word(view, end) or (end > i and _recognised(view, end)):
            end += 1
            count += 1
            continue
        particle = low in names.PARTICLES and word.isalpha()
        if particle and end + 1 < len(view) and not taken[end + 1] and _goes_on(view, end + 1):
            end += 1
            continue
        break
    while end > i and _hangs(view, end - 1):
        end -= 1
    return end


def _hangs(view: View, i: int) -> bool:
    """A particle or dash that nothing follows; with a capital, it may end a name ("Lashi La")."""
    if view.lower[i] in "-–":
        return True
    closed = view.lower[i + 1 : i + 2] in ([","], [")"])
    return view.lower[i] in names.PARTICLES and not (view.capital(i) and closed)


def _recognised(view: View, i: int) -> bool:
    """A word that is seldom a name, here by the recogniser the end of one: "Tajul Islam"."""
    token = view.doc[i]
    return token.ent_type_ == "PERSON" and token.ent_iob_ == "I" and view.words[i].istitle()


def _goes_on(view: View, i: int) -> bool:
    if view.lower[i] == "-":
        return i + 1 < len(view) and view.capital(i + 1)
    return is_name_word(view, i) or view.lower[i] in names.PARTICLES


def is_name_word(view: View, i: int) -> bool:
    """Token `i` may be a word of a person's name."""
    word = view.words[i]
    if not word[:1].isupper() or (view.lower[i] in word_set("no_name") and not word.endswith(".")):
        return False
    initials = len(word) > 1 and set(word[1::2]) == {"."} and view.doc[i].ent_type_ == "PERSON"
    initials = initials and view.lower[i + 2 : i + 3] != ["&"]  # "L.H. Paz & Company"
    if word in PARTIES and i and view.lower[i - 1] == "(":
        return False  # "Sen. Ana Paz (D-Ohio)"
    shouted = len(word) > 3 and word.isupper() and not view.kinds[i] and not initials
    if shouted and not _follows_name(view, i) and not _in_label(view, i):
        return False
    return word.replace(".", "").replace("'", "").replace("’", "").isalpha()


def _in_label(view: View, i: int) -> bool:
    """A line begins with some words in capitals and a colon, which tell who speaks.

    "MINISTER LEE:", "ADA VIDAL, SPOKESWOMAN FOR THE COURT:".
    """
    first, end = i, i + 1
    while first > 0 and i - first < LONGEST_LABEL and _shouts(view, first - 1):
        first -= 1
    while end < len(view) and end - i < LONGEST_LABEL and _shouts(view, end):
        end += 1
    opens = first == 0 or "\n" in view.words[first - 1]
    return opens and end < len(view) and view.words[end] == ":"


def _shouts(view: View, i: int) -> bool:
    word = view.words[i]
    return word.isupper() or word in LABEL_MARKS


def _follows_name(view: View, i: int) -> bool:
    """The word before is a given name, so that "Abdoulaye WADE" is one name."""
    return i > 0 and view.lower[i - 1] in given_names() and view.capital(i - 1)


def behind_titles(view: View, titles: Phrases[Title], first: int, end: int) -> int:
    """Where the name begins in a run of capitals that begins with a title or a part of one."""
    start = first
    for i in range(first + 1, end):
        if title_ends_at(view, titles, i):
            start = i
    return start


def kin_word(view: View, first: int) -> int | None:
    """The token of the word that tells whose kin a name is: the "wife" of "his wife, Ana Paz"."""
    k = first - 1
    k -= view.lower[k] == ","
    kin = word_set("elder_kin") | word_set("younger_kin") | word_set("kin")
    told = k > 0 and view.lower[k] in kin and view.same_sentence(k, first)
    return k if told else None


def names_firm(view: View, i: int) -> bool:
    """A word that ends as names of firms do ("Agrobank"), and is no surname behind another name."""
    word = view.lower[i]
    made = word.endswith(FIRM_ENDS) and len(word) > SHORTEST_FIRM and view.capital(i)
    return made and not (i and view.same_sentence(i - 1, i) and is_name_word(view, i - 1))


def title_ends_at(view: View, titles: Phrases[Title], i: int) -> bool:
    """A title ends just before token `i`."""
    for back in range(1, 6):
        k = i - back
        if k < 0 or not view.same_sentence(k, i):
            return False
        found = titles.at(view.lower, k)
        if found and found[0] == i:
            return found[1].role != "" or view.capital(k)
        if found and found[0] == i - 1 and view.lower[i - 1] == ".":
            return True
    return False
