"""The commands of `kg actors`: who the actors of a graph are, why, and what you decide."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from kg.console import show, terminal_width, told

if TYPE_CHECKING:
    from kg.queries import Table
    from kg.reporting import BuildReport

actors_app = typer.Typer(
    help="Who the actors of a graph are and why; make two one, or one two, by hand.",
    no_args_is_help=True,
)

Source = Annotated[
    str,
    typer.Argument(
        metavar="GRAPH",
        help="A folder that kg build made, an RDF file, or the URL of a SPARQL endpoint.",
    ),
]
Folder = Annotated[
    Path, typer.Argument(metavar="GRAPH", help="A folder that kg build made; it is made again.")
]
Actor = Annotated[str, typer.Argument(metavar="ACTOR", help="Id, name or IRI, as list shows.")]
Format = Annotated[str, typer.Option("--format", "-f", help="table, csv, tsv, json or markdown.")]
Reason = Annotated[str, typer.Option("--reason", "-r", help="Why, for who reads it later.")]


@actors_app.command("list")
def list_actors(
    graph: Source,
    text: Annotated[
        str | None, typer.Argument(metavar="TEXT", help="Only those with it in a name or id.")
    ] = None,
    format: Format = "table",
) -> None:
    """The actors with type, country, mentions and articles, the most mentioned first."""
    with told():
        from kg.deciding import listed

        _show(listed(graph, text), format)


@actors_app.command()
def why(graph: Source, actor: Actor, format: Format = "table") -> None:
    """All that makes an actor: each mention with its rule, each link, each decision by hand."""
    with told():
        from kg.deciding import why as reasons

        _show(reasons(graph, actor), format)


@actors_app.command()
def merge(
    graph: Folder,
    actor: Actor,
    others: Annotated[list[str], typer.Argument(metavar="OTHER...", help="Who is the same.")],
    reason: Reason,
) -> None:
    """Make others one with an actor, in this graph and in all later builds of it."""
    with told():
        from kg.deciding import merge as run

        _tell(run(graph, actor, others, reason))


@actors_app.command()
def split(
    graph: Folder,
    actor: Actor,
    parts: Annotated[
        list[str],
        typer.Argument(
            metavar="PART...",
            help="Mentions as kg actors why shows them (ARTICLE#START-END), or whole articles.",
        ),
    ],
    reason: Reason,
    into: Annotated[
        str | None,
        typer.Option("--into", help="Id of whom they are given to; default: a new one, ACTOR-2."),
    ] = None,
    name: Annotated[str | None, typer.Option(help="What a new actor is called.")] = None,
) -> None:
    """Take mentions or articles out of an actor: they are somebody else's."""
    with told():
        from kg.deciding import split as run

        _tell(run(graph, actor, parts, reason, into=into, name=name))


@actors_app.command()
def undo(
    graph: Folder,
    number: Annotated[
        int | None,
        typer.Argument(metavar="NUMBER", help="Without it, the decisions are listed."),
    ] = None,
    format: Format = "table",
) -> None:
    """Take a decision back; without a number, list them."""
    with told():
        from kg import deciding

        if number is None:
            _show(deciding.made(graph), format)
        else:
            _tell(deciding.undo(graph, number))


def _show(table: Table, format: str) -> None:
    from kg.queries import render

    show(render(table, format, width=terminal_width()))


def _tell(report: BuildReport) -> None:
    for note in report.warnings:
        typer.echo(f"  note   {note}", err=True)
    for failure in report.failures:
        typer.echo(f"kg: {failure.reason}", err=True)
    typer.echo(f"{report.folder}: {report.counts['actors']} actors", err=True)
    if report.failures:
        raise typer.Exit(1)
