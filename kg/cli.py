"""The commands; each parses words, calls one public function, and prints.

Data goes to standard output, progress and log to standard error. Exit status: 0 done, 1 done with
failures or findings, 2 not understood.
"""

from __future__ import annotations

import json
import logging
import os
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Annotated, Any, Literal, NoReturn

import typer

import kg
from kg import api
from kg.actors_cli import actors_app
from kg.config import DEFAULT_BASE, Settings, settings
from kg.console import show, terminal_width, told
from kg.model_cli import model_app
from kg.records import Failure, plain

Auth = Literal["basic", "digest", "bearer"]

HELP = """Who said what about whom, and what binds them.

News articles go in; actors, statements and agreements come out as an RDF graph, each triple with
the words in the article that prove it.

\b
  kg build --demo -o my-graph            a graph of the demo articles
  kg query my-graph                      the questions it answers
  kg query my-graph who-said-what-about about=Belmora
  open my-graph/graph.html               the graph as a page
"""

app = typer.Typer(
    name="kg",
    help=HELP,
    no_args_is_help=True,
    rich_markup_mode=None,
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
ontology_app = typer.Typer(help="The vocabulary: render what is made from ontology/kg.ttl.")
app.add_typer(ontology_app, name="ontology")
app.add_typer(actors_app, name="actors")
app.add_typer(model_app, name="model")

Articles = Annotated[
    list[str] | None,
    typer.Argument(
        metavar="ARTICLE|FOLDER...",
        help="Files (.txt .md .html .jsonl) and folders, searched through in order of name.",
    ),
]
GraphName = Annotated[
    str,
    typer.Argument(
        metavar="GRAPH",
        help="A folder that kg build made, an RDF file, or the URL of a SPARQL endpoint.",
    ),
]
Model = Annotated[
    str | None,
    typer.Option(help="An installed spaCy pipeline or its folder; default: the one that ships."),
]
Gazetteer = Annotated[
    list[Path] | None,
    typer.Option(help="Turtle file of actors that adds to or overrides ours; may be repeated."),
]
Instruments = Annotated[
    list[Path] | None,
    typer.Option(help="Turtle file of known agreements; may be repeated."),
]
Published = Annotated[
    str | None, typer.Option(help="Day (YYYY-MM-DD) of articles that do not say it.")
]
Publisher = Annotated[str | None, typer.Option(help="Publisher of articles that do not say it.")]
Processes = Annotated[
    int | None,
    typer.Option("--processes", "-j", help="Processes; default: one, or all cores for much input."),
]
Demo = Annotated[bool, typer.Option("--demo", help="Use the demo articles that ship with kg.")]
Quiet = Annotated[bool, typer.Option("--quiet", "-q", help="No progress and no summary.")]


def _tell_version(asked: bool) -> None:
    if asked:
        typer.echo(f"kg {kg.__version__}")
        raise typer.Exit


@app.callback()
def _callback(
    version: Annotated[
        bool,
        typer.Option("--version", is_eager=True, callback=_tell_version, help="Print the version."),
    ] = False,
    verbose: Annotated[bool, typer.Option("--verbose", "-v", help="Log more.")] = False,
) -> None:
    logging.basicConfig(
        level=logging.INFO if verbose else logging.ERROR, format="%(levelname)s %(message)s"
    )


@app.command()
def build(
    articles: Articles = None,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Folder to make; default graphs/NAME.")
    ] = None,
    replace: Annotated[
        bool, typer.Option("--replace", help="Begin anew where kg built a graph before.")
    ] = False,
    demo: Demo = False,
    model: Model = None,
    gazetteer: Gazetteer = None,
    instruments: Instruments = None,
    published: Published = None,
    publisher: Publisher = None,
    base: Annotated[
        str | None, typer.Option(help=f"Start of all data IRIs; default {DEFAULT_BASE}")
    ] = None,
    no_text: Annotated[
        bool, typer.Option("--no-text", help="Publish offsets and hashes, not the words.")
    ] = False,
    max_nodes: Annotated[int | None, typer.Option(min=1, help="Most nodes on the page.")] = None,
    decisions: Annotated[
        Path | None,
        typer.Option(help="YAML file of identity decisions (kg actors) to follow from now on."),
    ] = None,
    title: Annotated[str | None, typer.Option(help="Title of the page and dataset.")] = None,
    processes: Processes = None,
    quiet: Quiet = False,
) -> None:
    """Articles in, graph out: RDF, page, store and report in one folder.

    A graph that is there is added to: articles that it has stay as they are, changed ones are
    replaced, and what was told it before (gazetteers, --base, --no-text …) holds unless told anew.

    The folder holds graph.nq.gz (canonical, the same bytes for the same articles), graph.trig (to
    read), graph.html (opens offline), store/ (embedded, for kg query), parts/ (what was found in
    each article, for the next build; private) and report.json.
    """
    with told():
        chosen = _settings(
            model=model,
            gazetteers=_names(gazetteer),
            instruments=_names(instruments),
            published=published,
            publisher=publisher,
            base=base,
            text=False if no_text else None,
            max_nodes=max_nodes,
            processes=processes,
        )
        paths = _inputs(articles, demo)
        folder = output or Path("graphs") / ("demo" if demo else _folder_name(paths))
        progress = _Progress(quiet)
        report = api.build(
            paths,
            folder,
            chosen,
            demo=demo,
            replace=replace,
            decisions=decisions,
            title=title,
            progress=progress,
        )
        progress.end()
        _tell_failures(report.failures)
        if not quiet:
            typer.echo(_summary(report), err=True)
        raise typer.Exit(1 if report.failures else 0)


