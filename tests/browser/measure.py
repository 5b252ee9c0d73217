"""Measures every page on a slow phone and on a desk: weight, requests, time to the largest picture, shifts, blocking.

    bin/measure [--runs 3] [--only ui:home ...] [--strict] [--json FILE]

The phone: 360x740, 400 kb/s, 400 ms round trip, processor four times slower, nothing in the cache. Times are medians.
Prints one line per page and screen and ends with 1 when a limit breaks. Blocking time scatters on a busy machine, so it
is printed always and is a limit only with --strict.
"""

import argparse
import gzip
import json
import statistics
import sys
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

from playwright.sync_api import Browser, CDPSession, Response, sync_playwright

from tests.browser import people
from tests.browser.chromium import launch
from tests.browser.demo import portal_for_script
from tests.browser.pages import PAGES, Audience, Page
from tests.browser.running import Running

KB = 1024
BYTES_A_SECOND = 400 * 1024 / 8
OBSERVE = """() => new Promise((resolve) => {
  const seen = { lcp: 0, cls: 0, tbt: 0 };
  const watch = (type, add) =>
    new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({ type, buffered: true });
  watch("largest-contentful-paint", (entry) => { seen.lcp = entry.startTime; });
  watch("layout-shift", (entry) => { seen.cls += entry.value; });
  watch("longtask", (entry) => { seen.tbt += Math.max(0, entry.duration - 50); });
  setTimeout(() => resolve(seen), 300);
})"""


@dataclass(frozen=True)
class Limits:
    """Kilobytes over the wire, kilobytes of style and script as gzip, milliseconds."""

    kilobytes: float
    css: float
    js: float
    lcp: float
    requests: int = 7
    cls: float = 0.02
    tbt: float = 50


LIMITS = {
    Audience.CITIZEN: Limits(kilobytes=70, css=17, js=5, lcp=2500),
    Audience.OFFICER: Limits(kilobytes=95, css=27, js=25, lcp=3000),
}
SAVING_KILOBYTES = 25  # a citizen's page when the browser asks to save data


@dataclass
class Load:
    """What one cold load of a page cost."""

    kilobytes: float = 0
    requests: int = 0
    css: float = 0
    js: float = 0
    lcp: float = 0
    cls: float = 0
    tbt: float = 0
    strangers: list[str] = field(default_factory=list)


def load(chromium: Browser, portal: Running, page: Page, *, phone: bool, saving: bool = False) -> Load:
    headers = {"Save-Data": "on"} if saving else {}
    context = people.window(chromium, portal, page.person, width=360 if phone else 1366, extra_http_headers=headers)
    try:
        window = context.new_page()
        wire = context.new_cdp_session(window)
        result, answers = Load(), list[Response]()
        wire.send("Network.enable")
        wire.on("Network.loadingFinished", lambda event: _add(result, event))
        window.on("response", partial(list.append, answers))
        if phone:
            _slow(wire)
        window.goto(page.address(portal), wait_until="load")
        window.wait_for_timeout(500)
        for name, value in window.evaluate(OBSERVE).items():
            setattr(result, name, value)
        asked = [answer for answer in answers if not answer.url.startswith("data:")]
        result.requests = len(asked)
        result.strangers = [answer.url for answer in asked if not answer.url.startswith(portal.origin)]
        result.css = _zipped(asked, "stylesheet")
        result.js = _zipped(asked, "script")
        return result
    finally:
        context.close()


def _add(result: Load, event: dict[str, Any]) -> None:
    result.kilobytes += event["encodedDataLength"] / KB


def _slow(wire: CDPSession) -> None:
    speed = {"downloadThroughput": BYTES_A_SECOND, "uploadThroughput": BYTES_A_SECOND}
    wire.send("Network.emulateNetworkConditions", {"offline": False, "latency": 400, **speed})
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 4})


def _zipped(answers: list[Response], kind: str) -> float:
    bodies = [answer.body() for answer in answers if answer.request.resource_type == kind and answer.ok]
    return sum(len(gzip.compress(body, 9)) for body in bodies) / KB


def median(loads: list[Load]) -> Load:
    """The first load's weight with the medians of all times."""
    first = loads[0]
    for name in ("lcp", "cls", "tbt"):
        setattr(first, name, statistics.median(getattr(one, name) for one in loads))
    return first


def broken(result: Load, limits: Limits, *, phone: bool, strict: bool) -> Iterator[str]:
    names = ["kilobytes", "css", "js", "requests", "cls"] + ["lcp"] * phone + ["tbt"] * (phone and strict)
    for name in names:
        value, limit = getattr(result, name), getattr(limits, name)
        if value > limit:
            yield f"{name} {value:.4g} > {limit:g}"
    yield from (f"third party {url}" for url in result.strangers)


def line(page: Page, screen: str, result: Load, faults: list[str]) -> str:
    return (
        f"{page!s:<34} {screen:<7} {result.kilobytes:6.1f} kB {result.requests:2d} req  css {result.css:4.1f}  "
        f"js {result.js:4.1f}  LCP {result.lcp:5.0f}  CLS {result.cls:.4f}  TBT {result.tbt:4.0f}  {'; '.join(faults)}"
    )


def measured(chromium: Browser, portal: Running, page: Page, *, runs: int, strict: bool) -> Iterator[dict[str, Any]]:
    """One row for each screen, and one for a citizen who saves data."""
    for phone in (True, False):
        result = median([load(chromium, portal, page, phone=phone) for _ in range(runs if phone else 1)])
        faults = list(broken(result, LIMITS[page.audience], phone=phone, strict=strict))
        yield {"page": page, "screen": "phone" if phone else "desktop", "result": result, "faults": faults}
    if page.audience is Audience.CITIZEN:
        result = load(chromium, portal, page, phone=False, saving=True)
        faults = [f"saving {result.kilobytes:.1f} kB > {SAVING_KILOBYTES}"] * (result.kilobytes > SAVING_KILOBYTES)
        yield {"page": page, "screen": "saving", "result": result, "faults": faults}


def main() -> int:
    parser = argparse.ArgumentParser(description="Weight and speed of every page.")
    parser.add_argument("--runs", type=int, default=3, help="loads on the phone; times are their median")
    parser.add_argument("--only", nargs="+", default=[], metavar="NAME", help="these pages, such as ui:home")
    parser.add_argument("--strict", action="store_true", help="blocking time is a limit too; needs an idle machine")
    parser.add_argument("--json", type=Path, help="write the figures there as well")
    options = parser.parse_args()
    rows: list[dict[str, Any]] = []
    with portal_for_script() as portal, sync_playwright() as playwright:
        chromium = launch(playwright)
        for page in PAGES:
            if page.act or (options.only and page.name not in options.only):
                continue
            for row in measured(chromium, portal, page, runs=options.runs, strict=options.strict):
                rows.append({**row, "page": str(page), "result": asdict(row["result"])})
                print(line(page, row["screen"], row["result"], row["faults"]), flush=True)
        chromium.close()
    faults = sum(len(row["faults"]) for row in rows)
    print(f"{len(rows)} measurements, {faults} limits broken")
    if options.json:
        options.json.write_text(json.dumps(rows, indent=1), encoding="utf-8")
    return 1 if faults or not rows else 0


if __name__ == "__main__":
    sys.exit(main())
