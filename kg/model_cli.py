"""The commands of `kg model`: what a language pipeline is, and how well it reads."""

from __future__ import annotations

import json
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer

from kg.console import told

model_app = typer.Typer(help="The language pipeline: what it is, and how well it reads.")

Model = Annotated[
    str | None,
    typer.Argument(
        metavar="MODEL",
        help="An installed spaCy pipeline or its folder; default: the one that ships.",
    ),
]


class Part(StrEnum):
    """What `kg model evaluate --only` measures."""

    ud = "ud"
    ner = "ner"
    speed = "speed"


@model_app.command()
def info(model: Model = None) -> None:
    """Name, version, licence, size, language, components and labels of a pipeline."""
    with told():
        from kg.nlp.about import about

        typer.echo(about(model), nl=False)


@model_app.command()
def card(model: Model = None) -> None:
    """The model card: data with their licences, figures, intended use, weaknesses."""
    with told():
        from kg.nlp.about import card as text

        typer.echo(text(model), nl=False)


@model_app.command()
def evaluate(
    model: Model = None,
    corpora: Annotated[
        Path | None,
        typer.Option(metavar="FOLDER", help="Where the corpora lie, under ud/ and ner/."),
    ] = None,
    only: Annotated[
        list[Part] | None,
        typer.Option(help="Trees and tags, names, or speed and memory; may be repeated."),
    ] = None,
    beside: Annotated[
        str | None,
        typer.Option(metavar="MODEL", help="A pipeline to measure the speed of in turn."),
    ] = None,
    without: Annotated[
        list[str] | None,
        typer.Option(
            metavar="COMPONENT",
            help="Leave a component out, such as kg_boundaries; may be repeated.",
        ),
    ] = None,
    output: Annotated[
        Path | None,
        typer.Option("--json", metavar="FILE", help="Write all figures to a file as well."),
    ] = None,
) -> None:
    """Measure a pipeline from raw text, as extraction runs it: tags, lemmas, trees, sentences,
    names, words per second and memory.
    """
    with told():
        from kg import api
        from kg.records import plain
        from kg.training import evaluation

        done = evaluation.evaluate(
            model,
            corpora,
            only=[part.value for part in only or []],
            beside=beside,
            without=without or (),
        )
        typer.echo(evaluation.report(done))
        if output is not None:
            with api.text_file(output) as out:
                out.write(json.dumps(plain(done), indent=1) + "\n")