@app.command()
def remove(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help="A folder that kg build made.")],
    articles: Annotated[
        list[str],
        typer.Argument(metavar="ARTICLE...", help="Ids or IRIs, as kg query GRAPH articles tells."),
    ],
    quiet: Quiet = False,
) -> None:
    """Take articles out of a graph, with all that they brought, also to actors and identities."""
    with told():
        progress = _Progress(quiet)
        report = api.remove(graph, articles, progress=progress)
        progress.end()
        if not quiet:
            typer.echo(_summary(report), err=True)


@app.command()
def extract(
    articles: Articles = None,
    output: Annotated[
        str, typer.Option("--output", "-o", help="File to write; - is standard output.")
    ] = "-",
    demo: Demo = False,
    model: Model = None,
    gazetteer: Gazetteer = None,
    instruments: Instruments = None,
    published: Published = None,
    publisher: Publisher = None,
    processes: Processes = None,
    quiet: Quiet = False,
) -> None:
    """What the articles say, as JSON Lines: one object per article, offsets in code points."""
    with told():
        chosen = _settings(
            model=model,
            gazetteers=_names(gazetteer),
            instruments=_names(instruments),
            published=published,
            publisher=publisher,
            processes=processes,
        )
        failures: list[Failure] = []
        items = api.extract(_inputs(articles, demo), chosen, demo=demo, failures=failures)
        progress = _Progress(quiet)
        done = 0
        with _output(output) as out:
            for done, item in enumerate(items, 1):
                json.dump(plain(item), out, ensure_ascii=False)
                out.write("\n")
                progress(item.article.path, done)
            progress.end()
            _tell_failures(failures)
            if failures and not done:
                raise typer.Exit(1)  # out of the `with`: a file that is there stays as it is
        raise typer.Exit(1 if failures else 0)


@app.command()
def query(
    graph: GraphName,
    question: Annotated[
        str | None,
        typer.Argument(
            metavar="QUESTION|FILE.rq|'SELECT …'",
            help="Name of a question, a file, or SPARQL; without it the questions are listed.",
        ),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME=VALUE...", help="Parameters, such as about=Armenia."),
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="table, csv, tsv, json or markdown.")
    ] = "table",
) -> None:
    """Ask the graph: a question from the library, a .rq file or SPARQL (SELECT, ASK, CONSTRUCT)."""
    with told():
        if question is None:
            api.open_graph(graph).close()  # says if there is none
            typer.echo(api.questions_listed())
            return
        answer = api.query(graph, question, **_parameters(values))
        show(api.rendered(answer, format, width=terminal_width()))


@app.command()
def network(
    graph: GraphName,
    analysis: Annotated[
        str | None,
        typer.Argument(metavar="ANALYSIS", help="Without it, the analyses are listed."),
    ] = None,
    values: Annotated[
        list[str] | None,
        typer.Argument(metavar="NAME=VALUE...", help="Parameters, such as actor=Russia."),
    ] = None,
    format: Annotated[
        str, typer.Option("--format", "-f", help="table, csv, tsv, json or markdown.")
    ] = "table",
) -> None:
    """Ask the network: who addresses whom, centrality, communities, paths, ego."""
    with told():
        if analysis is None:
            api.open_graph(graph).close()
            typer.echo(api.analyses_listed())
            return
        answer = api.analysis(graph, analysis, **_parameters(values))
        show(api.rendered(answer, format, width=terminal_width()))


