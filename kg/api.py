"""The verbs of `kg` as functions: what the commands call, and what a notebook imports.

Rooms are imported when a verb is used, so that asking a graph does not wait for spaCy.
"""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterable, Iterator
from contextlib import AbstractContextManager
from importlib import resources
from pathlib import Path
from types import TracebackType
from typing import IO, TYPE_CHECKING

from kg.config import Settings
from kg.errors import OutputError, QueryError, ReadError
from kg.records import Article, Extraction, Failure

if TYPE_CHECKING:
    import networkx as nx
    import rdflib

    from kg.building import Progress
    from kg.queries import Answer, Graph, Table
    from kg.queries.library import Parameter, ParameterValue
    from kg.rdf.validate import Validation
    from kg.reporting import BuildReport
    from kg.stores import Auth, LoadReport
    from kg.stores import Progress as LoadProgress
    from kg.stores.serve import Server

Paths = Iterable[str | Path]


def build(
    paths: Paths,
    output: str | Path,
    settings: Settings | None = None,
    *,
    demo: bool = False,
    replace: bool = False,
    decisions: str | Path | None = None,
    title: str | None = None,
    progress: Progress = lambda what, done: None,
) -> BuildReport:
    """Make the folder `output` of articles: graph, readable copy, page, store and report.

    A graph that is there is added to: articles that it has stay as they are, or are replaced where
    they changed, and settings left at their defaults are the graph's own. `replace` begins anew.
    Identity decisions in the folder hold in any case; those of the file `decisions` are added.
    `demo` adds the demo articles and their gazetteer. The folder appears whole or not at all.

    Raises:
        OutputError: If the folder holds something else, is being written or cannot be, or no
            article could be read.
        MissingAnnotation, GazetteerError: If model or gazetteer cannot be used.
        SettingsError: If decisions contradict each other, or new ones name what is not there.
    """
    from kg.building import build as run

    paths, settings = _with_demo(paths, settings, demo)
    return run(
        paths,
        output,
        settings,
        replace=replace,
        decisions=decisions,
        title=title,
        progress=progress,
    )


def remove(
    graph: str | Path,
    articles: Iterable[str],
    *,
    progress: Progress = lambda what, done: None,
) -> BuildReport:
    """Take articles, given by id or IRI, out of a built graph, with all that they brought.

    Raises:
        OutputError: If the graph lacks one of them or has no others, or cannot be written.
    """
    from kg.building import remove as run

    return run(graph, articles, progress=progress)


def extract(
    paths: Paths,
    settings: Settings | None = None,
    *,
    demo: bool = False,
    failures: list[Failure] | None = None,
) -> Iterator[Extraction]:
    """What each article says, recurring utterances linked; what cannot be used joins `failures`."""
    from kg import ingest

    paths, settings = _with_demo(paths, settings, demo)
    found = ingest.extractions(ingest.articles(paths, settings), settings)
    return ingest.linked(found, failures if failures is not None else [])


def query(graph: str | Path, question: str, **parameters: ParameterValue | None) -> Answer:
    """The answer to a question of the library, a `.rq` file or SPARQL text.

    Raises:
        QueryError: If the question is unknown, its parameters or its syntax are wrong.
        ReadError, StoreError: If the graph cannot be opened.
    """
    with open_graph(graph) as opened:
        return opened.query(question, **parameters)


def network(graph: str | Path) -> nx.MultiDiGraph[str]:
    """Actors and agreements as nodes, what links them as edges with their evidence."""
    with open_graph(graph) as opened:
        return opened.network()


def analysis(graph: str | Path, name: str, **parameters: ParameterValue | None) -> Table:
    """The table of a named analysis of the network.

    Raises:
        QueryError: If the analysis or a parameter is unknown.
    """
    from kg.queries.analyses import analyse

    with open_graph(graph) as opened:
        return analyse(opened.graph, name, **parameters)


