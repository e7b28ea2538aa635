"""The web application: which address is answered by what."""

from __future__ import annotations

from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path
from typing import Any

import jinja2
from pyoxigraph import Literal
from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import FileResponse, HTMLResponse, PlainTextResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from graphkit.rdf import Dataset, Job, Limits, QueryError, ask, named_queries, ontology, open_dataset
from graphkit.serve.answers import GRAPHS
from graphkit.serve.negotiate import best_type
from graphkit.serve.pages import KINDS, MOST_STATEMENTS, describe, is_known, node_of, page_of
from graphkit.serve.sparql import METHODS, Endpoint, ProtocolError

LOCAL_HOSTS = ("127.0.0.1", "localhost", "[::1]")
LIMITS = Limits(seconds=30.0, rows=10_000)
_FORMATS = {"html": "text/html", "ttl": "text/turtle", "nt": "application/n-triples", "jsonld": "application/ld+json"}
_POLICY = "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; "
_POLICY += "frame-ancestors 'none'"
# YASGUI writes styles into its page and makes functions from text; it can still talk to this server only.
_QUERY_POLICY = "default-src 'none'; script-src 'self' 'unsafe-eval'; style-src 'self' 'unsafe-inline'; "
_QUERY_POLICY += (
    "img-src 'self' data:; font-src 'self' data:; connect-src 'self'; base-uri 'none'; frame-ancestors 'none'"
)
_SEARCH = """SELECT ?entity (SAMPLE(?n) AS ?name) {{
  ?entity schema:name ?n ; schema:name|rdfs:label|skos:altLabel ?form .
  FILTER(CONTAINS(LCASE(STR(?form)), LCASE({words})))
}} GROUP BY ?entity ORDER BY ?name"""


def create_app(
    folder: Path,
    limits: Limits = LIMITS,
    *,
    hosts: Sequence[str] = LOCAL_HOSTS,
    at_once: int = 4,
    preload: Sequence[str] = (),
) -> Starlette:
    """A web application that shows a graph and answers queries on it; it never writes.

    Args:
        folder: That ``build`` wrote; with ``store`` in it, each query opens the graph at once.
        limits: What one query may use.
        hosts: The names under which it answers; others get 400, so that no foreign page can read the graph through a
            browser (DNS rebinding).
        at_once: How many queries run at the same time.
        preload: Modules that the program's main file imports; each query's process would import them anew.

    Raises:
        RdfFileError: If there is no graph.
    """
    dataset = open_dataset(folder)
    site = _Site(folder, dataset, Endpoint(folder, dataset.iris, limits, at_once, preload), limits)
    pages = [Route(f"/{kind}/{{path:path}}", site.resource, methods=["GET"], name=kind) for kind in KINDS]
    routes = [
        Route("/", site.home),
        Route("/sparql", site.endpoint, methods=list(METHODS)),
        Route("/query", site.query_page),
        Route("/graph.html", site.graph),
        Route("/o", site.ontology),
        *pages,
        Mount("/static", StaticFiles(directory=str(files(__package__).joinpath("static")))),
    ]
    middleware = [Middleware(TrustedHostMiddleware, allowed_hosts=list(hosts), www_redirect=False)]
    return Starlette(routes=routes, middleware=middleware, exception_handlers={HTTPException: _http_error})


