"""The server as clients see it: a real HTTP client against a real server on a free port."""

from __future__ import annotations

import hashlib
import shutil
import subprocess
import threading
import time
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
import rdflib
import uvicorn
from pyoxigraph import QueryResultsFormat, RdfFormat, parse, parse_query_results

from graphkit.html import write_html
from graphkit.rdf import Limits, build_store, write_turtle
from graphkit.serve import create_app
from tests.graphs import HOSTILE, hostile_graph, trade_graph

CHROMIUM = next(
    (path for name in ("chromium", "chromium-browser", "google-chrome") if (path := shutil.which(name))), None
)
SELECT = "SELECT ?name { ?e a schema:Country ; schema:name ?name } ORDER BY ?name"
ENDLESS = "SELECT (COUNT(*) AS ?n) { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l . ?m ?n ?o }"
MEMORY_EATER = "SELECT * { ?a ?b ?c . ?d ?e ?f . ?g ?h ?i . ?j ?k ?l } ORDER BY ?a"


def digest(folder: Path) -> dict[str, str]:
    paths = sorted(path for path in folder.rglob("*") if path.is_file())
    return {str(path.relative_to(folder)): hashlib.sha256(path.read_bytes()).hexdigest() for path in paths}


def served(folder: Path, **limits: float) -> Iterator[httpx.Client]:
    """A client of a server that serves a folder."""
    app = create_app(folder, Limits(**{"seconds": 20.0, "rows": 500, **limits}))  # type: ignore[arg-type]
    server = uvicorn.Server(uvicorn.Config(app, host="127.0.0.1", port=0, log_level="warning"))
    thread = threading.Thread(target=server.run, daemon=True)
    thread.start()
    while not server.started:
        time.sleep(0.05)
    port = server.servers[0].sockets[0].getsockname()[1]
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", timeout=300, trust_env=False) as client:
        yield client
    server.should_exit = True
    thread.join(timeout=30)


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    place = tmp_path_factory.mktemp("served")
    write_turtle(trade_graph(), place / "graph.ttl")
    write_html(trade_graph(), place / "graph.html")
    build_store(place)
    return place


@pytest.fixture(scope="module")
def client(folder: Path) -> Iterator[httpx.Client]:
    yield from served(folder)


def ask(client: httpx.Client, query: str, accept: str = "application/sparql-results+json") -> httpx.Response:
    return client.get("/sparql", params={"query": query}, headers={"Accept": accept})


