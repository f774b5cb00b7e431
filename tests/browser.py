"""What is wrong with our pages in a browser: the system's Chromium, by Playwright, with the rules of axe-core."""

from __future__ import annotations

import contextlib
import re
import shutil
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import amount
import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Locator, Page, sync_playwright

PROGRAMS = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable", "microsoft-edge", "msedge")
AXE = Path(axe_playwright_python.__file__).parent / "axe.min.js"
WIDTHS = (390, 1280)  # of a phone and of a desk, in CSS pixels
# The least type of a figure is 7 pt where it is 453 pt wide; on a screen it should have these pixels.
FIGURE, LEAST_TYPE, LEGIBLE = 453, 7, 8.5

COLOURS = ("color-contrast", "link-in-text-block")
VIOLATIONS = """async ([where, options]) => (await axe.run(where || document, {resultTypes: ["violations"], ...options})
  ).violations.map(one => [one.id, one.nodes.length, one.nodes[0].html.slice(0, 200), one.nodes[0].failureSummary])"""
# Marks two elements with text of each kind: colours, type and, of links, what tells them from the text around.
KINDS = """() => {
  const seen = {}, transparent = /^(transparent|rgba\\(.*, 0\\))$/;
  const paper = one => {
    while (one.parentElement && transparent.test(getComputedStyle(one).backgroundColor)) one = one.parentElement;
    return getComputedStyle(one).backgroundColor;
  };
  for (const one of document.querySelectorAll("[data-kind]")) one.removeAttribute("data-kind");
  for (const one of document.querySelectorAll("body, body *")) {
    if (!one.checkVisibility() || ![...one.childNodes].some(own => own.nodeType === 3 && own.data.trim())) continue;
    const own = getComputedStyle(one), around = getComputedStyle(one.parentElement);
    const kind = [own.color, paper(one), own.backgroundImage, own.opacity, own.fontSize, own.fontWeight, own.textShadow,
      ...(one.tagName === "A" ? [around.color, around.fontWeight, own.textDecoration, own.borderBottom] : [])].join();
    seen[kind] = (seen[kind] || 0) + 1;
    if (seen[kind] < 3) one.dataset.kind = seen[kind];
  }
  // Some have no text of their own.
  for (const name of ["button", "summary", "nav", ".table-box", ".figure-box"])
    [...document.querySelectorAll(name)].slice(0, 2).forEach(one => one.dataset.kind ||= name);
}"""
# What reaches beyond the page, unless a box around it scrolls; and, of boxes that scroll, how much they hold.
WIDE = """() => [...document.querySelectorAll("body *")].filter(one => {
  const box = one.getBoundingClientRect();
  if (!box.width || (box.left >= -0.5 && box.right <= innerWidth + 0.5) || one.closest(".skip")) return false;
  for (let up = one.parentElement; up; up = up.parentElement) {
    const scrolls = ["auto", "scroll"].includes(getComputedStyle(up).overflowX);
    if (scrolls && up.getBoundingClientRect().right <= innerWidth + 0.5) return false;
  }
  return true;
}).map(one => one.outerHTML.slice(0, 120))"""
NOTICE = """() => {
  const bar = document.querySelector(".notice-bar, body > .notice");
  if (!bar) return null;
  const shown = [...bar.querySelectorAll("span")].filter(one => one.getBoundingClientRect().width);
  const box = bar.getBoundingClientRect();
  return {top: box.top, inside: bar.scrollWidth <= bar.clientWidth,
    lines: new Set(shown.flatMap(one => [...one.getClientRects()].map(line => Math.round(line.top)))).size,
    languages: shown.map(one => one.lang), above: bar.contains(document.elementFromPoint(innerWidth / 2, 4))};
}"""
BOXES = """(name) => [...document.querySelectorAll(name)].map(one => ({held: one.scrollWidth, shown: one.clientWidth,
  whole: (one.querySelector(".figure-whole, table") || one).getBoundingClientRect().width}))"""