class _Site:
    def __init__(self, folder: Path, dataset: Dataset, endpoint: Endpoint, limits: Limits) -> None:
        self._folder = folder
        self._dataset = dataset
        self._sparql = endpoint
        self._limits = limits
        loader = jinja2.PackageLoader("graphkit.serve", "templates")
        self._templates = jinja2.Environment(loader=loader, autoescape=True, undefined=jinja2.StrictUndefined)

    async def endpoint(self, request: Request) -> Response:
        return await self._sparql(request)

    async def home(self, request: Request) -> Response:
        words = request.query_params.get("q", "").strip()
        found: list[tuple[str, str]] = []
        message = ""
        if words:
            query = _SEARCH.format(words=Literal(words))
            limits = Limits(self._limits.seconds, 100, self._limits.memory_mb)
            try:
                result: Any = await self._sparql.run(Job(self._folder, query, limits=limits, named=False))
                found = [(row[0].value.removeprefix(self._dataset.iris.base), row[1].value) for row in result.rows]
                message = "" if found else "Nothing is called so."
            except (QueryError, ProtocolError) as error:
                message = str(error)
        has_graph = (self._folder / "graph.html").is_file()
        counts = [] if words else await run_in_threadpool(self._counts)
        return self._page("home.html.j2", words=words, found=found, message=message, has_graph=has_graph, counts=counts)

    def _counts(self) -> list[tuple[str, int]]:
        kinds = {"statements": "kg:Statement", "articles": "schema:NewsArticle", "sentences": "kg:Evidence"}
        found: list[tuple[str, int]] = []
        for name, kind in kinds.items():
            count: Any = ask(self._dataset, f"SELECT (COUNT(DISTINCT ?x) AS ?n) {{ ?x a {kind} }}").rows[0][0]
            found.append((name, int(count.value)))
        return found

    async def query_page(self, request: Request) -> Response:
        examples = await run_in_threadpool(self._examples)
        html = self._templates.get_template("query.html.j2").render(
            title="Query",
            examples=examples,
            prefixes=self._dataset.prefixes,
            rows=self._limits.rows,
            seconds=self._limits.seconds,
        )
        return _secured(HTMLResponse(html), _QUERY_POLICY)

    def _examples(self) -> list[tuple[str, str]]:
        examples = []
        for named in named_queries().values():
            try:
                examples.append((named.description, named.sparql(self._dataset, named.example)))
            except QueryError:
                # Its example is about the demo graph, and this is another one.
                if all(parameter.optional for parameter in named.parameters):
                    examples.append((named.description, named.text))
        return examples

    async def graph(self, request: Request) -> Response:
        path = self._folder / "graph.html"
        if not path.is_file():
            raise HTTPException(404, "there is no graph.html in the folder")
        return FileResponse(path, media_type="text/html", headers={"X-Content-Type-Options": "nosniff"})

    async def ontology(self, request: Request) -> Response:
        text = await run_in_threadpool(ontology, self._dataset.iris.base)
        return Response(text, media_type="text/turtle")

    async def resource(self, request: Request) -> Response:
        path = request.scope.get("raw_path", request.url.path.encode()).decode("ascii").partition("?")[0].lstrip("/")
        node = node_of(self._dataset, path)
        if not await run_in_threadpool(is_known, self._dataset, node):
            raise HTTPException(404, f"the graph says nothing of {node.value}")
        chosen = self._chosen(request)
        if chosen == "text/html":
            page = await run_in_threadpool(page_of, self._dataset, node)
            return self._page("resource.html.j2", page=page, path=request.url.path, most=MOST_STATEMENTS)
        body = await run_in_threadpool(describe, self._dataset, node, GRAPHS[chosen])
        return Response(body, media_type=chosen, headers={"Vary": "Accept", "X-Content-Type-Options": "nosniff"})

    def _chosen(self, request: Request) -> str:
        wanted = request.query_params.get("format")
        if wanted is not None:
            if wanted not in _FORMATS:
                raise HTTPException(400, f"there is no format {wanted!r}; there are {', '.join(_FORMATS)}")
            return _FORMATS[wanted]
        offered = ("text/html", *GRAPHS)
        chosen = best_type(request.headers.get("accept"), offered)
        if chosen is None:
            raise HTTPException(406, f"none of the accepted media types can be given; there are {', '.join(offered)}")
        return chosen

    def _page(self, template: str, **values: Any) -> Response:
        html = self._templates.get_template(template).render(**values)
        return _secured(HTMLResponse(html, headers={"Vary": "Accept"}), _POLICY)


def _secured(response: Response, policy: str) -> Response:
    response.headers["Content-Security-Policy"] = policy
    response.headers["X-Content-Type-Options"] = "nosniff"
    response.headers["Referrer-Policy"] = "no-referrer"
    return response


async def _http_error(request: Request, error: Exception) -> Response:
    status = error.status_code if isinstance(error, HTTPException) else 500
    detail = error.detail if isinstance(error, HTTPException) else "error"
    headers = dict(getattr(error, "headers", None) or {})
    return PlainTextResponse(f"{detail}\n", status_code=status, headers=headers)
