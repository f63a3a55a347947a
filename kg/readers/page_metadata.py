"""What a web page says of itself: JSON-LD, OpenGraph, meta tags, <time>, <title>.

Pages are careless: a value that cannot be used is passed over for the next source, never an error.
"""

from __future__ import annotations

import html
import json
import logging
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from lxml import etree
from lxml import html as lxml_html

from kg.readers.files import Unreadable
from kg.readers.metadata import Metadata, clean, is_url, iso_day, unusable
from kg.readers.phrases import normal

log = logging.getLogger(__name__)

_ARTICLE_TYPES = frozenset(("BlogPosting", "LiveBlogPosting", "SocialMediaPosting", "Report"))
_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "publication_date",
    "parsely-pub-date",
    "sailthru.date",
    "dc.date",
    "dc.date.issued",
    "dcterms.created",
    "dcterms.date",
    "citation_publication_date",
)
_RIGHTS = ("dc.rights", "dcterms.rights", "dcterms.license", "copyright", "rights")
_SUFFIX = re.compile(r"\s+(?:[|•·»]|[-–—])\s+(?=[^|•·»–—]+$)")
_UNSET = ("1970-01-01", "0001-01-01")  # what clocks and programs write where no date is


@dataclass(frozen=True, slots=True)
class Page:
    """A page's description of its article, and the heading that readers see above it."""

    metadata: Metadata
    heading: str | None


def page(source: str, where: str) -> Page:
    """What a page says of its article.

    Raises:
        Unreadable: If the source is no HTML at all.
    """
    try:
        tree = lxml_html.document_fromstring(source)
    except (etree.ParserError, etree.XMLSyntaxError, ValueError) as error:
        raise Unreadable(where, f"no HTML: {error}") from error
    tags, linked = _meta_tags(tree), _linked_data(tree)
    publisher = _first((_name(linked.get("publisher")), tags.get("og:site_name")))
    heading = _heading(tree, publisher)
    titles = (
        _string(linked.get("headline")),
        tags.get("og:title"),
        heading,
        _title(tree, publisher),
    )
    return Page(
        Metadata(
            title=_first(titles),
            publisher=publisher,
            url=_url(tree, tags, linked),
            published=_published(tree, tags, linked),
            language=_first((tree.get("lang"), _string(linked.get("inLanguage")))),
            rights=_first((_string(linked.get("license")), *(tags.get(key) for key in _RIGHTS))),
        ),
        heading,
    )


def _meta_tags(tree: etree._Element) -> dict[str, str]:
    """Contents of meta tags by name, in small letters; the first of a name counts."""
    tags: dict[str, str] = {}
    for element in tree.iter("meta"):
        for attribute in ("property", "name", "itemprop"):
            key = element.get(attribute)
            if key:
                tags.setdefault(key.strip().lower(), element.get("content") or "")
    return tags


def _linked_data(tree: etree._Element) -> Mapping[str, object]:
    """The first JSON-LD object that is an article; references to publishers are resolved."""
    objects = [thing for script in tree.iter("script") for thing in _objects(script)]
    by_id = {str(thing["@id"]): thing for thing in objects if "@id" in thing and len(thing) > 1}
    for thing in objects:
        if any(_is_article_type(kind) for kind in _items(thing.get("@type"))):
            publisher = next(iter(_items(thing.get("publisher"))), None)
            if isinstance(publisher, dict) and "name" not in publisher:
                publisher = by_id.get(str(publisher.get("@id")))
            return {**thing, "publisher": publisher}
    return {}


def _objects(script: etree._Element) -> Iterator[dict[str, object]]:
    if "ld+json" not in (script.get("type") or ""):
        return
    try:
        value = json.loads(script.text or "", strict=False)
    except (ValueError, RecursionError) as error:
        log.debug("JSON-LD passed over: %s", error)
        return
    for item in _items(value):
        if isinstance(item, dict):
            yield item
            yield from (g for g in _items(item.get("@graph")) if isinstance(g, dict))


def _items(value: object) -> list[object]:
    if value is None:
        return []
    return value if isinstance(value, list) else [value]


def _is_article_type(kind: object) -> bool:
    name = str(kind).rpartition("/")[2]
    return name.endswith("Article") or name in _ARTICLE_TYPES


def _heading(tree: etree._Element, publisher: str | None) -> str | None:
    """The words of the page's only <h1>, unless they name the site."""
    headings = [clean(" ".join(element.itertext())) for element in tree.iter("h1")]
    titles = [h for h in headings if h and normal(h) != normal(publisher or "")]
    return titles[0] if len(titles) == 1 and len(titles[0].split()) > 1 else None


def _title(tree: etree._Element, publisher: str | None) -> str | None:
    """The words of <title> without the name of the site behind them."""
    element = tree.find(".//title")
    words = clean(element.text or "") if element is not None else ""
    parts = _SUFFIX.split(words, maxsplit=1)
    is_site = len(parts) == 2 and (publisher is None or normal(parts[1]) == normal(publisher))
    return (parts[0] if is_site else words) or None


def _published(
    tree: etree._Element, tags: Mapping[str, str], linked: Mapping[str, object]
) -> str | None:
    """The first usable date of publication; dates of changes are none."""
    times = [*tree.iterfind(".//article//time"), *tree.iter("time")]
    written: Iterable[str | None] = (
        _string(linked.get("datePublished")),
        *(tags.get(key) for key in _PUBLISHED),
        *(
            e.get("datetime") or e.get("content")
            for e in tree.iterfind(".//*[@itemprop='datePublished']")
        ),
        *(e.get("datetime") or clean("".join(map(str, e.itertext()))) for e in times),
    )
    days = (iso_day(value) for value in written if value)
    return next((day for day in days if day and day not in _UNSET), None)


def _url(tree: etree._Element, tags: Mapping[str, str], linked: Mapping[str, object]) -> str | None:
    canonical = [e.get("href") for e in tree.iter("link") if e.get("rel") == "canonical"]
    main = linked.get("mainEntityOfPage")
    main = main.get("@id") if isinstance(main, dict) else main
    written = (*canonical, tags.get("og:url"), _string(linked.get("url")), _string(main))
    return next((u for u in (value.strip() for value in written if value) if is_url(u)), None)


def _name(value: object) -> str | None:
    """The name of a person or organisation, given as such or as an object."""
    first = next(iter(_items(value)), None)
    return _string(first.get("name")) if isinstance(first, dict) else _string(first)


def _string(value: object) -> str | None:
    first = next(iter(_items(value)), None)
    return first if isinstance(first, str) else None


def _first(values: Iterable[str | None]) -> str | None:
    """The first value with words in it, as one line, entities resolved."""
    cleaned = (clean(html.unescape(value)) for value in values if value and not unusable(value))
    return next((value for value in cleaned if value), None)
