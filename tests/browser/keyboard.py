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
EXTRA = 10  # dates on one page whose parts may each take a stop
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


def walk(page: Page) -> list[str]:
    """Problems of one walk from the top of the page to its end."""
    stops = page.evaluate(STOPS)
    page.evaluate(START)
    reached: set[str] = set()
    last = ""
    problems: list[str] = []
    for _ in range(stops + 5 * EXTRA):
        page.keyboard.press("Tab")
        here = page.evaluate(HERE)
        if here is not None and here["stop"] == last:
            continue  # a date has a stop for day, month and year each
        if here is None or here["stop"] in reached:
            break
        last = here["stop"]
        reached.add(last)
        if not here["seen"]:
            problems.append(f"focus not visible: {here['name']}")
        if not here["onScreen"]:
            problems.append(f"focus outside the window: {here['name']}")
    else:
        problems.append("the walk never ends")
    missed = page.evaluate(
        "(reached) => [...document.querySelectorAll('[data-stop]')].filter((e) => !reached.includes(e.dataset.stop))"
        ".map((e) => `${e.tagName.toLowerCase()} ${(e.innerText || e.name || e.id || '').trim().slice(0, 40)}`)",
        sorted(reached),
    )
    return problems + [f"not reached by Tab: {name}" for name in missed]