def view(
    graph: str | Path,
    output: str | Path | None = None,
    *,
    max_nodes: int = 2000,
    title: str | None = None,
    ego: str | None = None,
    since: str | None = None,
    until: str | None = None,
    types: Iterable[str] = (),
) -> Path:
    """(Re)make the HTML page of a graph; without `output`, the one in its folder.

    `ego` keeps an actor or agreement and what is linked to it, `since` and `until` what is dated so
    (YYYY-MM-DD or YYYY-MM), `types` the actors of these types; the page says what it leaves out.

    Raises:
        SettingsError, QueryError: If a date, type or name is none.
    """
    from kg.folders import PAGE
    from kg.visual.page import graph_page, write_page
    from kg.visual.selection import Excerpt

    if output is None and not Path(graph).is_dir():
        raise OutputError(f"{graph}: is no folder, so name the page to write (-o)")
    title = title or Path(graph).name
    excerpt = Excerpt(ego=ego, since=since, until=until, types=tuple(types))
    with open_graph(graph) as opened:
        html = graph_page(opened.graph, title=title, max_nodes=max_nodes, excerpt=excerpt)
    return write_page(html, output or Path(graph) / PAGE)


def validate(graph: str | Path, articles: Paths = ()) -> Validation:
    """Form, shapes (SHACL) and evidence of a graph; `articles` are the texts it was made of.

    Of a folder, the dump is judged, and the other files are held against it.
    """
    from kg.checking import folder_validation
    from kg.rdf.validate import validate as check

    texts: dict[str, str] = {}
    if articles:
        from kg import readers

        items = list(readers.articles(articles))
        if unread := [i.reason for i in items if isinstance(i, Failure)]:
            raise ReadError("\n".join(unread))
        texts = {i.id: i.text for i in items if isinstance(i, Article)}
    if Path(graph).is_dir():
        return folder_validation(Path(graph), texts or None)
    with open_graph(graph) as opened:
        return check(opened.graph.quads(), texts or None)


def load(
    graph: str | Path,
    url: str,
    *,
    store: str = "sparql",
    auth: Auth | None = None,
    graph_store_url: str | None = None,
    query_url: str | None = None,
    update_url: str | None = None,
    resume: bool = False,
    progress: Callable[[LoadProgress], None] | None = None,
) -> LoadReport:
    """Put every named graph of a built graph into a triplestore; safe to repeat.

    Credentials come from KG_STORE_USER and KG_STORE_PASSWORD, KG_STORE_TOKEN, or ~/.netrc.

    Raises:
        StoreError: If the store refuses, is away, or counts otherwise than we do.
    """
    from kg.stores import load as run

    return run(
        graph,
        url,
        store=store,
        auth=auth,
        graph_store_url=graph_store_url,
        query_url=query_url,
        update_url=update_url,
        resume=resume,
        progress=progress,
    )


def export(graph: str | Path, format: str, output: str | Path) -> Path:
    """Write a graph in another shape: one of `kg.exports.FORMATS`."""
    from kg.exports import export as write

    with open_graph(graph) as opened:
        write(opened.graph, format, output)
    return Path(output)


def serving(folder: str | Path, *, port: int = 0) -> AbstractContextManager[Server]:
    """A read-only SPARQL endpoint on this machine over a built graph, up while in the `with`.

    Raises:
        StoreError: If the server is not installed or cannot start.
    """
    from kg.folders import STORE, settle
    from kg.stores.serve import serving as serve

    settle(Path(folder))
    return serve(Path(folder) / STORE, port=port)


def open_graph(graph: str | Path) -> OpenGraph:
    """A graph to ask: a folder that `build` made, an RDF file, or a SPARQL endpoint's URL.

    Raises:
        ReadError: If there is no such folder or file, or it holds no graph.
    """
    from kg.queries import open_graph as opened

    return OpenGraph(opened(graph))