@dataclass
class Seen:
    """A page as it was seen in one width: what is wrong with it, and what its parts measure."""

    page: str
    width: int
    faults: list[str] = field(default_factory=list)
    figures: int = 0
    tables: int = 0


def program() -> str:
    """The browser of this machine; skips the test where there is none."""
    found = next(filter(None, map(shutil.which, PROGRAMS)), None)
    if found is None:
        pytest.skip("there is no Chromium on PATH (.ci/run installs it where it can)")
    return found


@contextlib.contextmanager
def started() -> Iterator[Browser]:
    """The browser of this machine, running; skips the test where there is none."""
    own = program()
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=own, args=["--no-sandbox"])
        yield browser
        browser.close()


# A page is told of a new place in its address a moment after the address has changed, and shows it then: a listener
# that was added last is told when it has.
_CHANGE = """(what, place) => new Promise(done => {
  addEventListener("hashchange", () => done(), {once: true});
  place == null ? what.click() : (location.hash = place);
})"""


def go(page: Page, address: str) -> None:
    """Open an address, or go to another place of the page that is open, and wait until it is shown."""
    before, _, _ = page.url.partition("#")
    file, _, place = address.partition("#")
    if before != file:
        page.goto(address)
    elif page.url != address:
        page.evaluate(f"place => ({_CHANGE})(null, place)", place)


def follow(link: Locator) -> None:
    """Click on a link to another place of the page, and wait until it is shown."""
    link.evaluate(_CHANGE)


def seen(pages: Iterable[Path], *, alike: bool = False) -> list[Seen]:
    """Open pages at the width of a phone and of a desk, light and dark.

    Args:
        alike: they are large and have little that other pages have not, which are looked at in full: at the desk of
            rows alike only the first, and on a phone of parts that look alike only two, are held against the rules of
            axe. With every change those of one page are held against them on a phone, those of the next, its like in
            the other language, at the desk and in the dark.
    """
    found = []
    with started() as browser:
        page = browser.new_context(viewport={"width": WIDTHS[0], "height": 844}, offline=True).new_page()
        asked: list[str] = []
        page.on("request", lambda request: asked.append(request.url))
        for place, path in enumerate(pages):
            asked.clear()
            page.goto(path.as_uri())
            page.evaluate(AXE.read_text(encoding="utf-8"))
            for width in WIDTHS:
                page.set_viewport_size({"width": width, "height": 844})
                found.append(Seen(path.name, width))
                ruled = amount.everything or not alike or width == WIDTHS[place % len(WIDTHS)]
                _look(page, path, found[-1], alike, ruled)
                found[-1].faults += [f"asks for {url[:80]}" for url in asked[1:] if not url.startswith("data:")]
    return found


def _look(page: Page, path: Path, seen: Seen, alike: bool, ruled: bool) -> None:
    note = seen.faults.append
    page.emulate_media(media="screen", color_scheme="light")
    page.evaluate("scrollTo(0, 0)")
    for violation in _violations(page, at_desk=seen.width == max(WIDTHS), alike=alike) if ruled else ():
        note(f"axe, light: {violation}")
    if seen.width == max(WIDTHS) or not alike:  # the colours of the dark are those of any width
        page.emulate_media(color_scheme="dark")
        for violation in _colours(page) if ruled else ():
            note(f"axe, dark: {violation}")
        paper = page.evaluate("getComputedStyle(document.body).backgroundColor")
        if "rgba" in paper or max(map(int, re.findall(r"\d+", paper)[:3])) > 80:
            note(f"dark mode has {paper} for paper")
        page.emulate_media(color_scheme="light")
    for one in page.evaluate(WIDE):
        note(f"wider than the page: {one}")
    _look_at_boxes(page, seen)
    if page.query_selector(".contents"):
        _look_at_contents(page, path, note)
    page.evaluate("scrollTo(0, document.body.scrollHeight)")
    _look_at_notice(page, note, "at the end")
    if page.query_selector(".enlarge"):
        _enlarge(page, note)
    page.emulate_media(media="print")
    for name in (".page-links", ".contents", ".enlarge"):
        if page.query_selector(name) and page.query_selector(name).is_visible():  # type: ignore[union-attr]
            note(f"{name} is printed")


