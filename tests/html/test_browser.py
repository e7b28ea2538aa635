"""The page in a browser, as a reader uses it: look, click, search, filter, go back, save."""

from __future__ import annotations

import csv
import io
import json
import struct
from typing import Any

import pytest

from graphkit.graph import merge
from tests.graphs import trade_graph
from tests.html.conftest import Opener
from tests.html.news import news_graph
from tests.html.picture import circles, click, lines, save, svg, words

GRAPH = trade_graph()
AMOUNTS = {
    edge["qualifiers"]["amount"].value: id_
    for _, _, id_, edge in GRAPH.edges(keys=True, data=True)
    if "amount" in edge["qualifiers"]
}
DENIED = next(id_ for _, _, id_, edge in GRAPH.edges(keys=True, data=True) if edge["modality"] == "negated")


# How many statements are left by each filter.
ROWS = {
    "type=!Country": 0,
    "relation=supplies": 1,
    "modality=negated": 1,
    "article=tiga": 1,
    "publisher=X": 1,
    "from=2025-01-23": 0,
    "from=2025-01-22&to=2025-01-22": 3,
    "sources=2": 1,
    "confidence=0.9": 1,
    "around=country/russia": 3,
    "find=244": 1,
    "in.claimedBy=putin": 1,
}


def go(page: Any, address: str) -> None:
    """Follow a link within the page."""
    page.evaluate("address => { location.hash = address; }", address)
    page.wait_for_function("address => location.hash === address || location.hash === ''", arg=address)


def panel(page: Any) -> str:
    return page.inner_text("#panel")


class TestOpening:
    def test_it_says_what_it_is(self, open_page: Opener) -> None:
        page = open_page(GRAPH)
        assert "3 articles" in page.inner_text("#summary") and "22 Jan 2025" in page.inner_text("#summary")
        assert page.inner_text("h1") == "Knowledge graph" and page.title() == "Knowledge graph"
        legend = page.inner_text("#legend")
        assert "Country" in legend and "denied" in legend and "differ" in legend
        assert "How this was made" in panel(page)

    def test_it_is_drawn(self, open_page: Opener) -> None:
        page = open_page(GRAPH)
        page.wait_for_timeout(300)
        inked = """() => {
            const canvas = document.querySelector("#picture canvas");
            const { data } = canvas.getContext("2d").getImageData(0, 0, canvas.width, canvas.height);
            return data.some((value, n) => n % 4 === 3 && value > 0);
        }"""
        assert page.evaluate(inked)

    def test_an_empty_graph_says_so(self, open_page: Opener) -> None:
        page = open_page(merge([], []))
        assert "No statements" in page.inner_text("#notice")

    def test_parallel_statements_are_one_line_with_their_count(self, open_page: Opener) -> None:
        picture = svg(open_page(GRAPH))
        assert len(lines(picture)) == 1
        assert any("(3)" in word for word in words(picture))

    def test_of_many_the_best_known_are_drawn_and_more_when_closer(self, open_page: Opener) -> None:
        page = open_page(news_graph(3000))
        first = len(circles(svg(page)))
        assert 20 <= first <= 250 and "zoom in for more" in page.inner_text("#shown")
        before = page.inner_text("#shown")
        for _ in range(4):
            page.click("#in-button")
        page.wait_for_function("before => document.getElementById('shown').textContent !== before", arg=before)
        page.click("#all-button")
        assert page.inner_text("#shown").split(" of ")[0] > "1,0"