class TestProtocol:
    @pytest.mark.parametrize(
        ("accept", "format"),
        [
            ("application/sparql-results+json", QueryResultsFormat.JSON),
            ("application/sparql-results+xml", QueryResultsFormat.XML),
            ("text/csv;q=0.1, text/tab-separated-values", QueryResultsFormat.TSV),
        ],
    )
    def test_select(self, client: httpx.Client, accept: str, format: QueryResultsFormat) -> None:
        response = ask(client, SELECT, accept)
        assert response.status_code == 200 and format.media_type.split(";")[0] in response.headers["content-type"]
        rows = [row["name"].value for row in parse_query_results(input=response.content, format=format)]
        assert rows == ["China", "Russia"]

    def test_csv(self, client: httpx.Client) -> None:
        assert ask(client, SELECT, "text/csv").text == "name\r\nChina\r\nRussia\r\n"

    @pytest.mark.parametrize(
        ("accept", "format"),
        [
            ("text/turtle", RdfFormat.TURTLE),
            ("application/n-triples", RdfFormat.N_TRIPLES),
            ("application/ld+json", RdfFormat.JSON_LD),
        ],
    )
    def test_construct(self, client: httpx.Client, accept: str, format: RdfFormat) -> None:
        response = ask(client, "CONSTRUCT WHERE { ?s r:tradePartner ?o }", accept)
        assert response.headers["content-type"].startswith(accept)
        assert len(list(parse(input=response.content, format=format))) == 2

    def test_ask(self, client: httpx.Client) -> None:
        assert ask(client, "ASK { ?s r:tradePartner ?o }").json()["boolean"] is True
        assert "<boolean>false</boolean>" in ask(client, "ASK { ?s r:visited ?o }", "application/xml").text

    def test_post_in_both_ways(self, client: httpx.Client) -> None:
        form = client.post("/sparql", data={"query": SELECT}, headers={"Accept": "text/csv"})
        direct = client.post(
            "/sparql", content=SELECT, headers={"Accept": "text/csv", "Content-Type": "application/sparql-query"}
        )
        assert form.text == direct.text == "name\r\nChina\r\nRussia\r\n"

    def test_head_and_options(self, client: httpx.Client) -> None:
        head = client.head("/sparql", params={"query": SELECT})
        assert head.status_code == 200 and not head.content and "json" in head.headers["content-type"]
        options = client.options("/sparql")
        assert options.status_code == 204 and options.headers["allow"] == "GET, HEAD, POST, OPTIONS"
        assert client.put("/sparql").status_code == 405

    def test_not_acceptable(self, client: httpx.Client) -> None:
        assert ask(client, SELECT, "image/png").status_code == 406
        assert ask(client, SELECT, "text/turtle").status_code == 406
        assert ask(client, SELECT, "text/csv;q=0, image/*").status_code == 406

    def test_without_a_query(self, client: httpx.Client) -> None:
        assert client.get("/sparql", headers={"Accept": "text/html"}).headers["location"] == "/query"
        description = client.get("/sparql", headers={"Accept": "text/turtle"})
        graph = rdflib.Graph().parse(data=description.content, format="turtle")
        assert len(graph) >= 4
        assert client.post("/sparql", data={"other": "x"}).status_code == 400

    @pytest.mark.parametrize(
        ("kwargs", "status"),
        [
            ({"data": {"update": "DROP ALL"}}, 403),
            ({"content": "DROP ALL", "headers": {"Content-Type": "application/sparql-update"}}, 403),
            ({"content": "DROP ALL", "headers": {"Content-Type": "application/sparql-query"}}, 400),
            ({"data": {"query": SELECT, "default-graph-uri": "file:///etc/passwd"}}, 400),
            ({"data": {"query": [SELECT, SELECT]}}, 400),
            ({"content": b"{}", "headers": {"Content-Type": "application/json"}}, 415),
            ({"content": b"\xff\xfe", "headers": {"Content-Type": "application/sparql-query"}}, 400),
            ({"content": b"#" * 1_100_000, "headers": {"Content-Type": "application/sparql-query"}}, 413),
        ],
    )
    def test_requests_that_are_refused(self, client: httpx.Client, kwargs: dict, status: int) -> None:
        response = client.post("/sparql", **kwargs)
        assert response.status_code == status and response.text.strip() and "Traceback" not in response.text

    def test_a_syntax_error_has_its_place(self, client: httpx.Client) -> None:
        response = ask(client, "SELECT *\n{ ?s no:thing ?o }")
        assert response.status_code == 400 and "line 2, column 6" in response.text

    def test_rows_are_limited_and_it_is_said(self, client: httpx.Client) -> None:
        response = ask(client, "SELECT * { ?s ?p ?o . ?a ?b ?c }")
        assert len(response.json()["results"]["bindings"]) == 500
        assert "500" in response.headers["graphkit-truncated"]

    def test_foreign_hosts_are_refused(self, client: httpx.Client) -> None:
        assert client.get("/", headers={"Host": "evil.example"}).status_code == 400
        assert "access-control-allow-origin" not in ask(client, SELECT).headers


ATTACKS = [
    "SELECT * { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { sErViCe SILENT <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { \\u0053ERVICE <http://127.0.0.1:9/> { ?s ?p ?o } }",
    "SELECT * { BIND(<http://127.0.0.1:9/> AS ?x) SERVICE ?x { ?s ?p ?o } }",
    "SELECT * { FILTER NOT EXISTS { SERVICE#\n<http://127.0.0.1:9/> { ?s ?p ?o } } }",
    "SELECT * { ?a ?b ?c LATERAL { SERVICE <http://127.0.0.1:9/> { ?s ?p ?o } } }",
    "SELECT * FROM <file:///etc/passwd> { ?s ?p ?o }",
    "SELECT * FROM NAMED <file:///etc/passwd> { GRAPH ?g { ?s ?p ?o } }",
    "DESCRIBE <file:///etc/passwd> FROM <file:///etc/passwd>",
    "LOAD <file:///etc/passwd>",
    "LOAD SILENT <http://127.0.0.1:9/> INTO GRAPH <a:b>",
    "CLEAR ALL",
    "INSERT { ?s ?p 1 } WHERE { ?s ?p ?o }",
    "DELETE WHERE { ?s ?p ?o }; SELECT * { ?s ?p ?o }",
    "SELECT * { ?s ?p ?o } ; DROP ALL",
    "SELECT " + "(" * 5000,
    "SELECT * " + "{" * 3000 + "}" * 3000,
]


class TestAttacks:
    @pytest.mark.parametrize("query", ATTACKS)
    def test_nothing_is_read_or_changed(self, client: httpx.Client, folder: Path, query: str) -> None:
        before = digest(folder)
        response = ask(client, query)
        assert response.status_code in (400, 504, 507) and "root:" not in response.text
        assert digest(folder) == before
        assert ask(client, SELECT).status_code == 200

    @pytest.mark.parametrize(
        "path", ["/static/../app.py", "/static/%2e%2e/app.py", "/e/../../etc/passwd", "/graph.html/.."]
    )
    def test_no_way_out_of_the_folders(self, client: httpx.Client, path: str) -> None:
        response = client.get(path)
        assert "root:" not in response.text and "import" not in response.text

    def test_a_query_without_end_is_stopped_and_the_server_lives_on(self, folder: Path) -> None:
        for client in served(folder, seconds=2.0):
            response = ask(client, ENDLESS)
            assert response.status_code == 504 and "stopped after 2 s" in response.text
            assert client.get("/e/country/russia").status_code == 200

    def test_a_query_that_eats_memory_is_stopped(self, folder: Path) -> None:
        for client in served(folder, seconds=120.0, memory_mb=150):
            assert ask(client, MEMORY_EATER).status_code == 507
            assert ask(client, SELECT).status_code == 200


