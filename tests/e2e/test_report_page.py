"""A report in a real browser: light, dark, on a phone, on paper, and what axe-core says of it."""

import base64
import os
import subprocess
import sys
import time
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest

from cmom_srs.history.store import open_history
from tests.conftest import NOW
from tests.support import chart_desk
from tests.support.browser import Browser
from tests.support.browser import chromium

pytestmark = pytest.mark.chromium

DAYS = 180
SCHEMES = ("light", "dark")


@pytest.fixture(scope="module")
def written(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the report of half a year, and that of a learner who has not begun."""
    folder = tmp_path_factory.mktemp("pages")
    decks = chart_desk.write_decks(folder / "decks", 80)
    chart_desk.learn(folder / "studied.sqlite3", decks, days=DAYS)
    open_history(folder / "new.sqlite3", is_default_place=True).database.close()
    for name, history in (("full", "studied"), ("empty", "new")):
        options = ("--decks", "decks", "--history", f"{history}.sqlite3")
        subprocess.run(
            [sys.executable, "-m", "cmom_srs", *options, "report", "-o", f"{name}.html"],
            cwd=folder,
            env={**os.environ, "CMOM_NOW": NOW},
            check=True,
        )
    return folder


@pytest.fixture(scope="module")
def browser(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Browser]:
    with chromium(tmp_path_factory.mktemp("browser")) as opened:
        yield opened


def show(browser: Browser, page: Path, scheme: str = "light", width: int = 1024) -> None:
    feature = {"name": "prefers-color-scheme", "value": scheme}
    browser.devtools("Emulation.setEmulatedMedia", media="screen", features=[feature])
    browser.resize(width)
    browser.open(page.as_uri())


def complaints(browser: Browser) -> list[dict[str, Any]]:
    """What axe-core finds on the page, all of it unfolded."""
    browser.run((files("axe_core_python") / "axe.min.js").read_text("utf-8"))
    browser.run(
        """
        document.querySelectorAll("details").forEach(each => { each.open = true; });
        window.found = null;
        axe.run().then(
          found => { window.found = found.violations.map(each => ({
            rule: each.id, impact: each.impact, at: each.nodes.map(node => node.html).slice(0, 3)
          })); },
          trouble => { window.found = [{rule: String(trouble), impact: "critical", at: []}]; });
        """
    )
    deadline = time.monotonic() + 60
    while (found := browser.run("return window.found")) is None:
        assert time.monotonic() < deadline, "axe-core does not come to an end"
        time.sleep(0.1)
    assert isinstance(found, list)
    return found


@pytest.mark.parametrize(("scheme", "width"), [("light", 1280), ("dark", 375)])
@pytest.mark.parametrize("name", ["full", "empty"])
def test_axe_finds_nothing(
    written: Path, browser: Browser, name: str, scheme: str, width: int
) -> None:
    show(browser, written / f"{name}.html", scheme, width)
    assert complaints(browser) == []


def test_axe_would_find_something(written: Path, browser: Browser) -> None:
    show(browser, written / "empty.html")
    browser.run("document.body.style.color = '#ccc';")
    browser.run("document.documentElement.removeAttribute('lang');")
    rules = {each["rule"] for each in complaints(browser)}
    assert {"html-has-lang", "color-contrast"} <= rules


def test_the_colors_follow_the_system(written: Path, browser: Browser) -> None:
    script = """
        const bar = document.querySelector("#days svg .bar rect");
        const text = document.querySelector("svg text");
        return [getComputedStyle(document.body).backgroundColor, getComputedStyle(bar).fill,
                getComputedStyle(text).fill];
    """
    looks = []
    for scheme in SCHEMES:
        show(browser, written / "full.html", scheme)
        looks.append(browser.run(script))
    light, dark = looks
    assert all(one != other for one, other in zip(light, dark, strict=True))
    assert light[0] == "rgb(255, 255, 255)"


@pytest.mark.parametrize("name", ["full", "empty"])
def test_a_phone_scrolls_the_page_in_one_direction_alone(
    written: Path, browser: Browser, name: str
) -> None:
    show(browser, written / f"{name}.html", width=375)
    assert browser.run("return document.documentElement.scrollWidth <= innerWidth")
    widest = browser.run(
        "return Math.max(0, ...[...document.querySelectorAll('svg, .calendar, dl, h1, p')]"
        ".map(each => each.getBoundingClientRect().right))"
    )
    assert widest <= 375


def test_the_words_of_a_chart_can_be_read_on_a_phone(written: Path, browser: Browser) -> None:
    show(browser, written / "full.html", width=375)
    heights = browser.run(
        "return [...document.querySelectorAll('svg text')]"
        ".map(each => each.getBoundingClientRect().height).filter(Boolean)"
    )
    assert min(heights) >= 9


def test_no_words_of_a_chart_lie_outside_of_it(written: Path, browser: Browser) -> None:
    show(browser, written / "full.html")
    outside = browser.run(
        """
        const cut = [];
        for (const svg of document.querySelectorAll("svg")) {
          const room = svg.getBoundingClientRect();
          for (const text of svg.querySelectorAll("text")) {
            const box = text.getBoundingClientRect();
            if (box.left < room.left - 1 || box.right > room.right + 1) cut.push(text.textContent);
          }
        }
        return cut;
        """
    )
    assert outside == []


def test_a_page_loads_nothing_and_complains_of_nothing(written: Path, browser: Browser) -> None:
    show(browser, written / "full.html")
    assert browser.run("return performance.getEntriesByType('resource').map(e => e.name)") == []


def test_the_tab_key_comes_to_every_link_and_shows_where_it_is(
    written: Path, browser: Browser
) -> None:
    show(browser, written / "full.html")
    browser.press("\ue004")
    assert browser.run("return document.activeElement.textContent") == "Skip to the report"
    assert browser.run("return document.activeElement.getBoundingClientRect().left >= 0")
    browser.press("\ue004")
    assert browser.run("return document.activeElement.getAttribute('href')") == "#standing"
    assert browser.run("return getComputedStyle(document.activeElement).outlineStyle") == "solid"


def test_paper_has_the_tables_too_and_no_links(written: Path, browser: Browser) -> None:
    show(browser, written / "full.html", "dark")
    browser.devtools("Emulation.setEmulatedMedia", media="print")
    shown = browser.run(
        """
        const table = document.querySelector("#retention details table");
        return [table.getBoundingClientRect().height > 0,
                getComputedStyle(document.querySelector("nav")).display,
                getComputedStyle(document.body).backgroundColor];
        """
    )
    assert shown == [True, "none", "rgb(255, 255, 255)"]
    sheet = base64.b64decode(browser.devtools("Page.printToPDF")["data"])
    assert sheet.startswith(b"%PDF")