class TestEvidence:
    def test_a_click_on_a_line_opens_its_statements_and_a_click_on_one_its_sentences(self, open_page: Opener) -> None:
        page = open_page(GRAPH)
        spots = circles(svg(page))
        russia, china = spots["Russia"], spots["China"]
        click(page, ((russia[0] + 2 * china[0]) / 3, (russia[1] + 2 * china[1]) / 3))
        assert "Russia" in page.inner_text("#panel h2") and "3 statements" in panel(page)
        page.click(f"#panel a[href='#statement={AMOUNTS[245e9]}']")
        text = panel(page)
        assert "245 billion USD · 2024 · claimed by Vladimir Putin" in text
        assert "Putin berkata, China 😀 mitra dagang Rusia." in text and "Dagang Rusia dan China US$245 miliar." in text
        assert "Judul satu" in text and "X · 22 Jan 2025" in text

    def test_sentences_have_their_parts_marked(self, open_page: Opener) -> None:
        page = open_page(GRAPH, f"#statement={AMOUNTS[245e9]}")
        quote = page.locator("#panel blockquote", has_text="mitra")
        for kind, words_ in (("subject", "Rusia"), ("object", "China"), ("cue", "mitra")):
            assert {quote.locator("mark.subject, mark.object").nth(n).inner_text() for n in (0, 1)} == {
                "Rusia",
                "China",
            }
            assert words_ in {mark.inner_text() for mark in quote.locator("mark").all()}, kind
        assert page.locator("#panel mark.qualifier", has_text="US$245 miliar").count()

    def test_disagreeing_statements_stand_side_by_side(self, open_page: Opener) -> None:
        page = open_page(GRAPH, f"#statement={AMOUNTS[245e9]}")
        row = page.locator("#panel .compare tr", has_text="Amount")
        assert row.locator("td").all_inner_texts() == ["245 billion USD", "244 billion USD"]

    def test_only_web_addresses_are_links(self, open_page: Opener) -> None:
        page = open_page(GRAPH, f"#statement={AMOUNTS[245e9]}")
        assert page.get_attribute("#panel cite a", "href") == "https://example.org/a?b=1"
        page = open_page(GRAPH, f"#statement={AMOUNTS[244e9]}")
        assert page.locator("#panel cite a").count() == 0 and "Judul tiga" in panel(page)

    def test_an_entity_has_its_names_and_facts(self, open_page: Opener) -> None:
        page = open_page(GRAPH, "#entity=country/russia")
        assert page.get_attribute("#panel a[href*=wikidata]", "href") == "https://www.wikidata.org/wiki/Q159"
        text = panel(page)
        assert "Rusia" in text and "trade partner 2" in text and "supplies 1" in text


