"""Looks at one open page the way a strict reviewer would, and says what is wrong in words."""

import re
from dataclasses import dataclass, field
from functools import cache
from typing import Any
from urllib.parse import urlsplit

from playwright.sync_api import ConsoleMessage, Page, Request, Response

from portal import house

RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# What axe cannot decide and a person did: (rule, pattern of the element) -> the reason.
UNDECIDED: dict[tuple[str, str], str] = {
    (
        "color-contrast",
        r"\btext\[",
    ): "words of a chart in the colour of text on the page's white; axe sees no ground of SVG",
    (
        "th-has-data-cells",
        "missing or empty",
    ): "a month begins and ends with empty days; every weekday has days below it",
}
# Expected words of the console: browsers report every answer of 400 and more as an error.
ANSWERED = re.compile(r"Failed to load resource: the server responded with a status of \d{3}")

SIDEWAYS = """() => [...document.querySelectorAll("body *")]
  .filter((e) => e.getBoundingClientRect().right > innerWidth + 1
    && !e.closest("[tabindex='0'],svg,.govuk-visually-hidden,.govuk-skip-link"))
  .map((e) => `${e.tagName.toLowerCase()}.${e.className}`.slice(0, 60)).slice(0, 5)"""
# Targets that are not words of a sentence (WCAG 2.5.8 leaves those out). What counts is where a finger hits: a link
# whose whole card is clickable, or a box with its label, is larger than it looks.
SMALL = """(least) => {
  const hits = (e, x, y) => {
    const found = document.elementFromPoint(x, y);
    return found && (found === e || e.contains(found) || [...(e.labels ?? [])].some((label) => label.contains(found)));
  };
  const large = (e) => {
    e.scrollIntoView({ block: "center" });
    const box = e.getBoundingClientRect();
    const [x, y, reach] = [box.left + box.width / 2, box.top + box.height / 2, least / 2 - 0.5];
    const high = box.height >= least - 0.5 || (hits(e, x, y - reach) && hits(e, x, y + reach));
    return high && (box.width >= 24 || hits(e, x - 11.5, y) && hits(e, x + 11.5, y));
  };
  const sentences = "p,td,th,dd,caption,li p,.govuk-visually-hidden,.govuk-error-summary,.govuk-hint";
  const found = [...document.querySelectorAll("a,button,input:not([type=hidden]),select,textarea,summary")]
    .filter((e) => !e.closest(sentences) && !e.matches(".govuk-skip-link"))
    .filter((e) => e.getBoundingClientRect().width > 1 && e.getBoundingClientRect().height > 1 && !large(e))
    .map((e) => [e, e.getBoundingClientRect()])
    .map(([e, box]) => `${e.tagName.toLowerCase()} "${(e.innerText || e.name || "").trim().slice(0, 30)}" `
      + `${box.width.toFixed(1)}x${box.height.toFixed(1)}`);
  scrollTo(0, 0);
  return found;
}"""
# A constructed sheet is no inline style: the content policy stays on.
SPACE = """(rules) => {
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
}"""
SPACING = (
    "*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}"
    "p{margin-bottom:2em!important}"
)


@cache
def axe() -> str:
    return (house.ROOT / "assets" / "node_modules" / "axe-core" / "axe.min.js").read_text(encoding="utf-8")


@dataclass
class Ears:
    """Listens to a window from before its first page: words on the console and requests to strangers."""

    origins: tuple[str, ...]
    words: list[str] = field(default_factory=list)
    strangers: list[str] = field(default_factory=list)

    def listen(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.words.append(str(error)))
        page.on("request", self._request)

    def _console(self, message: ConsoleMessage) -> None:
        if message.type in {"error", "warning"} and not ANSWERED.search(message.text):
            self.words.append(message.text)

    def _request(self, request: Request) -> None:
        if not request.url.startswith(("data:", *self.origins)):
            self.strangers.append(request.url)

    def problems(self) -> list[str]:
        return [f"console: {word}" for word in self.words] + [f"third party: {url}" for url in self.strangers]