class TestPages:
    @pytest.mark.parametrize(
        "path",
        ["/", "/query", "/graph.html", "/o", "/e/country/russia", "/a/satu", "/r/tradePartner", "/src/X", "/?q=rus"],
    )
    def test_they_are_there(self, client: httpx.Client, path: str) -> None:
        response = client.get(path, headers={"Accept": "text/html, */*;q=0.1"})
        assert response.status_code == 200 and response.content

    def test_an_entity_in_every_form(self, client: httpx.Client) -> None:
        page = client.get("/e/country/russia", headers={"Accept": "text/html"})
        assert (
            "<h1>Russia</h1>" in page.text and "US$245 miliar" in page.text and "wikidata.org/entity/Q159" in page.text
        )
        for accept, suffix, format in (
            ("text/turtle", "ttl", RdfFormat.TURTLE),
            ("application/ld+json", "jsonld", RdfFormat.JSON_LD),
            ("application/n-triples", "nt", RdfFormat.N_TRIPLES),
        ):
            response = client.get("/e/country/russia", headers={"Accept": accept})
            assert response.headers["content-type"].startswith(accept) and response.headers["vary"] == "Accept"
            subjects = {str(quad.subject) for quad in parse(input=response.content, format=format)}
            assert "<https://graphkit.example/e/country/russia>" in subjects
            assert client.get(f"/e/country/russia?format={suffix}").content == response.content
        assert client.get("/e/country/russia", headers={"Accept": "image/png"}).status_code == 406
        assert client.get("/e/country/russia?format=doc").status_code == 400
        assert client.head("/e/country/russia").status_code == 200

    def test_a_statement_shows_its_evidence(self, client: httpx.Client) -> None:
        rows = ask(client, "SELECT ?s { ?s kg:amount 245000000000.0 }").json()["results"]["bindings"]
        path = rows[0]["s"]["value"].removeprefix("https://graphkit.example")
        page = client.get(path, headers={"Accept": "text/html"}).text
        assert "China 😀 <mark>mitra</mark> dagang Rusia." in page and "Vladimir Putin" in page
        turtle = client.get(path, headers={"Accept": "text/turtle"}).text
        assert "oa:exact" in turtle and "schema:MonetaryAmount" in turtle

    def test_what_is_not_in_the_graph_is_404(self, client: httpx.Client) -> None:
        assert client.get("/e/person/nobody").status_code == 404
        assert client.get("/nothing").status_code == 404

    def test_pages_can_run_no_script_and_fetch_nothing(self, client: httpx.Client) -> None:
        policy = client.get("/e/country/russia").headers["content-security-policy"]
        assert policy.startswith("default-src 'none'") and "script" not in policy
        assert "connect-src 'self'" in client.get("/query").headers["content-security-policy"]


def test_hostile_texts_stay_texts(tmp_path: Path) -> None:
    write_turtle(hostile_graph(), tmp_path / "graph.ttl")
    for client in served(tmp_path):
        paths = ["/e/person/x~y", "/e/person/x%7Ey", f"/a/{quote(HOSTILE, safe='')}", f"/?q={quote(HOSTILE, safe='')}"]
        paths += [f"/src/{quote(HOSTILE, safe='')}"]
        for path in paths:
            response = client.get(path, headers={"Accept": "text/html"})
            assert response.status_code == 200, path
            assert "<script>" not in response.text and "<img" not in response.text
            assert 'href="javascript' not in response.text


@pytest.mark.skipif(CHROMIUM is None, reason="there is no Chromium here")
class TestInBrowser:
    def dom(self, address: str, profile: Path) -> str:
        command = [str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", "--disable-dev-shm-usage"]
        command += [f"--user-data-dir={profile}", "--virtual-time-budget=20000", "--dump-dom", address]
        return subprocess.run(command, check=True, capture_output=True, timeout=300).stdout.decode("utf-8")

    def test_the_query_page_asks_the_endpoint(self, client: httpx.Client, tmp_path: Path) -> None:
        text = self.dom(f"{client.base_url}/query?query={quote(SELECT)}", tmp_path / "profile")
        assert "yasqe" in text and "CodeMirror" in text
        answer = text[text.index('class="yasr') :]
        assert "China" in answer and "Russia" in answer

    def test_an_entity_page(self, client: httpx.Client, tmp_path: Path) -> None:
        text = self.dom(f"{client.base_url}/e/country/russia", tmp_path / "profile")
        assert "<h1>Russia</h1>" in text and "trade partner" in text