def _violations(page: Page, *, at_desk: bool, alike: bool) -> list[Any]:
    """What axe finds: all of it at a desk, and otherwise rows alike and colours that were seen are passed over."""
    if at_desk and not alike:
        return list(page.evaluate(VIOLATIONS, [None, {}]))
    if alike and not at_desk:
        page.evaluate(KINDS)
        return list(page.evaluate(VIOLATIONS, [{"include": [["[data-kind]"]]}, {}]))
    rows = {"exclude": [["tbody tr:nth-child(n + 6)"]]}
    others = {"rules": {rule: {"enabled": False} for rule in COLOURS}}
    return [*_colours(page), *page.evaluate(VIOLATIONS, [rows, others])]


def _colours(page: Page) -> list[Any]:
    """What axe finds of the colours, of two of each kind."""
    page.evaluate(KINDS)
    return list(page.evaluate(VIOLATIONS, [{"include": [["[data-kind]"]]}, {"runOnly": COLOURS}]))


def _look_at_notice(page: Page, note: Any, when: str) -> None:
    notice = page.evaluate(NOTICE)
    if notice and not (notice["top"] == 0 and notice["inside"] and notice["lines"] == 1 and notice["above"]):
        note(f"the notice {when}: {notice}")


def _look_at_boxes(page: Page, seen: Seen) -> None:
    tables, figures = page.evaluate(BOXES, ".table-box"), page.evaluate(BOXES, ".figure-box")
    seen.tables, seen.figures = len(tables), len(figures)
    for number, box in enumerate(figures, 1):
        if box["whole"] / FIGURE * LEAST_TYPE < LEGIBLE:
            seen.faults.append(f"figure {number} is {box['whole']:.0f} px wide: too small to read")
    if seen.width == max(WIDTHS):
        for number, box in enumerate(tables, 1):
            if box["held"] > box["shown"]:
                seen.faults.append(f"table {number} holds {box['held']} px and shows {box['shown']}")


def _look_at_contents(page: Page, path: Path, note: Any) -> None:
    headings = page.evaluate("""
      [...document.querySelectorAll("main > :is(h1, h2)[id], section > :is(h1, h2), .cell h2")]
      .filter((one, _, all) => one.tagName === "H2" || all.filter(other => other.tagName === "H1").length > 1)
      .map(one => decodeURI("#" + (one.id || one.parentElement.id)))""")  # one alone is the title
    listed = page.evaluate("""[...document.querySelectorAll(".contents a")].map(one => decodeURI(one.hash))""")
    if not headings or headings != listed:
        note(f"the contents list {listed}, the headings are {headings}")
    for link in page.evaluate("""[...document.querySelectorAll("a[hreflang]")].map(one => one.getAttribute("href"))"""):
        if not (path.parent / link).exists():
            note(f"{link} is not there")


def _enlarge(page: Page, note: Any) -> None:
    """The first figure: a click opens it, larger and below the notice; Escape closes it."""
    whole = page.locator(".figure-whole").first
    whole.evaluate("one => one.scrollIntoView({block: 'center'})")
    before = whole.bounding_box()
    page.locator(".enlarge").first.click()
    large = whole.bounding_box()
    if not before or not large or large["width"] < 1000 or large["width"] < 1.2 * before["width"]:
        note(f"the figure does not grow: {before}, {large}")
    _look_at_notice(page, note, "above a large figure")
    page.keyboard.press("Escape")
    if (after := whole.bounding_box()) != before:
        note(f"the figure does not return to its place: {before}, {after}")
