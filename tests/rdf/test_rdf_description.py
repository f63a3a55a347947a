"""The dataset's description counts right and names no time; the run is told by what shaped it."""

from __future__ import annotations

import dataclasses

import pytest
from rdflib import DCTERMS, PROV, RDF, RDFS, VOID
from test_rdf_articles import BASE, values
from worked import EXAMPLES, example_quads

from kg import vocab
from kg.rdf.terms import SCHEMA
from kg.rdf.validate import validate
from kg.rdf.write import Run, dataset_quads, nquads, provenance_quads

RUN = Run(
    "1.0", "model", "2", model_hash="ab", data_hash="cd", settings=(("text", "true"), ("base", "b"))
)


def test_counts_are_those_of_the_lines() -> None:
    quads = [quad for name in EXAMPLES for quad in example_quads(name)]
    described = dataset_quads(nquads(quads).splitlines(keepends=True), run=RUN, title="Demo")
    triples = {q.triple for q in quads}
    assert values(described, "dataset", VOID.triples) == [str(len(triples))]
    subjects = {q.subject for q in quads}
    assert values(described, "dataset", VOID.entities) == [str(len(subjects))]
    statements = {t.subject for t in triples if t.object.value == str(vocab.Statement)}  # type: ignore[union-attr]
    parts = [
        q.subject.value.removeprefix(BASE)  # type: ignore[union-attr]
        for q in described
        if q.object.value == str(vocab.Statement)  # type: ignore[union-attr]
    ]
    (part,) = parts
    assert values(described, part, VOID.entities) == [str(len(statements))]
    assert values(described, "dataset", PROV.wasGeneratedBy) == [f"{BASE}run/{RUN.key}"]


def test_triples_in_two_graphs_count_once() -> None:
    lines = [b"<a:s> <a:p> <a:o> <a:g1> .\n", b"<a:s> <a:p> <a:o> <a:g2> .\n"]
    assert values(dataset_quads(lines), "dataset", VOID.triples) == ["1"]


def test_literals_with_spaces_and_brackets_are_counted() -> None:
    lines = [b'<a:s> <a:p> "a <b> . c" <a:g1> .\n']
    assert values(dataset_quads(lines), "dataset", VOID.properties) == ["1"]


def test_day_of_change_is_told_only_where_given() -> None:
    assert values(dataset_quads([]), "dataset", DCTERMS.modified) == []
    assert values(dataset_quads([], modified="2031-05-06"), "dataset", DCTERMS.modified) == [
        "2031-05-06"
    ]


def test_run_names_software_model_data_and_settings() -> None:
    quads = provenance_quads(RUN)
    node = f"run/{RUN.key}"
    assert str(PROV.Activity) in values(quads, node, RDF.type)
    assert values(quads, node, vocab.setting) == ["base=b", "text=true"]
    assert values(quads, "software/kg/1.0", RDFS.label) == ["kg"]
    assert values(quads, "software/model/2-ab", SCHEMA.softwareVersion) == ["2"]
    assert values(quads, "software/data/cd", vocab.hash) == ["cd"]


@pytest.mark.parametrize(
    "change",
    [
        {"version": "1.1"},
        {"model": "other"},
        {"model_version": "3"},
        {"model_hash": None},
        {"data_hash": "ce"},
        {"settings": (("text", "false"), ("base", "b"))},
    ],
)
def test_whatever_shapes_the_output_makes_another_run(change: dict[str, str]) -> None:
    assert dataclasses.replace(RUN, **change).key != RUN.key  # type: ignore[arg-type]


def test_order_of_settings_makes_no_other_run() -> None:
    assert dataclasses.replace(RUN, settings=RUN.settings[::-1]).key == RUN.key


def test_descriptions_conform() -> None:
    quads = [*provenance_quads(RUN), *dataset_quads([], run=RUN)]
    assert validate(quads).problems == ()