def accessibility(page: Page) -> list[str]:
    """What axe finds, and what it cannot decide unless a reason was written down."""
    page.evaluate(axe())
    found = page.evaluate("(rules) => axe.run(document, {runOnly: rules})", RULES)
    return [f"axe {line}" for line in _brief(found["violations"])] + [
        f"axe cannot decide {line}" for line in _brief(found["incomplete"], excused=True)
    ]


def _brief(rules: list[dict[str, Any]], *, excused: bool = False) -> list[str]:
    return [
        f"{rule['id']} ({rule['impact']}) at {_target(node)}: {_why(node)}"
        for rule in rules
        for node in rule["nodes"]
        if not (excused and is_excused(rule["id"], _target(node) + " " + _why(node)))
    ]


def _target(node: dict[str, Any]) -> str:
    return " ".join(str(part) for part in node["target"])


def _why(node: dict[str, Any]) -> str:
    checks = [*node["any"], *node["all"], *node["none"]]
    return "; ".join(check["message"] for check in checks)[:200]


def is_excused(rule: str, place: str) -> bool:
    return any(rule == name and re.search(pattern, place) for name, pattern in UNDECIDED)


def structure(page: Page, response: Response | None, *, status: int = 200) -> list[str]:
    """Status, language, one h1, landmarks, a title of its own, no sideways scrolling."""
    seen = page.evaluate(
        "() => ({h1: document.querySelectorAll('h1').length, main: document.querySelectorAll('main#noi-dung').length,"
        " lang: document.documentElement.lang, title: document.title, wide: document.documentElement.scrollWidth,"
        " ids: [...document.querySelectorAll('[id]')].map((e) => e.id)})"
    )
    problems = []
    if response is not None and response.status != status:
        problems.append(f"status {response.status} instead of {status}")
    if seen["h1"] != 1 or seen["main"] != 1:
        problems.append(f"{seen['h1']} h1, {seen['main']} main")
    language = "en" if urlsplit(page.url).path.startswith("/en/") else "vi"
    if seen["lang"] != language:
        problems.append(f"language {seen['lang']!r} instead of {language!r}")
    if " – " not in seen["title"]:
        problems.append(f"title {seen['title']!r} is not “thing – portal”")
    viewport = page.viewport_size
    if viewport and seen["wide"] > viewport["width"]:
        problems.append(f"scrolls sideways: {page.evaluate(SIDEWAYS)}")
    doubled = sorted({one for one in seen["ids"] if seen["ids"].count(one) > 1})
    return problems + ([f"ids given twice: {doubled}"] if doubled else [])


def small_targets(page: Page, least: int) -> list[str]:
    return [f"target under {least} px: {target}" for target in page.evaluate(SMALL, least)]


def error_page(page: Page) -> list[str]:
    """After a refused form: the title says so, the focus is on the summary, each of its links focuses its field."""
    problems = []
    if not re.match(r"(Lỗi|Error): ", page.title()):
        problems.append(f"title {page.title()!r} does not begin with “Lỗi:”")
    if not page.evaluate("() => document.activeElement.matches('.govuk-error-summary')"):
        problems.append("the focus is not on the error summary")
    links = page.locator(".govuk-error-summary__list a")
    if not links.count():
        problems.append("the error summary links nowhere")
    for index in range(links.count()):
        target = (links.nth(index).get_attribute("href") or "").lstrip("#")
        links.nth(index).click()
        if page.evaluate("() => document.activeElement.id") != target:
            problems.append(f"the link to #{target} does not focus its field")
    return problems


def reflow(page: Page) -> list[str]:
    """What sticks out of the window, as it is and with the spacing of WCAG 1.4.12."""
    problems = [f"sticks out: {element}" for element in page.evaluate(SIDEWAYS)]
    page.evaluate(SPACE, SPACING)
    return problems + [f"sticks out with more spacing: {element}" for element in page.evaluate(SIDEWAYS)]


def on_paper(page: Page) -> list[str]:
    """What is printed although nobody can press it."""
    page.emulate_media(media="print")
    shown = [part for part in ("nav", "footer a", "button") if page.locator(f"{part}:visible").count()]
    problems = [] if page.locator("h1").is_visible() else ["no heading on paper"]
    return problems + [f"{part} on paper" for part in shown]