class TestFinding:
    @pytest.mark.parametrize("typed", ["tiongkok", "Chin", "CHINA"])
    def test_search_knows_names_in_both_languages(self, typed: str, open_page: Opener) -> None:
        page = open_page(GRAPH)
        page.keyboard.press("/")
        page.keyboard.type(typed)
        page.keyboard.press("Enter")
        assert page.inner_text("#panel h2") == "China" and page.url.endswith("#entity=country/china")

    def test_search_says_when_there_is_nothing(self, open_page: Opener) -> None:
        page = open_page(GRAPH)
        page.fill("#search", "qqq")
        assert page.inner_text("#found") == "Nothing found"

    def test_filters_narrow_and_the_address_keeps_them(self, open_page: Opener) -> None:
        page = open_page(GRAPH)
        page.click("#filters >> text=supplies")
        assert page.url.endswith("#relation=trade_partner") or page.url.endswith("#relation=!supplies")
        assert "2 of 4" not in page.inner_text("#shown") and "2 of 3 statements" in page.inner_text("#shown")
        page.click("#filters >> text=Reset")
        assert "3 of 3 statements" in page.inner_text("#shown")

    def test_every_filter_has_an_address(self, open_page: Opener) -> None:
        page = open_page(GRAPH, "#view=table")
        rows = {}
        for address in ROWS:
            go(page, f"#view=table&{address}")
            rows[address] = page.locator("#table tbody tr").count()
        assert rows == ROWS

    def test_the_time_line_narrows(self, open_page: Opener) -> None:
        page = open_page(news_graph(300))
        bars = page.locator("#timeline .bar")
        assert bars.count() > 5
        bars.nth(3).click()
        assert "from=" in page.url and "to=" in page.url
        assert "300 of" not in page.inner_text("#shown")

    def test_the_shortest_path_between_two(self, open_page: Opener) -> None:
        graph = news_graph(300)
        known = sorted(graph.nodes, key=lambda id_: (-graph.degree(id_), id_))
        page = open_page(graph, f"#path={known[0]},{known[30]}")
        names = page.locator("#panel h3 a").all_inner_texts()
        assert "step" in panel(page) and len(names) >= 2 and names[1:-1:2] == names[2::2]
        go(page, f"#entity={known[0]}")
        page.fill("#panel input[type=search]", "a")
        page.locator("#path-found li").nth(1).click()
        assert f"#path={known[0]}," in page.url

    def test_only_the_surroundings_of_an_entity(self, open_page: Opener) -> None:
        graph = news_graph(300)
        known = max(sorted(graph.nodes), key=graph.degree)
        page = open_page(graph, f"#entity={known}")
        page.click("#panel >> text=Only its surroundings")
        near = len(circles(svg(page)))
        assert f"around={known}" in page.url and near > 2
        page.click("#panel >> text=Two steps")
        assert len(circles(svg(page))) > near
        page.click("#panel >> text=Everything again")
        assert "around" not in page.url

    def test_back_and_forward(self, open_page: Opener) -> None:
        page = open_page(GRAPH)
        assert page.is_disabled("#back-button")
        page.click("#panel >> text=Russia")
        page.click("#panel >> text=China >> nth=0")
        first = page.url
        page.click("#back-button")
        page.wait_for_function("() => location.hash === '#entity=country/russia'")
        assert page.inner_text("#panel h2") == "Russia"
        page.click("#forward-button")
        page.wait_for_function("url => location.href === url", arg=first)
        page.go_back()
        page.wait_for_function("() => document.querySelector('#panel h2').textContent === 'Russia'")

    def test_a_wrong_address_opens_the_whole_graph(self, open_page: Opener) -> None:
        page = open_page(GRAPH, "#entity=%E0%A4%A")
        for address in (
            "#statement=nobody",
            "#path=a,b",
            "#depth=x&sources=-1&from=soon&at=1,2",
            "#=&&==&type",
            "#at=0,0,0",
        ):
            go(page, address)
            assert page.inner_text("#panel h2") == "Knowledge graph", address

    def test_a_copied_link_restores_the_view(self, open_page: Opener) -> None:
        page = open_page(news_graph(300), "#type=Person,Organization&sources=1")
        page.click("#in-button")
        page.click("#menu summary")
        page.click("#link-button")
        address = page.input_value("#link")
        assert "at=" in address and "type=Person,Organization" in address
        # The same place at the same size, so the same picture.
        page.wait_for_timeout(400)
        again = open_page(news_graph(300), "#" + address.split("#")[1])
        again.wait_for_timeout(400)
        before, after = circles(svg(page)), circles(svg(again))
        assert before.keys() == after.keys()
        assert all(abs(before[name][0] - after[name][0]) < 3 for name in before)


class TestTable:
    def test_it_sorts(self, open_page: Opener) -> None:
        page = open_page(GRAPH, "#view=table")
        page.click("#table thead >> text=Amount")
        page.click("#table thead >> text=Amount")
        assert page.locator("#table tbody tr td:nth-child(4)").all_inner_texts()[:2] == [
            "245 billion USD",
            "244 billion USD",
        ]
        assert page.locator("#table th[aria-sort=descending]").count() == 1

    def test_it_filters_by_words_and_by_column(self, open_page: Opener) -> None:
        page = open_page(GRAPH, "#view=table")
        page.fill("#table-find", "denied")
        page.wait_for_function("() => document.querySelectorAll('#table tbody tr').length === 1")
        page.fill("#table-find", "")
        page.wait_for_function("() => document.querySelectorAll('#table tbody tr').length > 1")
        page.fill("#table thead input >> nth=3", "244")
        page.wait_for_function("() => location.hash.includes('in.amount=244')")
        assert page.locator("#table tbody tr").count() == 1

    def test_a_row_opens_its_evidence(self, open_page: Opener) -> None:
        page = open_page(GRAPH, "#view=table")
        page.focus("#table tbody tr >> nth=0 >> a")
        page.keyboard.press("Enter")
        assert "Evidence" in panel(page) and "statement=" in page.url and "view=table" in page.url


