"""What a single paragraph is, judged by its own words; where it stands is for `sections`."""

from __future__ import annotations

import re

from kg.readers.datelines import is_date_line
from kg.readers.paragraphs import Paragraph
from kg.readers.phrases import Phrase, agencies, lexicon, normal
from kg.records import SectionKind

PHRASE_WORDS = 200
"""Longest paragraph that a phrase can label, in words."""

BYLINE = re.compile(
    r"(?:By|BY|by|Story by|Words by|Text by|Posted by):?\s+"
    r"(?P<name>(?=[^\W\d_a-z])[^.!?;,\"“”]+?)(?:(?:,|\s(?:in|for|and)\s)[^.!?;\"“”]*)?$"
)
ABOUT_AUTHOR = re.compile(
    r"\b(?:is|was)\s(?:an?|the)\s[^.]{0,80}\b(?:journalist|writer|author|editor|reporter|analyst|"
    r"correspondent|columnist|contributor|researcher|fellow|professor|scholar|expert|lecturer)\b"
)
CREDIT_IN_BRACKETS = re.compile(
    r"[\[(](?:(?:additional\s|with\s)?(?:reporting|writing|editing|reported|report|compiled|"
    r"translat\w+|produced)\b|with\s(?:inputs|agenc))[^()\[\]\n]{0,300}[\])]\.?$",
    re.IGNORECASE,
)
_PICTURE_CREDIT = re.compile(
    r"\[(?P<square>[^\[\]]{2,80})\]\.?$|\((?P<round>[^()]{2,80})\)\.?$"
    r"|(?P<bare>©\s?[^©.]{2,80}|\b(?:REUTERS|AP Photo|AFP|EPA|TASS|Getty Images)\s?/[^/.]{2,60})$"
)
_PICTURE_WORDS = re.compile(r"\b(?:photos?|images?|handout|pool|file|screengrab|via)\b", re.I)
_BY = re.compile(r"\bby:?\s+", re.I)
_ENDS = (".", "!", "?", "”", '"')
# Desks end with their initials and sources: "bur-ab/cd", "jr/tm (AFP, dpa)".
_SIGN_OFF = re.compile(
    r"[a-z]{2,6}(?:[-/,] ?[a-z]{2,6}){0,4}(?: \([^()]{2,60}\))|[a-z]{2,6}(?:[-/][a-z]{2,6}){1,4}"
)
_FOLLOW = re.compile(
    r"(?:follow|join|like|find|read|watch|subscribe\sto|download|get)\s[^.!?\"“”]{1,40}?\s"
    r"(?:(?:on|in|via)\s(?:telegram|twitter|facebook|instagram|whatsapp|youtube|tiktok|linkedin|"
    r"viber|google\snews|x\b|social\smedia)|app\b)"
    r"|(?:to\s)?(?:receive|get|subscribe\sto)\s[^.!?\"“”]{1,60}\snewsletter",
    re.I,
)
_LENGTH = re.compile(r"[0-9]+[ -]min(?:ute)?s?[ -](?:read|listen|watch|video)")
ARROW = re.compile(r"(?:[►▶→➤➡⇒▸]|>>|»)\s?\S")
_ADDRESS = re.compile(r"(?:https?://|www\.)\S+|\S+@\S+\.\S+|@\w+")
_JOINTS = frozenset(("in", "and", "for", "at"))


def phrase_kind(item: Paragraph, *, opens_page: bool) -> SectionKind | None:
    """What the lexicon says of a paragraph wherever it stands, and what addresses are."""
    if not any(c.isalnum() for c in item.text) or _ADDRESS.fullmatch(item.text):
        return "boilerplate"
    if item.n_words <= 40 and (_FOLLOW.match(item.key) or _LENGTH.fullmatch(item.key)):
        return "boilerplate"
    found = _phrase(item, opens_page)
    if found is None or (found.max_words is not None and item.n_words > found.max_words):
        return None
    return found.kind


def _phrase(item: Paragraph, opens_page: bool) -> Phrase | None:
    if item.n_words > PHRASE_WORDS:
        return None
    words, key = lexicon(), item.key
    found = words.whole(key, "whole") or words.whole(key, "label")
    if found is None and not (opens_page and item.is_title):
        found = words.labelled(key)
    if found is None:
        found = next((p for p in words.starting(key) if p.place == "any"), None)
    return found or words.within(key)


def tail_phrase(item: Paragraph) -> Phrase | None:
    """The phrase that shows a paragraph behind the story to be no part of it."""
    found = next((p for p in lexicon().starting(item.key) if p.place == "tail"), None)
    if found is None or (found.max_words is not None and item.n_words > found.max_words):
        return None
    # "Reporting by Ana Belt" is a credit, "Reporting by the commission showed …" is not.
    name = _BY.search(item.text[: len(found.phrase) + 10]) if found.phrase.endswith(" by") else None
    return found if name is None or item.text[name.end() :][:1].isupper() else None


def tail_kind(item: Paragraph, announced: bool) -> SectionKind | None:
    """What a paragraph behind the story is; `announced`: below "Read also" or the like."""
    phrase = tail_phrase(item)
    if phrase:
        return phrase.kind
    if _SIGN_OFF.fullmatch(item.text) or _ADDRESS.fullmatch(item.text):
        return "boilerplate"
    if is_date_line(item.text):
        return "dateline"
    if item.key in agencies() or BYLINE.match(item.text):
        return "credit"
    if announced and not item.is_prose:
        return "teaser"
    return "teaser" if item.is_title and item.is_title_case else None


def standfirst_kind(item: Paragraph) -> SectionKind | None:
    """What a line between headline and story is."""
    if item.is_bullet or item.is_sentence or not item.is_title:
        return None
    words = item.text.replace(",", " ").strip(" |•·").split()
    if item.text.isupper() and len(words) <= 3:
        return "dateline"
    if 2 <= len(words) <= 6 and all(
        w in _JOINTS if w.islower() else w[:1].isupper() and w.isalpha() for w in words
    ):
        return "credit"  # "Jane Roe", "Jane Roe in Geneva"
    return "standfirst" if len(words) >= 5 else None


def picture_kind(item: Paragraph) -> SectionKind | None:
    """Caption or credit, known by the photographer or agency at its end."""
    parts = re.split(r"\s?/\s?|\svia\s", item.text) if item.n_words <= 10 else []
    if len(parts) > 1 and any(normal(part) in agencies() for part in parts[1:]):
        return "credit"  # "Jane Roe/AFP via Getty Images"
    match = _PICTURE_CREDIT.search(item.text, max(0, len(item.text) - 90))
    if match is None or item.n_words > 90:
        return None
    inner = match["square"] or match["round"]
    if inner is not None:
        known = [part for part in re.split(r"[/:,]| via ", inner) if normal(part) in agencies()]
        # "[CNN]" behind a full stop is a source, "[Reuters]" within the sentence a photographer's.
        within = match["square"] and not item.text[: match.start()].rstrip().endswith(_ENDS)
        if not known or not ("/" in inner or within or _PICTURE_WORDS.search(inner)):
            return None
    return "credit" if match.start() == 0 else "caption"
