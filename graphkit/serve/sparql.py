"""The SPARQL 1.1 Protocol, read-only: every query in a process that can be stopped."""

from __future__ import annotations

import asyncio
import multiprocessing
import sys
from collections.abc import Sequence
from multiprocessing.context import BaseContext
from pathlib import Path
from urllib.parse import parse_qs

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import PlainTextResponse, RedirectResponse, Response

from graphkit.rdf import Iris, Job, Limits, QueryError, QueryTimeout, QueryTooLarge, run_limited
from graphkit.serve.answers import ALL_TYPES, GRAPHS, Answer, Renderer
from graphkit.serve.negotiate import best_type

METHODS = ("GET", "HEAD", "POST", "OPTIONS")
_LONGEST_QUERY = 1_000_000
_WAIT_S = 10.0
_FORM, _QUERY, _UPDATE = "application/x-www-form-urlencoded", "application/sparql-query", "application/sparql-update"


class ProtocolError(Exception):
    """A request that is answered with an error."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


class Endpoint:
    """Answers SPARQL requests.

    Args:
        place: The folder that ``build`` wrote.
        iris: How the graph's names are made.
        limits: What one query may use.
        at_once: How many queries run at the same time; others wait a little, then get 503.
        preload: Modules that the program's main file imports; each query's process would import them anew.
    """

    def __init__(self, place: Path, iris: Iris, limits: Limits, at_once: int, preload: Sequence[str] = ()) -> None:
        self._place = place
        self._iris = iris
        self._limits = limits
        self._free = asyncio.Semaphore(at_once)
        self._context = process_context(preload)

    async def __call__(self, request: Request) -> Response:
        if request.method == "OPTIONS":
            allowed = {"Allow": ", ".join(METHODS), "Accept-Post": f"{_QUERY}, {_FORM}"}
            return Response(status_code=204, headers=allowed)
        try:
            query = await _query_of(request)
            if query is None:
                return self._description(request)
            return await self._answer(query, request.headers.get("accept"))
        except ProtocolError as error:
            return _error(error.status, str(error))
        except QueryTimeout as error:
            return _error(504, str(error))
        except QueryTooLarge as error:
            return _error(507, str(error))
        except QueryError as error:
            return _error(400, str(error))

    async def _answer(self, query: str, accept: str | None) -> Response:
        if best_type(accept, ALL_TYPES) is None:
            raise ProtocolError(406, f"none of the accepted media types can be given; there are {', '.join(ALL_TYPES)}")
        answer = await self.run(Job(self._place, query, limits=self._limits, render=Renderer(accept), named=False))
        if answer.media_type is None:
            raise ProtocolError(406, f"an answer of this kind is given as {answer.body.decode()}")
        headers = {"Vary": "Accept", "Cache-Control": "no-cache", "X-Content-Type-Options": "nosniff"}
        if answer.truncated:
            headers["Graphkit-Truncated"] = f"first {answer.rows} rows only"
        charset = "" if answer.media_type.endswith("json") else "; charset=utf-8"
        return Response(answer.body, headers={"Content-Type": f"{answer.media_type}{charset}", **headers})

    async def run(self, job: Job) -> Answer:
        """Run a query when there is a place for it."""
        try:
            await asyncio.wait_for(self._free.acquire(), _WAIT_S)
        except TimeoutError as error:
            raise ProtocolError(503, "too many queries at once; try again in a few seconds") from error
        try:
            answer: Answer = await run_in_threadpool(run_limited, job, self._context)
            return answer
        finally:
            self._free.release()

    def _description(self, request: Request) -> Response:
        """Of a request without a query: the page for people, SPARQL 1.1 Service Description for programs."""
        offered = ("text/html", *GRAPHS)
        if best_type(request.headers.get("accept", "text/turtle"), offered) == "text/html":
            return RedirectResponse("/query", status_code=303)
        text = f"""@prefix sd: <http://www.w3.org/ns/sparql-service-description#> .
<{request.url.replace(query="")}> a sd:Service ;
    sd:endpoint <{request.url.replace(query="")}> ;
    sd:supportedLanguage sd:SPARQL11Query ;
    sd:feature sd:UnionDefaultGraph ;
    sd:defaultDataset <{self._iris.base}> .
"""
        return Response(text, media_type="text/turtle")


def process_context(preload: Sequence[str] = ()) -> BaseContext:
    """How queries' processes are started from a server with threads: where possible by a process without threads."""
    if sys.platform == "win32":
        return multiprocessing.get_context("spawn")
    context = multiprocessing.get_context("forkserver")
    # What is imported there once need not be imported for each query.
    context.set_forkserver_preload(["graphkit.rdf.limited", "graphkit.serve.answers", *preload])
    return context


async def _query_of(request: Request) -> str | None:
    """The query of a request; None where there is none at all."""
    pairs = _pairs(request.url.query)
    if request.method == "POST":
        pairs = [*pairs, *await _posted(request)]
    names = [name for name, _ in pairs]
    if "update" in names:
        raise ProtocolError(403, "this endpoint is only for reading; there are no updates")
    if {"default-graph-uri", "named-graph-uri"} & set(names):
        raise ProtocolError(400, "queries read all of this graph; use GRAPH for one article of it")
    queries = [value for name, value in pairs if name == "query"]
    if len(queries) > 1 or (not queries and request.method == "POST"):
        raise ProtocolError(400, "exactly one query is needed")
    return queries[0] if queries else None


async def _posted(request: Request) -> list[tuple[str, str]]:
    kind, _, parameters = request.headers.get("content-type", "").lower().partition(";")
    if kind.strip() == _UPDATE:
        raise ProtocolError(403, "this endpoint is only for reading; there are no updates")
    if kind.strip() not in (_FORM, _QUERY):
        raise ProtocolError(415, f"a query is posted as {_QUERY} or {_FORM}")
    if "charset" in parameters and "utf-8" not in parameters:
        raise ProtocolError(415, "queries are in UTF-8")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > _LONGEST_QUERY:
            raise ProtocolError(413, f"a query has at most {_LONGEST_QUERY:,} bytes")
    try:
        text = body.decode("utf-8")
    except UnicodeDecodeError as error:
        raise ProtocolError(400, f"the query is not in UTF-8 ({error})") from error
    return [("query", text)] if kind.strip() == _QUERY else _pairs(text)


def _pairs(text: str) -> list[tuple[str, str]]:
    try:
        found = parse_qs(text, keep_blank_values=True, errors="strict", max_num_fields=100)
    except ValueError as error:
        raise ProtocolError(400, f"the parameters cannot be read ({error})") from error
    return [(name, value) for name, values in found.items() for value in values]


def _error(status: int, message: str) -> Response:
    headers = {"Cache-Control": "no-store", "X-Content-Type-Options": "nosniff"}
    if status == 503:
        headers["Retry-After"] = "5"
    return PlainTextResponse(f"{message}\n", status_code=status, headers=headers)