class TestSaving:
    def test_csv(self, open_page: Opener) -> None:
        page = open_page(GRAPH)
        rows = list(csv.DictReader(io.StringIO(save(page, "csv").read_text(encoding="utf-8-sig"))))
        assert {row["id"] for row in rows} == {*AMOUNTS.values(), DENIED}
        row = next(row for row in rows if row["id"] == AMOUNTS[245e9])
        assert float(row["amount"]) == 245e9 and row["unit"] == "USD" and row["claimed_by"] == "Vladimir Putin"
        assert "😀" in row["evidence"] and row["urls"] == "https://example.org/a?b=1"

    def test_json_has_what_is_shown_only(self, open_page: Opener) -> None:
        page = open_page(GRAPH, "#relation=supplies")
        (row,) = json.loads(save(page, "json").read_text(encoding="utf-8"))
        assert row["id"] == DENIED and row["modality"] == "negated" and row["evidence"][0]["article"] == "dua"

    def test_svg_has_title_names_and_legend(self, open_page: Opener) -> None:
        picture = svg(open_page(GRAPH))
        assert {"Knowledge graph", "Russia", "China", "Country"} <= set(words(picture))

    def test_png(self, open_page: Opener) -> None:
        data = save(open_page(GRAPH), "png").read_bytes()
        assert data.startswith(b"\x89PNG") and struct.unpack(">I", data[16:20])[0] > 1000


class TestAccess:
    def test_language_of_page_labels_and_search(self, open_page: Opener) -> None:
        page = open_page(GRAPH, "#entity=country/russia")
        page.click("#language-button")
        assert page.get_attribute("html", "lang") == "id" and page.inner_text("#panel h2") == "Rusia"
        assert "mitra dagang" in panel(page) and "lang=id" in page.url
        assert "Rusia" in words(svg(page))

    def test_it_opens_in_the_language_of_the_browser(self, open_page: Opener) -> None:
        assert open_page(GRAPH, locale="id-ID").inner_text("h1") == "Graf pengetahuan"

    def test_dark_where_the_reader_likes_it_dark(self, open_page: Opener) -> None:
        background = "() => getComputedStyle(document.body).backgroundColor"
        page = open_page(GRAPH, color_scheme="dark")
        dark = page.evaluate(background)
        page.click("#theme-button")
        assert page.evaluate(background) != dark

    def test_the_keyboard_walks_through_the_picture(self, open_page: Opener) -> None:
        page = open_page(GRAPH)
        page.focus("#picture")
        page.keyboard.press("ArrowRight")
        first = page.inner_text("#panel h2")
        for key in ("ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown"):
            page.keyboard.press(key)
        assert {first, page.inner_text("#panel h2")} <= {"Russia", "China"}
        assert page.inner_text("#announcement").startswith(page.inner_text("#panel h2"))
        page.keyboard.press("Enter")
        assert page.evaluate("() => document.activeElement.id") == "panel"
        page.keyboard.press("Escape")
        assert page.inner_text("#panel h2") == "Knowledge graph"
        page.keyboard.press("t")
        assert page.is_visible("#table")
        page.keyboard.press("Escape")
        page.keyboard.press("?")
        assert page.is_visible("#help")

    def test_everything_that_can_be_used_has_a_name(self, open_page: Opener) -> None:
        page = open_page(GRAPH, "#entity=country/russia")
        nameless = """() => [...document.querySelectorAll("button, a, input, summary, [role], [tabindex]")]
            .filter((node) => node.checkVisibility())
            .filter((node) => !node.getAttribute("aria-label") && !node.textContent.trim())
            .filter((node) => !(node.labels && node.labels.length))
            .map((node) => node.outerHTML)"""
        # The line for announcements is empty until there is one.
        assert [html for html in page.evaluate(nameless) if 'id="announcement"' not in html] == []

    def test_filters_keep_the_keyboard_where_it_was(self, open_page: Opener) -> None:
        page = open_page(GRAPH)
        page.focus("#filters input[type=checkbox] >> nth=0")
        page.keyboard.press("Space")
        assert page.evaluate("() => document.activeElement.type") == "checkbox"

    def test_a_phone(self, open_page: Opener) -> None:
        page = open_page(GRAPH, f"#statement={AMOUNTS[245e9]}", width=390, height=800, has_touch=True)
        assert page.evaluate("() => document.documentElement.scrollWidth") <= 390
        box = page.locator("#panel").bounding_box()
        assert box["width"] >= 380 and page.locator("#picture").bounding_box()["height"] > 150
        page.tap("#filters-button")
        assert page.is_visible("#filters") and page.locator("#filters").bounding_box()["width"] >= 380
