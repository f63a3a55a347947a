from __future__ import annotations

import json
import socket
from pathlib import Path

import pytest

from kg.errors import ReadError
from kg.readers.html import read
from kg.records import Article

FIRST = "Thousands fled on Monday after a dam burst, the interior ministry of Veldonia said."
SECOND = "Engineers had warned of cracks for years, a report showed, and nobody listened to them."
LINKED = {
    "@context": "https://schema.org",
    "@graph": [
        {"@type": "WebSite", "@id": "#site", "name": "HT"},
        {"@type": "Organization", "@id": "#org", "name": "Harbour Times"},
        {
            "@type": ["NewsArticle"],
            "headline": "Dam bursts &amp; thousands flee",
            "datePublished": "2024-03-04T22:10:00+00:00",
            "dateModified": "2024-03-09",
            "publisher": {"@id": "#org"},
            "license": "CC BY 4.0",
        },
    ],
}


def page(head: str = "", body: str = "", *, encoding: str = "utf-8") -> bytes:
    return (
        f"<!DOCTYPE html><html lang='en'><head>{head}</head><body>"
        "<nav><a href='/'>Home</a> <a href='/world'>World</a></nav>"
        f"<main><article>{body}</article></main>"
        "<footer><p>© 2024 Harbour Times. All rights reserved.</p></footer></body></html>"
    ).encode(encoding)


BODY = (
    f"<h1>Dam bursts in the north</h1><p>By Jane Roe</p><p>PORT HALVER (AP) — {FIRST}</p>"
    f"<h2>Cracks<br>known</h2><p>{SECOND} <b>“Shame,”</b> one <a href='/x'>woman</a> said.</p>"
    f"<p>Read also: <a href='/y'>Why dams fail</a></p><p>{FIRST}<br><br>{SECOND}</p>"
)


def article(tmp_path: Path, data: bytes) -> Article:
    path = tmp_path / "dam.html"
    path.write_bytes(data)
    (found,) = read(path)
    assert isinstance(found, Article)
    return found


def linked(data: object) -> str:
    return f'<script type="application/ld+json">{json.dumps(data)}</script>'


def test_text_is_headline_and_paragraphs_with_their_sections(tmp_path: Path) -> None:
    found = article(tmp_path, page(body=BODY))
    assert found.text.startswith("Dam bursts in the north\n\n")
    assert f"{SECOND} “Shame,” one woman said." in found.text
    assert "Home" not in found.text
    assert "rights reserved" not in found.text
    assert [(s.kind, s.span.of(found.text)) for s in found.sections] == [
        ("headline", "Dam bursts in the north"),
        ("credit", "By Jane Roe"),
        ("dateline", "PORT HALVER (AP)"),
        ("subhead", "Cracks known"),
        ("teaser", "Read also: Why dams fail"),
    ]


def test_a_line_break_within_a_paragraph_stays_one(tmp_path: Path) -> None:
    assert f"{FIRST}\n{SECOND}" in article(tmp_path, page(body=BODY)).text


def test_linked_data_tell_of_the_article(tmp_path: Path) -> None:
    found = article(tmp_path, page(linked(LINKED), BODY))
    assert found.title == "Dam bursts & thousands flee"
    assert found.publisher == "Harbour Times"
    assert (found.published, found.published_basis) == ("2024-03-04", "metadata")
    assert (found.language, found.rights) == ("en", "CC BY 4.0")


def test_a_list_of_linked_data_and_a_broken_one(tmp_path: Path) -> None:
    head = '<script type="application/ld+json">{"@type": </script>' + linked(
        [{"@type": "Person"}, {"@type": "NewsArticle", "datePublished": "2024-03-04"}]
    )
    assert article(tmp_path, page(head, BODY)).published == "2024-03-04"


@pytest.mark.parametrize(
    "head",
    [
        '<meta property="article:published_time" content="2024-03-04T10:00:00Z">',
        '<meta name="Date" content="Mon, 4 Mar 2024 10:00:00 GMT">',
        '<meta itemprop="datePublished" content="2024-03-04">',
        '<meta name="dc.date" content="0001-01-01"><meta name="pubdate" content="20240304">',
    ],
)
def test_meta_tags_tell_the_day(tmp_path: Path, head: str) -> None:
    assert article(tmp_path, page(head, BODY)).published == "2024-03-04"