@app.command()
def view(
    graph: GraphName,
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="Page to write; default GRAPH/graph.html")
    ] = None,
    max_nodes: Annotated[
        int, typer.Option(min=1, help="Most nodes, the most important first.")
    ] = 2000,
    title: Annotated[str | None, typer.Option(help="Title of the page.")] = None,
    ego: Annotated[
        str | None, typer.Option(help="Only an actor or agreement and what is linked to it.")
    ] = None,
    since: Annotated[
        str | None, typer.Option(help="Only what is dated so (YYYY-MM-DD, YYYY-MM) or later.")
    ] = None,
    until: Annotated[str | None, typer.Option(help="Only what is dated so or earlier.")] = None,
    type: Annotated[
        list[str] | None,
        typer.Option(help="Only actors of a type, such as state; may be repeated."),
    ] = None,
) -> None:
    """(Re)make the HTML page: one file that opens without network."""
    with told():
        page = api.view(
            graph,
            output,
            max_nodes=max_nodes,
            title=title,
            ego=ego,
            since=since,
            until=until,
            types=type or (),
        )
        typer.echo(page)


@app.command()
def validate(
    graph: GraphName,
    articles: Annotated[
        list[str] | None,
        typer.Option("--articles", "-a", help="Check quotations against these files or folders."),
    ] = None,
) -> None:
    """Check the files, the form, the shapes (SHACL) and that quotations stand at their offsets."""
    with told():
        report = api.validate(graph, articles or ())
        typer.echo(str(report))
        raise typer.Exit(0 if report.conforms else 1)


@app.command()
def load(
    graph: GraphName,
    url: Annotated[str, typer.Argument(metavar="URL", help="The store's address.")],
    store: Annotated[
        str, typer.Option("--store", "-s", help="oxigraph, virtuoso, fuseki or sparql.")
    ] = "sparql",
    auth: Annotated[
        str | None,
        typer.Option(
            help="basic, digest or bearer; user and password come from KG_STORE_USER and "
            "KG_STORE_PASSWORD (bearer: KG_STORE_TOKEN) or ~/.netrc."
        ),
    ] = None,
    graph_store_url: Annotated[
        str | None, typer.Option(help="Graph store endpoint, where it is not where --store says.")
    ] = None,
    query_url: Annotated[str | None, typer.Option(help="Query endpoint, likewise.")] = None,
    update_url: Annotated[str | None, typer.Option(help="Update endpoint, likewise.")] = None,
    resume: Annotated[
        bool, typer.Option("--resume", help="Leave out graphs that are there already.")
    ] = False,
    quiet: Quiet = False,
) -> None:
    """Carry the graph into a triplestore, graph by graph; safe to repeat."""
    with told():
        progress = _Progress(quiet)
        report = api.load(
            graph,
            url,
            store=store,
            auth=_auth(auth),
            graph_store_url=graph_store_url,
            query_url=query_url,
            update_url=update_url,
            resume=resume,
            progress=lambda p: progress(p.graph, p.done),
        )
        progress.end()
        typer.echo(
            f"{report.url}: {len(report.loaded)} graphs sent, {len(report.skipped)} were there, "
            f"{report.triples:,} triples in all, counted there"
        )


@app.command()
def export(
    graph: GraphName,
    format: Annotated[
        str,
        typer.Option(
            "--format",
            "-f",
            help="turtle, trig, nquads, ntriples, jsonld, rdfxml, graphml, gexf or csv.",
        ),
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="File (csv: folder) to write.")],
) -> None:
    """Write the graph in another shape."""
    with told():
        typer.echo(api.export(graph, format, output))


@app.command()
def serve(
    graph: Annotated[Path, typer.Argument(metavar="GRAPH", help="A folder that kg build made.")],
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port on this machine; 0: a free one.")
    ] = 7878,
) -> None:
    """A read-only SPARQL endpoint with a query page on this machine (pip install
    kg-news[serve]).
    """
    with told(), api.serving(graph, port=port) as server:
        typer.echo(f"query page  {server.url}\nendpoint    {server.query_url}", err=True)
        typer.echo("stop with Ctrl-C", err=True)
        with suppress(KeyboardInterrupt):
            server.wait()


