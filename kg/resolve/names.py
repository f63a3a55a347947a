"""How names are compared: folding, slugs, spelling variants, guarded fuzzy match."""

from __future__ import annotations

import functools
import re
import unicodedata

PIECE = re.compile(r"\w+|[^\w\s]")
"""What names and texts are cut into before look-up: words and single marks."""

# Letters that Unicode does not decompose, in the Latin forms that agencies use.
_UNDECOMPOSED = str.maketrans(
    {"ə": "a", "Ə": "A", "ı": "i", "ł": "l", "Ł": "L", "đ": "d", "Đ": "D", "ø": "o", "Ø": "O"}
    | {"ß": "ss", "æ": "ae", "Æ": "Ae", "ð": "d", "þ": "th", "’": "'", "‘": "'", "ʼ": "'", "`": "'"}
)
PARTICLES = frozenset(
    [
        "al",
        "el",
        "bin",
        "ibn",
        "ben",
        "bint",
        "abu",
        "abd",
        "abdel",
        "abdul",
        "de",
        "da",
        "di",
        "do",
        "dos",
        "das",
        "del",
        "della",
        "der",
        "den",
        "van",
        "von",
        "zu",
        "la",
        "le",
        "du",
        "des",
        "st",
        "ter",
        "ten",
        "af",
        "av",
        "ould",
        "ag",
        "wuld",
        "walad",
        "binti",
    ]
)
"""Words inside a person's name that are no surname by themselves."""

_TRANSLITERATIONS = (
    # Endings and digraphs on which the romanisations of one name differ; applied in this order.
    (re.compile(r"(?:iy|ii|yi|yy|ij|ij|y|i)$"), "y"),
    (re.compile(r"ch|tch|tsch|č|ç"), "c"),
    (re.compile(r"sh|sch|š|ş"), "s"),
    (re.compile(r"zh|ž|j"), "z"),
    (re.compile(r"kh|h"), "h"),
    (re.compile(r"ts|tz"), "c"),
    (re.compile(r"ya|ia|ja"), "a"),
    (re.compile(r"yu|iu|ju|ou"), "u"),
    (re.compile(r"ye|ie|je"), "e"),
    (re.compile(r"ff|w|v|f"), "v"),
    (re.compile(r"gh|q|g"), "g"),
    (re.compile(r"ee"), "i"),
    (re.compile(r"oo"), "u"),
    (re.compile(r"[y']"), "i"),
    (re.compile(r"(.)\1"), r"\1"),
)
SHORTEST_FUZZY = 6
"""Letters; shorter surnames differ by one letter too often (Xi, Li; Khan, Kahn)."""


def plain_letters(text: str) -> str:
    """The text with accents dropped and apostrophes made one, letter case kept."""
    if text.isascii():
        return text
    decomposed = unicodedata.normalize("NFKD", text.translate(_UNDECOMPOSED))
    return "".join(c for c in decomposed if not unicodedata.combining(c))


def fold(text: str) -> str:
    """The text without accents and letter case, white space made single."""
    return " ".join(plain_letters(text.casefold()).casefold().split())


def pieces(text: str) -> list[str]:
    """The words and marks of a text."""
    return PIECE.findall(text)


def key(text: str) -> str:
    """The form under which a name is looked up: folded pieces, joined by single spaces."""
    return " ".join(pieces(fold(text)))


def slug(text: str) -> str:
    """A name as part of an id: lower-case ASCII letters and digits, joined by hyphens."""
    ascii_text = plain_letters(text).encode("ascii", "ignore").decode("ascii").lower()
    return "-".join(re.findall(r"[a-z0-9]+", ascii_text.replace("'", "")))


@functools.lru_cache(maxsize=4096)
def skeleton(word: str) -> str:
    """A word less what romanisations differ in: Pashinyan and Pashinian agree."""
    letters = fold(word).replace(" ", "")
    for pattern, letter in _TRANSLITERATIONS:
        letters = pattern.sub(letter, letters)
    return letters


def same_surname(one: str, other: str) -> bool:
    """Two spellings of one surname: equal, otherwise romanised, or one letter apart if long.

    The first letter must agree: misspellings keep it, different people often differ there.
    """
    a, b = fold(one), fold(other)
    if a == b:
        return True
    if a[:1] != b[:1] and skeleton(a)[:1] != skeleton(b)[:1]:
        return False
    if skeleton(a) == skeleton(b):
        return True
    long_enough = min(len(a), len(b)) >= SHORTEST_FUZZY
    return long_enough and a[:1] == b[:1] and one_edit_apart(a, b)


def one_edit_apart(a: str, b: str) -> bool:
    """One letter was put in, left out, changed, or two neighbours swapped."""
    if abs(len(a) - len(b)) > 1 or a == b:
        return False
    start = 0
    while start < min(len(a), len(b)) and a[start] == b[start]:
        start += 1
    x, y = a[start:], b[start:]
    if len(x) == len(y):
        return x[1:] == y[1:] or (x[:2] == y[1::-1] and x[2:] == y[2:])
    longer, shorter = (x, y) if len(x) > len(y) else (y, x)
    return longer[1:] == shorter


GENERATIONS = frozenset({"jr", "sr", "junior", "senior", "ii", "iii"})
"""What stands behind a surname to tell son from father."""


def without_generation(name: str) -> list[str]:
    """The words of a person's name, less the "Jr." behind the surname."""
    words = name.split()
    if len(words) > 2 and fold(words[-1]).rstrip(".") in GENERATIONS:
        return words[:-1]
    return words


def generation(name: str) -> str:
    """The "jr" of a name, if it has one; "junior" is the same."""
    words = name.split()
    return fold(words[-1])[0] if len(without_generation(name)) < len(words) else ""


def surname(name: str) -> str:
    """The last word of a person's name, with what a hyphen or apostrophe binds to it."""
    words = without_generation(name)
    return words[-1] if words else ""


def other_middle(one: list[str], two: list[str]) -> bool:
    """Two names of the same first and last word have others between: "Ana Ruiz Gil", "Ana Paz Gil".

    Initials and particles tell nothing, nor does a name that lacks them.
    """
    inner = [
        {skeleton(w) for w in cut[1:-1] if len(w.rstrip(".")) > 1 and fold(w) not in PARTICLES}
        for cut in (one, two)
    ]
    return bool(inner[0] and inner[1]) and inner[0].isdisjoint(inner[1])


def name_forms(name: str) -> tuple[str, ...]:
    """Shorter forms by which an article takes up a person again: last word, with its particles.

    "Abdel Fattah al-Burhan" gives "al-Burhan", "al Burhan" and "Burhan".
    """
    words = without_generation(name)
    if len(words) < 2:
        return ()
    first = len(words) - 1
    while first > 1 and fold(words[first - 1]) in PARTICLES:
        first -= 1
    forms = [" ".join(words[first:]), words[-1]]
    bare = re.sub(r"^(?:al|el|ul|as|ash|ad|an|ar|at|az)-", "", words[-1], flags=re.IGNORECASE)
    forms += [words[-1].replace("-", " "), bare] if bare != words[-1] else [bare]
    return tuple(dict.fromkeys(f for f in forms if len(f) > 1))
