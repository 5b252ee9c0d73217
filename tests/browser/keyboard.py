"""Walks through a page with the Tab key and says what cannot be reached, is not seen, or does not let go."""

from playwright.sync_api import Page

# Every stop the Tab key should make; of radio buttons with one name, one.
STOPS = """() => {
  const groups = new Set();
  const visible = (e) => e.getClientRects().length && getComputedStyle(e).visibility !== "hidden";
  const possible = "a[href],button,input:not([type=hidden]),select,textarea,summary,[tabindex]";
  const all = [...document.querySelectorAll(possible)]
    .filter((e) => !e.disabled && e.tabIndex >= 0 && visible(e))
    .filter((e) => !e.closest("details:not([open])") || e.matches("details > summary:first-of-type"))
    .filter((e) => {
      if (e.type !== "radio") return true;
      const key = `${e.form?.id}/${e.name}`;
      return !groups.has(key) && groups.add(key);
    });
  all.forEach((e, index) => { e.dataset.stop = String(index); });
  return all.length;
}"""
# Back to the very top, also on pages that put the focus somewhere else, such as on an error summary.
START = "() => { document.body.tabIndex = -1; document.body.focus(); document.body.removeAttribute('tabindex'); }"
PARTS = 4  # more stops of a date: its parts and its little calendar
# The element that has the focus: its number, and whether anything shows that it has it.
HERE = """() => {
  const e = document.activeElement;
  if (!e || e === document.body || e === document.documentElement) return null;
  const radio = e.type === "radio"
    ? document.querySelector(`input[type=radio][name="${CSS.escape(e.name)}"][data-stop]`) : null;
  const shows = (element, pseudo) => {
    const style = getComputedStyle(element, pseudo);
    const outline = style.outlineStyle !== "none" && parseFloat(style.outlineWidth) > 0;
    return outline || style.boxShadow !== "none";
  };
  const label = e.labels?.[0];
  const seen = shows(e) || (label && (shows(label) || shows(label, "::before")));
  const box = e.getBoundingClientRect();
  const onScreen = box.bottom > 0 && box.top < innerHeight && box.right > 0 && box.left < innerWidth;
  return {stop: (radio || e).dataset.stop ?? null, seen: Boolean(seen), onScreen,
    name: `${e.tagName.toLowerCase()} "${(e.innerText || e.name || e.id || "").trim().slice(0, 40)}"`};
}"""


# Notes the place after each Tab, when the page has scrolled to it: one order to the browser per stop instead of two.
NOTE = f"""() => {{
  const here = {HERE};
  window.walked = [];
  addEventListener("keyup", (event) => {{ if (event.key === "Tab") window.walked.push(here()); }}, true);
}}"""


def walk(page: Page) -> list[str]:
    """Problems of one walk from the top of the page to its end."""
    stops = page.evaluate(STOPS)
    dates = page.locator("input[type^=date]").count()
    page.evaluate(START)
    page.evaluate(NOTE)
    for _ in range(stops + dates * PARTS):
        page.keyboard.press("Tab")
    reached: set[str] = set()
    problems: list[str] = []
    for here in page.evaluate("() => window.walked"):
        if here is None or here["stop"] is None or here["stop"] in reached:
            continue  # a date has a stop for day, month and year each; after the last stop the walk begins again
        reached.add(here["stop"])
        if not here["seen"]:
            problems.append(f"focus not visible: {here['name']}")
        if not here["onScreen"]:
            problems.append(f"focus outside the window: {here['name']}")
    missed = page.evaluate(
        "(reached) => [...document.querySelectorAll('[data-stop]')].filter((e) => !reached.includes(e.dataset.stop))"
        ".map((e) => `${e.tagName.toLowerCase()} ${(e.innerText || e.name || e.id || '').trim().slice(0, 40)}`)",
        sorted(reached),
    )
    return problems + [f"not reached by Tab: {name}" for name in missed]