@ontology_app.command("vocab")
def ontology_vocab() -> None:
    """Print kg/vocab.py, made from ontology/kg.ttl."""
    with told():
        from kg.ontology import render_vocab

        typer.echo(render_vocab(), nl=False)


@ontology_app.command("page")
def ontology_page() -> None:
    """Print the documentation page of the vocabulary."""
    with told():
        from kg.ontology import render_page

        typer.echo(render_page(), nl=False)


@ontology_app.command("context")
def ontology_context() -> None:
    """Print the JSON-LD context."""
    with told():
        from kg.ontology import render_context

        typer.echo(render_context(), nl=False)


def _sending() -> bool:
    """Something is still to be sent to worker processes. After an interrupt they are gone, and
    Python would wait for them for ever before it ends.
    """
    return any(thread.name == "QueueFeederThread" for thread in threading.enumerate())


def main() -> NoReturn:
    """Run the command line; a reader that goes away (`| head`) ends it quietly."""
    try:
        app()
    except SystemExit as end:
        if end.code and _sending():
            sys.stdout.flush()
            os._exit(end.code if isinstance(end.code, int) else 1)
        raise
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(0)
    except OSError as error:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        typer.echo(f"kg: output cannot be written: {error.strerror or error}", err=True)
        sys.exit(1)
    sys.exit(0)


@contextmanager
def _output(name: str) -> Iterator[Any]:
    if name == "-":
        if hasattr(sys.stdout, "reconfigure"):
            sys.stdout.reconfigure(encoding="utf-8", newline="\n")
        yield sys.stdout
        sys.stdout.flush()
    else:
        with api.text_file(Path(name)) as out:
            yield out


def _settings(**options: Any) -> Settings:
    return settings(options, environment=os.environ, folder=Path.cwd())


def _inputs(articles: list[str] | None, demo: bool) -> list[str]:
    if not articles and not demo:
        typer.echo("kg: name articles or folders, or give --demo", err=True)
        raise typer.Exit(2)
    return list(articles or [])


def _auth(words: str | None) -> Auth | None:
    for way in ("basic", "digest", "bearer"):
        if words == way:
            return way
    if words is None:
        return None
    typer.echo(f'kg: --auth "{words}": basic, digest or bearer', err=True)
    raise typer.Exit(2)


def _names(paths: list[Path] | None) -> tuple[str, ...] | None:
    return tuple(str(p) for p in paths) if paths else None


def _folder_name(paths: list[str]) -> str:
    return Path(paths[0]).resolve().stem or "graph"


def _parameters(values: list[str] | None) -> dict[str, str]:
    parameters: dict[str, str] = {}
    for value in values or []:
        name, equals, text = value.partition("=")
        if not equals:
            typer.echo(f'kg: "{value}": write parameters as NAME=VALUE', err=True)
            raise typer.Exit(2)
        parameters[name.replace("-", "_")] = text
    return parameters


def _tell_failures(failures: Any) -> None:
    for failure in failures:
        typer.echo(f"kg: {failure.reason}", err=True)
    if failures:
        typer.echo(f"kg: {len(failures)} could not be used", err=True)


def _summary(report: Any) -> str:
    counts = report.counts
    lines = [
        f"{report.folder}: {counts['articles']} articles, {report.quads:,} quads",
        *_changes(report.changes),
        f"  {counts['actors']} actors, {counts['statements']} statements "
        f"({counts['statements_without_speaker']} without a named speaker), "
        f"{counts['agreements']} agreements",
        f"  page   {report.folder / 'graph.html'}",
        f"  ask    kg query {report.folder}",
    ]
    return "\n".join([*(f"  note   {w}" for w in report.warnings), *lines])


def _changes(changes: Any) -> list[str]:
    """What became of the articles, in a line; nothing where all are new."""
    told = [
        f"{number} {name.replace('_', ' ')}" for name, number in plain(changes).items() if number
    ]
    return [f"  {', '.join(told)}"] if told != [f"{changes.added} added"] else []


class _Progress:
    """One line on standard error, rewritten; nothing where standard error is no terminal."""

    def __init__(self, quiet: bool) -> None:
        self._shown = not quiet and sys.stderr.isatty()

    def __call__(self, what: str, done: int) -> None:
        if self._shown:
            typer.echo(f"\r\x1b[K{done} {what[-70:]}", err=True, nl=False)

    def end(self) -> None:
        """Wipe the line."""
        if self._shown:
            typer.echo("\r\x1b[K", err=True, nl=False)