def test_a_time_element_tells_the_day(tmp_path: Path) -> None:
    body = BODY.replace("<p>By", "<time datetime='2024-03-04T10:00'>today</time><p>By")
    assert article(tmp_path, page(body=body)).published == "2024-03-04"


@pytest.mark.parametrize(
    "head",
    [
        "",
        '<meta name="date" content="03/04/2024">',
        '<meta property="article:modified_time" content="2024-03-09">',
        linked({"@type": "NewsArticle", "datePublished": 5}),
    ],
)
def test_no_day_is_guessed(tmp_path: Path, head: str) -> None:
    assert article(tmp_path, page(head, BODY)).published is None


def test_tags_for_sharing_give_title_site_and_address(tmp_path: Path) -> None:
    head = (
        '<meta property="og:title" content="Dam bursts"><meta property="og:site_name" content="HT">'
        '<link rel="canonical" href="/dam"><meta property="og:url" content="https://ht.invalid/1">'
    )
    found = article(tmp_path, page(head, BODY))
    assert (found.title, found.publisher, found.url) == ("Dam bursts", "HT", "https://ht.invalid/1")


def test_the_title_of_the_page_loses_the_name_of_the_site(tmp_path: Path) -> None:
    body = BODY.replace("<h1>Dam bursts in the north</h1>", "")
    found = article(tmp_path, page("<title>Dam bursts again | Harbour Times</title>", body))
    assert found.title == "Dam bursts again"
    assert found.text.startswith("Dam bursts again\n\n")


def test_a_side_file_counts_before_the_page(tmp_path: Path) -> None:
    (tmp_path / "dam.yaml").write_text("published: 2020-01-01\n", "utf-8")
    assert article(tmp_path, page(linked(LINKED), BODY)).published == "2020-01-01"


@pytest.mark.parametrize("encoding", ["windows-1251", "utf-8", "koi8-r"])
def test_the_declared_encoding_counts(tmp_path: Path, encoding: str) -> None:
    words = "Парламент ратифицировал договор о границе, сообщил его председатель."
    head = f'<meta http-equiv="Content-Type" content="text/html; charset={encoding}">'
    data = page(head, f"<h1>Договор о границе</h1><p>{words}</p><p>{words} Да.</p>").replace(
        "©".encode(), b""
    )
    assert words in article(tmp_path, data.decode("utf-8").encode(encoding)).text


def test_latin_1_means_what_browsers_take_it_for(tmp_path: Path) -> None:
    body = f"<h1>Dam bursts again</h1><p>{FIRST} “Shame,” she said.</p>"
    data = page('<meta charset="iso-8859-1">', body, encoding="cp1252")
    assert "“Shame,”" in article(tmp_path, data).text


def test_bytes_outside_the_encoding_are_named(tmp_path: Path) -> None:
    with pytest.raises(ReadError, match=r"dam\.html: not utf-8: byte 0xff at offset \d+"):
        article(tmp_path, page(body=BODY).replace(b"Jane", b"\xff"))


@pytest.mark.parametrize(
    "data",
    [
        b"<html><body><nav><a href='/'>Home</a></nav><ul><li><a href='/a'>Pact signed</a></li>"
        b"<li><a href='/b'>Dam bursts</a></li></ul><footer>All rights reserved.</footer></html>",
        b"<html><head><title>Nothing</title></head></html>",
        b"<div>" * 5_000 + b"</div>" * 5_000,
        b"{}",
    ],
)
def test_a_page_without_an_article_is_refused(tmp_path: Path, data: bytes) -> None:
    with pytest.raises(ReadError, match=r"dam\.html: no "):
        article(tmp_path, data)


def test_a_page_does_not_depend_on_those_before_it(tmp_path: Path) -> None:
    first = article(tmp_path, page(body=BODY))
    for _ in range(5):  # trafilatura's cache of repeated paragraphs drops them from the third on
        assert article(tmp_path, page(body=BODY)) == first


def test_nothing_is_fetched(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise AssertionError("a reader opened a connection")

    monkeypatch.setattr(socket.socket, "connect", refuse)
    monkeypatch.setattr(socket, "getaddrinfo", refuse)
    head = '<link rel="stylesheet" href="https://ht.invalid/a.css">' + linked(LINKED)
    assert article(tmp_path, page(head, BODY + "<img src='https://ht.invalid/a.png'>"))