class OpenGraph:
    """A graph that stays open for several questions; `with` closes it."""

    def __init__(self, graph: Graph) -> None:
        self.graph = graph

    def query(self, question: str, **parameters: ParameterValue | None) -> Answer:
        """The answer to a question of the library, a `.rq` file or SPARQL text."""
        from kg.queries import ask, questions

        if question in questions():
            return ask(self.graph, question, **parameters)
        if parameters:
            raise QueryError(f"parameters go with questions of the library; {question!r} is none")
        return self.graph.query(_sparql(question))

    def network(self) -> nx.MultiDiGraph[str]:
        """Actors and agreements as nodes, what links them as edges with their evidence."""
        from kg.queries.network import network as project

        return project(self.graph)

    def statements(self, speaker: str | None = None, **parameters: ParameterValue | None) -> Table:
        """Who said what, by one speaker if asked so; `about`, `force`, `article`, `since` and
        `until` narrow it down, too.
        """
        from kg.queries import ask

        return ask(self.graph, "statements", speaker=speaker, **parameters)

    @property
    def dataset(self) -> rdflib.Dataset:
        """The graph for rdflib, in memory; its default graph is the union of all."""
        from kg.rdf.write import dataset

        return dataset(self.graph.quads())

    def close(self) -> None:
        """Let go of the store."""
        self.graph.close()

    def __enter__(self) -> OpenGraph:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


def questions_listed() -> str:
    """The questions of the library by group, each with its parameters and help."""
    from kg.queries import questions

    lines: list[str] = []
    group = None
    for question in questions().values():
        if question.group != group:
            group = question.group
            lines.append(f"{'' if not lines else chr(10)}{group}")
        lines.append(_listed(question.name, question.parameters, question.help))
    return "\n".join(lines)


def analyses_listed() -> str:
    """The analyses of the network, each with its parameters and help."""
    from kg.queries.analyses import ANALYSES

    return "\n".join(_listed(name, a.parameters, a.help) for name, a in ANALYSES.items())


def _listed(name: str, parameters: Iterable[Parameter], help: str) -> str:
    shown = " ".join(f"{p.name}=…" if p.required else f"[{p.name}=…]" for p in parameters)
    return f"  {name} {shown}".rstrip() + f"\n      {help}"


def rendered(answer: Answer, format: str = "table", *, width: int | None = None) -> str:
    """An answer as text: table, csv, tsv, json or markdown; RDF for a CONSTRUCT.

    `width` is how many columns a table may fill; without it cells are not cut.
    """
    from kg.queries import render

    return render(answer, format, width=width)


def demo_folder() -> Path:
    """Where the demo articles lie."""
    return Path(str(resources.files("kg") / "data" / "demo"))


@contextlib.contextmanager
def text_file(path: Path) -> Iterator[IO[str]]:
    """A UTF-8 text file to write, which takes its name only once it is whole.

    Raises:
        OutputError: If it cannot be written.
    """
    fresh = path.with_name(f".{path.name}.partial")
    try:
        with fresh.open("w", encoding="utf-8", newline="\n") as out:
            yield out
        fresh.replace(path)
    except OSError as error:
        raise OutputError(f"{path}: cannot be written: {error.strerror}") from error
    finally:
        with contextlib.suppress(OSError):
            fresh.unlink(missing_ok=True)


def _with_demo(
    paths: Paths, settings: Settings | None, demo: bool
) -> tuple[list[str | Path], Settings]:
    import dataclasses

    settings = settings or Settings()
    chosen = list(paths)
    if demo:
        articles = demo_folder()
        chosen += [
            p for p in sorted(articles.iterdir()) if p.suffix != ".ttl" and p.name != "README.md"
        ]
        gazetteers = (*settings.gazetteers, str(articles / "gazetteer.ttl"))
        settings = dataclasses.replace(settings, gazetteers=gazetteers)
    return chosen, settings


def _sparql(question: str) -> str:
    """The text of a `.rq` file, or SPARQL as it stands; a single word is a mistyped name."""
    path = Path(question)
    if question.endswith(".rq"):
        try:
            return path.read_text(encoding="utf-8")
        except OSError as error:
            raise QueryError(f"{path}: cannot be read: {error.strerror or error}") from error
        except UnicodeDecodeError as error:
            raise QueryError(f"{path}: is not UTF-8, as queries are: {error.reason}") from error
    if len(question.split()) < 2:
        from kg.queries import questions

        raise QueryError(f"no question {question!r}; known are: {', '.join(questions())}")
    return question
